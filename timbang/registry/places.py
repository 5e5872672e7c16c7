"""Which region a name or a code means: by the shipped lists, never by likeness.

A source writes *Kab. Blitar*, *Kota_Blitar*, *BLITAR*, `35.05`, `3505`, *Prov. Jawa Timur*. A bare
name that only one region bears is that region. One that a regency and a city bear is ambiguous
unless the source says what it is used to mean. A code or name that a region had before
(`region_changes`) means that region, and is told as `FORMER`; what is borne today goes first.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from timbang.law.refusal import Refusal
from timbang.registry import region_changes
from timbang.registry.region_changes import RECODED, RENAMED, Changes

FORMER: Final = "region_former"
FILE: Final = Path(__file__).with_name("data") / "regions.csv"
# In the folder of the tables: regions of this installation that no shipped list has.
OWN_FILE: Final = "regions.csv"
_COLUMNS: Final = ("code", "name", "kind", "parent", "time_zone")
_own: list[Path] = []
_WORDS: Final = (
    (re.compile(r"^(kabupaten|kab\.?)(?=[ _.])[ _.]*", re.IGNORECASE), "regency"),
    (re.compile(r"^(kota|kodya|kotamadya)(?=[ _.])[ _.]*", re.IGNORECASE), "city"),
    (re.compile(r"^(provinsi|propinsi|prov\.?)(?=[ _.])[ _.]*", re.IGNORECASE), "province"),
    (
        re.compile(
            r"^(pemerintah(an)?( daerah)?|pemda|pemkab|pemkot|pemprov)[ _.]+", re.IGNORECASE
        ),
        "",
    ),
)
# Names that provinces bear besides the official one, as they are compared.
_ALIASES: Final = {"dkijakarta": "31", "diyogyakarta": "34"}
_CODE: Final = re.compile(r"(\d{2})\.?(\d{2})?\Z")


def take_in(path: Path) -> None:
    """Know the regions of this file too, where there is one, beside the shipped ones.

    It has the columns of the shipped list. A region that was made after that list was written, or
    an invented one, stands there.
    """
    _own[:] = [path]
    codes.cache_clear()
    _by_name.cache_clear()


def _rows() -> Iterator[dict[str, str]]:
    """Raises Refusal where the own file is not what it must be."""
    seen: set[str] = set()
    for path in (FILE, *(own for own in _own if own.exists())):
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            if tuple(reader.fieldnames or ()) != _COLUMNS:
                raise Refusal(f"{path}:1: the columns must be {','.join(_COLUMNS)}")
            for row in reader:
                if not _CODE.match(row["code"]) or row["code"] in seen or not row["kind"]:
                    raise Refusal(
                        f"{path}:{reader.line_num}: '{row['code']}' is no code such as 99.01, or "
                        "stands already, or has no kind"
                    )
                seen.add(row["code"])
                yield row


@cache
def codes() -> Mapping[str, str]:
    """Codes of all provinces, regencies and cities with their official names."""
    return MappingProxyType({row["code"]: row["name"] for row in _rows()})


def kind_of(code: str) -> str:
    """What a region of this code is: province, regency or city."""
    below = code.partition(".")[2]
    if not below:
        return "province"
    return "city" if below.startswith("7") else "regency"


@cache
def _by_name() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in _rows():
        _, name = _split(row["name"])
        kinds = found.setdefault(name, {})
        kinds[row["kind"]] = (*kinds.get(row["kind"], ()), row["code"])
    return found


@cache
def changes() -> Changes:
    """How the regions came to be what they are. Raises `YamlError`."""
    return region_changes.read(region_changes.FILE, codes())


@cache
def former_codes() -> Mapping[str, str]:
    """Codes that no region has any more, each with the code that it has today."""
    found = (each for each in changes().all if each.kind == RECODED)
    return MappingProxyType({each.former: each.code for each in found})


@cache
def _former_names() -> Mapping[tuple[str, str], frozenset[str]]:
    """The codes of today by a kind ("" for any) and a name that is borne no more."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for each in changes().all:
        if each.kind == RENAMED:
            kind, name = _split(each.former)
            for key in {(kind or "province", name), ("", name)}:
                found[key] = found.get(key, frozenset()) | {each.code}
    return MappingProxyType(found)


def known_codes() -> frozenset[str]:
    """Every code that a region has or had: numbers of persons keep the one of their time."""
    return frozenset(codes()) | frozenset(former_codes())


def code_of_today(code: str) -> str | None:
    """The code that a region has today, from that one or from an old one; None for no region's."""
    return code if code in codes() else former_codes().get(code)


def _split(written: str) -> tuple[str, str]:
    """The kind that a name begins with ("" when it does not say) and the rest, for comparing."""
    text, kind = written.strip().replace("_", " "), ""
    for pattern, meaning in (_WORDS[3], *_WORDS[:3]):
        found = pattern.match(text)
        if found:
            lowered = found[0].strip().lower()
            kind = meaning or {"pemkab": "regency", "pemkot": "city", "pemprov": "province"}.get(
                lowered, kind
            )
            text = text[found.end() :]
    return kind, re.sub(r"[^a-z]", "", text.lower())


def region(written: str, *, bare: str = "") -> tuple[str | None, str | None]:
    """The code that a name or a code means, and a doubt (see `values.DOUBTS`).

    `bare` is the kind that the source means where a regency and a city bear the name and it says
    neither: "regency", "city", or "" when it has no such custom.
    """
    text = written.strip()
    if not text:
        return None, None
    code = _CODE.match(text)
    if code:
        found = code[1] + (f".{code[2]}" if code[2] else "")
        if found in former_codes():
            return former_codes()[found], FORMER
        return (found, None) if found in codes() else (None, "region_unknown")
    kind, name = _split(text)
    today = _today(kind, name, bare)
    if today[1] == "region_unknown":
        before = _former_names().get((kind, name), frozenset())
        if len(before) == 1:
            return min(before), FORMER
    return today


def _today(kind: str, name: str, bare: str) -> tuple[str | None, str | None]:
    """What a name means by the list of today."""
    if name in _ALIASES:
        return _ALIASES[name], None
    kinds = _by_name().get(name)
    if not kinds:
        return None, "region_unknown"
    if kind:
        return _only(kinds.get(kind, ()))
    every = tuple(found for some in kinds.values() for found in some)
    if len(every) == 1:
        return every[0], None
    if bare and len(kinds.get(bare, ())) == 1:
        return kinds[bare][0], "region_by_convention"
    return None, "region_ambiguous"


def _only(found: tuple[str, ...]) -> tuple[str | None, str | None]:
    if len(found) == 1:
        return found[0], None
    return None, "region_ambiguous" if found else "region_unknown"
