"""What the law says of consent, of looking into a file and of keeping it: as data that a lawyer can read."""
