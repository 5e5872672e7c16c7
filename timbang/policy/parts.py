"""The written parts of a dossier: what each asks for, and whether one is complete.

Pure; what is asked for stands in `parts.yaml`. A part is a few fields of text, and rows where there
can be several of a thing (options, evidence, who gains). Who finds none says so in words: *nobody
known* is an answer, an empty field is not.

A part may be kept while it is short. It is complete once each field has as many different words as
`parts.yaml` asks for, and none of its texts stands in another field of the dossier. Words are
counted, not weighed: whether they make sense is not seen here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, cast, get_args

from timbang.law import policy
from timbang.law.bilingual import Bilingual, joined
from timbang.law.refusal import Refusal
from timbang.law.yaml_file import Yaml, load

Body = Mapping[str, Any]
Asked = Literal["text", "line", "money", "tick", "grade", "ground", "url", "day"]

MOST_ROWS: Final = 40
LONGEST_TEXT: Final = 20_000
LONGEST_LINE: Final = 300
# Shorter answers (*none*, *in line*) may honestly stand in several fields.
STANDS_ONCE_FROM: Final = 3


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked for."""

    code: str
    label: Bilingual
    asked: Asked = "text"
    required: bool = True
    words: int = 0
    repeats: bool = False

    @property
    def stands_once(self) -> bool:
        """Whether its text may stand in no other field of the dossier."""
        return self.words >= STANDS_ONCE_FROM and not self.repeats


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
    row = data.fields(("code", "label"), ("asked", "required", "words", "repeats"))
    asked = cast(Asked, row["asked"].one_of(get_args(Asked))) if "asked" in row else "text"
    written = asked in ("text", "line")
    if not written and "words" in row:
        raise row["words"].error("only a text or a line has words")
    return Field(
        row["code"].text(),
        row["label"].bilingual(),
        asked,
        row["required"].flag() if "required" in row else True,
        row["words"].number() if "words" in row else int(written),
        row["repeats"].flag() if "repeats" in row else False,
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

    Raises `Refusal` that names the field and the row. A part may still be short of what makes it
    `complete`, but nothing in it is wrong.
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


NOT_WRITTEN = Bilingual("belum ditulis", "not written")
TOO_SHORT = Bilingual(
    "“{field}”: {found} kata yang berbeda, sedikitnya {least}",
    "“{field}”: {found} different words, {least} at least",
)
TOO_FEW_ROWS = Bilingual("{found} baris, sedikitnya {least}", "{found} rows, {least} at least")
NO_OPTIONS = Bilingual(
    "sedikitnya dua pilihan, dan tidak berbuat apa-apa", "at least two options, and doing nothing"
)
IN_ROW = Bilingual("baris {row}, {fault}", "row {row}, {fault}")
EMPTY = Bilingual("“{field}” belum diisi", "“{field}” is not filled in")
SAME = Bilingual(
    "“{field}”: kata demi kata sama dengan “{other}” ({part}); tulis yang khusus di sini",
    "“{field}”: word for word the same as “{other}” ({part}); write what is particular here",
)
COPIED = Bilingual(
    "kata demi kata sama dengan berkas {number} kantor ini; tulis yang khusus untuk berkas ini",
    "word for word that of the dossier {number} of this office; write what is particular to this "
    "one",
)
OF_PART = Bilingual("{part}: {faults}", "{part}: {faults}")

_WORD: Final = re.compile(r"[^\W_]+(?:[.,/’'-][^\W_]+)*")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in their order, without case and signs. One letter is no word, nor is one
    letter three times or more (*UU* is one)."""
    found = _WORD.findall(text.casefold())
    return tuple(word for word in found if _is_word(word))


def _is_word(word: str) -> bool:
    signs = [sign for sign in word if sign.isalnum()]
    return len(signs) > 1 and (len(signs) == 2 or len(set(signs)) > 1 or signs[0].isdigit())


def different_words(text: str) -> int:
    return len(set(words_of(text)))


def faults(kind_code: str, body: Body | None) -> list[Bilingual]:
    """What a part lacks by itself, in words; empty for one that has all that its kind asks for."""
    kind = KINDS[kind_code]
    if body is None:
        return [NOT_WRITTEN]
    found = [fault for field in kind.fields for fault in _faults(field, body.get(field.code))]
    rows = body.get("rows", [])
    if len(rows) < kind.at_least:
        found.append(TOO_FEW_ROWS.format(found=len(rows), least=kind.at_least))
    elif kind_code == "options" and not _weighs_doing_nothing(rows):
        found.append(NO_OPTIONS)
    for place, row in enumerate(rows, 1):
        for field in kind.row:
            lacking = _faults(field, row.get(field.code))
            found += [IN_ROW.format(row=place, fault=fault) for fault in lacking]
    return found


def _faults(field: Field, value: Any) -> list[Bilingual]:
    if value in ("", None):
        return [EMPTY.format(field=field.label)] if field.required else []
    count = different_words(str(value)) if field.words else 0
    if count >= field.words:
        return []
    return [TOO_SHORT.format(field=field.label, found=count, least=field.words)]


def complete(kind_code: str, body: Body | None) -> bool:
    """Whether a part has, by itself, all that its kind asks for."""
    return not faults(kind_code, body)


def _weighs_doing_nothing(rows: Sequence[Body]) -> bool:
    """At least two options, and beside them doing nothing."""
    nothing = sum(bool(row.get("nothing")) for row in rows)
    return nothing >= 1 and len(rows) - nothing >= 2


def _texts(kind: Kind, body: Body) -> Iterator[tuple[Field, tuple[str, ...]]]:
    """The texts of a part that may stand in one place only."""
    told = [(field, body) for field in kind.fields]
    told += [(field, row) for row in body.get("rows", []) for field in kind.row]
    for field, row in told:
        said = words_of(str(row.get(field.code) or "")) if field.stands_once else ()
        if said:
            yield field, said


def repeated(bodies: Mapping[str, Body]) -> dict[str, list[Bilingual]]:
    """For each part of a dossier: which of its texts stand, word for word, in an earlier field."""
    first: dict[tuple[str, ...], tuple[Field, Kind]] = {}
    found: dict[str, list[Bilingual]] = {}
    # The words about direct execution are written before what they skip.
    for kind in sorted(KINDS.values(), key=lambda each: each.code != "lane"):
        for field, said in _texts(kind, bodies.get(kind.code, {})):
            if said not in first:
                first[said] = field, kind
                continue
            other, owner = first[said]
            words = {"field": field.label, "other": other.label, "part": owner.title}
            found.setdefault(kind.code, []).append(SAME.format(**words))
    return found


def print_of(kind_code: str, body: Body) -> str:
    """By what a part is known that is word for word another's; empty where it has no such text."""
    said = [" ".join(words) for _field, words in _texts(KINDS[kind_code], body)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest() if said else ""


def lacking(
    bodies: Mapping[str, Body], copied: Mapping[str, str] = MappingProxyType({})
) -> dict[str, list[Bilingual]]:
    """What each part of a dossier lacks; complete ones are left out. `copied`: parts that stand
    word for word in another dossier, with its number."""
    same = repeated(bodies)
    told = {
        code: [
            *faults(code, bodies.get(code)),
            *same.get(code, []),
            *([COPIED.format(number=copied[code])] if code in copied else []),
        ]
        for code in KINDS
    }
    return {code: found for code, found in told.items() if found}


def listed(lacking: Mapping[str, Sequence[Bilingual]], kinds: Sequence[str]) -> list[Bilingual]:
    """One sentence for each of these kinds that lacks something: its title, and what."""
    return [
        OF_PART.format(part=KINDS[code].title, faults=joined(list(lacking[code]), ", "))
        for code in kinds
        if code in lacking
    ]


def graded(body: Body | None) -> bool:
    """Whether each piece of evidence has its grade and its source."""
    rows = body.get("rows", []) if body else []
    return bool(rows) and all(row.get("grade") and row.get("source") for row in rows)
