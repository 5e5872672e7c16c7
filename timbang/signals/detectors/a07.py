"""Chosen from outside the best.

Question:
    Did somebody get a senior post (JPT) who was not among the first three of the selection panel,
    or, where no rank is known, not in boxes 7 to 9 of the talent pool?
Why it matters:
    Whoever appoints may choose among the best, not around them. A choice from below the list is
    where performance gave way to something else.
Innocent explanations:
    - Those ahead withdrew, fell ill or took another post.
    - The list shows a rank of one stage, not of the whole selection.
    - The talent box is of another year than the appointment.
Law:
    - uu_5_2014/113-115
    - none: since 31 October 2023, when UU 20/2023 replaced UU 5/2014, no article of a law on three
      names is in the catalogue.
    - none: the rule on talent boxes (PermenPANRB 3/2020) is not in the catalogue of norms yet.

Dipilih dari luar yang terbaik.

Pertanyaan:
    Apakah jabatan pimpinan tinggi (JPT) diberikan kepada orang di luar tiga terbaik menurut panitia
    seleksi, atau, bila peringkatnya tidak diketahui, di luar kotak 7 sampai 9 manajemen talenta?
Mengapa penting:
    Pejabat yang mengangkat boleh memilih di antara yang terbaik, bukan melewati mereka. Pilihan
    dari luar daftar menandai saat kinerja dikalahkan oleh pertimbangan lain.
Penjelasan yang wajar:
    - Yang di atasnya mengundurkan diri, sakit, atau mengambil jabatan lain.
    - Peringkat dalam daftar berasal dari satu tahap, bukan seluruh seleksi.
    - Kotak talenta berasal dari tahun lain daripada pengangkatannya.
Hukum:
    - uu_5_2014/113-115
    - tidak ada: sejak 31 Oktober 2023, ketika UU 20/2023 menggantikan UU 5/2014, katalog tidak
      memuat pasal undang-undang tentang tiga nama.
    - tidak ada: aturan kotak talenta (PermenPANRB 3/2020) belum ada dalam katalog norma.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Values
from timbang.signals.detectors import _appointments

if TYPE_CHECKING:
    from ibis.expr.types import Table

VERSION: Final = 1
KIND: Final = "appointment"
SIGHT: Final = "desk"
SUBJECTS: Final = ("appointment",)
READS: Final = ("appointments", "posts")
UNIT: Final = Bilingual("peringkat atau kotak di luar batas", "places beyond the limit")
PARAMETERS: Final = ()
REASONS: Final = _appointments.why("level_unknown", "selection_unknown")
MEASURES: Final = {
    "panel_rank": Bilingual("Peringkat menurut panitia", "Rank by the panel"),
    "talent_box": Bilingual("Kotak talenta", "Talent box"),
}
BEST: Final = 3
LEAST_BOX: Final = 7


def find(facts: Facts, values: Values) -> Table:
    """One row a decree on a senior post or one of unknown level; `value`: how far beyond."""
    import ibis

    found = _appointments.decrees(facts)
    rank = found["rank"]
    found = found.filter(rank.isnull() | rank.isin(_appointments.SENIOR))
    beyond = ibis.coalesce(found.panel_rank - BEST, LEAST_BOX - found.talent_box)
    reason = ibis.cases(
        (found["rank"].isnull(), "level_unknown"),
        (beyond.isnull(), "selection_unknown"),
        else_=ibis.null("string"),
    )
    return _appointments.rows(
        found,
        reason=reason,
        flagged=beyond > 0,
        value=ibis.ifelse(beyond > 0, beyond, 0),
        evidence=_appointments.evidence(("appointments", found.row_id)),
        panel_rank=found.panel_rank,
        talent_box=found.talent_box,
    )
