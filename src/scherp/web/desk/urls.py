"""The addresses of the desk."""

from __future__ import annotations

from django.urls import path

from scherp.web.desk.views import board, live, sharing, supervising, talk

_TALK = "talk/<uuid:talk_id>/"

urlpatterns = [
    path("", board.overview, name="desk"),
    path("take/", board.take, name="desk-take"),
    path("take/<uuid:talk_id>/", board.take_other, name="desk-take-other"),
    path("later/<uuid:talk_id>/", board.take_later, name="desk-take-later"),
    path("break/", board.begin_break, name="desk-break"),
    path("back/", board.come_back, name="desk-back"),
    path("offer/<uuid:transfer_id>/", board.answer_offer, name="desk-offer"),
    path("order/", board.order, name="desk-order"),
    path("news/", live.news, name="desk-news"),
    path("talks/", supervising.talks_now, name="desk-talks-now"),
    path("along/<uuid:talk_id>/", supervising.along, name="desk-along"),
    path("along/<uuid:talk_id>/begin/", supervising.begin_along, name="desk-along-begin"),
    path("along/<uuid:talk_id>/stop/", supervising.stop_along, name="desk-along-stop"),
    path("talks/<uuid:talk_id>/put-back/", supervising.put_back, name="desk-put-back"),
    path("blocks/", supervising.blocks, name="desk-blocks"),
    path("blocks/<uuid:block_id>/lift/", supervising.lift_block, name="desk-block-lift"),
    path(_TALK, talk.talk, name="desk-talk"),
    path(f"{_TALK}message/", talk.say_something, name="desk-say"),
    path(f"{_TALK}insert/", talk.insert, name="desk-insert"),
    path(f"{_TALK}ask-whether-safe/", talk.ask_whether_safe, name="desk-ask-safe"),
    path(f"{_TALK}show-earlier/", talk.show_earlier, name="desk-show-earlier"),
    path(f"{_TALK}hand-over/", talk.hand_over, name="desk-hand-over"),
    path(f"{_TALK}keep/", talk.keep, name="desk-keep"),
    path(f"{_TALK}block/", talk.block, name="desk-block"),
    path(f"{_TALK}end/", talk.end, name="desk-end"),
    path(f"{_TALK}after/", talk.after, name="desk-after"),
    path(f"{_TALK}note/", talk.add_note, name="desk-note"),
    path(f"{_TALK}note/<uuid:note_id>/withdraw/", talk.withdraw_note, name="desk-note-withdraw"),
    path(f"{_TALK}shared/", sharing.page, name="desk-shared"),
    path(f"{_TALK}shared/ask/", sharing.ask, name="desk-shared-ask"),
    path(f"{_TALK}shared/add/", sharing.add, name="desk-shared-add"),
    path(f"{_TALK}shared/erase/", sharing.erase, name="desk-shared-erase"),
    path(f"{_TALK}shared/judge/", sharing.judge, name="desk-shared-judge"),
]
