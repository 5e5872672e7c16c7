"""A promise with the dossiers that came of it, and what their rows say about results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from timbang.accounts.codes import NATIONAL
from timbang.accounts.models import Organ
from timbang.law import policy, service
from timbang.law.bilingual import Bilingual
from timbang.policy import addresses, gathering, promising
from timbang.policy.models import Dossier, Found, Promise
from timbang.policy.promising import Beside, Outcome, Target
from timbang.registry import places


@dataclass(frozen=True, slots=True)
class Came:
    """A dossier that a promise led to; `slug` is its public address, "" for one not published."""

    dossier: Dossier
    slug: str
    path: Bilingual
    outcomes: tuple[Beside, ...]
    duties: tuple[Bilingual, ...]
    groups: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a page shows of a promise. `region` is "" for the whole country."""

    promise: Promise
    region: str
    duties: tuple[Bilingual, ...]
    groups: tuple[Bilingual, ...]
    dossiers: tuple[Came, ...]


def told(promise: Promise, *, of: Organ | None = None) -> Told:
    """A promise with its dossiers: the published ones, and those that this office writes."""
    links = promise.links.select_related("dossier__organ").order_by("line__done_on")
    rows = [link.dossier for link in links]
    seen = [row for row in rows if row.is_public or (of is not None and row.organ_id == of.pk)]
    target = Target(promise.measure, promise.target, promise.due_on)
    country = promise.region_code == NATIONAL
    return Told(
        promise,
        "" if country else places.codes().get(promise.region_code, promise.region_code),
        _words(promise.duties, service.DUTIES),
        _words(promise.groups, service.GROUPS),
        tuple(_came(row, target) for row in seen),
    )


def _words(codes: list[str], words: object) -> tuple[Bilingual, ...]:
    known: dict[str, Bilingual] = dict(words)  # type: ignore[call-overload]
    return tuple(known[code] for code in codes if code in known)


def _came(row: Dossier, target: Target) -> Came:
    back = row.retracted_on is not None
    return Came(
        row,
        addresses.slug_of(row.number) if row.is_public else "",
        policy.PATHS[policy.path_of(gathering.facts_of(row))],
        () if back else promising.beside(target, _outcomes(row)),
        _words(row.duties, service.DUTIES),
        _words(row.groups, service.GROUPS),
    )


def _outcomes(row: Dossier) -> Iterator[Outcome]:
    """Milestones that are done or promise a number; and documents that tell what came of it."""
    for goal in row.milestones.all():
        yield Outcome(
            title=goal.title, measure=goal.measure, target=goal.target, result=goal.result,
            on=goal.done_on, due_on=goal.due_on, spent=goal.spent, says=goal.says,
        )  # fmt: skip
    for piece in gathering.standing(row.pieces.all()):
        told = ("progress", "completion", "result", "audit", "evaluation")
        if piece.state == Found.FOUND and piece.kind in told:
            yield Outcome(
                title=piece.title, on=piece.issued_on, spent=None, says=piece.says,
                source=piece.source, url=piece.url,
            )  # fmt: skip
