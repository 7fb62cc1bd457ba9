"""The pages of the desk. Each parses, asks, and renders; what changes anything is in `actions`."""
