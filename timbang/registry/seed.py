"""Reads the shipped list of elections, strictly: what is wrong stops the load with file and line.

Pure: a file in, frozen values out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from timbang.law import yaml_file
from timbang.law.vocabulary import CONTEST_KINDS
from timbang.law.yaml_file import Yaml
from timbang.registry.phases import LEVELS, PHASE_DATES, SourcedDay, problems

EVERYWHERE: Final = ("nation", "province", "regency", "city")


@dataclass(frozen=True)
class SeedContest:
    """One kind of contest in every region of a kind, but for `without`; `everywhere` may be
    "nation": one contest for all."""

    kind: str
    everywhere: str
    without: tuple[str, ...]
    days: Mapping[str, SourcedDay]


@dataclass(frozen=True)
class SeedElection:
    code: str
    name: str
    kind: str
    source: str
    contests: tuple[SeedContest, ...]


def read_elections(path: Path) -> tuple[SeedElection, ...]:
    """All elections of a file. Raises `YamlError`, which says file and line."""
    top = yaml_file.load(path).fields(("elections",))
    return tuple(_election(item) for item in top["elections"].items())


def _election(item: Yaml) -> SeedElection:
    found = item.fields(("code", "name", "kind", "source", "dates", "contests"))
    shared = _days(found["dates"])
    return SeedElection(
        code=found["code"].text(),
        name=found["name"].text(),
        kind=found["kind"].one_of(("pemilu", "pemilihan")),
        source=found["source"].text(),
        contests=tuple(_contest(contest, shared) for contest in found["contests"].items()),
    )


def _contest(item: Yaml, shared: Mapping[str, SourcedDay]) -> SeedContest:
    found = item.fields(("kind", "everywhere"), ("except", "dates"))
    own = _days(found["dates"]) if "dates" in found else {}
    days = {**shared, **own}
    wrong = problems(days)
    if wrong:
        raise item.error("; ".join(wrong))
    return SeedContest(
        kind=found["kind"].one_of(tuple(CONTEST_KINDS)),
        everywhere=found["everywhere"].one_of(EVERYWHERE),
        without=_exceptions(found["except"]) if "except" in found else (),
        days=days,
    )


def _exceptions(item: Yaml) -> tuple[str, ...]:
    found = item.fields(("codes", "because"))
    found["because"].text()
    return found["codes"].texts()


def _days(item: Yaml) -> dict[str, SourcedDay]:
    return {key: _day(value) for key, value in item.fields((), PHASE_DATES).items()}


def _day(item: Yaml) -> SourcedDay:
    """A source that is a plain citation is one text; one with words stands in both languages."""
    found = item.fields(("day", "level", "source"))
    source = found["source"]
    return SourcedDay(
        day=found["day"].day(),
        source=source.bilingual() if isinstance(source.value, Mapping) else source.text(),
        level=found["level"].one_of(LEVELS),
    )
