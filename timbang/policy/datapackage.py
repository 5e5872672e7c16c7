"""A published dossier as a Data Package: what its page shows, as tables that programs read.

Public columns of published dossiers only. What is withheld, waits to be read, or is half written
is on no page and in no file. Of a dossier that was taken back its number and the reason stay.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from timbang.policy import addresses, docket_reading
from timbang.policy.models import Dossier, Shown
from timbang.registry import spreadsheet

PROFILE: Final = "tabular-data-package"
NAME: Final = "datapackage.json"
# So that the same tables give the same bytes.
_FIRST: Final = (1980, 1, 1, 0, 0, 0)
Kind = str
Column = tuple[str, Kind]


@dataclass(frozen=True, slots=True)
class Table:
    """A resource of the package: its columns with their types (Table Schema), and its rows."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Any], ...]


LIST: Final[tuple[Column, ...]] = (
    ("number", "string"), ("mode", "string"), ("title", "string"), ("office", "string"),
    ("organ", "string"), ("agency_code", "string"), ("region_code", "string"), ("path", "string"),
    ("step", "string"), ("ended_as", "string"), ("duties", "string"), ("groups", "string"),
    ("opened_on", "date"), ("published_on", "date"), ("ended_on", "date"),
    ("retracted_on", "date"), ("why_retracted", "string"),
)  # fmt: skip
# What is left of a dossier that was taken back.
LEFT: Final = ("number", "organ", "published_on", "retracted_on", "why_retracted")


def listed(dossier: Dossier) -> dict[str, Any]:
    """One row of the list of dossiers."""
    row = {name: getattr(dossier, name) for name, _kind in LIST if name != "organ"}
    row["organ"] = dossier.organ.code
    row["duties"], row["groups"] = " ".join(dossier.duties), " ".join(dossier.groups)
    if dossier.retracted_on is not None:
        return {name: row[name] if name in LEFT else None for name, _kind in LIST}
    return row


def tables(dossier: Dossier) -> list[Table]:
    """All tables of a published dossier."""
    about = Table("dossier", "The dossier", (*LIST, ("summary", "string")), (_about(dossier),))
    if dossier.retracted_on is not None:
        return [about]
    return [
        about, _documents(dossier), _parts(dossier), _terms(dossier), _debts(dossier),
        _lane(dossier), _milestones(dossier), _comments(dossier), _visits(dossier), _ties(dossier),
        _journal(dossier),
    ]  # fmt: skip


def _about(dossier: Dossier) -> dict[str, Any]:
    gone = dossier.retracted_on is not None
    return listed(dossier) | {"summary": None if gone else dossier.summary}


def _table(name: str, title: str, columns: tuple[Column, ...], rows: Iterable[Any]) -> Table:
    """Rows of a model whose attributes bear the names of the columns."""
    told = [{column: getattr(row, column) for column, _kind in columns} for row in rows]
    return Table(name, title, columns, tuple(told))


def _documents(dossier: Dossier) -> Table:
    columns: tuple[Column, ...] = (
        ("id", "string"), ("stage", "string"), ("kind", "string"), ("state", "string"),
        ("title", "string"), ("issuer", "string"), ("issued_on", "date"), ("says", "string"),
        ("amount", "integer"), ("source", "string"), ("url", "string"), ("read_on", "date"),
        ("sought", "string"), ("replaces_id", "string"),
    )  # fmt: skip
    return _table("documents", "Documents, found or missing", columns, dossier.pieces.all())


def _parts(dossier: Dossier) -> Table:
    columns: tuple[Column, ...] = (
        ("kind", "string"), ("ordinal", "integer"), ("written_on", "date"), ("body", "object"),
    )  # fmt: skip
    return _table("parts", "What was written", columns, docket_reading.public_parts(dossier))


def _terms(dossier: Dossier) -> Table:
    columns: tuple[Column, ...] = (
        ("step", "string"), ("kind", "string"), ("entered_on", "date"), ("safe_on", "date"),
        ("last_on", "date"), ("provisional", "boolean"), ("closed_on", "date"),
    )  # fmt: skip
    return _table("terms", "Terms of the steps", columns, dossier.terms.all())


def _debts(dossier: Dossier) -> Table:
    columns: tuple[Column, ...] = (
        ("code", "string"), ("owed_on", "date"), ("due_on", "date"), ("safe_on", "date"),
        ("paid_on", "date"), ("dropped_on", "date"), ("piece_id", "string"),
    )  # fmt: skip
    return _table("debts", "What is owed", columns, dossier.debts.all())


