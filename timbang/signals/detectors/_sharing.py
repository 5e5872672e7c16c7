"""Tenderers of one procurement that share a mark: an address, a telephone, a signatory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.law.bilingual import Bilingual
from timbang.signals.detector import Facts
from timbang.signals.detectors import _rows, _text

if TYPE_CHECKING:
    from ibis.expr.types import StringValue, Table
_KINDS: Final = ("address", "phone", "email", "signatory")
UNIT: Final = Bilingual("peserta", "tenderers")
REASONS: Final = {
    "no_tenderers": Bilingual(
        "Kurang dari dua peserta dalam data", "The data has fewer than two tenderers"
    ),
    "no_marks": Bilingual(
        "Kurang dari dua peserta dengan keterangan yang dapat dibandingkan",
        "Fewer than two tenderers have details that can be compared",
    ),
}
MEASURES: Final = {
    "tenderers": Bilingual("Jumlah peserta", "Tenderers"),
    "told": Bilingual(
        "Peserta dengan keterangan yang dapat dibandingkan", "Tenderers whose details are told"
    ),
    "shared": Bilingual(
        "Yang sama: address, phone, email, signatory",
        "What is shared: address, phone, email, signatory",
    ),
}


def tenderers(facts: Facts) -> Table:
    """One row for each tenderer of a process and line of the source: `firm` is its name without
    legal form, so that one firm under two ids is not taken for two."""
    rows = facts.table("bids")
    rows = rows.filter(rows.bidder_id.notnull())
    return rows.mutate(firm=_text.name(rows.bidder_name).nullif("").coalesce(rows.bidder_id))


def judged(facts: Facts, bidders: Table, marks: Table) -> Table:
    """The rows of a detector. `marks` has ocid, firm, mark (comparable text), shared (what it is)
    and evidence (text). A lead where two firms of one process have the same mark; `value` is how
    many firms have the most common one."""
    import ibis

    counted = bidders.group_by("ocid").agg(tenderers=bidders.firm.nunique())
    told = marks.group_by("ocid").agg(told=marks.firm.nunique())
    firms = marks.group_by("ocid", "shared", "mark").agg(firms=marks.firm.nunique())
    alike = marks.join(firms.filter(firms.firms > 1), ["ocid", "shared", "mark"])
    same = alike.group_by("ocid").agg(
        most=alike.firms.max(),
        evidence=alike.evidence.collect(),
        **{kind: (alike.shared == kind).any() for kind in _KINDS},
    )
    rows = facts.table("procurements")
    found = rows.group_by("ocid").agg(
        region_code=rows.region_code.max(), released_on=rows.released_on.max()
    )
    for other in (counted, told, same):
        found = found.left_join(other, "ocid").drop("ocid_right")
    reason = ibis.cases(
        (found.tenderers.fill_null(0) < 2, "no_tenderers"),
        (found.told.fill_null(0) < 2, "no_marks"),
        else_=ibis.null("string"),
    )
    shared: StringValue = ibis.literal("")
    for kind in _KINDS:
        shared = shared + ibis.ifelse(found[kind].fill_null(False), f"{kind} ", "")
    return _rows.rows(
        found, "procurement", "ocid",
        region_code=found.region_code, since=found.released_on, reason=reason,
        flagged=found.most > 1,
        value=ibis.ifelse(found.most > 1, found.most, ibis.null("int64")),
        evidence=found.evidence, tenderers=found.tenderers, told=found.told,
        shared=shared.strip().nullif(""),
    )  # fmt: skip
