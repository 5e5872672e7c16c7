"""Keys of organs and officers: sealing to a public key, encrypting under a shared one, wrapping
a private key with a password. Pure: no Django, no database, no settings.

X25519 sealed boxes and XChaCha20-Poly1305 from libsodium; argon2id with the low-memory
parameters of RFC 9106 section 4. The surprising fact: every ciphertext made by `encrypt` belongs
to a *context*. The same key with another context does not open it, so that a row which somebody
moves to another report, case or officer in the database no longer opens.
"""

from __future__ import annotations

import secrets
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from argon2.low_level import Type, hash_secret_raw
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

KEY_SIZE = 32
NONCE_SIZE = 24
SALT_SIZE = 16


class WrongKey(Exception):
    """This key, context or password does not open what was sealed, or the bytes were changed."""


@dataclass(frozen=True)
class KeyPair:
    """An X25519 key pair, 32 bytes each; the private half never appears in a `repr`."""

    public: bytes
    private: bytes = field(repr=False)


@dataclass(frozen=True)
class Cost:
    """What one guess of a password costs: passes, memory in KiB, lanes."""

    passes: int
    memory: int
    lanes: int


# RFC 9106 section 4, second recommended option (memory-constrained environments).
RFC_9106_LOW_MEMORY = Cost(passes=3, memory=64 * 1024, lanes=4)
COSTS: Mapping[str, Cost] = MappingProxyType(
    {
        "rfc9106": RFC_9106_LOW_MEMORY,
        # For test suites only: protects nothing.
        "test": Cost(passes=1, memory=8, lanes=1),
    }
)

# version, passes, memory, lanes, salt; authenticated together with what it wraps.
_WRAP = struct.Struct(f">BIIB{SALT_SIZE}s")
_WRAP_VERSION = 1
# A changed row must not make the server take all its memory.
_MOST = Cost(passes=64, memory=1024 * 1024, lanes=16)


def new_key() -> bytes:
    """A fresh symmetric key, 32 random bytes."""
    return secrets.token_bytes(KEY_SIZE)


def new_keypair() -> KeyPair:
    """A fresh X25519 key pair."""
    private = PrivateKey.generate()
    return KeyPair(public=bytes(private.public_key), private=bytes(private))


def public_of(private: bytes) -> bytes:
    """The public half that belongs to a private one."""
    return bytes(PrivateKey(private).public_key)


def seal(public: bytes, data: bytes) -> bytes:
    """Seal to a public key: anyone can, not even the sealer can open it again. 48 bytes longer."""
    return bytes(SealedBox(PublicKey(public)).encrypt(data))


def open_sealed(private: bytes, sealed: bytes) -> bytes:
    """Open what was sealed to the public half of this key; `WrongKey` if it was not."""
    try:
        return bytes(SealedBox(PrivateKey(private)).decrypt(sealed))
    except (CryptoError, ValueError, TypeError) as error:
        raise WrongKey from error


def encrypt(key: bytes, data: bytes, context: bytes) -> bytes:
    """Encrypt under a 32-byte key; 40 bytes longer (24 of nonce, 16 of tag).

    `context` says what this is and whose, e.g. `b"report/content:" + id`. It is not stored.
    """
    if len(key) != KEY_SIZE:
        raise ValueError(f"a key has {KEY_SIZE} bytes, not {len(key)}")
    nonce = secrets.token_bytes(NONCE_SIZE)
    return nonce + bytes(crypto_aead_xchacha20poly1305_ietf_encrypt(data, context, nonce, key))


def decrypt(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """Undo `encrypt`; `WrongKey` if the key or the context differs or a bit was changed."""
    try:
        return bytes(
            crypto_aead_xchacha20poly1305_ietf_decrypt(
                sealed[NONCE_SIZE:], context, sealed[:NONCE_SIZE], key
            )
        )
    except (CryptoError, ValueError, TypeError) as error:
        raise WrongKey from error


def wrap_private(
    password: str, private: bytes, *, context: bytes, cost: Cost = RFC_9106_LOW_MEMORY
) -> bytes:
    """Wrap a private key with a password, under a salt of its own.

    The cost stands in the result: a later, dearer default still opens what was wrapped before.
    """
    salt = secrets.token_bytes(SALT_SIZE)
    header = _WRAP.pack(_WRAP_VERSION, cost.passes, cost.memory, cost.lanes, salt)
    return header + encrypt(_stretch(password, salt, cost), private, header + context)


def unwrap_private(password: str, wrapped: bytes, *, context: bytes) -> bytes:
    """Undo `wrap_private`; `WrongKey` if the password or the context differs."""
    header = wrapped[: _WRAP.size]
    if len(header) < _WRAP.size:
        raise WrongKey
    version, passes, memory, lanes, salt = _WRAP.unpack(header)
    cost = Cost(passes, memory, lanes)
    if version != _WRAP_VERSION or not _bearable(cost):
        raise WrongKey
    return decrypt(_stretch(password, salt, cost), wrapped[_WRAP.size :], header + context)


def _bearable(cost: Cost) -> bool:
    return (
        1 <= cost.passes <= _MOST.passes
        and 1 <= cost.lanes <= _MOST.lanes
        and 8 * cost.lanes <= cost.memory <= _MOST.memory
    )


def _stretch(password: str, salt: bytes, cost: Cost) -> bytes:
    return hash_secret_raw(
        password.encode(),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory,
        parallelism=cost.lanes,
        hash_len=KEY_SIZE,
        type=Type.ID,
    )
