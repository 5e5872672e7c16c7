"""Opens files from strangers: gz, zip, JSON lines, JSON packages, CSV, in a bounded memory.

`records` gives one `Record` after another. What is wrong with one line refuses that line and the
rest goes on; what is wrong with the whole file (it unpacks without end, it breaks off, its columns
stand twice) raises `BadFile`. Nothing is ever unpacked to disk, no line is held that is longer than
`LONGEST`, and a record is a dict of what is written, with no repair.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

import jiter

from timbang.registry import values

LONGEST: Final = 16 * 1024 * 1024
MOST_COLUMNS: Final = 4_000
RATIO: Final = 200
UNWATCHED: Final = 64 * 1024 * 1024
_CHUNK: Final = 1 << 20
_PEEK: Final = 1 << 16
_LISTS: Final = ("releases", "records", "data", "entities", "result")
_PACKED: Final = {b"\x1f\x8b": "gz", b"PK\x03\x04": "zip", b"PK\x05\x06": "zip"}
_OTHERS: Final = {
    b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"BZh": "bzip2", b"\xfd7zXZ": "xz",
    b"7z\xbc\xaf": "7-Zip", b"Rar!": "RAR", b"%PDF": "PDF",
    b"\xd0\xcf\x11\xe0": "an old Excel file",
    b"\x28\xb5\x2f\xfd": "zstandard", b"PAR1": "Parquet",
}  # fmt: skip
# What a spreadsheet would run: "=..." always; "@", "+", "-" before a call or a command of another
# program. A list that begins its lines with "- " is not one.
_FORMULA: Final = re.compile(
    r"[\s\ufeff\u200b]*(?:[=\uff1d]|[@+\-\uff20\uff0b\uff0d]\S*(?:[A-Za-z]\(|\|))"
)


class BadFile(ValueError):
    """A whole file is refused: the message says the file, the line where known, and what to do."""


class BadJson(ValueError):
    """One JSON value is refused."""


class Record(NamedTuple):
    """One record at a line of its file; `value` is None where it was refused, `why` says why.

    `raw` are the bytes as written, to tell whether two records are the same.
    """

    line: int
    value: dict[str, Any] | None
    raw: bytes
    why: str | None


@dataclass(slots=True)
class Opened:
    """An open file, to be used in a `with`. `done()` counts the bytes on disk read, of `size`.

    `about` holds what stands in a package around its records (publisher, licence).
    """

    name: str
    size: int
    format: str
    records: Iterator[Record]
    done: Callable[[], int]
    about: dict[str, Any]
    close: Callable[[], None]

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class _Guarded(io.RawIOBase):
    """Counts what a packed stream gives and stops one that grows out of all proportion."""

    def __init__(self, packed: BinaryIO, on_disk: Callable[[], int], name: str) -> None:
        self.packed, self.on_disk, self.name, self.given = packed, on_disk, name, 0

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self.packed.close()
        super().close()

    def readinto(self, buffer: Any) -> int:
        try:
            found = self.packed.read(len(buffer))
        except (EOFError, OSError, zlib.error, zipfile.BadZipFile) as error:
            raise BadFile(
                f"{self.name}: the packed data are damaged or break off near byte "
                f"{self.on_disk():,} of the file ({error}); get it again"
            ) from error
        except RuntimeError as error:
            raise BadFile(f"{self.name}: {error}; only archives without a password") from error
        self.given += len(found)
        if self.given > UNWATCHED and self.given > RATIO * max(self.on_disk(), 1):
            raise BadFile(
                f"{self.name}: unpacks to more than {RATIO} times its size: refused as a bomb. "
                "Unpack it yourself if you trust it"
            )
        buffer[: len(found)] = found
        return len(found)


def stamp_of(path: Path) -> tuple[int, ...]:
    """Which file this is, how long and when it was written last."""
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def open_file(path: Path, *, encoding: str = "utf-8", separator: str | None = None) -> Opened:
    """Open one file by what is in it, whatever its name says. Raises `BadFile` and OSError."""
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise BadFile(f"{path}: only plain files are read")
    if about.st_size == 0:
        raise BadFile(f"{path.name}: the file is empty")
    disk = io.BufferedReader(io.FileIO(path), _CHUNK)
    try:
        return _opened(disk, path.name, about.st_size, encoding, separator)
    except BaseException:
        disk.close()
        raise


def _opened(
    disk: io.BufferedReader[Any], name: str, size: int, encoding: str, separator: str | None
) -> Opened:
    stream, done = _unpacked(disk, name)
    head = _head(stream, name)
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")

    def close() -> None:
        stream.close()
        disk.close()

    if text[:1] not in (b"{", b"["):
        rows = _csv(stream, name, encoding, separator)
        return Opened(name, size, "csv", rows, done, {}, close)
    if codecs.lookup(encoding).name != "utf-8":
        raise BadFile(f"{name}: JSON is UTF-8 (RFC 8259); --encoding is for CSV")
    start = _list_start(text)
    if start is None:
        return Opened(name, size, "jsonl", _json_lines(stream), done, {}, close)
    first = text[:1].decode("ascii")
    records = _json_list(stream, name, head.index(text[:1]) + start, first)
    return Opened(name, size, "json", records, done, _around(text, start), close)


def _unpacked(
    disk: io.BufferedReader[Any], name: str
) -> tuple[io.BufferedReader[Any], Callable[[], int]]:
    kind = _kind(disk.peek(8)[:8], name)
    if kind == "gz":
        packed: BinaryIO = gzip.GzipFile(fileobj=disk)  # type: ignore[assignment]
    elif kind == "zip":
        packed = _only_member(disk, name)
    else:
        return disk, disk.tell
    return io.BufferedReader(_Guarded(packed, disk.tell, name), _CHUNK), disk.tell


def _kind(head: bytes, name: str) -> str:
    for mark, kind in _PACKED.items():
        if head.startswith(mark):
            return kind
    for mark, kind in _OTHERS.items():
        if head.startswith(mark):
            raise BadFile(
                f"{name}: this is {kind}; allowed: JSON, JSON lines, CSV, also in gz or zip"
            )
    return "plain"


def _only_member(disk: BinaryIO, name: str) -> BinaryIO:
    try:
        archive = zipfile.ZipFile(disk)
    except zipfile.BadZipFile as error:
        raise BadFile(f"{name}: a damaged zip ({error})") from error
    members = [item for item in archive.infolist() if not item.is_dir()]
    if any(item.filename.startswith("xl/") for item in members):
        raise BadFile(f"{name}: an Excel workbook; save its sheet as CSV in UTF-8")
    if len(members) != 1:
        raise BadFile(f"{name}: a zip with {len(members)} files; allowed: one. Unpack it first")
    if members[0].flag_bits & 1:
        raise BadFile(f"{name}: a zip with a password; unpack it first")
    try:
        return archive.open(members[0])  # type: ignore[return-value]
    except NotImplementedError as error:
        raise BadFile(
            f"{name}: a zip packed by a method that is not read here; allowed: stored, deflate, "
            "bzip2, lzma. Unpack it first"
        ) from error


def _head(stream: io.BufferedReader[Any], name: str) -> bytes:
    head = stream.peek(_PEEK)[:_PEEK]
    if not head.strip():
        raise BadFile(f"{name}: {_blank(stream)}")
    _kind(head[:8], name)
    if any(head.startswith(mark) for mark in _PACKED):
        raise BadFile(f"{name}: an archive within an archive; unpack it first")
    if b"\x00" in head:
        raise BadFile(f"{name}: zero bytes, so not a text in UTF-8 (UTF-16?); save it as UTF-8")
    return head


def _blank(stream: io.BufferedReader[Any]) -> str:
    """What is wrong with a file that begins with nothing but blanks."""
    passed = 0
    while part := stream.read(_CHUNK):
        rest = part.lstrip()
        passed += len(part) - len(rest)
        if rest:
            return (
                f"begins with {passed:,} blanks and empty lines; allowed before the first record: "
                f"{_PEEK:,}. Take them away"
            )
    return "the file has nothing in it"


# --- JSON ---------------------------------------------------------------------------------------


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise BadJson(f"the key '{twice[:60]}' stands twice in one object")
    return found


def _no_constant(word: str) -> float:
    raise BadJson(f"{word} is not a number of JSON")


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant)


def _parse(raw: bytes) -> dict[str, Any]:
    """One JSON object. Raises `BadJson` and UnicodeDecodeError."""
    try:
        value = jiter.from_json(raw, catch_duplicate_keys=True, allow_inf_nan=False)
    except ValueError:
        value = _parse_again(raw.decode("utf-8"))
    if not isinstance(value, dict):
        raise BadJson("not an object")
    if b"\\u" in raw:
        _whole_characters(value)
    return value


def _parse_again(text: str) -> Any:
    """What the fast reader refused, read slowly: it is readable after all, or we say why not."""
    try:
        value, end = _DECODER.raw_decode(text)
    except json.JSONDecodeError as error:
        raise BadJson(f"not JSON: {error.msg} at column {error.colno}") from None
    except RecursionError:
        raise BadJson("nested too deeply") from None
    except BadJson:
        raise
    except ValueError as error:
        raise BadJson(f"not readable: {str(error)[:80]}") from None
    if text[end:].strip():
        raise BadJson(f"something follows the object at column {end + 1}")
    return value


def _whole_characters(value: object) -> None:
    """Escapes can say half a character or a zero byte, which no table can keep."""
    said = json.dumps(value, ensure_ascii=False)
    if "\\u0000" in said:
        raise BadJson("a zero byte in a text")
    try:
        said.encode("utf-8")
    except UnicodeEncodeError:
        raise BadJson("half a character (a lone surrogate) in a text") from None


def _json_lines(stream: io.BufferedReader[Any]) -> Iterator[Record]:
    number = 0
    while True:
        line = stream.readline(LONGEST + 1)
        if not line:
            return
        number += 1
        if len(line) > LONGEST:
            _skip_line(stream, line)
            yield Record(number, None, b"", f"longer than {LONGEST // 2**20} MB")
            continue
        raw = line.strip()
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if not raw:
            continue
        try:
            yield Record(number, _parse(raw), raw, None)
        except UnicodeDecodeError as error:
            yield Record(number, None, b"", _not_utf8(error))
        except BadJson as error:
            yield Record(number, None, b"", str(error))


def _skip_line(stream: io.BufferedReader[Any], line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(_CHUNK)


def _not_utf8(error: UnicodeDecodeError) -> str:
    return f"not UTF-8: byte 0x{error.object[error.start]:02x} at place {error.start + 1}"


def _list_start(head: bytes) -> int | None:
    """Where the list of records begins (after its bracket); None for JSON lines.

    `head` begins with the first bracket. A list that opens beyond the first 64 kB is not found,
    and a line that holds a whole package of its own is read as a line.
    """
    if head.startswith(b"["):
        return 1
    first = head.split(b"\n", 1)[0]
    if len(first) < len(head):
        try:
            _parse(first)
        except (BadJson, UnicodeDecodeError):
            pass
        else:
            return None
    depth, key, index = 0, "", 0
    token = re.compile(rb'"((?:[^"\\]|\\.)*)"|[{}\[\]]')
    for found in token.finditer(head):
        mark = found[0]
        if mark in b"{[" and len(mark) == 1:
            depth += 1
            between = head[index : found.start()].strip()
            if mark == b"[" and depth == 2 and key in _LISTS and between == b":":
                return found.end()
        elif mark in b"}]" and len(mark) == 1:
            depth -= 1
        else:
            key = found[1].decode("utf-8", "replace")
        index = found.end()
    return None


def _around(head: bytes, start: int) -> dict[str, Any]:
    """What stands before the list, when it can be read by itself."""
    try:
        found = _parse(head[:start] + b"]}")
    except (BadJson, UnicodeDecodeError):
        return {}
    return {key: value for key, value in found.items() if key not in _LISTS}


_LOOSE: Final = json.JSONDecoder()
_BETWEEN: Final = re.compile(r"[ \t\r\n,]*")


def _json_list(
    stream: io.BufferedReader[Any], name: str, start: int, first: str
) -> Iterator[Record]:
    """The objects of one long list, without ever holding more than one of them and a chunk.

    `first` is the bracket that the file begins with. What follows the list must be the rest of one
    package, with no second list of records in it.
    """
    window = _Window(stream, name)
    window.skip(start)
    while window.more_items():
        yield window.next_item()
    rest = window.rest().strip()
    if first == "{":
        found, rest = _rest_of_package(rest, window)
        again = [key for key in found if key in _LISTS and found[key]]
        if again:
            raise BadFile(f"{name}:{window.line}: '{again[0]}' follows another list of records")
    if rest:
        raise BadFile(
            f"{name}:{window.line}: something follows the list of records; one package a file"
        )


def _rest_of_package(rest: str, window: _Window) -> tuple[dict[str, Any], str]:
    """The keys that follow the list, and what stands after the package."""
    try:
        found, end = _DECODER.raw_decode("{" + rest.removeprefix(","))
    except ValueError as error:
        raise BadFile(
            f"{window.name}:{window.line}: what follows the list of records is not the rest of a "
            f"package ({error})"
        ) from None
    return found, ("{" + rest.removeprefix(","))[end:].strip()


class _Window:
    """The part of a long JSON text that is being looked at. `line` is that of `place`."""

    def __init__(self, stream: io.BufferedReader[Any], name: str) -> None:
        self.stream, self.name = stream, name
        self.decode = codecs.getincrementaldecoder("utf-8")()
        self.text, self.place, self.line, self.ended = "", 0, 1, False

    def skip(self, count: int) -> None:
        self.line += self.decode.decode(self.stream.read(count)).count("\n")

    def go_to(self, place: int) -> None:
        self.line += self.text.count("\n", self.place, place)
        self.place = place

    def grow(self) -> None:
        """Forget what was read, take as much again. Raises `BadFile` where that is of no use."""
        if self.ended:
            raise BadFile(f"{self.name}:{self.line}: breaks off or is not JSON")
        if len(self.text) - self.place > LONGEST:
            most = f"{LONGEST // 2**20} MB"
            raise BadFile(f"{self.name}:{self.line}: one record longer than {most}, or not JSON")
        more = self.stream.read(max(_CHUNK, len(self.text) - self.place))
        self.ended = not more
        try:
            self.text = self.text[self.place :] + self.decode.decode(more, self.ended)
        except UnicodeDecodeError as error:
            raise BadFile(f"{self.name}: {_not_utf8(error)}") from error
        self.place = 0

    def more_items(self) -> bool:
        """Whether an item follows; `place` is then where it, or what stands after the list, begins.

        Commas are passed over however many there are: they lose nothing.
        """
        while True:
            found = _BETWEEN.match(self.text, self.place)
            self.go_to(found.end() if found else self.place)
            if self.place < len(self.text):
                more = self.text[self.place] != "]"
                self.place += not more
                return more
            self.grow()

    def rest(self) -> str:
        """All that is left. Raises `BadFile` when that is more than a record may have."""
        while not self.ended:
            self.grow()
        return self.text[self.place :]

    def next_item(self) -> Record:
        while True:
            try:
                value, end = self._item()
            except json.JSONDecodeError:
                self.grow()
            except (RecursionError, ValueError) as error:
                why = str(error)[:120]
                raise BadFile(f"{self.name}:{self.line}: not readable: {why}") from None
            else:
                return self._record(value, end)

    def _item(self) -> tuple[Any, int]:
        """The item, or the reason to refuse it, and where it ends."""
        try:
            return _DECODER.raw_decode(self.text, self.place)
        except BadJson as error:
            return error, _LOOSE.raw_decode(self.text, self.place)[1]

    def _record(self, value: Any, end: int) -> Record:
        line, raw = self.line, self.text[self.place : end].encode("utf-8")
        self.go_to(end)
        try:
            if isinstance(value, BadJson):
                raise value
            if not isinstance(value, dict):
                raise BadJson("not an object")
            if b"\\u" in raw:
                _whole_characters(value)
        except BadJson as error:
            return Record(line, None, b"", str(error))
        return Record(line, value, raw, None)


# --- CSV ----------------------------------------------------------------------------------------


class _Lines:
    """Lines for the CSV reader. A line that is too long becomes one that no header can match.

    `held` counts the bytes of the record that is being read: quoted cells may run over lines.
    """

    TOO_LONG: Final = "\x00too long"

    def __init__(self, stream: io.BufferedReader[Any], name: str, encoding: str) -> None:
        self.stream, self.name, self.encoding = stream, name, encoding
        self.first, self.held, self.number = True, 0, 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self.stream.readline(LONGEST + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.held += len(line)
        if len(line) > LONGEST:
            _skip_line(self.stream, line)
            return self.TOO_LONG + "\n"
        if self.held > 2 * LONGEST:
            raise BadFile(
                f"{self.name}:{self.number}: one record longer than {2 * LONGEST // 2**20} MB; "
                "often a quotation mark that is opened and never closed"
            )
        if self.first:
            self.first, line = False, line.removeprefix(b"\xef\xbb\xbf")
        return line.decode(self.encoding, "surrogateescape")


def _csv(
    stream: io.BufferedReader[Any], name: str, encoding: str, separator: str | None
) -> Iterator[Record]:
    lines = _Lines(stream, name, encoding)
    csv.field_size_limit(LONGEST)
    first = next(lines)
    mark = separator or _separator(first)
    header = _header(_cells(first, mark, name), name)
    reader = csv.reader(lines, delimiter=mark, strict=True)
    line = 2
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadFile(
                f"{name}:{line}: not readable as CSV from here on ({error}); "
                "often a quotation mark that is opened and never closed"
            ) from error
        at, line = line, reader.line_num + 2
        lines.held = 0
        if cells:
            yield _row(at, header, cells)


def _cells(first: str, mark: str, name: str) -> list[str]:
    """The cells of the header, which stands in one line."""
    if first.startswith(_Lines.TOO_LONG):
        raise BadFile(f"{name}:1: longer than {LONGEST // 2**20} MB, so no header of columns")
    try:
        return next(csv.reader([first], delimiter=mark, strict=True))
    except csv.Error as error:
        raise BadFile(f"{name}:1: the header is not readable as CSV ({error})") from error


def _separator(first: str) -> str:
    return max(",;\t|", key=first.count)


def _header(cells: list[str], name: str) -> list[str]:
    header = [cell.strip() for cell in cells]
    if any("\udc80" <= mark <= "\udcff" for cell in header for mark in cell):
        raise BadFile(f"{name}:1: the header is not UTF-8; save it as UTF-8 or say --encoding")
    if len(header) > MOST_COLUMNS:
        raise BadFile(f"{name}:1: {len(header):,} columns; allowed: {MOST_COLUMNS:,}")
    twice = sorted(cell for cell, times in Counter(header).items() if cell and times > 1)
    if twice:
        raise BadFile(f"{name}:1: columns that stand twice: {', '.join(twice)}")
    return [cell or f"column {number}" for number, cell in enumerate(header, start=1)]


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would run what is written."""
    return _FORMULA.match(cell) is not None


def _row(line: int, header: list[str], cells: list[str]) -> Record:
    if len(cells) != len(header):
        if cells == [_Lines.TOO_LONG]:
            return Record(line, None, b"", f"longer than {LONGEST // 2**20} MB")
        return Record(line, None, b"", f"{len(cells)} cells where the header has {len(header)}")
    joined = "\x1f".join(cells)
    try:
        raw = joined.encode("utf-8")
    except UnicodeEncodeError:
        return Record(line, None, b"", "not UTF-8; save it as UTF-8 or say --encoding")
    if "\x00" in joined:
        return Record(line, None, b"", "a zero byte")
    for column, cell in zip(header, cells, strict=True):
        if cell and _FORMULA.match(cell):
            why = f"column '{column}' holds a formula: {values.shape_of(cell)}"
            return Record(line, None, b"", why)
    return Record(line, dict(zip(header, cells, strict=True)), raw, None)
