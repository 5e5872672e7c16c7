"""What the catalogue consists of: instruments, norms, sanctions, authorities, doubts, conflicts.

Everything here is read and checked by `norms`; an entry never changes once it is read.
`valid_until` and `known_until` are the first day on which something no longer holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from timbang.law.bilingual import Bilingual
from timbang.law.conditions import Condition
from timbang.law.vocabulary import AUTHORITIES, SURE
from timbang.law.yaml_file import Plain


@dataclass(frozen=True, slots=True)
class Claim:
    """What one side of a conflict says, and where it was seen."""

    says: Bilingual
    sources: tuple[str, ...]
    level: str

    def as_json(self) -> dict[str, object]:
        return {"says": self.says.as_json(), "level": self.level, "sources": list(self.sources)}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sources that disagree: the question, the claims, the reading chosen, and the reason."""

    question: Bilingual
    claims: tuple[Claim, ...]
    chosen: Bilingual
    reason: Bilingual
    touches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """What an officer must know of beside an answer; `kind` is one of `vocabulary.DOUBT_KINDS`."""

    code: str
    text: Bilingual
    kind: str = "open_point"
    conflict: Conflict | None = None

    @property
    def claims(self) -> tuple[Claim, ...]:
        return self.conflict.claims if self.conflict else ()

    @property
    def chosen(self) -> Bilingual | None:
        return self.conflict.chosen if self.conflict else None

    @property
    def reason(self) -> Bilingual | None:
        return self.conflict.reason if self.conflict else None

    def as_json(self) -> dict[str, object]:
        return {"code": self.code, "kind": self.kind, **self.text.as_json()}


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of something the law allows; None is an end that the law does not state.

    `what` is one of `vocabulary.MEASURES`, which also says the unit.
    """

    what: str
    least: int | None
    most: int | None

    def allows(self, amount: int) -> bool:
        low_enough = self.most is None or amount <= self.most
        return low_enough and (self.least is None or self.least <= amount)


@dataclass(frozen=True, slots=True)
class Sanction:
    """One kind of sanction; `level` is one of `vocabulary.LEVELS`.

    `range` is what the law allows of each measure, where it states amounts.
    """

    level: str
    kind: str
    title: Bilingual
    citation: str
    range: tuple[Measure, ...] = ()

    def allows(self, **amounts: int) -> bool:
        """Whether a sanction of these amounts, and of no other measure, lies within the range."""
        stated = {measure.what: measure for measure in self.range}
        return stated.keys() == amounts.keys() and all(
            stated[what].allows(amount) for what, amount in amounts.items()
        )

    def as_json(self) -> dict[str, object]:
        return {
            "level": self.level,
            "kind": self.kind,
            "title": self.title.as_json(),
            "citation": self.citation,
            "range": {measure.what: [measure.least, measure.most] for measure in self.range},
        }


@dataclass(frozen=True, slots=True)
class SanctionSet:
    """The kinds of one level from light to heavy: the authority chooses one."""

    id: str
    level: str
    kinds: tuple[Sanction, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A sanction set, and the condition under which the law provides it."""

    when: Condition | None
    set: SanctionSet


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation for humans, and the days for which it is the right one."""

    text: str
    valid_from: date | None
    valid_until: date | None

    def holds_on(self, day: date | None) -> bool:
        return day is None or covers(self.valid_from, self.valid_until, day)


@dataclass(frozen=True, slots=True)
class Authority:
    """Who decides from one day to another, and on whose recommendation."""

    decides: str
    recommends: str | None
    valid_from: date | None
    valid_until: date | None
    doubts: tuple[str, ...]

    def holds_on(self, day: date) -> bool:
        return covers(self.valid_from, self.valid_until, day)

    def __str__(self) -> str:
        return f"{self.decides} ({self.recommends})" if self.recommends else self.decides

    @property
    def label(self) -> Bilingual:
        decides = AUTHORITIES[self.decides]
        if self.recommends is None:
            return decides
        by = AUTHORITIES[self.recommends]
        return Bilingual(
            f"{decides.id}, atas rekomendasi {by.id}",
            f"{decides.en}, on the recommendation of {by.en}",
        )


@dataclass(frozen=True, slots=True)
class Example:
    """A told case and what the norm answers; the catalogue test runs every one of them.

    `missing`, `sanctions` (kinds) and `authority` are compared exactly where they are given,
    `doubts` must be among those answered.
    """

    case: Bilingual
    facts: Mapping[str, Plain]
    applies: str
    missing: tuple[str, ...] | None
    sanctions: tuple[str, ...] | None
    authority: str | None
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an instrument: a court decision, an amendment, a repeal."""

    on: date
    by: str
    effect: Bilingual
    touches: tuple[str, ...]
    citation: str
    level: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, regulation or decree, as it is cited; `kind` gives its weight in a decision."""

    id: str
    name: str
    title: Bilingual
    kind: str
    valid_from: date
    valid_until: date | None
    replaced_by: str | None
    # what must be said where the instrument reaches back to acts before its first day
    earlier_doubt: str | None
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Norm:
    """One rule: who is bound, by what conduct, with which sanctions, and how sure we are.

    `id` is `instrument/code`; where the code has several versions each adds `@` and its first day.
    """

    id: str
    code: str
    at: Mapping[str, str]
    instrument: Instrument
    area: str
    effect: str
    title: Bilingual
    conduct: Bilingual
    valid_from: date
    valid_until: date | None
    known_from: date | None
    known_until: date | None
    binds: tuple[str, ...]
    choices: tuple[Choice, ...]
    authority: tuple[Authority, ...]
    citations: tuple[Citation, ...]
    level: str
    sources: tuple[str, ...]
    doubts: tuple[str, ...]
    examples: tuple[Example, ...]
    when: Condition
    bound: Condition
    valid: Condition
    # of everything in the files that can change what this norm answers
    hash: str

    @property
    def base(self) -> str:
        """The id without a version: the same for every wording of this rule."""
        return f"{self.instrument.id}/{self.code}"

    @property
    def sanctions(self) -> tuple[Sanction, ...]:
        """Every sanction that the norm can lead to, whoever did it; `evaluate` narrows it down."""
        return tuple(dict.fromkeys(kind for choice in self.choices for kind in choice.set.kinds))

    @property
    def may_propose(self) -> bool:
        """Sure enough to drive a default proposal: official text, or two independent sources."""
        return self.level in SURE or (self.level == "one_copy" and len(self.sources) > 1)

    @property
    def facts(self) -> frozenset[str]:
        """Every fact that can change what this norm answers."""
        choices = [choice.when for choice in self.choices if choice.when is not None]
        parts = [self.when, self.bound, self.valid, *choices]
        return frozenset[str]().union(*(part.facts for part in parts))

    @property
    def doubts_possible(self) -> frozenset[str]:
        """Every doubt that this norm can answer with: its own, and those of what it refers to."""
        whens = [choice.when for choice in self.choices if choice.when is not None]
        parts = [self.when, self.bound, *whens]
        told = [*self.doubts, *(code for choice in self.choices for code in choice.set.doubts)]
        told += [code for entry in self.authority for code in entry.doubts]
        earlier = [self.instrument.earlier_doubt] if self.instrument.earlier_doubt else []
        return frozenset([*told, *earlier]).union(*(part.doubts for part in parts))

    @property
    def reaches_back(self) -> bool:
        """Whether a rule of the instrument carries this norm to acts before its first day."""
        return (
            self.instrument.earlier_doubt is not None
            and self.valid_from == self.instrument.valid_from
        )

    def citations_on(self, day: date | None) -> tuple[str, ...]:
        """The citations that hold on a day; all of them while the day is not known."""
        return tuple([item.text for item in self.citations if item.holds_on(day)])

    def authority_on(self, day: date) -> Authority | None:
        return next((entry for entry in self.authority if entry.holds_on(day)), None)

    def known_on(self, day: date | None) -> bool:
        """Whether the catalogue said so on a day; None is its present state."""
        return self.known_until is None if day is None else self.was_known(day)

    def was_known(self, day: date) -> bool:
        return covers(self.known_from, self.known_until, day)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Catalogue:
    """All instruments, norms and doubts as known on one day; checked and compiled."""

    instruments: Mapping[str, Instrument]
    norms: Mapping[str, Norm]
    doubts: Mapping[str, Doubt]
    hash: str = field(init=False)

    def __post_init__(self) -> None:
        doubts = [[doubt.code, doubt.kind, doubt.text.as_json()] for doubt in self.doubts.values()]
        norms = {key: norm.hash for key, norm in self.norms.items()}
        object.__setattr__(self, "hash", fingerprint([norms, doubts]))

    @property
    def conflicts(self) -> tuple[Doubt, ...]:
        return tuple(doubt for doubt in self.doubts.values() if doubt.conflict is not None)

    def touched_by(self, code: str) -> tuple[str, ...]:
        """The norms whose answer can carry this doubt or conflict."""
        return tuple(key for key, norm in self.norms.items() if code in norm.doubts_possible)


def covers(start: date | None, end: date | None, day: date) -> bool:
    """Whether a day lies in a span whose end is the first day outside."""
    return (start is None or start <= day) and (end is None or day < end)


def overlap(
    first: tuple[date | None, date | None], second: tuple[date | None, date | None]
) -> bool:
    """Whether two such spans share a day."""
    starts = max(first[0] or date.min, second[0] or date.min)
    return starts < min(first[1] or date.max, second[1] or date.max)


def fingerprint(data: object) -> str:
    """SHA-256 of data in one canonical form: keys sorted, days as text."""
    text = json.dumps(
        data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=date.isoformat
    )
    return hashlib.sha256(text.encode()).hexdigest()
