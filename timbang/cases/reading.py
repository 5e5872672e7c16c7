"""What the desk's pages show: rows opened for one officer, as far as his organ was given them.

Lists decrypt what they show and nothing more. Another organ's reports and cases do not exist here;
of a case that was handed over, the receiving organ sees the moves but not how it was prepared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from timbang.accounts import codes, keys
from timbang.accounts.models import Officer, Organ
from timbang.cases import (
    cleared,
    conflicts,
    course,
    facts,
    lists,
    plenaries,
    running,
    services,
    vault,
    ways,
)
from timbang.cases.models import (
    Accused,
    Act,
    Case,
    CaseKey,
    CaseLink,
    CaseStep,
    Delivery,
    Document,
    DocumentKind,
    Exhibit,
    NormUse,
    OpenTerm,
    Track,
)
from timbang.cases.vault import Desk, Person
from timbang.law import procedure as law
from timbang.law.bilingual import Bilingual
from timbang.law.norms import catalogue
from timbang.law.receipt import Receipt
from timbang.law.vocabulary import CONDUCTS
from timbang.registry import confirmed
from timbang.registry.models import Region
from timbang.reports import actions as reports
from timbang.reports.actions import OpenedReport
from timbang.reports.models import Report

# What another organ sees of a case's history: the moves, not how its holders prepared them.
MOVES = (
    Act.STEP,
    Act.HAND_OVER,
    Act.ACCEPTED,
    Act.RETURNED,
    Act.MEMBER,
    Act.MEMBER_LEFT,
    Act.REROUTED,
    Act.ESCALATION,
    Act.REMINDER,
    Act.HEARING,
    Act.SUMMONS,
    Act.SUSPENDED,
    Act.RESUMED,
    Act.EXTENDED,
    Act.ACCUSED,
    Act.TRACK,
    Act.FOLLOWED,
    Act.TRANSITION,
    Act.DECIDED,
    Act.DECISION_EVENT,
)


@dataclass(frozen=True)
class Between:
    """Between two ends of a term: the readings on which it is late, and those on which it is not.

    Nobody is late by an office's own term: it is only `past_own`.
    """

    late_by: tuple[Bilingual, ...] = ()
    in_time_by: tuple[Bilingual, ...] = ()
    past_own: bool = False


@dataclass(frozen=True)
class TermView:
    """A running term as an officer needs it today."""

    term: OpenTerm
    title: Bilingual | None
    days_left: int | None
    late: bool
    reason: Bilingual | None
    citation: str
    between: Between

    @property
    def suspended(self) -> bool:
        """Whether it stands still."""
        return self.term.suspended_from is not None and self.term.closed_on is None

    @property
    def looks(self) -> tuple[object, ...]:
        """All that a list says of it: terms that are alike in this look the same there."""
        row = self.term
        days = (row.started_on, row.suspended_from, row.safe_day, row.last_day, row.closed_on)
        return (*days, row.kind, row.provisional, self.days_left, self.late, self.between)

    @property
    def waits(self) -> bool:
        """Whether it waits for a proven delivery, so that nobody can be late."""
        return self.term.started_on is None

    @property
    def target(self) -> bool:
        """A reminder target: neither law nor practice."""
        return self.term.is_target


@dataclass(frozen=True)
class ReportLine:
    """A report in a list."""

    report: Report
    names: tuple[str, ...]
    conduct: tuple[Bilingual, ...]
    files: int
    term: TermView | None


@dataclass(frozen=True)
class CaseLine:
    """A case in a list."""

    case: Case
    names: tuple[str, ...]
    step: Bilingual
    term: TermView | None
    ours: bool


@dataclass(frozen=True)
class Elsewhere:
    """A term that another organ let lapse and that the procedure names to ours: no content."""

    number: str
    organ: str
    step: Bilingual
    lapsed_on: date


@dataclass(frozen=True)
class OpenedPerson:
    """A reported person with what was recorded of his hearing."""

    row: Accused
    person: Person
    hearings: tuple[date, ...]
    summonses: tuple[tuple[int, date, date], ...]
    heard: bool


@dataclass(frozen=True)
class OpenedDocument:
    """A document version that the officer's organ may read."""

    row: Document
    body: dict[str, Any]


