"""The press: files in, files out. It knows no claims and no Sphinx."""
