"""Complaints about services, as the desk reads them: which duty is touched, how the person was
served beside others, what mends it, and how content the complainants are.

What tells of a person is opened with the case key here. Which reporter answered what is read from
the reports of one's own office only; other offices see the answers, never whose they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer
from timbang.cases import conflicts, course, vault
from timbang.cases.models import (
    Case,
    CaseKey,
    Forwarding,
    HowKnown,
    Remedy,
    RemedyAnswer,
    ServiceNaming,
)
from timbang.cases.vault import Desk
from timbang.law import procedure as law
from timbang.law.bilingual import Bilingual
from timbang.law.refusal import Refusal
from timbang.law.service import (
    ASPECTS,
    DUTIES,
    GROUPS,
    KINDS,
    NOT_KNOWN,
    NOT_NAMED,
    NOT_PASSED_ON,
    OTHERS,
    REMEDIES,
    REMEDY_STATES,
    SATISFACTION,
    TREATED,
)
from timbang.reports import actions as reports
from timbang.reports import sealing
from timbang.reports.models import Offer, Report, Satisfaction, Status

MOST_SHOWN: Final = 50
# How a case of services ends when it is another office's.
PASSED_ON: Final = "forwarded"


@dataclass(frozen=True, slots=True)
class Beside:
    """How the person was treated in one respect, beside others: codes, and what was measured."""

    treated: str
    own: str = ""
    others: str = ""

    @property
    def told(self) -> bool:
        """Whether anything is known of it."""
        return self.treated != NOT_KNOWN or bool(self.own or self.others)


@dataclass(frozen=True, slots=True)
class Served:
    """What an officer named: the duties touched, the group served, and how the person was treated
    compared with whom; `beside` by the codes of `law.service.ASPECTS`."""

    duties: tuple[str, ...]
    group: str = NOT_KNOWN
    others: str = NOT_KNOWN
    beside: Mapping[str, Beside] = field(default_factory=dict)
    how_known: str = ""
    words: str = ""

    def check(self) -> None:
        """Refuse codes that are not in the vocabulary, and a comparison with nobody."""
        if not self.duties or not set(self.duties) <= DUTIES.keys():
            raise Refusal(_("Name at least one duty: service, empowerment or development."))
        if self.group not in GROUPS or self.others not in OTHERS:
            raise Refusal(_("Choose the group and the others from the list."))
        if not self.beside.keys() <= ASPECTS.keys():
            raise Refusal(_("Compare in the respects of the list only."))
        if any(found.treated not in TREATED for found in self.beside.values()):
            raise Refusal(_("Choose how the person was treated from the list."))
        compared = [found for found in self.beside.values() if found.treated != NOT_KNOWN]
        if compared and self.others == NOT_KNOWN:
            raise Refusal(_("Say with whom the person is compared."))
        if compared and self.how_known not in HowKnown.values:
            raise Refusal(_("Say how the comparison is known."))

    @property
    def worse(self) -> bool:
        """Whether the person was treated worse than others in any respect."""
        return any(found.treated == "worse" for found in self.beside.values())


def close_served(key: bytes, row: ServiceNaming, served: Served) -> bytes:
    """All but the duties, under the case key."""
    return sealing.close_json(key, asdict(served), vault.context("served", row.id))


def open_served(key: bytes, row: ServiceNaming) -> Served:
    """What `close_served` closed."""
    told = sealing.open_json(key, bytes(row.sealed), vault.context("served", row.id))
    beside = {code: Beside(**found) for code, found in told["beside"].items()}
    return Served(**{**told, "duties": tuple(told["duties"]), "beside": beside})


def close_words(key: bytes, row: Remedy | RemedyAnswer | Forwarding, what: str, text: Any) -> bytes:
    """Words that belong to a row, under the case key."""
    return sealing.close_json(key, text, vault.context(what, row.id))


def open_words(key: bytes, row: Remedy | RemedyAnswer | Forwarding, what: str) -> Any:
    """What `close_words` closed; empty when nothing was."""
    sealed = row.sealed_proof if what == "remedy-proof" and isinstance(row, Remedy) else row.sealed
    return (
        "" if sealed is None else sealing.open_json(key, bytes(sealed), vault.context(what, row.id))
    )


def is_service(case: Case) -> bool:
    """Whether a case is a complaint about a service, or of maladministration."""
    return case.kind in KINDS


def named(case: Case) -> ServiceNaming | None:
    """What was named last."""
    return case.service_namings.order_by("journal__version").last()


def weighs(step: law.Step | None, outcome: law.Outcome) -> bool:
    """Whether an outcome says if the complaint is right: what an examiner studied is decided."""
    return step is not None and step.role == "examiner" and outcome.role == "decision_maker"


def lacking(case: Case, outcome: law.Outcome) -> Bilingual | None:
    """What is missing before a complaint is decided, or ends as another office's; every other
    outcome lacks nothing here."""
    if not is_service(case):
        return None
    if weighs(course.step_of(case), outcome):
        return None if named(case) else NOT_NAMED
    if not law.is_end(outcome.to):
        return None
    end = course.procedure_of(case).end(outcome.to.removeprefix(law.END))
    return NOT_PASSED_ON if end.kind == PASSED_ON and not case.forwardings.exists() else None


def as_named(case: Case, option: course.Option) -> course.Option:
    """The option, held back while something of the complaint is not written down."""
    missing = lacking(case, option.outcome)
    return option if missing is None else replace(option, missing=(*option.missing, missing))


def check_step(case: Case, outcome_code: str) -> None:
    """Refuse an outcome while something of the complaint is not written down."""
    step = course.step_of(case)
    for outcome in step.outcomes if step else ():
        missing = lacking(case, outcome) if outcome.code == outcome_code else None
        if missing is not None:
            # that these are asked for is a rule of this system: no norm is cited
            raise Refusal(missing)


# The case page


@dataclass(frozen=True)
class RemedyView:
    """A remedy with its words, what was answered, and what may be done."""

    row: Remedy
    kind: Bilingual
    words: str
    state: Bilingual
    answers: tuple[tuple[RemedyAnswer, str], ...]
    proof: str
    overdue: bool
    # reports of this office whose reporters cannot read it yet
    to_show: int


def state_of(row: Remedy, answers: Sequence[str]) -> str:
    """How far a remedy has come: one refusal outweighs, what is carried out is carried out."""
    if row.done_on is not None:
        return "done"
    if "refused" in answers:
        return "refused"
    return "accepted" if answers else "offered"


def remedies_of(case: Case, desk: Desk, *, on: date) -> list[RemedyView]:
    """The remedies of a case, the first one first."""
    rows = list(case.remedies.select_related("organ").prefetch_related("answers"))
    if not rows:
        return []
    key, own = vault.case_key(case, desk), _own_reports(case, desk)
    shown = _shown(rows, own)
    return [_remedy(row, key, on, len(own) - shown.get(row.pk, 0)) for row in rows]


def _remedy(row: Remedy, key: bytes, on: date, to_show: int) -> RemedyView:
    answers = list(row.answers.all())
    state = state_of(row, [found.answer for found in answers])
    return RemedyView(
        row,
        REMEDIES[row.kind],
        open_words(key, row, "remedy"),
        REMEDY_STATES[state],
        tuple((found, open_words(key, found, "remedy-answer")) for found in answers),
        open_words(key, row, "remedy-proof"),
        row.done_on is None and row.due_on < on,
        to_show,
    )


def _own_reports(case: Case, desk: Desk) -> list[Report]:
    """Reports of this office whose reporters can still be told something."""
    linked = case.reports.filter(report__organ=desk.organ).values("report")
    return list(Report.objects.filter(pk__in=linked).exclude(status=Status.WITHDRAWN))


def _shown(rows: Sequence[Remedy], own: Sequence[Report]) -> dict[Any, int]:
    """For how many of these reports each remedy is shown already."""
    numbers = Offer.objects.filter(remedy__in=[row.pk for row in rows], report__in=own)
    found: dict[Any, int] = {}
    for remedy in numbers.values_list("remedy", flat=True):
        found[remedy] = found.get(remedy, 0) + 1
    return found


def unshown(row: Remedy, desk: Desk) -> list[Report]:
    """Reports of this office whose reporters cannot read a remedy yet."""
    offered = Offer.objects.filter(remedy=row.pk, report=OuterRef("pk"))
    own = Report.objects.filter(pk__in=[report.pk for report in _own_reports(row.case, desk)])
    return list(own.filter(~Exists(offered)).select_related("organ"))


@dataclass(frozen=True)
class BesideView:
    """One respect of the comparison, in words."""

    aspect: Bilingual
    treated: Bilingual
    own: str
    others: str
    worse: bool


@dataclass(frozen=True)
class ServedView:
    """What was named, in words."""

    duties: tuple[Bilingual, ...]
    group: Bilingual
    others: Bilingual
    beside: tuple[BesideView, ...]
    how_known: str
    words: str
    worse: bool


def served_view(served: Served) -> ServedView:
    """What was named, in words."""
    return ServedView(
        tuple(DUTIES[code] for code in served.duties),
        GROUPS[served.group],
        OTHERS[served.others],
        tuple(
            BesideView(name, TREATED[found.treated], found.own, found.others,
                       found.treated == "worse")
            for code, name in ASPECTS.items()
            for found in [served.beside.get(code)]
            if found is not None and found.told
        ),
        served.how_known,
        served.words,
        served.worse,
    )  # fmt: skip


def newest(case: Case, desk: Desk) -> Served | None:
    """What was named last, opened."""
    row = named(case)
    return None if row is None else open_served(vault.case_key(case, desk), row)


def told_by_reporters(case: Case, desk: Desk) -> tuple[Bilingual, ...]:
    """In what the reporters of this office say that others were treated better."""
    told: set[str] = set()
    for report in _own_reports(case, desk):
        told |= set(reports.open_report(report, desk.private).content.treated_worse)
    return tuple(name for code, name in ASPECTS.items() if code in told)


def forwardings_of(case: Case, desk: Desk) -> list[tuple[Forwarding, dict[str, str]]]:
    """To whom it was passed, with the number and the words; for the office that did."""
    rows = case.forwardings.select_related("organ", "journal")
    mine = [row for row in rows if row.journal.organ_id == desk.organ.pk]
    if not mine:
        return []
    key = vault.case_key(case, desk)
    return [(row, open_words(key, row, "forwarding")) for row in mine]


def said_of(case: Case, desk: Desk) -> list[tuple[Bilingual, date, str]]:
    """How content the reporters of this office are, with their words; nobody else reads them."""
    found = []
    for report in _own_reports(case, desk):
        opened = reports.open_report(report, desk.private)
        said = reports.satisfaction_of(report, opened.report_key)
        if said is not None:
            found.append((SATISFACTION[said[0].level], said[0].said_on, said[1]))
    return found


# What waits in an office


@dataclass(frozen=True)
class Waiting:
    """Complaints of an office on which somebody should look: each list at most `MOST_SHOWN`."""

    unnamed: list[Case]
    refused: list[Remedy]
    overdue: list[Remedy]
    content: list[tuple[Bilingual, int]]


def waiting(officer: Officer, *, on: date) -> Waiting:
    """What waits in this officer's office."""
    organ, barred = officer.organ, conflicts.barred_cases(officer)
    # The shelf holds what is needed to choose, so that no case is read but those that are shown.
    shelf = CaseKey.objects.filter(organ=organ, ours=True, running=True, kind__in=KINDS)
    named_before = ServiceNaming.objects.filter(case=OuterRef("case"))
    unnamed = shelf.filter(~Exists(named_before)).exclude(case__in=barred)
    open_here = Remedy.objects.filter(organ=organ, done_on=None).exclude(case__in=barred)
    refused = open_here.filter(answers__answer="refused").distinct()
    overdue = open_here.filter(due_on__lt=on)
    return Waiting(
        [key.case for key in unnamed.select_related("case").order_by("due_on", "id")[:MOST_SHOWN]],
        list(refused.select_related("case").order_by("due_on", "id")[:MOST_SHOWN]),
        list(overdue.select_related("case").order_by("due_on", "id")[:MOST_SHOWN]),
        _content(officer),
    )


def _content(officer: Officer) -> list[tuple[Bilingual, int]]:
    """How content reporters of this office are: counts, each level apart."""
    rows = Satisfaction.objects.filter(report__organ=officer.organ)
    found = dict(rows.values_list("level").annotate(Count("pk")))
    return [(name, found.get(code, 0)) for code, name in SATISFACTION.items()]
