"""Where a dossier stands: its rules, whose turn it is, what may be done, and what holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from django.db.models import prefetch_related_objects

from timbang.accounts.hierarchy import Tree
from timbang.accounts.models import Officer, Organ
from timbang.law import policy, recusal, workdays
from timbang.law import procedure as law
from timbang.law.bilingual import Bilingual, joined
from timbang.law.guards import COMMENT_DAYS
from timbang.law.refusal import Refusal
from timbang.policy import parts, ties, wording
from timbang.policy.models import (
    Act,
    Clearer,
    Comment,
    Debt,
    Dossier,
    Line,
    Part,
    Rules,
    Shown,
    StepTerm,
)

PROCEDURE: Final = "policy_decision"
# Debts without which nothing is ratified: the rest (notice, report) is owed all the same.
FOR_RATIFICATION: Final = ("study", "legal_clearance", "budget_clearance", "audit")
# What a decree says in its own words; everybody comments on it before it is decided.
DRAFT: Final = ("considering", "regard", "decides")
IN_LANE: Final = ("direct_execution", "lane_evaluation")
# The acts that are work at a step.
CARRIED_OUT: Final = (Act.MILESTONE, Act.MILESTONE_DONE)
WORK: Final = (Act.STEP, Act.PART, Act.DEBT_PAID, *CARRIED_OUT)


def today(organ: Organ, at: datetime) -> date:
    """Which day it is where the office works."""
    return workdays.day_in(organ.time_zone, at)


def rules_of(dossier: Dossier) -> law.Procedure:
    """The rules under which the dossier began."""
    assert dossier.rules is not None
    return _read(dossier.rules.hash, dossier.rules.body)


@lru_cache(maxsize=16)
def _read(_hash: str, body: str) -> law.Procedure:
    return law.from_json(body)


def version_of(procedure: law.Procedure, on: date) -> Rules:
    """The row that keeps this text; written when the first dossier uses it."""
    row, _new = Rules.objects.get_or_create(
        hash=procedure.hash,
        defaults={
            "code": procedure.id,
            "version": procedure.version,
            "body": law.to_json(procedure),
            "first_used_on": on,
        },
    )
    return row


def step_of(dossier: Dossier) -> law.Step | None:
    """The step at which it stands; None for one that has ended or that somebody only watches."""
    if not dossier.by_office or dossier.ended_on is not None:
        return None
    return rules_of(dossier).step(dossier.step)


def title_of(dossier: Dossier, code: str) -> Bilingual:
    """The title of a step or an end (`end:code`) in the words of the dossier's own rules."""
    rules = rules_of(dossier)
    return rules.end(code).title if law.is_end(code) else rules.step(code).title


def holder_of(dossier: Dossier) -> Organ:
    """The office whose turn it is: the one that clears, or the one that decides."""
    clearer = clearer_of(dossier, dossier.step)
    return clearer.organ if clearer and dossier.ended_on is None else dossier.organ


def clearer_of(dossier: Dossier, step: str) -> Clearer | None:
    """The office that was named to clear at this step, if one was."""
    return next((row for row in dossier.clearers.all() if row.step == step), None)


def above(organ: Organ) -> Organ | None:
    """The office above, as the installation has them."""
    return Tree(Organ.objects.all()).above(organ)


def has_a_part(dossier: Dossier, officer: Officer) -> bool:
    """Whether his office has a part in it: it decides, clears, or may have to sign beside."""
    if officer.organ_id == dossier.organ_id:
        return True
    if any(row.organ_id == officer.organ_id for row in dossier.clearers.all()):
        return True
    higher = above(dossier.organ) if officer.has_role("decision_maker") else None
    return higher is not None and higher.pk == officer.organ_id


def newest(dossier: Dossier) -> dict[str, Part]:
    """The newest version of each part, by its kind."""
    rows = {row.kind: row for row in sorted(dossier.parts.all(), key=lambda row: row.ordinal)}
    prefetch_related_objects(list(rows.values()), "line")
    return rows


