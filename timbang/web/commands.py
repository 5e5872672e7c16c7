"""Commands that start, run, save and bring back a whole installation."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from django.conf import settings
from django.core.management import execute_from_command_line
from django.utils import timezone


@click.command()
def init() -> None:
    """Make or upgrade the data folder: database, regions, elections, signing key.

    Safe to run again: it adds what is missing and changes nothing else.
    """
    from timbang.web.installation import prepare

    vkey = prepare()
    click.echo(f"Data folder: {settings.DATA}")
    click.echo(f"The log's public key: {vkey}")
    click.echo("Next: timbang organ add --help, timbang officer add --help, timbang serve")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--door",
    type=click.Choice(["all", "public", "intake", "desk", "api"]),
    default=None,
    help="Run one door alone; its worker is then run by `timbang work` or by the main process.",
)
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--threads", default=16, show_default=True, type=click.IntRange(1, 64))
@click.option("--no-worker", is_flag=True, help="Leave the worker to another process.")
def serve(
    host: str, port: int, door: str | None, workers: int, threads: int, no_worker: bool
) -> None:
    """Run the web pages and the worker until stopped."""
    from timbang.web.installation import require_prepared
    from timbang.web.serving import require_free, start_worker
    from timbang.web.serving import serve as run

    if door is not None and door != settings.DOOR:
        # Settings were read for another door: start again with the right one.
        os.environ["TIMBANG_DOOR"] = door
        os.execv(sys.executable, [sys.executable, "-m", "timbang", *sys.argv[1:]])
    require_prepared()
    require_free(host, port)
    if settings.DOOR == "all" and not no_worker:
        start_worker()
    click.echo(f"http://{host}:{port}/  (door: {settings.DOOR})")
    run(host=host, port=port, workers=workers, threads=threads)


@click.command()
@click.option("--once", is_flag=True, help="One round of every job, then stop.")
@click.option("--child-of", type=int, default=None, hidden=True)
def work(once: bool, child_of: int | None) -> None:
    """Run the worker alone: terms, log, figures."""
    from timbang.web.installation import require_prepared
    from timbang.web.worker import Worker, jobs

    require_prepared()
    worker = Worker(jobs(), parent=child_of)
    if once:
        worker.round()
        worker.wait()
    else:
        worker.run()


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write everything that must be kept into FILE (.tar), consistent while the service runs.

    What reporters sent stays sealed in it. The log's signing key is in it: keep it like a key.
    """
    from timbang.web.archive import write_backup
    from timbang.web.installation import require_prepared

    require_prepared()
    rows, files = write_backup(file)
    click.echo(f"{file}: {rows} rows, {files} files")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Bring FILE back into an empty data folder and an empty database.

    A published log that is already in the folder is kept: if it is newer than the backup, the
    service refuses to sign and says what is missing.
    """
    from timbang.web.archive import read_backup

    rows, files = read_backup(file)
    click.echo(f"{file}: {rows} rows, {files} files are back in {settings.DATA}")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--seed-only", is_flag=True, help="Fill the data folder, do not serve.")
def demo(host: str, port: int, seed_only: bool) -> None:
    """An invented province with officers, cases, an election and public facts; then serve."""
    if seed_only:
        _seed(host, port)
        return
    from timbang.web.serving import require_free, seed_demo, start_worker
    from timbang.web.serving import serve as run

    require_free(host, port)
    # Everybody knows the passwords of the demo; a device to prove oneself with would be in the way.
    settings.SECOND_FACTOR = os.environ.get("TIMBANG_SECOND_FACTOR", "optional")
    seed_demo(host, port)
    start_worker()
    run(host=host, port=port, workers=2, threads=16)


def _seed(host: str, port: int) -> None:
    """Fill the data folder with what is missing in it, and say where everything is."""
    from timbang.publication.explorer import keeping
    from timbang.web.demo import bring_if_missing, describe, load_if_missing, seed_if_empty
    from timbang.web.installation import prepare

    prepare()
    settings.SECOND_FACTOR = os.environ.get("TIMBANG_SECOND_FACTOR", "optional")
    seeded = seed_if_empty()
    load_if_missing(timezone.now())
    bring_if_missing(timezone.now())
    keeping.build(at=timezone.localtime())
    click.echo(describe(host=host, port=port, fresh=seeded))
    if settings.SECOND_FACTOR == "optional":
        click.echo("Logins here need no second factor; an installation asks for one.")


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Django's own management commands, for developers."""
    execute_from_command_line(["timbang manage", *arguments])


commands: list[click.Command] = [init, serve, work, backup, restore, demo, manage]
