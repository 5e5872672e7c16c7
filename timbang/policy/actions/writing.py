"""Writing parts, adding documents with their sources, declaring interests, setting milestones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer
from timbang.law import policy
from timbang.law.refusal import Refusal
from timbang.policy import course, facts, gathering, parts, ties
from timbang.policy.actions.journal import (
    Said,
    Seen,
    check_may,
    check_open,
    check_untied,
    check_version,
    done_before,
    locked,
    write_line,
)
from timbang.policy.models import Act, Dossier, Found, Line, Milestone, Part, Piece, Tie
from timbang.policy.permission import OFFICE_ROLES, may

ROLE_AT: Mapping[str, str] = {
    "study": "analyst",
    "review": "reviewer",
    "drafting": "legal_drafter",
    "consultation": "analyst",
    "legal_clearance": "clearing_officer",
    "budget_clearance": "clearing_officer",
    "evaluation": "evaluator",
    "lane_evaluation": "evaluator",
}


@transaction.atomic
def write_part(
    dossier: Dossier, kind: str, given: Mapping[str, Any], *, seen: Seen, by: Officer, at: datetime
) -> Part:
    """A new version of a part, by whoever's work its step is; the earlier ones stay."""
    dossier = locked(dossier)
    if (earlier := done_before(dossier, seen, Act.PART, about=kind)) is not None:
        return Part.objects.get(line=earlier)
    check_version(dossier, seen)
    body = parts.read(kind, given)
    role = check_writer(dossier, kind, by)
    last = dossier.parts.filter(kind=kind).order_by("-ordinal").first()
    if last is not None and last.body == body:
        raise Refusal(_("Nothing has changed in this part."))
    said = Said(Act.PART, step=dossier.step, about=kind, role=role, content={kind: body})
    line = write_line(dossier, said, organ=by.organ, by=by, at=at, once=seen.once)
    return Part.objects.create(
        dossier=dossier,
        kind=kind,
        ordinal=last.ordinal + 1 if last else 1,
        body=body,
        digest=parts.print_of(kind, body),
        written_by=by,
        written_on=line.done_on,
        line=line,
    )


def check_writer(dossier: Dossier, kind: str, by: Officer) -> str:
    """Who writes which part, and when: at its own step; in the lane what was skipped, and after its
    end what is still owed. Never whom a tie keeps from it."""
    role = _writer(dossier, kind, by)
    check_untied(dossier, by, ties.WRITING)
    return role


def _writer(dossier: Dossier, kind: str, by: Officer) -> str:
    step = parts.KINDS[kind].step
    still_owed = course.still_owed(dossier, step)
    check_open(dossier, even_ended=still_owed)
    if not dossier.by_office:
        raise Refusal(_("An observer's dossier has documents, not parts of its own."))
    if kind == "lane":
        check_may(dossier, by, "decision_maker")
        if dossier.step in course.IN_LANE:
            raise Refusal(_("The measure runs already; its words do not change any more."))
        return "decision_maker"
    owed = dossier.step in course.IN_LANE and step in ("study", "drafting", *_CLEARED)
    if not owed and dossier.step not in (step, parts.ALSO_AT.get(kind, step)):
        raise Refusal(_("This part is not written at the step where the dossier stands."))
    role = ROLE_AT[step if owed else dossier.step]
    if step in _CLEARED:
        clearer = course.clearer_of(dossier, step)
        if clearer is None or clearer.organ_id != by.organ_id:
            raise Refusal(_("Another office gives this clearance."))
        if not may(by, role):
            raise Refusal(_("None of your roles may do this."))
        if course.acted_at(dossier, by) & {"study", "drafting"}:
            raise Refusal(_("Nobody clears or audits his own study: another officer does it."))
        return role
    check_may(dossier, by, role, even_ended=still_owed)
    return role


_CLEARED = ("legal_clearance", "budget_clearance")


@transaction.atomic
def declare_tie(
    dossier: Dossier, relation: str, words: str, *, seen: Seen, by: Officer, at: datetime
) -> Tie:
    """What an officer says of himself in this dossier. `relation` "": no interest."""
    dossier = locked(dossier)
    if (earlier := done_before(dossier, seen, Act.TIE, about=relation or "none")) is not None:
        return Tie.objects.get(line=earlier)
    check_open(dossier, even_ended=dossier.debts.owed().exists())
    if not course.has_a_part(dossier, by) or not may(by, *OFFICE_ROLES):
        raise Refusal(_("Another office writes this dossier; yours can read it."))
    if relation and relation not in ties.WORDS:
        raise Refusal(_("There is no such tie."))
    if relation and not words.strip():
        raise Refusal(_("Say in words what ties you to the matter."))
    said = Said(
        Act.TIE, step=dossier.step, about=relation or "none", words=words.strip(), role=by.roles[0]
    )
    line = write_line(dossier, said, organ=by.organ, by=by, at=at, once=seen.once)
    return Tie.objects.create(
        dossier=dossier,
        officer=by,
        step=dossier.step,
        relation=relation,
        words=words.strip(),
        declared_on=line.done_on,
        line=line,
    )


