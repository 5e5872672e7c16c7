"""The entries that everybody may open, as this installation has them: for the files and the pages.

Only the acts that carry the score have a row here; nothing else of the log is opened by it. A page
counts what has its place in the log, as the command does that reads the files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
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
from timbang.policy.models import Clearer, Dossier, Mode, OpenEntry
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
    """The score of one office, from its entries and those of who cleared for it, that have a place
    in the log."""
    rows = OpenEntry.objects.filter(organ=organ)
    placed = rows.filter(PLACED).count()
    outside = _outside([organ.pk]).get(organ.pk, ())
    return Scored(organ, _score(organ.pk, organ.code, placed, outside, on), rows.count() - placed)


def scores(on: date) -> list[Scored]:
    """The scores of all offices of which anything is open, by name: never by rank."""
    rows = OpenEntry.objects.order_by().values("organ")
    counted = rows.annotate(placed=Count("pk", filter=PLACED), whole=Count("pk"))
    found = {row["organ"]: (row["placed"], row["whole"]) for row in counted}
    organs = Organ.objects.filter(pk__in=found).order_by("name", "code")
    outside = _outside(found)
    return [
        Scored(
            organ,
            _score(organ.pk, organ.code, found[organ.pk][0], outside.get(organ.pk, ()), on),
            found[organ.pk][1] - found[organ.pk][0],
        )
        for organ in organs
    ]


@lru_cache(maxsize=1_000)
def _score(organ: UUID, code: str, _placed: int, outside: tuple[Entry, ...], on: date) -> Score:
    """Kept while no more entries of this office, or about it, have got a place: a placed entry
    never changes."""
    return score.score(code, [*entries_of(organ), *outside], on)


def _outside(organs: Iterable[UUID]) -> dict[UUID, tuple[Entry, ...]]:
    """For each of these offices the clearances that others gave in its dossiers."""
    numbers = Dossier.objects.filter(organ__in=organs, mode=Mode.OFFICE)
    owner = dict(numbers.values_list("number", "organ"))
    newest = _done_by_clearers().order_by("-entry__position").values_list("entry__leaf").first()
    found: dict[UUID, list[Entry]] = defaultdict(list)
    for entry in _cleared(bytes(newest[0])) if newest else ():
        if entry.dossier in owner:
            found[owner[entry.dossier]].append(entry)
    return {organ: tuple(each) for organ, each in found.items()}


def _done_by_clearers() -> QuerySet[OpenEntry]:
    clearers = Clearer.objects.order_by().values("organ")
    return OpenEntry.objects.filter(PLACED, organ__in=clearers, entry__act=score.DONE)


@lru_cache(maxsize=4)
def _cleared(_newest: bytes) -> tuple[Entry, ...]:
    """All that was done at a step of clearance; kept while no more of it has got a place."""
    rows = _done_by_clearers()
    return tuple(each for each in _entries(rows) if each.step in score.CLEARANCES)


def entries_of(organ: UUID) -> list[Entry]:
    """The placed entries of an office, as the score reads them."""
    return _entries(OpenEntry.objects.filter(PLACED, organ=organ).order_by("serial"))


def _entries(rows: QuerySet[OpenEntry]) -> list[Entry]:
    return [
        openings.entry_of(
            f"entry {row.entry.position}",
            {"act": row.entry.act, "body": row.entry.body, "on": row.entry.made_on.isoformat()},
        )
        for row in rows.select_related("entry").iterator(chunk_size=ROWS_AT_ONCE)
    ]
