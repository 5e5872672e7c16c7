"""What people sent, as the desk goes through it: one list at a time, equal texts together.

Whoever organises a campaign sends the same words a thousand times. They are read once; the names
beside them are not the same, so a text is never shown with names that nobody has read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from timbang.policy.actions.speaking import MOST_NAMES
from timbang.policy.models import Comment, Dossier, Shown, SiteVisit

PAGE: Final = 20
ONE_BY_ONE: Final = 100
UNANSWERED: Final = Q(state=Shown.SHOWN, answered_on=None)
COMMENTS: Final[Mapping[str, Q]] = {
    "tunggu": Q(state=Shown.WAITING),
    "tanpa-jawaban": UNANSWERED,
    "dijawab": Q(state=Shown.SHOWN, answered_on__isnull=False),
    "ditahan": Q(state=Shown.WITHHELD),
}
VISITS: Final[Mapping[str, Q]] = {
    "lapangan": Q(state=Shown.WAITING),
    "lapangan-dibaca": ~Q(state=Shown.WAITING),
}
TITLES: Final[Mapping[str, Any]] = {
    "tunggu": _("Comments that wait to be read"),
    "tanpa-jawaban": _("Shown, not answered yet"),
    "lapangan": _("Site visits that wait to be read"),
    "dijawab": _("Answered"),
    "ditahan": _("Withheld"),
    "lapangan-dibaca": _("Site visits that were read"),
}


@dataclass(frozen=True, slots=True)
class Text:
    """A text and how often it was sent. `one` is any comment that has it; `names` those that stand
    beside it, none where they are too many for a page."""

    one: UUID
    body: str
    count: int
    named: int
    first_on: date
    names: tuple[str, ...]

    @property
    def box(self) -> str:
        """What its box holds when it is ticked."""
        return f"{self.one}:{self.named}"

    @property
    def too_many_names(self) -> bool:
        """Whether the names must be read one by one before they are shown."""
        return self.named > MOST_NAMES


@dataclass(frozen=True, slots=True)
class Heard:
    """A list, and how much stands in it."""

    code: str
    title: Any
    count: int


def lists(dossier: Dossier) -> list[Heard]:
    """All lists with what stands in them, what waits first."""
    told = Comment.objects.filter(dossier=dossier).aggregate(
        **{code: Count("pk", filter=which) for code, which in COMMENTS.items()}
    )
    told |= SiteVisit.objects.filter(dossier=dossier).aggregate(
        **{code: Count("pk", filter=which) for code, which in VISITS.items()}
    )
    return [Heard(code, title, told[code]) for code, title in TITLES.items()]


def comments(dossier: Dossier, code: str) -> QuerySet[Comment]:
    """The comments of one list."""
    return Comment.objects.filter(COMMENTS[code], dossier=dossier)


def visits(dossier: Dossier, code: str, number: str | None) -> Page[SiteVisit]:
    """A page of what was seen on site."""
    rows = SiteVisit.objects.filter(VISITS[code], dossier=dossier)
    return Paginator(rows, PAGE).get_page(number)


def texts(rows: QuerySet[Comment], number: str | None) -> Page[Any]:
    """A page of texts: what was sent most often first, then by the day on which it first came."""
    counted = rows.values("body").annotate(
        count=Count("pk"), named=Count("pk", filter=~Q(name="")), first_on=Min("sent_on")
    )
    page: Page[Any] = Paginator(counted.order_by("-count", "first_on", "body"), PAGE).get_page(
        number
    )
    page.object_list = [_text(rows, each) for each in page.object_list]
    return page


def _text(rows: QuerySet[Comment], told: Mapping[str, Any]) -> Text:
    same = rows.filter(body=told["body"])
    one = same.values_list("pk", flat=True)[0]
    few = 0 < told["named"] <= MOST_NAMES
    names = same.exclude(name="").values_list("name", flat=True).order_by("name") if few else ()
    return Text(one=one, names=tuple(names), **told)


def one_by_one(rows: QuerySet[Comment], text: UUID, number: str | None) -> Page[Comment] | None:
    """A page of the comments that have one text; None where the list has no such text."""
    body = rows.filter(pk=text).values_list("body", flat=True).first()
    if body is None:
        return None
    same = rows.filter(body=body).order_by("name", "sent_on", "pk")
    return Paginator(same, ONE_BY_ONE).get_page(number)
