"""Which situation the advice must fit, read off the signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scherp.advice import Situation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scherp.conversation import Evidence, SignId

_SHOWN_BY: dict[Situation, frozenset[SignId]] = {
    Situation.IMAGE_SHARED_OR_ASKED: frozenset(
        {"image_request", "camera_request", "threat_to_share", "fake_image_threat"}
    ),
    Situation.THREATENED: frozenset(
        {"threat_to_share", "fake_image_threat", "outing_threat", "threat_of_harm", "deadline"}
    ),
    Situation.MONEY_DEMANDED: frozenset({"payment_demand", "debt_claim"}),
    Situation.MEETING_PLANNED: frozenset({"meeting_request", "travel_offer", "alibi_offer", "offers_shelter"}),
    Situation.SELF_HARM: frozenset({"self_harm_demand"}),
    Situation.THIRD_PARTY_OR_EXPLOITATION: frozenset({"third_party", "recruits_other", "debt_claim"}),
    Situation.STATUS_OR_CARE: frozenset({"status_threat", "offers_shelter"}),
    Situation.LOCATION_OR_ACCOUNT_DEMANDED: frozenset({"account_or_location_demand", "authority_impersonation"}),
    Situation.CRIME_ASKED: frozenset({"criminal_task"}),
}


def situations(evidence: Iterable[Evidence]) -> frozenset[Situation]:
    """Give every situation that these signs belong to."""
    seen = {item.sign for item in evidence}
    return frozenset(situation for situation, signs in _SHOWN_BY.items() if signs & seen)
