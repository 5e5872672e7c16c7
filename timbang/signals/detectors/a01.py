"""An official replaced within the ban before an election.

Question:
    Was an official replaced between the day six months before candidates for head of the region
    are confirmed and the end of the term, without the Minister's written consent?
Why it matters:
    Before an election a post can be the price of support, and the loss of one the price of staying
    out of it. That is why the law takes the choice away from the head for these months. The first
    day counts: for the elections of November 2024 it was 22 March 2024. A consent that is not in
    the data is not known; it is never taken for absent.
Innocent explanations:
    - The consent was given and stands in a letter that was not loaded.
    - The decree was signed before the ban began and only took effect in it.
    - The post was empty through death, retirement or a sentence, and the Minister was told.
    - The level of the post or the region is wrong in the list.
Law:
    - uu_10_2016/71(2)
    - pp_49_2008/132A(1)a

Penggantian pejabat dalam masa larangan sebelum pemilihan.

Pertanyaan:
    Apakah seorang pejabat diganti antara hari enam bulan sebelum penetapan pasangan calon kepala
    daerah dan akhir masa jabatan, tanpa persetujuan tertulis Menteri?
Mengapa penting:
    Menjelang pemilihan, jabatan dapat menjadi imbalan dukungan, dan kehilangan jabatan menjadi
    akibat dari tidak ikut mendukung. Karena itu undang-undang membatasi kewenangan kepala daerah
    pada bulan-bulan ini. Hari pertamanya termasuk: untuk pemilihan November 2024, 22 Maret 2024.
    Persetujuan yang tidak ada dalam data berarti belum diketahui; tidak pernah dianggap tidak ada.
Penjelasan yang wajar:
    - Persetujuan sudah diberikan dan tercantum dalam surat yang belum dimuat.
    - Keputusan ditandatangani sebelum masa larangan dan baru berlaku di dalamnya.
    - Jabatan kosong karena meninggal, pensiun, atau putusan, dan Menteri sudah diberi tahu.
    - Jenjang jabatan atau wilayahnya keliru dalam daftar.
Hukum:
    - uu_10_2016/71(2)
    - pp_49_2008/132A(1)a
"""

from __future__ import annotations

from datetime import date
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
UNIT: Final = Bilingual("hari sejak hari pertama larangan", "days from the first day of the ban")
PARAMETERS: Final = ()
REASONS: Final = {
    **_appointments.why(
        "day_unknown", "change_unknown", "region_unknown", "level_unknown", "consent_unknown"
    ),
    "contest_unknown": Bilingual(
        "Hari penetapan calon di wilayah ini tidak ada dalam data",
        "The data has no day of confirmation for this region",
    ),
    "end_unknown": Bilingual(
        "Sesudah pemungutan suara; akhir masa jabatan tidak ada dalam data",
        "After voting; the end of the term is not in the data",
    ),
}
MEASURES: Final = {
    "consent": Bilingual("Persetujuan Menteri", "Minister's consent"),
    "election": Bilingual("Pemilihan", "Election"),
    "ban_from": Bilingual("Hari pertama larangan", "First day of the ban"),
    "decreed_on": Bilingual("Tanggal keputusan", "Day of the decree"),
}
# After voting with no day of inauguration known, the term may still run for so long: one year, a
# choice of ours, so that a decree of years later is not left open.
_LATEST_MONTHS: Final = 12
# UU 10/2016 put the ban that counts from confirmation in place of another one on this day.
_IN_FORCE: Final = date(2016, 7, 1)


def find(facts: Facts, values: Values) -> Table:
    """One row a decree; a lead within the ban where the consent was refused, late or not asked."""
    import ibis

    decrees = _appointments.decrees(facts)
    decrees = decrees.mutate(covered=_appointments.covered(decrees))
    found = decrees.left_join(_bans(decrees, _appointments.contests(facts)), "row_id")
    consent = _appointments.consent(found)
    inside = found.ban_from.notnull()
    asked = found.covered & inside
    reason = ibis.cases(
        (found.day.isnull(), "day_unknown"),
        (found.change.isnull(), "change_unknown"),
        (found.government.isnull(), "region_unknown"),
        (found.covered.isnull(), "level_unknown"),
        (~found.covered, ibis.null("string")),
        (inside & consent.isnull(), "consent_unknown"),
        (inside, ibis.null("string")),
        (found.contests.isnull(), "contest_unknown"),
        (found.end_unknown, "end_unknown"),
        else_=ibis.null("string"),
    )
    days = found.day.delta(found.ban_from, unit="day") + 1
    return _appointments.rows(
        found,
        reason=reason,
        flagged=asked & (consent != "given"),
        value=ibis.ifelse(asked, days, ibis.null("int64")),
        evidence=_appointments.evidence(("appointments", found.row_id)),
        consent=consent,
        election=found.election,
        ban_from=found.ban_from,
        decreed_on=found.decreed_on,
    )


def _bans(decrees: Table, contests: Table) -> Table:
    """For each decree the ban that it lies in, if any, and whether the end of one is not known."""
    import ibis

    contests = contests.filter(contests.candidates_confirmed_on.notnull())
    first = _appointments.months_from(contests.candidates_confirmed_on, -_appointments.BAN_MONTHS)
    contests = contests.mutate(
        first=ibis.ifelse(first < _IN_FORCE, ibis.literal(_IN_FORCE), first),
        latest=_appointments.months_from(contests.voting_on, _LATEST_MONTHS),
    )
    pairs = decrees.inner_join(contests, decrees.government == contests.governs)
    begun = pairs.day >= pairs.first
    inside = begun & ibis.ifelse(
        pairs.inaugurated_on.notnull(),
        pairs.day < pairs.inaugurated_on,
        pairs.day <= pairs.voting_on,
    ).fill_null(False)
    open_ = begun & pairs.inaugurated_on.isnull()
    open_ = open_ & ((pairs.day <= pairs.latest) | pairs.voting_on.isnull()) & ~inside
    return pairs.group_by("row_id").agg(
        contests=pairs.governs.count(),
        ban_from=pairs.first.max(where=inside),
        election=pairs.election.max(where=inside),
        end_unknown=open_.any(),
    )
