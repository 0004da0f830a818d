"""The recorded results of link checks, on disk.

record       one record as JSON and back
lock         `links.lock.json`, the file of all records
rewrite      new addresses in the bibliography and the ledger
"""
