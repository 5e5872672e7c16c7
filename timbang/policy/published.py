"""The entries that everybody may open, as this installation has them: for the files and the pages.

Only the acts that carry the score have a row here; nothing else of the log is opened by it. A page
counts what has its place in the log, as the command does that reads the files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from timbang.accounts.models import Organ
from timbang.ledger import actions as ledger
from timbang.policy import openings, score
from timbang.policy.models import OpenEntry
from timbang.policy.score import Entry, Score

ROWS_AT_ONCE: Final = 2_000
PLACED: Final = Q(entry__position__isnull=False)


@dataclass(frozen=True, slots=True)
class Month:
    """A month that has a file: how many entries it opens, and how many of them wait for a place."""

    code: str
    entries: int
    waiting: int


def months() -> list[Month]:
    """All months that have a file, the newest first."""
    rows = OpenEntry.objects.order_by().annotate(month=TruncMonth("entered_on")).values("month")
    counted = rows.annotate(entries=Count("pk"), waiting=Count("pk", filter=~PLACED))
    return [
        Month(f"{row['month']:%Y-%m}", row["entries"], row["waiting"])
        for row in counted.order_by("-month")
    ]


def has(month: str) -> bool:
    return _of(month).exists()


def lines(month: str) -> Iterator[str]:
    """The file of a month, line by line; see `policy.openings`."""
    count = 0
    yield openings.head(month)
    rows = _of(month).select_related("entry").order_by("pk")
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield openings.line(row.entry.position, ledger.opening(row.entry))
        count += 1
    yield openings.tail(count)


def _of(month: str) -> QuerySet[OpenEntry]:
    year, number = (int(part) for part in month.split("-"))
    first = date(year, number, 1)
    after = date(year + number // 12, number % 12 + 1, 1)
    return OpenEntry.objects.filter(entered_on__gte=first, entered_on__lt=after)


@dataclass(frozen=True, slots=True)
class Scored:
    """An office and its score; `waiting` entries have no place in the log yet and do not count."""

    organ: Organ
    score: Score
    waiting: int


def score_of(organ: Organ, on: date) -> Scored:
    """The score of one office, from its entries that have a place in the log."""
    rows = OpenEntry.objects.filter(organ=organ)
    placed = rows.filter(PLACED).count()
    return Scored(organ, _score(organ.pk, organ.code, placed, on), rows.count() - placed)


def scores(on: date) -> list[Scored]:
    """The scores of all offices of which anything is open, by name: never by rank."""
    rows = OpenEntry.objects.order_by().values("organ")
    counted = rows.annotate(placed=Count("pk", filter=PLACED), whole=Count("pk"))
    found = {row["organ"]: (row["placed"], row["whole"]) for row in counted}
    organs = Organ.objects.filter(pk__in=found).order_by("name", "code")
    return [
        Scored(
            organ,
            _score(organ.pk, organ.code, found[organ.pk][0], on),
            found[organ.pk][1] - found[organ.pk][0],
        )
        for organ in organs
    ]


@lru_cache(maxsize=1_000)
def _score(organ: UUID, code: str, _placed: int, on: date) -> Score:
    """Kept while no more entries of this office have got a place: a placed entry never changes."""
    return score.score(code, entries_of(organ), on)


def entries_of(organ: UUID) -> list[Entry]:
    """The placed entries of an office, as the score reads them."""
    rows = OpenEntry.objects.filter(PLACED, organ=organ).select_related("entry")
    return [
        openings.entry_of(
            f"entry {row.entry.position}",
            {"act": row.entry.act, "body": row.entry.body, "on": row.entry.made_on.isoformat()},
        )
        for row in rows.order_by("serial").iterator(chunk_size=ROWS_AT_ONCE)
    ]
