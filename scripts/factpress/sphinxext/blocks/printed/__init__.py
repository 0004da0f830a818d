"""What each printed volume does in its own way.

- print_editions: what all share, the booklet, and the large print
- record: entries, register and sources in which what is the same for all is said once
- corrections: what the article got wrong or left doubtful, on two pages
- handouts: the volumes that are made of these, for teachers, and of one chapter
"""
