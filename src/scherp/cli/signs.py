"""`scherp signs`: the vocabulary, readable for a counsellor."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from scherp.cli.draw import draw
from scherp.errors import NoSuchSign
from scherp.report.as_text import Look, Run, TextLine
from scherp.signs.vocabulary import Group, signs
from scherp.texts import Language, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scherp.signs.vocabulary import InLanguage, Sign

_SPOKEN_IN = {Language.NL: "cli.dutch", Language.EN: "cli.english"}


def run(wanted: str | None, language: Language) -> None:
    """Show all signs by group, or one sign with its examples."""
    draw(_all(language) if wanted is None else _one(find(wanted, language), language))


def _all(language: Language) -> Iterator[TextLine]:
    for group in Group:
        yield TextLine((Run(say(f"report.group.{group}", language), Look.HEADING),))
        for sign in signs().values():
            if sign.group is group:
                yield TextLine((Run(f"{sign.id}  ", Look.STRONG), Run(_about(sign, language))), indent=2)
        yield TextLine()
    yield TextLine((Run(say("cli.signs.legend", language), Look.QUIET),))


def _one(sign: Sign, language: Language) -> Iterator[TextLine]:
    yield TextLine((Run(f"{sign.id}  ", Look.STRONG), Run(_about(sign, language))))
    for spoken_in in Language:
        spoken = sign.spoken[spoken_in]
        if spoken.yes:
            yield TextLine()
            yield TextLine((Run(say(_SPOKEN_IN[spoken_in], language), Look.HEADING),))
            yield from _examples(spoken, language)
    if not any(sign.spoken[spoken_in].yes for spoken_in in Language):
        yield TextLine((Run(say("cli.signs.by_hash", language), Look.QUIET),))


def _examples(spoken: InLanguage, language: Language) -> Iterator[TextLine]:
    for key, mark, texts in (("yes", "+ ", spoken.yes), ("no", "- ", spoken.no)):
        yield TextLine((Run(say(f"cli.signs.{key}", language), Look.STRONG),), indent=2)
        for text in texts:
            yield TextLine((Run(text),), indent=2, bullet=mark)


def _about(sign: Sign, language: Language) -> str:
    return f"{sign.what[language]} ({say('cli.signs.strong' if sign.strong else 'cli.signs.weak', language)})"


def find(wanted: str, language: Language) -> Sign:
    """Give the sign of that id. Raises NoSuchSign, with the closest one."""
    if wanted in signs():
        return signs()[wanted]
    close = difflib.get_close_matches(wanted, signs(), n=1)
    hint = say("errors.no_such_sign_close", language, close=close[0]) if close else ""
    raise NoSuchSign(wanted=wanted, close=hint)
