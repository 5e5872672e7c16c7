"""Signing: what is published extends everything that was signed before, or nothing is signed.

Three things know the log: the database, the published folder, and this machine's memory of the
last checkpoint it signed. A database brought back from an older backup knows less than the others:
then nothing is placed or signed, and `recover` takes the missing commitments from the folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from timbang.law.refusal import Refusal
from timbang.ledger import keys, merkle, texts
from timbang.ledger.folder import LogFolder
from timbang.ledger.models import LOST, Entry, Lane, TreeHead
from timbang.ledger.note import NoteError, Signer
from timbang.ledger.texts import Checkpoint, TextError
from timbang.ledger.tiles import WIDTH, Growth, Place, TileError, TileTree
from timbang.ledger.verifying import verify

ROWS_AT_ONCE = 2_000


def publish(directory: Path, *, at: datetime) -> Checkpoint:
    """Write the log into a folder: tiles and entry bundles, then the signed checkpoint.

    Does nothing when the folder is up to date; may be killed at any moment. Raises Refusal when the
    folder, or this machine's memory of what it signed, knows more than the database or other
    entries than the database; says which positions and what to do. `at` becomes the time of the
    file `checkpoint`.
    """
    with keys.signing_lock():
        signer = keys.signing_key()
        folder = LogFolder(directory)
        head = TreeHead.objects.filter(pk=1).first() or TreeHead()
        known = tuple(_known_outside(folder))
        published = published_in(folder)
        if published is not None and _is(published, head) and all(_is(k, head) for k, _w in known):
            return published
        _require_extends(folder, published, head, known)
        written = folder.write(_new_files(folder, published, head.size))
        checkpoint = _sign(signer, head)
        keys.remember_signed(checkpoint)
        folder.sign(checkpoint, at)
        folder.drop_partials(written)
    return checkpoint


def _sign(signer: Signer, head: TreeHead) -> Checkpoint:
    root = frontier_of(head).root
    text = texts.checkpoint_text(origin=signer.name, size=head.size, root=root)
    return Checkpoint(signer.name, head.size, root, signer.sign(text))


def _new_files(
    folder: LogFolder, published: Checkpoint | None, size: int
) -> Iterator[tuple[Place, bytes]]:
    """The files by which the folder lags behind the database, at most one bundle of them again."""
    old = published.size if published else 0
    growth = Growth(old - old % WIDTH, folder.tree(old))
    for leaf in _leaves(growth.size, size):
        yield from growth.add(leaf)
    yield from growth.partial()


def _leaves(start: int, end: int) -> Iterator[bytes]:
    """The leaves at these positions; refuses when one of them is not there."""
    rows = Entry.objects.between(start, end).values_list("position", "leaf")
    expected = start
    for position, leaf in rows.iterator(chunk_size=ROWS_AT_ONCE):
        if position != expected:
            break
        expected += 1
        yield bytes(leaf)
    if expected != end:
        raise Refusal(
            _("The entry at position %(position)s is missing in the database. Nothing was signed.")
            % {"position": expected}
        )


def recover(directory: Path, *, at: datetime) -> int:
    """Take what a restored database lacks from a published log; how many entries are lost.

    Entries that wait in the database and stand in the log get their places there. Of the others
    only the commitment comes back: their act is `lost`. Entries that the database had placed where
    the log has others wait again. Raises Refusal unless the folder verifies under our key.
    """
    folder = LogFolder(directory)
    with keys.signing_lock(), transaction.atomic():
        published = _verified(folder)
        head = locked_head()
        tree = folder.tree(published.size)
        common = _common(tree, head)
        if common == published.size:
            return 0
        _unplace(common)
        lost = _adopt(tree, common, on=at.date())
        frontier = tree.frontier()
        TreeHead.objects.filter(pk=1).update(
            size=frontier.size, frontier=frontier.packed, grown_on=at.date()
        )
    return lost


def _unplace(start: int) -> None:
    placed = Entry.objects.filter(position__gte=start)
    placed.filter(lane=Lane.NOW).update(turn=F("position"), position=None)
    placed.update(position=None)


def _adopt(tree: TileTree, start: int, *, on: date) -> int:
    """Place the published leaves from `start` on; those that no row fits become lost entries."""
    waiting = {bytes(e.leaf): e for e in Entry.objects.filter(position=None).only("id", "leaf")}
    known: list[Entry] = []
    lost: list[Entry] = []
    for position, leaf in _published_leaves(tree, start, tree.size):
        entry = waiting.get(leaf)
        if entry is None:
            entry = Entry(salt=b"", act=LOST, body={}, leaf=leaf, lane=Lane.NOW, made_on=on)
            lost.append(entry)
        else:
            known.append(entry)
        entry.position, entry.turn = position, None
    Entry.objects.bulk_create(lost, batch_size=500)
    Entry.objects.bulk_update(known, ["position", "turn"], batch_size=200)
    return len(lost)


# --- what the world outside the database knows ---


def locked_head() -> TreeHead:
    """The head, held until the transaction ends (SQLite: the IMMEDIATE transaction holds it)."""
    TreeHead.objects.get_or_create(pk=1)
    return TreeHead.objects.select_for_update().get(pk=1)


def require_up_to_date(head: TreeHead, folder: LogFolder) -> None:
    """Refuse when a published or signed checkpoint knows more entries than the database."""
    for known, where in _known_outside(folder):
        if known.size > head.size:
            raise _older(head, known, where)


def frontier_of(head: TreeHead) -> merkle.Frontier:
    return merkle.Frontier(head.size, bytes(head.frontier))


def _is(known: Checkpoint, head: TreeHead) -> bool:
    return known.size == head.size and known.root == frontier_of(head).root


def _known_outside(folder: LogFolder) -> Iterator[tuple[Checkpoint, str]]:
    """The checkpoints that bind us, each with where it stands."""
    try:
        published = folder.checkpoint()
    except (TextError, UnicodeDecodeError) as error:
        raise damaged(folder, str(error)) from error
    if published is not None:
        yield published, str(folder.path)
    signed = keys.last_signed()
    if signed is not None:
        yield signed, str(settings.KEYS / "log.signed")


def published_in(folder: LogFolder) -> Checkpoint | None:
    """The checkpoint of a folder, its signature checked against our key."""
    try:
        note = folder.checkpoint_note()
        if note is None:
            return None
        return texts.open_checkpoint(note, keys.signing_key().verifier)
    except (TextError, NoteError, UnicodeDecodeError) as error:
        raise damaged(folder, str(error)) from error


def _verified(folder: LogFolder) -> Checkpoint:
    published = published_in(folder)
    if published is None:
        raise Refusal(_("There is no published log in %(folder)s.") % {"folder": folder.path})
    verdict = verify(folder.path, keys.signing_key().vkey)
    if not verdict.ok:
        raise damaged(folder, str(verdict.problems[0]))
    return published


def _require_extends(
    folder: LogFolder,
    published: Checkpoint | None,
    head: TreeHead,
    known: Sequence[tuple[Checkpoint, str]],
) -> None:
    """Refuse unless the tree of the database extends everything that was ever signed."""
    require_up_to_date(head, folder)
    tree = folder.tree(published.size if published else 0)
    try:
        frontier = tree.frontier()
        if published is not None and frontier.root != published.root:
            raise damaged(folder, _("the tiles do not lead to the root that was signed"))
        marks = {checkpoint.size: (checkpoint, where) for checkpoint, where in known}
        for size in sorted(marks):
            if size < tree.size and tree.root(size) != marks[size][0].root:
                raise _forked(tree, head, *marks[size])
        _require_same_edge(tree, head, published)
        for leaf in _leaves(tree.size, head.size):
            _require_mark(frontier, marks, tree, head)
            frontier.append(merkle.leaf_hash(leaf))
    except TileError as error:
        raise damaged(folder, str(error)) from error
    _require_mark(frontier, marks, tree, head)
    if frontier.root != frontier_of(head).root:
        if published is not None:
            raise _forked(tree, head, published, str(folder.path))
        raise Refusal(_("The head of the log does not fit its entries. Nothing was signed."))


def _require_same_edge(tree: TileTree, head: TreeHead, published: Checkpoint | None) -> None:
    """The rows that will be written once more, into a wider tile, are those that stand there."""
    start = tree.size - tree.size % WIDTH
    hashes = b"".join(merkle.leaf_hash(leaf) for leaf in _leaves(start, tree.size))
    if published is not None and hashes != tree.hashes(0):
        raise _forked(tree, head, published, published.origin)


def _require_mark(
    frontier: merkle.Frontier,
    marks: Mapping[int, tuple[Checkpoint, str]],
    tree: TileTree,
    head: TreeHead,
) -> None:
    mark = marks.get(frontier.size)
    if mark is not None and mark[0].root != frontier.root:
        raise _forked(tree, head, *mark)


def _published_leaves(tree: TileTree, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    for number in range(start // WIDTH, -(-end // WIDTH)):
        for position, leaf in enumerate(tree.entries(number), number * WIDTH):
            if start <= position < end:
                yield position, leaf


def _common(tree: TileTree, head: TreeHead) -> int:
    """How many first entries the database and a published log share."""
    both = min(tree.size, head.size)
    rows = dict(Entry.objects.between(0, both).values_list("position", "leaf"))
    for position, leaf in _published_leaves(tree, 0, both):
        if position not in rows or bytes(rows[position]) != leaf:
            return position
    return both


def _older(head: TreeHead, known: Checkpoint, where: str) -> Refusal:
    return Refusal(
        _(
            "The database knows %(size)s entries of the log, %(where)s knows %(known)s: positions "
            "%(size)s to %(last)s are missing here. The database is older than what was "
            "published. Nothing was placed or signed. Bring back a newer backup; or take the "
            "newest copy of the published log and run `timbang log recover FOLDER`: it takes the "
            "missing commitments from there."
        )
        % {"size": head.size, "where": where, "known": known.size, "last": known.size - 1}
    )


def _forked(tree: TileTree, head: TreeHead, known: Checkpoint, where: str) -> Refusal:
    first, last = _common(tree, head), known.size - 1
    if first < min(tree.size, known.size):
        differ = _("position %(first)s is the first that differs") % {"first": first}
    else:
        differ = _("a position from 0 to %(last)s differs") % {"last": last}
    return Refusal(
        _(
            "The database holds other entries than the log that was signed (%(where)s): "
            "%(differ)s. Nothing was signed. Run `timbang log verify` on the published log; if it "
            "is right, bring back a newer backup or run `timbang log recover FOLDER` on it."
        )
        % {"where": where, "differ": differ}
    )


def damaged(folder: LogFolder, why: str) -> Refusal:
    return Refusal(
        _(
            "The published log in %(folder)s is damaged: %(why)s. Nothing was signed. Run "
            "`timbang log verify` on it and bring back the damaged files from a copy."
        )
        % {"folder": folder.path, "why": why}
    )