@dataclass(frozen=True)
class OpenedExhibit:
    """An exhibit that the officer's organ may read."""

    row: Exhibit
    title: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class JournalLine:
    """One line of the history, in words."""

    row: CaseStep
    step: Bilingual | None
    outcome: Bilingual | None
    to: Bilingual | None
    officer: str
    note: str


def report_lines(rows: Iterable[Report], desk: Desk, *, on: date) -> list[ReportLine]:
    """Reports for a list, in their order: opened, with their terms, in a fixed number of questions
    to the database."""
    order = [report.pk for report in rows]
    if not order:
        return []
    found = {report.pk: report for report in _counted(Report.objects.filter(pk__in=order))}
    terms = {
        term.report_id: term_view(term, on)
        for term in OpenTerm.objects.running().filter(report__in=order).select_related("organ")
    }
    told = {pk: reports.open_report(found[pk], desk.private) for pk in order if pk in found}
    barred = conflicts.barred_reports(told.values(), desk)
    return [
        _report_line(found[pk], opened, terms.get(pk))
        for pk, opened in told.items()
        if pk not in barred
    ]


def _counted(rows: QuerySet[Report]) -> QuerySet[Any]:
    """What opening many reports needs, in a fixed number of questions to the database."""
    told = rows.select_related("organ").prefetch_related("messages", "attachments")
    return told.annotate(files=Count("attachments"))


def _report_line(report: Any, opened: OpenedReport, term: TermView | None) -> ReportLine:
    names = tuple(person.name or person.post for person in opened.content.accused)
    conduct = tuple(CONDUCTS[code] for code in opened.content.conduct if code in CONDUCTS)
    return ReportLine(report, names, conduct, report.files, term)


def lapsed_elsewhere(officer: Officer) -> list[Elsewhere]:
    """Lapsed terms of other organs that the procedure escalates to this kind of organ."""
    return [
        Elsewhere(term.case.number, term.organ.name, title, term.lapsed_on)
        for term in lists.lapsed_elsewhere(officer)
        if term.case is not None
        and term.lapsed_on is not None
        and (title := _escalated_to(term, officer.organ)) is not None
    ]


def _escalated_to(term: OpenTerm, organ: Organ) -> Bilingual | None:
    if term.case is None or term.is_target:
        return None
    step = course.rules_of(term.case, term.track).step(term.step)
    if step.lapse is None or step.lapse.escalates_to != organ.kind:
        return None
    if not course.counts_publicly(term):
        return None
    ours = (codes.NATIONAL, term.case.province_code, term.organ.region_code)
    return step.title if organ.region_code in ours else None


def term_view(term: OpenTerm, on: date) -> TermView:
    """A term with what it means today. Late is only who let the whole last day pass."""
    rule = course.law_term_of(term)
    title = course.title_of(term.case, term.step, term.track) if term.case else None
    left = None if term.safe_day is None else (term.safe_day - on).days
    late = term.last_day is not None and on > term.last_day
    between = _between(term, on)
    return TermView(term, title, left, late, rule.reason, rule.citation or "", between)


def _between(term: OpenTerm, on: date) -> Between:
    """On which readings a term is late and on which in time, while they differ."""
    if term.safe_day is None or term.last_day is None or term.suspended_from is not None:
        return Between()
    answer = running.explained(term) if term.safe_day < on <= term.last_day else None
    if answer is None or not answer.warns_on(on):
        return Between()
    law_ends = [end for end in answer.ends if end.kind != "own"]
    late = tuple(end.label for end in law_ends if end.passed_on(on))
    return Between(
        late_by=late,
        in_time_by=tuple(end.label for end in law_ends if late and not end.passed_on(on)),
        past_own=any(end.kind == "own" and end.passed_on(on) for end in answer.ends),
    )


def term_of(case: Case, on: date) -> TermView | None:
    """The running term of a case."""
    running = OpenTerm.objects.running().filter(case=case, track=None)
    term = running.select_related("case__procedure", "organ").first()
    return term_view(term, on) if term else None


