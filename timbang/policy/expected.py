"""Which documents one would expect of a policy, stage by stage, and what is known of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from timbang.law import policy
from timbang.law.bilingual import Bilingual
from timbang.policy import facts
from timbang.policy.models import Dossier, Found, Piece


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as it stands, what it shows, and what stood there before it was put right."""

    piece: Piece
    shows: tuple[Bilingual, ...]
    earlier: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """A kind of document: those that are there, or that it was sought and is missing; neither:
    nobody looked."""

    kind: str
    title: Bilingual
    found: tuple[Paper, ...]
    missing: tuple[Paper, ...]
    not_sought: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage with its kinds of document, and how many of them are there or missing."""

    code: str
    title: Bilingual
    kinds: tuple[Expected, ...]

    @property
    def looked_for(self) -> tuple[Expected, ...]:
        return tuple(kind for kind in self.kinds if kind.found or kind.missing)

    @property
    def not_looked_for(self) -> tuple[Expected, ...]:
        return tuple(kind for kind in self.kinds if not kind.found and not kind.missing)

    @property
    def there(self) -> int:
        return sum(bool(kind.found) for kind in self.kinds)

    @property
    def missing(self) -> int:
        return sum(bool(kind.missing) and not kind.found for kind in self.kinds)


def expected(dossier: Dossier) -> list[Stage]:
    """All kinds of document by stage, also those for which nobody looked."""
    rows = list(dossier.pieces.select_related("line"))
    by_id = {row.pk: row for row in rows}
    replaced = {row.replaces_id for row in rows}
    standing = [_paper(row, by_id) for row in rows if row.pk not in replaced]
    return [
        Stage(
            stage,
            word.title,
            tuple(
                _expected(kind, document.title, standing)
                for kind, document in policy.DOCUMENTS.items()
                if document.stage == stage
            ),
        )
        for stage, word in policy.STAGES.items()
    ]


def _expected(kind: str, title: Bilingual, standing: list[Paper]) -> Expected:
    def of(state: str) -> tuple[Paper, ...]:
        return tuple(p for p in standing if p.piece.kind == kind and p.piece.state == state)

    return Expected(kind, title, of(Found.FOUND), of(Found.MISSING), of(Found.NOT_SOUGHT))


def _paper(piece: Piece, by_id: Mapping[Any, Piece]) -> Paper:
    earlier, before = [], piece.replaces_id
    while before is not None:
        earlier.append(by_id[before])
        before = by_id[before].replaces_id
    shows = tuple(facts.MARKS[code].title for code in piece.shows if code in facts.MARKS)
    return Paper(piece, shows, tuple(earlier))
