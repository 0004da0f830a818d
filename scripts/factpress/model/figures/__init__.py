"""Figures: what each draws and the data that it is drawn from.

- `figure`: the words around a figure, and how it was last drawn
- `shapes`: the data of the kinds that every book has, each also a table
- `data`: kinds of figures, the data of one, and their digest
"""
