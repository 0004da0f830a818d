"""Registries and archives.

services          which are asked, and how often
doi               whether a DOI is registered, and for the work that is cited
registered_work   what an agency says of a work, compared with an entry
archives          archived copies that hold the quoted words
"""
