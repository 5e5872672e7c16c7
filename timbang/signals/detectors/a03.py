"""A senior official replaced within two years.

Question:
    Was the holder of a senior post (JPT) replaced by somebody else less than two years after he or
    she took it?
Why it matters:
    A holder who may be removed at any time works for whoever can remove. Two years are there to let
    an official be judged by work and not by nearness.
Innocent explanations:
    - The predecessor died, retired, was promoted or asked to leave.
    - The predecessor broke the law and no longer met the requirements: the law allows it then.
    - The agency was reorganised and the post became another one under the same title.
    - The predecessor's first day is wrong or missing in the list.
Law:
    - uu_5_2014/116
    - pp_11_2017/JPT-2
    - none: since 31 October 2023, when UU 20/2023 replaced UU 5/2014, no article of a law is in the
      catalogue that sets two years; of PP 11/2017, which is left, the text is not checked.

Pejabat pimpinan tinggi diganti sebelum dua tahun.

Pertanyaan:
    Apakah pemegang jabatan pimpinan tinggi (JPT) digantikan orang lain kurang dari dua tahun sejak
    ia menduduki jabatan itu?
Mengapa penting:
    Pejabat yang dapat digeser kapan saja akan bekerja untuk orang yang dapat menggesernya. Masa dua
    tahun ada agar pejabat dinilai dari pekerjaannya, bukan dari kedekatannya.
Penjelasan yang wajar:
    - Pejabat lama meninggal, pensiun, dipromosikan, atau mengundurkan diri.
    - Pejabat lama melanggar hukum dan tidak lagi memenuhi syarat; hukum membolehkannya.
    - Instansi ditata ulang sehingga jabatan itu menjadi jabatan lain dengan nama yang sama.
    - Hari pertama pejabat lama keliru atau tidak tercatat dalam daftar.
Hukum:
    - uu_5_2014/116
    - pp_11_2017/JPT-2
    - tidak ada: sejak 31 Oktober 2023, ketika UU 20/2023 menggantikan UU 5/2014, katalog tidak
      memuat pasal undang-undang tentang dua tahun; teks PP 11/2017 yang tersisa belum diperiksa.
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
UNIT: Final = Bilingual("hari menjabat", "days in the post")
PARAMETERS: Final = ()
REASONS: Final = {
    **_appointments.why("day_unknown", "level_unknown"),
    "predecessor_unknown": Bilingual(
        "Pejabat sebelumnya tidak ada dalam data", "The data has no predecessor"
    ),
}
MEASURES: Final = {
    "predecessor_from": Bilingual("Pejabat lama sejak", "Predecessor since"),
}
MONTHS: Final = 24


def find(facts: Facts, values: Values) -> Table:
    """One row a decree on a senior post or one of unknown level; a lead within two years."""
    import ibis

    found = _appointments.decrees(facts)
    order = ibis.window(group_by="holds", order_by=["day", "row_id"])
    dated = found.filter(found.day.notnull())
    dated = dated.mutate(
        former=dated.who.lag().over(order),
        former_row=dated.row_id.lag().over(order),
        predecessor_from=dated.day.lag().over(order),
    ).select("row_id", "former", "former_row", "predecessor_from")
    found = found.left_join(dated, "row_id").drop("row_id_right")
    found = found.filter(found["rank"].isnull() | found["rank"].isin(_appointments.SENIOR))
    too_early = found.day < _appointments.months_from(found.predecessor_from, MONTHS)
    reason = ibis.cases(
        (found.day.isnull(), "day_unknown"),
        (found["rank"].isnull(), "level_unknown"),
        (found.former.isnull(), "predecessor_unknown"),
        else_=ibis.null("string"),
    )
    return _appointments.rows(
        found,
        reason=reason,
        flagged=too_early & (found.former != found.who),
        value=found.day.delta(found.predecessor_from, unit="day"),
        evidence=_appointments.evidence(
            ("appointments", found.row_id), ("appointments", found.former_row)
        ),
        predecessor_from=found.predecessor_from,
    )
