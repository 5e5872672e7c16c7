"""An index of people by name, on disk: built once, then read through memory maps.

    build(people, folder)      a folder of plain arrays; 4.7 million people take some minutes
    Index(folder)              opens it in a fraction of a second

The unit is the *name*, not the person: people who are written alike share one entry, so the number
of homonyms is known without counting. Names are numbered from the most borne to the least; a list
of names that must be cut short keeps those who stand for most people.

Names and people stay as they were written; the words of the index stand beside them. A folder is
written aside and then put in place, so a reader never sees half an index.
"""

from __future__ import annotations

import json
import shutil
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from timbang.law.bilingual import Bilingual
from timbang.law.refusal import Refusal
from timbang.registry.names.comparing import Verdict, compare
from timbang.registry.names.normal import form, sound
from timbang.registry.names.person import Person, Place
from timbang.registry.names.splitting import UnreadableName, split
from timbang.registry.names.tables import tables

FORMAT: Final = 1
WORDS: Final = 8
"""Words of a name that are looked at; those behind are kept in the written name only."""
UNKNOWN: Final = -1

Ints = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.float32]

_COLUMNS: Final = ("agency_code", "region_code", "post")
_MIX = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93,
     0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3, 0x589965CC75374CC3],
    dtype=np.uint64,
)  # fmt: skip

_NO_INDEX = Bilingual(
    "Di {folder} tidak ada indeks nama. Buat dengan: timbang names index BERKAS --to {folder}",
    "There is no index of names in {folder}. Make one: timbang names index FILE --to {folder}",
)
_OTHER_FORMAT = Bilingual(
    "Indeks di {folder} dibuat versi lain ({found}, diharapkan {format}): buat lagi",
    "The index in {folder} is of another version ({found}, expected {format}): make it anew",
)
_NOBODY = Bilingual("Tidak ada orang yang dapat diindeks", "There is nobody who could be indexed")
_TAKEN = Bilingual(
    "{folder} ada dan bukan indeks nama; pilih folder lain",
    "{folder} exists and is no index of names; choose another folder",
)


_OTHER_NAME = Bilingual(
    "nomor '{id}' sudah dipakai untuk nama lain: {first} ({where})",
    "the id '{id}' stands already with another name: {first} ({where})",
)


class Refused(NamedTuple):
    """A row that was not indexed: its number from 1, the name as written, why, and where it stands
    in its file ("" where it comes from none)."""

    row: int
    name: str
    why: Bilingual
    where: str = ""


@dataclass(frozen=True, slots=True)
class Built:
    """What an index was made of. `cut` counts names with more words than are looked at, `again`
    rows that name somebody of an earlier row."""

    people: int
    names: int
    words: int
    cut: int
    refused: tuple[Refused, ...]
    again: int = 0


@dataclass
class _Gathered:
    words: array[int] = field(default_factory=lambda: array("i"))
    vocabulary: dict[str, int] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    years: array[int] = field(default_factory=lambda: array("h"))
    codes: dict[str, array[int]] = field(
        default_factory=lambda: {name: array("i") for name in _COLUMNS}
    )
    lists: dict[str, dict[str, int]] = field(
        default_factory=lambda: {name: {} for name in _COLUMNS}
    )
    agencies: dict[str, str] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    cut: int = 0
    again: int = 0
    at: dict[str, int] = field(default_factory=dict)
    lines: array[int] = field(default_factory=lambda: array("q"))


def build(people: Iterable[Person], folder: Path, *, place: Place | None = None) -> Built:
    """Write the index of these people into a folder, in place of the one that was there.

    `place` says where the people are read, from one file: there an id that stands twice is one
    person, and refused where the names do not agree. The first row counts; of the others only a
    region or year of birth that it lacks.

    Raises `Refusal` when nobody can be indexed or when the folder holds something else.
    """
    if folder.exists() and not (folder / "index.json").exists() and any(folder.iterdir()):
        raise Refusal(_TAKEN.format(folder=folder))
    gathered = _gather(people, place)
    if not gathered.ids:
        raise Refusal(_NOBODY)
    aside = folder.with_name(folder.name + ".new")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    names = _write(gathered, aside)
    built = Built(
        len(gathered.ids),
        names,
        len(gathered.vocabulary),
        gathered.cut,
        tuple(gathered.refused),
        gathered.again,
    )
    _put_in_place(aside, folder)
    return built


