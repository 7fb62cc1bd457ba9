"""What runs in the visitor's browser, under Pyodide: the engine, and the little that the page asks of it.

Everything goes in and out as JSON text. Knows neither Django nor any network.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from scherp.advice import Audience, Country, without_chat, words
from scherp.checking import explained, messages_in, rank
from scherp.errors import NoPastedChat, NothingPasted, ScherpError
from scherp.reading import Options, all_conversations, open_exports, open_paste
from scherp.reading.export import DateOrder
from scherp.report.as_html import as_html, sections
from scherp.report.as_json import as_json
from scherp.report.explanation import level_word
from scherp.report.view import View
from scherp.report.wording import harmless
from scherp.scoring import packaged_model
from scherp.texts import Language, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from scherp.checking import Checked, Ranked
    from scherp.reading.export import Export
    from scherp.report.explanation import Explanation


def ready() -> None:
    """Load all that the first message would otherwise wait for."""
    packaged_model()


class Session:
    """One file that somebody gave, and what was found in it; gone with the worker."""

    def __init__(self) -> None:
        self._exports: list[Export] = []
        self._ranked: Ranked | None = None

    def open(self, path: str, wishes: str) -> str:
        """Read a file. Gives who writes in it, how many messages, and how many files stayed closed; or `error`."""
        return self._opened(lambda options: open_exports(path, options), wishes)

    def paste(self, text: str, wishes: str) -> str:
        """Read what was pasted; as `open`."""
        return self._opened(lambda options: open_paste(text, options), wishes)

    def _opened(self, read: Callable[[Options], list[Export]], wishes: str) -> str:
        asked = json.loads(wishes)
        order = asked.get("date_order")
        try:
            self._exports = read(Options(DateOrder(order) if order else None))
        except ScherpError as error:
            return _told(error, _view(asked))
        people = dict.fromkeys(
            name for conversation in all_conversations(self._exports) for name in conversation.speakers
        )
        return json.dumps(
            {
                "people": list(people),
                "messages": messages_in(self._exports),
                "media": sum(len(export.ignored) for export in self._exports),
            }
        )

    def check(self, wishes: str, tick: Callable[[int], None] | None = None) -> str:
        """Judge every conversation. Gives the rows, the one to look at first on top; or `error`."""
        view = _view(json.loads(wishes))
        try:
            self._ranked = rank(self._exports, view, tick=tick)
        except ScherpError as error:
            return _told(error, view)
        rows = [
            {"name": harmless(checked.conversation.name), "level": level_word(checked.scored, view)}
            for checked in self._ranked.shown
        ]
        return json.dumps({"rows": rows, "several": self._ranked.several, "left_out": self._ranked.left_out})

    def report(self, place: int, wishes: str) -> str:
        """Explain one row: as parts of a page, and as a page of its own to keep. Neither shows a level over time."""
        view = replace(_view(json.loads(wishes)), names=False)
        explanation = _for_the_public(explained(self._row(place), view))
        shown = "".join(ET.tostring(part, encoding="unicode", method="html") for part in sections(explanation))
        return json.dumps({"shown": shown, "page": as_html(explanation)})

    def unshown(self, place: int, wishes: str) -> str:
        """Give the report for programs, as the terminal's `--json` does: for tests that both agree, never shown."""
        checked = self._row(place)
        found = as_json(explained(checked, _view(json.loads(wishes))), checked.conversation)
        return json.dumps(found | {"name": checked.conversation.name}, ensure_ascii=False)

    def _row(self, place: int) -> Checked:
        assert self._ranked is not None
        return self._ranked.shown[place]


def _view(asked: dict[str, Any]) -> View:
    return View(
        Audience(asked["audience"]),
        Language(asked["language"]),
        asked.get("child") or None,
        country=Country(asked.get("country") or Country.NL),
    )


def _told(error: ScherpError, view: View) -> str:
    """What went wrong, in words; who pastes no chat may be crying for help, and is told who to call."""
    said = [say("site.check.no_names", view.language) if isinstance(error, NoPastedChat) else error.say(view.language)]
    if isinstance(error, NoPastedChat | NothingPasted):
        said += [words(key, view.language) for key in without_chat(view.audience, view.country)]
    return json.dumps({"error": said})


def _for_the_public(explanation: Explanation) -> Explanation:
    """Leave out the level over time: who steers should not learn by trying what goes unseen (decision 9)."""
    return replace(explanation, timeline=replace(explanation.timeline, levels=()))
