"""What everybody may read of a dossier, and the rows that its public page shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.db.models import Count, Prefetch, prefetch_related_objects

from timbang.law import policy, service, steps
from timbang.law import procedure as law
from timbang.law.bilingual import Bilingual
from timbang.law.vocabulary import VERIFICATION
from timbang.policy import course, parts
from timbang.policy.actions.stepping import owed_as
from timbang.policy.facts import MARKS
from timbang.policy.models import (
    Act,
    Comment,
    Debt,
    Dossier,
    Found,
    LaneUse,
    Line,
    Milestone,
    Part,
    Piece,
    Shown,
    SitePhoto,
    SiteVisit,
    StepTerm,
)

CLEARED_AT: Final = ("legal_clearance", "budget_clearance")
# Up to the consultation, and while a measure of the lane is carried out or evaluated.
TAKES_COMMENTS: Final = ("study", "review", "drafting", "consultation", *course.IN_LANE)


def lane_of(dossier: Dossier) -> LaneUse | None:
    """The use of the lane, if it was used."""
    return getattr(dossier, "lane", None)


# --- the written parts ----------------------------------------------------------------------------


def public_parts(dossier: Dossier) -> list[Part]:
    """The parts that everybody may read, in the order in which they are asked for.

    This is the one place that says so. A part is public as it stood when its step was last left, so
    that nobody reads half a study; whoever writes it anew is read when the step is left once more.
    Once the lane is used every part is public at once, because everybody is owed it.
    """
    at_once = lane_of(dossier) is not None
    left = _left(dossier)
    found: dict[str, Part] = {}
    for part in dossier.parts.select_related("line").order_by("kind", "ordinal"):
        if at_once or part.line.version < left.get(part.line.step, 0):
            found[part.kind] = part
    if not at_once:
        found.pop("lane", None)
    return [found[kind] for kind in parts.KINDS if kind in found]


def _left(dossier: Dossier) -> dict[str, int]:
    """At which version each step was last left."""
    rows = dossier.journal.filter(act__in=(Act.STEP, Act.LAPSED)).order_by("version")
    return dict(rows.values_list("step", "version"))


@dataclass(frozen=True, slots=True)
class Text:
    """A part as the page shows it: labels and values, or rows of them."""

    part: Part
    title: Bilingual
    step: str
    fields: tuple[tuple[Bilingual, Any], ...]
    rows: tuple[tuple[tuple[Bilingual, Any], ...], ...]
    versions: int


def texts(dossier: Dossier) -> list[Text]:
    """The public parts in words."""
    counted = dict(dossier.parts.values_list("kind").annotate(Count("pk")).order_by())
    return [_text(part, counted[part.kind]) for part in public_parts(dossier)]


def _text(part: Part, versions: int) -> Text:
    kind = parts.KINDS[part.kind]
    rows = part.body.get("rows", [])
    return Text(
        part,
        kind.title,
        kind.step,
        _values(kind.fields, part.body),
        tuple(_values(kind.row, row) for row in rows),
        versions,
    )


def has_value(value: object) -> bool:
    """Whether something was filled in: nought rupiah is an answer, an empty tick is none."""
    return bool(value) or (value == 0 and not isinstance(value, bool))


def _values(fields: Iterable[parts.Field], body: Mapping[str, Any]) -> Any:
    told = ((field, body.get(field.code)) for field in fields)
    return tuple((field.label, shown(field, value)) for field, value in told if has_value(value))


@dataclass(frozen=True, slots=True)
class Value:
    """A value and how it is shown: as text, as rupiah, as an address, or as a day."""

    value: Any
    kind: str = "text"


def shown(field: parts.Field, value: Any) -> Value:
    """A value of a field in words."""
    if field.asked == "grade":
        return Value(policy.GRADES.get(value, value))
    if field.asked == "ground":
        return Value(policy.GROUNDS[value].title if value in policy.GROUNDS else value)
    if field.asked == "tick":
        return Value("", "tick")
    if field.asked == "day":
        return Value(date.fromisoformat(value), "day")
    if field.asked == "url":
        return Value(value, "url" if _followed(str(value)) else "text")
    return Value(value, "money" if field.asked == "money" else "text")


def _followed(address: str) -> bool:
    return address.startswith(("https://", "http://"))


# --- the way, with its days -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stay:
    """How long a dossier stood at a step, and how it left it."""

    code: str
    title: Bilingual
    entered_on: date
    left_on: date | None
    days: int
    outcome: Bilingual | None
    to: Bilingual | None
    line: Line | None
    term: StepTerm | None
    rule: steps.Term | None
    late: int

    @property
    def level(self) -> Bilingual | str:
        """How well the term was read, in words."""
        return VERIFICATION.get(self.rule.level, "") if self.rule else ""


def way(dossier: Dossier, on: date) -> list[Stay]:
    """Each stay at a step, from the first to the present one."""
    if not dossier.by_office:
        return []
    rules = course.rules_of(dossier)
    moves = dossier.journal.filter(act__in=(Act.STEP, Act.LAPSED)).order_by("version")
    terms: dict[str, list[StepTerm]] = {}
    for term in dossier.terms.all():
        terms.setdefault(term.step, []).append(term)
    code, since, found = rules.start, dossier.opened_on, []
    for move in moves.select_related("organ"):
        found.append(_stay(rules, code, since, move, _next(terms, code), move.done_on))
        code, since = move.to, move.done_on
    if dossier.ended_on is None:
        found.append(_stay(rules, code, since, None, _next(terms, code), on))
    return found


def _next(terms: dict[str, list[StepTerm]], code: str) -> StepTerm | None:
    return terms[code].pop(0) if terms.get(code) else None


def _stay(
    rules: law.Procedure,
    code: str,
    since: date,
    move: Line | None,
    term: StepTerm | None,
    until: date,
) -> Stay:
    step = rules.step(code)
    outcome = next((o for o in step.outcomes if move and o.code == move.outcome), None)
    title = outcome.title if outcome else None
    if move is not None and move.act == Act.LAPSED and step.lapse is not None:
        title = step.lapse.title
    last = term.last_on if term else None
    return Stay(
        code=code,
        title=step.title,
        entered_on=since,
        left_on=move.done_on if move else None,
        days=(until - since).days,
        outcome=title,
        to=title_in(rules, move.to) if move else None,
        line=move,
        term=term,
        rule=step.term,
        late=max(0, (until - last).days) if last else 0,
    )


def title_in(rules: law.Procedure, code: str) -> Bilingual:
    """The title of a step, or of an end (`end:code`)."""
    return rules.end(code).title if law.is_end(code) else rules.step(code).title


def what(dossier: Dossier, line: Line) -> Bilingual | str:
    """What a line of the journal was about, in words: the step that was taken, or the debt."""
    if line.act == Act.DEBT_PAID and line.about:
        return owed_as(dossier, line.about).title
    if not dossier.by_office or not line.outcome:
        return ""
    step = course.rules_of(dossier).step(line.step)
    found = next((each.title for each in step.outcomes if each.code == line.outcome), None)
    if found is None and step.lapse is not None:
        return step.lapse.title
    return found or ""


@dataclass(frozen=True, slots=True)
class Run:
    """Acts of the journal that one page tells as one: like acts about comments, one after the
    other. `line` is the newest, `first` the oldest; mostly they are the same."""

    line: Line
    first: Line

    @property
    def count(self) -> int:
        return self.line.version - self.first.version + 1


FOLDED: Final = (Act.COMMENT_SHOWN, Act.COMMENT_WITHHELD, Act.COMMENT_ANSWERED)


def runs(lines: Iterable[Line]) -> list[Run]:
    """The lines of a journal, newest first, with a campaign's many acts as one."""
    return [Run(like[0], like[-1]) for _key, each in groupby(lines, _alike) if (like := list(each))]


