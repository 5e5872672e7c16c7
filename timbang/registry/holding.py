"""Who held a post one after another, and when nobody is known to have held it.

A post has one holder; Pj, Plt and Plh act in it beside or without one. An end that no list
gives is not guessed: the post counts as held until the next holder begins, and a stretch is called
vacant only where the end of the last holder and the beginning of every other one are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from timbang.registry.models import ActingKind
from timbang.registry.origins import Origin

# Two may hold a post for as long when it is handed over; longer, and it is a title of several.
HAND_OVER: Final = 31


@dataclass(frozen=True, slots=True)
class Holding:
    """One decree that puts somebody into a post. `until_on` is the first day after.

    `person` tells people apart (a hash, else the name); `acting` is "" for the holder himself;
    `ended_by` names the decree of dismissal that its end comes from; `beside` counts the days from
    its first one on which somebody else held the post too.
    """

    key: tuple[str, str]
    person: str
    name: str
    acting: str
    from_on: date | None
    until_on: date | None
    decree: str
    decreed_on: date | None
    signed_by: str
    agency: str
    level: str
    origin: Origin
    ended_by: str = ""
    beside: int = 0

    @property
    def acting_words(self) -> str:
        return acting_words(self.acting)


@dataclass(frozen=True, slots=True)
class Vacancy:
    """Days on which no holder is known, though the end of the last one is; `until_on` is None
    where nobody is known to have followed. `acting` are those who acted meanwhile."""

    from_on: date
    until_on: date | None
    acting: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A decree that takes somebody out of a post from this day on."""

    person: str
    on: date
    decree: str


def ended(holdings: Iterable[Holding], dismissals: Sequence[Dismissal]) -> list[Holding]:
    """Each holding with the day of the dismissal that ended it, where its own end is not known."""
    found = []
    for each in holdings:
        after = [
            one
            for one in dismissals
            if one.person == each.person and (each.from_on is None or one.on > each.from_on)
        ]
        first = min(after, key=lambda one: one.on, default=None)
        if each.until_on is None and first is not None:
            found.append(replace(each, until_on=first.on, ended_by=first.decree))
        else:
            found.append(each)
    return found


def in_order(holdings: Iterable[Holding]) -> list[Holding]:
    """The oldest first, those without a first day at the end; `beside` is counted."""
    ordered = sorted(holdings, key=_when)
    holders = [each for each in ordered if _holds(each)]
    return [
        replace(each, beside=max((_together(one, each) for one in holders), default=0))
        if _holds(each)
        else each
        for each in ordered
    ]


def vacancies(holdings: Sequence[Holding]) -> list[Vacancy]:
    """The stretches after a holder whose end is known until the next holder, the oldest first."""
    if any(not each.acting and each.from_on is None for each in holdings):
        return []  # one whose days nobody knows may have held it then
    holders = sorted((each for each in holdings if _holds(each)), key=_when)
    found: list[Vacancy] = []
    until: date | None = None
    for place, each in enumerate(holders):
        following = holders[place + 1] if place + 1 < len(holders) else None
        end = each.until_on or (following.from_on if following else None)
        if end is None:  # the last one, and nobody says until when
            break
        until = max(until, end) if until else end
        begins = following.from_on if following else None
        if begins is None or begins > until:
            found.append(Vacancy(until, begins, _acting(holdings, until, begins)))
    return found


def before(holdings: Sequence[Holding], mine: Holding) -> Holding | None:
    """The other person who was last put into the post before; None where no list tells."""
    if mine.from_on is None:
        return None
    earlier = [
        each
        for each in holdings
        if each.person != mine.person and each.from_on is not None and each.from_on < mine.from_on
    ]
    return max(earlier, key=_when, default=None)


def after(holdings: Sequence[Holding], mine: Holding) -> Holding | None:
    """The other person who was next put into the post; None where no list tells."""
    if mine.from_on is None:
        return None
    later = [
        each
        for each in holdings
        if each.person != mine.person and each.from_on is not None and each.from_on > mine.from_on
    ]
    return min(later, key=_when, default=None)


def several_at_once(holdings: Sequence[Holding]) -> bool:
    """Whether several held it for longer than a hand-over: then it is a title, not one post."""
    return any(each.beside > HAND_OVER for each in holdings)


def _holds(each: Holding) -> bool:
    return not each.acting and each.from_on is not None


def _together(one: Holding, other: Holding) -> int:
    """How many days from the first of `other` on which `one`, somebody else, held it too."""
    if one.person == other.person or one.from_on is None or other.from_on is None:
        return 0
    if one.from_on > other.from_on:
        return 0
    if one.until_on is None:  # until the next one, unless both began together
        return HAND_OVER + 1 if one.from_on == other.from_on else 0
    return max(0, (one.until_on - other.from_on).days)


def _acting(
    holdings: Iterable[Holding], from_on: date, until_on: date | None
) -> tuple[Holding, ...]:
    return tuple(
        each
        for each in holdings
        if each.acting
        and each.from_on is not None
        and (until_on is None or each.from_on < until_on)
        and (each.until_on > from_on if each.until_on else each.from_on >= from_on)
    )


def _when(each: Holding) -> tuple[date, tuple[str, str]]:
    return (each.from_on or date.max, each.key)


def acting_words(kind: str) -> str:
    """The acting kind in words, or as the list writes it; "" for the holder."""
    return str(ActingKind(kind).label) if kind in ActingKind.values else kind
