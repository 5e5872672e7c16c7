"""Holds the files of the tables against their catalogue, and the catalogue against the ledger.

The ledger knows the digest of each catalogue file, and a catalogue file knows those of all files of
its version. So a file that somebody changed, took away or laid in by hand is named.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from timbang.registry.storing import Store, Version, digest_of, version_of


@dataclass(frozen=True, slots=True)
class Entered:
    """What the ledger knows of a version. `problem` says what is wrong with the entry itself."""

    digest: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: versions and files looked at, what is wrong, and what nobody needs.

    `unfinished` are versions that the next load puts in place; `left_over` are files that belong
    to no version, of loads that were broken off.
    """

    versions: int
    files: int
    problems: tuple[str, ...]
    unfinished: tuple[int, ...]
    left_over: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return not self.problems

    def as_json(self) -> dict[str, object]:
        return {
            "ok": self.ok,
            "versions": self.versions,
            "files": self.files,
            "problems": list(self.problems),
            "unfinished": list(self.unfinished),
            "left_over": list(self.left_over),
        }


def check(store: Store, ledger: Mapping[int, Entered]) -> Checked:
    """Read every file of every version. Takes as long as reading them does.

    `ledger` was asked before: a version that was entered since then is asked for by its number.
    """
    texts = {n: (store.catalogue / f"{n:06}.json").read_bytes() for n in store.numbers()}
    unfinished = {
        number: path.read_bytes()
        for number, path in store.prepared().items()
        if number not in texts
    }
    problems: list[str] = []
    known: set[str] = set()
    files = 0
    for number in sorted({*texts, *ledger}):
        text = texts.get(number, unfinished.get(number))
        entered = ledger.get(number) or _entered_since(store, number)
        problems += _against_ledger(number, text, number in texts, entered)
        if text is None:
            continue
        try:
            version = version_of(text)
        except ValueError as error:
            problems.append(f"{_name(number)}: damaged ({error})")
            continue
        known |= {*version.paths, *version.digests}
        files += len(version.digests)
        problems += _files(store, version)
    return Checked(
        versions=len(texts),
        files=files,
        problems=tuple(problems),
        unfinished=tuple(sorted(set(unfinished) & set(ledger))),
        left_over=tuple(path for path in _of_versions(store) if path not in known),
    )


def _name(number: int) -> str:
    return f"catalogue/{number:06}.json"


def _entered_since(store: Store, number: int) -> Entered | None:
    digest = store.register.entered(number) if store.register else None
    return Entered(digest) if digest else None


def _against_ledger(
    number: int, text: bytes | None, in_place: bool, entered: Entered | None
) -> Iterator[str]:
    if entered is None:
        if in_place:
            yield f"{_name(number)}: the ledger knows no version {number}"
        return
    if entered.problem:
        yield f"version {number}: {entered.problem}"
    if text is None:
        yield f"{_name(number)}: missing; the ledger knows version {number}"
    elif hashlib.sha256(text).hexdigest() != entered.digest:
        yield f"{_name(number)}: changed since it was entered in the ledger"


def _files(store: Store, version: Version) -> Iterator[str]:
    for path in version.paths:
        if path not in version.digests:
            yield f"{path}: version {version.number} names it without a digest"
    for path, digest in version.digests.items():
        if not (store.folder / path).is_file():
            yield f"{path}: missing; it is of version {version.number}"
        elif digest_of(store.folder / path) != digest:
            yield f"{path}: changed since version {version.number} was written"


def _of_versions(store: Store) -> list[str]:
    """Every file that bears the number of a version."""
    named = (path for path in store.folder.rglob("*") if store.number_of(path) is not None)
    return sorted(str(path.relative_to(store.folder)) for path in named)
