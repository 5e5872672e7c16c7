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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import exp, log
from typing import Final

import numpy as np

from timbang.law.bilingual import Bilingual
from timbang.registry import places
from timbang.registry.names.answers import Answer, Hit, Query
from timbang.registry.names.comparing import compare_split
from timbang.registry.names.index import UNKNOWN, Floats, Index, Ints, pair_keys
from timbang.registry.names.kinship import LOGS, Kind, slip
from timbang.registry.names.normal import Form, form, forms
from timbang.registry.names.person import Person
from timbang.registry.names.splitting import Split, split
from timbang.registry.names.tables import tables
from timbang.registry.names.widening import (
    MOST_WORDS,
    NEVER,
    NO_INTS,
    STRAY,
    Slot,
    Widening,
    apart_by,
    distinct,
)

EVENNESS: Final = 0.9
OUTSIDE_SHIFT: Final = -1.5
"""What puts certainties right: fitted to 7,500 lines of lists about a million invented people, so
that of those with a certainty of nine tenths nine in ten are right."""
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

_RARE = 3_000
_HEAD = 1_200
_PAIR_HEAD = 1_500
_MOST_NAMES = 12_000
_MOST_BESIDE = 2_000
_MOST_OF_AGENCY = 60_000
_WEIGHED = 24
_FAR_BEHIND = 14.0
_MOST_BEARERS = 6_000

