"""The whole way, in two browsers: a young person's first message, the desk, the case, and a package that verifies.

Real Chromium, both sites as they are deployed, each as its own role in a real PostgreSQL. `make demo-line` plays it
with pictures for a newcomer.
"""

from __future__ import annotations

import datetime as dt
import html
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from test_asking_for_help import only_me

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
KIM = HERE.parents[1] / "examples" / "WhatsApp-chat met Kim.zip"
PICTURES = os.environ.get("SCHERP_STORY")

SAID = {
    "nl": ("Hoi. Iemand dreigt een foto van mij te delen.", "Hoi, ik ben Fenna. Fijn dat je schrijft. Ben je veilig?"),
    "en": ("Hi. Somebody threatens to share a picture of me.", "Hi, I am Fenna. I am glad you write. Are you safe?"),
}


TOLD = {
    "first-question": (
        "Eerst één vraag: kan iemand meekijken?",
        "First one question: can somebody see the screen?",
    ),
    "promise": (
        "De belofte, en wat je kwijt wilt. Niets hoeft.",
        "The promise, and what you want to tell. None is needed.",
    ),
    "queue": (
        "Fenna ziet wie er wacht, en waarom die eerst is.",
        "Fenna sees who waits, and why that one comes first.",
    ),
    "talk": (
        "Praten met een mens, zonder naam.",
        "Talking with a person, without a name.",
    ),
    "desk": (
        "Hetzelfde gesprek, bij Fenna.",
        "The same talk, at Fenna's desk.",
    ),
    "together": (
        "Mus wil het: samen naar de chat kijken.",
        "Mus wants it: looking at the chat together.",
    ),
    "after": (
        "Na het gesprek.",
        "After the talk.",
    ),
    "closing-form": (
        "Een kort formulier. Niet gevraagd is ook een antwoord.",
        "A short form. Not asked is an answer too.",
    ),
    "case": (
        "De casus: schuilnamen, en elke blik vastgelegd.",
        "The case: pseudonyms, and every look on record.",
    ),
    "handover": (
        "Kees stelt een overdracht voor.",
        "Kees drafts a handover.",
    ),
    "second-person": (
        "Soraya leest en besluit. Kees kan dat zelf niet.",
        "Soraya reads and decides. Kees himself cannot.",
    ),
    "package": (
        "Het pakket, ondertekend en één keer op te halen.",
        "The package, signed, and taken out once.",
    ),
    "erased": (
        "Mus wist het gesprek.",
        "Mus erases the talk.",
    ),
}
"""What a newcomer reads beside each picture, in Dutch and in English."""


class Story:
    """What happens, with a picture of each moment for who wants to look."""

    def __init__(self, language):
        self.language, self.page = language, [f'<!doctype html><html lang="{language}"><meta charset="utf-8">', STYLE]

    def seen(self, page, what):
        name = f"{self.language}-{len(self.page) - 1:02}-{what}.png"
        told = TOLD[what][self.language == "en"]
        self.page.append(f'<figure><figcaption>{told}</figcaption><img src="{name}" alt=""></figure>')
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}", full_page=True)

    def ends(self, told):
        self.page.append(f"<h2>scherp verify</h2><pre>{html.escape(told)}</pre>")
        if PICTURES:
            (Path(PICTURES) / f"{self.language}.html").write_text("\n".join(self.page), encoding="utf-8")


STYLE = """<title>Scherp</title><style>
body { font: 1.1rem/1.5 system-ui; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
img { max-width: 100%; max-height: 50rem; border: 1px solid #999 } figure { margin: 2.5rem 0 }
figcaption { font-weight: 700; margin-bottom: .5rem } pre { white-space: pre-wrap }</style><h1>Scherp</h1>"""


def fill_in(page, **fields):
    """Fill in fields by their names: text, a choice, a box to tick."""
    for name, value in fields.items():
        field = page.locator(f"main [name={name}]")
        kind = field.first.evaluate("one => one.type")
        if kind in {"radio", "checkbox"}:
            page.check(f"main [name={name}][value={value!r}]" if value else f"main [name={name}]")
        elif kind.startswith("select"):
            field.select_option(value) if value else field.select_option(index=1)
        else:
            field.fill(value)


def saved(page):
    page.click("main form.asking p.beside button")


@pytest.fixture
def story(request, stores):
    """An empty line, and everybody at work speaks the language of the story for as long as it lasts."""
    stores.python("-c", "import django; django.setup(); from scherp.web.talks.models import *; "
                  "Talk.objects.exclude(state='erased').update(state='ended')")  # fmt: skip
    everybody_speaks(stores, request.param)
    yield Story(request.param)
    everybody_speaks(stores, "nl")


def everybody_speaks(stores, language):
    stores.python("-c", "import django; django.setup(); from scherp.web.accounts.models import Member; "
                  f"Member.objects.update(language='{language}', on_break=False)")  # fmt: skip


@pytest.mark.parametrize("story", ["nl", "en"], indirect=True)
def test_from_the_first_message_to_a_verified_handover(story, visit, at_work, stores, tmp_path):
    young, fenna = talk_begins(story, visit, at_work)
    look_together(story, young, fenna)
    reference = the_case_is_opened(story, fenna)
    kees = at_work("kees", f"/casussen/{reference}/")
    drafted(story, kees, reference)
    second_person(story, at_work("soraya", "/casussen/besluiten/"))
    package, fingerprint = packed(story, kees, tmp_path)
    told = verified(package, fingerprint, story.language)
    assert told.returncode == 0, told.stdout + told.stderr
    young.goto(re.sub(r"praten/.*", "praten/gesprek/wissen/", young.url))
    young.click("main form button")
    assert not young.context.cookies()
    story.seen(young, "erased")
    story.ends(told.stdout)


