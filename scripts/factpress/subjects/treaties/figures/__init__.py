"""Figures of treaties, in the order in which data pass.

- `data`: what the figures show, as plain values
- `date_ranges`: from signature to entry into force
- `membership`: who was bound by what on which day
- `map`: states on a map, told apart by hatch
"""
