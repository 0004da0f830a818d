"""YAML with places: a tree, frozen records from it, and one writer that keeps comments.

In the order in which data passes:

- `nodes`: texts, sequences and mappings with their places
- `canonical`: a file in its one form, read quickly
- `tree`: a file as a tree of text with places
- `records`: frozen records from a tree, by their declarations
- `long_lists`: lists to which people only add, read in parts
- `writer`: a tree as text in its one form, comments kept
- `replacing`: one record of a file replaced, every other byte of meaning and every comment kept
- `formatting`: all files of a book in that form, and the JSON Schemas beside them
"""
