"""What the desk shows of dossiers: what waits for an officer, what he may write, what he would owe.

What everybody may read of a dossier is in `docket_reading`; here is what only those see who work on
it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import (
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)

from timbang.accounts.codes import ROLES
from timbang.accounts.hierarchy import Tree
from timbang.accounts.models import Officer, Organ
from timbang.law import policy, recusal, steps
from timbang.law import procedure as law
from timbang.law.bilingual import Bilingual
from timbang.law.refusal import Refusal
from timbang.law.vocabulary import VERIFICATION
from timbang.policy import course, parts, ties
from timbang.policy.actions.journal import Undeclared
from timbang.policy.actions.stepping import check_payer, check_signer, owed_as
from timbang.policy.actions.writing import check_writer
from timbang.policy.docket_reading import (
    CLEARED_AT,
    Owed,
    Run,
    Stay,
    Value,
    has_value,
    lane_of,
    runs,
    shown,
)
from timbang.policy.models import (
    Act,
    Clearer,
    Debt,
    Dossier,
    LaneUse,
    Line,
    Mode,
    Part,
    Rules,
    StepTerm,
    Tie,
)
from timbang.policy.permission import OFFICE_ROLES, may

# Far away: what has no day comes last.
NEVER: Final = date.max


# --- who he is to a dossier -----------------------------------------------------------------------


def with_rows(dossier: Dossier) -> Dossier:
    """The same dossier with its rows of each kind, read once for a whole page. Never for an act:
    what an act reads must be what stands there under its lock."""
    prefetch_related_objects(
        [dossier],
        Prefetch("clearers", Clearer.objects.select_related("organ")),
        Prefetch("parts", Part.objects.select_related("line", "written_by")),
        Prefetch("debts", Debt.objects.select_related("piece")),
        "milestones",
        "terms",
        "ties",
    )
    return dossier


def inside(dossier: Dossier, officer: Officer) -> bool:
    """Whether his office writes or clears it: he reads parts before they are public."""
    if dossier.organ_id == officer.organ_id:
        return True
    return any(row.organ_id == officer.organ_id for row in dossier.clearers.all())


def may_read_lane(dossier: Dossier, officer: Officer) -> bool:
    """Whether he reads the words about direct execution before the lane is used: whoever could sign
    them, in the office itself or in the one above it."""
    if dossier.organ_id == officer.organ_id:
        return True
    higher = course.above(dossier.organ)
    return higher is not None and higher.pk == officer.organ_id


def role_word(role: str) -> Any:
    """A role as people call it."""
    return ROLES.get(role, role)


def signs(dossier: Dossier, officer: Officer) -> bool:
    """Whether there are words that he may sign beside, at once or after he declared."""
    why_not = why_not_sign(dossier, officer)
    return why_not is None or isinstance(why_not, Undeclared)


def why_not_sign(dossier: Dossier, officer: Officer) -> Refusal | None:
    """Why he may not sign beside; None where he may."""
    try:
        check_signer(dossier, officer)
    except Refusal as refusal:
        return refusal
    return None


# --- what waits -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for an officer: a step, a debt, or words to sign beside."""

    dossier: Dossier
    what: Bilingual
    last_on: date | None
    page: str
    late: bool


def waiting(officer: Officer, on: date) -> list[tuple[date, str, Any]]:
    """What waits for him, soonest day first: its day, its kind, and the key of its row."""
    found = [
        *((last or NEVER, "step", key) for key, last in _steps_of(officer)),
        *((due, "debt", key) for key, due in _debts_of(officer)),
        *((on, "sign", part.dossier_id) for part in to_sign(officer)),
    ]
    return sorted(found, key=lambda each: (each[0], each[1], str(each[2])))


def waiting_lines(found: Iterable[tuple[date, str, Any]], on: date) -> list[Waiting]:
    """The rows of one page of what waits."""
    found = list(found)
    keys = {key for _day, kind, key in found if kind != "debt"}
    owed = {key for _day, kind, key in found if kind == "debt"}
    rows = Dossier.objects.select_related("organ", "rules")
    dossiers = {row.pk: row for row in rows.filter(pk__in=keys)}
    debts = {
        row.pk: row
        for row in Debt.objects.filter(pk__in=owed).select_related(
            "dossier__organ", "dossier__rules", "dossier__lane__line"
        )
    }
    return [_line(day, kind, dossiers.get(key), debts.get(key), on) for day, kind, key in found]


