"""How long what has ended is kept: a table in data, and the day that follows from it.

Every period that is shipped is ours and says so; an office's own schedule, given as a file, takes
its place as a whole. The gravest thing that was decided in a case sets its period.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from timbang.law.bilingual import Bilingual
from timbang.law.vocabulary import VERIFICATION

SHIPPED: Final = Path(__file__).with_name("retention.yaml")
# What a file must say something about, the gravest first.
CODES: Final = (
    "severe", "beyond_authority", "moderate", "light", "proven", "cleared", "no_decision", "report",
)  # fmt: skip
OF_A_LEVEL: Final = {"ringan": "light", "sedang": "moderate", "berat": "severe"}
LONGEST = 100


class TableError(ValueError):
    """A schedule of retention that cannot be used; says what is missing."""


@dataclass(frozen=True, slots=True)
class Basis:
    """A norm that stands behind keeping and destroying, and how far it was read."""

    text: Bilingual
    citation: str
    level: str

    @property
    def level_text(self) -> Bilingual:
        """The level in words."""
        return VERIFICATION[self.level]


@dataclass(frozen=True, slots=True)
class Rule:
    """One period. Without a citation it is ours."""

    code: str
    title: Bilingual
    years: int
    reason: Bilingual
    citation: str = ""
    level: str = ""

    @property
    def ours(self) -> bool:
        """Whether no norm says so."""
        return not self.citation

    def due_on(self, ended_on: date) -> date:
        """The first day on which it may be erased; 29 February counts to 1 March."""
        return _years_after(ended_on, self.years)

    def ended_by(self, on: date) -> date:
        """What ended on this day or before is due on `on`."""
        try:
            return on.replace(year=on.year - self.years)
        except ValueError:  # 29 February: what ended on the 28th is due since a year ago
            return on.replace(year=on.year - self.years, day=28)


@dataclass(frozen=True, slots=True)
class Table:
    """The schedule in force here."""

    rules: Mapping[str, Rule]
    basis: tuple[Basis, ...]


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def code_of(decided: Iterable[tuple[str, str]]) -> str:
    """Which rule a case falls under, by (finding, level) of its present decisions."""
    found = {_code(finding, level) for finding, level in decided} or {"no_decision"}
    return next(code for code in CODES if code in found)


def _code(finding: str, level: str) -> str:
    if level in OF_A_LEVEL:
        return OF_A_LEVEL[level]
    return {"beyond_authority": "beyond_authority", "not_proven": "cleared"}.get(finding, "proven")


@cache
def table(file: Path = SHIPPED) -> Table:
    """The schedule of this file. Raises TableError where it is not complete."""
    told = yaml.safe_load(file.read_text())
    try:
        rules = {row["code"]: _rule(row) for row in told["rules"]}
        basis = tuple(_basis(row) for row in told.get("basis", ()))
    except (KeyError, TypeError, ValueError) as error:
        raise TableError(f"{file}: {error!r}") from error
    if set(rules) != set(CODES) or len(rules) != len(told["rules"]):
        wrong = ", ".join(sorted(set(rules) ^ set(CODES))) or "a rule stands twice"
        raise TableError(f"{file}: every end has one rule and no other; look at: {wrong}")
    return Table(rules, basis)


def _rule(row: Mapping[str, Any]) -> Rule:
    years, level = row["years"], row.get("level", "")
    if type(years) is not int or not 0 <= years <= LONGEST:
        raise TableError(f"{row['code']}: years is a whole number up to {LONGEST}")
    if bool(row.get("citation")) != bool(level) or (level and level not in VERIFICATION):
        raise TableError(f"{row['code']}: citation and level of verification go together")
    return Rule(
        code=row["code"],
        title=_both(row["title"]),
        years=years,
        reason=_both(row["reason"]),
        citation=row.get("citation", ""),
        level=level,
    )


def _basis(row: Mapping[str, Any]) -> Basis:
    if row["level"] not in VERIFICATION:
        raise TableError(f"{row['citation']}: no level {row['level']}")
    return Basis(_both(row["text"]), row["citation"], row["level"])


def _both(words: Mapping[str, str]) -> Bilingual:
    return Bilingual(words["id"].strip(), words["en"].strip())
