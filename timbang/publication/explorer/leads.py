"""Indications as the explorer shows them: beside what else may explain them, never as a finding."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final

from timbang.publication.explorer import wording
from timbang.publication.explorer.reading import Lead, Run
from timbang.signals import catalogue

# Indications of one office that are listed; the number of all is told beside.
MOST: Final = 60
ROWS: Final = 12


def told(found: Lead) -> dict[str, Any]:
    """An indication with its question, its figures, and the innocent explanations."""
    detector = catalogue.detectors().get(found.detector)
    measures = [
        (str(detector.measures[name]) if detector and name in detector.measures else name,
         wording.measure(value))
        for name, value in found.measures.items()
    ]  # fmt: skip
    return {
        "code": found.detector,
        "title": str(detector.method.title) if detector else found.detector,
        "question": str(detector.method.question) if detector else "",
        "innocent": [str(each) for each in detector.method.innocent] if detector else [],
        "unit": str(detector.unit) if detector else "",
        "value": "" if found.value is None else wording.measure(found.value),
        "own": found.own,
        "since": wording.day(found.since),
        "until": wording.day(found.until),
        "near": wording.to_voting(found.days_to_voting),
        "measures": measures,
        "evidence": found.evidence[:ROWS],
        "more": len(found.evidence) > ROWS,
        "rows": wording.number(len(found.evidence)),
        "subject": found.subject,
    }


def grouped(found: Iterable[Lead]) -> list[dict[str, Any]]:
    """Indications by detector, so that the innocent explanations stand once with each."""
    return [
        {**told(lines[0]), "lines": [told(each) for each in lines]}
        for _code, group in groupby(found, lambda each: each.detector)
        for lines in [list(group)]
    ]


def run_line(run: Run) -> dict[str, Any]:
    """How many a detector looked at, marked, could not judge."""
    detector = catalogue.detectors().get(run.detector)
    reasons = detector.reasons if detector else {}
    return {
        "code": run.detector,
        "title": str(detector.method.title) if detector else run.detector,
        "looked_at": wording.number(run.looked_at),
        "leads": wording.number(run.leads),
        "not_judged": wording.number(run.not_judged),
        "why_not": [
            (str(reasons.get(reason, reason)), wording.number(number))
            for reason, number in run.not_applicable.items()
        ],
        "version": run.version,
        "digest": run.digest,
        "parameters": run.parameters,
    }
