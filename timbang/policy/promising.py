"""What was promised beside what came of it: numbers with the same measure, side by side. Pure.

Nothing is added up over dossiers, and nothing is called kept or broken: a promise in words and a
milestone in numbers are compared by people. Only a number that is measured in the very words of the
promise is held against its target; letters of either case, spaces and punctuation make no
difference.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Target:
    """What a promise counts, how much of it, and until when."""

    measure: str
    amount: Decimal | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something that came of it: a milestone with a number, or a document that tells a result."""

    title: str
    measure: str = ""
    target: Decimal | None = None
    result: Decimal | None = None
    on: date | None = None
    due_on: date | None = None
    spent: int | None = None
    says: str = ""
    source: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """An outcome held against the promise. `share` is None where they count different things."""

    outcome: Outcome
    share: Decimal | None

    @property
    def days_late(self) -> int | None:
        """Days after its own planned day; None where a day is missing."""
        if self.outcome.on is None or self.outcome.due_on is None:
            return None
        return max(0, (self.outcome.on - self.outcome.due_on).days)


def same_measure(one: str, other: str) -> bool:
    """Whether two measures are written in the same words."""
    return bool(_plain(one)) and _plain(one) == _plain(other)


def _plain(words: str) -> list[str]:
    same = unicodedata.normalize("NFKC", words).casefold()
    return "".join(" " if _says_nothing(sign) else sign for sign in same).split()


def _says_nothing(sign: str) -> bool:
    """Punctuation, but for what makes it another measure: a share, or so much for each."""
    return unicodedata.category(sign)[0] == "P" and sign not in "%‰/"


def beside(target: Target, outcomes: Iterable[Outcome]) -> tuple[Beside, ...]:
    """Each outcome with its share of what was promised, where both count the same thing."""
    return tuple(Beside(each, _share(target, each)) for each in outcomes)


def _share(target: Target, outcome: Outcome) -> Decimal | None:
    if not target.amount or outcome.result is None:
        return None
    if not same_measure(target.measure, outcome.measure):
        return None
    return outcome.result / target.amount
