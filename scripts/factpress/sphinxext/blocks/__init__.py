"""What pages are filled with: marks and entries of claims, tables, figures, codes, study aids."""
