"""The only writers of the ledger: record an act, give entries their place, sign what is published.

`record` belongs in the transaction of the act itself: an act without its entry, or an entry
without its act, cannot exist. Positions come later, from the worker, under the lock of one row.
A position, once published, is never given to anything else: when the database knows less than the
published log (a restored backup), nothing is placed or signed until `recover` has been run.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from timbang.law.refusal import Refusal
from timbang.ledger import keys, merkle, texts
from timbang.ledger.commitment import SALT_BYTES, BodyError, Value, commit
from timbang.ledger.folder import LogFolder
from timbang.ledger.models import LOST, PADDING, DailyRelease, Entry, Lane, TreeHead
from timbang.ledger.publishing import (
    damaged,
    frontier_of,
    locked_head,
    publish,
    published_in,
    recover,
    require_up_to_date,
)
from timbang.ledger.tiles import TileError

__all__ = [
    "erase",
    "opening",
    "promise",
    "proof",
    "publish",
    "record",
    "record_all",
    "recover",
    "release_daily",
    "sequence",
]

# Long enough to be quick, short enough that a waiting writer does not notice.
ACTS_A_TRANSACTION = 2_000


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
        turn=time.time_ns() if lane == "now" else None,
    )


def record_all(
    *, act: str, bodies: Sequence[Mapping[str, Value]], lane: Literal["now", "daily"], on: date
) -> list[Entry]:
    """Write the entries of many like acts of one day in one statement; otherwise as `record`."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            f"the ledger entries of {act!r} must be written in the transaction of the acts"
        )
    if act in (PADDING, LOST):
        raise BodyError(f"act {act!r} is written by the ledger only")
    first = time.time_ns()
    made = []
    for turn, body in enumerate(bodies, first):
        salt = secrets.token_bytes(SALT_BYTES)
        leaf = commit(salt, act=act, body=body, on=on)
        made.append(
            Entry(
                salt=salt, act=act, body=dict(body), leaf=leaf, lane=Lane(lane), made_on=on,
                turn=turn if lane == "now" else None,
            )
        )  # fmt: skip
    return Entry.objects.bulk_create(made)


def sequence(*, at: datetime) -> int:
    """Give waiting acts of the lane `now` their positions; how many. Called twice a second."""
    total = 0
    while placed := _sequence_some(at):
        total += placed
    return total


def _sequence_some(at: datetime) -> int:
    if not Entry.objects.waiting(Lane.NOW).exists():
        return 0
    with transaction.atomic():
        head = _head_to_grow()
        waiting = Entry.objects.waiting(Lane.NOW).values_list("id", "leaf")
        entries = [(id_, bytes(leaf)) for id_, leaf in waiting[:ACTS_A_TRANSACTION]]
        _place(head, entries, on=at.date())
    return len(entries)


def release_daily(*, on: date) -> int:
    """Place the intake of the days up to and including `on`; how many leaves the log grew by.

    Once a day, also when nothing came: shuffled and padded to a multiple of settings.LOG_BATCH (64
    when not set), so that number, order and hour tell nothing. 0 when the day, or a later one, has
    been released already.
    """
    if DailyRelease.objects.filter(on__gte=on).exists():
        return 0
    with transaction.atomic():
        head = _head_to_grow()
        if DailyRelease.objects.filter(on__gte=on).exists():  # another worker, meanwhile
            return 0
        waiting = Entry.objects.waiting(Lane.DAILY).filter(made_on__lte=on)
        real = [(id_, bytes(leaf)) for id_, leaf in waiting.values_list("id", "leaf")]
        batch = real + _pad(len(real), on)
        secrets.SystemRandom().shuffle(batch)
        DailyRelease.objects.create(on=on, first=head.size, size=len(batch))
        _place(head, batch, on=on)
        _forget_order([id_ for id_, _ in batch])
    return len(batch)


