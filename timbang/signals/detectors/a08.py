"""An appointment while a sanction runs.

Question:
    Was somebody appointed to a post while a disciplinary sanction from a decided case was still in
    force?
Why it matters:
    A sanction that does not touch the career is none. Being lifted up while it runs tells everybody
    in the office who is protected. Only decided cases are looked at, never reports, and they are
    joined by the number of the official and never by a name.
Innocent explanations:
    - The sanction was set aside or shortened on objection or appeal, and the case file lags behind.
    - The new post is lower or of the same level, so it is no promotion.
    - The sanction is a light one that does not stand in the way of an appointment.
Law:
    - uu_20_2023/29(2)
    - none: which sanctions bar an appointment is not in the catalogue of norms yet.

Pengangkatan selama hukuman disiplin berjalan.

Pertanyaan:
    Apakah seseorang diangkat dalam jabatan selagi hukuman disiplin dari perkara yang sudah diputus
    masih berlaku?
Mengapa penting:
    Hukuman yang tidak berpengaruh pada karier sama dengan tidak ada. Diangkat selagi hukuman
    berjalan memberi tahu semua orang di kantor siapa yang dilindungi. Yang dilihat hanya perkara
    yang sudah diputus, bukan laporan, dan hanya dihubungkan melalui nomor pegawai, bukan nama.
Penjelasan yang wajar:
    - Hukuman dibatalkan atau dipersingkat atas keberatan atau banding; berkasnya belum mutakhir.
    - Jabatan barunya lebih rendah atau setingkat, sehingga bukan promosi.
    - Hukumannya ringan dan tidak menghalangi pengangkatan.
Hukum:
    - uu_20_2023/29(2)
    - tidak ada: hukuman mana yang menghalangi pengangkatan belum ada dalam katalog norma.
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
READS: Final = ("appointments", "posts", "decided_cases")
UNIT: Final = Bilingual("hari sampai hukuman berakhir", "days until the sanction ends")
PARAMETERS: Final = ()
REASONS: Final = {
    **_appointments.why("day_unknown", "number_unknown", "cases_unknown"),
    "end_unknown": Bilingual(
        "Ada hukuman sebelumnya; akhirnya tidak ada dalam data",
        "There was a sanction before; the data does not tell its end",
    ),
}
MEASURES: Final = {
    "sanction_level": Bilingual("Tingkat hukuman", "Level of the sanction"),
    "sanction_until": Bilingual("Hukuman berlaku sampai sebelum", "Sanction until (the day after)"),
}


def find(facts: Facts, values: Values) -> Table:
    """One row for each appointment; `value` is how long the sanction still ran."""
    import ibis

    decrees = _appointments.decrees(facts)
    decrees = decrees.filter(decrees.change.fill_null("") == "appointed")
    cases = facts.table("decided_cases").filter(lambda each: each.sanction_level.notnull())
    found = decrees.left_join(_running(decrees, cases), "row_id")
    found = _appointments.with_cases(found, cases)
    running = found.sanction_until.notnull()
    reason = ibis.cases(
        (found.number_hash.isnull(), "number_unknown"),
        (found.day.isnull(), "day_unknown"),
        (running, ibis.null("string")),
        (found.end_unknown, "end_unknown"),
        (found.where_decided.isnull(), "cases_unknown"),
        else_=ibis.null("string"),
    )
    return _appointments.rows(
        found,
        reason=reason,
        flagged=running,
        value=found.sanction_until.delta(found.day, unit="day"),
        evidence=_appointments.evidence(
            ("appointments", found.row_id), ("decided_cases", found.case_row)
        ),
        sanction_level=found.level_of_sanction,
        sanction_until=found.sanction_until,
    )


def _running(decrees: Table, cases: Table) -> Table:
    """For each decree the sanction of the same official that runs longest on its day."""
    import ibis

    cases = cases.filter(cases.number_hash.notnull()).select(
        "sanction_until", "decided_on", "sanction_level", number="number_hash", case_row="row_id"
    )
    pairs = decrees.inner_join(cases, decrees.number_hash == cases.number)
    pairs = pairs.filter(pairs.decided_on <= pairs.day)
    inside = (pairs.day < pairs.sanction_until).fill_null(False)
    order = ibis.window(
        group_by="row_id", order_by=[inside.desc(), pairs.sanction_until.desc(), "case_row"]
    )
    first = pairs.mutate(inside=inside, place=ibis.row_number().over(order))
    first = first.filter((first.place == 0) & first.inside)
    longest = first.select(
        "row_id", "sanction_until", "case_row", level_of_sanction="sanction_level"
    )
    open_ = pairs.group_by("row_id").agg(end_unknown=pairs.sanction_until.isnull().any())
    return open_.left_join(longest, "row_id").drop("row_id_right")
