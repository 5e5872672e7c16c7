"""Passing on what an organ can no longer decide: everything when it has closed, one case when it
is tied to it.

Only an officer with the organ's key can do it: each key is opened and sealed anew to the organ that
goes on. Keys are moved, not copied, so that what is left to do is what the organ still holds; a
worker that is killed, or two officers at once, move nothing twice and lose nothing. Whoever told us
something reads, by his receipt, to whom it went.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from timbang.accounts import keys
from timbang.accounts.models import Organ
from timbang.cases import besides, vault
from timbang.cases.actions import holding, moving, shelving, writing
from timbang.cases.actions.journal import (
    Line,
    Seen,
    check_may,
    check_version,
    done_before,
    locked,
    write_line,
)
from timbang.cases.course import today
from timbang.cases.models import (
    Act,
    Assignment,
    Case,
    CaseKey,
    CaseReport,
    CaseStep,
    Delivery,
    DocumentKind,
    HandOver,
    ItemKey,
    Member,
    OpenTerm,
    PriorInformation,
    ReportToken,
    Reroute,
)
from timbang.cases.permission import may
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.ledger.actions import record
from timbang.reports import actions as reports
from timbang.reports.models import Report, Status

AT_ONCE = 25
# Whose reporter has nothing more to expect is told nothing.
OVER = (Status.REJECTED, Status.WITHDRAWN, Status.CLOSED, Status.DECIDED)


@transaction.atomic
def start_reroute(to: Organ, reason: str, *, by: Desk, at: datetime) -> Reroute:
    """Begin to pass on everything of a closed organ; the same call again finds what was begun."""
    organ = Organ.objects.select_for_update().get(pk=by.organ.pk)
    _check_mover(by)
    begun = Reroute.objects.filter(organ=organ, finished_on=None).first()
    if begun is not None:
        if begun.to_id != to.pk:
            raise Refusal(_("It was begun to another office; finish that first."))
        return begun
    if organ.closed_on is None:
        raise Refusal(_("Only an office that was closed passes on everything it has."))
    _check_heir(organ, to)
    if not reason.strip():
        raise Refusal(_("Write the reason: it stays with what is passed on."))
    on = today(organ, at)
    organ.successor = to
    organ.save(update_fields=["successor"])
    body = {"organ": str(organ.pk), "to": str(to.pk), "by": str(by.officer.pk)}
    record(act="organ.succeeded", body=body, lane="now", on=on)
    return Reroute.objects.create(
        organ=organ,
        to=to,
        started_by=by.officer,
        started_on=on,
        sealed_reason=keys.seal(vault.public_key_of(to), reason.strip().encode()),
    )


@transaction.atomic
def reroute_some(reroute: Reroute, *, by: Desk, at: datetime, most: int = AT_ONCE) -> int:
    """Pass on the next few cases, reports and informations; returns how many. 0: it is finished.

    One entry of the log per call, and one line in the journal of each case.
    """
    row = Reroute.objects.select_for_update(of=("self",)).select_related("organ", "to")
    found = row.get(pk=reroute.pk)
    if found.finished_on is not None:
        return 0
    _check_mover(by)
    if found.organ_id != by.organ.pk:
        raise Refusal(_("Only an officer of that office, with its key, passes on what it has."))
    cases = _some_cases(found, most)
    for case in cases:
        _pass_case(locked(case), found.to, by=by, at=at)
    told = _some_reports(found.organ, most - len(cases))
    for report in told:
        _pass_report(report, found.to, by=by, at=at)
    left = most - len(cases) - len(told)
    others = _pass_information(found.organ, found.to, left, by=by)
    _count(found, len(cases), len(told), others, by=by, at=at)
    return len(cases) + len(told) + others


@transaction.atomic
def reroute_case(
    case: Case, to: Organ, reason: str, *, seen: Seen, by: Desk, at: datetime
) -> CaseStep:
    """Pass one case to another organ of the same kind, because one's own may not decide it.

    Everything goes, with the reports that rest on no other case here; nothing stays readable.
    """
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    check_may(case, by, "decision_maker", leaving=True)
    _check_heir(by.organ, to)
    if not reason.strip():
        raise Refusal(_("Write the reason: it stays with what is passed on."))
    told = _only_of(case, by.organ)
    for report in told:
        _pass_report(report, to, by=by, at=at)
    _seal_information(_information_of(case, told, by.organ), to, by=by)
    return _pass_case(case, to, by=by, at=at, seen=seen, reason=reason.strip())


def heirs(organ: Organ) -> list[Organ]:
    """The organs that may go on with what this one has: of its kind, open, with a key."""
    found = Organ.objects.receiving().filter(kind=organ.kind).exclude(pk=organ.pk)
    return sorted(found, key=lambda each: each.name)


def left_of(organ: Organ) -> tuple[int, int]:
    """How many cases and reports an organ still has; few enough to count once it has closed."""
    cases = CaseKey.objects.filter(organ=organ).count()
    return cases, Report.objects.filter(organ=organ).count()


def _check_mover(by: Desk) -> None:
    if not may(by.officer, "decision_maker"):
        raise Refusal(_("None of your roles may do this."))


def _check_heir(organ: Organ, to: Organ) -> None:
    if to.pk == organ.pk or to.kind != organ.kind:
        raise Refusal(
            _("What an office has goes to one of the same kind: the procedures name the kind.")
        )
    if not to.inside or to.public_key is None or to.closed_on is not None:
        raise Refusal(_("That office cannot take it: it has closed, or has no key here."))


def _some_cases(reroute: Reroute, most: int) -> list[Case]:
    held = CaseKey.objects.filter(organ=reroute.organ).order_by("case")[:most]
    return [key.case for key in held.select_related("case")]


def _some_reports(organ: Organ, most: int) -> list[Report]:
    return list(Report.objects.filter(organ=organ).order_by("pk")[: max(most, 0)])


def _only_of(case: Case, organ: Organ) -> list[Report]:
    """Reports of a case that rest on no other case."""
    linked = CaseReport.objects.filter(case=case).values("report")
    others = CaseReport.objects.exclude(case=case).values("report")
    rows = Report.objects.filter(organ=organ, pk__in=linked).exclude(pk__in=others)
    return list(rows)


def _count(row: Reroute, cases: int, told: int, others: int, *, by: Desk, at: datetime) -> None:
    row.cases += cases
    row.reports += told
    done = not (cases or told or others)
    if done:
        row.finished_on = today(row.organ, at)
    row.save()
    body: dict[str, str | int | bool | None] = {
        "reroute": str(row.pk),
        "cases": cases,
        "reports": told,
        "others": others,
        "done": done,
        "by": str(by.officer.pk),
    }
    record(act="organ.rerouted", body=body, lane="now", on=today(row.organ, at))


def _pass_case(
    case: Case,
    to: Organ,
    *,
    by: Desk,
    at: datetime,
    seen: Seen | None = None,
    reason: str = "",
) -> CaseStep:
    on, organ = today(by.organ, at), by.organ
    _take_its_place(case, organ, to, on)
    line = Line(Act.REROUTED, on, step=case.step, other_organ=to)
    once = seen.once if seen else None
    written = write_line(case, line, organ=organ, by=by, at=at, once=once)
    if reason:
        writing.store(case, DocumentKind.NOTE, {"text": reason}, journal=written, by=by)
    _move_keys(case, to, by, on)
    shelving.place(case)
    holding.follow(case, on=on, arrived_on=on if case.holder.inside else None)
    moving.tell_reports(case, at=at, by=by.officer)
    return written


def _move_keys(case: Case, to: Organ, by: Desk, on: date) -> None:
    held = CaseKey.objects.get(case=case, organ=by.organ)
    if not CaseKey.objects.filter(case=case, organ=to).exists():
        sealed = _sealed_anew(held.sealed_key, to, by)
        CaseKey.objects.create(case=case, organ=to, sealed_key=sealed, since_on=on)
    items = ItemKey.objects.filter(organ=by.organ)
    mine = list(items.filter(Q(document__case=case) | Q(exhibit__case=case)))
    for item in mine:
        has = ItemKey.objects.filter(organ=to, document=item.document_id, exhibit=item.exhibit_id)
        if has.exists():
            item.delete()
        else:
            item.organ, item.sealed_key = to, _sealed_anew(item.sealed_key, to, by)
            item.save(update_fields=["organ", "sealed_key"])
    held.delete()


def _sealed_anew(sealed: bytes | memoryview, to: Organ, by: Desk) -> bytes:
    return keys.seal(vault.public_key_of(to), keys.open_sealed(by.private, bytes(sealed)))


def _take_its_place(case: Case, organ: Organ, to: Organ, on: date) -> None:
    """Wherever the organ stood in the case, the other one stands now."""
    if case.holder_id == organ.pk:
        case.holder = to
    if case.keeper_id == organ.pk:
        case.keeper = to
    case.save()
    OpenTerm.objects.filter(case=case, organ=organ, closed_on=None).update(organ=to)
    Delivery.objects.filter(case=case, keeper=organ).update(keeper=to)
    Assignment.objects.filter(case=case, organ=organ, until_on=None).update(until_on=on)
    already = besides.is_member(case, to) or to.pk in (case.holder_id, case.keeper_id)
    members = Member.objects.filter(case=case, organ=organ, left_on=None)
    if already:
        members.update(left_on=on)
    else:
        members.update(organ=to)
    _answer_for(case, organ, to)


def _answer_for(case: Case, organ: Organ, to: Organ) -> None:
    """A hand-over that waits waits for the organ that goes on; unless that is who gave it."""
    waiting = HandOver.objects.filter(case=case, answer="").first()
    if waiting is None:
        return
    ends = {"sender": waiting.sender_id, "before": waiting.before_id}
    for name, end in (*ends.items(), ("receiver", waiting.receiver_id)):
        if end == organ.pk:
            setattr(waiting, name, to)
    if waiting.sender_id == waiting.receiver_id:
        waiting.delete()  # it is back with who gave it: there is nothing to take on
        return
    waiting.save()


def _pass_report(report: Report, to: Organ, *, by: Desk, at: datetime) -> None:
    """Report and identity stay sealed as they were, each key to the other organ; nobody reads the
    identity on the way, and the reporter is told where his report is."""
    rows = Report.objects.select_for_update(of=("self",)).select_related("organ")
    row = rows.get(pk=report.pk)
    if row.organ_id != by.organ.pk:
        return
    row.key_for_organ = _sealed_anew(row.key_for_organ, to, by)
    if row.identity_key_for_organ is not None:
        row.identity_key_for_organ = _sealed_anew(row.identity_key_for_organ, to, by)
    key = keys.open_sealed(by.private, bytes(report.key_for_organ))
    row.organ = to
    row.save(update_fields=["organ", "key_for_organ", "identity_key_for_organ"])
    OpenTerm.objects.filter(report=row, organ=by.organ).update(organ=to)
    # Clues under the key of the one serve nobody there, and keep the other from making its own.
    ReportToken.objects.filter(report=row, organ=by.organ).delete()
    if row.status in OVER:
        return
    reports.tell(
        row,
        status=row.status,
        next_due_on=row.next_due_on,
        by=by.officer,
        at=at,
        note=_told(by.organ, to),
        report_key=key,
    )


def _told(organ: Organ, to: Organ) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return gettext("%(organ)s has passed your report on to %(to)s, which goes on with it.") % {
            "organ": organ.name,
            "to": to.name,
        }


def _pass_information(organ: Organ, to: Organ, most: int, *, by: Desk) -> int:
    rows: Sequence[PriorInformation] = list(
        PriorInformation.objects.filter(organ=organ).order_by("pk")[: max(most, 0)]
    )
    _seal_information(rows, to, by=by)
    return len(rows)


def _information_of(case: Case, told: Sequence[Report], organ: Organ) -> list[PriorInformation]:
    """What went up in a case, or rests on a report that goes with it: not what a report tells that
    stays behind."""
    rows = PriorInformation.objects.filter(organ=organ)
    return list(rows.filter(Q(case=case, report=None) | Q(report__in=told)))


def _seal_information(rows: Sequence[PriorInformation], to: Organ, *, by: Desk) -> None:
    for row in rows:
        if row.key_for_organ is not None:
            row.key_for_organ = _sealed_anew(row.key_for_organ, to, by)
        row.organ = to
        row.save(update_fields=["organ", "key_for_organ"])
