"""What the two detectors of fair service share: a difference of shares between groups.

For a group at an agency, strata are the services of that agency. In stratum i the group has n1
cases with a of them ending so (refused, late), the others n0 with b; N = n1 + n0. The
Mantel-Haenszel risk difference and its variance (Greenland and Robins 1985, as in Rothman,
Greenland and Lash, Modern Epidemiology, 3rd ed., ch. 15):

    RD  = sum((a*n0 - b*n1) / N) / sum(n1*n0 / N)
    var = sum((a*(n1-a)*n0^3 + b*(n0-b)*n1^3) / (n1*n0*N^2)) / sum(n1*n0 / N)^2
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Parameter, Values

if TYPE_CHECKING:
    from ibis.expr.types import BooleanColumn, FloatingColumn, Table

_NORMAL_95: Final = 1.959963984540054
PARAMETERS: Final = (
    Parameter(
        "difference",
        0.1,
        Bilingual("Selisih paling sedikit", "Least difference of the shares"),
        Bilingual(
            "pilihan kami: satu dari sepuluh pemohon terasa di loket",
            "choice of ours: one applicant in ten is felt at the counter",
        ),
    ),
    Parameter(
        "fewest",
        10,
        Bilingual("Paling sedikit pemohon", "Fewest applicants of a group"),
        Bilingual(
            "pilihan kami: kelompok yang lebih kecil lebih banyak bercerita tentang kebetulan, "
            "dan dapat dikenali",
            "choice of ours: smaller groups tell more of chance, and could be recognised",
        ),
    ),
)
REASONS: Final = {
    "too_few": Bilingual("Pemohon terlalu sedikit", "Too few applicants"),
    "alone": Bilingual(
        "Tidak ada kelompok lain pada layanan yang sama",
        "No other group asked for the same service",
    ),
}
MEASURES: Final = {
    "agency_code": Bilingual("Instansi (kode atau nama)", "Agency (code or name)"),
    "applicant_group": Bilingual("Kelompok", "Group"),
    "number": Bilingual("Pemohon kelompok ini", "Applicants of this group"),
    "others": Bilingual("Pemohon kelompok lain", "Applicants of other groups"),
    "low": Bilingual("Selisih, batas bawah 95 %", "Difference, lower bound 95 %"),
    "high": Bilingual("Selisih, batas atas 95 %", "Difference, upper bound 95 %"),
}


def differences(services: Table, ended_so: BooleanColumn, values: Values) -> Table:
    """One row for each agency and group: the shape that detectors give, `value` the difference.

    Rows where `ended_so` is null (not known) are left out, and so are applicants of no group.
    """
    import ibis

    rows = services.mutate(
        agency_code=services.agency_code.coalesce(services.agency_name),
        ended_so=ended_so.cast("int64"),
        evidence_of=ibis.ifelse(ended_so, ibis.literal("services:") + services.row_id, None),
    ).filter(lambda t: t.ended_so.notnull() & t.applicant_group.notnull() & t.agency_code.notnull())
    keys = ["agency_code", "service"]
    own = rows.group_by([*keys, "applicant_group"]).agg(
        n1=rows.count().cast("float64"), a=rows.ended_so.sum().cast("float64")
    )
    all_groups = rows.group_by(keys).agg(
        total=rows.count().cast("float64"), ends=rows.ended_so.sum().cast("float64")
    )
    strata = own.join(all_groups, keys).mutate(
        n0=lambda t: t.total - t.n1, b=lambda t: t.ends - t.a
    )
    summed = strata.group_by(["agency_code", "applicant_group"]).agg(
        number=strata.n1.sum(),
        others=ibis.ifelse(strata.n0 > 0, strata.n0, 0.0).sum(),
        above=ibis.ifelse(
            strata.n0 > 0, (strata.a * strata.n0 - strata.b * strata.n1) / strata.total, 0.0
        ).sum(),
        weight=ibis.ifelse(strata.n0 > 0, strata.n1 * strata.n0 / strata.total, 0.0).sum(),
        spread=_spread(strata).sum(),
    )
    seen = rows.group_by(["agency_code", "applicant_group"]).agg(
        region_code=rows.region_code.min(),
        since=rows.applied_on.min(),
        until=rows.applied_on.max(),
        evidence=rows.evidence_of.collect(distinct=True),
    )
    found = summed.join(seen, ["agency_code", "applicant_group"])
    return _judged(found, values)


def _spread(strata: Table) -> FloatingColumn:
    """The numerator of the variance in one stratum."""
    import ibis

    n1, n0, a, b = strata.n1, strata.n0, strata.a, strata.b
    part = a * (n1 - a) * n0 * n0 * n0 + b * (n0 - b) * n1 * n1 * n1
    return ibis.ifelse(n0 > 0, part / (n1 * n0.nullif(0.0) * strata.total * strata.total), 0.0)


def _judged(found: Table, values: Values) -> Table:
    import ibis

    few = (found.number < values["fewest"]) | (
        (found.others > 0) & (found.others < values["fewest"])
    )
    reason = ibis.cases((found.others == 0, "alone"), (few, "too_few"), else_=ibis.null("string"))
    weight = found.weight.nullif(0.0)
    value = found.above / weight
    half = (found.spread / (weight * weight)).sqrt() * _NORMAL_95
    known = reason.isnull()
    low, high = value - half, value + half
    nothing = ibis.null("float64")
    return found.select(
        subject_kind=ibis.literal("agency"),
        subject=found.agency_code + "/" + found.applicant_group,
        region_code=found.region_code,
        since=found.since,
        until=found.until,
        flagged=ibis.ifelse(known, (value >= values["difference"]) & (low > 0), None),
        value=ibis.ifelse(known, value, nothing),
        reason=reason,
        evidence=found.evidence,
        agency_code=found.agency_code,
        applicant_group=found.applicant_group,
        number=found.number.cast("int64"),
        others=found.others.cast("int64"),
        low=ibis.ifelse(known, low, nothing),
        high=ibis.ifelse(known, high, nothing),
    )
