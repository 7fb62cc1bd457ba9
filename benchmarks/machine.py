"""How quick the machine is at this moment: some of its hours are slower, and a figure means little without."""

from __future__ import annotations

import time


def counting() -> float:
    """Give the seconds that this machine takes now to count to five million."""
    begun, count = time.perf_counter(), 0
    for one in range(5_000_000):
        count += one
    return time.perf_counter() - begun
