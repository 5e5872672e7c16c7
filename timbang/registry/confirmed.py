"""What the other rooms ask of confirmations: may this norm drive a proposal, this term a "late"?

Two questions with two answers. A default proposal is the organ's own: only its own legal officer's
confirmation counts. A public "late" speaks of an organ: there any organ's confirmation counts,
for an organ that never confirms must not escape being late. See decision 0015.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from timbang.accounts.models import Organ
from timbang.law import confirmable
from timbang.law.confirmable import Item
from timbang.law.procedure import Procedure, Step
from timbang.registry.models import ArticleConfirmation

NORM = "norm:"


@dataclass(frozen=True)
class Standing:
    """An item and the confirmations of its present text; `stale` are those of an older text."""

    item: Item
    confirmations: tuple[ArticleConfirmation, ...]
    stale: tuple[ArticleConfirmation, ...]


def norms(organ: Organ) -> frozenset[str]:
    """Keys of the norms that this organ's legal officer confirmed as they are today."""
    rows = ArticleConfirmation.objects.standing().filter(organ=organ, item__startswith=NORM)
    return frozenset(row.item.removeprefix(NORM) for row in rows if _is_present(row))


def term_counts(procedure: Procedure, step: Step) -> bool:
    """Whether a step's term is sure enough for a public "late".

    The term is that of the case's own version: sure in itself, or confirmed word for word by some
    organ's legal officer.
    """
    if not confirmable.is_unsure(step):
        return True
    item = confirmable.of_term(procedure, step)
    rows = ArticleConfirmation.objects.standing()
    return rows.filter(item=item.id, text_hash=item.hash).exists()


def standing() -> list[Standing]:
    """Everything that waits for legal officers, with who confirmed it."""
    found: dict[str, list[ArticleConfirmation]] = {}
    for row in ArticleConfirmation.objects.standing().select_related("organ"):
        found.setdefault(row.item, []).append(row)
    return [_standing(item, found.get(item.id, ())) for item in confirmable.items().values()]


def of_items(ids: Collection[str]) -> dict[str, tuple[ArticleConfirmation, ...]]:
    """Who confirmed these items as they are today; an item that nobody confirmed is left out."""
    rows = ArticleConfirmation.objects.standing().filter(item__in=ids).select_related("organ")
    found: dict[str, tuple[ArticleConfirmation, ...]] = {}
    for row in rows.order_by("confirmed_on", "organ__name"):
        if _is_present(row):
            found[row.item] = (*found.get(row.item, ()), row)
    return found


def _standing(item: Item, rows: Iterable[ArticleConfirmation]) -> Standing:
    present = tuple(row for row in rows if row.text_hash == item.hash)
    return Standing(item, present, tuple(row for row in rows if row not in present))


def _is_present(row: ArticleConfirmation) -> bool:
    item = confirmable.items().get(row.item)
    return item is not None and item.hash == row.text_hash
