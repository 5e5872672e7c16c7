"""The opened entries as files, and how a stranger reads them: no database, no trust in the server.

A file holds one month: a line that says what it is, a line for each entry (its position in the log,
or `-` while it waits for one, and what was recorded, with its salt), and a last line that counts
them, so that a file that was cut short is seen. Each entry is held against the published log: its
commitment must be the leaf at its position, in the tree whose head was signed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from timbang.ledger import merkle, texts
from timbang.ledger.folder import CHECKPOINT, LogFolder
from timbang.ledger.note import NoteError, Verifier
from timbang.ledger.texts import Checkpoint, TextError
from timbang.ledger.tiles import WIDTH, TileError, TileTree
from timbang.policy import score
from timbang.policy.score import Entry

HEADER: Final = "timbang policy openings v1"
FOLDER: Final = "openings"
ENDING: Final = ".txt"
WAITING: Final = "-"
_MONTH: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)
_LINE: Final = re.compile(r"(-|0|[1-9]\d{0,18}) (\{.*\})", re.ASCII | re.DOTALL)
_KEYS: Final = {"office", "n", "dossier", "step", "kind", "due"}
# What an entry of each act says beside.
_MORE: Final = {score.OWED: set(), score.DONE: {"done", "by", "outcome"}, score.DROPPED: {"done"}}


class OpeningError(ValueError):
    """An opened entry, or a file of them, that is not what it should be; says which and why."""


def head(month: str) -> str:
    return f"{HEADER} {month}\n"


def line(position: int | None, opening: str) -> str:
    """One entry: where it stands, and what `ledger.actions.opening` gives for it, in one line."""
    content = json.dumps(
        json.loads(opening), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return f"{WAITING if position is None else position} {content}\n"


def tail(count: int) -> str:
    return f"end {count}\n"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the files of a folder show, all of it proved. `waiting` entries are not in this copy of
    the log yet: they are told and do not count."""

    checkpoint: Checkpoint
    entries: tuple[Entry, ...]
    waiting: tuple[Entry, ...]
    months: tuple[str, ...]

    @property
    def numbers(self) -> dict[str, score.Numbers]:
        """Of each office: which running numbers the files do not show, or show twice. What waits is
        proved by nothing, so it fills no gap: an entry waits only behind those that have a place.
        """
        return score.numbers(self.entries)


def read(directory: Path, verifier: Verifier) -> Shown:
    """Read the copy of the log in a folder and the files below `openings/`, and prove all of it.

    Raises OpeningError for the first thing that does not fit.
    """
    checkpoint = _checkpoint(directory, verifier)
    files = sorted((directory / FOLDER).glob(f"*{ENDING}"))
    if not files:
        raise OpeningError(f"{directory / FOLDER}: there is no file of openings (*{ENDING})")
    tree = LogFolder(directory).tree(checkpoint.size)
    found: dict[int, Entry] = {}
    waiting: dict[bytes, Entry] = {}
    for file in files:
        for where, position, leaf, entry in _file(file):
            if position is None or position >= checkpoint.size:
                if leaf in waiting:
                    raise OpeningError(f"{where}: this entry stands there twice")
                waiting[leaf] = entry
                continue
            if position in found:
                raise OpeningError(f"{where}: entry {position} of the log stands there twice")
            _prove(where, position, leaf, tree, checkpoint)
            found[position] = entry
    return Shown(
        checkpoint,
        tuple(found[position] for position in sorted(found)),
        tuple(waiting.values()),
        tuple(file.name.removesuffix(ENDING) for file in files),
    )


def _checkpoint(directory: Path, verifier: Verifier) -> Checkpoint:
    try:
        return texts.open_checkpoint((directory / CHECKPOINT).read_bytes().decode(), verifier)
    except UnicodeDecodeError as error:
        raise OpeningError(f"{CHECKPOINT}: is not a text") from error
    except OSError as error:
        raise OpeningError(f"{CHECKPOINT}: cannot be read: {error.strerror}") from error
    except (NoteError, TextError) as error:
        raise OpeningError(f"{CHECKPOINT}: {error}") from error


Line = tuple[str, int | None, bytes, Entry]


