"""Subjects: what books on one kind of matter bring along; a book asks for one in `subjects` of its settings.

- `treaties`: treaties, their parties and dates
"""
