"""Text that is sealed before it is stored: a key for each talk and case, itself sealed with a master key.

Destroying the key destroys the text, wherever a copy of the sealed text still is.
"""
