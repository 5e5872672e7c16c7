"""The catalogue of law as the public pages show it: for one day, and beside another.

Nothing here is stored: every page is made from the files of `timbang.law` each time it is read, so
what is shown is what the software itself reckons with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from timbang.law import cards
from timbang.law.bilingual import Bilingual
from timbang.law.entries import (
    Authority,
    Catalogue,
    Choice,
    Doubt,
    Event,
    Example,
    Instrument,
    Norm,
    covers,
)
from timbang.law.norms import library
from timbang.law.vocabulary import (
    AREAS,
    CONDUCTS,
    FACTS,
    INSTRUMENT_KINDS,
    LEVELS,
    OBJECTS,
    STATUSES,
    VERIFICATION,
)

AT: Final[Mapping[str, Bilingual]] = {
    "lampiran": Bilingual("Lampiran {n}", "Annex {n}"),
    "bagian": Bilingual("bagian {n}", "part {n}"),
    "diktum": Bilingual("diktum {n}", "dictum {n}"),
    "pasal": Bilingual("Pasal {n}", "article {n}"),
    "ayat": Bilingual("ayat ({n})", "paragraph ({n})"),
    "huruf": Bilingual("huruf {n}", "letter {n}"),
    "angka": Bilingual("angka {n}", "item {n}"),
}
APPLIES: Final[Mapping[str, Bilingual]] = {
    "yes": Bilingual("berlaku", "applies"),
    "no": Bilingual("tidak berlaku", "does not apply"),
    "unknown": Bilingual("belum dapat dijawab", "cannot be answered yet"),
}


# --- one day beside another -----------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """A rule whose wording differs on two days."""

    before: Norm
    after: Norm


@dataclass(frozen=True)
class Difference:
    """What happened to the norms between two days, the earlier first."""

    earlier: date
    later: date
    added: tuple[Norm, ...]
    gone: tuple[tuple[Norm, str], ...]
    changed: tuple[Change, ...]

    @property
    def empty(self) -> bool:
        return not (self.added or self.gone or self.changed)


def in_force(norms: Iterable[Norm], day: date) -> dict[str, Norm]:
    """The norms that hold on a day, by their key without a version."""
    return {norm.base: norm for norm in norms if is_in_force(norm, day)}


def is_in_force(norm: Norm, day: date) -> bool:
    return covers(norm.valid_from, norm.valid_until, day)


def difference(laws: Catalogue, norms: Collection[Norm], one: date, other: date) -> Difference:
    """What was added, went (with what replaced it), or got another wording between two days."""
    earlier, later = sorted((one, other))
    before, after = in_force(norms, earlier), in_force(norms, later)
    return Difference(
        earlier,
        later,
        added=tuple(norm for key, norm in after.items() if key not in before),
        gone=tuple(
            (norm, successor(norm.instrument, laws))
            for key, norm in before.items()
            if key not in after
        ),
        changed=tuple(
            Change(norm, after[key])
            for key, norm in before.items()
            if key in after and after[key] is not norm
        ),
    )


# --- the overview ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Book:
    """An instrument on the day: how many of its norms hold, and what replaced it."""

    instrument: Instrument
    norms: int
    holds: bool
    successor: str


@dataclass(frozen=True)
class Shelf:
    """Instruments of one kind."""

    title: Bilingual
    books: tuple[Book, ...]


@dataclass(frozen=True)
class Area:
    """A field of law, and the instruments whose norms of this field hold on the day."""

    title: Bilingual
    norms: int
    instruments: tuple[Instrument, ...]


def shelves(laws: Catalogue, day: date) -> list[Shelf]:
    """All instruments by kind, in the order of their weight; those not in force too."""
    holding = [norm.instrument.id for norm in laws.norms.values() if is_in_force(norm, day)]
    found = []
    for kind, title in INSTRUMENT_KINDS.items():
        books = [
            Book(
                each,
                holding.count(each.id),
                covers(each.valid_from, each.valid_until, day),
                successor(each, laws),
            )
            for each in laws.instruments.values()
            if each.kind == kind
        ]
        if books:
            books.sort(key=lambda book: book.instrument.valid_from)
            found.append(Shelf(title, tuple(books)))
    return found


def successor(instrument: Instrument, laws: Catalogue) -> str:
    """What replaced an instrument, as it is cited; empty where nothing is known to."""
    other = laws.instruments.get(instrument.replaced_by or "")
    return other.name if other else instrument.replaced_by or ""


def areas(laws: Catalogue, day: date) -> list[Area]:
    held = in_force(laws.norms.values(), day).values()
    found = []
    for code, title in AREAS.items():
        here = [norm for norm in held if norm.area == code]
        instruments = {norm.instrument.id: norm.instrument for norm in here}
        if here:
            found.append(Area(title, len(here), tuple(instruments.values())))
    return found


@dataclass(frozen=True)
class LevelCount:
    """How many norms rest on this level of checking."""

    title: Bilingual
    norms: int
    waiting: int


def by_level(norms: Iterable[Norm]) -> list[LevelCount]:
    """`waiting` of them inform and remind only, until a legal officer confirms the article."""
    every = list(norms)
    rows = [
        (title, [norm for norm in every if norm.level == code])
        for code, title in VERIFICATION.items()
    ]
    return [
        LevelCount(title, len(found), sum(not norm.may_propose for norm in found))
        for title, found in rows
        if found
    ]


# --- one norm -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ladder:
    """A range of sanctions from light to heavy, and the facts on which it depends."""

    level: Bilingual
    kinds: tuple[tuple[Bilingual, str], ...]
    depends_on: tuple[Bilingual, ...]


@dataclass(frozen=True)
class Told:
    """An example: the case, its facts in words, and what the norm answers."""

    case: Bilingual
    facts: tuple[tuple[Bilingual, str], ...]
    applies: Bilingual
    missing: tuple[Bilingual, ...]


@dataclass(frozen=True)
class NormPage:
    """What the page of a norm says, beyond the norm itself."""

    place: Bilingual
    bound: tuple[Bilingual, ...]
    conducts: tuple[Bilingual, ...]
    objects: tuple[Bilingual, ...]
    phases: tuple[Bilingual, ...]
    judged_phases: tuple[Bilingual, ...]
    ladders: tuple[Ladder, ...]
    authority: tuple[Authority, ...]
    competent: tuple[Authority, ...]
    level: Bilingual
    events: tuple[Event, ...]
    open_points: tuple[Doubt, ...]
    judgements: tuple[Doubt, ...]
    conflicts: tuple[Doubt, ...]
    examples: tuple[Told, ...]


def norm_page(norm: Norm, laws: Catalogue, day: date) -> NormPage:
    """`competent` is whoever decides on the day; `authority` whoever did while the norm held."""
    doubts = [laws.doubts[code] for code in sorted(norm.doubts_possible)]
    reach = _reach(norm)
    of_phase = reach.phases if reach else {}
    authority = [each for each in norm.authority if _overlaps(norm, each)]
    return NormPage(
        place=place(norm.at),
        bound=tuple(STATUSES[code] for code in norm.binds),
        conducts=tuple(CONDUCTS[code] for code in CONDUCTS if code in (norm.when.needs or ())),
        objects=tuple(OBJECTS[code] for code in reach.objects) if reach else (),
        phases=tuple(cards.PHASES[code] for code, how in of_phase.items() if how != "judged"),
        judged_phases=tuple(
            cards.PHASES[code] for code, how in of_phase.items() if how == "judged"
        ),
        ladders=tuple(_ladder(choice) for choice in norm.choices),
        authority=tuple(each for each in authority if not each.holds_on(day)),
        competent=tuple(each for each in authority if each.holds_on(day)),
        level=VERIFICATION[norm.level],
        events=events_of(norm),
        open_points=tuple(doubt for doubt in doubts if doubt.kind == "open_point"),
        judgements=tuple(doubt for doubt in doubts if doubt.kind == "judgement"),
        conflicts=tuple(doubt for doubt in doubts if doubt.conflict is not None),
        examples=tuple(_told(example) for example in norm.examples),
    )


def _overlaps(norm: Norm, authority: Authority) -> bool:
    """An authority of days on which the norm was not yet, or no longer, in force says nothing; who
    decides later about an act of those days is told."""
    return authority.valid_until is None or norm.valid_from < authority.valid_until


def _reach(norm: Norm) -> cards.Reach | None:
    """Only conduct in elections has phases and someone whom it favours."""
    if norm.area not in cards.AREAS:
        return None
    last = norm.valid_until or date.max
    found = cards.reach(norm, on=max(norm.valid_from, min(_SAMPLE, last - cards.ONE_DAY)))
    return found if found.phases else None


# A day on which most norms hold; another one of the norm's own is taken where it does not.
_SAMPLE: Final = date(2024, 6, 3)


def events_of(norm: Norm) -> tuple[Event, ...]:
    """Court decisions and amendments that touch this norm, or the instrument as a whole."""
    return tuple(
        event for event in norm.instrument.events if not event.touches or norm.code in event.touches
    )


def place(at: Mapping[str, str]) -> Bilingual:
    """Where the norm stands in its instrument, in words."""
    words = [template.format(n=at[key]) for key, template in AT.items() if key in at]
    return Bilingual(" ".join(word.id for word in words), " ".join(word.en for word in words))


def _ladder(choice: Choice) -> Ladder:
    facts = sorted(choice.when.facts) if choice.when is not None else []
    return Ladder(
        LEVELS[choice.set.level],
        tuple((kind.title, kind.citation) for kind in choice.set.kinds),
        tuple(FACTS[key].question for key in facts),
    )


def _told(example: Example) -> Told:
    facts = tuple((FACTS[key].question, words(key, value)) for key, value in example.facts.items())
    missing = tuple(FACTS[key].question for key in example.missing or ())
    return Told(example.case, facts, APPLIES[example.applies], missing)


def words(key: str, value: object) -> str:
    """A fact's value as a reader says it."""
    fact = FACTS[key]
    if isinstance(value, bool):
        return str(Bilingual("ya", "yes") if value else Bilingual("tidak", "no"))
    if isinstance(value, list | tuple | frozenset):
        return "; ".join(words(key, item) for item in value) or "–"
    return str(fact.choices.get(str(value), value))


