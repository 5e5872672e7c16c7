"""Finds people by name among millions, and says how many bear the same name.

    Search(Index(folder)).find(Query("Drs. Moh. Rizki", agency_code="A017"))

Every word of the query is widened to the words of the index that it may stand for (spelling, sound,
abbreviation, one slip), each with the chance that a bearer is written so (`kinship.LOGS`). Names
that hold two of the words, or a rare one, are weighed; with an agency, all names of that agency
are. The score of a person is the logarithm of the chance that somebody so named, there, of that
age, is written as the query has it; the certainty weighs it against all others who answer and
against somebody who is not in the register at all.

An answer always has the number of homonyms. There is no lone "match".
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import exp, log
from typing import Final

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from timbang.law.bilingual import Bilingual
from timbang.registry.names.comparing import Comparison, compare_split
from timbang.registry.names.index import (
    UNKNOWN,
    Floats,
    Index,
    Ints,
    Person,
    pair_keys,
    slip_keys,
)
from timbang.registry.names.kinship import (
    LOGS,
    SHORTEST_WITH_SLIP,
    SHORTEST_WITH_TWO,
    Kind,
    slip,
)
from timbang.registry.names.normal import Form, form, forms
from timbang.registry.names.splitting import Split, split
from timbang.registry.names.tables import tables

EVENNESS: Final = 0.9
OUTSIDE_SHIFT: Final = -1.5
"""What puts certainties right: fitted to 7,500 lines of lists about a million invented people, so
that of those with a certainty of nine tenths nine in ten are right."""
NEVER: Final = np.float32(-60.0)
STRAY: Final = log(0.015)
"""A word of the query that the bearer does not have."""
WRITTEN_OUT: Final = log(0.2)
"""The register shortens a word, the query has it whole."""
LETTER_NATS: Final = 1.8
"""How much one more letter of a word tells, as a natural logarithm."""
LEFT_OUT: Final = log(0.06)
TITLE_H: Final = log(0.1)
TITLE_R: Final = log(0.01)
"""A letter before the name that is a title (Haji, Raden) and no letter of the name."""
ELEMENT_LEFT_OUT: Final = log(0.3)
OUT_OF_ORDER: Final = log(0.03)
APART: Final = log(0.015)
TOGETHER: Final = log(0.03)
BONUS_OF_AGENCY: Final = 8.0
SAME_AGENCY: Final = 0.93
SAME_REGION: Final = 0.93
SAME_POST: Final = 0.5
SAME_YEAR: Final = 0.97
YEAR_BESIDE: Final = 0.012
YEARS: Final = 45

_MOST_SOUNDS = 12
_RARE = 3_000
_HEAD = 1_200
_PAIR_HEAD = 1_500
_MOST_NAMES = 12_000
_MOST_BESIDE = 2_000
_MOST_OF_AGENCY = 60_000
_WEIGHED = 24
_FAR_BEHIND = 14.0
_MOST_BEARERS = 6_000
_KEPT_SLOTS = 20_000
_MOST_WORDS = 6

_ONLY_NAME = Bilingual(
    "Hanya nama yang diketahui: {count} orang bernama seperti ini. Tambahkan instansi, wilayah, "
    "tahun lahir atau jabatan.",
    "Only the name is known: {count} people are named like this. Add agency, region, year of birth "
    "or post.",
)
_UNSURE = Bilingual(
    "{count} orang bernama seperti ini; yang dimaksud belum dapat dipastikan.",
    "{count} people are named like this; who is meant cannot be told yet.",
)
_LIKELY = Bilingual(
    "{count} orang bernama seperti ini; keterangan lain menunjuk ke yang pertama.",
    "{count} people are named like this; what else is known points to the first.",
)
_ONE_NAME = Bilingual(
    "Satu orang dalam daftar ini bernama seperti ini. Orang di luar daftar dapat bernama sama.",
    "One person of this register is named like this. People outside it may bear the same name.",
)
_NONE = Bilingual(
    "Tidak ada yang bernama seperti ini dalam daftar.", "Nobody in the register is named like this."
)
_SAME_AGENCY = Bilingual("Instansi sama: {value}", "Same agency: {value}")
_OTHER_AGENCY = Bilingual("Instansi lain: {value}", "Another agency: {value}")
_SAME_REGION = Bilingual("Wilayah sama: {value}", "Same region: {value}")
_OTHER_REGION = Bilingual("Wilayah lain: {value}", "Another region: {value}")
_SAME_YEAR = Bilingual("Tahun lahir sama: {value}", "Same year of birth: {value}")
_NEAR_YEAR = Bilingual("Tahun lahir berselisih satu: {value}", "Year of birth one apart: {value}")
_OTHER_YEAR = Bilingual("Tahun lahir lain: {value}", "Another year of birth: {value}")
_SAME_POST = Bilingual("Jabatan sama: {value}", "Same post: {value}")
_OTHER_POST = Bilingual("Jabatan lain: {value}", "Another post: {value}")


@dataclass(frozen=True, slots=True)
class Query:
    """Whom somebody looks for. "" and None stand for not known."""

    name: str
    agency_code: str = ""
    region_code: str = ""
    birth_year: int | None = None
    post: str = ""

    @property
    def has_context(self) -> bool:
        return bool(self.agency_code or self.region_code or self.birth_year or self.post)


@dataclass(frozen=True, slots=True)
class Hit:
    """One person who answers. `certainty` is 0 to 1: the part of the chance that falls to this
    person, all others and somebody outside the register weighed. `homonyms` counts the people of
    the register whose name is the same in normal form, this one included."""

    at: int
    person: Person
    certainty: float
    score: float
    homonyms: int
    comparison: Comparison
    context: tuple[Bilingual, ...]

    @property
    def reasons(self) -> tuple[Bilingual, ...]:
        return (*self.comparison.reasons, *self.context)

    def as_json(self) -> dict[str, object]:
        return {
            "person_id": self.person.person_id,
            "name": self.person.name,
            "agency_code": self.person.agency_code,
            "agency_name": self.person.agency_name,
            "region_code": self.person.region_code,
            "birth_year": self.person.birth_year,
            "post": self.person.post,
            "certainty": round(self.certainty, 6),
            "homonyms": self.homonyms,
            "name_verdict": self.comparison.verdict.value,
            "reasons": [reason.as_json() for reason in self.reasons],
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """Who may be meant, the likeliest first. `alike` counts all people of the register whose name
    answers as well as the best (within a factor of twenty); `outside` is the part of the chance
    that it is somebody who is not in the register."""

    query: Query
    parts: Split
    hits: tuple[Hit, ...]
    alike: int
    outside: float

    @property
    def words(self) -> Bilingual:
        """What an answer means, with the number of homonyms."""
        if not self.hits:
            return _NONE
        if self.alike == 1:
            return _ONE_NAME
        if not self.query.has_context:
            return _ONLY_NAME.format(count=self.alike)
        return (_LIKELY if self.hits[0].certainty >= 0.9 else _UNSURE).format(count=self.alike)

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.parts.name,
            "people_named_alike": self.alike,
            "outside": round(self.outside, 6),
            "words": self.words.as_json(),
            "hits": [hit.as_json() for hit in self.hits],
        }


@dataclass(slots=True)
class _Slot:
    """One word of the query: what it may stand for. `covers` are places in the query."""

    form: Form
    covers: tuple[int, ...]
    words: Ints
    logs: Floats
    sounds: Ints
    size: int
    stray: float
    of_title: bool = False


@dataclass(slots=True)
class Weighed:
    """People who answer: their places in the index, scores (natural logarithms), the number of
    people named alike and the log chance that it is somebody outside the register."""

    at: Ints
    scores: npt_f64
    alike: int
    outside: float


npt_f64 = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


class Search:
    """Searches one index. Not for use by two threads at once: it keeps its working space.

    `share_outside` is how large a part of those who are looked for is not in the register.
    """

    def __init__(self, index: Index, *, share_outside: float = 0.1) -> None:
        self.index = index
        self.odds_outside = share_outside / (1 - share_outside)
        self._slots: OrderedDict[str, _Slot] = OrderedDict()
        self._letters: dict[str, Floats] = {}
        size = index.nothing + 1
        self._tables = [np.full(size, NEVER, np.float32) for _ in range(3 * _MOST_WORDS)]
        self._marks = np.zeros(size, bool)
        self._cost = self._costs_of_leaving_out(size)
        self._starting = np.bincount(
            index.first[:-1], weights=index.sound_people[index.sound_of], minlength=256
        )
        self._met_once = int((index.sound_people == 1).sum()) + 1
        self._met_again = self._good_turing()
        self._lengths: dict[int, tuple[Ints, list[str]]] = {}

    def _costs_of_leaving_out(self, size: int) -> Floats:
        cost = np.full(size, LEFT_OUT, np.float32)
        for element in tables().elements:
            at = self.index.word(element)
            if at is not None:
                cost[at] = ELEMENT_LEFT_OUT
        cost[-1] = 0.0
        return cost

    def _chance_of_unseen(self, word: Form) -> float:
        """The log chance of one certain word that nobody of the register has: what is met once
        (Good and Turing), shared out among all such words, of which there are more the longer."""
        once = log(self._met_once) - log(self.index.written_words)
        kinds = log(10.0 * len(self.index.sounds))
        return once - max(kinds, LETTER_NATS * len(word.written))

    def _good_turing(self) -> float:
        """How often somebody else bears a name that one person of the register bears."""
        counts = np.bincount(np.minimum(np.diff(self.index.starts), 3), minlength=4)
        return min(1.0, 2 * float(counts[2] + 1) / float(counts[1] + 1))

    def find(self, query: Query, limit: int = 10) -> Answer:
        """The people who may be meant, the likeliest first. Raises `UnreadableName`."""
        parts = split(query.name)
        weighed = self.weigh(query, parts)
        hits, outside = self._hits(query, parts, weighed, limit)
        return Answer(query, parts, tuple(hits), weighed.alike, outside)

    def best(self, query: Query, limit: int = 5) -> list[str]:
        """Only who they are, the likeliest first: for those who measure."""
        weighed = self.weigh(query, split(query.name))
        return [self.index.person_id(int(at)) for at in weighed.at[:limit]]

    def weigh(self, query: Query, parts: Split) -> Weighed:
        """The people who answer with their scores, the best first."""
        words = forms(parts)[:_MOST_WORDS]
        slots = [self._slot(word, (place,)) for place, word in enumerate(words)]
        extra = self._respaced(words, slots)
        slots += self._letters_of_titles(parts, len(slots))
        office = self._of_agency(query.agency_code)
        names = self._candidates(slots, extra)
        best, scores = self._weigh_names(names, slots, extra, office)
        poor = self._unanswered(best, slots, extra)
        if poor:
            wider = [self._wider(slot) if slot.covers[0] in poor else slot for slot in slots]
            names = _distinct(np.concatenate((names, self._candidates(wider, extra))))
            best, scores = self._weigh_again(names, wider, extra, poor, office)
            if len(office) and self._unanswered(best, slots, extra):
                best, scores = self._as_one_word(words, office, best, scores)
        return self._people(query, slots, best, scores)

    def _letters_of_titles(self, parts: Split, start: int) -> list[_Slot]:
        """ "H." and "R." may be titles, which say nothing here, or the first letter of a name."""
        found: list[_Slot] = []
        for title in parts.before:
            letter = title.written.rstrip(".").lower()
            if len(letter) == 1 and start + len(found) < _MOST_WORDS:
                slot = self._slot(form(letter), (start + len(found),))
                slot.stray = TITLE_H if letter == "h" else TITLE_R
                slot.of_title = True
                found.append(slot)
        return found

    def _as_one_word(
        self, words: Sequence[Form], office: Ints, best: Ints, scores: npt_f64
    ) -> tuple[Ints, npt_f64]:
        """Words joined and mistyped: the letters of the whole name against those of the agency."""
        index = self.index
        rows = index.names[office].tolist()
        joined = [
            "".join([index.vocabulary[word] for word in row if word != index.nothing])
            for row in rows
        ]
        text = "".join(word.written for word in words)
        most = max(1, len(text) // 4)
        apart = _apart(text, joined, most)
        fits = apart <= most
        if not fits.any():
            return best, scores
        each = slip(Kind.LETTER, len(text))
        found = TOGETHER + apart[fits].astype(np.float64) * each
        return _merged(np.concatenate((best, office[fits])), np.concatenate((scores, found)))

    # --- words of the query -----------------------------------------------------------------------

    def _slot(self, word: Form, covers: tuple[int, ...]) -> _Slot:
        found = self._slots.get(word.written)
        if found is None:
            found = self._widened(word)
            self._slots[word.written] = found
            if len(self._slots) > _KEPT_SLOTS:
                self._slots.popitem(last=False)
        return _Slot(word, covers, found.words, found.logs, found.sounds, found.size, found.stray)

    def _widened(self, word: Form) -> _Slot:
        index = self.index
        if word.is_letter:
            words, logs = self._of_letter(word)
        else:
            words, logs = self._of_word(word)
        sounds, size = self._sounds(words, logs) if not word.is_letter else (_NO_INTS, 1 << 40)
        known = index.sound(word.sound)
        people = float(index.sound_people[known]) if known is not None else 0.0
        if word.is_letter:
            people = float(self._starting[ord(word.written)])
        stray = STRAY + (
            log(people / index.written_words) if people else self._chance_of_unseen(word)
        )
        return _Slot(word, (), words, logs, sounds, size, stray)

    def _of_letter(self, word: Form) -> tuple[Ints, Floats]:
        index = self.index
        words = np.flatnonzero(index.first == ord(word.written)).astype(np.int32)
        logs = np.full(len(words), LOGS[Kind.INITIAL], np.float32)
        logs[index.lengths[words] == 1] = LOGS[Kind.SAME]
        for meaning in word.meanings:
            key = index.sound(form(meaning).sound)
            if key is not None:
                same = self._with_sounds(np.array([key]))
                words = np.concatenate((words, same))
                logs = np.concatenate((logs, np.full(len(same), LOGS[Kind.SHORT], np.float32)))
        return words, logs

    def _of_word(self, word: Form) -> tuple[Ints, Floats]:
        index = self.index
        words = self._with_sounds(self._near_sounds(word))
        own = index.word(word.written)
        logs = self._graded(word, words)
        if own is not None:
            logs[words == own] = LOGS[Kind.SAME]
        fits = logs > NEVER
        words, logs = words[fits], logs[fits]
        short = index.shortened.get(word.normal, [])
        letter = index.word(word.written[0])
        more = [(at, WRITTEN_OUT) for at in short if at != own]
        if letter is not None:
            more.append((letter, WRITTEN_OUT + self._part_of_letter(word)))
        if more:
            words = np.concatenate((words, np.array([at for at, _ in more], np.int32)))
            logs = np.concatenate((logs, np.array([each for _, each in more], np.float32)))
        return words, logs

    def _part_of_letter(self, word: Form) -> float:
        """The log chance that a letter stands for this word of all that start with it."""
        borne = self._borne(word.written) + 0.5
        return log(borne / max(borne, float(self._starting[ord(word.written[0])])))

    def _near_sounds(self, word: Form) -> Ints:
        """Sounds at most one slip away, and a few that are two away."""
        index = self.index
        keys = np.array(sorted(slip_keys(word.sound) | slip_keys(word.written)), np.uint32)
        left = np.searchsorted(index.slip_keys, keys, "left")
        right = np.searchsorted(index.slip_keys, keys, "right")
        found = [index.slip_sounds[a:b] for a, b in zip(left, right, strict=True) if b > a]
        for meaning in word.meanings[1:]:
            key = index.sound(form(meaning).sound)
            if key is not None:
                found.append(np.array([key], np.int32))
        return _distinct(np.concatenate(found)) if found else _NO_INTS

    def _with_sounds(self, sounds: Ints) -> Ints:
        index = self.index
        starts = index.of_sound_starts
        found = [index.of_sound[starts[each] : starts[each + 1]] for each in sounds]
        return np.concatenate(found) if found else _NO_INTS

    def _graded(self, word: Form, words: Ints) -> Floats:
        """The log chance of writing `word` for each of the words; as `kind_of`, many at once."""
        index = self.index
        logs = np.full(len(words), NEVER, np.float32)
        if not len(words):
            return logs
        normal = _apart(word.normal, [index.normals[each] for each in words], 2)
        apart = np.minimum(
            np.maximum(_apart(word.written, [index.vocabulary[each] for each in words], 2), 1),
            normal,
        )
        lengths = index.lengths[words]
        shorter = np.minimum(lengths, len(word.normal))
        enough = shorter >= SHORTEST_WITH_SLIP
        long = shorter >= SHORTEST_WITH_TWO
        sounds = [index.sounds[index.sound_of[each]] for each in words]
        close = (long & (apart == 2)) | (enough & (_apart(word.sound, sounds, 1) == 1))
        size = len(word.normal)
        logs[close] = slip(Kind.LETTERS, size)
        logs[enough & (apart == 1)] = slip(Kind.LETTER, size)
        key = index.sound(word.sound)
        if key is not None:
            logs[index.sound_of[words] == key] = LOGS[Kind.SOUND]
        logs[normal == 0] = LOGS[Kind.SHORT if word.is_short else Kind.SPELLING]
        for meaning in word.meanings[1:]:
            for place, each in enumerate(words):
                if index.normals[each] == meaning:
                    logs[place] = LOGS[Kind.SHORT]
        logs[lengths == 1] = NEVER
        return logs

    def _sounds(self, words: Ints, logs: Floats) -> tuple[Ints, int]:
        """The sounds of these words, the likeliest first, and how many names have them.

        Of words that are as likely, those that more people have come first: few are kept."""
        index = self.index
        order = np.lexsort((-index.sound_people[index.sound_of[words]], -logs))
        kept = list(OrderedDict.fromkeys(index.sound_of[words[order]].tolist()))[:_MOST_SOUNDS]
        sounds = np.array(kept, np.int64)
        starts = index.sound_starts
        return sounds, int((starts[sounds + 1] - starts[sounds]).sum()) if kept else 0

    def _respaced(self, words: Sequence[Form], slots: list[_Slot]) -> list[_Slot]:
        """Two words of the query as one, one word as two: where the index knows such words."""
        found: list[_Slot] = []
        for place in range(len(words) - 1):
            together = words[place].written + words[place + 1].written
            if len(together) > 4 and self.index.sound(form(together).sound) is not None:
                found.append(self._whole_words(self._slot(form(together), (place, place + 1))))
        for place, word in enumerate(words):
            found += self._apart(word, place, slots[place])
        return found[: 2 * _MOST_WORDS]

    def _whole_words(self, slot: _Slot) -> _Slot:
        """Without the abbreviations: two words are not written as one letter."""
        fits = self.index.lengths[slot.words] > 3
        return _Slot(
            slot.form, slot.covers, slot.words[fits], slot.logs[fits], slot.sounds, slot.size,
            slot.stray,
        )  # fmt: skip

    def _apart(self, word: Form, place: int, slot: _Slot) -> list[_Slot]:
        """A long word that few bear, as two words of which the index knows at least one."""
        text = word.written
        if len(text) < 6 or slot.form.is_short:
            return []
        own = self._borne(text)
        cuts = [
            (self._borne(text[:cut]), self._borne(text[cut:]), cut)
            for cut in range(2, len(text) - 2)
        ]
        both = [
            (min(left, right), cut)
            for left, right, cut in cuts
            if left and right and min(left, right) >= own
        ]
        if not both and own:
            return []
        if both:
            cut = max(both)[1]
        else:
            one = [
                (max(left * 20.0**cut, right * 20.0 ** (len(text) - cut)), cut)
                for left, right, cut in cuts
                if (left and cut > 2) or (right and len(text) - cut > 2)
            ]
            if not one or len(text) < 9:
                return []
            cut = max(one)[1]
        parts = (form(text[:cut]), form(text[cut:]))
        return [
            self._whole_words_or_letters(self._slot(each, (place, -1 - side)))
            for side, each in enumerate(parts)
        ]

    def _whole_words_or_letters(self, slot: _Slot) -> _Slot:
        return self._whole_words(slot) if len(slot.form.written) > 3 else slot

    def _borne(self, written: str) -> float:
        """How many people have a word that is written so."""
        at = self.index.word(written)
        return float(self.index.sound_people[self.index.sound_of[at]]) if at is not None else 0.0

    # --- names ------------------------------------------------------------------------------------

    def _candidates(self, slots: list[_Slot], extra: list[_Slot]) -> Ints:
        """Names worth weighing: with two of the words, or with a rare one."""
        found: list[Ints] = []
        whole = [slot for slot in (*slots, *extra) if len(slot.sounds)]
        for number, left in enumerate(whole):
            for right in whole[number + 1 :]:
                if _apart_from(left.covers, right.covers):
                    found += self._with_both(left, right)
        rarest = min((slot.size for slot in slots if len(slot.sounds)), default=0)
        for slot in whole:
            if slot.size <= _RARE or slot.size == rarest or len(slot.covers) > 1:
                found += self._with_one(slot)
        return _distinct(np.concatenate(found))[:_MOST_NAMES] if found else _NO_INTS

    def _of_agency(self, code: str) -> Ints:
        """The names of all who work there, unless they are too many."""
        at = self.index.codes["agency_code"].get(code)
        if at is None:
            return _NO_INTS
        starts = self.index.by_agency_starts
        people = self.index.by_agency[starts[at] : starts[at + 1]]
        if len(people) > _MOST_OF_AGENCY:
            return _NO_INTS
        return _distinct(self.index.name_of[people])

    def _with_both(self, left: _Slot, right: _Slot) -> list[Ints]:
        index = self.index
        keys = pair_keys(left.sounds[:, None], right.sounds[None, :]).ravel()
        at = np.searchsorted(index.pair_keys, keys)
        at[at == len(index.pair_keys)] = 0
        at = at[index.pair_keys[at] == keys]
        starts, ends = index.pair_starts[at], index.pair_starts[at + 1]
        return [
            index.pair_names[a : min(b, a + _PAIR_HEAD)]
            for a, b in zip(starts.tolist(), ends.tolist(), strict=True)
        ]

    def _with_one(self, slot: _Slot) -> list[Ints]:
        index = self.index
        head = _RARE if slot.size <= _RARE else _HEAD
        return [
            index.sound_names[
                index.sound_starts[each] : min(
                    index.sound_starts[each + 1], index.sound_starts[each] + head
                )
            ]
            for each in slot.sounds
        ]

    def _weigh_names(
        self, names: Ints, slots: list[_Slot], extra: list[_Slot], office: Ints
    ) -> tuple[Ints, npt_f64]:
        """The best of these names and of the office's with exact scores, the best first."""
        tables_ = self._filled(slots, extra)
        try:
            office = self._answering(office, slots, extra)
            names = _distinct(np.concatenate((names, office)))
            if not len(names):
                return _NO_INTS, _NO_SCORES
            return self._scored(names, slots, extra, tables_, office)
        finally:
            for slot, table in zip((*slots, *extra), tables_, strict=True):
                table[slot.words] = NEVER

    def _filled(self, slots: list[_Slot], extra: list[_Slot]) -> list[Floats]:
        used = self._tables[: len(slots) + len(extra)]
        for slot, table in zip((*slots, *extra), used, strict=True):
            table[slot.words] = slot.logs
        return used

    def _answering(self, office: Ints, slots: list[_Slot], extra: list[_Slot]) -> Ints:
        """Those names of an office in which some word of the query is answered."""
        if not len(office):
            return office
        marks = self._marks
        for slot in (*slots, *extra):
            marks[slot.words] = True
        rows = self.index.names[office]
        answered = marks[rows[:, 0]]
        for column in range(1, rows.shape[1]):
            answered |= marks[rows[:, column]]
        for slot in (*slots, *extra):
            marks[slot.words] = False
        return office[answered]

    def _scored(
        self,
        names: Ints,
        slots: list[_Slot],
        extra: list[_Slot],
        used: list[Floats],
        office: Ints,
    ) -> tuple[Ints, npt_f64]:
        rows = self.index.names[names]
        width = int((rows != self.index.nothing).any(axis=0).sum())
        columns = np.ascontiguousarray(rows[:, :width].T)
        grids = [table[columns] for table in used]
        rough = self._rough(columns, slots, extra, grids)
        if len(office):
            # Else the names of an office of the same first letters would crowd out its own.
            at = np.searchsorted(office, names)
            at[at == len(office)] = 0
            rough[office[at] == names] += BONUS_OF_AGENCY
        few = min(_WEIGHED, len(names))
        top = np.argpartition(-rough, few - 1)[:few]
        # What is far behind the best can say nothing any more.
        top = top[rough[top] >= rough[top].max() - _FAR_BEHIND]
        exact = np.array([self._exact(int(at), columns, slots, extra, grids) for at in top])
        order = np.lexsort((names[top], -exact))
        return names[top][order], exact[order]

    def _rough(
        self, columns: Ints, slots: list[_Slot], extra: list[_Slot], grids: list[Floats]
    ) -> Floats:
        """Scores that let two words of the query claim the same word of a name."""
        best = [grid.max(axis=0) for grid in grids]
        of_slot = [
            np.maximum(found, np.float32(slot.stray))
            for slot, found in zip(slots, best, strict=False)
        ]
        total = np.sum(of_slot, axis=0, dtype=np.float32)
        claimed = grids[0] > slots[0].stray
        for slot, grid in zip((*slots[1:], *extra), grids[1:], strict=True):
            claimed |= grid > slot.stray
        for number, slot in enumerate(extra):
            found = best[len(slots) + number]
            if slot.covers[-1] >= 0:
                apart = of_slot[slot.covers[0]] + of_slot[slot.covers[1]]
                total += np.maximum(found + np.float32(TOGETHER) - apart, 0)
            elif slot.covers[-1] == -1:
                both = found + best[len(slots) + number + 1] + np.float32(APART - LOGS[Kind.SAME])
                total += np.maximum(both - of_slot[slot.covers[0]], 0)
        total += (self._cost[columns] * ~claimed).sum(axis=0, dtype=np.float32)
        return np.asarray(total, np.float32)

    def _exact(
        self, at: int, columns: Ints, slots: list[_Slot], extra: list[_Slot], grids: list[Floats]
    ) -> float:
        """The score of one name, each of its words claimed at most once, the order weighed."""
        row = columns[:, at].tolist()
        costs = [float(self._cost[word]) for word in row]
        claims: list[tuple[float, tuple[int, ...], tuple[int, ...], float]] = []
        cells = [grid[:, at].tolist() for grid in grids]
        for slot, cell in zip(slots, cells, strict=False):
            for column, value in enumerate(cell):
                if value > NEVER:
                    gain = value - slot.stray - costs[column]
                    claims.append((gain, slot.covers, (column,), value))
        for number, slot in enumerate(extra):
            cell = cells[len(slots) + number]
            if slot.covers[-1] >= 0:
                covered = sum(slots[place].stray for place in slot.covers)
                for column, value in enumerate(cell):
                    if value > NEVER:
                        whole = value + TOGETHER
                        claims.append(
                            (whole - covered - costs[column], slot.covers, (column,), whole)
                        )
            elif slot.covers[-1] == -1:
                claims += self._split_claims(
                    slot, cell, cells[len(slots) + number + 1], slots, costs
                )
        return _settled(claims, slots, costs)

    def _split_claims(
        self,
        slot: _Slot,
        left: list[float],
        right: list[float],
        slots: list[_Slot],
        costs: list[float],
    ) -> Iterator[tuple[float, tuple[int, ...], tuple[int, ...], float]]:
        place = slot.covers[0]
        for a, one in enumerate(left):
            for b, two in enumerate(right):
                if a != b and one > NEVER and two > NEVER:
                    value = one + two + APART - LOGS[Kind.SAME] + (OUT_OF_ORDER if a > b else 0)
                    gain = value - slots[place].stray - costs[a] - costs[b]
                    yield gain, (place,), (a, b), value

    def _unanswered(self, best: Ints, slots: list[_Slot], extra: list[_Slot]) -> set[int]:
        """Words of the query, no letters, that nothing in the best name answers."""
        long = {slot.covers[0] for slot in slots if len(slot.form.normal) >= 4}
        if not len(best):
            return long
        row = self.index.names[best[0]]
        answered = {place for slot in slots if self._stands_in(row, slot) for place in slot.covers}
        for number, slot in enumerate(extra):
            if slot.covers[-1] == -1:  # both halves of a word
                both = self._stands_in(row, slot) and self._stands_in(row, extra[number + 1])
                answered |= {slot.covers[0]} if both else set()
            elif slot.covers[-1] >= 0 and self._stands_in(row, slot):
                answered |= set(slot.covers)
        return long - answered

    def _stands_in(self, row: Ints, slot: _Slot) -> bool:
        """Some word of the name answers, and not only by its first letter."""
        return bool(np.isin(row, slot.words[self.index.lengths[slot.words] > 1]).any())

    def _wider(self, slot: _Slot) -> _Slot:
        """A word that nothing answered, held against every word of the index of about its
        length."""
        index, word = self.index, slot.form
        size = len(word.normal)
        if size < 5 or index.word(word.written) is not None:
            return slot
        near, texts = self._of_length(len(word.written))
        logs = self._graded_far(word, texts)
        fits = (logs > NEVER) & ~np.isin(near, slot.words)
        words = np.concatenate((slot.words, near[fits]))
        logs = np.concatenate((slot.logs, logs[fits]))
        sounds, total = self._sounds(words, logs)
        return _Slot(word, slot.covers, words, logs, sounds, total, slot.stray)

    def _of_length(self, size: int) -> tuple[Ints, list[str]]:
        """The words of the index with about so many letters."""
        found = self._lengths.get(size)
        if found is None:
            index = self.index
            lengths = np.array([len(each) for each in index.vocabulary])
            near = np.flatnonzero(np.abs(lengths - size) <= 1 + (size > 7)).astype(np.int32)
            found = self._lengths[size] = near, [index.vocabulary[each] for each in near]
        return found

    def _weigh_again(
        self, names: Ints, slots: list[_Slot], extra: list[_Slot], poor: set[int], office: Ints
    ) -> tuple[Ints, npt_f64]:
        """Words that nothing answered are held against the words that stand beside the others."""
        names = _distinct(np.concatenate((names, office)))
        rows = self.index.names[names]
        others = [slot.words for slot in slots if slot.covers[0] not in poor]
        if others and len(names) > _MOST_BESIDE:
            answered = np.zeros(self.index.nothing + 1, bool)
            answered[np.concatenate(others)] = True
            rows = rows[answered[rows].any(axis=1)][:_MOST_BESIDE]
        beside = _distinct(rows[:_MOST_BESIDE].ravel())
        beside = beside[beside != self.index.nothing]
        texts = [self.index.vocabulary[each] for each in beside]
        wider = []
        for slot in slots:
            if slot.covers[0] not in poor:
                wider.append(slot)
                continue
            logs = self._graded_far(slot.form, texts, cut=True)
            fits = (logs > NEVER) & ~np.isin(beside, slot.words)
            wider.append(
                _Slot(
                    slot.form, slot.covers,
                    np.concatenate((slot.words, beside[fits])),
                    np.concatenate((slot.logs, logs[fits])),
                    slot.sounds, slot.size, slot.stray,
                )
            )  # fmt: skip
        return self._weigh_names(names, wider, extra, office)

    def _graded_far(self, word: Form, texts: list[str], *, cut: bool = False) -> Floats:
        """Two or three slips in a long word, or a word cut short; `texts` as written."""
        apart = _apart(word.written, texts, 3 if len(word.written) >= 7 else 2)
        logs = np.full(len(texts), NEVER, np.float32)
        size = len(word.written)
        start = word.written[:3]
        for place, text in enumerate(texts if cut else ()):
            if text[:3] == start and (
                text.startswith(word.written) or word.written.startswith(text)
            ):
                logs[place] = LOGS[Kind.CUT]
        if size >= 7:
            logs[apart == 3] = slip(Kind.LETTERS, size) - 4.0
        if size >= 5:
            logs[apart == 2] = slip(Kind.LETTERS, size)
        logs[apart == 1] = slip(Kind.LETTER, size)
        return logs

    # --- people -----------------------------------------------------------------------------------

    def _people(self, query: Query, slots: list[_Slot], names: Ints, scores: npt_f64) -> Weighed:
        index = self.index
        stray = sum(slot.stray - STRAY for slot in slots)
        if not len(names):
            return Weighed(_NO_INTS, _NO_SCORES, 0, stray + log(index.people))
        counts = index.starts[names + 1] - index.starts[names]
        near = int(counts[scores >= scores[0] - log(20)].sum())
        alike = max(near, int(index.homonyms[names[0]]))
        # Of those named so one may be meant; what is left of him is how often a name met once in a
        # register is met again (Good and Turing).
        met = (counts * np.exp(scores - scores[0])).sum() - 1 + self._met_again
        named = scores[0] + log(max(float(met), 1e-6))
        outside = np.logaddexp(named, stray + log(index.people)) + self._chance_of_context(query)
        at, of_name = self._bearers(query, names)
        people = scores[of_name]
        if query.has_context:
            people = people + self._context(query, at)
        order = np.lexsort((at, -people))
        return Weighed(at[order], people[order], alike, float(outside) + log(self.odds_outside))

    def _bearers(self, query: Query, names: Ints) -> tuple[Ints, Ints]:
        """People with these names; of a name that very many bear, those of the agency first."""
        index = self.index
        agency = index.codes["agency_code"].get(query.agency_code)
        places, of_name = [], []
        for number, name in enumerate(names.tolist()):
            start, end = int(index.starts[name]), int(index.starts[name + 1])
            found = np.arange(start, min(end, start + _MOST_BEARERS))
            if agency is not None and end > start + _MOST_BEARERS:
                block = index.agency_code[start:end]
                left, right = np.searchsorted(block, [agency, agency + 1])
                found = np.unique(np.concatenate((found, np.arange(start + left, start + right))))
            places.append(found)
            of_name.append(np.full(len(found), number))
        return np.concatenate(places), np.concatenate(of_name)

    def _context(self, query: Query, at: Ints) -> npt_f64:
        """The log chance of what else the query says, for each person."""
        total = np.zeros(len(at))
        same_office = np.zeros(len(at), bool)
        if query.agency_code:
            codes = self.index.agency_code[at]
            logs = self._logs("agency_code", query.agency_code, codes, SAME_AGENCY)
            same_office = codes == self.index.codes["agency_code"].get(query.agency_code, -2)
            total += logs
        if query.region_code:
            codes = self.index.region_code[at]
            logs = self._logs("region_code", query.region_code, codes, SAME_REGION)
            if query.agency_code:
                # The region of the same agency, or of another one, says nothing new.
                same = codes == self.index.codes["region_code"].get(query.region_code, -2)
                logs = np.where(
                    same & ~same_office, -self._log_share("region_code", query.region_code) / 2, 0.0
                )
            total += logs
        if query.post:
            total += self._logs("post", query.post, self.index.post[at], SAME_POST)
        if query.birth_year:
            total += _of_years(self.index.years[at], query.birth_year)
        return total

    def _logs(self, column: str, value: str, codes: Ints, same: float) -> npt_f64:
        code = self.index.codes[column].get(value, -2)
        share = exp(self._log_share(column, value))
        logs = np.where(codes == code, log(same + (1 - same) * share), log((1 - same) * share))
        return np.where(codes == UNKNOWN, log(share), logs)

    def _log_share(self, column: str, value: str) -> float:
        code = self.index.codes[column].get(value, -1)
        return log(float(self.index.shares[column][code]))

    def _chance_of_context(self, query: Query) -> float:
        """The log chance of the same context for somebody taken at random."""
        total = 0.0
        for column, value in (
            ("agency_code", query.agency_code),
            ("region_code", query.region_code if not query.agency_code else ""),
            ("post", query.post),
        ):
            if value:
                total += self._log_share(column, value)
        return total - (log(YEARS) if query.birth_year else 0.0)

    def _hits(
        self, query: Query, parts: Split, weighed: Weighed, limit: int
    ) -> tuple[list[Hit], float]:
        chances, outside = certainties(weighed)
        hits = []
        for place, at in enumerate(weighed.at[:limit].tolist()):
            person = self.index.person(at)
            hits.append(
                Hit(
                    at, person, float(chances[place]), float(weighed.scores[place]),
                    int(self.index.homonyms[self.index.name_of[at]]),
                    compare_split(parts, _split(person.name)),
                    tuple(self._told(query, person)),
                )
            )  # fmt: skip
        return hits, outside

    def _told(self, query: Query, person: Person) -> Iterator[Bilingual]:
        if query.agency_code and person.agency_code:
            shown = person.agency_name or person.agency_code
            same = query.agency_code == person.agency_code
            yield (_SAME_AGENCY if same else _OTHER_AGENCY).format(value=shown)
        if query.region_code and person.region_code:
            same = query.region_code == person.region_code
            yield (_SAME_REGION if same else _OTHER_REGION).format(value=person.region_code)
        if query.birth_year and person.birth_year:
            apart = abs(query.birth_year - person.birth_year)
            pattern = (_SAME_YEAR, _NEAR_YEAR, _OTHER_YEAR)[min(apart, 2)]
            yield pattern.format(value=person.birth_year)
        if query.post and person.post:
            same = query.post == person.post
            yield (_SAME_POST if same else _OTHER_POST).format(value=person.post)


