"""A short time for bids.

Question:
    Was the time from the first day of the tender to its end shorter than fifteen whole days?
Why it matters:
    Who heard of a tender beforehand is ready; who did not cannot prepare an offer in a few days.
    The value is always 1; how many days there were stands beside it. Fifteen days are a measure of
    Cardinal and no rule of Indonesian law: set the days of each method before you read the leads
    (Cardinal R003; Fazekas, Tóth and King 2016).
Innocent explanations:
    - A quick procedure or a direct purchase needs few days, and the rules allow it.
    - The need was urgent, for example after a disaster.
    - The tender was repeated, and bidders knew it already.
    - The days in the data are those of a stage and not of the whole tender.
Law:
    - none: the least time differs by method and is not in the catalogue of norms yet.

Waktu penawaran yang singkat.

Pertanyaan:
    Apakah waktu dari hari pertama pemilihan sampai akhirnya kurang dari lima belas hari penuh?
Mengapa penting:
    Yang sudah mendengar tentang tender sebelumnya telah siap; yang lain tidak dapat menyusun
    penawaran dalam beberapa hari. Nilainya selalu 1; jumlah harinya tertulis di sampingnya. Lima
    belas hari adalah ukuran Cardinal dan bukan aturan hukum Indonesia: isilah jumlah hari untuk
    setiap metode sebelum membaca hasilnya (Cardinal R003; Fazekas, Tóth, dan King 2016).
Penjelasan yang wajar:
    - Prosedur cepat atau pembelian langsung memang perlu sedikit hari, dan aturannya mengizinkan.
    - Kebutuhannya mendesak, misalnya sesudah bencana.
    - Tender diulang, dan peserta sudah mengenalnya.
    - Tanggal dalam data adalah tanggal satu tahap, bukan seluruh pemilihan.
Hukum:
    - tidak ada: waktu paling singkat berbeda menurut metode dan belum ada dalam katalog norma.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Parameter, Values
from timbang.signals.detectors import _processes, _rows, _settings

if TYPE_CHECKING:
    from ibis.expr.types import Table
VERSION: Final = 1
KIND: Final = "procurement"
SIGHT: Final = "public"
SUBJECTS: Final = ("procurement",)
READS: Final = ("procurements",)
UNIT: Final = Bilingual("tanda", "flag")
PARAMETERS: Final = (
    Parameter(
        "threshold",
        15,
        Bilingual("Hari penuh paling sedikit", "Fewest whole days"),
        Bilingual("Cardinal R003: 15", "Cardinal R003: 15"),
    ),
    Parameter(
        "procurement_method_details",
        {},
        Bilingual("Hari paling sedikit menurut metode", "Fewest days by method as worded"),
        Bilingual("Cardinal R003: tidak ada", "Cardinal R003: none"),
    ),
    Parameter(
        "procurement_methods",
        (),
        Bilingual("Hanya metode OCDS ini", "Only these methods in OCDS terms"),
        Bilingual("Cardinal R003: semua", "Cardinal R003: all"),
    ),
    _settings.EXCLUDED,
)
REASONS: Final = {
    "no_period": Bilingual(
        "Awal atau akhir pemilihan tidak ada dalam data",
        "The data lacks the first or the last day of the tender",
    ),
    "period_reversed": Bilingual(
        "Pemilihan berakhir sebelum dimulai: tanggalnya keliru",
        "The tender ends before it begins: its days are wrong",
    ),
}
MEASURES: Final = {
    "days": Bilingual("Lama pemilihan (hari penuh)", "Whole days of the tender"),
    "fewest": Bilingual("Hari paling sedikit", "Fewest days"),
}


def find(facts: Facts, values: Values) -> Table:
    """One row for each procurement. `value` is 1."""
    import ibis

    found = _processes.processes(facts, values)
    methods = list(values["procurement_methods"])
    if methods:
        found = found.filter(found.method.isin(methods).fill_null(False))
    days = found.tender_days.coalesce(found.tender_until.delta(found.tender_from, unit="day"))
    fewest = ibis.literal(values["threshold"])
    own = values["procurement_method_details"]
    if own:
        cases = [(found.method_details == name, number) for name, number in own.items()]
        fewest = ibis.cases(*cases, else_=values["threshold"])
    reason = ibis.cases(
        (days.isnull(), "no_period"), (days < 0, "period_reversed"), else_=ibis.null("string")
    )
    short = days < fewest
    return _rows.rows(
        found, "procurement", "ocid",
        region_code=found.region_code, since=found.tender_from.coalesce(found.released_on),
        reason=reason, flagged=short, value=_rows.where(short, 1.0),
        evidence=ibis.array([_processes.evidence("procurements", found.row_id)]),
        days=days, fewest=fewest,
    )  # fmt: skip
