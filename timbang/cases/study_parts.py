"""The parts that a study, or a report of an inspection, is expected to have; which are missing.

The forms annexed to the election supervisor's regulations, and that of an inspection report, were
not read: these parts follow what such documents are known to hold. So a missing part is named and
holds nothing up. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from timbang.law.bilingual import Bilingual

PARTS: Final[Mapping[str, Bilingual]] = {
    "position": Bilingual("Kasus posisi", "What happened"),
    "data": Bilingual("Data pihak dan waktu", "Who and when"),
    "evidence": Bilingual("Bukti dan keterangan", "Evidence and statements"),
    "defence": Bilingual("Keterangan terlapor", "What the reported person says"),
    "analysis": Bilingual("Analisis fakta dan norma", "Analysis of facts and norms"),
    "conclusion": Bilingual("Kesimpulan", "Conclusion"),
    "proposal": Bilingual("Rekomendasi", "Recommendation"),
}
SOURCE: Final = Bilingual(
    "Bagian-bagian ini menurut kebiasaan: formulir kajian (Perbawaslu 7/2022, 8/2020) dan laporan "
    "hasil pemeriksaan tidak terbaca, jadi bagian yang kurang hanya disebutkan.",
    "These parts follow practice: the form of a study (Perbawaslu 7/2022, 8/2020) and that of an "
    "inspection report were not read, so that a missing part is only named.",
)


def missing(parts: Mapping[str, str]) -> tuple[Bilingual, ...]:
    """The titles of the parts that say nothing, in their order."""
    return tuple(title for code, title in PARTS.items() if not parts.get(code, "").strip())


def told(parts: Mapping[str, str]) -> list[tuple[Bilingual, str]]:
    """The parts that say something, in their order."""
    return [(title, parts[code]) for code, title in PARTS.items() if parts.get(code, "").strip()]
