"""Five distortions of an office where posts follow something else than merit, per agency.

The source articles name what follows when posts are given for other reasons than merit: posts not
by merit, holders who cannot do the work, public interest bent, poor service, posts by involvement
in an election. Each has one measure here, a share of what was judged, with an exact interval. What
no data tells is missing and never zero. There is no total: five shares of different things make no
sixth.

Pure: the counts come from `merit.tallies`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.statistics import counts

MEASURED, FEW, TOO_FEW, MISSING = "measured", "few", "too_few", "missing"
# A share of fewer says more of chance, and could point at one person. Ten, a choice of ours, as in
# Weber's yardstick.
FEWEST: Final = 10
# Fewer marked than this are never told exactly, nor fewer unmarked: five, as in what is published
# (docs/decisions/0005). None marked is told in the same words, or the silence would say "some".
FEWEST_MARKED: Final = 5


@dataclass(frozen=True, slots=True)
class Distortion:
    """One of the five: what is counted, and what its measure rests on."""

    code: str
    title: Bilingual
    measure: Bilingual
    beware: Bilingual
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of those who could be judged are marked."""

    marked: int
    judged: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One distortion of one agency: the share `value` with its 95 % interval, of `size` judged.

    With FEW the exact share is not told: fewer than five are marked (then `low` is 0 and `high` the
    upper end for four), or fewer than five are not. With TOO_FEW and MISSING all are None.
    """

    distortion: str
    status: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    size: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "distortion": self.distortion, "status": self.status, "value": self.value,
            "low": self.low, "high": self.high, "size": self.size,
        }  # fmt: skip


DISTORTIONS: Final[tuple[Distortion, ...]] = (
    Distortion(
        "posts_not_by_merit",
        Bilingual("Jabatan tidak berdasarkan merit", "Posts not by merit"),
        Bilingual(
            "Jabatan pimpinan tinggi yang seleksinya tidak terbuka atau yang dipilih di luar yang "
            "terbaik",
            "Senior posts whose selection was not open, or filled from outside the best",
        ),
        Bilingual(
            "Hanya keputusan yang data seleksinya ada.",
            "Only decrees whose selection is in the data.",
        ),
        ("A06", "A07"),
    ),
    Distortion(
        "incompetent_holders",
        Bilingual("Pejabat tidak kompeten", "Holders who lack the competence"),
        Bilingual(
            "Pengangkatan dalam jabatan pimpinan tinggi yang tidak memenuhi syarat usia, "
            "pendidikan, atau pengalaman",
            "Appointments to senior posts that miss a requirement of age, education or experience",
        ),
        Bilingual(
            "Syarat di atas kertas bukan kinerja.", "Requirements on paper are not performance."
        ),
        ("A05",),
    ),
    Distortion(
        "public_interest_bent",
        Bilingual("Kepentingan publik terdistorsi", "Public interest bent"),
        Bilingual(
            "Pengadaan bersaing dengan satu penawar saja",
            "Procurements that ask for competition and got one bidder",
        ),
        Bilingual(
            "Satu tanda dari banyak; pasar yang sempit memberi angka yang sama.",
            "One sign among many; a narrow market gives the same figure.",
        ),
        ("R018",),
    ),
    Distortion(
        "poor_service",
        Bilingual("Layanan publik buruk", "Poor public service"),
        Bilingual(
            "Permohonan layanan yang dijawab sesudah batas waktunya",
            "Requests for a service that were answered after they were due",
        ),
        Bilingual(
            "Hanya register yang memuat batas waktu dan tanggal jawaban.",
            "Only registers that have both the day due and the day of the answer.",
        ),
        ("services",),
    ),
    Distortion(
        "posts_by_election",
        Bilingual(
            "Jabatan karena keterlibatan dalam pemilihan", "Posts by involvement in an election"
        ),
        Bilingual(
            "Pengangkatan orang dari tim kampanye, atau sesudah pelanggaran yang diputus dan "
            "menguntungkan pemenang",
            "Appointments from a campaign team, or after a decided breach that served the winner",
        ),
        Bilingual(
            "Indikasi, bukan bukti; hubungan nama hanya dihitung bila pasti atau sudah dinilai.",
            "An indication, no proof; links of names count only where sure or judged.",
        ),
        ("A09", "A11"),
    ),
)
_CODES: Final = frozenset(each.code for each in DISTORTIONS)


@dataclass(frozen=True, slots=True)
class Profile:
    """The five cells of one agency, in the order of DISTORTIONS."""

    agency: str
    cells: tuple[Cell, ...]

    @property
    def by_code(self) -> Mapping[str, Cell]:
        return MappingProxyType({cell.distortion: cell for cell in self.cells})


def profile(agency: str, tallies: Mapping[str, Tally]) -> Profile:
    """The five cells of an agency; a distortion without a tally is missing.

    Raises ValueError for a tally of something else.
    """
    unknown = sorted(tallies.keys() - _CODES)
    if unknown:
        raise ValueError(f"no distortion is called {', '.join(unknown)}")
    return Profile(agency, tuple(cell(each.code, tallies.get(each.code)) for each in DISTORTIONS))


def cell(code: str, tally: Tally | None) -> Cell:
    """One cell, small groups left out."""
    if tally is None or not tally.judged:
        return Cell(code, MISSING)
    if tally.judged < FEWEST:
        return Cell(code, TOO_FEW)
    if tally.marked < FEWEST_MARKED:
        most = counts.share(FEWEST_MARKED - 1, tally.judged)
        return Cell(code, FEW, low=0.0, high=most.high, size=tally.judged)
    if tally.judged - tally.marked < FEWEST_MARKED:
        least = counts.share(tally.judged - FEWEST_MARKED + 1, tally.judged)
        return Cell(code, FEW, low=least.low, high=1.0, size=tally.judged)
    found = counts.share(tally.marked, tally.judged)
    return Cell(code, MEASURED, found.effect, found.low, found.high, tally.judged)
