"""Measures a finished PDF of ours. In the order in which a file passes them:

- `measurement`: all measurements of one file, and its fonts;
- `page_content`: the text runs and images of each page, read from the file;
- `embedded_fonts`: widths, texts and glyphs of its fonts;
- `lines`: runs put together to lines and blocks;
- `line_quality`: lines that are too long, alone or hyphenated too often;
- `page_starts`: what each page begins with;
- `booklet`: its length, the notes of its marks, its boxes, its fonts;
- `pages`: pages and images that are not as they should be, and how a problem names a page;
- `links`: links and bookmarks that lead nowhere.
"""
