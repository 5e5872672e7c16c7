"""Links the people of a list to the people of a register, and keeps what humans judged.

Each record of the list is looked for in the register; the certainty of the best is weighed against
all other people who answer and against somebody outside the register, put right by what was seen on
invented lists whose truth is known. The status says what may be done with it:

- `judged`     a human said that they are the same;
- `sure`       at least `SURE`: of such links at most one in a thousand is wrong where lists are
               like those it was measured on (docs/reference/benchmarks.md); still no proof;
- `likely`     the best guess, to be looked at by a human;
- `undecided`  more than one may be meant, or a human left it open: the candidates are given;
- `none`       nobody of the register, more likely than not.

A judgement is a line of data (same, different, undecided; by whom, when, why); the last line about
a pair counts. Linking again takes up only what changed: a record, a judgement about it, or the
register.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from timbang.law.bilingual import Bilingual
from timbang.law.refusal import Refusal
from timbang.registry.names.answers import Answer, Hit, Query
from timbang.registry.names.index import Index
from timbang.registry.names.person import Person
from timbang.registry.names.searching import (
    EVENNESS,
    OUTSIDE_SHIFT,
    Search,
)
from timbang.registry.names.splitting import UnreadableName

SURE: Final = 0.998
LIKELY: Final = 0.5
SHOWN: Final = 5

_JUDGEMENT_KEYS: Final = ("record_id", "person_id", "judgement", "by", "on", "why")

_LINE = Bilingual("{path}:{line}: {problem}", "{path}:{line}: {problem}")
_NOT_JSON = Bilingual("bukan objek JSON", "no JSON object")
_KEYS = Bilingual("kunci harus tepat: {allowed}", "the keys must be exactly: {allowed}")
_EMPTY = Bilingual("'{key}' harus berisi teks", "'{key}' must be text")
_WORD = Bilingual(
    "'{found}' bukan salah satu dari: {allowed}", "'{found}' is not one of: {allowed}"
)
_DAY = Bilingual("'{found}' bukan hari (YYYY-MM-DD)", "'{found}' is no day (YYYY-MM-DD)")
_TWO = Bilingual(
    "'{record}' sudah diputuskan sama dengan {first}; cabut dahulu sebelum {second}",
    "'{record}' was already judged the same as {first}; take that back before {second}",
)
_TWICE = Bilingual(
    "record_id '{record}' ada dua kali dalam daftar",
    "record_id '{record}' stands twice in the list",
)
_NO_LINK = Bilingual(
    "bukan tautan yang ditulis perintah ini; pilih berkas lain untuk tautan",
    "no link that this command wrote; choose another file for the links",
)
_HUMAN = Bilingual("Diputuskan {by} pada {on}: {why}", "Judged by {by} on {on}: {why}")


class Judgement(Enum):
    """What a human said of a record and a person."""

    SAME = "same"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


class Status(Enum):
    """What may be done with a link."""

    JUDGED = "judged"
    SURE = "sure"
    LIKELY = "likely"
    UNDECIDED = "undecided"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Judged:
    """One line of the file of judgements."""

    record_id: str
    person_id: str
    judgement: Judgement
    by: str
    on: date
    why: str

    def as_json(self) -> dict[str, str]:
        return {
            "record_id": self.record_id,
            "person_id": self.person_id,
            "judgement": self.judgement.value,
            "by": self.by,
            "on": self.on.isoformat(),
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may be meant, with the reasons for and against."""

    person_id: str
    name: str
    certainty: float
    homonyms: int
    reasons: tuple[Bilingual, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "person_id": self.person_id,
            "name": self.name,
            "certainty": round(self.certainty, 6),
            "homonyms": self.homonyms,
            "reasons": [reason.as_json() for reason in self.reasons],
        }


@dataclass(frozen=True, slots=True)
class Link:
    """What is said of one record. `person_id` is "" where nobody is linked; `alike` counts the
    people of the register who are named so; `fingerprint` changes when anything it rests on
    does."""

    record_id: str
    name: str
    status: Status
    person_id: str
    certainty: float
    outside: float
    alike: int
    candidates: tuple[Candidate, ...]
    reasons: tuple[Bilingual, ...]
    fingerprint: str

    def as_json(self) -> dict[str, object]:
        return {
            "record_id": self.record_id,
            "name": self.name,
            "status": self.status.value,
            "person_id": self.person_id,
            "certainty": round(self.certainty, 6),
            "outside": round(self.outside, 6),
            "people_named_alike": self.alike,
            "candidates": [each.as_json() for each in self.candidates],
            "reasons": [reason.as_json() for reason in self.reasons],
            "fingerprint": self.fingerprint,
        }


