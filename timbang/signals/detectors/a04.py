"""A decree signed before BKN's consideration.

Question:
    Does the decree bear an earlier day than the technical consideration of BKN (pertek, I-MUT) that
    it should rest on?
Why it matters:
    The consideration is where somebody outside the office looks at qualification and formation.
    One that comes afterwards can only approve what was done. A consideration that is not in the
    data is not known; it is never taken for absent.
Innocent explanations:
    - This kind of move needs no consideration.
    - The day in the list is that of a copy or of a correction, and an earlier one was given.
    - The day of the decree was misread.
Law:
    - none: the BKN rules on considerations (5/2019, I-MUT) are not in the catalogue of norms yet.

Keputusan ditandatangani sebelum pertimbangan teknis BKN.

Pertanyaan:
    Apakah tanggal keputusan lebih awal daripada pertimbangan teknis BKN (pertek, I-MUT) yang
    seharusnya menjadi dasarnya?
Mengapa penting:
    Melalui pertimbangan teknis, pihak di luar instansi menilai kualifikasi dan formasi. Bila datang
    belakangan, pertimbangan itu hanya dapat membenarkan yang sudah terjadi. Pertimbangan yang tidak
    ada dalam data berarti belum diketahui; tidak pernah dianggap tidak ada.
Penjelasan yang wajar:
    - Jenis mutasi ini tidak memerlukan pertimbangan teknis.
    - Tanggal dalam daftar adalah tanggal salinan atau ralat; yang lebih awal sudah ada.
    - Tanggal keputusan keliru dibaca.
Hukum:
    - tidak ada: aturan BKN tentang pertimbangan teknis (5/2019, I-MUT) belum ada dalam katalog.
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
UNIT: Final = Bilingual("hari terlambat", "days late")
PARAMETERS: Final = ()
REASONS: Final = {
    "decree_undated": Bilingual("Tanggal keputusan tidak ada", "The decree has no day"),
    "consideration_unknown": Bilingual(
        "Pertimbangan teknis BKN tidak ada dalam data",
        "BKN's consideration is not in the data",
    ),
}
MEASURES: Final = {
    "bkn_on": Bilingual("Tanggal pertimbangan teknis", "Day of the consideration"),
}


def find(facts: Facts, values: Values) -> Table:
    """One row a decree; a lead where the consideration is of a later day."""
    import ibis

    found = _appointments.decrees(facts)
    reason = ibis.cases(
        (found.bkn_on.isnull(), "consideration_unknown"),
        (found.decreed_on.isnull(), "decree_undated"),
        else_=ibis.null("string"),
    )
    return _appointments.rows(
        found,
        reason=reason,
        flagged=found.bkn_on > found.decreed_on,
        value=found.bkn_on.delta(found.decreed_on, unit="day"),
        evidence=_appointments.evidence(("appointments", found.row_id)),
        bkn_on=found.bkn_on,
    )
