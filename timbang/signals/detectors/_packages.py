"""Packages: one row for each process, with what is told of it, who won it, for how much and when.

Of each column the value of the latest release that tells it counts. Zero is how sources write *not
known* of an amount, so it is no amount here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.signals.detector import Facts

if TYPE_CHECKING:
    from ibis.expr.types import NumericValue, Table, Value

READS: Final = ("procurements", "awards", "contracts")
_TOLD: Final = (
    "title", "description", "category", "method", "method_details", "status", "tags", "budget",
    "value", "tenderers", "buyer_id", "region_code", "released_on", "tender_from", "tender_until",
)  # fmt: skip


def packages(facts: Facts) -> Table:
    """One row for each `ocid`; `row_id` is that of its latest release.

    `awarded` is the value of the contracts, else of the awards (rupiah); `supplier` stands where
    there is exactly one; `awarded_on` and `signed_on` are the last days known.
    """
    rows = facts.table("procurements")
    order = _order(rows)
    latest = {name: rows[name].argmax(order, where=rows[name].notnull()) for name in _TOLD}
    found = rows.group_by("ocid").agg(row_id=rows.row_id.argmax(order), **latest)
    found = found.mutate(budget=above_zero(found.budget), value=above_zero(found.value))
    found = found.left_join(_won(facts), "ocid").drop("ocid_right")
    found = found.left_join(_signed(facts), "ocid").drop("ocid_right")
    return found.mutate(awarded=above_zero(found.contracted).coalesce(above_zero(found.won)))


def above_zero(amount: NumericValue) -> NumericValue:
    import ibis

    return ibis.ifelse(amount > 0, amount, ibis.null("float64"))


def _won(facts: Facts) -> Table:
    import ibis

    rows = facts.table("awards")
    rows = rows.filter(rows.supplier_id.notnull())
    each = rows.group_by("ocid", "award_id").agg(
        value=rows.value.max(),
        low=rows.supplier_id.min(),
        high=rows.supplier_id.max(),
        awarded_on=rows.awarded_on.max(),
    )
    found = each.group_by("ocid").agg(
        won=each.value.sum(),
        low=each.low.min(),
        high=each.high.max(),
        awarded_on=each.awarded_on.max(),
    )
    only = ibis.ifelse(found.low == found.high, found.high, ibis.null("string"))
    return found.mutate(supplier=only).drop("low", "high")


def _signed(facts: Facts) -> Table:
    rows = facts.table("contracts")
    each = rows.group_by("ocid", "contract_id").agg(
        value=rows.value.max(), signed_on=rows.signed_on.max()
    )
    return each.group_by("ocid").agg(contracted=each.value.sum(), signed_on=each.signed_on.max())


def _order(rows: Table) -> Value:
    """Later releases last; those whose day is not known before all others."""
    return rows.released_on.cast("string").fill_null("") + "/" + rows.row_id.fill_null("")
