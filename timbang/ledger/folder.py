"""The published folder: `checkpoint`, `tile/...`; anyone may copy, serve and verify it.

Files come first and the checkpoint last, each whole or not at all, so that whatever moment a
process dies in, the checkpoint that stands there is covered by the files beside it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from timbang.ledger import durable
from timbang.ledger.texts import Checkpoint, read_checkpoint
from timbang.ledger.tiles import WIDTH, Place, TileTree

CHECKPOINT = "checkpoint"
_NEW = ".new"


class LogFolder:
    """A folder with a published log, or where one will be."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def checkpoint(self) -> Checkpoint | None:
        """What is published, its signature not looked at; None before the first publication.

        Raises texts.TextError or UnicodeDecodeError for a damaged file.
        """
        note = self.checkpoint_note()
        return None if note is None else read_checkpoint(note)

    def checkpoint_note(self) -> str | None:
        data = self.read(CHECKPOINT)
        return None if data is None else data.decode()

    def read(self, name: str) -> bytes | None:
        try:
            return (self.path / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def tree(self, size: int) -> TileTree:
        return TileTree(self.read, size)

    def write(self, files: Iterable[tuple[Place, bytes]]) -> list[Place]:
        """Put tiles and bundles in place and wait until they are on the disk."""
        folders: set[Path] = set()
        written: list[Place] = []
        new = self._scratch()
        for place, data in files:
            target = self.path / place.path
            if target.parent not in folders:
                folders |= self._make_folder(target.parent)
            durable.write(new / "tile", data, mode=0o644)
            (new / "tile").replace(target)
            written.append(place)
        for folder in sorted(folders, reverse=True):
            durable.sync_folder(folder)
        new.rmdir()
        return written

    def sign(self, checkpoint: Checkpoint, at: datetime) -> None:
        """Replace the checkpoint; everything that it covers must have been written."""
        target = self.path / CHECKPOINT
        durable.replace(target, checkpoint.note.encode(), mode=0o644)
        os.utime(target, (at.timestamp(), at.timestamp()))

    def drop_partials(self, written: Iterable[Place]) -> None:
        """Partial tiles may go once the full one is there (tlog-tiles, Partial Tiles)."""
        for place in written:
            if place.width == WIDTH:
                shutil.rmtree(self.path / f"{place.path}.p", ignore_errors=True)

    def _scratch(self) -> Path:
        """An empty folder for files in the making; what a killed process left there goes."""
        new = self.path / _NEW
        shutil.rmtree(new, ignore_errors=True)
        self._make_folder(new)
        return new

    def _make_folder(self, folder: Path) -> set[Path]:
        """Make a folder that everyone may read; gives those whose names must be synced."""
        missing = [folder]
        while not missing[-1].exists() and missing[-1] != self.path:
            missing.append(missing[-1].parent)
        for each in reversed(missing):
            if not each.exists():
                each.mkdir(parents=True)
                each.chmod(0o755)
        return set(missing)
