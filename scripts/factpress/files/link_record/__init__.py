"""What the network said of each cited address, on disk: records, the lock file, rewritten addresses."""
