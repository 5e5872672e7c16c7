"""The small closed language in which a norm says when it applies, with three answers.

A condition is data, never code: `all`, `any`, `not`, a fact against words of the vocabulary, a day
against another day, a named definition, or a point that is `unsettled`. It is compiled once to a
function of the facts. The answer is Kleene's: yes, no, or unknown; an unknown one names the facts
that are missing and the doubts that no fact can settle.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from timbang.law.vocabulary import FACTS, MOST, Fact
from timbang.law.yaml_file import Yaml

# Facts as `evaluate` has checked them: days are `date`, lists are frozen sets of codes.
Known = Mapping[str, str | bool | int | date | frozenset[str]]

# The one fact by which norms are found: most of them need one of a few forms of conduct.
INDEXED: Final = "conduct"


class Answer(NamedTuple):
    """`value` is None for unknown; then `missing` and `doubts` say why."""

    value: bool | None
    missing: frozenset[str] = frozenset()
    doubts: frozenset[str] = frozenset()


YES: Final = Answer(True)
NO: Final = Answer(False)

# The second argument remembers, during one evaluation, what the definitions answered.
Test = Callable[[Known, dict[str, Answer]], Answer]


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled condition, and every fact and doubt that it can speak of.

    `needs`: where the conduct is known and none of these codes is in it, the answer is no, whatever
    else is known. None when nothing of the kind can be said.
    """

    test: Test
    facts: frozenset[str] = frozenset()
    doubts: frozenset[str] = frozenset()
    needs: frozenset[str] | None = None


@dataclass(slots=True)
class Scope:
    """What a condition may refer to by name."""

    doubts: frozenset[str]
    definitions: dict[str, Condition] = field(default_factory=dict)


def compile_condition(node: Yaml, scope: Scope) -> Condition:
    """Compile one condition; what is not in the language raises `YamlError` with its line."""
    for key, build in _FORMS.items():
        if key in node.mapping():
            return build(node, scope)
    raise node.error(f"a condition needs one of: {', '.join(_FORMS)}")


def every(parts: Iterable[Condition]) -> Condition:
    """Yes when all are; one `no` decides, whatever else is unknown."""
    conditions = tuple(parts)
    tests = tuple(part.test for part in conditions)

    def test(known: Known, seen: dict[str, Answer]) -> Answer:
        open_: list[Answer] = []
        for part in tests:
            answer = part(known, seen)
            if answer.value is False:
                return answer
            if answer.value is None:
                open_.append(answer)
        if not open_:
            return YES
        return open_[0] if len(open_) == 1 else together(tuple(open_))

    told = [part.needs for part in conditions if part.needs is not None]
    return _joined(conditions, test, min(told, key=len, default=None))


def some(parts: Iterable[Condition]) -> Condition:
    """Yes when one is; one `yes` decides, whatever else is unknown."""
    conditions = tuple(parts)
    tests = tuple(part.test for part in conditions)

    def test(known: Known, seen: dict[str, Answer]) -> Answer:
        open_: list[Answer] = []
        for part in tests:
            answer = part(known, seen)
            if answer.value is True:
                return YES
            if answer.value is None:
                open_.append(answer)
        if not open_:
            return NO
        return open_[0] if len(open_) == 1 else together(tuple(open_))

    told = [part.needs for part in conditions if part.needs is not None]
    all_told = bool(conditions) and len(told) == len(conditions)
    return _joined(conditions, test, frozenset[str]().union(*told) if all_told else None)


def negation(part: Condition) -> Condition:
    inner = part.test

    def test(known: Known, seen: dict[str, Answer]) -> Answer:
        answer = inner(known, seen)
        if answer.value is None:
            return answer
        return NO if answer.value else YES

    return Condition(test, part.facts, part.doubts)


def unsettled(doubt: str, when: Condition) -> Condition:
    """Where `when` holds, the law gives no sure answer: unknown, and no fact can change that."""
    inner, open_point = when.test, Answer(None, doubts=frozenset({doubt}))

    def test(known: Known, seen: dict[str, Answer]) -> Answer:
        answer = inner(known, seen)
        return open_point if answer.value is True else answer

    return Condition(test, when.facts, when.doubts | {doubt}, when.needs)


