"""Ask every norm of the catalogue about one act: does it apply, does it not, or is that unknown?

The law is that of the day of the act. An unknown answer names the facts that could still change it,
and the doubts that no fact can settle; with fewer facts an answer never turns into another one, it
only becomes unknown. The result proposes; people decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from functools import lru_cache
from typing import Final, Literal

from timbang.law.bilingual import Bilingual
from timbang.law.conditions import Answer, Known, together
from timbang.law.norms import Authority, Catalogue, Doubt, Norm, Sanction, catalogue
from timbang.law.refusal import Refusal
from timbang.law.vocabulary import FACTS, FIRST_DAY, LAST_DAY, MOST, Fact

Applies = Literal["yes", "no", "unknown"]
_APPLIES: Final[Mapping[bool | None, Applies]] = {True: "yes", False: "no", None: "unknown"}
# Others have a superior of their own to turn to; who works beside the PNS stays with the employer.
_NOT_BOUND: Final[Mapping[str, str]] = {
    "PPPK": "pppk_not_bound",
    "CPNS": "cpns_not_named",
    "PPNPN": "ppnpn_by_analogy",
}
Value = str | bool | int | date | frozenset[str]
_ORDER: Final = {key: place for place, key in enumerate(FACTS)}


class FactsError(Refusal):
    """The facts cannot be read: `key` names the fact, `message` what was wrong and is allowed."""

    def __init__(self, key: str, message: Bilingual) -> None:
        super().__init__(message)
        self.key = key


@dataclass(frozen=True, slots=True)
class Finding:
    """What one norm answers; `sanctions` is the range, from light to heavy, as far as known.

    `missing` are the facts that could still change the answer or narrow the range of sanctions.
    """

    norm: str
    title: Bilingual
    conduct: Bilingual
    applies: Applies
    missing: tuple[str, ...]
    sanctions: tuple[Sanction, ...]
    authority: str
    authority_label: Bilingual | None
    citations: tuple[str, ...]
    level: str
    may_propose: bool
    doubts: tuple[Doubt, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "norm": self.norm,
            "applies": self.applies,
            "missing": list(self.missing),
            "sanctions": [
                {
                    "level": sanction.level,
                    "kind": sanction.kind,
                    "title": sanction.title.as_json(),
                    "citation": sanction.citation,
                }
                for sanction in self.sanctions
            ],
            "authority": self.authority,
            "citations": list(self.citations),
            "level": self.level,
            "doubts": [{"code": doubt.code, **doubt.text.as_json()} for doubt in self.doubts],
        }


def evaluate(facts: Mapping[str, object], laws: Catalogue | None = None) -> list[Finding]:
    """One finding per norm, in the order of the catalogue; raises `FactsError` for bad facts.

    `facts` has keys of `vocabulary.FACTS`: days as `date` or ISO text, flags as booleans, codes as
    text, lists of codes as any collection. A fact that is absent or None is not known.
    """
    laws = catalogue() if laws is None else laws
    known, seen = check_facts(facts), dict[str, Answer]()
    return [_finding(norm, known, seen, laws) for norm in laws.norms.values()]


def check_facts(facts: Mapping[str, object]) -> Known:
    """The facts in one form; raises `FactsError` for a key or value outside the vocabulary."""
    known: dict[str, Value] = {}
    for key, value in facts.items():
        fact = FACTS.get(key)
        if fact is None:
            raise _unknown_key(key)
        if value is not None:
            known[key] = _READ[fact.type](fact, value)
    return known


# --- one norm -------------------------------------------------------------------------------------


def _finding(norm: Norm, known: Known, seen: dict[str, Answer], laws: Catalogue) -> Finding:
    answer, reason = _applies(norm, known, seen)
    act_on = known.get("act_on")
    day = act_on if isinstance(act_on, date) else None
    missing, sanctions = answer.missing, tuple[Sanction, ...]()
    doubts: tuple[str, ...] = reason
    authority: Authority | None = None
    if answer.value is not False:
        missing, sanctions, of_sanctions = _range(norm, known, seen, missing)
        authority, of_authority = _authority(norm, known, day)
        doubts = _unique(
            *sorted(answer.doubts),
            *_reaching_back(norm, day),
            *norm.doubts,
            *of_sanctions,
            *of_authority,
        )
    return Finding(
        norm=norm.id,
        title=norm.title,
        conduct=norm.conduct,
        applies=_APPLIES[answer.value],
        missing=_in_order(missing),
        sanctions=sanctions,
        authority=str(authority) if authority else "",
        authority_label=authority.label if authority else None,
        citations=norm.citations_on(day),
        level=norm.level,
        may_propose=norm.may_propose,
        doubts=tuple([laws.doubts[code] for code in doubts]),
    )


def _applies(norm: Norm, known: Known, seen: dict[str, Answer]) -> tuple[Answer, tuple[str, ...]]:
    """Conduct first: only where it may fit is it worth saying that a norm binds others or ended."""
    conduct = norm.when.test(known, seen)
    if conduct.value is False:
        return conduct, ()
    valid = norm.valid.test(known, seen)
    if valid.value is False:
        return valid, ("not_in_force",)
    bound = norm.bound.test(known, seen)
    if bound.value is False:
        return bound, (_NOT_BOUND.get(str(known["status"]), "not_bound"),)
    unknown = tuple([part for part in (conduct, bound, valid) if part.value is None])
    return (together(unknown) if unknown else conduct), ()


def _range(
    norm: Norm, known: Known, seen: dict[str, Answer], missing: frozenset[str]
) -> tuple[frozenset[str], tuple[Sanction, ...], tuple[str, ...]]:
    """The sanctions that the law may provide on what is known, and what would narrow them down."""
    kinds: list[Sanction] = []
    doubts: list[str] = []
    for choice in norm.choices:
        if choice.when is not None:
            answer = choice.when.test(known, seen)
            if answer.value is False:
                continue
            missing |= answer.missing
            doubts += sorted(answer.doubts)
        kinds += [kind for kind in choice.set.kinds if kind not in kinds]
        doubts += choice.set.doubts
    return missing, tuple(kinds), tuple(doubts)


def _authority(
    norm: Norm, known: Known, day: date | None
) -> tuple[Authority | None, tuple[str, ...]]:
    """The authority of the day of handling; without it that of the act, said so if it changed."""
    decided = known.get("decided_on")
    on = decided if isinstance(decided, date) else day
    entry = norm.authority_on(on) if on is not None else None
    if entry is None:
        return None, ()
    changed = decided is None and entry is not norm.authority[-1]
    return entry, (*entry.doubts, "authority_changed") if changed else entry.doubts


def _reaching_back(norm: Norm, day: date | None) -> tuple[str, ...]:
    doubt = norm.instrument.earlier_doubt
    return (doubt,) if doubt and day is not None and day < norm.valid_from else ()


def _unique(*codes: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


@lru_cache(maxsize=1024)
def _in_order(missing: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(missing, key=_ORDER.__getitem__))


# --- checking facts -------------------------------------------------------------------------------


def _day(fact: Fact, value: object) -> date:
    day = value
    if isinstance(value, str):
        try:
            day = date.fromisoformat(value) if len(value) == 10 else None
        except ValueError:
            day = None
    if not isinstance(day, date) or isinstance(day, datetime):
        raise _bad_value(fact, value, "hari, YYYY-MM-DD", "a day, YYYY-MM-DD")
    if not FIRST_DAY <= day <= LAST_DAY:
        span = f"{FIRST_DAY.isoformat()} - {LAST_DAY.isoformat()}"
        raise _bad_value(fact, value, span, span)
    return day


def _flag(fact: Fact, value: object) -> bool:
    if not isinstance(value, bool):
        raise _bad_value(fact, value, "true, false", "true, false")
    return value


def _choice(fact: Fact, value: object) -> str:
    if not isinstance(value, str) or value not in fact.choices:
        raise _bad_value(fact, value, ", ".join(fact.choices), ", ".join(fact.choices))
    return value


def _choices(fact: Fact, value: object) -> frozenset[str]:
    if isinstance(value, str | Mapping) or not isinstance(value, Iterable):
        allowed = ", ".join(fact.choices)
        raise _bad_value(fact, value, f"daftar dari: {allowed}", f"a list of: {allowed}")
    return frozenset(_choice(fact, item) for item in value)


def _number(fact: Fact, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
        raise _bad_value(fact, value, f"bilangan bulat, 0 - {MOST}", f"a whole number, 0 - {MOST}")
    return value


_READ: Final[Mapping[str, Callable[[Fact, object], Value]]] = {
    "day": _day,
    "flag": _flag,
    "choice": _choice,
    "choices": _choices,
    "number": _number,
}


def _unknown_key(key: object) -> FactsError:
    name = str(key)[:60]
    close = get_close_matches(name, FACTS, n=1)
    allowed = ", ".join(FACTS)
    return FactsError(
        name,
        Bilingual(
            f"Fakta '{name}' tidak dikenal{f'; mungkin {close[0]}' if close else ''}. "
            f"Yang dikenal: {allowed}",
            f"There is no fact '{name}'{f'; perhaps {close[0]}' if close else ''}. "
            f"Allowed: {allowed}",
        ),
    )


def _bad_value(fact: Fact, value: object, allowed_id: str, allowed_en: str) -> FactsError:
    shown = str(value)[:60]
    return FactsError(
        fact.key,
        Bilingual(
            f"Fakta '{fact.key}' tidak boleh '{shown}'. Yang boleh: {allowed_id}",
            f"Fact '{fact.key}' cannot be '{shown}'. Allowed: {allowed_en}",
        ),
    )
