"""A case under a rule that a test needs: its own procedure with one term written otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from timbang.cases import course
from timbang.cases.models import Case, OpenTerm
from timbang.law import procedure as law
from timbang.law.bilingual import Bilingual
from timbang.law.steps import Extends, Reading, Suspends

SUSPENDS = Suspends(Bilingual("saksi sakit", "a witness is ill"), "Aturan contoh ps 9", 10, "days")
EXTENDS = Extends(2, "workdays", 1, "Aturan contoh ps 10", "one_copy")
READING = Reading(3, "days", "Peraturan contoh ps 8", "one_copy")


def under(case: Case, **changes: Any) -> OpenTerm:
    """Give the step at which the case stands a term with these changes; its running term."""
    procedure = course.procedure_of(case)
    steps = tuple(
        replace(step, term=replace(step.term, **changes))
        if step.code == case.step and step.term
        else step
        for step in procedure.steps
    )
    changed: law.Procedure = replace(procedure, steps=steps)
    case.procedure = course.version_of(changed, date(2026, 11, 2))
    case.save()
    return OpenTerm.objects.select_related("case__procedure", "organ", "track").get(
        case=case, closed_on=None
    )
