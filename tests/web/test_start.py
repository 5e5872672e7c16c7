"""What a web process imports when it starts: nobody waits for what only loads and tables need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TABLES = {"ibis", "duckdb", "pyarrow", "pandas", "sqlglot"}
NAMES = {"numpy", "rapidfuzz"}
CODE = """
import sys
import timbang.web.wsgi
from django.urls import get_resolver

def walk(patterns):
    for each in patterns:
        if hasattr(each, "url_patterns"):
            walk(each.url_patterns)

walk(get_resolver().url_patterns)
print(" ".join(sys.modules))
"""


def imported(door: str, folder: Path) -> set[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TIMBANG_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        env={**kept, "TIMBANG_DATA": str(folder), "TIMBANG_DOOR": door},
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return set(done.stdout.split())


@pytest.mark.parametrize("door", ["all", "public", "intake", "desk", "api"])
def test_a_web_process_starts_without_the_engines_of_tables(door: str, tmp_path: Path) -> None:
    found = imported(door, tmp_path)
    assert "timbang.web.wsgi" in found
    assert found & TABLES == set()


@pytest.mark.parametrize("door", ["all", "public", "intake", "desk", "api"])
def test_a_web_process_starts_without_the_index_of_names(door: str, tmp_path: Path) -> None:
    assert imported(door, tmp_path) & NAMES == set()


def test_the_worker_starts_without_the_engines_of_tables(tmp_path: Path) -> None:
    code = "from timbang.cli import _start_django; _start_django()\n"
    code += "from timbang.web.worker import jobs; jobs()\nimport sys; print(' '.join(sys.modules))"
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TIMBANG_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**kept, "TIMBANG_DATA": str(tmp_path)},
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert set(done.stdout.split()) & TABLES == set()


def test_the_demo_is_filled_in_another_process_than_the_server_forks_from(tmp_path: Path) -> None:
    code = """
import sys
from timbang.cli import _start_django
_start_django()
from timbang.web import commands, serving
filled = []
serving.require_free = lambda host, port: None
serving.seed_demo = lambda host, port: filled.append(port)
serving.start_worker = lambda: None
serving.serve = lambda **told: print(told["port"], filled, *sys.modules)
commands.demo.main(["--port", "7"], standalone_mode=False)
"""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TIMBANG_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**kept, "TIMBANG_DATA": str(tmp_path)},
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    port, filled, *modules = done.stdout.split()
    assert (port, filled) == ("7", "[7]")
    assert not {"typst", "timbang.web.demo"} & set(modules)
