"""Exchange records as they are read: those of the desk, those of files, all in one table.

`opened()` is the door that the desk and the commands use: it first brings what officers entered
into the table, so that nobody reads less than what stands in the database. Ibis is imported when
it is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import reduce
from operator import and_
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import QuerySet

from timbang.accounts.models import Officer, Organ
from timbang.registry import desk_rows, schema, tables
from timbang.registry.exchange import Exchange
from timbang.registry.models import ExchangeRecord, ExchangeState
from timbang.registry.schema import Column
from timbang.registry.tables import Tables

if TYPE_CHECKING:
    from ibis.expr.types import Table as IbisTable

TABLE: Final = "exchanges"
PAGE: Final = 50
MOST_WORDS: Final = 6
Act = ExchangeState.Act
_NAMES: Final = tuple(field.name for field in fields(Exchange))
_NEEDED: Final = ("exchange_id", "giver", "receiver", "kind", "evidence", "confidence")
_SEARCHED: Final = (
    "exchange_id", "giver", "giver_id", "giver_role", "receiver", "receiver_id", "through",
    "through_id", "description", "budget_line", "expected", "evidence",
)  # fmt: skip


# Between the database and the table


def opened(*, known_on: date | None = None, engine: str | None = "duckdb") -> Tables:
    """The tables with everything that the desk has entered until now."""
    set_out(settings.TABLES)
    return tables.open_tables(settings.TABLES, engine=engine, known_on=known_on)


def set_out(folder: Path) -> bool:
    """Bring the desk's records into the table, if it does not have them; whether it did.

    Safe at any moment and by several at once. Without a database there is no desk.
    """
    try:
        if desk_rows.mark(folder, TABLE) == _mark():
            return False
    except DatabaseError:
        if connection.in_atomic_block:
            raise
        return False
    with desk_rows.writing(folder):
        states = list(ExchangeState.objects.select_related("record").order_by("pk"))
        made_of = _mark_of(len(states), states[-1] if states else None)
        desk_rows.write(folder, schema.tables()[TABLE], list(_rows(states)), made_of)
    return True


def _mark() -> str:
    last = ExchangeState.objects.order_by("-pk").first()
    # States are only ever added: as many with the same last one are the same.
    return _mark_of(ExchangeState.objects.count() if last else 0, last)


def _mark_of(count: int, last: ExchangeState | None) -> str:
    return f"{count}-{last.entry_id.hex}" if last else ""


def _rows(states: list[ExchangeState]) -> Iterator[dict[str, Any]]:
    """A row for each state that said something, with what ended it."""
    of: dict[Any, list[ExchangeState]] = {}
    for state in states:
        of.setdefault(state.record_id, []).append(state)
    for mine in of.values():
        mine.sort(key=lambda state: state.ordinal)
        for state, after in zip(mine, [*mine[1:], None], strict=True):
            if state.act != Act.WITHDRAWN:
                yield _row(state, after)


def _row(state: ExchangeState, after: ExchangeState | None) -> dict[str, Any]:
    told = {name: state.content.get(name) for name in _NAMES}
    day = date.fromisoformat(told["given_on"]) if told["given_on"] else None
    ended = None
    if after is not None:
        ended = "retracted" if after.act == Act.WITHDRAWN else "corrected"
    return {
        **told,
        "given_on": day,
        "year": day.year if day else schema.UNKNOWN_YEAR,
        "row_id": told["exchange_id"],
        "record_id": told["exchange_id"],
        "source": desk_rows.SOURCE,
        "file": f"log/{state.entry_id}",
        "version": state.ordinal,
        "known_from": state.made_on,
        "known_until": after.made_on if after else None,
        "ended": after.ordinal if after else None,
        "ended_because": ended,
    }


def content_of(told: Exchange) -> dict[str, Any]:
    """A record as it is kept: days in ISO 8601."""
    row = told.as_row()
    return row | {"given_on": told.given_on.isoformat() if told.given_on else None}


def exchange_of(state: ExchangeState) -> Exchange:
    """What the record said in this state."""
    return from_row(state.content)


def from_row(row: Mapping[str, Any]) -> Exchange:
    """A record from a row of the table, or from what is kept; what it lacks is not known."""
    told = {name: row[name] for name in _NAMES if row.get(name) is not None}
    day = told.get("given_on")
    record = Exchange(**(dict.fromkeys(_NEEDED, "") | told))
    return replace(record, given_on=date.fromisoformat(day)) if isinstance(day, str) else record


# One record


def standing() -> QuerySet[ExchangeRecord]:
    """The desk's records that count."""
    return ExchangeRecord.objects.filter(withdrawn=False)


def last_state(record: ExchangeRecord) -> ExchangeState:
    """What holds of a record, or what it said when it was withdrawn."""
    found: ExchangeState = record.states.get(ordinal=record.version)
    return found


