"""The accountability score of an office: from opened entries of the log, and from nothing else.

Pure: the pages and the command call the same functions. The formula, in words and as mathematics,
and why it is as it is: docs/how-to/policy-score.md. All numbers in it are a choice of ours.

What falls due in one month and is of one kind (a step, or a debt) counts once, by its worst: one
decision split into many counts no more than before. In time gives credit; late or overdue counts
against it, the more the longer it took. Nothing that is done late gives credit, ever; and nothing
gives credit in a dossier at which no other office has looked.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final, Literal

OWED: Final = "policy.owed"
DONE: Final = "policy.done"
DROPPED: Final = "policy.dropped"
ACTS: Final = (OWED, DONE, DROPPED)
STEP, DEBT = "step", "debt"

FORMULA: Final = "2"
# How far back it looks: what was settled earlier is history.
WINDOW: Final = timedelta(days=730)
# What was skipped weighs twice: nobody else looked before it was carried out.
WEIGHTS: Final[Mapping[str, int]] = MappingProxyType({STEP: 1, DEBT: 2})
# Late weighs once more for each thirty days, up to a year.
PERIOD: Final = 30
MOST_DAYS: Final = 360
# Fewer months in which something counts: not known.
FEWEST_MONTHS: Final = 6
# What comes before a decision gives credit once the dossier moved on to one of these: one that is
# opened and dropped the next day, or goes into the lane unstudied, earns nothing by it.
MOVES_ON: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "study": frozenset({"review"}),
        "review": frozenset({"drafting", "study"}),
        "drafting": frozenset({"consultation"}),
        "consultation": frozenset({"decision"}),
    }
)
DECISION: Final = "decision"
# An office looks from outside by clearing: the step at which it stood, or the debt of the lane.
CLEARANCES: Final = ("legal_clearance", "budget_clearance")
CLEARED: Final[Mapping[str, str]] = MappingProxyType({STEP: "cleared", DEBT: "paid"})
# What a signature or a day does earns nothing; to be late with it counts.
WITHOUT_CREDIT: Final = frozenset(
    {
        (DEBT, "notice"),
        (DEBT, "report"),
        (DEBT, "audit"),
        (DEBT, "ratification"),
        (STEP, "direct_execution"),
    }
)
AHEAD: Final = 30
MOST_COMING: Final = 20
MONTHS: Final = 24
NORMAL: Final = 1.959963984540054

State = Literal["in_time", "late", "overdue", "waiting", "dropped"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An opened entry. `n` counts the entries of an office; `done` is None for what is owed. Of
    what is done: `by` is the office that did it, "" where it lapsed, and `outcome` how."""

    act: str
    office: str
    n: int
    dossier: str
    step: str
    kind: str
    due: date
    done: date | None
    on: date
    by: str = ""
    outcome: str = ""

    @property
    def thing(self) -> tuple[str, str, str]:
        """What is owed: at most one of it stands open at a time."""
        return self.dossier, self.kind, self.step


