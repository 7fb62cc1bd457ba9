"""What is asked on the pages of a case, and the closing form as data."""
