"""Reads the shipped list of elections, strictly: what is wrong stops the load with file and line.

Pure: text in, frozen values out. Unknown and duplicate keys are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import yaml

from timbang.registry.phases import PHASE_DATES, SourcedDay, problems

ELECTION_KEYS: Final = {"code", "name", "kind", "source", "dates", "contests"}
CONTEST_KEYS: Final = {"kind", "everywhere", "except", "dates"}
EVERYWHERE: Final = {"nation", "province", "regency", "city"}


class SeedError(Exception):
    """A data file cannot be loaded; the message says the file, the line and what is wrong there."""


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


class _Node(dict[str, Any]):
    """A mapping that remembers where it stood."""

    line: int = 0


class _Loader(yaml.SafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> _Node:
        found = _Node()
        found.line = node.start_mark.line + 1
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in found:
                raise SeedError(f"line {key_node.start_mark.line + 1}: {key!r} stands twice")
            found[key] = self.construct_object(value_node, deep=True)
        return found


_Loader.add_constructor(
    yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG,
    lambda loader, node: loader.construct_mapping(node),
)


def read_elections(text: str, where: str) -> tuple[SeedElection, ...]:
    """All elections of a file; `where` is its name, for messages."""
    try:
        loaded = yaml.load(text, Loader=_Loader)  # noqa: S506 (a SafeLoader)
        _only(loaded, {"elections"})
        return tuple(_election(node) for node in loaded["elections"])
    except (SeedError, yaml.YAMLError) as error:
        raise SeedError(f"{where}: {error}") from error


def _only(node: Any, allowed: set[str], optional: set[str] | None = None) -> None:
    """Exactly the allowed keys; those in `optional` may be missing."""
    if not isinstance(node, _Node):
        raise SeedError(f"a mapping with {', '.join(sorted(allowed))} is expected, not {node!r}")
    unknown = sorted(set(node) - allowed)
    missing = sorted(allowed - set(node) - (optional or set()))
    if unknown or missing:
        raise SeedError(f"line {node.line}: unknown {unknown}, missing {missing}")


def _election(node: _Node) -> SeedElection:
    _only(node, ELECTION_KEYS)
    if node["kind"] not in ("pemilu", "pemilihan"):
        raise SeedError(f"line {node.line}: kind is pemilu or pemilihan, not {node['kind']!r}")
    shared = _days(node["dates"])
    contests = tuple(_contest(item, shared) for item in node["contests"])
    return SeedElection(node["code"], node["name"], node["kind"], node["source"], contests)


def _contest(node: _Node, shared: Mapping[str, SourcedDay]) -> SeedContest:
    _only(node, CONTEST_KEYS, {"except", "dates"})
    if node["everywhere"] not in EVERYWHERE:
        raise SeedError(f"line {node.line}: everywhere is one of {', '.join(sorted(EVERYWHERE))}")
    days = {**shared, **_days(node.get("dates", _Node()))}
    wrong = problems(days)
    if wrong:
        raise SeedError(f"line {node.line}: {'; '.join(wrong)}")
    return SeedContest(node["kind"], node["everywhere"], _exceptions(node), days)


def _exceptions(node: _Node) -> tuple[str, ...]:
    if "except" not in node:
        return ()
    _only(node["except"], {"codes", "because"})
    return tuple(node["except"]["codes"])


def _days(node: _Node) -> dict[str, SourcedDay]:
    _only(node, set(PHASE_DATES), set(PHASE_DATES))
    days = {}
    for key, value in node.items():
        _only(value, {"day", "level", "source"})
        if type(value["day"]) is not date:
            raise SeedError(f"line {value.line}: {value['day']!r} is not a day (YYYY-MM-DD)")
        days[key] = SourcedDay(value["day"], value["source"], value["level"])
    return days
