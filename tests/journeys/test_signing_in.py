"""Members of staff at the door of their site: password and second factor, passkey, locked out, gone home."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def test_who_is_not_signed_in_is_asked_to(chromium, staff_site):
    page = chromium.new_page()
    page.goto(staff_site("/"))
    assert page.url.startswith(staff_site("/account/login/"))
