"""What the other rooms ask of the public facts: regions, agencies, contests, phases as facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Max, Q, Sum

from timbang.law.bilingual import Bilingual
from timbang.registry import phases
from timbang.registry.models import Agency, Audience, Contest, Election, Outreach, Region
from timbang.registry.phases import PHASE_DATES, Phase

NOT_RELIABLE: Final = ("memory",)


@dataclass(frozen=True)
class KnownDay:
    """A day of a phase with its source; `key` is the name of the column."""

    key: str
    day: date
    source: Bilingual
    level: str


@dataclass(frozen=True)
class ContestGroup:
    """Contests of one election that share all their days.

    `kinds` counts the regions of each kind of contest; 0 is the nation. `region` is the name of the
    region when there is only one in all.
    """

    kinds: Mapping[str, int]
    region: str
    days: tuple[KnownDay, ...]
    unknown: tuple[str, ...]


def provinces() -> list[Region]:
    return list(Region.objects.provinces())


def regencies(province_code: str) -> list[Region]:
    """The regencies and cities of a province."""
    return list(Region.objects.within(province_code))


def region(code: str) -> Region | None:
    return Region.objects.filter(pk=code).first()


def agencies_in(region_code: str) -> list[Agency]:
    """Agencies of the region and of the regions within it; national ones are not among them."""
    within = Q(region=region_code) | Q(region__parent=region_code)
    return list(Agency.objects.filter(within))


def elections() -> list[Election]:
    """All elections, the latest first."""
    return sorted(Election.objects.all(), key=_last_voting, reverse=True)


def _last_voting(election: Election) -> tuple[date, str]:
    days = election.contests.values_list("voting_on", flat=True).distinct()
    return max((day for day in days if day is not None), default=date.min), election.pk


def contests_on(region_code: str, day: date, kind: str | None = None) -> list[Contest]:
    """Every contest that conduct in this region on this day may have been about.

    Those of the region, of its province and of the nation. `kind` narrows them, to a kind of
    contest (`governor`) or of election (`pemilihan`).
    """
    place = Region.objects.filter(pk=region_code).first()
    codes = [region_code] + ([place.parent_id] if place and place.parent_id else [])
    found = Contest.objects.filter(Q(region__in=codes) | Q(region=None)).select_related("election")
    if kind:
        found = found.filter(Q(kind=kind) | Q(election__kind=kind))
    return [contest for contest in found if phases.covers(dates_of(contest), day)]


def contest_on(region_code: str, day: date, kind: str | None = None) -> Contest | None:
    """The one contest that it can have been; None when there is none, or more than one."""
    found = contests_on(region_code, day, kind)
    return found[0] if len(found) == 1 else None


def dates_of(contest: Contest) -> dict[str, date | None]:
    return {key: getattr(contest, key) for key in PHASE_DATES}


def phase_of(contest: Contest, day: date) -> Phase | None:
    """The phase that the day is in; None when the days that would tell are not known."""
    return phases.phase_on(dates_of(contest), day)


def phase_facts(contest: Contest, day: date) -> dict[str, object]:
    """The facts about the contest that `law.evaluate` asks for; a day not known is left out."""
    facts: dict[str, object] = {"act_on": day, "contest_kind": contest.kind}
    facts |= {key: value for key, value in dates_of(contest).items() if value is not None}
    return facts


def phase_facts_on(region_code: str, day: date, kind: str | None = None) -> dict[str, object]:
    """The facts on which all contests that it may have been agree; the others stay unknown.

    So a governor's and a mayor's contest of the same day give the dates, but not the kind.
    """
    found = [phase_facts(contest, day) for contest in contests_on(region_code, day, kind)]
    if not found:
        return {"act_on": day}
    first, *others = found
    return {
        key: value
        for key, value in first.items()
        if all(key in other and other[key] == value for other in others)
    }


def unreliable_days(contest: Contest) -> dict[str, Bilingual]:
    """Days that nobody has looked up yet, with what is said of their source: doubts to show."""
    return {
        key: Bilingual(**value["source"])
        for key, value in contest.sources.items()
        if value["level"] in NOT_RELIABLE
    }


def overview(election: Election) -> list[ContestGroup]:
    """The contests of an election, those with the same days told once."""
    groups: dict[tuple[KnownDay, ...], list[Contest]] = {}
    for contest in election.contests.select_related("region"):
        groups.setdefault(_known(contest), []).append(contest)
    return [_group(days, contests) for days, contests in groups.items()]


def _known(contest: Contest) -> tuple[KnownDay, ...]:
    sources = contest.sources
    return tuple(
        KnownDay(key, day, Bilingual(**sources[key]["source"]), sources[key]["level"])
        for key, day in dates_of(contest).items()
        if day is not None
    )


def _group(days: tuple[KnownDay, ...], contests: list[Contest]) -> ContestGroup:
    regions = Counter(contest.kind for contest in contests if contest.region_id)
    known = {day.key for day in days}
    only = contests[0].region if len(contests) == 1 else None
    return ContestGroup(
        kinds={contest.kind: regions[contest.kind] for contest in contests},
        region=only.name if only else "",
        days=days,
        unknown=tuple(key for key in PHASE_DATES if key not in known),
    )


@dataclass(frozen=True)
class Reached:
    """What one organ did for one audience; `people` is None where nobody ever counted."""

    organ: str
    audience: str
    sessions: int
    people: int | None
    counted: int
    last_on: date


def outreach_by_organ() -> list[Reached]:
    """Sessions of prevention by organ and audience; withdrawn ones are left out."""
    groups = Outreach.objects.standing().values("organ__name", "audience").order_by()
    summed = groups.annotate(
        sessions=Count("pk"), people=Sum("reach"), counted=Count("reach"), last_on=Max("held_on")
    )
    return [
        Reached(
            organ=row["organ__name"],
            audience=str(Audience(row["audience"]).label),
            sessions=row["sessions"],
            people=row["people"],
            counted=row["counted"],
            last_on=row["last_on"],
        )
        for row in summed.order_by("organ__name", "audience")
    ]
