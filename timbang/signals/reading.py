"""Leads as pages read them: the queue, what may explain a lead innocently, what was learned."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Q

from timbang.accounts.models import Officer
from timbang.law.bilingual import Bilingual
from timbang.signals import catalogue
from timbang.signals.detector import Detector
from timbang.signals.learning import Learned
from timbang.signals.models import Lead, LeadAct, LeadQuerySet, LeadTick

PAGE: Final = 50
# What the queue may show beside the states: open leads that the newest run found or did not.
WAITING, GONE = "waiting", "gone"
VIEWS: Final = (WAITING, GONE, "dismissed", "merged", "taken")
IN_A_WINDOW: Final = "any"
# What a list needs of a lead; evidence and measures may be long.
_LISTED: Final = ("evidence", "earlier_evidence", "measures")


# One lead


def detector_of(lead: Lead) -> Detector | None:
    """The detector as it is today; None where it was taken away."""
    return catalogue.detectors().get(lead.detector)


@dataclass(frozen=True, slots=True)
class Explanation:
    """An innocent explanation of a lead: its words, what an officer found of it for the evidence
    that bears the lead now, and what was found before that changed."""

    lead: Lead
    place: int
    words: Bilingual
    tick: LeadTick | None
    earlier: LeadTick | None


def key_of(words: Bilingual) -> str:
    """The digest of its words in both languages: another wording is another explanation."""
    return hashlib.sha256(f"{words.id}\0{words.en}".encode()).hexdigest()


def explanations(lead: Lead) -> list[Explanation]:
    """The innocent explanations of a lead in the order of its detector, with the last tick of each.

    Empty where the detector was taken away.
    """
    detector = detector_of(lead)
    if detector is None:
        return []
    ticks: dict[str, dict[bool, LeadTick]] = defaultdict(dict)
    for tick in lead.ticks.select_related("officer", "organ").order_by("pk"):
        ticks[tick.explanation][tick.material == lead.material] = tick
    return [
        Explanation(lead, place, words, ticks[key].get(True), ticks[key].get(False))
        for place, words in enumerate(detector.method.innocent, 1)
        for key in (key_of(words),)
    ]


def matter(lead: Lead) -> list[Lead]:
    """A lead and all that were merged into it: what one finding would rest on."""
    return [lead, *lead.merged.order_by("year", "ordinal")]


def unlooked(lead: Lead) -> list[Explanation]:
    """The innocent explanations of the matter that nobody has looked at as it stands now."""
    return [each for one in matter(lead) for each in explanations(one) if each.tick is None]


def explained(lead: Lead) -> list[Explanation]:
    """Those that were found to explain a lead of the matter."""
    return [
        each
        for one in matter(lead)
        for each in explanations(one)
        if each.tick and each.tick.outcome == LeadTick.Outcome.EXPLAINS
    ]


def history(lead: Lead) -> list[LeadAct]:
    """Everything that was done with a lead, the newest first."""
    rows = lead.acts.select_related("officer", "organ", "into", "run")
    return list(rows.order_by("-ordinal"))


def acts_since(lead: Lead, version: int) -> list[LeadAct]:
    """What was done after a version of the lead that somebody saw."""
    return [act for act in history(lead) if act.ordinal > version]


# The queue


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which leads a list shows; empty fields narrow nothing. `after` is the last one of the page
    before: its turn and id."""

    view: str = WAITING
    detector: str = ""
    kind: str = ""
    region: str = ""
    election: str = ""
    after: tuple[float, UUID] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of leads; `after` leads to the next one, None on the last."""

    leads: Sequence[Lead]
    after: tuple[float, UUID] | None


def page(officer: Officer, wanted: Wanted) -> Page:
    """Leads in their turn, a page at the same price wherever it lies."""
    rows = _narrowed(officer, wanted)
    if wanted.after is not None:
        turn, last = wanted.after
        rows = rows.filter(Q(turn__gt=turn) | Q(turn=turn, id__gt=last))
    listed = rows.select_related("taken_by", "merged_into").defer(*_LISTED)
    found = list(listed.order_by("turn", "id")[: PAGE + 1])
    more = len(found) > PAGE
    shown = found[:PAGE]
    return Page(shown, (shown[-1].turn, shown[-1].pk) if more else None)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many leads an officer's list holds: by view, and of the chosen view by detector, kind and
    election (empty: outside of every window)."""

    by_view: dict[str, int]
    by_detector: dict[str, int] = field(default_factory=dict)
    by_kind: dict[str, int] = field(default_factory=dict)
    by_election: dict[str, int] = field(default_factory=dict)
    total: int = 0


def counts(officer: Officer, wanted: Wanted) -> Counts:
    """The numbers beside the filters; `total` is that of the narrowed list."""
    reach = Lead.objects.open_to(officer).order_by()
    views: Counter[str] = Counter()
    for state, found, number in reach.values_list("state", "found").annotate(n=Count("id")):
        views[_view(state, found)] += number
    chosen = _in_view(reach, wanted.view)
    told: tuple[Counter[str], ...] = (Counter(), Counter(), Counter())
    for *names, number in chosen.values_list("detector", "kind", "election").annotate(
        n=Count("id")
    ):
        for counter, name in zip(told, names, strict=True):
            counter[name] += number
    by_detector, by_kind, by_election = (dict(sorted(each.items())) for each in told)
    total = _narrowed(officer, wanted).order_by().count()
    return Counts(dict(views), by_detector, by_kind, by_election, total)


def _view(state: str, found: bool) -> str:
    return state if state != Lead.State.OPEN else WAITING if found else GONE


def _in_view(rows: LeadQuerySet, view: str) -> LeadQuerySet:
    if view in (WAITING, GONE):
        return rows.filter(state=Lead.State.OPEN, found=view == WAITING)
    return rows.filter(state=view)


def _narrowed(officer: Officer, wanted: Wanted) -> LeadQuerySet:
    rows = _in_view(Lead.objects.open_to(officer), wanted.view)
    if wanted.detector:
        rows = rows.filter(detector=wanted.detector)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.region:
        within = Q(region_code=wanted.region) | Q(region_code__startswith=f"{wanted.region}.")
        rows = rows.filter(within)
    if wanted.election == IN_A_WINDOW:
        rows = rows.exclude(election="")
    elif wanted.election:
        rows = rows.filter(election=wanted.election)
    return rows


# What was learned


def learned(detectors: Iterable[str] = ()) -> dict[str, Learned]:
    """What became of the leads of each detector, over all offices; of these detectors only, if any
    are named."""
    leads, acts = Lead.objects.order_by(), LeadAct.objects.order_by()
    named = list(detectors)
    if named:
        leads, acts = leads.filter(detector__in=named), acts.filter(lead__detector__in=named)
    states: dict[str, Counter[str]] = defaultdict(Counter)
    for code, state, found, number in leads.values_list("detector", "state", "found").annotate(
        n=Count("id")
    ):
        states[code][_view(state, found)] += number
    standing = acts.filter(
        what=LeadAct.What.DISMISSED, lead__state=Lead.State.DISMISSED, ordinal=F("lead__version")
    )
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    for code, why, number in standing.values_list("lead__detector", "why").annotate(n=Count("id")):
        reasons[code][why] += number
    return {
        code: Learned(
            detector=code,
            open=found[WAITING],
            gone=found[GONE],
            merged=found[Lead.State.MERGED],
            taken=found[Lead.State.TAKEN],
            dismissed=dict(reasons[code]),
            useful_reasons=tuple(LeadAct.USEFUL),
        )
        for code, found in sorted(states.items())
    }
