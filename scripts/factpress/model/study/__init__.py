"""Study aids: treaties, events, terms, questions, works to read and entries of the index."""
