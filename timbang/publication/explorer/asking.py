"""What a reader asks, from the address: `?kata=&wilayah=&tahun=&indikasi=&pemilu=&urut=&setelah=`.

A filter that cannot be (`tahun=x`) fits nothing, and the page names it: to leave it out would
answer another question than the one that was asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from timbang.publication.explorer.reading import NEWEST, ORDERS, Question

# The name in the address, and what it asks.
NAMES: Final[Mapping[str, str]] = {
    "kata": "words", "wilayah": "region", "instansi": "agency", "penyedia": "supplier",
    "tahun": "year", "metode": "method", "indikasi": "detector", "pemilu": "election",
    "urut": "order", "setelah": "after",
}  # fmt: skip
_SHAPES: Final[Mapping[str, re.Pattern[str]]] = {
    "region": re.compile(r"\d{2}(\.\d{2})?"),
    "agency": re.compile(r"[0-9a-f]{12}"),
    "supplier": re.compile(r"[0-9a-f]{12}"),
    "year": re.compile(r"\d{4}|unknown"),
    "method": re.compile(r"[a-z]{1,20}"),
    "detector": re.compile(r"[A-Za-z0-9_]{1,40}"),
    "election": re.compile(r"[a-z0-9-]{1,40}"),
}
_AFTER: Final = re.compile(r"\d{1,9}")
_MOST: Final = 100


def read(address: Mapping[str, str]) -> Question:
    """The question in an address; a filter of no possible shape makes it impossible."""
    told = _told(address)
    after = told["after"] if _AFTER.fullmatch(told["after"]) else "0"
    order = told["order"] if told["order"] in ORDERS else NEWEST
    impossible = bool(not_understood(address))
    given = {**told, "order": order, "after": int(after), "impossible": impossible}
    return Question(**given)  # type: ignore[arg-type]


def not_understood(address: Mapping[str, str]) -> list[str]:
    """The filters of an address that no value fits, as they stand there."""
    told = _told(address)
    return [
        f"{name}={told[field]}"
        for name, field in NAMES.items()
        if field in _SHAPES and told[field] and not _SHAPES[field].fullmatch(told[field])
    ]


def _told(address: Mapping[str, str]) -> dict[str, str]:
    return {field: address.get(name, "").strip()[:_MOST] for name, field in NAMES.items()}


def query(question: Question, **changed: object) -> str:
    """The question as an address again, with some answers changed."""
    told = {field: changed.get(field, getattr(question, field)) for field in NAMES.values()}
    told["order"] = "" if told["order"] == NEWEST else told["order"]
    return urlencode({name: told[field] for name, field in NAMES.items() if told[field]})
