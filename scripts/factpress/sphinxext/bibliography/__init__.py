"""Citations and the list of sources."""
