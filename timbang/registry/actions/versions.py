"""Versions of the tables are entered in the ledger: what was loaded or taken back, no content.

The entry comes first, in a transaction of its own; then the catalogue file is put in place, and the
version counts. Killed in between, it is put in place by whoever writes next, or by the worker.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max

from timbang.law.refusal import Refusal
from timbang.ledger.actions import record
from timbang.ledger.commitment import Value
from timbang.registry.models import TablesVersion
from timbang.registry.storing import Store, Version

ACTS: Final[Mapping[str, str]] = {"load": "tables.loaded", "retract": "tables.retracted"}


class LedgerRegister:
    """The register of versions that is kept in the ledger."""

    def enter(self, version: Version, digest: str) -> None:
        """One row and one entry. Refused when the number is taken.

        Raises RuntimeError inside another transaction: the version would count before its entry.
        """
        body: dict[str, Value] = {
            "version": version.number,
            "source": version.source,
            "files": len(version.digests),
            "manifest": digest,
            **_counts(version),
        }
        try:
            with transaction.atomic(durable=True):
                entry = record(act=ACTS[version.act], body=body, lane="now", on=version.known_on)
                TablesVersion.objects.create(
                    number=version.number,
                    act=version.act,
                    source=version.source,
                    digest=digest,
                    entry=entry,
                )
        except IntegrityError:
            raise Refusal(f"version {version.number} was entered before; load again") from None

    def entered(self, number: int) -> str | None:
        """The digest under which the version was entered."""
        return TablesVersion.objects.filter(pk=number).values_list("digest", flat=True).first()

    def newest(self) -> int:
        """The highest number that was ever entered."""
        return TablesVersion.objects.aggregate(newest=Max("number"))["newest"] or 0


def tables_store() -> Store:
    """The tables of this installation, whose versions are entered in the ledger."""
    return Store(settings.TABLES, LedgerRegister())


def complete_loads() -> list[int]:
    """Put versions in place that were entered and then broken off; their numbers.

    Nothing while a load is under way, which does so itself.
    """
    store = tables_store()
    if not store.prepared():
        return []
    try:
        with store.writing() as completed:
            return completed
    except Refusal:
        return []


def _counts(version: Version) -> dict[str, Value]:
    """How many records and rows; no name, no key, no word of them."""
    said: Mapping[str, Any] = version.report
    if version.act == "retract":
        return {
            "retracts": said["retracts"],
            "gone": said["ended"],
            "known_again": sum(said["known_again"].values()),
        }
    tables = said["tables"].values()
    return {
        "records": said["records"],
        "kept": said["kept"],
        "refused": said["refused"],
        "doubtful": sum(item["rows"] for item in said["doubts"]),
        "added": sum(counts["added"] for counts in tables),
        "corrected": sum(counts["corrected"] for counts in tables),
        "gone": sum(counts["gone"] for counts in tables),
        "accepted": sum(bool(found["accepted"]) for found in said["assertions"]),
    }
