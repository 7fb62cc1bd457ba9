"""Addresses of accounts: one's own, those of others, and the record."""

from __future__ import annotations

from django.urls import path

from scherp.web.accounts.views import events, members, own

urlpatterns = [
    path("ik/", own.own, name="own"),
    path("ik/pauze/", own.take_break, name="break"),
    path("ik/gelezen/", own.read_notices, name="read_notices"),
    path("ik/sessie-uit/", own.end_session, name="end_session"),
    path("ik/overal-uit/", own.sign_out_everywhere, name="sign_out_everywhere"),
    path("account/2fa/webauthn/keys/<int:pk>/remove/", own.remove_key, name="mfa_remove_webauthn"),
    path("medewerkers/", members.members, name="members"),
    path("medewerkers/nieuw/", members.add, name="add_member"),
    path("medewerkers/team/", members.add_team, name="add_team"),
    path("medewerkers/<uuid:member_id>/", members.member, name="member"),
    path("medewerkers/<uuid:member_id>/stoppen/", members.stop, name="stop_member"),
    path("medewerkers/<uuid:member_id>/terug/", members.bring_back, name="bring_back_member"),
    path("medewerkers/<uuid:member_id>/wachtwoord/", members.give_password, name="give_password"),
    path("medewerkers/<uuid:member_id>/tweede-stap/", members.reset_second_factor, name="reset_second_factor"),
    path("medewerkers/<uuid:member_id>/slot/", members.lift_lock, name="lift_lock"),
    path("logboek/", events.events, name="events"),
    path("logboek/uitvoer.<slug:form>", events.export, name="export_events"),
    path("logboek/keten/", events.chain, name="chain"),
]