def _put_in_place(aside: Path, folder: Path) -> None:
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    aside.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _gather(people: Iterable[Person], place: Place | None) -> _Gathered:
    out = _Gathered()
    vocabulary = out.vocabulary
    for row, person in enumerate(people, 1):
        try:
            core = split(person.name).core
        except UnreadableName as problem:
            out.refused.append(_refused(row, person, problem.message, place))
            continue
        if place is not None and _stands(out, row, person, place):
            continue
        if len(core) > WORDS:
            out.cut += 1
        words = [vocabulary.setdefault(word.lower(), len(vocabulary)) for word in core[:WORDS]]
        out.words.extend(words + [UNKNOWN] * (WORDS - len(words)))
        out.ids.append(person.person_id)
        out.written.append(person.name)
        out.years.append(person.birth_year or 0)
        for column in _COLUMNS:
            value = getattr(person, column)
            known = out.lists[column]
            code = known.setdefault(value, len(known)) if value else UNKNOWN
            out.codes[column].append(code)
        if person.agency_name:
            out.agencies.setdefault(person.agency_code, person.agency_name)
    return out


def _refused(row: int, person: Person, why: Bilingual, place: Place | None) -> Refused:
    return Refused(row, person.name[:80], why, str(place) if place is not None else "")


def _stands(out: _Gathered, row: int, person: Person, place: Place) -> bool:
    """Whether the id stood before: then the row is taken into that person, or refused."""
    at = out.at.setdefault(person.person_id, len(out.ids))
    if at == len(out.ids):
        out.lines.append(place.line)
        return False
    first = out.written[at]
    if first != person.name and compare(first, person.name).verdict is Verdict.DIFFERENT:
        where = f"{place.file}:{out.lines[at]}"
        why = _OTHER_NAME.format(id=person.person_id[:80], first=first[:80], where=where)
        out.refused.append(_refused(row, person, why, place))
        return True
    out.again += 1
    out.years[at] = out.years[at] or person.birth_year or 0
    regions = out.lists["region_code"]
    if person.region_code and out.codes["region_code"][at] == UNKNOWN:
        out.codes["region_code"][at] = regions.setdefault(person.region_code, len(regions))
    return True


def _write(gathered: _Gathered, folder: Path) -> int:
    vocabulary = sorted(gathered.vocabulary)
    place = np.empty(len(vocabulary) + 1, np.int32)
    for new, word in enumerate(vocabulary):
        place[gathered.vocabulary[word]] = new
    place[-1] = len(vocabulary)  # the word that is not there
    words = place[np.frombuffer(gathered.words, np.int32).reshape(-1, WORDS)]
    rows, name_of, counts = _names(words)
    agency = np.frombuffer(gathered.codes["agency_code"], np.int32)
    order = np.lexsort((agency, name_of))
    _save(folder, "names", rows)
    _save(folder, "starts", np.concatenate(([0], np.cumsum(counts))).astype(np.int64))
    _save(folder, "name_of", name_of[order].astype(np.int32))
    _save(folder, "years", np.frombuffer(gathered.years, np.int16)[order])
    for column in _COLUMNS:
        _save(folder, column, np.frombuffer(gathered.codes[column], np.int32)[order])
    _groups(folder, "by_agency", agency[order], len(gathered.lists["agency_code"]))
    _texts(folder, "ids", [gathered.ids[at] for at in order])
    _texts(folder, "written", [gathered.written[at] for at in order])
    _words(folder, vocabulary, rows, counts)
    body = {
        "format": FORMAT,
        "people": len(order),
        "names": len(rows),
        "lists": {name: list(known) for name, known in gathered.lists.items()},
        "agencies": gathered.agencies,
    }
    (folder / "index.json").write_text(json.dumps(body, ensure_ascii=False), "utf-8")
    return len(rows)


