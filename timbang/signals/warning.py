"""Early warning: an index of each region before an election, from what is public.

The formula and the weights stand in `data/warning.yaml` and on the page. Among the regions of one
kind (provinces; regencies and cities) each component ranks those for which it is known, 0 to 1:

    rank(r) = (number of regions with a lower value + half of the others with the same) / (n - 1)
    index(r) = sum of weight * rank over its known components / sum of their weights

A component that is not known somewhere is left out there, never counted as zero; a region of which
less than LEAST_KNOWN of the weight is known has no index. Of a list that names only the highest
(`rest: below`) the others are known to stand below: they share the lowest ranks. What a place is
worth is shown by changing the weights and by filling the gaps. Each weight is drawn DRAWS times
between half and one and a half of itself. Each time what is not known of a region, whether it has
an index or not, may be anything from the lowest rank to the highest, which also moves the ranks of
the others. Told are the 5th percentile of the best place that a region could then have, and the
95th of the worst, among all regions; and each component is left out once.

Reports never enter. The rate of published reports stands beside: where it is in the lowest third
and the public signals are in the highest third, the region is told as silent (*sunyi*), because
where criticism is avoided quiet is no proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from timbang.law import yaml_file
from timbang.law.bilingual import Bilingual
from timbang.law.yaml_file import Yaml
from timbang.signals.published import Figure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE: Final = Path(__file__).with_name("data") / "warning.yaml"
KINDS: Final = ("signals", "decided", "history", "published")
REPORTS: Final = "reports"
# Below this share of the weight an index would tell mostly what is not known: a choice of ours.
LEAST_KNOWN: Final = 0.4
# Fewer regions cannot be ranked against each other.
FEWEST_REGIONS: Final = 3
DRAWS: Final = 1000
SEED: Final = 20241127
THIRD: Final = 1 / 3


@dataclass(frozen=True, slots=True)
class Component:
    """One component: its relative weight, what is measured, and why it weighs so much.

    `detectors` is the kind of detectors (see `detector.KINDS`) whose leads a component of signals
    counts. `rest_below`: regions that its list does not name stand below those that it names.
    """

    code: str
    kind: str
    weight: int
    title: Bilingual
    measure: Bilingual
    reason: Bilingual
    detectors: str | None
    rest_below: bool


@dataclass(frozen=True, slots=True)
class Formula:
    """All components, and what is said of reports."""

    components: tuple[Component, ...]
    reporting_title: Bilingual
    reporting_reason: Bilingual


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one component adds to an index.

    `value` as measured (None: below all that are named), its `rank` from 0 to 1, and `share`, the
    part of the index that comes from it (weight * rank / sum of the known weights).
    """

    component: str
    value: float | None
    rank: float
    share: float
    known_on: date
    source: str


@dataclass(frozen=True, slots=True)
class Warning:
    """One region. `index` (0 to 1) and `place` (1 is highest) are None where too little is known.

    `of` counts the regions with an index, `among` all of them. `index_low` and `index_high` are the
    index if all that is not known were lowest or highest; `place_low` and `place_high` are its best
    and worst place among all regions, with the weights changed and the gaps filled. `without` is
    its place when a component is left out. `known` is the share of the weight that is known.
    `silent` is None where the rate of reports or the signals are not known.
    """

    region_code: str
    index: float | None
    index_low: float
    index_high: float
    place: int | None
    of: int
    among: int
    known: float
    contributions: tuple[Contribution, ...]
    missing: tuple[str, ...]
    place_low: int
    place_high: int
    without: Mapping[str, int]
    reports: float | None
    silent: bool | None

    @property
    def standing(self) -> float:
        """The mean rank of what is known, however little: it is no index."""
        return sum(each.share for each in self.contributions)


@cache
def formula() -> Formula:
    """The shipped formula. Raises `YamlError`, which says file and line."""
    return read_formula(FILE)


