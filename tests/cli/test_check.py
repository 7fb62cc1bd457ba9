"""`scherp check`: what stands on the screen, for whom, in which language, and what is refused."""

from __future__ import annotations

import json
import re

import pytest

from scherp.conversation import Level
from scherp.errors import ExitCode

FIRST = {
    "young-person": {"nl": ["Het is niet jouw schuld.", "Ben je nu veilig?"],
                     "en": ["It is not your fault.", "Are you safe now?"]},
    "parent": {"nl": ["Blijf rustig", "Pak de telefoon niet af", "Zoek geen ruzie", "Zeg als eerste"],
               "en": ["Stay calm", "Do not take the phone away", "Do not confront", "First say"]},
    "professional": {"nl": ["Is er nu gevaar?", "Wat weet je niet?", "Mag je dit delen?"],
                     "en": ["Is there danger now?", "What do you not know?", "May you share this?"]},
}  # fmt: skip
WORDS = {Level.NONE: "een dreiging, in weinig tekst", Level.ATTEND: "let op",
         Level.CONCERN: "zorgelijk", Level.URGENT: "dringend", None: "te weinig om iets te zeggen"}  # fmt: skip
GREEN = ("\x1b[32m", "\x1b[92m", "\x1b[1;32m", "\x1b[42m", ";32m", ";92m")


def at_level(monkeypatch, level):
    """Judge every conversation to be at this level."""
    from dataclasses import replace

    from scherp.scoring import score

    def judged(conversation, **_):
        scored = score(conversation)
        quiet = level in (None, Level.NONE)
        return replace(
            scored, level=level, risk=None if level is None else 0.5, steering=None if quiet else "Kim",
            levels=(level,) * len(scored.levels),
        )  # fmt: skip

    monkeypatch.setattr("scherp.checking.ranking.score", judged)


@pytest.mark.parametrize("speaks", ["nl", "en"])
@pytest.mark.parametrize("audience", FIRST)
def test_the_first_words_are_for_whoever_asks(scherp, risky, audience, speaks):
    out = " ".join(scherp("--lang", speaks, "check", risky, "--for", audience).out.split())
    places = [out.index(words) for words in FIRST[audience][speaks]]
    assert places[0] == 0
    assert places == sorted(places)
    assert max(places) < out.index("▲")


@pytest.mark.parametrize(("level", "words"), WORDS.items())
def test_each_level_has_its_word_and_its_mark(scherp, risky, monkeypatch, level, words):
    at_level(monkeypatch, level)
    out = scherp("check", risky).out
    line = next(row for row in out.splitlines() if words in row)
    mark = {None: "·", Level.NONE: "○", Level.ATTEND: "▲ ", Level.CONCERN: "▲▲ ", Level.URGENT: "▲▲▲ "}[level]
    assert line.startswith(mark)


@pytest.mark.parametrize("speaks", ["nl", "en"])
@pytest.mark.parametrize("level", [Level.NONE, None])
def test_no_signs_is_never_called_safe_and_never_green(scherp, risky, monkeypatch, level, speaks):
    at_level(monkeypatch, level)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    out = scherp("--lang", speaks, "check", risky).out
    assert "\x1b[" in out
    assert not any(code in out for code in GREEN)
    after = out[out.index("○" if level else "·") :]
    assert not re.search(r"\b(is|bent|are|looks?) (veilig|safe|onschuldig|harmless|ok)\b", after, re.IGNORECASE)
    assert ("Vertrouw je gevoel" if speaks == "nl" else "Trust your feeling") in after


