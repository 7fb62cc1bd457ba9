"""Makes, in the stores of a journey, a case with something of everything, and browsers of who works on it.

Run by itself, as the staff's site is: it prints the addresses of the pages and the cookie of each member as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import time
import uuid

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402  once Django is set up
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from scherp.texts import Language  # noqa: E402
from scherp.web.accounts.models import Member, Team  # noqa: E402
from scherp.web.accounts.sessions import SINCE, SessionStore  # noqa: E402
from scherp.web.cases import actions  # noqa: E402
from scherp.web.cases.models import Proposal  # noqa: E402
from scherp.web.cases.nouns import Along, Asked, Basis, Draft, PlanText, Received, When  # noqa: E402
from scherp.web.talks import actions as talks  # noqa: E402
from scherp.web.talks.opening import AgeBand, Opening  # noqa: E402

CHAT = (
    b"[02-03-2026, 16:01:12] Dex: hey, jij zit toch ook in dat team?\n"
    b"[02-03-2026, 16:02:40] Mus: ja klopt\n"
    b"[02-03-2026, 16:03:02] Dex: stuur anders een foto, niet tegen je moeder zeggen\n"
)
NOW, TODAY = timezone.now(), timezone.localdate()


def member(name, language, *roles, team):
    address = f"{name.lower()}-{uuid.uuid4().hex[:6]}@scherp.example"
    return Member.objects.create(
        email=address, name=name, known_as=name, team=team, roles=list(roles), language=language, blur=False
    )


def cookie(who):
    """A session of somebody who showed their second factor a moment ago."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(who, generate_totp_secret())
    session = SessionStore()
    session[SESSION_KEY] = str(who.pk)
    session[BACKEND_SESSION_KEY] = "scherp.web.accounts.adapters.Backend"
    session[HASH_SESSION_KEY] = who.get_session_auth_hash()
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(who.pk)
    session[SINCE] = time.time()
    session.create()
    return session.session_key


def talk_of(who):
    by = talks.Counsellor(who.pk, who.known_as)
    talk, _secret = talks.open_talk(language=Language.NL, opening=Opening("Mus", AgeBand.FROM_12_TO_14))
    talks.take(talk=talk, by=by)
    talks.say(talk=talk, words="Hij wil nog een foto", key=uuid.uuid4())
    talks.end(talk=talk, by=by)
    return talk.pk


def written(case, fenna, kees):
    """Something of everything in the case."""
    person = actions.add_person(case=case, role="young_person", age="12-15", by=fenna)
    actions.link_identity(person=person, name="Roos", contact="Via school, niet thuis", why="Overdracht", by=fenna)
    actions.add_person(case=case, role="parent", age="18+", by=fenna)
    actions.add_suspect(case=case, age="18+", known_as="Dex", rests_on="Staat in de chat", by=kees)
    actions.add_entry(case=case, what="Eerste bericht", source="de chat", when=When(dt.date(2026, 3, 2)), by=fenna)
    actions.add_entry(case=case, what="Hij dreigt met delen", source="Mus", when=When(), by=fenna)
    note = actions.add_note(case=case, words="Gebeld, sprak rustig. Wil dat school het niet weet.", by=fenna)
    actions.withdraw(part=note, by=fenna)
    actions.add_note(case=case, words="Morgen weer bellen, na vier uur.", by=fenna)
    actions.add_task(case=case, words="Veilig Thuis om advies vragen", whom=kees, until=TODAY, by=fenna)
    actions.raise_flag(case=case, kind="not-at-home", until=TODAY + dt.timedelta(days=30), reason="Vader", by=fenna)
    actions.write_plan(
        case=case, text=PlanText("Dat het stopt.", "Hij kent haar school.", "Elke dag bellen."), by=fenna
    )
    actions.take_step(case=case, step=1, day=TODAY, words="Drie signalen, zie tijdlijn", by=fenna)
    actions.skip_step(case=case, step=3, ground="safety-of-the-child", why="Vader leest mee", by=fenna)
    actions.copy_talk(case=case, ground="agreed", why="Gevraagd in het gesprek", by=fenna)
    received = Received("Mus", NOW)
    return person, actions.keep_evidence(case=case, name="chat met Dex.txt", data=CHAT, received=received, by=fenna)


