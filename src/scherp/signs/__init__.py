"""The signs: what one message shows. Data that a counsellor can read, a text normaliser, a matcher."""
