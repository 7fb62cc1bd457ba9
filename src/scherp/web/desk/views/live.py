"""What is new at the desk: one stream for all of one's own talks and the queue, and the same for a page that asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from scherp.web.accounts.doors import needs
from scherp.web.accounts.permissions import Permission
from scherp.web.desk.news import DeskNews, topics
from scherp.web.desk.views.page import who
from scherp.web.talks.stream import answer

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


@needs(Permission.SEE_QUEUE)
@require_safe
def news(request: HttpRequest) -> HttpResponseBase:
    """Answer with what is new since a place: as a stream that goes on, or at once as JSON."""
    return answer(request, lambda: topics(who(request)), DeskNews(request))
