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

_DATES = ("happened_from", "happened_until", "learned_on", "served_on", "complained_on")
_TUPLES = ("conduct", "ordered_by", "means", "treated_worse")


@dataclass(frozen=True)
class AccusedPerson:
    """Somebody who is reported; `region` is a region code, `status` one of `law.vocabulary`."""

    name: str = ""
    post: str = ""
    agency: str = ""
    region: str = ""
    status: str = ""


@dataclass(frozen=True)
class Content:
    """One report. Conduct, `ordered_by` and `means` are codes; regions are region codes.

    `kind` is one of `law.vocabulary.REPORT_KINDS`; a report that was kept without it is about
    neutrality, which was the only kind then.
    """

    kind: str = "neutrality"
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
    absent_workdays: int | None = None
    valid_reason: bool | None = None
    impact: str = ""
    service: str = ""
    served_on: date | None = None
    complained_first: bool | None = None
    complained_on: date | None = None
    wanted: str = ""
    # codes of law.service.ASPECTS in which others were treated better
    treated_worse: tuple[str, ...] = ()
    # Of a file that another office handed over: whose it was, its number there, what was done.
    from_office: str = ""
    from_number: str = ""
    done_there: str = ""
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
            "impact": self.impact,
            "learned_on": self.learned_on,
            "served_on": self.served_on,
            "absent_workdays": self.absent_workdays,
            "valid_reason": self.valid_reason,
            "complained_first": self.complained_first,
        }
        if self.happened_until in (None, self.happened_from):
            told["act_on"] = self.happened_from
        # "No" and 0 are answers.
        return {key: value for key, value in told.items() if value not in (None, "", [])}

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
