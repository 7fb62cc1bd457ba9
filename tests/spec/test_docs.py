"""The documentation is true: links lead somewhere, sessions give what they show, examples run, pages are fresh."""

import doctest
import json
import re
import shlex
import struct
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))

import generate  # noqa: E402  beside the pages that it makes
import sessions  # noqa: E402  as above

from scherp.advice import Audience, Country, what_now, words  # noqa: E402
from scherp.cli.main import scherp  # noqa: E402
from scherp.conversation import Level  # noqa: E402
from scherp.texts import Language, say  # noqa: E402

PAGES = generate.pages()
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (?P<title>.+?)$", re.MULTILINE)
CODE = re.compile(r"`[^`\n]*`")
PATH = re.compile(r"`((?:src|tests|docs|tools|examples|benchmarks)/[a-zA-Z0-9_./*-]*)`")
MADE = re.compile(r"`make ([a-z]+)`|^\$ make ([a-z]+)", re.MULTILINE)
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)
REASSURING = re.compile(r"veilig|gerust|niets aan de hand", re.IGNORECASE)
NOTHING_SEEN = re.compile(r"geen signalen", re.IGNORECASE)

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


@cache
def text_of(page):
    return page.read_text(encoding="utf-8")


def links_of(page):
    """Give where a page leads to, web addresses aside."""
    prose = CODE.sub("", sessions.without_blocks(text_of(page)))
    return [m["target"] for m in LINK.finditer(prose) if not re.match(r"(https?|mailto):", m["target"])]


@cache
def anchors_of(page):
    """Give a page's anchors as code hosts make them from its headings."""
    found = []
    for heading in HEADING.finditer(sessions.without_blocks(text_of(page))):
        title = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading["title"]).lower()
        anchor = re.sub(r"[^\w\- ]", "", title).replace(" ", "-")
        found.append(f"{anchor}-{found.count(anchor)}" if anchor in found else anchor)
    return frozenset(found)


def blocks_of(page, *kinds):
    return [block for block in sessions.blocks(text_of(page)) if block.kind in kinds]


def pages_with(*kinds):
    found = [page for page in PAGES if blocks_of(page, *kinds)]
    return pytest.mark.parametrize("page", found, ids=lambda page: str(page.relative_to(ROOT)))


# ------------------------------------------------------------------------------------------------ links


@every_page
def test_every_link_leads_to_a_file_and_a_heading(page):
    broken = []
    for target in links_of(page):
        name, _, anchor = target.partition("#")
        goal = (page.parent / name).resolve() if name else page
        if not goal.exists() or (anchor and anchor not in anchors_of(goal)):
            broken.append(target)
    assert broken == []


def test_a_link_to_a_heading_that_is_not_there_would_be_seen():
    assert "the-controlling-parent" in anchors_of(ROOT / "docs/threat-model.md")
    assert "the-helpful-offender" not in anchors_of(ROOT / "docs/threat-model.md")


def test_every_page_of_the_documentation_can_be_reached_from_its_index():
    reached, ahead = set(), [ROOT / "docs/index.md"]
    while ahead:
        page = ahead.pop()
        reached.add(page)
        goals = {(page.parent / target.partition("#")[0]).resolve() for target in links_of(page)}
        ahead += [goal for goal in goals if goal.suffix == ".md" and goal not in reached]
    assert {page for page in PAGES if page.is_relative_to(ROOT / "docs")} - reached == set()


def test_every_decision_is_listed_and_numbered_without_gaps():
    folder = ROOT / "docs/decisions"
    files = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert [int(name[:4]) for name in files] == list(range(1, len(files) + 1))
    assert [link for link in links_of(folder / "README.md") if link[0].isdigit()] == files


@every_page
def test_every_path_that_it_names_is_there(page):
    named = PATH.findall(sessions.without_blocks(text_of(page)))
    assert [path for path in named if not any(ROOT.glob(path.rstrip("/")))] == []


# ------------------------------------------------------------------------------------------------ sessions


