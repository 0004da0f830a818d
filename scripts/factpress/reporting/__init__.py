"""Reports of problems and of checked links, in the forms that people and servers read."""
