"""What is done with a report that has no case yet: ask, reject, join it to a case, make one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from timbang.accounts import keys
from timbang.accounts.models import Organ
from timbang.cases import course, searching, vault
from timbang.cases.actions import holding, moving, recusing, routing, terms, writing
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
    CaseReport,
    CaseStep,
    DocumentKind,
    PriorInformation,
    WayIn,
)
from timbang.cases.permission import READERS, TRIAGE, may
from timbang.cases.vault import Desk, Person
from timbang.law import procedure as law
from timbang.law.refusal import Refusal
from timbang.law.vocabulary import REPORT_KINDS
from timbang.reports import actions as reports
from timbang.reports.models import Report, Status, Way

MOST_ACCUSED = 50
FIRST_KIND = "neutrality"


@transaction.atomic
def ask_reporter(report: Report, text: str, *, by: Desk, at: datetime) -> None:
    """Ask the reporter back; his receipt leads him to the question."""
    report = locked_report(report, by, *READERS)
    if not text.strip():
        raise Refusal(_("Write the question: an empty one cannot be answered."))
    opened = reports.open_report(report, by.private)
    if opened.messages and (opened.messages[-1].kind, opened.messages[-1].text) == (
        "question",
        text,
    ):
        return  # the same form, sent twice
    reports.ask(report, text, report_key=opened.report_key, by=by.officer, at=at)


@transaction.atomic
def reject_report(report: Report, *, reason: str, by: Desk, at: datetime) -> None:
    """Take up no case, for a reason that the reporter reads. His report stays sealed as it was."""
    report = locked_report(report, by, *TRIAGE)
    if report.status == Status.REJECTED:
        return  # the same form, sent twice
    _check_without_case(report)
    if not reason.strip():
        raise Refusal(_("Write the reason: the reporter has a right to it."))
    on = today(by.organ, at)
    terms.close_report_term(report, on)
    routing.show_report(report, routing.STATES[Status.REJECTED], ended_on=on)
    opened = reports.open_report(report, by.private)
    reports.tell(
        report,
        status=Status.REJECTED,
        next_due_on=None,
        by=by.officer,
        at=at,
        note=reason,
        report_key=opened.report_key,
    )


@transaction.atomic
def open_case(
    chosen: Sequence[Report],
    *,
    people: Sequence[Person],
    facts: Mapping[str, object],
    by: Desk,
    at: datetime,
    kind: str = FIRST_KIND,
    procedure_id: str | None = None,
    start: str = "",
    reason: str = "",
    case_id: UUID | None = None,
) -> Case:
    """Make a case from one or more reports. `case_id` comes from the form: sent twice, one case.

    The procedure is the one that the law has for this kind, these persons and this contest; whoever
    chooses another one writes down why. `start` is one of its first steps, else the first of them.
    """
    earlier = Case.objects.filter(pk=case_id, organ=by.organ).first() if case_id else None
    if earlier is not None:
        return earlier
    rows = [locked_report(report, by, *TRIAGE) for report in chosen]
    if not rows:
        raise Refusal(_("A case rests on at least one report."))
    for report in rows:
        _check_open(report)
    check_people(people)
    on = today(by.organ, at)
    statuses = [person.status for person in people]
    contest = course.contest_of(facts)
    fits = course.proposed(kind, statuses, contest, by.organ.kind, on)
    procedure = chosen_procedure(procedure_id, fits, reason, by.organ, on)
    province = rows[0].province_code
    case = new_case(procedure, start, kind, by, at, case_id or uuid4(), province)
    case.way_in = _way_in(rows)
    begin(case, people, facts, reason, by=by, at=at)
    _begin_term(case, rows)
    for report in rows:
        link_report(case, report, by, at)
    searching.index(case, by)
    recusing.found_anew(case, by=by, at=at)
    return case


def begin(
    case: Case,
    people: Sequence[Person],
    facts: Mapping[str, object],
    reason: str,
    *,
    by: Desk,
    at: datetime,
) -> CaseStep:
    """Write a new case with its key, its persons, its first facts and its public row."""
    key = _give_first_key(case, by, at)
    _write_people(case, people, key)
    holding.follow(case, on=case.opened_on, arrived_on=case.opened_on)
    line = Line(Act.OPENED, case.opened_on, to=case.step)
    written = write_line(case, line, organ=by.organ, by=by, at=at)
    writing.first_facts(case, facts, journal=written, by=by)
    if reason.strip():
        writing.store(case, DocumentKind.NOTE, {"text": reason.strip()}, journal=written, by=by)
    routing.open_case_row(case)
    return written


@transaction.atomic
def join_report(
    case: Case,
    report: Report,
    *,
    people: Sequence[Person] = (),
    seen: Seen,
    by: Desk,
    at: datetime,
) -> CaseStep:
    """Join a report to a case that runs; `people` are reported persons that it adds."""
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    check_may(case, by, *TRIAGE)
    report = locked_report(report, by, *TRIAGE)
    _check_open(report)
    if CaseReport.objects.filter(case=case, report=report).exists():
        raise Refusal(_("This report already belongs to this case."))
    if people:
        check_people(people)
        _write_people(case, people, vault.case_key(case, by))
    line = Line(Act.JOINED, today(by.organ, at), step=case.step)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    link_report(case, report, by, at)
    searching.index(case, by)
    recusing.found_anew(case, by=by, at=at)
    return written


def check_people(people: Sequence[Person]) -> None:
    """Refuse a reported person without a name or a description, and too many of them."""
    if not people or any(not (person.name.strip() or person.post.strip()) for person in people):
        raise Refusal(_("Each reported person needs a name, or at least a post."))
    if len(people) > MOST_ACCUSED:
        raise Refusal(_("A case holds at most 50 reported persons; open another one."))


def locked_report(report: Report, by: Desk, *roles: str) -> Report:
    """A report of the officer's own organ, locked; refused to whoever has none of these roles."""
    if report.organ_id != by.organ.pk:
        raise Refusal(_("This report came to another organ."))
    if not may(by.officer, *roles):
        raise Refusal(_("None of your roles may do this."))
    rows = Report.objects.select_for_update(of=("self",)).select_related("organ")
    return rows.get(pk=report.pk)


