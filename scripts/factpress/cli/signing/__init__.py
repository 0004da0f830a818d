"""Signing in a terminal, in the order in which it happens.

- `screen`: one claim with everything that a sign-off covers, as text
- `questions`: what the person did, decides and notes
- `worksheets`: decisions on paper, taken over from a CSV
"""
