"""Finding a case by the words of a name, an agency or its number, without reading any text.

Only an officer's key can write or ask search words; a case that was handed over is indexed when an
officer of the receiving organ first searches.
"""

from __future__ import annotations

from django.db.models import QuerySet

from timbang.cases import vault, words
from timbang.cases.models import Case, CaseKey, SearchToken
from timbang.cases.vault import Desk


def search(desk: Desk, text: str) -> QuerySet[Case]:
    """Cases of this organ in which every word of the text occurs as a search word."""
    index_missing(desk)
    found = Case.objects.held_by(desk.organ)
    tokens = words.tokens(words.search_key(desk.private), words.words(text))
    if not tokens:
        return found.none()
    for token in tokens:
        having = SearchToken.objects.filter(organ=desk.organ, token=token)
        found = found.filter(pk__in=having.values("case"))
    return found


def index_missing(desk: Desk) -> None:
    """Index cases that were handed over: only an officer with the key can write their words."""

    for key in CaseKey.objects.filter(organ=desk.organ, indexed=False).select_related("case"):
        index(key.case, desk)


def index(case: Case, by: Desk) -> None:
    """Write the keyed search words of a case for the officer's organ anew."""
    found = set(words.words(case.number))
    key = vault.case_key(case, by)
    for row in case.accused.all():
        person = vault.open_person(key, row)
        found |= words.words(f"{person.name} {person.post} {person.agency}")
    tokens = words.tokens(words.search_key(by.private), found)
    SearchToken.objects.filter(case=case, organ=by.organ).delete()
    SearchToken.objects.bulk_create(
        # In the order of the digests: the order of the words says nothing.
        SearchToken(case=case, organ=by.organ, token=token)
        for token in sorted(tokens)
    )
    CaseKey.objects.filter(case=case, organ=by.organ).update(indexed=True)
