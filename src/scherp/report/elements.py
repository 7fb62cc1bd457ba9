"""Building a page as a tree, so that every value is escaped by the serialiser and none by hand."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from scherp.report.wording import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scherp.texts import Language

Element = ET.Element


def el(tag: str, *children: Element | str | None, **attributes: str | float | None) -> Element:
    """Make an element; `class_` and `for_` lose their underscore, other underscores become hyphens."""
    element = ET.Element(tag)
    for name, value in attributes.items():
        if value is not None:
            element.set(_name(name), harmless(str(value)))
    for child in children:
        add(element, child)
    return element


def add(element: Element, child: Element | str | None) -> None:
    """Put a child, or text, at the end of an element; nothing for None."""
    if child is None:
        return
    if not isinstance(child, str):
        element.append(child)
    elif len(element):
        element[-1].tail = (element[-1].tail or "") + harmless(child)
    else:
        element.text = (element.text or "") + harmless(child)


def page(parts: Iterable[Element | None], *, title: str, style: str, language: Language) -> str:
    """Give a whole page as text: complete in itself, no script, nothing fetched, not to be indexed.

    Its own policy lets only this style through (CSP level 3, by hash), so that a value that slipped would do nothing.
    """
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    root = el(
        "html",
        el(
            "head",
            el("meta", charset="utf-8"),
            el("meta", http_equiv="Content-Security-Policy", content=policy),
            el("meta", name="viewport", content="width=device-width, initial-scale=1"),
            el("meta", name="referrer", content="no-referrer"),
            el("meta", name="robots", content="noindex"),
            el("title", title),
            el("style", style),
        ),
        el("body", el("main", *parts)),
        lang=language.value,
    )
    return "<!doctype html>\n" + ET.tostring(root, encoding="unicode", method="html") + "\n"


def _name(name: str) -> str:
    if name == "viewBox":
        return name
    return name.rstrip("_").replace("_", "-")
