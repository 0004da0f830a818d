"""The files that people write by signing: entries are added at the end, and what stands there is never rewritten.

In the order in which data passes:

- `append`: records added to a list, or its last one taken off, whole or not at all
- `people`: who may sign, and who sits at this machine
- `signoffs`: signing and undoing
- `history`: what became of findings from edition to edition
- `introduced`: who brought what into a branch
- `paper`: filled-in worksheets as a CSV
"""