class Judgements:
    """What humans judged, the last word about each pair."""

    def __init__(self, lines: Iterable[Judged] = ()) -> None:
        self._of: dict[str, dict[str, Judged]] = {}
        for line in lines:
            self.add(line)

    def add(self, line: Judged) -> None:
        """Take up one more. Raises `Refusal` when the record was judged to be somebody else."""
        about = self._of.setdefault(line.record_id, {})
        if line.judgement is Judgement.SAME:
            other = next(
                (
                    each.person_id
                    for each in about.values()
                    if each.judgement is Judgement.SAME and each.person_id != line.person_id
                ),
                None,
            )
            if other is not None:
                raise Refusal(
                    _TWO.format(record=line.record_id, first=other, second=line.person_id)
                )
        about[line.person_id] = line

    def about(self, record_id: str) -> Mapping[str, Judged]:
        return self._of.get(record_id, {})


def read_judgements(path: Path) -> Judgements:
    """The judgements of a file (JSON Lines). Raises `Refusal` with file and line."""
    found = Judgements()
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    found.add(_judged(line))
                except Refusal as problem:
                    raise Refusal(
                        _LINE.format(path=path.name, line=number, problem=problem.message)
                    ) from problem
    return found


def append_judgement(path: Path, line: Judged) -> None:
    """Write one more judgement behind the others, once it fits to them."""
    standing = read_judgements(path) if path.exists() else Judgements()
    standing.add(line)
    with path.open("a", encoding="utf-8") as out:
        out.write(json.dumps(line.as_json(), ensure_ascii=False) + "\n")


def _judged(line: str) -> Judged:
    try:
        body = json.loads(line)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Refusal(_NOT_JSON)
    if set(body) != set(_JUDGEMENT_KEYS):
        raise Refusal(_KEYS.format(allowed=", ".join(_JUDGEMENT_KEYS)))
    for key in _JUDGEMENT_KEYS:
        if not isinstance(body[key], str) or (not body[key].strip() and key != "why"):
            raise Refusal(_EMPTY.format(key=key))
    words = [each.value for each in Judgement]
    if body["judgement"] not in words:
        raise Refusal(_WORD.format(found=body["judgement"], allowed=", ".join(words)))
    try:
        on = date.fromisoformat(body["on"])
    except ValueError:
        raise Refusal(_DAY.format(found=body["on"])) from None
    return Judged(
        body["record_id"],
        body["person_id"],
        Judgement(body["judgement"]),
        body["by"],
        on,
        body["why"],
    )


class Linker:
    """Links records to the people of one index."""

    def __init__(
        self, index: Index, judgements: Judgements | None = None, *, share_outside: float = 0.1
    ) -> None:
        self.index = index
        self.judgements = judgements or Judgements()
        self.search = Search(index, share_outside=share_outside)
        self._register = _register_mark(index, share_outside)

    def link(
        self, records: Iterable[Person], before: Mapping[str, Link] | None = None
    ) -> list[Link]:
        """A link for each record, in their order. What `before` holds and nothing changed is kept.

        A record whose name cannot be read is linked to nobody and says so; its reason is in the
        link. Raises `Refusal` for two records with one id.
        """
        known = before or {}
        links: dict[str, Link] = {}
        for record in records:
            if record.person_id in links:
                raise Refusal(_TWICE.format(record=record.person_id))
            mark = self.fingerprint(record)
            old = known.get(record.person_id)
            links[record.person_id] = (
                old if old is not None and old.fingerprint == mark else self.one(record)
            )
        return list(links.values())

    def fingerprint(self, record: Person) -> str:
        """Changes with the record, the judgements about it, the register and these rules."""
        judged = [each.as_json() for each in self.judgements.about(record.person_id).values()]
        body = json.dumps([self._register, list(record), judged], ensure_ascii=False)
        return sha256(body.encode()).hexdigest()[:32]

    def one(self, record: Person) -> Link:
        """The link of one record."""
        judged = self.judgements.about(record.person_id)
        try:
            answer = self.search.find(
                Query(
                    record.name, record.agency_code, record.region_code, record.birth_year,
                    record.post,
                ),
                limit=SHOWN + len(judged),
            )  # fmt: skip
        except UnreadableName as problem:
            return _unreadable(record, judged, problem, self.fingerprint(record))
        return _decided(record, answer, judged, self.fingerprint(record))


def _register_mark(index: Index, share_outside: float) -> str:
    meta = (index.folder / "index.json").stat()
    body = [
        index.people,
        meta.st_mtime_ns,
        meta.st_size,
        share_outside,
        SURE,
        EVENNESS,
        OUTSIDE_SHIFT,
    ]
    return json.dumps(body)


