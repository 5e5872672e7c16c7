"""When the law changed between act and decision: which of the two governs, and by what rule.

The law of the day of the act governs, unless a rule in `changes.yaml` prescribes the newer law or
allows the milder one. Where milder cannot be told from figures, the answer is that a person must
weigh. A rule that is not sure enough informs only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, Literal

from timbang.law.bilingual import Bilingual
from timbang.law.conclude import BREACHES, DISCIPLINARY
from timbang.law.conditions import Condition, Known, Scope, compile_condition
from timbang.law.entries import Catalogue, Sanction, covers
from timbang.law.evaluate import Finding, check_facts, evaluate
from timbang.law.norms import catalogue
from timbang.law.vocabulary import AREAS, SURE, VERIFICATION
from timbang.law.yaml_file import Yaml, load

HERE = Path(__file__).parent

Rule = Literal["older", "newer", "milder"]
Governs = Literal["older", "newer", "same", "unknown"]

_RULES: Final = ("older", "newer", "milder")
_KEYS: Final = ("code", "rule", "areas", "text", "citation", "level", "sources")
_MAY: Final = ("before", "after", "changed_on", "when", "decided_from", "decided_until")

_OLDER = Bilingual("hukum pada hari perbuatan", "the law of the day of the act")
_NEWER = Bilingual("hukum pada hari putusan", "the law of the day of decision")
_SAME = Bilingual("keduanya sama", "both are the same")
_WEIGH = Bilingual(
    "harus ditimbang manusia: mana yang lebih ringan tidak dapat dihitung",
    "a person must weigh: which is milder cannot be counted",
)
GOVERNS: Final[Mapping[Governs, Bilingual]] = {
    "older": _OLDER,
    "newer": _NEWER,
    "same": _SAME,
    "unknown": _WEIGH,
}


@dataclass(frozen=True, slots=True)
class Change:
    """One rule of transition, and the changes of law that it speaks of."""

    code: str
    rule: Rule
    areas: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    changed_on: date | None
    when: Condition | None
    decided_from: date | None
    decided_until: date | None
    text: Bilingual
    citation: str
    level: str
    sources: tuple[str, ...]

    @property
    def informs_only(self) -> bool:
        return self.level not in SURE

    def speaks_of(self, acted: date, decided: date, known: Known) -> bool:
        """Whether it is in force on the day of decision and meets this act and its change."""
        between = self.changed_on is None or acted < self.changed_on <= decided
        met = self.when is None or self.when.test(known, {}).value is True
        return between and met and covers(self.decided_from, self.decided_until, decided)

    def concerns(self, finding: Finding) -> bool:
        instruments = (*self.before, *self.after)
        return finding.area in self.areas and (
            not instruments or finding.norm.split("/", 1)[0] in instruments
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both laws beside each other: what each answers where they differ, and which governs."""

    change: Change
    then: tuple[Finding, ...]
    now: tuple[Finding, ...]
    governs: Governs

    @property
    def label(self) -> Bilingual:
        return GOVERNS[self.governs]

    def as_json(self) -> dict[str, object]:
        return {
            "rule": self.change.code,
            "text": self.change.text.as_json(),
            "citation": self.change.citation,
            "level": self.change.level,
            "informs_only": self.change.informs_only,
            "governs": self.governs,
            "label": self.label.as_json(),
            "then": [finding.as_json() for finding in self.then],
            "now": [finding.as_json() for finding in self.now],
        }


@cache
def changes() -> tuple[Change, ...]:
    """The rules of this release, in the order of the file."""
    return read_changes(HERE / "changes.yaml", catalogue())


def read_changes(path: Path, laws: Catalogue) -> tuple[Change, ...]:
    """Read and check one file; raises `YamlError`."""
    scope = Scope(frozenset(laws.doubts))
    return tuple(_change(node, scope) for node in load(path).items())


