"""The corpus of PAN-2012, Sexual Predator Identification, as its owners publish it, and the selection VTPAN.

One XML file of `<conversation id>` with `<message line>`, each with `<author>`, `<time>` (a clock without a day) and
`<text>`; beside it a list of author ids, one a line: `...-corpus-predators-2012-05-01.txt` with the training part,
`...-groundtruth-problem1.txt` with the test part. A conversation is risky when one of these authors writes in it.
VTPAN is a list of conversation ids, one a line (`VTPAN_train_IDs.txt`, `VTPAN_test_IDs.txt`): laid beside the XML
file, only those conversations are read.

Sources: Inches and Crestani 2012 (CLEF), zenodo.org/record/3713280; Vogt, Leser and Akbik 2021 (ACL), whose
eSPD-datasets holds the id lists and the form of the files. We hold no copy: this was tested on files of our own.
A clock without a day gives no tempo, so times are left out. Text was escaped more than once there, and is unescaped.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from scherp import errors
from scherp.conversation import Conversation, Message
from scherp.evaluation.case import Case
from scherp.evaluation.registers import Register

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PLATFORM = "pan2012"
_FORMAT = "PAN-2012 XML"


def read(xml: Path, predators: Path | None = None, only: Path | None = None) -> Iterator[Case]:
    """Give the conversations of one file, one at a time.

    predators, only: the list of authors and of conversations; looked for beside the file when not given.
    Raises NoLabels without a list of authors, Damaged where the XML breaks off.
    """
    predators = predators or _beside(xml, "predators", "problem1")
    if predators is None:
        raise errors.NoLabels(name=xml.name)
    only = only or _beside(xml, "vtpan")
    authors = _ids(predators)
    wanted = _ids(only) if only else None
    for conversation in _elements(xml):
        if wanted is None or conversation.get("id") in wanted:
            yield _case(conversation, authors)


def _elements(xml: Path) -> Iterator[ET.Element]:
    try:
        # The standard library's parser: expat refuses entities that grow, and the person chose this file.
        for _, element in ET.iterparse(xml, events=("end",)):  # noqa: S314
            if element.tag == "conversation":
                yield element
                element.clear()
    except ET.ParseError as problem:
        raise errors.Damaged(name=xml.name, format=_FORMAT, line=problem.position[0]) from None


def _case(element: ET.Element, predators: frozenset[str]) -> Case:
    found = [_message(number, message) for number, message in enumerate(element.iter("message"))]
    conversation = Conversation(element.get("id") or "", _PLATFORM, tuple(found), times_trusted=False)
    steering = [author for author in conversation.speakers if author in predators]
    return Case(
        id=conversation.name,
        conversation=conversation,
        risky=bool(steering),
        register=Register.PAN_2012,
        source=steering[0] if steering else conversation.name,
        steering=steering[0] if len(steering) == 1 else None,
        lang="en",
    )


def _message(number: int, element: ET.Element) -> Message:
    text = element.findtext("text") or ""
    author = (element.findtext("author") or "").strip()
    return Message(number, author or None, None, html.unescape(html.unescape(text)).strip())


def _ids(path: Path) -> frozenset[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip())


def _beside(xml: Path, *words: str) -> Path | None:
    """Give the list beside the file whose name holds one of these words: of the same part, or of no part at all."""
    found = [path for path in sorted(xml.parent.glob("*.txt")) if any(word in path.name.lower() for word in words)]
    part = _part(xml)
    return next((path for wanted in (part, None) for path in found if _part(path) == wanted), None)


def _part(path: Path) -> str | None:
    """Training or test, as the published names say it; None for a name that says neither."""
    name = path.name.lower()
    if "train" in name:
        return "train"
    return "test" if "test" in name or "problem1" in name else None
