"""Text in any language, whatever it is about: its characters, its quotation marks, the names of languages.

- `characters`: those that a text must not have, and names of hosts that are not what they seem
- `quotation_marks`: set curly, and turned inside a quotation
- `pages`: numbers and ranges of pages
- `languages`: the one table of codes and names
- `passages`: what is in another language than the text around it, by its script or its words
"""