def test_with_colour_the_words_that_counted_are_underlined(scherp, risky, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    out = scherp("check", risky).out
    assert re.search(r"\x1b\[1;4m[^\x1b]*foto", out)
    assert "«" not in out


def test_without_colour_they_stand_between_marks(scherp, risky):
    out = scherp("check", risky).out
    assert re.search(r"«[^»]*foto", out)
    assert "\x1b" not in out


def test_no_line_ends_in_blanks(scherp, risky):
    assert not [row for row in scherp("check", risky).out.splitlines() if row != row.rstrip()]


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("", "Het is"), ("C.UTF-8", "Het is"), ("POSIX", "Het is"), ("fr_FR.UTF-8", "Het is"), ("en_GB.UTF-8", "It is"),
     ("nl_NL", "Het is"), ("nl_BE.UTF-8", "Het is")],
)  # fmt: skip
def test_the_language_is_that_of_the_device_dutch_when_unknown(scherp, risky, monkeypatch, locale, expected):
    monkeypatch.setenv("LANG", locale)
    assert scherp("check", risky).out.startswith(expected)


def test_lc_all_goes_before_lang_and_lang_option_before_both(scherp, risky, monkeypatch):
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert scherp("check", risky).out.startswith("It is")
    assert scherp("check", risky, "--lang=nl").out.startswith("Het is")


def test_a_belgian_device_gets_belgian_lines_unless_told_otherwise(scherp, risky, monkeypatch):
    monkeypatch.setenv("LANG", "nl_BE.UTF-8")
    belgian = scherp("check", risky).out
    assert "Child Focus" in belgian
    assert "0900-8844" not in belgian
    assert "0900-8844" in scherp("check", risky, "--country", "nl").out


def test_whoever_does_not_say_for_whom_gets_a_hint(scherp, risky):
    assert "--for ouder" in scherp("check", risky).out
    assert "--for parent" in scherp("check", risky, "--lang", "en").out
    assert "--for ouder" not in scherp("check", risky, "--for", "young-person").out


@pytest.mark.parametrize(
    ("dutch", "english"), [("jongere", "young-person"), ("ouder", "parent"), ("hulpverlener", "professional")]
)
@pytest.mark.parametrize("speaks", ["nl", "en"])
def test_whoever_asks_may_be_called_in_dutch(scherp, risky, dutch, english, speaks):
    said = [scherp("check", risky, "--lang", speaks, "--json", "--for", word) for word in (dutch, english)]
    assert said[0] == said[1]
    assert json.loads(said[0].out)["for"] == english


@pytest.mark.parametrize("word", ["Ouder", "ouders", "kind", ""])
def test_no_other_word_is_taken_for_a_reader(scherp, risky, word):
    said = scherp("check", risky, "--for", word)
    assert said.code == ExitCode.USAGE
    assert all(known in said.err for known in ("jongere", "ouder", "professional", "parent"))
    assert said.out == ""


def test_a_parent_called_in_dutch_has_a_parents_limits(scherp, risky):
    said = scherp("check", risky, "--for", "ouder", "--child", "Lotte")
    assert said.code == 0
    assert "dat wil ik niet" not in said.out
    assert scherp("check", risky, "--for", "jongere", "--child", "Lotte").code == ExitCode.USAGE
    assert scherp("check", risky, "--for", "ouder", "--names").code == ExitCode.NOT_PERMITTED


@pytest.mark.parametrize("words", [(), ("--for", "professional"), ("--for", "young-person")])
def test_child_is_for_parents_and_refused_to_others(scherp, risky, words):
    said = scherp("check", risky, "--child", "Lotte", *words)
    assert said.code == ExitCode.USAGE
    assert "--for ouder" in said.err
    assert said.out == ""


def test_a_child_nobody_is_called_is_an_error_that_names_who_wrote(scherp, risky):
    said = scherp("check", risky, "--for", "parent", "--child", "Fenna")
    assert said.code == ExitCode.NO_SUCH_SPEAKER
    assert "Kim, Lotte" in said.err
    assert said.out == ""


