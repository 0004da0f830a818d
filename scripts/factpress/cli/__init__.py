"""The command `factpress`: one module a command, and two that all share.

`main` (the table of commands), `book` (settings, and how problems are shown), then in the order in which a newcomer
needs them: `build`, `check`, `status`, `links` (a room of its own), `formatting` (the command `format`), `figures`,
`outline`, `where`, `impose`, `doctor`.
"""