def fact_in(key: str, allowed: frozenset[object]) -> Condition:
    """The fact is one of the allowed values."""
    absent = Answer(None, frozenset({key}))

    def test(known: Known, seen: dict[str, Answer]) -> Answer:
        if key not in known:
            return absent
        return YES if known[key] in allowed else NO

    return Condition(test, frozenset({key}))


def fact_has(key: str, wanted: frozenset[str]) -> Condition:
    """The list of codes has at least one of those wanted."""
    absent = Answer(None, frozenset({key}))

    def test(known: Known, seen: dict[str, Answer]) -> Answer:
        codes = known.get(key)
        if not isinstance(codes, frozenset):
            return absent
        return NO if wanted.isdisjoint(codes) else YES

    return Condition(test, frozenset({key}), needs=wanted if key == INDEXED else None)


def number_between(key: str, least: int | None, most: int | None) -> Condition:
    """The number lies between the two, both included; None sets no bound."""
    absent = Answer(None, frozenset({key}))

    def test(known: Known, seen: dict[str, Answer]) -> Answer:
        number = known.get(key)
        if not isinstance(number, int):
            return absent
        low_enough = most is None or number <= most
        return YES if low_enough and (least is None or least <= number) else NO

    return Condition(test, frozenset({key}))


def day_before(
    earlier: str | date, later: str | date, same_day: bool | str, months: tuple[int, int] = (0, 0)
) -> Condition:
    """One day lies before another; `same_day` answers where they are equal (a text is a doubt).

    `months` moves each of the two by so many calendar months before they are compared.
    """
    keys = frozenset(side for side in (earlier, later) if isinstance(side, str))
    equal = (
        Answer(None, doubts=frozenset({same_day}))
        if isinstance(same_day, str)
        else Answer(same_day)
    )
    moved = months != (0, 0)

    def test(known: Known, seen: dict[str, Answer]) -> Answer:
        first = known.get(earlier) if isinstance(earlier, str) else earlier
        second = known.get(later) if isinstance(later, str) else later
        if not isinstance(first, date) or not isinstance(second, date):
            return Answer(None, keys.difference(known))
        if moved:
            first, second = months_from(first, months[0]), months_from(second, months[1])
        if first == second:
            return equal
        return YES if first < second else NO

    doubts = frozenset({same_day}) if isinstance(same_day, str) else frozenset[str]()
    return Condition(test, keys, doubts)