def history(record: ExchangeRecord) -> list[ExchangeState]:
    """Every state of a record, the newest first."""
    rows = record.states.select_related("organ", "made_by").order_by("-ordinal")
    return list(rows)


def written_by(record: ExchangeRecord, officer: Officer) -> bool:
    """Whether the officer entered, corrected or withdrew the record himself."""
    return record.states.exclude(act=Act.LINKED).filter(made_by=officer).exists()


def desk_numbers() -> frozenset[str]:
    """The ids of all records of this desk, which no file may bring; none without a database."""
    try:
        return frozenset(ExchangeRecord.objects.values_list("number", flat=True))
    except DatabaseError:
        if connection.in_atomic_block:
            raise
        return frozenset()


def organ_codes() -> frozenset[str]:
    """Codes of all offices in capitals, by which the number of a case is known; none without a
    database."""
    try:
        return frozenset(code.upper() for code in Organ.objects.values_list("code", flat=True))
    except DatabaseError:
        if connection.in_atomic_block:
            raise
        return frozenset()


def loaded(exchange_id: str) -> Exchange | None:
    """A record that came from a file, as the file has it and as it counts now."""
    opened_tables = tables.open_tables(settings.TABLES, engine="duckdb")
    row = _one(opened_tables.stated(TABLE), exchange_id)
    return from_row(row) if row is not None and row["source"] != desk_rows.SOURCE else None


def one(opened_tables: Tables, exchange_id: str) -> dict[str, Any] | None:
    """The row of a record, that of the desk before one of a file; None when none counts."""
    return _one(opened_tables.table(TABLE), exchange_id)


def _one(rows: IbisTable, exchange_id: str) -> dict[str, Any] | None:
    import ibis

    found = rows.filter(rows["exchange_id"] == exchange_id)
    ordered = found.order_by([ibis.desc(found["source"] == desk_rows.SOURCE), "source"])
    listed: list[dict[str, Any]] = ordered.limit(1).to_pyarrow().to_pylist()
    return listed[0] if listed else None


# The list


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; empty: not narrowed. `words` must all be found in a record."""

    words: str = ""
    kind: str = ""
    money: str = ""
    source: str = ""
    legs: str = ""
    region: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of the table, the newest first, and whether there are more."""

    rows: tuple[dict[str, Any], ...]
    more: bool


LINKED, OPEN, ALONE = "linked", "open", "alone"


def page(opened_tables: Tables, wanted: Wanted, *, number: int = 1, most: int = PAGE) -> Page:
    """A page of the table; those whose day is not known come last."""
    import ibis

    rows = opened_tables.table(TABLE)
    conditions = list(_conditions(rows, wanted))
    if conditions:
        rows = rows.filter(reduce(and_, conditions))
    ordered = rows.order_by([rows["given_on"].isnull(), ibis.desc("given_on"), "row_id", "source"])
    found = ordered.limit(most + 1, offset=(number - 1) * most).to_pyarrow().to_pylist()
    return Page(tuple(found[:most]), len(found) > most)


def whole(opened_tables: Tables, wanted: Wanted, *, most: int) -> Any:
    """Every row that is wanted, at most so many, as an Arrow table; ordered by key."""
    rows = opened_tables.table(TABLE)
    conditions = list(_conditions(rows, wanted))
    if conditions:
        rows = rows.filter(reduce(and_, conditions))
    return rows.order_by(["row_id", "source"]).limit(most).to_pyarrow()


def _conditions(rows: IbisTable, wanted: Wanted) -> Iterator[Any]:
    import ibis

    for column in ("kind", "money"):
        if value := getattr(wanted, column):
            yield rows[column] == value
    if wanted.source:
        of_desk = rows["source"] == desk_rows.SOURCE
        yield of_desk if wanted.source == desk_rows.SOURCE else ~of_desk
    if wanted.region:
        code = rows["region_code"].fill_null("")
        yield (code == wanted.region) | code.startswith(f"{wanted.region}.")
    if wanted.first:
        yield rows["given_on"] >= ibis.date(wanted.first)
    if wanted.last:
        yield rows["given_on"] <= ibis.date(wanted.last)
    if wanted.legs:
        yield _legs(rows, wanted.legs)
    if words := wanted.words.casefold().split()[:MOST_WORDS]:
        texts = [rows[name].fill_null("") for name in _SEARCHED]
        text = ibis.literal(" ").join(texts).lower()
        for word in words:
            yield text.contains(word)


def _legs(rows: IbisTable, which: str) -> Any:
    both = rows["returned_by"].notnull() | rows["returns"].notnull()
    if which == LINKED:
        return both
    expected = rows["expected"].notnull() & rows["returned_by"].isnull()
    return expected if which == OPEN else ~both


def columns() -> tuple[Column, ...]:
    """The table's own columns, with their titles."""
    return schema.tables()[TABLE].columns
