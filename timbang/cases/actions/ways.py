"""The ways in beside a report: what an officer heard or found, and what a report becomes that the
law does not take as one.

Nobody is reproached for being late or for staying nameless: what was told is kept, looked into, and
may become a finding of the supervisor's own. Requirements are checked under an officer's name; what
is missing is asked for in words that say what, and where the law asks for it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.cases import course, keeping, searching, ways
from timbang.cases.actions import (
    information,
    leads,
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
from timbang.cases.actions.looking_up import check_lead
from timbang.cases.course import today
from timbang.cases.keeping import Told
from timbang.cases.models import (
    OF_AN_OFFICER,
    Act,
    Case,
    CaseReport,
    CaseStep,
    DocumentKind,
    PriorInformation,
    ReportLink,
    RequirementCheck,
    Source,
    SupervisoryFinding,
    WayIn,
)
from timbang.cases.permission import READERS, TRIAGE, may
from timbang.cases.vault import Desk, Person
from timbang.law import requirements
from timbang.law.refusal import Refusal
from timbang.ledger.actions import record
from timbang.reports import actions as reports
from timbang.reports.models import Report, Status, Way

FINDING_STEP = "finding"


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as its supervisor wrote it down; `report_number` is that of his own report of
    supervision, `lead` the number of a lead of public facts on which it rests, `lead_seen` the
    version of that lead that he saw (None: as it is)."""

    found_on: date
    text: str
    place: str = ""
    evidence: str = ""
    report_number: str = ""
    lead: str = ""
    lead_seen: int | None = None

    def note(self) -> dict[str, str]:
        """The note that the case begins with."""
        parts = (self.text, self.place, self.evidence, self.report_number)
        lines = [part.strip() for part in parts if part.strip()]
        return {"text": "\n\n".join(lines)}


# A finding of the supervisor's own


@transaction.atomic
def fix_finding(
    found: Found,
    *,
    people: Sequence[Person],
    facts: Mapping[str, object],
    by: Desk,
    at: datetime,
    kind: str = triage.FIRST_KIND,
    procedure_id: str | None = None,
    reason: str = "",
    prior: PriorInformation | None = None,
    province: str = "",
    case_id: UUID | None = None,
) -> Case:
    """Open a case on what a supervisor found himself, or on prior information that he looked into.

    It begins where its procedure begins with a finding, and the term runs since it was found. A
    lead that it rests on comes along: its innocent explanations were looked at, or it is refused.
    """
    made = Case.objects.filter(pk=case_id, organ=by.organ).first() if case_id else None
    if made is not None:
        return made
    on = today(by.organ, at)
    _check_finding(found, by, on)
    lead = leads.lead_for_finding(found.lead, by, at)
    if lead is not None and found.found_on < lead.first_run.brought_on:
        raise Refusal(_("Nothing is found through a lead before the lead itself was found."))
    triage.check_people(people)
    prior = _locked_information(prior, by) if prior else None
    contest = course.contest_of(facts)
    fits = course.proposed(kind, [who.status for who in people], contest, by.organ.kind, on)
    procedure = triage.chosen_procedure(procedure_id, fits, reason, by.organ, on)
    start = FINDING_STEP if FINDING_STEP in procedure.starts else ""
    where = province or (prior.report.province_code if prior and prior.report else "")
    case = triage.new_case(
        procedure, start, kind, by, at, case_id or uuid4(), where or by.organ.region_code[:2]
    )
    case.way_in = WayIn.FINDING
    written = triage.begin(case, people, facts, "", by=by, at=at)
    note = found.note() | {
        "text": "\n\n".join(filter(None, (reason.strip(), found.note()["text"])))
    }
    writing.store(case, DocumentKind.NOTE, note, journal=written, by=by)
    _begin(case, found, prior, by, at)
    if lead is not None:
        seen = lead.version if found.lead_seen is None else found.lead_seen
        leads.bring_along(case, lead, seen=seen, once=case.pk, by=by, at=at)
    return case


def _check_finding(found: Found, by: Desk, on: date) -> None:
    if not may(by.officer, *READERS):
        raise Refusal(_("None of your roles may do this."))
    if not found.text.strip():
        raise Refusal(_("Write what was found: the case begins with that."))
    if found.found_on > on:
        raise Refusal(_("Nothing is found on a day that has not come."))
    if found.lead.strip():
        check_lead(found.lead.strip(), by)


def _begin(
    case: Case, found: Found, prior: PriorInformation | None, by: Desk, at: datetime
) -> None:
    SupervisoryFinding.objects.create(
        case=case,
        found_on=found.found_on,
        lead=found.lead.strip(),
        information=prior,
        recorded_by=by.officer,
    )
    if prior is not None:
        prior.case = case
        prior.save()
        if prior.report is not None:
            triage.link_report(case, prior.report, by, at)
    step = course.procedure_of(case).step(case.step)
    ours = step.actor == case.holder.kind
    started = found.found_on if ours else case.opened_on
    terms.open_case_term(case, step, entered_on=case.opened_on, started_on=started)
    shelving.place(case)
    searching.index(case, by)
    recusing.found_anew(case, by=by, at=at)


