"""The catalogue of norms: what the law says, from which day to which, with what certainty.

Each file in `norms/` is one instrument; its name is the instrument's id, and a norm is found under
`skb_2022/KE1`. `definitions.yaml` holds what they share, `conflicts.yaml` where sources disagree.
Loading checks everything (keys, codes, days, references) and stops at file and line: a norm that
cannot be read is never skipped.

The same code may stand several times: as versions that follow each other, and as an entry that was
corrected, which stays with the day until which the catalogue said so. `catalogue(known_on)` is the
catalogue of such a day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import combinations
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
    named,
    some,
    unsettled,
)
from timbang.law.entries import (
    Authority,
    Catalogue,
    Choice,
    Citation,
    Claim,
    Conflict,
    Doubt,
    Event,
    Example,
    Instrument,
    Measure,
    Norm,
    Sanction,
    SanctionSet,
    fingerprint,
    overlap,
)
from timbang.law.vocabulary import (
    AREAS,
    AUTHORITIES,
    EFFECTS,
    FACTS,
    FIRST_DAY,
    INSTRUMENT_KINDS,
    LAST_DAY,
    LEVELS,
    MEASURES,
    STATUSES,
    VERIFICATION,
)
from timbang.law.yaml_file import Plain, Yaml, load

__all__ = [
    "Authority",
    "Catalogue",
    "Choice",
    "Citation",
    "Claim",
    "Conflict",
    "Doubt",
    "Event",
    "Example",
    "Instrument",
    "Library",
    "Measure",
    "Norm",
    "Sanction",
    "SanctionSet",
    "catalogue",
    "library",
    "read_catalogue",
    "read_library",
]

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Library:
    """Every entry that the catalogue ever held; `on` gives the catalogue of one day."""

    instruments: Mapping[str, Instrument]
    entries: tuple[Norm, ...]
    doubts: Mapping[str, Doubt]

    @property
    def corrected_on(self) -> tuple[date, ...]:
        """The days on which what the catalogue says changed, in order."""
        days = {day for norm in self.entries for day in (norm.known_from, norm.known_until) if day}
        return tuple(sorted(days))

    def on(self, day: date | None = None) -> Catalogue:
        """The catalogue as known on a day; None is its present state."""
        known = [norm for norm in self.entries if norm.known_on(day)]
        count = Counter(norm.base for norm in known)
        norms = [
            replace(norm, id=f"{norm.base}@{norm.valid_from}") if count[norm.base] > 1 else norm
            for norm in known
        ]
        used = {norm.instrument.id for norm in norms}
        return Catalogue(
            MappingProxyType(
                {key: self.instruments[key] for key in self.instruments if key in used}
            ),
            MappingProxyType({norm.id: norm for norm in norms}),
            self.doubts,
        )


def catalogue(known_on: date | None = None) -> Catalogue:
    """The catalogue of this release, as known on a day or now; read once per process."""
    days = library().corrected_on
    if known_on is None or (place := bisect_right(days, known_on)) == len(days):
        return _catalogue(None)
    # all days between two corrections share one catalogue
    return _catalogue(days[place - 1] if place else date.min)


@cache
def library() -> Library:
    """Everything in the files of this release."""
    return read_library(HERE / "definitions.yaml", HERE / "norms")


@cache
def _catalogue(day: date | None) -> Catalogue:
    return library().on(day)


def read_catalogue(definitions: Path, folder: Path) -> Catalogue:
    """Read and check all files, as known now; raises `YamlError` at the first fault."""
    return read_library(definitions, folder).on()


def read_library(definitions: Path, folder: Path) -> Library:
    """Read and check all files; `conflicts.yaml` stands beside the definitions."""
    reader = _Reader(load(definitions), load(definitions.with_name("conflicts.yaml")))
    files = {path.stem: load(path) for path in sorted(folder.glob("*.yaml"))}
    for instrument_id, root in files.items():
        reader.read_sets(instrument_id, root)
    norms = [norm for key, root in files.items() for norm in reader.read_file(key, root)]
    reader.check_touches(norms)
    return Library(
        MappingProxyType({norm.instrument.id: norm.instrument for norm in norms}),
        tuple(norms),
        MappingProxyType(reader.doubts),
    )


# --- reading --------------------------------------------------------------------------------------

_FILE = ("instrument", "area", "binds", "authority", "norms")
_FILE_MAY = ("binds_unsettled", "sanction_sets", "ranges")
_INSTRUMENT = ("name", "title", "kind", "valid_from")
_INSTRUMENT_MAY = ("valid_until", "replaced_by", "earlier_acts", "events")
_EVENT = ("on_day", "by", "effect", "citation", "level", "sources")
_NORM = ("code", "at", "title", "conduct", "when", "citations", "level", "sources", "examples")
_NORM_MAY = (
    "area",
    "authority",
    "binds",
    "doubts",
    "effect",
    "known_from",
    "known_until",
    "sanctions",
    "valid_from",
    "valid_until",
)
_PLACES = ("pasal", "ayat", "huruf", "angka", "lampiran", "diktum", "bagian")
_CONFLICT = ("code", "question", "claims", "chosen", "reason")
_APPLIES = ("yes", "no", "unknown")
# What a conflict may touch beside norms: these are named in other files of the law room.
_OTHER_THINGS = ("term:", "procedure:", "calendar:", "transition:", "statistics:", "source:")
# Keys of a norm that cannot change its answer: they are left out of its hash.
_SILENT = {"examples", "known_from", "known_until"}

_CONFLICT_TEXT = Bilingual(
    "Sumber berbeda ({code}): {question} Dipakai: {chosen} Alasan: {reason}",
    "Sources differ ({code}): {question} Used here: {chosen} Reason: {reason}",
)


@dataclass(frozen=True, slots=True)
class _File:
    """One instrument's file while its norms are read."""

    instrument: Instrument
    found: Mapping[str, Yaml]
    ranges: Mapping[str, tuple[Choice, ...]]
    earlier: Yaml | None


