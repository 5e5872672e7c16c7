"""What leaves the tables: Parquet, CSV without formulas, FollowTheMoney entities.

A column that is for the desk or sealed leaves only when it is asked for (`sights`). Nothing sealed
ever does: hashes of numbers are for joining within this installation.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from timbang.law.refusal import Refusal
from timbang.registry import desk_rows, schema, spreadsheet, values
from timbang.registry.tables import Tables

_BATCH: Final = 50_000


def columns(table: str, *, desk: bool = False) -> tuple[str, ...]:
    """The columns of a table that may leave. Raises Refusal when there is no such table."""
    found = schema.tables().get(table)
    if found is None:
        raise Refusal(f"there is no table '{table}'; there are: {', '.join(schema.tables())}")
    allowed = ("public", "desk") if desk else ("public",)
    return tuple(column.name for column in found.all_columns if column.sight in allowed)


def rows(
    tables: Tables, table: str, *, desk: bool = False, limit: int | None = None
) -> Iterator[pa.RecordBatch]:
    """The live rows in batches, columns that may leave only, sorted by their key.

    Raises Refusal when nothing of the table may leave: of a table for the desk not even keys do.
    """
    names = columns(table, desk=desk)
    if not set(names) & set(schema.tables()[table].names):
        raise Refusal(f"'{table}' is for the desk, nothing of it is public: ask with --desk")
    found = tables.table(table).order_by("row_id").select(*names)
    if limit is not None:
        found = found.limit(limit)
    yield from found.to_pyarrow_batches(chunk_size=_BATCH)


def to_csv(tables: Tables, table: str, path: Path, *, desk: bool = False) -> int:
    """Write RFC 4180 in UTF-8; gives the number of rows. No cell begins like a formula."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(columns(table, desk=desk))
        for batch in rows(tables, table, desk=desk):
            listed = [column.to_pylist() for column in batch.columns]
            for row in zip(*listed, strict=True):
                writer.writerow([cell(value) for value in row])
                count += 1
    return count


def cell(value: object) -> object:
    """A value as a CSV cell. Text that a spreadsheet would run gets an apostrophe before it."""
    if isinstance(value, str):
        return spreadsheet.harmless(value)
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def to_parquet(tables: Tables, table: str, path: Path, *, desk: bool = False) -> int:
    """Write one Parquet file; gives the number of rows."""
    kinds = {column.name: column.kind for column in schema.tables()[table].all_columns}
    names = columns(table, desk=desk)
    arrow = pa.schema([(name, schema.arrow_kind(kinds[name])) for name in names])
    count = 0
    with pq.ParquetWriter(path, arrow, compression="zstd") as out:
        for batch in rows(tables, table, desk=desk):
            out.write_batch(batch.cast(arrow))
            count += batch.num_rows
    return count


# --- FollowTheMoney -----------------------------------------------------------------------------
#
# Schemata of FollowTheMoney 3 and 4 (Person, Company, LegalEntity, PublicBody, Position, Occupancy,
# Contract, ContractAward, Payment, UnknownLink). It has none for what is exchanged without money:
# such a record becomes an UnknownLink whose role says what was given, and loses the rest.

