"""The catalogue of norms: what the law says, from which day to which, with what certainty.

Each file in `norms/` is one instrument; its name is the instrument's id, and a norm is found under
`skb_2022/KE1`. `definitions.yaml` holds what they share. Loading checks everything (keys, codes,
days, references) and stops at file and line: a norm that cannot be read is never skipped.

`valid_until` is the first day on which a norm is no longer in force.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from timbang.law.bilingual import Bilingual
from timbang.law.conditions import (
    Condition,
    Scope,
    compile_condition,
    day_before,
    every,
    fact_in,
    some,
    unsettled,
)
from timbang.law.vocabulary import AUTHORITIES, FACTS, LEVELS, STATUSES, SURE, VERIFICATION
from timbang.law.yaml_file import Plain, Yaml, load

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Doubt:
    """An open point that an officer must know of: sources differ, or no source settles it."""

    code: str
    text: Bilingual


@dataclass(frozen=True, slots=True)
class Sanction:
    """One kind of sanction; `level` is one of `vocabulary.LEVELS`."""

    level: str
    kind: str
    title: Bilingual
    citation: str


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
        return day is None or _covers(self.valid_from, self.valid_until, day)


@dataclass(frozen=True, slots=True)
class Authority:
    """Who decides from one day to another, and on whose recommendation."""

    decides: str
    recommends: str | None
    valid_from: date | None
    valid_until: date | None
    doubts: tuple[str, ...]

    def holds_on(self, day: date) -> bool:
        return _covers(self.valid_from, self.valid_until, day)

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
class Instrument:
    """A law, regulation or decree, as it is cited."""

    id: str
    name: str
    title: Bilingual
    valid_from: date
    valid_until: date | None
    replaced_by: str | None
    # what must be said where the instrument reaches back to acts before its first day
    earlier_doubt: str | None


@dataclass(frozen=True, slots=True)
class Norm:
    """One rule: who is bound, by what conduct, with which sanctions, and how sure we are."""

    id: str
    instrument: Instrument
    title: Bilingual
    conduct: Bilingual
    valid_from: date
    valid_until: date | None
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

    def citations_on(self, day: date | None) -> tuple[str, ...]:
        """The citations that hold on a day; all of them while the day is not known."""
        return tuple([item.text for item in self.citations if item.holds_on(day)])

    def authority_on(self, day: date) -> Authority | None:
        return next((entry for entry in self.authority if entry.holds_on(day)), None)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All instruments, norms and doubts; everything in it is checked and compiled."""

    instruments: Mapping[str, Instrument]
    norms: Mapping[str, Norm]
    doubts: Mapping[str, Doubt]


@cache
def catalogue() -> Catalogue:
    """The catalogue of this release, read once per process."""
    return read_catalogue(HERE / "definitions.yaml", HERE / "norms")


def read_catalogue(definitions: Path, folder: Path) -> Catalogue:
    """Read and check all files; raises `YamlError` at the first fault."""
    reader = _Reader(load(definitions))
    files = {path.stem: load(path) for path in sorted(folder.glob("*.yaml"))}
    for instrument_id, root in files.items():
        reader.read_sets(instrument_id, root)
    norms = {norm.id: norm for key, root in files.items() for norm in reader.read_file(key, root)}
    return Catalogue(
        MappingProxyType({norm.instrument.id: norm.instrument for norm in norms.values()}),
        MappingProxyType(norms),
        MappingProxyType(reader.doubts),
    )


def _covers(start: date | None, end: date | None, day: date) -> bool:
    return (start is None or start <= day) and (end is None or day < end)


# --- reading --------------------------------------------------------------------------------------

_FILE = ("instrument", "binds", "authority", "norms")
_FILE_MAY = ("binds_unsettled", "sanction_sets", "ranges")
_NORM = ("code", "title", "conduct", "when", "citations", "level", "sources", "examples")
_NORM_MAY = ("binds", "sanctions", "doubts")
_APPLIES = ("yes", "no", "unknown")


