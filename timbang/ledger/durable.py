"""Files that are whole or absent after a crash, and on the disk when a function returns."""

from __future__ import annotations

import os
from pathlib import Path


def write(path: Path, data: bytes, *, mode: int) -> None:
    """Write a file and wait until it is on the disk. The mode holds whatever the umask."""
    file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, mode)
    with os.fdopen(file, "wb") as out:
        os.fchmod(file, mode)
        out.write(data)
        out.flush()
        os.fsync(file)


def replace(path: Path, data: bytes, *, mode: int) -> None:
    """Put a file in place in one step: after a crash it is the old one or the new one."""
    new = path.with_name(f".{path.name}.new")
    write(new, data, mode=mode)
    new.replace(path)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
