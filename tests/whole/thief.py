"""Looks for words in bytes, in every guise in which a program might have written them down."""

from __future__ import annotations

import base64
import os
import sqlite3
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import psycopg

from tests.whole.installation import Installation

# Where programs leave things, beside the folder that they were given.
ELSEWHERE = (Path(tempfile.gettempdir()), Path("/var/tmp"), Path("/dev/shm"))
LARGEST = 200_000_000


def guises(word: bytes) -> set[bytes]:
    """The word itself, in hexadecimal, in base64 wherever it begins, as UTF-16."""
    wide = word.decode("latin-1").encode("utf-16-le")
    plain = {word, wide, wide[1:] + b"\0"}
    codes = {base64.b64encode(b"\0" * shift + word)[skip:-4] for shift, skip in _ALIGNMENTS}
    hexes = {form.hex().encode() for form in plain}
    return plain | codes | {code.translate(_URL_SAFE) for code in codes} | hexes


# How many bytes stand before the word, and how many base64 signs they spoil.
_ALIGNMENTS = ((0, 0), (1, 2), (2, 3))
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


class Thief:
    """Knows what to look for: names of secrets, and the secrets."""

    def __init__(self, secrets: Mapping[str, str | bytes]) -> None:
        as_bytes = {n: s.encode() if isinstance(s, str) else s for n, s in secrets.items()}
        assert all(len(secret) >= 12 for secret in as_bytes.values())
        self.wanted = {n: guises(s) | guises(s.lower()) for n, s in as_bytes.items()}

    def finds(self, data: bytes) -> set[str]:
        """The names of the secrets that stand in the data."""
        small = data.lower()
        return {
            name
            for name, forms in self.wanted.items()
            if any(form in data or form in small for form in forms)
        }

    def searches(self, places: Iterable[tuple[str, bytes]]) -> tuple[dict[str, set[str]], int]:
        """Where he finds what, and how many places he looked into."""
        looked = [(place, self.finds(data)) for place, data in places]
        return {place: here for place, here in looked if here}, len(looked)


def everything(place: Installation, *, since: float) -> Iterator[tuple[str, bytes]]:
    """All that a thief of the machine gets, while it runs."""
    yield from files_below(place.folder)
    for folder in ELSEWHERE:
        yield from files_below(folder, since=since)
    yield from rows(place)
    assert place.server is not None
    for pid in tree(place.server.pid):
        yield from told_by(pid)


def files_below(folder: Path, *, since: float = 0.0) -> Iterator[tuple[str, bytes]]:
    """Each file with its name as a thief sees it: names may tell as much as content."""
    # os.walk passes over folders that are gone meanwhile; other tests may run beside this one
    below = (Path(at, name) for at, _folders, files in os.walk(folder) for name in files)
    for path in below:
        try:
            info = path.lstat()
            if stat.S_ISREG(info.st_mode) and info.st_ctime >= since and info.st_size < LARGEST:
                yield str(path), str(path).encode() + b"\n" + path.read_bytes()
        except OSError:  # gone meanwhile, or not ours
            continue


def rows(place: Installation) -> Iterator[tuple[str, bytes]]:
    """Each table as bytes, as the database itself puts them together."""
    url = place.env.get("TIMBANG_DATABASE_URL")
    yield from _postgres(url) if url else _sqlite(place.data / "timbang.sqlite3")


def _postgres(url: str) -> Iterator[tuple[str, bytes]]:
    named = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        tables = [name for (name,) in cursor.execute(named).fetchall()]
        for table in tables:
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                yield f"table {table}", b"".join(bytes(part) for part in copy)


def _sqlite(file: Path) -> Iterator[tuple[str, bytes]]:
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        named = "SELECT name FROM sqlite_master WHERE type = 'table'"
        tables = [name for (name,) in connection.execute(named).fetchall()]
        for table in tables:
            found = connection.execute(f'SELECT * FROM "{table}"').fetchall()
            yield f"table {table}", b"\n".join(_bytes(value) for row in found for value in row)
    finally:
        connection.close()


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def tree(root: int) -> list[int]:
    """A process and all that it started."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def told_by(pid: int) -> Iterator[tuple[str, bytes]]:
    """Words of command and environment, and files that are deleted but still held open."""
    for name in ("cmdline", "environ"):
        yield f"{name} of {pid}", (Path("/proc") / str(pid) / name).read_bytes()
    for link in (Path("/proc") / str(pid) / "fd").iterdir():
        try:
            if link.is_file() and str(link.readlink()).endswith("(deleted)"):
                yield f"deleted file of {pid}", os.pread(os.open(link, os.O_RDONLY), LARGEST, 0)
        except OSError:
            continue
