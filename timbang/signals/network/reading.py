"""Exchanges from a file or from the loaded tables, as columns of numbers.

The columns are those of the table `exchanges` (docs/reference/tables.md). Who gave and who received
must be there, by number or by name; all others may be missing, and then what they would tell is not
known. A number stands before a name: two of one name are one actor only where no number parts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from timbang.law.refusal import Refusal
from timbang.registry import exchange, opening, schema, values
from timbang.signals import windows
from timbang.signals.network import pairs
from timbang.signals.network.limits import SUPPORT_KINDS
from timbang.signals.network.pairs import NOBODY, Array, Exchanges

if TYPE_CHECKING:
    import pyarrow as pa

TABLE: Final = "exchanges"
READ: Final = (
    "exchange_id", "giver_id", "giver", "giver_role", "receiver_id", "receiver", "receiver_role",
    "given_on", "kind", "value", "money", "budget_line", "through_id", "through", "region_code",
    "returned_by", "returns",
)  # fmt: skip
# Columns in which only these words are allowed.
_ONE_OF: Final = {"kind": tuple(exchange.KINDS), "money": tuple(exchange.MONEY)}
_TEXTS: Final = ("giver_role", "receiver_role", "kind", "money", "region_code")
_BATCH: Final = 1 << 20
_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Words:
    """A column of texts as numbers: `codes` are places in `words`, -1 where nothing is said."""

    codes: Array
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Actors:
    """Everybody named: `ids` by their number, `names` as a record writes them first."""

    ids: tuple[str, ...] | range
    names: Mapping[int, str]

    def __len__(self) -> int:
        return len(self.ids)

    def id_of(self, number: int) -> str:
        return str(self.ids[number])

    def name_of(self, number: int) -> str:
        """The name, or the id where no record gives one."""
        return self.names.get(number) or self.id_of(number)


@dataclass(frozen=True, slots=True)
class Given:
    """What was read. `broker`: int32, NOBODY where none is named. `day`: int32 days since 1970,
    NO_DAY where unknown."""

    exchanges: Exchanges
    broker: Array
    day: Array
    region: Words
    giver_role: Words
    receiver_role: Words
    kind: Words
    actors: Actors

    def __len__(self) -> int:
        return len(self.exchanges)


NO_DAY: Final = -(2**31)


def read(path: Path) -> Given:
    """A file: Parquet, JSON Lines or CSV, told apart by what stands in it.

    Raises Refusal that names file, line and column.
    """
    with path.open("rb") as file:
        begins = file.read(4)
    if begins == b"PAR1":
        return _of_parquet(path)
    return of_batches(_of_records(path))


def of_rows(rows: Iterable[Mapping[str, Any]]) -> Given:
    """Rows as mappings, their days as dates."""
    import pyarrow as pa

    shape = _shape()
    full = [{name: row.get(name) for name in shape.names} for row in rows]
    return of_batches(iter(pa.Table.from_pylist(full, schema=shape).to_batches()))


def of_table(table: pa.Table) -> Given:
    """An Arrow table with some of the columns."""
    _check_columns(table.column_names, "the table")
    return of_batches(iter(table.to_batches(max_chunksize=_BATCH)))


@cache
def _shape() -> pa.Schema:
    import pyarrow as pa

    kinds = {each.name: each.kind for each in schema.tables()[TABLE].all_columns}
    return pa.schema([(name, schema.arrow_kind(kinds[name])) for name in READ])


# --- files --------------------------------------------------------------------------------------


@cache
def _allowed() -> tuple[str, ...]:
    return tuple(each.name for each in schema.tables()[TABLE].all_columns)


def _check_columns(names: Iterable[str], where: str) -> None:
    found = list(names)
    _check_known(found, where)
    for who in ("giver", "receiver"):
        if who not in found and f"{who}_id" not in found:
            raise Refusal(f"{where}: neither '{who}_id' nor '{who}': who was it?")


def _check_known(names: Iterable[str], where: str) -> None:
    unknown = [name for name in names if name not in _allowed()]
    if unknown:
        raise Refusal(
            f"{where}: unknown column '{unknown[0][:40]}'; allowed: {', '.join(_allowed())}"
        )


def _of_parquet(path: Path) -> Given:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        names = pq.read_schema(path).names
    except (pa.ArrowInvalid, OSError) as error:
        raise Refusal(f"{path}: is no Parquet file that can be read: {error}") from error
    _check_columns(names, str(path))
    file = pq.ParquetFile(path, read_dictionary=[name for name in _TEXTS if name in names])
    _check_kinds(path, file.schema_arrow)
    wanted = [name for name in (*READ, "group_size") if name in names]
    return of_batches(_sound(path, file.iter_batches(batch_size=_BATCH, columns=wanted)))


def _sound(path: Path, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same batches; a cell that cannot be stops with its row, the first being 1."""
    import pyarrow as pa
    import pyarrow.compute as pc

    row = 1
    for batch in batches:
        for name, least in _LEAST.items():
            column = _column(batch, name)
            if column is not None and not pa.types.is_null(column.type):
                _check_column(path, row, name, column, pc.less(column, least))
        for name, allowed in _ONE_OF.items():
            column = _column(batch, name)
            if column is not None and not pa.types.is_null(column.type):
                words = pa.array([*allowed, "", None], pa.string())
                if pa.types.is_dictionary(column.type):
                    every = column.dictionary.cast(pa.string())
                    if pc.all(pc.is_in(every, value_set=words)).as_py() is not False:
                        continue
                    column = column.dictionary_decode()
                known = pc.is_in(column.cast(pa.string()), value_set=words)
                _check_column(path, row, name, column, pc.invert(known))
        yield batch
        row += batch.num_rows


