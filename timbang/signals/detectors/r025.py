"""Many bids, few of them won.

Question:
    Does a tenderer bid as often as the busiest quarter and win unusually seldom?
Why it matters:
    A firm that always bids and hardly ever wins may lend its name so that a procedure looks like
    competition. Read the value as a share: 0.1 says that one valid bid in ten won. It is compared
    with the other tenderers of these data only (at or below Q1 - 1.5 IQR of their shares, and at
    least as many procurements as the percentile that is set). Look then with whom the firm bids
    (Cardinal R025; Tóth and others 2014).
Innocent explanations:
    - The firm is new or small and tries often.
    - Its trade has very many bidders, so everybody wins seldom.
    - Procurements that it won are missing from the data or cannot be judged.
Law:
    - none: to bid and lose is not forbidden; an agreement between bidders would be.

Banyak menawar, jarang menang.

Pertanyaan:
    Apakah seorang peserta menawar sesering seperempat peserta tersibuk, tetapi sangat jarang
    menang?
Mengapa penting:
    Perusahaan yang selalu menawar dan hampir tidak pernah menang mungkin hanya meminjamkan nama
    supaya prosedurnya tampak bersaing. Nilainya dibaca sebagai bagian: 0,1 berarti satu dari
    sepuluh penawaran sah menang. Nilai itu hanya dibandingkan dengan peserta lain dalam data ini
    (paling tinggi Q1 - 1,5 IQR dari semua bagian, dan paling sedikit sebanyak persentil yang
    ditetapkan). Periksalah kemudian bersama siapa ia menawar (Cardinal R025; Tóth dkk. 2014).
Penjelasan yang wajar:
    - Perusahaannya baru atau kecil dan sering mencoba.
    - Bidang usahanya ramai peserta, sehingga semua jarang menang.
    - Pengadaan yang dimenangkannya tidak ada dalam data atau tidak dapat dinilai.
Hukum:
    - tidak ada: menawar lalu kalah tidak dilarang; yang dilarang adalah persekongkolan penawar.
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
SUBJECTS: Final = ("tenderer",)
READS: Final = ("procurements", "bids", "awards")
UNIT: Final = Bilingual("bagian penawaran sah yang menang", "share of valid bids that won")
PARAMETERS: Final = (
    Parameter(
        "percentile",
        75,
        Bilingual(
            "Persentil jumlah pengadaan untuk peserta tersibuk",
            "Percentile of the number of procurements from which a tenderer is a busy one",
        ),
        Bilingual("Cardinal R025: 75", "Cardinal R025: 75"),
        most=100,
    ),
    Parameter(
        "threshold",
        None,
        Bilingual("Bagian tertinggi yang ditandai", "Highest share that is marked"),
        Bilingual(
            "Cardinal R025: pagar bawah Q1 - 1,5 IQR dari semua bagian",
            "Cardinal R025: the lower fence Q1 - 1.5 IQR of all shares",
        ),
    ),
    _settings.EXCLUDED,
)
REASONS: Final = {
    "no_bids": Bilingual(
        "Penawarannya yang sah tidak ada dalam data", "The data has no valid bid of the tenderer"
    ),
    "no_clear_award": Bilingual(
        "Tidak satu pun pengadaannya berakhir dengan satu penetapan kepada satu penyedia",
        "None of its procurements ended in one final award to one supplier",
    ),
}
MEASURES: Final = {
    "won": Bilingual("Pengadaan yang dimenangkan", "Procurements won"),
    "taken_part": Bilingual("Pengadaan dengan penawaran sah", "Procurements with a valid bid"),
    "fence": Bilingual("Pagar", "Fence"),
    "busy": Bilingual("Jumlah pengadaan peserta tersibuk", "Procurements of a busy tenderer"),
    "compared": Bilingual("Jumlah peserta pembanding", "Tenderers that the fence is from"),
}


def find(facts: Facts, values: Values) -> Table:
    """One row for each tenderer or supplier. `value` is the share of its procurements that it won.

    With a fence at zero or below nobody wins unusually seldom, and none is marked.
    """
    import ibis

    processes = _processes.processes(facts, values)
    handed_in = _processes.bids(facts).inner_join(
        processes.select("ocid", "region_code", "tendered_on"), "ocid"
    )
    awards = _processes.awards(facts).semi_join(processes, "ocid")
    outcome = _processes.outcomes(facts).semi_join(processes, "ocid")
    clear = outcome.filter(
        ~outcome.pending.fill_null(False),
        outcome.active == 1,
        outcome.suppliers.coalesce(outcome.supplier_rows) == 1,
        outcome.supplier.notnull(),
    ).select("ocid", "supplier", "awarded_on")
    single = handed_in.filter(
        handed_in.status == "valid",
        handed_in.bidders.coalesce(1) == 1,
        handed_in.bidder_id.notnull(),
    )
    took_part = single.inner_join(clear, "ocid")
    # Once for each procurement, however many bids were handed in.
    took_part = took_part.group_by("bidder_id", "ocid").agg(
        region_code=took_part.region_code.max(),
        day=took_part.awarded_on.coalesce(took_part.tendered_on).max(),
        won=(took_part.bidder_id == took_part.supplier).any(),
        row_id=took_part.row_id.max(),
    )
    counted = took_part.group_by("bidder_id").agg(
        region_code=_rows.one_or_none(took_part.region_code),
        since=took_part.day.min(),
        until=took_part.day.max(),
        won=took_part.won.cast("int64").sum(),
        taken_part=took_part.count(),
        evidence=_processes.evidence("bids", took_part.row_id).collect(),
    )
    counted = counted.mutate(share=counted.won.cast("float64") / counted.taken_part.cast("float64"))
    usual = _fences.quantiles(counted, "share", {"q1": 0.25, "q3": 0.75})
    busy = _fences.quantiles(counted, "taken_part", {"busy": values["percentile"] / 100})
    fence, q1 = _fences.lower(usual.q1, usual.q3), usual.q1
    if values["threshold"] is not None:
        fence, q1 = ibis.literal(values["threshold"], "float64"), ibis.literal(1.0)
    fences = usual.select("compared", fence=fence, sets_apart=(q1 > 0) & (fence > 0))
    fences = fences.cross_join(busy.select("busy"))
    everybody = _everybody(handed_in, awards)
    found = everybody.left_join(counted, everybody.tenderer == counted.bidder_id)
    found = found.cross_join(fences)
    reason = ibis.cases(
        (found.taken_part.notnull(), ibis.null("string")),
        (found.valid > 0, "no_clear_award"),
        else_="no_bids",
    )
    seldom = found.sets_apart & (found.share <= found.fence) & (found.taken_part >= found.busy)
    return _rows.rows(
        found, "tenderer", "tenderer",
        region_code=found.region_code, since=found.since, until=found.until, reason=reason,
        flagged=seldom, value=found.share, evidence=found.evidence, won=found.won,
        taken_part=found.taken_part, fence=found.fence, busy=found.busy, compared=found.compared,
    )  # fmt: skip


def _everybody(handed_in: Table, awards: Table) -> Table:
    """All who bid or were awarded, and how many valid bids of theirs there are."""
    bidders = handed_in.filter(handed_in.bidder_id.notnull())
    bidders = bidders.select(
        tenderer=bidders.bidder_id, valid=(bidders.status == "valid").fill_null(False).cast("int64")
    )
    suppliers = awards.filter(awards.supplier_id.notnull())
    suppliers = suppliers.select(tenderer=suppliers.supplier_id, valid=suppliers.line * 0)
    both = bidders.union(suppliers)
    return both.group_by("tenderer").agg(valid=both.valid.fill_null(0).sum())
