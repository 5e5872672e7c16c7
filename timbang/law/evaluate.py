"""Ask every norm of the catalogue about one act: does it apply, does it not, or is that unknown?

The law is that of the day of the act. An unknown answer names the facts that could still change it,
and the doubts that no fact can settle; with fewer facts an answer never turns into another one, it
only becomes unknown. The result proposes; people decide.

Most norms need one of a few forms of conduct. Where the conduct is known, those that need another
one are not evaluated at all: their answer is `no`, and lies ready.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from typing import Final, Literal, NamedTuple
from weakref import WeakKeyDictionary

from timbang.law.bilingual import Bilingual
from timbang.law.conditions import INDEXED, NO, YES, Answer, Known, Test, together
from timbang.law.norms import Catalogue, Choice, Doubt, Norm, Sanction, catalogue
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
_DAY_UNKNOWN: Final = Answer(None, frozenset({"act_on"}))
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
    `judgements` are those among `doubts` that ask for a person's weighing.
    """

    norm: str
    area: str
    effect: str
    title: Bilingual
    conduct: Bilingual
    applies: Applies
    missing: tuple[str, ...]
    sanctions: tuple[Sanction, ...]
    authority: str
    authority_label: Bilingual | None
    citations: tuple[str, ...]
    valid_from: date
    valid_until: date | None
    level: str
    may_propose: bool
    doubts: tuple[Doubt, ...]
    judgements: tuple[Doubt, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "norm": self.norm,
            "area": self.area,
            "effect": self.effect,
            "applies": self.applies,
            "missing": list(self.missing),
            "sanctions": [sanction.as_json() for sanction in self.sanctions],
            "authority": self.authority,
            "citations": list(self.citations),
            "valid_from": self.valid_from.isoformat(),
            "valid_until": self.valid_until.isoformat() if self.valid_until else None,
            "level": self.level,
            "may_propose": self.may_propose,
            "doubts": [doubt.as_json() for doubt in self.doubts],
            "judgements": [doubt.code for doubt in self.judgements],
        }


def evaluate(
    facts: Mapping[str, object],
    laws: Catalogue | None = None,
    *,
    confirmed: Collection[str] = frozenset(),
    law_of: date | None = None,
) -> list[Finding]:
    """One finding per norm, in the order of the catalogue; raises `FactsError` for bad facts.

    `facts` has keys of `vocabulary.FACTS`: days as `date` or ISO text, flags as booleans, numbers
    as `int`, codes as text, lists of codes as any collection. A fact that is absent or None is
    not known. `confirmed` are the norms whose article a legal officer has confirmed: they may drive
    a proposal. `law_of` asks the law of another day than that of the act, everything else the same.
    """
    laws = catalogue() if laws is None else laws
    plan, known, seen = _plan(laws), check_facts(facts), dict[str, Answer]()
    found, conduct, day = list(plan.plain_no), known.get(INDEXED), known.get("act_on")
    days = _Days(day if isinstance(day, date) else None, law_of)
    places: Iterable[int] = range(len(found))
    if isinstance(conduct, frozenset):
        places = plan.may_apply(conduct)
        for place in plan.dated:
            found[place] = plan.no(place, days.act, None)
    for place in places:
        found[place] = _finding(plan, place, known, seen, days)
    return _with_confirmed(found, confirmed) if confirmed else found


def _with_confirmed(found: list[Finding], confirmed: Collection[str]) -> list[Finding]:
    return [
        replace(finding, may_propose=True)
        if finding.norm in confirmed and not finding.may_propose
        else finding
        for finding in found
    ]


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


# --- what lies ready ------------------------------------------------------------------------------

# What decides a finding beside the norm itself; the same few outcomes come again and again.
_Outcome = tuple[int, Answer, tuple[Answer, ...], "_Competence", tuple[str, ...] | None, bool]
_MOST_READY: Final = 200_000


class _Days(NamedTuple):
    """The day of the act, and the day whose law is asked where that is another one."""

    act: date | None
    law: date | None


@dataclass(frozen=True, slots=True, eq=False)
class _Competence:
    """Who is competent, and what must be said of it."""

    text: str
    label: Bilingual | None
    doubts: tuple[str, ...]


_NOBODY: Final = _Competence("", None, ())


