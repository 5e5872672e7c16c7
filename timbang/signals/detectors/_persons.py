"""Officials whom a link joins to another list: never more than the link itself says.

A link counts where an officer judged both to be one person (`same`) or where it is shown as sure
(registry.names.linking). A likely one is nothing that could be judged yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from timbang.signals.detector import Facts

if TYPE_CHECKING:
    from ibis.expr.types import Column, Table

COUNTS: Final = ("same", "sure")
UNSURE: Final = "likely"


def linked(facts: Facts, *kinds: str) -> Table:
    """Links to persons of lists of these kinds: `official` (what tells the official apart),
    `official_row`, `record`, `list_kind`, `region_of_list`, `certainty`, `homonyms`, `status`."""
    people = facts.table("people")
    listed = people.filter(people.list_kind.isin(kinds)).select(
        "list_kind", record="row_id", region_of_list="region_code"
    )
    officials = people.filter(people.list_kind == "official")
    officials = officials.select(
        person=officials.row_id, official=told_apart(officials), official_row=officials.row_id,
        region_code=officials.region_code,
    )  # fmt: skip
    links = facts.table("name_links")
    found = links.inner_join(listed, "record").inner_join(officials, "person")
    return found.select(
        "official", "official_row", "record", "list_kind", "region_of_list", "region_code",
        "certainty", "homonyms", "status",
    )  # fmt: skip


def told_apart(people: Table) -> Column:
    """The keyed hash of the number, else the row: a name tells nobody apart."""
    import ibis

    return ibis.coalesce(people.number_hash, people.row_id)


def strongest(links: Table, by: str) -> Table:
    """For each official: whether a link counts, whether one is unsure, and what it says."""
    counts = links.status.isin(COUNTS)
    return links.group_by(by).agg(
        linked=counts.any(),
        unsure=(links.status == UNSURE).any(),
        certainty=links.certainty.max(where=counts),
        homonyms=links.homonyms.max(where=counts),
        status=links.status.min(where=counts),
        list_kind=links.list_kind.min(where=counts),
        record=links.record.min(where=counts),
    )
