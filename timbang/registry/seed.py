"""Reads the shipped list of elections, strictly: what is wrong stops the load with file and line.

Pure: a file in, frozen values out. Codes of regions are checked against the shipped list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from timbang.law import yaml_file
from timbang.law.bilingual import Bilingual
from timbang.law.vocabulary import CONTEST_KINDS
from timbang.law.yaml_file import Yaml
from timbang.registry import places
from timbang.registry.phases import LEVELS, PHASE_DATES, SourcedDay, problems

NATION: Final = "nation"
EVERYWHERE: Final = (NATION, "province", "regency", "city")


@dataclass(frozen=True)
class Held:
    """Regions where a contest was held, by the codes of today, where that was found and how far it
    may be trusted. `whole_in` are the provinces (or the nation) where the list is whole: a region
    that it does not name held none there; elsewhere that is not known."""

    codes: tuple[str, ...]
    whole_in: tuple[str, ...]
    source: str | Bilingual
    level: str


@dataclass(frozen=True)
class SeedContest:
    """One kind of contest in every region of a kind, but for `without`; `everywhere` may be
    "nation": one contest for all. Or, with `held`, in the regions that it lists."""

    kind: str
    everywhere: str
    without: tuple[str, ...]
    held: Held | None
    days: Mapping[str, SourcedDay]

    @property
    def levels(self) -> list[str]:
        """How far each part may be trusted: the days, and the list of regions."""
        return [
            *(value.level for value in self.days.values()),
            *([self.held.level] if self.held else []),
        ]

    def regions(self) -> tuple[str | None, ...]:
        """The codes of the regions that hold it; one None for the nation."""
        if self.held is not None:
            return self.held.codes
        if self.everywhere == NATION:
            return (None,)
        held = (code for code in places.codes() if places.kind_of(code) == self.everywhere)
        return tuple(code for code in held if code not in self.without)

    def whole(self, region_code: str) -> bool:
        """Is it known of this region whether it held the contest?"""
        if self.held is None:
            return True
        return NATION in self.held.whole_in or region_code[:2] in self.held.whole_in


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
    found = item.fields(("kind",), ("everywhere", "in", "except", "dates"))
    if ("everywhere" in found) == ("in" in found):
        raise item.error("a contest is held `everywhere` or `in` the regions of a list")
    own = _days(found["dates"]) if "dates" in found else {}
    days = {**shared, **own}
    if "in" in found and "voting_on" not in days:
        raise item.error("a contest of listed regions names its `voting_on`")
    wrong = problems(days)
    if wrong:
        raise item.error("; ".join(wrong))
    return SeedContest(
        kind=found["kind"].one_of(tuple(CONTEST_KINDS)),
        everywhere=found["everywhere"].one_of(EVERYWHERE) if "everywhere" in found else "",
        without=_exceptions(found["except"]) if "except" in found else (),
        held=_held(found["in"]) if "in" in found else None,
        days=days,
    )


def _held(item: Yaml) -> Held:
    found = item.fields(("codes", "whole_in", "level", "source"))
    return Held(
        codes=tuple(_code(each) for each in found["codes"].items()),
        whole_in=tuple(_code(each, NATION) for each in found["whole_in"].items()),
        source=_source(found["source"]),
        level=found["level"].one_of(LEVELS),
    )


def _code(item: Yaml, *others: str) -> str:
    code = item.text()
    if code not in places.codes() and code not in others:
        raise item.error(f"'{code}' is not the code of a region")
    return code


def _exceptions(item: Yaml) -> tuple[str, ...]:
    found = item.fields(("codes", "because"))
    found["because"].text()
    return found["codes"].texts()


def _days(item: Yaml) -> dict[str, SourcedDay]:
    return {key: _day(value) for key, value in item.fields((), PHASE_DATES).items()}


def _day(item: Yaml) -> SourcedDay:
    found = item.fields(("day", "level", "source"))
    return SourcedDay(
        day=found["day"].day(),
        source=_source(found["source"]),
        level=found["level"].one_of(LEVELS),
    )


def _source(item: Yaml) -> str | Bilingual:
    """A plain citation is one text; a source with words stands in both languages."""
    return item.bilingual() if isinstance(item.value, Mapping) else item.text()
