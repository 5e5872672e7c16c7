"""What a data folder needs before the first request."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from timbang.law.refusal import Refusal
from timbang.ledger.keys import signing_key
from timbang.registry.actions import load_elections, load_regions


def prepare() -> str:
    """Folders, tables, regions, elections, signing key; returns the log's public key."""
    for folder in (settings.DATA, settings.FILES, settings.LOG, settings.KEYS):
        folder.mkdir(parents=True, exist_ok=True)
    settings.DATA.chmod(0o700)
    call_command("migrate", verbosity=0, interactive=False)
    load_regions()
    load_elections()
    return signing_key().vkey


def _never_made() -> bool:
    """Whether there is no SQLite file; to ask the database would make an empty one."""
    return connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists()


def _older() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def require_prepared() -> None:
    """Refuse to start on a folder that was never made, or made by an older version."""
    if _never_made() or _older():
        raise Refusal(
            _("The database in %(folder)s is empty or older than this version: run `timbang init`.")
            % {"folder": settings.DATA}
        )
