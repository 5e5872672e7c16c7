"""Quartiles and fences (Tukey 1977): beyond them a value is far from what is usual in these data.

A quantile is that of Hyndman and Fan (1996), type 8, as in Cardinal: with n values in order and
h = (n + 1/3) p + 1/3, between the values at floor(h) and floor(h) + 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ibis.expr.types import FloatingValue, Table

WHISKER: Final = 1.5


def quantiles(rows: Table, column: str, fractions: Mapping[str, float]) -> Table:
    """One row: each fraction's quantile of `column` under its name, and `compared`, how many values
    there are. Null where there are none. Rows whose value is null are passed over."""
    import ibis

    told = rows.filter(rows[column].notnull()).select(value=rows[column].cast("float64"))
    place = ibis.row_number().over(order_by=told.value).cast("int64") + 1
    ranked = told.mutate(place=place, n=told.count().over(ibis.window()))
    found = {name: _between(ranked, fraction) for name, fraction in fractions.items()}
    return ranked.agg(compared=ranked.count(), **found)


def lower(q1: FloatingValue, q3: FloatingValue) -> FloatingValue:
    return q1 - (q3 - q1) * WHISKER


def upper(q1: FloatingValue, q3: FloatingValue) -> FloatingValue:
    return q3 + (q3 - q1) * WHISKER


def _between(ranked: Table, fraction: float) -> FloatingValue:
    import ibis

    lowest, highest = ranked.value.min(), ranked.value.max()
    if fraction <= 0:
        return lowest
    if fraction >= 1:
        return highest
    n = ranked.n.cast("float64")
    height = (n + ibis.literal(1 / 3, "float64")) * ibis.literal(fraction, "float64")
    height = height + ibis.literal(1 / 3, "float64")
    below = height.floor().cast("int64")
    at = ranked.value.max(where=ranked.place == below)
    after = ranked.value.max(where=ranked.place == below + 1)
    share = (height - below.cast("float64")).max()
    return ibis.cases(
        (below.max() <= 0, lowest),
        (below.max() >= ranked.n.max(), highest),
        else_=at + share * (after - at),
    )