Entity = dict[str, Any]
# Where the table that is written has numbers of parties, and where names stand beside them.
_PROCUREMENT: Final = (
    ("parties", "party_id", "name"),
    ("procurements", "buyer_id", "buyer_name"),
    ("procurements", "entity_id", "entity_name"),
    ("awards", "supplier_id", "supplier_name"),
    ("contracts", "supplier_id", "supplier_name"),
)
_NAMED: Final[Mapping[str, tuple[tuple[str, str, str], ...]]] = {
    "awards": _PROCUREMENT,
    "contracts": _PROCUREMENT,
    "parties": _PROCUREMENT,
    "appointments": (("appointments", "person_id", "name"),),
    "exchanges": (
        ("exchanges", "giver_id", "giver"),
        ("exchanges", "receiver_id", "receiver"),
        ("exchanges", "through_id", "through"),
    ),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What an export knows besides a row: the names of each number of a source, the most written
    first, and the ids that stand in the file already."""

    names: Mapping[tuple[str, str], tuple[str, ...]]
    written: set[str] = field(default_factory=set)


def to_ftm(tables: Tables, table: str, path: Path, *, desk: bool = False) -> int:
    """Write entities as JSON lines; gives their number. Raises Refusal where no schema fits."""
    make = FTM.get(table)
    if make is None:
        raise Refusal(f"'{table}' has no schema in FollowTheMoney; allowed: {', '.join(FTM)}")
    found = rows(tables, table, desk=desk)
    known = Known({})
    with path.open("w", encoding="utf-8") as out:
        for batch in found:
            if not known.written:
                known = Known(_names(tables, table))
            for row in batch.to_pylist():
                for entity in make(row, known):
                    if entity["id"] not in known.written:
                        known.written.add(entity["id"])
                        out.write(json.dumps(entity, ensure_ascii=False) + "\n")
    return len(known.written)


def entities(table: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[Entity]:
    """Entities of rows at hand, each id once. Only the row's own names are known."""
    known = Known({})
    for row in rows:
        for entity in FTM[table](row, known):
            if entity["id"] not in known.written:
                known.written.add(entity["id"])
                yield entity


def _names(tables: Tables, table: str) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The names of each number, by source; the most written first, of those the first by letter."""
    counted: dict[tuple[str, str], Counter[str]] = {}
    for named, number, name in _NAMED.get(table, ()):
        found = tables.table(named)
        found = found.filter(found[number].notnull() & found[name].notnull())
        groups = found.group_by(["source", number, name]).aggregate(times=found.count())
        for batch in groups.to_pyarrow_batches(chunk_size=_BATCH):
            for row in batch.to_pylist():
                of = counted.setdefault((row["source"], row[number]), Counter())
                of[row[name]] += row["times"]
    return {
        key: tuple(sorted(times, key=lambda name: (-times[name], name)))
        for key, times in counted.items()
    }


def _entity(kind: str, key: str, row: Mapping[str, Any], **properties: object) -> Entity:
    """An entity of `kind`; properties that are not known are left out."""
    said = {
        name: [_said(value)]
        for name, value in properties.items()
        if value is not None and value != ""
    }
    return {
        "id": f"timbang-{key}",
        "schema": kind,
        "properties": said,
        "datasets": [f"timbang_{row['source']}"],
    }


def _said(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(cell(value))
    return str(value)


def _of(
    kind: str, row: Mapping[str, Any], known: Known, part: str, number: object, name: object
) -> Entity | None:
    """A party by its id in the source. One that has none is that of its row only: a name is borne
    by many. `part` says which party of the row it is."""
    if number:
        key = (row["source"], str(number))
        first, *others = known.names.get(key, ()) or (name,)
        found = _entity(kind, f"{key[0]}-{number}", row, name=first, country="id", idNumber=number)
        if others:
            found["properties"]["alias"] = others
        return found
    if not name:
        return None
    return _entity(kind, f"{row['source']}-{row['row_id']}-{part}", row, name=name, country="id")


def _contract_key(row: Mapping[str, Any]) -> str:
    """What an award and the contract that came of it share."""
    return "-".join(filter(None, (row["source"], row["ocid"], row["award_id"])))


def _awards(row: Mapping[str, Any], known: Known) -> list[Entity]:
    supplier = _of(
        "LegalEntity", row, known, "supplier", row["supplier_id"], row["supplier_name"]
    )  # fmt: skip
    contract = _entity(
        "Contract", _contract_key(row), row, title=row["title"], procedureNumber=row["ocid"]
    )
    award = _entity(
        "ContractAward",
        row["row_id"],
        row,
        supplier=supplier and supplier["id"],
        contract=contract["id"],
        amount=row["value"],
        currency=row["currency"],
        date=row["awarded_on"],
        status=row["status"],
    )
    return [*([supplier] if supplier else []), contract, award]


def _contracts(row: Mapping[str, Any], known: Known) -> list[Entity]:
    """The contract of an award has the id that the award says; a second one that of its row."""
    buyer = _of("PublicBody", row, known, "buyer", row["buyer_id"], None)
    contract = _entity(
        "Contract",
        _contract_key(row),
        row,
        title=row["title"],
        procedureNumber=row["ocid"],
        authority=buyer and buyer["id"],
        amount=row["value"],
        currency=row["currency"],
        contractDate=row["signed_on"],
        status=row["status"],
    )
    if contract["id"] in known.written:
        contract["id"] = f"timbang-{row['row_id']}"
    return [*([buyer] if buyer else []), contract]


def _parties(row: Mapping[str, Any], known: Known) -> list[Entity]:
    body = "buyer" in (row["roles"] or "") or "procuringEntity" in (row["roles"] or "")
    kind = "PublicBody" if body else "LegalEntity"
    found = _of(kind, row, known, "party", row["party_id"], row["name"])
    if found is None:
        return []
    if row["address"]:
        found["properties"]["address"] = [row["address"]]
    return [found]


def _appointments(row: Mapping[str, Any], known: Known) -> list[Entity]:
    person = _of("Person", row, known, "person", row["person_id"], row["name"])
    if person is None or not row["post"]:
        return [person] if person else []
    if row["post_code"] or row["agency_code"]:
        post = f"{row['source']}-post-{row['post_code'] or row['post']}-{row['agency_code'] or ''}"
    else:
        post = f"{row['source']}-{row['row_id']}-post"
    position = _entity("Position", post, row, name=row["post"], organization=None, country="id")
    occupancy = _entity(
        "Occupancy",
        row["row_id"],
        row,
        holder=person["id"],
        post=position["id"],
        startDate=row["from_on"],
        endDate=row["until_on"],
        summary=row["acting"],
    )
    return [person, position, occupancy]


def _people(row: Mapping[str, Any], _known: Known) -> list[Entity]:
    found = _entity(
        "Person", row["row_id"], row, name=row["name"], position=row["post"], country="id"
    )
    return [found]


def _exchanges(row: Mapping[str, Any], known: Known) -> list[Entity]:
    """Money becomes a Payment; what is not money an UnknownLink that keeps what it can."""
    giver = _party(row, known, "giver")
    receiver = _party(row, known, "receiver")
    if giver is None or receiver is None:
        return []
    told = {
        "date": row["given_on"],
        "description": row["description"],
        "summary": row["expected"],
        "recordId": row["exchange_id"],
    }
    if row["kind"] == "cash":
        link = _entity(
            "Payment", row["row_id"], row,
            payer=giver["id"], beneficiary=receiver["id"], amount=row["value"], currency="IDR",
            purpose=row["description"], **told,
        )  # fmt: skip
    else:
        link = _entity(
            "UnknownLink", row["row_id"], row,
            subject=giver["id"], object=receiver["id"], role=row["kind"], **told,
        )  # fmt: skip
    return [giver, receiver, link, *_broker(row, known, giver)]


def _broker(row: Mapping[str, Any], known: Known, giver: Entity) -> list[Entity]:
    """Through whom it went, as a link from the giver."""
    broker = _party(row, known, "through")
    if broker is None:
        return []
    link = _entity(
        "UnknownLink", f"{row['row_id']}-through", row,
        subject=giver["id"], object=broker["id"], role="through", date=row["given_on"],
        recordId=row["exchange_id"],
    )  # fmt: skip
    return [broker, link]


def _party(row: Mapping[str, Any], known: Known, part: str) -> Entity | None:
    """A party of an exchange. At the desk a number is one of the loaded lists: the same entity."""
    number = row[f"{part}_id"]
    found = _of("LegalEntity", row, known, part, number, row[part])
    if found and number and row["source"] == desk_rows.SOURCE:
        found["id"] = f"timbang-{number}"
    return found


def _entities(row: Mapping[str, Any], _known: Known) -> list[Entity]:
    return [
        {
            "id": row["entity_id"],
            "schema": row["schema"],
            "caption": row["caption"],
            "properties": json.loads(row["properties"] or "{}"),
            "datasets": (row["datasets"] or f"timbang_{row['source']}").split(","),
        }
    ]


FTM: Final[Mapping[str, Callable[[Mapping[str, Any], Known], list[Entity]]]] = {
    "awards": _awards,
    "contracts": _contracts,
    "parties": _parties,
    "appointments": _appointments,
    "people": _people,
    "exchanges": _exchanges,
    "entities": _entities,
}
FORMATS: Final[Mapping[str, Callable[..., int]]] = {
    "csv": to_csv,
    "parquet": to_parquet,
    "ftm": to_ftm,
}


# --- the data dictionary ------------------------------------------------------------------------

_INTRODUCTION: Final = """\
# Tables of public facts

Written by `timbang tables dictionary` from `timbang/registry/data/tables.yaml`; the doubts from
`timbang/registry/values.py`. A value that the source does not give is null, never 0. Classes:
*public* columns may leave, *desk* columns leave when an officer asks for them, *sealed* columns
never leave.
"""


def dictionary() -> str:
    """All tables, columns, kinds, classes and doubts as Markdown."""
    parts = [_INTRODUCTION, *map(_described, schema.tables().values()), _common(), _doubts()]
    return "\n".join(parts)


def _described(table: schema.Table) -> str:
    lines = [f"## {table.name}", "", f"{table.title.en} (*{table.title.id}*).", ""]
    lines.append(f"Files by the year of `{table.year_of}`, sorted by {_listed(table.sort)}.")
    return "\n".join([*lines, "", *_columns(table.columns)]) + "\n"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _columns(found: tuple[schema.Column, ...]) -> list[str]:
    lines = ["| column | kind | class | what it says | in Indonesian |", "|---|---|---|---|---|"]
    return lines + [
        f"| `{c.name}` | {c.kind} | {c.sight} | {c.title.en} | {c.title.id} |" for c in found
    ]


def _common() -> str:
    return "\n".join(
        ["## Columns of every table", "", *_columns((schema.YEAR, *schema.PROVENANCE)), ""]
    )


def _doubts() -> str:
    lines = ["## Doubts", "", "| code | what it says | in Indonesian |", "|---|---|---|"]
    lines += [f"| `{code}` | {said.en} | {said.id} |" for code, said in values.DOUBTS.items()]
    return "\n".join([*lines, ""])