def _line(day: date, kind: str, dossier: Dossier | None, debt: Debt | None, on: date) -> Waiting:
    late = day < on
    if debt is not None:
        title = owed_as(debt.dossier, debt.code).title
        return Waiting(debt.dossier, title, day, "debt", late)
    assert dossier is not None
    if kind == "sign":
        return Waiting(dossier, TO_SIGN, None, "sign", False)
    title = course.title_of(dossier, dossier.step)
    return Waiting(dossier, title, None if day == NEVER else day, "step", late)


TO_SIGN: Final = Bilingual("Tanda tangan pendamping", "To be signed beside")


def _steps_of(officer: Officer) -> list[tuple[Any, date | None]]:
    """Dossiers whose step is his, with the last day of the term; never one of his own work, nor one
    from which a tie keeps him."""
    turn = Q(pk__in=[])
    for rules in Rules.objects.filter(dossier_rules()):
        for step in law.from_json(rules.body).steps:
            if step.role in officer.roles:
                turn |= _turn(rules, step, officer)
    term = StepTerm.objects.running().filter(dossier=OuterRef("pk")).values("last_on")[:1]
    rows = Dossier.objects.running().filter(turn, mode=Mode.OFFICE)
    found = rows.annotate(last=Subquery(term)).values_list("pk", "last")
    return list(found.distinct())


def dossier_rules() -> Q:
    """Rules by which some dossier still runs."""
    running = Dossier.objects.running().exclude(rules=None).values("rules")
    return Q(pk__in=running)


def _turn(rules: Rules, step: law.Step, officer: Officer) -> Q:
    here = Q(rules=rules, step=step.code)
    if step.actor == "policy_office":
        here &= Q(organ=officer.organ_id)
    else:
        here &= Q(clearers__step=F("step"), clearers__organ=officer.organ_id)
    here &= ~_tied(officer, ties.act_of(step.role))
    if step.reviews:
        own = Line.objects.filter(
            dossier=OuterRef("pk"), officer=officer, step__in=step.reviews, act__in=course.WORK
        )
        here &= ~Q(Exists(own))
    return here


def _tied(officer: Officer, act: recusal.Act, dossier: str = "pk") -> Q:
    """Where a tie that he declared keeps him from acting so."""
    rows = Tie.objects.filter(
        dossier=OuterRef(dossier), officer=officer, relation__in=ties.barring(act)
    )
    return Q(Exists(rows))


def _debts_of(officer: Officer) -> list[tuple[Any, date]]:
    """What is owed and is his to pay: by his role, in his office, or as the office that clears."""
    roles: dict[str, set[str]] = {}
    for rules in Rules.objects.filter(pk__in=LaneUse.objects.values("dossier__rules")):
        for step in law.from_json(rules.body).steps:
            for outcome in step.outcomes:
                for debt in outcome.owes:
                    roles.setdefault(debt.code, set()).add(debt.by)
    mine = [code for code, by in roles.items() if by & set(officer.roles)]
    own = Q(dossier__organ=officer.organ_id) & ~Q(code__in=CLEARED_AT)
    clears = Q(
        code__in=CLEARED_AT,
        dossier__clearers__step=F("code"),
        dossier__clearers__organ=officer.organ_id,
    )
    rows = Debt.objects.owed().filter(own | clears, code__in=mine).distinct()
    rows = rows.exclude(_tied(officer, "review", "dossier"))
    executed = Line.objects.filter(
        dossier=OuterRef("dossier"), officer=officer, act__in=course.CARRIED_OUT
    )
    rows = rows.exclude(Q(code="audit") & Exists(executed))
    found = rows.values_list("pk", "code", "due_on", "dossier__lane__sunset_on")
    # After the day on which the measure ends nothing can be ratified any more.
    return [
        (key, min(due, sunset) if code == "ratification" else due)
        for key, code, due, sunset in found
    ]


def to_sign(officer: Officer) -> list[Part]:
    """The words about direct execution that this officer may sign beside now."""
    if not officer.has_role("decision_maker"):
        return []
    kind = officer.organ.kind
    tree = Tree(Organ.objects.open().filter(kind=kind))
    below = [organ.pk for organ in tree.organs if _is_above(tree, organ, officer.organ_id)]
    rows = Part.objects.filter(
        kind="lane", dossier__ended_on=None, dossier__organ__in=[officer.organ_id, *below]
    )
    newer = Part.objects.filter(
        kind="lane", dossier=OuterRef("dossier"), ordinal__gt=OuterRef("ordinal")
    )
    used = LaneUse.objects.filter(dossier=OuterRef("dossier"))
    rows = rows.exclude(Exists(newer)).exclude(Exists(used)).exclude(written_by=officer)
    found = rows.select_related("dossier__organ", "dossier__rules", "line")
    return [part for part in found if _wanted(part, officer)]


