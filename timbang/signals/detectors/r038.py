"""Very many bids disqualified.

Question:
    Does a buyer, a procuring entity or a tenderer have an unusually high share of disqualified
    bids?
Why it matters:
    A buyer can keep others out by disqualifying them; a tenderer whose bids are always disqualified
    may bid only for show. Read the value as a share: 0.5 says that half of the bids were
    disqualified. It is compared with others of the same kind in these data only (at or above Q3 +
    1.5 IQR); how many they are stands beside it, and one alone is always at its own fence (Cardinal
    R038).
Innocent explanations:
    - There were few bids, and one more or less changes the share much.
    - The requirements were hard or badly explained, and many erred.
    - The kind of goods attracts beginners.
Law:
    - none: bids that do not meet the requirements are rightly disqualified.

Terlalu banyak penawaran gugur.

Pertanyaan:
    Apakah bagian penawaran gugur pada seorang pembeli, satuan kerja, atau peserta sangat tinggi?
Mengapa penting:
    Pembeli dapat menutup jalan peserta lain dengan menggugurkannya; peserta yang selalu gugur
    mungkin menawar untuk pajangan saja. Nilainya dibaca sebagai bagian: 0,5 berarti separuh
    penawaran gugur. Nilai itu hanya dibandingkan dengan yang sejenis dalam data ini (paling rendah
    Q3 + 1,5 IQR); jumlah pembandingnya tertulis di sampingnya, dan yang sendirian selalu tepat pada
    pagarnya (Cardinal R038).
Penjelasan yang wajar:
    - Penawarannya sedikit, sehingga satu lebih atau kurang sudah mengubah bagiannya.
    - Syaratnya berat atau kurang dijelaskan, sehingga banyak yang keliru.
    - Jenis barangnya menarik peserta pemula.
Hukum:
    - tidak ada: penawaran yang tidak memenuhi syarat memang harus digugurkan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Parameter, Values
from timbang.signals.detectors import _fences, _processes, _rows, _settings

if TYPE_CHECKING:
    from ibis.expr.types import Table
VERSION: Final = 1
KIND: Final = "procurement"
SIGHT: Final = "public"
SUBJECTS: Final = ("buyer", "procuring_entity", "tenderer")
READS: Final = ("procurements", "bids")
UNIT: Final = Bilingual("bagian penawaran yang gugur", "share of bids disqualified")
PARAMETERS: Final = (
    Parameter(
        "threshold",
        None,
        Bilingual("Bagian terendah yang ditandai", "Lowest share that is marked"),
        Bilingual(
            "Cardinal R038: pagar atas Q3 + 1,5 IQR dari setiap jenis",
            "Cardinal R038: the upper fence Q3 + 1.5 IQR of each kind",
        ),
    ),
    Parameter(
        "minimum_submitted_bids",
        2,
        Bilingual("Penawaran paling sedikit (peserta)", "Fewest bids of a tenderer"),
        Bilingual("Cardinal R038: 2", "Cardinal R038: 2"),
    ),
    Parameter(
        "minimum_contracting_processes",
        2,
        Bilingual(
            "Penawaran paling sedikit (pembeli, satuan kerja)",
            "Fewest bids handed in to a buyer or procuring entity",
        ),
        Bilingual(
            "Cardinal R038: 2; ia menyebut proses tetapi menghitung penawaran, begitu juga kami",
            "Cardinal R038: 2; it says processes and counts bids, and so do we",
        ),
    ),
    _settings.EXCLUDED,
)
REASONS: Final = {
    "no_bids": Bilingual(
        "Penawaran atau statusnya tidak ada dalam data", "The data has no bids with a status"
    ),
    "too_few": Bilingual(
        "Penawarannya terlalu sedikit untuk dinilai", "There are too few bids to judge"
    ),
}
MEASURES: Final = {
    "disqualified": Bilingual("Penawaran gugur", "Bids disqualified"),
    "submitted": Bilingual("Penawaran masuk", "Bids handed in"),
    "fence": Bilingual("Pagar", "Fence"),
    "compared": Bilingual("Jumlah pembanding sejenis", "Others of its kind, itself included"),
}


def find(facts: Facts, values: Values) -> Table:
    """One row for each buyer, procuring entity and tenderer. `value` is the share.

    With a fence at zero most would be marked, and none is.
    """
    processes = _processes.processes(facts, values)
    bids = _processes.bids(facts)
    bids = bids.mutate(handed_in=_processes.submitted(bids), gone=bids.status == "disqualified")
    once = bids.group_by("ocid", "bid").agg(
        submitted=bids.handed_in.any().cast("int64"),
        disqualified=bids.gone.fill_null(False).any().cast("int64"),
        row_id=bids.row_id.max(),
    )
    known = processes.select("ocid", "region_code", "tendered_on", "buyer_id", "entity_id")
    by_bid = known.left_join(once, "ocid")
    by_tenderer = known.inner_join(bids, "ocid").mutate(
        submitted=lambda rows: rows.handed_in.cast("int64"),
        disqualified=lambda rows: rows.gone.fill_null(False).cast("int64"),
    )
    least = values["minimum_contracting_processes"]
    return (
        _judged(by_bid, "buyer", "buyer_id", least, values)
        .union(_judged(by_bid, "procuring_entity", "entity_id", least, values))
        .union(
            _judged(by_tenderer, "tenderer", "bidder_id", values["minimum_submitted_bids"], values)
        )
    )


def _judged(bids: Table, kind: str, name: str, least: int, values: Values) -> Table:
    import ibis

    bids = bids.filter(bids[name].notnull())
    counts = bids.submitted == 1
    found = bids.group_by(name).agg(
        region_code=_rows.one_or_none(bids.region_code),
        since=bids.tendered_on.min(where=counts),
        until=bids.tendered_on.max(where=counts),
        submitted=bids.submitted.fill_null(0).sum(),
        disqualified=bids.disqualified.fill_null(0).sum(),
        rows=_processes.evidence("bids", bids.row_id).collect(where=bids.disqualified == 1),
    )
    share = found.disqualified.cast("float64") / found.submitted.cast("float64")
    found = found.mutate(
        share=ibis.ifelse(
            (found.submitted >= least) & (found.submitted > 0), share, ibis.null("float64")
        ),
        reason=ibis.cases(
            (found.submitted == 0, "no_bids"),
            (found.submitted < least, "too_few"),
            else_=ibis.null("string"),
        ),
    )
    usual = _fences.quantiles(found, "share", {"q1": 0.25, "q3": 0.75})
    fence = _fences.upper(usual.q1, usual.q3)
    if values["threshold"] is not None:
        fence = ibis.literal(values["threshold"], "float64")
    found = found.cross_join(usual.select("compared", fence=fence))
    return _rows.rows(
        found, kind, name,
        region_code=found.region_code, since=found.since, until=found.until, reason=found.reason,
        flagged=(found.fence > 0) & (found.share >= found.fence), value=found.share,
        evidence=found["rows"], disqualified=found.disqualified, submitted=found.submitted,
        fence=found.fence, compared=found.compared,
    )  # fmt: skip
