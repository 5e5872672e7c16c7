"""Valid bids with a price: one row for each tenderer of a procurement, its lowest price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timbang.signals.detector import Facts, Values
from timbang.signals.detectors import _processes

if TYPE_CHECKING:
    from ibis.expr.types import Table


def prices(facts: Facts, processes: Table, values: Values) -> Table:
    """ocid, bidder_id, price and row_id. Joint bids, other currencies and bids that are not valid
    are left out; of several bids of one tenderer the lowest counts."""
    import ibis

    rows = _processes.bids(facts)
    rows = rows.filter(
        rows.status == "valid", rows.bidders.coalesce(1) == 1, rows.bidder_id.notnull()
    )
    rows = _processes.main_currency(rows.semi_join(processes, "ocid"), values)
    order = ibis.row_number().over(
        group_by=[rows.ocid, rows.bidder_id], order_by=[rows.value, rows.row_id]
    )
    ranked = rows.mutate(place=order)
    lowest = ranked.filter(ranked.place == 0)
    return lowest.select("ocid", "bidder_id", "row_id", price="value")
