"""The rows that a detector gives, put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, StringValue, Table, Value


def rows(found: Table, kind: str, subject: str, **columns: Any) -> Table:
    """Rows on subjects of one kind. Columns that are not given are null; `flagged` is null where
    there is a `reason`, and so is `value`."""
    import ibis

    nothing = {
        "region_code": ibis.null("string"),
        "since": ibis.null("date"),
        "until": ibis.null("date"),
        "reason": ibis.null("string"),
    }
    given = nothing | columns
    judged = given["reason"].isnull()
    flagged = ibis.ifelse(judged, given["flagged"].fill_null(False), ibis.null("boolean"))
    value = ibis.ifelse(judged, given["value"].cast("float64"), ibis.null("float64"))
    named = {"subject_kind": ibis.literal(kind), "subject": found[subject]}
    return found.select(**(named | given | {"flagged": flagged, "value": value}))


def where(condition: BooleanValue, value: float) -> Value:
    """The value of a lead that has always the same, and none elsewhere."""
    import ibis

    return ibis.ifelse(condition, ibis.literal(value, "float64"), ibis.null("float64"))


def one_or_none(column: StringValue) -> StringValue:
    """What all rows of a group have in common, null where they differ."""
    import ibis

    return ibis.ifelse(column.min() == column.max(), column.max(), ibis.null("string"))


def of_tenderers(marks: Table, value: float, others: Mapping[str, str]) -> Table:
    """Tenderers of judged processes: a lead where one of their processes is one.

    `marks` has a row for each tenderer of a process: tenderer, ocid, region_code, day, flagged, and
    `evidence`, one text. The measure `processes` counts those that are leads; `others` are measures
    that only processes have, by their kinds.
    """
    import ibis

    found = marks.group_by("tenderer").agg(
        region_code=one_or_none(marks.region_code),
        since=marks.day.min(where=marks.flagged),
        until=marks.day.max(where=marks.flagged),
        flagged=marks.flagged.any(),
        evidence=marks.evidence.collect(where=marks.flagged),
        processes=marks.ocid.nunique(where=marks.flagged),
    )
    return rows(
        found, "tenderer", "tenderer",
        region_code=found.region_code, since=found.since, until=found.until,
        flagged=found.flagged, value=where(found.flagged, value), evidence=found.evidence,
        processes=found.processes, **{name: ibis.null(kind) for name, kind in others.items()},
    )  # fmt: skip
