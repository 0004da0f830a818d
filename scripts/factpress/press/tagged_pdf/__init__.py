"""What makes a tagged PDF out of what WeasyPrint wrote: PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3) in one.

In the order in which a file passes them:

- `conformance`: all repairs of one part, those that a whole document has once, and the bytes in the end;
- `structure`: ways about the tree of structure elements, and what is wrong with single elements;
- `split_elements`: elements that a page break cut are merged;
- `join`: the parts of a book become one document;
- `shared_fonts`: one font subset a face, where each part came with its own;
- `xmp`: the metadata that claims both standards;
- `attachments`: the data that the book was made from.
"""
