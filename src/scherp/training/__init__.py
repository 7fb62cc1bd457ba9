"""From labelled text to the packaged weights: learned words, and what they and the signs add up to.

Run by `make train`; needs the extra `[train]` and the measuring data beside the project. Outside text is read here and
nowhere kept: what leaves is hashed keys with whole numbers, and counts.
"""
