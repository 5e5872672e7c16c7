"""A single bid.

Question:
    Did only one tenderer hand in a bid in a procedure that asked for competition?
Why it matters:
    Where one bid comes, nobody compares prices. In many countries a single bid goes together with
    agreed or closed procedures, and it is the sign that studies of procurement use most (Fazekas,
    Tóth and King 2016). The value is always 1. The number that the source writes counts (Cardinal
    R018); where it writes none, or zero, those who handed in a bid are counted.
Innocent explanations:
    - Few firms sell this good or work in this region.
    - The package was urgent, small or far away, and others did not find it worth a bid.
    - Bids that were handed in are missing from the data.
Law:
    - none: a single bid is not forbidden; the rules on procurement say when a tender is repeated.

Satu penawaran saja.

Pertanyaan:
    Apakah hanya satu peserta yang menawar dalam prosedur yang seharusnya bersaing?
Mengapa penting:
    Bila hanya ada satu penawaran, tidak ada harga yang dibandingkan. Di banyak negara penawaran
    tunggal berjalan bersama prosedur yang tertutup atau diatur, dan tanda inilah yang paling sering
    dipakai dalam kajian pengadaan (Fazekas, Tóth, dan King 2016). Nilainya selalu 1. Yang berlaku
    ialah jumlah peserta menurut sumber (Cardinal R018); bila tidak ada atau nol, yang dihitung
    ialah mereka yang memasukkan penawaran.
Penjelasan yang wajar:
    - Sedikit perusahaan menjual barang ini atau bekerja di wilayah ini.
    - Paketnya mendesak, kecil, atau jauh, sehingga yang lain tidak tertarik menawar.
    - Penawaran yang masuk tidak tercatat dalam data.
Hukum:
    - tidak ada: penawaran tunggal tidak dilarang; aturan pengadaan menyebut kapan tender diulang.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Parameter, Values
from timbang.signals.detectors import _processes, _rows, _settings

if TYPE_CHECKING:
    from ibis.expr.types import Table
VERSION: Final = 2
KIND: Final = "procurement"
SIGHT: Final = "public"
SUBJECTS: Final = ("procurement",)
READS: Final = ("procurements", "bids")
UNIT: Final = Bilingual("penawaran", "bids")
PARAMETERS: Final = (
    Parameter(
        "procurement_methods",
        ("open", "selective"),
        Bilingual("Metode OCDS yang bersaing", "Methods in OCDS terms that ask for competition"),
        Bilingual(
            "Cardinal R018: terbuka dan terbatas pada yang dipilih",
            "Cardinal R018: open and selective",
        ),
    ),
    _settings.EXCLUDED,
)
REASONS: Final = {
    "no_method": Bilingual("Metodenya tidak ada dalam data", "The data does not tell the method"),
    "no_bids": Bilingual(
        "Jumlah peserta dan penawaran tidak ada dalam data",
        "The data has neither the number of tenderers nor bids",
    ),
}
MEASURES: Final = {
    "written": Bilingual("Jumlah peserta menurut sumber", "Number of tenderers as written"),
    "bidders": Bilingual("Jumlah penawar dalam data", "Number of bidders in the data"),
}


def find(facts: Facts, values: Values) -> Table:
    """One row for each procurement of a method that asks for competition, or of an unknown one."""
    import ibis

    bids = _processes.bids(facts)
    took_part = bids.status.isnull() | _processes.submitted(bids)
    counted = bids.group_by("ocid").agg(bidders=bids.bidder_id.nunique(where=took_part))
    found = _processes.processes(facts, values)
    methods = list(values["procurement_methods"])
    if methods:
        found = found.filter(found.method.isin(methods) | found.method.isnull())
    found = found.left_join(counted, "ocid").drop("ocid_right")
    written = ibis.ifelse(found.tenderers >= 1, found.tenderers, ibis.null("int64"))
    bidders = ibis.ifelse(found.bidders >= 1, found.bidders, ibis.null("int64"))
    number = written.coalesce(bidders)
    reason = ibis.cases((number.isnull(), "no_bids"), else_=ibis.null("string"))
    if methods:
        reason = ibis.ifelse(found.method.isnull(), "no_method", reason)
    alone = number == 1
    return _rows.rows(
        found, "procurement", "ocid",
        region_code=found.region_code, since=found.tendered_on, reason=reason,
        flagged=alone, value=_rows.where(alone, 1.0),
        evidence=ibis.array([_processes.evidence("procurements", found.row_id)]),
        written=found.tenderers, bidders=found.bidders,
    )  # fmt: skip
