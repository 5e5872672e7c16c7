"""SPIN, run on the model of a procedure: which properties does it refute?"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from timbang.law.promela import CLAIMS, REACHED, claims, model
from timbang.law.steps import Procedure

COMPILER = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
# In CI nothing is skipped: a missing compiler is an error there.
MAY_SKIP = COMPILER is None and os.environ.get("TIMBANG_NOTHING_SKIPPED") != "1"


def refuted(procedure: Procedure, folder: Path, *, reached: bool = True) -> set[str]:
    """The properties of the proof that SPIN finds broken, `reachable` among them if asked."""
    (folder / "model.pml").write_text(model(procedure))
    run(["spin", "-a", "model.pml"], folder)
    assert COMPILER, "SPIN needs a C compiler"
    run([COMPILER, "-O0", "-w", "-o", "pan", "pan.c"], folder)
    found = set()
    for claim in claims(procedure):
        if not claim.startswith(REACHED):
            if not holds(claim, folder):
                found.add(CLAIMS[claim])
        elif reached and holds(claim, folder):
            found.add("reachable")
    return found


def holds(claim: str, folder: Path) -> bool:
    output = run(["./pan", "-a", "-w16", "-m100000", "-N", claim], folder)
    assert "max search depth too small" not in output
    (line,) = [line for line in output.splitlines() if "errors:" in line]
    return line.rstrip().endswith("errors: 0")


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
