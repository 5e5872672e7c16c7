"""Prevention cards: what is forbidden, allowed or left to judgement in one phase of an election.

A card is made for one status from the norms alone. Each line says from which phase on it holds, and
the day where the days of the contest are known. A norm stands on the card if some conduct with some
object could breach it in that phase; where only an open point of law keeps it from being sure, it
stands under "needs judgement".

Dozens of norms drown a reader, so a card says first which acts are forbidden, each with the norm
that speaks of it most closely (`acts`). Principles, which speak of every act, and what concerns
only spouses or stand-ins stand apart (`Line.group`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from timbang.law.bilingual import Bilingual
from timbang.law.conclude import BREACHES
from timbang.law.conditions import Answer, Known
from timbang.law.entries import Catalogue, Norm
from timbang.law.evaluate import check_facts
from timbang.law.norms import catalogue
from timbang.law.vocabulary import CONDUCTS_OF, OBJECTS

PHASES: Final[Mapping[str, Bilingual]] = {
    "before_confirmation": Bilingual("Sebelum calon ditetapkan", "Before candidates are confirmed"),
    "confirmed": Bilingual("Sesudah calon ditetapkan", "After candidates are confirmed"),
    "campaign": Bilingual("Masa kampanye", "Campaign"),
    "quiet": Bilingual("Masa tenang", "Quiet days"),
    "voting": Bilingual("Hari pemungutan suara", "Voting day"),
    "after_voting": Bilingual("Sesudah pemungutan suara", "After voting"),
}
# The day of a contest on which each phase begins; the first has begun long before.
BEGINS: Final[Mapping[str, str]] = {
    "confirmed": "candidates_confirmed_on",
    "campaign": "campaign_starts_on",
    "quiet": "quiet_starts_on",
    "voting": "voting_on",
}
# What concerns elections; the other areas hold on every day alike.
AREAS: Final = frozenset(
    {"neutrality", "ethics", "election_crime", "regional_election", "village", "forces", "employer"}
)
# A contest that has no days of its own yet: counted from the day of confirmation.
_SHAPE: Final[Mapping[str, int]] = {
    "candidates_confirmed_on": 0,
    "campaign_starts_on": 3,
    "campaign_ends_on": 62,
    "quiet_starts_on": 63,
    "quiet_ends_on": 65,
    "voting_on": 66,
    "recap_ends_on": 85,
    "inaugurated_on": 150,
}
# A day within each phase of that shape.
_WITHIN: Final[Mapping[str, int]] = {
    "before_confirmation": -30,
    "confirmed": 1,
    "campaign": 10,
    "quiet": 64,
    "voting": 66,
    "after_voting": 70,
}
# What a card knows of an act.
_TOLD: Final = frozenset({"act_on", "status", "conduct", "object", *_SHAPE})
ONE_DAY: Final = timedelta(days=1)

# A conduct outside the list says nothing about a phase.
_CONDUCTS: Final = [code for code in CONDUCTS_OF["neutrality"] if code != "other"]

# A norm that speaks of more of them than these is a principle: it names no act.
_MOST_ACTS: Final = 12
_OF_ROLE: Final = frozenset({"acting_head", "incumbent"})

Standing = Literal["forbidden", "allowed", "judged"]
Group = Literal["act", "principle", "spouse", "role"]
Answered = Literal["fits", "judged", "not"]


@dataclass(frozen=True, slots=True)
class Line:
    """One norm on a card; `since` is the phase from which it holds without a break.

    `conducts` are those that it surely concerns, `perhaps` those of which a person must judge.
    """

    norm: Norm
    standing: Standing
    since: str
    since_on: date | None
    group: Group
    conducts: frozenset[str]
    perhaps: frozenset[str]

    @property
    def always(self) -> bool:
        return self.since == "before_confirmation"

    @property
    def punishes(self) -> bool:
        """A rule that punishes what others forbid."""
        return self.norm.effect == "punishes"


@dataclass(frozen=True, slots=True)
class Act:
    """A conduct that the phase forbids or leaves to judgement; the closest norm stands first.

    `levels` are the sanctions that the closest norm has for this status.
    """

    conduct: str
    lines: tuple[Line, ...]
    levels: tuple[str, ...]

    @property
    def closest(self) -> Line:
        return self.lines[0]


@dataclass(frozen=True, slots=True)
class Card:
    """What one status must know in one phase; `day` is the day whose law was asked.

    `punished` are rules that threaten a penalty for what others forbid.
    """

    phase: str
    status: str
    day: date
    forbidden: tuple[Line, ...]
    punished: tuple[Line, ...]
    allowed: tuple[Line, ...]
    judged: tuple[Line, ...]

    @property
    def acts(self) -> tuple[Act, ...]:
        """What is forbidden, act by act."""
        return self._acts({code: [] for code in _CONDUCTS}, "conducts")

    @property
    def judged_acts(self) -> tuple[Act, ...]:
        """Acts that no norm surely forbids, but of which a person must judge."""
        sure = {act.conduct for act in self.acts}
        return self._acts({code: [] for code in _CONDUCTS if code not in sure}, "perhaps")

    def _acts(self, found: dict[str, list[Line]], which: str) -> tuple[Act, ...]:
        for line in (*self.forbidden, *self.judged):
            for code in getattr(line, which) if line.group == "act" else ():
                if code in found:
                    found[code].append(line)
        acts = [(code, sorted(lines, key=_closeness)) for code, lines in found.items() if lines]
        return tuple(
            Act(code, tuple(lines), _levels(lines[0].norm, self.status)) for code, lines in acts
        )

    def of_group(self, group: Group) -> tuple[Line, ...]:
        every = (*self.allowed, *self.forbidden, *self.judged)
        return tuple(line for line in every if line.group == group)


def _closeness(line: Line) -> tuple[bool, int, int, int]:
    """The sure before the unsure, then who asks for the least that the card does not tell."""
    norm = line.norm
    asks = len(norm.when.facts - _TOLD)
    return not norm.may_propose, asks, len(line.conducts | line.perhaps), -len(norm.choices)


def _levels(norm: Norm, status: str) -> tuple[str, ...]:
    provided = [
        choice.set.level
        for choice in norm.choices
        if choice.when is None or choice.when.test({"status": status}, {}).value is not False
    ]
    return tuple(dict.fromkeys(provided))


def card(
    phase: str,
    status: str,
    *,
    on: date,
    days: Mapping[str, date] | None = None,
    laws: Catalogue | None = None,
) -> Card | None:
    """The card of a phase: by the real days of a contest, else by the law of the day `on`.

    None where the days of the contest do not tell when the phase is.
    """
    laws = catalogue() if laws is None else laws
    moments = {each: _moment(each, on, days) for each in PHASES}
    here = moments[phase]
    if here is None:
        return None
    lines = [
        _line(norm, phase, status, moments, days)
        for norm in laws.norms.values()
        if norm.area in AREAS and status in norm.binds
    ]
    found = sorted((line for line in lines if line is not None), key=_newest_first)
    day = here["act_on"]
    assert isinstance(day, date)
    return Card(
        phase,
        status,
        day,
        tuple(line for line in found if line.standing == "forbidden" and not line.punishes),
        tuple(line for line in found if line.standing == "forbidden" and line.punishes),
        tuple(line for line in found if line.standing == "allowed"),
        tuple(line for line in found if line.standing == "judged"),
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """In which phases a norm can be met, and towards whom; empty where that does not matter."""

    phases: Mapping[str, Standing]
    objects: tuple[str, ...]


def reach(norm: Norm, *, on: date) -> Reach:
    """Of a norm about elections, whoever it binds, by the law of one day."""
    moments = {each: _moment(each, on, None) for each in PHASES}
    phases: dict[str, Standing] = {}
    objects: set[str] = set()
    for phase, moment in moments.items():
        for status in norm.binds if moment is not None else ():
            answers = list(_answers(norm, phase, status, moment or {}))
            if standing := _surest(norm, (answer for _, _, answer in answers)):
                phases.setdefault(phase, standing)
            objects |= {each for each, _, answer in answers if answer != "not"}
    if "none" in objects or "object" not in norm.when.facts:
        objects.clear()  # it does not matter for or against whom
    return Reach(phases, tuple(each for each in OBJECTS if each in objects))


def _newest_first(line: Line) -> int:
    """What begins with this phase stands first, what holds always last."""
    return -list(PHASES).index(line.since)


def _line(
    norm: Norm,
    phase: str,
    status: str,
    moments: Mapping[str, Known | None],
    days: Mapping[str, date] | None,
) -> Line | None:
    moment = moments[phase]
    assert moment is not None
    answers = list(_answers(norm, phase, status, moment))
    here = _surest(norm, (answer for _, _, answer in answers))
    if here is None:
        return None
    since = phase
    for earlier in reversed(list(PHASES)[: list(PHASES).index(phase)]):
        before = moments[earlier]
        if before is None or _standing(norm, earlier, status, before) != here:
            break
        since = earlier
    return Line(
        norm,
        here,
        since,
        (days or {}).get(BEGINS.get(since, "")),
        _group(norm, {towards for towards, _, answer in answers if answer != "not"}),
        frozenset(code for _, code, answer in answers if answer == "fits"),
        frozenset(code for _, code, answer in answers if answer == "judged"),
    )


def _group(norm: Norm, objects: set[str]) -> Group:
    if objects == {"spouse_candidate"}:
        return "spouse"
    if not _OF_ROLE.isdisjoint(norm.when.facts | norm.bound.facts):
        return "role"
    return "principle" if len(_spoken_of(norm)) > _MOST_ACTS else "act"


def _standing(norm: Norm, phase: str, status: str, moment: Known) -> Standing | None:
    return _surest(norm, (answer for _, _, answer in _answers(norm, phase, status, moment)))


def _surest(norm: Norm, answers: Iterable[Answered]) -> Standing | None:
    """The surest answer that some conduct towards someone gives."""
    found = set(answers)
    if "fits" in found:
        return "allowed" if norm.effect == "permits" else "forbidden"
    return "judged" if "judged" in found else None


def _answers(
    norm: Norm, phase: str, status: str, moment: Known
) -> Iterator[tuple[str, str, Answered]]:
    """Towards whom, which conduct that the norm may speak of, and what the norm answers."""
    if norm.effect != "permits" and norm.effect not in BREACHES:
        return
    for towards in _objects(phase):
        for code in _spoken_of(norm):
            act: Known = {
                **moment,
                "status": status,
                "conduct": frozenset({code}),
                "object": towards,
            }
            yield towards, code, _answer(norm, act)


def _spoken_of(norm: Norm) -> list[str]:
    needs = norm.when.needs
    return [code for code in _CONDUCTS if needs is None or code in needs]


def _objects(phase: str) -> list[str]:
    """Everyone there is in a phase: before confirmation no candidates, after it no aspirants."""
    absent = {"contestant", "candidate" if phase == "before_confirmation" else "aspirant"}
    return [each for each in OBJECTS if each not in absent]


def _answer(norm: Norm, known: Known) -> Answered:
    """A fact that is still missing does not keep a norm off the card; an open point does."""
    seen: dict[str, Answer] = {}
    parts = [part.test(known, seen) for part in (norm.when, norm.valid, norm.bound)]
    if any(part.value is False for part in parts):
        return "not"
    judged = any(part.doubts for part in parts)
    if judged and known["object"] == "spouse_candidate":
        return "not"  # what a spouse may do stands in norms of its own
    return "judged" if judged else "fits"


def _moment(phase: str, on: date, days: Mapping[str, date] | None) -> Known | None:
    """The facts of a day within the phase; None where no known day tells which that is."""
    if days is None:
        confirmed = on - timedelta(days=_WITHIN[phase])
        shape = {key: confirmed + timedelta(days=offset) for key, offset in _SHAPE.items()}
        return check_facts({"act_on": on, **shape})
    day = _day_within(phase, days)
    return None if day is None else check_facts({"act_on": day, **days})


def _day_within(phase: str, days: Mapping[str, date]) -> date | None:
    if phase == "before_confirmation":
        confirmed = days.get("candidates_confirmed_on")
        return confirmed - ONE_DAY if confirmed else None
    if phase == "after_voting":
        voting = days.get("voting_on")
        return voting + ONE_DAY if voting else None
    begins = days.get(BEGINS[phase])
    if begins is None or phase != "confirmed":
        return begins
    return begins + ONE_DAY
