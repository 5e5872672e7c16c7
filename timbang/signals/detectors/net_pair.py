"""A tie with all elements of clientelism.

Question:
    Do two exchange again and again, the one leaning on the other far more than the other way round,
    with something in return, and from person to person?
Why it matters:
    Clientelism is told apart from a single gift by four things: it is repeated, the two are not
    equals, each gives something, and it goes through persons and not through offices (Tomsa 2008;
    Aspinall 2013). Where all four are on record, it is worth reading what was exchanged.
Innocent explanations:
    - Kin, neighbours and colleagues give to one another without any politics.
    - A small firm works for one client only, and is paid for its work.
    - Records are gathered where people look; what nobody wrote down is not seen.
Law:
    - none: no norm forbids exchanging again and again; what was exchanged, and for what, decides.

Hubungan dengan semua unsur klientelisme.

Pertanyaan:
    Apakah dua pihak bertukar berulang kali, yang satu jauh lebih bergantung daripada yang lain,
    dengan balasan, dan dari orang ke orang?
Mengapa penting:
    Empat hal membedakan klientelisme dari pemberian sekali saja: berulang, tidak setara, berbalas,
    dan lewat orang, bukan lewat lembaga (Tomsa 2008; Aspinall 2013). Bila keempatnya tercatat, apa
    yang dipertukarkan layak dibaca.
Penjelasan yang wajar:
    - Keluarga, tetangga, dan rekan kerja saling memberi tanpa maksud politik.
    - Usaha kecil bekerja untuk satu pelanggan saja dan dibayar atas pekerjaannya.
    - Catatan dikumpulkan di tempat orang mencari; yang tidak dicatat tidak terlihat.
Hukum:
    - tidak ada: bertukar berulang kali tidak dilarang; isi dan tujuannya yang menentukan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Values
from timbang.signals.detectors import _ties

if TYPE_CHECKING:
    from ibis.expr.types import Table
VERSION: Final = 2
KIND: Final = "network"
SIGHT: Final = "desk"
SUBJECTS: Final = ("pair",)
READS: Final = ("exchanges",)
UNIT: Final = Bilingual("bulan", "months")
PARAMETERS: Final = (_ties.MONTHS, _ties.ASYMMETRY, _ties.PERSONALISM)
REASONS: Final = {
    "days_missing": Bilingual(
        "Tanggal yang tidak diketahui dapat mengubah jawabannya",
        "Days that are not known could turn the answer",
    ),
    "way_unknown": Bilingual(
        "Tidak diketahui lewat orang atau lewat lembaga",
        "It is not known whether it went through a person or an office",
    ),
    "legs_missing": Bilingual(
        "Tidak satu catatan pun menyebut balasannya; apakah ada balasan tidak diketahui",
        "No record of all names another leg; whether something came back is not known",
    ),
}
MEASURES: Final = {
    "exchanges": Bilingual("Jumlah pertukaran", "Exchanges"),
    "forward": Bilingual("Yang pertama memberi", "The first gave"),
    "backward": Bilingual("Yang kedua memberi", "The second gave"),
    "linked": Bilingual("Dengan balasan yang tercatat", "With the other leg on record"),
    "asymmetry": Bilingual("Selisih ketergantungan", "Difference of dependence"),
    "personal_least": Bilingual(
        "Bagian lewat orang, paling sedikit", "Share through a person, at least"
    ),
    "personal_most": Bilingual(
        "Bagian lewat orang, paling banyak", "Share through a person, at most"
    ),
    "above": Bilingual("Kepada siapa yang lain lebih bergantung", "On whom the other depends more"),
}


def find(facts: Facts, values: Values) -> Table:
    """One row a pair, `<one> + <other>`; a lead where all four are there. `value` is months."""
    import ibis

    rows, pairs = _ties.ties(facts)
    named = rows.group_by(["low", "high"]).agg(evidence=_ties.evidence(rows))
    found = pairs.join(named, ["low", "high"])
    apart = found.asymmetry >= values["asymmetry"]
    often = found.months >= values["months"]
    may_be_often = found.months + found.undated >= values["months"]
    personal = found.personal_least >= values["personalism"]
    may_be_personal = found.personal_most >= values["personalism"]
    possible = apart & found.may_be_returned & may_be_often & may_be_personal
    reason = ibis.ifelse(
        possible & ~often,
        "days_missing",
        ibis.ifelse(
            possible & ~personal,
            "way_unknown",
            ibis.ifelse(possible & ~found.returned, "legs_missing", ibis.null("string")),
        ),
    )
    alike = found.asymmetry == 0
    return found.select(
        subject_kind=ibis.literal("pair"),
        subject=found.low + " + " + found.high,
        region_code=found.region_code,
        since=found.since,
        until=found.until,
        flagged=ibis.ifelse(reason.isnull(), possible, ibis.null("boolean")),
        value=ibis.ifelse(reason.isnull(), found.months.cast("float64"), ibis.null("float64")),
        reason=reason,
        evidence=found.evidence,
        exchanges=found.exchanges,
        forward=found.forward,
        backward=found.backward,
        linked=found.linked,
        asymmetry=found.asymmetry,
        personal_least=found.personal_least,
        personal_most=found.personal_most,
        above=ibis.ifelse(
            alike, ibis.null("string"), ibis.ifelse(found.low_is_above, found.low, found.high)
        ),
    )