def bodies(dossier: Dossier) -> dict[str, dict[str, Any]]:
    return {kind: part.body for kind, part in newest(dossier).items()}


def taken(dossier: Dossier) -> Counter[str]:
    """How often the dossier took each outcome."""
    rows = dossier.journal.filter(act=Act.STEP).values_list("step", "outcome")
    return Counter(law.key(step, outcome) for step, outcome in rows)


def acted_at(dossier: Dossier, officer: Officer) -> frozenset[str]:
    """The steps at which this officer acted or wrote: nobody clears his own work.

    What is written or paid in the lane is work at the step that was skipped, too: whoever writes
    the study that is owed has studied.
    """
    rows = dossier.journal.filter(officer=officer, act__in=WORK)
    lines = list(rows.values_list("act", "step", "about"))
    own = {_own_step(act, about) for act, _step, about in lines}
    return frozenset((own | {step for _act, step, _about in lines}) - {""})


def carried_out(dossier: Dossier, officer: Officer) -> bool:
    """Whether this officer set a milestone of the execution, or wrote what came of one."""
    return dossier.journal.filter(officer=officer, act__in=CARRIED_OUT).exists()


def _own_step(act: str, about: str) -> str:
    """The step to which a part, or what is owed, belongs, wherever the dossier stood."""
    if act == Act.PART:
        return parts.KINDS[about].step
    return about if act == Act.DEBT_PAID else ""


def relations_of(dossier: Dossier, officer: Officer) -> frozenset[str] | None:
    """What he declared of himself in this dossier, empty for no interest; None where he has not."""
    told = {tie.relation for tie in dossier.ties.all() if tie.officer_id == officer.pk}
    return frozenset(told - {""}) if told else None


def tie_of(dossier: Dossier, officer: Officer, act: recusal.Act) -> recusal.Conflict | None:
    """The tie that keeps him from acting so; None where he declared none that does."""
    return ties.conflict(relations_of(dossier, officer) or (), act)


def not_conflicted(relations: frozenset[str] | None, role: str) -> bool:
    """Whether he declared, and nothing in it keeps him from acting in this role."""
    return relations is not None and ties.conflict(relations, ties.act_of(role)) is None


def entered(dossier: Dossier) -> int:
    """The version at which the dossier came to its present step."""
    came = dossier.journal.filter(act__in=(Act.OPENED, Act.STEP, Act.LAPSED), to=dossier.step)
    last = came.order_by("-version").first()
    return last.version if last else 0


def began_on(dossier: Dossier) -> date:
    """The day on which its execution began; its first day, as long as nothing is carried out."""
    steps = dossier.journal.filter(act=Act.STEP, to__in=("execution", IN_LANE[0]))
    last = steps.order_by("-version").first()
    return last.done_on if last else dossier.opened_on


def overdue(organ: Organ, on: date) -> int:
    """How many debts of an office are overdue on every reading."""
    return Debt.objects.owed().filter(dossier__organ=organ, due_on__lt=on).count()


def still_owed(dossier: Dossier, code: str) -> bool:
    """Whether this debt of the lane is neither paid nor dropped."""
    return any(row.code == code and row.is_owed for row in dossier.debts.all())


