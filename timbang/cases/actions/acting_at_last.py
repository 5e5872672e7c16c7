"""An office that was listed as idle acts: the row says so in the transaction of that act."""

from __future__ import annotations

from timbang.cases import idleness
from timbang.cases.models import CaseStep, IdleTie


def answered(line: CaseStep) -> None:
    """What this line of the journal means for the list, if an office stands there for this case."""
    standing = IdleTie.objects.filter(case=line.case, ended_line=None).select_related("row")
    for tie in standing:
        if not idleness.acts(line):
            return
        tie.row.acted_on = max(line.done_on, tie.row.delivered_on)
        tie.row.save()
        tie.ended_line = line
        tie.save()