def _check_column(path: Path, row: int, name: str, column: Any, wrong: Any) -> None:
    import pyarrow.compute as pc

    first = pc.index(wrong, True).as_py()
    if first >= 0:
        raise _not_allowed(name, str(column[first].as_py()), f"{path}: row {row + first}")


def _not_allowed(name: str, text: str, where: str) -> Refusal:
    if name in _ONE_OF:
        allowed = ", ".join(_ONE_OF[name])
    else:
        allowed = f"{_LEAST[name]} or more"
    return Refusal(f"{where}: {name}: '{text[:40]}'; allowed: {allowed}")


def _check_kinds(path: Path, found: pa.Schema) -> None:
    import pyarrow.types as kinds

    for name in found.names:
        kind = found.field(name).type
        if kinds.is_dictionary(kind):
            kind = kind.value_type
        text = kinds.is_string(kind) or kinds.is_large_string(kind) or kinds.is_null(kind)
        number = kinds.is_integer(kind) or kinds.is_floating(kind)
        if name == "given_on":
            right = kinds.is_date(kind) or kinds.is_null(kind)
        elif name in _LEAST:
            right = number or kinds.is_null(kind)
        elif name in ("giver_id", "receiver_id", "through_id", "exchange_id", *_LEGS):
            right = text or kinds.is_integer(kind)
        else:
            right = text or name not in READ
        if not right:
            raise Refusal(f"{path}: column '{name}' holds {kind}, which cannot be read here")


_LEGS: Final = ("returned_by", "returns")
_LEAST: Final = {"value": 0, "group_size": 1}


def _of_records(path: Path) -> Iterator[pa.RecordBatch]:
    """Lines of CSV or JSON, a batch at a time. What cannot be read stops with its line."""
    import pyarrow as pa

    shape = _shape()
    waiting: list[dict[str, Any]] = []
    seen: set[str] = set()
    told = False
    try:
        with opening.open_file(path) as file:
            for record in file.records:
                if record.value is None:
                    raise Refusal(f"{path}:{record.line}: {record.why}")
                seen |= record.value.keys()
                told = True
                waiting.append(_cells(record.value, f"{path}:{record.line}"))
                if len(waiting) == _BATCH:
                    yield pa.RecordBatch.from_pylist(waiting, schema=shape)
                    waiting = []
    except opening.BadFile as error:
        raise Refusal(str(error)) from error
    if not told:
        raise Refusal(f"{path}: there is no exchange in it")
    _check_columns(seen, str(path))
    yield pa.RecordBatch.from_pylist(waiting, schema=shape)


