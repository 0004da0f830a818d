"""Checks whether the cited pages still have the words that we quote; the only room that uses the network.

commands     `probe` and `refresh`: which links are checked, and what a report says of them
run          one run: the book's links, their record, what earlier runs noted
schedule     when each host is asked
visit        one check of a link, from the first request to the result
http         one guarded request and its redirects
page         what a page says, and the verdict on it
soft404      how hosts answer requests for pages that cannot exist
registries   DOIs and archived copies
journal      what a run has recorded so far
"""