# Prior information


@transaction.atomic
def record_information(
    told: Told,
    *,
    source: str,
    came_on: date,
    lead: str = "",
    by: Desk,
    at: datetime,
    row_id: UUID | None = None,
) -> PriorInformation:
    """Write down what an officer heard or read, sealed to his organ, to be looked into."""
    earlier = PriorInformation.objects.filter(pk=row_id, organ=by.organ).first() if row_id else None
    if earlier is not None:
        return earlier
    on = today(by.organ, at)
    if not may(by.officer, *READERS):
        raise Refusal(_("None of your roles may do this."))
    if source not in OF_AN_OFFICER:
        raise Refusal(_("Choose where it came from."))
    if not told.text.strip():
        raise Refusal(_("Write what was heard or read."))
    if came_on > on:
        raise Refusal(_("It cannot have come on a day that has not come."))
    if lead.strip():
        check_lead(lead.strip(), by)
    row = PriorInformation(
        id=row_id or uuid4(),
        organ=by.organ,
        source=source,
        lead=lead.strip(),
        came_on=came_on,
        remind_on=keeping.remind_on(on),
        recorded_by=by.officer,
    )
    keeping.seal(row, told, by.organ)
    row.save(force_insert=True)
    _record("information.kept", row, by, on)
    return row


@transaction.atomic
def keep_as_information(
    report: Report, *, why: str, reason: str, by: Desk, at: datetime
) -> PriorInformation:
    """Keep a report without a case as prior information, and tell its reporter so, without blame.

    `why` is `late`, `incomplete`, `withdrawn` or `nameless`; what the file shows to be untrue is
    refused. A reporter who withdrew is told nothing more.
    """
    report = triage.locked_report(report, by, *TRIAGE)
    kept = PriorInformation.objects.filter(report=report).first()
    if kept is not None:
        return kept  # the same form, sent twice
    if CaseReport.objects.filter(report=report).exists():
        raise Refusal(_("This report belongs to a case: its procedure decides about it."))
    if report.status == Status.REJECTED:
        raise Refusal(_("This report was rejected; its reporter has been told so."))
    opened = reports.open_report(report, by.private)
    _check_why(report, opened, why, reason)
    on = today(by.organ, at)
    terms.close_report_term(report, on)
    row = information.keep_report(report, Source(why), on=on, by=by.officer)
    _record("information.kept", row, by, on)
    if report.status != Status.WITHDRAWN:
        routing.show_report(report, routing.STATES[Status.INFORMATION], ended_on=on)
        reports.tell(
            report,
            status=Status.INFORMATION,
            next_due_on=None,
            by=by.officer,
            at=at,
            note=reason,
            report_key=opened.report_key,
        )
    return row


def _check_why(report: Report, opened: reports.OpenedReport, why: str, reason: str) -> None:
    shown = {
        Source.LATE: ways.is_late(opened) is not False,
        Source.INCOMPLETE: bool((ways.newest_check(report) or RequirementCheck()).missing),
        Source.WITHDRAWN: report.withdrawn_on is not None,
        Source.NAMELESS: report.way == Way.PRIOR_INFORMATION,
    }
    if not shown.get(Source(why) if why in Source.values else Source.PRESS, False):
        raise Refusal(_NOT_SO.get(why, _("Choose why it is kept as prior information.")))
    if report.status != Status.WITHDRAWN and not reason.strip():
        raise Refusal(_("Write the reason: the reporter has a right to it."))


_NOT_SO = {
    "late": _(
        "It came in time on at least one reading of the term, or the days it names say so: nobody "
        "is late who may still be in time."
    ),
    "incomplete": _("Check its requirements first: nothing was found missing yet."),
    "withdrawn": _("Its reporter has not withdrawn it."),
    "nameless": _("This report has a name, sealed apart: it is a report."),
}


@transaction.atomic
def set_aside(row: PriorInformation, *, reason: str, by: Desk, at: datetime) -> PriorInformation:
    """End looking into it, with the reason; what was told stays where it is."""
    row = PriorInformation.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.set_aside_on is not None:
        return row  # the same form, sent twice
    row = _locked_information(row, by)
    if not reason.strip():
        raise Refusal(_("Write the reason: whoever reads it later must understand it."))
    row.set_aside_on = today(by.organ, at)
    keeping.seal_end(row, reason.strip(), by.organ, by.private)
    row.save()
    _record("information.set_aside", row, by, row.set_aside_on)
    return row


