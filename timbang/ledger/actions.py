"""The only writers of the ledger: record an act, give entries their place, sign what is published.

`record` belongs in the transaction of the act itself: an act without its entry, or an entry
without its act, cannot exist. Positions come later, from the worker, under the lock of one row.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from datetime import date
from typing import Literal

from django.db import transaction

from timbang.ledger.commitment import SALT_BYTES, BodyError, Value, commit
from timbang.ledger.models import LOST, PADDING, Entry, Lane


def record(
    *, act: str, body: Mapping[str, Value], lane: Literal["now", "daily"], on: date
) -> Entry:
    """Write the entry of an act, in the transaction of the act.

    `body` holds codes, ids (as strings), whole numbers, true/false; free text only as a salted
    digest. Acts of reporters, and every act whose number would tell how many reports came, take
    the lane `daily`. Raises TransactionManagementError outside an open transaction and BodyError
    for a body that the ledger does not take.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            f"the ledger entry of {act!r} must be written in the transaction of the act"
        )
    if act in (PADDING, LOST):
        raise BodyError(f"act {act!r} is written by the ledger only")
    salt = secrets.token_bytes(SALT_BYTES)
    return Entry.objects.create(
        salt=salt,
        act=act,
        body=dict(body),
        leaf=commit(salt, act=act, body=body, on=on),
        lane=Lane(lane),
        made_on=on,
        turn=time.time_ns() if lane == Lane.NOW else None,
    )
