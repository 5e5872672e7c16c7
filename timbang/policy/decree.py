"""A decision as a decree: Menimbang, Mengingat, Memutuskan, from what stands in the dossier. Pure.

Made of the parts that the drafter wrote, line by line. Where he wrote none it says that, and
borrows nothing from other parts: what nobody wrote as the text of a decree is none. In the lane its
words come after, with what is owed and until when it holds. A decree is in Indonesian: the text
that counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from timbang.law import policy
from timbang.law.letter_forms import Kind
from timbang.law.letters import Check, Letter, Organ, Signatory, long_date

Bodies = Mapping[str, Mapping[str, Any]]
# What the drafter may have put before a point himself: the form numbers them anew.
_NUMBERED: Final = re.compile(
    r"(?:\(?[a-z0-9]{1,2}[.)]|[-•*]|KE(?:SATU|DUA|TIGA|EMPAT|LIMA|ENAM|TUJUH|DELAPAN|SEMBILAN|"
    r"SEPULUH)(?: BELAS)?\s*:)\s+"
)
NONE: Final = "Tidak ditulis: berkas kebijakan tidak memuat bagian “{part}”."
TITLES: Final = {"considering": "Menimbang", "regard": "Mengingat", "decides": "Memutuskan"}
GROUND: Final = "(dasar pelaksanaan langsung, disebut oleh register ini)"
OURS: Final = "aturan register ini, bukan hukum"


@dataclass(frozen=True, slots=True)
class Lane:
    """What the words about direct execution say, and what is owed, each with its last day."""

    ground: str
    because: str
    scope: str
    rights: str
    sunset_on: date
    owed: tuple[tuple[str, date], ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """Who decided what and when; `check` is where anyone can hold a copy against the log."""

    organ: str
    title: str
    dossier: str
    number: str
    place: str
    post: str
    on: date
    check: str


def letter_of(decided: Decided, bodies: Bodies, lane: Lane | None = None) -> Letter:
    """The decree as a letter in the form that other decisions have."""
    return Letter(
        kind=Kind.DECISION,
        organ=Organ(decided.organ),
        dated_on=decided.on,
        place=decided.place,
        number=decided.number,
        subject=decided.title,
        confidential=False,
        considering=tuple(considering(bodies, lane)),
        having_regard_to=tuple(regard(bodies, lane)),
        decides=tuple(decides(bodies, lane)),
        signatory=Signatory(post=decided.post),
        check=Check(decided.check, decided.dossier),
        draft=False,
    )


def points(text: str) -> list[str]:
    """The lines of a text, each a point, without the number that its writer gave it."""
    lines = (line.strip() for line in text.replace("\r", "\n").split("\n"))
    return [_NUMBERED.sub("", line, count=1) for line in lines if line]


def missing(bodies: Bodies) -> list[str]:
    """The titles of the parts that the drafter did not write."""
    return [title for kind, title in TITLES.items() if not points(_text(bodies, kind))]


def considering(bodies: Bodies, lane: Lane | None = None) -> list[str]:
    """Menimbang."""
    found = _written(bodies, "considering")
    if lane is not None:
        rights = (f"Hak yang tersentuh: {each}" for each in points(lane.rights))
        found += [*points(lane.because), *rights]
    return found


def regard(bodies: Bodies, lane: Lane | None = None) -> list[str]:
    """Mengingat; for the lane its ground, with the norm that was read or that none was found."""
    found = _written(bodies, "regard")
    if lane is not None:
        ground = policy.GROUNDS[lane.ground]
        said = ground.citation or (ground.reason["id"] if ground.reason else "")
        found += [f"{said} {GROUND}"] if said and said not in found else []
    return list(dict.fromkeys(found))


def decides(bodies: Bodies, lane: Lane | None = None) -> list[str]:
    """Memutuskan; for the lane how far it goes, the day on which it ends and what is owed."""
    found = _written(bodies, "decides")
    if lane is None:
        return found
    found += points(lane.scope)
    found.append(
        "Tindakan ini dilaksanakan langsung dan berlaku paling lama sampai "
        f"{_day(lane.sunset_on)}; yang tidak disahkan sampai hari itu gugur dalam register ini "
        f"({OURS})."
    )
    if lane.owed:
        owed = "; ".join(f"{title} paling lambat {_day(day)}" for title, day in lane.owed)
        found.append(f"Langkah yang dilewati tetap wajib dipenuhi: {owed}.")
    return found


def _written(bodies: Bodies, kind: str) -> list[str]:
    """What the drafter wrote, or that he wrote none."""
    return points(_text(bodies, kind)) or [NONE.format(part=TITLES[kind])]


def _text(bodies: Bodies, kind: str) -> str:
    return str(bodies.get(kind, {}).get("text", ""))


def _day(day: date) -> str:
    return long_date(day, "id")
