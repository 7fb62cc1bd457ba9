"""The public site, made ready once, and visitors who ask for its pages without a browser."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture
def visitor():
    """Somebody who asks for pages, and sends no header that says who."""
    return Client(headers={"host": "localhost"})
