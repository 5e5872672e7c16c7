"""What of an office has been kept long enough, what keeps it longer, and what was erased.

Reads only, and opens nothing: rule and day follow from codes that stand in clear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Case as Choose
from django.db.models import (
    CharField,
    DateField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from timbang.accounts.models import Officer, Organ
from timbang.cases import conflicts, retention, vault
from timbang.cases.lists import DONE_WITHOUT_CASE, PAGE
from timbang.cases.models import (
    Case,
    CaseLink,
    CaseReport,
    CaseTie,
    Decision,
    DecisionState,
    Erasure,
    Exhibit,
    LegalHold,
    PriorInformation,
)
from timbang.cases.permission import may
from timbang.cases.retention import Rule
from timbang.cases.vault import Desk
from timbang.reports import sealing
from timbang.reports.models import Report

DECIDES = "decision_maker"
# What no longer stands says nothing about how grave a case was.
FALLEN = (DecisionState.REPLACED, DecisionState.ANNULLED)


@dataclass(frozen=True, slots=True)
class Due:
    """A case or report whose period is over."""

    row: Case | Report
    rule: Rule
    ended_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class HoldView:
    """A hold with its reasons, as an organ that holds the case reads them."""

    row: LegalHold
    reason: str
    lift: str
    ours: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """The part of the case page about keeping and erasing; `rule` is empty while the case runs."""

    rule: Rule | None
    due_on: date | None
    is_due: bool
    holds: tuple[HoldView, ...]
    held_back: bool
    may_hold: bool
    may_propose: bool
    proposed: Erasure | None


def table() -> retention.Table:
    """The schedule in force here."""
    return retention.table(Path(settings.RETENTION or retention.SHIPPED))


def rule_of(case: Case) -> Rule:
    """Under which rule an ended case is kept."""
    rows = Decision.objects.filter(case=case).exclude(state__in=FALLEN)
    return table().rules[retention.code_of(rows.values_list("finding", "level"))]


def due_on(case: Case) -> date | None:
    """The first day on which a case may be erased; none while it runs."""
    return None if case.ended_on is None else rule_of(case).due_on(case.ended_on)


def due_cases(officer: Officer, *, on: date, after: str = "") -> tuple[list[Due], str]:
    """Ended cases that his office keeps and whose period is over, the oldest first, and where the
    next page begins. Held back ones and those of which a conflict keeps him away are left out."""
    rows = _ruled(Case.objects.open_to(officer).filter(keeper=officer.organ, ended_on__lte=on))
    rows = rows.filter(_due_by(on)).exclude(_standing("case")).exclude(_held())
    if mark := re.fullmatch(r"(\d{4}-\d\d-\d\d)\.([0-9a-f]{32})", after):
        rows = rows.filter(Q(ended_on__gt=mark[1]) | Q(ended_on=mark[1], pk__gt=UUID(mark[2])))
    found = list(rows.order_by("ended_on", "pk")[: PAGE + 1])
    due = [_due(row, row.rule, row.ended_on) for row in found[:PAGE]]
    more = f"{found[PAGE - 1].ended_on}.{found[PAGE - 1].pk.hex}" if len(found) > PAGE else ""
    return due, more


def due_reports(officer: Officer, *, on: date) -> list[Due]:
    """Reports without a case whose period is over, the oldest first; at most a page of them."""
    rule = table().rules["report"]
    rows = _closed_reports(officer.organ).filter(over_on__lte=rule.ended_by(on))
    found = rows.exclude(_standing("report_id")).order_by("over_on", "pk")
    return [_due(row, "report", row.over_on) for row in found[:PAGE]]


def report_over_on(report: Report) -> date | None:
    """The day on which a report that is in no case was done with, or none."""
    row = _closed_reports(report.organ).filter(pk=report.pk).first()
    return None if row is None else row.over_on


def _due(row: Case | Report, code: str, ended_on: date) -> Due:
    rule = table().rules[code]
    return Due(row, rule, ended_on, rule.due_on(ended_on))


def _ruled(cases: QuerySet[Case]) -> QuerySet[Any]:
    """Cases with the code of their rule, as `retention.code_of` finds it, told by the database."""
    standing = Decision.objects.filter(case=OuterRef("pk")).exclude(state__in=FALLEN)
    levels = {code: level for level, code in retention.OF_A_LEVEL.items()}
    sanctioned = Q(level__in=list(retention.OF_A_LEVEL))
    found = {
        **{code: standing.filter(level=level) for code, level in levels.items()},
        "beyond_authority": standing.filter(finding="beyond_authority").exclude(sanctioned),
        "proven": standing.filter(finding="proven").exclude(sanctioned),
        "cleared": standing,
    }
    whens = [
        When(Exists(found[code]), then=Value(code)) for code in retention.CODES if code in found
    ]
    ruled = Choose(*whens, default=Value("no_decision"), output_field=CharField())
    return cases.annotate(rule=ruled)


def _due_by(on: date) -> Q:
    rules = table().rules.values()
    return reduce(or_, (Q(rule=rule.code, ended_on__lte=rule.ended_by(on)) for rule in rules))


def _standing(field: str) -> Exists:
    """That an erasure was proposed or carried out already."""
    answers = ("", Erasure.Answer.ERASED)
    return Exists(Erasure.objects.filter(**{field: OuterRef("pk")}, answer__in=answers))


def _held() -> Exists:
    return Exists(LegalHold.objects.filter(case=OuterRef("pk"), lifted_on=None))


def _closed_reports(organ: Organ) -> QuerySet[Any]:
    """Reports that ended without a case, and the day: withdrawn, or the last word to them."""
    rows = Report.objects.filter(organ=organ, status__in=DONE_WITHOUT_CASE)
    rows = rows.exclude(Exists(CaseReport.objects.filter(report=OuterRef("pk"))))
    rows = rows.exclude(Exists(PriorInformation.objects.filter(report=OuterRef("pk"))))
    last = Coalesce(
        Max("messages__sent_on"), F("withdrawn_on"), F("received_on"), output_field=DateField()
    )
    return rows.annotate(over_on=last)


def obstacles(case: Case, *, on: date) -> list[str]:
    """Why a case may not be erased today, in sentences; none: it may."""
    if case.ended_on is None:
        return [_("The case is not over.")]
    found = []
    rule = rule_of(case)
    due = rule.due_on(case.ended_on)
    if on < due:
        found.append(
            _("It is kept until %(day)s: %(rule)s, %(years)s years.")
            % {"day": due.isoformat(), "rule": rule.title, "years": rule.years}
        )
    for hold in LegalHold.objects.filter(case=case, lifted_on=None).select_related("organ"):
        found.append(_("%(organ)s holds it back.") % {"organ": hold.organ.name})
    if Decision.objects.filter(case=case, state=DecisionState.SUSPENDED).exists():
        found.append(_("A decision in it is suspended: the matter is not settled."))
    for other in _of_one_matter(case):
        if not _erasable(other, on):
            found.append(
                _("It belongs to %(number)s, which must be kept still.") % {"number": other.number}
            )
    return found


def _erasable(other: Case, on: date) -> bool:
    if Erasure.objects.filter(case=other, answer=Erasure.Answer.ERASED).exists():
        return True
    due = due_on(other)
    held = LegalHold.objects.filter(case=other, lifted_on=None).exists()
    return due is not None and due <= on and not held


def _of_one_matter(case: Case) -> Iterable[Case]:
    """Cases that rest on this one or on which it rests: a matter is kept as long as its longest."""
    links = CaseLink.objects.filter(Q(case=case) | Q(earlier=case)).values_list("case", "earlier")
    ties = CaseTie.objects.filter(Q(first=case) | Q(second=case)).values_list("first", "second")
    others = {pk for pair in (*links, *ties) for pk in pair} - {case.pk}
    return Case.objects.filter(pk__in=others).order_by("number")


def reports_going(case: Case) -> list[Report]:
    """The reports that nothing else rests on: they go with the case."""
    mine = CaseReport.objects.filter(case=case).values("report")
    others = CaseReport.objects.exclude(case=case).values("report")
    shown = Exhibit.objects.exclude(case=case).exclude(report=None).values("report")
    files = Exhibit.objects.exclude(case=case).exclude(attachment=None)
    kept = PriorInformation.objects.filter(report__in=mine).exclude(case=case).values("report")
    rows = Report.objects.filter(pk__in=mine).exclude(pk__in=others).exclude(pk__in=shown)
    rows = rows.exclude(pk__in=kept).exclude(pk__in=files.values("attachment__report"))
    return list(rows.order_by("pk"))


def proposals(officer: Officer) -> Sequence[Erasure]:
    """What waits for the second officer of his office."""
    rows = Erasure.objects.filter(organ=officer.organ, answer="").order_by("proposed_on", "pk")
    rows = rows.exclude(case__in=conflicts.barred_cases(officer))
    return list(rows.select_related("case", "proposed_by")[:PAGE])


def erased(organ: Organ) -> Sequence[Erasure]:
    """What this office erased, the newest first: all that is known of it."""
    rows = Erasure.objects.filter(organ=organ, answer=Erasure.Answer.ERASED)
    newest = rows.select_related("case", "proposed_by", "answered_by")
    return list(newest.order_by("-answered_on", "pk")[:PAGE])


def part(case: Case, desk: Desk, *, on: date) -> Kept:
    """What the case page says of keeping."""
    rows = LegalHold.objects.filter(case=case).select_related("organ", "placed_by", "lifted_by")
    key = vault.case_key(case, desk)
    holds = tuple(_hold_view(key, row, desk.organ) for row in rows)
    due = due_on(case)
    proposed = Erasure.objects.filter(case=case, answer="").first()
    ours = may(desk.officer, DECIDES) and case.keeper_id == desk.organ.pk
    standing = [hold for hold in holds if hold.row.lifted_on is None]
    return Kept(
        rule=rule_of(case) if due else None,
        due_on=due,
        is_due=due is not None and due <= on,
        holds=holds,
        held_back=bool(standing),
        may_hold=may(desk.officer, DECIDES) and not any(hold.ours for hold in standing),
        may_propose=ours and due is not None and proposed is None and not obstacles(case, on=on),
        proposed=proposed,
    )


def _hold_view(key: bytes, row: LegalHold, organ: Organ) -> HoldView:
    where = vault.context("hold", row.id)
    reason = str(sealing.open_json(key, bytes(row.sealed_reason), where))
    lift = ""
    if row.sealed_lift is not None:
        where = vault.context("hold-lifted", row.id)
        lift = str(sealing.open_json(key, bytes(row.sealed_lift), where))
    return HoldView(row, reason, lift, row.organ_id == organ.pk)
