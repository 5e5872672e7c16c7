"""Appointed after a decided breach that served the winner.

Question:
    Was somebody, against whom a breach of neutrality was decided, appointed to a post soon after
    the side that the breach favoured had won?
Why it matters:
    A post after the election is the other half of the exchange: the breach was the service, the
    post is what comes back. It is an indication and never a proof. Only decided cases are looked
    at, never reports, and they are joined by the number of the official and never by a name.
Innocent explanations:
    - The official was next in line and would have been appointed under any head.
    - The sanction was served, and the law does not bar an appointment after it.
    - The side that the decision names as favoured is not the one that appointed.
Law:
    - uu_20_2023/9(2)
    - none: no norm forbids an appointment after a sanction was served.

Diangkat sesudah pelanggaran yang menguntungkan pemenang.

Pertanyaan:
    Apakah orang yang sudah diputus melanggar netralitas diangkat dalam jabatan tidak lama sesudah
    pihak yang diuntungkan oleh pelanggaran itu menang?
Mengapa penting:
    Jabatan sesudah pemilihan adalah sisi lain dari pertukaran: pelanggaran menjadi jasanya, jabatan
    menjadi balasannya. Ini indikasi, bukan bukti. Yang dilihat hanya perkara yang sudah diputus,
    bukan laporan, dan hanya dihubungkan melalui nomor pegawai, bukan nama.
Penjelasan yang wajar:
    - Pejabat itu memang berikutnya dalam urutan dan akan diangkat oleh kepala daerah mana pun.
    - Hukumannya sudah dijalani, dan hukum tidak melarang pengangkatan sesudahnya.
    - Pihak yang disebut diuntungkan dalam putusan bukan pihak yang mengangkat.
Hukum:
    - uu_20_2023/9(2)
    - tidak ada: tidak ada norma yang melarang pengangkatan sesudah hukuman dijalani.
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
READS: Final = ("appointments", "posts", "decided_cases", "candidacies", "contests")
UNIT: Final = Bilingual("hari sejak pemungutan suara", "days since voting")
PARAMETERS: Final = (
    Parameter(
        "months",
        24,
        Bilingual("Bulan sesudah pemungutan suara", "Months after voting"),
        Bilingual(
            "pilihan kami: pelantikan berlangsung beberapa bulan setelah pemungutan suara, "
            "kepala daerah baru bebas mengangkat enam bulan kemudian, lalu satu putaran "
            "pengangkatan menyusul",
            "choice of ours: inauguration comes months after voting, the head may appoint "
            "freely only six months later, and one round of appointments follows",
        ),
    ),
)
REASONS: Final = {
    **_appointments.why("day_unknown", "number_unknown", "cases_unknown"),
    "side_unknown": Bilingual(
        "Pihak yang diuntungkan, hasilnya, atau hari pemungutan suaranya tidak ada dalam data",
        "The data does not tell the favoured side, whether it won, or the day of voting",
    ),
}
MEASURES: Final = {
    "election": Bilingual("Pemilihan", "Election"),
    "conduct": Bilingual("Perbuatan menurut putusan", "Conduct as decided"),
    "voting_on": Bilingual("Hari pemungutan suara", "Day of voting"),
}


def find(facts: Facts, values: Values) -> Table:
    """One row for each appointment; a lead where it follows within the months after voting."""
    import ibis

    decrees = _appointments.decrees(facts)
    decrees = decrees.filter(decrees.change.fill_null("") == "appointed")
    cases = facts.table("decided_cases")
    pairs = _pairs(decrees, cases, _sides(facts))
    latest = _appointments.months_from(pairs.voting_on, values["months"])
    rewarded = pairs.won & (pairs.day > pairs.voting_on) & (pairs.day <= latest)
    pairs = pairs.mutate(rewarded=rewarded.fill_null(False))
    unknown = pairs.won.isnull() | (pairs.won & pairs.voting_on.isnull())
    told = pairs.group_by("row_id").agg(
        rewarded=pairs.rewarded.any(),
        side_unknown=unknown.any(),
        voting_on=pairs.voting_on.max(where=pairs.rewarded),
        election=pairs.election.max(where=pairs.rewarded),
        conduct=pairs.conduct.max(where=pairs.rewarded),
        case_row=pairs.case_row.max(where=pairs.rewarded),
    )
    found = decrees.left_join(told, "row_id")
    found = _appointments.with_cases(found, cases)
    rewarded = found.rewarded.fill_null(False)
    reason = ibis.cases(
        (found.number_hash.isnull(), "number_unknown"),
        (found.day.isnull(), "day_unknown"),
        (rewarded, ibis.null("string")),
        (found.side_unknown, "side_unknown"),
        (found.where_decided.isnull(), "cases_unknown"),
        else_=ibis.null("string"),
    )
    return _appointments.rows(
        found,
        reason=reason,
        flagged=rewarded,
        value=found.day.delta(found.voting_on, unit="day"),
        evidence=_appointments.evidence(
            ("appointments", found.row_id), ("decided_cases", found.case_row)
        ),
        election=found.election,
        conduct=found.conduct,
        voting_on=found.voting_on,
    )


def _sides(facts: Facts) -> Table:
    """Every side of a contest: whether it won, and the day of voting."""
    import ibis

    rows = facts.table("candidacies")
    parts = [rows.election, rows.contest_kind, rows.region_code, rows.pair_number.cast("string")]
    side = parts[0]
    for part in parts[1:]:
        side = side + ibis.literal(":") + part
    rows = rows.mutate(side=side).filter(side.notnull())
    sides = rows.group_by("side").agg(
        election=rows.election.max(),
        contest_kind=rows.contest_kind.max(),
        region_code=rows.region_code.max(),
        won=rows.elected.any(),
    )
    contests = facts.table("contests").select(
        "voting_on", of="election", kind="contest_kind", region="region_code"
    )
    same = [
        sides.election == contests.of,
        sides.contest_kind == contests.kind,
        sides.region_code == contests.region,
    ]
    return sides.left_join(contests, same).select("side", "election", "won", "voting_on")


def _pairs(decrees: Table, cases: Table, sides: Table) -> Table:
    cases = cases.filter(cases.number_hash.notnull())
    cases = cases.left_join(sides, cases.favoured == sides.side).select(
        "decided_on", "conduct", "election", "won", "voting_on",
        number="number_hash", case_row="row_id",
    )  # fmt: skip
    pairs = decrees.inner_join(cases, decrees.number_hash == cases.number)
    return pairs.filter(pairs.decided_on <= pairs.day)