def versions(norm: Norm, laws: Catalogue) -> list[Norm]:
    """Every wording of the same rule, the oldest first."""
    same = [each for each in laws.norms.values() if each.base == norm.base]
    return sorted(same, key=lambda each: each.valid_from)


def find(laws: Catalogue, instrument: str, code: str, day: date) -> Norm | None:
    """The wording of a rule on a day, else the nearest one; None where there is no such rule."""
    same = [each for each in laws.norms.values() if each.base == f"{instrument}/{code}"]
    here = next((each for each in same if is_in_force(each, day)), None)
    if here is not None or not same:
        return here
    earlier = [each for each in same if each.valid_from <= day]
    return max(earlier or same, key=lambda each: each.valid_from)


def instead_of(norm: Norm, laws: Catalogue, day: date) -> list[Norm]:
    """What held on a day on which this rule did not: norms of the same field that speak of the
    same conduct and bind the same people; those of the instrument before or after it, if any."""
    found = [
        other
        for other in in_force(laws.norms.values(), day).values()
        if other.base != norm.base and other.area == norm.area and _alike(norm, other)
    ]
    own = norm.instrument
    followed = [
        other
        for other in found
        if other.instrument.replaced_by == own.id or own.replaced_by == other.instrument.id
    ]
    return followed or found


def _alike(norm: Norm, other: Norm) -> bool:
    same_act = not (norm.when.needs or frozenset()).isdisjoint(other.when.needs or frozenset())
    return same_act and not set(norm.binds).isdisjoint(other.binds)


def corrections(norm: Norm) -> list[Norm]:
    """What the catalogue once said of this rule and no longer says, the oldest first."""
    same = [each for each in library().entries if each.base == norm.base and each.known_until]
    return sorted(same, key=lambda each: each.known_until or date.max)
