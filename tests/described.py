"""The addresses that scripts of our pages speak to, as described, and whoever tries them (schemathesis)."""

from __future__ import annotations

import json
import logging
from contextlib import ExitStack, contextmanager
from importlib import resources

import jsonschema_rs
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

TRIES = 100  # of each address, besides all that its description says is wrong
TRIED = {
    "seed": 20261126,
    "generation": {"deterministic": True, "max-examples": TRIES, "database": "none", "with-security-parameters": False},
    # A cookie that the test brings is taken for an invented one; that nobody enters without, the stranger's test shows.
    "checks": {"ignored_auth": {"enabled": False}},
}
patient = settings(suppress_health_check=list(HealthCheck))
LONG_ENOUGH = 6  # characters, for words to be nowhere else by chance


def description(app):
    """The description of what an app hears and answers."""
    return json.loads(resources.files(f"scherp.web.{app}").joinpath("openapi.json").read_text())


def tried(app):
    """The description, with the site of this run behind it."""
    schema = schemathesis.openapi.from_dict(description(app), config=SchemathesisConfig.from_dict(TRIED))
    schema.app = get_wsgi_application()
    return schema


def fits(app, name, data):
    """Tell whether data is as one of the description's schemas says."""
    return jsonschema_rs.is_valid(description(app) | {"$ref": f"#/components/schemas/{name}"}, data)


@contextmanager
def each_anew(*stores):
    """Whatever is done within, the stores are as they were afterwards; no request closes what they were opened with."""
    closes = (request_started, request_finished)
    with ExitStack() as stack:
        for signal in closes:
            signal.disconnect(close_old_connections)
            stack.callback(signal.connect, close_old_connections)
        for store in stores:
            stack.enter_context(transaction.atomic(using=store))
        yield
        for store in stores:
            transaction.set_rollback(True, using=store)


class Log(logging.Handler):
    """Keeps what would stand in the log, tracebacks included."""

    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))

    def __contains__(self, words):
        return any(words in line for line in self.lines)


@contextmanager
def what_is_logged():
    """Hear what the site writes to its log."""
    log, loggers = Log(), [logging.getLogger(name) for name in (None, "django")]
    for logger in loggers:
        logger.addHandler(log)
    try:
        yield log
    finally:
        for logger in loggers:
            logger.removeHandler(log)


def tell_nothing(case, answer, log):
    """Fail when words that were sent are in the log, or in a refusal."""
    words = case.body.get("words") if isinstance(case.body, dict) else None
    if isinstance(words, str) and len(words) >= LONG_ENOUGH:
        assert words not in log
        assert words not in answer.content.decode()
    assert "Traceback" not in log


KEPT = "kersenboom in de tuin"
KEY = "1f0d6d0e-7b1c-4a52-9c39-7b1f3c7a9d11"
WRONG_SHAPES = {
    "nothing": " ",
    "null": "null",
    "number": "5",
    "text": json.dumps(KEPT),
    "list": json.dumps([KEY, KEPT]),
    "empty": "{}",
    "no-key": json.dumps({"words": KEPT}),
    "no-words": json.dumps({"key": KEY}),
    "key-number": json.dumps({"key": 5, "words": KEPT}),
    "key-list": json.dumps({"key": [KEY], "words": KEPT}),
    "key-null": json.dumps({"key": None, "words": KEPT}),
    "key-not-one": json.dumps({"key": KEPT, "words": KEPT}),
    "words-number": json.dumps({"key": KEY, "words": 5}),
    "words-list": json.dumps({"key": KEY, "words": [KEPT]}),
    "words-null": json.dumps({"key": KEY, "words": None}),
    "half": json.dumps({"key": KEY, "words": KEPT})[:-3],
    "no-text": b'{"key": "\xff\xfe\x80", "words": "' + KEPT.encode() + b'"}',
    "long-number": '{"key": ' + "9" * 9000 + "}",
    "deep": "[" * 90_000,
}
WRONG_TYPES = ["text/plain", "application/xml", "", "application/json-patch+json", "multipart/form-data; boundary=x"]
METHODS = {"get", "put", "patch", "delete", "options", "trace"}
RIGHT = json.dumps({"key": KEY, "words": KEPT})


def is_short(answer):
    """Tell whether an answer says little, and nothing of what was sent or where it went wrong."""
    said = answer.content.decode()
    return len(said) < 200 and KEPT not in said and "Traceback" not in said
