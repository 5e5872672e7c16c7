"""A procedure as a lawyer reads it: each step with who acts, how long, what follows, by what law.

Made from the file of the procedure alone, like its proof.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Final

from timbang.law import confirmable, proof
from timbang.law.bilingual import Bilingual
from timbang.law.duration import Longest
from timbang.law.guards import GUARDS
from timbang.law.procedure import procedures
from timbang.law.proof import PROPERTIES
from timbang.law.proof_page import AMOUNTS
from timbang.law.steps import (
    COURT,
    MATTERS,
    ORGANS,
    ROLES,
    TERM_KINDS,
    UNKNOWN,
    Debt,
    Outcome,
    Procedure,
    Remedy,
    Step,
    Term,
    is_end,
    length_told,
)
from timbang.law.vocabulary import LEVELS, STATUSES, VERIFICATION
from timbang.registry import confirmed
from timbang.registry.models import ArticleConfirmation

Seen = Mapping[str, tuple[ArticleConfirmation, ...]]

STARTS: Final[Mapping[str, Bilingual]] = {
    "entered": Bilingual("sejak langkah ini dimulai", "from the start of this step"),
    "delivery_proven": Bilingual("sejak penyampaian terbukti", "from the proven delivery"),
}
FROM_LANE: Final = Bilingual("sejak langkah dilewati", "from the day on which steps are skipped")
UNKNOWN_LEVEL: Final = Bilingual("tidak diketahui", "not known")
_CONTESTS: Final[Mapping[str, Bilingual]] = {
    "pemilu": Bilingual("pemilu", "general elections"),
    "pemilihan": Bilingual("pemilihan kepala daerah", "regional elections"),
    "any": Bilingual("pemilu apa pun", "any election"),
    "none": Bilingual("tanpa kaitan dengan pemilu", "no election"),
}


@dataclass(frozen=True)
class TermTold:
    """A term in words; `readings` are all of them where law and regulation differ."""

    length: Bilingual
    starts: Bilingual
    kind: Bilingual
    is_law: bool
    citation: str
    level: Bilingual
    reason: Bilingual | None
    waits: bool
    confirmations: tuple[ArticleConfirmation, ...]
    readings: tuple[tuple[Bilingual, str, Bilingual], ...]
    suspends: Bilingual | None
    suspends_citation: str
    extends: Bilingual | None
    extends_citation: str


@dataclass(frozen=True)
class DebtTold:
    """What is owed for steps that are skipped, until when, and who pays it."""

    title: Bilingual
    by: Bilingual
    term: TermTold | None


@dataclass(frozen=True)
class OutcomeTold:
    """What may be done at a step, what must hold before, where it leads."""

    title: Bilingual
    actor: Bilingual
    other_actor: bool
    requires: tuple[tuple[Bilingual, bool], ...]
    leads_to: Bilingual
    ends: bool
    anchor: str
    citation: str
    at_most: int | None
    imposes: bool
    sanctions: tuple[Bilingual, ...]
    remedies: tuple[Bilingual, ...]
    remedy_unknown: Bilingual | None
    opens: Bilingual | None
    owes: tuple[DebtTold, ...]


@dataclass(frozen=True)
class StepTold:
    """One row of the table."""

    number: int
    anchor: str
    title: Bilingual
    actor: Bilingual
    done_by: Bilingual | None
    recorders: tuple[Bilingual, ...]
    citation: str
    level: Bilingual | None
    term: TermTold | None
    term_unknown: Bilingual | None
    outcomes: tuple[OutcomeTold, ...]
    lapse: Bilingual | None
    lapse_to: Bilingual | None
    lapse_citation: str
    self_review: Bilingual | None
    open_points: tuple[Bilingual, ...]


@dataclass(frozen=True)
class RemedyTold:
    title: Bilingual
    to: Bilingual
    procedure: Procedure | None
    where: Bilingual | None
    term: TermTold | None
    term_unknown: Bilingual | None
    citation: str
    level: Bilingual
    reason: Bilingual | None


@dataclass(frozen=True)
class TrackTold:
    title: Bilingual
    steps: tuple[StepTold, ...]


@dataclass(frozen=True)
class Way:
    """The longest way through: how many steps, how much of each kind of term, what is not in it."""

    steps: int
    amounts: tuple[Bilingual, ...]
    without_term: tuple[Bilingual, ...]
    from_delivery: tuple[Bilingual, ...]


@dataclass(frozen=True)
class ProcedurePage:
    """All that stands on the page of a procedure."""

    kinds: tuple[Bilingual, ...]
    statuses: tuple[Bilingual, ...]
    contests: Bilingual
    level: Bilingual | None
    steps: tuple[StepTold, ...]
    ends: tuple[Bilingual, ...]
    remedies: tuple[RemedyTold, ...]
    tracks: tuple[TrackTold, ...]
    proof: proof.Proof
    properties: tuple[tuple[Bilingual, bool], ...]
    longest: tuple[tuple[Bilingual | None, Way], ...]


@dataclass(frozen=True)
class Row:
    """One procedure in the list of all."""

    procedure: Procedure
    kinds: tuple[Bilingual, ...]
    open: bool


def overview(day: date) -> list[Row]:
    """All procedures by title, with whether a case may begin under them on the day."""
    rows = [
        Row(each, tuple(MATTERS[kind] for kind in each.handles.kinds), each.is_open_on(day))
        for each in procedures().values()
    ]
    return sorted(rows, key=lambda row: str(row.procedure.title))


def instead_of(found: Procedure, day: date) -> list[Procedure]:
    """Procedures open on the day that handle what this one handles, where it is closed itself."""
    if found.is_open_on(day):
        return []
    kinds = set(found.handles.kinds)
    return [
        each
        for each in procedures().values()
        if each.is_open_on(day) and not kinds.isdisjoint(each.handles.kinds)
    ]


def procedure_page(found: Procedure) -> ProcedurePage:
    handles, proved = found.handles, prove(found.id)
    seen = confirmed.of_items([item for item in confirmable.items() if _is_of(item, found)])
    return ProcedurePage(
        kinds=tuple(MATTERS[kind] for kind in handles.kinds),
        statuses=tuple(STATUSES[status] for status in handles.statuses or ()),
        contests=_CONTESTS[handles.contests],
        level=_level(found.level),
        steps=tuple(_steps(found, "", seen)),
        ends=tuple(end.title for end in found.ends),
        remedies=tuple(_remedy(remedy) for remedy in found.remedies),
        tracks=tuple(
            TrackTold(track.title, tuple(_steps(found.track(track.code), f"{track.code}-", seen)))
            for track in found.tracks
        ),
        proof=proved,
        properties=tuple((each.says, proved.holds(each.code)) for each in PROPERTIES.values()),
        longest=tuple(_ways(found, proved)),
    )


@cache
def prove(procedure_id: str) -> proof.Proof:
    """The proof of a procedure of this release, made once per process."""
    every = tuple(procedures().values())
    return proof.prove(procedures()[procedure_id], every)


def _ways(found: Procedure, proved: proof.Proof) -> Iterator[tuple[Bilingual | None, Way]]:
    if proved.longest is not None:
        yield None, _way(found, proved.longest)
    for code, longest in proved.longest_of_tracks:
        track = found.track(code)
        yield track.title, _way(track, longest)


def _way(found: Procedure, longest: Longest) -> Way:
    return Way(
        steps=longest.steps,
        amounts=tuple(
            AMOUNTS[kind].format(length=length_told(length, unit))
            for (kind, unit), length in sorted(longest.amounts.items())
        ),
        without_term=tuple(found.step(code).title for code in longest.without_term),
        from_delivery=tuple(found.step(code).title for code in longest.from_delivery),
    )


def _is_of(item: str, found: Procedure) -> bool:
    """Whether it is a term of this procedure or of one of its side tracks."""
    own = {found.id, *(found.track(track.code).id for track in found.tracks)}
    return any(item.startswith(f"term:{key}/") for key in own)


def _steps(found: Procedure, prefix: str, seen: Seen) -> Iterator[StepTold]:
    for number, step in enumerate(found.steps, 1):
        yield _step(found, step, number, prefix, seen)


def _step(found: Procedure, step: Step, number: int, prefix: str, seen: Seen) -> StepTold:
    lapse = step.lapse
    waits = confirmable.is_unsure(step)
    by = seen.get(confirmable.of_term(found, step).id, ()) if waits else ()
    return StepTold(
        number=number,
        anchor=f"{prefix}{step.code}",
        title=step.title,
        actor=ORGANS[step.actor],
        done_by=step.done_by,
        recorders=tuple(ORGANS[each] for each in step.recorders),
        citation=step.citation or "",
        level=_level(step.level),
        term=_term(step.term, waits, by) if step.term else None,
        term_unknown=step.term_unknown,
        outcomes=tuple(_outcome(found, step, each, prefix) for each in step.outcomes),
        lapse=lapse.title if lapse else None,
        lapse_to=_lapses_to(found, step),
        lapse_citation=(lapse.citation or "") if lapse else "",
        self_review=step.self_review.reason if step.self_review else None,
        open_points=step.open_points,
    )


def _outcome(found: Procedure, step: Step, outcome: Outcome, prefix: str) -> OutcomeTold:
    track = outcome.opens_track
    return OutcomeTold(
        title=outcome.title,
        actor=ORGANS[outcome.actor],
        other_actor=outcome.actor != step.actor,
        requires=tuple((GUARDS[code].holds, GUARDS[code].declared) for code in outcome.requires),
        leads_to=_title(found, outcome.to),
        ends=is_end(outcome.to),
        anchor="" if is_end(outcome.to) else f"{prefix}{outcome.to}",
        citation=outcome.citation or "",
        at_most=outcome.at_most,
        imposes=outcome.records_sanction,
        sanctions=tuple(LEVELS[level] for level in outcome.sanctions),
        remedies=tuple(found.remedy(code).title for code in outcome.remedies),
        remedy_unknown=outcome.remedy_unknown,
        opens=found.track(track).title if track else None,
        owes=tuple(_debt(debt) for debt in outcome.owes),
    )


def _debt(debt: Debt) -> DebtTold:
    """Its term runs from the day on which the lane is entered."""
    term = replace(_term(debt.term), starts=FROM_LANE) if debt.term else None
    return DebtTold(debt.title, ROLES[debt.by], term)


def _title(found: Procedure, to: str) -> Bilingual:
    return found.end(to).title if is_end(to) else found.step(to).title


def _lapses_to(found: Procedure, step: Step) -> Bilingual | None:
    if step.lapse is None:
        return None
    if step.lapse.to is not None:
        return _title(found, step.lapse.to)
    return ORGANS[step.lapse.escalates_to] if step.lapse.escalates_to else None


def _term(term: Term, waits: bool = False, by: tuple[ArticleConfirmation, ...] = ()) -> TermTold:
    suspends, extends = term.suspends, term.extends
    return TermTold(
        length=length_told(term.length, term.unit),
        starts=STARTS[term.starts],
        kind=TERM_KINDS[term.kind],
        is_law=term.is_law,
        citation=term.citation or "",
        level=VERIFICATION.get(term.level, UNKNOWN_LEVEL),
        reason=term.reason,
        waits=waits and not by,
        confirmations=by,
        readings=tuple(
            (length_told(each.length, each.unit), each.citation, VERIFICATION[each.level])
            for each in term.readings
        ),
        suspends=_SUSPENDS.format(
            reason=suspends.reason, most=length_told(suspends.at_most, suspends.unit)
        )
        if suspends
        else None,
        suspends_citation=(suspends.citation or "") if suspends else "",
        extends=_EXTENDS.format(length=length_told(extends.length, extends.unit), n=extends.at_most)
        if extends
        else None,
        extends_citation=extends.citation if extends else "",
    )


_SUSPENDS: Final = Bilingual(
    "dapat ditangguhkan: {reason}, paling lama {most}",
    "may be suspended: {reason}, at most {most}",
)
_EXTENDS: Final = Bilingual(
    "dapat diperpanjang {length}, paling banyak {n} kali",
    "may be extended by {length}, at most {n} times",
)
_WHERE: Final[Mapping[str, Bilingual]] = {
    COURT: Bilingual("pengadilan", "a court"),
    UNKNOWN: Bilingual("jalur tidak diketahui", "the way is not known"),
}


def _remedy(remedy: Remedy) -> RemedyTold:
    return RemedyTold(
        title=remedy.title,
        to=remedy.to,
        procedure=procedures().get(remedy.procedure),
        where=_WHERE.get(remedy.procedure),
        term=_term(remedy.term) if remedy.term else None,
        term_unknown=remedy.term_unknown,
        citation=remedy.citation or "",
        level=VERIFICATION[remedy.level],
        reason=remedy.reason,
    )


def _level(code: str | None) -> Bilingual | None:
    return VERIFICATION.get(code) if code is not None else None
