"""Signing as rules: what `sign`, the desk, worksheets and pull requests all go by; nothing here reads or writes.

A room of its own, because the model's is full. In the order in which data passes:

- `attempt`: a person about to sign, and what they did before
- `judgement`: whether they may
- `wording_edits`: whether an edit of a finding leaves it to whoever proposed it
"""
