"""Which organ is competent for a matter, by region, by the post of the reported person, on a day.

Pure: it proposes, with the norm and every doubt, and an officer chooses. The surprising fact: for
most kinds of organs no norm that was read divides the work between region and region. Then the
organ nearest to the place comes first, and the doubt says that this is our order and no law.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from timbang.accounts.codes import NATIONAL
from timbang.accounts.hierarchy import covers, wider
from timbang.law.bilingual import Bilingual
from timbang.law.recusal import GOVERNOR, HOME_MINISTER

_say = Bilingual
PostClass = Literal["secretary_of_regency", "secretary_of_province", "other", "unknown"]
_SECRETARY = re.compile(r"\b(sekda|sekretaris\s+daerah)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Body:
    """An organ as competence sees it. `ready`: it has a key, or a channel to the outside."""

    code: str
    kind: str
    region: str
    created_on: date
    closed_on: date | None
    ready: bool
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """What decides: the kind of organ that a step needs, the place, the post, the day."""

    kind: str
    region: str
    on: date
    post: PostClass = "unknown"


@dataclass(frozen=True, slots=True)
class Rule:
    """How the organs of one kind share their work, and where that is written, if anywhere."""

    says: Bilingual
    citation: str | None
    level: str
    doubts: tuple[Bilingual, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """An organ that may be competent, why, by which norm, and what is not sure about it."""

    code: str
    reason: Bilingual
    citation: str | None
    level: str
    doubts: tuple[Bilingual, ...]


NO_RULE = _say(
    "Pembagian menurut wilayah tidak ditemukan dalam sumber yang dibaca; urutan ini pilihan kami.",
    "How the work is shared by region stands in no source read; this order is ours.",
)
NEAREST = Rule(
    _say("lembaga sejenis yang terdekat dengan tempatnya", "the nearest office of this kind"),
    None,
    "none",
    (NO_RULE,),
)
RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "bawaslu": Rule(
            _say(
                "jajaran pengawas pada setiap tingkat menerima laporan",
                "supervisors of every level take reports",
            ),
            "UU 8/2015 ps 134(1)",
            "one_copy",
            (
                _say(
                    "Tingkat mana yang menangani bila beberapa berwenang tidak ditemukan; yang "
                    "terdekat didahulukan.",
                    "Which level handles it where several may was not found; the nearest comes "
                    "first.",
                ),
                _say(
                    "Pasal ini berlaku untuk Pemilihan; untuk Pemilu pembagian wilayahnya tidak "
                    "terbaca.",
                    "This article is about regional elections; for general elections how regions "
                    "share the work was not read.",
                ),
            ),
        ),
        "appointing_officer": Rule(
            _say(
                "Pejabat Pembina Kepegawaian instansi tempat terlapor bekerja",
                "the appointing officer of the agency for which the reported person works",
            ),
            "PP 94/2021 ps 17-18",
            "two_copies",
            (
                _say(
                    "Wilayah menunjuk instansinya hanya bila terlapor bekerja pada pemerintah "
                    "daerah itu; bagi pegawai pusat berwenang menteri atau kepala lembaganya.",
                    "The region tells the agency only where he works for that local government; "
                    "for central staff it is their minister or head of agency.",
                ),
            ),
        ),
        "bkn": Rule(
            _say("BKN mengawasi sistem merit secara nasional", "BKN supervises in the country"),
            "Perpres 92/2024 ps 3",
            "one_copy",
        ),
    }
)
SECRETARIES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"secretary_of_regency": ("appointing_officer", "province"),
     "secretary_of_province": ("home_ministry", "national")}
)  # fmt: skip
AUTHORITIES = MappingProxyType(
    {"secretary_of_regency": GOVERNOR, "secretary_of_province": HOME_MINISTER}
)
UNKNOWN_REGION = _say("Wilayahnya tidak diketahui.", "The region is not known.")
ONLY_PROVINCE = _say(
    "Kabupaten atau kotanya tidak diketahui; lembaga ini hanya satu yang ada di provinsi itu.",
    "The regency or city is not known; this is only one of the offices in that province.",
)
ELSEWHERE = _say(
    "Wilayah kerjanya tidak mencakup tempat ini.", "Its region does not take in this place."
)
UNKNOWN_POST = _say(
    "Jabatan terlapor tidak diketahui; bagi sekretaris daerah berwenang pejabat lain.",
    "The post is not known; for the secretary of a region another authority acts.",
)
TOOK_OVER = _say(
    "Meneruskan tugas lembaga yang ditutup.", "Goes on with the work of an office that closed."
)


def post_of(title: str, region: str) -> PostClass:
    """The class of a post by its title, as far as competence turns on it."""
    if not title.strip():
        return "unknown"
    if not _SECRETARY.search(title):
        return "other"
    if not region or region == NATIONAL:
        return "unknown"
    return "secretary_of_regency" if "." in region else "secretary_of_province"


def propose(matter: Matter, bodies: Iterable[Body]) -> tuple[Proposal, ...]:
    """The organs of the wanted kind, those that cover the place first; never a choice.

    Empty where none is known: then the file waits for an operator, and nobody is made up.
    """
    found = _at_work(matter, list(bodies))
    ordered = sorted(found, key=lambda pair: (_distance(pair[0].region, matter), pair[0].code))
    return tuple(_proposal(matter, body, took_over) for body, took_over in ordered)


def _at_work(matter: Matter, bodies: Sequence[Body]) -> list[tuple[Body, bool]]:
    """Organs that work on that day; instead of a closed one, the one that goes on with its work."""
    by_code = {body.code: body for body in bodies}
    found: dict[str, tuple[Body, bool]] = {}
    for body in bodies:
        if body.kind != matter.kind or body.created_on > matter.on:
            continue
        last = _last(body, by_code, matter.on)
        if last is not None and last.ready and last.kind == matter.kind:
            before = found.get(last.code)
            found[last.code] = (last, last.code != body.code and (before is None or before[1]))
    return list(found.values())


def _last(body: Body, by_code: Mapping[str, Body], on: date) -> Body | None:
    seen = set()
    at: Body | None = body
    while at is not None and at.closed_on is not None and at.closed_on <= on:
        if at.code in seen:
            return None
        seen.add(at.code)
        at = by_code.get(at.successor)
    return at


def _wanted(matter: Matter) -> str:
    """The region at which the competent organ sits: of the place, or of who is set above it."""
    special = SECRETARIES.get(matter.post)
    if special is None or special[0] != matter.kind or not matter.region:
        return matter.region
    return NATIONAL if special[1] == "national" else wider(matter.region)[0]


def _distance(region: str, matter: Matter) -> int:
    """0: at the very place; then the wider regions; then parts of it; then elsewhere."""
    place = _wanted(matter)
    if not place:
        return 0 if region == NATIONAL else 1
    around = [place, *wider(place)]
    if region in around:
        return around.index(region)
    if covers(place, region):
        return len(around)
    return len(around) + 1


def _proposal(matter: Matter, body: Body, took_over: bool) -> Proposal:
    rule = RULES.get(matter.kind, NEAREST)
    doubts = [*_doubts_of_place(matter, body), *rule.doubts]
    if took_over:
        doubts.insert(0, TOOK_OVER)
    special = SECRETARIES.get(matter.post)
    if special and special[0] == matter.kind and body.region == _wanted(matter):
        named = AUTHORITIES[matter.post]
        return Proposal(body.code, named.title, named.citation, named.level, tuple(doubts))
    if matter.kind == "appointing_officer" and matter.post == "unknown":
        doubts.append(UNKNOWN_POST)
    return Proposal(body.code, rule.says, rule.citation, rule.level, tuple(doubts))


def _doubts_of_place(matter: Matter, body: Body) -> list[Bilingual]:
    place = _wanted(matter)
    if body.region == NATIONAL:
        return []
    if not place:
        return [UNKNOWN_REGION]
    if covers(body.region, place):
        return []
    return [ONLY_PROVINCE] if covers(place, body.region) else [ELSEWHERE]
