"""Holding an ended case back, and erasing what has been kept long enough: two officers, one act.

Erasing takes every row that `fates` names, with its keys and sealed bytes, and the salts of the
entries that recorded it. The log keeps its commitments and still verifies; nobody can open them.
The surprising part: rows go by the table of fates alone, nothing is pulled along, and the database
refuses the whole act where a row was forgotten.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Field, ForeignKey, Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from timbang.cases import archive, vault
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
from timbang.cases.fates import FATES, Fate, How
from timbang.cases.models import Act, Case, CaseStep, Erasure, LegalHold
from timbang.cases.permission import may, report_for
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.law.workdays import day_in
from timbang.ledger.actions import record
from timbang.ledger.models import Entry
from timbang.reports import sealing, storage
from timbang.reports.models import FileToRemove, Report

DECIDES = "decision_maker"
IN_ONE_STATEMENT = 500
FILES_A_ROUND = 200


@transaction.atomic
def place_hold(case: Case, reason: str, *, seen: Seen, by: Desk, at: datetime) -> LegalHold:
    """Keep a case, whatever its period says, until this organ lifts it."""
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return LegalHold.objects.get(journal=earlier)
    check_version(case, seen)
    check_may(case, by, DECIDES, even_ended=True, beside=True)
    if not reason.strip():
        raise Refusal(_("Write down why it must be kept."))
    if LegalHold.objects.filter(case=case, organ=by.organ, lifted_on=None).exists():
        raise Refusal(_("Your office holds this case back already."))
    line = _line(case, Act.HELD, seen, by, at)
    row = LegalHold(
        case=case, organ=by.organ, placed_by=by.officer, placed_on=line.done_on, journal=line
    )
    row.sealed_reason = sealing.close_json(
        vault.case_key(case, by), reason.strip(), vault.context("hold", row.id)
    )
    row.save(force_insert=True)
    _stop_standing(case, by, at)
    return row


def _stop_standing(case: Case, by: Desk, at: datetime) -> None:
    """A proposal that waits falls with the hold: it is made anew when the hold is lifted."""
    waiting = Erasure.objects.select_for_update(of=("self",)).filter(case=case, answer="").first()
    if waiting is not None:
        _answer(waiting, Erasure.Answer.REFUSED, by=by, at=at)


@transaction.atomic
def lift_hold(hold: LegalHold, reason: str, *, seen: Seen, by: Desk, at: datetime) -> LegalHold:
    """Let the period of a case count again."""
    case = locked(hold.case)
    row = LegalHold.objects.get(pk=hold.pk)
    if done_before(case, seen) is not None:
        return row
    check_version(case, seen)
    check_may(case, by, DECIDES, even_ended=True, beside=True)
    if row.organ_id != by.organ.pk:
        raise Refusal(_("Only the office that holds it back lets it go."))
    if row.lifted_on is not None:
        raise Refusal(_("This was lifted already."))
    if not reason.strip():
        raise Refusal(_("Write down why it need not be kept any more."))
    line = _line(case, Act.HOLD_LIFTED, seen, by, at)
    row.lifted_on, row.lifted_by, row.lift_journal = line.done_on, by.officer, line
    row.sealed_lift = sealing.close_json(
        vault.case_key(case, by), reason.strip(), vault.context("hold-lifted", row.id)
    )
    row.save()
    return row


@transaction.atomic
def propose_erasure(case: Case, *, seen: Seen, by: Desk, at: datetime) -> Erasure:
    """The first of two officers: this case has been kept long enough."""
    case = locked(case)
    if done_before(case, seen) is not None:
        return Erasure.objects.filter(case=case, answer="").get()
    check_version(case, seen)
    check_may(case, by, DECIDES, even_ended=True)
    on = today(by.organ, at)
    _check_free(case, on)
    if Erasure.objects.filter(case=case, answer="").exists():
        raise Refusal(_("It was proposed already and waits for another officer."))
    _line(case, Act.ERASURE_PROPOSED, seen, by, at)
    rule = archive.rule_of(case)
    assert case.ended_on is not None
    return Erasure.objects.create(
        case=case,
        organ=by.organ,
        rule=rule.code,
        ended_on=case.ended_on,
        due_on=rule.due_on(case.ended_on),
        proposed_by=by.officer,
        proposed_on=on,
    )


@transaction.atomic
def propose_report_erasure(report: Report, *, by: Desk, at: datetime) -> Erasure:
    """The first of two officers: this report, which came to no case, has been kept long enough."""
    _check_decider(by)
    row = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    standing = Erasure.objects.filter(report_id=row.pk, answer="").first()
    if standing is not None:
        return standing
    on, rule = today(by.organ, at), archive.table().rules["report"]
    over_on = _check_report_free(row, by, on)
    record(act="report.erasure_proposed", body=_report_body(row, by), lane="daily", on=on)
    return Erasure.objects.create(
        report_id=row.pk,
        organ=by.organ,
        rule=rule.code,
        ended_on=over_on,
        due_on=rule.due_on(over_on),
        proposed_by=by.officer,
        proposed_on=on,
    )


@transaction.atomic
def stop_erasure(erasure: Erasure, *, by: Desk, at: datetime) -> Erasure:
    """Take back what one proposed, or refuse what another one proposed. It may be proposed anew."""
    _check_decider(by)
    row = _locked(erasure, by)
    if row.answer in (Erasure.Answer.REFUSED, Erasure.Answer.TAKEN_BACK):
        return row
    _check_waits(row)
    mine = row.proposed_by_id == by.officer.pk
    if row.case is not None:
        case = locked(row.case)
        check_may(case, by, DECIDES, even_ended=True)
        _line(case, Act.ERASURE_STOPPED, Seen.now(case), by, at)
    else:
        body = {"report": str(row.report_id), "by": str(by.officer.pk)}
        record(act="report.erasure_stopped", body=body, lane="daily", on=today(by.organ, at))
    _answer(row, Erasure.Answer.TAKEN_BACK if mine else Erasure.Answer.REFUSED, by=by, at=at)
    return row


def carry_out_erasure(erasure: Erasure, *, by: Desk, at: datetime) -> Erasure:
    """The second of two officers: erase it now, for good.

    The entries that name it are looked for first, while nobody waits for a lock; then everything
    goes in one transaction, and the files after it.
    """
    named = _entries_naming(erasure)
    row = _carry_out(erasure, named, by=by, at=at)
    if not connection.in_atomic_block:
        remove_files(at=at)
        _forget_pages()
    return row


@transaction.atomic
def _carry_out(erasure: Erasure, named: Collection[UUID], *, by: Desk, at: datetime) -> Erasure:
    _check_decider(by)
    row = _locked(erasure, by)
    if row.answer == Erasure.Answer.ERASED and row.answered_by_id == by.officer.pk:
        return row
    _check_waits(row)
    if row.proposed_by_id == by.officer.pk:
        raise Refusal(_("You proposed it. Another officer who decides carries it out."))
    on = today(by.organ, at)
    gone = _erase_case(row, by, on) if row.case else _erase_report(row, by, on)
    gone.entries |= set(named)
    row.rows, row.files, row.openings = gone.rows, len(gone.files), _close_openings(gone)
    FileToRemove.objects.bulk_create(
        [FileToRemove(stored_as=name, since_on=on) for name in sorted(gone.files)]
    )
    row.entry = _record_erased(row, by, on)
    _answer(row, Erasure.Answer.ERASED, by=by, at=at)
    return row


def _erase_case(row: Erasure, by: Desk, on: date) -> Gone:
    assert row.case is not None
    case = locked(row.case)
    check_may(case, by, DECIDES, even_ended=True)
    _check_free(case, on)
    reports = [report.pk for report in archive.reports_going(case)]
    return shred(case=case.pk, reports=reports)


def _erase_report(row: Erasure, by: Desk, on: date) -> Gone:
    assert row.report_id is not None
    report = Report.objects.select_for_update(of=("self",)).get(pk=row.report_id)
    _check_report_free(report, by, on)
    return shred(case=None, reports=[report.pk])


@dataclass
class Gone:
    """What went: so many rows; entries to close for good; files to remove."""

    rows: int = 0
    entries: set[UUID] = field(default_factory=set)
    files: set[str] = field(default_factory=set)


def shred(*, case: UUID | None, reports: Collection[UUID]) -> Gone:
    """Let every row go that belongs to this case and these reports, as `fates` says."""
    gone = Gone()
    for label, fate in FATES.items():
        if fate.how in (How.STAYS, How.APART):
            continue
        rows = _rows(apps.get_model(label), fate, case, reports)
        if rows is None:
            continue
        if fate.how != How.LET_GO:
            _collect(rows, gone)
        _let_go(rows, fate, gone)
    return gone


def _rows(
    model: type[Model], fate: Fate, case: UUID | None, reports: Collection[UUID]
) -> QuerySet[Any] | None:
    wanted = Q()
    if case is not None:
        for path in fate.case:
            wanted |= Q(**{path: case})
    if reports:
        for path in fate.report:
            wanted |= Q(**{f"{path}__in": reports})
    return model._default_manager.filter(wanted).order_by() if wanted else None


def _collect(rows: QuerySet[Any], gone: Gone) -> None:
    """The entries and files of these rows, before they go."""
    for column in rows.model._meta.concrete_fields:
        if isinstance(column, ForeignKey) and column.related_model is Entry:
            gone.entries.update(
                rows.exclude(**{column.name: None}).values_list(column.name, flat=True)
            )
        elif column.name == "stored_as":
            gone.files.update(rows.values_list("stored_as", flat=True))


def _let_go(rows: QuerySet[Any], fate: Fate, gone: Gone) -> None:
    if fate.how == How.GOES:
        gone.rows += rows._raw_delete(rows.db)
    elif fate.how == How.EMPTIED:
        rows.update(**dict.fromkeys(fate.columns, b""))
    else:
        rows.update(**dict.fromkeys(fate.columns))


def _close_openings(gone: Gone) -> int:
    """Erase salts and bodies of these entries, but not of those that a remaining row rests on."""
    open_ = gone.entries - _still_needed(gone.entries)
    listed, closed = sorted(open_), 0
    for first in range(0, len(listed), IN_ONE_STATEMENT):
        some = Entry.objects.filter(pk__in=listed[first : first + IN_ONE_STATEMENT])
        closed += some.exclude(salt=b"").update(salt=b"", body={})
    return closed


def _still_needed(entries: Collection[UUID]) -> set[UUID]:
    """Entries that several matters share, or that belong to a row which stays."""
    listed = list(entries)
    needed: set[UUID] = set()
    for label, fate in FATES.items():
        if fate.how == How.EMPTIED:
            continue
        for column in _to_entries(apps.get_model(label)):
            for first in range(0, len(listed), IN_ONE_STATEMENT):
                some = {f"{column.name}__in": listed[first : first + IN_ONE_STATEMENT]}
                rows = apps.get_model(label)._default_manager.filter(**some)
                needed.update(rows.order_by().values_list(column.name, flat=True))
    return needed


def _to_entries(model: type[Model]) -> list[Field[Any, Any]]:
    columns = model._meta.concrete_fields
    return [c for c in columns if isinstance(c, ForeignKey) and c.related_model is Entry]


def _entries_naming(erasure: Erasure) -> set[UUID]:
    """Entries whose body names the case or its reports and that no row points to.

    A look through all entries since the case was opened: slow in a large log, and rarely needed.
    """
    if erasure.answer:
        return set()
    if erasure.case is not None:
        reports = [str(report.pk) for report in archive.reports_going(erasure.case)]
        named = Q(body__case=str(erasure.case.pk))
        if reports:
            named |= Q(body__report__in=reports)
    else:
        named = Q(body__report=str(erasure.report_id))
    return set(Entry.objects.filter(named).values_list("pk", flat=True))


def remove_files(*, at: datetime) -> int:
    """Remove sealed files whose report or door is erased: the file first, its row last (worker)."""
    on, names = day_in("Asia/Jakarta", at), FileToRemove.objects.order_by("pk")
    removed = 0
    for name in list(names.values_list("pk", flat=True)[:FILES_A_ROUND]):
        storage.remove(name + storage.COPY, on=on)
        storage.remove(name, on=on)
        FileToRemove.objects.filter(pk=name).delete()
        removed += 1
    return removed


def _forget_pages() -> None:
    """SQLite overwrites deleted rows (secure_delete) and keeps their old pages in its journal until
    it is cut off; PostgreSQL frees them when it vacuums."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _line(case: Case, act: Act, seen: Seen, by: Desk, at: datetime) -> CaseStep:
    line = Line(act, today(by.organ, at), step=case.step)
    return write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)