def case_lines(rows: Iterable[Case], desk: Desk, *, on: date) -> list[CaseLine]:
    """Cases for a list: names opened, terms looked up at once."""
    if isinstance(rows, QuerySet):
        # Each organ and the long text of each procedure once, not once a row.
        rows = rows.prefetch_related("holder", "keeper", "procedure")
    barred = conflicts.barred_cases(desk.officer)
    cases = {case.pk: case for case in rows if case.pk not in barred}
    keys_held = CaseKey.objects.filter(case__in=cases, organ=desk.organ)
    held = dict(keys_held.values_list("case", "sealed_key"))
    by_case = {}
    terms = OpenTerm.objects.running().filter(case__in=cases, track=None)
    for term in terms:
        term.case = cases[term.case_id]
        by_case[term.case_id] = term_view(term, on)
    people: dict[Any, list[Accused]] = {}
    for row in Accused.objects.filter(case__in=cases):
        people.setdefault(row.case_id, []).append(row)
    freed = cleared.among(cases.values(), [row for rows in people.values() for row in rows])
    lines = []
    for case in cases.values():
        key = keys.open_sealed(desk.private, bytes(held[case.pk]))
        named = [row for row in people.get(case.pk, []) if row.pk not in freed]
        opened = [vault.open_person(key, row) for row in named]
        code = f"end:{case.ended_as}" if case.ended_on else case.step
        lines.append(
            CaseLine(
                case=case,
                names=tuple(person.name or person.post for person in opened),
                step=course.title_of(case, code),
                term=by_case.get(case.pk),
                ours=case.keeper_id == desk.organ.pk,
            )
        )
    return lines


def people_of(case: Case, desk: Desk, *, on: date) -> list[OpenedPerson]:
    """The reported persons of a case."""
    key = vault.case_key(case, desk)
    rows = case.accused.prefetch_related("hearings", "summonses")
    return [
        OpenedPerson(
            row=row,
            person=vault.open_person(key, row),
            hearings=tuple(hearing.held_on for hearing in row.hearings.all()),
            summonses=tuple(
                (summons.ordinal, summons.sent_on, summons.summoned_for_on)
                for summons in row.summonses.all()
            ),
            heard=course.heard_or_summoned_twice(row, on=on),
        )
        for row in rows
    ]


def newest(case: Case, kind: DocumentKind, desk: Desk) -> OpenedDocument | None:
    """The newest version of a kind that this organ may read."""
    rows = Document.objects.filter(case=case, kind=kind, keys__organ=desk.organ)
    row = rows.select_related("organ", "written_by").order_by("journal__version").last()
    return _opened(row, desk) if row else None


def documents_of(case: Case, desk: Desk, *kinds: DocumentKind) -> list[OpenedDocument]:
    """Every version of these kinds that this organ may read, the newest first."""
    rows = Document.objects.filter(case=case, kind__in=kinds, keys__organ=desk.organ)
    found = rows.select_related("organ", "written_by").order_by("-journal__version")
    return [_opened(row, desk) for row in found]


def _opened(row: Document, desk: Desk) -> OpenedDocument:
    return OpenedDocument(row, vault.open_document(row, desk) or {})


def facts_of(case: Case, desk: Desk) -> dict[str, object]:
    """The facts of a case, in the newest version that this organ may read."""
    found = newest(case, DocumentKind.FACTS, desk)
    return facts.from_json(found.body.get("facts", {})) if found else {}


def findings_of(case: Case, desk: Desk, *, on: date) -> list[facts.PersonFindings]:
    """What the norms say of the people of this case, on the day of the act, handled on this day."""
    key = vault.case_key(case, desk)
    people = [vault.open_person(key, row) for row in case.accused.all()]
    return facts.findings(
        facts_of(case, desk),
        people,
        decided_on=case.ended_on or on,
        kind=case.kind,
        confirmed=confirmed.norms(desk.organ),
    )


def receipts_of(case: Case, desk: Desk, *, on: date) -> list[Receipt]:
    """The receipts of what the norms say of the people of this case on this day."""
    key = vault.case_key(case, desk)
    people = [vault.open_person(key, row) for row in case.accused.all()]
    kept = case.procedure
    procedure = {"id": kept.code, "version": kept.version, "hash": kept.hash}
    return facts.receipts(
        facts_of(case, desk),
        people,
        on=on,
        procedure=procedure,
        confirmed=confirmed.norms(desk.organ),
    )


@dataclass(frozen=True)
class Touched:
    """A case whose study rests on norms that the catalogue has since corrected."""

    case: Case
    norms: tuple[str, ...]
    used_on: date


