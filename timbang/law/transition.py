"""Moving open cases from a procedure that has ended to another, proved to take no right away.

A running case keeps the rules under which it began. Only a *transition rule* moves it: a file in
`transitions/` that says at which step of the new procedure a case goes on, by the step at which it
stands and, where that is not enough, by the outcome through which it came there.

`check` proves a rule before it moves anything: every case has exactly one place to go; whoever was
not heard is still heard before any sanction; every way to being cleared stays; nobody becomes
liable to a sanction that he was not liable to; each remedy stays, before a term that is no shorter.
`move` gives the new place, and never lets a running term end earlier than it was going to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from timbang.law.bilingual import Bilingual
from timbang.law.guards import HEARINGS, is_heard
from timbang.law.procedure import key, on_file
from timbang.law.proof import ANY, Problem, unheard_sanctions
from timbang.law.refusal import Refusal
from timbang.law.steps import LEVELS, Outcome, Procedure, Remedy, Term, is_end
from timbang.law.yaml_file import Yaml, load

FOLDER = Path(__file__).parent / "transitions"
# How a case stands at a step where it began: no outcome brought it there.
BEGAN = "began"
_IN_DAYS: Mapping[str, float] = MappingProxyType(
    {"days": 1, "workdays": 1.4, "hours": 1 / 24, "unknown": 1}
)
_say = Bilingual

NO_PLACE = _say("tidak mempunyai tempat di prosedur baru", "has no place in the new procedure")
TWO_PLACES = _say(
    "mempunyai lebih dari satu tempat di prosedur baru",
    "has more than one place in the new procedure",
)
NOT_THERE = _say("menyebut {code}, yang tidak ada", "names {code}, which is not there")
UNHEARD = _say(
    "akan sampai ke hukuman tanpa pernah diperiksa: {way}",
    "would come to a sanction without ever being heard: {way}",
)
NOT_CLEARED = _say("tidak dapat lagi dibersihkan namanya", "can no longer be cleared")
HARDER = _say(
    "dapat dikenai hukuman yang sebelumnya tidak mungkin: {levels}",
    "becomes liable to what was not possible before: {levels}",
)
NO_REMEDY = _say("kehilangan upaya terhadap {level}", "loses the remedy against {level}")
SHORTER = _say(
    "mendapat waktu lebih singkat untuk upaya terhadap {level}",
    "has less time for the remedy against {level}",
)
NOT_PROVED = _say(
    "Aturan peralihan “{rule}” tidak terbukti bagi versi prosedur perkara ini: {problem}. "
    "Perkara tetap pada prosedurnya.",
    "The transition rule “{rule}” is not proved for the version of this case: {problem}. "
    "The case stays under its procedure.",
)
TOO_EARLY = _say(
    "Aturan peralihan “{rule}” berlaku sejak {day}. Perkara tetap pada prosedurnya.",
    "The transition rule “{rule}” applies from {day}. The case stays under its procedure.",
)
ENDED = _say(
    "Perkara sudah selesai; yang dipindahkan hanya perkara yang terbuka.",
    "The case is over; only open cases are moved.",
)


@dataclass(frozen=True, slots=True)
class State:
    """Where cases at one step go; `entered_by` None: however they came to it."""

    from_step: str
    entered_by: tuple[str, ...] | None
    to: str
    reason: Bilingual

    def holds(self, step: str, entered_by: str) -> bool:
        return step == self.from_step and (self.entered_by is None or entered_by in self.entered_by)


@dataclass(frozen=True, slots=True)
class Rule:
    """One file: which procedure gives way to which, from which day, and where each case goes."""

    id: str
    from_procedure: str
    to_procedure: str
    moves_from: date
    title: Bilingual
    purpose: Bilingual
    citation: str
    level: str
    sources: tuple[str, ...]
    states: tuple[State, ...]
    open_points: tuple[Bilingual, ...]

    def state(self, step: str, entered_by: str) -> State | None:
        return next((one for one in self.states if one.holds(step, entered_by)), None)


@dataclass(frozen=True, slots=True)
class Move:
    """Where a case goes on, why, and what it takes along.

    `taken` is what was taken of bounded outcomes that the new procedure has too; `not_before` the
    day before which the term of the new step may not end, or `None` where no term was running.
    """

    to_procedure: str
    to: str
    reason: Bilingual
    citation: str
    taken: Mapping[str, int]
    not_before: date | None

    def last_day(self, counted: date) -> date:
        """The last day of the new step's term, which was counted from the day of the move."""
        return counted if self.not_before is None else max(counted, self.not_before)


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule of this release by id; one that is not proved stops the load."""
    found = proofs()
    if problems := [problem for _rule, wrong in found for problem in wrong]:
        raise ValueError("; ".join(map(str, problems)))
    return MappingProxyType({rule.id: rule for rule, _wrong in found})


def rules_on_file() -> list[Rule]:
    """What the folder holds, proved or not; a rule between unknown procedures stops the load."""
    known = {procedure.id for procedure in on_file()}
    return [read(load(path), known) for path in sorted(FOLDER.glob("*.yaml"))]


def proofs() -> list[tuple[Rule, list[Problem]]]:
    """Each rule on file, and what is wrong in it."""
    known = {procedure.id: procedure for procedure in on_file()}
    return [
        (rule, check(rule, known[rule.from_procedure], known[rule.to_procedure]))
        for rule in rules_on_file()
    ]


def rule_for(procedure_id: str, on: date) -> Rule | None:
    """The rule that moves open cases of this procedure on this day, if there is one."""
    found = (
        rule
        for rule in rules().values()
        if rule.from_procedure == procedure_id and rule.moves_from <= on
    )
    return next(found, None)


def move(
    rule: Rule,
    old: Procedure,
    new: Procedure,
    *,
    step: str,
    entered_by: str,
    taken: Mapping[str, int],
    last_day: date | None,
    on: date,
) -> Move:
    """Where an open case goes on; raises `Refusal` when the rule does not reach it.

    `old` is the text that the case keeps. `entered_by` is `key(step, outcome)` of what brought it
    to its step, or `BEGAN`; `last_day` is when its running term would have ended.
    """
    if is_end(step):
        raise Refusal(ENDED, rule.citation)
    if on < rule.moves_from:
        raise Refusal(TOO_EARLY.format(rule=rule.title, day=rule.moves_from), rule.citation)
    if problems := check(rule, old, new):
        words = {"rule": rule.title, "problem": problems[0].message}
        raise Refusal(NOT_PROVED.format(**words), rule.citation)
    state = rule.state(step, entered_by)
    if state is None:
        words = {"rule": rule.title, "problem": NO_PLACE}
        raise Refusal(NOT_PROVED.format(**words), rule.citation)
    bounded = {
        key(found.code, outcome.code)
        for found in new.steps
        for outcome in found.outcomes
        if outcome.at_most is not None
    }
    return Move(
        to_procedure=new.id,
        to=state.to,
        reason=state.reason,
        citation=rule.citation,
        taken={code: times for code, times in taken.items() if code in bounded},
        not_before=last_day,
    )


# --- the proof ------------------------------------------------------------------------------------


def check(rule: Rule, old: Procedure, new: Procedure) -> list[Problem]:
    """Every right that the rule would take away, and every case that it forgets."""
    found = list(_names(rule, old, new))
    if found:
        return found
    for (step, entered_by), heard in _standings(old).items():
        matching = [state for state in rule.states if state.holds(step, entered_by)]
        path = (entered_by, step)
        if len(matching) != 1:
            message = TWO_PLACES if matching else NO_PLACE
            found.append(Problem(rule.id, "complete", path, message))
            continue
        to = matching[0].to
        found += [
            Problem(rule.id, code, (*path, to), message)
            for code, message in _rights(old, step, entered_by, new, to, heard)
        ]
    return found


def _names(rule: Rule, old: Procedure, new: Procedure) -> Iterator[Problem]:
    entries = {key(step.code, outcome.code) for step in old.steps for outcome in step.outcomes}
    entries |= {BEGAN, *(key(step.code, "lapse") for step in old.steps)}
    for state in rule.states:
        wrong = (
            [] if old.has(state.from_step) and not is_end(state.from_step) else [state.from_step]
        )
        wrong += [] if new.has(state.to) and not is_end(state.to) else [state.to]
        wrong += [code for code in state.entered_by or () if code not in entries]
        for code in wrong:
            yield Problem(rule.id, "names", (state.from_step,), NOT_THERE.format(code=code))


def _rights(
    old: Procedure, step: str, entered_by: str, new: Procedure, to: str, heard: bool
) -> Iterator[tuple[str, Bilingual]]:
    unheard = None if heard else next(unheard_sanctions(new, [to]), None)
    if unheard is not None:
        yield "hearing", UNHEARD.format(way=" -> ".join(unheard[0]))
    if _cleared(old, step) and not _cleared(new, to):
        yield "cleared", NOT_CLEARED
    before, after = _sanctions(old, step), _sanctions(new, to)
    if harder := sorted(after.keys() - before.keys()):
        yield "no_new_sanction", HARDER.format(levels=", ".join(harder))
    imposed = _imposed(old, entered_by)
    for level in sorted({*(before.keys() & after.keys()), *imposed}):
        kept = after.get(level) or [remedy for remedy in new.remedies if _is_against(remedy, level)]
        had = [*before.get(level, []), *imposed.get(level, [])]
        if had and not kept:
            yield "remedies", NO_REMEDY.format(level=level)
        elif had and _time(kept) < _time(had):
            yield "terms", SHORTER.format(level=level)


def _standings(old: Procedure) -> dict[tuple[str, str], bool]:
    """Each (step, how a case came to it), and whether it is then surely heard: on every way."""
    heard: dict[tuple[str, str], bool] = {}
    waiting = [(start, BEGAN, frozenset[str]()) for start in old.starts]
    seen = set(waiting)
    while waiting:
        code, entered_by, passed = waiting.pop()
        heard[code, entered_by] = heard.get((code, entered_by), True) and is_heard(passed)
        for name, to, requires in _ways(old, code):
            onward = (to, name, passed | (HEARINGS & requires))
            if not is_end(to) and onward not in seen:
                seen.add(onward)
                waiting.append(onward)
    return heard


def _ways(procedure: Procedure, code: str) -> Iterator[tuple[str, str, frozenset[str]]]:
    step = procedure.step(code)
    for outcome in step.outcomes:
        yield key(code, outcome.code), outcome.to, frozenset(outcome.requires)
    if step.lapse is not None and step.lapse.to is not None:
        yield key(code, "lapse"), step.lapse.to, frozenset()


def _reached(procedure: Procedure, start: str) -> list[str]:
    found = [start]
    for code in found:
        if not is_end(code):
            found += [to for to in _onward(procedure, code) if to not in found]
    return found


def _onward(procedure: Procedure, code: str) -> list[str]:
    return list(dict.fromkeys(to for _name, to, _requires in _ways(procedure, code)))


def _cleared(procedure: Procedure, start: str) -> bool:
    ends = [code for code in _reached(procedure, start) if is_end(code)]
    return any(procedure.end(code).kind == "cleared" for code in ends)


def _sanctions(procedure: Procedure, start: str) -> dict[str, list[Remedy]]:
    """Each level of sanction that can still be imposed from here, with the remedies against it."""
    found: dict[str, list[Remedy]] = {}
    for code in _reached(procedure, start):
        if not is_end(code):
            for outcome in procedure.step(code).outcomes:
                for level, remedies in _against(procedure, outcome).items():
                    found.setdefault(level, []).extend(remedies)
    return found


def _imposed(procedure: Procedure, entered_by: str) -> dict[str, list[Remedy]]:
    """What was imposed by the outcome that brought the case to its step."""
    step, _slash, code = entered_by.partition("/")
    if not code or not procedure.has(step):
        return {}
    outcome = next((one for one in procedure.step(step).outcomes if one.code == code), None)
    return _against(procedure, outcome) if outcome is not None else {}


def _against(procedure: Procedure, outcome: Outcome) -> dict[str, list[Remedy]]:
    if not outcome.records_sanction:
        return {}
    remedies = [procedure.remedy(code) for code in outcome.remedies]
    return {
        level: [remedy for remedy in remedies if _is_against(remedy, level)]
        for level in outcome.sanctions or (ANY,)
    }


def _is_against(remedy: Remedy, level: str) -> bool:
    return level in remedy.against or ANY in remedy.against


def _time(remedies: list[Remedy]) -> float:
    """The longest time that one of these remedies gives, in days as they are known; 0: unknown."""
    return max((_days(remedy.term) for remedy in remedies), default=0)


def _days(term: Term | None) -> float:
    return term.length * _IN_DAYS[term.unit] if term is not None else 0


# --- reading --------------------------------------------------------------------------------------


def read(data: Yaml, known: Collection[str]) -> Rule:
    """A rule from its file; raises `YamlError` with file and line."""
    row = data.fields(
        (
            *("id", "from", "to", "moves_from", "title", "purpose", "citation", "level"),
            *("sources", "states"),
        ),
        ("open_points",),
    )
    return Rule(
        id=row["id"].text(),
        from_procedure=row["from"].one_of(known),
        to_procedure=row["to"].one_of(known),
        moves_from=row["moves_from"].day(),
        title=row["title"].bilingual(),
        purpose=row["purpose"].bilingual(),
        citation=row["citation"].text(),
        level=row["level"].one_of(LEVELS),
        sources=row["sources"].texts(),
        states=tuple(map(_state, row["states"].items())),
        open_points=tuple(
            item.bilingual()
            for item in (row["open_points"].items() if "open_points" in row else ())
        ),
    )


def _state(data: Yaml) -> State:
    row = data.fields(("from", "to", "reason"), ("entered_by",))
    return State(
        from_step=row["from"].text(),
        entered_by=row["entered_by"].texts() if "entered_by" in row else None,
        to=row["to"].text(),
        reason=row["reason"].bilingual(),
    )


def as_json(rule: Rule, problems: list[Problem]) -> dict[str, Any]:
    """The proof of a rule as it is published."""
    return {
        "transition": rule.id,
        "from": rule.from_procedure,
        "to": rule.to_procedure,
        "moves_from": rule.moves_from.isoformat(),
        "title": rule.title.as_json(),
        "citation": rule.citation,
        "level": rule.level,
        "proved": not problems,
        "problems": [problem.as_json() for problem in problems],
        "open_points": [point.as_json() for point in rule.open_points],
    }
