"""Making the decree of a decision, once: its bytes are kept, and their digest stands in the log."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer
from timbang.law import letters
from timbang.law.refusal import Refusal
from timbang.ledger.actions import record
from timbang.policy import course, docket_reading
from timbang.policy.actions.journal import (
    Said,
    Seen,
    check_may,
    check_untied,
    check_version,
    done_before,
    locked,
    write_line,
)
from timbang.policy.actions.stepping import owed_as
from timbang.policy.decree import Decided, Lane, letter_of
from timbang.policy.models import Act, Decree, Dossier, Line

ACT = "policy.decided"


def decided_by(dossier: Dossier) -> Line | None:
    """The line by which it was decided: enacted, or executed directly; None where it holds no more,
    because it was revoked or lapsed."""
    if dossier.ended_as in ("revoked", "lapsed"):
        return None
    lane = docket_reading.lane_of(dossier)
    if lane is not None:
        return lane.line
    return dossier.journal.filter(act=Act.STEP, outcome="enacted").order_by("-version").first()


@transaction.atomic
def make_decree(
    dossier: Dossier,
    *,
    number: str,
    place: str,
    post: str,
    check: str,
    seen: Seen,
    by: Officer,
    at: datetime,
) -> Decree:
    """Make the decree as PDF. `number` is the office's own, `check` the address where anyone holds
    a copy against the log."""
    dossier = locked(dossier)
    if (earlier := done_before(dossier, seen, Act.DECREE)) is not None:
        return Decree.objects.get(line=earlier)
    check_version(dossier, seen)
    check_may(dossier, by, "decision_maker", even_ended=True)
    check_untied(dossier, by, "decide")
    if decided_by(dossier) is None:
        raise Refusal(_("Nothing is decided, or it holds no more: there is no decree to make."))
    if Decree.objects.filter(dossier=dossier).exists():
        raise Refusal(_("The decree of this policy is made already; its bytes do not change."))
    number, place, post = (" ".join(text.split()) for text in (number, place, post))
    if not number or not place or not post:
        raise Refusal(_("A decree has a number, a place, and the post of whoever signs it."))
    if Decree.objects.filter(organ=dossier.organ, number=number).exists():
        raise Refusal(_("Your office gave this number to another decree already."))
    told = decided(dossier, number, place, post, check)
    pdf = letters.render(letter_of(told, course.bodies(dossier), lane_in(dossier)))
    digest = hashlib.sha256(pdf).hexdigest()
    said = Said(
        Act.DECREE, step=dossier.step, role="decision_maker",
        content={"number": number, "digest": digest},
    )  # fmt: skip
    written = write_line(dossier, said, organ=by.organ, by=by, at=at, once=seen.once)
    body = {
        "office": dossier.organ.code,
        "dossier": dossier.number,
        "decree": number,
        "digest": digest,
    }
    entry = record(act=ACT, body=body, lane="now", on=written.done_on)
    return Decree.objects.create(
        dossier=dossier,
        organ=dossier.organ,
        number=number,
        place=place,
        post=post,
        dated_on=told.on,
        pdf=pdf,
        size=len(pdf),
        sha256=digest,
        made_with=letters.made_with(),
        line=written,
        entry=entry,
    )


def decided(dossier: Dossier, number: str, place: str, post: str, check: str) -> Decided:
    """Who decided what and when, as the decree says it."""
    line = decided_by(dossier)
    assert line is not None
    return Decided(
        organ=dossier.organ.name,
        title=dossier.title,
        dossier=dossier.number,
        number=number,
        place=place,
        post=post,
        on=line.done_on,
        check=check,
    )


def lane_in(dossier: Dossier) -> Lane | None:
    """What the decree says of direct execution, if the lane was used."""
    lane = docket_reading.lane_of(dossier)
    if lane is None:
        return None
    owed = tuple(
        (owed_as(dossier, row.code).title["id"], row.due_on)
        for row in dossier.debts.all()
        if row.dropped_on is None
    )
    return Lane(lane.ground, lane.because, lane.scope, lane.rights, lane.sunset_on, owed)
