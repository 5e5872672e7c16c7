"""What a reporter reads of remedies behind his receipt, and what he says to them.

He answers each offer once. How content he is is asked when a complaint about a service is over;
nobody is asked twice, and nobody has to say anything.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from timbang.law import service
from timbang.reports import actions
from timbang.reports.actions import OpenedReport
from timbang.reports.models import OfferAnswer, Satisfied

ACCEPT: Final = "accept"
REFUSE: Final = "refuse"
_ANSWERS: Final = {ACCEPT: OfferAnswer.ACCEPTED, REFUSE: OfferAnswer.REFUSED}


def context(opened: OpenedReport) -> dict[str, Any]:
    """What the page of the report shows of remedies."""
    offers = actions.offers_of(opened.report, opened.report_key)
    said = actions.satisfaction_of(opened.report, opened.report_key)
    asked = opened.report.status in actions.OVER and (
        bool(offers) or opened.content.kind in service.KINDS
    )
    return {
        "offers": [
            (offer, service.REMEDIES[offer.offered.kind], service.ANSWERS.get(offer.row.answer, ""))
            for offer in offers
        ],
        "said": service.SATISFACTION[said[0].level] if said else "",
        "levels": list(service.SATISFACTION.items()) if asked and said is None else [],
    }


def take_answer(opened: OpenedReport, do: str, words: str, *, at: datetime) -> str:
    """Accept or refuse the offer that the button names; what the page says then."""
    what, _colon, number = do.partition(":")
    try:
        offer_id = UUID(number)
    except ValueError:
        return ""
    taken = actions.answer_offer(
        opened.report, offer_id, _ANSWERS[what], words=words, report_key=opened.report_key, at=at
    )
    return _("Your answer is sealed. The office learns it on the next day.") if taken else ""


def take_level(opened: OpenedReport, level: Satisfied, words: str, *, at: datetime) -> str:
    """Keep how content he is; what the page says then."""
    taken = actions.say_satisfied(
        opened.report, level, words=words, report_key=opened.report_key, at=at
    )
    return _("Thank you. What you said is sealed.") if taken else ""
