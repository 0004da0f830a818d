"""The bibliography as a text with places: lexer, scanner, lint, values, records, and their one form."""
