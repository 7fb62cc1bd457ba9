"""The public site, made ready once, and visitors who ask for its pages without a browser."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("SCHERP_LOCAL", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scherp.web.public_site.settings")
os.environ.setdefault("SCHERP_ASSETS", str(Path(__file__).parents[2] / "var" / "public"))

import django
import pytest
from django.test import Client

django.setup()


@pytest.fixture
def visitor():
    """Somebody who asks for pages, and sends no header that says who."""
    return Client(headers={"host": "localhost"})
