"""What is known of a region in one figure: which measures there are, and in which unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from timbang.law.bilingual import Bilingual

PERCENT: Final = "percent"


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a region. `need`: how much of something is lacking there; else its size."""

    title: Bilingual
    unit: str
    need: bool = True

    @property
    def counts(self) -> bool:
        """Whether money can be set against it: so many of something, not a share."""
        return self.unit != PERCENT


MEASURES: Final[Mapping[str, Measure]] = MappingProxyType(
    {
        "poor": Measure(Bilingual("Penduduk miskin", "People who are poor"), "people"),
        "poor_share": Measure(
            Bilingual("Persentase penduduk miskin", "Share of people who are poor"), PERCENT
        ),
        "stunted": Measure(Bilingual("Balita stunting", "Stunted children"), "people"),
        "stunted_share": Measure(
            Bilingual("Prevalensi stunting", "Prevalence of stunting"), PERCENT
        ),
        "out_of_school": Measure(
            Bilingual("Anak tidak sekolah", "Children out of school"), "people"
        ),
        "unfit_houses": Measure(
            Bilingual("Rumah tidak layak huni", "Houses unfit to live in"), "houses"
        ),
        "without_water": Measure(
            Bilingual("Rumah tangga tanpa air minum layak", "Households without safe water"),
            "households",
        ),
        "bad_roads": Measure(Bilingual("Jalan rusak", "Broken roads"), "km"),
        "people": Measure(Bilingual("Penduduk", "Inhabitants"), "people", need=False),
        "voters": Measure(
            Bilingual("Pemilih terdaftar", "Registered voters"), "people", need=False
        ),
    }
)


def fits(measure: str | None, unit: str | None, value: float) -> bool:
    """Whether a figure can be what it says: known, in the unit of its measure, not negative."""
    known = MEASURES.get(measure or "")
    if known is None or unit != known.unit or value < 0:
        return False
    return unit != PERCENT or value <= 100
