"""The merit audit: what the checks on appointments found, per check and per agency.

    checks(facts, folder)      each of the twelve checks and two more: judged, marked, why not
    profiles(facts, folder)    the five distortions of each agency
    around_the_ban(facts)      days with decrees before and after the first day of the ban
    promoted(facts, folder, since=, until=)    were linked officials appointed more often?

Runs are those of `timbang detect`: one that is there already is not made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from timbang.signals import catalogue, profile, running
from timbang.signals.detectors import _appointments, _bunching
from timbang.signals.facts import Facts
from timbang.signals.profile import Profile, Tally
from timbang.signals.running import Run
from timbang.signals.statistics import counts, discontinuity, stratified
from timbang.signals.statistics.estimate import Estimate

if TYPE_CHECKING:
    from ibis.expr.types import Table

CHECKS: Final = tuple(f"A{number:02}" for number in range(1, 15))
# How far from the first day of the ban days with decrees are counted. A year on each side, a choice
# of ours: each season once.
AROUND: Final = 365
WEEK: Final = 7


def run(code: str, facts: Facts, folder: Path) -> Run:
    """The run of a detector over these facts."""
    return running.run(catalogue.detector(code), facts, folder)


def checks(facts: Facts, folder: Path) -> list[Run]:
    """The runs of all checks, in their order."""
    return [run(code, facts, folder) for code in CHECKS]


# --- the five distortions -------------------------------------------------------------------------


def profiles(facts: Facts, folder: Path) -> list[Profile]:
    """The profile of each agency that any measure knows, ordered by its code."""
    found: dict[str, dict[str, Tally]] = {}
    for each in profile.DISTORTIONS:
        for agency, tally in _tallies(each.sources, facts, folder):
            found.setdefault(agency, {})[each.code] = tally
    return [profile.profile(agency, tallies) for agency, tallies in sorted(found.items())]


def _tallies(sources: tuple[str, ...], facts: Facts, folder: Path) -> Iterator[tuple[str, Tally]]:
    if sources == ("services",):
        yield from _late_services(facts)
        return
    runs = [run(code, facts, folder) for code in sources]
    of_agency = _agencies(facts, "appointments" if sources[0].startswith("A") else "procurements")
    counted: dict[str, list[int]] = {}
    for subject, flagged in _judged(runs).items():
        agency = of_agency.get(subject)
        if agency is not None:
            tally = counted.setdefault(agency, [0, 0])
            tally[0] += flagged
            tally[1] += 1
    for name, (marked, judged) in counted.items():
        yield name, Tally(marked, judged)


def _judged(runs: Iterable[Run]) -> dict[str, bool]:
    """Subjects that any of the runs judged, and whether any marked them."""
    found: dict[str, bool] = {}
    for each in runs:
        rows = each.rows().select(["subject", "flagged"])
        pairs = zip(rows["subject"].to_pylist(), rows["flagged"].to_pylist(), strict=True)
        for subject, flagged in pairs:
            if flagged is not None:
                found[subject] = found.get(subject, False) or flagged
    return found


def _agencies(facts: Facts, table: str) -> dict[str, str]:
    """The agency of each decree or procurement; those whose agency is not known are left out."""
    rows = facts.table(table)
    subject, agency = (
        (rows.row_id, rows.agency_code)
        if table == "appointments"
        else (rows.ocid, rows.entity_id.fill_null(rows.buyer_id))
    )
    named = rows.select(subject=subject, agency=agency)
    named = named.filter(named.agency.notnull() & named.subject.notnull()).to_pyarrow()
    return dict(zip(named["subject"].to_pylist(), named["agency"].to_pylist(), strict=True))


def _late_services(facts: Facts) -> Iterator[tuple[str, Tally]]:
    rows = facts.table("services")
    rows = rows.filter(
        rows.agency_code.notnull() & rows.due_on.notnull() & rows.answered_on.notnull()
    )
    found = rows.group_by("agency_code").agg(
        judged=rows.count(), marked=(rows.answered_on > rows.due_on).sum()
    )
    for each in found.to_pyarrow().to_pylist():
        yield each["agency_code"], Tally(each["marked"], each["judged"])


# --- around the first day of the ban --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Around:
    """Days with decrees of all agencies by weeks from the first day of the ban (week 0 begins on
    it), the 30 days before against the year before them, and the density on both sides."""

    weeks: Mapping[int, int]
    before: Estimate
    density: Estimate


def around_the_ban(facts: Facts, *, region: str | None = None) -> Around:
    """Pooled over agencies, or over those of a province, regency or city. Each day with decrees of
    an agency counts once. Raises Refusal where rddensity is needed and not installed."""
    decrees = _bunching.dated(facts)
    spans = _bunching.spans(decrees, _appointments.contests(facts))
    spans = spans.filter(spans.ban_from.notnull())
    pairs = decrees.select("agency", "day").inner_join(
        spans.select("agency", "ban_from", "government"), "agency"
    )
    away = pairs.mutate(away=pairs.day.delta(pairs.ban_from, unit="day"))
    near = away.filter((away.away >= -AROUND) & (away.away < AROUND))
    if region is not None:
        inside = near.government.startswith(region + ".") | (near.government == region)
        near = near.filter(inside)
    days: list[int] = near.select("agency", "away").distinct().to_pyarrow()["away"].to_pylist()
    weeks: dict[int, int] = {}
    for day in days:
        weeks[day // WEEK] = weeks.get(day // WEEK, 0) + 1
    just = sum(-30 <= day < 0 for day in days)
    usual = sum(day < -30 for day in days)
    before = counts.rates(just, usual, days_inside=30, days_outside=AROUND - 30)
    return Around(dict(sorted(weeks.items())), before, discontinuity.density(days))


# --- were linked officials appointed more often? --------------------------------------------------


def promoted(facts: Facts, folder: Path, *, since: date, until: date) -> tuple[Estimate, Estimate]:
    """Officials whom a counted link names as candidate or in a team, against others of the same
    agency: who was appointed from `since` to before `until`. The exact test and its large sample.

    Only officials with a number are counted: decrees are joined to them by it and by nothing else.
    """
    rows = _officials(facts, since, until).to_pyarrow().to_pylist()
    linked = {subject for subject, marked in _judged([run("A13", facts, folder)]).items() if marked}
    agencies = {name: place for place, name in enumerate(sorted({row["agency"] for row in rows}))}
    table = stratified.Strata.of(
        [agencies[row["agency"]] for row in rows],
        [bool(linked & set(row["listed"])) for row in rows],
        [row["appointed"] for row in rows],
    )
    return stratified.exact(table), stratified.mantel_haenszel(table)


def _officials(facts: Facts, since: date, until: date) -> Table:
    """One row for each official with a number and an agency."""
    people = facts.table("people")
    people = people.filter(
        (people.list_kind == "official") & people.number_hash.notnull()
        & people.agency_code.notnull()
    )  # fmt: skip
    officials = people.group_by("number_hash").agg(
        agency=people.agency_code.max(), listed=people.row_id.collect()
    )
    decrees = facts.table("appointments")
    decrees = decrees.filter(
        (decrees.change == "appointed") & decrees.acting.isnull()
        & (decrees.from_on >= since) & (decrees.from_on < until)
    )  # fmt: skip
    new = decrees.select("number_hash").distinct().mutate(got=True)
    found = officials.left_join(new, "number_hash")
    return found.select("agency", "listed", appointed=found.got.fill_null(False))
