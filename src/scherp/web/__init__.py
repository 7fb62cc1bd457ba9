"""The sites: what the public sees and what staff see, each its own process. Extra `[web]`."""
