"""The study aids: a module for each kind of block, beside what all of them are shown with.

- parts: sources, dates, claims and chapters of a datum, or why it is left open
- timeline: events in their parts
- glossary: its terms, and the words in the text that lead to them
- questions: questions, check-yourself questions, their answers
- brief: timeline, glossary and answers as the booklet prints them
- reading: what to read next
- book_index: names and subjects, with pages or paragraphs
- teaching: how long each chapter takes
"""