def certainties(weighed: Weighed) -> tuple[npt_f64, float]:
    """The part of the chance that falls to each person, and to somebody outside the register."""
    if not len(weighed.at):
        return _NO_SCORES, 1.0
    scores, beyond = EVENNESS * weighed.scores, EVENNESS * weighed.outside + OUTSIDE_SHIFT
    top = max(float(scores[0]), beyond)
    parts = np.exp(scores - top)
    outside = exp(beyond - top)
    whole = float(parts.sum()) + outside
    return parts / whole, outside / whole


def _settled(
    claims: list[tuple[float, tuple[int, ...], tuple[int, ...], float]],
    slots: list[_Slot],
    costs: list[float],
) -> float:
    """The best claims first; words that none claims are strays or were left out."""
    # A claim of two words of the query must be worth more than theirs together.
    # Letters, which fit many words, choose last.
    claims.sort(
        key=lambda claim: (
            slots[claim[1][0]].form.is_letter,
            -claim[0] / sum(place >= 0 for place in claim[1]),
        )
    )
    free = [True] * len(slots)
    open_ = [True] * len(costs)
    total = 0.0
    taken = []
    for gain, covers, columns, value in claims:
        if gain <= 0:
            continue
        places = [place for place in covers if place >= 0]
        if all(free[place] for place in places) and all(open_[column] for column in columns):
            for place in places:
                free[place] = False
            for column in columns:
                open_[column] = False
            total += value
            if not slots[places[0]].of_title:
                taken.append((places[0], columns[0]))
    total += sum(slot.stray for slot, still in zip(slots, free, strict=True) if still)
    total += sum(cost for cost, still in zip(costs, open_, strict=True) if still)
    taken.sort()
    if any(left[1] > right[1] for left, right in pairwise(taken)):
        total += OUT_OF_ORDER
    return total