class _Reader:
    """Holds what files refer to by name: doubts, definitions, sanction sets, authorities."""

    def __init__(self, root: Yaml, conflicts: Yaml) -> None:
        found = root.fields(("doubts", "authorities", "definitions", "sanction_sets"))
        self.doubts = {code: _doubt(code, node) for code, node in found["doubts"].mapping().items()}
        self.conflicts = conflicts.items()
        for node in self.conflicts:
            self.read_conflict(node)
        self.scope = Scope(frozenset(self.doubts))
        self.definitions = found["definitions"].mapping()
        for name, node in self.definitions.items():
            self.scope.definitions[name] = compile_condition(node, self.scope)
        self.authority_data = found["authorities"].mapping()
        self.authorities = {
            name: self.read_authorities(node) for name, node in self.authority_data.items()
        }
        self.sets: dict[str, SanctionSet] = {}
        self.set_data: dict[str, Yaml] = {}
        for name, node in found["sanction_sets"].mapping().items():
            self.keep_set(name, node)

    # -- conflicts

    def read_conflict(self, node: Yaml) -> None:
        found = node.fields(_CONFLICT, ("touches",))
        code = found["code"].text()
        if code in self.doubts:
            raise found["code"].error(f"'{code}' stands here twice, or is the name of a doubt")
        claims = tuple(_claim(item) for item in found["claims"].items())
        if len(claims) < 2:
            raise found["claims"].error("a conflict needs at least two claims")
        question, chosen, reason = (
            found[key].bilingual() for key in ("question", "chosen", "reason")
        )
        touches = found["touches"].texts() if "touches" in found else ()
        text = _CONFLICT_TEXT.format(code=code, question=question, chosen=chosen, reason=reason)
        conflict = Conflict(question, claims, chosen, reason, touches)
        self.doubts[code] = Doubt(code, text, "conflict", conflict)

    def check_touches(self, norms: list[Norm]) -> None:
        bases = {norm.base for norm in norms}
        for node in self.conflicts:
            touches = node.mapping().get("touches")
            for item in touches.items() if touches else ():
                if not item.text().startswith(_OTHER_THINGS) and item.text() not in bases:
                    others = ", ".join(f"{kind}..." for kind in _OTHER_THINGS)
                    raise item.error(
                        f"'{item.text()}' is no norm of the catalogue; allowed besides: {others}"
                    )

    # -- sanction sets and authorities

    def read_sets(self, instrument_id: str, root: Yaml) -> None:
        sets = root.mapping().get("sanction_sets")
        for name, node in sets.mapping().items() if sets is not None else ():
            self.keep_set(f"{instrument_id}/{name}", node)

    def keep_set(self, set_id: str, node: Yaml) -> None:
        self.sets[set_id], self.set_data[set_id] = self.read_set(set_id, node), node

    def read_set(self, set_id: str, node: Yaml) -> SanctionSet:
        found = node.fields(("level", "citation", "kinds"), ("doubts",))
        level, citation = found["level"].one_of(LEVELS), found["citation"].text()
        kinds = [kind.fields(("kind", "title"), ("range",)) for kind in found["kinds"].items()]
        return SanctionSet(
            set_id,
            level,
            tuple(
                Sanction(
                    level,
                    kind["kind"].text(),
                    kind["title"].bilingual(),
                    citation,
                    _measures(kind.get("range")),
                )
                for kind in kinds
            ),
            self.read_doubts(found.get("doubts")),
        )

    def read_doubts(self, node: Yaml | None) -> tuple[str, ...]:
        return tuple(item.one_of(self.doubts) for item in node.items()) if node else ()

    def read_authorities(self, node: Yaml) -> tuple[Authority, ...]:
        entries = tuple(self.read_authority(entry) for entry in node.items())
        for first, second in combinations(entries, 2):
            if overlap(_valid(first), _valid(second)):
                raise node.error("two entries of an authority share a day")
        return entries

    def read_authority(self, node: Yaml) -> Authority:
        found = node.fields(("decides",), ("recommends", "from", "until", "doubts"))
        recommends = found.get("recommends")
        return Authority(
            found["decides"].one_of(AUTHORITIES),
            recommends.one_of(AUTHORITIES) if recommends else None,
            *_span(found, node, "from", "until"),
            self.read_doubts(found.get("doubts")),
        )

    # -- one file

    def read_file(self, instrument_id: str, root: Yaml) -> Iterator[Norm]:
        found = root.fields(_FILE, _FILE_MAY)
        ranges = {
            name: self.read_choices(instrument_id, node, {})
            for name, node in (found["ranges"].mapping() if "ranges" in found else {}).items()
        }
        codes = {item.fields(_NORM, _NORM_MAY)["code"].text() for item in found["norms"].items()}
        instrument = self.read_instrument(instrument_id, found["instrument"], codes)
        earlier = found["instrument"].mapping().get("earlier_acts")
        file = _File(instrument, found, ranges, earlier)
        before: dict[str, list[Norm]] = {}
        for node in found["norms"].items():
            norm = self.read_norm(file, node)
            for other in before.setdefault(norm.id, []):
                _check_apart(norm, other, node)
            before[norm.id].append(norm)
            yield norm

    def read_instrument(self, instrument_id: str, node: Yaml, codes: set[str]) -> Instrument:
        found = node.fields(_INSTRUMENT, _INSTRUMENT_MAY)
        earlier = found["earlier_acts"].fields(("when", "doubt")) if "earlier_acts" in found else {}
        start, end = _span(found, node, "valid_from", "valid_until")
        assert start is not None
        return Instrument(
            instrument_id,
            found["name"].text(),
            found["title"].bilingual(),
            found["kind"].one_of(INSTRUMENT_KINDS),
            start,
            end,
            found["replaced_by"].text() if "replaced_by" in found else None,
            earlier["doubt"].one_of(self.doubts) if earlier else None,
            tuple(
                _event(item, codes)
                for item in (found["events"].items() if "events" in found else ())
            ),
        )

    def read_norm(self, file: _File, node: Yaml) -> Norm:
        found, instrument = node.fields(_NORM, _NORM_MAY), file.instrument
        start, end = _within(instrument, found, node)
        binds, bound = self.bound(file.found, found)
        area, authority = (found.get(key) or file.found[key] for key in ("area", "authority"))
        examples = tuple(self.read_example(item) for item in found["examples"].items())
        return Norm(
            id=f"{instrument.id}/{found['code'].text()}",
            code=found["code"].text(),
            at=_place(found["at"]),
            instrument=instrument,
            area=area.one_of(AREAS),
            effect=found["effect"].one_of(EFFECTS) if "effect" in found else "forbids",
            title=found["title"].bilingual(),
            conduct=found["conduct"].bilingual(),
            valid_from=start,
            valid_until=end,
            known_from=_day(found.get("known_from")),
            known_until=_span(found, node, "known_from", "known_until")[1],
            binds=binds,
            choices=self.read_choices(instrument.id, found.get("sanctions"), file.ranges),
            authority=self.authorities[authority.one_of(self.authorities)],
            citations=_citations(found["citations"]),
            level=found["level"].one_of(VERIFICATION),
            sources=_some_texts(found["sources"]),
            doubts=self.read_doubts(found.get("doubts")),
            examples=examples,
            when=compile_condition(found["when"], self.scope),
            bound=bound,
            valid=self.validity(file, start, end),
            hash=self.hash(file, found),
        )

    def validity(self, file: _File, start: date, end: date | None) -> Condition:
        """In force on the day of the act, or reaching back to it by a rule of its own."""
        started = day_before(start, "act_on", same_day=True)
        if file.earlier is not None and start == file.instrument.valid_from:
            when = file.earlier.mapping()["when"]
            started = some([started, compile_condition(when, self.scope)])
        valid = every([started, day_before("act_on", end or date.max, same_day=False)])
        # the same for all norms of the file with these days, so it is answered once
        return named(f"{file.instrument.id} {start} {end}", valid)

    def bound(
        self, file: Mapping[str, Yaml], found: Mapping[str, Yaml]
    ) -> tuple[tuple[str, ...], Condition]:
        """Who is bound; `all` binds everybody, so that the status need not be known."""
        node = found.get("binds") or file["binds"]
        if node.value == "all":
            return tuple(STATUSES), every([])
        binds = tuple(item.one_of(STATUSES) for item in node.items())
        parts = [fact_in("status", frozenset(binds))]
        open_node = None if "binds" in found else file.get("binds_unsettled")
        for status, doubt in (open_node.mapping() if open_node else {}).items():
            if status not in STATUSES or status in binds:
                raise doubt.error(f"'{status}' is no status, or is bound already")
            when = fact_in("status", frozenset({status}))
            parts.append(unsettled(doubt.one_of(self.doubts), when))
        return binds, some(parts)

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

    # -- the hash of a norm

    def hash(self, file: _File, found: Mapping[str, Yaml]) -> str:
        """Of the norm and of everything that it refers to by name."""
        own = {key: node.plain() for key, node in found.items() if key not in _SILENT}
        head = file.found["instrument"].mapping()
        spans = ("name", "valid_from", "valid_until", "earlier_acts")
        data: dict[str, Plain] = {
            "norm": own,
            "instrument": {key: head[key].plain() for key in spans if key in head},
        }
        for key in ("area", "binds", "binds_unsettled", "authority"):
            if key in file.found and (key == "binds_unsettled" or key not in own):
                data[key] = file.found[key].plain()
        authority = str(own.get("authority") or data["authority"])
        data["authority"] = self.authority_data[authority].plain()
        if isinstance(name := own.get("sanctions"), str):
            data["range"] = file.found["ranges"].mapping()[name].plain()
        data["sets"] = {name: self.set_data[name].plain() for name in self.set_ids(file, data)}
        data["definitions"] = {
            name: self.definitions[name].plain() for name in self.definitions_in(data)
        }
        return fingerprint(data)

    def set_ids(self, file: _File, data: Mapping[str, Plain]) -> set[str]:
        names = {str(name) for name in _values("set", [data["norm"], data.get("range")])}
        own = {name: f"{file.instrument.id}/{name}" for name in names}
        return {own[name] if own[name] in self.sets else name for name in names}

    def definitions_in(self, data: Plain | Mapping[str, Plain]) -> set[str]:
        direct = {str(name) for name in _values("use", data)}
        return direct.union(
            *(self.definitions_in(self.definitions[name].plain()) for name in direct)
        )


