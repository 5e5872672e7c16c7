"""What would have been answered on another day, and what the catalogue itself said differently.

`between_days` moves the day of the act: law, phase and authority move with it. `between_known`
compares what the catalogue said on two days, and with facts also what it would have answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from timbang.law.bilingual import Bilingual
from timbang.law.entries import Catalogue, Norm
from timbang.law.evaluate import Finding, evaluate
from timbang.law.norms import Library, catalogue


@dataclass(frozen=True, slots=True)
class Difference:
    """One norm that is answered differently; None where the catalogue did not have it."""

    norm: str
    title: Bilingual
    before: Finding | None
    after: Finding | None

    def as_json(self) -> dict[str, object]:
        return {
            "norm": self.norm,
            "title": self.title.as_json(),
            "before": self.before.as_json() if self.before else None,
            "after": self.after.as_json() if self.after else None,
        }


@dataclass(frozen=True, slots=True)
class Correction:
    """One norm that the catalogue tells differently on two days."""

    norm: str
    title: Bilingual
    what: Literal["added", "removed", "changed"]
    known_from: date | None

    def as_json(self) -> dict[str, object]:
        return {
            "norm": self.norm,
            "title": self.title.as_json(),
            "what": self.what,
            "known_from": self.known_from.isoformat() if self.known_from else None,
        }


def between_days(
    facts: Mapping[str, object], day_a: date, day_b: date, laws: Catalogue | None = None
) -> tuple[Difference, ...]:
    """The norms that answer differently if the act happens on the second day, not the first."""
    laws = catalogue() if laws is None else laws
    return _differences(
        evaluate({**facts, "act_on": day_a}, laws), evaluate({**facts, "act_on": day_b}, laws)
    )


def between_known(
    known_a: date, known_b: date, *, of: Library | None = None
) -> tuple[Correction, ...]:
    """The norms that the catalogue of the second day tells differently from that of the first."""
    before, after = (_by_version(_on(day, of)) for day in (known_a, known_b))
    found = [_correction(before.get(key), after.get(key)) for key in {**before, **after}]
    return tuple(each for each in found if each is not None)


def answers_known(
    facts: Mapping[str, object], known_a: date, known_b: date, *, of: Library | None = None
) -> tuple[Difference, ...]:
    """The norms that the two catalogues answer differently on the same facts."""
    return _differences(evaluate(facts, _on(known_a, of)), evaluate(facts, _on(known_b, of)))


def _on(day: date, of: Library | None) -> Catalogue:
    return catalogue(day) if of is None else of.on(day)


def _by_version(laws: Catalogue) -> dict[tuple[str, date], Norm]:
    return {(norm.base, norm.valid_from): norm for norm in laws.norms.values()}


def _correction(before: Norm | None, after: Norm | None) -> Correction | None:
    if after is None:
        assert before is not None
        return Correction(before.base, before.title, "removed", before.known_from)
    if before is None:
        return Correction(after.base, after.title, "added", after.known_from)
    if before.hash == after.hash:
        return None
    return Correction(after.base, after.title, "changed", after.known_from)


def _differences(before: list[Finding], after: list[Finding]) -> tuple[Difference, ...]:
    old, new = ({found.norm: found for found in side} for side in (before, after))
    return tuple(
        Difference(norm, (new.get(norm) or old[norm]).title, old.get(norm), new.get(norm))
        for norm in {**old, **new}
        if not _same(old.get(norm), new.get(norm))
    )


def _same(one: Finding | None, other: Finding | None) -> bool:
    """A norm that does not apply on either side says nothing, whatever its citation or reason."""
    answers = {found.applies if found else "no" for found in (one, other)}
    return answers == {"no"} or one == other