def guards(dossier: Dossier, *, on: date, lacks: Lacks | None = None) -> dict[str, bool | None]:
    """What holds of a dossier on this day, as far as its rows can show; `lacks` where it is known
    already what its parts lack."""
    found, since = newest(dossier), entered(dossier)
    goals = list(dossier.milestones.all())
    measured = [goal for goal in goals if goal.target is not None]
    evidence = found["evidence"].body if "evidence" in found else None
    lacks = lacking(dossier) if lacks is None else lacks
    new = {kind for kind, part in found.items() if part.line.version > since}
    written = new - lacks.keys()
    return {
        "study_complete": not lacks.keys() & set(parts.STUDY),
        "evidence_graded": parts.graded(evidence),
        "ties_declared": _ties_declared(dossier, since),
        "review_written": "review" in written,
        "authority_named": "authority" not in lacks,
        "hierarchy_checked": "hierarchy" not in lacks,
        "budget_line_named": "budget" not in lacks,
        "draft_written": not lacks.keys() & set(DRAFT),
        "comments_answered": comments_answered(dossier),
        "comment_days_passed": closes_from(dossier) <= on,
        "clearance_written": dossier.step in written,
        "evaluation_written": "evaluation" in written,
        "execution_plan_written": bool(goals),
        "milestones_closed": bool(goals) and all(goal.done_on is not None for goal in goals),
        # Something was to be measured, and all of it was.
        "result_measured": bool(measured) and all(goal.result is not None for goal in measured),
        "term_passed": _term_passed(dossier, on),
        **lane_guards(dossier, found.get("lane"), lacks=lacks, on=on),
    }


# Which parts stand behind a guard; "" is the part of the step itself.
PARTS_OF: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "study_complete": parts.STUDY,
        "review_written": ("review",),
        "authority_named": ("authority",),
        "hierarchy_checked": ("hierarchy",),
        "budget_line_named": ("budget",),
        "draft_written": DRAFT,
        "clearance_written": ("",),
        "evaluation_written": ("evaluation",),
        "lane_ground_stated": ("lane",),
        "lane_scope_stated": ("lane",),
    }
)
WHAT_LACKS: Final = Bilingual("{guard}: {details}", "{guard}: {details}")
# What each part lacks to be complete, by its kind.
Lacks = Mapping[str, list[Bilingual]]
FROM_DAY: Final = Bilingual("dapat ditutup mulai {day}", "it can be closed from {day}")


def lacking(dossier: Dossier) -> Lacks:
    """What each part lacks to be complete, in words; complete ones are left out."""
    return parts.lacking(bodies(dossier), copied(dossier))


def copied(dossier: Dossier) -> dict[str, str]:
    """The parts of the study that are word for word those of an older dossier of this office, each
    with its number."""
    found = {kind: part for kind, part in newest(dossier).items() if kind in parts.STUDY}
    prints = {kind: parts.print_of(kind, part.body) for kind, part in found.items()}
    rows = Part.objects.filter(kind__in=prints, digest__in=filter(None, prints.values()))
    rows = rows.filter(dossier__organ=dossier.organ_id)
    first: dict[tuple[str, str], tuple[UUID, str]] = {}
    for kind, digest, owner, number in rows.order_by("pk").values_list(
        "kind", "digest", "dossier_id", "dossier__number"
    ):
        first.setdefault((kind, digest), (owner, number))
    told = {kind: first.get((kind, digest)) for kind, digest in prints.items()}
    return {kind: each[1] for kind, each in told.items() if each and each[0] != dossier.pk}


def closes_from(dossier: Dossier) -> date:
    """The first day on which its comments can be closed, counted from when they were opened."""
    came = dossier.journal.filter(act=Act.STEP, to="consultation").order_by("-version").first()
    opened = came.done_on if came else dossier.opened_on
    return opened + timedelta(days=COMMENT_DAYS)


def comments_close_from(dossier: Dossier) -> date | None:
    """The same, while they are open and where its rules ask for it; else None."""
    step = step_of(dossier)
    if step is None or step.code != "consultation":
        return None
    asked = any("comment_days_passed" in outcome.requires for outcome in step.outcomes)
    return closes_from(dossier) if asked else None


def missing_words(dossier: Dossier, guards: Iterable[str], lacks: Lacks) -> list[Bilingual]:
    """What must still hold, each guard with what it lacks: which field, how much, since when."""
    told = details(dossier, guards, lacks)
    return [
        WHAT_LACKS.format(guard=law.GUARDS[code].missing, details=joined(found, ". "))
        if found
        else law.GUARDS[code].missing
        for code, found in told.items()
    ]


