"""What a page says.

encoding     from bytes to text
html         from HTML to the text that its reader sees
pdf          the text of a PDF
limits       what may take long is read in a process of its own
child        that process
quotations   whether quoted words stand in a text
classifier   gates, error pages, pages without words
phrases      what gates and error pages call themselves, by language
verdict      what a response says about a link
"""
