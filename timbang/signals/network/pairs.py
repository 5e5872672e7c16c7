"""From exchanges to pairs: one pass that counts, sums and marks the months of each two actors.

A pair is two actors without order: `low` and `high` are their numbers, the smaller first.
"Forward" is what `low` gave to `high`, "backward" what came the other way.

How: rows are laid into buckets by a hash of the pair, so that the pairs of one bucket stay in the
processor's cache; within a bucket a small table of hashes finds the pair of each row. Nothing is
sorted. Months are bits: a month counts once however many exchanges it saw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from timbang.signals.network.compiled import compiled

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Array = NDArray[Any]

# Months are counted from January 1945. A month outside of the hundred years from there is not
# known: it is a slip of the pen, and one slip would make every row longer.
FIRST_YEAR: Final = 1945
MOST_MONTHS: Final = 1200
UNKNOWN_MONTH: Final = -1
NOBODY: Final = -1

# What is known of an exchange beside who, when and how much.
LINKED: Final = 1  # another record is named as its other leg
PERSON: Final = 2  # it went through a person or from a private purse
OFFICE: Final = 4  # it went through an office or a budget line
SUPPORT: Final = 8  # votes or work, which clients give
IN_WINDOW: Final = 16  # in the window of an election of its region

_ROWS_A_BUCKET: Final = 40_000


@dataclass(frozen=True, slots=True)
class Exchanges:
    """Exchanges as columns of one length.

    giver, receiver: int32, number of the actor, NOBODY where unknown. month: int16 since January
    1945, UNKNOWN_MONTH where unknown. value: float64, NaN where unknown. flags: uint8.
    """

    giver: Array
    receiver: Array
    month: Array
    value: Array
    flags: Array

    def __len__(self) -> int:
        return len(self.giver)

    def where(self, chosen: Array) -> Exchanges:
        """Some of the rows: a mask or positions."""
        return Exchanges(*(getattr(self, each.name)[chosen] for each in fields(self)))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Columns of one length, one row a pair; `months` has 64 bits a word from `base` on."""

    low: Array
    high: Array
    forward: Array
    backward: Array
    value_forward: Array
    value_backward: Array
    unvalued_forward: Array
    unvalued_backward: Array
    support_forward: Array
    support_backward: Array
    linked: Array
    person: Array
    office: Array
    in_window: Array
    undated: Array
    months: Array
    base: int

    def __len__(self) -> int:
        return len(self.low)

    @property
    def key(self) -> Array:
        """uint64: `low` in the upper half, `high` in the lower."""
        return (self.low.astype(np.uint64) << np.uint64(32)) | self.high.astype(np.uint64)

    def where(self, chosen: Array) -> Pairs:
        """Some of the pairs: a mask, positions or an order."""
        columns = {each: getattr(self, each)[chosen] for each in COLUMNS}
        return Pairs(**columns, base=self.base)

    def in_order(self) -> Pairs:
        """Ordered by `low`, then `high`."""
        return self.where(np.argsort(self.key, kind="stable"))


COLUMNS: Final = tuple(each.name for each in fields(Pairs) if each.name != "base")
ADDED: Final = tuple(name for name in COLUMNS if name not in ("low", "high", "months"))


