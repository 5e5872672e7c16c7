"""Prices of the bids lie far apart.

Question:
    Do the valid bids of one procurement lie unusually far apart?
Why it matters:
    Firms that cost the same work alike come to similar prices. Where some prices lie far above the
    others, the high bids may only have been meant to make up the number. The value is the spread,
    (highest - lowest) / lowest, a screen for agreed bids; the coefficient of variation stands
    beside it (R022 of the red flags of the Open Contracting Partnership, 2024, which names the
    wide disparity without a formula that we could look up; spread and variation after Imhof 2017).
    It is compared with the other procurements of these data only (at or above Q3 + 1.5 IQR).
Innocent explanations:
    - The specification was open, and the firms offered goods of different quality.
    - A firm did not want the order and priced high.
    - One price was written with a digit too many or too few, or for a unit instead of the whole.
    - With two bids the spread is the difference of two firms and says little.
Law:
    - none: prices may differ; agreeing on bids is forbidden, and this alone does not show it.

Harga penawaran terpaut jauh.

Pertanyaan:
    Apakah penawaran sah dalam satu pengadaan terpaut jauh secara tidak biasa?
Mengapa penting:
    Perusahaan yang menghitung biaya pekerjaan yang sama sampai pada harga yang mirip. Bila sebagian
    harga jauh di atas yang lain, penawaran tinggi itu mungkin hanya melengkapi jumlah. Nilainya
    adalah rentang, (tertinggi - terendah) / terendah, sebuah saringan untuk penawaran yang diatur;
    koefisien variasi tercantum di sebelahnya (R022 dalam daftar tanda bahaya Open Contracting
    Partnership, 2024, yang menyebut selisih lebar tanpa rumus yang dapat kami periksa; rentang dan
    variasi menurut Imhof 2017). Nilai itu hanya dibandingkan dengan pengadaan lain dalam data ini
    (paling rendah Q3 + 1,5 IQR).
Penjelasan yang wajar:
    - Spesifikasinya longgar, dan perusahaan menawarkan barang dengan mutu yang berbeda.
    - Salah satu perusahaan tidak berminat dan menawar tinggi.
    - Satu harga tertulis kelebihan atau kekurangan angka, atau untuk satuan, bukan keseluruhan.
    - Dengan dua penawaran, rentang hanya selisih dua perusahaan dan tidak banyak berarti.
Hukum:
    - tidak ada: harga boleh berbeda; yang dilarang bersekongkol, dan ini saja belum menunjukkannya.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Parameter, Values
from timbang.signals.detectors import _fences, _prices, _processes, _rows, _settings

if TYPE_CHECKING:
    from ibis.expr.types import Table
VERSION: Final = 1
KIND: Final = "procurement"
SIGHT: Final = "public"
SUBJECTS: Final = ("procurement",)
READS: Final = ("procurements", "bids")
UNIT: Final = Bilingual("bagian dari harga terendah", "share of the lowest price")
PARAMETERS: Final = (
    Parameter(
        "threshold",
        None,
        Bilingual("Rentang terendah yang ditandai", "Lowest spread that is marked"),
        Bilingual(
            "pagar atas Q3 + 1,5 IQR dari semua sebaran, seperti Cardinal untuk R058",
            "the upper fence Q3 + 1.5 IQR of all spreads, as Cardinal does for R058",
        ),
    ),
    *_settings.PRICES,
)
REASONS: Final = {
    "no_prices": Bilingual(
        "Kurang dari dua penawaran sah dengan harga dalam mata uang yang dibandingkan",
        "Fewer than two valid bids with a price in the currency that is compared",
    ),
}
MEASURES: Final = {
    "bidders": Bilingual("Penawar dengan harga", "Bidders with a price"),
    "lowest": Bilingual("Harga terendah", "Lowest price"),
    "highest": Bilingual("Harga tertinggi", "Highest price"),
    "variation": Bilingual("Koefisien variasi", "Coefficient of variation"),
    "fence": Bilingual("Pagar", "Fence"),
    "compared": Bilingual("Jumlah pengadaan pembanding", "Procurements that the fence is from"),
}


def find(facts: Facts, values: Values) -> Table:
    """One row a procurement in which prices compete. With a fence at zero none is marked."""
    import ibis

    processes = _processes.compared(_processes.processes(facts, values), values)
    priced = _prices.prices(facts, processes, values)
    spread = priced.group_by("ocid").agg(
        bidders=priced.bidder_id.count(),
        lowest=priced.price.min(),
        highest=priced.price.max(),
        variation=priced.price.std(how="pop") / priced.price.mean(),
        rows=(ibis.literal("bids:") + priced.row_id).collect(),
    )
    found = processes.left_join(spread, "ocid").drop("ocid_right")
    enough = found.bidders.fill_null(0) >= 2
    gap = (found.highest - found.lowest) / found.lowest
    found = found.mutate(
        gap=ibis.ifelse(enough, gap, ibis.null("float64")),
        variation=ibis.ifelse(enough, found.variation, ibis.null("float64")),
    )
    usual = _fences.quantiles(found, "gap", {"q1": 0.25, "q3": 0.75})
    fence = _fences.upper(usual.q1, usual.q3)
    if values["threshold"] is not None:
        fence = ibis.literal(values["threshold"], "float64")
    found = found.cross_join(usual.select("compared", fence=fence))
    reason = ibis.ifelse(found.gap.isnull(), ibis.literal("no_prices"), ibis.null("string"))
    return _rows.rows(
        found, "procurement", "ocid",
        region_code=found.region_code, since=found.tendered_on, reason=reason,
        flagged=(found.fence > 0) & (found.gap >= found.fence), value=found.gap,
        evidence=found.rows,
        **{name: found[name] for name in MEASURES},
    )  # fmt: skip