def _values(key: str, data: object) -> Iterator[object]:
    """Every value that stands under this key, however deep."""
    if isinstance(data, Mapping):
        if key in data:
            yield data[key]
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from _values(key, item)


# --- small parts ----------------------------------------------------------------------------------


def _doubt(code: str, node: Yaml) -> Doubt:
    found = node.fields(("id", "en"), ("kind",))
    kind = found["kind"].one_of(("open_point", "judgement")) if "kind" in found else "open_point"
    texts = {key: " ".join(found[key].text().split()) for key in ("id", "en")}
    return Doubt(code, Bilingual(**texts), kind)


def _claim(node: Yaml) -> Claim:
    found = node.fields(("says", "sources", "level"))
    level = found["level"].one_of(VERIFICATION)
    return Claim(found["says"].bilingual(), _some_texts(found["sources"]), level)


def _event(node: Yaml, codes: set[str]) -> Event:
    found = node.fields(_EVENT, ("touches",))
    return Event(
        _sane(found["on_day"]),
        found["by"].text(),
        found["effect"].bilingual(),
        tuple(item.one_of(codes) for item in found["touches"].items())
        if "touches" in found
        else (),
        found["citation"].text(),
        found["level"].one_of(VERIFICATION),
        _some_texts(found["sources"]),
    )


