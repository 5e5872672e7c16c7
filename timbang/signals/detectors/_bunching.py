"""Whether decrees of an agency crowd into a window: days with decrees there against usual times.

Counted are days on which decrees of an agency begin, not persons: a hundred officials sworn in on
one morning are one decision. The heavy counting is an expression; the exact interval of each agency
is worked out here from its four numbers.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import COLUMNS, Facts
from timbang.signals.detectors import _appointments, _rows
from timbang.signals.statistics import counts

if TYPE_CHECKING:
    from datetime import date

    from ibis.expr.types import Table

REASONS: Final = {
    "contest_unknown": Bilingual(
        "Hari penetapan calon di wilayah ini tidak ada dalam data",
        "The data has no day of confirmation for this region",
    ),
    "usual_unknown": Bilingual(
        "Data sebelum jendela ini kurang dari 180 hari",
        "The data has fewer than 180 days before the window",
    ),
    "too_few": Bilingual(
        "Kurang dari sepuluh pengangkatan; kelompok kecil tidak ditampilkan",
        "Fewer than ten appointments; small groups are not shown",
    ),
}
MEASURES: Final = {
    "low": Bilingual("Batas bawah rasio (95 %)", "Lower end of the ratio (95 %)"),
    "high": Bilingual("Batas atas rasio (95 %)", "Upper end of the ratio (95 %)"),
    "days_inside": Bilingual("Hari dengan keputusan di dalam jendela", "Days with decrees inside"),
    "days_usual": Bilingual("Hari dengan keputusan di waktu biasa", "Days with decrees usually"),
    "people": Bilingual("Orang yang diangkat atau dipindah", "People appointed or moved"),
    "election": Bilingual("Pemilihan", "Election"),
}
_KINDS: Final = {
    **COLUMNS,
    "low": "float64", "high": "float64", "days_inside": "int64", "days_usual": "int64",
    "people": "int64", "election": "string",
}  # fmt: skip
# Usual times before the window that must be in the data: half a year, a choice of ours.
LEAST_USUAL: Final = 180
# Fewer people than this in all are a small group: ten, a choice of ours (0005 says why groups are
# kept above five; a share of so few would still point at persons).
LEAST_PEOPLE: Final = 10


def dated(facts: Facts) -> Table:
    """Decrees with a day and an agency."""
    import ibis

    found = _appointments.decrees(facts)
    found = found.mutate(agency=ibis.coalesce(found.agency_code, found.agency_name))
    return found.filter(found.agency.notnull() & found.day.notnull())


def spans(decrees: Table, contests: Table) -> Table:
    """For each agency its newest contest that it has decrees near of: `agency`, `government`,
    `election`, its days and `seen_from`; the days are null where no contest is known."""
    import ibis

    agencies = decrees.group_by("agency").agg(
        government=_rows.one_or_none(decrees.government),
        seen_from=decrees.day.min(),
        seen_until=decrees.day.max(),
    )
    contests = contests.filter(contests.candidates_confirmed_on.notnull())
    first = _appointments.months_from(contests.candidates_confirmed_on, -_appointments.BAN_MONTHS)
    contests = contests.mutate(ban_from=first)
    same = [
        agencies.government == contests.governs,
        contests.ban_from <= agencies.seen_until + ibis.interval(days=LEAST_USUAL),
    ]
    pairs = agencies.left_join(contests, same)
    newest = ibis.window(group_by="agency", order_by=[pairs.ban_from.desc(), "election"])
    found = pairs.mutate(place=ibis.row_number().over(newest))
    return found.filter(found.place == 0).drop("place", "governs")


def compared(decrees: Table, windows: Table, *, times: float) -> Table:
    """Rows on agencies. `windows` has `agency`, `government`, `election`, `seen_from` and the days
    `opens`, `closes`, `usual_from`, `usual_until` (the first days after).

    A lead where the whole interval of the ratio lies above `times`.
    """
    names = ["agency", "opens", "closes", "usual_from", "usual_until"]
    pairs = decrees.select("agency", "day", "row_id").inner_join(windows.select(*names), "agency")
    inside = (pairs.day >= pairs.opens) & (pairs.day < pairs.closes)
    usual = (pairs.day >= pairs.usual_from) & (pairs.day < pairs.usual_until)
    counted = pairs.group_by("agency").agg(
        days_inside=pairs.day.nunique(where=inside),
        days_usual=pairs.day.nunique(where=usual),
        people_inside=inside.sum(),
        people_usual=usual.sum(),
        evidence=pairs.row_id.collect(where=inside),
    )
    asked = windows.left_join(counted, "agency").drop("agency_right")
    return _table([_row(each, times) for each in asked.to_pyarrow().to_pylist()])


def _table(found: list[dict[str, Any]]) -> Table:
    """Rows for any engine. Spark takes such a table through pandas, where a whole number beside
    a null turns into a float and is lost: so each value goes as text and is cast back there."""
    import ibis
    import pyarrow as pa

    text = [{name: _text(each[name]) for name in _KINDS} for each in found]
    kinds = {name: pa.string() for name in _KINDS} | {"evidence": pa.list_(pa.string())}
    rows = ibis.memtable(pa.Table.from_pylist(text, schema=pa.schema(list(kinds.items()))))
    return rows.select(**{name: rows[name].cast(kind) for name, kind in _KINDS.items()})


def _text(value: Any) -> Any:
    """Python writes as many digits of a float as name it exactly."""
    if value is None or isinstance(value, list):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)


def _row(found: dict[str, Any], times: float) -> dict[str, Any]:
    """One agency: the ratio of the two rates, or why there is none."""
    people = (found["people_inside"] or 0) + (found["people_usual"] or 0)
    blank = dict.fromkeys(_KINDS) | {
        "subject_kind": "agency", "subject": found["agency"], "region_code": found["government"],
    }  # fmt: skip
    if found["opens"] is None:
        return blank | {"reason": "contest_unknown"}
    usual = _days(max(found["usual_from"], found["seen_from"]), found["usual_until"])
    if usual < LEAST_USUAL:
        return blank | {"reason": "usual_unknown"}
    if people < LEAST_PEOPLE:
        return blank | {"reason": "too_few"}
    ratio = counts.rates(
        found["days_inside"], found["days_usual"],
        days_inside=_days(found["opens"], found["closes"]), days_outside=usual,
    )  # fmt: skip
    return blank | {
        "since": found["opens"],
        "until": found["closes"],
        "flagged": ratio.low is not None and ratio.low > times,
        # Where nothing happened at usual times the ratio has no upper end: at least `low` is told.
        "value": ratio.low if _finite(ratio.effect) is None else ratio.effect,
        "low": ratio.low,
        "high": _finite(ratio.high),
        "days_inside": found["days_inside"],
        "days_usual": found["days_usual"],
        "people": people,
        "election": found["election"],
        "evidence": [f"appointments:{row}" for row in found["evidence"] or ()],
    }


def _days(first: date, after: date) -> int:
    return (after - first).days


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
