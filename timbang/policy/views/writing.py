"""Writing a part, reading its versions, and comparing two of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from timbang.accounts.access import OfficerRequest
from timbang.law import policy
from timbang.law.refusal import Refusal
from timbang.policy import course, desk_reading, parts, versions
from timbang.policy.actions import write_part
from timbang.policy.actions.writing import check_writer
from timbang.policy.forms.parts import PartForm
from timbang.policy.models import Dossier, Part
from timbang.policy.permission import OFFICE_ROLES, dossier_for
from timbang.policy.views.desk import done_or_said, now, policy_page, show, to_dossier


@policy_page(*OFFICE_ROLES)
def part(request: OfficerRequest, dossier_id: UUID, kind: str) -> HttpResponse:
    """Write a new version of a part. *Add rows* brings the page back with what was typed."""
    found, asked = _asked(request, dossier_id, kind)
    newest = course.newest(found).get(kind)
    more = request.method == "POST" and "more" in request.POST
    form = PartForm(
        request.POST if request.method == "POST" else None,
        kind=asked,
        body=newest.body if newest else None,
        dossier=found,
        more=more,
    )

    def act() -> HttpResponse:
        write_part(found, kind, form.body, seen=form.seen, by=request.officer, at=now())
        return to_dossier(found, "part")

    context: dict[str, Any] = {
        "dossier": found,
        "kind": asked,
        "form": form,
        "newest": newest,
        "lacks": course.lacking(found).get(kind, []) if newest else [],
        "grounds": policy.GROUNDS.items() if kind == "lane" else (),
    }
    if request.method != "POST":
        context["why_not"] = _why_not(request, found, kind)
    return done_or_said(request, form, act, "part", context, dossier=found)


def _asked(request: OfficerRequest, dossier_id: UUID, kind: str) -> tuple[Dossier, parts.Kind]:
    """The dossier and the kind of part; only for those inside, before the part is public."""
    found = dossier_for(request.officer, dossier_id)
    asked = parts.KINDS.get(kind)
    if asked is None or not found.by_office or not desk_reading.inside(found, request.officer):
        raise Http404
    return found, asked


def _why_not(request: OfficerRequest, found: Dossier, kind: str) -> Refusal | None:
    try:
        check_writer(found, kind, request.officer)
    except Refusal as refusal:
        return refusal
    return None


@policy_page(methods=("GET", "HEAD"))
def part_versions(request: OfficerRequest, dossier_id: UUID, kind: str) -> HttpResponse:
    """All versions of a part, and what changed between two of them."""
    found, asked = _asked(request, dossier_id, kind)
    rows = list(found.parts.filter(kind=kind).select_related("written_by").order_by("ordinal"))
    if not rows:
        raise Http404
    new = _chosen(request, "ke", rows) or rows[-1]
    old = _chosen(request, "dari", rows) or rows[max(0, rows.index(new) - 1)]
    context = {
        "dossier": found,
        "kind": asked,
        "rows": rows,
        "old": old,
        "new": new,
        "compared": versions.compared(asked, old.body, new.body) if old != new else [],
        "shown": desk_reading.values_of(new),
    }
    return show(request, "part_versions", context)


def _chosen(request: HttpRequest, name: str, rows: list[Part]) -> Part | None:
    told = request.GET.get(name, "")
    return next((row for row in rows if str(row.ordinal) == told), None)
