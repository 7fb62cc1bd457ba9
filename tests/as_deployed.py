"""Asks a site, set up as for a real deployment, for a few answers, and tells their headers and its settings as JSON.

Run in a process of its own: python tests/as_deployed.py. DJANGO_SETTINGS_MODULE says which site.
"""

from __future__ import annotations

import json
import sys

import django

HOST = {"host": "scherp.example"}


def main():
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    for store in [name for name, about in settings.DATABASES.items() if not about["ENGINE"].endswith("dummy")]:
        call_command("migrate", database=store, verbosity=0)
    client = Client(headers=HOST)
    answers = {address: _told(client.get(address, secure=True)) for address in sys.argv[1:]}
    answers["trace"] = _told(client.trace(sys.argv[1], secure=True))
    answers["plain http"] = _told(client.get(sys.argv[1]))
    cookies = {name: dict(morsel.items()) for name, morsel in client.cookies.items()}
    set_to = {name: getattr(settings, name) for name in ("DEBUG", "SESSION_SERIALIZER")}
    json.dump({"answers": answers, "cookies": cookies, "settings": set_to}, sys.stdout)


def _told(response):
    body = response.getvalue().decode() if response.streaming else response.content.decode()
    return {"status": response.status_code, "headers": dict(response.headers), "body": body}


if __name__ == "__main__":
    main()