def pairs(exchanges: Exchanges) -> Pairs:
    """All pairs, in no order. Rows without a giver or receiver, or with one as both, are left out.

    Raises ValueError where an actor's number is 2**31 or more.
    """
    base, words = _span([exchanges.month])
    bits = max(1, (len(exchanges) // _ROWS_A_BUCKET).bit_length())
    columns = (
        np.ascontiguousarray(exchanges.giver, dtype=np.int32),
        np.ascontiguousarray(exchanges.receiver, dtype=np.int32),
        np.ascontiguousarray(exchanges.month, dtype=np.int16),
        np.ascontiguousarray(exchanges.value, dtype=np.float64),
        np.ascontiguousarray(exchanges.flags, dtype=np.uint8),
    )
    start = _starts(columns[0], columns[1], bits)
    laid = _laid(columns, start, bits)
    keys, counts, sums, months = _summed(laid, start, bits, base, words)
    low = (keys >> np.uint64(32)).astype(np.int32)
    high = (keys & np.uint64(0xFFFFFFFF)).astype(np.int32)
    forward, backward, un_f, un_b, su_f, su_b, linked, person, office, window, undated = counts
    return Pairs(
        low, high, forward, backward, sums[0], sums[1], un_f, un_b, su_f, su_b,
        linked, person, office, window, undated, months, base,
    )  # fmt: skip


def together(parts: Sequence[Pairs]) -> Pairs:
    """The pairs of several sets of exchanges, as if they had been one; ordered by key.

    The first part should be the largest: the others are laid into it.
    """
    whole, *rest = [each.in_order() if not _ordered(each) else each for each in parts]
    for part in rest:
        whole = _laid_into(whole, part)
    return whole


def _ordered(found: Pairs) -> bool:
    key = found.key
    return bool(np.all(key[1:] > key[:-1]))


def _laid_into(whole: Pairs, part: Pairs) -> Pairs:
    base = min(whole.base, part.base)
    words = max(_last(each) for each in (whole, part)) - base
    whole, part = (_rebased(each, base, -(-words // 64)) for each in (whole, part))
    old, new = whole.key, part.key
    place = np.searchsorted(old, new)
    known = np.zeros(len(new), dtype=bool)
    inside = place < len(old)
    known[inside] = old[place[inside]] == new[inside]
    columns: dict[str, Array] = {}
    for name in COLUMNS:
        column, added = getattr(whole, name), getattr(part, name)
        if name in ADDED:
            column = column.copy()
            column[place[known]] += added[known]
        elif name == "months":
            column = column.copy()
            column[place[known]] |= added[known]
        columns[name] = np.insert(column, place[~known], added[~known], axis=0)
    return Pairs(**columns, base=base)


def _last(found: Pairs) -> int:
    """The first month after the words of the bits."""
    return int(found.base + 64 * found.months.shape[1])


def _rebased(found: Pairs, base: int, words: int) -> Pairs:
    """The same with bits counted from another month on; bases are whole words apart."""
    columns = {name: getattr(found, name) for name in COLUMNS}
    wider = np.zeros((len(found), words), dtype=np.uint64)
    first = (found.base - base) // 64
    wider[:, first : first + found.months.shape[1]] = found.months
    return Pairs(**(columns | {"months": wider}), base=base)


def _span(columns: list[Array]) -> tuple[int, int]:
    """First month of the first word, and how many words hold all months."""
    known = [each[each >= 0] if len(each) and each.min() < 0 else each for each in columns]
    known = [each for each in known if len(each)]
    if not known:
        return 0, 1
    first = min(int(each.min()) for each in known) // 64 * 64
    last = max(int(each.max()) for each in known)
    return first, (last - first) // 64 + 1


# A multiplier that spreads keys evenly (Fibonacci hashing, Knuth 1973): its upper bits are used.
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
_HALF: Final = np.uint64(32)


@compiled
def _key(one: int, other: int) -> Any:
    """Both numbers in one, the smaller in the upper half; 0 where there is no pair."""
    if one < 0 or other < 0 or one == other:
        return np.uint64(0)
    if one < other:
        return (np.uint64(one) << _HALF) | np.uint64(other)
    return (np.uint64(other) << _HALF) | np.uint64(one)


@compiled
def _starts(giver: Array, receiver: Array, bits: int) -> Any:
    """Where each of the 2**bits buckets begins."""
    start = np.zeros((1 << bits) + 1, dtype=np.int64)
    away = np.uint64(64 - bits)
    for row in range(giver.shape[0]):
        key = _key(giver[row], receiver[row])
        if key:
            start[np.int64((key * _SPREAD) >> away) + 1] += 1
    for bucket in range(start.shape[0] - 1):
        start[bucket + 1] += start[bucket]
    return start


@compiled
def _laid(exchanges: Any, start: Array, bits: int) -> Any:
    """Rows in their buckets, three words side by side: the pair, the value, and the rest."""
    giver, receiver, month, value, flags = exchanges
    laid = np.empty(3 * start[-1], dtype=np.uint64)
    values = laid.view(np.float64)
    place = start[:-1].copy()
    away = np.uint64(64 - bits)
    for row in range(giver.shape[0]):
        key = _key(giver[row], receiver[row])
        if key:
            bucket = np.int64((key * _SPREAD) >> away)
            at = 3 * place[bucket]
            place[bucket] += 1
            laid[at] = key
            values[at + 1] = value[row]
            rest = (np.int64(month[row]) + 1) << 9 | np.int64(flags[row]) << 1
            laid[at + 2] = np.uint64(rest | np.int64(giver[row] > receiver[row]))
    return laid


@compiled
def _add(counts: Array, sums: Array, at: int, worth: float, rest: int) -> None:
    """One exchange to the pair that it is of; its month is for the caller."""
    back = rest & 1
    counts[at, back] += 1
    if worth == worth:
        sums[at, back] += worth
    else:
        counts[at, 2 + back] += 1
    # No branches: which flags a row has cannot be foreseen, and a wrong guess costs ten adds.
    counts[at, 4 + back] += (rest >> 4) & 1
    counts[at, 6] += (rest >> 1) & 1
    counts[at, 7] += (rest >> 2) & 1
    counts[at, 8] += (rest >> 3) & 1
    counts[at, 9] += (rest >> 5) & 1


@compiled
def _summed(laid: Array, start: Array, bits: int, base: int, words: int) -> Any:
    """The pairs of one bucket after another, each column in one piece.

    Pages of the columns that are never written are never taken: they are as long as the rows.
    """
    rows = start[-1]
    values = laid.view(np.float64)
    keys = np.empty(rows, dtype=np.uint64)
    counts = np.empty((11, rows), dtype=np.uint32)
    sums = np.empty((2, rows), dtype=np.float64)
    months = np.empty((rows, words), dtype=np.uint64)
    largest = 0
    for bucket in range(start.shape[0] - 1):
        largest = max(largest, start[bucket + 1] - start[bucket])
    bucket_counts = np.empty((largest, 11), dtype=np.uint32)
    bucket_sums = np.empty((largest, 2), dtype=np.float64)
    slots = 2
    while slots < 2 * largest:
        slots *= 2
    table = np.empty(slots, dtype=np.int32)
    made = 0
    for bucket in range(start.shape[0] - 1):
        first, after = start[bucket], start[bucket + 1]
        slots, slot_bits = 2, 1
        while slots < 2 * (after - first):
            slots, slot_bits = 2 * slots, slot_bits + 1
        for free in range(slots):
            table[free] = -1
        mine = 0
        for row in range(first, after):
            key = laid[3 * row]
            slot = np.int64(((key * _SPREAD) << np.uint64(bits)) >> np.uint64(64 - slot_bits))
            while table[slot] >= 0 and keys[made + table[slot]] != key:
                slot = (slot + 1) & (slots - 1)
            at = int(table[slot])
            if at < 0:
                at = mine
                mine += 1
                table[slot] = at
                keys[made + at] = key
                for column in range(11):
                    bucket_counts[at, column] = 0
                for column in range(2):
                    bucket_sums[at, column] = 0
                for word in range(words):
                    months[made + at, word] = 0
            rest = int(np.int64(laid[3 * row + 2]))
            _add(bucket_counts, bucket_sums, at, values[3 * row + 1], rest)
            month = (rest >> 9) - 1
            if month < 0:
                bucket_counts[at, 10] += 1
            else:
                bit = np.uint64(1) << np.uint64((month - base) & 63)
                months[made + at, (month - base) >> 6] |= bit
        for column in range(11):
            for at in range(mine):
                counts[column, made + at] = bucket_counts[at, column]
        for column in range(2):
            for at in range(mine):
                sums[column, made + at] = bucket_sums[at, column]
        made += mine
    return keys[:made], counts[:, :made], sums[:, :made], months[:made]
