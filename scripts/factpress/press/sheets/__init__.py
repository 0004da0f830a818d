"""Sheets to print and fold: imposition, marks, instructions."""