def _cells(written: Mapping[str, Any], where: str) -> dict[str, Any]:
    _check_known(written, where)
    cells: dict[str, Any] = dict.fromkeys(READ)
    for name in (*READ, "group_size"):
        cell = written.get(name)
        if isinstance(cell, dict | list | bool):
            raise Refusal(f"{where}: {name}: a text or a number is wanted, not {_said(cell)}")
        text = "" if cell is None else str(cell).strip()
        if not text:
            continue
        if name == "given_on":
            cells[name] = _parsed(values.day(text), name, text, where)
        elif name == "value":
            cells[name] = _parsed(values.amount(text), name, text, where)
            _check_least(name, cells[name], text, where)
        elif name == "group_size":
            _check_least(name, _parsed(values.whole(text), name, text, where), text, where)
        elif name in _ONE_OF and text not in _ONE_OF[name]:
            raise _not_allowed(name, text, where)
        else:
            cells[name] = text
    return cells


def _said(cell: Any) -> str:
    return {dict: "an object", list: "a list", bool: "true or false"}[type(cell)]


def _check_least(name: str, number: float | None, text: str, where: str) -> None:
    if number is not None and number < _LEAST[name]:
        raise _not_allowed(name, text, where)


def _parsed(found: tuple[Any, str | None], name: str, text: str, where: str) -> Any:
    value, doubt = found
    if value is None and doubt:
        what = values.DOUBTS[doubt].en if doubt in values.DOUBTS else doubt
        raise Refusal(f"{where}: {name}: '{text[:40]}': {what}")
    return value


# --- columns ------------------------------------------------------------------------------------


def of_batches(batches: Iterator[pa.RecordBatch]) -> Given:
    """Batches with some of the columns of READ."""
    gathered = _Gathered()
    for batch in batches:
        gathered.take(batch)
    return gathered.whole()


class _Gathered:
    """What was taken from the batches so far."""

    def __init__(self) -> None:
        self.people: dict[str, list[Any]] = {"giver": [], "receiver": [], "through": []}
        self.named: dict[str, str] = {}
        self.days: list[Array] = []
        self.amounts: list[Array] = []
        self.flags: list[Array] = []
        self.words: dict[str, _Book] = {name: _Book() for name in _TEXTS}
        self.numbers: list[Any] = []
        self.answered: list[Any] = []

    def take(self, batch: pa.RecordBatch) -> None:
        count = batch.num_rows
        for who, found in self.people.items():
            found.append(self._who(batch, who))
        for name in _TEXTS:
            self.words[name].take(_column(batch, name), count)
        day = _column(batch, "given_on")
        self.days.append(_days(day) if day is not None else np.full(count, NO_DAY, np.int32))
        value = _column(batch, "value")
        self.amounts.append(_amounts(value) if value is not None else np.full(count, np.nan))
        self.flags.append(self._flags(batch))

    def _who(self, batch: pa.RecordBatch, who: str) -> Any:
        """The number of somebody, else his name; the first name of each number is remembered."""
        import pyarrow as pa
        import pyarrow.compute as pc

        number, name = _column(batch, f"{who}_id"), _column(batch, who)
        if number is None and name is None:
            return pa.nulls(batch.num_rows, pa.string())
        if name is None:
            return number if pa.types.is_integer(number.type) else _texts(number)
        if number is None:
            return _texts(name)
        number, name = _texts(number), _texts(name)
        both = pa.table({"number": number, "name": name}).filter(
            pc.and_(number.is_valid(), name.is_valid())
        )
        first = both.group_by("number", use_threads=False).aggregate([("name", "first")])
        for row in first.to_pylist():
            self.named.setdefault(row["number"], row["name_first"])
        return pc.coalesce(number, name)

    def _flags(self, batch: pa.RecordBatch) -> Array:
        count = batch.num_rows
        linked = np.zeros(count, dtype=bool)
        for name in _LEGS:
            leg = _column(batch, name)
            if leg is not None and leg.null_count < count:
                linked |= _told(leg)
                self.answered.append(leg.drop_null())
        number = _column(batch, "exchange_id")
        if number is not None:
            self.numbers.append(number)
        brokered = _either(batch, "through_id", "through")
        line = _either(batch, "budget_line")
        money = self.words["money"]
        private, public = money.last_is("private"), money.last_is("public")
        person = brokered | (private & ~line)
        office = ~person & (public | line)
        kind = self.words["kind"]
        support = np.zeros(count, dtype=bool)
        for word in SUPPORT_KINDS:
            support |= kind.last_is(word)
        flags = np.zeros(count, dtype=np.uint8)
        for told, bit in (
            (linked, pairs.LINKED),
            (person, pairs.PERSON),
            (office, pairs.OFFICE),
            (support, pairs.SUPPORT),
        ):
            flags |= told.view(np.uint8) * np.uint8(bit)
        return flags

    def whole(self) -> Given:
        codes, ids = _numbered(self.people)
        flags = _joined(self.flags, np.uint8)
        day = _joined(self.days, np.int32)
        region = self.words["region_code"].whole()
        self._mark_answered(flags)
        flags |= _in_window(region, day) * np.uint8(pairs.IN_WINDOW)
        exchanges = Exchanges(
            codes["giver"],
            codes["receiver"],
            _months(day),
            _joined(self.amounts, np.float64),
            flags,
        )
        names = {}
        if self.named:
            place = {text: number for number, text in enumerate(ids)}
            names = {place[text]: name for text, name in self.named.items() if text in place}
        return Given(
            exchanges=exchanges,
            broker=codes["through"],
            day=day,
            region=region,
            giver_role=self.words["giver_role"].whole(),
            receiver_role=self.words["receiver_role"].whole(),
            kind=self.words["kind"].whole(),
            actors=Actors(ids, names),
        )

    def _mark_answered(self, flags: Array) -> None:
        """A record that another one names is linked too, though it names nobody itself."""
        import pyarrow as pa
        import pyarrow.compute as pc

        if not self.numbers or not self.answered:
            return
        numbers = pa.chunked_array([each.cast(pa.string()) for each in self.numbers])
        named = pa.chunked_array([each.cast(pa.string()) for each in self.answered])
        told = pc.is_in(numbers, value_set=named.unique())
        found = told.combine_chunks().to_numpy(zero_copy_only=False)
        if len(found) == len(flags):
            flags |= found.view(np.uint8) * np.uint8(pairs.LINKED)


