"""What was done and read, by whom: rows that are added and never changed, linked into a chain."""