def compare(facts: Mapping[str, object], laws: Catalogue | None = None) -> tuple[Comparison, ...]:
    """Nothing where act or decision have no day, or where no law changed in between."""
    laws, known = catalogue() if laws is None else laws, check_facts(facts)
    acted, decided = known.get("act_on"), known.get("decided_on")
    if not isinstance(acted, date) or not isinstance(decided, date) or decided <= acted:
        return ()
    rules = [change for change in changes() if change.speaks_of(acted, decided, known)]
    if not rules:
        return ()
    then = evaluate(facts, laws, law_of=acted)
    now = evaluate(facts, laws, law_of=decided)
    found = (_comparison(change, then, now) for change in rules)
    return tuple(each for each in found if each is not None)


def _comparison(change: Change, then: list[Finding], now: list[Finding]) -> Comparison | None:
    pairs = [
        (old, new)
        for old, new in zip(then, now, strict=True)
        if change.concerns(old) and _answer(old) != _answer(new)
    ]
    if not pairs:
        return None
    older = tuple(old for old, _ in pairs if old.applies != "no")
    newer = tuple(new for _, new in pairs if new.applies != "no")
    governs = change.rule if change.rule != "milder" else _milder(older, newer)
    return Comparison(change, older, newer, governs)


def _answer(finding: Finding) -> tuple[str, tuple[Sanction, ...]]:
    return finding.applies, finding.sanctions


def _milder(older: Iterable[Finding], newer: Iterable[Finding]) -> Governs:
    """What is sure on both sides: no breach is milder than any, less of every measure than more."""
    sides = [[each for each in side if each.effect in BREACHES] for side in (older, newer)]
    if any(finding.applies == "unknown" for side in sides for finding in side):
        return "unknown"
    before, after = ({kind for each in side for kind in each.sanctions} for side in sides)
    if before == after:
        return "same" if bool(sides[0]) == bool(sides[1]) else _with_none(sides)
    if not before or not after:
        return "older" if not before else "newer"
    if _at_most(before, after):
        return "older"
    return "newer" if _at_most(after, before) else "unknown"


def _with_none(sides: list[list[Finding]]) -> Governs:
    return "older" if not sides[0] else "newer"


def _at_most(light: set[Sanction], heavy: set[Sanction]) -> bool:
    """Whether the first is milder in every measure, and both are told in the same measures."""
    first, second = _measures(light), _measures(heavy)
    return (
        bool(first)
        and first.keys() == second.keys()
        and all(
            low <= other_low and high <= other_high
            for (low, high), (other_low, other_high) in ((first[key], second[key]) for key in first)
        )
    )


def _measures(kinds: set[Sanction]) -> dict[str, tuple[float, float]]:
    """The widest range of each measure; an end that the law does not state is open."""
    if any(not kind.range or kind.level in DISCIPLINARY for kind in kinds):
        return {}
    found: dict[str, tuple[float, float]] = {}
    for measure in (measure for kind in kinds for measure in kind.range):
        low, high = found.get(measure.what, (float("inf"), 0.0))
        most = float("inf") if measure.most is None else measure.most
        found[measure.what] = (min(low, measure.least or 0), max(high, most))
    return found


# --- reading --------------------------------------------------------------------------------------


def _change(node: Yaml, scope: Scope) -> Change:
    found = node.fields(_KEYS, _MAY)
    rule = found["rule"].one_of(_RULES)
    days = {
        key: found[key].day() if key in found else None
        for key in ("changed_on", "decided_from", "decided_until")
    }
    if ("before" in found or "after" in found) != (days["changed_on"] is not None):
        raise node.error("before, after and changed_on stand together, or not at all")
    return Change(
        code=found["code"].text(),
        rule=rule,  # type: ignore[arg-type]
        areas=tuple(item.one_of(AREAS) for item in found["areas"].items()),
        before=found["before"].texts() if "before" in found else (),
        after=found["after"].texts() if "after" in found else (),
        changed_on=days["changed_on"],
        when=compile_condition(found["when"], scope) if "when" in found else None,
        decided_from=days["decided_from"],
        decided_until=days["decided_until"],
        text=found["text"].bilingual(),
        citation=found["citation"].text(),
        level=found["level"].one_of(VERIFICATION),
        sources=found["sources"].texts(),
    )
