"""Advice on a page: an overview, a page, a card, what now, a notice, who to call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from scherp.advice import Audience, Country, cost_in_words, hours_in_words, lines, open_in_words
from scherp.texts import Language, say
from scherp.web.guidance import cards, finder, pages
from scherp.web.guidance import notice as notices
from scherp.web.guidance.questions import asking

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from scherp.advice import Line
    from scherp.web.guidance.pages import Page
    from scherp.web.guidance.questions import Asking, Question


class Shown(NamedTuple):
    """A line as a reader sees it; open_now is in words, "unknown" included."""

    name: str
    for_whom: str
    phones: tuple[tuple[str, str], ...]
    web: str
    site: str
    chat: bool
    hours: str
    open_now: str
    cost: str


@require_safe
def overview(request: HttpRequest, language: Language, audience: str) -> HttpResponse:
    """List what there is for one kind of reader."""
    reader = Audience(audience)
    found = pages.pages_for(reader, language)
    easy = {slug for slug, _, is_easy in pages.pages() if is_easy}
    return render(
        request,
        "guidance/overview.html",
        {
            "title": say(f"site.overview.title_{_short(reader)}", language),
            "lead": say(f"site.overview.lead_{_short(reader)}", language),
            "pages": [page for page in found if not page.is_card],
            "cards": [page for page in found if page.is_card],
            "easy": easy,
        },
    )


@require_safe
def page(request: HttpRequest, language: Language, slug: str, *, easy: bool = False) -> HttpResponse:
    """Show a page."""
    found = _page(slug, language, easy=easy)
    address = request.build_absolute_uri(request.path)
    text = quote(f"{say('site.all.card_description', language)} {address}")
    return render(
        request,
        "guidance/page.html",
        {
            "page": found,
            "body": _body(found),
            "has_easy": (slug, Language.NL, True) in pages.pages(),
            "netherlands": _shown(found.lines(Country.NL), language),
            "belgium": _shown(found.lines(Country.BE), language),
            "share_whatsapp": f"https://wa.me/?text={text}",
            "share_mail": f"mailto:?subject={quote(say('site.all.document_title', language))}&body={text}",
            "address": address,
        },
    )


@require_safe
def card(request: HttpRequest, language: Language, slug: str) -> HttpResponse:
    """Give a conversation card as a PDF."""
    found = _page(slug, language, easy=False)
    if not found.is_card:
        raise Http404

    def address(other: str) -> str:
        return request.build_absolute_uri(reverse("page", kwargs={"language": language.value, "slug": other}))

    response = HttpResponse(cards.as_pdf(found, address), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{slug}.pdf"'
    return response


@csrf_exempt  # answers change nothing and are kept nowhere; a token would need a cookie
@require_http_methods(["GET", "HEAD", "POST"])
def what_now(request: HttpRequest, language: Language) -> HttpResponse:
    """Ask four questions, then give two or three steps and who to call."""
    asked = asking(finder.QUESTIONS, request.POST.dict())
    if asked.question:
        return _ask(request, "what_now", asked, language)
    found = finder.found(asked.answers, language)
    told = {
        "found": found,
        "lines": _shown(found.advice.lines, language),
        "read": [_page(slug, language, easy=False) for slug in found.read],
    }
    return render(request, "guidance/found.html", told)


@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, language: Language) -> HttpResponse:
    """Ask four questions, then give the text of a notice to a platform."""
    asked = asking(notices.QUESTIONS, request.POST.dict())
    if asked.question:
        return _ask(request, "notice", asked, language)
    text = notices.notice(asked.answers, language)
    helpful = _shown([lines()[name] for name in ("helpwanted", "police", "child_focus")], language)
    return render(request, "guidance/notice.html", {"text": text, "rows": text.count("\n") + 8, "lines": helpful})


@require_safe
def who_to_call(request: HttpRequest, language: Language) -> HttpResponse:
    """List every line, with what is known of it and whether it is open now."""
    by_country = {
        country: _shown((line for line in lines().values() if country in line.countries), language)
        for country in Country
    }
    told = {"netherlands": by_country[Country.NL], "belgium": by_country[Country.BE]}
    return render(request, "guidance/lines.html", told)


def _ask(request: HttpRequest, what: str, asked: Asking, language: Language) -> HttpResponse:
    question: Question | None = asked.question
    assert question is not None
    told: dict[str, Any] = {
        "asked": asked,
        "title": say(f"site.{what}.title", language),
        "lead": say("site.notice.lead", language) if what == "notice" else "",
        "counted": say("site.ask.of", language, number=asked.number, total=asked.total),
        "question": say(f"site.{what}.{question.name}.question", language),
        "choices": [(name, say(f"site.{what}.{question.name}.{name}", language)) for name in question.answers],
        "missing": request.method == "POST" and question.name in request.POST,
    }
    return render(request, "guidance/ask.html", told)


def _page(slug: str, language: Language, *, easy: bool) -> Page:
    found = pages.pages().get((slug, language, easy))
    if found is None:
        raise Http404
    return found


def _body(found: Page) -> str:
    def address(slug: str) -> str:
        is_easy = found.easy and (slug, found.language, True) in pages.pages()
        return reverse("easy-page" if is_easy else "page", kwargs={"language": found.language.value, "slug": slug})

    html = found.html(address, lambda name: static(f"guidance/pictograms/{name}.svg"))
    return mark_safe(html)  # noqa: S308  our own page, written by a library that lets no HTML through


def _shown(found: Iterable[Line], language: Language) -> list[Shown]:
    clock = timezone.now()
    return [
        Shown(
            name=line.name[language],
            for_whom=line.for_whom[language],
            phones=tuple((n, n.replace("-", "")) for n in (line.phone, *line.also) if n),
            web=line.web,
            site=line.site,
            chat=line.chat,
            hours=hours_in_words(line, language),
            open_now=open_in_words(line, clock, language),
            cost=cost_in_words(line, language),
        )
        for line in found
    ]


def _short(audience: Audience) -> str:
    return "young" if audience is Audience.YOUNG_PERSON else audience.value
