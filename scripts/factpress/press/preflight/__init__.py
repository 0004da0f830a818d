"""Measures a finished PDF: text, lines, pages, links and fonts."""
