"""Two cases out of one, one out of two, and two that point to each other.

A split gains nobody anything: the new case stands at the same step, keeps the running term with its
days, who acted before has acted in it, and whoever may not act in the one may not in the other. It
is undone by merging the two again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from timbang.accounts import keys
from timbang.cases import conflicts, course, door_vault, reading, searching, vault
from timbang.cases.actions import (
    holding,
    moving,
    recusing,
    routing,
    shelving,
    terms,
    triage,
    writing,
)
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
    CaseReport,
    CaseStep,
    CaseTie,
    Conflict,
    Decision,
    Document,
    DocumentKind,
    Door,
    Exhibit,
    Hearing,
    Minutes,
    OpenTerm,
    OrderGiver,
    Summons,
)
from timbang.cases.permission import CASE_READERS, CASEWORK, may
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.reports.models import Report

Why = CaseTie.Why


@dataclass(frozen=True, slots=True)
class Part:
    """What goes into the new case: persons leave the first one; of the reports some leave it
    (`moved`) and some stand in both (`shared`); exhibits are copied."""

    people: frozenset[UUID]
    moved: frozenset[UUID] = field(default_factory=frozenset)
    shared: frozenset[UUID] = field(default_factory=frozenset)
    exhibits: frozenset[UUID] = field(default_factory=frozenset)


# Splitting


@transaction.atomic
def split_case(
    case: Case,
    part: Part,
    *,
    reason: str,
    seen: Seen,
    by: Desk,
    at: datetime,
    case_id: UUID | None = None,
) -> Case:
    """Take persons out of a case into one of their own, which stands where it stands."""
    made = Case.objects.filter(pk=case_id, organ=by.organ).first() if case_id else None
    if made is not None:
        return made
    case = locked(case)
    check_version(case, seen)
    check_may(case, by, *CASEWORK)
    _check_split(case, part, reason, by)
    on = today(by.organ, at)
    line = Line(Act.SPLIT, on, step=case.step, outcome="out")
    out = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    writing.store(case, DocumentKind.NOTE, {"text": reason.strip()}, journal=out, by=by)
    new = _begin(case, by, at, case_id or uuid4())
    CaseTie.objects.create(
        first=case, second=new, why=Why.SPLIT, version=case.version, tied_by=by.officer, tied_on=on
    )
    _move_people(case, new, part.people, by)
    into = write_line(new, Line(Act.OPENED, on, to=new.step), organ=by.organ, by=by, at=at)
    writing.first_facts(new, reading.facts_of(case, by), journal=into, by=by)
    new.conduct = case.conduct
    new.save()
    writing.store(new, DocumentKind.NOTE, {"text": reason.strip()}, journal=into, by=by)
    routing.open_case_row(new)
    _keep_conflicts(case, new, by, at)
    _copy_term(case, new)
    _share_reports(case, new, part, by, at)
    for exhibit in Exhibit.objects.filter(case=case, pk__in=part.exhibits):
        _copy_exhibit(exhibit, new, by, at)
    _settle((case, new), by, at)
    return new


def _check_split(case: Case, part: Part, reason: str, by: Desk) -> None:
    _check_still(case, by)
    own = set(case.accused.values_list("pk", flat=True))
    if not part.people or not part.people < own:
        raise Refusal(_("Choose who goes: at least one person goes, and at least one stays."))
    _check_undecided(part.people)
    linked = set(case.reports.values_list("report", flat=True))
    if not (part.moved | part.shared) <= linked or part.moved & part.shared:
        raise Refusal(_("A report stays, goes, or stands in both cases."))
    if linked and linked == part.moved:
        raise Refusal(_("Leave the first case a report to rest on, or let one stand in both."))
    if not reason.strip():
        raise Refusal(_("Write the reason: both cases keep it."))


def _check_undecided(people: Collection[UUID]) -> None:
    decided = Decision.objects.filter(accused__in=people).exists()
    if decided or OrderGiver.objects.filter(accused__in=people).exists():
        raise Refusal(
            _("What was decided about a person, or recorded of the order above him, stays with "
              "its case. Link the two cases instead.")
        )  # fmt: skip


def _check_still(case: Case, by: Desk) -> None:
    """Refuse while something runs that belongs to one case only."""
    if case.holder_id != by.organ.pk:
        raise Refusal(_("Another organ holds this case now; yours can read what it was given."))
    if case.tracks.filter(ended_on=None).exists():
        raise Refusal(_("A side track runs: end it first, it belongs to one case only."))
    stands_still = OpenTerm.objects.running().filter(case=case, suspended_from__isnull=False)
    if stands_still.exists():
        raise Refusal(_("Its term is suspended: let it run on first, so that its end is known."))
    if case.hand_overs.filter(answer="").exists():
        raise Refusal(_("The case waits to be accepted: take it on first."))


def _begin(case: Case, by: Desk, at: datetime, case_id: UUID) -> Case:
    """The new case, with its key sealed to every organ that holds the first: what they had, they
    keep, and nobody gets more."""
    rules = course.procedure_of(case)
    new = triage.new_case(rules, "", case.kind, by, at, case_id, case.province_code)
    new.procedure, new.step, new.way_in = case.procedure, case.step, case.way_in
    new.save(force_insert=True)
    key, on = keys.new_key(), today(by.organ, at)
    for held in CaseKey.objects.filter(case=case).select_related("organ"):
        sealed = vault.give_case_key(held.organ, key)
        CaseKey.objects.create(case=new, organ=held.organ, sealed_key=sealed, since_on=on)
    holding.follow(new, on=on, arrived_on=on)
    for link in CaseLink.objects.filter(case=case):
        CaseLink.objects.create(case=new, earlier=link.earlier, why=link.why, linked_on=on)
    return new


def _move_people(case: Case, to: Case, chosen: Collection[UUID], by: Desk) -> None:
    """Persons with their summonses and hearings, closed under the other case's key."""
    old_key, new_key = vault.case_key(case, by), vault.case_key(to, by)
    place = to.accused.aggregate(last=Max("position"))["last"] or 0
    for row in Accused.objects.filter(case=case, pk__in=chosen).order_by("position"):
        place += 1
        person = vault.open_person(old_key, row)
        row.case, row.position, row.sealed = to, place, vault.close_person(new_key, row, person)
        row.save()
        _move_summonses(row, to, old_key, new_key)
        _move_hearings(row, to)
        _move_door(row, to, old_key, new_key)
    for position, row in enumerate(Accused.objects.filter(case=case).order_by("position"), 1):
        if row.position != position:
            row.position = position
            row.save()


