"""The log's signing key and the memory of what it last signed, in the folder of keys.

The memory is a second witness beside the published folder: a restored folder of an older day does
not make this machine sign the same positions twice.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from timbang.law.refusal import Refusal
from timbang.ledger import durable
from timbang.ledger.note import NoteError, Signer, parse_private
from timbang.ledger.texts import Checkpoint, TextError, read_checkpoint


def signing_key() -> Signer:
    """The key of this log, made on first use, readable by its owner only.

    Raises Refusal when the key belongs to another origin or cannot be read as a key.
    """
    path = settings.KEYS / "log"
    if not path.exists():
        _create(path, Signer(settings.LOG_ORIGIN, secrets.token_bytes(32)).private + "\n")
    try:
        signer = parse_private(path.read_text())
    except (NoteError, UnicodeDecodeError) as error:
        raise Refusal(
            _("%(path)s is not a signing key: %(why)s. Bring it back from a backup.")
            % {"path": path, "why": error}
        ) from error
    if signer.name != settings.LOG_ORIGIN:
        raise Refusal(
            _(
                "The signing key is that of the log %(name)s, but TIMBANG_LOG_ORIGIN says "
                "%(origin)s. A log keeps its name for ever: set it back."
            )
            % {"name": signer.name, "origin": settings.LOG_ORIGIN}
        )
    return signer


def last_signed() -> Checkpoint | None:
    """The newest checkpoint that this machine ever signed, None before the first."""
    path = settings.KEYS / "log.signed"
    try:
        return read_checkpoint(path.read_text())
    except FileNotFoundError:
        return None
    except (TextError, UnicodeDecodeError) as error:
        raise Refusal(
            _("%(path)s is damaged: %(why)s. Put the newest published checkpoint in its place.")
            % {"path": path, "why": error}
        ) from error


def remember_signed(checkpoint: Checkpoint) -> None:
    """Write it down before anybody can see it."""
    durable.replace(settings.KEYS / "log.signed", checkpoint.note.encode(), mode=0o600)


@contextlib.contextmanager
def signing_lock() -> Iterator[None]:
    """One signer at a time on this machine; the lock dies with its process."""
    settings.KEYS.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = os.open(settings.KEYS / "log.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _create(path: Path, text: str) -> None:
    """Whole or not at all; of two processes at once, the first one's key stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_name(f".log.{secrets.token_hex(8)}")
    durable.write(new, text.encode(), mode=0o600)
    try:
        os.link(new, path)
    except FileExistsError:
        pass
    finally:
        new.unlink()
    durable.sync_folder(path.parent)