class _Reader:
    """Holds what files refer to by name: doubts, definitions, sanction sets, authorities."""

    def __init__(self, root: Yaml) -> None:
        found = root.fields(("doubts", "authorities", "definitions", "sanction_sets"))
        self.doubts = {
            code: Doubt(code, node.bilingual()) for code, node in found["doubts"].mapping().items()
        }
        self.scope = Scope(frozenset(self.doubts))
        for name, node in found["definitions"].mapping().items():
            self.scope.definitions[name] = compile_condition(node, self.scope)
        self.authorities = {
            name: tuple(self.read_authority(entry) for entry in node.items())
            for name, node in found["authorities"].mapping().items()
        }
        self.sets: dict[str, SanctionSet] = {}
        for name, node in found["sanction_sets"].mapping().items():
            self.sets[name] = self.read_set(name, node)

    def read_sets(self, instrument_id: str, root: Yaml) -> None:
        sets = root.mapping().get("sanction_sets")
        for name, node in sets.mapping().items() if sets is not None else ():
            self.sets[f"{instrument_id}/{name}"] = self.read_set(f"{instrument_id}/{name}", node)

    def read_set(self, set_id: str, node: Yaml) -> SanctionSet:
        found = node.fields(("level", "citation", "kinds"), ("doubts",))
        level, citation = found["level"].one_of(LEVELS), found["citation"].text()
        kinds = [kind.fields(("kind", "title")) for kind in found["kinds"].items()]
        return SanctionSet(
            set_id,
            level,
            tuple(
                Sanction(level, kind["kind"].text(), kind["title"].bilingual(), citation)
                for kind in kinds
            ),
            self.read_doubts(found.get("doubts")),
        )

    def read_doubts(self, node: Yaml | None) -> tuple[str, ...]:
        return tuple(item.one_of(self.doubts) for item in node.items()) if node else ()

    def read_authority(self, node: Yaml) -> Authority:
        found = node.fields(("decides",), ("recommends", "from", "until", "doubts"))
        recommends = found.get("recommends")
        return Authority(
            found["decides"].one_of(AUTHORITIES),
            recommends.one_of(AUTHORITIES) if recommends else None,
            *_span(found),
            self.read_doubts(found.get("doubts")),
        )

    def read_file(self, instrument_id: str, root: Yaml) -> Iterator[Norm]:
        found = root.fields(_FILE, _FILE_MAY)
        instrument, valid = self.read_instrument(instrument_id, found["instrument"])
        ranges = {
            name: self.read_choices(instrument_id, node, {})
            for name, node in (found["ranges"].mapping() if "ranges" in found else {}).items()
        }
        seen: set[str] = set()
        for node in found["norms"].items():
            norm = self.read_norm(instrument, valid, ranges, found, node)
            if norm.id in seen:
                raise node.error(f"norm {norm.id} stands here twice")
            seen.add(norm.id)
            yield norm

    def read_instrument(self, instrument_id: str, node: Yaml) -> tuple[Instrument, Condition]:
        found = node.fields(
            ("name", "title", "valid_from"), ("valid_until", "replaced_by", "earlier_acts")
        )
        earlier = found["earlier_acts"].fields(("when", "doubt")) if "earlier_acts" in found else {}
        start, end = found["valid_from"].day(), _day(found.get("valid_until"))
        if end is not None and end <= start:
            raise node.error("valid_until must be later than valid_from")
        instrument = Instrument(
            instrument_id,
            found["name"].text(),
            found["title"].bilingual(),
            start,
            end,
            found["replaced_by"].text() if "replaced_by" in found else None,
            earlier["doubt"].one_of(self.doubts) if earlier else None,
        )
        return instrument, self.validity(start, end, earlier.get("when"))

    def validity(self, start: date, end: date | None, earlier: Yaml | None) -> Condition:
        """In force on the day of the act, or reaching back to it by a rule of its own."""
        started = day_before(start, "act_on", same_day=True)
        if earlier is not None:
            started = some([started, compile_condition(earlier, self.scope)])
        return every([started, day_before("act_on", end or date.max, same_day=False)])

    def read_norm(
        self,
        instrument: Instrument,
        valid: Condition,
        ranges: Mapping[str, tuple[Choice, ...]],
        file: Mapping[str, Yaml],
        node: Yaml,
    ) -> Norm:
        found = node.fields(_NORM, _NORM_MAY)
        binds = tuple(
            item.one_of(STATUSES) for item in (found.get("binds") or file["binds"]).items()
        )
        bound = self.bound(binds, None if "binds" in found else file.get("binds_unsettled"))
        return Norm(
            id=f"{instrument.id}/{found['code'].text()}",
            instrument=instrument,
            title=found["title"].bilingual(),
            conduct=found["conduct"].bilingual(),
            valid_from=instrument.valid_from,
            valid_until=instrument.valid_until,
            binds=binds,
            choices=self.read_choices(instrument.id, found.get("sanctions"), ranges),
            authority=self.authorities[file["authority"].one_of(self.authorities)],
            citations=tuple(_citation(item) for item in found["citations"].items()),
            level=found["level"].one_of(VERIFICATION),
            sources=found["sources"].texts(),
            doubts=self.read_doubts(found.get("doubts")),
            examples=tuple(self.read_example(item) for item in found["examples"].items()),
            when=compile_condition(found["when"], self.scope),
            bound=bound,
            valid=valid,
        )

    def bound(self, binds: tuple[str, ...], unsettled_node: Yaml | None) -> Condition:
        parts = [fact_in("status", frozenset(binds))]
        for status, node in (unsettled_node.mapping() if unsettled_node else {}).items():
            if status not in STATUSES or status in binds:
                raise node.error(f"'{status}' is no status, or is bound already")
            when = fact_in("status", frozenset({status}))
            parts.append(unsettled(node.one_of(self.doubts), when))
        return some(parts)

    def read_choices(
        self, instrument_id: str, node: Yaml | None, ranges: Mapping[str, tuple[Choice, ...]]
    ) -> tuple[Choice, ...]:
        if node is None:
            return ()
        if isinstance(node.value, str):
            return ranges[node.one_of(ranges)]
        return tuple(self.read_choice(instrument_id, item) for item in node.items())

    def read_choice(self, instrument_id: str, node: Yaml) -> Choice:
        found = node.fields(("set",), ("when",))
        own = f"{instrument_id}/{found['set'].text()}"
        set_id = own if own in self.sets else found["set"].one_of(self.sets)
        when = compile_condition(found["when"], self.scope) if "when" in found else None
        return Choice(when, self.sets[set_id])

    def read_example(self, node: Yaml) -> Example:
        found = node.fields(
            ("case", "facts", "applies"), ("missing", "sanctions", "authority", "doubts")
        )
        facts = {key: item.plain() for key, item in found["facts"].fields((), FACTS).items()}
        return Example(
            found["case"].bilingual(),
            MappingProxyType(facts),
            found["applies"].one_of(_APPLIES),
            found["missing"].texts() if "missing" in found else None,
            found["sanctions"].texts() if "sanctions" in found else None,
            found["authority"].text() if "authority" in found else None,
            self.read_doubts(found.get("doubts")),
        )


def _citation(node: Yaml) -> Citation:
    found = node.fields(("text",), ("from", "until"))
    return Citation(found["text"].text(), *_span(found))


def _span(found: Mapping[str, Yaml]) -> tuple[date | None, date | None]:
    return _day(found.get("from")), _day(found.get("until"))


def _day(node: Yaml | None) -> date | None:
    return node.day() if node is not None else None