def talk_begins(story, visit, at_work):
    first, answer = SAID[story.language]
    young = visit(f"/{story.language}/praten/")
    story.seen(young, "first-question")
    only_me(young)
    fill_in(young, nickname="Mus", age="12-14")
    young.check("[name=tick][value=threat]")
    story.seen(young, "promise")
    young.locator("main form fieldset ~ p.beside button").last.click()
    young.wait_for_selector("#words")
    young.fill("#words", first)
    young.click(".sends button")
    young.locator("[data-list] .young", has_text=first).wait_for()

    fenna = at_work("fenna", "/desk/")
    story.seen(fenna, "queue")
    fenna.click("button.large")
    fenna.wait_for_url("**/desk/talk/*/")
    assert first in fenna.inner_text("[data-list]")
    fenna.fill("#words", answer)
    fenna.click("#say p button")
    young.locator("[data-list] .counsellor", has_text=answer).wait_for()
    story.seen(young, "talk")
    story.seen(fenna, "desk")
    return young, fenna


def look_together(story, young, fenna):
    talk = fenna.url
    fenna.click("a[href$='/shared/']")
    fenna.click("form[action$='/shared/ask/'] button")
    young.locator("[data-asks][data-when=share_asked]:not([hidden]) button").first.click()
    young.locator("[data-when=sharing]:not([hidden])").first.wait_for()
    fenna.goto(f"{talk}shared/")
    fenna.set_input_files("#file", KIM)
    fenna.click("form[action$='/shared/add/'] button")
    fenna.locator("form[action$='/shared/judge/']").first.wait_for()
    story.seen(fenna, "together")
    fenna.goto(talk)
    fenna.locator("details.card summary").last.scroll_into_view_if_needed()
    fenna.locator("details.card", has=fenna.locator("form[action$='/end/']")).locator("summary").click()
    fenna.click("form[action$='/end/'] button")
    fenna.wait_for_url("**/after/")
    young.locator("[data-when=over]:not([hidden])").first.wait_for()
    story.seen(fenna, "after")


def the_case_is_opened(story, fenna):
    fenna.click("a[href*='/afsluiten/']")
    for name in fenna.locator("main form [name]").evaluate_all("all => [...new Set(all.map(one => one.name))]"):
        asked = fenna.locator(f"main form [name='{name}'][value='not-asked']")
        if asked.count():
            asked.check()
    fill_in(fenna, age_at_start="13", first_contact_where="game")
    story.seen(fenna, "closing-form")
    saved(fenna)
    fenna.wait_for_url("**/after/")
    fenna.click("a[href*='/casussen/nieuw/']")
    fill_in(fenna, about="Mus, via de chat")
    saved(fenna)
    fenna.wait_for_url("**/casussen/S-*/")
    reference = fenna.url.rstrip("/").rpartition("/")[2]
    case = fenna.url
    fenna.goto(f"{case}erbij/person/")
    fill_in(fenna, role="young_person", age="12-15")
    saved(fenna)
    fenna.goto(f"{case}erbij/entry/")
    fill_in(fenna, what="Eerste bericht van Kim", source="de chat")
    saved(fenna)
    fenna.goto(f"{case}erbij/evidence/")
    chat = HERE.parents[1] / "examples" / "kim" / "WhatsApp-chat met Kim.txt"
    fenna.set_input_files("main [type=file]", chat)
    fill_in(fenna, received_from="Mus", received_at=f"{dt.date.today().isoformat()}T00:01")  # noqa: DTZ011
    saved(fenna)
    fenna.wait_for_url("**/casussen/S-*/#*")
    story.seen(fenna, "case")
    return reference


def drafted(story, kees, reference):
    kees.click(f"a[href$='/{reference}/overdracht/']")
    until = (dt.date.today() + dt.timedelta(days=30)).isoformat()  # noqa: DTZ011  as a person picks a day
    fill_in(kees, to_kind="police", to_name="Team Zeden (verzonnen)", handover_reason="Mus wil aangifte doen.",
            summary="Mus wordt bedreigd met een foto.", legal_ground="conflict-of-duties", ground_why="Groot gevaar",
            capacity="unknown", informed="told", informed_how="Zij wil het zelf.", expires=until)  # fmt: skip
    for name in ("people", "entries", "items"):
        kees.locator(f"main [name={name}]").first.check()
    story.seen(kees, "handover")
    saved(kees)
    kees.wait_for_url("**/overdracht/*-*/")


def second_person(story, soraya):
    soraya.locator("main ul a").first.click()
    story.seen(soraya, "second-person")
    soraya.click("button[value=approve]")
    soraya.wait_for_load_state()


def packed(story, kees, place):
    kees.reload()
    kees.click("form[action$='/pakket/'] button")
    fingerprint = kees.locator("section.card code").last.inner_text()
    story.seen(kees, "package")
    with kees.expect_download() as coming:
        kees.click("form[action$='/ophalen/'] button")
    package = place / coming.value.suggested_filename
    coming.value.save_as(package)
    return package, fingerprint


def verified(package, fingerprint, language):
    scherp = [sys.executable, "-c", "from scherp.cli import main; main()"]
    call = [*scherp, "verify", package, "--key", fingerprint, "--lang", language]
    return subprocess.run(call, capture_output=True, text=True, check=False)
