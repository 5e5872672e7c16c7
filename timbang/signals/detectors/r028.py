"""Bids at the same price.

Question:
    Did different tenderers hand in bids at exactly the same price?
Why it matters:
    Two offices that reckon by themselves hardly come to the same figure. The same price may show
    that bids were written by one hand, or that a price was told on. The value is always 1, for the
    procurement and for each tenderer (Cardinal R028; Fazekas and Tóth 2016). A price of zero is
    taken as not known, and prices in different currencies are never the same.
Innocent explanations:
    - The price is fixed by the state or by a catalogue.
    - Bidders rounded to the published estimate.
    - The same bid was written down twice, under two numbers of one firm.
Law:
    - none: the same price is not forbidden; an agreement between bidders would be.

Harga penawaran yang sama.

Pertanyaan:
    Apakah peserta yang berbeda menawar dengan harga yang persis sama?
Mengapa penting:
    Dua kantor yang menghitung sendiri-sendiri hampir tidak mungkin sampai pada angka yang sama.
    Harga yang sama dapat menunjukkan bahwa penawaran ditulis oleh satu tangan atau bahwa harganya
    bocor. Nilainya selalu 1, untuk pengadaan dan untuk setiap peserta (Cardinal R028; Fazekas dan
    Tóth 2016). Harga nol dianggap tidak diketahui, dan harga dalam mata uang berbeda tidak pernah
    sama.
Penjelasan yang wajar:
    - Harganya ditetapkan negara atau katalog.
    - Para peserta membulatkan ke harga perkiraan yang diumumkan.
    - Penawaran yang sama tercatat dua kali, di bawah dua nomor satu perusahaan.
Hukum:
    - tidak ada: harga yang sama tidak dilarang; yang dilarang adalah persekongkolan penawar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Values
from timbang.signals.detectors import _processes, _rows, _settings

if TYPE_CHECKING:
    from ibis.expr.types import Table
VERSION: Final = 1
KIND: Final = "procurement"
SIGHT: Final = "public"
SUBJECTS: Final = ("procurement", "tenderer")
READS: Final = ("procurements", "bids")
UNIT: Final = Bilingual("tanda", "flag")
PARAMETERS: Final = (_settings.EXCLUDED, _settings.NO_COMPARISON, _settings.COMPARISON)
REASONS: Final = {
    "no_bids": Bilingual(
        "Penawaran atau statusnya tidak ada dalam data", "The data has no bids with a status"
    ),
    "no_prices": Bilingual(
        "Kurang dari dua penawaran berharga, bermata uang, dan berpeserta dalam data",
        "The data has fewer than two bids with price, currency and tenderer",
    ),
}
MEASURES: Final = {
    "priced": Bilingual("Penawaran yang dibandingkan", "Bids that are compared"),
    "currencies": Bilingual(
        "Jumlah mata uang, dibandingkan masing-masing",
        "Number of currencies, each compared by itself",
    ),
    "processes": Bilingual("Jumlah pengadaan yang ditandai", "Procurements that are marked"),
}
_OF_PROCESSES: Final = {"priced": "int64", "currencies": "int64"}


def find(facts: Facts, values: Values) -> Table:
    """One row for each procurement, and one for each tenderer of those that were judged.

    Bids at one price by the same tenderers are no lead: of each price, somebody must be missing
    from one of the bids.
    """
    import ibis

    processes = _processes.compared(_processes.processes(facts, values), values)
    bids = _processes.bids(facts)
    handed_in = bids.filter(_processes.submitted(bids)).semi_join(processes, "ocid")
    known = handed_in.filter(
        handed_in.value > 0, handed_in.currency.notnull(), handed_in.bidder_id.notnull()
    )
    price = ["ocid", "currency", "value"]
    by_price = known.group_by(price).agg(bids=known.bid.nunique())
    by_tenderer = known.group_by([*price, "bidder_id"]).agg(
        own=known.bid.nunique(), bid_row=known.row_id.max()
    )
    told = by_tenderer.inner_join(by_price, price)
    shared = told.group_by(price).agg(shared=(told.own < told.bids).any())
    told = told.inner_join(shared, price)
    counted = handed_in.group_by("ocid").agg(submitted=handed_in.bid.nunique())
    judged = known.group_by("ocid").agg(
        priced=known.bid.nunique(), currencies=known.currency.nunique()
    )
    same = told.group_by("ocid").agg(
        flagged=told.shared.any(),
        rows=_processes.evidence("bids", told.bid_row).collect(where=told.shared),
    )
    found = processes.left_join(counted, "ocid").drop("ocid_right")
    found = found.left_join(judged, "ocid").drop("ocid_right")
    found = found.left_join(same, "ocid").drop("ocid_right")
    reason = ibis.cases(
        (found.submitted.isnull(), "no_bids"),
        (found.priced.fill_null(0) < 2, "no_prices"),
        else_=ibis.null("string"),
    )
    found = found.mutate(reason=reason)
    of_processes = _rows.rows(
        found, "procurement", "ocid",
        region_code=found.region_code, since=found.tendered_on, reason=found.reason,
        flagged=found.flagged, value=_rows.where(found.flagged, 1.0), evidence=found["rows"],
        priced=found.priced, currencies=found.currencies, processes=ibis.null("int64"),
    )  # fmt: skip
    looked_at = found.filter(found.reason.isnull()).select("ocid", "region_code", "tendered_on")
    marks = told.inner_join(looked_at, "ocid")
    marks = marks.select(
        "ocid", "region_code", tenderer=marks.bidder_id, day=marks.tendered_on,
        flagged=marks.shared, evidence=_processes.evidence("bids", marks.bid_row),
    )  # fmt: skip
    return of_processes.union(_rows.of_tenderers(marks, 1.0, _OF_PROCESSES))
