"""Editing a finding at the desk.

In the order in which data passes:

- `fields`: a finding as texts, and the claim that they come to, checked
- `merging`: both sides of a change, field by field
- `sources`: evidence from the bibliography, or from an entry that is typed
- `page`: the fields with what is said beside them, and how readers will see it
- `saving`: drafts, saving, and a file that changed meanwhile
"""
