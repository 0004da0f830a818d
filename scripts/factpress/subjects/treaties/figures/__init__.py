"""Figures of treaties, in the order in which data pass.

- data: what the figures show, as plain values
- date_ranges, membership, map: drawings of it, on the canvas of `factpress.figures`
"""
