"""The editions: web, PDF and EPUB, and the data that go with them."""