def _move_summonses(person: Accused, to: Case, old_key: bytes, new_key: bytes) -> None:
    for row in Summons.objects.filter(accused=person):
        row.case = to
        if row.sealed_proof is not None:
            row.sealed_proof = vault.close_proof(new_key, row, vault.open_proof(old_key, row))
        row.save()


def _move_door(person: Accused, to: Case, old_key: bytes, new_key: bytes) -> None:
    """His door with what he was shown and what he sent: his receipt goes on opening it."""
    for door in Door.objects.filter(accused=person):
        door_vault.move(door, old_key=old_key, new_key=new_key)
        door.case = to
        door.save()


def _move_hearings(person: Accused, to: Case) -> None:
    """Hearings with their minutes; the keys of documents do not hang on the case."""
    Hearing.objects.filter(accused=person).update(case=to)
    for row in Minutes.objects.filter(hearing__accused=person).select_related("document"):
        document = row.document
        written = Document.objects.filter(case=to, organ=document.organ, kind=document.kind)
        document.version = (written.aggregate(last=Max("version"))["last"] or 0) + 1
        document.case = row.case = to
        document.save()
        row.save()


def _keep_conflicts(case: Case, to: Case, by: Desk, at: datetime) -> None:
    """Whoever may not act in the one case may not act in the other."""
    on = today(by.organ, at)
    barred = set(
        Conflict.objects.filter(case=to, lifted_on=None).values_list("officer", "relation")
    )
    for row in Conflict.objects.filter(case=case, lifted_on=None):
        if (row.officer_id, row.relation) not in barred:
            line = Line(Act.RECUSED, on, step=to.step, outcome=row.relation, to=str(row.officer_id))
            row.pk, row.case = uuid4(), to
            row.journal = write_line(to, line, organ=by.organ, by=by, at=at)
            row.save(force_insert=True)


def _copy_term(case: Case, to: Case) -> None:
    """The running term with every day that was told: no term begins anew by a split."""
    term = OpenTerm.objects.running().filter(case=case, track=None).first()
    if term is not None:
        term.pk, term.case = uuid4(), to
        term.save(force_insert=True)


def _share_reports(case: Case, to: Case, part: Part, by: Desk, at: datetime) -> None:
    on = today(by.organ, at)
    for report in Report.objects.filter(pk__in=part.moved | part.shared):
        CaseReport.objects.create(case=to, report=report, joined_on=on, joined_by=by.officer)
    CaseReport.objects.filter(case=case, report__in=part.moved).delete()
    case.information.filter(report__in=part.moved).update(case=to)


def _copy_exhibit(exhibit: Exhibit, to: Case, by: Desk, at: datetime) -> None:
    """The same bytes as an exhibit of the other case, under a key of its own."""
    data, about = vault.open_file(exhibit, by), vault.open_about(exhibit, by)
    if data is None or about is None:
        raise Refusal(_("This exhibit was not given to your office."))
    copy = Exhibit(attachment=exhibit.attachment, report=exhibit.report, origin=exhibit.origin)
    given = {name: about[name] for name in about if name not in ("sha256", "size")}
    writing.keep_exhibit(to, copy, data, given, Seen(None, uuid4()), by, at)


def _settle(cases: Sequence[Case], by: Desk, at: datetime) -> None:
    """What follows for both: search words, lists, public rows, and what reporters are told."""
    for case in cases:
        CaseKey.objects.filter(case=case).update(indexed=False)
        case.refresh_from_db()
        searching.index(case, by)
        shelving.place(case)
        routing.show_conduct(case)
        moving.tell_reports(case, at=at, by=by.officer)
        recusing.found_anew(case, by=by, at=at)


