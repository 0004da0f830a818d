"""Checks of what the pages say, beside what the data hold.

- `chapters`: marks, paragraphs, what each statement rests on
- `references`: pages, files and places that the pages lead to, lists of contents
- `own_words`: no sentence of the article stands in the book
- `languages`: passages in another language that do not say in which
"""
