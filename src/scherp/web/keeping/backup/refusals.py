"""Why a backup is not made, or not restored."""

from __future__ import annotations


class BackupRefused(Exception):
    """Something is in the way. why: the entry of `texts/keeping.toml` under `backup`; values fill its words."""

    def __init__(self, why: str, /, **values: object) -> None:
        super().__init__(why)
        self.why, self.values = why, values
