"""Reading and writing the book's files; every mistake becomes a problem with its place.

In the order in which data passes:

- `text`: a file as text, with a problem for each wrong character
- `yaml`: a file as a tree with places, frozen records from it, the one writer
- `bibtex`: the bibliography: scanned, linted, parsed, fixed
- `link_record`: what is recorded of cited pages
- `inside`: where a path of the book leads
- `written_addresses`: addresses in prose, which no parser may make typographic
- `directive_forms`: what a directive must look like, with its table or code
- `refused_markup`: what a page may not hold, found in its tokens
- `page_structure`: levels of headings, lines between paragraphs
- `markdown`: chapters and pages as MyST reads them, without Sphinx
- `ledger`: claims, people, sign-offs, pages seen, the outline, the study aids
- `figures`: what lies in docs/figures
- `pictures`: how large a picture is, and whether every edition can show it
- `parse_cache`: results of reading, kept in build/
- `book`: all of the above, as one book
- `edition_date`: the date that every edition bears
- `git_history`: the book as it was where a branch began
- `signing`: what people write by signing, at the end of its files
- `atomic`: writing a file whole or not at all
"""
