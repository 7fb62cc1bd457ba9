"""A young person asks for help: no account, no name, and nothing kept in the browser."""
