"""Citations and the list of sources.

In the order in which data passes:

- `citation_domain`: the book's sources as entries of sphinxcontrib-bibtex, and the links of citations
- `style`: numbers and order of the list, and the form of a citation
- `entry_text`: one source as the list prints it
- `sources`: the list with grades, how each source was seen, and where it is used
"""
