"""Checks whether the cited pages still say what we quote; the only room that connects outwards.

commands     `probe` and `refresh`: which links are checked, and what a report says of them
run          one run: the book's links, their record, what earlier runs noted
schedule     when each host is asked
visit        one check of a link, from the first request to the result
http         one guarded request and its redirects
page         what a page says, and the verdict on it
soft404      what hosts say of pages that cannot exist
registries   DOIs and archived copies
journal      what a run has recorded so far
"""
