"""Acting for too long.

Question:
    Did somebody hold a post as acting (Plt or Plh) for longer than three months and three more?
Why it matters:
    An acting holder can be sent away by a word, so he does what he is told. Posts that are kept
    open are also posts that can still be promised.
Innocent explanations:
    - The selection was running, or the ban before an election allowed no appointment.
    - The end that the list gives was never reached: somebody was appointed earlier.
    - Two acting appointments follow each other with a gap that the list does not show.
Law:
    - none: the circular that sets three months and three more (BKN 1/SE/I/2021) is known from
      memory only; its text is not in the catalogue of norms yet.

Pelaksana tugas terlalu lama.

Pertanyaan:
    Apakah seseorang menjalankan jabatan sebagai Plt atau Plh lebih dari tiga bulan ditambah tiga
    bulan perpanjangan?
Mengapa penting:
    Pelaksana tugas dapat diganti dengan satu kata, sehingga cenderung menuruti perintah. Jabatan
    yang dibiarkan kosong juga jabatan yang masih dapat dijanjikan.
Penjelasan yang wajar:
    - Seleksi sedang berjalan, atau larangan menjelang pemilihan tidak membolehkan pengangkatan.
    - Tanggal akhir dalam daftar tidak pernah tercapai: pejabat definitif diangkat lebih awal.
    - Dua penunjukan berurutan dengan jeda yang tidak terlihat dalam daftar.
Hukum:
    - tidak ada: surat edaran yang menetapkan tiga bulan dan tiga bulan lagi (BKN 1/SE/I/2021) baru
      diketahui dari ingatan; naskahnya belum ada dalam katalog norma.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Parameter, Values
from timbang.signals.detectors import _appointments

if TYPE_CHECKING:
    from ibis.expr.types import Table

VERSION: Final = 1
KIND: Final = "appointment"
SIGHT: Final = "desk"
SUBJECTS: Final = ("appointment",)
READS: Final = ("appointments", "posts")
UNIT: Final = Bilingual("hari", "days")
PARAMETERS: Final = (
    Parameter(
        "months",
        6,
        Bilingual("Bulan paling lama", "Months at most"),
        Bilingual(
            "SE BKN 1/SE/I/2021, dari ingatan: tiga bulan dan satu perpanjangan tiga bulan",
            "BKN circular 1/SE/I/2021, from memory: three months and one extension of three",
        ),
    ),
    Parameter(
        "gap_days",
        31,
        Bilingual(
            "Jeda yang masih dianggap bersambung (hari)", "Gap that still counts as one (days)"
        ),
        Bilingual(
            "pilihan kami: surat baru yang terlambat sampai sebulan melanjutkan yang lama",
            "choice of ours: a new letter that comes up to a month late continues the old one",
        ),
    ),
)
REASONS: Final = {
    **_appointments.why("day_unknown"),
    "end_unknown": Bilingual(
        "Akhir penunjukan tidak ada dalam data", "The data does not tell its end"
    ),
}
MEASURES: Final = {
    "acting": Bilingual("Plt atau Plh", "Plt or Plh"),
    "acting_since": Bilingual("Bersambung sejak", "In a row since"),
}


def find(facts: Facts, values: Values) -> Table:
    """One row for each acting appointment; a lead where its row of appointments is too long."""
    import ibis

    rows = facts.table("appointments")
    kept = rows.acting.isin(["Plt", "Plh"]) & (rows.change.fill_null("") != "dismissed")
    found = _appointments.described(rows.filter(kept), facts.table("posts"))
    of_one = {"group_by": ["holds", "who"], "order_by": ["from_on", "row_id"]}
    dated = found.filter(found.from_on.notnull())
    dated = dated.mutate(
        before=dated.until_on.lag().over(ibis.window(**of_one)),
    )
    joined = dated.from_on <= dated.before + ibis.interval(days=values["gap_days"])
    dated = dated.mutate(
        begun=ibis.ifelse(joined.fill_null(False), ibis.null("date"), dated.from_on)
    )
    dated = dated.mutate(
        acting_since=dated.begun.max().over(ibis.cumulative_window(**of_one))
    ).select("row_id", "acting_since")
    found = found.left_join(dated, "row_id").drop("row_id_right")
    latest = _appointments.months_from(found.acting_since, values["months"])
    reason = ibis.cases(
        (found.from_on.isnull(), "day_unknown"),
        (found.until_on.isnull(), "end_unknown"),
        else_=ibis.null("string"),
    )
    return _appointments.rows(
        found,
        reason=reason,
        flagged=found.until_on > latest,
        value=found.until_on.delta(found.acting_since, unit="day"),
        evidence=_appointments.evidence(("appointments", found.row_id)),
        since=found.acting_since,
        until=found.until_on,
        acting=found.acting,
        acting_since=found.acting_since,
    )
