"""The ways in, as the desk reads them: what a report must hold and whether it came in time, what
other reports look like it, and what lies there as prior information.

Everything here is opened with the organ's key and about its own reports. The suggestions and marks
are computed when a page is shown and stored nowhere, so that nobody else can ever read them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from timbang.cases import alike, conflicts, course, keeping, words
from timbang.cases.models import (
    Case,
    CaseReport,
    CaseTie,
    Conflict,
    PriorInformation,
    ReportLink,
    ReportToken,
    RequirementCheck,
)
from timbang.cases.permission import open_information, open_reports
from timbang.cases.vault import Desk
from timbang.law import requirements
from timbang.law.bilingual import Bilingual
from timbang.law.requirements import Requirement
from timbang.reports import actions as reports
from timbang.reports.actions import OpenedReport
from timbang.reports.models import Report, Way
from timbang.reports.terms import OwnTerm, late, own_terms

MOST_ALIKE = 10
MOST_OPENED = 40
MOST_INDEXED = 200
MOST_INFORMATION = 100
# The mark of a report whose clues are written, even when it gave none.
_WRITTEN = "written"


# What a report must hold


@dataclass(frozen=True)
class Asked:
    """One requirement of a report, with what the file shows of it."""

    requirement: Requirement
    contest: str
    seems: bool | None

    @property
    def citation(self) -> str:
        return self.requirement.citation(self.contest)

    @property
    def level(self) -> str:
        """How far the norm's text was verified: a code of law.vocabulary.VERIFICATION."""
        return self.requirement.norm(self.contest).level


def time_of(opened: OpenedReport) -> tuple[OwnTerm, ...]:
    """The reporter's own term on each reading, as it stood on the day on which he reported."""
    told = opened.content
    if told.kind not in ("", requirements.ELECTION_KIND):
        return ()
    return own_terms(told.learned_on, opened.report.received_on, told.election_kind())


def is_late(opened: OpenedReport) -> bool | None:
    """Whether it came after the term on every reading; None where nothing is known of it."""
    found = time_of(opened)
    return late(found) if found else None


def asked_of(opened: OpenedReport, contest: str) -> list[Asked]:
    """What the law asks of this report, and what the file shows."""
    told = opened.content
    held = requirements.Held(
        named_reporter=opened.report.sealed_identity is not None,
        named_accused=any(person.name.strip() or person.post.strip() for person in told.accused),
        day_told=told.happened_from is not None,
        place_told=bool(told.place.strip() or told.region),
        words=bool(told.narrative.strip()),
        files=bool(opened.attachments),
        witnesses=bool(told.witnesses.strip()),
        late=is_late(opened),
    )
    return [
        Asked(found, contest, requirements.seems(found.code, held))
        for found in requirements.required(requirements.ELECTION_KIND, contest)
    ]


def newest_check(report: Report) -> RequirementCheck | None:
    """The last check of a report's requirements."""
    return RequirementCheck.objects.filter(report=report).order_by("pk").last()


def missing_in(check: RequirementCheck) -> list[Requirement]:
    """What this check found missing, in the order of the law's list."""
    asked = requirements.required(requirements.ELECTION_KIND, check.contest)
    return [found for found in asked if found.code in check.missing]


def late_by(facts: Mapping[str, object]) -> bool:
    """Whether the facts of a case say that the report came after the term on every reading."""
    learned, reported = facts.get("learned_on"), facts.get("reported_on")
    if not isinstance(learned, date) or not isinstance(reported, date):
        return False
    return late(own_terms(learned, reported, course.contest_of(facts)))


# Which other reports look like it


@dataclass(frozen=True)
class Match:
    """Another report that may be about the same event, with the reasons for thinking so."""

    report: Report
    names: tuple[str, ...]
    reasons: tuple[str, ...]
    case: Case | None
    linked: bool


@dataclass(frozen=True)
class Alike:
    """What was found beside a report. `burst` is a mark for the examiner, never a ground."""

    matches: tuple[Match, ...]
    burst: alike.Burst | None


def sketch_of(opened: OpenedReport) -> alike.Sketch:
    """What of a report is compared."""
    told = opened.content
    return alike.sketch(
        people=[(person.name, f"{person.post} {person.agency}") for person in told.accused],
        place=told.place,
        region=told.region or told.province,
        days=(told.happened_from, told.happened_until),
        conduct=told.conduct,
        text=told.narrative,
        came_on=opened.report.received_on,
    )


def beside(opened: OpenedReport, desk: Desk) -> Alike:
    """The organ's own reports that look like this one, the likeliest first."""
    index_missing(desk)
    own = sketch_of(opened)
    others = [reports.open_report(row, desk.private) for row in _near(opened.report, own, desk)]
    barred = conflicts.barred_reports(others, desk)
    sketches = [(one, sketch_of(one)) for one in others if one.report.pk not in barred]
    scored = [(alike.likeness(own, found), other) for other, found in sketches]
    best = sorted((one for one in scored if one[0].suggested), key=lambda one: -one[0].score)
    linked = links_of(opened.report)
    held = _cases_of([other.report for _like, other in best[:MOST_ALIKE]], desk)
    return Alike(
        matches=tuple(
            Match(
                report=other.report,
                names=tuple(who.name or who.post for who in other.content.accused),
                reasons=like.reasons,
                case=held.get(other.report.pk),
                linked=other.report.pk in linked,
            )
            for like, other in best[:MOST_ALIKE]
        ),
        burst=alike.burst(own, [found for _other, found in sketches]),
    )


