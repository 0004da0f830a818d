"""All claims and all of the article at a glance: what a reader looks through, in the order in which it is met.

- filters: by what claims and sources can be filtered, the form that does so, and the addresses that counts lead to
- rows: the register, a row for each claim
- counts: how many claims have each verdict and state, how evidence was seen
- reviewers: who reviewed, what is stale, errata, a statement on AI and review
- walk: the article unit by unit, and where each went
- data_files: all of it as data beside the pages, and how the book is cited
- downloads: the files that a reader can take along, with their sizes
"""
