"""The texts that people keep: checkpoint, proof of inclusion, promise, opening of a commitment.

Checkpoint: c2sp.org/tlog-checkpoint. Proof: c2sp.org/tlog-proof, its `extra` line being the leaf.
The promise is a signed note of our own: its second line is no number, so that no reader of
checkpoints can take one for the other although the same key signs both.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from timbang.ledger import merkle
from timbang.ledger.commitment import SALT_BYTES, BodyError, Value, commit
from timbang.ledger.note import NoteError, Signer, Verifier, bytes64, open_note

PROOF_HEADER = "c2sp.org/tlog-proof@v1"
PROMISE_HEADER = "timbang promise v1"
LARGEST = 2**63


class TextError(ValueError):
    """A text that is not what it should be; says which line."""


@dataclass(frozen=True)
class Checkpoint:
    """A signed tree head. `note` is the signed text; the fields repeat what it says."""

    origin: str
    size: int
    root: bytes
    note: str


@dataclass(frozen=True)
class Proof:
    """That `leaf` stands at `index` in the tree of `checkpoint`, once `check_proof` has agreed."""

    index: int
    leaf: bytes
    hashes: tuple[bytes, ...]
    checkpoint: Checkpoint


@dataclass(frozen=True)
class Promise:
    """That `leaf` was accepted on a day and will stand in the log by another."""

    origin: str
    leaf: bytes
    accepted_on: date
    due_on: date


def checkpoint_text(*, origin: str, size: int, root: bytes) -> str:
    return f"{origin}\n{size}\n{_text64(root)}\n"


def read_checkpoint(note: str) -> Checkpoint:
    """A checkpoint whose signature is not looked at: for own files only. Raises TextError."""
    lines = note.split("\n")
    if len(lines) < 4 or not lines[0]:
        raise TextError("a checkpoint has origin, size and root, one a line")
    if not _is_number(lines[1]):
        raise TextError(f"line 2 of a checkpoint is the size, not {lines[1][:40]!r}")
    return Checkpoint(lines[0], int(lines[1]), _hash(lines[2], "line 3"), note)


def open_checkpoint(note: str, verifier: Verifier) -> Checkpoint:
    """A checkpoint signed by this key for the log of its name. Raises TextError or NoteError."""
    checkpoint = replace(read_checkpoint(open_note(note, verifier)), note=note)
    if checkpoint.origin != verifier.name:
        raise TextError(f"a checkpoint of {checkpoint.origin}, not of {verifier.name}")
    return checkpoint


def write_proof(proof: Proof) -> str:
    """The text of c2sp.org/tlog-proof, the leaf on its `extra` line."""
    lines = [PROOF_HEADER, f"extra {_text64(proof.leaf)}", f"index {proof.index}"]
    lines += [_text64(hash_) for hash_ in proof.hashes]
    return "\n".join(lines) + "\n\n" + proof.checkpoint.note


def check_proof(text: str, verifier: Verifier) -> Proof:
    """The proof, verified: signature of the checkpoint and path of the leaf. No log is needed.

    Raises TextError, NoteError or merkle.ProofError.
    """
    proof = _read_proof(text, verifier)
    merkle.verify_inclusion(
        merkle.leaf_hash(proof.leaf),
        index=proof.index,
        size=proof.checkpoint.size,
        proof=proof.hashes,
        root=proof.checkpoint.root,
    )
    return proof


def _read_proof(text: str, verifier: Verifier) -> Proof:
    head, gap, note = text.partition("\n\n")
    lines = head.split("\n")
    if not gap or lines[0] != PROOF_HEADER:
        raise TextError(f"line 1 of a proof is {PROOF_HEADER}; a checkpoint follows an empty line")
    if len(lines) < 3 or not lines[1].startswith("extra "):
        raise TextError("line 2 of a proof is `extra` and the leaf in base64")
    index = lines[2].removeprefix("index ")
    if index == lines[2] or not _is_number(index):
        raise TextError("line 3 of a proof is `index` and a number")
    hashes = tuple(_hash(line, f"line {at}") for at, line in enumerate(lines[3:], 4))
    leaf = _hash(lines[1].removeprefix("extra "), "line 2")
    return Proof(int(index), leaf, hashes, open_checkpoint(note, verifier))


def write_promise(promise: Promise, signer: Signer) -> str:
    """Five lines, signed. It tells a day, never a moment."""
    return signer.sign(
        f"{PROMISE_HEADER}\n{promise.origin}\nleaf {_text64(promise.leaf)}\n"
        f"accepted {promise.accepted_on}\nin the log by {promise.due_on}\n"
    )


def check_promise(note: str, verifier: Verifier) -> Promise:
    """A promise that this key signed. Raises TextError or NoteError."""
    lines = open_note(note, verifier).split("\n")
    if len(lines) != 6 or lines[0] != PROMISE_HEADER:
        raise TextError(f"line 1 of a promise is {PROMISE_HEADER!r}; four lines follow")
    if lines[1] != verifier.name:
        raise TextError(f"a promise of {lines[1]}, not of {verifier.name}")
    return Promise(
        origin=lines[1],
        leaf=_hash(_after(lines[2], "leaf "), "line 3"),
        accepted_on=_day(_after(lines[3], "accepted ")),
        due_on=_day(_after(lines[4], "in the log by ")),
    )


@dataclass(frozen=True)
class Kept:
    """The texts that stand in one file, as people keep them: each as it was made, or None."""

    proof: str | None
    promise: str | None
    opening: str | None


def find(text: str) -> Kept:
    """What stands in a file among other words, such as the one that a reporter downloads."""
    text = text.replace("\r\n", "\n")
    return Kept(
        _part(text, rf"^{re.escape(PROOF_HEADER)}\n{_NOTE}"),
        _part(text, rf"^{re.escape(PROMISE_HEADER)}\n{_NOTE}"),
        _part(text, r"^\{\n.*?^\}\n"),
    )


# Up to and including the lines of signatures.
_NOTE = "(?:.*?\n)\n(?:\u2014 [^\n]+\n)+"


def _part(text: str, pattern: str) -> str | None:
    found = re.search(pattern, text, re.MULTILINE | re.DOTALL)
    return found[0] if found else None


def write_opening(*, salt: bytes, act: str, body: dict[str, Value], on: date) -> str:
    """What lies behind a leaf: whoever holds it can show what was recorded."""
    content = {"salt": salt.hex(), "act": act, "body": body, "on": f"{on}"}
    return json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1) + "\n"


def check_opening(text: str) -> bytes:
    """The leaf that an opening commits to. Raises TextError."""
    try:
        content = json.loads(text)
        salt = bytes.fromhex(content["salt"])
        on = date.fromisoformat(content["on"])
        body = cast("dict[str, Value]", dict(content["body"]))
        if len(salt) != SALT_BYTES or set(content) != {"salt", "act", "body", "on"}:
            raise TextError("an opening has salt (32 bytes), act, body and on; nothing else")
        return commit(salt, act=content["act"], body=body, on=on)
    except TextError:
        raise
    except (ValueError, TypeError, KeyError, BodyError) as error:
        raise TextError(f"not an opening: {error}") from error


def _after(line: str, start: str) -> str:
    if not line.startswith(start):
        raise TextError(f"a line should start with {start!r}: {line[:60]!r}")
    return line.removeprefix(start)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise TextError(f"not a day: {text[:40]!r}") from error


def _hash(text: str, where: str) -> bytes:
    try:
        data = bytes64(text)
    except NoteError as error:
        raise TextError(f"{where}: {error}") from error
    if len(data) != merkle.HASH_BYTES:
        raise TextError(f"{where}: a hash has {merkle.HASH_BYTES} bytes, not {len(data)}")
    return data


def _is_number(text: str) -> bool:
    """ASCII decimal, no leading zero, below 2**63."""
    if not (text.isascii() and text.isdigit()) or len(text) > 19:
        return False
    return str(int(text)) == text and int(text) < LARGEST


def _text64(data: bytes) -> str:
    return base64.b64encode(data).decode()
