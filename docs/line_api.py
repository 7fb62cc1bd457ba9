"""The page about the addresses that the scripts of our own pages speak to, from their descriptions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WEB = Path(__file__).resolve().parents[1] / "src" / "scherp" / "web"
APPS = ("helpchat", "desk")
HEAD = """\
What the scripts of our own pages send and hear, as [OpenAPI 3.1](https://spec.openapis.org/oas/v3.1.0). It is for
those pages only: nobody else is meant to build on it, and it may change with any version. Neither site serves the
descriptions. The tests try both sites with whatever they allow and forbid, and with what they do not name; an answer
that is not described here fails."""


def page() -> Iterator[str]:
    """Give the lines of the page."""
    yield from HEAD.splitlines()
    for app in APPS:
        yield from _app(app, json.loads((WEB / app / "openapi.json").read_text(encoding="utf-8")))


def _app(app: str, told: dict[str, Any]) -> Iterator[str]:
    yield from ("", f"## {told['info']['title']}", "", f"`src/scherp/web/{app}/openapi.json`", "")
    yield told["info"]["description"]
    for scheme in told["components"]["securitySchemes"].values():
        yield from ("", f"Cookie `{scheme['name']}`: {_small(scheme['description'])}")
    for path, item in told["paths"].items():
        for method in ("get", "post"):
            if method in item:
                yield from _operation(told, f"{method.upper()} {path}", item.get("parameters", []), item[method])
    yield from ("", f"### Shapes: {told['info']['title'].lower()}")
    for name, schema in told["components"]["schemas"].items():
        yield from _shape(name, schema)


def _operation(told: dict[str, Any], title: str, shared: list[Any], operation: dict[str, Any]) -> Iterator[str]:
    yield from ("", f"### `{title}`", "", operation["summary"], "")
    for one in (_found(told, part) for part in (*shared, *operation.get("parameters", []))):
        yield f"- {one['in']} `{one['name']}`{'' if one.get('required') else ', may be left out'}: {_of(one)}"
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        yield f"- body, `{media}`: {_type(content['schema'])}"
    yield from ("", "| answer | when | what |", "|---|---|---|")
    for status, answer in operation["responses"].items():
        found = _found(told, answer)
        content = ", ".join(_content(*pair) for pair in found.get("content", {}).items())
        yield f"| {status} | {found['description']} | {content or 'nothing'} |"


def _content(media: str, content: dict[str, Any]) -> str:
    schema = content.get("schema", {})
    return f"`{media}`: {_type(schema)}" if "$ref" in schema else f"`{media}`"


def _shape(name: str, schema: dict[str, Any]) -> Iterator[str]:
    yield from ("", f"**{name}**{': ' + _small(schema['description']) if 'description' in schema else ''}", "")
    required = schema.get("required", ())
    for key, value in schema["properties"].items():
        yield f"- `{key}`{'' if key in required else ', may be left out'}: {_of({'schema': value} | value)}"


def _of(one: dict[str, Any]) -> str:
    said = f". {one['description']}" if "description" in one else ""
    return f"{_type(one['schema'])}{said}"


def _type(schema: dict[str, Any]) -> str:
    for name, in_words in _IN_WORDS.items():
        if name in schema:
            return in_words(schema[name])
    return _PLAIN[schema.get("format", schema["type"])]


_IN_WORDS: dict[str, Callable[[Any], str]] = {
    "$ref": lambda name: name.rpartition("/")[2],
    "anyOf": lambda schemas: " or ".join(map(_type, schemas)),
    "enum": lambda values: ", ".join(f"`{value}`" for value in values),
    "const": lambda value: f"`{json.dumps(value)}`",
    "items": lambda schema: f"a list of {_type(schema)}",
    "required": lambda names: f"with {', '.join(f'`{name}`' for name in names)}",
    "propertyNames": lambda names: f"with some of {_type(names)}",
    "additionalProperties": lambda of: f"{_type(of)}, by name",
}
_PLAIN = {"uuid": "a UUID", "string": "text", "integer": "a number", "boolean": "true or false"}


def _small(text: str) -> str:
    return text[0].lower() + text[1:]


def _found(told: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in part:
        return part
    found: Any = told
    for name in part["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return dict(found)
