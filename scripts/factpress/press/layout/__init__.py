"""From the pages of a book's parts, as HTML, to one PDF. In the order in which a part passes them:

- `book`: volumes to be made, and the joining of what was laid out;
- `placement`: which part stands where, and is laid out or written next;
- `cache`: how each part was laid out the last time, named by all that draws it;
- `versions`: the versions of everything that draws;
- `workers`: the processes that lay parts out side by side;
- `part_layout`: one part, laid out, and written when its page numbers are known;
- `renderer`: WeasyPrint with its patches, its style sheets and its log;
- `fetcher`: the only files that it may read;
- `log`: its complaints as problems;
- `page_numbers`: room for numbers before the layout, the numbers after it;
- `overflow`: what does not fit its page.
"""
