"""Procurements as one row for each process, with their bids and awards.

A process may have been released several times. Of each column the latest value that is told counts;
of its bids and awards those of the latest release that has any. Cancelled processes and methods
that the settings exclude are left out, as Cardinal leaves them out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from timbang.signals.detector import Facts, Values

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, StringValue, Table

# Bids of these statuses were never handed in, or taken back (glossary of Cardinal).
NOT_SUBMITTED: Final = ("invited", "withdrawn")
_OVER: Final = ("active", "cancelled", "unsuccessful")
_TOLD: Final = (
    "region_code", "released_on", "method", "method_details", "status", "buyer_id", "entity_id",
    "tender_from", "tender_until", "tender_days", "tenderers",
)  # fmt: skip


def processes(facts: Facts, values: Values) -> Table:
    """One row for each `ocid`: columns of `procurements`, `row_id` of its latest release, and
    `tendered_on`, the day of the tender as far as it is known."""
    found = facts.shared("processes", lambda: _told(facts.table("procurements")))
    excluded = list(values["excluded_procurement_method_details"])
    if excluded:
        return found.filter(~found.method_details.isin(excluded).fill_null(False))
    return found


def _told(rows: Table) -> Table:
    rows = rows.mutate(_order=_order(rows, rows.row_id))
    latest = {name: rows[name].argmax(rows["_order"], where=rows[name].notnull()) for name in _TOLD}
    found = rows.group_by("ocid").agg(row_id=rows.row_id.argmax(rows["_order"]), **latest)
    found = found.filter(~(found.status == "cancelled").fill_null(False))
    return found.mutate(
        tendered_on=found.tender_until.coalesce(found.tender_from, found.released_on)
    )


def compared(found: Table, values: Values) -> Table:
    """The processes in which prices compete, as the settings say."""
    only = list(values["price_comparison_procurement_methods"])
    never = list(values["no_price_comparison_procurement_methods"])
    if only:
        return found.filter(found.method_details.isin(only).fill_null(False))
    if never:
        return found.filter(~found.method_details.isin(never).fill_null(False))
    return found


def bids(facts: Facts) -> Table:
    """Bids of the latest release: one row for each tenderer of a bid, `bid` says which bid."""
    return facts.shared("bids", lambda: _bids(_of_latest(facts.table("bids"))))


def _bids(rows: Table) -> Table:
    return rows.mutate(bid=rows.bid_place.cast("string").coalesce(rows.bid_id, rows.row_id))


def submitted(rows: Table) -> BooleanValue:
    """Was it handed in? A row without a status is a tenderer of whom no bid is told."""
    return rows.status.notnull() & ~rows.status.isin(list(NOT_SUBMITTED))


def awards(facts: Facts) -> Table:
    """Awards of the latest release: one row for each supplier, `award` says which award."""
    return facts.shared("awards", lambda: _awards(_of_latest(facts.table("awards"))))


def _awards(rows: Table) -> Table:
    return rows.mutate(award=rows.award_place.cast("string").coalesce(rows.award_id, rows.row_id))


def outcomes(facts: Facts) -> Table:
    """One row for each process with awards: is an award pending, how many are active, and of the
    active ones the number of suppliers, one supplier, the last day and one row."""
    return facts.shared("outcomes", lambda: _outcomes(awards(facts)))


def _outcomes(rows: Table) -> Table:
    active = rows.status == "active"
    open_still = rows.status.notnull() & ~rows.status.isin(list(_OVER))
    return rows.group_by("ocid").agg(
        pending=open_still.any(),
        active=rows.award.nunique(where=active),
        suppliers=rows.suppliers.max(where=active),
        supplier_rows=rows.supplier_id.count(where=active),
        supplier_ids=rows.supplier_id.nunique(where=active),
        supplier=rows.supplier_id.max(where=active),
        awarded_on=rows.awarded_on.max(where=active),
        award_row=rows.row_id.max(where=active),
    )


def main_currency(rows: Table, values: Values) -> Table:
    """The rows of bids that are in the one currency that is compared, with a price above zero.

    Zero is how many systems write *not known*.
    """
    import ibis

    priced = rows.filter(rows.value > 0)
    if values["currency"] is not None:
        return priced.filter(priced.currency == values["currency"])
    told = priced.filter(priced.currency.notnull())
    counted = told.group_by("currency").agg(n=told.count())
    order = ibis.row_number().over(order_by=[counted.n.desc(), counted.currency])
    most = counted.mutate(place=order)
    return priced.semi_join(most.filter(most.place == 0), "currency")


def evidence(table: str, row_id: StringValue) -> StringValue:
    """How a row is named among the evidence; null where there is none."""
    import ibis

    return ibis.literal(f"{table}:") + row_id


def _of_latest(rows: Table) -> Table:
    order = _order(rows, rows.record_id)
    rows = rows.mutate(_order=order)
    rows = rows.mutate(_latest=rows["_order"].max().over(group_by="ocid"))
    return rows.filter(rows["_order"] == rows["_latest"]).drop("_order", "_latest")


def _order(rows: Table, key: Any) -> Any:
    """Later releases come last; those whose day is not known before all others."""
    return rows.released_on.cast("string").fill_null("") + "/" + key.fill_null("")
