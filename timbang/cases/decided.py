"""Decided cases as detectors read them: final decisions and nothing else of a case.

Final is what was proven and sanctioned, delivered, stands unchallenged, has effect on every
reading, and against which every remedy with a known term is out of time; a remedy for which nobody
can say a term does not hold it up for ever. Nothing of a report or of its reporter comes in here,
and nobody who was cleared. Names lie under the keys of cases: without an officer's key a row says
where, when and what, and not who.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.conf import settings

from timbang.cases import cleared, course, decisions, vault
from timbang.cases.models import CaseKey, Decision, DecisionFinding, DecisionState
from timbang.cases.vault import Desk, Person
from timbang.law.conditions import months_from
from timbang.registry import numbers
from timbang.registry.models import Agency

# How long a sanction of the catalogue lasts, where the name of its kind says so.
_LASTS: Final = re.compile(r"_(\d+)_(month|year)s?\Z")


def rows(desks: Sequence[Desk], *, on: date) -> list[dict[str, Any]]:
    """One row for each person about whom a final decision was made, as `signals.facts` has it.

    With names where one of these desks holds the key of the case.
    """
    found = Decision.objects.filter(state=DecisionState.STANDS, delivered_on__isnull=False)
    found = found.exclude(finding=DecisionFinding.NOT_PROVEN).exclude(level="")
    listed = list(found.select_related("case__procedure", "accused", "organ").order_by("pk"))
    challenged = course.challenged([row.case_id for row in listed])
    final = [row for row in listed if row.case_id not in challenged and _is_final(row, on)]
    freed = cleared.among({row.case for row in final}, [row.accused for row in final])
    agencies = {name.casefold(): code for code, name in Agency.objects.values_list("code", "name")}
    return [
        _row(row, _person(row, desks), agencies) for row in final if row.accused_id not in freed
    ]


def _is_final(row: Decision, on: date) -> bool:
    remedies = decisions.remedies(row, on)
    if any(remedy.window not in ("closed", "unknown") for remedy in remedies):
        return False
    effect = decisions.effect_of(row)
    if effect is None:  # a procedure that knows no day of effect
        return all(remedy.window == "closed" for remedy in remedies)
    return effect.last_day is not None and on > effect.last_day


def _person(row: Decision, desks: Sequence[Desk]) -> Person:
    """Who it was, where one of these offices holds the key; else nobody."""
    for desk in desks:
        if CaseKey.objects.filter(case=row.case_id, organ=desk.organ).exists():
            return vault.open_person(vault.case_key(row.case, desk), row.accused)
    return Person()


def _row(row: Decision, person: Person, agencies: Mapping[str, str]) -> dict[str, Any]:
    return {
        "row_id": str(row.pk),
        "number_hash": _number_hash(person),
        "name": person.name or None,
        "agency_code": agencies.get(person.agency.casefold()),
        "region_code": person.region or row.case.province_code or None,
        "conduct": row.case.conduct or None,
        "sanction_level": row.level,
        "decided_on": row.decided_on,
        "sanction_until": _until(row),
        # a case tells the side in the officer's words, which no list of candidates knows
        "favoured": None,
    }


def _number_hash(person: Person) -> str | None:
    digits = re.sub(r"\D", "", person.official_number)
    return numbers.keyed_hash(digits, numbers.secret_in(settings.KEYS)) if digits else None


def _until(row: Decision) -> date | None:
    """The last day of a sanction that lasts; None where it does not, or its beginning is unsure."""
    lasts = _LASTS.search(row.kind)
    effect = decisions.effect_of(row)
    begins = effect.last_day if effect else None
    if lasts is None or begins is None:
        return None
    months = int(lasts[1]) * (12 if lasts[2] == "year" else 1)
    return months_from(begins, months)
