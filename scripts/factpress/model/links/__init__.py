"""Cited links.

addresses    what an address names, and whether it belongs to the public internet
copying      hosts that are not a source's own address
cited        the addresses that a book cites, with their quotes
quotation    when two texts differ in typesetting only, and the address of quoted words
state        the table of states, records and observations
policy       the record after a check, and when the next one is due
redirects    addresses that changed for good
status       a link with all that is known of it
wording      what readers are told of it
"""