def asked_and_given(case, fenna, kees, soraya):
    told = Asked("erase", "parent", TODAY, "Vader wil dat alles weg is", "able", "unknown", "no")
    asked = actions.receive_request(case=case, asked=told, by=fenna)
    actions.hold(case=case, reason="Er komt misschien een aangifte", by=kees)
    basis, until = Basis("right-to-report", "Acuut onveilig thuis"), NOW + dt.timedelta(days=30)
    words = ("veilig_thuis", "Veilig Thuis Noord", "Onveilig thuis", "Zij wordt afgeperst.")
    draft = Draft(*words, basis, Along(), until, "told", "In het gesprek; zij is opgelucht")
    given = actions.draft_handover(case=case, draft=draft, by=kees)
    actions.approve(proposal=Proposal.objects.get(about=given.pk), by=soraya)
    actions.offer(handover=given, by=kees)
    return asked, given


def make():
    team = Team.objects.create(name=f"Team Noord {uuid.uuid4().hex[:4]}")
    fenna = member("Fenna", "nl", "counsellor", team=team)
    kees = member("Kees", "nl", "case-manager", "counsellor", "supervisor", team=team)
    lucy = member("Lucy", "en", "case-manager", "counsellor", "supervisor", team=team)
    soraya = member("Soraya", "nl", "supervisor", team=team)
    noor = member("Noor", "nl", "counsellor", team=Team.objects.create(name=f"Team Zuid {uuid.uuid4().hex[:4]}"))
    talk = talk_of(fenna)
    case = actions.open_case(about="Meisje van dertien, wordt afgeperst", talk=talk, by=fenna)
    person, item = written(case, fenna, kees)
    asked, given = asked_and_given(case, fenna, kees, soraya)
    waiting = actions.take_life_step(case=case, step="close", reason="Zij wil rust", by=fenna)
    opened = actions.break_glass(reference=case.reference, reason="Zij belt nu", by=noor)
    pages = {
        "list": reverse("cases"),
        "new": reverse("new-case"),
        "decisions": reverse("case-decisions"),
        "emergency": reverse("case-emergency"),
        "to-review": reverse("case-to-review"),
        "review": reverse("case-review", args=[opened.pk]),
        "closing-nl": reverse("closing-form", args=[talk_of(kees)]),
        "closing-en": reverse("closing-form", args=[talk_of(lucy)]),
        **_of(case, person=person, item=item, asked=asked, given=given, waiting=waiting),
    }
    cookies = {"nl": cookie(kees), "en": cookie(lucy), "fenna": cookie(fenna)}
    return {"pages": pages, "cookies": cookies, "reference": case.reference}


def _of(case, **parts):
    def at(name, *more):
        return reverse(name, args=[case.reference, *more])

    kinds = ("person", "entry", "note", "task", "flag", "plan", "step", "skipped-step", "evidence", "transcript")
    return {
        "case": at("case"),
        **{f"add-{kind}": at("case-add", kind) for kind in kinds},
        "identity": at("case-identity", parts["person"].pk),
        "suspects": at("case-suspects"),
        "evidence": at("case-evidence", parts["item"].pk),
        "request": at("case-request", parts["asked"].pk),
        "new-request": at("case-new-request"),
        "hold": at("case-hold"),
        "handover": at("case-handover", parts["given"].pk),
        "new-handover": at("case-new-handover"),
        "decide": at("case-decide", parts["waiting"].pk),
        "step": at("case-plan-approval"),
    }


if __name__ == "__main__":
    print(json.dumps(make()))  # noqa: T201  what who runs this reads
