"""Public pages: elections and the days of their phases, each with its source."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from timbang.registry import reading
from timbang.registry.models import ContestKind, Election, ElectionKind, SourceLevel
from timbang.registry.reading import ContestGroup

DAY_LABELS: Final[dict[str, Promise]] = {
    "candidates_confirmed_on": _("Candidates confirmed"),
    "campaign_starts_on": _("Campaign, first day"),
    "campaign_ends_on": _("Campaign, last day"),
    "quiet_starts_on": _("Quiet days, first day"),
    "quiet_ends_on": _("Quiet days, last day"),
    "voting_on": _("Voting"),
    "recap_ends_on": _("Count of the results, last day"),
    "inaugurated_on": _("Inauguration"),
}


@require_safe
def elections(request: HttpRequest) -> HttpResponse:
    """Every election that the law is applied to, and where its days come from."""
    shown = [_election(election) for election in reading.elections()]
    return render(request, "registry/elections.html", {"elections": shown})


def _election(election: Election) -> dict[str, object]:
    return {
        "code": election.code,
        "name": election.name,
        "kind": ElectionKind(election.kind).label,
        "source": election.source,
        "groups": [_group(group) for group in reading.overview(election)],
    }


def _group(group: ContestGroup) -> dict[str, object]:
    return {
        "kinds": [
            {"label": ContestKind(kind).label, "regions": regions}
            for kind, regions in group.kinds.items()
        ],
        "region": group.region,
        "days": [
            {
                "label": DAY_LABELS[day.key],
                "day": day.day,
                "source": str(day.source),
                "level": SourceLevel(day.level).label,
                "weak": day.level in ("memory", "one_source"),
            }
            for day in group.days
        ],
        "unknown": [DAY_LABELS[key] for key in group.unknown],
    }