class _Book:
    """A column of texts as numbers, batch after batch."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}
        self.codes: list[Array] = []

    def take(self, column: Any, count: int) -> None:
        import pyarrow as pa

        if column is None or column.null_count == count:
            self.codes.append(np.broadcast_to(np.int32(-1), count))
            return
        if not pa.types.is_dictionary(column.type):
            column = column.cast(pa.string()).dictionary_encode()
        own = [
            -1 if not text else self.known.setdefault(text, len(self.known))
            for text in column.dictionary.to_pylist()
        ]
        places = column.indices.fill_null(len(own)).to_numpy(zero_copy_only=False)
        self.codes.append(np.array([*own, -1], dtype=np.int32)[places])

    def last_is(self, word: str) -> Array:
        """Where the last batch says this word."""
        code = self.known.get(word)
        last = self.codes[-1]
        found: Array = np.zeros(len(last), dtype=bool) if code is None else last == code
        return found

    def whole(self) -> Words:
        return Words(_joined(self.codes, np.int32), tuple(self.known))


def _joined(parts: list[Array], kind: Any) -> Array:
    found: Array = np.concatenate(parts).astype(kind, copy=False) if parts else np.empty(0, kind)
    return found


def _column(batch: pa.RecordBatch, name: str) -> Any:
    place = batch.schema.get_field_index(name)
    return batch.column(place) if place >= 0 else None


def _texts(column: Any) -> Any:
    """As text; an empty one says nothing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    text = column.cast(pa.string())
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def _told(column: Any) -> Array:
    found: Array = column.is_valid().to_numpy(zero_copy_only=False)
    return found


def _either(batch: pa.RecordBatch, *names: str) -> Array:
    found = np.zeros(batch.num_rows, dtype=bool)
    for name in names:
        column = _column(batch, name)
        if column is not None and column.null_count < len(column):
            found |= _told(column)
    return found


def _days(column: Any) -> Array:
    import pyarrow as pa

    days = column.cast(pa.date32()).view(pa.int32()) if len(column) else column.cast(pa.int32())
    found: Array = days.fill_null(NO_DAY).to_numpy(zero_copy_only=False)
    return found


def _amounts(column: Any) -> Array:
    import pyarrow as pa

    found: Array = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return found


