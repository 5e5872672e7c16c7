"""The numbers of letters: what an organ's pattern may hold, and the number that it gives. Pure.

A pattern such as `{urut}/{kode}/{lembaga}/{romawi}/{tahun}` holds the running number, the kind of
letter and the year, so that no two letters of an organ can have the same. The codes of the kinds
are ours: an organ that has its own list writes numbers by hand, with an empty pattern.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from timbang.law.letter_forms import Kind

DEFAULT: Final = "{urut}/{kode}/{lembaga}/{romawi}/{tahun}"
LONGEST: Final = 120
NEEDED: Final = ("urut", "kode", "tahun")
PLACES: Final = (*NEEDED, "lembaga", "bulan", "romawi")
CODES: Final[Mapping[Kind, str]] = {
    Kind.STUDY: "KJN",
    Kind.RECOMMENDATION: "REK",
    Kind.FORWARDING: "PEN",
    Kind.QUESTION: "KET",
    Kind.CLOSING_NOT_PROVEN: "STT",
    Kind.FOLLOW_UP_WARNING: "PRG",
    Kind.OUTSIDE_FILE: "BKS",
    Kind.FIRST_SUMMONS: "PGL1",
    Kind.SECOND_SUMMONS: "PGL2",
    Kind.MINUTES: "BAP",
    Kind.REPORTER_QUESTION: "TNY",
    Kind.REPAIR_REQUEST: "PBK",
    Kind.DECISION: "KEP",
    Kind.DELIVERY_RECORD: "BAPN",
    Kind.BLOCKING_NOTICE: "BLK",
    Kind.RELEASE_NOTICE: "BBL",
    Kind.HAND_OVER_NOTE: "BAST",
    Kind.REPLY_TO_OBJECTION: "JKB",
    Kind.CUSTODY_LIST: "DBB",
}
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_PLACE: Final = re.compile(r"\{([^{}]*)\}")
# What a pattern may hold between its places, and what a number typed by hand may be.
_BETWEEN: Final = re.compile(r"[A-Za-z0-9./ \-]*")
_BY_HAND: Final = re.compile(r"(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9./ \-]{0,59}")


def faults(pattern: str) -> tuple[str, ...]:
    """What is wrong with a pattern, as codes: `needs:<place>`, `unknown:<place>`, `signs`, `long`.

    Empty for the empty pattern, which means that numbers are typed by hand.
    """
    if not pattern:
        return ()
    found = _PLACE.findall(pattern)
    wrong = [f"needs:{place}" for place in NEEDED if place not in found]
    wrong += [f"unknown:{place}" for place in found if place not in PLACES]
    if not _BETWEEN.fullmatch(_PLACE.sub("", pattern)):
        wrong.append("signs")
    # Two places that touch can give one number twice: 1 of the kind "1X", 11 of the kind "X".
    if "}{" in pattern:
        wrong.append("touch")
    if len(pattern) > LONGEST - 40:
        wrong.append("long")
    return tuple(wrong)


def number(pattern: str, *, place: int, kind: Kind, organ: str, on: date) -> str:
    """The number of the letter that has this place in its organ's year."""
    values = {
        "urut": f"{place:03}",
        "kode": CODES[kind],
        "lembaga": organ.upper()[:40],
        "bulan": f"{on.month:02}",
        "romawi": _ROMAN[on.month - 1],
        "tahun": str(on.year),
    }
    return _PLACE.sub(lambda found: values[found[1]], pattern)[:LONGEST]


def may_be_typed(text: str) -> bool:
    """Whether this can be the number of a letter: letters, digits, `/ . -`, and at least one digit.
    Nobody's name belongs into it: it is shown to whoever checks the letter."""
    return _BY_HAND.fullmatch(text) is not None
