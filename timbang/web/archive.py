"""Backup and restore: one file, the same on SQLite and PostgreSQL, consistent while people write.

The rows are read in one snapshot, then the sealed files are copied: a file is written before its
row and never changed, so every file that a row names is in the archive. So are the tables of public
facts: each version that an entry of the ledger names. Sessions and staged
uploads are left out: they open nothing and are nobody's yet.
"""

from __future__ import annotations

import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management.color import no_style
from django.db import connection, connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from timbang import __version__
from timbang.law.refusal import Refusal
from timbang.ledger.keys import signing_lock
from timbang.ledger.models import TreeHead
from timbang.registry import places
from timbang.registry.actions import tables_store
from timbang.registry.models import TablesVersion
from timbang.registry.storing import Store
from timbang.reports import storage

ROWS: Final = "rows.jsonl"
MANIFEST: Final = "manifest.json"
LEFT_OUT: Final = {"sessions.Session", "contenttypes.ContentType", "auth.Permission", "auth.Group"}
FOLDERS: Final = ("files", "keys", "log", "tables")
SNAPSHOT: Final = "snapshot"
# The memory of the last checkpoint that was signed here.
SIGNED: Final = "log.signed"


def kept_models() -> list[type[models.Model]]:
    """Every model whose rows are kept, those that others point to first."""
    ordered = serializers.sort_dependencies(
        [(config, None) for config in apps.get_app_configs()], allow_cycles=True
    )
    return [model for model in ordered if model._meta.label not in LEFT_OUT]


def _applied() -> list[str]:
    done = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in done)


def _snapshot_alias() -> str:
    """A second connection that reads one moment and blocks no writer."""
    copy: dict[str, Any] = {**connection.settings_dict}
    options = {**copy.get("OPTIONS", {})}
    if connection.vendor == "sqlite":
        options["transaction_mode"] = "DEFERRED"
    else:
        import psycopg

        options["isolation_level"] = psycopg.IsolationLevel.REPEATABLE_READ
    connections.databases[SNAPSHOT] = {**copy, "OPTIONS": options}
    if hasattr(connections._connections, SNAPSHOT):  # type: ignore[attr-defined]
        del connections[SNAPSHOT]
    return SNAPSHOT


def _lines(alias: str) -> Iterator[bytes]:
    for model in kept_models():
        rows = model._default_manager.using(alias).order_by("pk").iterator(2000)
        for row in rows:
            text = serializers.serialize("jsonl", [row], use_natural_foreign_keys=False)
            yield text.encode("utf-8")


@contextmanager
def _snapshot() -> Iterator[str]:
    """A transaction that sees one moment from its first question on."""
    alias = _snapshot_alias()
    try:
        with transaction.atomic(using=alias):
            TreeHead.objects.using(alias).first()
            yield alias
    finally:
        connections[alias].close()


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(data), 0o600
    tar.addfile(info, io.BytesIO(data))


