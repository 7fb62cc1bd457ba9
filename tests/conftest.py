"""What all tests share."""

from __future__ import annotations

from hypothesis import settings

# A busy machine is no failure: no test is timed (benchmarks/ are for that).
settings.register_profile("scherp", deadline=None)
settings.load_profile("scherp")
