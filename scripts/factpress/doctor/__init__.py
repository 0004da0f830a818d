"""What is native: libraries and programs that no Python package brings."""
