"""Why, and what now: one explanation, drawn as text, as a page, or as JSON."""
