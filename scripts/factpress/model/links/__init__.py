"""Cited links: what they are, the states they can be in, and what a reader is told."""
