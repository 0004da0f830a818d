"""The editions as Sphinx writes them, and the data that go with them.

- page_head: what the head of a web page says of it, and the groups that its list of pages has
- linked_data: book, chapters, claims and signed reviews for search engines
- site_files: the inventory for other projects, sitemap, the page for addresses that lead nowhere
- web: the web site, and the data files beside its pages
- cover_picture: the cover as a picture, for EPUB and web
- epub: the EPUB, with what EPUBCheck and Ace ask for
- join_documents: all documents as one page, for the PDF
- volumes: how each volume of the printed edition is made, and which documents stand in it
- pdf: a page of light markup for each document, laid out and joined
- source_location: from a laid-out page back to the file that it was made from
- export: claims and study aids as data, and what the PDF carries of them
- search_index: the places that a reader of the web site can find
- deck: cards of terms and dates
"""
