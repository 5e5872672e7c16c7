"""An article is confirmed, or the confirmation withdrawn: by a legal officer, on the record.

The log holds what was confirmed (its hash), by which organ, and the digest of where it was seen;
the page shows the words themselves.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer, Organ
from timbang.law.confirmable import items
from timbang.law.refusal import Refusal
from timbang.law.workdays import day_in
from timbang.ledger.actions import record
from timbang.registry.models import ArticleConfirmation

LEGAL_OFFICER = "legal_officer"
SHORTEST_SOURCE = 10


@transaction.atomic
def confirm_article(
    *, item_id: str, text_hash: str, seen_in: str, by: Officer, at: datetime
) -> ArticleConfirmation:
    """Confirm what the catalogue says of an article; `seen_in` names the official text.

    `text_hash` is that of the text which the officer read on his page: when the catalogue has
    another one by now, he is told and confirms nothing. Twice is once.
    """
    organ = _organ_of_legal_officer(by)
    item = items().get(item_id)
    if item is None:
        raise Refusal(_("This article needs no confirmation, or is not in the catalogue."))
    if item.hash != text_hash:
        raise Refusal(_("The catalogue has changed since you opened the page. Read it again."))
    seen_in = " ".join(seen_in.split())
    if len(seen_in) < SHORTEST_SOURCE:
        raise Refusal(_("Say where you saw the official text: gazette, number, page or address."))
    standing = ArticleConfirmation.objects.standing()
    before = standing.filter(organ=organ, item=item_id, text_hash=text_hash).first()
    if before is not None:
        return before
    on = day_in(organ.time_zone, at)
    body = {
        "organ": str(organ.id),
        "officer": str(by.id),
        "item": item_id,
        "text": text_hash,
        "seen_in": hashlib.sha256(seen_in.encode()).hexdigest(),
    }
    return ArticleConfirmation.objects.create(
        organ=organ,
        item=item_id,
        text_hash=text_hash,
        seen_in=seen_in,
        confirmed_on=on,
        confirmed_by=by,
        entry=record(act="law.confirmed", body=body, lane="now", on=on),
    )


@transaction.atomic
def withdraw_confirmation(
    confirmation: ArticleConfirmation, *, because: str, by: Officer, at: datetime
) -> ArticleConfirmation:
    """Take a confirmation back from now on; what was done while it stood stays as it was."""
    organ = _organ_of_legal_officer(by)
    rows = ArticleConfirmation.objects.select_for_update()
    row = rows.get(pk=confirmation.pk)
    if row.organ_id != organ.pk:
        raise Refusal(_("Only the organ that confirmed an article can withdraw its confirmation."))
    because = " ".join(because.split())
    if not because:
        raise Refusal(_("A withdrawal needs its reason."))
    if row.withdrawn_on is not None:
        return row
    row.withdrawn_on = day_in(organ.time_zone, at)
    row.withdrawn_by = by
    row.withdrawn_because = because
    row.save()
    body = {"confirmation": str(row.id), "organ": str(organ.id), "officer": str(by.id)}
    record(act="law.confirmation_withdrawn", body=body, lane="now", on=row.withdrawn_on)
    return row


def _organ_of_legal_officer(by: Officer) -> Organ:
    if not by.is_active or not by.has_role(LEGAL_OFFICER):
        raise Refusal(_("Only a legal officer confirms an article for his organ."))
    # One at a time in an organ: a second click finds the first one's row.
    return Organ.objects.select_for_update().get(pk=by.organ_id)
