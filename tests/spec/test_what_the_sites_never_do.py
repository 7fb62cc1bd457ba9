"""Read off the source of both sites: what no page, script or view ever does. Each exception is named with its place."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = ROOT / "src/scherp/web"
MODULES = sorted(path for path in WEB.rglob("*.py") if "migrations" not in path.parts)
SCRIPTS = sorted(WEB.rglob("static/**/*.js"))
TEMPLATES = sorted(WEB.rglob("templates/**/*.html"))

GOES_OUT = {"aiohttp", "ftplib", "httpx", "requests", "smtplib", "socket", "urllib.request", "http.client"}
UNPACKS_OBJECTS = {"dill", "jsonpickle", "marshal", "pickle", "shelve", "yaml"}
PARSES_XML = {"lxml", "xml"}
RUNS_TEXT = {"eval", "exec", "compile", "__import__"}


def place(path):
    return path.relative_to(WEB).as_posix()


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path):
    """Every module that a module imports, with those above it."""
    for node in ast.walk(tree(path)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        for name in names:
            parts = name.split(".")
            yield from (".".join(parts[:n]) for n in range(1, len(parts) + 1))


def who_imports(names):
    return {place(path) for path in MODULES if names & set(imported(path))}


def calls(path):
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]


def name_of(call):
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def finds(paths, pattern):
    found = re.compile(pattern)
    return {place(path) for path in paths if found.search(path.read_text(encoding="utf-8"))}


def pages_with(pattern):
    """The templates whose HTML, Django's own tags aside, has this."""
    html = {path: re.sub(r"\{%.*?%\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL) for path in TEMPLATES}
    return {place(path) for path, text in html.items() if re.search(pattern, text)}


def test_there_is_something_to_read():
    assert len(MODULES) > 50
    assert len(SCRIPTS) > 3
    assert len(TEMPLATES) > 20


# ------------------------------------------------------------------------------------------------ on the server


def test_no_site_asks_anything_of_another():
    assert who_imports(GOES_OUT) == set()


def test_only_backups_start_another_program_and_never_through_a_shell():
    assert {name for name in who_imports({"subprocess"}) if not name.startswith("keeping/backup/")} == set()
    assert finds(MODULES, r"os\.system|os\.popen|shell=True") == set()


def test_nothing_from_outside_is_run_or_unpacked_as_objects():
    assert who_imports(UNPACKS_OBJECTS) == set()
    assert who_imports(PARSES_XML) == {"check/in_browser.py"}  # a drawing of ours, in the visitor's own browser
    run = {place(path) for path in MODULES for call in calls(path) if getattr(call.func, "id", "") in RUNS_TEXT}
    assert run == set()


def test_no_template_is_made_of_text():
    made = {place(path) for path in MODULES for call in calls(path) if name_of(call) in {"Template", "from_string"}}
    assert made == set()


def test_sql_by_hand_is_never_put_together_from_what_is_asked():
    # What is put together: the name of our own channel, of tables and roles, in places that no request reaches.
    by_hand = {place(path) for path in MODULES for call in calls(path) if name_of(call) in {"raw", "extra", "RawSQL"}}
    assert by_hand == set()
    together = {place(path) for path in MODULES for call in calls(path) if _runs_sql(call) and _put_together(call)}
    known = {"talks/live.py", "stores/management/commands/grants.py", "audit/never_changed.py", "stores/quick.py"}
    assert together <= known | {name for name in together if name.startswith("keeping/")}


def test_what_is_asked_by_hand_is_written_out_where_it_is_asked():
    # `stores.quick` puts in names of columns; what it is given is a text of ours, never what came with a request.
    asked = [
        (place(path), call.args[1])
        for path in MODULES
        for call in calls(path)
        if name_of(call) in {"Question", "ask"} and len(call.args) > 1 and "stores.quick" in path.read_text()
    ]
    assert len(asked) > 5
    assert {name for name, sql in asked if not _is_ours(sql)} == set()


def _is_ours(sql):
    names = [one.id for one in ast.walk(sql) if isinstance(one, ast.Name)]
    return not any(isinstance(one, ast.Call) for one in ast.walk(sql)) and all(name.isupper() for name in names)


def _runs_sql(call):
    return name_of(call) == "execute" and bool(call.args)


def _put_together(call):
    said = call.args[0]
    return not isinstance(said, ast.Constant | ast.Starred)


def test_what_is_called_safe_html_is_our_own_pages_only():
    assert finds(MODULES, r"mark_safe|SafeString|format_html") == {"guidance/views.py"}
    assert finds(TEMPLATES, r"\|\s*safe\b|autoescape off|safeseq") == set()


def test_who_takes_forms_without_djangos_token_is_named():
    # guidance: answers that change nothing; helpchat: the browser's own word, and a token of the seat.
    exempt = {place(path) for path in MODULES if "django.views.decorators.csrf" in set(imported(path))}
    assert exempt == {"guidance/views.py", "helpchat/doors.py"}


# ------------------------------------------------------------------------------------------------ in the browser


def test_no_script_writes_html_or_runs_text():
    assert finds(SCRIPTS, r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function") == set()


def test_no_script_stores_anything():
    assert finds(SCRIPTS, r"localStorage|sessionStorage|indexedDB|document\.cookie|\bcaches\b|pushState") == set()


def test_only_the_check_page_and_its_own_worker_talk_by_messages():
    talk = finds(SCRIPTS, r"postMessage|\bonmessage\b|[\"']message[\"']\s*,\s*\(\s*\{?\s*(?:data|event|origin)")
    assert {
        name for name in talk if not name.startswith(("check/static/", "helpchat/static/", "talks/static/"))
    } == set()
    assert finds(SCRIPTS, r"window\.(?:parent|opener|top)\b|\.source\.postMessage") == set()


def test_no_script_merges_objects_from_outside():
    # An element that was just made may be given what stands in the script.
    merges = r"__proto__|\.constructor\b|Object\.assign\((?!document\.createElement)|\bmerge\(|setPrototypeOf"
    assert finds(SCRIPTS, merges) == set()


def test_no_script_reaches_another_site():
    assert finds(SCRIPTS, r"fetch\(\s*[\"'`]https?:|EventSource\(\s*[\"'`]https?:|import\(\s*[\"'`]https?:") == set()


NO_SRC_AND_NO_DATA = r"<script(?![^>]*(?:\bsrc=|type=.application/json))"


@pytest.mark.parametrize("pattern", [NO_SRC_AND_NO_DATA, r"\son[a-z]+\s*=", r"\sstyle\s*=", r"javascript:"])
def test_no_page_has_a_script_or_style_in_it(pattern):
    assert pages_with(pattern) == set()


def test_no_page_loads_from_elsewhere():
    loads = r"<(?:script|img|link|iframe|audio|video|source|form)\b[^>]*(?:src|href|action)=.https?:"
    assert pages_with(loads) == set()


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (NO_SRC_AND_NO_DATA, "<script>let a</script>"),
        (r"\son[a-z]+\s*=", '<button onclick="go()">'),
        (r"innerHTML", "list.innerHTML = words"),
    ],
)
def test_what_is_looked_for_would_be_seen(pattern, text):
    assert re.search(pattern, text)
