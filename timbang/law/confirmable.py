"""What a legal officer can confirm: norms and terms that rest on less than two sources.

Such a norm or term informs and reminds. It drives a default proposal, or a public "late", only once
an organ's legal officer has read the official text and says so on the record. What he confirms is
this text of the catalogue, so each item carries a hash: after a correction he must look again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from timbang.law.bilingual import Bilingual
from timbang.law.norms import Norm, catalogue
from timbang.law.procedure import Procedure, Step, procedures
from timbang.law.steps import OURS, Term, length_told, plain
from timbang.law.vocabulary import SURE

ItemKind = Literal["norm", "term"]


@dataclass(frozen=True, slots=True)
class Item:
    """One norm or term below the level that acts by itself; `procedure` is the term's own."""

    id: str
    kind: ItemKind
    title: Bilingual
    says: Bilingual
    citations: tuple[str, ...]
    level: str
    sources: tuple[str, ...]
    hash: str
    procedure: str | None


@cache
def items() -> Mapping[str, Item]:
    """Everything that waits for a legal officer, by id, norms first."""
    found = [_of_norm(key, norm) for key, norm in catalogue().norms.items() if not norm.may_propose]
    for procedure in procedures().values():
        for rules in (procedure, *(procedure.track(track.code) for track in procedure.tracks)):
            found += [of_term(rules, step) for step in rules.steps if is_unsure(step)]
    return MappingProxyType({item.id: item for item in found})


def is_unsure(step: Step) -> bool:
    """Whether the step's term is told as law or practice without enough behind it."""
    term = step.term
    return term is not None and term.kind not in OURS and term.level not in SURE


def _of_norm(key: str, norm: Norm) -> Item:
    return Item(
        id=f"norm:{key}",
        kind="norm",
        title=norm.title,
        says=norm.conduct,
        citations=tuple(citation.text for citation in norm.citations),
        level=norm.level,
        sources=norm.sources,
        hash=norm.hash,
        procedure=None,
    )


def of_term(procedure: Procedure, step: Step) -> Item:
    """The item of a step's term, as this version of the procedure tells it.

    A side track is its own procedure here (`procedure.track`). Raises `ValueError` for a step
    without a term.
    """
    term = step.term
    if term is None:
        raise ValueError(f"{procedure.id}/{step.code} has no term")
    return Item(
        id=f"term:{procedure.id}/{step.code}",
        kind="term",
        title=step.title,
        says=_told(procedure, term),
        citations=(term.citation or "",),
        level=term.level,
        sources=(),
        hash=_hash({"procedure": procedure.id, "step": step.code, "term": plain(term)}),
        procedure=procedure.id,
    )


def _told(procedure: Procedure, term: Term) -> Bilingual:
    length = length_told(term.length, term.unit)
    return Bilingual(
        f"{procedure.title.id}: {length.id}",
        f"{procedure.title.en}: {length.en}",
    )


def _hash(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
