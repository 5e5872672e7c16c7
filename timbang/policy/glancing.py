"""The five aspects of one dossier at a glance: the table, and where this dossier stands in it.

For `policy/aspects.html`, which the desk and the public page of a dossier both show.
"""

from __future__ import annotations

from dataclasses import dataclass

from timbang.law import policy
from timbang.law.bilingual import Bilingual
from timbang.policy import facts, gathering
from timbang.policy.models import Dossier


@dataclass(frozen=True, slots=True)
class Cell:
    """What a column commonly says of an aspect, and by which facts the dossier stands in it."""

    head: policy.Head
    words: Bilingual
    facts: tuple[Bilingual, ...]

    @property
    def here(self) -> bool:
        return bool(self.facts)


@dataclass(frozen=True, slots=True)
class Row:
    """One aspect; `not_known` are facts that could place the dossier in another column too."""

    title: Bilingual
    cells: tuple[Cell, ...]
    not_known: tuple[Bilingual, ...]
    nowhere: bool


@dataclass(frozen=True, slots=True)
class Glance:
    heads: tuple[policy.Head, ...]
    rows: tuple[Row, ...]
    path: Bilingual
    path_code: str


def of(dossier: Dossier) -> Glance:
    """Where a dossier stands, counted anew from its rows."""
    return at(gathering.record_of(dossier))


def at(record: facts.Record) -> Glance:
    found = facts.facts_of(record)
    code = policy.path_of(found)
    rows = tuple(_row(placing) for placing in policy.placed(found))
    return Glance(tuple(policy.COLUMNS.values()), rows, policy.PATHS[code], code)


def _row(placing: policy.Placing) -> Row:
    aspect = policy.ASPECTS[placing.aspect]
    stands = {placed.column: placed.facts for placed in placing.columns}
    cells = tuple(
        Cell(head, aspect.columns[column], stands.get(column, ()))
        for column, head in policy.COLUMNS.items()
    )
    return Row(
        aspect.title, cells, placing.not_known, not placing.columns and not placing.not_known
    )
