"""Draws the figures of a booklet as SVG; a build takes the files and never draws.

- `canvas`: a page to draw on, its labels and what fits on it
- `hatching`: hatches as plain lines
- `bars`: counts in rows
- `timeline`: events along a scale of years
- `svg`: from matplotlib's SVG to one that stands in a page of any edition
- `drawing`: draws the figures whose data changed
"""
