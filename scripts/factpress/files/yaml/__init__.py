"""YAML with places: a tree, frozen records from it, and one writer that keeps comments."""