def read_formula(path: Path) -> Formula:
    """A formula from a file. Raises `YamlError`, which says file and line."""
    top = yaml_file.load(path).fields(("components", "reporting"))
    components = tuple(map(_component, top["components"].items()))
    reporting = top["reporting"].fields(("title", "reason"))
    return Formula(components, reporting["title"].bilingual(), reporting["reason"].bilingual())


def _component(item: Yaml) -> Component:
    found = item.fields(
        ("code", "kind", "weight", "title", "measure", "reason"), ("detectors", "rest")
    )
    weight = found["weight"].number()
    if weight < 1:
        raise found["weight"].error("a weight is 1 or more")
    kind = found["kind"].one_of(KINDS)
    if (kind == "signals") != ("detectors" in found):
        raise item.error("'detectors' belongs to components of signals, and to no others")
    return Component(
        code=found["code"].text(),
        kind=kind,
        weight=weight,
        title=found["title"].bilingual(),
        measure=found["measure"].bilingual(),
        reason=found["reason"].bilingual(),
        detectors=found["detectors"].text() if "detectors" in found else None,
        rest_below="rest" in found and found["rest"].one_of(("below",)) == "below",
    )


def warn(formula: Formula, figures: Iterable[Figure], regions: Sequence[str]) -> list[Warning]:
    """The index of each of `regions` (all of one kind), the highest first; those without one come
    last, by what is known of them.

    `figures` are the values of the components (`indicator` is a component's code) and, under
    "reports", the published reports; figures of other indicators and regions are left aside.
    """
    known = _by_region(figures, set(regions))
    table = _Table(formula.components, list(regions), known)
    warnings = [_warning(table, each, known.get(REPORTS, {})) for each in range(len(regions))]
    return sorted(
        warnings,
        key=lambda w: (w.place is None, w.place or 0, w.place is None and -w.standing,
                       w.region_code),
    )  # fmt: skip


def could_lead(warnings: Iterable[Warning]) -> list[Warning]:
    """Regions without an index that could stand first if what is not known of them were known."""
    return [each for each in warnings if each.place is None and each.place_low == 1]


def _by_region(figures: Iterable[Figure], regions: set[str]) -> dict[str, dict[str, Figure]]:
    found: dict[str, dict[str, Figure]] = {}
    for figure in figures:
        if figure.region_code in regions:
            found.setdefault(figure.indicator, {})[figure.region_code] = figure
    return found