class _Plan:
    """What is prepared of a catalogue: who needs which conduct, and every finding once made."""

    def __init__(self, laws: Catalogue) -> None:
        self.norms = tuple(laws.norms.values())
        self.doubts = laws.doubts
        self.by_conduct: dict[str, list[int]] = {}
        self.always: list[int] = []
        for place, norm in enumerate(self.norms):
            for code in norm.when.needs or ():
                self.by_conduct.setdefault(code, []).append(place)
            if norm.when.needs is None:
                self.always.append(place)
        self.not_applying: dict[tuple[int, str | None, tuple[str, ...]], Finding] = {}
        self.ready: dict[_Outcome, Finding] = {}
        self.cited = tuple(norm.citations_on(None) for norm in self.norms)
        # those whose citations depend on the day
        self.dated = tuple(
            place
            for place, norm in enumerate(self.norms)
            if any(item.valid_from or item.valid_until for item in norm.citations)
        )
        self.is_dated = frozenset(self.dated)
        self.plain_no = [self.no(place, None, None) for place in range(len(self.norms))]
        self.rows = tuple(
            _row(norm, place in self.is_dated) for place, norm in enumerate(self.norms)
        )
        # kept by its entry, so that findings of many days share it
        self.competences: dict[tuple[int, bool], _Competence] = {}
        self.competent: dict[tuple[int, date, bool], _Competence] = {}

    def may_apply(self, conduct: frozenset[str]) -> Iterable[int]:
        """The norms that this conduct does not rule out."""
        places = set(self.always)
        for code in conduct:
            places.update(self.by_conduct.get(code, ()))
        return places

    def citations(self, place: int, day: date | None) -> tuple[str, ...]:
        return self.norms[place].citations_on(day) if place in self.is_dated else self.cited[place]

    def no(self, place: int, day: date | None, reason: str | None) -> Finding:
        key = (place, reason, self.citations(place, day))
        found = self.not_applying.get(key)
        if found is None:
            doubts = (reason,) if reason else ()
            found = _told(self, place, (NO, (), _NOBODY, key[2]), frozenset(), (), doubts)
            self.not_applying[key] = found
        return found

    def competence(self, norm: Norm, known: Known, days: _Days) -> _Competence:
        """Who was competent on the day of decision, else on that of the act, said so if changed."""
        decided = known.get("decided_on")
        on = decided if isinstance(decided, date) else days.act
        if on is None:
            return _NOBODY
        key = (id(norm.authority), on, decided is None)
        found = self.competent.get(key)
        if found is None:
            if len(self.competent) > _MOST_READY:
                self.competent.clear()
            found = self.competent[key] = self.competence_on(norm, on, decided is None)
        return found

    def competence_on(self, norm: Norm, on: date, of_act: bool) -> _Competence:
        entry = norm.authority_on(on)
        if entry is None:
            return _NOBODY
        changed = of_act and entry is not norm.authority[-1]
        doubts = (*entry.doubts, "authority_changed") if changed else entry.doubts
        new = _Competence(str(entry), entry.label, doubts)
        return self.competences.setdefault((id(entry), changed), new)


class _Row(NamedTuple):
    """What `_finding` needs of a norm, at hand."""

    when: Test
    asks: frozenset[str]
    # what it answers while nothing is known of what it asks for
    blank: Answer
    bound: Test
    valid_from: date
    valid_until: date
    reaches_back: bool
    # sanction sets that depend on facts; without any, the range is the same each time
    choices: tuple[Choice, ...]
    is_dated: bool


def _row(norm: Norm, is_dated: bool) -> _Row:
    depends = any(choice.when is not None for choice in norm.choices)
    return _Row(
        norm.when.test,
        norm.when.facts,
        norm.when.test({}, {}),
        norm.bound.test,
        norm.valid_from,
        norm.valid_until or date.max,
        norm.reaches_back,
        norm.choices if depends else (),
        is_dated,
    )


_PLANS: WeakKeyDictionary[Catalogue, _Plan] = WeakKeyDictionary()


def _plan(laws: Catalogue) -> _Plan:
    plan = _PLANS.get(laws)
    if plan is None:
        plan = _PLANS[laws] = _Plan(laws)
    return plan


# --- one norm -------------------------------------------------------------------------------------


