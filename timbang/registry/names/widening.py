"""What a word of a query may stand for: the words of the index, each with the chance of it.

Spelling, sound, abbreviation, a slip or two, a word cut short, two words written as one: for each
word of the index the logarithm of the chance that its bearer is written as the query has it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from timbang.registry.names.index import Floats, Index, Ints, slip_keys
from timbang.registry.names.kinship import (
    LOGS,
    SHORTEST_WITH_SLIP,
    SHORTEST_WITH_TWO,
    Kind,
    slip,
)
from timbang.registry.names.normal import Form, form

NEVER: Final = np.float32(-60.0)
STRAY: Final = log(0.015)
"""A word of the query that the bearer does not have."""
WRITTEN_OUT: Final = log(0.2)
"""The register shortens a word, the query has it whole."""
LETTER_NATS: Final = 1.8
"""How much one more letter of a word tells, as a natural logarithm."""
_MOST_SOUNDS = 12
_KEPT_SLOTS = 20_000
MOST_WORDS = 6
NO_INTS: Final = np.zeros(0, np.int32)


@dataclass(slots=True)
class Slot:
    """One word of the query: what it may stand for. `covers` are places in the query."""

    form: Form
    covers: tuple[int, ...]
    words: Ints
    logs: Floats
    sounds: Ints
    size: int
    stray: float
    of_title: bool = False


class Widening:
    """Widens words of queries to those of one index. Not for two threads at once: it keeps what it
    found."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.starting = np.bincount(
            index.first[:-1], weights=index.sound_people[index.sound_of], minlength=256
        )
        self._slots: OrderedDict[str, Slot] = OrderedDict()
        self._met_once = int((index.sound_people == 1).sum()) + 1
        self._lengths: dict[int, tuple[Ints, list[str]]] = {}

    def slot(self, word: Form, covers: tuple[int, ...]) -> Slot:
        """One word of the query, which covers these places of it."""
        found = self._slots.get(word.written)
        if found is None:
            found = self._widened(word)
            self._slots[word.written] = found
            if len(self._slots) > _KEPT_SLOTS:
                self._slots.popitem(last=False)
        return Slot(word, covers, found.words, found.logs, found.sounds, found.size, found.stray)

    def _widened(self, word: Form) -> Slot:
        index = self.index
        if word.is_letter:
            words, logs = self._of_letter(word)
        else:
            words, logs = self._of_word(word)
        sounds, size = self._sounds(words, logs) if not word.is_letter else (NO_INTS, 1 << 40)
        known = index.sound(word.sound)
        people = float(index.sound_people[known]) if known is not None else 0.0
        if word.is_letter:
            people = float(self.starting[ord(word.written)])
        stray = STRAY + (
            log(people / index.written_words) if people else self._chance_of_unseen(word)
        )
        return Slot(word, (), words, logs, sounds, size, stray)

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
        return log(borne / max(borne, float(self.starting[ord(word.written[0])])))

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
        return distinct(np.concatenate(found)) if found else NO_INTS

    def _with_sounds(self, sounds: Ints) -> Ints:
        index = self.index
        starts = index.of_sound_starts
        found = [index.of_sound[starts[each] : starts[each + 1]] for each in sounds]
        return np.concatenate(found) if found else NO_INTS

    def _graded(self, word: Form, words: Ints) -> Floats:
        """The log chance of writing `word` for each of the words; as `kind_of`, many at once."""
        index = self.index
        logs = np.full(len(words), NEVER, np.float32)
        if not len(words):
            return logs
        normal = apart_by(word.normal, [index.normals[each] for each in words], 2)
        apart = np.minimum(
            np.maximum(apart_by(word.written, [index.vocabulary[each] for each in words], 2), 1),
            normal,
        )
        lengths = index.lengths[words]
        shorter = np.minimum(lengths, len(word.normal))
        enough = shorter >= SHORTEST_WITH_SLIP
        long = shorter >= SHORTEST_WITH_TWO
        sounds = [index.sounds[index.sound_of[each]] for each in words]
        close = (long & (apart == 2)) | (enough & (apart_by(word.sound, sounds, 1) == 1))
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

    def respaced(self, words: Sequence[Form], slots: list[Slot]) -> list[Slot]:
        """Two words of the query as one, one word as two: where the index knows such words."""
        found: list[Slot] = []
        for place in range(len(words) - 1):
            together = words[place].written + words[place + 1].written
            if len(together) > 4 and self.index.sound(form(together).sound) is not None:
                found.append(self._whole_words(self.slot(form(together), (place, place + 1))))
        for place, word in enumerate(words):
            found += self._halves(word, place, slots[place])
        return found[: 2 * MOST_WORDS]

    def _whole_words(self, slot: Slot) -> Slot:
        """Without the abbreviations: two words are not written as one letter."""
        fits = self.index.lengths[slot.words] > 3
        return Slot(
            slot.form, slot.covers, slot.words[fits], slot.logs[fits], slot.sounds, slot.size,
            slot.stray,
        )  # fmt: skip

    def _halves(self, word: Form, place: int, slot: Slot) -> list[Slot]:
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
            self._whole_words_or_letters(self.slot(each, (place, -1 - side)))
            for side, each in enumerate(parts)
        ]

    def _whole_words_or_letters(self, slot: Slot) -> Slot:
        return self._whole_words(slot) if len(slot.form.written) > 3 else slot

    def _borne(self, written: str) -> float:
        """How many people have a word that is written so."""
        at = self.index.word(written)
        return float(self.index.sound_people[self.index.sound_of[at]]) if at is not None else 0.0

    def wider(self, slot: Slot) -> Slot:
        """A word that nothing answered, held against every word of the index of about its
        length."""
        index, word = self.index, slot.form
        size = len(word.normal)
        if size < 5 or index.word(word.written) is not None:
            return slot
        near, texts = self._of_length(len(word.written))
        logs = self.graded_far(word, texts)
        fits = (logs > NEVER) & ~np.isin(near, slot.words)
        words = np.concatenate((slot.words, near[fits]))
        logs = np.concatenate((slot.logs, logs[fits]))
        sounds, total = self._sounds(words, logs)
        return Slot(word, slot.covers, words, logs, sounds, total, slot.stray)

    def _of_length(self, size: int) -> tuple[Ints, list[str]]:
        """The words of the index with about so many letters."""
        found = self._lengths.get(size)
        if found is None:
            index = self.index
            lengths = np.array([len(each) for each in index.vocabulary])
            near = np.flatnonzero(np.abs(lengths - size) <= 1 + (size > 7)).astype(np.int32)
            found = self._lengths[size] = near, [index.vocabulary[each] for each in near]
        return found

    def graded_far(self, word: Form, texts: list[str], *, cut: bool = False) -> Floats:
        """Two or three slips in a long word, or a word cut short; `texts` as written."""
        apart = apart_by(word.written, texts, 3 if len(word.written) >= 7 else 2)
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

    def _chance_of_unseen(self, word: Form) -> float:
        """The log chance of one certain word that nobody of the register has: what is met once
        (Good and Turing), shared out among all such words, of which there are more the longer."""
        once = log(self._met_once) - log(self.index.written_words)
        kinds = log(10.0 * len(self.index.sounds))
        return once - max(kinds, LETTER_NATS * len(word.written))


def distinct(values: Ints) -> Ints:
    """Each value once, in order."""
    values = np.sort(values)
    if len(values) < 2:
        return values
    return values[np.concatenate(([True], values[1:] != values[:-1]))]


def apart_by(text: str, others: list[str], most: int) -> Ints:
    """Slips between a word and each of the others; `most` + 1 stands for more."""
    if not others:
        return np.zeros(0, np.uint8)
    return np.asarray(
        cdist([text], others, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)[0]
    )
