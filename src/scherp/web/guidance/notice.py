"""A notice to a platform, written from four answers; nothing is sent, and no image is ever asked for.

Form: article 16(2) of Regulation (EU) 2022/2065 (Digital Services Act): why it is illegal, where it is, who says so
(not needed where a minor is sexually abused), and that it is said in good faith.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.texts import Language, say
from scherp.web.guidance.questions import Question

if TYPE_CHECKING:
    from collections.abc import Mapping

QUESTIONS = (
    Question("what", ("image", "fake", "threat", "contact")),
    Question("who", ("me", "child", "other")),
    Question("age", ("yes", "no", "unknown")),
    Question("where", ("instagram", "snapchat", "tiktok", "whatsapp", "telegram", "discord", "other")),
)


def notice(answers: Mapping[str, str], language: Language) -> str:
    """Give the text to copy."""
    where, age = answers["where"], answers["age"]

    def line(name: str, **values: str) -> str:
        return say(f"site.notice.text.{name}", language, **values)

    platform = say(f"site.notice.where.{where}", language)
    abused = age == "yes" and answers["what"] != "threat"  # a threat may be about money
    said = [
        line("to_other") if where == "other" else line("to", platform=platform),
        line("about"),
        line("where"),
        line("when"),
        line(answers["what"]),
        line(f"who_{answers['who']}"),
        line("age_abused" if abused else f"age_{age}"),
        *([] if abused else [line("name_unless" if age == "yes" else "name")]),
        line("ask"),
        line("good_faith"),
    ]
    return "\n\n".join(said)
