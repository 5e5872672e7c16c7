"""The exchange record: what was given, by whom, to whom, for what in return. No standard has it.

Both legs are linked: `returned_by` names the record of what came back, `returns` the record that
this one answers. Nothing here says that an exchange was unlawful: it says what is known, on what
evidence, and how sure the recorder is.

Kinds after the literature on patronage and clientelism (Aspinall and Berenschot, *Democracy for
Sale*, 2019): private gifts, club goods, public money.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from timbang.law.bilingual import Bilingual
from timbang.registry import places, values

KINDS: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "cash": Bilingual("Uang", "Cash"),
        "goods": Bilingual("Barang", "Goods"),
        "service": Bilingual("Jasa atau layanan", "A service"),
        "post": Bilingual("Jabatan", "A post"),
        "contract": Bilingual("Kontrak", "A contract"),
        "project": Bilingual("Proyek", "A project"),
        "licence": Bilingual("Izin", "A licence"),
        "social_aid": Bilingual("Bantuan sosial", "Social aid"),
        "vote_support": Bilingual("Suara atau dukungan", "Votes or support"),
        "campaign_work": Bilingual("Kerja kampanye", "Campaign work"),
    }
)
RECEIVERS: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "voter": Bilingual("Pemilih", "Voter"),
        "campaign_worker": Bilingual("Tim kampanye", "Campaign worker"),
        "official": Bilingual("Pegawai atau pejabat", "Official"),
        "contractor": Bilingual("Kontraktor", "Contractor"),
        "community": Bilingual("Kelompok masyarakat", "Community"),
        "politician": Bilingual("Politisi", "Politician"),
    }
)
MONEY: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "private": Bilingual("Uang pribadi", "Private money"),
        "public": Bilingual("Uang publik", "Public money"),
        "unknown": Bilingual("Tidak diketahui", "Not known"),
    }
)
CONFIDENCE: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "low": Bilingual("Rendah", "Low"),
        "medium": Bilingual("Sedang", "Medium"),
        "high": Bilingual("Tinggi", "High"),
    }
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One record. A `value` of None is not known; `club_good` None: not known whether to a group.

    `returned_by` and `returns` name other records by their `exchange_id`.
    """

    exchange_id: str
    giver: str
    receiver: str
    kind: str
    evidence: str
    confidence: str
    giver_id: str | None = None
    giver_role: str | None = None
    receiver_id: str | None = None
    receiver_role: str | None = None
    given_on: date | None = None
    description: str | None = None
    value: float | None = None
    club_good: bool | None = None
    group_size: int | None = None
    money: str = "unknown"
    budget_line: str | None = None
    through_id: str | None = None
    through: str | None = None
    region_code: str | None = None
    expected: str | None = None
    returned_by: str | None = None
    returns: str | None = None

    def as_row(self) -> dict[str, Any]:
        """The record as a row of the table `exchanges`."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def problems(record: Exchange) -> list[Bilingual]:
    """What makes a record unfit to be kept; empty when it is fit."""
    checks = (
        (not record.exchange_id, "nomor catatan kosong", "the record has no id"),
        (not record.giver and not record.giver_id, "pemberi tidak disebut", "no giver is named"),
        (
            not record.receiver and not record.receiver_id,
            "penerima tidak disebut",
            "no receiver is named",
        ),
        (record.kind not in KINDS, _not("jenis", KINDS), _not("kind", KINDS)),
        (record.money not in MONEY, _not("asal uang", MONEY), _not("money", MONEY)),
        (
            record.confidence not in CONFIDENCE,
            _not("keyakinan", CONFIDENCE),
            _not("confidence", CONFIDENCE),
        ),
        (
            record.receiver_role is not None and record.receiver_role not in RECEIVERS,
            _not("peran penerima", RECEIVERS),
            _not("receiver_role", RECEIVERS),
        ),
        (not record.evidence, "bukti tidak disebut", "no evidence is named"),
        (
            record.value is not None and record.value < 0,
            "nilai negatif",
            "the value is negative",
        ),
        (
            bool(record.budget_line) and record.money == "private",
            "mata anggaran pada uang pribadi",
            "a budget line where the money is private",
        ),
        (
            record.exchange_id in (record.returned_by, record.returns),
            "catatan membalas dirinya sendiri",
            "the record returns itself",
        ),
        (
            record.group_size is not None and record.group_size < 1,
            "besar kelompok kurang dari satu",
            "a group of less than one",
        ),
        (
            record.club_good is False and (record.group_size or 1) > 1,
            "besar kelompok pada pemberian kepada satu orang",
            "the size of a group where it went to one person",
        ),
        (
            record.giver_id is not None and record.giver_id == record.receiver_id,
            "pemberi dan penerima satu orang",
            "the giver and the receiver are one",
        ),
        (
            record.returned_by is not None and record.returned_by == record.returns,
            "satu catatan sebagai balasan dan sebagai yang dibalas",
            "one record both as what came back and as what it answers",
        ),
    )
    return [Bilingual(indonesian, english) for wrong, indonesian, english in checks if wrong]


def _not(name: str, allowed: Mapping[str, Bilingual]) -> str:
    return f"{name}: {', '.join(allowed)}"


def from_mapping(value: Mapping[str, Any]) -> tuple[Exchange, list[str]]:
    """A record from a line of JSON or CSV, with its doubts. Raises ValueError: what is not known.

    Keys are the names of the fields; days and amounts are read as everywhere (`values`).
    """
    known = {field.name for field in fields(Exchange)}
    unknown = [key for key in value if key not in known]
    if unknown:
        raise ValueError(f"unknown field '{unknown[0][:40]}'; allowed: {', '.join(sorted(known))}")
    doubts: list[str] = []

    def text(name: str) -> str | None:
        written = value.get(name)
        return (str(written).strip() or None) if written is not None else None

    def parsed(name: str, way: Any) -> Any:
        written = text(name)
        found, doubt = (
            way(written.lower() if way is values.flag else written) if written else (None, None)
        )
        if doubt:
            doubts.append(doubt)
        return found

    region, doubt = places.region(text("region_code") or "")
    doubts += [doubt] if doubt else []
    record = Exchange(
        exchange_id=text("exchange_id") or "",
        giver=text("giver") or "",
        receiver=text("receiver") or "",
        kind=text("kind") or "",
        evidence=text("evidence") or "",
        confidence=text("confidence") or "",
        given_on=parsed("given_on", values.day),
        value=parsed("value", values.amount),
        club_good=parsed("club_good", values.flag),
        group_size=parsed("group_size", values.whole),
        money=text("money") or "unknown",
        region_code=region,
        **{
            name: text(name)
            for name in (
                "giver_id", "giver_role", "receiver_id", "receiver_role", "description",
                "budget_line", "through_id", "through", "expected", "returned_by", "returns",
            )
        },
    )  # fmt: skip
    return record, doubts


def region_written(value: Mapping[str, Any], record: Exchange) -> str | None:
    """The region as the line has it, where that is no code or name of today; else None."""
    written = " ".join(str(value.get("region_code") or "").split())
    if values.is_empty(written):
        return None
    return None if record.region_code and places.region(written)[1] != places.FORMER else written
