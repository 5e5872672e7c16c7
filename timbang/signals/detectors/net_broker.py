"""A broker between givers and many receivers.

Question:
    Does what somebody gives reach many others through the same person?
Why it matters:
    Candidates seldom know their voters, nor heads of offices those whom a programme serves: between
    them stand brokers, who choose whom it reaches (Stokes, Dunning, Nazareno and Brusco 2013;
    Aspinall and Sukmajati 2016). Through whom it went is where a check begins.
Innocent explanations:
    - Handing out is his duty, as with a village head or a treasurer.
    - He leads a group that asked for it, and all of its members got the same.
    - Records come from his own books; others who handed out kept none.
Law:
    - none: handing something on is not forbidden; what it was, and for what, decides.

Perantara antara pemberi dan banyak penerima.

Pertanyaan:
    Apakah pemberian seseorang sampai kepada banyak orang lewat satu orang yang sama?
Mengapa penting:
    Calon jarang mengenal pemilihnya, begitu pula kepala kantor dan warga yang dilayani programnya:
    di antara mereka ada perantara, yang memilih siapa yang kebagian (Stokes, Dunning, Nazareno, dan
    Brusco 2013; Aspinall dan Sukmajati 2016). Dari perantara itulah pemeriksaan dimulai.
Penjelasan yang wajar:
    - Membagikan adalah tugasnya, seperti kepala desa atau bendahara.
    - Ia memimpin kelompok yang mengajukan, dan semua anggotanya mendapat sama.
    - Catatannya berasal dari bukunya sendiri; orang lain yang membagikan tidak mencatat.
Hukum:
    - tidak ada: meneruskan sesuatu tidak dilarang; isi dan tujuannya yang menentukan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Parameter, Values
from timbang.signals.detectors import _ties

if TYPE_CHECKING:
    from ibis.expr.types import Table
VERSION: Final = 1
KIND: Final = "network"
SIGHT: Final = "desk"
SUBJECTS: Final = ("person",)
READS: Final = ("exchanges",)
UNIT: Final = Bilingual("penerima", "receivers")
PARAMETERS: Final = (
    Parameter(
        "receivers",
        5,
        Bilingual("Jumlah penerima yang sedikitnya ada", "Least number of receivers"),
        Bilingual(
            "pilihan kami: lebih dari satu rumah tangga", "choice of ours: more than one household"
        ),
    ),
)
REASONS: Final = {
    "receivers_missing": Bilingual(
        "Penerima yang tidak disebut dapat mengubah jawabannya",
        "Receivers that are not named could turn the answer",
    ),
}
MEASURES: Final = {
    "givers": Bilingual("Jumlah pemberi", "Givers"),
    "exchanges": Bilingual("Pertukaran lewat dia", "Exchanges through him"),
    "months": Bilingual("Jumlah bulan", "Months"),
}


def find(facts: Facts, values: Values) -> Table:
    """One row for each through whom something went; `value` counts those whom it reached."""
    import ibis

    rows = _ties.exchanges(facts)
    rows = rows.filter(rows.broker.notnull() & (rows.support == 0))
    rows = rows.filter(
        (rows.broker != rows.one.fill_null("")) & (rows.broker != rows.other.fill_null(""))
    )
    found = rows.group_by("broker").agg(
        givers=rows.one.nunique(),
        receivers=rows.other.nunique(),
        unnamed=rows.other.isnull().cast("int64").sum(),
        exchanges=rows.count(),
        months=rows.month.nunique(),
        since=rows.given_on.min(),
        until=rows.given_on.max(),
        regions=rows.region_code.nunique(),
        region_code=rows.region_code.min(),
        evidence=_ties.evidence(rows),
    )
    enough = found.receivers >= values["receivers"]
    unsure = ~enough & (found.receivers + found.unnamed >= values["receivers"])
    return found.select(
        subject_kind=ibis.literal("person"),
        subject=found.broker,
        region_code=ibis.ifelse(found.regions == 1, found.region_code, ibis.null("string")),
        since=found.since,
        until=found.until,
        flagged=ibis.ifelse(unsure, ibis.null("boolean"), enough),
        value=ibis.ifelse(unsure, ibis.null("float64"), found.receivers.cast("float64")),
        reason=ibis.ifelse(unsure, "receivers_missing", ibis.null("string")),
        evidence=found.evidence,
        givers=found.givers,
        exchanges=found.exchanges,
        months=found.months,
    )
