"""Budgets made ready to compare: one amount for each region, account and year, beside elections.

The trap. The election of a region's head is paid for by the region itself, as a grant (*hibah*) to
its election commission (KPU), its supervisor (Bawaslu) and those who keep order, in the year of the
vote and partly in the year before. So grants rise before every election without anybody doing
wrong. Where the data name those grants in lines of their own, they are taken off; where they do
not, grants of those years are not judged, and what they rose by is shown as a bound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts, Parameter, Values

if TYPE_CHECKING:
    from ibis.expr.types import NumericColumn, Table

READS: Final = ("budgets", "own_contests")
GRANT: Final = "Belanja Hibah"
# A line of a grant for the election itself, by the words of its account. RE2 and Java alike.
_FOR_THE_ELECTION: Final = "hibah.*(kpu|komisi pemilihan|bawaslu|panwas|pilkada|pemilihan|pemilu)"
_COPIED: Final = "copied_region"
PHASES: Final = ("before", "in", "after")
ACCOUNTS: Final = Parameter(
    "accounts",
    (
        GRANT,
        "Belanja Bantuan Sosial",
        "Belanja Bantuan Keuangan",
        "Belanja Modal",
        "Belanja Barang dan Jasa",
        "Belanja Tidak Terduga",
        "Belanja Pegawai",
    ),
    Bilingual("Mata anggaran yang dibandingkan", "Accounts that are compared"),
    Bilingual(
        "pilihan kami: yang dapat dibagikan kepala daerah (hibah, bantuan sosial, bantuan "
        "desa, bangunan), dan di sampingnya belanja pegawai, yang hampir tidak dapat ia "
        "ubah",
        "choice of ours: what a head can give away (grants, social aid, aid to villages, "
        "buildings), and staff, which he can hardly move, beside it",
    ),
)
FIGURE: Final = Parameter(
    "figure",
    "budget",
    Bilingual("Angka yang dibandingkan: budget atau realised",
              "Figure that is compared: budget or realised"),
    Bilingual("pilihan kami: realisasi sering dibaca sebelum tahun berakhir",
              "choice of ours: what was realised is often read off before the year is over"),
    form="budget|realised",
    form_said="budget or realised",
)  # fmt: skip


def panel(facts: Facts, values: Values) -> Table:
    """One row for each region, account and year in which something is told and not in doubt.

    Columns: region_code, province, account_code, year, `amount` (rupiah; null where none is told or
    where election grants cannot be taken off), `amount_with_grant`, `held`, `before`, `after` (was
    the head of the region elected in that year, the next, the last; `held` null: not known),
    `grant_unknown`, and `row` (one row of budgets). Rows copied from another region are left out;
    of repeated rows the highest counts.
    """
    import ibis

    rows = facts.table("budgets")
    rows = rows.filter(rows.region_code.notnull() & rows.account_code.notnull())
    rows = rows.filter(~rows.doubts.fill_null("").contains(_COPIED))
    rows = rows.mutate(figure=_figure(rows, values))
    spent = rows.filter(rows.account_code.isin(list(values["accounts"])))
    spent = spent.group_by("region_code", "account_code", "year").agg(
        figure=spent.figure.max(), row=spent.row_id.max()
    )
    named = rows.account.lower().re_search(_FOR_THE_ELECTION)
    lines = rows.filter(named.fill_null(False) & (rows.account_code != GRANT))
    lines = lines.group_by("region_code", "year", "account_code").agg(figure=lines.figure.max())
    lines = lines.group_by("region_code", "year").agg(election_grant=lines.figure.sum())
    found = spent.left_join(lines, ["region_code", "year"])
    found = _with_phases(found.drop("region_code_right", "year_right"), facts)
    grant = found.account_code == GRANT
    unknown = grant & found.election_grant.isnull() & (found.held.fill_null(False) | found.before)
    left = found.figure - ibis.ifelse(grant, found.election_grant.fill_null(0.0), 0.0)
    return found.select(
        "region_code", "account_code", "year", "held", "before", "after", "row",
        province=found.region_code.substr(0, 2),
        grant_unknown=unknown,
        amount_with_grant=found.figure,
        amount=ibis.ifelse(unknown, ibis.null("float64"), left),
    )  # fmt: skip


def _figure(rows: Table, values: Values) -> NumericColumn:
    return rows.realised if values["figure"] == "realised" else rows.budget


def _with_phases(found: Table, facts: Facts) -> Table:
    """A neighbouring year of which it is not known whether it had a contest counts as without."""
    import ibis

    known = facts.table("own_contests")
    for name, shift in (("held", 0), ("before", -1), ("after", 1)):
        moved = known.select("region_code", year=known.year + shift, **{name: known.held})
        found = found.left_join(moved, ["region_code", "year"])
        found = found.drop("region_code_right", "year_right")
    return found.mutate(
        before=ibis.coalesce(found.before, False), after=ibis.coalesce(found.after, False)
    )


def median(rows: Table, keys: tuple[str, ...], column: str, name: str) -> Table:
    """The median of a column in each group, alike on both engines, and how many values there are
    (`<name>_of`). Rows without a value are passed over."""
    import ibis

    told = rows.filter(rows[column].notnull())
    by = [told[key] for key in keys]
    place = ibis.row_number().over(ibis.window(group_by=by, order_by=told[column])).cast("int64")
    ranked = told.mutate(_place=place, _n=told.count().over(ibis.window(group_by=by)).cast("int64"))
    # Twice the place and one, beside the number of values: the middle one or the middle two.
    off = (ranked["_place"] * 2 + 1 - ranked["_n"]).abs()
    middle = ranked.filter(off <= 1)
    return middle.group_by(*keys).agg(
        **{name: middle[column].mean(), f"{name}_of": middle["_n"].max()}
    )