def _lane(dossier: Dossier) -> Table:
    columns: tuple[Column, ...] = (
        ("ground", "string"), ("because", "string"), ("scope", "string"), ("rights", "string"),
        ("began_on", "date"), ("sunset_on", "date"), ("overdue_then", "integer"),
        ("higher", "boolean"),
    )  # fmt: skip
    lane = docket_reading.lane_of(dossier)
    return _table("lane", "Executed directly", columns, [lane] if lane else [])


def _milestones(dossier: Dossier) -> Table:
    columns: tuple[Column, ...] = (
        ("ordinal", "integer"), ("title", "string"), ("owner", "string"), ("due_on", "date"),
        ("planned", "integer"), ("measure", "string"), ("target", "number"), ("done_on", "date"),
        ("spent", "integer"), ("result", "number"), ("says", "string"),
    )  # fmt: skip
    return _table("milestones", "Milestones; money in rupiah", columns, dossier.milestones.all())


def _comments(dossier: Dossier) -> Table:
    columns: tuple[Column, ...] = (
        ("step", "string"), ("name", "string"), ("body", "string"), ("sent_on", "date"),
        ("outcome", "string"), ("answer", "string"), ("answered_on", "date"),
    )  # fmt: skip
    rows = dossier.comments.filter(state=Shown.SHOWN)
    return _table("comments", "Comments that are shown", columns, rows)


def _visits(dossier: Dossier) -> Table:
    columns: tuple[Column, ...] = (
        ("milestone", "integer"), ("region_code", "string"), ("place", "string"),
        ("seen_on", "date"), ("body", "string"), ("sent_on", "date"),
    )  # fmt: skip
    rows = dossier.visits.filter(state=Shown.SHOWN)
    return _table("visits", "Seen on site, where it is shown", columns, rows)


def _ties(dossier: Dossier) -> Table:
    columns: tuple[Column, ...] = (
        ("step", "string"), ("relation", "string"), ("words", "string"), ("declared_on", "date"),
    )  # fmt: skip
    return _table("ties", "Declared interests, without names", columns, dossier.ties.all())


def _journal(dossier: Dossier) -> Table:
    columns: tuple[Column, ...] = (
        ("version", "integer"), ("act", "string"), ("step", "string"), ("outcome", "string"),
        ("to", "string"), ("about", "string"), ("words", "string"), ("done_on", "date"),
    )  # fmt: skip
    table = _table("journal", "The journal", columns, dossier.journal.order_by("version"))
    organs = dossier.journal.order_by("version").values_list("organ__code", flat=True)
    rows = tuple({**row, "organ": code} for row, code in zip(table.rows, organs, strict=True))
    return Table(table.name, table.title, (*columns, ("organ", "string")), rows)


def package(dossier: Dossier) -> dict[str, Any]:
    """The descriptor (Data Package 1): the tables lie beside it, below `data/`."""
    gone = dossier.retracted_on is not None
    return {
        "profile": PROFILE,
        "name": addresses.slug_of(dossier.number),
        "id": dossier.number,
        "title": dossier.number if gone else dossier.title,
        "created": f"{dossier.published_on}T00:00:00Z",
        "resources": [_resource(table) for table in tables(dossier)],
    }


def _resource(table: Table) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"data/{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [{"name": name, "type": kind} for name, kind in table.columns],
            "missingValues": [""],
        },
    }


def write_csv(columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> str:
    """RFC 4180 text with a header line; a missing value is an empty field. No spreadsheet takes a
    text in it for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(name for name, _kind in columns)
    writer.writerows([_cell(row[name]) for name, _kind in columns] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> str:
    """Numbers, days and yes or no of our own stay what they are; a text is shown, not computed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal | date):
        return str(value)
    if isinstance(value, dict | list):
        return spreadsheet.harmless(json.dumps(value, ensure_ascii=False, sort_keys=True))
    return spreadsheet.harmless(str(value))


def as_json(columns: Sequence[Column], row: Mapping[str, Any]) -> dict[str, Any]:
    """A row for programs: nothing is put before a sign here."""
    return {name: _plain(row[name]) for name, _kind in columns}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | dict | list | str):
        return value
    return str(value)


def write_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def write_zip(dossier: Dossier) -> bytes:
    """The whole package in one file; the same dossier gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_named(NAME), write_json(package(dossier)))
        for table in tables(dossier):
            content = write_csv(table.columns, table.rows)
            archive.writestr(_named(f"data/{table.name}.csv"), content)
    return out.getvalue()


def _named(name: str) -> zipfile.ZipInfo:
    about = zipfile.ZipInfo(name, _FIRST)
    about.compress_type = zipfile.ZIP_DEFLATED
    return about
