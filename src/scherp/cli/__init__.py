"""The terminal: one module a command, each loading its layer when called."""

from scherp.cli.main import main

__all__ = ["main"]