@transaction.atomic
def join_information(
    case: Case, row: PriorInformation, *, seen: Seen, by: Desk, at: datetime
) -> CaseStep:
    """Let prior information go up in a case that runs; a report behind it joins that case."""
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    check_may(case, by, *TRIAGE)
    row = _locked_information(row, by)
    row.case = case
    row.save()
    line = Line(Act.JOINED, today(by.organ, at), step=case.step, outcome="information")
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    if row.report is not None:
        triage.link_report(case, row.report, by, at)
    return written


def _locked_information(row: PriorInformation, by: Desk) -> PriorInformation:
    if not may(by.officer, *READERS):
        raise Refusal(_("None of your roles may do this."))
    rows = PriorInformation.objects.select_for_update(of=("self",)).select_related("report")
    found = rows.filter(pk=row.pk, organ=by.organ).first()
    if found is None:
        raise Refusal(_("This information came to another organ."))
    if found.case_id is not None:
        raise Refusal(_("A case rests on this information already."))
    if found.set_aside_on is not None:
        raise Refusal(_("This information was set aside. Record it anew if something is new."))
    return found


def _record(act: str, row: PriorInformation, by: Desk, on: date) -> None:
    # When a report lies behind it, its number must not tell how many came: the daily batch.
    lane: Literal["now", "daily"] = "daily" if row.report_id else "now"
    body = {"information": str(row.id), "organ": str(row.organ_id), "by": str(by.officer.id)}
    record(act=act, body=body, lane=lane, on=on)


# Requirements


@transaction.atomic
def check_requirements(
    report: Report,
    *,
    contest: str,
    met: Collection[str],
    missing: Collection[str],
    once: UUID,
    by: Desk,
    at: datetime,
) -> RequirementCheck:
    """Write down what an officer found of the requirements of a report; nothing follows by itself.

    Whatever is in neither list is left open. What he found missing keeps a case from being
    registered until another check finds it.
    """
    done = RequirementCheck.objects.filter(once=once).first()
    if done is not None:
        return done
    report = triage.locked_report(report, by, *READERS)
    asked = {found.code for found in requirements.required(requirements.ELECTION_KIND, contest)}
    if not asked:
        raise Refusal(_("Choose for which election: the requirements differ."))
    if not (set(met) | set(missing)) <= asked or set(met) & set(missing):
        raise Refusal(_("A requirement is met, missing, or left open."))
    on = today(by.organ, at)
    order = [code for code in requirements.REQUIREMENTS if code in asked]
    row = RequirementCheck.objects.create(
        report=report,
        contest=contest,
        met=[code for code in order if code in met],
        missing=[code for code in order if code in missing],
        checked_by=by.officer,
        checked_on=on,
        once=once,
    )
    body = {"report": str(report.id), "by": str(by.officer.id), "organ": str(by.organ.id)}
    record(act="report.requirements_checked", body=body, lane="daily", on=on)
    return row


def request_for(check: RequirementCheck, language: str) -> str:
    """The question that asks a reporter for what is missing, with where the law asks for it."""
    missing = [found for found in ways.missing_in(check) if found.code != "in_time"]
    lines = [f"- {found.ask[language]} ({found.citation(check.contest)})" for found in missing]
    begin = {
        "id": "Terima kasih atas laporan Anda. Agar laporan dapat diregistrasi, mohon lengkapi:",
        "en": "Thank you for your report. So that it can be registered, please add:",
    }
    return "\n".join([begin[language], *lines]) if lines else ""


# Reports that belong together


@transaction.atomic
def link_reports(one: Report, other: Report, *, by: Desk, at: datetime) -> ReportLink:
    """Say that two reports of this organ are about the same event; neither changes by it."""
    first, second = sorted((one, other), key=lambda row: row.pk)
    if first.pk == second.pk:
        raise Refusal(_("A report is not linked to itself."))
    rows = [triage.locked_report(row, by, *READERS) for row in (first, second)]
    on = today(by.organ, at)
    link, new = ReportLink.objects.get_or_create(
        first=rows[0], second=rows[1], defaults={"linked_by": by.officer, "linked_on": on}
    )
    if new:
        _record_link("report.linked", first, second, by, on)
    return link


@transaction.atomic
def unlink_reports(one: Report, other: Report, *, by: Desk, at: datetime) -> bool:
    """Take a link back; whether there was one."""
    first, second = sorted((one, other), key=lambda row: row.pk)
    for row in (first, second):
        triage.locked_report(row, by, *READERS)
    gone, _rows = ReportLink.objects.filter(first=first, second=second).delete()
    if gone:
        _record_link("report.unlinked", first, second, by, today(by.organ, at))
    return bool(gone)


def _record_link(act: str, first: Report, second: Report, by: Desk, on: date) -> None:
    body = {"first": str(first.id), "second": str(second.id), "by": str(by.officer.id)}
    record(act=act, body=body, lane="daily", on=on)
