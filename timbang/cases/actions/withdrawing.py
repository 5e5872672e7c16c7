"""A reporter who withdraws ends his report, never the case: that is written down, and shown.

The log and the other organs learn nothing of it: only the organ that received the report sees the
line. The worker asks again and again; each withdrawal is written once.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from timbang.cases.actions.journal import Line, locked, write_line
from timbang.cases.course import today
from timbang.cases.models import Act, Case, CaseReport


def note_withdrawals(*, at: datetime) -> int:
    """Write into each running case that a reporter withdrew. Returns how many were written."""
    withdrawn = CaseReport.objects.filter(report__withdrawn_on__isnull=False, case__ended_on=None)
    cases = withdrawn.values_list("case", flat=True).distinct()
    return sum(_note(case_id, at) for case_id in list(cases))


@transaction.atomic
def _note(case_id: UUID, at: datetime) -> int:
    case = locked(Case(pk=case_id))
    links = CaseReport.objects.filter(case=case, report__withdrawn_on__isnull=False)
    known = case.journal.filter(act=Act.WITHDRAWN).count()
    # The order in which they joined: what was written before is not written again.
    new = list(links.select_related("report__organ").order_by("pk"))[known:]
    for link in new:
        organ = link.report.organ
        line = Line(Act.WITHDRAWN, today(organ, at), step=case.step)
        write_line(case, line, organ=organ, by=None, at=at)
    return len(new)