def _answer(row: Erasure, answer: str, *, by: Desk, at: datetime) -> None:
    row.answer, row.answered_by, row.answered_on = answer, by.officer, today(by.organ, at)
    row.save()


def _record_erased(row: Erasure, by: Desk, on: date) -> Entry:
    """The entry that stays open: it names no case, it outlives it."""
    body: dict[str, str | int | bool | None] = {
        "erasure": str(row.pk),
        "rule": row.rule,
        "due_on": row.due_on.isoformat(),
        "proposed_by": str(row.proposed_by_id),
        "by": str(by.officer.pk),
        "rows": row.rows,
        "openings": row.openings,
    }
    if row.case_id:
        return record(act="case.erased", body=body, lane="now", on=on)
    return record(act="report.erased", body=body, lane="daily", on=on)


def _locked(erasure: Erasure, by: Desk) -> Erasure:
    rows = Erasure.objects.select_for_update(of=("self",)).select_related("case")
    return rows.get(pk=erasure.pk, organ=by.organ)


def _check_decider(by: Desk) -> None:
    if not may(by.officer, DECIDES):
        raise Refusal(_("None of your roles may do this."))


def _check_waits(row: Erasure) -> None:
    if row.answer:
        raise Refusal(_("This was answered already."))


def _check_free(case: Case, on: date) -> None:
    found = archive.obstacles(case, on=on)
    if found:
        raise Refusal(" ".join(found))


def _check_report_free(report: Report, by: Desk, on: date) -> date:
    """The day on which the report was done with; refuses while it must be kept."""
    report_for(by.officer, report.pk)
    over_on = archive.report_over_on(report)
    if over_on is None:
        raise Refusal(_("This report is not done with, or belongs to a case."))
    rule = archive.table().rules["report"]
    if on < rule.due_on(over_on):
        raise Refusal(_("It is kept until %(day)s.") % {"day": rule.due_on(over_on).isoformat()})
    return over_on


def _report_body(report: Report, by: Desk) -> dict[str, str | int | bool | None]:
    return {"report": str(report.pk), "by": str(by.officer.pk)}
