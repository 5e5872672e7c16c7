"""Signed notes of C2SP (c2sp.org/signed-note) with Ed25519; Go's sumdb/note reads them too.

A note is text that ends in a newline, an empty line, and signature lines. The text is worth
nothing before `open_note` has returned it. A key is written as `name+hash+base64`, public (vkey)
or private (`PRIVATE+KEY+name+hash+base64`).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass, field

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

ED25519 = b"\x01"
PRIVATE = "PRIVATE+KEY+"
MOST_SIGNATURES = 100
_DASH = "\u2014 "


class NoteError(ValueError):
    """A note or key that is malformed, or not signed by the key that was asked for."""


@dataclass(frozen=True)
class Verifier:
    """A public key with its name; `public` is 32 bytes."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """SHA-256(name || newline || 0x01 || public)[:4]."""
        return _key_id(self.name, ED25519 + self.public)

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_text64(ED25519 + self.public)}"

    def accepts(self, text: str, signature: bytes) -> bool:
        try:
            VerifyKey(self.public).verify(text.encode(), signature)
        except (BadSignatureError, ValueError):
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """A private key with its name; `seed` is 32 bytes and never shown in a repr."""

    name: str
    seed: bytes = field(repr=False)

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, bytes(SigningKey(self.seed).verify_key))

    @property
    def vkey(self) -> str:
        return self.verifier.vkey

    @property
    def private(self) -> str:
        """The key as Go's note.NewSigner takes it."""
        key_id = self.verifier.key_id.hex()
        return f"{PRIVATE}{self.name}+{key_id}+{_text64(ED25519 + self.seed)}"

    def sign(self, text: str) -> str:
        """The signed note of this text, which ends in a newline."""
        _check_text(text)
        signature = SigningKey(self.seed).sign(text.encode()).signature
        return f"{text}\n{_DASH}{self.name} {_text64(self.verifier.key_id + signature)}\n"


def parse_vkey(vkey: str) -> Verifier:
    """The verifier that a vkey names. Raises NoteError."""
    name, key_id, key = _parse_key(vkey.strip())
    verifier = Verifier(name, key)
    if verifier.key_id != key_id:
        raise NoteError("the key does not fit its own hash: copied incompletely?")
    return verifier


def parse_private(private: str) -> Signer:
    """The signer that a private key text names. Raises NoteError."""
    text = private.strip()
    if not text.startswith(PRIVATE):
        raise NoteError(f"a private key starts with {PRIVATE}")
    name, key_id, seed = _parse_key(text.removeprefix(PRIVATE))
    signer = Signer(name, seed)
    if signer.verifier.key_id != key_id:
        raise NoteError("the private key does not fit its own hash")
    return signer


def open_note(note: str, verifier: Verifier) -> str:
    """The text of a note that this key has signed; else NoteError.

    Signatures of other keys are left aside; one of this key that does not fit condemns the note.
    """
    text, signatures = _split(note)
    mine = [
        signature
        for name, key_id, signature in signatures
        if name == verifier.name and key_id == verifier.key_id
    ]
    if not mine:
        raise NoteError(f"not signed by {verifier.name} with the key {verifier.key_id.hex()}")
    if not all(verifier.accepts(text, signature) for signature in mine):
        raise NoteError(f"the signature of {verifier.name} does not fit the text")
    return text


def _split(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    if any(letter < " " and letter != "\n" for letter in note):
        raise NoteError("a note has no control characters but newlines")
    before, gap, after = note.rpartition("\n\n")
    if not gap or not after.endswith("\n"):
        raise NoteError("not a signed note: text, an empty line, signature lines, each ended")
    lines = after[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise NoteError(f"more than {MOST_SIGNATURES} signatures")
    return before + "\n", [_signature(line) for line in lines]


def _signature(line: str) -> tuple[str, bytes, bytes]:
    name, gap, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not gap or not _is_name(name):
        raise NoteError(f"not a signature line: {line[:80]!r}")
    raw = bytes64(encoded)
    if len(raw) < 5:
        raise NoteError(f"a signature of {name} is too short")
    return name, raw[:4], raw[4:]


def _parse_key(text: str) -> tuple[str, bytes, bytes]:
    parts = text.split("+", 2)  # base64 may itself contain +
    if len(parts) != 3 or not _is_name(parts[0]) or len(parts[1]) != 8:
        raise NoteError("a key is written name+hash+base64")
    try:
        key_id = bytes.fromhex(parts[1])
    except ValueError as error:
        raise NoteError("the hash of a key is 8 hexadecimal digits") from error
    raw = bytes64(parts[2])
    if raw[:1] != ED25519 or len(raw) != 33:
        raise NoteError("only Ed25519 keys are read here")
    return parts[0], key_id, raw[1:]


def _check_text(text: str) -> None:
    if not text.endswith("\n") or any(letter < " " and letter != "\n" for letter in text):
        raise NoteError("the text of a note ends in a newline and has no control characters")


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(letter.isspace() for letter in name)


def _key_id(name: str, key: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]


def _text64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def bytes64(text: str) -> bytes:
    """Standard base64, one spelling only. Raises NoteError."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteError(f"not base64: {text[:60]!r}") from error
    if _text64(data) != text:
        raise NoteError(f"not the canonical base64: {text[:60]!r}")
    return data
