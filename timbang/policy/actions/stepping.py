"""Taking the steps that the procedure allows, into the lane and out of it; and what lapses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer, Organ
from timbang.law import procedure as law
from timbang.law import steps
from timbang.law.bilingual import Bilingual, joined
from timbang.law.refusal import Refusal
from timbang.policy import course, papers, parts, ties
from timbang.policy.actions import owing
from timbang.policy.actions.journal import (
    Said,
    Seen,
    check_declared,
    check_open,
    check_untied,
    check_version,
    done_before,
    locked,
    write_line,
)
from timbang.policy.actions.writing import Told, check_told, keep_piece
from timbang.policy.models import Act, Debt, Dossier, LaneUse, Line, Part, Rules, StepTerm
from timbang.policy.permission import may

# A measure that is revoked before these fall due needs them no more. What is overdue by then stays
# owed, and so do notice, report and audit, whatever became of it.
NOT_NEEDED = ("study", "legal_clearance", "budget_clearance")


@transaction.atomic
def take_step(
    dossier: Dossier, outcome: str, *, words: str = "", seen: Seen, by: Officer, at: datetime
) -> Line:
    """Take one step of the procedure; refused where the rules do not allow it."""
    dossier = locked(dossier)
    if (earlier := done_before(dossier, seen, Act.STEP, outcome=outcome)) is not None:
        return earlier
    check_version(dossier, seen)
    check_open(dossier)
    if course.holder_or_office(dossier, by) is None or not dossier.by_office:
        raise Refusal(_("It is the turn of another office."))
    step = course.rules_of(dossier).step(dossier.step)
    held = course.guards(dossier, on=course.today(by.organ, at))
    held["reason_given"] = bool(words.strip())
    found = next((each for each in step.outcomes if each.code == outcome), None)
    if found is not None:
        if may(by, found.role):
            check_untied(dossier, by, ties.act_of(found.role))
        told = course.relations_of(dossier, by)
        held["not_conflicted"] = course.not_conflicted(told, found.role)
    try:
        to = course.lead(dossier, outcome, by, held)
    except Refusal as refusal:
        raise _told_more(dossier, refusal, found, held, by) from None
    assert found is not None
    _check_turn(dossier, found, by)
    if not course.ground_fits(dossier, found):
        raise Refusal(_("The words about direct execution name another ground."))
    return _move(dossier, found, to, words=words.strip(), by=by, at=at, seen=seen)


def _told_more(
    dossier: Dossier,
    refusal: Refusal,
    outcome: law.Outcome | None,
    held: Mapping[str, bool | None],
    by: Officer,
) -> Refusal:
    """The refusal of the rules, with what each part lacks and from which day on it is possible."""
    if outcome is None or not may(by, outcome.role):
        return refusal
    unmet = [code for code in outcome.requires if not held.get(code)]
    lacks = course.lacking(dossier)
    told = [words for found in course.details(dossier, unmet, lacks).values() for words in found]
    if not told:
        return refusal
    more = Bilingual("{refusal} Rincian: {more}.", "{refusal} In detail: {more}.")
    return Refusal(more.format(refusal=refusal.message, more=joined(told, ". ")), refusal.norm)


def _check_turn(dossier: Dossier, outcome: law.Outcome, by: Officer) -> None:
    """An office that clears acts only at the step for which it was named."""
    mine = dossier.organ_id if outcome.actor == "policy_office" else course.holder_of(dossier).pk
    if by.organ_id != mine:
        raise Refusal(_("It is the turn of another office."))


def _move(
    dossier: Dossier,
    outcome: law.Outcome,
    to: str,
    *,
    words: str,
    by: Officer,
    at: datetime,
    seen: Seen,
) -> Line:
    on, step = course.today(by.organ, at), dossier.step
    owing.leave_step(dossier, on, by=by.organ, outcome=outcome.code)
    _arrive(dossier, to, on)
    said = Said(Act.STEP, step=step, outcome=outcome.code, to=to, words=words, role=outcome.role)
    line = write_line(dossier, said, organ=by.organ, by=by, at=at, once=seen.once)
    if outcome.owes:
        _enter_lane(dossier, outcome, line=line, on=on)
    elif outcome.code == "enacted":
        dossier.path = "full"
        dossier.save()
    if dossier.ended_on is None:
        owing.enter_step(dossier, on)
    elif hasattr(dossier, "lane"):
        _end_lane(dossier, on)
    if outcome.code == "ratify":
        _pay_by_ratifying(dossier, outcome, line=line, by=by, on=on)
    return line


def _arrive(dossier: Dossier, to: str, on: date) -> None:
    if law.is_end(to):
        dossier.ended_on, dossier.ended_as = on, to.removeprefix(law.END)
    else:
        dossier.step = to


def _end_lane(dossier: Dossier, on: date) -> None:
    """Drop what a measure that is over needs no more: its ratification, and of the rest what is not
    yet due. After its last day it has lapsed, even if revoking was quicker: then nothing else."""
    owing.drop(dossier, ("ratification",), on)
    if on <= dossier.lane.sunset_on:
        owing.drop(dossier, NOT_NEEDED, on, due_from=on)


def _enter_lane(dossier: Dossier, outcome: law.Outcome, *, line: Line, on: date) -> None:
    """Write down the use of the lane and, from this moment on, what is owed."""
    part = course.newest(dossier)["lane"]
    signed = course.signatures(dossier, part)
    higher = [each for each in signed if each.organ_id != dossier.organ_id]
    sunset = course.sunset_in(dossier, part.body, on)
    signer = (higher or signed)[0].officer
    assert sunset is not None and signer is not None
    ground = part.body["ground"]
    LaneUse.objects.create(
        dossier=dossier,
        ground=ground,
        because=part.body["because"],
        scope=part.body["scope"],
        rights=part.body["rights"],
        began_on=on,
        sunset_on=sunset,
        co_signer=signer,
        overdue_then=course.overdue(dossier.organ, on),
        higher=bool(higher),
        line=line,
    )
    dossier.path = "promise" if ground == "promise" else "emergency"
    dossier.save()
    owing.owe(dossier, outcome.owes, line=line, on=on)


def _pay_by_ratifying(
    dossier: Dossier, outcome: law.Outcome, *, line: Line, by: Officer, on: date
) -> None:
    """The ratification itself is the document that pays the debt of that name."""
    debt = dossier.debts.owed().filter(code="ratification").first()
    if debt is None:
        return
    told = Told(
        stage="evaluation", kind="ratification", title=outcome.title["id"], issuer=by.organ.name,
        issued_on=on, source=dossier.number, read_on=on,
    )  # fmt: skip
    debt.paid_on, debt.paid_by = on, line
    debt.piece = keep_piece(dossier, told, by=by, line=line)
    debt.save()
    owing.paid(debt, on, by=by.organ)


@transaction.atomic
def co_sign(dossier: Dossier, *, seen: Seen, by: Officer, at: datetime) -> Line:
    """Sign beside the words about direct execution, as another decision maker: of the same office,
    or of the office above it, as this register asks while debts are overdue."""
    dossier = locked(dossier)
    if (earlier := done_before(dossier, seen, Act.CO_SIGNED)) is not None:
        return earlier
    check_version(dossier, seen)
    check_signer(dossier, by)
    said = Said(Act.CO_SIGNED, step=dossier.step, about="lane", role="decision_maker")
    return write_line(dossier, said, organ=by.organ, by=by, at=at, once=seen.once)


def check_signer(dossier: Dossier, by: Officer) -> Part:
    """The words that he may sign beside; refused where there are none, or he may not."""
    check_open(dossier)
    part = course.newest(dossier).get("lane")
    if part is None or dossier.step in course.IN_LANE:
        raise Refusal(_("There is nothing to sign."))
    if not may(by, "decision_maker") or not _signs_for(dossier, by.organ):
        raise Refusal(_("Only a decision maker of this office or of the one above it signs."))
    if part.written_by_id == by.pk:
        raise Refusal(_("Whoever wrote the words does not sign beside himself."))
    check_untied(dossier, by, "decide")
    if any(line.officer_id == by.pk for line in course.signatures(dossier, part)):
        raise Refusal(_("You signed these words already."))
    check_declared(dossier, by)
    return part


def _signs_for(dossier: Dossier, organ: Organ) -> bool:
    higher = course.above(dossier.organ)
    return organ.pk == dossier.organ_id or (higher is not None and organ.pk == higher.pk)


@transaction.atomic
def pay_debt(debt: Debt, told: Told, *, seen: Seen, by: Officer, at: datetime) -> Debt:
    """Pay what is owed, with the document that shows it; late is better than never, and is told.

    A study is paid only when it is complete, a clearance only after the study that is owed, by the
    office that gives it, with its words written here; notice, report and audit with a paper that
    says what stands in it and where it can be read: an empty paper pays nothing.
    """
    dossier = locked(debt.dossier)
    if (earlier := done_before(dossier, seen, Act.DEBT_PAID, about=debt.code)) is not None:
        return Debt.objects.get(paid_by=earlier)
    check_version(dossier, seen)
    check_open(dossier, even_ended=True)
    row = Debt.objects.get(pk=debt.pk)
    if row.paid_on is not None or row.dropped_on is not None:
        raise Refusal(_("This debt is paid already, or nobody owes it any more."))
    role = check_payer(dossier, row, by)
    on = course.today(by.organ, at)
    check_told(told, on)
    if told.state != "found":
        raise Refusal(_("A debt is paid with a document that is there."))
    if told.kind != row.code:
        raise Refusal(_("This kind of document does not pay this debt."))
    _check_paper(row, told)
    said = Said(
        Act.DEBT_PAID, step=dossier.step, about=row.code, role=role,
        content={"title": told.title, "source": told.source, "says": told.says},
    )  # fmt: skip
    line = write_line(dossier, said, organ=by.organ, by=by, at=at, once=seen.once)
    row.paid_on, row.paid_by = on, line
    row.piece = keep_piece(dossier, told, by=by, line=line)
    row.save()
    owing.paid(row, on, by=by.organ)
    return row


def _check_paper(debt: Debt, told: Told) -> None:
    """Refuse a paper that says too little to be looked at, or the same as another."""
    paid = Debt.objects.filter(dossier__organ=debt.dossier.organ_id, code__in=papers.PAPERS)
    before = paid.exclude(piece=None).values_list("piece__says", flat=True)
    lacking = papers.lacking(
        debt.code, title=told.title, says=told.says, source=told.source, url=told.url, before=before
    )
    if lacking:
        raise Refusal(
            _("This paper says too little to pay a debt. Missing: %(missing)s.")
            % {"missing": joined(lacking)}
        )


def check_payer(dossier: Dossier, debt: Debt, by: Officer) -> str:
    """In which role he pays this debt; refused where it is not his to pay, or not ready."""
    if debt.code == "ratification":
        raise Refusal(_("Ratifying or revoking the measure pays this debt."))
    found = owed_as(dossier, debt.code)
    role = found.by
    cleared = debt.code in ("legal_clearance", "budget_clearance")
    clearer = course.clearer_of(dossier, debt.code) if cleared else None
    office = clearer.organ_id if clearer else dossier.organ_id
    if by.organ_id != office:
        raise Refusal(_("Another office pays this debt."))
    if not may(by, role):
        raise Refusal(_("None of your roles may do this."))
    looks = cleared or debt.code == "audit"
    if looks and course.acted_at(dossier, by) & {"study", "drafting"}:
        raise Refusal(_("Nobody clears or audits his own study: another officer does it."))
    if debt.code == "audit" and course.carried_out(dossier, by):
        raise Refusal(_("Nobody audits what he carried out himself: another officer does it."))
    check_untied(dossier, by, "review")
    if looks:
        check_declared(dossier, by)
    if debt.code == "study":
        _check_studied(dossier)
    if cleared:
        _check_cleared(dossier, debt.code)
    return role


def _check_studied(dossier: Dossier) -> None:
    """All parts of the study are complete, and its evidence is graded; else what is missing."""
    told = parts.listed(course.lacking(dossier), parts.STUDY)
    if told:
        raise Refusal(
            _("The study is not complete: an empty paper pays nothing. %(missing)s.")
            % {"missing": joined(told, ". ")}
        )
    if not parts.graded(course.bodies(dossier).get("evidence")):
        raise Refusal(_("The study is not complete: an empty paper pays nothing."))


def _check_cleared(dossier: Dossier, code: str) -> None:
    if course.still_owed(dossier, "study"):
        raise Refusal(_("Nobody clears what was not studied: the study is owed and comes first."))
    if not dossier.parts.filter(kind=code).exists():
        raise Refusal(_("The words of the clearance are not written yet."))
    told = parts.listed(course.lacking(dossier), (code,))
    if told:
        raise Refusal(
            _("The words of the clearance are too few: %(missing)s.") % {"missing": joined(told)}
        )


def owed_as(dossier: Dossier, code: str) -> steps.Debt:
    """The rule behind a debt, as the outcome that led into the lane has it."""
    line = dossier.lane.line
    step = course.rules_of(dossier).step(line.step)
    outcome = next(each for each in step.outcomes if each.code == line.outcome)
    return next(debt for debt in outcome.owes if debt.code == code)


def lapse_due(*, at: datetime, most: int = 500) -> int:
    """Let go by itself what the rules let lapse: a measure whose sunset passed. How many."""
    done = 0
    # The office's day may be one later than this one; `_lapse` goes by the office's.
    passed = StepTerm.objects.running().filter(last_on__lte=at.date(), step__in=_lapsing())
    rows = passed.order_by("last_on", "id")
    for term in rows.select_related("dossier__organ")[:most]:
        done += _lapse(term, at)
    return done


def _lapsing() -> set[str]:
    """The steps that let a dossier go by themselves, in any rules that one runs by."""
    texts = Rules.objects.values_list("body", flat=True)
    steps_of_all = (step for body in texts for step in law.from_json(body).steps)
    return {step.code for step in steps_of_all if step.lapses_as == "exit"}


@transaction.atomic
def _lapse(term: StepTerm, at: datetime) -> bool:
    dossier = locked(term.dossier)
    row = StepTerm.objects.get(pk=term.pk)
    on = course.today(dossier.organ, at)
    if row.closed_on is not None or row.last_on is None or row.last_on >= on:
        return False
    step = course.rules_of(dossier).step(dossier.step)
    if step.lapses_as != "exit" or step.lapse is None or step.lapse.to is None:
        return False
    before, to = dossier.step, step.lapse.to
    owing.leave_step(dossier, on, by=None, outcome="lapse")
    _arrive(dossier, to, on)
    said = Said(Act.LAPSED, step=before, outcome="lapse", to=to)
    write_line(dossier, said, organ=dossier.organ, by=None, at=at)
    if dossier.ended_on is None:
        owing.enter_step(dossier, on)
    else:
        _end_lane(dossier, on)
    return True
