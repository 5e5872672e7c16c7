"""The console says in one sentence what is wrong, and makes nothing by accident."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest


def _timbang(data: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TIMBANG_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "timbang", *arguments],
        env={**kept, "TIMBANG_DATA": str(data), **more},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that is ready; what is told here leaves it as it is."""
    folder = tmp_path_factory.mktemp("ready")
    assert _timbang(folder, "init").returncode == 0
    return folder


@pytest.mark.parametrize(
    "command",
    [["serve"], ["work"], ["backup", "x.tar"], ["log", "key"], ["log", "publish", "out"],
     ["publication", "release"], ["organ", "list"]],
    ids=" ".join,
)  # fmt: skip
def test_before_the_start_every_command_says_what_to_run_first(
    tmp_path: Path, command: list[str]
) -> None:
    result = _timbang(tmp_path / "none", *command)
    assert result.returncode == 1
    assert "timbang init" in result.stderr
    assert "Traceback" not in result.stderr


def test_asking_for_the_key_never_makes_one(tmp_path: Path) -> None:
    _timbang(tmp_path / "none", "log", "key")
    assert not (tmp_path / "none" / "keys" / "log").exists()


def test_a_taken_port_is_never_shared_with_another_installation(ready: Path) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        result = _timbang(ready, "serve", "--port", str(other.getsockname()[1]))
    assert result.returncode == 1
    assert "cannot be used" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_address_of_another_machine_leaves_no_worker_behind(ready: Path) -> None:
    result = _timbang(ready, "serve", "--host", "203.0.113.9", "--port", "8061")
    assert result.returncode == 1
    assert "203.0.113.9" in result.stderr


def test_a_worker_whose_parent_is_gone_ends(ready: Path) -> None:
    assert _timbang(ready, "work", "--child-of", "1999999").returncode == 0


@pytest.mark.parametrize(
    ("name", "value"), [("TIMBANG_DOOR", "back"), ("TIMBANG_DATABASE_URL", "mysql://x/y")]
)
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    result = _timbang(tmp_path, "organ", "list", **{name: value})
    assert result.returncode == 1
    assert name in result.stderr
    assert "Traceback" not in result.stderr


def test_a_path_that_cannot_be_written_is_named(ready: Path, tmp_path: Path) -> None:
    result = _timbang(ready, "backup", str(tmp_path / "no" / "x.tar"))
    assert result.returncode == 1
    assert "x.tar" in result.stderr
    assert "Traceback" not in result.stderr
