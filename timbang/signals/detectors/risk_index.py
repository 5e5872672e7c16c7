"""Risk index of a procurement after Fazekas.

Question:
    How many of the known signs of closed competition does a tender show: a single bid, no
    published call, a procedure that is not open, a short time to bid, a decision in haste or after
    long delay, and a supplier who takes much of the buyer's money?
Why it matters:
    One sign alone often has a plain reason; several together are what studies of procurement use
    (Fazekas, Tóth and King 2016; Fazekas and Kocsis 2020). The index is the mean of the parts that
    the data allow, from 0 (none) to 1 (all); the parts that are missing are shown. In those studies
    the bounds of the periods were fitted to each country; nobody has fitted them to Indonesia, so
    they are choices of ours and can be set.
Innocent explanations:
    - Few firms can do this work, so that one bid comes and one supplier holds a large share.
    - The period was short because goods of a common kind are bought by a quick procedure.
    - The decision took long because somebody objected, or the budget was changed.
    - The bids or dates of this procurement are missing or wrong in the data.
Law:
    - none: each sign alone is allowed; the index sums up signs and not breaches.

Indeks risiko pengadaan menurut Fazekas.

Pertanyaan:
    Berapa banyak tanda persaingan tertutup yang tampak pada sebuah tender: satu penawaran saja,
    tanpa pengumuman, prosedur yang tidak terbuka, waktu menawar yang pendek, keputusan yang
    tergesa-gesa atau lama tertunda, dan penyedia yang menguasai banyak belanja satuan kerja?
Mengapa penting:
    Satu tanda saja sering punya alasan biasa; beberapa tanda bersama dipakai dalam kajian pengadaan
    (Fazekas, Tóth, dan King 2016; Fazekas dan Kocsis 2020). Indeksnya rata-rata bagian yang
    dimungkinkan oleh data, dari 0 (tidak ada) sampai 1 (semua); bagian yang tidak ada ditunjukkan.
    Dalam kajian itu batas waktu disesuaikan untuk tiap negara; untuk Indonesia belum ada yang
    menyesuaikannya, jadi batas di sini pilihan kami dan dapat diubah.
Penjelasan yang wajar:
    - Sedikit perusahaan sanggup mengerjakannya, sehingga datang satu penawaran dan satu penyedia
      memegang bagian besar.
    - Waktunya pendek karena barang yang umum dibeli dengan prosedur cepat.
    - Keputusannya lama karena ada sanggahan atau anggaran diubah.
    - Penawaran atau tanggal pengadaan ini tidak ada atau keliru dalam data.
Hukum:
    - tidak ada: setiap tanda sendiri diperbolehkan; indeks ini menjumlah tanda, bukan pelanggaran.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Parameter, Values
from timbang.signals.detectors import _packages, _processes, _rows

if TYPE_CHECKING:
    from ibis.expr.types import FloatingValue, NumericValue, Table

VERSION: Final = 1
KIND: Final = "procurement"
SIGHT: Final = "public"
SUBJECTS: Final = ("procurement",)
READS: Final = ("procurements", "bids", "awards", "contracts")
UNIT: Final = Bilingual("indeks (0 sampai 1)", "index (0 to 1)")
_OURS: Final = Bilingual(
    "pilihan kami: belum ada yang menyesuaikannya dengan Indonesia",
    "choice of ours: not fitted to Indonesia by anybody yet",
)
PARAMETERS: Final = (
    Parameter(
        "threshold",
        0.5,
        Bilingual("Indeks terendah yang ditandai", "Lowest index that is marked"),
        Bilingual("pilihan kami: separuh dari nilai tertinggi indeks",
                  "choice of ours: half of what the index can be"),
        most=1,
    ),
    Parameter(
        "parts",
        3,
        Bilingual("Bagian yang paling sedikit harus diketahui", "Parts known at least"),
        Bilingual("pilihan kami: separuh dari enam bagian",
                  "choice of ours: half of the six parts"),
    ),
    Parameter("very_short", 5, Bilingual("Waktu menawar sangat pendek (hari)",
              "Very short time to bid (days)"), _OURS),
    Parameter("short", 10, Bilingual("Waktu menawar pendek (hari)", "Short time to bid (days)"),
              _OURS),
    Parameter("hasty", 3, Bilingual("Keputusan tergesa-gesa (hari)", "Hasty decision (days)"),
              _OURS),
    Parameter("delayed", 90, Bilingual("Keputusan tertunda (hari)", "Delayed decision (days)"),
              _OURS),
    Parameter("awards", 5, Bilingual("Penetapan satuan kerja setahun paling sedikit",
              "Awards of the buyer in a year at least"),
              Bilingual("pilihan kami: dengan yang lebih sedikit, bagian yang besar timbul "
                        "dengan sendirinya",
                        "choice of ours: with fewer, a large share comes by itself")),
)  # fmt: skip
REASONS: Final = {
    "direct_award": Bilingual(
        "Pengadaan langsung: tidak ada persaingan yang dapat dinilai",
        "A direct award: there is no competition to judge",
    ),
    "too_few_parts": Bilingual("Terlalu sedikit bagian yang diketahui", "Too few parts are known"),
}
PARTS: Final = {
    "single_bid": Bilingual("Satu penawaran", "Single bid"),
    "no_call": Bilingual("Tanpa pengumuman", "No call published"),
    "procedure": Bilingual("Prosedur tidak terbuka", "Procedure not open"),
    "advertised": Bilingual("Waktu menawar pendek", "Short time to bid"),
    "decided": Bilingual("Keputusan tergesa atau tertunda", "Hasty or delayed decision"),
    "share": Bilingual(
        "Bagian penyedia dari belanja satuan kerja", "Supplier's share of the buyer's spending"
    ),
}
MEASURES: Final = {
    **PARTS,
    "parts": Bilingual("Bagian yang diketahui", "Parts that are known"),
    "missing": Bilingual("Bagian yang tidak diketahui", "Parts that are missing"),
}


def find(facts: Facts, values: Values) -> Table:
    """One row a procurement; `value` is the mean of its parts, each 0, 0.5 or 1, the share as it
    is."""
    import ibis

    found = _with_share(_packages.packages(facts), values)
    bids = _processes.bids(facts)
    handed_in = bids.filter(_processes.submitted(bids))
    counted = handed_in.group_by("ocid").agg(bids=handed_in.bid.nunique())
    found = found.left_join(counted, "ocid").drop("ocid_right")
    found = found.mutate(**_parts(found, values))
    known, total = ibis.literal(0).cast("int64"), ibis.literal(0.0, "float64")
    missing = ibis.literal("")
    for name in PARTS:
        known = known + found[name].notnull().cast("int64")
        total = total + found[name].fill_null(0.0)
        missing = missing + ibis.ifelse(found[name].isnull(), f"{name} ", "")
    found = found.mutate(parts=known, total=total, missing=missing.strip().nullif(""))
    index = found.total / found.parts.nullif(0).cast("float64")
    reason = ibis.cases(
        ((found.method == "direct").fill_null(False), "direct_award"),
        (found.parts < values["parts"], "too_few_parts"),
        else_=ibis.null("string"),
    )
    return _rows.rows(
        found, "procurement", "ocid",
        region_code=found.region_code, since=found.tender_from.coalesce(found.released_on),
        until=found.awarded_on, reason=reason, flagged=index >= values["threshold"], value=index,
        evidence=ibis.array([ibis.literal("procurements:") + found.row_id]),
        **{name: found[name] for name in MEASURES},
    )  # fmt: skip


def _parts(found: Table, values: Values) -> dict[str, FloatingValue]:
    import ibis

    unknown = ibis.null("float64")
    advertised = found.tender_until.delta(found.tender_from, unit="day")
    decided = found.awarded_on.delta(found.tender_until, unit="day")
    told, notice = found.tags.notnull(), found.tags.contains("tender")
    parts = {
        "single_bid": ibis.ifelse(found.bids.isnull(), unknown, _one(found.bids == 1)),
        "no_call": ibis.cases(
            (told & notice & found.tender_from.notnull(), 0.0),
            (told & ~notice & found.tags.contains("award"), 1.0),
            else_=unknown,
        ),
        "procedure": ibis.cases(
            (found.method == "open", 0.0), (found.method.isin(["selective", "limited"]), 0.5),
            else_=unknown,
        ),
        "advertised": ibis.cases(
            (advertised < 0, unknown), (advertised <= values["very_short"], 1.0),
            (advertised <= values["short"], 0.5), (advertised.notnull(), 0.0), else_=unknown,
        ),
        "decided": ibis.cases(
            (decided < 0, unknown), (decided <= values["hasty"], 1.0),
            (decided > values["delayed"], 0.5), (decided.notnull(), 0.0), else_=unknown,
        ),
    }  # fmt: skip
    return {name: part.cast("float64") for name, part in parts.items()}


def _one(condition: NumericValue) -> FloatingValue:
    import ibis

    return ibis.ifelse(condition, 1.0, 0.0)


def _with_share(found: Table, values: Values) -> Table:
    """`share`: what the supplier got of all that the buyer awarded in that year, in rupiah."""
    import ibis

    found = found.mutate(won_in=found.awarded_on.coalesce(found.signed_on).year())
    told = found.filter(found.supplier.notnull() & found.won_in.notnull() & found.awarded.notnull())
    spent = told.group_by("buyer_id", "won_in").agg(
        spent=told.awarded.sum(), packages=told.ocid.nunique()
    )
    got = told.group_by("buyer_id", "won_in", "supplier").agg(got=told.awarded.sum())
    shares = got.join(spent.filter(spent.packages >= values["awards"]), ["buyer_id", "won_in"])
    shares = shares.mutate(share=shares.got / shares.spent)
    shares = shares.select("buyer_id", "won_in", "supplier", "share")
    keys = ["buyer_id", "won_in", "supplier"]
    joined = found.left_join(shares, keys).drop(*(f"{key}_right" for key in keys))
    return joined.mutate(
        share=ibis.ifelse(joined.supplier.isnull(), ibis.null("float64"), joined.share)
    )