def _decided(
    record: Person, answer: Answer, judged: Mapping[str, Judged], fingerprint: str
) -> Link:
    different = {
        each.person_id for each in judged.values() if each.judgement is Judgement.DIFFERENT
    }
    left = [hit for hit in answer.hits if hit.person.person_id not in different]
    gone = sum(hit.certainty for hit in answer.hits if hit.person.person_id in different)
    scale = 1 / max(1e-12, 1 - gone)
    candidates = tuple(_candidate(hit, scale) for hit in left[:SHOWN])
    outside = min(1.0, answer.outside * scale)
    same = next((each for each in judged.values() if each.judgement is Judgement.SAME), None)
    best = candidates[0] if candidates else None
    if same is not None:
        status, person, certainty = Status.JUDGED, same.person_id, 1.0
        reasons: tuple[Bilingual, ...] = (_told(same),)
    else:
        open_ = any(each.judgement is Judgement.UNDECIDED for each in judged.values())
        status = _status(best, outside, open_=open_)
        linked = best if status in (Status.SURE, Status.LIKELY) else None
        person = linked.person_id if linked else ""
        certainty = best.certainty if best else 0.0
        reasons = (*(_told(each) for each in judged.values()), *(linked.reasons if linked else ()))
    return Link(
        record.person_id, record.name, status, person, certainty, outside, answer.alike,
        candidates, (answer.words, *reasons), fingerprint,
    )  # fmt: skip


def _unreadable(
    record: Person, judged: Mapping[str, Judged], problem: UnreadableName, fingerprint: str
) -> Link:
    """What a human judged still holds; else nobody can be meant."""
    same = next((each for each in judged.values() if each.judgement is Judgement.SAME), None)
    return Link(
        record.person_id, record.name, Status.JUDGED if same else Status.NONE,
        same.person_id if same else "", 1.0 if same else 0.0, 0.0 if same else 1.0, 0, (),
        (problem.message, *(_told(each) for each in judged.values())), fingerprint,
    )  # fmt: skip


def _candidate(hit: Hit, scale: float) -> Candidate:
    return Candidate(
        hit.person.person_id, hit.person.name, min(1.0, hit.certainty * scale),
        hit.homonyms, hit.reasons,
    )  # fmt: skip


def _status(best: Candidate | None, outside: float, *, open_: bool) -> Status:
    if open_:
        return Status.UNDECIDED
    if best is not None and best.certainty >= LIKELY:
        return Status.SURE if best.certainty >= SURE else Status.LIKELY
    return Status.NONE if best is None or outside >= LIKELY else Status.UNDECIDED


def _told(judged: Judged) -> Bilingual:
    return _HUMAN.format(by=judged.by, on=judged.on.isoformat(), why=judged.why or "-")


def shared(links: Iterable[Link]) -> dict[str, tuple[str, ...]]:
    """People whom more than one record is linked to, with these records: one may be wrong, or the
    list has somebody twice."""
    found: dict[str, list[str]] = {}
    for link in links:
        if link.person_id:
            found.setdefault(link.person_id, []).append(link.record_id)
    return {person: tuple(records) for person, records in found.items() if len(records) > 1}


def write_links(path: Path, links: Iterable[Link]) -> None:
    """Write links as JSON Lines, aside first, so that a break leaves the old file whole."""
    aside = path.with_name(path.name + ".new")
    with aside.open("w", encoding="utf-8") as out:
        for link in links:
            out.write(json.dumps(link.as_json(), ensure_ascii=False) + "\n")
    aside.replace(path)


def read_links(path: Path) -> dict[str, Link]:
    """Links by record. Raises `Refusal` with file and line."""
    with path.open("rb") as lines:
        return {link.record_id: link for link in _links(path, lines)}


def _links(path: Path, lines: Iterable[bytes]) -> Iterator[Link]:
    for number, line in enumerate(lines, 1):
        try:
            yield _link(json.loads(line))
        except (ValueError, KeyError, TypeError) as problem:
            raise Refusal(_LINE.format(path=path.name, line=number, problem=_NO_LINK)) from problem


def _link(body: dict[str, Any]) -> Link:
    return Link(
        body["record_id"], body["name"], Status(body["status"]), body["person_id"],
        body["certainty"], body["outside"], body["people_named_alike"],
        tuple(
            Candidate(each["person_id"], each["name"], each["certainty"], each["homonyms"],
                      _words(each["reasons"]))
            for each in body["candidates"]
        ),
        _words(body["reasons"]), body["fingerprint"],
    )  # fmt: skip


def _words(items: list[dict[str, str]]) -> tuple[Bilingual, ...]:
    return tuple(Bilingual(item["id"], item["en"]) for item in items)
