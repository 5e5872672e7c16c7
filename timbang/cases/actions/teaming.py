"""A second organ is asked into a case: it examines beside the holder, with its own key.

The holder stays the holder and decides. The member gets the case key, the newest facts and what was
chosen; what it writes goes to the holder at once. Reports and who made them stay where they came.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Organ
from timbang.cases import besides, course
from timbang.cases.actions import stepping, taking_on
from timbang.cases.actions.journal import (
    Line,
    Seen,
    check_may,
    check_version,
    done_before,
    locked,
    write_line,
)
from timbang.cases.actions.stepping import Given
from timbang.cases.course import today
from timbang.cases.models import Act, Case, CaseStep, Member
from timbang.cases.permission import TRIAGE, may
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal

ASKED, GIVEN = "asked", "given"


@transaction.atomic
def ask_in(case: Case, give: Given, *, seen: Seen, by: Desk, at: datetime) -> CaseStep:
    """Ask an organ into the case, or give a member more of what it may read."""
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    check_may(case, by, "decision_maker")
    _check_organ(case, give.to)
    on, new = today(by.organ, at), not besides.is_member(case, give.to)
    if new:
        Member.objects.create(case=case, organ=give.to, asked_by=by.organ, asked_on=on)
    line = Line(
        Act.MEMBER, on, step=case.step, outcome=ASKED if new else GIVEN, other_organ=give.to
    )
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    stepping.give_keys(case, give, on, by)
    return written


@transaction.atomic
def leave_team(case: Case, organ: Organ, *, seen: Seen, by: Desk, at: datetime) -> CaseStep:
    """End what a member does in a case: the holder lets it go, or it leaves by itself.

    Its keys go back, unless it had the case before; what it wrote stays with the holder.
    """
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    check_may(case, by, *TRIAGE, beside=organ == by.organ)
    row = Member.objects.filter(case=case, organ=organ, left_on=None).first()
    if row is None:
        raise Refusal(_("This office was not asked into the case, or has left it."))
    on = today(by.organ, at)
    row.left_on = max(on, row.asked_on)
    row.save()
    line = Line(Act.MEMBER_LEFT, on, step=case.step, other_organ=organ)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    if not besides.had_before(case, organ):
        taking_on.give_back(case, organ)
    return written


def candidates(case: Case) -> list[Organ]:
    """The organs that may be asked in: of a kind that the procedure names, with a key."""
    kinds = besides.kinds_in(course.procedure_of(case))
    found = Organ.objects.receiving().filter(kind__in=kinds)
    return sorted(found.exclude(pk=case.holder_id).exclude(pk=case.keeper_id), key=_by_name)


def _by_name(organ: Organ) -> tuple[str, str]:
    return organ.kind, organ.name


def may_lead(case: Case, by: Desk) -> bool:
    """Whether this officer may ask others in."""
    ours = case.keeper_id == by.organ.pk and case.ended_on is None
    return ours and may(by.officer, "decision_maker")


def _check_organ(case: Case, organ: Organ) -> None:
    procedure = course.procedure_of(case)
    if organ.pk in (case.holder_id, case.keeper_id):
        raise Refusal(_("This office has the case already."))
    if not organ.inside or organ.public_key is None or organ.closed_on is not None:
        raise Refusal(_("Only an office that works here can be asked in; send others a file."))
    if organ.kind not in besides.kinds_in(procedure):
        raise Refusal(
            _("The procedure names no office of this kind: it has no part in the case."),
            procedure.citation,
        )
