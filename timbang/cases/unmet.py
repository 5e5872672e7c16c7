"""What an officer found missing in the reports of a case: nobody can declare that it is there.

One complete report is enough; a report that nobody checked leaves everything open.
"""

from __future__ import annotations

from collections.abc import Mapping

from timbang.cases.models import Case, RequirementCheck
from timbang.law import requirements

GUARD_OF: Mapping[requirements.Group, str] = {
    "formal": "formal_complete",
    "material": "material_complete",
    "in_time": "in_time",
}


def unmet(case: Case) -> dict[str, bool | None]:
    """The guards that the newest checks of every report contradict: False each."""
    linked = case.reports.values("report")
    checks = RequirementCheck.objects.filter(report__in=linked).order_by("pk")
    newest = {row.report_id: row for row in checks}
    if not newest or len(newest) < linked.count():
        return {}
    return {
        guard: False
        for group, guard in GUARD_OF.items()
        if all(requirements.lacking(group, row.contest, row.missing) for row in newest.values())
    }