def _file(path: Path) -> Iterator[Line]:
    """The entries of one file, each with where it stands, its position and its leaf."""
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise OpeningError(f"{path.name}: is not a text") from error
    month = path.name.removesuffix(ENDING)
    # Not splitlines(): what was recorded may hold characters that it takes for the end of a line.
    lines = text.split("\n")
    if not _MONTH.fullmatch(month) or lines[0] != f"{HEADER} {month}":
        raise OpeningError(f"{path.name}: line 1 is `{HEADER}` and the month of its name")
    if len(lines) < 3 or lines[-1] or lines[-2] != tail(len(lines) - 3).rstrip():
        raise OpeningError(
            f"{path.name}: the last line does not count the entries above it: was it cut short?"
        )
    for at, one in enumerate(lines[1:-2], 2):
        yield _entry(f"{path.name}, line {at}", month, one)


def _entry(where: str, month: str, text: str) -> Line:
    match = _LINE.fullmatch(text)
    if match is None:
        raise OpeningError(f"{where}: an entry is its position (or -) and what was recorded")
    position, opening = match.groups()
    try:
        leaf = texts.check_opening(opening)
    except TextError as error:
        raise OpeningError(f"{where}: {error}") from error
    entry = entry_of(where, json.loads(opening))
    if entry.on.isoformat()[:7] != month:
        raise OpeningError(f"{where}: an entry of {entry.on} stands in the file of {month}")
    return where, None if position == WAITING else int(position), leaf, entry


def entry_of(where: str, content: dict[str, Any]) -> Entry:
    """What an opening says, for the score. Raises OpeningError."""
    act, body = content["act"], content["body"]
    wanted = _KEYS | _MORE.get(act, set())
    if act not in score.ACTS or set(body) != wanted:
        raise OpeningError(f"{where}: {act} with {', '.join(sorted(body))} is not of the score")
    words = [body[key] for key in sorted(wanted - {"n"})]
    if not all(isinstance(word, str) for word in words) or type(body["n"]) is not int:
        raise OpeningError(f"{where}: all words are texts, and n is a number")
    if body["kind"] not in score.WEIGHTS or body["n"] < 1:
        raise OpeningError(f"{where}: kind is step or debt, and n counts from 1")
    try:
        due, on = date.fromisoformat(body["due"]), date.fromisoformat(content["on"])
        done = date.fromisoformat(body["done"]) if "done" in body else None
    except ValueError as error:
        raise OpeningError(f"{where}: {error}") from error
    if done is not None and done != on:
        raise OpeningError(f"{where}: entered on {on}, and says it was done on {done}")
    return Entry(
        act, body["office"], body["n"], body["dossier"], body["step"], body["kind"], due, done, on,
        body.get("by", ""), body.get("outcome", ""),
    )  # fmt: skip


def _prove(where: str, position: int, leaf: bytes, tree: TileTree, checkpoint: Checkpoint) -> None:
    """That this leaf stands at this position in the tree that was signed."""
    try:
        stands = tree.entries(position // WIDTH)[position % WIDTH]
        hashes = merkle.inclusion_proof(position, checkpoint.size, tree.node)
        if stands != leaf:
            raise OpeningError(f"{where}: does not lead to entry {position} of the log")
        merkle.verify_inclusion(
            merkle.leaf_hash(leaf), index=position, size=checkpoint.size, proof=hashes,
            root=checkpoint.root,
        )  # fmt: skip
    except TileError as error:
        raise OpeningError(f"{error.path}: {error.what}") from error
    except merkle.ProofError as error:
        raise OpeningError(f"{where}: entry {position} is not in the tree: {error}") from error


def incomplete(shown: Shown, only: Iterable[str] | None = None) -> list[str]:
    """One sentence for each office whose running numbers do not fit, of these or of all."""
    chosen = None if only is None else set(only)
    found = []
    for office, told in shown.numbers.items():
        if told.whole or (chosen is not None and office not in chosen):
            continue
        if told.missing:
            found.append(
                f"{office}: {told.absent} of {told.last} entries are not shown, the first of them "
                f"number {told.missing[0][0]}"
            )
        if told.twice:
            found.append(f"{office}: number {told.twice[0]} was given twice")
    return found
