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
        "Het scherm van Mus. Eerst één vraag: kan iemand meekijken? Zo ja, dan staat er geen onderwerp, alleen hoe "
        "je later terugkomt.",
        "The screen of Mus. First one question: can somebody see it? If so, no topic is shown, only how to come back.",
    ),
    "promise": (
        "Mus leest wat we beloven en kiest wat er verteld wordt. Niets hoeft: geen naam, geen account, geen adres.",
        "Mus reads what we promise, and chooses what to tell. None is needed: no name, no account, no address.",
    ),
    "queue": (
        "Het scherm van Fenna. Zij ziet wie er wacht en waarom die eerst is: door wat er is aangevinkt, nooit door wat "
        "er is geschreven.",
        "The screen of Fenna. She sees who waits, and why that one comes first: by what was ticked, never by what was "
        "written.",
    ),
    "talk": (
        "Mus praat met een mens. Weg van deze pagina kan met één druk.",
        "Mus talks with a person. Leaving the page takes one press.",
    ),
    "desk": (
        "Hetzelfde gesprek bij Fenna, met haar andere gesprekken ernaast.",
        "The same talk at Fenna's desk, with her other talks beside it.",
    ),
    "together": (
        "Alleen omdat Mus ja zei: samen naar een chat kijken. Een programma wijst woorden aan; de berichten blijven "
        "dicht tot Fenna erop drukt.",
        "Only because Mus said yes: looking at a chat together. A program points at words; the messages stay closed "
        "until Fenna presses one.",
    ),
    "after": (
        "Het gesprek is klaar. Fenna kiest wat er nog moet gebeuren.",
        "The talk is over. Fenna chooses what is still to be done.",
    ),
    "closing-form": (
        "Een kort formulier: keuzes, geen woorden van Mus. Niet gevraagd is ook een antwoord.",
        "A short form: choices, no words of Mus. Not asked is an answer too.",
    ),
    "case": (
        "De casus: schuilnamen in plaats van namen, en elke blik staat in het logboek.",
        "The case: pseudonyms in place of names, and every look is on record.",
    ),
    "handover": (
        "Kees stelt een overdracht voor: aan wie, op welke grond, wat er meegaat, en of Mus het weet.",
        "Kees drafts a handover: to whom, on what ground, what goes along, and whether Mus knows.",
    ),
    "second-person": (
        "Soraya leest en besluit. Kees kan dat zelf niet; ook de database weigert het.",
        "Soraya reads and decides. Kees himself cannot; the database refuses it too.",
    ),
    "package": (
        "Het pakket is ondertekend en wordt één keer opgehaald. Mislukt dat, dan kan wie het ophaalde "
        "een kwartier lang opnieuw.",
        "The package is signed, and taken out once. If that fails, who took it may do so again for a quarter of "
        "an hour.",
    ),
    "erased": (
        "Mus heeft het gesprek gewist, na te lezen wat weggaat en wat blijft.",
        "Mus has erased the talk, after reading what goes and what stays.",
    ),
}
"""What a newcomer reads beside each picture, in Dutch and in English."""


class Story:
    """What happens, with a picture of each moment for who wants to look."""

    def __init__(self, language):
        title, lead = BEGINS[language]
        self.language, self.seen_so_far = language, 0
        self.page = [
            f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title} · Scherp</title>',
            STYLE,
        ]
        self.page.append(f"<h1>{title}</h1><p>{lead}</p>")

    def seen(self, page, what):
        self.seen_so_far += 1
        name = f"{self.language}-{self.seen_so_far:02}-{what}.png"
        told, larger = TOLD[what][self.language == "en"], LARGER[self.language]
        shown = f'<a href="{name}"><img src="{name}" alt="{larger}"></a>'
        self.page.append(f"<figure><figcaption>{self.seen_so_far}. {told}</figcaption>{shown}</figure>")
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}", full_page=True)

    def ends(self, told):
        self.page.append(f"<h2>{VERIFIES[self.language]}</h2><pre>{html.escape(told)}</pre>")
        if PICTURES:
            (Path(PICTURES) / f"{self.language}.html").write_text("\n".join(self.page), encoding="utf-8")


STYLE = """<meta name="viewport" content="width=device-width"><style>
body { font: 1.1rem/1.5 system-ui; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
img { max-width: 100%; max-height: 50rem; border: 1px solid #999 } figure { margin: 2.5rem 0 }
figcaption { font-weight: 700; margin-bottom: .5rem } pre { white-space: pre-wrap }</style>"""

BEGINS = {
    "nl": (
        "Van een eerste bericht tot een overdracht",
        "Mus is jong en wordt bedreigd. Fenna zit aan de hulplijn, Kees leidt de casus, Soraya is zijn leidinggevende. "
        "Ze zijn verzonnen; de schermen zijn echt, en zojuist gemaakt.",
    ),
    "en": (
        "From a first message to a handover",
        "Mus is young and is being threatened. Fenna sits at the help line, Kees manages the case, Soraya supervises "
        "him. They are invented; the screens are real, and were made just now.",
    ),
}
"""What it is, and who is in it."""

LARGER = {"nl": "Het scherm, groot", "en": "The screen, in full"}

VERIFIES = {
    "nl": "Wie het pakket krijgt, kijkt zonder internet of het heel is en wie ondertekende: <code>scherp verify</code>",
    "en": "Who gets the package looks, offline, whether it is whole and who signed it: <code>scherp verify</code>",
}


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
    with fenna.expect_navigation():
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
