"""Loads on a real installation, killed in every phase: both the version and its entry, or neither.

And two at once, and a file of the tables that somebody changed.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.registry.loader import lines_of, release
from tests.whole.installation import Installation, new_installation

COUNT = 300
# Where kill -9 comes, in the words of the program itself.
PHASES = {
    "reading": "on(staging.Staging, '_remember', 2)",
    "comparing": "on(comparing_load.Comparing, 'check', 1)",
    "writing": "on(storing, 'write_rows', 3)",
    "prepared": "on(versions.LedgerRegister, 'enter', 1)",
    "entered": "on(storing.Store, '_put_in_place', 1)",
    "in place": "on(Path, 'unlink', 1, lambda path, *_: path.suffix == '.prepared')",
}
SCRIPT = """
import os, signal, sys
from pathlib import Path
from timbang.cli import main
from timbang.registry import comparing_load, staging, storing
from timbang.registry.actions import versions
staging.BATCH = 100

def on(owner, name, call, when=lambda *_: True):
    real, calls = getattr(owner, name), []
    def killed(*args, **words):
        calls.extend([1] * when(*args))
        if len(calls) == call:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **words)
    setattr(owner, name, killed)

{phase}
main(["load", "ocds", {path!r}], standalone_mode=False)
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with new_installation(tmp_path_factory.mktemp("loads") / "whole") as found:
        yield found


def written(place: Installation, name: str) -> Path:
    path = place.folder / f"{name.replace(' ', '-')}.jsonl"
    path.write_text(lines_of([release(f"{name}-{n}") for n in range(COUNT)]))
    return path


def python(place: Installation, script: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "timbang", "manage", "shell", "-v0", "-c", script],
        env=place.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


STATE = """
import json
from django.conf import settings
from timbang.registry import checking_tables, reading_versions, tables
from timbang.registry.actions import tables_store
listed = tables.overview(tables.open_tables(settings.TABLES, engine="duckdb"))
checked = checking_tables.check(tables_store(), reading_versions.entered_versions())
rows = sum(row["rows"] for row in listed if row["table"] == "procurements")
print(json.dumps({**checked.as_json(), "rows": rows}))
"""


def state(place: Installation) -> dict[str, Any]:
    """What `timbang tables verify --json` says, and how many procurements count."""
    found: dict[str, Any] = json.loads(place.shell(STATE))
    return found


def verified(place: Installation) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(place.run("tables", "verify", "--json"))
    return found


@pytest.mark.parametrize("phase", PHASES)
def test_a_load_that_is_killed_in_any_phase_is_whole_after_the_next(
    place: Installation, phase: str
) -> None:
    before, path = state(place), written(place, phase)
    killed = python(place, SCRIPT.format(phase=PHASES[phase], path=str(path)))
    said, _ = killed.communicate(timeout=300)
    assert killed.returncode == -signal.SIGKILL, said
    told = state(place)
    assert told["ok"], told
    assert told["rows"] - before["rows"] == (COUNT if phase == "in place" else 0)
    assert bool(told["unfinished"]) == (phase == "entered")
    place.run("load", "ocds", str(path))
    told = state(place)
    assert (told["ok"], told["versions"]) == (True, before["versions"] + 1)
    assert (told["unfinished"], told["left_over"]) == ([], [])
    assert told["rows"] == before["rows"] + COUNT


def test_the_worker_completes_what_was_entered(place: Installation) -> None:
    before, path = state(place)["rows"], written(place, "worker")
    script = SCRIPT.format(phase=PHASES["entered"], path=str(path))
    python(place, script).communicate(timeout=300)
    place.run("work", "--once")
    told = state(place)
    assert told["ok"]
    assert told["rows"] == before + COUNT


def test_of_two_loads_at_once_one_is_refused(place: Installation) -> None:
    path = written(place, "slow")
    slow = SCRIPT.format(phase="", path=str(path)).replace(
        "staging.BATCH = 100",
        "staging.BATCH = 100\nstaging.Staging._remember = "
        "lambda self: (print('reading', flush=True), input())",
    )
    first = subprocess.Popen(
        [sys.executable, "-m", "timbang", "manage", "shell", "-v0", "-c", slow],
        env=place.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert first.stdout is not None
    assert first.stdout.readline() == "reading\n"
    refused = place.run("load", "ocds", str(written(place, "other")), fails=True)
    assert "another load is under way" in refused
    first.communicate("\n" * 10, timeout=300)
    assert first.returncode == 0
    assert "nothing new" in place.run("load", "ocds", str(path))


def test_a_load_before_init_is_told_before_anything_is_read(tmp_path: Path) -> None:
    place = Installation(tmp_path / "whole", None)
    path = place.folder / "a.jsonl"
    path.write_text(lines_of([release("1")]))
    assert "timbang init" in place.run("load", "ocds", str(path), fails=True)
    assert "a trial" in place.run("load", "ocds", str(path), "--dry-run", "--accept",
                                  "records_at_least=one")  # fmt: skip


def test_a_changed_file_is_told_by_every_way_to_read_it(place: Installation) -> None:
    place.run("load", "ocds", str(written(place, "changed")))
    found = max((place.data / "tables" / "awards").rglob("v*.parquet"), key=lambda path: path.name)
    whole = found.read_bytes()
    found.write_bytes(whole[:-4] + b"XXXX")
    try:
        said = place.run("tables", "verify", fails=True)
        assert f"{found.relative_to(place.data / 'tables')}: changed since version" in said
        broken = place.run("tables", "list", fails=True)
        assert "The tables cannot be read" in broken
        assert "Traceback" not in broken
    finally:
        found.write_bytes(whole)
    assert verified(place)["ok"]
