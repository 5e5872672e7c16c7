"""What the detectors of networks share: exchanges with both ends named, and pairs of actors.

The elements are those of `signals/network/elements.py`, which computes them for tens of millions of
rows; a test compares the two on random exchanges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Parameter
from timbang.signals.network.limits import LIMITS, SUPPORT_KINDS

if TYPE_CHECKING:
    from ibis.expr.types import Table, Value

MONTHS: Final = Parameter(
    "months",
    LIMITS.months,
    Bilingual(
        "Jumlah bulan sejak hubungan disebut berulang", "Months from which a tie is repeated"
    ),
    Bilingual(
        "pilihan kami: dua dapat berarti satu peristiwa dan balasannya",
        "choice of ours: two may be one occasion and its return",
    ),
)
ASYMMETRY: Final = Parameter(
    "asymmetry",
    LIMITS.asymmetry,
    Bilingual(
        "Selisih ketergantungan sejak kedudukan disebut timpang",
        "Difference of dependence from which status is unequal",
    ),
    Bilingual(
        "pilihan kami: yang satu lebih bergantung sebesar separuh dari semua pertukarannya;"
        " ukuran Emerson (1962)",
        "choice of ours: the one depends by half of all his exchanges more; measure of "
        "Emerson (1962)",
    ),
    most=1,
)
PERSONALISM: Final = Parameter(
    "personalism",
    LIMITS.personalism,
    Bilingual(
        "Bagian lewat orang sejak hubungan disebut pribadi",
        "Share through a person from which a tie is personal",
    ),
    Bilingual(
        "pilihan kami: lebih sering lewat seseorang daripada tidak",
        "choice of ours: more often through a person than not",
    ),
    most=1,
)


def exchanges(facts: Facts) -> Table:
    """Every exchange, with `one` (the giver), `other` (the receiver) and `broker`: the number of
    each, else his name, null where neither is known; and what is told of the exchange as 0 or 1."""
    import ibis

    rows = facts.table("exchanges")
    legs = ibis.union(
        rows.select(leg=rows.returned_by), rows.select(leg=rows.returns), distinct=True
    )
    legs = legs.filter(legs.leg.notnull())
    rows = rows.left_join(legs, rows.exchange_id == legs.leg)
    broker = _who(rows, "through")
    line = rows.budget_line.notnull() & (rows.budget_line != "")
    private, public = (rows.money.fill_null("") == word for word in ("private", "public"))
    person = broker.notnull() | (private & ~line)
    linked = rows.returned_by.notnull() | rows.returns.notnull() | rows.leg.notnull()
    return rows.select(
        "row_id",
        "region_code",
        "given_on",
        one=_who(rows, "giver"),
        other=_who(rows, "receiver"),
        broker=broker,
        month=rows.given_on.year() * 12 + rows.given_on.month(),
        linked=_count(linked),
        person=_count(person),
        office=_count(~person & (public | line)),
        support=_count(rows.kind.fill_null("").isin(SUPPORT_KINDS)),
    )


def ties(facts: Facts) -> tuple[Table, Table]:
    """The exchanges between two known actors with `low` and `high`, and one row for each pair."""
    import ibis

    rows = exchanges(facts)
    # Where no record of all names another leg, nobody wrote legs down.
    legs = rows.agg(legs=rows.linked.max())
    rows = rows.filter(rows.one.notnull() & rows.other.notnull() & (rows.one != rows.other))
    forward = rows.one < rows.other
    rows = rows.mutate(
        low=ibis.ifelse(forward, rows.one, rows.other),
        high=ibis.ifelse(forward, rows.other, rows.one),
        forward=_count(forward),
    )
    pairs = rows.group_by(["low", "high"]).agg(
        exchanges=rows.count(),
        forward=rows.forward.sum(),
        months=rows.month.nunique(),
        undated=rows.given_on.isnull().cast("int64").sum(),
        linked=rows.linked.sum(),
        person=rows.person.sum(),
        office=rows.office.sum(),
        since=rows.given_on.min(),
        until=rows.given_on.max(),
        regions=rows.region_code.nunique(),
        region_code=rows.region_code.min(),
    )
    ends = ibis.union(rows.select(actor=rows.low), rows.select(actor=rows.high))
    whole = ends.group_by("actor").agg(all_of=ends.count())
    lows = whole.select(low=whole.actor, all_low=whole.all_of)
    highs = whole.select(high=whole.actor, all_high=whole.all_of)
    pairs = pairs.join(lows, "low").join(highs, "high").cross_join(legs)
    count = pairs.exchanges.cast("float64")
    depends_low = count / pairs.all_low.cast("float64")
    depends_high = count / pairs.all_high.cast("float64")
    backward = pairs.exchanges - pairs.forward
    both = (pairs.forward > 0) & (backward > 0)
    return rows, pairs.mutate(
        backward=backward,
        asymmetry=(depends_low - depends_high).abs(),
        low_is_above=depends_high > depends_low,
        returned=(pairs.linked > 0) | both,
        may_be_returned=both | (pairs.linked > 0) | (pairs.legs == 0),
        personal_least=pairs.person.cast("float64") / count,
        personal_most=(pairs.exchanges - pairs.office).cast("float64") / count,
        region_code=ibis.ifelse(pairs.regions == 1, pairs.region_code, ibis.null("string")),
    )


def evidence(rows: Table) -> Value:
    """The rows of a group, as evidence names them."""
    import ibis

    return (ibis.literal("exchanges:") + rows.row_id).collect()


def _who(rows: Table, who: str) -> Value:
    import ibis

    return ibis.coalesce(rows[f"{who}_id"].nullif(""), rows[who].nullif(""))


def _count(told: Any) -> Value:
    return told.cast("int64")
