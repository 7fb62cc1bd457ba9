"""What is new at the desk: one stream for all of one's own talks and the queue, and the same for a page that asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from scherp.web.accounts.doors import needs
from scherp.web.accounts.permissions import Permission
from scherp.web.desk.news import DeskNews, topics
from scherp.web.desk.views.page import who
from scherp.web.talks.stream import stream as server_sent

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, StreamingHttpResponse


@needs(Permission.SEE_QUEUE)
@require_safe
def news(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Answer with what is new since a place, `na`: as a stream that goes on, or at once as JSON."""
    place = request.headers.get("Last-Event-ID") or request.GET.get("na", "")
    if request.headers.get("Accept", "").startswith("text/event-stream"):
        return server_sent(topics(who(request)), DeskNews(request), place)
    found = DeskNews(request)(place)
    told = [{"place": one.place, "name": one.name, "data": one.data} for one in found.told]
    return JsonResponse({"told": told, "over": found.over})
