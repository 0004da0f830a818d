"""One read, three editions: the Sphinx runs, the staging folder and the publishing."""