def _pad(count: int, on: date) -> list[tuple[UUID, bytes]]:
    """Entries that make the batch whole; at least one batch a day.

    They are commitments like any other: opened, they prove to be padding and no hidden report.
    """
    multiple = getattr(settings, "LOG_BATCH", 64)
    missing = -count % multiple if count else multiple
    padding = [_padding(secrets.token_bytes(SALT_BYTES), on) for _ in range(missing)]
    Entry.objects.bulk_create(padding)
    return [(entry.id, bytes(entry.leaf)) for entry in padding]


def _padding(salt: bytes, on: date) -> Entry:
    leaf = commit(salt, act=PADDING, body={}, on=on)
    return Entry(salt=salt, act=PADDING, body={}, leaf=leaf, lane=Lane.DAILY, made_on=on)


def _head_to_grow() -> TreeHead:
    """The locked head; refuses when the published log knows more than the database."""
    head = locked_head()
    require_up_to_date(head, LogFolder(settings.LOG))
    return head


def _place(head: TreeHead, entries: Sequence[tuple[UUID, bytes]], *, on: date) -> None:
    """Entries get the next positions in this order, the head grows with them."""
    frontier = frontier_of(head)
    frontier.extend(merkle.leaf_hash(leaf) for _, leaf in entries)
    _write_positions([id_ for id_, _ in entries], head.size)
    grown = TreeHead.objects.filter(pk=1, size=head.size).update(
        size=frontier.size, frontier=frontier.packed, grown_on=on
    )
    if grown != 1:  # the lock failed: better no position than one given twice
        raise RuntimeError("the head of the log moved under its lock")


def _write_positions(ids: Sequence[UUID], first: int) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE ledger_entry SET position = %s, turn = NULL WHERE id = %s",
            [(position, _for_database(id_)) for position, id_ in enumerate(ids, first)],
        )


def _forget_order(ids: Sequence[UUID]) -> None:
    """SQLite keeps rows in the order of their coming, which is the order of reports: not any more.

    On PostgreSQL giving the positions has written the rows anew, in the order of the batch.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE ledger_entry SET rowid = %s WHERE id = %s",
                [(secrets.randbits(62), _for_database(id_)) for id_ in ids],
            )


def _for_database(id_: UUID) -> UUID | str:
    return id_ if connection.features.has_native_uuid_field else id_.hex


def promise(entry: Entry) -> str:
    """A signed note that this leaf was accepted on a day and will be in the log by the next."""
    signer = keys.signing_key()
    due_on = entry.made_on + timedelta(days=1)
    given = texts.Promise(signer.name, bytes(entry.leaf), entry.made_on, due_on)
    return texts.write_promise(given, signer)


def proof(entry: Entry) -> str | None:
    """The proof (c2sp.org/tlog-proof) that the entry is in the log of settings.LOG.

    None until it is published there. The proof is verified before it is given.
    """
    folder = LogFolder(settings.LOG)
    checkpoint = published_in(folder)
    if entry.position is None or checkpoint is None or entry.position >= checkpoint.size:
        return None
    try:
        tree = folder.tree(checkpoint.size)
        hashes = merkle.inclusion_proof(entry.position, checkpoint.size, tree.node)
    except TileError as error:
        raise damaged(folder, str(error)) from error
    text = texts.write_proof(
        texts.Proof(entry.position, bytes(entry.leaf), tuple(hashes), checkpoint)
    )
    try:
        texts.check_proof(text, keys.signing_key().verifier)
    except ValueError as error:
        raise damaged(folder, str(error)) from error
    return text


def opening(entry: Entry) -> str:
    """What lies behind the leaf, for a party who may show it. Refuses when it was erased."""
    if not entry.salt:
        raise Refusal(_("What this entry recorded has been erased; only its commitment stays."))
    return texts.write_opening(
        salt=bytes(entry.salt), act=entry.act, body=entry.body, on=entry.made_on
    )


def erase(entry: Entry) -> None:
    """Make what an entry recorded unreadable for ever; its leaf and its proof stay valid."""
    Entry.objects.filter(pk=entry.pk).update(salt=b"", body={})
    entry.salt, entry.body = b"", {}