def _is_above(tree: Tree[Organ], organ: Organ, above: Any) -> bool:
    found = tree.above(organ)
    return found is not None and found.pk == above


def _wanted(part: Part, officer: Officer) -> bool:
    """Whether these words still want his hand: signed ones do not, nor do those of an office below
    that owes nothing overdue."""
    if not signs(part.dossier, officer):
        return False
    signed = course.signatures(part.dossier, part)
    if part.dossier.organ_id == officer.organ_id:
        return not signed
    return not any(line.organ_id == officer.organ_id for line in signed)


# --- the parts ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Read:
    """A value of a part, with its label."""

    label: Bilingual
    value: Value


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part on the page of its dossier: as it stands, and whether it is complete."""

    kind: parts.Kind
    part: Part | None
    lacks: tuple[Bilingual, ...]
    writes: bool

    @property
    def complete(self) -> bool:
        return not self.lacks

    @property
    def fields(self) -> list[Read]:
        return _values(self.kind.fields, self.part.body) if self.part else []

    @property
    def rows(self) -> list[list[Read]]:
        rows = self.part.body.get("rows", []) if self.part else []
        return [_values(self.kind.row, row) for row in rows]


def _values(fields: Iterable[parts.Field], body: Mapping[str, Any]) -> list[Read]:
    told = ((field, body.get(field.code)) for field in fields)
    return [Read(field.label, shown(field, value)) for field, value in told if has_value(value)]


def values_of(part: Part) -> PartLine:
    """One version of a part, to be read."""
    kind = parts.KINDS[part.kind]
    return PartLine(kind, part, tuple(parts.faults(part.kind, part.body)), writes=False)


@dataclass(frozen=True, slots=True)
class PartGroup:
    """The parts of one step."""

    title: Bilingual
    lines: tuple[PartLine, ...]
    open: bool


def part_groups(
    dossier: Dossier, officer: Officer, stays: list[Stay], lacks: course.Lacks
) -> list[PartGroup]:
    """The parts of each step that was reached, or of which something is written or may be."""
    if not dossier.by_office:
        return []
    rules, newest = course.rules_of(dossier), course.newest(dossier)
    reached = {stay.code for stay in stays}
    found = []
    for step in dict.fromkeys(kind.step for kind in parts.KINDS.values() if kind.step):
        kinds = [kind for kind in parts.KINDS.values() if kind.step == step]
        writes = may_write(dossier, kinds[0].code, officer)
        at = {step, parts.ALSO_AT.get(kinds[0].code, step)}
        if not (at & reached or writes or any(kind.code in newest for kind in kinds)):
            continue
        lines = tuple(
            PartLine(kind, newest.get(kind.code), tuple(lacks.get(kind.code, ())), writes)
            for kind in kinds
        )
        title = rules.step(dossier.step if dossier.step in at else step).title
        found.append(PartGroup(title, lines, open=writes or dossier.step in at))
    return found


def may_write(dossier: Dossier, kind: str, officer: Officer) -> bool:
    """Whether this officer writes this part now."""
    try:
        check_writer(dossier, kind, officer)
    except Refusal:
        return False
    return True


# --- the way --------------------------------------------------------------------------------------


def ahead(dossier: Dossier) -> list[Bilingual]:
    """The steps that still lie before it, on the way on which it is."""
    if dossier.ended_on is not None or not dossier.by_office:
        return []
    every = course.rules_of(dossier).steps
    in_lane = dossier.step in course.IN_LANE
    way = [step for step in every if (step.code in course.IN_LANE) == in_lane]
    codes = [step.code for step in way]
    return [step.title for step in way[codes.index(dossier.step) + 1 :]]


def skipped(dossier: Dossier, stays: list[Stay]) -> list[Bilingual]:
    """The steps that the lane passed by: those never left in the ordinary way."""
    if lane_of(dossier) is None:
        return []
    done = {
        stay.code
        for stay in stays
        if stay.line is not None and not stay.line.outcome.startswith("use_lane_")
    }
    before = ("study", "review", "drafting", "consultation", *CLEARED_AT)
    rules = course.rules_of(dossier)
    return [rules.step(code).title for code in before if code not in done]


def missing_next(
    dossier: Dossier, held: Mapping[str, bool | None], lacks: course.Lacks
) -> list[Bilingual]:
    """What must still hold before the step is left in the way that the procedure goes on."""
    step = course.step_of(dossier)
    if step is None:
        return []
    by_form = ("reason_given", "not_conflicted")
    wanted = [
        code for code in step.outcomes[0].requires if code not in by_form and not held.get(code)
    ]
    return course.missing_words(dossier, wanted, lacks)


def missing_parts(dossier: Dossier, lacks: course.Lacks) -> list[Bilingual]:
    """What the parts of the study still lack, while it is being written or is owed."""
    owed = any(row.code == "study" and row.is_owed for row in dossier.debts.all())
    if dossier.step != "study" and not owed:
        return []
    return parts.listed(lacks, parts.STUDY)


def declares_next(dossier: Dossier, officer: Officer) -> bool:
    """Whether he wrote at this step and has not said yet what ties him to the matter."""
    if course.step_of(dossier) is None or not inside(dossier, officer):
        return False
    since = course.entered(dossier)
    wrote = dossier.journal.filter(
        officer=officer, act__in=(Act.PART, Act.MILESTONE), version__gt=since
    )
    told = any(
        tie.officer_id == officer.pk and tie.step == dossier.step for tie in dossier.ties.all()
    )
    return not told and wrote.exists()


# --- who is tied ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KeptAway:
    """A tie that keeps an officer from what is his otherwise, and who else may do it.

    `steps` are the outcomes that he would take now, perhaps none; `instead` is who acts where no
    colleague is left.
    """

    tie: recusal.Conflict
    roles: tuple[Any, ...]
    steps: tuple[Bilingual, ...]
    others: tuple[str, ...]
    instead: recusal.Authority

    @property
    def level(self) -> Bilingual:
        """How well the norm of the tie was read."""
        return VERIFICATION[self.tie.level]


def kept_away(
    dossier: Dossier,
    officer: Officer,
    roles: Collection[str] = OFFICE_ROLES,
    options: Iterable[course.Option] = (),
) -> KeptAway | None:
    """What a tie keeps him from in these of his roles, and who else may; None where none does."""
    relations = course.relations_of(dossier, officer) or frozenset()
    found = {role: ties.conflict(relations, ties.act_of(role)) for role in OFFICE_ROLES}
    his = {role for role in roles if may(officer, role)}
    barred = {role: tie for role, tie in found.items() if tie is not None and role in his}
    if not barred:
        return None
    steps = [each.outcome for each in options if each.tied is not None]
    asked: set[str] = {outcome.role for outcome in steps} or set(barred)
    others = [row.name for row in _colleagues(officer, asked) if _may_act(dossier, row, asked)]
    return KeptAway(
        next(iter(barred.values())),
        tuple(role_word(role) for role in barred),
        tuple(outcome.title for outcome in steps),
        tuple(others),
        recusal.instead_of_officer(acts_as_superior=False),
    )


def _colleagues(officer: Officer, roles: set[str]) -> list[Officer]:
    rows = Officer.objects.filter(organ=officer.organ_id).exclude(pk=officer.pk).order_by("name")
    return [row for row in rows if may(row, *roles)]


def _may_act(dossier: Dossier, officer: Officer, roles: set[str]) -> bool:
    """Whether neither a tie nor his own work keeps him from acting in one of these roles."""
    relations = course.relations_of(dossier, officer) or ()
    step = course.step_of(dossier)
    if step is not None and set(step.reviews) & course.acted_at(dossier, officer):
        return False
    his = [role for role in roles if may(officer, role)]
    return any(ties.conflict(relations, ties.act_of(role)) is None for role in his)


# --- what is owed, and what would be --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DebtLine:
    """A debt, and why this officer may not pay it; None where he may."""

    owed: Owed
    why_not: Refusal | None
    office: str

    @property
    def running(self) -> bool:
        return self.owed.debt.paid_on is None and self.owed.debt.dropped_on is None


def debt_lines(dossier: Dossier, owed: Iterable[Owed], officer: Officer) -> list[DebtLine]:
    """The debts of a dossier, each with who pays it."""
    clears = {row.step: row.organ.name for row in dossier.clearers.all()}
    return [
        DebtLine(
            each,
            _why_not_pay(dossier, each, officer),
            clears.get(each.debt.code, dossier.organ.name),
        )
        for each in owed
    ]


def _why_not_pay(dossier: Dossier, owed: Owed, officer: Officer) -> Refusal | None:
    if owed.debt.paid_on is not None or owed.debt.dropped_on is not None:
        return None
    try:
        check_payer(dossier, owed.debt, officer)
    except Refusal as refusal:
        return refusal
    return None


@dataclass(frozen=True, slots=True)
class WouldOwe:
    """What would be owed from today on, and until when."""

    rule: steps.Debt
    due_on: date
    office: str

    @property
    def level(self) -> Bilingual | str:
        """How well the norm was read; nothing for what is ours."""
        return VERIFICATION.get(self.rule.term.level, "") if self.rule.term else ""


@dataclass(frozen=True, slots=True)
class LaneWay:
    """A ground of the lane at the step where a dossier stands: its norm, and what it would owe."""

    ground: str
    word: policy.Word
    outcome: law.Outcome
    debts: tuple[WouldOwe, ...]

    @property
    def level(self) -> Bilingual | str:
        return VERIFICATION.get(self.word.level, "")


def lane_ways(dossier: Dossier, on: date) -> list[LaneWay]:
    """The ways into the lane from here; none where the step has none."""
    step = course.step_of(dossier)
    if step is None:
        return []
    clears = {row.step: row.organ.name for row in dossier.clearers.all()}
    return [
        LaneWay(
            outcome.code.removeprefix(course.lane_outcome("")),
            policy.GROUNDS[outcome.code.removeprefix(course.lane_outcome(""))],
            outcome,
            tuple(_would_owe(debt, clears, dossier, on) for debt in outcome.owes),
        )
        for outcome in step.outcomes
        if outcome.owes
    ]


def _would_owe(debt: steps.Debt, clears: Mapping[str, str], dossier: Dossier, on: date) -> WouldOwe:
    assert debt.term is not None
    last = law.due(debt.term, on).last_day
    assert last is not None
    if debt.code == "ratification":
        part = course.newest(dossier).get("lane")
        sunset = course.sunset_in(dossier, part.body, on) if part else None
        last = min(last, sunset or last)
    return WouldOwe(debt, last, clears.get(debt.code, dossier.organ.name))


def latest_sunset(dossier: Dossier, on: date) -> date | None:
    """The last day on which a measure that begins today may end, by the rule of this register."""
    term = course.rules_of(dossier).step("direct_execution").term
    return law.due(term, on).last_day if term is not None else None


@dataclass(frozen=True, slots=True)
class Rate:
    """How often the lane was used: of so many dossiers, so many."""

    used: int
    of: int


def rates(organ: Organ) -> tuple[Rate, Rate]:
    """How often this office used the lane, and how often all offices did."""
    every = Dossier.objects.filter(mode=Mode.OFFICE)
    return _rate(every.filter(organ=organ)), _rate(every)


def _rate(rows: QuerySet[Dossier]) -> Rate:
    return Rate(rows.exclude(lane=None).count(), rows.count())


# --- the journal ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the journal, and what it was about in words."""

    line: Line
    count: int
    about: Bilingual | str
    to: Bilingual | None


def journal(dossier: Dossier) -> list[Told]:
    """What happened, newest first."""
    rows = dossier.journal.select_related("organ", "officer").order_by("-version")
    return [_told(dossier, run) for run in runs(rows)]


def _told(dossier: Dossier, run: Run) -> Told:
    line = run.line
    to = course.title_of(dossier, line.to) if dossier.by_office and line.to else None
    return Told(line, run.count, _about(dossier, line), to)


def _about(dossier: Dossier, line: Line) -> Bilingual | str:
    if line.act in (Act.PART, Act.CO_SIGNED) and line.about in parts.KINDS:
        return parts.KINDS[line.about].title
    if line.act == Act.DEBT_PAID:
        return next((word for code, word in steps.DEBTS.items() if code == line.about), "")
    if line.act in (Act.PIECE, Act.PIECE_CORRECTED) and line.about in policy.DOCUMENTS:
        return policy.DOCUMENTS[line.about].title
    if line.act == Act.STEP and dossier.by_office and line.step:
        found = course.rules_of(dossier).step(line.step).outcomes
        return next((each.title for each in found if each.code == line.outcome), "")
    return ""
