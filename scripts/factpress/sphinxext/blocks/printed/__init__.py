"""What stands in one volume of the printed edition alone, and in no other edition.

- record: entries, register and sources in which what is the same for all is said once
- corrections: what the article got wrong or left doubtful, on two pages
- handouts: the volumes that are made of these, for teachers, and of one chapter
"""