def _alike(line: Line) -> tuple[Any, ...]:
    if line.act not in FOLDED:
        return (line.version,)
    return (line.act, line.about, line.done_on, line.organ_id, line.officer_id)


# --- documents ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as it stands now, and what stood there before it was put right."""

    piece: Piece
    title: Bilingual
    shows: tuple[Bilingual, ...]
    earlier: tuple[Piece, ...]

    @property
    def link(self) -> str:
        """Its address, where it is one that a reader may follow."""
        return self.piece.url if _followed(self.piece.url) else ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents of one stage."""

    stage: str
    title: Bilingual
    found: tuple[Paper, ...]
    missing: tuple[Paper, ...]


def shelves(dossier: Dossier) -> list[Shelf]:
    """The documents by stage: those that are there, and those that were sought and are missing."""
    rows = list(dossier.pieces.select_related("organ", "line"))
    by_id = {row.pk: row for row in rows}
    replaced = {row.replaces_id for row in rows}
    standing = [row for row in rows if row.pk not in replaced]
    papers = [_paper(row, by_id) for row in standing]
    return [
        Shelf(
            stage,
            word.title,
            tuple(p for p in papers if _is(p, stage, Found.FOUND)),
            tuple(p for p in papers if _is(p, stage, Found.MISSING)),
        )
        for stage, word in policy.STAGES.items()
        if any(p.piece.stage == stage and p.piece.state != Found.NOT_SOUGHT for p in papers)
    ]


def _is(paper: Paper, stage: str, state: str) -> bool:
    return paper.piece.stage == stage and paper.piece.state == state


def _paper(piece: Piece, by_id: Mapping[Any, Piece]) -> Paper:
    earlier, before = [], piece.replaces_id
    while before is not None and before in by_id:
        earlier.append(by_id[before])
        before = by_id[before].replaces_id
    shows = tuple(MARKS[code].title for code in piece.shows if code in MARKS)
    return Paper(piece, policy.DOCUMENTS[piece.kind].title, shows, tuple(earlier))


def not_sought(dossier: Dossier) -> list[Bilingual]:
    """The kinds of document for which nobody looked so far."""
    rows = dossier.pieces.exclude(state=Found.NOT_SOUGHT).values_list("kind", flat=True)
    known = set(rows)
    return [word.title for kind, word in policy.DOCUMENTS.items() if kind not in known]


# --- clearances, debts, milestones ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Clearance:
    """Which office clears at a step, and how it stands."""

    step: Bilingual
    office: str
    stay: Stay | None
    debt: Debt | None


def clearances(dossier: Dossier, stays: list[Stay]) -> list[Clearance]:
    """The clearances of a dossier, each with its last stay at that step."""
    if not dossier.by_office:
        return []
    rules = course.rules_of(dossier)
    debts = {row.code: row for row in dossier.debts.all()}
    last = {stay.code: stay for stay in stays}
    rows = sorted(dossier.clearers.all(), key=lambda row: row.pk)
    return [
        Clearance(
            rules.step(row.step).title, row.organ.name, last.get(row.step), debts.get(row.step)
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Owed:
    """A debt on its day: what it is, by what rule, and how late."""

    debt: Debt
    rule: steps.Debt
    days: int

    @property
    def overdue(self) -> bool:
        """Whether its last day has passed and nothing was done."""
        return self.days < 0 and self.debt.paid_on is None and self.debt.dropped_on is None

    @property
    def late(self) -> int:
        """By how many days it is late, or was until it was paid or dropped."""
        done = self.debt.paid_on or self.debt.dropped_on
        return max(0, (done - self.debt.due_on).days) if done else max(0, -self.days)

    @property
    def level(self) -> Bilingual | str:
        """How well the norm was read, in words; nothing for what is ours."""
        return VERIFICATION.get(self.rule.term.level, "") if self.rule.term else ""


def debts(dossier: Dossier, on: date) -> list[Owed]:
    """What was skipped and is owed."""
    rows = list(dossier.debts.all())
    prefetch_related_objects(rows, "piece")
    return [Owed(row, owed_as(dossier, row.code), (row.due_on - on).days) for row in rows]


@dataclass(frozen=True, slots=True)
class Reached:
    """A milestone: what was promised and what came."""

    milestone: Milestone
    late: int
    short: bool | None


def milestones(dossier: Dossier, on: date) -> list[Reached]:
    """The milestones of a dossier, with how late they are."""
    return [_reached(row, on) for row in dossier.milestones.all()]


def _reached(row: Milestone, on: date) -> Reached:
    until = row.done_on or on
    known = row.target is not None and row.result is not None
    return Reached(
        row,
        max(0, (until - row.due_on).days),
        row.result < row.target if known else None,  # type: ignore[operator]
    )


# --- what people said -----------------------------------------------------------------------------


def takes_comments(dossier: Dossier) -> bool:
    """Whether a comment is taken now."""
    open_now = dossier.retracted_on is None and dossier.ended_on is None
    return open_now and dossier.by_office and dossier.step in TAKES_COMMENTS


def takes_visits(dossier: Dossier) -> bool:
    """Whether a visit on site is taken: once something is carried out, and after it ended too."""
    if dossier.retracted_on is not None:
        return False
    if not dossier.by_office:
        return True
    begun = dossier.journal.filter(act=Act.STEP, to__in=("execution", "direct_execution"))
    return begun.exists()


def heard(dossier: Dossier) -> dict[str, Any]:
    """The comments that are shown, and how many wait or were withheld, for which reason."""
    rows = Comment.objects.filter(dossier=dossier)
    return {
        "shown": rows.filter(state=Shown.SHOWN),
        "waiting": rows.filter(state=Shown.WAITING).count(),
        "withheld": _counted(rows.filter(state=Shown.WITHHELD)),
    }


def seen(dossier: Dossier) -> dict[str, Any]:
    """The same of visits on site."""
    rows = SiteVisit.objects.filter(dossier=dossier)
    pictures = Prefetch("photos", SitePhoto.objects.defer("body"))
    return {
        "shown": rows.filter(state=Shown.SHOWN).prefetch_related(pictures),
        "waiting": rows.filter(state=Shown.WAITING).count(),
        "withheld": _counted(rows.filter(state=Shown.WITHHELD)),
    }


def _counted(rows: Any) -> list[tuple[str, int]]:
    return list(rows.values_list("why_withheld").annotate(Count("pk")).order_by("why_withheld"))


# --- what is not known ----------------------------------------------------------------------------


def open_points(dossier: Dossier) -> list[Bilingual]:
    """What the law leaves open at the step where it stands."""
    step = course.step_of(dossier)
    if step is None:
        return []
    unknown = [step.term_unknown] if step.term_unknown else []
    return [*unknown, *step.open_points]


def duties(dossier: Dossier) -> list[Bilingual]:
    """Which duties of the state it serves."""
    return [service.DUTIES[code] for code in dossier.duties if code in service.DUTIES]


def groups(dossier: Dossier) -> list[Bilingual]:
    """Whom it serves."""
    return [service.GROUPS[code] for code in dossier.groups if code in service.GROUPS]
