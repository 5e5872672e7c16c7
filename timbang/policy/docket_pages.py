"""The public pages of policies: the list, one dossier, and the proofs of its journal."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from timbang.accounts.models import Organ
from timbang.law import policy
from timbang.law import procedure as law
from timbang.law.vocabulary import VERIFICATION
from timbang.ledger import actions as ledger
from timbang.policy import addresses, course, docket_reading, glancing, wording
from timbang.policy.forms.about import place_name
from timbang.policy.models import Debt, Decree, Dossier, Shown, SitePhoto
from timbang.policy.models.dossier import DossierQuerySet
from timbang.reports import inspection

PAGE: Final = 30
# Pixels of a small picture: twice what the page gives it, for fine screens.
SMALL: Final = 320
# The name in the address: what is asked.
QUESTIONS: Final = ("kata", "kantor", "wilayah", "jalur", "keadaan")
STATES: Final = {
    "berjalan": gettext_lazy("Running"),
    "terlambat": gettext_lazy("A debt is overdue"),
    "selesai": gettext_lazy("Ended"),
    "ditarik": gettext_lazy("Taken back"),
}


def slug(dossier: Dossier) -> str:
    """How a dossier stands in an address."""
    return addresses.slug_of(dossier.number)


def intake(path: str) -> str:
    """An address behind the intake door, in the language of this page."""
    prefix = "/en/" if get_language() == "en" else "/"
    return f"{settings.INTAKE_URL}{prefix}{path}"


# --- the list -------------------------------------------------------------------------------------


@require_safe
def dockets(request: HttpRequest) -> HttpResponse:
    """All published dossiers, the newest first; searched and narrowed down by the address."""
    asked = {name: request.GET.get(name, "").strip()[:100] for name in QUESTIONS}
    on = timezone.localdate()
    rows = _fitting(Dossier.objects.public(), asked, on).select_related("organ", "rules")
    page = Paginator(rows, PAGE).get_page(request.GET.get("halaman"))
    told = {name: value for name, value in asked.items() if value}
    context = {
        "page": page,
        "rows": [_row(row, on) for row in page.object_list],
        "number": page.paginator.count,
        "asked": asked,
        "choices": _choices(asked),
        "narrowed": any(asked[name] for name in QUESTIONS[1:]),
        "anything": bool(told),
        "query": urlencode(told),
    }
    return render(request, "policy/dockets.html", context)


def _fitting(rows: DossierQuerySet, asked: dict[str, str], on: date) -> DossierQuerySet:
    for word in asked["kata"].split()[:8]:
        found = Q(title__icontains=word) | Q(number__icontains=word) | Q(office__icontains=word)
        rows = rows.filter(found | Q(summary__icontains=word))
    if asked["kantor"]:
        rows = rows.filter(organ__code=asked["kantor"])
    if asked["wilayah"]:
        inside = Q(region_code__startswith=f"{asked['wilayah']}.")
        rows = rows.filter(inside | Q(region_code=asked["wilayah"]))
    if asked["jalur"] in policy.PATHS:
        rows = rows.filter(path=asked["jalur"])
    return _in_state(rows, asked["keadaan"], on)


def _in_state(rows: DossierQuerySet, state: str, on: date) -> DossierQuerySet:
    standing = rows.filter(retracted_on=None)
    if state == "berjalan":
        return standing.filter(ended_on=None)
    if state == "selesai":
        return standing.exclude(ended_on=None)
    if state == "ditarik":
        return rows.exclude(retracted_on=None)
    if state == "terlambat":
        late = Debt.objects.owed().filter(due_on__lt=on)
        return standing.filter(pk__in=late.values("dossier"))
    if state in _steps():
        return standing.filter(step=state, ended_on=None)
    return rows


def _steps() -> dict[str, Any]:
    """The steps at which a dossier can stand, as the newest rules name them."""
    return {step.code: step.title for step in law.procedures()[course.PROCEDURE].steps}


def _choices(asked: dict[str, str]) -> list[dict[str, Any]]:
    public = Dossier.objects.public()
    offices = Organ.objects.filter(pk__in=public.values("organ")).order_by("name")
    codes = sorted(set(public.values_list("region_code", flat=True)))
    told: dict[str, tuple[str, list[tuple[str, Any]]]] = {
        "kantor": (_("Who writes the dossier"), [(row.code, row.name) for row in offices]),
        "wilayah": (_("Region"), [(code, place_name(code)) for code in codes]),
        "jalur": (_("Path"), list(policy.PATHS.items())),
        "keadaan": (
            pgettext("a policy on its way", "Where it stands"),
            [*STATES.items(), *_steps().items()],
        ),
    }
    return [
        {
            "name": name,
            "label": label,
            "options": [
                {"code": code, "words": words, "chosen": code == asked[name]}
                for code, words in options
            ],
        }
        for name, (label, options) in told.items()
    ]


def _row(dossier: Dossier, on: date) -> dict[str, Any]:
    late = dossier.debts.owed().filter(due_on__lt=on).count()
    return {
        "dossier": dossier,
        "slug": slug(dossier),
        "region": place_name(dossier.region_code),
        "path": policy.PATHS.get(dossier.path, ""),  # type: ignore[call-overload]
        "state": standing(dossier),
        "late": 0 if dossier.retracted_on else late,
    }


def standing(dossier: Dossier) -> Any:
    """Where a dossier stands, in a few words."""
    if dossier.retracted_on is not None:
        return _("Taken back")
    if not dossier.by_office:
        return _("Watched from outside")
    if dossier.ended_on is not None:
        return course.title_of(dossier, f"{law.END}{dossier.ended_as}")
    return course.rules_of(dossier).step(dossier.step).title


# --- one dossier ----------------------------------------------------------------------------------


@require_safe
def docket(request: HttpRequest, number: str) -> HttpResponse:
    """One dossier: where it stands, how it came there, on what, and what is missing."""
    dossier = addresses.found(number)
    if dossier.retracted_on is not None:
        return render(request, "policy/docket_retracted.html", {"dossier": dossier})
    on = course.today(dossier.organ, timezone.now())
    stays = docket_reading.way(dossier, on)
    glance = glancing.of(dossier)
    path = dossier.path if dossier.by_office else glance.path_code
    context = {
        "dossier": dossier,
        "slug": slug(dossier),
        "on": on,
        "region": place_name(dossier.region_code),
        "path": policy.PATHS[path],  # type: ignore[index]
        "path_unknown": path == "unknown",
        "state": standing(dossier),
        "duties": docket_reading.duties(dossier),
        "groups": docket_reading.groups(dossier),
        **_lane(dossier),
        "decree": Decree.objects.filter(dossier=dossier).only("number").first(),
        "way": stays,
        "shelves": docket_reading.shelves(dossier),
        "texts": docket_reading.texts(dossier),
        "ties": dossier.ties.all(),
        "clearances": docket_reading.clearances(dossier, stays),
        "debts": docket_reading.debts(dossier, on),
        "milestones": docket_reading.milestones(dossier, on),
        "not_sought": docket_reading.not_sought(dossier),
        "open_points": docket_reading.open_points(dossier),
        "journal": _journal(dossier),
        "glance": glance,
        **_voices(dossier),
    }
    return render(request, "policy/docket.html", context)


def _lane(dossier: Dossier) -> dict[str, Any]:
    """The use of the lane, its ground, and how well the norm behind it was read."""
    lane = docket_reading.lane_of(dossier)
    ground = policy.GROUNDS[lane.ground] if lane else None
    level = VERIFICATION.get(ground.level, "") if ground else ""
    return {"lane": lane, "lane_ground": ground, "lane_level": level}


def _voices(dossier: Dossier) -> dict[str, Any]:
    heard, seen = docket_reading.heard(dossier), docket_reading.seen(dossier)
    for told in (heard, seen):
        told["withheld"] = [
            (wording.WHY_VISIT_WITHHELD.get(code, code), count) for code, count in told["withheld"]
        ]
    return {
        "heard": heard,
        "comments": [(row, policy.COMMENT_OUTCOMES.get(row.outcome, "")) for row in heard["shown"]],
        "seen": seen,
        "about": _("Policy %(number)s: %(title)s.")
        % {"number": dossier.number, "title": dossier.title},
        "about_region": dossier.region_code[:2],
        "takes_comments": docket_reading.takes_comments(dossier),
        "closes": course.comments_close_from(dossier),
        "takes_visits": docket_reading.takes_visits(dossier),
        "comment_url": intake(f"tanggapi/{slug(dossier)}/"),
        "visit_url": intake(f"lihat-pelaksanaan/{slug(dossier)}/"),
    }


def _journal(dossier: Dossier) -> list[dict[str, Any]]:
    lines = dossier.journal.select_related("organ").order_by("-version")
    return [
        {"line": run.line, "run": run, "what": docket_reading.what(dossier, run.line)}
        for run in docket_reading.runs(lines)
    ]


@require_safe
def proof(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """The proof that the entry of one line of the journal stands in the published log."""
    dossier = addresses.found(number)
    line = dossier.journal.select_related("entry").filter(version=version).first()
    if line is None or dossier.retracted_on is not None:
        raise Http404
    text = ledger.proof(line.entry) or ledger.promise(line.entry)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    name = f"{slug(dossier)}-{version}.tlog-proof"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """A photograph of a visit that is shown, of a dossier that is still there."""
    row = _shown_photo(photo_id)
    return HttpResponse(bytes(row.body), content_type=row.kind)


@require_safe
def photo_small(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """The same, drawn small for the page."""
    row = _shown_photo(photo_id)
    return HttpResponse(inspection.smaller(bytes(row.body), SMALL), content_type="image/jpeg")


def _shown_photo(photo_id: UUID) -> SitePhoto:
    row = SitePhoto.objects.select_related("visit__dossier").filter(pk=photo_id).first()
    if row is None or row.visit.state != Shown.SHOWN:
        raise Http404
    dossier = row.visit.dossier
    if not dossier.is_public or dossier.retracted_on is not None:
        raise Http404
    return row
