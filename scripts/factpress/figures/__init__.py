"""Draws the figures of a booklet as SVG; a build takes the files and never draws."""
