"""Two tenderers' prices stand in the same ratio again and again.

Question:
    Do the prices of two tenderers stand in the same ratio in several procurements?
Why it matters:
    Who writes a second bid by multiplying the first leaves a constant ratio: always 1.05 times.
    Independent prices differ by another ratio each time (R023, fixed multiple bid prices, of the
    red flags of the Open Contracting Partnership, 2024; ratios rounded to two decimals after the
    discussion of Cardinal's indicator, which follows Velasco's screen for concerted bids).
Innocent explanations:
    - Both firms sell the same goods from one price list and add their own fixed margin.
    - Prices are regulated, so that bids can only differ by a rebate.
    - The firms meet so often that a ratio comes back by chance.
    - One lot was released as several procurements with the same prices.
Law:
    - none: a constant ratio is not forbidden; agreeing on bids is, and this alone does not show it.

Harga dua peserta berulang kali berbanding sama.

Pertanyaan:
    Apakah harga dua peserta berbanding sama dalam beberapa pengadaan?
Mengapa penting:
    Siapa yang menulis penawaran kedua dengan mengalikan penawaran pertama meninggalkan perbandingan
    yang tetap: selalu 1,05 kali. Harga yang mandiri setiap kali berbanding lain (R023, harga dengan
    kelipatan tetap, dalam daftar tanda bahaya Open Contracting Partnership, 2024; perbandingan
    dibulatkan dua angka menurut pembahasan indikator Cardinal, yang mengikuti saringan Velasco).
Penjelasan yang wajar:
    - Kedua perusahaan menjual barang yang sama dari satu daftar harga dengan margin tetap.
    - Harganya diatur, sehingga penawaran hanya dapat berbeda potongan.
    - Perusahaan itu sering bertemu sehingga suatu perbandingan berulang karena kebetulan.
    - Satu paket dirilis sebagai beberapa pengadaan dengan harga yang sama.
Hukum:
    - tidak ada: perbandingan tetap tidak dilarang; yang dilarang bersekongkol, ini belum cukup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Parameter, Values
from timbang.signals.detectors import _prices, _processes, _rows, _settings

if TYPE_CHECKING:
    from ibis.expr.types import Table
VERSION: Final = 1
KIND: Final = "procurement"
SIGHT: Final = "public"
SUBJECTS: Final = ("procurement", "tenderer")
READS: Final = ("procurements", "bids")
UNIT: Final = Bilingual("kali perbandingan yang sama", "times the same ratio")
PARAMETERS: Final = (
    Parameter(
        "times",
        3,
        Bilingual(
            "Berapa kali perbandingan yang sama sebelum ditandai",
            "How often the same ratio before it is marked",
        ),
        Bilingual(
            "pilihan kami: pembahasan Cardinal menyebut 2 dan dengan itu menandai seperempat "
            "dari semua peserta",
            "choice of ours: Cardinal's discussion names 2 and finds a quarter of all tenderers"
            " then",
        ),
    ),
    *_settings.PRICES,
)
REASONS: Final = {
    "no_pair": Bilingual(
        "Kurang dari dua penawaran sah dengan harga yang berbeda dalam mata uang yang dibandingkan",
        "Fewer than two valid bids with different prices in the currency that is compared",
    ),
}
MEASURES: Final = {
    "ratio": Bilingual("Perbandingan", "Ratio"),
    "processes": Bilingual("Jumlah pengadaan yang ditandai", "Procurements that are marked"),
}


def find(facts: Facts, values: Values) -> Table:
    """One row a procurement in which prices compete, one a tenderer that was judged; `value` is in
    how many procurements the pair has the ratio, the most where there are several pairs.

    Equal prices are another flag (R028) and are left out. The ratio is the higher id's price by the
    lower id's.
    """
    import ibis

    processes = _processes.compared(_processes.processes(facts, values), values)
    pairs = _pairs(_prices.prices(facts, processes, values))
    met = pairs.group_by("first", "second", "ratio").agg(times=pairs.ocid.nunique())
    pairs = pairs.join(met, ["first", "second", "ratio"])
    pairs = pairs.mutate(often=pairs.times >= values["times"])
    seen = pairs.group_by("ocid").agg(
        times=pairs.times.max(),
        often=pairs.often.any(),
        ratio=pairs.ratio.min(where=pairs.often),
        rows=pairs.first_row.collect(where=pairs.often).concat(
            pairs.second_row.collect(where=pairs.often)
        ),
    )
    found = processes.left_join(seen, "ocid").drop("ocid_right")
    reason = ibis.ifelse(found.often.isnull(), ibis.literal("no_pair"), ibis.null("string"))
    of_processes = _rows.rows(
        found, "procurement", "ocid",
        region_code=found.region_code, since=found.tendered_on, reason=reason,
        flagged=found.often, value=ibis.ifelse(found.often, found.times, ibis.null("int64")),
        evidence=found.rows, ratio=found.ratio, processes=ibis.null("int64"),
    )  # fmt: skip
    return of_processes.union(_tenderers(pairs, processes))


def _pairs(priced: Table) -> Table:
    """Each two tenderers of a procurement, in the order of their ids, with the ratio of prices."""
    import ibis

    others = priced.select("ocid", second="bidder_id", above="price", second_id="row_id")
    found = priced.join(others, "ocid")
    found = found.filter((found.bidder_id < found.second) & (found.price != found.above))
    return found.select(
        "ocid", "second",
        first=found.bidder_id,
        ratio=(found.above / found.price).round(2).cast("float64"),
        first_row=ibis.literal("bids:") + found.row_id,
        second_row=ibis.literal("bids:") + found.second_id,
    )  # fmt: skip


def _tenderers(pairs: Table, processes: Table) -> Table:
    sides = [
        pairs.select("ocid", "often", "times", tenderer=pairs[side], evidence=pairs[f"{side}_row"])
        for side in ("first", "second")
    ]
    marks = sides[0].union(sides[1])
    days = processes.select("ocid", "region_code", day="tendered_on")
    marks = marks.join(days, "ocid")
    found = marks.group_by("tenderer").agg(
        region_code=_rows.one_or_none(marks.region_code),
        since=marks.day.min(where=marks.often),
        until=marks.day.max(where=marks.often),
        often=marks.often.any(),
        times=marks.times.max(),
        evidence=marks.evidence.collect(where=marks.often),
        processes=marks.ocid.nunique(where=marks.often),
    )
    import ibis

    return _rows.rows(
        found, "tenderer", "tenderer",
        region_code=found.region_code, since=found.since, until=found.until,
        flagged=found.often, value=ibis.ifelse(found.often, found.times, ibis.null("int64")),
        evidence=found.evidence, ratio=ibis.null("float64"), processes=found.processes,
    )  # fmt: skip
