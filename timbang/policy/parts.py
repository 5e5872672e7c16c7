"""The written parts of a dossier: what each asks for, and whether one is complete.

Pure; what is asked for stands in `parts.yaml`. A part is a few fields of text, and rows where there
can be several of a thing (options, evidence, who gains). Who finds none says so in words: *nobody
known* is an answer, an empty field is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, cast, get_args

from timbang.law import policy
from timbang.law.bilingual import Bilingual
from timbang.law.refusal import Refusal
from timbang.law.yaml_file import Yaml, load

Body = Mapping[str, Any]
Asked = Literal["text", "line", "money", "tick", "grade", "ground", "url", "day"]

MOST_ROWS: Final = 40
LONGEST_TEXT: Final = 20_000
LONGEST_LINE: Final = 300


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked for."""

    code: str
    label: Bilingual
    asked: Asked = "text"
    required: bool = True


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of part: its fields, or the fields of each of its rows and how many there must be."""

    code: str
    title: Bilingual
    step: str
    fields: tuple[Field, ...] = ()
    row: tuple[Field, ...] = ()
    at_least: int = 0


def _read(data: Yaml) -> Mapping[str, Kind]:
    found = [_kind(item) for item in data.items()]
    return MappingProxyType({kind.code: kind for kind in found})


def _kind(data: Yaml) -> Kind:
    row = data.fields(("code", "title"), ("step", "fields", "row", "at_least"))
    return Kind(
        row["code"].text(),
        row["title"].bilingual(),
        row["step"].text() if "step" in row else "",
        tuple(_field(item) for item in row["fields"].items()) if "fields" in row else (),
        tuple(_field(item) for item in row["row"].items()) if "row" in row else (),
        row["at_least"].number() if "at_least" in row else 0,
    )


def _field(data: Yaml) -> Field:
    row = data.fields(("code", "label"), ("asked", "required"))
    return Field(
        row["code"].text(),
        row["label"].bilingual(),
        cast(Asked, row["asked"].one_of(get_args(Asked))) if "asked" in row else "text",
        row["required"].flag() if "required" in row else True,
    )


KINDS: Final = _read(load(Path(__file__).parent / "parts.yaml"))
STUDY: Final = tuple(kind.code for kind in KINDS.values() if kind.step == "study")
# What a dossier is evaluated by stands here too, after a lane.
ALSO_AT: Final[Mapping[str, str]] = MappingProxyType({"evaluation": "lane_evaluation"})

NO_KIND = Bilingual("Tidak ada bagian “{kind}”.", "There is no part “{kind}”.")
MISSING = Bilingual("“{field}” belum diisi.", "“{field}” is not filled in.")
MISSING_IN_ROW = Bilingual(
    "Baris {row}: “{field}” belum diisi.", "Row {row}: “{field}” is not filled in."
)
TOO_LONG = Bilingual(
    "“{field}” terlalu panjang: paling banyak {most} huruf.",
    "“{field}” is too long: {most} letters at most.",
)
TOO_MANY = Bilingual("Paling banyak {most} baris.", "{most} rows at most.")
NO_GRADE = Bilingual(
    "“{grade}” bukan kekuatan bukti yang dikenal.", "“{grade}” is no known strength of evidence."
)
NO_GROUND = Bilingual(
    "“{ground}” bukan dasar pelaksanaan langsung yang dikenal.",
    "“{ground}” is no known ground of direct execution.",
)
NO_DAY = Bilingual(
    "“{field}”: tulis harinya seperti 2027-02-14.", "“{field}”: write the day as 2027-02-14."
)
NO_MONEY = Bilingual(
    "“{field}” adalah bilangan bulat rupiah, 0 atau lebih.",
    "“{field}” is a whole number of rupiah, 0 or more.",
)


def read(kind_code: str, given: Body) -> dict[str, Any]:
    """A part as it is kept: known fields only, trimmed; an empty row is dropped.

    Raises `Refusal` that names the field and the row. A part may still be incomplete in what it
    does not have yet (`complete`), but nothing in it is wrong.
    """
    kind = KINDS.get(kind_code)
    if kind is None:
        raise Refusal(NO_KIND.format(kind=kind_code[:40]))
    body = {found.code: _value(found, given.get(found.code)) for found in kind.fields}
    for found in kind.fields:
        if found.required and body[found.code] in ("", None):
            raise Refusal(MISSING.format(field=found.label))
    if kind.row:
        body["rows"] = _rows(kind, given.get("rows") or [])
    return body


def _rows(kind: Kind, given: Sequence[Body]) -> list[dict[str, Any]]:
    rows = [
        {found.code: _value(found, each.get(found.code)) for found in kind.row} for each in given
    ]
    kept = [row for row in rows if any(value not in ("", None, False) for value in row.values())]
    if len(kept) > MOST_ROWS:
        raise Refusal(TOO_MANY.format(most=MOST_ROWS))
    for place, row in enumerate(kept, 1):
        for found in kind.row:
            if found.required and row[found.code] in ("", None):
                raise Refusal(MISSING_IN_ROW.format(row=place, field=found.label))
    return kept


def _value(field: Field, given: object) -> Any:
    if field.asked == "tick":
        return given is True or given in ("on", "true", "1")
    if field.asked == "money":
        return _money(field, given)
    text = str(given or "").replace("\r\n", "\n").strip()
    most = LONGEST_TEXT if field.asked == "text" else LONGEST_LINE
    if len(text) > most:
        raise Refusal(TOO_LONG.format(field=field.label, most=most))
    if field.asked == "ground" and text and text not in policy.GROUNDS:
        raise Refusal(NO_GROUND.format(ground=text[:40]))
    if field.asked == "day" and text:
        _check_day(field, text)
    if field.asked == "grade" and text and text not in policy.GRADES:
        raise Refusal(NO_GRADE.format(grade=text[:40]))
    return text


def _check_day(field: Field, text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise Refusal(NO_DAY.format(field=field.label)) from None


def _money(field: Field, given: object) -> int | None:
    if given in ("", None):
        return None
    text = str(given).replace(".", "").replace(" ", "").removeprefix("Rp")
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Refusal(NO_MONEY.format(field=field.label))
    return int(text)


def complete(kind_code: str, body: Body | None) -> bool:
    """Whether a part has all that its kind asks for."""
    kind = KINDS[kind_code]
    if body is None:
        return False
    if any(found.required and body.get(found.code) in ("", None) for found in kind.fields):
        return False
    rows = body.get("rows", [])
    if len(rows) < kind.at_least:
        return False
    return kind_code != "options" or _weighs_doing_nothing(rows)


def _weighs_doing_nothing(rows: Sequence[Body]) -> bool:
    """At least two options, and beside them doing nothing."""
    nothing = sum(bool(row.get("nothing")) for row in rows)
    return nothing >= 1 and len(rows) - nothing >= 2


def missing_of(bodies: Mapping[str, Body], kinds: Sequence[str]) -> list[Kind]:
    """The kinds that are not complete yet, in their order."""
    return [KINDS[code] for code in kinds if not complete(code, bodies.get(code))]


def graded(body: Body | None) -> bool:
    """Whether each piece of evidence has its grade and its source."""
    rows = body.get("rows", []) if body else []
    return bool(rows) and all(row.get("grade") and row.get("source") for row in rows)