def touched_by_corrections(organ: Organ) -> list[Touched]:
    """The cases of this organ whose norms read differently today; nothing is opened for it."""
    today_hashes = {norm.hash for norm in catalogue().norms.values()}
    rows = NormUse.objects.filter(case__in=Case.objects.held_by(organ))
    rows = rows.exclude(hash__in=today_hashes).select_related("case__holder", "case__procedure")
    by_case: dict[Case, list[NormUse]] = {}
    for row in rows.order_by("case__ended_on", "case__opened_on", "norm"):
        by_case.setdefault(row.case, []).append(row)
    return [
        Touched(case, tuple(row.norm for row in found), found[0].used_on)
        for case, found in by_case.items()
    ]


def exhibits_of(case: Case, desk: Desk) -> list[OpenedExhibit]:
    """The exhibits that this organ may read."""
    rows = Exhibit.objects.filter(case=case, keys__organ=desk.organ).distinct()
    return [opened_exhibit(row, vault.open_about(row, desk) or {}) for row in rows]


def opened_exhibit(row: Exhibit, about: dict[str, Any]) -> OpenedExhibit:
    """An exhibit with what was sealed about it."""
    return OpenedExhibit(row, about["title"], about["media_type"], about["size"], about["sha256"])


def reports_of(case: Case, desk: Desk) -> list[Report]:
    """The reports of a case that came to this organ; another organ's are none of its business."""
    linked = case.reports.filter(report__organ=desk.organ).values("report")
    return list(Report.objects.filter(pk__in=linked).order_by("received_on"))


def journal_of(case: Case, desk: Desk) -> list[JournalLine]:
    """The history as this organ may see it, newest first."""
    mine = Q(organ=desk.organ)
    rows = case.journal.filter(mine | Q(act__in=MOVES) | Q(other_organ=desk.organ))
    notes = {
        found.row.journal_id: str(found.body.get("text", ""))
        for found in documents_of(case, desk, DocumentKind.NOTE)
    }
    told = rows.select_related("organ", "other_organ", "officer", "track")
    ordered = told.order_by("-version")
    return [_line(case, row, desk, notes.get(row.pk, "")) for row in ordered]


def _line(case: Case, row: CaseStep, desk: Desk, note: str) -> JournalLine:
    procedure = course.rules_of(case, row.track)
    step = procedure.step(row.step) if row.step and procedure.has(row.step) else None
    outcomes = step.outcomes if step and row.act == Act.STEP else ()
    outcome = next((found.title for found in outcomes if found.code == row.outcome), None)
    if step and row.act == Act.ESCALATION and step.lapse:
        outcome = step.lapse.title
    to = course.title_of(case, row.to, row.track) if row.to and procedure.has(row.to) else None
    if row.act == Act.TRACK:
        outcome = procedure.title
    officer = row.officer.name if row.officer and row.organ_id == desk.organ.pk else ""
    return JournalLine(row, step.title if step else None, outcome, to, officer, note)


def region_name(code: str) -> str:
    """The name of a region, or its code when it is not known."""
    found = Region.objects.filter(code=code).first()
    return found.name if found else code


def deliveries_of(case: Case, desk: Desk) -> list[tuple[Delivery, str, str]]:
    """Files that went outside, with ticket and proof: only for the organ that keeps them."""
    key = vault.case_key(case, desk)
    rows = case.deliveries.filter(keeper=desk.organ).select_related("organ", "term")
    return [
        (row, vault.open_delivery(key, row, "ticket"), vault.open_delivery(key, row, "proof"))
        for row in rows.order_by("term__entered_on")
    ]


def may_take(
    case: Case, step: law.Step, outcome: law.Outcome, organ: Organ, track: Track | None = None
) -> bool:
    """Whether this organ is the one to take the outcome: the one that acts now, or the one that
    the law names beside it (BKN, when the appointing officer does not act). On a side track, which
    nobody holds alone, each organ that holds the case takes what the law gives to its kind."""
    if case.keeper_id == organ.pk:
        return True
    if track is not None:
        return outcome.actor == organ.kind
    return outcome.actor == organ.kind and outcome.actor != step.actor


def is_own(case: Case, outcome_code: str, organ: Organ, track: Track | None = None) -> bool:
    """Whether the organ takes this outcome itself, rather than recording what another one did."""
    step = course.step_of(case, track)
    found = (outcome for outcome in step.outcomes if outcome.code == outcome_code) if step else ()
    return all(outcome.actor == organ.kind for outcome in found)