def months_from(day: date, months: int) -> date:
    """The same day of the month so many calendar months later; the month's last day if shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def named(name: str, definition: Condition) -> Condition:
    """A definition, answered once per evaluation."""
    inner = definition.test

    def test(known: Known, seen: dict[str, Answer]) -> Answer:
        answer = seen.get(name)
        if answer is None:
            answer = seen[name] = inner(known, seen)
        return answer

    return Condition(test, definition.facts, definition.doubts, definition.needs)


@lru_cache(maxsize=4096)
def together(answers: tuple[Answer, ...]) -> Answer:
    """Several unknown answers in one; remembered, because the same few come again and again."""
    if len(answers) == 1:
        return answers[0]
    return Answer(
        None,
        frozenset[str]().union(*(answer.missing for answer in answers)),
        frozenset[str]().union(*(answer.doubts for answer in answers)),
    )


def _joined(
    conditions: tuple[Condition, ...], test: Test, needs: frozenset[str] | None
) -> Condition:
    return Condition(
        test,
        frozenset[str]().union(*(part.facts for part in conditions)),
        frozenset[str]().union(*(part.doubts for part in conditions)),
        needs,
    )


# --- from YAML ------------------------------------------------------------------------------------


def _list_form(key: str, join: Callable[[Iterable[Condition]], Condition]) -> _Build:
    def build(node: Yaml, scope: Scope) -> Condition:
        parts = node.fields((key,))[key].items()
        if not parts:
            raise node.error(f"'{key}' needs at least one condition")
        return join([compile_condition(part, scope) for part in parts])

    return build


def _not(node: Yaml, scope: Scope) -> Condition:
    return negation(compile_condition(node.fields(("not",))["not"], scope))


def _unsettled(node: Yaml, scope: Scope) -> Condition:
    found = node.fields(("unsettled", "when"))
    doubt = found["unsettled"].one_of(scope.doubts)
    return unsettled(doubt, compile_condition(found["when"], scope))


def _use(node: Yaml, scope: Scope) -> Condition:
    found = node.fields(("use",))["use"]
    name = found.one_of(scope.definitions)
    return named(name, scope.definitions[name])


def _fact(node: Yaml, scope: Scope) -> Condition:
    found = node.fields(("fact",), ("is", "in", "has", "has_any", "at_least", "at_most"))
    fact = FACTS[found["fact"].one_of(FACTS)]
    tests = [key for key in found if key != "fact"]
    if fact.type == "number":
        return _number(fact, found, node)
    if len(tests) != 1:
        raise node.error("a fact needs exactly one of: is, in, has, has_any")
    return _fact_test(fact, tests[0], found[tests[0]])


def _fact_test(fact: Fact, kind: str, node: Yaml) -> Condition:
    allowed = {"flag": ("is",), "choice": ("is", "in"), "choices": ("has", "has_any")}
    if kind not in allowed.get(fact.type, ()):
        raise node.error(f"'{fact.key}' is a {fact.type}: '{kind}' cannot be asked of it")
    if fact.type == "flag":
        return fact_in(fact.key, frozenset({node.flag()}))
    nodes = node.items() if kind in {"in", "has_any"} else (node,)
    codes = frozenset(item.one_of(fact.choices) for item in nodes)
    return fact_has(fact.key, codes) if fact.type == "choices" else fact_in(fact.key, codes)


def _number(fact: Fact, found: Mapping[str, Yaml], node: Yaml) -> Condition:
    least, most = (found[key].number() if key in found else None for key in ("at_least", "at_most"))
    if set(found) - {"fact", "at_least", "at_most"} or (least is None and most is None):
        raise node.error(f"'{fact.key}' is a number: it needs at_least, at_most or both")
    if any(bound is not None and not 0 <= bound <= MOST for bound in (least, most)):
        raise node.error(f"a bound lies between 0 and {MOST}")
    if least is not None and most is not None and most < least:
        raise node.error("at_most must not be less than at_least")
    return number_between(fact.key, least, most)


def _day(node: Yaml, scope: Scope) -> Condition:
    found = node.fields(("day", "same_day"), ("before", "after", "months"))
    if ("before" in found) == ("after" in found):
        raise node.error("a day needs exactly one of: before, after")
    other = found["before"] if "before" in found else found["after"]
    left, right = _day_or_fact(found["day"]), _day_or_fact(other)
    same = found["same_day"]
    at = same.flag() if isinstance(same.value, bool) else same.one_of(scope.doubts)
    months = _months(found["months"]) if "months" in found else 0
    if "before" in found:
        return day_before(left, right, at, (0, months))
    return day_before(right, left, at, (months, 0))


def _months(node: Yaml) -> int:
    """By how many calendar months the other day is moved; ten years are enough for any law here."""
    months = node.number()
    if months == 0 or abs(months) > _MOST_MONTHS:
        raise node.error(f"months lies between -{_MOST_MONTHS} and {_MOST_MONTHS}, and is not 0")
    return months


def _day_or_fact(node: Yaml) -> str | date:
    if isinstance(node.value, date):
        return node.value
    return node.one_of([fact.key for fact in FACTS.values() if fact.type == "day"])


_MOST_MONTHS: Final = 120
_Build = Callable[[Yaml, Scope], Condition]
_FORMS: dict[str, _Build] = {
    "all": _list_form("all", every),
    "any": _list_form("any", some),
    "not": _not,
    "unsettled": _unsettled,
    "use": _use,
    "fact": _fact,
    "day": _day,
}