def _measures(node: Yaml | None) -> tuple[Measure, ...]:
    found = node.fields((), MEASURES) if node is not None else {}
    return tuple(_measure(what, item) for what, item in found.items())


def _measure(what: str, node: Yaml) -> Measure:
    ends = [None if item.value is None else item.number() for item in node.items()]
    if len(ends) != 2 or ends == [None, None]:
        raise node.error("a range is two numbers; null is an end that the law does not state")
    least, most = ends
    if any(end is not None and end < 0 for end in ends) or (
        least is not None and most is not None and most < least
    ):
        raise node.error("neither number may be less than 0, nor the second less than the first")
    return Measure(what, least, most)


def _citations(node: Yaml) -> tuple[Citation, ...]:
    if not node.items():
        raise node.error("a norm needs at least one citation: {text: ...}")
    found = [(item, item.fields(("text",), ("from", "until"))) for item in node.items()]
    return tuple(
        Citation(fields["text"].text(), *_span(fields, item, "from", "until"))
        for item, fields in found
    )


def _some_texts(node: Yaml) -> tuple[str, ...]:
    if not node.items():
        raise node.error("at least one source is needed: where was it seen?")
    return node.texts()


def _place(node: Yaml) -> Mapping[str, str]:
    found = {key: item.text() for key, item in node.fields((), _PLACES).items()}
    if not found:
        raise node.error(f"'at' needs at least one of: {', '.join(_PLACES)}")
    return MappingProxyType(found)


