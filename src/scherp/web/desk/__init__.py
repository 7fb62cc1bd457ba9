"""The counsellor's desk: who waits, the talks, and what is kept beside them."""
