"""What the staff sees: the desk, cases, accounts. Its own process, host, keys, cookies, sessions and database role."""
