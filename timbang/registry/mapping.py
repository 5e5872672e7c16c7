"""Tables from columns: a mapping says which column of a file becomes which column of ours.

Names are compared without case, blanks and marks: `Nama Paket`, `nama_paket` and `NAMA-PAKET` are
one. A column that nothing takes is counted as not kept. Sources name their columns in
`source.yaml`; a plain CSV brings a mapping of its own (`timbang load plain --mapping FILE`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from timbang.law.yaml_file import Yaml
from timbang.registry import numbers, places, schema, values
from timbang.registry.reading_records import Context, MakeReader, Out, Reader, Refused

READS: Final = (
    "region",
    "word",
    "constant",
    "masked",
    "hashed",
    "number_kind",
    "birth_year",
    "year",
    "json",
)
CHECKS: Final = ("sum", "order", "same")
_LONGEST_TEXT: Final = 20_000


@dataclass(frozen=True, slots=True)
class Field:
    """How one column is filled. `names` are tried in turn; the first that the file has counts.

    `read` is "" for the kind of the column. `words` maps what is written to what is kept;
    `units` multiplies amounts by the column they came from.
    """

    column: str
    names: tuple[str, ...]
    kind: str
    read: str
    required: bool
    words: Mapping[str, str]
    strict: bool
    units: Mapping[str, int]
    decimals: Mapping[str, str]
    billions: bool
    bare: str
    value: str
    same_as: tuple[str, ...]
    missing_is_odd: bool


@dataclass(frozen=True, slots=True)
class Order:
    """Two days of which the first comes first; the doubt where it does not."""

    first: str
    then: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Columns that add up to the total, but for rounding; `minus` are taken away."""

    parts: tuple[str, ...]
    minus: tuple[str, ...]
    total: str


@dataclass(frozen=True, slots=True)
class TableMapping:
    """One table that records fill; a row is made only when one of `only_if` is known."""

    table: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    only_if: tuple[str, ...]
    orders: tuple[Order, ...]
    sums: tuple[Sum, ...]


# --- the file -----------------------------------------------------------------------------------


def read(item: Yaml) -> TableMapping:
    """One entry of `tables`. Raises `YamlError`, which says file and line."""
    found = item.fields(("table", "key", "fields"), ("only_if", "orders", "sums"))
    table = schema.tables()[found["table"].one_of(tuple(schema.tables()))]
    kinds = {column.name: column.kind for column in table.columns}
    fields = []
    for name, value in found["fields"].mapping().items():
        if name not in kinds:
            raise value.error(f"'{name}' is not a column of {table.name}: {', '.join(kinds)}")
        fields.append(_field(name, kinds[name], value))
    filled = {field.column for field in fields}
    key = found["key"].texts()
    for name in (*key, *(found["only_if"].texts() if "only_if" in found else ())):
        if name not in filled:
            raise item.error(f"'{name}' is in no field")
    return TableMapping(
        table=table.name,
        key=key,
        fields=tuple(fields),
        only_if=found["only_if"].texts() if "only_if" in found else (),
        orders=tuple(map(_order, found["orders"].items())) if "orders" in found else (),
        sums=tuple(map(_sum, found["sums"].items())) if "sums" in found else (),
    )


def _field(column: str, kind: str, item: Yaml) -> Field:
    found = item.fields(
        (),
        (
            "from", "read", "required", "words", "strict", "units", "decimals", "billions", "bare",
            "value", "same_as", "missing_is_odd",
        ),
    )  # fmt: skip
    way = found["read"].one_of(READS) if "read" in found else ""
    names = found["from"].texts() if "from" in found else ()
    if bool(names) == (way == "constant"):
        raise item.error("a field has 'from', or 'read: constant' and 'value'")

    def pairs(name: str) -> Mapping[str, Yaml]:
        return found[name].mapping() if name in found else {}

    return Field(
        column=column,
        names=names,
        kind=kind,
        read=way,
        required=found["required"].flag() if "required" in found else False,
        words={plain(key): value.text() for key, value in pairs("words").items()},
        strict=found["strict"].flag() if "strict" in found else False,
        units={plain(key): value.number() for key, value in pairs("units").items()},
        decimals={
            plain(key): value.one_of(("point", "comma", "either"))
            for key, value in pairs("decimals").items()
        },
        billions=found["billions"].flag() if "billions" in found else False,
        bare=found["bare"].one_of(("regency", "city")) if "bare" in found else "",
        value=found["value"].text() if "value" in found else "",
        same_as=found["same_as"].texts() if "same_as" in found else (),
        missing_is_odd=found["missing_is_odd"].flag() if "missing_is_odd" in found else False,
    )


def _order(item: Yaml) -> Order:
    found = item.fields(("first", "then"), ("doubt",))
    doubt = found["doubt"].one_of(tuple(values.DOUBTS)) if "doubt" in found else "period_reversed"
    return Order(found["first"].text(), found["then"].text(), doubt)


