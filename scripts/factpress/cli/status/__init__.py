"""`factpress status`, a room of its own because it is shown in five ways.

- `command`: arguments, and what is read
- `board`: who can sign what next, and what became stale
- `forms`: the board as text, Markdown and a badge
"""
