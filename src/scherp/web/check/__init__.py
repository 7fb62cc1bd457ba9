"""A chat checked inside the visitor's own browser: nothing is uploaded, for there is nowhere to upload to."""
