"""Settings of a booklet for tests."""

extensions = ["factpress.sphinxext"]
