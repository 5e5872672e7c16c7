"""Who gave an order, opened and closed under the case key: nothing else."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from timbang.cases import vault
from timbang.cases.models import OrderGiver
from timbang.reports import sealing


@dataclass(frozen=True, slots=True)
class Superior:
    """Who gave an order, as an officer wrote it down."""

    name: str = ""
    post: str = ""
    agency: str = ""
    words: str = ""


def close(key: bytes, row: OrderGiver, who: Superior) -> bytes:
    """Who gave the order, under the case key."""
    return sealing.close_json(key, asdict(who), vault.context("order", row.id))


def read(key: bytes, row: OrderGiver) -> Superior:
    """What `close` closed."""
    told = sealing.open_json(key, bytes(row.sealed), vault.context("order", row.id))
    return Superior(**{name: str(told.get(name, "")) for name in Superior.__slots__})
