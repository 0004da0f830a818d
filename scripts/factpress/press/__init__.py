"""From pages to print: what knows no claims and no Sphinx. In the order in which a book passes them:

- `fonts`: the faces of the book, from pinned packages;
- `pictures`: bitmaps as every edition can show them;
- `qr_codes`: codes as drawing operators of SVG;
- `layout`: from the pages of a book's parts to one PDF;
- `weasyprint_patches`: everything of WeasyPrint and pydyf that is replaced;
- `tagged_pdf`: what makes that PDF conform to PDF/UA-1 and PDF/A-3a;
- `page_picture`: the first page of some HTML as a picture;
- `preflight`: measures a finished PDF;
- `sheets`: its pages on sheets to print and fold;
- `epub_zip`: the archive of an EPUB.
"""
