"""Where sealed files lie: `files/reports/ab/<random name>`, with no readable name and no moment.

The times of a file and of its folder are set to midnight. The change time, which no program can
set, still tells an administrator of the machine; docs/threat-model.md says so.
"""

from __future__ import annotations

import os
import secrets
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings

COPY = ".c"
# What bears this is not all written yet; whoever was killed then left it.
PART = ".p"
# What is kept free for reports themselves: files never fill the last of the disk.
RESERVE_BYTES = 256 * 1024 * 1024


class NoRoom(OSError):
    """The disk is nearly full: no more files, while reports can still be filed."""


def new_name() -> str:
    """A name that tells nothing: 32 random hexadecimal digits."""
    return secrets.token_hex(16)


def require_room(size: int) -> None:
    """Raise NoRoom when a file of this size would touch the reserve."""
    Path(settings.FILES).mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(settings.FILES).free < RESERVE_BYTES + 2 * size:
        raise NoRoom


def put(name: str, sealed: bytes, *, on: date) -> None:
    """Write a sealed file and wait until it is on the disk: under its name it is whole or not there
    at all, whoever reads it meanwhile or is killed."""
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(name + PART)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
    _forget_the_hour(path, on=on)


def get(name: str) -> bytes:
    """The sealed bytes; FileNotFoundError when they are gone."""
    return _path(name).read_bytes()


def exists(name: str) -> bool:
    """Whether the file is there."""
    return _path(name).exists()


def remove(name: str, *, on: date) -> None:
    """Remove a file; one that is gone already is no error."""
    path = _path(name)
    path.unlink(missing_ok=True)
    path.with_name(name + PART).unlink(missing_ok=True)
    if path.parent.exists():
        os.utime(path.parent, _midnight(on))


def _path(name: str) -> Path:
    bare = name.removesuffix(COPY)
    if len(bare) != 32 or not all(digit in "0123456789abcdef" for digit in bare):
        raise ValueError("names of sealed files have 32 hexadecimal digits")
    return Path(settings.FILES) / "reports" / bare[:2] / name


def _midnight(on: date) -> tuple[float, float]:
    instant = datetime(on.year, on.month, on.day, tzinfo=UTC).timestamp()
    return instant, instant


def _forget_the_hour(path: Path, *, on: date) -> None:
    for place in (path, path.parent, path.parent.parent):
        os.utime(place, _midnight(on))
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