def details(dossier: Dossier, guards: Iterable[str], lacks: Lacks) -> dict[str, list[Bilingual]]:
    """For each of these guards that do not hold: what it lacks, as far as it can be said."""
    found = {}
    for code in guards:
        kinds = tuple(kind or dossier.step for kind in PARTS_OF.get(code, ()))
        found[code] = parts.listed(lacks, kinds)
        if code == "comment_days_passed":
            found[code] = [FROM_DAY.format(day=wording.day(closes_from(dossier)))]
    return found


def lane_guards(
    dossier: Dossier, part: Part | None, *, lacks: Lacks, on: date
) -> dict[str, bool | None]:
    """What holds of the lane: of the newest words about it, and of what was signed beside them."""
    body = part.body if part else {}
    said = part is not None and "lane" not in lacks
    signed = signatures(dossier, part) if part else []
    owed = overdue(dossier.organ, on)
    higher = any(line.organ_id != dossier.organ_id for line in signed)
    debts = list(dossier.debts.all())
    unpaid = any(row.code in FOR_RATIFICATION and row.paid_on is None for row in debts)
    return {
        "lane_ground_stated": said and body.get("ground") in policy.GROUNDS,
        "lane_scope_stated": said,
        "lane_sunset_set": sunset_in(dossier, body, on) is not None,
        "co_signed": bool(signed),
        "higher_co_sign_if_overdue": owed == 0 or higher,
        "debts_for_ratification_paid": bool(debts) and not unpaid,
    }


def signatures(dossier: Dossier, part: Part) -> list[Line]:
    """Who signed beside on this version of the lane's words; never whoever wrote them, nor who
    declared since then a tie that keeps him from deciding."""
    return [line for line in _signed(dossier, part) if not _tied_since(dossier, line)]


def void_signatures(dossier: Dossier, part: Part) -> list[Line]:
    """Who signed beside on this version, and declared since then a tie: these count no more."""
    return [line for line in _signed(dossier, part) if _tied_since(dossier, line)]


def _signed(dossier: Dossier, part: Part) -> list[Line]:
    lines = dossier.journal.select_related("organ", "officer")
    lines = lines.filter(act=Act.CO_SIGNED, version__gt=part.line.version)
    return list(lines.exclude(officer=part.written_by_id))


def _tied_since(dossier: Dossier, line: Line) -> bool:
    return line.officer is not None and tie_of(dossier, line.officer, "decide") is not None


def sunset_in(dossier: Dossier, body: Mapping[str, Any], on: date) -> date | None:
    """The last day that the lane's words name, if it lies ahead and no later than the rules let."""
    try:
        day = date.fromisoformat(str(body.get("sunset_on", "")))
    except ValueError:
        return None
    return day if on < day <= latest_sunset(dossier, on) else None


def latest_sunset(dossier: Dossier, on: date) -> date:
    """The last day that a measure of the lane may name when it begins on this day."""
    term = rules_of(dossier).step(IN_LANE[0]).term
    last = law.due(term, on).last_day if term else None
    return last or on


def comments_answered(dossier: Dossier) -> bool:
    """Whether each comment was read, and each that is shown got its answer."""
    rows = Comment.objects.filter(dossier=dossier).exclude(state=Shown.WITHHELD)
    return not rows.filter(answered_on=None).exists()


def _ties_declared(dossier: Dossier, since: int) -> bool:
    """Whether everybody who wrote at this step said what ties him to the matter."""
    acts = (Act.PART, Act.MILESTONE)
    wrote = dossier.journal.filter(act__in=acts, version__gt=since).values_list("officer")
    declared = {(tie.officer_id,) for tie in dossier.ties.all() if tie.step == dossier.step}
    return set(wrote) <= declared


def running_term(dossier: Dossier) -> StepTerm | None:
    """The term of the step at which it stands, where that has one."""
    return next((row for row in dossier.terms.all() if row.closed_on is None), None)


