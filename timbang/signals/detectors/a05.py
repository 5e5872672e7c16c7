"""A senior official who does not meet the requirements.

Question:
    Is the person appointed to a senior post (JPT) older, less educated or less experienced than the
    rules ask for?
Why it matters:
    Requirements are the least that competence can be measured by. Where they are waived something
    else than competence decided. Only what the data shows is judged: a birth year leaves the age
    open by a year, and then the lower age counts.
Innocent explanations:
    - The President allowed an exception, which the law provides for.
    - Experience or education was gained later than the record says, or is missing in it.
    - The person was appointed under earlier rules with other limits.
Law:
    - pp_11_2017/107a
    - pp_11_2017/107b
    - pp_11_2017/107c

Pejabat pimpinan tinggi yang tidak memenuhi syarat.

Pertanyaan:
    Apakah orang yang diangkat ke jabatan pimpinan tinggi (JPT) lebih tua, lebih rendah
    pendidikannya, atau kurang pengalamannya daripada yang disyaratkan?
Mengapa penting:
    Syarat jabatan adalah ukuran paling dasar dari kompetensi. Bila syarat itu dilewati, yang
    menentukan adalah hal lain. Yang dinilai hanya yang ada dalam data: dari tahun lahir, usia dapat
    berselisih satu tahun, dan yang dipakai ialah usia yang lebih rendah.
Penjelasan yang wajar:
    - Presiden memberi pengecualian, yang memang diatur dalam hukum.
    - Pengalaman atau pendidikan diperoleh kemudian, atau tidak tercatat dalam data.
    - Pengangkatan dilakukan menurut aturan lama dengan batas yang lain.
Hukum:
    - pp_11_2017/107a
    - pp_11_2017/107b
    - pp_11_2017/107c
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Values
from timbang.signals.detectors import _appointments

if TYPE_CHECKING:
    from ibis.expr.types import Column, Table

VERSION: Final = 1
KIND: Final = "appointment"
SIGHT: Final = "desk"
SUBJECTS: Final = ("appointment",)
READS: Final = ("appointments", "posts", "people")
UNIT: Final = Bilingual("syarat yang tidak terpenuhi", "requirements not met")
PARAMETERS: Final = ()
REASONS: Final = {
    **_appointments.why("day_unknown", "level_unknown"),
    "person_unknown": Bilingual(
        "Tahun lahir, pendidikan, dan pengalamannya tidak lengkap dalam data",
        "Year of birth, education and experience are not complete in the data",
    ),
}
MEASURES: Final = {
    "age": Bilingual("Usia paling rendah", "Age at the least"),
    "education": Bilingual("Pendidikan", "Education"),
    "experience_years": Bilingual("Pengalaman terkait (tahun)", "Related experience (years)"),
}
# PP 11/2017 art 107 as changed by PP 17/2020: oldest age, least years of experience.
_OLDEST: Final = {"high_main": 58, "high_middle": 58, "high_first": 56}
_LEAST_YEARS: Final = {"high_main": 10, "high_middle": 7, "high_first": 5}
_ENOUGH: Final = ("bachelor", "master", "doctor")


def find(facts: Facts, values: Values) -> Table:
    """One row a decree on a senior post or one of unknown level; `value` counts what is not met."""
    import ibis

    people = facts.table("people")
    born = people.group_by("source", "record_id").agg(birth_year=people.birth_year.max())
    found = _appointments.decrees(facts).left_join(born, ["source", "record_id"])
    rank = found["rank"]
    found = found.filter(rank.isnull() | rank.isin(_appointments.SENIOR))
    age = found.day.year() - found.birth_year - 1
    failed = [
        age > _limit(found, _OLDEST),
        ~found.education.isin(_ENOUGH),
        found.experience_years < _limit(found, _LEAST_YEARS).cast("float64"),
    ]
    count = sum((each.fill_null(False).cast("int64") for each in failed), ibis.literal(0, "int64"))
    open_ = age.isnull() | found.education.isnull() | found.experience_years.isnull()
    reason = ibis.cases(
        (found.day.isnull(), "day_unknown"),
        (found["rank"].isnull(), "level_unknown"),
        (open_ & (count == 0), "person_unknown"),
        else_=ibis.null("string"),
    )
    return _appointments.rows(
        found,
        reason=reason,
        flagged=count > 0,
        value=count,
        evidence=_appointments.evidence(("appointments", found.row_id)),
        age=age.cast("int64"),
        education=found.education,
        experience_years=found.experience_years,
    )


def _limit(found: Table, limits: dict[str, int]) -> Column:
    import ibis

    branches = [(found["rank"] == rank, limit) for rank, limit in limits.items()]
    return ibis.cases(*branches, else_=ibis.null("int64"))
