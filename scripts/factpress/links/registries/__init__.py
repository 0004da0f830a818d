"""Registries and archives: DOIs, the works they stand for, archived copies, and where to ask."""
