"""What an exchange record must be to be entered at the desk, beyond what every record must be.

Pure. A text is one line of words without commands of a spreadsheet, without anybody's NIP or NIK
(docs/decisions/0038-personal-numbers.md), and names no report. What rests on a report or on
somebody who must not be named says so with the words of `CONFIDENTIAL`, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from timbang.law.bilingual import Bilingual
from timbang.law.vocabulary import FIRST_DAY
from timbang.registry import exchange, numbers, opening, places
from timbang.registry.exchange import Exchange

CONFIDENTIAL: Final = "Keterangan rahasia, dipegang kantor yang mencatat"
# Signs that each text may have.
LONGEST: Final[Mapping[str, int]] = MappingProxyType(
    {
        "giver": 200, "giver_id": 500, "giver_role": 120, "receiver": 200, "receiver_id": 500,
        "description": 2000, "budget_line": 120, "through": 200, "through_id": 500,
        "expected": 500, "returned_by": 160, "returns": 160, "evidence": 1000,
    }
)  # fmt: skip
MOST_VALUE: Final = 1e15
MOST_PEOPLE: Final = 10_000_000
_SHORTEST_EVIDENCE: Final = 5
_NUMBER: Final = re.compile(r"(?<!\d)\d(?:[ ]?\d){15}(?:[ ]?\d[ ]?\d)?(?!\d)")
_ROW: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_CASE: Final = re.compile(r"\bL-\d{1,7}/\d{4}\b|\b\d{1,7}/([A-Z0-9-]{2,64})/\d{4}\b", re.IGNORECASE)
# The marks by which text is written in the other direction, which hide what it says.
_TURNED: Final = re.compile(r"[\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1f\x7f]")

_WORDS: Final = ("description", "expected", "evidence", "giver_role", "budget_line")

Problem = tuple[str, Bilingual]


def cleaned(record: Exchange) -> Exchange:
    """The same record with its texts on one line; an empty one is None, or "" where it must be;
    the region has its code of today."""
    told: dict[str, Any] = {}
    for field in fields(Exchange):
        value = getattr(record, field.name)
        if isinstance(value, str):
            text = " ".join(_TURNED.sub("", value).split())
            told[field.name] = text or (None if field.default is None else "")
    if told.get("region_code"):
        told["region_code"] = places.code_of_today(told["region_code"]) or told["region_code"]
    return replace(record, **told)


def problems(record: Exchange, *, today: date, organs: frozenset[str]) -> list[Problem]:
    """What keeps a record from being entered, each with the name of its field ("": the whole).

    `organs` are codes of offices, in capitals: by them the number of a case is known for one.
    """
    found = [("", problem) for problem in exchange.problems(replace(record, exchange_id="-"))]
    found += _days(record, today)
    found += _amounts(record)
    for name, longest in LONGEST.items():
        found += [(name, said) for said in _text(getattr(record, name) or "", longest, today)]
    found += [(name, _REPORT) for name in naming_cases(record, organs)]
    return found


def _days(record: Exchange, today: date) -> Iterator[Problem]:
    if record.given_on is not None and not FIRST_DAY <= record.given_on <= today:
        words = {"first": FIRST_DAY.isoformat(), "today": today.isoformat()}
        yield "given_on", _DAY.format(**words)


def _amounts(record: Exchange) -> Iterator[Problem]:
    if record.value is not None and record.value > MOST_VALUE:
        yield "value", _HUGE
    if record.group_size is not None and record.group_size > MOST_PEOPLE:
        yield "group_size", _MANY
    if record.region_code is not None and record.region_code not in places.codes():
        yield "region_code", _REGION
    if record.evidence and len(record.evidence) < _SHORTEST_EVIDENCE:
        yield "evidence", _EVIDENCE


def _text(text: str, longest: int, today: date) -> Iterator[Bilingual]:
    if len(text) > longest:
        yield _LONG.format(longest=longest, length=len(text))
    if opening.is_formula(text):
        yield _FORMULA
    if holds_personal(text, today):
        yield _PERSONAL


def with_personal_numbers(record: Exchange, today: date) -> list[str]:
    """The fields in which somebody's NIP or NIK seems to stand."""
    return [
        field.name
        for field in fields(Exchange)
        if isinstance(text := getattr(record, field.name), str) and holds_personal(text, today)
    ]


def naming_cases(record: Exchange, organs: Collection[str]) -> list[str]:
    """The fields in which the number of a case, a lead or a report stands."""
    return [name for name in _WORDS if _names_a_case(getattr(record, name) or "", organs)]


def holds_personal(text: str, today: date) -> bool:
    """Whether somebody's NIP or NIK seems to stand in a text."""
    return any(_is_personal(match[0], today) for match in _NUMBER.finditer(text))


def _is_personal(digits: str, today: date) -> bool:
    number = numbers.parse(digits, today=today)
    return number is not None and number.born is not None


def _names_a_case(text: str, organs: Collection[str]) -> bool:
    if _ROW.search(text):
        return True
    return any(match[1] is None or match[1].upper() in organs for match in _CASE.finditer(text))


_DAY: Final = Bilingual(
    "tanggal antara {first} dan hari ini, {today}; kosongkan jika tidak diketahui",
    "a day between {first} and today, {today}; leave it empty when it is not known",
)
_HUGE: Final = Bilingual(
    "nilai di atas seribu triliun rupiah: periksa nolnya",
    "a value above a thousand trillion rupiah: check the zeros",
)
_MANY: Final = Bilingual(
    "kelompok di atas sepuluh juta orang: periksa nolnya",
    "a group of more than ten million people: check the zeros",
)
_REGION: Final = Bilingual(
    "tidak ada provinsi, kabupaten, atau kota dengan kode ini",
    "there is no province, regency or city with this code",
)
_EVIDENCE: Final = Bilingual(
    "sebutkan bukti dengan lebih jelas: apa, dari mana, kapan",
    "say more clearly what the evidence is: what, from where, when",
)
_LONG: Final = Bilingual(
    "{length} tanda; paling banyak {longest}", "{length} signs; at most {longest}"
)
_FORMULA: Final = Bilingual(
    "teks yang dimulai seperti rumus lembar sebar (=, +, -, @): tulis kata dulu",
    "a text that begins like a formula of a spreadsheet (=, +, -, @): begin with a word",
)
_PERSONAL: Final = Bilingual(
    "ini seperti NIP atau NIK; nomor pribadi tidak ditulis di sini",
    "this looks like a NIP or NIK; personal numbers are not written here",
)
_REPORT: Final = Bilingual(
    "jangan sebut nomor kasus, indikasi, atau laporan; pilih keterangan rahasia",
    "name no case, lead or report by its number; choose the confidential statement",
)
