"""What a reporter told us, and who he is: two values that are sealed apart.

Everything may be missing. An empty text or tuple and `None` mean *not told*, never *no*.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Self

# On whose order, and by what means: the words of those who were made to take sides.
ORDERED_BY = ("superior", "higher_official", "close_person")
MEANS = ("promised_post", "keep_post", "forced", "service_pretext")
SIDE_KINDS = ("candidate", "party", "spouse")
DIRECTIONS = ("for", "against")
# What these sides are as an object in law: a reporter seldom knows who is confirmed already.
OBJECTS = {"candidate": "contestant", "party": "party", "spouse": "spouse_candidate"}
REGIONAL_CONTESTS = ("governor", "regent", "mayor")

_DATES = ("happened_from", "happened_until", "learned_on")
_TUPLES = ("conduct", "ordered_by", "means")


@dataclass(frozen=True)
class AccusedPerson:
    """Somebody who is reported; `region` is a region code."""

    name: str = ""
    post: str = ""
    agency: str = ""
    region: str = ""


@dataclass(frozen=True)
class Content:
    """One report. Conduct, `ordered_by` and `means` are codes; regions are region codes."""

    province: str = ""
    region: str = ""
    accused: tuple[AccusedPerson, ...] = ()
    conduct: tuple[str, ...] = ()
    narrative: str = ""
    happened_from: date | None = None
    happened_until: date | None = None
    learned_on: date | None = None
    place: str = ""
    witnesses: str = ""
    contest_kind: str = ""
    side_kind: str = ""
    side_direction: str = ""
    side_name: str = ""
    ordered_by: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    language: str = "id"

    def to_json(self) -> dict[str, Any]:
        """A JSON value; days as `2027-02-14`."""
        value = asdict(self)
        for name in _DATES:
            value[name] = value[name] and value[name].isoformat()
        return value

    def facts(self) -> dict[str, object]:
        """What of this `law.evaluate` can use; a fact that was not told is left out.

        Several days, or days not known, give no day of the act.
        """
        told: dict[str, object] = {
            "conduct": list(self.conduct),
            "object": OBJECTS.get(self.side_kind),
            "contest_kind": self.contest_kind,
        }
        if self.happened_until in (None, self.happened_from):
            told["act_on"] = self.happened_from
        return {key: value for key, value in told.items() if value}

    def election_kind(self) -> str:
        """`pemilu`, `pemilihan`, or "" when the contest was not told."""
        if not self.contest_kind:
            return ""
        return "pemilihan" if self.contest_kind in REGIONAL_CONTESTS else "pemilu"

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The report of `to_json`; a key that a newer version wrote is left aside."""
        known = {field.name for field in fields(cls)}
        told = {name: item for name, item in value.items() if name in known}
        for name in _DATES:
            told[name] = date.fromisoformat(told[name]) if told.get(name) else None
        for name in _TUPLES:
            told[name] = tuple(told.get(name, ()))
        told["accused"] = tuple(AccusedPerson(**person) for person in told.get("accused", ()))
        return cls(**told)


@dataclass(frozen=True)
class Identity:
    """Who a named reporter (*pelapor*) is; the law asks for name and address."""

    name: str
    address: str
    contact: str = ""

    def to_json(self) -> dict[str, str]:
        """A JSON value."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, str]) -> Self:
        """The identity of `to_json`."""
        return cls(**value)