def guards_of(
    case: Case,
    by: Desk,
    *,
    on: date,
    declared: Collection[str] = (),
    reason: str = "",
    track: Track | None = None,
) -> dict[str, bool | None]:
    """Everything that holds of a case, with what the officer declares in his form. What the files
    contradict he cannot declare."""
    found = [f for group in findings_of(case, by, on=on) for f in group.findings]
    held = course.guards(case, found, on=on, track=track, acting=by.organ)
    if ways.late_by(facts_of(case, by)):
        held["in_time"] = False
    if track is None:
        held[plenaries.GUARD] = plenaries.guard(case)
    else:
        held |= _on_a_track(track, on, reason)
    stated = {
        code: True for code in declared if law.GUARDS[code].declared and held.get(code) is not False
    }
    return held | stated | {"reason_given": bool(reason.strip())}


def _on_a_track(track: Track, on: date, reason: str) -> dict[str, bool | None]:
    """What is different on a side track: it is not handed over, so that what another organ did
    there is told in the reason, and has its own term."""
    term = OpenTerm.objects.running().filter(track=track).first()
    passed = None if term is None else term.last_day is not None and on > term.last_day
    return {
        "outside_answer_on_file": bool(reason.strip()),
        "delivery_proven": bool(reason.strip()),
        "term_passed": passed,
    }


def options_of(
    case: Case, desk: Desk, *, on: date, track: Track | None = None
) -> list[course.Option]:
    """What this officer may do now, with what is still missing; nothing else may be done."""
    step = course.step_of(case, track)
    if step is None:
        return []
    # On a side track the reason, which the form asks for, says what another organ did there.
    reason = "-" if track else ""
    held = guards_of(case, desk, on=on, reason=reason, track=track)
    found = course.options(case, desk.officer, held=held, track=track)
    mine = [one for one in found if may_take(case, step, one.outcome, desk.organ, track)]
    if track is not None:
        return mine
    return [services.as_named(case, plenaries.as_decided(case, option)) for option in mine]


@dataclass(frozen=True)
class LinkView:
    """A case beside this one: the case itself only if this office holds it, else its number."""

    case: Case
    why: Bilingual | None
    held: bool


def earlier_of(case: Case, desk: Desk) -> LinkView | None:
    """The case that this one follows."""
    link = CaseLink.objects.select_related("earlier__procedure").filter(case=case).first()
    return _link_view(link, link.earlier, desk) if link else None


def later_of(case: Case, desk: Desk) -> list[LinkView]:
    """The cases that follow this one."""
    links = CaseLink.objects.select_related("case", "earlier__procedure").filter(earlier=case)
    return [_link_view(link, link.case, desk) for link in links]


def _link_view(link: CaseLink, other: Case, desk: Desk) -> LinkView:
    remedies = course.procedure_of(link.earlier).remedies
    why = next((found.title for found in remedies if found.code == link.why), None)
    held = CaseKey.objects.filter(case=other, organ=desk.organ).exists()
    return LinkView(other, why, held)


@dataclass(frozen=True)
class TrackView:
    """A side track as an officer sees it."""

    track: Track
    title: Bilingual
    at: Bilingual
    term: TermView | None
    options: tuple[course.Option, ...]


def tracks_of(case: Case, desk: Desk, *, on: date) -> list[TrackView]:
    """The side tracks of a case, those that run first."""
    rows = sorted(case.tracks.all(), key=lambda track: (track.ended_on is not None, track.code))
    return [_track_view(case, row, desk, on) for row in rows]


def _track_view(case: Case, track: Track, desk: Desk, on: date) -> TrackView:
    code = f"{law.END}{track.ended_as}" if track.ended_on else track.step
    running = OpenTerm.objects.running().filter(track=track)
    term = running.select_related("case__procedure", "track", "organ").first()
    return TrackView(
        track=track,
        title=course.rules_of(case, track).title,
        at=course.title_of(case, code, track),
        term=term_view(term, on) if term else None,
        options=tuple(options_of(case, desk, on=on, track=track)),
    )


def needs_receiver(case: Case, option: course.Option, organ: Organ) -> bool:
    """Whether the step leads to an organ that must be chosen."""
    actor = option.next_actor
    return actor is not None and actor not in (organ.kind, case.holder.kind)
