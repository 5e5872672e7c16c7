"""An official replaced in the first six months of a new head.

Question:
    Did a newly inaugurated head of a region replace an official within six months of the
    inauguration, without the Minister's written consent?
Why it matters:
    Whoever has won is expected to pay back. The law makes a new head wait, or ask the Minister, so
    that posts do not become the reward for the campaign. A consent that is not in the data is not
    known; it is never taken for absent.
Innocent explanations:
    - The consent was given and stands in a letter that was not loaded.
    - The post was empty and had to be filled.
    - The inauguration in this region was on another day than the data says.
Law:
    - uu_10_2016/162(3)

Penggantian pejabat dalam enam bulan pertama kepala daerah baru.

Pertanyaan:
    Apakah kepala daerah yang baru dilantik mengganti pejabat dalam enam bulan sejak pelantikan,
    tanpa persetujuan tertulis Menteri?
Mengapa penting:
    Pemenang pemilihan diharapkan membalas budi. Undang-undang meminta kepala daerah baru menunggu,
    atau meminta persetujuan Menteri, agar jabatan tidak menjadi imbalan kampanye. Persetujuan yang
    tidak ada dalam data berarti belum diketahui; tidak pernah dianggap tidak ada.
Penjelasan yang wajar:
    - Persetujuan sudah diberikan dan tercantum dalam surat yang belum dimuat.
    - Jabatan itu kosong dan harus diisi.
    - Pelantikan di wilayah ini berlangsung pada hari lain daripada yang tertulis dalam data.
Hukum:
    - uu_10_2016/162(3)
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
READS: Final = ("appointments", "posts", "contests")
UNIT: Final = Bilingual("hari sejak pelantikan", "days from the inauguration")
PARAMETERS: Final = ()
REASONS: Final = {
    **_appointments.why(
        "day_unknown", "change_unknown", "region_unknown", "level_unknown", "consent_unknown"
    ),
    "inauguration_unknown": Bilingual(
        "Hari pelantikan kepala daerah di wilayah ini tidak ada dalam data",
        "The data has no day of inauguration for this region",
    ),
    "last_day": Bilingual(
        "Hari terakhir enam bulan itu; apakah termasuk, belum pasti menurut hukum",
        "The last day of the six months; whether it counts is unsettled in law",
    ),
}
MEASURES: Final = {
    "consent": Bilingual("Persetujuan Menteri", "Minister's consent"),
    "election": Bilingual("Pemilihan", "Election"),
    "inaugurated_on": Bilingual("Hari pelantikan", "Day of the inauguration"),
}
MONTHS: Final = 6


def find(facts: Facts, values: Values) -> Table:
    """One row a decree; a lead in the six months where consent was refused, late or not asked."""
    import ibis

    decrees = _appointments.decrees(facts)
    decrees = decrees.mutate(covered=_appointments.covered(decrees))
    found = decrees.left_join(_terms(decrees, _appointments.contests(facts)), "row_id")
    consent = _appointments.consent(found)
    inside = found.inaugurated_on.notnull()
    asked = found.covered & inside
    reason = ibis.cases(
        (found.day.isnull(), "day_unknown"),
        (found.change.isnull(), "change_unknown"),
        (found.government.isnull(), "region_unknown"),
        (found.covered.isnull(), "level_unknown"),
        (~found.covered, ibis.null("string")),
        (inside & consent.isnull(), "consent_unknown"),
        (inside & (consent == "given"), ibis.null("string")),
        (inside & (found.day == found.last), "last_day"),
        (inside, ibis.null("string")),
        (found.contests.isnull(), "inauguration_unknown"),
        else_=ibis.null("string"),
    )
    days = found.day.delta(found.inaugurated_on, unit="day")
    return _appointments.rows(
        found,
        reason=reason,
        flagged=asked & (consent != "given"),
        value=ibis.ifelse(asked, days, ibis.null("int64")),
        evidence=_appointments.evidence(("appointments", found.row_id)),
        consent=consent,
        election=found.election,
        inaugurated_on=found.inaugurated_on,
    )


def _terms(decrees: Table, contests: Table) -> Table:
    """For each decree the six months after an inauguration that it lies in, if any."""
    contests = contests.filter(contests.inaugurated_on.notnull())
    contests = contests.mutate(last=_appointments.months_from(contests.inaugurated_on, MONTHS))
    pairs = decrees.inner_join(contests, decrees.government == contests.governs)
    inside = (pairs.day >= pairs.inaugurated_on) & (pairs.day <= pairs.last)
    return pairs.group_by("row_id").agg(
        contests=pairs.governs.count(),
        inaugurated_on=pairs.inaugurated_on.max(where=inside),
        last=pairs.last.max(where=inside),
        election=pairs.election.max(where=inside),
    )
