"""The order above and the motive, proceedings against who ordered, causes, and opening anew.

None of this moves the case in which it is recorded. Proceedings against a superior, and a case that
is opened anew, are cases of their own under a new key: who reported is not taken over, and nobody
who was punished is tried twice for the same act (PP 94/2021 ps 35(3)).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from timbang.cases import (
    cleared,
    conflicts,
    course,
    decisions,
    justice,
    reading,
    searching,
    superiors,
    vault,
)
from timbang.cases.actions import recusing, terms, triage, writing
from timbang.cases.actions.journal import (
    Line,
    Seen,
    check_may,
    check_version,
    done_before,
    locked,
    write_line,
)
from timbang.cases.course import today
from timbang.cases.models import (
    Accused,
    Act,
    Case,
    CaseKey,
    CaseLink,
    CaseStep,
    ClosingCause,
    DocumentKind,
    HowKnown,
    Motive,
    OrderGiver,
)
from timbang.cases.permission import CASEWORK, TRIAGE, may
from timbang.cases.superiors import Superior
from timbang.cases.vault import Desk, Person
from timbang.law import procedure as law
from timbang.law.refusal import Refusal

ONCE: Final = "PP 94/2021 ps 35 ayat (3)"


@transaction.atomic
def record_order(
    accused: Accused,
    who: Superior,
    *,
    deed: OrderGiver.Deed,
    how_known: HowKnown,
    seen: Seen,
    by: Desk,
    at: datetime,
) -> OrderGiver:
    """Name the next one up in the chain of orders above a reported person."""
    case = locked(accused.case)
    if done_before(case, seen) is not None:
        return OrderGiver.objects.get(case=case, journal__once=seen.once)
    _check(case, seen, by)
    if not (who.name.strip() or who.post.strip()):
        raise Refusal(_("Name the superior, or at least the post."))
    on = today(by.organ, at)
    above = OrderGiver.objects.filter(accused=accused).aggregate(last=Max("place"))["last"] or 0
    row = OrderGiver(case=case, accused=accused, place=above + 1, deed=deed, how_known=how_known)
    row.recorded_by, row.recorded_on = by.officer, on
    row.sealed = superiors.close(vault.case_key(case, by), row, who)
    line = Line(Act.ORDER_ABOVE, on, step=case.step, outcome=deed.value)
    row.journal = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    row.save(force_insert=True)
    recusing.note(case, by=by, at=at)
    return row


@transaction.atomic
def record_motive(
    accused: Accused,
    code: Motive.Code,
    *,
    how_known: HowKnown,
    seen: Seen,
    by: Desk,
    at: datetime,
) -> CaseStep:
    """Say what moved a reported person, and how that is known."""
    case = locked(accused.case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    _check(case, seen, by)
    if Motive.objects.filter(accused=accused, code=code).exists():
        raise Refusal(_("This motive is recorded already."))
    line = Line(Act.MOTIVE, today(by.organ, at), step=case.step, outcome=code.value)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    Motive.objects.create(
        case=case, accused=accused, code=code, how_known=how_known, journal=written
    )
    return written


@transaction.atomic
def record_causes(
    case: Case,
    causes: Collection[ClosingCause.Cause],
    *,
    words: str,
    seen: Seen,
    by: Desk,
    at: datetime,
) -> CaseStep:
    """Record where the fault lay: in the rule, its sanction, its procedure, a person, or nowhere.

    Written when a case is closed, and afterwards: only then does it show.
    """
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    check_may(case, by, *CASEWORK, even_ended=True)
    none = ClosingCause.Cause.NO_FAULT
    if not causes or (none in causes and len(set(causes)) > 1):
        raise Refusal(_("Choose at least one cause, or that there was no fault and nothing else."))
    line = Line(Act.CAUSE, today(by.organ, at), step=case.step)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    ClosingCause.objects.filter(case=case).delete()
    ClosingCause.objects.bulk_create(
        ClosingCause(case=case, cause=cause, journal=written) for cause in sorted(set(causes))
    )
    if words.strip():
        writing.store(case, DocumentKind.NOTE, {"text": words.strip()}, journal=written, by=by)
    return written


def _check(case: Case, seen: Seen, by: Desk) -> None:
    check_version(case, seen)
    check_may(case, by, *CASEWORK)


# --- cases that come of it ------------------------------------------------------------------------


@transaction.atomic
def open_proceedings(
    order: OrderGiver,
    *,
    procedure_id: str,
    start: str = "",
    status: str = "",
    reason: str,
    by: Desk,
    at: datetime,
) -> Case:
    """Open a case against the superior who ordered, or did not examine: he is its only reported
    person, and the day of the act is all that is taken over."""
    earlier = locked(order.case)
    row = OrderGiver.objects.get(pk=order.pk, case=earlier)
    if row.proceedings is not None:
        return row.proceedings
    _check_opening(earlier, reason, by)
    procedure = _procedure(procedure_id)
    who = superiors.read(vault.case_key(earlier, by), row)
    person = Person(name=who.name, post=who.post, agency=who.agency, status=status)
    known = justice.act_day(reading.facts_of(earlier, by))
    facts: dict[str, object] = {"conduct": [justice.conduct_of(row.deed, earlier.kind)]}
    if known is not None:
        facts["act_on"] = known
    case = _open(earlier, procedure, start, [person], facts, reason, CaseLink.SUPERIOR, by, at)
    row.proceedings = case
    row.save()
    return case


@transaction.atomic
def open_anew(
    earlier: Case,
    people: Collection[UUID],
    *,
    start: str = "",
    new_facts: str,
    by: Desk,
    at: datetime,
    case_id: UUID | None = None,
) -> Case:
    """Open an ended case anew on new facts: a case of its own, at a first step of its procedure.

    Only for persons whom nothing punishes for the same act. In which article a new opening stands
    was not found: that it needs new facts in writing is this system's rule.
    """
    made = Case.objects.filter(pk=case_id, organ=by.organ).first() if case_id else None
    if made is not None:
        return made
    earlier = locked(earlier)
    if earlier.ended_on is None:
        raise Refusal(_("This case still runs: bring the new facts into it."))
    _check_opening(earlier, new_facts, by)
    present = cleared.present(earlier)
    if any(person in present and decisions.is_proven(present[person]) for person in people):
        raise Refusal(_("Who was punished for this act is not tried for it again."), ONCE)
    rows = [row for row in earlier.accused.all() if row.pk in people]
    if not rows:
        raise Refusal(_("Choose at least one reported person."))
    key = vault.case_key(earlier, by)
    found = [vault.open_person(key, row) for row in rows]
    procedure = _procedure(earlier.procedure.code)
    if not procedure.is_open_on(today(by.organ, at)):
        raise Refusal(_("Its procedure no longer takes cases: open one that follows it."))
    facts = reading.facts_of(earlier, by)
    return _open(
        earlier, procedure, start, found, facts, new_facts, CaseLink.REOPENED, by, at, case_id
    )


def _check_opening(earlier: Case, reason: str, by: Desk) -> None:
    if not CaseKey.objects.filter(case=earlier, organ=by.organ).exists():
        raise Refusal(_("Another organ holds this case now; yours can read what it was given."))
    if not may(by.officer, *TRIAGE):
        raise Refusal(_("None of your roles may do this."))
    if not reason.strip():
        raise Refusal(_("Write why: the new case begins with that."))
    conflicts.check_officer(earlier, by.officer, by)


def _procedure(procedure_id: str) -> law.Procedure:
    found = law.procedures().get(procedure_id)
    if found is None:
        raise Refusal(_("There is no such procedure."))
    return found


def _open(
    earlier: Case,
    procedure: law.Procedure,
    start: str,
    people: list[Person],
    facts: dict[str, object],
    reason: str,
    why: str,
    by: Desk,
    at: datetime,
    case_id: UUID | None = None,
) -> Case:
    on = today(by.organ, at)
    case = triage.new_case(
        procedure, start, earlier.kind, by, at, case_id or uuid4(), earlier.province_code
    )
    triage.begin(case, people, facts, reason, by=by, at=at)
    CaseLink.objects.create(case=case, earlier=earlier, why=why, linked_on=on)
    step = course.procedure_of(case).step(case.step)
    ours = step.actor == by.organ.kind
    terms.open_case_term(case, step, entered_on=on, started_on=on if ours else None)
    line = Line(Act.FOLLOWED, on, step=earlier.step, outcome=why)
    write_line(earlier, line, organ=by.organ, by=by, at=at)
    searching.index(case, by)
    recusing.note(case, by=by, at=at)
    return case