def _term_passed(dossier: Dossier, on: date) -> bool | None:
    term = running_term(dossier)
    return None if term is None or term.last_on is None else on > term.last_on


@dataclass(frozen=True, slots=True)
class Option:
    """An outcome that an officer may take, or what must still hold before he may.

    `tied`: the tie that keeps this officer from it. `undeclared`: he has not said yet whether
    anything ties him, and it asks for that.
    """

    outcome: law.Outcome
    missing: tuple[Bilingual, ...]
    next_title: Bilingual
    tied: recusal.Conflict | None = None
    undeclared: bool = False

    @property
    def ready(self) -> bool:
        return not self.missing and self.tied is None

    @property
    def waits(self) -> bool:
        """Whether something must still hold, and he is who may take it then."""
        return bool(self.missing) and self.tied is None

    @property
    def wants_reason(self) -> bool:
        return "reason_given" in self.outcome.requires


def options(
    dossier: Dossier,
    officer: Officer,
    *,
    held: Mapping[str, bool | None],
    acted: frozenset[str],
    lacks: Lacks,
) -> list[Option]:
    """What this officer may do now, ready or not, in the order of the procedure. `held` are the
    `guards` of this day, `acted` the steps at which he `acted_at`, `lacks` what is `lacking`."""
    step = step_of(dossier)
    if step is None or holder_or_office(dossier, officer) is None:
        return []
    found = law.allowed(
        rules_of(dossier),
        step.code,
        organ_kind=officer.organ.kind,
        roles=officer.roles,
        taken=taken(dossier),
        acted_at=acted,
    )
    told = relations_of(dossier, officer)
    fitting = (outcome for outcome in found if ground_fits(dossier, outcome))
    return [_option(dossier, outcome, held, told, lacks) for outcome in fitting]


def lead(dossier: Dossier, outcome: str, officer: Officer, held: Mapping[str, bool | None]) -> str:
    """Where the outcome leads when this officer takes it; refused where the rules do not let him.

    The refusal names no norm: the steps are this register's own, and the citation of a step says
    what it rests on, not who refuses.
    """
    try:
        return law.take(
            rules_of(dossier),
            dossier.step,
            outcome,
            organ_kind=officer.organ.kind,
            roles=officer.roles,
            guards=held,
            taken=taken(dossier),
            acted_at=acted_at(dossier, officer),
        )
    except Refusal as refusal:
        raise Refusal(refusal.message) from None


def ground_fits(dossier: Dossier, outcome: law.Outcome) -> bool:
    """Of the ways into the lane only the one that the lane's words name, if there are any."""
    if not outcome.owes:
        return True
    part = newest(dossier).get("lane")
    return part is None or outcome.code == lane_outcome(part.body.get("ground", ""))


def lane_outcome(ground: str) -> str:
    """The outcome that leads into the lane on this ground."""
    return f"use_lane_{ground}"


def holder_or_office(dossier: Dossier, officer: Officer) -> Organ | None:
    """The office for which he may act now: the one whose turn it is, or the one that decides (whose
    head may go into the lane while another office clears)."""
    if officer.organ_id in (holder_of(dossier).pk, dossier.organ_id):
        return officer.organ
    return None


def _option(
    dossier: Dossier,
    outcome: law.Outcome,
    held: Mapping[str, bool | None],
    relations: frozenset[str] | None,
    lacks: Lacks,
) -> Option:
    tied = ties.conflict(relations or (), ties.act_of(outcome.role))
    # A reason is given in the form; of a tie the page says more than that it is missing.
    held = {**held, "reason_given": True, "not_conflicted": relations is not None}
    missing = [code for code in outcome.requires if not held.get(code)]
    return Option(
        outcome=outcome,
        missing=tuple(missing_words(dossier, missing, lacks)),
        next_title=title_of(dossier, outcome.to),
        tied=tied,
        undeclared="not_conflicted" in missing,
    )
