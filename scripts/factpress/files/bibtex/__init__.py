"""The bibliography: scanned and linted by us, then parsed by pybtex, so that nothing is lost without a message.

In the order in which data passes:

- `scanner`: entries and fields as written, with their places
- `values`: what can be wrong with one value
- `names`: the names of an entry, split, and what is wrong with one
- `lint`: what is wrong with entries
- `parse`: sources from the well-formed entries
- `fix`: values and order in their one form
- `entries`: new entries, put in their place by key
- `csl`: sources as citation managers take them
"""
