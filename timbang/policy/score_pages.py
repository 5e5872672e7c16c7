"""Public pages of the score: all offices, one office, the formula; and the openings behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from timbang.accounts.models import Organ
from timbang.policy import (
    addresses,
    calendar,
    course,
    datapackage,
    openings,
    published,
    score,
    score_chart,
)
from timbang.policy.models import Dossier
from timbang.policy.open_pages import docket_address, download
from timbang.policy.score import Item
from timbang.policy.titles import title_of

PAGE: Final = 50
COLUMNS: Final[tuple[datapackage.Column, ...]] = (
    ("office", "string"), ("name", "string"), ("on", "date"), ("known", "boolean"),
    ("score", "number"), ("low", "number"), ("high", "number"), ("months", "integer"),
    ("in_time", "integer"), ("late", "integer"), ("overdue", "integer"), ("waiting", "integer"),
    ("dropped", "integer"), ("lane_uses", "integer"), ("decisions", "integer"),
)  # fmt: skip


@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """All offices of which anything was owed, by name: the score, or that it is not known."""
    on = timezone.localdate()
    page = Paginator(published.scores(on), PAGE).get_page(request.GET.get("halaman"))
    context = {"page": page, "on": on, "fewest": score.FEWEST_MONTHS}
    return render(request, "policy/scores.html", context)


@require_safe
def offices_csv(_request: HttpRequest) -> HttpResponse:
    text = datapackage.write_csv(COLUMNS, map(_row, published.scores(timezone.localdate())))
    return download(text, "text/csv", "skor.csv")


@require_safe
def offices_json(_request: HttpRequest) -> HttpResponse:
    on = timezone.localdate()
    rows = [datapackage.as_json(COLUMNS, _row(each)) for each in published.scores(on)]
    told = {"formula": score.FORMULA, "on": on.isoformat(), "offices": rows}
    return download(datapackage.write_json(told), "application/json", "skor.json")


def _row(scored: published.Scored) -> dict[str, Any]:
    found = scored.score
    counts: dict[str, int] = dict(found.counts.items())
    states = ("in_time", "late", "overdue", "waiting", "dropped")
    return {
        "office": found.office, "name": scored.organ.name, "on": found.on, "known": found.known,
        "score": found.value, "low": found.low, "high": found.high, "months": found.months,
        **{state: counts.get(state, 0) for state in states},
        "lane_uses": found.lane.uses, "decisions": found.lane.decisions,
    }  # fmt: skip


@require_safe
def office(request: HttpRequest, code: str) -> HttpResponse:
    """One office: score and interval, what is overdue, the history, what would raise it."""
    scored = _scored_or_404(code)
    found = scored.score
    counts: dict[str, int] = dict(found.counts.items())
    public = _public(found)
    interval = found.lane.interval
    context = {
        "organ": scored.organ,
        "score": found,
        "waiting": scored.waiting,
        "fewest": score.FEWEST_MONTHS,
        "counts": _states(counts),
        "lane": [round(100 * each) for each in interval] if interval else None,
        "lane_share": round(100 * found.lane.uses / found.lane.decisions) if interval else None,
        "overdue": [(_told(each.item, public), each) for each in found.overdue],
        "coming": [(_told(each.item, public), each) for each in found.coming],
        "late": [(_told(each, public), each.days(found.on)) for each in reversed(found.late)],
        "history": list(reversed(found.history)),
        "chart": score_chart.chart(found.history),
        "ahead": score.AHEAD,
        "has_dossiers": Dossier.objects.public().filter(organ=scored.organ).exists(),
    }
    return render(request, "policy/score.html", context)


@require_safe
def office_json(_request: HttpRequest, code: str) -> HttpResponse:
    scored = _scored_or_404(code)
    told = {**scored.score.as_json(), "name": scored.organ.name, "waiting": scored.waiting}
    return download(datapackage.write_json(told), "application/json", f"skor-{code}.json")


@require_safe
def office_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """What runs or is owed in the published dossiers of an office, for a calendar."""
    organ = get_object_or_404(Organ, code=code)
    if not Dossier.objects.public().filter(organ=organ).exists():
        raise Http404
    on = course.today(organ, timezone.now())
    body = calendar.calendar(
        calendar.of_office(organ.pk, on),
        name=organ.name,
        address=lambda dossier: docket_address(request, dossier),
    )
    return download(body, "text/calendar", f"kebijakan-{code}.ics")


def _scored_or_404(code: str) -> published.Scored:
    organ = get_object_or_404(Organ, code=code)
    scored = published.score_of(organ, course.today(organ, timezone.now()))
    if not scored.score.numbers.last and not scored.waiting:
        raise Http404
    return scored


def _states(counts: dict[str, int]) -> list[tuple[str, int]]:
    titles = {
        "in_time": _("In time"),
        "late": _("Late"),
        "overdue": _("Overdue now"),
        "waiting": _("Not yet due"),
        "dropped": _("No longer needed"),
    }
    return [(title, counts.get(state, 0)) for state, title in titles.items()]


def _public(found: score.Score) -> frozenset[str]:
    """Which of the dossiers that it names have a page."""
    named = {each.dossier for each in found.late}
    named |= {each.item.dossier for each in found.overdue}
    named |= {each.item.dossier for each in found.coming}
    rows = Dossier.objects.public().filter(number__in=named)
    return frozenset(rows.values_list("number", flat=True))


def _told(item: Item, public: Iterable[str]) -> dict[str, Any]:
    return {
        "item": item,
        "title": title_of(item.kind, item.step),
        "slug": addresses.slug_of(item.dossier) if item.dossier in public else "",
    }


@require_safe
def formula(request: HttpRequest) -> HttpResponse:
    """How the score is counted, in words and as mathematics, and why so."""
    context = {
        "fewest": score.FEWEST_MONTHS,
        "years": score.WINDOW.days // 365,
        "period": score.PERIOD,
        "most": score.MOST_DAYS,
        "worst": round(score.burden(score.MOST_DAYS)),
        "debt": score.WEIGHTS[score.DEBT],
        "example": round(score.burden(60)),
    }
    return render(request, "policy/score_formula.html", context)


# --- the openings ---------------------------------------------------------------------------------


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What is opened, month by month, and how anybody counts a score again."""
    context = {
        "months": [(month, _waits(month.waiting)) for month in published.months()],
        "log_url": request.build_absolute_uri("/log/"),
        "list_url": request.build_absolute_uri("files.txt"),
        "header": openings.HEADER,
        "folder": openings.FOLDER,
    }
    return render(request, "policy/score_log.html", context)


def _waits(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(n)s waits for its place", "%(n)s wait for their place", count) % {"n": count}


@require_safe
def log_files(_request: HttpRequest) -> HttpResponse:
    """The names of all files of openings, one a line."""
    text = "".join(f"{month.code}{openings.ENDING}\n" for month in published.months())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def log_month(_request: HttpRequest, month: str) -> StreamingHttpResponse:
    """The openings of one month; nothing else of the log is opened by it."""
    if not published.has(month):
        raise Http404
    return StreamingHttpResponse(published.lines(month), content_type="text/plain; charset=utf-8")
