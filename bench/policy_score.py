"""How well does the accountability score order offices by a planted habit, and can it be gamed?

    python bench/policy_score.py [--seed 1] [--offices 100] [--decisions 10000] [--draws 2000]

Two years of invented decisions. Each office has a planted habit: with which chance it does in time
what it owes, from 0.30 to 0.99; how often it goes straight to execution is drawn apart and says
nothing about the habit. Sizes differ tenfold. Terms and debts are those of the procedure on file,
days are counted by the law room; tests/policy/test_score_bench.py holds this fast path against the
acts themselves.

Told: Spearman's correlation between score and habit over offices, with the interval of a bootstrap
over offices, and the same for two naive ways: the share of items done in time, and the number of
items overdue. Then what each trick brings the third of the offices with the worst habit: the mean
and the largest change in points, for the score and for the naive share.

The habits are ours and regular; real offices are not. So the correlation flatters.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

import numpy as np
from scipy.stats import spearmanr

from timbang.law import procedure as law
from timbang.law.guards import COMMENT_DAYS
from timbang.policy import score
from timbang.policy.score import DEBT, DONE, DROPPED, OWED, STEP, Entry, Item

PROCEDURE = "policy_decision"
FIRST = date(2025, 1, 6)
LAST = date(2026, 12, 31)
BEFORE = ("study", "review", "drafting", "consultation")
# Other offices clear: what they owe is not the office's.
OFFICE = "its own"
CLEARING = ("legal_clearance", "budget_clearance")
OUTSIDE = "biro-hukum"
NEEDED = ("study", "legal_clearance", "budget_clearance", "audit")
NOT_NEEDED = ("study", "legal_clearance", "budget_clearance")
LOWEST, HIGHEST = 0.30, 0.99


@dataclass(frozen=True)
class Office:
    """An office and what was planted in it."""

    code: str
    in_time: float
    lane: float
    decisions: int


@cache
def _term(kind: str, code: str) -> law.Term:
    steps = law.procedures()[PROCEDURE].steps
    if kind == STEP:
        term = next(step.term for step in steps if step.code == code)
    else:
        lane = next(o for o in steps[0].outcomes if o.code == "use_lane_disaster")
        term = next(debt.term for debt in lane.owes if debt.code == code)
    assert term is not None
    return term


@cache
def due_on(kind: str, code: str, on: date) -> date:
    """The last day of a step or a debt that began on this day, as the law room counts it."""
    last = law.due(_term(kind, code), on).last_day
    assert last is not None
    return last


@cache
def debts() -> tuple[str, ...]:
    """What the lane owes when it is taken from the study."""
    lane = next(o for o in law.procedures()[PROCEDURE].steps[0].outcomes if o.owes)
    return tuple(debt.code for debt in lane.owes)


class Walk:
    """One dossier on its way: what was owed on which day, when it was settled, and from when on it
    was looked at from outside.

    `settle(kind, step, owed, due)` says on which day the office does it; None: never. `clearer` is
    the office that clears; its own for one that clears itself.
    """

    def __init__(
        self,
        dossier: str,
        settle: Callable[[str, str, date, date], date | None],
        *,
        clearer: str = OUTSIDE,
    ) -> None:
        self.dossier, self.settle, self.clearer = dossier, settle, clearer
        self.items: list[Item] = []
        self.cleared: list[date] = []

    def owe(self, kind: str, step: str, on: date, due: date) -> date | None:
        """Owe something; the day on which it is settled. Comments stay open for their time, and no
        clearance of the lane comes before the study that the lane owes."""
        done = self.settle(kind, step, on, due)
        if done is not None and kind == DEBT and step in CLEARING:
            studied = next(
                each.settled_on for each in self.items if (each.kind, each.step) == (DEBT, "study")
            )
            done = None if studied is None else max(done, studied)
        if done is not None and step == "consultation":
            done = max(done, on + timedelta(days=COMMENT_DAYS))
        by = self.clearer if step in CLEARING else OFFICE
        self.items.append(Item(self.dossier, kind, step, on, due, 0, done, by=by))
        if done is not None and step in CLEARING:
            self.cleared.append(done)
        return done

    def looked_at(self) -> list[Item]:
        """The items as the score reads them, with who looked at them from outside."""
        days = sorted(self.cleared) if self.clearer != OFFICE else []
        return list(score.looked_at(OFFICE, self.items, {self.dossier: days}))

    def step(self, code: str, on: date) -> date | None:
        return self.owe(STEP, code, on, due_on(STEP, code, on))

    def full(self, on: date, *, executes: int = 60) -> list[Item]:
        """Through all stages; a step that is never left ends it there."""
        day: date | None = on
        for code in (*BEFORE, *CLEARING, "decision"):
            if code in CLEARING:
                assert day is not None
                day += timedelta(days=7)
                self.cleared.append(day)
            else:
                day = self.step(code, day)
            if day is None:
                return self.looked_at()
        self.step("evaluation", day + timedelta(days=executes))
        return self.looked_at()

    def lane(
        self, on: date, *, sunset: int, taken: int = 5, revoked: int | None = None
    ) -> list[Item]:
        """Straight to execution after some days of study, until ratified, revoked or lapsed."""
        began = on + timedelta(days=taken)
        self.items.append(
            Item(self.dossier, STEP, "study", on, due_on(STEP, "study", on), 0, began)
        )
        end = min(began + timedelta(days=sunset), due_on(STEP, "direct_execution", began))
        paid = {}
        for code in debts():
            if code != "ratification":
                paid[code] = self.owe(DEBT, code, began, due_on(DEBT, code, began))
        due = min(due_on(DEBT, "ratification", began), began + timedelta(days=sunset))
        ratified = self._ratified([paid[code] for code in NEEDED], end)
        if revoked is not None:
            ratified = None
        gone = began + timedelta(days=revoked) if revoked is not None else end + timedelta(days=1)
        left = ratified or gone
        self.items.append(Item(self.dossier, STEP, "direct_execution", began, end, 0, left))
        self.items.append(
            Item(self.dossier, DEBT, "ratification", began, due, 0, left, ratified is None)
        )
        if ratified is not None:
            self.step("lane_evaluation", ratified)
        elif revoked is not None:
            self._drop(gone)
        return self.looked_at()

    def _ratified(self, days: Sequence[date | None], end: date) -> date | None:
        """The day on which all that it needs is paid, if that is before the measure ends."""
        if any(day is None for day in days):
            return None
        last = max(day for day in days if day is not None)
        return last if last <= end else None

    def _drop(self, on: date) -> None:
        """A measure that is revoked needs no more what is not yet due; one that lapses needs it."""
        for at, item in enumerate(self.items):
            open_then = item.settled_on is None or item.settled_on > on
            due_then = item.kind == DEBT and item.due >= on
            if due_then and item.step in NOT_NEEDED and open_then:
                self.items[at] = replace(item, settled_on=on, dropped=True)


def habit(rng: random.Random, in_time: float) -> Callable[[str, str, date, date], date | None]:
    """When an office does what it owes. Who is less often in time is also later, and never more
    often."""

    def settle(_kind: str, _step: str, on: date, due: date) -> date | None:
        if rng.random() < in_time:
            days = max(0, (due - on).days)
            return on + timedelta(days=round(days * rng.uniform(0.3, 1.0)))
        if rng.random() < 0.3 * (1 - in_time):
            return None
        return due + timedelta(days=1 + round(rng.expovariate(1 / (15 + 90 * (1 - in_time)))))

    return settle


def planted(rng: random.Random, offices: int, decisions: int) -> list[Office]:
    """The offices: habits spread evenly, sizes and use of the lane drawn apart from them."""
    sizes = [rng.lognormvariate(0, 0.7) for _ in range(offices)]
    whole = sum(sizes)
    step = (HIGHEST - LOWEST) / max(1, offices - 1)
    return [
        Office(
            code=f"dinas-{at:03d}",
            in_time=LOWEST + at * step,
            lane=rng.uniform(0, 0.5),
            decisions=max(5, round(decisions * size / whole)),
        )
        for at, size in enumerate(sizes)
    ]


def decided(rng: random.Random, office: Office) -> list[list[Item]]:
    """All dossiers of an office, each with its items."""
    settle = habit(rng, office.in_time)
    found = []
    for at in range(office.decisions):
        on = FIRST + timedelta(days=rng.randrange((LAST - FIRST).days - 30))
        walk = Walk(f"K-{at:04d}/{office.code.upper()}/{on.year}", settle)
        if rng.random() < office.lane:
            found.append(walk.lane(on, sunset=rng.randrange(30, 181)))
        else:
            found.append(walk.full(on))
    return found


def entries(items: Sequence[Item], office: str) -> list[Entry]:
    """The same as entries of the log, numbered as they would have been."""
    told = []
    for at, item in enumerate(items):
        told.append((item.owed_on, at, OWED, item))
        if item.settled_on is not None:
            told.append((item.settled_on, at, DROPPED if item.dropped else DONE, item))
    told.sort(key=lambda row: (row[0], row[2] != OWED, row[1]))
    own = [
        Entry(act, office, n, item.dossier, item.step, item.kind, item.due,
              None if act == OWED else on, on, office if item.by == OFFICE else item.by, "paid")
        for n, (on, _at, act, item) in enumerate(told, 1)
    ]  # fmt: skip
    return own + looks(items)


def looks(items: Sequence[Item]) -> list[Entry]:
    """The entries of the office outside that looked at them."""
    days = {
        (item.looked_on, item.dossier)
        for item in items
        if item.looked_on is not None and item.step not in CLEARING
    }
    return [
        Entry(DONE, OUTSIDE, n, dossier, "legal_clearance", STEP, on, on, on, OUTSIDE, "cleared")
        for n, (on, dossier) in enumerate(sorted(days), 1)
    ]


def flat(dossiers: Sequence[Sequence[Item]]) -> list[Item]:
    return [item for items in dossiers for item in items]


def ours(items: Sequence[Item], on: date = LAST) -> float:
    """The score without rounding, and without asking whether enough is known."""
    found = score.share(score.counted(items, on))
    return 100 * (found if found is not None else 0.0)


def naive_share(items: Sequence[Item], on: date = LAST) -> float:
    """Of all that was settled or is overdue: how much was in time."""
    states = [item.state(on) for item in items if item.owed_on <= on]
    told = [state for state in states if state in ("in_time", "late", "overdue")]
    return 100 * told.count("in_time") / len(told) if told else 0.0


def naive_overdue(items: Sequence[Item], on: date = LAST) -> float:
    return -float(sum(item.owed_on <= on and item.state(on) == "overdue" for item in items))


# --- the tricks -----------------------------------------------------------------------------------

Trick = Callable[[random.Random, Office, list[list[Item]]], list[Item]]


def _copy(items: Sequence[Item], part: int, *, days: int = 0, easy: bool) -> list[Item]:
    """A piece of a decision: easy ones are in time with everything."""
    found = []
    for item in items:
        moved = replace(
            item,
            dossier=f"{item.dossier}/{part}",
            owed_on=item.owed_on + timedelta(days=days),
            due=item.due + timedelta(days=days),
            settled_on=item.settled_on and item.settled_on + timedelta(days=days),
            looked_on=item.looked_on and item.looked_on + timedelta(days=days),
        )
        late = moved.settled_on is None or moved.settled_on > moved.due
        if easy and late:
            moved = replace(moved, settled_on=moved.due, looked_on=moved.due, dropped=False)
        found.append(moved)
    return found


def split_alike(_rng: random.Random, _office: Office, dossiers: list[list[Item]]) -> list[Item]:
    """Each decision as five, each of which behaves as the whole did."""
    return [i for d in dossiers for part in range(5) for i in _copy(d, part, easy=False)]


def split_easy(_rng: random.Random, _office: Office, dossiers: list[list[Item]]) -> list[Item]:
    """Each decision as five on the same day; four of them are easy and in time with everything."""
    return [i for d in dossiers for part in range(5) for i in _copy(d, part, easy=part > 0)]


def split_spread(_rng: random.Random, _office: Office, dossiers: list[list[Item]]) -> list[Item]:
    """The same, a piece a week."""
    return [
        item
        for dossier in dossiers
        for part in range(5)
        for item in _copy(dossier, part, days=7 * part, easy=part > 0)
    ]


def empty_studies(_rng: random.Random, _office: Office, dossiers: list[list[Item]]) -> list[Item]:
    """An empty paper for each study that is owed: the register refuses it, so nothing changes."""
    return flat(dossiers)


def filler(_rng: random.Random, _office: Office, dossiers: list[list[Item]]) -> list[Item]:
    """Letters and repeated words for each study, paper and clearance that is owed: the register
    refuses them too. tests/policy/test_score_bench.py asks the acts."""
    return flat(dossiers)


def own_clearance(_rng: random.Random, office: Office, dossiers: list[list[Item]]) -> list[Item]:
    """One more decision each working day, by the book and by the lane in turn, in time with
    everything, and cleared by nobody but the office itself."""
    more: list[Item] = []
    for at in range((LAST - FIRST).days):
        on = FIRST + timedelta(days=at)
        if on.weekday() < 5:
            walk = Walk(f"K-O{at}/{office.code}", lambda _k, _s, on, _due: on, clearer=OFFICE)
            more += walk.lane(on, sunset=120) if at % 2 else walk.full(on, executes=1)
    return [*flat(dossiers), *more]


def mass_filing(_rng: random.Random, _office: Office, dossiers: list[list[Item]]) -> list[Item]:
    """Everything overdue is filed on the last day."""
    found = []
    for item in flat(dossiers):
        overdue = item.owed_on <= LAST and item.state(LAST) == "overdue"
        found.append(replace(item, settled_on=LAST) if overdue else item)
    return found


def withdrawn(_rng: random.Random, office: Office, dossiers: list[list[Item]]) -> list[Item]:
    """A thousand dossiers, each opened and dropped the next day."""
    more = []
    for at in range(1000):
        on = FIRST + timedelta(days=at % (LAST - FIRST).days)
        due, dropped = due_on(STEP, "study", on), on + timedelta(days=1)
        more.append(Item(f"K-X{at}/{office.code}", STEP, "study", on, due, 0, dropped))
    return [*flat(dossiers), *more]


def trivial(_rng: random.Random, office: Office, dossiers: list[list[Item]]) -> list[Item]:
    """One more easy decision each working day, through all stages and in time with everything."""
    more: list[Item] = []
    for at in range((LAST - FIRST).days):
        on = FIRST + timedelta(days=at)
        if on.weekday() < 5:
            walk = Walk(f"K-T{at}/{office.code}", lambda _kind, _step, on, _due: on)
            more += walk.full(on, executes=1)
    return [*flat(dossiers), *more]


def all_lane(rng: random.Random, office: Office, dossiers: list[list[Item]]) -> list[Item]:
    """Everything straight to execution; notice and report in time, the rest by habit."""
    usual = habit(rng, office.in_time)

    def settle(kind: str, step: str, on: date, due: date) -> date | None:
        return due if step in ("notice", "report") else usual(kind, step, on, due)

    return flat([Walk(d[0].dossier, settle).lane(d[0].owed_on, sunset=120) for d in dossiers])


def lane_revoked(_rng: random.Random, office: Office, dossiers: list[list[Item]]) -> list[Item]:
    """Everything straight to execution and revoked after a month: most debts are needed no more,
    what is left is paid in time."""
    return flat([
        Walk(d[0].dossier, lambda _kind, _step, _on, due: due).lane(
            d[0].owed_on, sunset=120, revoked=30
        )
        for d in dossiers
    ])  # fmt: skip


TRICKS: tuple[tuple[str, Trick], ...] = (
    ("split in 5, alike", split_alike),
    ("split in 5, four easy, same day", split_easy),
    ("split in 5, four easy, a week apart", split_spread),
    ("empty studies", empty_studies),
    ("filler in studies and papers", filler),
    ("a decision a day, cleared by itself", own_clearance),
    ("late mass filing", mass_filing),
    ("1,000 opened and dropped", withdrawn),
    ("an easy decision each working day", trivial),
    ("lane for everything, report in time", all_lane),
    ("lane for everything, then revoked", lane_revoked),
)


# --- told -----------------------------------------------------------------------------------------


def spearman(first: Sequence[float], second: Sequence[float]) -> float:
    return float(spearmanr(first, second).statistic)


def bootstrap(
    first: Sequence[float], second: Sequence[float], *, draws: int, seed: int
) -> tuple[float, float]:
    """The middle 95 % of the correlation when offices are drawn anew."""
    rng = np.random.default_rng(seed)
    a, b = np.asarray(first), np.asarray(second)
    found = []
    for _ in range(draws):
        rows = rng.integers(0, len(a), len(a))
        found.append(spearmanr(a[rows], b[rows]).statistic)
    low, high = np.nanpercentile(found, [2.5, 97.5])
    return float(low), float(high)


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--offices", type=int, default=100)
    parser.add_argument("--decisions", type=int, default=10_000)
    parser.add_argument("--draws", type=int, default=2_000)
    asked = parser.parse_args(arguments)
    rng = random.Random(asked.seed)
    began = time.process_time()
    offices = planted(rng, asked.offices, asked.decisions)
    dossiers = [decided(rng, office) for office in offices]
    items = [flat(each) for each in dossiers]
    print(
        f"{len(offices)} offices, {sum(map(len, dossiers))} decisions, {sum(map(len, items))} items"
    )
    print(f"made in {time.process_time() - began:.1f} s CPU")
    _check(offices, items)
    habits = [office.in_time for office in offices]
    began = time.process_time()
    values = [ours(each) for each in items]
    print(f"{len(offices)} scores in {1000 * (time.process_time() - began):.0f} ms CPU")
    for name, way in (("score", ours), ("share in time", naive_share), ("overdue", naive_overdue)):
        told = [way(each) for each in items]
        low, high = bootstrap(habits, told, draws=asked.draws, seed=asked.seed)
        print(f"{name:14} Spearman {spearman(habits, told):.3f} ({low:.3f} to {high:.3f})")
    sizes, lanes = [float(len(each)) for each in dossiers], [office.lane for office in offices]
    by_size, by_lane = spearman(sizes, values), spearman(lanes, values)
    print(f"score with size {by_size:+.3f}, with use of the lane {by_lane:+.3f}")
    found = [
        score.score(office.code, entries(each, office.code), LAST)
        for office, each in zip(offices, items, strict=True)
    ]
    known = [each.value for each in found if each.value is not None]
    print(f"known: {len(known)}; {min(known)} to {max(known)}, the middle one {np.median(known)}")
    _tricks(asked.seed, offices, dossiers)


def _check(offices: Sequence[Office], items: Sequence[Sequence[Item]]) -> None:
    """What is counted from entries is what was made."""
    for office, made in zip(offices, items, strict=True):
        told = entries(made, office.code)
        paired = score.pair(each for each in told if each.office == office.code)
        assert not paired.strays
        read = score.looked_at(office.code, paired.items, score.looks(office.code, told))
        assert round(ours(read), 6) == round(ours(made), 6), office.code


def _tricks(seed: int, offices: Sequence[Office], dossiers: Sequence[list[list[Item]]]) -> None:
    worst = range(len(offices) // 3)
    print("\nwhat a trick brings the worst third, in points: mean (largest)")
    print(f"{'trick':38} {'score':>18} {'share in time':>18}")
    for name, trick in TRICKS:
        rng = random.Random(seed)
        moved, naive = [], []
        for at in worst:
            before, after = flat(dossiers[at]), trick(rng, offices[at], dossiers[at])
            moved.append(ours(after) - ours(before))
            naive.append(naive_share(after) - naive_share(before))
        told = [f"{np.mean(each):+.1f} ({max(each):+.1f})" for each in (moved, naive)]
        print(f"{name:38} {told[0]:>18} {told[1]:>18}")


if __name__ == "__main__":
    main(sys.argv[1:])
