"""Verify a published log from its files alone: no database, no account, no trust in who serves it.

Everything is computed anew from the entries, every file is compared with what it must hold, and the
root with the one that was signed. What this cannot see: a log that shows different people
different histories. For that, keep the checkpoint of one visit and give it to the next (`since`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from timbang.ledger import merkle
from timbang.ledger.folder import CHECKPOINT, LogFolder
from timbang.ledger.note import NoteError, Verifier, parse_vkey
from timbang.ledger.texts import Checkpoint, TextError, open_checkpoint
from timbang.ledger.tiles import WIDTH, Growth, Place, TileError, TileTree, parse_path, places


@dataclass(frozen=True)
class Problem:
    """What is wrong, and in which file."""

    file: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what}"


@dataclass(frozen=True)
class Verdict:
    """`ok` only if the checkpoint is signed and everything fits it.

    `uncovered` counts files beyond the checkpoint: written, not yet signed, proved by nothing.
    """

    checkpoint: Checkpoint | None
    since: Checkpoint | None
    problems: tuple[Problem, ...]
    uncovered: int = 0

    @property
    def ok(self) -> bool:
        return self.checkpoint is not None and not self.problems

    def as_json(self) -> dict[str, object]:
        mine, old = self.checkpoint, self.since
        return {
            "ok": self.ok,
            "origin": mine.origin if mine else None,
            "size": mine.size if mine else None,
            "root": mine.root.hex() if mine else None,
            "since": old.size if old else None,
            "uncovered": self.uncovered,
            "problems": [{"file": each.file, "what": each.what} for each in self.problems],
        }


def verify(directory: Path, vkey: str, since: Path | None = None) -> Verdict:
    """Verify the log in a folder; with `since`, also that it extends an older checkpoint file.

    Raises NoteError when the vkey itself is none.
    """
    verifier = parse_vkey(vkey)
    folder = LogFolder(directory)
    problems: list[Problem] = []
    checkpoint = _open(directory / CHECKPOINT, CHECKPOINT, verifier, problems)
    old = _open(since, str(since), verifier, problems) if since is not None else None
    if checkpoint is None:
        return Verdict(None, old, tuple(problems))
    check = _Check(folder, checkpoint, old)
    check.run()
    return Verdict(checkpoint, old, (*problems, *check.problems), check.uncovered)


def _open(path: Path, name: str, verifier: Verifier, problems: list[Problem]) -> Checkpoint | None:
    try:
        return open_checkpoint(path.read_bytes().decode(), verifier)
    except UnicodeDecodeError:
        problems.append(Problem(name, "is not a text"))
    except OSError as error:
        problems.append(Problem(name, f"cannot be read: {error.strerror}"))
    except (NoteError, TextError) as error:
        problems.append(Problem(name, str(error)))
    return None


@dataclass
class _Check:
    folder: LogFolder
    checkpoint: Checkpoint
    old: Checkpoint | None
    problems: list[Problem] = field(default_factory=list)
    uncovered: int = 0

    def run(self) -> None:
        size = self.checkpoint.size
        self._extras = self._find_extras(size)
        if self.old is not None and self.old.size > size:
            self._say(CHECKPOINT, f"the log has shrunk: {self.old.size} entries before, {size} now")
        try:
            root = self._recompute()
        except TileError as error:
            self._say(error.path, f"{error.what}; the entries from there on cannot be checked")
            return
        if root != self.checkpoint.root:
            self._say(
                CHECKPOINT,
                f"the {size} entries lead to the root {root.hex()}, but "
                f"{self.checkpoint.root.hex()} was signed",
            )
        self.uncovered = sum(len(each) for each in self._extras.values())

    def _recompute(self) -> bytes:
        """The root that the entries lead to; compares every file on the way."""
        tree, growth = self.folder.tree(self.checkpoint.size), Growth()
        frontier = merkle.Frontier()
        self._compare_old(frontier)
        for number in range(-(-tree.size // WIDTH)):
            for entry in tree.entries(number):
                for place, data in growth.add(entry):
                    self._compare(place, data, tree)
                frontier.append(merkle.leaf_hash(entry))
                self._compare_old(frontier)
        for place, data in growth.partial():
            self._compare(place, data, tree)
        return frontier.root

    def _compare_old(self, frontier: merkle.Frontier) -> None:
        old = self.old
        if old is not None and old.size == frontier.size and old.root != frontier.root:
            self._say(
                CHECKPOINT,
                f"history was rewritten: the first {old.size} entries are not those of the "
                "older checkpoint",
            )

    def _compare(self, place: Place, data: bytes, tree: TileTree) -> None:
        """One file, and all narrower or wider versions of it, against what the entries give."""
        if place.level >= 0:  # bundles are where the entries came from
            try:
                self._compare_data(place, tree.stored(place.level, place.number), data)
            except TileError as error:
                self._say(error.path, error.what)
        for extra in self._extras.pop((place.level, place.number), ()):
            width = min(extra.width, place.width)
            stored = self.folder.read(extra.path) or b""
            length = width * place.item_bytes
            if len(stored) != extra.width * place.item_bytes:
                self._say(extra.path, f"has {len(stored)} bytes")
            self._compare_data(extra, stored[:length], data[:length])

    def _compare_data(self, place: Place, stored: bytes, data: bytes) -> None:
        if stored == data:
            return
        step = place.item_bytes
        at = next(
            i for i in range(0, len(data), step) if stored[i : i + step] != data[i : i + step]
        )
        item = place.number * WIDTH + at // step
        what = f"entry {item}" if place.level < 1 else f"hash {item} of level {place.level}"
        self._say(place.path, f"{what} does not fit the entries: one of the files was changed")

    def _find_extras(self, size: int) -> dict[tuple[int, int], list[Place]]:
        """Files that the checkpoint does not ask for: older partial tiles, later ones."""
        wanted = set(places(size))
        extras: dict[tuple[int, int], list[Place]] = defaultdict(list)
        root = self.folder.path
        for path in sorted((root / "tile").rglob("*")):
            if path.is_dir():
                continue
            place = parse_path(path.relative_to(root).as_posix())
            if place is None:
                self._say(str(path.relative_to(root)), "is no file of a log")
            elif place not in wanted:
                extras[place.level, place.number].append(place)
        return extras

    def _say(self, file: str, what: str) -> None:
        self.problems.append(Problem(file, what))