_SAME_AGENCY = Bilingual("Instansi sama: {value}", "Same agency: {value}")
_OTHER_AGENCY = Bilingual("Instansi lain: {value}", "Another agency: {value}")
_SAME_REGION = Bilingual("Wilayah sama: {value}", "Same region: {value}")
_OTHER_REGION = Bilingual("Wilayah lain: {value}", "Another region: {value}")
_SAME_YEAR = Bilingual("Tahun lahir sama: {value}", "Same year of birth: {value}")
_NEAR_YEAR = Bilingual("Tahun lahir berselisih satu: {value}", "Year of birth one apart: {value}")
_OTHER_YEAR = Bilingual("Tahun lahir lain: {value}", "Another year of birth: {value}")
_SAME_POST = Bilingual("Jabatan sama: {value}", "Same post: {value}")
_OTHER_POST = Bilingual("Jabatan lain: {value}", "Another post: {value}")


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
        self.words = Widening(index)
        self.odds_outside = share_outside / (1 - share_outside)
        size = index.nothing + 1
        self._tables = [np.full(size, NEVER, np.float32) for _ in range(3 * MOST_WORDS)]
        self._marks = np.zeros(size, bool)
        self._cost = self._costs_of_leaving_out(size)
        self._met_again = self._good_turing()

    def _costs_of_leaving_out(self, size: int) -> Floats:
        cost = np.full(size, LEFT_OUT, np.float32)
        for element in tables().elements:
            at = self.index.word(element)
            if at is not None:
                cost[at] = ELEMENT_LEFT_OUT
        cost[-1] = 0.0
        return cost

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
        words = forms(parts)[:MOST_WORDS]
        slots = [self.words.slot(word, (place,)) for place, word in enumerate(words)]
        extra = self.words.respaced(words, slots)
        slots += self._letters_of_titles(parts, len(slots))
        office = self._of_agency(query.agency_code)
        names = self._candidates(slots, extra)
        best, scores = self._weigh_names(names, slots, extra, office)
        poor = self._unanswered(best, slots, extra)
        if poor:
            wider = [self.words.wider(slot) if slot.covers[0] in poor else slot for slot in slots]
            names = distinct(np.concatenate((names, self._candidates(wider, extra))))
            best, scores = self._weigh_again(names, wider, extra, poor, office)
            if len(office) and self._unanswered(best, slots, extra):
                best, scores = self._as_one_word(words, office, best, scores)
        return self._people(query, slots, best, scores)

    def _letters_of_titles(self, parts: Split, start: int) -> list[Slot]:
        """ "H." and "R." may be titles, which say nothing here, or the first letter of a name."""
        found: list[Slot] = []
        for title in parts.before:
            letter = title.written.rstrip(".").lower()
            if len(letter) == 1 and start + len(found) < MOST_WORDS:
                slot = self.words.slot(form(letter), (start + len(found),))
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
        apart = apart_by(text, joined, most)
        fits = apart <= most
        if not fits.any():
            return best, scores
        each = slip(Kind.LETTER, len(text))
        found = TOGETHER + apart[fits].astype(np.float64) * each
        return _merged(np.concatenate((best, office[fits])), np.concatenate((scores, found)))

    # --- words of the query -----------------------------------------------------------------------

    # --- names ------------------------------------------------------------------------------------

    def _candidates(self, slots: list[Slot], extra: list[Slot]) -> Ints:
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
        return distinct(np.concatenate(found))[:_MOST_NAMES] if found else NO_INTS

    def _of_agency(self, code: str) -> Ints:
        """The names of all who work there, unless they are too many."""
        at = self.index.codes["agency_code"].get(code)
        if at is None:
            return NO_INTS
        starts = self.index.by_agency_starts
        people = self.index.by_agency[starts[at] : starts[at + 1]]
        if len(people) > _MOST_OF_AGENCY:
            return NO_INTS
        return distinct(self.index.name_of[people])

    def _with_both(self, left: Slot, right: Slot) -> list[Ints]:
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

    def _with_one(self, slot: Slot) -> list[Ints]:
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
        self, names: Ints, slots: list[Slot], extra: list[Slot], office: Ints
    ) -> tuple[Ints, npt_f64]:
        """The best of these names and of the office's with exact scores, the best first."""
        tables_ = self._filled(slots, extra)
        try:
            office = self._answering(office, slots, extra)
            names = distinct(np.concatenate((names, office)))
            if not len(names):
                return NO_INTS, _NO_SCORES
            return self._scored(names, slots, extra, tables_, office)
        finally:
            for slot, table in zip((*slots, *extra), tables_, strict=True):
                table[slot.words] = NEVER

    def _filled(self, slots: list[Slot], extra: list[Slot]) -> list[Floats]:
        used = self._tables[: len(slots) + len(extra)]
        for slot, table in zip((*slots, *extra), used, strict=True):
            table[slot.words] = slot.logs
        return used

    def _answering(self, office: Ints, slots: list[Slot], extra: list[Slot]) -> Ints:
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
        slots: list[Slot],
        extra: list[Slot],
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
        self, columns: Ints, slots: list[Slot], extra: list[Slot], grids: list[Floats]
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
        self, at: int, columns: Ints, slots: list[Slot], extra: list[Slot], grids: list[Floats]
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
        slot: Slot,
        left: list[float],
        right: list[float],
        slots: list[Slot],
        costs: list[float],
    ) -> Iterator[tuple[float, tuple[int, ...], tuple[int, ...], float]]:
        place = slot.covers[0]
        for a, one in enumerate(left):
            for b, two in enumerate(right):
                if a != b and one > NEVER and two > NEVER:
                    value = one + two + APART - LOGS[Kind.SAME] + (OUT_OF_ORDER if a > b else 0)
                    gain = value - slots[place].stray - costs[a] - costs[b]
                    yield gain, (place,), (a, b), value

    def _unanswered(self, best: Ints, slots: list[Slot], extra: list[Slot]) -> set[int]:
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

    def _stands_in(self, row: Ints, slot: Slot) -> bool:
        """Some word of the name answers, and not only by its first letter."""
        return bool(np.isin(row, slot.words[self.index.lengths[slot.words] > 1]).any())

    def _weigh_again(
        self, names: Ints, slots: list[Slot], extra: list[Slot], poor: set[int], office: Ints
    ) -> tuple[Ints, npt_f64]:
        """Words that nothing answered are held against the words that stand beside the others."""
        names = distinct(np.concatenate((names, office)))
        rows = self.index.names[names]
        others = [slot.words for slot in slots if slot.covers[0] not in poor]
        if others and len(names) > _MOST_BESIDE:
            answered = np.zeros(self.index.nothing + 1, bool)
            answered[np.concatenate(others)] = True
            rows = rows[answered[rows].any(axis=1)][:_MOST_BESIDE]
        beside = distinct(rows[:_MOST_BESIDE].ravel())
        beside = beside[beside != self.index.nothing]
        texts = [self.index.vocabulary[each] for each in beside]
        wider = []
        for slot in slots:
            if slot.covers[0] not in poor:
                wider.append(slot)
                continue
            logs = self.words.graded_far(slot.form, texts, cut=True)
            fits = (logs > NEVER) & ~np.isin(beside, slot.words)
            wider.append(
                Slot(
                    slot.form, slot.covers,
                    np.concatenate((slot.words, beside[fits])),
                    np.concatenate((slot.logs, logs[fits])),
                    slot.sounds, slot.size, slot.stray,
                )
            )  # fmt: skip
        return self._weigh_names(names, wider, extra, office)

    # --- people -----------------------------------------------------------------------------------

    def _people(self, query: Query, slots: list[Slot], names: Ints, scores: npt_f64) -> Weighed:
        index = self.index
        stray = sum(slot.stray - STRAY for slot in slots)
        if not len(names):
            return Weighed(NO_INTS, _NO_SCORES, 0, stray + log(index.people))
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
            yield (_SAME_REGION if same else _OTHER_REGION).format(value=_region(person))
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
    slots: list[Slot],
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


@lru_cache(maxsize=4096)
def _split(name: str) -> Split:
    return split(name)


_NO_SCORES: Final = np.zeros(0, np.float64)


def _region(person: Person) -> str:
    """The region by its name of today, with the code that tells namesakes apart."""
    name = places.codes().get(person.region_code)
    return f"{name} ({person.region_code})" if name else person.region_code