def _names(words: Ints) -> tuple[Ints, Ints, Ints]:
    """Distinct names from the most borne to the least, the name of each person, their numbers."""
    keys = _keys(words)
    _, first, name_of, counts = np.unique(
        keys, return_index=True, return_inverse=True, return_counts=True
    )
    if not np.array_equal(words[first][name_of], words):  # two names under one 64-bit key
        _, first, name_of, counts = np.unique(
            words, axis=0, return_index=True, return_inverse=True, return_counts=True
        )
    order = np.argsort(-counts, kind="stable")
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    return words[first[order]], back[name_of.ravel()], counts[order]


def _keys(words: Ints) -> npt.NDArray[np.uint64]:
    keys = np.zeros(len(words), np.uint64)
    for column in range(WORDS):
        mixed = (words[:, column].astype(np.uint64) + np.uint64(1)) * _MIX[column]
        keys = (keys ^ mixed ^ (mixed >> np.uint64(29))) * np.uint64(0x9FB21C651E98DF25)
    return keys


def _words(folder: Path, vocabulary: list[str], rows: Ints, counts: Ints) -> None:
    """Everything about words: normal forms, sounds, and which names have them."""
    all_forms = [form(word) for word in vocabulary]
    normals = [each.normal for each in all_forms]
    sounds = sorted({each.sound for each in all_forms})
    sound_at = {each: place for place, each in enumerate(sounds)}
    of_word = np.array([sound_at[each.sound] for each in all_forms], np.int32)
    normal_at = {each: place for place, each in enumerate(sorted(set(normals)))}
    normal_of = np.array([normal_at[each] for each in normals] + [len(normal_at)], np.int32)
    _lines(folder, "vocabulary", vocabulary)
    _lines(folder, "normals", normals)
    _lines(folder, "sounds", sounds)
    _save(folder, "normal_of", normal_of)
    _save(folder, "sound_of", of_word)
    _groups(folder, "of_sound", of_word, len(sounds))
    _slips(folder, sounds, vocabulary, of_word)
    sound_rows = np.append(of_word, len(sounds))[rows]
    _postings(folder, sound_rows, counts, len(sounds))
    keys = _keys(np.sort(normal_of[rows], axis=1))
    _, group, back = np.unique(keys, return_index=True, return_inverse=True)
    borne = np.bincount(back.ravel(), weights=counts, minlength=len(group)).astype(np.int64)
    _save(folder, "homonyms", borne[back.ravel()].astype(np.int32))


def _slips(folder: Path, sounds: list[str], vocabulary: list[str], of_word: Ints) -> None:
    """Keys of sounds and of words as written, for a slip may make or break two letters of one
    sound."""
    keys, values = array("I"), array("i")
    for place, each in chain(enumerate(sounds), zip(of_word.tolist(), vocabulary, strict=True)):
        for key in slip_keys(each):
            keys.append(key)
            values.append(place)
    order = np.argsort(np.frombuffer(keys, np.uint32), kind="stable")
    _save(folder, "slip_keys", np.frombuffer(keys, np.uint32)[order])
    _save(folder, "slip_sounds", np.frombuffer(values, np.int32)[order])


def slip_keys(word: str) -> set[int]:
    """Keys of a sound and of what is left when any one letter goes: words with one in common are at
    most two slips apart, and words one slip apart always have one in common."""
    kept = {word} | (
        {word[:at] + word[at + 1 :] for at in range(len(word))} if len(word) > 2 else set()
    )
    return {zlib.crc32(each.encode()) for each in kept}


