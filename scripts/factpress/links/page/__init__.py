"""What a page says.

encoding     from bytes to text
html         from HTML to the text that its reader sees
pdf          the text of a PDF, from a child process (pdf_child)
quotations   whether quoted words stand in a text
classifier   gates, error pages, pages without words
verdict      what a response says about a link
"""
