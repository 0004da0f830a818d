"""The text of a page, and the verdict on the link to it.

encoding     from bytes to text
html         from HTML to the text that its reader sees
pdf          the text of a PDF
limits       large pages and PDFs are read in a child process
child        that process
quotations   whether quoted words stand in a text
classifier   gates, error pages, pages without text
phrases      what gates and error pages call themselves, by language
verdict      what a response means for a link
"""