def _sum(item: Yaml) -> Sum:
    found = item.fields(("parts", "total"), ("minus",))
    minus = found["minus"].texts() if "minus" in found else ()
    return Sum(found["parts"].texts(), minus, found["total"].text())


def plain(name: str) -> str:
    """A name for comparing: lower case, letters and digits only."""
    return re.sub(r"[^a-z0-9]+", "", name.lower())


# --- reading ------------------------------------------------------------------------------------

Cell = Callable[[str], tuple[Any, str | None]]


@dataclass(frozen=True, slots=True)
class _Bound:
    """A field tied to the column of this file that fills it; `key` None: no column does."""

    field: Field
    key: str | None
    cell: Cell
    beside: str | None


def maker(mappings: tuple[TableMapping, ...]) -> MakeReader:
    """What makes a reader that follows the mappings."""
    return partial(_make, mappings)


def _make(mappings: tuple[TableMapping, ...], context: Context) -> Reader:
    bound: dict[tuple[str, ...], list[tuple[TableMapping, list[_Bound]]]] = {}
    unused: dict[tuple[str, ...], list[str]] = {}

    def read_one(value: Mapping[str, Any], out: Out) -> None:
        shape = tuple(value)
        if shape not in bound:
            if len(bound) > 2_000:  # objects of ever new shapes must not fill the memory
                bound.clear()
            bound[shape], unused[shape] = _bind(mappings, shape, context)
        rows = [_row(value, mapped, fields, context) for mapped, fields in bound[shape]]
        key = _key(mappings[0], rows[0][0])
        out.begin(key)
        for mapped, (row, doubts) in zip(mappings, rows, strict=True):
            if mapped.only_if and all(row.get(name) is None for name in mapped.only_if):
                continue
            own = key if mapped is mappings[0] else f"{key}/{mapped.table}"
            out.add(mapped.table, row, own, doubts)
        for name in unused[shape]:
            if value[name] not in (None, ""):
                out.not_kept[name[:60]] += 1

    return read_one


def _bind(
    mappings: tuple[TableMapping, ...], shape: tuple[str, ...], context: Context
) -> tuple[list[tuple[TableMapping, list[_Bound]]], list[str]]:
    """Raises `Refused` when a required column is in none of the names of the file."""
    by_name: dict[str, str] = {}
    for written in shape:
        by_name.setdefault(plain(written), written)
    used: set[str] = set()

    def find(names: tuple[str, ...]) -> str | None:
        key = next((by_name[plain(name)] for name in names if plain(name) in by_name), None)
        if key is not None:
            used.add(key)
        return key

    found = []
    for mapped in mappings:
        fields = []
        for field in mapped.fields:
            key, beside = find(field.names), find(field.same_as)
            if key is None and field.required:
                raise Refused(f"no column for '{field.column}'; allowed: {', '.join(field.names)}")
            fields.append(_Bound(field, key, _cell(field, key, context), beside))
        found.append((mapped, fields))
    return found, [written for written in shape if written not in used]


def _row(
    value: Mapping[str, Any], mapped: TableMapping, fields: list[_Bound], context: Context
) -> tuple[dict[str, Any], list[str]]:
    row: dict[str, Any] = {}
    doubts: list[str] = []
    for bound in fields:
        field = bound.field
        written = _written(value[bound.key]) if bound.key is not None else ""
        found, doubt = bound.cell(written)
        if doubt and doubt not in doubts:
            doubts.append(doubt)
        if found is None and field.required:
            shape = values.shape_of(written)
            raise Refused(f"'{bound.key}' is empty or not readable: {shape}")
        if field.read == "region" and not _is_today(found, doubt) and not values.is_empty(written):
            row[schema.REGION_WRITTEN] = _text(written)[0]
        if found is None and field.missing_is_odd and doubt is None:
            doubts.append("amount_missing")
        if bound.beside is not None and found is not None and not _same(value, bound):
            doubts.append("amount_differs")
        row[field.column] = found
    unsaid = row.get("region_code") is None and schema.REGION_WRITTEN not in row
    # A region that is written and not known stays unknown: it is not the one of the command.
    if context.region and unsaid and "region_code" in _columns(mapped):
        row["region_code"] = context.region
    _compare(row, mapped, doubts)
    return row, doubts


def _is_today(code: Any, doubt: str | None) -> bool:
    """Whether a region was written by a code or a name that it has today."""
    return code is not None and doubt != places.FORMER


def _columns(mapped: TableMapping) -> tuple[str, ...]:
    return schema.tables()[mapped.table].names


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return format(value, "f").rstrip("0").rstrip(".") if abs(value) < 1e16 else repr(value)
    return json.dumps(value, ensure_ascii=False)