def _within(
    instrument: Instrument, found: Mapping[str, Yaml], node: Yaml
) -> tuple[date, date | None]:
    """The norm's own days; they lie within those of its instrument."""
    start, end = _span(found, node, "valid_from", "valid_until")
    begins, ends = start or instrument.valid_from, end or instrument.valid_until
    if begins < instrument.valid_from or (
        instrument.valid_until is not None and (ends is None or ends > instrument.valid_until)
    ):
        allowed = f"{instrument.valid_from} to {instrument.valid_until or 'today'}"
        raise node.error(f"the norm lies outside the days of its instrument: {allowed}")
    if ends is not None and ends <= begins:
        raise node.error("valid_until must be later than valid_from")
    return begins, ends


def _check_apart(norm: Norm, other: Norm, node: Yaml) -> None:
    known = overlap((norm.known_from, norm.known_until), (other.known_from, other.known_until))
    if known and overlap(_valid(norm), _valid(other)):
        raise node.error(
            f"norm {norm.id} stands here twice for the same days; allowed: versions that follow "
            "each other (valid_from, valid_until), or a corrected entry (known_until, known_from)"
        )


def _valid(entry: Norm | Authority) -> tuple[date | None, date | None]:
    return entry.valid_from, entry.valid_until


def _span(
    found: Mapping[str, Yaml], node: Yaml, start: str, end: str
) -> tuple[date | None, date | None]:
    first, last = _day(found.get(start)), _day(found.get(end))
    if first is not None and last is not None and last <= first:
        raise found[end].error(f"{end} must be later than {start}")
    return first, last


def _day(node: Yaml | None) -> date | None:
    return _sane(node) if node is not None else None


def _sane(node: Yaml) -> date:
    day = node.day()
    if not FIRST_DAY <= day <= LAST_DAY:
        raise node.error(f"{day} lies outside {FIRST_DAY} to {LAST_DAY}")
    return day
