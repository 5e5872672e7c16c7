"""The first page of the desk: what waits for me, and a term explained day by day."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse

from timbang.accounts.access import OfficerRequest
from timbang.accounts.codes import ROLES
from timbang.cases import reading
from timbang.cases.course import today
from timbang.cases.models import OpenTerm
from timbang.cases.permission import READERS, may
from timbang.cases.views.desk import desk_of, desk_page, now, show


@desk_page(*ROLES, methods=("GET", "HEAD"))
def start(request: OfficerRequest) -> HttpResponse:
    """What waits for this officer; who opens no content is told so and shown his own pages."""
    if not may(request.officer, *READERS):
        return show(request, "start_without_content", {"officer": request.officer})
    desk = desk_of(request)
    waiting = reading.waiting(desk, at=now())
    return show(request, "start", {"waiting": waiting, "today": today(desk.organ, now())})


@desk_page(methods=("GET", "HEAD"))
def term(request: OfficerRequest, term_id: UUID) -> HttpResponse:
    """Why a term ends on its day: each day, and whether it counts."""
    organ = request.officer.organ
    # Another organ's term began on the day of a report that is none of this one's business.
    mine = Q(report__organ=organ) | Q(case__keys__organ=organ, organ=organ)
    mine |= Q(delivery__keeper=organ)
    rows = OpenTerm.objects.filter(mine).select_related("case__procedure", "report", "organ")
    found = rows.distinct().filter(pk=term_id).first()
    if found is None:
        raise Http404
    on = today(organ, now())
    context = {"view": reading.term_view(found, on), "answer": reading.explained(found)}
    return show(request, "term", context | {"today": on})