@dataclass(frozen=True, slots=True)
class Item:
    """Something that was owed, and what became of it. `settled_on` None: nothing yet. `by` is the
    office that settled it; `looked_on` the first day from which its dossier was looked at from
    outside, as far as this item needs it (`looked_at`)."""

    dossier: str
    kind: str
    step: str
    owed_on: date
    due: date
    n: int
    settled_on: date | None = None
    dropped: bool = False
    by: str = ""
    looked_on: date | None = None

    @property
    def month(self) -> date:
        """The first day of the month in which it falls due."""
        return self.due.replace(day=1)

    def state(self, on: date) -> State:
        """What it is on a day; what was settled after that day is not known yet."""
        if self.settled_on is None or self.settled_on > on:
            return "overdue" if on > self.due else "waiting"
        if self.settled_on > self.due:
            return "late"
        return "dropped" if self.dropped else "in_time"

    def days(self, on: date) -> int:
        """How many days late it is, or was; 0 for what is in time."""
        end = on if self.settled_on is None or self.settled_on > on else self.settled_on
        return max(0, (end - self.due).days)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the running numbers of an office tell: the runs (first, last) that were not shown, and
    the numbers that came twice."""

    last: int
    missing: tuple[tuple[int, int], ...]
    twice: tuple[int, ...]

    @property
    def whole(self) -> bool:
        return not self.missing and not self.twice

    @property
    def absent(self) -> int:
        """How many were not shown."""
        return sum(last - first + 1 for first, last in self.missing)


def numbers(entries: Iterable[Entry]) -> dict[str, Numbers]:
    """For each office: what its running numbers tell, up to the last that was shown."""
    seen: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        seen[entry.office].append(entry.n)
    return {office: _numbers(sorted(found)) for office, found in sorted(seen.items())}


def _numbers(found: Sequence[int]) -> Numbers:
    missing, twice, before = [], [], 0
    for n in found:
        if n == before:
            twice.append(n)
        elif n > before + 1:
            missing.append((before + 1, n - 1))
        before = n
    return Numbers(before, tuple(missing), tuple(dict.fromkeys(twice)))


@dataclass(frozen=True, slots=True)
class Paired:
    """What an office owed, each with what became of it; `strays` settle what nobody owed."""

    items: tuple[Item, ...]
    strays: tuple[Entry, ...]


def pair(entries: Iterable[Entry]) -> Paired:
    """The entries of one office, put together in the order of their numbers."""
    open_now: dict[tuple[str, str, str], Item] = {}
    settled: list[Item] = []
    strays: list[Entry] = []
    for entry in sorted(entries, key=lambda each: each.n):
        item = open_now.get(entry.thing)
        if entry.act == OWED:
            if item is not None:
                # It was owed before, and what settled it is not here: it stays open.
                settled.append(item)
            open_now[entry.thing] = Item(
                entry.dossier, entry.kind, entry.step, entry.on, entry.due, entry.n
            )
        elif item is None or item.due != entry.due:
            strays.append(entry)
        else:
            del open_now[entry.thing]
            dropped = entry.act == DROPPED
            settled.append(replace(item, settled_on=entry.done, dropped=dropped, by=entry.by))
    found = sorted([*settled, *open_now.values()], key=lambda each: each.n)
    return Paired(tuple(found), tuple(strays))


Looks = Mapping[str, Sequence[date]]


def is_clearance(entry: Entry, office: str) -> bool:
    """Whether another office than this one gave a clearance: at its step, or for a debt."""
    if entry.act != DONE or entry.step not in CLEARANCES or entry.by in ("", office):
        return False
    its_own = entry.by == entry.office if entry.kind == STEP else entry.office == office
    return its_own and entry.outcome == CLEARED[entry.kind]


def looks(office: str, entries: Iterable[Entry]) -> Looks:
    """For each dossier: on which days other offices than this one gave a clearance in it."""
    found: dict[str, list[date]] = defaultdict(list)
    for entry in entries:
        if is_clearance(entry, office):
            found[entry.dossier].append(entry.on)
    return {dossier: sorted(days) for dossier, days in found.items()}


def looked_at(office: str, items: Iterable[Item], looked: Looks) -> tuple[Item, ...]:
    """The items of an office, each with the day from which it is looked at from outside.

    What comes before a clearance needs one that was given when it was done, or later; what comes
    after needs any. A clearance that the office gives is its work where the dossier is another's; a
    clearance that it owes for the lane is looked at by whoever else gives it.
    """
    known = tuple(items)
    own = {item.dossier for item in known if item.step not in CLEARANCES or item.kind == DEBT}
    return tuple(replace(item, looked_on=_looked_on(office, item, own, looked)) for item in known)


def _looked_on(office: str, item: Item, own: Collection[str], looked: Looks) -> date | None:
    done = item.settled_on
    if done is None:
        return None
    if item.step in CLEARANCES:
        others = item.dossier not in own if item.kind == STEP else item.by != office
        right = item.by == office if item.kind == STEP else item.by != ""
        return done if others and right else None
    before = item.step in MOVES_ON
    days = (day for day in looked.get(item.dossier, ()) if not before or day >= done)
    return next(days, None)


Place = tuple[str, str, date]


def place_of(item: Item) -> Place:
    """Where an item counts: its kind, what it is, and the month in which it falls due."""
    return item.kind, item.step, item.month


def counted(items: Iterable[Item], on: date) -> dict[Place, int]:
    """What counts on a day: for each place how many days late its worst is; 0: all in time."""
    known = [item for item in items if item.owed_on <= on]
    moved = moves(known)
    credit: dict[tuple[str, str, str], Item] = {}
    places: dict[Place, int] = {}
    for item in known:
        if not _in_window(item, on):
            continue
        state, place = item.state(on), place_of(item)
        if state in ("late", "overdue"):
            places[place] = max(places.get(place, 0), item.days(on))
        elif state == "in_time" and earns(item, moved, on):
            # A dossier that goes back to a step earns nothing twice: the last time counts.
            credit[item.dossier, item.kind, item.step] = item
    for item in credit.values():
        places.setdefault(place_of(item), 0)
    return places


def _in_window(item: Item, on: date) -> bool:
    """What is open always counts; what is late from when it was done, the rest from its day."""
    state = item.state(on)
    if state == "late" and item.settled_on is not None:
        return item.settled_on > on - WINDOW
    return state in ("overdue", "waiting") or item.due > on - WINDOW


def decided(items: Iterable[Item]) -> frozenset[str]:
    """The dossiers that came to a decision, or into the lane."""
    return frozenset(item.dossier for item in items if item.kind == DEBT or item.step == DECISION)


Moves = Mapping[str, Sequence[tuple[str, date]]]


def moves(items: Iterable[Item]) -> Moves:
    """For each dossier the steps at which it came to stand, each with its day."""
    found: dict[str, list[tuple[str, date]]] = defaultdict(list)
    for item in items:
        if item.kind == STEP:
            found[item.dossier].append((item.step, item.owed_on))
    return found


def may_earn(item: Item) -> bool:
    """Whether being in time with such a thing can give credit at all."""
    return (item.kind, item.step) not in WITHOUT_CREDIT


def earns(item: Item, moved: Moves, on: date) -> bool:
    """Whether this one, settled in time, gives credit by this day."""
    if not may_earn(item) or item.looked_on is None or item.looked_on > on:
        return False
    if item.kind != STEP or item.step not in MOVES_ON:
        return True
    after, done = MOVES_ON[item.step], item.settled_on
    came = moved.get(item.dossier, ())
    return done is not None and any(step in after and on >= done for step, on in came)


def share(places: Mapping[Place, int]) -> float | None:
    """Credit over credit and what stands against it, from 0 to 1; None when nothing counts."""
    credit = sum(WEIGHTS[kind] for (kind, _step, _month), days in places.items() if not days)
    against = math.fsum(
        WEIGHTS[kind] * burden(days) for (kind, _step, _month), days in places.items() if days
    )
    whole = credit + against
    return credit / whole if whole else None


def burden(days: int) -> float:
    """What being late by so many days weighs: 1 and more, 13 at most."""
    return 1 + min(days, MOST_DAYS) / PERIOD


@dataclass(frozen=True, slots=True)
class Lane:
    """How often an office went straight to execution, of all that it decided: beside the score."""

    uses: int
    decisions: int

    @property
    def interval(self) -> tuple[float, float] | None:
        return wilson(self.uses / self.decisions, self.decisions) if self.decisions else None


@dataclass(frozen=True, slots=True)
class Overdue:
    """Something overdue. `cost`: how many points lower the score stands thirty days from now when
    this is left, than when it is done today and all else stays; None where there is no score."""

    item: Item
    days: int
    cost: float | None


@dataclass(frozen=True, slots=True)
class Coming:
    """Something not yet due: points that it brings in time (once the dossier moves on), and that it
    costs a day late."""

    item: Item
    gain: float | None
    loss: float | None


@dataclass(frozen=True, slots=True)
class Month:
    """The score as it stood on the last day of a month, or on the day that was asked about."""

    on: date
    value: float | None
    low: float | None
    high: float | None
    months: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Score:
    """What the opened entries tell of an office on a day. `value`, `low`, `high`: 0 to 100, or None
    where too little is known. Days late stand in `late`; `counts` are of items, not of months."""

    office: str
    on: date
    value: float | None
    low: float | None
    high: float | None
    months: int
    counts: Mapping[State, int]
    lane: Lane
    late: tuple[Item, ...]
    overdue: tuple[Overdue, ...]
    cost_of_all: float | None
    coming: tuple[Coming, ...]
    history: tuple[Month, ...]
    numbers: Numbers
    strays: tuple[int, ...]

    @property
    def known(self) -> bool:
        return self.value is not None

    def as_json(self) -> dict[str, Any]:
        """The same for programs; see docs/reference/json.md."""
        interval = self.lane.interval
        return {
            "office": self.office,
            "on": self.on.isoformat(),
            "formula": FORMULA,
            "known": self.known,
            "score": self.value,
            "interval": [self.low, self.high] if self.known else None,
            "months": self.months,
            "counts": {
                state: self.counts.get(state, 0)
                for state in ("in_time", "late", "overdue", "waiting", "dropped")
            },
            "lane": {
                "uses": self.lane.uses,
                "decisions": self.lane.decisions,
                "share": _percent(self.lane.uses / self.lane.decisions) if interval else None,
                "interval": [_percent(each) for each in interval] if interval else None,
            },
            "late": [_item_json(item) | {"days": item.days(self.on)} for item in self.late],
            "overdue": [
                _item_json(each.item) | {"days": each.days, "cost": each.cost}
                for each in self.overdue
            ],
            "cost_of_all": self.cost_of_all,
            "coming": [
                _item_json(each.item) | {"gain": each.gain, "loss": each.loss}
                for each in self.coming
            ],
            "history": [
                {
                    "on": month.on.isoformat(), "score": month.value,
                    "interval": [month.low, month.high] if month.value is not None else None,
                    "months": month.months, "overdue": month.overdue,
                }
                for month in self.history
            ],
            "numbers": {
                "last": self.numbers.last,
                "missing": [list(run) for run in self.numbers.missing],
                "twice": list(self.numbers.twice),
            },
            "strays": list(self.strays),
        }  # fmt: skip


def _item_json(item: Item) -> dict[str, Any]:
    return {
        "dossier": item.dossier,
        "kind": item.kind,
        "step": item.step,
        "due": item.due.isoformat(),
        "done": item.settled_on.isoformat() if item.settled_on else None,
    }


def score(office: str, entries: Iterable[Entry], on: date) -> Score:
    """The score of an office on a day, from entries of this office and of those that cleared."""
    every = tuple(entries)
    mine = [entry for entry in every if entry.office == office]
    told = numbers(mine).get(office, Numbers(0, (), ()))
    paired = pair(entry for entry in mine if entry.on <= on)
    items = looked_at(
        office, paired.items, looks(office, (each for each in every if each.on <= on))
    )
    places = counted(items, on)
    now = _month(items, on)
    counts: dict[State, int] = defaultdict(int)
    for item in items:
        if _in_window(item, on):
            counts[item.state(on)] += 1
    open_now = [item for item in items if item.state(on) == "overdue"]
    return Score(
        office=office,
        on=on,
        value=now.value,
        low=now.low,
        high=now.high,
        months=now.months,
        counts=MappingProxyType(dict(counts)),
        lane=lane(items, on),
        late=tuple(i for i in items if i.state(on) == "late" and _in_window(i, on)),
        overdue=_overdue(open_now, items, places, on),
        cost_of_all=_cost(open_now, (), items, places, on) if now.value is not None else None,
        coming=_coming(items, places, on, known=now.value is not None),
        history=history(items, on),
        numbers=told,
        strays=tuple(entry.n for entry in paired.strays),
    )


def lane(items: Sequence[Item], on: date) -> Lane:
    """Uses of the lane among the decisions that began within the window."""
    recent = [item for item in items if on - WINDOW < item.owed_on <= on]
    uses = {item.dossier for item in recent if item.kind == DEBT}
    return Lane(len(uses), len(decided(recent)))


def history(items: Sequence[Item], on: date) -> tuple[Month, ...]:
    """The score on the last day of each month, the last 24 of them, and on the day itself."""
    first = min((item.owed_on for item in items), default=None)
    if first is None:
        return ()
    day, found = on, [_month(items, on)]
    while len(found) <= MONTHS:
        day = day.replace(day=1) - timedelta(days=1)
        if day < first:
            break
        found.append(_month(items, day))
    return tuple(reversed(found))


def _month(items: Sequence[Item], on: date) -> Month:
    places = counted(items, on)
    months = len({month for _kind, _step, month in places})
    overdue = sum(item.owed_on <= on and item.state(on) == "overdue" for item in items)
    found = share(places)
    if found is None or months < FEWEST_MONTHS:
        return Month(on, None, None, None, months, overdue)
    low, high = wilson(found, months)
    return Month(on, _percent(found), _percent(low), _percent(high), months, overdue)


def _overdue(
    open_now: Sequence[Item], items: Sequence[Item], places: Mapping[Place, int], on: date
) -> tuple[Overdue, ...]:
    known = len({month for _kind, _step, month in places}) >= FEWEST_MONTHS
    found = []
    for item in sorted(open_now, key=lambda each: (each.due, each.n)):
        others = tuple(each for each in open_now if each is not item)
        cost = _cost([item], others, items, places, on) if known else None
        found.append(Overdue(item, item.days(on), cost))
    return tuple(found)


def _cost(
    paid: Sequence[Item],
    left: Sequence[Item],
    items: Sequence[Item],
    places: Mapping[Place, int],
    on: date,
) -> float:
    """Points lost in thirty days when these are left too, beside being done today; only the places
    of these move."""
    touched = {place_of(item) for item in paid}
    settled = _worst((i for i in items if i.state(on) == "late" and _in_window(i, on)), on)
    staying = _worst(left, on, later=AHEAD)
    done, undone = dict(places), dict(places)
    for place in touched:
        before = max(settled.get(place, 0), staying.get(place, 0))
        done[place] = max(before, _worst(paid, on).get(place, 0))
        undone[place] = max(before, _worst(paid, on, later=AHEAD).get(place, 0))
    return _percent((share(done) or 0.0) - (share(undone) or 0.0))


def _worst(items: Iterable[Item], on: date, *, later: int = 0) -> dict[Place, int]:
    found: dict[Place, int] = {}
    for item in items:
        place = place_of(item)
        found[place] = max(found.get(place, 0), item.days(on) + later)
    return found


def _coming(
    items: Sequence[Item], places: Mapping[Place, int], on: date, *, known: bool
) -> tuple[Coming, ...]:
    now = share(places) or 0.0
    waiting = [item for item in items if item.state(on) == "waiting"]
    found = []
    for item in sorted(waiting, key=lambda each: (each.due, each.n))[:MOST_COMING]:
        place = place_of(item)
        good, bad = dict(places), dict(places)
        if may_earn(item):
            good.setdefault(place, 0)
        bad[place] = max(bad.get(place, 0), 1)
        gain, loss = (share(good) or 0.0) - now, now - (share(bad) or 0.0)
        found.append(
            Coming(item, _percent(gain) if known else None, _percent(loss) if known else None)
        )
    return tuple(found)


def wilson(part: float, whole: int) -> tuple[float, float]:
    """The interval of a share (Wilson 1927, 95 %); `part` from 0 to 1, of so many."""
    square = NORMAL * NORMAL
    middle = (part + square / (2 * whole)) / (1 + square / whole)
    half = NORMAL / (1 + square / whole)
    half *= math.sqrt(part * (1 - part) / whole + square / (4 * whole * whole))
    return max(0.0, middle - half), min(1.0, middle + half)


def _percent(value: float) -> float:
    return round(100 * value, 1) + 0.0


def clearers(office: str, entries: Iterable[Entry]) -> tuple[str, ...]:
    """The offices whose entries of clearance move the score of this one."""
    every = tuple(entries)
    own = {entry.dossier for entry in every if entry.office == office}
    found = {
        entry.office
        for entry in every
        if entry.office != office and entry.dossier in own and entry.step in CLEARANCES
    }
    return tuple(sorted(found))


def offices(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The codes of all offices that any entry names."""
    return tuple(sorted({entry.office for entry in entries}))