def test_names_on_the_page_are_for_professionals(scherp, risky, tmp_path):
    said = scherp("check", risky, "--html", tmp_path / "r.html", "--names")
    assert said.code == ExitCode.NOT_PERMITTED
    assert not (tmp_path / "r.html").exists()
    scherp("check", risky, "--html", tmp_path / "r.html", "--names", "--for", "professional")
    assert "Kim stuurt" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_quiet_says_nothing_and_still_writes(scherp, risky, tmp_path):
    said = scherp("check", risky, "--quiet", "--html", tmp_path / "r.html")
    assert said == (0, "", "")
    assert (tmp_path / "r.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_page_on_the_screen_is_the_page_and_nothing_else(scherp, risky):
    out = scherp("check", risky, "--html", "-").out
    assert out.startswith("<!doctype html>")
    assert out.rstrip().endswith("</html>")


def test_the_page_and_json_cannot_both_have_the_screen(scherp, risky):
    assert scherp("check", risky, "--html", "-", "--json").code == ExitCode.USAGE


def test_json_is_one_report_with_the_name_of_the_conversation(scherp, risky):
    report = json.loads(scherp("check", risky, "--json").out)
    assert (report["name"], report["steering"], report["for"]) == ("Kim", "Kim", "young-person")
    assert report["level"] in ("concern", "urgent")


def test_several_conversations_are_ranked_and_the_first_is_shown(scherp, account):
    out = scherp("check", account).out
    rows = [row.strip() for row in out.splitlines() if "berichten:" in row]
    assert [re.sub(r"^\S+ ", "", row).split(":")[0] for row in rows] == ["Kim", "Noor", "Mees"]
    assert rows[0].startswith("▲")
    assert "Kim stuurt dit gesprek" in out


def test_a_parent_is_told_of_those_with_signs_only(scherp, account):
    # Noor and Mees are the child's own business
    said = scherp("check", account, "--for", "parent", "--child", "Lotte")
    assert "Noor" not in said.out
    assert "Mees" not in said.out
    assert "En nog 2" in said.out
    reports = json.loads(scherp("check", account, "--for", "parent", "--child", "Lotte", "--json").out)
    assert [report["name"] for report in reports] == ["Kim"]


def test_one_of_several_can_be_chosen(scherp, account):
    report = json.loads(scherp("check", account, "--with", "noor", "--json").out)
    assert (report["name"], report["level"]) == ("Noor", "none")
    said = scherp("check", account, "--with", "Fleur")
    assert said.code == ExitCode.NO_SUCH_CONVERSATION
    assert "Kim" in said.err


def test_json_of_several_is_a_list_in_the_order_of_looking(scherp, account):
    reports = json.loads(scherp("check", account, "--json").out)
    assert [report["name"] for report in reports] == ["Kim", "Noor", "Mees"]
    assert reports[2]["level"] is reports[2]["risk"] is None


def test_list_names_them_and_judges_nothing(scherp, account, monkeypatch):
    monkeypatch.setattr("scherp.checking.ranking.score", None)
    rows = scherp("check", account, "--list").out.splitlines()
    assert [row.split(" (")[0] for row in rows] == ["Noor", "Kim", "Mees"]


def test_a_name_cannot_act_on_the_terminal(scherp, tmp_path):
    path = tmp_path / "x.jsonl"
    rows = [{"author": "\x1b]0;owned\x07Kim\x1b[2J", "text": "stuur een foto \x1b[31m\u202e", "time": None}] * 6
    path.write_text(json.dumps({"id": "a\x1bb\nc", "messages": rows}), encoding="utf-8")
    for words in (["--list"], [], ["--for", "parent", "--child", "Fenna"]):
        said = scherp("check", path, *words)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", said.out + said.err), words


@pytest.mark.parametrize("target", ["no/such/folder/r.html", "a" * 300 + ".html"])
def test_an_output_that_cannot_be_written_is_said_so(scherp, risky, tmp_path, target):
    said = scherp("check", risky, "--html", tmp_path / target)
    assert said.code == ExitCode.NOT_WRITTEN
    assert "Traceback" not in said.err


def test_a_page_that_fails_half_way_leaves_the_old_one(scherp, risky, tmp_path, monkeypatch):
    page = tmp_path / "r.html"
    page.write_text("old", encoding="utf-8")
    monkeypatch.setattr("scherp.cli.check._page", lambda *_: 1 / 0)
    assert scherp("check", risky, "--html", page).code == ExitCode.BUG
    assert page.read_text(encoding="utf-8") == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"kim.jsonl", "r.html"}
