"""All detectors over the facts, and their leads to the desk: what `timbang leads bring` does.

Only what changed is computed again, and only a run that is new is brought. A detector that breaks
does not hold up the others; what it said is told at the end.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from timbang.law.refusal import Refusal
from timbang.signals import actions, running
from timbang.signals.detector import Detector
from timbang.signals.facts import Facts

log = logging.getLogger("timbang.signals")


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of one detector: its run, whether it was new to the desk, or what went wrong."""

    detector: str
    run: str = ""
    leads: int = 0
    new_to_the_desk: bool = False
    error: str = ""

    def as_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {"detector": self.detector}
        if self.error:
            return told | {"error": self.error}
        return told | {"run": self.run, "leads": self.leads, "brought": self.new_to_the_desk}


def bring_all(
    detectors: Iterable[Detector], facts: Facts, folder: Path, *, at: datetime
) -> Iterator[Brought]:
    """Run each detector, bring what is new, and deal the queue anew at the end."""
    for detector in detectors:
        yield _bring(detector, facts, folder, at)
    actions.order_leads()


def _bring(detector: Detector, facts: Facts, folder: Path, at: datetime) -> Brought:
    try:
        run = running.run(detector, facts, folder)
        row = actions.bring_leads(run, at=at)
    except Refusal as refusal:
        return Brought(detector.code, error=str(refusal.message))
    except Exception as error:  # noqa: BLE001 - the other detectors must go on
        log.error("%s: %s: %s", detector.code, type(error).__name__, error)
        first = str(error).strip().splitlines() or [""]
        return Brought(detector.code, error=f"{type(error).__name__}: {first[0]}")
    return Brought(detector.code, run.digest, run.manifest["counts"]["leads"], row is not None)