def _postings(folder: Path, rows: Ints, counts: Ints, nothing: int) -> None:
    """The names that have a sound, and those that have a pair of sounds, the most borne first."""
    numbers = np.arange(len(rows), dtype=np.int32)
    found, names = [], []
    for column in range(WORDS):
        fits = (rows[:, column] != nothing) & ~(
            rows[:, :column] == rows[:, column : column + 1]
        ).any(axis=1)
        found.append(rows[fits, column])
        names.append(numbers[fits])
    key, of = np.concatenate(found), np.concatenate(names)
    order = np.lexsort((of, key))
    _save(folder, "sound_names", of[order])
    borne = np.bincount(key, minlength=nothing)
    _save(folder, "sound_starts", np.concatenate(([0], np.cumsum(borne))).astype(np.int64))
    _save(folder, "sound_people", np.bincount(key, weights=counts[of], minlength=nothing))
    _pairs(folder, rows, numbers, nothing)


def _pairs(folder: Path, rows: Ints, numbers: Ints, nothing: int) -> None:
    found, names = [], []
    for left in range(WORDS):
        for right in range(left + 1, WORDS):
            fits = rows[:, right] != nothing
            if not fits.any():
                break
            found.append(pair_keys(rows[fits, left], rows[fits, right]))
            names.append(numbers[fits])
    keys = np.concatenate(found) if found else np.zeros(0, np.uint64)
    of = np.concatenate(names) if names else np.zeros(0, np.int32)
    order = np.argsort(keys, kind="stable")
    distinct, counts = np.unique(keys, return_counts=True)
    _save(folder, "pair_keys", distinct)
    _save(folder, "pair_starts", np.concatenate(([0], np.cumsum(counts))).astype(np.int64))
    _save(folder, "pair_names", of[order])


def pair_keys(a: Ints, b: Ints) -> npt.NDArray[np.uint64]:
    """One number for two sounds, whichever comes first."""
    low = np.minimum(a, b).astype(np.uint64)
    return (low << np.uint64(32)) | np.maximum(a, b).astype(np.uint64)


def _groups(folder: Path, name: str, values: Ints, count: int) -> None:
    """The places at which each value stands, value by value; unknown ones are left out."""
    order = np.argsort(values, kind="stable").astype(np.int32)
    order = order[values[order] >= 0]
    borne = np.bincount(values[values >= 0], minlength=count)
    _save(folder, name, order)
    _save(folder, f"{name}_starts", np.concatenate(([0], np.cumsum(borne))).astype(np.int64))


def _save(folder: Path, name: str, values: npt.NDArray[Any]) -> None:
    np.save(folder / f"{name}.npy", np.ascontiguousarray(values), allow_pickle=False)


def _lines(folder: Path, name: str, words: list[str]) -> None:
    (folder / f"{name}.txt").write_text("\n".join(words), "utf-8")


def _texts(folder: Path, name: str, texts: list[str]) -> None:
    encoded = [text.encode() for text in texts]
    ends = np.cumsum([len(each) for each in encoded], dtype=np.int64)
    _save(folder, f"{name}_starts", np.concatenate(([0], ends)))
    _save(folder, name, np.frombuffer(b"".join(encoded), np.uint8))