def _numbered(people: Mapping[str, list[Any]]) -> tuple[dict[str, Array], tuple[str, ...] | range]:
    """Everybody by a number from 0 on. Small whole numbers are taken as they are."""
    import pyarrow as pa

    columns = {who: _chunks(found) for who, found in people.items()}
    kinds = [each.type for each in columns.values() if each.null_count < len(each)]
    rows = len(columns["giver"])
    if kinds and all(pa.types.is_integer(kind) for kind in kinds):
        plain = {who: _plain(column) for who, column in columns.items()}
        most = max(int(each.max(initial=NOBODY)) for each in plain.values())
        least = min(int(each.min(initial=0)) for each in plain.values())
        if least >= NOBODY and most < 8 * rows + 1_000:
            return {who: each.astype(np.int32) for who, each in plain.items()}, range(most + 1)
    texts = [each.cast(pa.string()) for each in columns.values()]
    chunks = [chunk for each in texts for chunk in each.chunks]
    coded = pa.chunked_array(chunks, pa.string()).dictionary_encode().unify_dictionaries()
    ids = tuple(coded.chunk(0).dictionary.to_pylist()) if coded.num_chunks else ()
    codes = [each.indices.fill_null(NOBODY).to_numpy(zero_copy_only=False) for each in coded.chunks]
    whole = _joined(codes, np.int32)
    return {who: whole[at * rows : (at + 1) * rows] for at, who in enumerate(columns)}, ids


def _chunks(found: list[Any]) -> Any:
    import pyarrow as pa

    kinds = {each.type for each in found if each.null_count < len(each)} or {pa.string()}
    kind = kinds.pop() if len(kinds) == 1 else pa.string()
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return pa.chunked_array([each.cast(kind) for each in found], kind)


def _plain(column: Any) -> Array:
    if column.null_count == len(column):
        return np.full(len(column), NOBODY, dtype=np.int32)
    parts = [each.fill_null(NOBODY).to_numpy(zero_copy_only=False) for each in column.chunks]
    found: Array = np.concatenate(parts)
    return found


# --- days ---------------------------------------------------------------------------------------


@cache
def _month_of_day() -> tuple[int, Array]:
    """The month of each day of the hundred years, and the first of these days."""
    first = np.datetime64(f"{pairs.FIRST_YEAR}-01", "M")
    start = first.astype("M8[D]")
    after = (first + pairs.MOST_MONTHS).astype("M8[D]")
    months = (np.arange(start, after).astype("M8[M]") - first).astype(np.int16)
    # One more at either end, for all days outside.
    outside = np.array([pairs.UNKNOWN_MONTH], dtype=np.int16)
    return int(start.astype(np.int64)), np.concatenate([outside, months, outside])


def _months(day: Array) -> Array:
    first, table = _month_of_day()
    place = np.clip(day, first - 1, first + len(table) - 2)
    place -= first - 1
    found: Array = table[place]
    return found


def month_name(month: int) -> str:
    """`2024-11` for a month since January 1945."""
    return f"{pairs.FIRST_YEAR + month // 12}-{month % 12 + 1:02}"


def _in_window(region: Words, day: Array) -> Array:
    """1 where the day lies in a window of an election of the region, 0 elsewhere.

    Where the region is not known only elections of the whole nation count.
    """
    known = day[day != NO_DAY]
    low, high = _plausible(known)
    if high < low:
        return np.zeros(len(day), dtype=np.uint8)
    table = np.zeros((len(region.words) + 1, high - low + 2), dtype=np.uint8)
    for number, code in enumerate([*region.words, None]):
        for first, last in windows.spans(code):
            begins = min(max((first - _EPOCH).days - low, 0), high - low + 1)
            ends = min(max((last - _EPOCH).days - low + 1, 0), high - low + 1)
            table[number, begins:ends] = 1
    # The last column stands for days that are not known, the last row for an unknown region.
    place = np.where((day < low) | (day > high), high - low + 1, day - low)
    found: Array = table[region.codes, place]
    return found


def _plausible(days: Array) -> tuple[int, int]:
    first, table = _month_of_day()
    inside = days[(days >= first) & (days < first + len(table) - 2)]
    return (int(inside.min()), int(inside.max())) if len(inside) else (0, -1)
