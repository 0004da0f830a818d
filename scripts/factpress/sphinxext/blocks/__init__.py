"""What pages are filled with: marks and entries of claims, boxes, tables, figures, codes, study aids.

In the order in which a claim's data pass:

- page: the page being filled, and how it reaches others
- links: where evidence can be read, and what is known of its link
- marks: what marks and notes are made of
- entries: the full entry of a claim
- boxes: the article beside the sources, claims without a place in the story
- register: the register with its filters, counts, the walk through the article, the data, reviewers
- title_page: what stands first, and what metadata says of the book
- cover: title, the bar of all claims, what an AI wrote, who stands behind it
- figures: drawings, captions, data
- qr_codes: the way from paper to the record online
- addresses: links of places to themselves, and to where errors are reported
- peeks: what citations and terms open in place on the web
- footnotes: notes that authors write, beside those on claims
- cited_notes: in the EPUB, a note for each source that a page cites
- study: timeline, glossary, questions, reading list, index, times for teachers
- editions: what web site and EPUB do each in its own way
- printed: likewise booklet, record and the other volumes
- registry: the one table of blocks
- fill: all of this put into a page that is written
"""
