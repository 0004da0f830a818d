"""Reading and writing the book's files; every mistake becomes a problem with its place."""
