"""The published form of the tree: tiles and entry bundles of c2sp.org/tlog-tiles.

A tile holds up to 256 hashes of one level; level 0 are the leaf hashes, each hash of a higher level
is the root of a full tile below. An entry bundle holds up to 256 entries, each after its length in
two bytes. The last tile of a level may be partial and then stands under `.p/<width>`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from timbang.ledger import merkle

WIDTH = 256
HEIGHT = 8
ENTRIES = "entries"
ENTRY_BYTES = 32
_HASH = merkle.HASH_BYTES
_PREFIX = ENTRY_BYTES.to_bytes(2, "big")
_PATH = re.compile(
    r"tile/(entries|0|[1-9]\d?)/((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?", re.ASCII
)


class TileError(ValueError):
    """A tile or bundle that is missing or not what it should be; `path` says which."""

    def __init__(self, path: str, what: str) -> None:
        super().__init__(f"{path}: {what}")
        self.path = path
        self.what = what


@dataclass(frozen=True, order=True)
class Place:
    """Which tile: `level` is 0..63, or -1 for an entry bundle."""

    level: int
    number: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        digits = f"{self.number:03d}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        parts = [digits[i : i + 3] for i in range(0, len(digits), 3)]
        number = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{ENTRIES if self.level < 0 else self.level}/{number}{partial}"

    @property
    def full(self) -> Place:
        return Place(self.level, self.number)

    @property
    def item_bytes(self) -> int:
        """How many bytes one hash or one entry takes."""
        return _HASH if self.level >= 0 else len(_PREFIX) + ENTRY_BYTES


def parse_path(path: str) -> Place | None:
    """The place that a path names, None when it names none (or not in its one spelling)."""
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    level, number, width = match.groups()
    place = Place(
        level=-1 if level == ENTRIES else int(level),
        number=int(number.replace("/", "").replace("x", "")),
        width=int(width) if width else WIDTH,
    )
    return place if place.path == path and place.level < 64 else None


def places(size: int) -> Iterator[Place]:
    """All tiles and bundles of a tree of this size."""
    for number in range(-(-size // WIDTH)):
        yield Place(-1, number, min(WIDTH, size - number * WIDTH))
    level, hashes = 0, size
    while hashes:
        for number in range(-(-hashes // WIDTH)):
            yield Place(level, number, min(WIDTH, hashes - number * WIDTH))
        level, hashes = level + 1, hashes // WIDTH


def encode_bundle(entries: Iterable[bytes]) -> bytes:
    """Entries of 32 bytes, each after its length (uint16, big-endian)."""
    return b"".join(_PREFIX + entry for entry in entries)


def decode_bundle(place: Place, data: bytes) -> list[bytes]:
    """The entries of a bundle; every one must have the one size of this log."""
    step = place.item_bytes
    if len(data) != place.width * step:
        raise TileError(place.path, f"has {len(data)} bytes, must have {place.width * step}")
    if any(data[at : at + 2] != _PREFIX for at in range(0, len(data), step)):
        raise TileError(place.path, f"an entry is not of {ENTRY_BYTES} bytes")
    return [data[at + 2 : at + step] for at in range(0, len(data), step)]


class TileTree:
    """The tree of `size` leaves, as its tiles tell it.

    `read` gives the content under a path, or None. A partial tile may have been replaced by the
    full one meanwhile: then the full one's beginning is read.
    """

    def __init__(self, read: Callable[[str], bytes | None], size: int) -> None:
        self.size = size
        self._read = read
        self._tile = lru_cache(maxsize=64)(self._load)

    def _load(self, level: int, number: int) -> bytes:
        count = self.size if level < 0 else self.size >> (HEIGHT * level)
        place = Place(level, number, min(WIDTH, count - number * WIDTH))
        if place.width < 1:
            raise TileError(place.full.path, f"is beyond a tree of {self.size}")
        length = place.width * place.item_bytes
        data = self._read(place.path)
        if data is None and place.width < WIDTH:
            data = (self._read(place.full.path) or b"")[:length] or None
        if data is None:
            raise TileError(place.path, "is missing")
        if len(data) != length:
            raise TileError(place.path, f"has {len(data)} bytes, must have {length}")
        return data

    def stored(self, level: int, number: int) -> bytes:
        """A tile as it is stored, as wide as the tree needs it."""
        return self._tile(level, number)

    def entries(self, number: int) -> list[bytes]:
        """The entries of a bundle, as many as the tree has."""
        data = self._tile(-1, number)
        return decode_bundle(Place(-1, number, len(data) // Place(-1, 0).item_bytes), data)

    def node(self, height: int, number: int) -> bytes:
        """The root of a complete subtree (merkle.Node)."""
        level, rest = divmod(height, HEIGHT)
        first = number << rest
        tile = self._tile(level, first // WIDTH)
        start = first % WIDTH * _HASH
        hashes = tile[start : start + (_HASH << rest)]
        if len(hashes) != _HASH << rest:
            raise TileError(Place(level, first // WIDTH).path, "holds too few hashes")
        return merkle.complete_root([hashes[i : i + _HASH] for i in range(0, len(hashes), _HASH)])

    def root(self, size: int | None = None) -> bytes:
        """The root of the whole tree or of its first `size` leaves."""
        return merkle.root(self.size if size is None else size, self.node)

    def frontier(self) -> merkle.Frontier:
        """The right edge of the whole tree."""
        nodes = merkle.subtrees(0, self.size)
        return merkle.Frontier(self.size, b"".join(self.node(*node) for node in nodes))

    def hashes(self, level: int) -> bytes:
        """The last tile of a level if it is partial, else nothing."""
        count = self.size >> (HEIGHT * level)
        return self._tile(level, count // WIDTH) if count % WIDTH else b""


class Growth:
    """Turns entries into files, from any size on, keeping only the right edge in memory."""

    def __init__(self, start: int = 0, edge: TileTree | None = None) -> None:
        """`start` is a multiple of 256; `edge` gives the partial tiles above level 0 there."""
        if start % WIDTH:
            raise ValueError(f"growth starts at a full bundle, not at {start}")
        self.size = start
        self._bundle = bytearray()
        self._levels: list[bytearray] = [bytearray()]
        while edge is not None and start >> (HEIGHT * len(self._levels)):
            level = len(self._levels)
            count = start >> (HEIGHT * level)
            tile = edge.hashes(level) if count % WIDTH else b""
            self._levels.append(bytearray(tile[: count % WIDTH * _HASH]))

    def add(self, entry: bytes) -> Iterator[tuple[Place, bytes]]:
        """Append an entry; yields the files that it completes."""
        self._bundle += _PREFIX + entry
        self.size += 1
        self._levels[0] += merkle.leaf_hash(entry)
        if self.size % WIDTH == 0:
            yield Place(-1, self.size // WIDTH - 1), bytes(self._bundle)
            self._bundle.clear()
            yield from self._complete()

    def _complete(self) -> Iterator[tuple[Place, bytes]]:
        level = 0
        while len(self._levels[level]) == WIDTH * _HASH:
            tile = bytes(self._levels[level])
            yield Place(level, (self.size >> (HEIGHT * (level + 1))) - 1), tile
            self._levels[level].clear()
            if level + 1 == len(self._levels):
                self._levels.append(bytearray())
            hashes = [tile[i : i + _HASH] for i in range(0, len(tile), _HASH)]
            self._levels[level + 1] += merkle.complete_root(hashes)
            level += 1

    def partial(self) -> Iterator[tuple[Place, bytes]]:
        """The partial files of the present size."""
        if self._bundle:
            yield Place(-1, self.size // WIDTH, self.size % WIDTH), bytes(self._bundle)
        for level, tile in enumerate(self._levels):
            if tile:
                count = self.size >> (HEIGHT * level)
                yield Place(level, count // WIDTH, count % WIDTH), bytes(tile)