def _distinct(values: Ints) -> Ints:
    """Each value once, in order."""
    values = np.sort(values)
    if len(values) < 2:
        return values
    return values[np.concatenate(([True], values[1:] != values[:-1]))]


def _merged(names: Ints, scores: npt_f64) -> tuple[Ints, npt_f64]:
    """Each name once with its best score, the best first."""
    order = np.lexsort((names, -scores))
    names, scores = names[order], scores[order]
    _, first = np.unique(names, return_index=True)
    kept = np.sort(first)[:_WEIGHED]
    return names[kept], scores[kept]


def _apart_from(left: tuple[int, ...], right: tuple[int, ...]) -> bool:
    """Two different words of the query, or the two halves of one."""
    halves = left[-1] < 0 and right[-1] < 0 and left[-1] != right[-1] and left[0] == right[0]
    return halves or {each for each in left if each >= 0}.isdisjoint(right)


def _of_years(years: Ints, wanted: int) -> npt_f64:
    apart = np.abs(years.astype(np.int64) - wanted)
    rest = log((1 - SAME_YEAR - 2 * YEAR_BESIDE) / YEARS)
    logs = np.where(apart == 0, log(SAME_YEAR), np.where(apart == 1, log(YEAR_BESIDE), rest))
    return np.where(years == 0, -log(YEARS), logs)


def _apart(text: str, others: list[str], most: int) -> Ints:
    """Slips between a word and each of the others; `most` + 1 stands for more."""
    if not others:
        return np.zeros(0, np.uint8)
    return np.asarray(
        cdist([text], others, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)[0]
    )


@lru_cache(maxsize=4096)
def _split(name: str) -> Split:
    return split(name)


_NO_INTS: Final = np.zeros(0, np.int32)
_NO_SCORES: Final = np.zeros(0, np.float64)

__all__ = ["Answer", "Hit", "Query", "Search", "Weighed", "certainties"]
