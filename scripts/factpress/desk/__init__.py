"""The desk: a page on this machine at which a person reads findings, opens their sources and signs.

In the order in which data passes:

- `server`: the process, one a book, and its link
- `access`: who may speak to it
- `app`: addresses and forms
- `workbench`: the book, the person and their work, as every page needs them
- `held_book`: the book in memory, read again where a file changed
- `reading`: what the person did since the desk was opened
- `standing`: what they see of a claim's review
- `queue`: what waits for them, in order
- `signed_text`: what somebody signed, from git
- `differences`: what changed, word by word
- `pieces`: evidence on the screen
- `claim_page`: one claim on the screen
- `actions`: answers, decisions, undo
- `drafts`: what was written and not saved
- `editing`: the finding edited
- `render`: templates and assets
- `worksheets`: the same on paper
"""
