"""What keeps the stores whole: keys wrapped anew, backups that can be restored, and what is forgotten in time."""
