"""Everything of WeasyPrint and pydyf that is replaced, or whose private parts are used; nothing is outside this room.

In the order in which a part passes them:

- `registry`: every patch with its target, symptom, upstream issue and versions; `verify()` and `applied()`;
- `footnotes`, `line_breaking`, `counters`: while pages are laid out;
- `boxes`: laid-out boxes are moved and merged before they are drawn;
- `list_markers`, `structure_tags`: while pages are drawn and tagged.
"""
