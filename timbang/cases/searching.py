"""Finding a case by the words of a name, an agency or its number, without reading any text.

Only an officer's key can write or ask search words; a case that was handed over is indexed when an
officer of the receiving organ first searches. What a search costs has a bound however many cases
there are: it follows its rarest word, the newest cases first, and says when it stopped early.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from timbang.cases import cleared, lists, vault, words
from timbang.cases.models import Case, CaseKey, SearchToken
from timbang.cases.vault import Desk

# How many rows a search walks along its rarest word, and how many new cases it indexes before.
MOST_WALKED = 20_000
MOST_INDEXED = 200


@dataclass(frozen=True, slots=True)
class Found:
    """The newest cases in which every word occurs; `more` when there may be older ones."""

    cases: tuple[Case, ...]
    more: bool


def find(desk: Desk, text: str, *, most: int) -> Found:
    """The cases of this organ in which every word of the text occurs as a search word."""
    left = index_missing(desk, MOST_INDEXED)
    tokens = words.tokens(words.search_key(desk.private), words.words(text))
    if not tokens:
        return Found((), more=False)
    keys, cut = _keys_with(tokens, most)
    rows = lists.open_to(desk.officer).filter(pk__in=keys).order_by("-pk")
    beside = ("case__holder", "case__keeper", "case__procedure")
    return Found(
        tuple(row.case for row in rows.select_related("case").prefetch_related(*beside)),
        more=cut or left,
    )


def _keys_with(tokens: Collection[bytes], most: int) -> tuple[list[int], bool]:
    """The newest keys on which all of these words hang, and whether there may be older ones."""
    rarest, *others = sorted(tokens, key=_how_often)
    rows = SearchToken.objects.filter(token=rarest).order_by("-key")
    # The last that is walked to and, if there is one, the first beyond it.
    end = list(rows.values_list("key", flat=True)[MOST_WALKED - 1 : MOST_WALKED + 1])
    within = Q(key__gte=end[0]) if end else Q()
    for token in others:
        beside = SearchToken.objects.filter(within, token=token, key=OuterRef("key"))
        rows = rows.filter(Exists(beside))
    found = list(rows.filter(within).values_list("key", flat=True)[: most + 1])
    return found[:most], len(found) > most or len(end) > 1


def _how_often(token: bytes) -> tuple[int, bytes]:
    """How many rows it has, as far as a search walks."""
    return SearchToken.objects.filter(token=token)[:MOST_WALKED].count(), token


def index_missing(desk: Desk, most: int = MOST_INDEXED) -> bool:
    """Index cases that were handed over: only an officer with the key can write their words.

    Whether some are left: a flood of them is taken up over several searches.
    """
    # The order names the index: by its figures alone PostgreSQL may read every key there is.
    missing = CaseKey.objects.filter(organ=desk.organ, indexed=False).order_by("pk")
    rows = list(missing.select_related("case")[: most + 1])
    with transaction.atomic():
        for key in rows[:most]:
            index(key.case, desk)
    return len(rows) > most


def index(case: Case, by: Desk) -> None:
    """Write the keyed search words of a case for the officer's organ anew; whoever was cleared is
    found by the number only."""
    held = CaseKey.objects.get(case=case, organ=by.organ)
    found = set(words.words(case.number))
    key, freed = vault.case_key(case, by), cleared.people(case)
    for row in case.accused.exclude(pk__in=freed):
        person = vault.open_person(key, row)
        found |= words.words(f"{person.name} {person.post} {person.agency}")
    tokens = words.tokens(words.search_key(by.private), found)
    SearchToken.objects.filter(key=held).delete()
    SearchToken.objects.bulk_create(
        # In the order of the digests: the order of the words says nothing.
        SearchToken(key=held, token=token)
        for token in sorted(tokens)
    )
    CaseKey.objects.filter(pk=held.pk).update(indexed=True)


def forget(case: Case) -> None:
    """No search finds the case any more, in no organ; it is indexed again only by `index`."""
    SearchToken.objects.filter(key__case=case).delete()
    CaseKey.objects.filter(case=case).update(indexed=True)
