"""Settings of the booklet for Sphinx; what is not set here comes from [tool.factpress] in pyproject.toml."""

extensions = ["factpress.sphinxext"]
