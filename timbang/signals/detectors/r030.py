"""A late bid that won.

Question:
    Did a bid win that was received after the deadline?
Why it matters:
    Who may hand in late can have heard the prices of the others. The value is always 1, for the
    procurement and for the winner; how many days late the bid was stands beside it (Cardinal R030).
Innocent explanations:
    - The deadline was moved, and the data still has the old one.
    - The moment is that of entering the bid into the system, not of handing it in.
    - The winner had handed in another bid in time.
    - Time zones were mixed up: seven hours are one bid in Jakarta.
Law:
    - none: what becomes of a late bid stands in the tender documents, which the data does not hold.

Penawaran terlambat yang menang.

Pertanyaan:
    Apakah penawaran yang diterima sesudah batas akhir menjadi pemenang?
Mengapa penting:
    Yang boleh memasukkan penawaran terlambat mungkin sudah mengetahui harga peserta lain. Nilainya
    selalu 1, untuk pengadaan dan untuk pemenang; berapa hari terlambatnya tertulis di sampingnya
    (Cardinal R030).
Penjelasan yang wajar:
    - Batas akhirnya diundur, sedangkan data masih memuat yang lama.
    - Waktunya adalah waktu pencatatan dalam sistem, bukan waktu pemasukan.
    - Pemenang telah memasukkan penawaran lain tepat waktu.
    - Zona waktu tertukar: tujuh jam sudah cukup untuk membuat penawaran tampak terlambat.
Hukum:
    - tidak ada: nasib penawaran terlambat diatur dokumen pemilihan, yang tidak ada dalam data.
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
READS: Final = ("procurements", "bids", "awards")
UNIT: Final = Bilingual("tanda", "flag")
PARAMETERS: Final = (_settings.EXCLUDED,)
REASONS: Final = {
    "no_bids": Bilingual(
        "Penawaran yang sah tidak ada dalam data", "The data has no bids that are told to be valid"
    ),
    "no_award": Bilingual(
        "Penetapan yang berlaku dengan penyedia bernomor tidak ada dalam data",
        "The data has no active award to a supplier with an id",
    ),
    "no_winning_bid": Bilingual(
        "Penawaran sah pemenang tidak ada dalam data", "The data has no valid bid of the winner"
    ),
    "no_times": Bilingual(
        "Batas akhir atau waktu penawaran pemenang tidak ada dalam data",
        "The data lacks the deadline or when the winner handed in the bid",
    ),
}
MEASURES: Final = {
    "days_late": Bilingual("Hari terlambat", "Days late"),
    "processes": Bilingual("Jumlah pengadaan yang ditandai", "Procurements that are marked"),
}


def find(facts: Facts, values: Values) -> Table:
    """One row for each procurement, and one for each winner that was judged.

    The moments count where both are known with their hour, else the days.
    """
    import ibis

    processes = _processes.processes(facts, values)
    bids = _processes.bids(facts)
    valid = bids.filter(bids.status == "valid").semi_join(processes, "ocid")
    awards = _processes.awards(facts)
    active = awards.filter(awards.status == "active", awards.supplier_id.notnull())
    winners = active.group_by("ocid", bidder_id=active.supplier_id).agg(
        awarded_on=active.awarded_on.max()
    )
    deadlines = processes.select("ocid", "region_code", "tender_until", "tendered_on")
    won = valid.inner_join(winners, ["ocid", "bidder_id"]).inner_join(deadlines, "ocid")
    late = won.seconds_late.cast("float64") / ibis.literal(86_400.0)
    days = won.bid_on.delta(won.tender_until, unit="day").cast("float64")
    won = won.mutate(days_late=late.coalesce(days))
    won = won.mutate(late=won.days_late > 0, day=won.awarded_on.coalesce(won.tendered_on))
    by_process = won.group_by("ocid").agg(
        winning=won.count(),
        known=won.days_late.count(),
        late=won.late.any(),
        days_late=won.days_late.max(),
        day=won.day.max(),
        rows=_processes.evidence("bids", won.row_id).collect(where=won.late),
    )
    counted = valid.group_by("ocid").agg(valid=valid.count())
    awarded = winners.group_by("ocid").agg(winners=winners.count())
    found = processes.left_join(counted, "ocid").drop("ocid_right")
    found = found.left_join(awarded, "ocid").drop("ocid_right")
    found = found.left_join(by_process, "ocid").drop("ocid_right")
    reason = ibis.cases(
        (found.valid.isnull(), "no_bids"),
        (found.winners.isnull(), "no_award"),
        (found.winning.isnull(), "no_winning_bid"),
        (found.known == 0, "no_times"),
        else_=ibis.null("string"),
    )
    of_processes = _rows.rows(
        found, "procurement", "ocid",
        region_code=found.region_code, since=found.day.coalesce(found.tendered_on), reason=reason,
        flagged=found.late, value=_rows.where(found.late, 1.0), evidence=found["rows"],
        days_late=found.days_late, processes=ibis.null("int64"),
    )  # fmt: skip
    known = won.filter(won.late.notnull())
    marks = known.select(
        "ocid", "region_code", "day", tenderer=known.bidder_id, flagged=known.late,
        evidence=_processes.evidence("bids", known.row_id),
    )  # fmt: skip
    return of_processes.union(_rows.of_tenderers(marks, 1.0, {"days_late": "float64"}))
