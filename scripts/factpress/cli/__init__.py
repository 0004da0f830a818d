"""The command `factpress`: one module a command, and two that all share.

`main` (the table of commands), `book` (settings, and how problems are shown), then in the order in which a newcomer
needs them: `new`, `build`, `check`, `signing` (the commands `sign` and `people`), `review` (the desk), `status`,
`links` (rooms of their own), `formatting` (the command `format`), `figures`, `outline`, `where`, `impose`, `doctor`.
"""