def _finding(
    plan: _Plan, place: int, known: Known, seen: dict[str, Answer], days: _Days
) -> Finding:
    """Conduct first: only where it may fit is it worth saying that a norm binds others or ended."""
    when, asks, blank, bound, start, end, reaches_back, choices, is_dated = plan.rows[place]
    fits = blank if asks.isdisjoint(known) else when(known, seen)
    if fits.value is False:
        return plan.no(place, days.act, None)
    day = days.law or days.act
    if reaches_back and days.law is None and (day is None or day < start):
        in_force = plan.norms[place].valid.test(known, seen)
    elif day is None:
        in_force = _DAY_UNKNOWN
    else:
        in_force = YES if start <= day < end else NO
    if in_force.value is False:
        return plan.no(place, days.act, "not_in_force")
    binds = bound(known, seen)
    if binds.value is False:
        return plan.no(place, days.act, _NOT_BOUND.get(str(known["status"]), "not_bound"))
    answer = _together(fits, binds, in_force)
    ranges = tuple([_provided(choice, known, seen) for choice in choices])
    back = reaches_back and days.act is not None and days.act < start
    competence = plan.competence(plan.norms[place], known, days)
    cited = plan.citations(place, days.act) if is_dated else None
    key = (place, answer, ranges, competence, cited, back)
    found = plan.ready.get(key)
    if found is None:
        found = _made(plan, key, days.act)
    return found


def _together(fits: Answer, binds: Answer, in_force: Answer) -> Answer:
    if binds is YES and in_force is YES:
        return fits
    unknown = tuple([part for part in (fits, binds, in_force) if part.value is None])
    return together(unknown) if unknown else YES


def _made(plan: _Plan, key: _Outcome, day: date | None) -> Finding:
    """The finding of an outcome that has not come before; it lies ready from now on."""
    place, answer, ranges, competence, cited, back = key
    if len(plan.ready) > _MOST_READY:
        plan.ready.clear()
    norm = plan.norms[place]
    ranges = ranges or (YES,) * len(norm.choices)
    outcome = (answer, ranges, competence, cited or plan.citations(place, day))
    found = plan.ready[key] = _yes_or_unknown(plan, place, outcome, back)
    return found


def _provided(choice: Choice, known: Known, seen: dict[str, Answer]) -> Answer:
    return YES if choice.when is None else choice.when.test(known, seen)


def _yes_or_unknown(
    plan: _Plan,
    place: int,
    outcome: tuple[Answer, tuple[Answer, ...], _Competence, tuple[str, ...]],
    back: bool,
) -> Finding:
    norm, (answer, ranges, competence, _) = plan.norms[place], outcome
    missing, sanctions, of_sanctions = _range(norm, ranges, answer.missing)
    earlier = norm.instrument.earlier_doubt
    doubts = (
        *sorted(answer.doubts),
        *((earlier,) if back and earlier else ()),
        *norm.doubts,
        *of_sanctions,
        *competence.doubts,
    )
    return _told(plan, place, outcome, missing, sanctions, tuple(dict.fromkeys(doubts)))


def _told(
    plan: _Plan,
    place: int,
    outcome: tuple[Answer, tuple[Answer, ...], _Competence, tuple[str, ...]],
    missing: frozenset[str],
    sanctions: tuple[Sanction, ...],
    codes: tuple[str, ...],
) -> Finding:
    norm, (answer, _, competence, citations) = plan.norms[place], outcome
    doubts = tuple(plan.doubts[code] for code in codes)
    return Finding(
        norm=norm.id,
        area=norm.area,
        effect=norm.effect,
        title=norm.title,
        conduct=norm.conduct,
        applies=_APPLIES[answer.value],
        missing=tuple(sorted(missing, key=_ORDER.__getitem__)),
        sanctions=sanctions,
        authority=competence.text,
        authority_label=competence.label,
        citations=citations,
        valid_from=norm.valid_from,
        valid_until=norm.valid_until,
        level=norm.level,
        may_propose=norm.may_propose,
        doubts=doubts,
        judgements=tuple(doubt for doubt in doubts if doubt.kind == "judgement"),
    )


def _range(
    norm: Norm, ranges: tuple[Answer, ...], missing: frozenset[str]
) -> tuple[frozenset[str], tuple[Sanction, ...], tuple[str, ...]]:
    """The sanctions that the law may provide on what is known, and what would narrow them down."""
    kinds: list[Sanction] = []
    doubts: list[str] = []
    for choice, answer in zip(norm.choices, ranges, strict=True):
        if answer.value is False:
            continue
        missing |= answer.missing
        doubts += sorted(answer.doubts)
        kinds += [kind for kind in choice.set.kinds if kind not in kinds]
        doubts += choice.set.doubts
    return missing, tuple(kinds), tuple(doubts)


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