# Merging


@transaction.atomic
def merge_cases(
    case: Case, into: Case, *, reason: str, seen: Seen, by: Desk, at: datetime
) -> CaseStep:
    """Let `case` go up in `into`: its persons, reports and exhibits; its documents stay readable
    where they are. The case whose term ends first takes the other one up."""
    first, second = sorted((case, into), key=lambda found: found.pk)
    rows = {row.pk: row for row in (locked(first), locked(second))}
    case, into = rows[case.pk], rows[into.pk]
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    for found in (case, into):
        check_may(found, by, *CASEWORK)
        _check_still(found, by)
    _check_merge(case, into, reason)
    on = today(by.organ, at)
    line = Line(Act.MERGED, on, step=into.step, outcome="in")
    came = write_line(into, line, organ=by.organ, by=by, at=at)
    writing.store(into, DocumentKind.NOTE, {"text": reason.strip()}, journal=came, by=by)
    _move_people(case, into, set(case.accused.values_list("pk", flat=True)), by)
    _move_reports(case, into)
    _keep_conflicts(case, into, by, at)
    for exhibit in Exhibit.objects.filter(case=case, keys__organ=by.organ).distinct():
        if not _has_same(exhibit, into, by):
            _copy_exhibit(exhibit, into, by, at)
    CaseTie.objects.get_or_create(
        first=case, second=into, why=Why.MERGED,
        defaults={"version": case.version, "tied_by": by.officer, "tied_on": on},
    )  # fmt: skip
    gone = _end_merged(case, seen, by, at)
    _settle((into,), by, at)
    return gone


def _check_merge(case: Case, into: Case, reason: str) -> None:
    if case.pk == into.pk:
        raise Refusal(_("A case does not go up in itself."))
    _check_undecided(case.accused.values_list("pk", flat=True))
    if case.procedure.code != into.procedure.code:
        raise Refusal(_("They follow different procedures: link them instead."))
    if _holders(case) != _holders(into):
        raise Refusal(
            _("Other offices read one of them and not the other: merging would show them more, or "
              "take away what they had. Link the two instead.")
        )  # fmt: skip
    due, other = _due(case), _due(into)
    if due is not None and (other is None or due < other):
        raise Refusal(
            _("The term of this case ends first. Merge the other one into it, so that no day that "
              "runs is lost.")
        )  # fmt: skip
    if not reason.strip():
        raise Refusal(_("Write the reason: both cases keep it."))


def _holders(case: Case) -> set[UUID]:
    return set(CaseKey.objects.filter(case=case).values_list("organ", flat=True))


def _due(case: Case) -> Any:
    running = OpenTerm.objects.running().filter(case=case, track=None)
    return running.values_list("safe_day", flat=True).first()


def _move_reports(case: Case, into: Case) -> None:
    here = set(into.reports.values_list("report", flat=True))
    CaseReport.objects.filter(case=case, report__in=here).delete()
    CaseReport.objects.filter(case=case).update(case=into)
    case.information.update(case=into)


def _has_same(exhibit: Exhibit, into: Case, by: Desk) -> bool:
    about = vault.open_about(exhibit, by) or {}
    digests = {found.sha256 for found in reading.exhibits_of(into, by)}
    return about.get("sha256") in digests


def _end_merged(case: Case, seen: Seen, by: Desk, at: datetime) -> CaseStep:
    on = today(by.organ, at)
    terms.close_case_term(case, on)
    case.ended_on, case.ended_as = on, course.MERGED
    line = Line(Act.MERGED, on, step=case.step, outcome="out")
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    holding.follow(case, on=on, arrived_on=None)
    moving.tell_reports(case, at=at, by=by.officer)
    routing.count_no_more(case)
    searching.index(case, by)
    return written


# Linking


@transaction.atomic
def link_cases(case: Case, other: Case, *, seen: Seen, by: Desk, at: datetime) -> CaseStep:
    """Let two cases that this officer may open point to each other; nothing else changes."""
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    if case.keeper_id != by.organ.pk:
        raise Refusal(_("Another organ holds this case now; yours can read what it was given."))
    if not may(by.officer, *CASE_READERS):
        raise Refusal(_("None of your roles may do this."))
    if not Case.objects.open_to(by.officer).filter(pk=other.pk).exists():
        raise Refusal(_("There is no such case in your office."))
    for one in (case, other):
        conflicts.check_officer(one, by.officer, by)
    if case.pk == other.pk:
        raise Refusal(_("A case is not linked to itself."))
    pairs = ({"first": case, "second": other}, {"first": other, "second": case})
    if any(CaseTie.objects.filter(why=Why.LINKED, **pair).exists() for pair in pairs):
        raise Refusal(_("These two cases are linked already."))
    on = today(by.organ, at)
    CaseTie.objects.create(
        first=case, second=other, why=Why.LINKED, version=case.version, tied_by=by.officer,
        tied_on=on,
    )  # fmt: skip
    line = Line(Act.LINKED, on, step=case.step)
    return write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