def _same(value: Mapping[str, Any], bound: _Bound) -> bool:
    """Whether the text beside it says the same figure, units aside (`2.277,20 M` and `2277.2`)."""
    beside = re.sub(r"[^\d.,()-]", "", _written(value[bound.beside or ""]))
    if not beside:
        return True
    here = values.amount(_written(value[bound.key or ""]), decimal=_mark(bound.field, bound.key))[0]
    ways = {values.amount(beside, decimal=way)[0] for way in ("point", "comma")}
    return here in ways or here is None


def _mark(field: Field, key: str | None) -> str:
    return field.decimals.get(plain(key or ""), "either")


def _compare(row: dict[str, Any], mapped: TableMapping, doubts: list[str]) -> None:
    for order in mapped.orders:
        first, then = row.get(order.first), row.get(order.then)
        if first is not None and then is not None and then < first:
            doubts.append(order.doubt)
    for total in mapped.sums:
        parts = [row.get(name) for name in total.parts]
        if row.get(total.total) is None or any(part is None for part in parts):
            continue
        less = sum(row.get(name) or 0 for name in total.minus)
        if abs(sum(part for part in parts if part) - less - row[total.total]) > 1:
            doubts.append("sum_differs")


def _key(mapped: TableMapping, row: Mapping[str, Any]) -> str:
    parts = []
    for name in mapped.key:
        part = row.get(name)
        parts.append("" if part is None else str(part).replace("\\", "\\\\").replace("/", "\\/"))
    if not any(parts):
        raise Refused(f"no key: {', '.join(mapped.key)} are all empty")
    return "/".join(parts)


def _cell(field: Field, key: str | None, context: Context) -> Cell:
    if field.read == "constant":
        return lambda written: (field.value, None)
    if key is None:
        return lambda written: (None, None)
    return _ways(field, key, context)


def _ways(field: Field, key: str, context: Context) -> Cell:
    if field.read == "region":
        return partial(_region, field)
    if field.read == "word":
        return partial(_word, field)
    if field.read == "json":
        return _json
    if field.read in ("masked", "hashed", "number_kind", "birth_year"):
        return partial(_number, field.read, context)
    if field.read == "year":
        return _year
    if field.kind in ("amount", "number"):
        return partial(
            values.amount,
            decimal=_mark(field, key),
            unit=field.units.get(plain(key), 1),
            billions=field.billions,
        )
    plain_ways: Mapping[str, Cell] = {
        "text": _text, "day": values.day, "whole": values.whole, "flag": values.flag,
    }  # fmt: skip
    return plain_ways[field.kind]


def _text(written: str) -> tuple[str | None, str | None]:
    text = " ".join(written.split())
    if text.lower() in values.EMPTY:
        return None, None
    if len(text) > _LONGEST_TEXT:
        return text[:_LONGEST_TEXT], "text_cut"
    return text, None


def _region(field: Field, written: str) -> tuple[str | None, str | None]:
    return places.region(written, bare=field.bare)


def _word(field: Field, written: str) -> tuple[str | None, str | None]:
    text = " ".join(written.split())
    if text.lower() in values.EMPTY:
        return None, None
    found = field.words.get(plain(text))
    if found is not None:
        # "~" before the kept word: the spelling is a damaged one.
        return (found[1:], "spelling") if found.startswith("~") else (found, None)
    return text, "word_unknown" if field.strict else None


def _json(written: str) -> tuple[str | None, str | None]:
    return (written or None), None


def _year(written: str) -> tuple[int | None, str | None]:
    """A year by itself, or that of a day."""
    number, doubt = values.whole(written)
    if number is None and doubt:
        day, _ = values.day(written)
        return (day.year, None) if day else (None, doubt)
    if number is not None and not 1900 <= number < 2100:
        return None, "day_unreadable"
    return number, doubt


# A day, with an hour behind it perhaps; no personal number is written so.
_DAY_FIRST: Final = re.compile(r"\s*\d{1,4}[-/]\d{1,2}[-/]\d{1,4}")


def _number(way: str, context: Context, written: str) -> tuple[Any, str | None]:
    """Personal numbers are never kept as written; one of no known shape is hashed all the same."""
    digits = re.sub(r"\D", "", written)
    if way == "birth_year" and (len(digits) <= 8 or _DAY_FIRST.match(written)):
        return _year(written)
    if not digits:
        return None, None if values.is_empty(written) else "number_odd"
    found = numbers.parse(digits, today=context.today, regions=places.known_codes())
    if way == "hashed":
        return numbers.keyed_hash(digits, context.secret), None
    if way == "masked":
        shown = found.masked if found else "*" * len(digits)
        return shown, "number_odd" if found is None or found.odd else None
    if found is None:
        return None, "number_odd" if way == "birth_year" else None
    return (found.kind if way == "number_kind" else found.born and found.born.year), None
