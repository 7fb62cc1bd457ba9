"""A young person with a browser, for the tests of the help chat."""

from __future__ import annotations

import json
import re
import uuid
from urllib.parse import urlencode

from django.test import Client

from scherp.web.helpchat.seats import COOKIE
from scherp.web.talks.models import Seat, Talk
from scherp.web.talks.secrets import keyed_hash


class Browser(Client):
    """A browser that sends forms as a page does."""

    def sends(self, path, told, **headers):
        form = "application/x-www-form-urlencoded"
        return self.post(path, urlencode(told, doseq=True), content_type=form, headers=headers)


class Young:
    """A young person with a browser of their own, as the site sees one."""

    def __init__(self, address="203.0.113.7", language="nl"):
        self.browser = Browser(headers={"host": "localhost"}, REMOTE_ADDR=address)
        self.language = language

    def at(self, path):
        return f"/{self.language}/praten/{path}"

    def get(self, path, **headers):
        return self.browser.get(self.at(path), headers=headers)

    def post(self, path, **told):
        return self.browser.sends(self.at(path), told | {"form": self.token})

    def begin(self, **told):
        return self.browser.sends(self.at("begin/"), {"screen": "no"} | told)

    @property
    def token(self):
        cookie = self.browser.cookies.get(COOKIE)
        return keyed_hash("form", cookie.value if cookie else "")

    @property
    def talk(self):
        secret = self.browser.cookies[COOKIE].value
        return Talk.objects.get(pk=Seat.objects.get(hash=keyed_hash("seat", secret)).talk_id)

    def send(self, words, key=None):
        told = json.dumps({"key": str(key or uuid.uuid4()), "words": words})
        headers = {"x-form": self.token}
        return self.browser.post(self.at("gesprek/bericht/"), told, content_type="application/json", headers=headers)

    def news(self, place=""):
        return self.get(f"gesprek/nieuws/?na={place}", accept="application/json").json()

    def code(self):
        page = self.post("gesprek/woorden/").content.decode()
        return re.search(r'<p class="code" lang="nl">(.*?)</p>', page)[1]

    def sees(self, words):
        return words in self.get("gesprek/").content.decode()
