"""Subjects: records, checks, blocks and figures of one kind of matter, named in a book's setting `subjects`.

- `treaties`: treaties, their parties and dates
"""
