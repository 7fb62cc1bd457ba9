"""Before a talk: nothing is shown to who looks over a shoulder, nothing has to be told, nothing is kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import get_resolver

from scherp.texts import Language
from scherp.web.audit.models import Event
from scherp.web.stores import LINE
from scherp.web.talks import actions
from scherp.web.talks.models import State, Talk
from scherp.web.talks.opening import AgeBand, Opening, Tick

ALWAYS_OPEN = Path(__file__).parents[1] / "always_open.toml"

pytestmark = pytest.mark.django_db(databases=[LINE])

TOPIC = re.compile(
    r"chant|sext|misbruik|abuse|naakt|naked|foto|picture|dreig|threat|seksueel|sexual|hulplijn|help line|dood|death"
    r"|kindertelefoon|hulpverlener|counsellor|offlimits|113|geweld",
    re.IGNORECASE,
)


def words_of(answer):
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", ["praten/", "praten/terug/"])
def test_the_first_question_says_nothing_of_what_this_is_about(visitor, language, path):
    answer = visitor.get(f"/{language}/{path}")
    assert not TOPIC.search(words_of(answer))
    assert not answer.cookies


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("screen", ["yes", "unsure"])
@pytest.mark.parametrize("path", ["praten/", "praten/begin/", "praten/terug/", "praten/terug/woorden/"])
def test_when_somebody_may_be_looking_only_how_to_come_back_is_shown(visitor, language, screen, path, open_line):
    # Given somebody beside Mus, When Mus says so, Then no topic is shown, no talk opens and nothing is kept
    told = {"screen": screen, "nickname": "Mus", "code": "appel boom fiets lamp"}
    answer = visitor.sends(f"/{language}/{path}", told)
    assert not TOPIC.search(words_of(answer))
    assert 'href="tel:08000432"' in answer.content.decode()
    assert 'href="/weg/"' in answer.content.decode()
    assert f'href="/{language}/praten/"' in answer.content.decode()  # the question again, once alone
    assert not answer.cookies
    assert not Talk.objects.exists()


@pytest.mark.parametrize("path", ["praten/", "praten/begin/"])
@pytest.mark.parametrize("told", [{}, {"screen": ""}, {"screen": "maybe"}])
def test_without_an_answer_the_question_is_asked_again(visitor, path, told):
    assert "Kies een antwoord" in words_of(visitor.sends(f"/nl/{path}", told))
    assert not Talk.objects.exists()


@pytest.mark.parametrize(
    ("language", "promise"),
    [
        ("nl", ("Wij zien niet wie je bent of waar je bent", "Bel 112", "Wij doen niets zonder het jou te zeggen")),
        ("en", ("We do not see who you are or where you are", "Call 112", "We do nothing without telling you")),
    ],
)
def test_before_anything_is_told_the_promise_is_given_and_no_cookie_set(visitor, language, promise, open_line):
    answer = visitor.sends(f"/{language}/praten/", {"screen": "no"})
    for sentence in promise:
        assert sentence in answer.content.decode()
    assert not answer.cookies


def test_every_question_may_be_left_empty_with_one_button(visitor, open_line):
    told = {"screen": "no", "skip": "yes", "nickname": "Mus", "age": "12-14", "tick": ["threat"]}
    answer = visitor.sends("/nl/praten/begin/", told)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/nl/praten/gesprek/")
    assert Talk.objects.get().opening == Opening()


def test_what_was_told_goes_with_the_talk_and_nothing_that_was_not_asked(visitor, open_line):
    told = {"nickname": "  Mus\u0000 \u202e ", "age": "12-14", "tick": ["threat", "danger-now", "made-up"]}
    visitor.sends("/nl/praten/begin/", {"screen": "no"} | told)
    assert Talk.objects.get().opening == Opening("Mus", AgeBand.FROM_12_TO_14, {Tick.THREAT, Tick.DANGER_NOW})


@pytest.mark.parametrize("age", ["", "13", "99", "under-12; drop"])
def test_an_age_that_is_no_answer_of_ours_is_left_out(visitor, age, open_line):
    visitor.sends("/nl/praten/begin/", {"screen": "no", "age": age})
    assert Talk.objects.get().opening.age is None


def test_the_one_cookie_is_out_of_reach_and_gone_with_the_browser(visitor, open_line):
    answer = visitor.sends("/nl/praten/begin/", {"screen": "no"})
    [cookie] = answer.cookies.values()
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert (cookie["max-age"], cookie["expires"], cookie["path"], cookie["domain"]) == ("", "", "/", "")


def test_the_secret_of_the_seat_is_stored_nowhere(visitor, open_line):
    [cookie] = visitor.sends("/nl/praten/begin/", {"screen": "no"}).cookies.values()
    seat = Talk.objects.get().seats.get()
    assert cookie.value not in (seat.hash, str(seat.talk_id))


def test_in_danger_112_comes_first_and_the_talk_goes_on(visitor, open_line):
    visitor.sends("/nl/praten/begin/", {"screen": "no", "tick": "danger-now"})
    page = visitor.get("/nl/praten/gesprek/").content.decode()
    assert page.index('class="problem first-call"') < page.index("data-list")
    assert 'name="words"' in page


def test_who_presses_twice_gets_one_talk(visitor, open_line):
    for _ in range(2):
        answer = visitor.sends("/nl/praten/begin/", {"screen": "no"})
        assert answer.headers["Location"] == "/nl/praten/gesprek/"
    assert Talk.objects.count() == 1


def test_who_is_already_in_a_talk_is_brought_there_after_the_question(mus):
    assert "Kan iemand anders" in words_of(mus.get(""))
    answer = mus.browser.sends("/nl/praten/", {"screen": "no"})
    assert answer.headers["Location"] == "/nl/praten/gesprek/"


@pytest.mark.parametrize(("language", "said"), [("nl", "Er is nu niemand"), ("en", "There is nobody")])
def test_when_the_line_is_closed_others_are_named_and_a_message_may_wait(visitor, language, said, closed_line):
    # Given a closed line, When Mus comes, Then who can be called is shown, and a message is left that nobody queues for
    page = visitor.sends(f"/{language}/praten/", {"screen": "no"}).content.decode()
    assert said in page
    assert 'href="tel:08000432"' in page
    answer = visitor.sends(f"/{language}/praten/begin/", {"screen": "no", "words": "tot morgen"})
    assert 'class="code"' in answer.content.decode()
    talk = Talk.objects.get()
    assert talk.state == State.LATER
    assert [message.words or message.said for message in talk.messages.all()] == ["welcome-later", "tot morgen"]
    assert talk.return_hash
    assert "tot morgen" in visitor.get(f"/{language}/praten/gesprek/").content.decode()


def test_when_it_opens_who_is_still_there_can_join_the_queue(visitor, closed_line, settings):
    visitor.sends("/nl/praten/begin/", {"screen": "no"})
    young = {"what": "now", "form": re.search(r'name="form" value="(\w+)"', page_of(visitor))[1]}
    visitor.sends("/nl/praten/gesprek/", young)
    assert Talk.objects.get().state == State.LATER
    settings.LINE_FILE = ALWAYS_OPEN
    assert 'value="now"' in page_of(visitor)
    visitor.sends("/nl/praten/gesprek/", young)
    assert Talk.objects.get().state == State.WAITING


def page_of(visitor):
    return visitor.get("/nl/praten/gesprek/").content.decode()


def test_when_the_queue_is_full_it_says_so_and_nobody_is_put_in_it(visitor, open_line):
    for _ in range(20):
        actions.open_talk(language=Language.NL, opening=Opening())
    assert "wachten nu te veel" in words_of(visitor.sends("/nl/praten/", {"screen": "no"}))
    visitor.sends("/nl/praten/begin/", {"screen": "no", "skip": "yes"})
    assert Talk.objects.filter(state=State.WAITING).count() == 20
    assert Talk.objects.filter(state=State.LATER).count() == 1


@pytest.mark.parametrize("path", ["praten/", "praten/begin/", "praten/terug/woorden/"])
@pytest.mark.parametrize(
    "sent", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://elsewhere.example"}]
)
def test_another_site_cannot_send_anything(visitor, path, sent, open_line):
    assert visitor.sends(f"/nl/{path}", {"screen": "no"}, **sent).status_code == 403
    assert not Talk.objects.exists()


@pytest.mark.parametrize("sent", [{"sec-fetch-site": "same-origin"}, {"origin": "http://localhost"}, {}])
def test_our_own_pages_can(visitor, sent, open_line):
    assert visitor.sends("/nl/praten/begin/", {"screen": "no"}, **sent).status_code == 303


ADDRESSES = [str(one.pattern) for one in get_resolver("scherp.web.helpchat.urls").url_patterns]


@pytest.mark.parametrize("path", ADDRESSES)
def test_nowhere_is_a_file_taken(mus, path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    picture = SimpleUploadedFile("foto.jpg", b"\xff\xd8\xff", content_type="image/jpeg")
    told = {"screen": "no", "form": mus.token, "words": picture}
    assert mus.browser.post(f"/nl/{path}", told, format="multipart").status_code in (405, 415)


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_page_shows_its_topic_in_its_title_nor_loads_from_elsewhere_nor_is_kept(mus, path, language):
    answer = mus.browser.get(f"/{language}/{path}")
    if answer.status_code == 405 or answer.headers["Content-Type"] != "text/html; charset=utf-8":
        return
    page = answer.content.decode()
    assert re.search(r"<title>(.*?)</title>", page)[1] in ("Informatie", "Information")
    assert not TOPIC.search(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "style=" not in page
    assert 'type="file"' not in page
    assert len(re.findall(r'href="/weg/"[^>]*data-leaves', page)) >= 2
    loaded = re.findall(r'<(?:script|img|link|iframe|source)\b[^>]*?(?:src|href)="([^"]*)"', page)
    assert all(target.startswith("/static/") for target in loaded)


def test_the_foot_of_the_page_says_what_is_kept_as_it_is(visitor, mus):
    assert "geen cookies" in words_of(visitor.get("/nl/"))
    for page in ("/nl/", "/nl/praten/gesprek/", "/nl/bellen/"):
        said = words_of(mus.browser.get(page))
        assert "tot 30 dagen na het gesprek" in said
        assert "geen cookies" not in said


def test_the_way_to_a_person_is_on_the_front_page(visitor):
    for language in ("nl", "en"):
        assert f'href="/{language}/praten/"' in visitor.get(f"/{language}/").content.decode()


def test_nothing_of_an_opening_is_on_record_but_that_it_was(visitor, open_line):
    visitor.sends("/nl/praten/begin/", {"screen": "no", "nickname": "Mus", "tick": "threat", "words": "help"})
    [event] = Event.objects.using(LINE).all()
    assert (event.kind, event.detail) == ("talk.opened", {"later": False})