def _private(path: Path) -> BinaryIO:
    """A new file for this user alone: the log's signing key will lie in it."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def write_backup(file: Path) -> tuple[int, int]:
    """Write FILE whole or not at all; returns the numbers of rows and files in it.

    The published log is copied while nobody signs, in the moment that the rows are of: a log newer
    than its rows would look like a restored backup.
    """
    if file.exists():
        raise Refusal(_("%(file)s exists already: choose another name.") % {"file": file})
    part, rows_part = file.with_name(file.name + ".part"), file.with_name(file.name + ".rows")
    try:
        with (
            _private(part) as raw,
            tarfile.open(fileobj=raw, mode="w") as tar,
            ExitStack() as open_,
        ):
            store = tables_store()
            listed = store.numbers()
            with signing_lock():
                alias = open_.enter_context(_snapshot())
                files = _add_files(tar, "keys") + _add_files(tar, "log")
            with _private(rows_part) as out:
                rows = sum(1 for line in _lines(alias) if out.write(line))
            files += _add_files(tar, "files") + _add_tables(tar, store, listed | _entered(alias))
            tar.add(rows_part, arcname=ROWS)
            manifest = {"version": __version__, "migrations": _applied(), "rows": rows}
            _add(tar, MANIFEST, json.dumps(manifest, indent=1).encode())
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)
        rows_part.unlink(missing_ok=True)
    return rows, files


def _add_files(tar: tarfile.TarFile, folder: str) -> int:
    paths = list(_kept_files(folder))
    for path in paths:
        tar.add(path, arcname=str(path.relative_to(settings.DATA)))
    return len(paths)


def _entered(alias: str) -> set[int]:
    """The versions of the tables whose entries are among the rows of the backup."""
    return set(TablesVersion.objects.using(alias).values_list("pk", flat=True))


def _add_tables(tar: tarfile.TarFile, store: Store, numbers: set[int]) -> int:
    """The files of versions that counted before the rows were read, or whose entry is among them.

    One that was entered and not yet in place is complete all the same, and is put in place here.
    Files of loads that are under way are left out.
    """
    count = 0
    for number in sorted(numbers):
        target = store.catalogue / f"{number:06}.json"
        found = [path for path in (target, store.prepared().get(number)) if path and path.exists()]
        if found:
            tar.add(found[0], arcname=str(target.relative_to(settings.DATA)))
            count += 1
    for path in sorted(store.folder.rglob("*")):
        own = path == store.folder / places.OWN_FILE
        if own or store.number_of(path) in numbers:
            tar.add(path, arcname=str(path.relative_to(settings.DATA)))
            count += 1
    return count


def _kept_files(folder: str) -> Iterator[Path]:
    """Finished files only: no staged upload, no lock, nothing that is being written."""
    for path in sorted((settings.DATA / folder).rglob("*")):
        unfinished = "staged" in path.parts or ".new" in path.parts or path.name == "log.lock"
        unfinished |= path.suffix == storage.PART
        if path.is_file() and not unfinished and not path.is_symlink():
            yield path


def read_backup(file: Path) -> tuple[int, int]:
    """Put FILE's rows and files back, all or nothing.

    Raises:
        Refusal: not a backup, made by another version, or there is something here already.
    """
    from django.core.management import call_command

    for folder in (settings.DATA, settings.FILES, settings.LOG, settings.KEYS):
        folder.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    try:
        with tarfile.open(file) as tar:
            return _read(tar, file)
    except (tarfile.TarError, KeyError, json.JSONDecodeError) as error:
        raise Refusal(_("%(file)s is not a backup of Timbang.") % {"file": file}) from error


def _read(tar: tarfile.TarFile, file: Path) -> tuple[int, int]:
    manifest = json.loads(_content(tar, MANIFEST))
    if manifest["migrations"] != _applied():
        raise Refusal(
            _(
                "%(file)s was made by version %(version)s, whose tables differ from this one's. "
                "Install that version, restore there, then upgrade."
            )
            % {"file": file, "version": manifest["version"]}
        )
    _require_empty()
    members = [m for m in tar.getmembers() if m.name not in (MANIFEST, ROWS)]
    for member in members:
        if not member.isfile() or not _inside(member.name):
            raise tarfile.TarError(member.name)
    with transaction.atomic():
        rows = _load_rows(tar)
        if rows != manifest["rows"]:
            raise tarfile.TarError(f"{rows} of {manifest['rows']} rows")
        _restore_files(tar, members)
    return rows, len(members)


def _content(tar: tarfile.TarFile, name: str) -> bytes:
    member = tar.extractfile(name)
    if member is None:
        raise KeyError(name)
    return member.read()


def _inside(name: str) -> bool:
    parts = Path(name).parts
    return bool(parts) and parts[0] in FOLDERS and ".." not in parts and not name.startswith("/")


def _require_empty() -> None:
    for label in ("accounts.Organ", "reports.Report", "cases.Case"):
        if apps.get_model(label)._default_manager.exists():
            raise Refusal(
                _(
                    "There are already rows in this database. A backup is only brought back into "
                    "an empty one: set TIMBANG_DATA to a new folder."
                )
            )


def _load_rows(tar: tarfile.TarFile) -> int:
    source = tar.extractfile(ROWS)
    if source is None:
        raise KeyError(ROWS)
    for model in reversed(kept_models()):
        model._default_manager.all().delete()
    count = 0
    for line in source:
        for row in serializers.deserialize("jsonl", line.decode("utf-8")):
            row.save(using="default")
            count += 1
    statements = connection.ops.sequence_reset_sql(no_style(), kept_models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    return count


def _restore_files(tar: tarfile.TarFile, members: list[tarfile.TarInfo]) -> None:
    """A log that is already published here is newer than any backup: it stays, and so does the
    memory of what was signed."""
    keep_log = (settings.LOG / "checkpoint").exists() or (settings.KEYS / SIGNED).exists()
    for member in members:
        public = member.name.startswith("log/")
        if keep_log and (public or member.name == f"keys/{SIGNED}"):
            continue
        target = settings.DATA / member.name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o755 if public else 0o700)
        data = tar.extractfile(member)
        if data is None:
            raise KeyError(member.name)
        flags, mode = os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o644 if public else 0o600
        with os.fdopen(os.open(target, flags, mode), "wb") as out:
            while chunk := data.read(1 << 20):
                out.write(chunk)
        os.utime(target, (member.mtime, member.mtime))
