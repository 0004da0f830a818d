"""The one room in which something of WeasyPrint or pydyf is replaced."""
