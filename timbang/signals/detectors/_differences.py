"""How far the winning bid lies below the next one, for each process that allows to say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Values
from timbang.signals.detectors import _processes, _rows, _settings

if TYPE_CHECKING:
    from ibis.expr.types import Table

READS: Final = ("procurements", "bids", "awards")
REASONS: Final = {
    "no_bids": Bilingual(
        "Penawaran atau statusnya tidak ada dalam data", "The data has no bids with a status"
    ),
    "no_award": Bilingual(
        "Penetapan pemenang yang berlaku tidak ada dalam data", "The data has no active award"
    ),
    "award_pending": Bilingual("Penetapan belum selesai", "An award is not final yet"),
    "several_awards": Bilingual(
        "Ada beberapa penetapan, dan data tidak menyebut penawaran mana bersaing untuk yang mana",
        "There are several awards, and the data does not tell which bids competed for which",
    ),
    "several_suppliers": Bilingual(
        "Pemenangnya bukan tepat satu penyedia yang bernomor",
        "The award is not to exactly one supplier with an id",
    ),
    "no_winning_price": Bilingual(
        "Harga penawaran sah pemenang tidak ada dalam mata uang yang dibandingkan",
        "The data has no valid bid of the winner with a price in the currency that is compared",
    ),
    "no_second_price": Bilingual(
        "Harga penawaran sah kedua tidak ada dalam mata uang yang dibandingkan",
        "The data has no second valid bid with a price in the currency that is compared",
    ),
    "not_lowest": Bilingual(
        "Pemenang bukan penawar terendah, jadi harga bukan satu-satunya kriteria",
        "The winner was not the lowest, so price was not the only criterion",
    ),
}
MEASURES: Final = {
    "winning_bid": Bilingual("Penawaran pemenang", "Winning bid"),
    "second_bid": Bilingual("Penawaran sah terendah berikutnya", "Next lowest valid bid"),
    "currency": Bilingual("Mata uang", "Currency"),
    "left_out": Bilingual(
        "Penawaran sah yang tidak dibandingkan (mata uang lain, tanpa harga, atau bersama)",
        "Valid bids that are not compared (other currency, no price, or handed in jointly)",
    ),
    "fence": Bilingual("Pagar", "Fence"),
    "compared": Bilingual("Jumlah pengadaan pembanding", "Procurements that the fence is from"),
    "processes": Bilingual("Jumlah pengadaan yang ditandai", "Procurements that are marked"),
}
_OF_PROCESSES: Final = {
    "winning_bid": "float64", "second_bid": "float64", "currency": "string", "left_out": "int64",
    "fence": "float64", "compared": "int64",
}  # fmt: skip


def differences(facts: Facts, values: Values) -> Table:
    """One row for each process: `gap` = (next lowest valid bid - winning bid) / winning bid,
    or the `reason` why there is none; winner, next bidder, and their rows."""
    depends = {each.name: values[each.name] for each in _settings.PRICES}
    return facts.shared(f"differences {depends}", lambda: _differences(facts, values))


def _differences(facts: Facts, values: Values) -> Table:
    import ibis

    processes = _processes.compared(_processes.processes(facts, values), values)
    handed_in = _processes.bids(facts)
    outcome = _processes.outcomes(facts)
    counted = handed_in.group_by("ocid").agg(
        submitted=handed_in.bid.nunique(where=_processes.submitted(handed_in)),
        valid=handed_in.bid.nunique(where=handed_in.status == "valid"),
    )
    lowest = _lowest(handed_in, outcome, processes, values)
    found = processes.left_join(outcome, "ocid").drop("ocid_right")
    found = found.left_join(counted, "ocid").drop("ocid_right")
    found = found.left_join(lowest, "ocid").drop("ocid_right")
    suppliers = found.suppliers.coalesce(found.supplier_rows)
    reason = ibis.cases(
        (found.submitted.fill_null(0) == 0, "no_bids"),
        (found.pending.fill_null(False), "award_pending"),
        (found.active.fill_null(0) == 0, "no_award"),
        (found.active > 1, "several_awards"),
        ((suppliers != 1) | found.supplier.isnull(), "several_suppliers"),
        (found.winning_bid.isnull(), "no_winning_price"),
        (found.second_bid.isnull(), "no_second_price"),
        (found.second_bid < found.winning_bid, "not_lowest"),
        else_=ibis.null("string"),
    )
    gap = (found.second_bid - found.winning_bid) / found.winning_bid
    return found.mutate(
        reason=reason,
        gap=ibis.ifelse(reason.isnull(), gap, ibis.null("float64")),
        day=found.awarded_on.coalesce(found.tendered_on),
        left_out=found.valid - found.priced,
    )


def marked(found: Table, *, winners_only: bool) -> Table:
    """The rows of a detector: processes with `flagged` and `fence`, then their tenderers."""
    import ibis

    evidence = [
        _processes.evidence("procurements", found.row_id),
        _processes.evidence("awards", found.award_row),
        _processes.evidence("bids", found.winning_row),
        _processes.evidence("bids", found.second_row),
    ]
    of_processes = _rows.rows(
        found, "procurement", "ocid",
        region_code=found.region_code, since=found.day, reason=found.reason,
        flagged=found.flagged, value=found.gap, evidence=ibis.array(evidence),
        processes=ibis.null("int64"), **{name: found[name] for name in _OF_PROCESSES},
    )  # fmt: skip
    judged = found.filter(found.reason.isnull())
    marks = _mark(judged, "winner", "winning_row")
    if not winners_only:
        marks = marks.union(_mark(judged, "second", "second_row"))
    return of_processes.union(_rows.of_tenderers(marks, 0.0, _OF_PROCESSES))


def _mark(judged: Table, tenderer: str, row_id: str) -> Table:
    return judged.select(
        "ocid", "region_code", "day", "flagged",
        tenderer=judged[tenderer], evidence=_processes.evidence("bids", judged[row_id]),
    )  # fmt: skip


def _lowest(handed_in: Table, outcome: Table, processes: Table, values: Values) -> Table:
    """The lowest valid bid of the winner and of anybody else; joint bids are left out."""
    import ibis

    single = handed_in.filter(
        handed_in.status == "valid",
        handed_in.bidders.coalesce(1) == 1,
        handed_in.bidder_id.notnull(),
    )
    single = single.semi_join(processes, "ocid")
    priced = _processes.main_currency(single, values)
    won = outcome.filter(outcome.active == 1).select("ocid", "supplier")
    priced = priced.inner_join(won, "ocid")
    priced = priced.mutate(wins=priced.bidder_id == priced.supplier)
    order = ibis.row_number().over(
        group_by=[priced.ocid, priced.wins],
        order_by=[priced.value, priced.bid_place, priced.row_id],
    )
    ranked = priced.mutate(lowest=order == 0)
    best, next_best = ranked.lowest & ranked.wins, ranked.lowest & ~ranked.wins
    return ranked.group_by("ocid").agg(
        winner=ranked.bidder_id.max(where=best),
        winning_bid=ranked.value.max(where=best),
        winning_row=ranked.row_id.max(where=best),
        second=ranked.bidder_id.max(where=next_best),
        second_bid=ranked.value.max(where=next_best),
        second_row=ranked.row_id.max(where=next_best),
        currency=ranked.currency.max(),
        priced=ranked.bid.nunique(),
    )