@pages_with("console")
def test_its_sessions_give_what_they_show(page, tmp_path):
    folder = sessions.prepared(tmp_path)
    wrong = []
    for block in blocks_of(page, "console"):
        session = sessions.steps(block.body)
        ran = sessions.run(session, folder)
        for step, well, done in zip(session, sessions.expected_codes(session), ran, strict=True):
            if done.code is None:
                continue
            if well and done.code:
                wrong.append(f"line {block.line}: {step.command}: exit code {done.code}\n{done.output}")
            if not sessions.agrees(step.shown, done.output):
                wrong.append(f"line {block.line}: {step.command}\nshown:\n{step.shown}\ngiven:\n{done.output}")
            if block.written and step.shown != done.output:
                wrong.append(f"line {block.line}: {step.command}: not as it is now; run make docs")
    assert not wrong, "\n".join(wrong)


def test_a_session_that_shows_something_else_would_be_seen():
    assert sessions.agrees("one\n…\nfour\n", "one\ntwo\nthree\nfour\n")
    assert not sessions.agrees("one\n…\nfive\n", "one\ntwo\nthree\nfour\n")
    assert not sessions.agrees("one\n", "one\ntwo\n")


def test_a_command_that_fails_would_be_seen(tmp_path):
    session = sessions.steps("$ scherp check nowhere.txt\n$ scherp check nowhere.txt\n$ echo $?\n10\n")
    assert [done.code for done in sessions.run(session, tmp_path)] == [10, 10, 0]
    assert sessions.expected_codes(session) == [True, False, True]


# ------------------------------------------------------------------------------------------------ other blocks


@pages_with("python")
def test_its_python_runs(page):
    for block in blocks_of(page, "python"):
        name = f"{page.name}, line {block.line}"
        if ">>>" not in block.body:
            exec(compile(block.body, name, "exec"), {"__name__": "example"})  # noqa: S102  our own page
            continue
        example = doctest.DocTestParser().get_doctest(block.body, {}, name, str(page), block.line)
        told = []
        failed = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example, out=told.append).failed
        assert not failed, "".join(told)


@pages_with("toml")
def test_its_toml_can_be_read(page):
    for block in blocks_of(page, "toml"):
        assert tomllib.loads(block.body)


@pages_with("json", "jsonl")
def test_its_json_can_be_read(page):
    for block in blocks_of(page, "json", "jsonl"):
        for part in block.body.splitlines() if block.kind == "jsonl" else [block.body]:
            assert json.loads(part)


@every_page
def test_its_blocks_are_of_a_kind_that_is_checked(page):
    kinds = {block.kind for block in sessions.blocks(text_of(page))}
    assert kinds <= {"console", "python", "toml", "json", "jsonl", "text", "sh", ""}
    assert text_of(page).count("```") % 2 == 0


# ------------------------------------------------------------------------------------------------ freshness


@pytest.fixture(scope="module")
def made():
    return generate.made_pages()


@pytest.mark.parametrize("name", generate._MADE)
def test_a_made_page_is_as_the_code_is_now(name, made):
    page = ROOT / f"docs/reference/{name}.md"
    assert page.read_text(encoding="utf-8") == made[page], "run: make docs"


def test_every_command_is_in_the_reference():
    page = text_of(ROOT / "docs/reference/cli.md")
    assert [name for name in scherp.commands if f"\n## scherp {name}\n" not in page] == []


def test_the_picture_of_the_report_is_small_and_as_wide_as_a_phone():
    data = (ROOT / "docs/report.png").read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    assert data.startswith(b"\x89PNG")
    assert len(data) < 200_000
    assert width <= 500
    assert 1000 <= height <= 1600
    assert "docs/report.png" in links_of(ROOT / "README.md")


@pytest.mark.parametrize("path", sorted((ROOT / "docs/site").glob("*.png")), ids=lambda path: path.stem)
def test_a_picture_of_the_site_is_small_and_shown(path):
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) <= 150_000
    assert f"../site/{path.name}" in links_of(ROOT / "docs/explanation/the-public-site.md")


