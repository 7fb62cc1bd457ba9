"""Commands of the check page."""
