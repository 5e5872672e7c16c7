"""What the ledger knows of the versions of the tables, and whether its entries still hold."""

from __future__ import annotations

from timbang.law.refusal import Refusal
from timbang.ledger import actions as ledger
from timbang.ledger.commitment import BodyError, commit
from timbang.ledger.models import Entry
from timbang.registry.checking_tables import Entered
from timbang.registry.models import TablesVersion


def entered_versions() -> dict[int, Entered]:
    """Every version that was entered, by its number; each entry is opened and, once the log has
    it, proved to be in the published log."""
    rows = TablesVersion.objects.select_related("entry").order_by("number")
    return {row.number: Entered(row.digest, _problem(row)) for row in rows.iterator(500)}


def _problem(row: TablesVersion) -> str:
    entry = row.entry
    if not _leads_to_its_leaf(entry):
        return "its entry in the ledger was changed or erased"
    said = (entry.body.get("version"), entry.body.get("manifest"), entry.body.get("source"))
    if said != (row.number, row.digest, row.source):
        return "its row says other things than its entry in the ledger"
    try:
        ledger.proof(entry)
    except Refusal as refusal:
        return f"its entry is not in the published log: {refusal}"
    return ""


def _leads_to_its_leaf(entry: Entry) -> bool:
    try:
        leaf = commit(bytes(entry.salt), act=entry.act, body=entry.body, on=entry.made_on)
    except (ValueError, BodyError):
        return False
    return leaf == bytes(entry.leaf)
