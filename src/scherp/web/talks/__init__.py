"""The help talk itself: what was said, by whom, and for how long it is kept."""
