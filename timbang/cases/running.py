"""When a term that runs ends, from its row: the rule behind it and all that happened to it.

Terms of one rule that began on the same day and had the same fate end on the same day: `Fate` is
that, so that many terms are counted once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from timbang.cases import course
from timbang.cases.models import OpenTerm, OwnTerm, TermSuspension
from timbang.law import procedure as law
from timbang.law.bilingual import Bilingual
from timbang.law.calendar import Calendar
from timbang.law.refusal import Refusal
from timbang.law.terms import KnownUnit, Own, TermAnswer, check_own, due
from timbang.law.workdays import Suspension, end_of

STANDS_STILL = Bilingual("tenggat ditangguhkan", "the term is suspended")
Span = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Fate:
    """All that the end of a term depends on, beside the calendar."""

    rule: law.Term
    started_on: date
    started_at: datetime | None
    own: Own | None
    extended: int
    spans: tuple[Span, ...]
    zone: str

    def answer(self, calendar: Calendar | None = None) -> TermAnswer:
        """When it ends, explained on each reading."""
        started = self.started_at.astimezone(ZoneInfo(self.zone)) if self.started_at else None
        return due(
            self.rule,
            started or self.started_on,
            calendar,
            suspensions=suspensions(self.rule, self.spans),
            extended=self.extended,
            own=self.own,
        )


@dataclass(frozen=True, slots=True)
class End:
    """What a row keeps of an answer; `last_day` and `ends_at` are empty while nobody knows."""

    safe_day: date
    last_day: date | None
    ends_at: datetime | None
    provisional: bool

    @classmethod
    def of(cls, answer: TermAnswer, zone: str) -> End:
        return cls(answer.safe_day, answer.last_day, answer.ends_at(zone), answer.provisional)


def fate(
    term: OpenTerm, rule: law.Term | None = None, spans: Sequence[Span] | None = None
) -> Fate | None:
    """The fate of a term so far; `None` while it waits for a proven delivery."""
    if term.started_on is None:
        return None
    if spans is None:
        rows = TermSuspension.objects.filter(term=term)
        spans = list(rows.values_list("from_day", "until_day"))
    return Fate(
        rule=rule or course.law_term_of(term),
        started_on=term.started_on,
        started_at=term.started_at,
        own=own_of(term),
        extended=term.extended,
        spans=tuple(spans),
        zone=term.organ.time_zone,
    )


def explained(term: OpenTerm) -> TermAnswer | None:
    """A running term on each reading, day by day; `None` while it waits for a proven delivery."""
    found = fate(term)
    return None if found is None else found.answer()


def suspensions(rule: law.Term, spans: Sequence[Span]) -> tuple[Suspension, ...]:
    """The suspensions as the law counts them. Why each was made stands in its sealed note."""
    reason = rule.suspends.reason if rule.suspends else STANDS_STILL
    citation = rule.suspends.citation if rule.suspends else None
    return tuple(Suspension(first, last, reason, citation) for first, last in spans)


def own_of(term: OpenTerm) -> Own | None:
    """The organ's own shorter term under which this one was opened."""
    if term.own_length is None:
        return None
    return Own(term.own_length, cast(KnownUnit, term.own_unit))


def own_for(term: OpenTerm, rule: law.Term, procedure: str | None) -> Own | None:
    """The own term that the organ has set for this step, unless this rule is shorter still."""
    rows = OwnTerm.objects.on(term.entered_on).filter(organ_id=term.organ_id, step=term.step)
    if procedure is not None:
        rows = rows.filter(procedure=procedure)
    for row in rows.order_by("length"):
        own = Own(row.length, cast(KnownUnit, row.unit))
        try:
            check_own(rule, own)
        except Refusal:
            continue
        return own
    return None


def kept(term: OpenTerm, end: End) -> End:
    """The end as the row takes it: no day moves to an earlier one, somebody may rely on it."""
    safe = max(end.safe_day, term.safe_day or end.safe_day)
    if end.last_day is None or end.ends_at is None:
        return End(safe, None, None, end.provisional)
    last = max(end.last_day, firm_day(term) or end.last_day)
    ends_at = end.ends_at if last == end.last_day else end_of(last, term.organ.time_zone)
    return End(safe, last, ends_at, end.provisional)


def firm_day(term: OpenTerm) -> date | None:
    """The last day that was told. While a term is suspended its `last_day` is only a bound."""
    if term.told_day is not None or term.suspended_from is not None:
        return term.told_day
    return term.last_day


def set_end(term: OpenTerm, end: End, calendar: Calendar) -> None:
    """Write an end into the row; the caller saves it."""
    term.safe_day, term.last_day, term.ends_at = end.safe_day, end.last_day, end.ends_at
    if term.suspended_from is None:
        term.told_day = end.last_day
    term.provisional = end.provisional
    term.calendar = calendar.hash