class _Table:
    """Ranks of all regions by component, and their places under changed weights."""

    def __init__(
        self,
        components: tuple[Component, ...],
        regions: list[str],
        known: Mapping[str, Mapping[str, Figure]],
    ) -> None:
        import numpy as np

        self.components, self.regions, self.known = components, regions, known
        columns = [
            ranks(regions, known.get(each.code, {}), rest_below=each.rest_below)
            for each in components
        ]
        self.ranks = np.array(columns, dtype=float).reshape(len(components), len(regions)).T
        self.weights = np.array([each.weight for each in components], dtype=float)
        total = self.weights.sum()
        self.share = (~np.isnan(self.ranks) * self.weights).sum(axis=1) / total
        self.judged = self.share >= LEAST_KNOWN
        self.index = self._index(self.weights)
        self.place = self._places(self.index)
        bounds = [
            bounds_of(regions, known.get(each.code, {}), rest_below=each.rest_below)
            for each in components
        ]
        self.low, self.high = (
            np.array(bounds, dtype=float)
            .reshape(len(components), 2, len(regions))
            .transpose(1, 2, 0)
        )
        self.index_low, self.index_high = self._span(self.weights)
        self.place_low, self.place_high = self._drawn()
        self.left_out = {
            each.code: self._places(self._index(_without(self.weights, position)))
            for position, each in enumerate(components)
        }

    def _index(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """The index of each region; nan where it is not judged or nothing is left."""
        import numpy as np

        here = ~np.isnan(self.ranks) * weights
        total = here.sum(axis=1)
        summed = (np.nan_to_num(self.ranks) * here).sum(axis=1)
        found = np.divide(summed, total, out=np.full(len(total), np.nan), where=total > 0)
        return np.where(self.judged, found, np.nan)

    def _places(self, index: NDArray[np.float64]) -> NDArray[np.float64]:
        """1 for the highest; equal ones share the better place; nan where there is no index."""
        import numpy as np

        rounded = np.round(index, 9)
        above = (rounded[None, :] > rounded[:, None]).sum(axis=1)
        return np.where(np.isnan(index), np.nan, above + 1.0)

    def _span(
        self, weights: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The least and the greatest index of each region, whatever fills its gaps. A component of
        which nothing is known anywhere is no gap of anyone."""
        import numpy as np

        used = np.where(np.isnan(self.ranks).all(axis=0), 0.0, weights)
        total = used.sum()
        if not total:
            return np.zeros(len(self.regions)), np.ones(len(self.regions))
        return (self.low * used).sum(axis=1) / total, (self.high * used).sum(axis=1) / total

    def _drawn(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The best and the worst place of each region under DRAWS changed weights and the weights
        themselves, whatever fills the gaps."""
        import numpy as np

        factors = np.random.default_rng(SEED).uniform(0.5, 1.5, (DRAWS, len(self.weights)))
        best, worst = _reach(*self._span(self.weights))
        drawn = np.array([_reach(*self._span(self.weights * each)) for each in factors])
        low = np.percentile(drawn[:, 0], 5, axis=0)
        high = np.percentile(drawn[:, 1], 95, axis=0)
        return (
            np.minimum(np.floor(low), best).astype(np.int64),
            np.maximum(np.ceil(high), worst).astype(np.int64),
        )


def _reach(
    low: NDArray[np.float64], high: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The best place of each region (only those surely above it stand above) and the worst (all
    that might stand above do)."""
    import numpy as np

    low, high = np.round(low, 9), np.round(high, 9)
    surely = len(low) - np.searchsorted(np.sort(low), high, side="right")
    perhaps = len(high) - np.searchsorted(np.sort(high), low, side="right")
    return surely + 1, perhaps + 1 - (high > low)


def _without(weights: NDArray[np.float64], position: int) -> NDArray[np.float64]:
    found = weights.copy()
    found[position] = 0
    return found


def ranks(
    regions: Sequence[str], values: Mapping[str, Figure], *, rest_below: bool = False
) -> list[float]:
    """The rank of each region from 0 to 1; nan where it is not known or too few are."""
    import numpy as np

    if len(values) < FEWEST_REGIONS:
        return [float("nan")] * len(regions)
    found = np.array([values[r].value if r in values else np.nan for r in regions], dtype=float)
    if rest_below:
        found = np.where(np.isnan(found), -np.inf, found)
    known = found[~np.isnan(found)]
    below = (known[None, :] < found[:, None]).sum(axis=1)
    same = (known[None, :] == found[:, None]).sum(axis=1) - 1
    ranked = (below + same / 2) / (len(known) - 1)
    return [float(each) for each in np.where(np.isnan(found), np.nan, ranked)]


def bounds_of(
    regions: Sequence[str], values: Mapping[str, Figure], *, rest_below: bool = False
) -> tuple[list[float], list[float]]:
    """The lowest and the highest rank that each region could have if all were known."""
    import numpy as np

    found = ranks(regions, values, rest_below=rest_below)
    ranked = np.array(found, dtype=float)
    gaps = np.isnan(ranked)
    number, missing = int((~gaps).sum()), int(gaps.sum())
    if not number:
        return [0.0] * len(regions), [1.0] * len(regions)
    low = ranked * (number - 1) / (number - 1 + missing)
    high = (ranked * (number - 1) + missing) / (number - 1 + missing)
    return (
        [float(each) for each in np.where(gaps, 0.0, low)],
        [float(each) for each in np.where(gaps, 1.0, high)],
    )


def _warning(table: _Table, at: int, reports: Mapping[str, Figure]) -> Warning:
    import numpy as np

    region = table.regions[at]
    judged = bool(table.judged[at])
    contributions = tuple(_contributions(table, at))
    named = {each.component for each in contributions}
    left_out = {code: places[at] for code, places in table.left_out.items() if code in named}
    return Warning(
        region_code=region,
        index=float(table.index[at]) if judged else None,
        index_low=float(table.index_low[at]),
        index_high=float(table.index_high[at]),
        place=int(table.place[at]) if judged else None,
        of=int(table.judged.sum()),
        among=len(table.regions),
        known=float(table.share[at]),
        contributions=contributions,
        missing=tuple(each.code for each in table.components if each.code not in named),
        place_low=int(table.place_low[at]),
        place_high=int(table.place_high[at]),
        without={code: int(place) for code, place in left_out.items() if not np.isnan(place)},
        reports=reports[region].value if region in reports else None,
        silent=_silent(table, at, reports),
    )


def _contributions(table: _Table, at: int) -> Iterator[Contribution]:
    import numpy as np

    here = ~np.isnan(table.ranks[at]) * table.weights
    for position, each in enumerate(table.components):
        rank = float(table.ranks[at, position])
        if np.isnan(rank):
            continue
        listed = table.known[each.code]
        own = listed.get(table.regions[at])
        figure = own or next(iter(listed.values()))
        share = float(here[position] * rank / here.sum())
        value = own.value if own else None
        yield Contribution(each.code, value, rank, share, figure.known_on, figure.source)


def _silent(table: _Table, at: int, reports: Mapping[str, Figure]) -> bool | None:
    """Few reports beside strong public signals; None where either is not known."""
    import numpy as np

    own = [position for position, each in enumerate(table.components) if each.kind == "signals"]
    signals = table.ranks[at, own]
    rate = ranks(table.regions, reports)[at]
    if np.isnan(rate) or np.isnan(signals).all():
        return None
    weights = table.weights[own] * ~np.isnan(signals)
    strength = float((np.nan_to_num(signals) * weights).sum() / weights.sum())
    return rate <= THIRD and strength >= 1 - THIRD


# --- was it right before? -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BackTest:
    """How an index that was known before went with what was recorded after, over `regions` regions.

    `correlation` is Spearman's, with a 95 % interval from resampled regions; `first` of the
    `named` regions with the highest index are among the `named` with most recorded. Regions whose
    record is not known are left out: with a list that was cut this flatters nobody and proves
    little.
    """

    regions: int
    correlation: float
    low: float
    high: float
    named: int
    first: int


FEWEST_FOR_TEST: Final = 5


def back_test(
    warnings: Sequence[Warning], outcome: Mapping[str, float], *, named: int = 5
) -> BackTest | None:
    """Hold an index against `outcome` (region to number recorded later); None with fewer than
    FEWEST_FOR_TEST regions that have both."""
    import numpy as np
    from scipy import stats

    both = [
        (w.index, outcome[w.region_code], w.region_code)
        for w in warnings
        if w.index is not None and w.region_code in outcome
    ]
    if len(both) < FEWEST_FOR_TEST:
        return None
    index = np.array([each[0] for each in both])
    after = np.array([each[1] for each in both])
    drawn = np.random.default_rng(SEED).integers(0, len(both), (DRAWS, len(both)))
    again = [
        stats.spearmanr(index[each], after[each]).statistic
        for each in drawn
        if len(set(index[each])) > 1 and len(set(after[each])) > 1
    ]
    low, high = np.percentile(again, (2.5, 97.5))
    highest = {both[position][2] for position in np.argsort(-index, kind="stable")[:named]}
    most = {both[position][2] for position in np.argsort(-after, kind="stable")[:named]}
    return BackTest(
        regions=len(both),
        correlation=float(stats.spearmanr(index, after).statistic),
        low=float(low),
        high=float(high),
        named=named,
        first=len(highest & most),
    )
