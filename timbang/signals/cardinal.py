"""Leads in the form that the Cardinal library of the Open Contracting Partnership prints.

{"OCID": {"ocds-1": {"R018": 1.0}}, "Buyer": {"B": {"R038": 0.5}}}
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from timbang.signals.running import Run

# What Cardinal calls the subjects that it knows; leads on others are left out.
GROUPS: Final = {
    "procurement": "OCID",
    "buyer": "Buyer",
    "procuring_entity": "ProcuringEntity",
    "tenderer": "Tenderer",
}


def output(runs: Iterable[Run]) -> dict[str, dict[str, dict[str, float | None]]]:
    """The leads of several runs, by group, subject and code."""
    found: dict[str, dict[str, dict[str, float | None]]] = {}
    for run in runs:
        for lead in run.leads():
            group = GROUPS.get(lead.subject_kind)
            if group is not None:
                subject = found.setdefault(group, {}).setdefault(lead.subject, {})
                subject[lead.detector] = lead.value
    return found