class Index:
    """An index that was opened. It never changes; a new one is opened anew."""

    def __init__(self, folder: Path) -> None:
        try:
            body = json.loads((folder / "index.json").read_text("utf-8"))
        except FileNotFoundError:
            raise Refusal(_NO_INDEX.format(folder=folder)) from None
        if body["format"] != FORMAT:
            raise Refusal(_OTHER_FORMAT.format(folder=folder, found=body["format"], format=FORMAT))
        self.folder = folder
        self.people: int = body["people"]
        self.lists: dict[str, list[str]] = body["lists"]
        self.codes = {
            name: {value: code for code, value in enumerate(values)}
            for name, values in self.lists.items()
        }
        self.agencies: dict[str, str] = body["agencies"]
        self.vocabulary = _read_lines(folder, "vocabulary")
        self.normals = _read_lines(folder, "normals")
        self.sounds = _read_lines(folder, "sounds")
        for name in _ARRAYS:
            setattr(self, name, np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")))
        self.nothing = len(self.vocabulary)
        self.written_words = int(self.sound_people.sum())
        self.lengths = np.array([min(len(each), 255) for each in self.normals], np.uint8)
        self.first = np.array([ord(each[0]) for each in self.vocabulary] + [0], np.uint8)
        self.shares = {name: self._shares(name) for name in _COLUMNS}
        self.shortened = self._shortened()

    names: Ints
    starts: Ints
    name_of: Ints
    years: Ints
    agency_code: Ints
    region_code: Ints
    post: Ints
    by_agency: Ints
    by_agency_starts: Ints
    homonyms: Ints
    normal_of: Ints
    sound_of: Ints
    of_sound: Ints
    of_sound_starts: Ints
    slip_keys: Ints
    slip_sounds: Ints
    sound_names: Ints
    sound_starts: Ints
    sound_people: npt.NDArray[np.float64]
    pair_keys: Ints
    pair_starts: Ints
    pair_names: Ints
    ids: Ints
    ids_starts: Ints
    written: Ints
    written_starts: Ints

    def _shares(self, name: str) -> npt.NDArray[np.float64]:
        """How large a part of the people has each code; the last stands for codes never seen."""
        codes = getattr(self, name)
        borne = np.bincount(codes[codes >= 0], minlength=len(self.lists[name]))
        return np.append(borne, 1) / max(1, int(borne.sum()))

    def _shortened(self) -> dict[str, list[int]]:
        """The normal form of a name -> the words of the index that shorten it."""
        found: dict[str, list[int]] = {}
        for short, meanings in tables().short.items():
            at = self.word(short)
            if at is not None:
                for meaning in meanings:
                    found.setdefault(meaning, []).append(at)
        return found

    def word(self, written: str) -> int | None:
        """The number of a word as written in small letters."""
        return _find(self.vocabulary, written)

    def sound(self, key: str) -> int | None:
        return _find(self.sounds, key)

    def person_id(self, at: int) -> str:
        return _text(self.ids, self.ids_starts, at)

    def name(self, at: int) -> str:
        """The name of a person as it was written."""
        return _text(self.written, self.written_starts, at)

    def person(self, at: int) -> Person:
        agency = self._listed("agency_code", at)
        year = int(self.years[at])
        return Person(
            self.person_id(at), self.name(at), agency, self.agencies.get(agency, ""),
            self._listed("region_code", at), year or None, self._listed("post", at),
        )  # fmt: skip

    def _listed(self, column: str, at: int) -> str:
        code = int(getattr(self, column)[at])
        return self.lists[column][code] if code >= 0 else ""

    def everybody(self) -> Iterator[Person]:
        """All people of the index, in its own order."""
        return (self.person(at) for at in range(self.people))


_ARRAYS: Final = (
    "names", "starts", "name_of", "years", *_COLUMNS, "by_agency", "by_agency_starts", "homonyms",
    "normal_of", "sound_of", "of_sound", "of_sound_starts", "slip_keys", "slip_sounds",
    "sound_names", "sound_starts", "sound_people", "pair_keys", "pair_starts", "pair_names",
    "ids", "ids_starts", "written", "written_starts",
)  # fmt: skip


def _read_lines(folder: Path, name: str) -> list[str]:
    return (folder / f"{name}.txt").read_text("utf-8").split("\n")


def _find(words: Sequence[str], word: str) -> int | None:
    at = bisect_left(words, word)
    return at if at < len(words) and words[at] == word else None


def _text(values: Ints, starts: Ints, at: int) -> str:
    return bytes(values[starts[at] : starts[at + 1]]).decode()


__all__ = ["Built", "Index", "Person", "Refused", "build", "pair_keys", "slip_keys", "sound"]
