"""A giver with several clients.

Question:
    Has somebody several ties that last, in which the other leans on him far more than he on the
    other, and from which something comes back?
Why it matters:
    A patron is known by his clients: many ties of the same form, each of them unequal, repeated and
    returned (Scott 1972; Tomsa 2008). One such tie may be anything; several have one middle.
Innocent explanations:
    - His office is to serve many people, and what comes back are fees or reports.
    - He employs these people, or buys from them.
    - He is better known than others, so that more of his exchanges were written down.
Law:
    - none: having clients is not forbidden; what was given, from what, and for what, decides.

Pemberi dengan beberapa klien.

Pertanyaan:
    Apakah seseorang mempunyai beberapa hubungan yang lama, yang membuat pihak lain jauh lebih
    bergantung kepadanya, dan yang mendatangkan balasan?
Mengapa penting:
    Seorang patron dikenal dari kliennya: banyak hubungan yang serupa, masing-masing timpang,
    berulang, dan berbalas (Scott 1972; Tomsa 2008). Satu hubungan dapat berarti apa saja; beberapa
    hubungan mempunyai satu pusat.
Penjelasan yang wajar:
    - Jabatannya memang melayani banyak orang, dan yang kembali adalah retribusi atau laporan.
    - Ia mempekerjakan orang-orang itu, atau membeli dari mereka.
    - Ia lebih dikenal, sehingga lebih banyak pertukarannya yang dicatat.
Hukum:
    - tidak ada: mempunyai klien tidak dilarang; isi dan tujuannya yang menentukan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Parameter, Values
from timbang.signals.detectors import _ties

if TYPE_CHECKING:
    from ibis.expr.types import Table
VERSION: Final = 2
KIND: Final = "network"
SIGHT: Final = "desk"
SUBJECTS: Final = ("person",)
READS: Final = ("exchanges",)
UNIT: Final = Bilingual("hubungan", "ties")
PARAMETERS: Final = (
    _ties.MONTHS,
    _ties.ASYMMETRY,
    Parameter(
        "ties",
        3,
        Bilingual("Jumlah hubungan yang sedikitnya ada", "Least number of such ties"),
        Bilingual(
            "pilihan kami: dua dapat berarti suami istri atau perusahaan dan cabangnya",
            "choice of ours: two may be a couple or a firm and its branch",
        ),
    ),
)
REASONS: Final = {
    "days_missing": Bilingual(
        "Tanggal yang tidak diketahui dapat mengubah jawabannya",
        "Days that are not known could turn the answer",
    ),
    "legs_missing": Bilingual(
        "Tidak satu catatan pun menyebut balasannya; apakah ada balasan tidak diketahui",
        "No record of all names another leg; whether something came back is not known",
    ),
}
MEASURES: Final = {
    "partners": Bilingual("Jumlah mitra pertukaran", "Partners"),
    "exchanges": Bilingual("Pertukaran dalam hubungan itu", "Exchanges in these ties"),
}


def find(facts: Facts, values: Values) -> Table:
    """One row for each on whom somebody leans; a lead from `ties` on. `value` counts the ties."""
    import ibis

    rows, pairs = _ties.ties(facts)
    pairs = pairs.mutate(
        patron=ibis.ifelse(pairs.low_is_above, pairs.low, pairs.high),
        unequal=pairs.asymmetry >= values["asymmetry"],
        gave=ibis.ifelse(pairs.low_is_above, pairs.forward, pairs.backward),
    )
    leans = pairs.unequal & (pairs.gave > 0)
    tied, may_be_often = leans & pairs.returned, pairs.months + pairs.undated >= values["months"]
    pairs = pairs.mutate(
        full=(tied & (pairs.months >= values["months"])).cast("int64"),
        dated=(tied & may_be_often).cast("int64"),
        may=(leans & pairs.may_be_returned & may_be_often).cast("int64"),
    )
    counted = pairs.group_by("patron").agg(
        ties=pairs.full.sum(),
        dated=pairs.dated.sum(),
        may=pairs.may.sum(),
        partners=pairs.count(),
        exchanges=(pairs.exchanges * pairs.full).sum(),
        since=pairs.since.min(where=pairs.full == 1),
        until=pairs.until.max(where=pairs.full == 1),
        regions=pairs.region_code.nunique(where=pairs.full == 1),
        region_code=pairs.region_code.min(where=pairs.full == 1),
    )
    chosen = pairs.filter(pairs.full == 1).select("low", "high", "patron")
    of_ties = rows.join(chosen, ["low", "high"])
    named = of_ties.group_by("patron").agg(evidence=_ties.evidence(of_ties))
    found = counted.left_join(named, "patron")
    enough = found.ties >= values["ties"]
    unsure = ~enough & (found.may >= values["ties"])
    why = ibis.ifelse(found.dated >= values["ties"], "days_missing", "legs_missing")
    return found.select(
        subject_kind=ibis.literal("person"),
        subject=found.patron,
        region_code=ibis.ifelse(found.regions == 1, found.region_code, ibis.null("string")),
        since=found.since,
        until=found.until,
        flagged=ibis.ifelse(unsure, ibis.null("boolean"), enough),
        value=ibis.ifelse(unsure, ibis.null("float64"), found.ties.cast("float64")),
        reason=ibis.ifelse(unsure, why, ibis.null("string")),
        evidence=found.evidence,
        partners=found.partners,
        exchanges=found.exchanges,
    )
