"""The lowest bid was disqualified.

Question:
    Was the lowest bid of all disqualified, and another one awarded?
Why it matters:
    Who wants a dearer bidder to win must get the cheapest out of the way. The value is always 1;
    what the lowest and the lowest valid bid were stands beside it (Cardinal R036). The flag takes
    it that price alone decides: exclude the methods in which it does not.
Innocent explanations:
    - The lowest bidder truly lacked a qualification, and the record says which.
    - Price was one criterion among others.
    - The price was so low that it could not be kept.
    - The lowest price is a slip of the pen.
Law:
    - none: the lowest bid may be disqualified where it does not meet the requirements.

Penawaran terendah digugurkan.

Pertanyaan:
    Apakah penawaran terendah digugurkan, lalu penawaran lain yang ditetapkan?
Mengapa penting:
    Yang ingin memenangkan penawar lebih mahal harus menyingkirkan yang termurah. Nilainya selalu 1;
    penawaran terendah dan penawaran sah terendah tertulis di sampingnya (Cardinal R036). Tanda ini
    menganggap hanya harga yang menentukan: kecualikan metode yang tidak demikian.
Penjelasan yang wajar:
    - Penawar terendah memang tidak memenuhi syarat, dan berita acaranya menyebutnya.
    - Harga hanyalah satu dari beberapa kriteria.
    - Harganya terlalu rendah untuk dapat dipenuhi.
    - Harga terendah itu salah tulis.
Hukum:
    - tidak ada: penawaran terendah boleh digugurkan bila tidak memenuhi syarat.
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
SUBJECTS: Final = ("procurement",)
READS: Final = ("procurements", "bids", "awards")
UNIT: Final = Bilingual("tanda", "flag")
PARAMETERS: Final = _settings.PRICES
REASONS: Final = {
    "no_bids": Bilingual(
        "Penawaran atau statusnya tidak ada dalam data", "The data has no bids with a status"
    ),
    "no_award": Bilingual(
        "Penetapan pemenang yang berlaku tidak ada dalam data", "The data has no active award"
    ),
    "no_valid_price": Bilingual(
        "Harga penawaran sah tidak ada dalam mata uang yang dibandingkan",
        "The data has no valid bid with a price in the currency that is compared",
    ),
}
MEASURES: Final = {
    "lowest_bid": Bilingual("Penawaran terendah", "Lowest bid"),
    "lowest_valid_bid": Bilingual("Penawaran sah terendah", "Lowest valid bid"),
    "currency": Bilingual("Mata uang", "Currency"),
    "left_out": Bilingual(
        "Penawaran yang tidak dibandingkan (mata uang lain atau tanpa harga)",
        "Bids that are not compared (other currency or no price)",
    ),
}


def find(facts: Facts, values: Values) -> Table:
    """One row for each procurement. Of bids at the same lowest price the first one counts."""
    import ibis

    processes = _processes.compared(_processes.processes(facts, values), values)
    bids = _processes.bids(facts)
    handed_in = bids.filter(_processes.submitted(bids)).semi_join(processes, "ocid")
    counted = handed_in.group_by("ocid").agg(submitted=handed_in.bid.nunique())
    priced = _processes.main_currency(handed_in, values)
    order = ibis.row_number().over(
        group_by="ocid", order_by=[priced.value, priced.bid_place, priced.row_id]
    )
    ranked = priced.mutate(first_one=order == 0)
    valid = ranked.status == "valid"
    lowest = ranked.group_by("ocid").agg(
        lowest_bid=ranked.value.min(),
        lowest_valid_bid=ranked.value.min(where=valid),
        currency=ranked.currency.max(),
        priced=ranked.bid.nunique(),
        gone=(ranked.first_one & (ranked.status == "disqualified")).any(),
        bid_row=ranked.row_id.max(where=ranked.first_one),
    )
    outcome = _processes.outcomes(facts)
    found = processes.left_join(counted, "ocid").drop("ocid_right")
    found = found.left_join(lowest, "ocid").drop("ocid_right")
    found = found.left_join(outcome, "ocid").drop("ocid_right")
    reason = ibis.cases(
        (found.submitted.isnull(), "no_bids"),
        (found.active.fill_null(0) == 0, "no_award"),
        (found.lowest_valid_bid.isnull(), "no_valid_price"),
        else_=ibis.null("string"),
    )
    evidence = [
        _processes.evidence("procurements", found.row_id),
        _processes.evidence("awards", found.award_row),
        _processes.evidence("bids", found.bid_row),
    ]
    return _rows.rows(
        found, "procurement", "ocid",
        region_code=found.region_code, since=found.awarded_on.coalesce(found.tendered_on),
        reason=reason, flagged=found.gone, value=_rows.where(found.gone, 1.0),
        evidence=ibis.array(evidence), lowest_bid=found.lowest_bid,
        lowest_valid_bid=found.lowest_valid_bid, currency=found.currency,
        left_out=found.submitted - found.priced.fill_null(0),
    )  # fmt: skip
