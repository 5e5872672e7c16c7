"""What each kind of report is asked: the intake shows these inputs and sends no others.

A reporter who does not know the kind says so: the office decides, and he is asked everything, so
that nothing is lost by his not knowing.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from timbang.law.vocabulary import CONDUCTS, CONDUCTS_OF, REPORT_KINDS

# How a report keeps "I do not know"; in a form, where empty means not chosen, it has a word.
NOT_KNOWN: Final = ""
NOT_KNOWN_WORD: Final = "unknown"
FIRST: Final = "neutrality"

_ELECTION: Final = ("learned_on", "contest_kind", "side_direction", "side_kind", "side_name")
_ORDERS: Final = ("ordered_by", "means")
_DISCIPLINE: Final = ("absent_workdays", "valid_reason", "impact")
_SERVICE: Final = ("service", "served_on", "treated_worse", "complained_first", "complained_on",
                   "wanted")  # fmt: skip
# Every other input is asked of every report.
OF_SOME_KINDS: Final = (*_ELECTION, *_ORDERS, *_DISCIPLINE, *_SERVICE)

_ASKED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "neutrality": frozenset((*_ELECTION, *_ORDERS)),
        "discipline": frozenset((*_DISCIPLINE, *_ORDERS)),
        "service": frozenset(_SERVICE),
        "maladministration": frozenset(_SERVICE),
    }
)


def read(word: str) -> str:
    """The kind that a form brought back; an odd word is the first kind, as on a new form."""
    if word == NOT_KNOWN_WORD:
        return NOT_KNOWN
    return word if word in REPORT_KINDS else FIRST


def word_of(kind: str) -> str:
    """The kind as a form carries it."""
    return kind or NOT_KNOWN_WORD


def asks(kind: str) -> frozenset[str]:
    """Which of the inputs that not every report has are asked of this kind."""
    return _ASKED.get(kind, frozenset(OF_SOME_KINDS))


def conducts(kind: str) -> tuple[str, ...]:
    """What a report of this kind may be about."""
    return CONDUCTS_OF.get(kind, tuple(CONDUCTS))


def groups() -> Mapping[str, tuple[str, ...]]:
    """All conducts for whoever does not know the kind: each once, under the first kind that has
    it; what is in no words of ours comes last, under no kind."""
    found: dict[str, tuple[str, ...]] = {}
    seen: set[str] = {"other"}
    for kind, codes in CONDUCTS_OF.items():
        fresh = tuple(code for code in codes if code not in seen)
        seen.update(fresh)
        if fresh:
            found[kind] = fresh
    return found


def likely(kind: str, conduct: tuple[str, ...]) -> str:
    """The kind under which an office may take a report up: the one told, else the first whose
    conducts it names."""
    if kind in REPORT_KINDS:
        return kind
    named = set(conduct) - {"other"}
    fits = (code for code, codes in CONDUCTS_OF.items() if named & set(codes))
    return next(fits, FIRST)