@dataclass(frozen=True, slots=True)
class Told:
    """A document, or that it was sought and is missing. Money in rupiah."""

    stage: str
    kind: str
    state: str = Found.FOUND.value
    title: str = ""
    issuer: str = ""
    issued_on: date | None = None
    says: str = ""
    amount: int | None = None
    # codes of facts.MARKS
    shows: tuple[str, ...] = ()
    source: str = ""
    url: str = ""
    read_on: date | None = None
    sought: str = ""


@transaction.atomic
def add_piece(
    dossier: Dossier,
    told: Told,
    *,
    seen: Seen,
    by: Officer,
    at: datetime,
    replaces: Piece | None = None,
) -> Piece:
    """Add a document to a dossier, or put a wrong one right: the wrong one stays to be seen."""
    dossier = locked(dossier)
    act = Act.PIECE if replaces is None else Act.PIECE_CORRECTED
    if (earlier := done_before(dossier, seen, act, about=told.kind)) is not None:
        return Piece.objects.get(line=earlier)
    check_version(dossier, seen)
    check_documents(dossier, by)
    on = course.today(by.organ, at)
    check_told(told, on)
    if replaces is not None:
        if replaces.dossier_id != dossier.pk:
            raise Refusal(_("This document belongs to another dossier."))
        if Piece.objects.filter(replaces=replaces).exists():
            raise Refusal(_("This document was put right already; correct the newer one."))
    said = Said(
        act, step=dossier.step, about=told.kind, role=by.roles[0],
        content={key: str(value) for key, value in asdict(told).items()},
    )  # fmt: skip
    line = write_line(dossier, said, organ=by.organ, by=by, at=at, once=seen.once)
    piece = keep_piece(dossier, told, by=by, line=line, replaces=replaces)
    _keep_path(dossier)
    return piece


def check_documents(dossier: Dossier, by: Officer) -> None:
    """Who adds and corrects documents: whoever writes the dossier, unless a tie keeps him from it;
    also after its end, when a document comes to light late."""
    roles = OFFICE_ROLES if dossier.by_office else ("policy_observer",)
    check_may(dossier, by, *roles, even_ended=True)
    check_untied(dossier, by, ties.WRITING)


def _keep_path(dossier: Dossier) -> None:
    """Write down, for lists, the path that an observer's documents show now."""
    if dossier.by_office:
        return
    path = policy.path_of(gathering.facts_of(dossier))
    Dossier.objects.filter(pk=dossier.pk).update(path=path)
    dossier.path = path


def keep_piece(
    dossier: Dossier, told: Told, *, by: Officer, line: Line, replaces: Piece | None = None
) -> Piece:
    """The row of a document whose line is written."""
    return Piece.objects.create(
        dossier=dossier, organ=by.organ, line=line, replaces=replaces, **asdict(told)
    )


def check_told(told: Told, on: date) -> None:
    """Refuse a document without what it needs to be checked by others."""
    if told.stage not in policy.STAGES or told.kind not in policy.DOCUMENTS:
        raise Refusal(_("There is no such stage or kind of document."))
    if policy.DOCUMENTS[told.kind].stage != told.stage:
        raise Refusal(_("This kind of document belongs to another stage."))
    if told.state not in Found.values:
        raise Refusal(_("A document is there, or it was sought and is missing, or nobody looked."))
    if told.state == Found.FOUND:
        if not told.title or not told.source or told.read_on is None:
            raise Refusal(_("A document has a title, a source, and the day on which it was read."))
        if told.read_on > on or (told.issued_on is not None and told.issued_on > on):
            raise Refusal(_("The day lies in the future."))
        if told.amount is not None and told.amount < 0:
            raise Refusal(_("An amount is a whole number of rupiah, 0 or more."))
        if set(told.shows) - facts.marks_of(told.kind).keys():
            raise Refusal(_("A document of this kind cannot show that."))
        return
    if told.issued_on is not None or told.amount is not None or told.shows:
        raise Refusal(_("What is not there has no day, no amount, and shows nothing."))
    if told.state == Found.MISSING and not told.sought:
        raise Refusal(_("Say where it was sought."))