def _check_open(report: Report) -> None:
    if report.status == Status.REJECTED:
        raise Refusal(_("This report was rejected; its reporter has been told so."))


def _check_without_case(report: Report) -> None:
    if CaseReport.objects.filter(report=report).exists():
        raise Refusal(_("This report belongs to a case: its procedure decides about it."))
    if report.status == Status.WITHDRAWN:
        raise Refusal(_("This report was withdrawn by its reporter."))


def new_case(
    procedure: law.Procedure,
    start: str,
    kind: str,
    by: Desk,
    at: datetime,
    case_id: UUID,
    province_code: str,
) -> Case:
    """A case of the officer's organ with the next number; not saved yet."""
    if kind not in REPORT_KINDS:
        raise Refusal(_("There is no such kind of case."))
    starts = course.starts_of(procedure, by.organ.kind)
    if start and start not in procedure.starts:
        raise Refusal(_("This procedure does not begin there."), procedure.citation)
    on = today(by.organ, at)
    organ = Organ.objects.select_for_update().get(pk=by.organ.pk)
    serial = _next_serial(organ, on.year)
    return Case(
        id=case_id,
        organ=organ,
        year=on.year,
        serial=serial,
        number=f"{serial:04d}/{organ.code.upper()}/{on.year}",
        kind=kind,
        holder=organ,
        keeper=organ,
        procedure=course.version_of(procedure, on),
        step=start or starts[0],
        opened_on=on,
        province_code=province_code,
        version=0,
    )


def _next_serial(organ: Organ, year: int) -> int:
    used = Case.objects.filter(organ=organ, year=year).aggregate(last=Max("serial"))
    return (used["last"] or 0) + 1


def chosen_procedure(
    procedure_id: str | None, fits: Sequence[law.Procedure], reason: str, organ: Organ, on: date
) -> law.Procedure:
    """The procedure that an officer chose, or else the first that the law has."""
    known = course.starting_with(organ.kind, on)
    if procedure_id is None:
        return (fits or known)[0]
    found = next((each for each in known if each.id == procedure_id), None)
    if found is None:
        raise Refusal(_("There is no such procedure."))
    if fits and found.id != fits[0].id and not reason.strip():
        raise Refusal(
            _("Write why: for this kind of case, these persons and this election the law has %s.")
            % fits[0].title,
            fits[0].citation,
        )
    return found


def _give_first_key(case: Case, by: Desk, at: datetime) -> bytes:
    key = keys.new_key()
    case.save(force_insert=True)
    CaseKey.objects.create(
        case=case,
        organ=by.organ,
        sealed_key=vault.give_case_key(by.organ, key),
        since_on=today(by.organ, at),
    )
    return key


def _write_people(case: Case, people: Sequence[Person], key: bytes) -> None:
    first = case.accused.count() + 1
    for position, person in enumerate(people, start=first):
        row = Accused(case=case, position=position)
        row.sealed = vault.close_person(key, row, person)
        row.save(force_insert=True)


def _begin_term(case: Case, rows: Sequence[Report]) -> None:
    """The first step's term runs since the first report came, not since somebody opened a case."""
    step = course.procedure_of(case).step(case.step)
    came = min(report.received_on for report in rows)
    ours = step.actor == case.holder.kind
    started = came if ours else case.opened_on
    term = terms.open_case_term(case, step, entered_on=case.opened_on, started_on=started)
    waited = [terms.close_report_term(report, case.opened_on) for report in rows]
    if term is not None and any(old and old.lapsed_on and old.step == term.step for old in waited):
        # It lapsed while the report lay there: that was counted, and does not lapse twice.
        term.lapsed_on = case.opened_on
        term.save()


def _way_in(rows: Sequence[Report]) -> WayIn:
    """A named report makes it a report; what came without a name is information to begin with."""
    named = any(report.way == Way.REPORT for report in rows)
    return WayIn.REPORT if named else WayIn.PRIOR_INFORMATION


def link_report(case: Case, report: Report, by: Desk, at: datetime) -> None:
    """Let a case rest on a report, and tell its reporter so."""
    on = today(by.organ, at)
    terms.close_report_term(report, on)
    kept = PriorInformation.objects.filter(report=report, case=None, set_aside_on=None)
    kept.update(case=case)
    CaseReport.objects.create(case=case, report=report, joined_on=on, joined_by=by.officer)
    if report.status != Status.WITHDRAWN:
        moving.tell_report(report, at=at, by=by.officer)
    routing.show_conduct(case)
