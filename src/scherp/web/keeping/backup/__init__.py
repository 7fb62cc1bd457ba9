"""Backups of both stores: what is in them without the keys, and the keys apart; and stores made from them again."""
