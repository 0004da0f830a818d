"""`factpress sign` and `factpress people`: signing in a terminal, in the order in which it happens.

- `people`: who may sign
- `command`: arguments, and what is done with them
- `screen`: one claim with everything that a sign-off covers, as text
- `questions`: what the person did, decides and notes
- `worksheets`: decisions on paper, taken over from a CSV
- `errata`: what an edition has otherwise than the one before
- `changes`: the sign-offs of a branch, and what the branch makes stale
"""
