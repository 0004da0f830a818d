"""Study aids: events, terms, questions, works to read and entries of the index.

- `records`: the records, and where each datum is from
- `study_aids`: all of them together, with those of the subjects
"""
