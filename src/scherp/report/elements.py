"""Building a page as a tree, so that every value is escaped by the serialiser and none by hand."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from scherp.report.wording import harmless

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


def page(root: Element) -> str:
    """Give the whole page as text."""
    return "<!doctype html>\n" + ET.tostring(root, encoding="unicode", method="html") + "\n"


def _name(name: str) -> str:
    if name == "viewBox":
        return name
    return name.rstrip("_").replace("_", "-")
