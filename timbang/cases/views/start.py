"""The first page of the desk: what waits for me."""

from __future__ import annotations

from django.http import HttpResponse

from timbang.accounts.access import OfficerRequest
from timbang.accounts.codes import ROLES
from timbang.cases import reading
from timbang.cases.actions.own_terms import SETTERS
from timbang.cases.course import today
from timbang.cases.permission import READERS, may
from timbang.cases.views.desk import desk_of, desk_page, now, show


@desk_page(*ROLES, methods=("GET", "HEAD"))
def start(request: OfficerRequest) -> HttpResponse:
    """What waits for this officer; who opens no content is told so and shown his own pages."""
    if not may(request.officer, *READERS):
        return show(request, "start_without_content", {"sets": may(request.officer, *SETTERS)})
    desk = desk_of(request)
    waiting = reading.waiting(desk, at=now())
    return show(request, "start", {"waiting": waiting, "today": today(desk.organ, now())})