def links_of(report: Report) -> set[UUID]:
    """The reports that an officer linked to this one."""
    rows = ReportLink.objects.filter(Q(first=report) | Q(second=report))
    pairs = rows.values_list("first", "second")
    return {second if first == report.pk else first for first, second in pairs}


def _near(report: Report, own: alike.Sketch, desk: Desk) -> list[Report]:
    """The reports with which it shares most clues: few enough to be opened."""
    tokens = words.tokens(words.search_key(desk.private), alike.clues(own))
    rows = ReportToken.objects.filter(organ=desk.organ, token__in=tokens).exclude(report=report)
    shared = Counter(rows.values_list("report", flat=True))
    best = [pk for pk, _count in shared.most_common(MOST_OPENED)]
    told = open_reports(desk.officer).filter(pk__in=best).select_related("organ")
    return list(told.prefetch_related("messages", "attachments"))


def _cases_of(rows: Sequence[Report], desk: Desk) -> dict[UUID, Case]:
    held = Case.objects.open_to(desk.officer)
    links = CaseReport.objects.filter(report__in=rows, case__in=held).select_related("case")
    return {link.report_id: link.case for link in links.order_by("pk")}


@transaction.atomic
def index_missing(desk: Desk) -> None:
    """Write the keyed clues of reports that have none yet, some at a time: only an officer's key
    can make them."""
    written = ReportToken.objects.filter(report=OuterRef("pk"))
    rows = Report.objects.filter(~Exists(written), organ=desk.organ).select_related("organ")
    told = rows.prefetch_related("messages", "attachments").order_by("-received_on", "pk")
    key = words.search_key(desk.private)
    for report in told[:MOST_INDEXED]:
        found = alike.clues(sketch_of(reports.open_report(report, desk.private)))
        tokens = sorted(words.tokens(key, found | {_WRITTEN}))
        ReportToken.objects.bulk_create(
            (ReportToken(organ=desk.organ, report=report, token=token) for token in tokens),
            ignore_conflicts=True,
        )


# Prior information


@dataclass(frozen=True)
class InformationLine:
    """Prior information in a list or on its page."""

    row: PriorInformation
    told: keeping.Told | None
    title: str
    overdue: bool
    end: str


def information_of(desk: Desk, *, on: date, closed: bool = False) -> list[InformationLine]:
    """What waits to be looked into, the oldest reminder first; or what was ended."""
    rows = open_information(desk.officer).select_related("report", "case")
    waits = Q(case=None, set_aside_on=None)
    found = rows.exclude(waits).order_by("-remind_on", "pk") if closed else rows.filter(waits)
    shown = list(found[:MOST_INFORMATION])
    told = [reports.open_report(row.report, desk.private) for row in shown if row.report]
    barred = conflicts.barred_reports(told, desk)
    return [information_line(row, desk, on=on) for row in shown if row.report_id not in barred]


def information_line(row: PriorInformation, desk: Desk, *, on: date) -> InformationLine:
    """One of them, opened."""
    told = keeping.opened(row, desk.private)
    waits = row.case_id is None and row.set_aside_on is None
    return InformationLine(
        row=row,
        told=told,
        title=told.title if told else _names_in(row, desk),
        overdue=waits and on > row.remind_on,
        end=keeping.opened_end(row, desk.private),
    )


def _names_in(row: PriorInformation, desk: Desk) -> str:
    if row.report is None:
        return ""
    opened = reports.open_report(row.report, desk.private)
    return "; ".join(who.name or who.post for who in opened.content.accused)


# Cases tied to each other


@dataclass(frozen=True)
class TieView:
    """A case tied to this one; it can be opened only where this officer may open it."""

    case: Case
    why: str
    earlier: bool
    held: bool


def ties_of(case: Case, desk: Desk) -> list[TieView]:
    """What was split from it, went up in it, or was linked to it, and the other way round; of a
    case from which a conflict keeps this officer away, nothing."""
    barred = Conflict.objects.barring(desk.officer).values("case")
    rows = CaseTie.objects.filter(Q(first=case) | Q(second=case)).select_related("first", "second")
    rows = rows.exclude(first__in=barred).exclude(second__in=barred)
    ours = set(Case.objects.open_to(desk.officer).values_list("pk", flat=True).filter(
        pk__in=[pk for row in rows for pk in (row.first_id, row.second_id)]
    ))  # fmt: skip
    found = [(row, row.first if row.second_id == case.pk else row.second) for row in rows]
    return [
        TieView(other, row.why, other.pk == row.first_id, other.pk in ours) for row, other in found
    ]


def named_way(report: Report) -> Bilingual:
    """How the law takes this report: as a report, or as information to begin with."""
    if report.way == Way.REPORT:
        return Bilingual("laporan", "report")
    return Bilingual("informasi awal", "prior information")
