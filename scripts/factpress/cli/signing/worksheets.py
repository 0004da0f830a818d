"""Decisions on paper, taken over from a CSV."""
