"""What happened to policies as a feed (Atom, RFC 4287): of all dossiers, and of one.

Days only, because nothing in this room holds an hour. The same rows give the same entries, each
under one id for ever, so that no reader is told twice.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from timbang.policy import addresses, course, docket_reading
from timbang.policy.actions.stepping import owed_as
from timbang.policy.models import Act, Debt, Dossier, Line

MOST: Final = 100
TOLD: Final = (
    Act.OPENED, Act.PUBLISHED, Act.RETRACTED, Act.STEP, Act.LAPSED, Act.DEBT_PAID,
    Act.MILESTONE_DONE, Act.COMMENT_ANSWERED, Act.DECREE,
)  # fmt: skip
# What XML cannot hold, even escaped.
_UNHEARD_OF: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of a feed."""

    id: uuid.UUID
    dossier: Dossier
    on: date
    title: str
    text: str = ""


def happenings(dossiers: QuerySet[Dossier], on: date) -> list[Happening]:
    """What happened to these dossiers up to this day, the newest first."""
    found = [*_acts(dossiers), *_debts(dossiers, on)]
    return sorted(found, key=lambda each: (each.on, str(each.id)), reverse=True)[:MOST]


def _acts(dossiers: QuerySet[Dossier]) -> Iterator[Happening]:
    """Of a dossier that was taken back only that it was, and why."""
    told = Q(act__in=TOLD, dossier__retracted_on=None) | Q(act=Act.RETRACTED)
    lines = Line.objects.filter(told, dossier__in=dossiers.values("pk"))
    lines = lines.select_related("dossier__organ", "dossier__rules")
    for line in lines.order_by("-done_on", "-version", "dossier")[:MOST]:
        yield _act(line.dossier, line)


def _act(dossier: Dossier, line: Line) -> Happening:
    what = docket_reading.what(dossier, line)
    told = f"{line.get_act_display()}: {what}" if what else str(line.get_act_display())
    key = uuid.uuid5(dossier.pk, f"line/{line.version}")
    return Happening(key, dossier, line.done_on, told, line.words)


def _debts(dossiers: QuerySet[Dossier], on: date) -> Iterator[Happening]:
    """A debt on its last day, and on the day after it, unless it was paid or dropped before."""
    standing = dossiers.filter(retracted_on=None)
    rows = Debt.objects.filter(dossier__in=standing.values("pk"), due_on__lte=on)
    rows = rows.select_related("dossier__organ", "dossier__rules", "dossier__lane__line")
    for row in rows.order_by("-due_on", "dossier", "code")[:MOST]:
        over_on = row.paid_on or row.dropped_on
        title = owed_as(row.dossier, row.code).title
        if over_on is None or over_on >= row.due_on:
            yield _debt(row, row.due_on, "due", _("Last day"), title)
        late_on = row.due_on + timedelta(days=1)
        if late_on <= on and (over_on is None or over_on >= late_on):
            yield _debt(row, late_on, "overdue", _("Overdue"), title)


def _debt(row: Debt, on: date, what: str, word: str, title: Any) -> Happening:
    key = uuid.uuid5(row.dossier_id, f"debt/{row.code}/{what}")
    day = date_format(row.due_on, "j F Y")
    told = _("It was to be done by %(day)s.") % {"day": day}
    return Happening(key, row.dossier, on, f"{word}: {title}", told)


@require_safe
def all_dockets(request: HttpRequest) -> HttpResponse:
    """The feed of all published dossiers."""
    found = happenings(Dossier.objects.public(), timezone.localdate())
    title = _("%(site)s: public policies") % {"site": settings.SITE_NAME}
    return _feed(request, title, reverse("dockets:dockets"), found)


@require_safe
def docket(request: HttpRequest, number: str) -> HttpResponse:
    """The feed of one dossier."""
    dossier = addresses.found(number)
    rows = Dossier.objects.filter(pk=dossier.pk)
    found = happenings(rows, course.today(dossier.organ, timezone.now()))
    title = dossier.number
    if dossier.retracted_on is None:
        title = f"{dossier.number}: {dossier.title}"
    return _feed(request, title, reverse("dockets:docket", args=[number]), found)


def _feed(request: HttpRequest, title: str, page: str, found: list[Happening]) -> HttpResponse:
    host = settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")
    feed = Atom1Feed(
        title=_plain(title),
        link=host + page,
        description="",
        language=get_language(),
        feed_url=host + request.path,
        author_name=settings.SITE_NAME,
    )
    for each in found:
        number = each.dossier.number
        link = reverse("dockets:docket", args=[addresses.slug_of(number)])
        moment = datetime.combine(each.on, time(), UTC)
        feed.add_item(
            title=_plain(f"{number}: {each.title}"),
            link=host + link,
            description=_plain(each.text) or _plain(each.title),
            unique_id=each.id.urn,
            pubdate=moment,
            updateddate=moment,
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")
    response["Cache-Control"] = "public, max-age=600"
    return response


def _plain(text: str) -> str:
    return _UNHEARD_OF.sub("", text)
