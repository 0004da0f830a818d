"""factpress: from an AI-assisted article to a study booklet that a class can trust.

What every room may use: `escaping` (text from outside made harmless), `rules` (the one table of what can be wrong),
`problems` (what is wrong with a book, and what stops a command), `settings` (of a book), `volumes` (the one
table of the printed files), `processes` (children end with their parent), `collation` (the order of words in a
language).

The rooms, in the order in which a book passes them: `importer` (from an article to a new book), `model` (claims,
findings, sign-offs, sources: what they are and what follows from them), `files` (how they are read and written),
`checks` (what is wrong with them), `links` (whether the cited pages still say it), `reporting` (results in the forms
that people and servers read), `figures` (drawn from data), `press` (from pages to print), `sphinxext` (the extension
of Sphinx), `subjects` (records, checks and figures of one kind of matter), `build` (the editions), `desk` (where
people read and sign), `doctor` (what the machine lacks), `cli` (the command), `maintenance` (makes files of this
repository, and is not in the wheel).
"""

__version__ = "0.3.0"
