"""The published log, read by code that we did not write: Go's golang.org/x/mod/sumdb."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.ledger.conftest import DAY, acts, published
from tests.ledger.test_verifying import leaves, make_log, sign
from timbang.ledger import actions
from timbang.ledger.keys import signing_key
from timbang.ledger.note import Signer

GOPATH = Path("/usr/share/gocode")  # where Debian puts golang-golang-x-mod-dev
PACKAGE = GOPATH / "src/golang.org/x/mod/sumdb/tlog"
SIGNER = Signer("log.example/timbang", bytes(range(32)))

pytestmark = [
    pytest.mark.go,
    pytest.mark.skipif(not PACKAGE.exists(), reason="golang-golang-x-mod-dev is not installed"),
]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("go")
    env = {
        "PATH": os.environ["PATH"],
        "GOPATH": str(GOPATH),
        "GO111MODULE": "off",
        "GOCACHE": str(folder / "cache"),
        "GOTMPDIR": str(folder),
        "CGO_ENABLED": "0",
    }
    program = folder / "reader"
    source = Path(__file__).parent / "go/main.go"
    subprocess.run(["go", "build", "-o", program, source], env=env, cwd=folder, check=True)
    shutil.rmtree(folder / "cache", ignore_errors=True)
    return program


def read(reader: Path, *arguments: str | Path) -> tuple[int, str]:
    done = subprocess.run([reader, *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 600, 65_537])
def test_go_reads_logs_of_every_shape(reader: Path, tmp_path: Path, size: int) -> None:
    folder = make_log(tmp_path / "log", leaves(size))
    code, output = read(reader, folder, SIGNER.vkey)
    assert code == 0, output
    assert output.startswith(f"ok {size} entries")


@pytest.mark.django_db
def test_go_reads_what_actions_published_and_follows_its_growth(
    reader: Path, log_folder: Path, tmp_path: Path
) -> None:
    published(log_folder, 300)
    shutil.copy(log_folder / "checkpoint", tmp_path / "old")
    acts(5, lane="daily")
    actions.release_daily(on=DAY)
    published(log_folder, 250)
    code, output = read(reader, log_folder, signing_key().vkey, tmp_path / "old")
    assert code == 0, output
    assert output.startswith("ok 614 entries")


def test_go_refuses_what_was_changed(reader: Path, tmp_path: Path) -> None:
    folder = make_log(tmp_path / "log", leaves(600))
    code, output = read(reader, folder, Signer(SIGNER.name, bytes(32)).vkey)
    assert code == 1
    assert "note" in output
    bundle = folder / "tile/entries/000"
    data = bytearray(bundle.read_bytes())
    data[37 * 34 + 10] ^= 1
    bundle.write_bytes(data)
    code, output = read(reader, folder, SIGNER.vkey)
    assert code == 1
    assert "entry 37" in output
    rewritten = leaves(600)
    rewritten[5] = bytes(32)
    make_log(tmp_path / "other", rewritten)
    sign(folder, leaves(600))
    shutil.copy(folder / "checkpoint", tmp_path / "old")
    code, output = read(reader, tmp_path / "other", SIGNER.vkey, tmp_path / "old")
    assert code == 1
    assert "check tree" in output
