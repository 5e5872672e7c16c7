"""Sessions of prevention that an organ held are recorded, and withdrawn when they were wrong."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer, Organ
from timbang.law.refusal import Refusal
from timbang.law.workdays import day_in
from timbang.ledger.actions import record
from timbang.registry.models import Audience, Outreach, Region

EARLIEST = date(2004, 1, 1)
MOST_PEOPLE = 100_000


@transaction.atomic
def record_outreach(
    *,
    held_on: date,
    audience: str,
    region_code: str,
    topic: str,
    reach: int | None,
    once: UUID,
    by: Officer,
    at: datetime,
) -> Outreach:
    """Record a session of the officer's own organ; `once` makes a second click the same row."""
    organ = Organ.objects.select_for_update().get(pk=by.organ_id)
    before = Outreach.objects.filter(once=once, organ=organ).first()
    if before is not None:
        return before
    on = day_in(organ.time_zone, at)
    topic = " ".join(topic.split())
    _check(held_on, audience, topic, reach, on)
    body = {
        "organ": str(organ.id),
        "officer": str(by.id),
        "held": f"{held_on}",
        "audience": audience,
        "region": region_code or None,
        "reach": reach,
    }
    return Outreach.objects.create(
        organ=organ,
        held_on=held_on,
        audience=audience,
        region=_region(region_code),
        topic=topic,
        reach=reach,
        recorded_on=on,
        recorded_by=by,
        once=once,
        entry=record(act="outreach.recorded", body=body, lane="now", on=on),
    )


@transaction.atomic
def withdraw_outreach(row: Outreach, *, because: str, by: Officer, at: datetime) -> Outreach:
    """Say that a recorded session was wrong: it stays readable and counts no more."""
    row = Outreach.objects.select_for_update().get(pk=row.pk)
    if row.organ_id != by.organ_id:
        raise Refusal(_("Only the organ that recorded a session can withdraw it."))
    because = " ".join(because.split())
    if not because:
        raise Refusal(_("A withdrawal needs its reason."))
    if row.withdrawn_on is not None:
        return row
    row.withdrawn_on = day_in(by.organ.time_zone, at)
    row.withdrawn_by = by
    row.withdrawn_because = because
    row.save()
    body = {"outreach": str(row.id), "organ": str(row.organ_id), "officer": str(by.id)}
    record(act="outreach.withdrawn", body=body, lane="now", on=row.withdrawn_on)
    return row


def _check(held_on: date, audience: str, topic: str, reach: int | None, on: date) -> None:
    if not EARLIEST <= held_on <= on:
        raise Refusal(
            _("A session was held between %(first)s and today, %(today)s.")
            % {"first": EARLIEST, "today": on}
        )
    if audience not in Audience.values:
        raise Refusal(_("A session is for civil servants, contestants or the public."))
    if not topic:
        raise Refusal(_("Say what the session was about."))
    if reach is not None and not 0 <= reach <= MOST_PEOPLE:
        raise Refusal(
            _("The number of people lies between 0 and %(most)s; leave it out if nobody counted.")
            % {"most": MOST_PEOPLE}
        )


def _region(code: str) -> Region | None:
    if not code:
        return None
    found = Region.objects.filter(pk=code).first()
    if found is None:
        raise Refusal(_("There is no region with this code."))
    return found
