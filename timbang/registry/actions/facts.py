"""The only writers of public facts: shipped regions and elections, agencies, people, contests.

An act of an officer leaves a ledger entry in the same transaction. What the operator does at the
console (`by=None`) leaves none: it comes from files that anyone can compare.
"""

from __future__ import annotations

import csv
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer
from timbang.law.refusal import Refusal
from timbang.ledger import actions as ledger
from timbang.registry import phases
from timbang.registry.models import (
    Agency,
    Contest,
    Election,
    Occupancy,
    Person,
    Post,
    Region,
)
from timbang.registry.phases import PHASE_DATES, SourcedDay
from timbang.registry.seed import NATION, SeedContest, SeedElection, read_elections

DATA: Final = Path(__file__).parent.parent / "data"
# An act of the registry belongs to no region: its day is that of the capital.
CAPITAL: Final = ZoneInfo("Asia/Jakarta")
CONTEST_NAMES: Final = uuid.UUID("5b0f3f4e-6a3c-5d55-9a10-5f1c6f0c2a77")


@dataclass(frozen=True)
class Loaded:
    regions: int
    elections: int
    contests: int


@transaction.atomic
def load() -> Loaded:
    """Regions, then elections, both from the shipped files; running it again changes nothing."""
    regions = load_regions()
    elections, contests = load_elections()
    return Loaded(regions, elections, contests)


@transaction.atomic
def load_regions() -> int:
    """Bring the 38 provinces and 514 regencies and cities to the state of the shipped file."""
    regions = list(_regions(DATA / "regions.csv"))
    Region.objects.bulk_create(
        regions,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "kind", "parent", "time_zone"],
    )
    return len(regions)


def _regions(path: Path) -> Iterator[Region]:
    """Provinces come before their regencies: the file is sorted by code."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Region(
                code=row["code"],
                name=row["name"],
                kind=row["kind"],
                parent_id=row["parent"] or None,
                time_zone=row["time_zone"],
            )


@transaction.atomic
def load_elections() -> tuple[int, int]:
    """Bring the shipped elections and their contests to the state of the shipped file."""
    seeds = read_elections(DATA / "elections.yaml")
    contests = [row for seed in seeds for row in _load_election(seed)]
    Contest.objects.bulk_create(
        contests,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*PHASE_DATES, "level", "sources"],
        batch_size=200,
    )
    return len(seeds), len(contests)


def _load_election(seed: SeedElection) -> list[Contest]:
    Election.objects.update_or_create(
        code=seed.code,
        defaults={"name": seed.name, "kind": seed.kind, "source": seed.source, "region": None},
    )
    return [
        _contest(seed.code, contest.kind, region, contest.days, contest.levels)
        for contest in seed.contests
        for region in _everywhere(contest)
    ]


def _everywhere(seed: SeedContest) -> list[str | None]:
    """The codes of the regions that hold this contest; one None for the nation."""
    if seed.held is not None or seed.everywhere == NATION:
        return list(seed.regions())
    held = Region.objects.filter(kind=seed.everywhere).exclude(code__in=seed.without)
    return list(held.values_list("code", flat=True))


def contest_id(election_code: str, kind: str, region_code: str | None) -> uuid.UUID:
    """The same contest has the same id on every machine."""
    return uuid.uuid5(CONTEST_NAMES, f"{election_code}/{kind}/{region_code or NATION}")


def _contest(
    election_code: str,
    kind: str,
    region_code: str | None,
    days: Mapping[str, SourcedDay],
    levels: Sequence[str],
) -> Contest:
    return Contest(
        id=contest_id(election_code, kind, region_code),
        election_id=election_code,
        kind=kind,
        region_id=region_code,
        level=phases.weakest(list(levels)),
        sources={
            key: {"source": value.words.as_json(), "level": value.level}
            for key, value in days.items()
        },
        **{key: value.day for key, value in days.items()},
    )


@transaction.atomic
def add_agency(
    *,
    code: str,
    name: str,
    kind: str,
    region_code: str | None,
    by: Officer | None,
    at: datetime,
    part_of: str | None = None,
) -> Agency:
    """A public body; `part_of` is the code of the agency that a unit belongs to."""
    if Agency.objects.filter(code=code).exists():
        raise Refusal(_("There is an agency with this code already."))
    agency = Agency.objects.create(
        code=code, name=name, kind=kind, region_id=region_code, part_of_id=part_of
    )
    _enter("registry.agency_added", {"agency": code}, by=by, at=at)
    return agency


@transaction.atomic
def add_post(
    *, agency: Agency, title: str, by: Officer | None, at: datetime, level: str = ""
) -> Post:
    """A post in an agency; who holds it is an occupancy."""
    post = Post.objects.create(agency=agency, title=title, level=level)
    _enter("registry.post_added", {"post": str(post.pk)}, by=by, at=at)
    return post


@transaction.atomic
def add_person(*, name: str, by: Officer | None, at: datetime, employee_kind: str = "") -> Person:
    """A person of public life: never because someone was reported."""
    person = Person.objects.create(name=name, employee_kind=employee_kind)
    _enter("registry.person_added", {"person": str(person.pk)}, by=by, at=at)
    return person


@transaction.atomic
def add_occupancy(
    *,
    person: Person,
    post: Post,
    source: str,
    by: Officer | None,
    at: datetime,
    from_on: date | None = None,
    until_on: date | None = None,
    acting: str = "",
) -> Occupancy:
    """A person holds a post from a day until (exclusive) a day; None is "not known" or "still"."""
    if from_on is not None and until_on is not None and until_on <= from_on:
        raise Refusal(_("A post must be held for at least one day: the end lies after the start."))
    occupancy = Occupancy.objects.create(
        person=person, post=post, acting=acting, from_on=from_on, until_on=until_on, source=source
    )
    _enter("registry.occupancy_added", {"occupancy": str(occupancy.pk)}, by=by, at=at)
    return occupancy


@transaction.atomic
def add_election(
    *,
    code: str,
    name: str,
    kind: str,
    source: str,
    by: Officer | None,
    at: datetime,
    region_code: str | None = None,
) -> Election:
    """An election; its dates come with its contests."""
    if Election.objects.filter(code=code).exists():
        raise Refusal(_("There is an election with this code already."))
    election = Election.objects.create(
        code=code, name=name, kind=kind, source=source, region_id=region_code
    )
    _enter("registry.election_added", {"election": code}, by=by, at=at)
    return election


@transaction.atomic
def add_contest(
    *,
    election: Election,
    kind: str,
    region_code: str | None,
    days: Mapping[str, SourcedDay],
    by: Officer | None,
    at: datetime,
) -> Contest:
    """A contest with the days that are known, each with its source; leave out what is not known."""
    wrong = phases.problems(days)
    if wrong:
        raise Refusal(_("The days of a contest do not fit: %(why)s") % {"why": "; ".join(wrong)})
    levels = [value.level for value in days.values()]
    contest = _contest(election.pk, kind, region_code, days, levels)
    if Contest.objects.filter(pk=contest.pk).exists():
        raise Refusal(_("This election has this contest in this region already."))
    contest.save(force_insert=True)
    _enter("registry.contest_added", {"contest": str(contest.pk)}, by=by, at=at)
    return contest


def _enter(act: str, body: dict[str, str], *, by: Officer | None, at: datetime) -> None:
    if by is None:
        return
    on = at.astimezone(CAPITAL).date()
    ledger.record(act=act, body={**body, "officer": str(by.pk)}, lane="now", on=on)