def test_the_page_for_who_runs_the_site_names_the_settings_that_it_reads():
    read = re.compile(r"SCHERP_[A-Z_]+")
    settings = (ROOT / "src/scherp/web/public_site/settings.py").read_text(encoding="utf-8")
    assert set(read.findall(text_of(ROOT / "docs/how-to/run-the-public-site.md"))) == set(read.findall(settings))


def test_the_page_for_who_runs_the_staffs_site_names_every_setting_that_it_reads():
    read = re.compile(r"SCHERP_[A-Z_]+")
    settings = (ROOT / "src/scherp/web/staff_site/settings.py").read_text(encoding="utf-8")
    named = set(read.findall(text_of(ROOT / "docs/how-to/run-the-staff-site.md")))
    assert set(read.findall(settings)) - named == {"SCHERP_LOCAL"}


# ------------------------------------------------------------------------------------------------ commands


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", scherp.commands)
def test_every_command_explains_itself_with_an_example_that_it_would_take(name, language):
    help_text = say(f"cli.help.{name}", language)
    marked = {Language.NL: "Voorbeeld: ", Language.EN: "Example: "}[language]
    assert marked in help_text
    called = shlex.split(help_text.split(marked)[1].partition(" >> ")[0])
    assert called[:2] == ["scherp", name]
    command = scherp.commands[name]
    assert command.make_context(name, called[2:]).params


@every_page
def test_every_make_that_it_names_can_be_made(page):
    targets = set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    named = {one or other for one, other in MADE.findall(text_of(page))}
    assert named - targets == set()


def test_the_readme_names_the_two_commands_of_a_newcomer():
    assert {one or other for one, other in MADE.findall(text_of(ROOT / "README.md"))} >= {"demo", "test"}


# ------------------------------------------------------------------------------------------------ care


def sentences(text):
    return re.split(r"(?<=[.!?:])\s+|\n", text)


def falsely_reassuring(text):
    return [s for s in sentences(text) if NOTHING_SEEN.search(s) and REASSURING.search(s)]


@every_page
def test_no_page_calls_no_signs_safe(page):
    assert falsely_reassuring(text_of(page)) == []


def dutch_texts():
    """Give every Dutch text of the catalogue that a young person or parent may read, by where it stands."""
    found = []
    for path in sorted((ROOT / "src/scherp/texts").glob("*.toml")):
        ahead = [(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))]
        while ahead:
            place, table = ahead.pop()
            for name, value in table.items():
                if isinstance(value, dict):
                    ahead.append((f"{place}.{name}", value))
                elif name == "nl" and not place.startswith("advice.professional"):
                    found.append(pytest.param(value, id=place))
    return found


@pytest.mark.parametrize("text", dutch_texts())
def test_no_text_for_young_people_or_parents_calls_no_signs_safe(text):
    assert not falsely_reassuring(text.replace("niet hetzelfde als veilig", ""))


@pytest.mark.parametrize(
    "key",
    [f"report.{part}.{key}" for part in ("level", "meaning") for key in ("none", "few", "unknown")]
    + ["report.meaning.few_not_said"],
)
def test_what_the_lowest_levels_are_called_never_sounds_like_safety(key):
    assert not REASSURING.search(say(key, Language.NL))
    assert "safe" not in say(key, Language.EN).lower()


@pytest.mark.parametrize("country", Country)
@pytest.mark.parametrize("audience", [Audience.YOUNG_PERSON, Audience.PARENT])
@pytest.mark.parametrize("level", [Level.NONE, None])
def test_where_little_was_seen_safe_is_only_ever_a_question(audience, level, country):
    advice = what_now(level, audience, country=country)
    said = [words(k, Language.NL) for k in (*advice.first_words, *advice.do_now, *advice.caveats)]
    told = [s for text in said for s in sentences(text.replace("Veilig Thuis", "")) if REASSURING.search(s)]
    assert [s for s in told if not s.endswith("?")] == []


def test_a_sentence_that_reassures_would_be_seen():
    assert falsely_reassuring("Er zijn geen signalen, dus je bent veilig.")
    assert not falsely_reassuring("Geen signalen in deze tekst. Ben je nu veilig?")