@dataclass(frozen=True, slots=True)
class Planned:
    """A milestone as it is planned. `planned` in rupiah; `target` in the unit of `measure`."""

    title: str
    owner: str
    due_on: date
    planned: int | None = None
    measure: str = ""
    target: Decimal | None = None


@transaction.atomic
def set_milestone(
    dossier: Dossier, plan: Planned, *, seen: Seen, by: Officer, at: datetime
) -> Milestone:
    """Add a milestone to the plan of execution; what was set is never moved, only done."""
    dossier = locked(dossier)
    if (earlier := done_before(dossier, seen, Act.MILESTONE)) is not None:
        return Milestone.objects.get(set_by=earlier)
    check_version(dossier, seen)
    check_planner(dossier, by)
    if not plan.title.strip() or not plan.owner.strip():
        raise Refusal(_("A milestone has a title and an office or post that answers for it."))
    if plan.due_on < course.today(by.organ, at):
        raise Refusal(_("A milestone lies ahead: its day has passed."))
    if plan.planned is not None and plan.planned < 0:
        raise Refusal(_("An amount is a whole number of rupiah, 0 or more."))
    if plan.target is not None and not plan.measure.strip():
        raise Refusal(_("Say what the target counts, and in which unit."))
    ordinal = dossier.milestones.count() + 1
    said = Said(
        Act.MILESTONE, step=dossier.step, about=str(ordinal), role="executing_officer",
        content={key: str(value) for key, value in asdict(plan).items()},
    )  # fmt: skip
    line = write_line(dossier, said, organ=by.organ, by=by, at=at, once=seen.once)
    return Milestone.objects.create(dossier=dossier, ordinal=ordinal, set_by=line, **asdict(plan))


def check_planner(dossier: Dossier, by: Officer) -> None:
    """Who sets milestones: before the end, and never whom a tie keeps from writing."""
    check_may(dossier, by, "executing_officer", "analyst")
    if not dossier.by_office:
        raise Refusal(_("An observer's dossier has documents, not milestones of its own."))
    check_untied(dossier, by, ties.WRITING)


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a milestone. `spent` in rupiah; `result` in the unit of its measure."""

    done_on: date
    says: str
    spent: int | None = None
    result: Decimal | None = None


@transaction.atomic
def finish_milestone(
    milestone: Milestone, came: Came, *, seen: Seen, by: Officer, at: datetime
) -> Milestone:
    """Write down what came of a milestone, once."""
    dossier = locked(milestone.dossier)
    if (
        earlier := done_before(dossier, seen, Act.MILESTONE_DONE, about=str(milestone.ordinal))
    ) is not None:
        return Milestone.objects.get(done_by=earlier)
    check_version(dossier, seen)
    row = Milestone.objects.get(pk=milestone.pk)
    check_finisher(dossier, row, by)
    on = course.today(by.organ, at)
    if not course.began_on(dossier) <= came.done_on <= on:
        raise Refusal(_("The day must lie between the beginning of the execution and today."))
    if not came.says.strip():
        raise Refusal(_("Say in words what was done."))
    if row.target is not None and came.result is None:
        raise Refusal(_("This milestone promised something that is measured: write the result."))
    if came.spent is not None and came.spent < 0:
        raise Refusal(_("An amount is a whole number of rupiah, 0 or more."))
    said = Said(
        Act.MILESTONE_DONE, step=dossier.step, about=str(row.ordinal), role="executing_officer",
        content={key: str(value) for key, value in asdict(came).items()},
    )  # fmt: skip
    row.done_by = write_line(dossier, said, organ=by.organ, by=by, at=at, once=seen.once)
    row.done_on, row.spent, row.result, row.says = (
        came.done_on, came.spent, came.result, came.says.strip(),
    )  # fmt: skip
    row.save()
    return row


def check_finisher(dossier: Dossier, milestone: Milestone, by: Officer) -> None:
    """Who writes down what came of a milestone, and when; never whom a tie keeps from writing."""
    check_may(dossier, by, "executing_officer")
    if dossier.step not in ("execution", "direct_execution"):
        raise Refusal(_("Nothing is carried out before it was decided, or the lane was used."))
    if milestone.done_on is not None:
        raise Refusal(_("This milestone is done already."))
    check_untied(dossier, by, ties.WRITING)
