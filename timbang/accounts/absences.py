"""Who is away, and who does meanwhile what waited for him.

A delegate stands in with the roles that both of them have: nobody does for another what he may not
do himself, and nobody passes on more than he has. What he is given is the sight of the other's
work; each of his acts is his own, under his own name, and a conflict of his own keeps him away.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Absence, Officer
from timbang.law.refusal import Refusal
from timbang.law.workdays import day_in
from timbang.ledger.actions import record

# Who may enter the absence of somebody else, who fell ill.
ENTERS_FOR_OTHERS = ("decision_maker", "administrator")
LONGEST = 366


@transaction.atomic
def enter_absence(
    officer: Officer,
    *,
    delegate: Officer | None,
    roles: Iterable[str] = (),
    from_on: date,
    until_on: date,
    by: Officer,
    at: datetime,
) -> Absence:
    """Write down that an officer is away, both days included, and who stands in with which roles.

    Without roles, with all that the two have in common.
    """
    officer = Officer.objects.select_for_update().get(pk=officer.pk)
    on = day_in(by.organ.time_zone, at)
    _check_who(officer, by)
    _check_days(officer, from_on, until_on, on)
    chosen = _roles(officer, delegate, roles)
    row = Absence.objects.create(
        officer=officer,
        delegate=delegate,
        roles=chosen,
        from_on=from_on,
        until_on=until_on,
        entered_on=on,
        entered_by=by,
    )
    body = {
        "absence": str(row.id),
        "officer": str(officer.id),
        "delegate": str(delegate.id) if delegate else None,
        "roles": ",".join(chosen),
        "from_on": from_on.isoformat(),
        "until_on": until_on.isoformat(),
        "by": str(by.id),
    }
    record(act="officer.absent", body=body, lane="now", on=on)
    return row


@transaction.atomic
def end_absence(absence: Absence, *, by: Officer, at: datetime) -> Absence:
    """He is back, or it was a mistake: from today on nobody stands in for him."""
    row = Absence.objects.select_for_update().select_related("officer").get(pk=absence.pk)
    _check_who(row.officer, by)
    if row.ended_on is not None:
        return row
    row.ended_on = day_in(by.organ.time_zone, at)
    row.save(update_fields=["ended_on"])
    body = {"absence": str(row.id), "officer": str(row.officer_id), "by": str(by.id)}
    record(act="officer.back", body=body, lane="now", on=row.ended_on)
    return row


def on_day(on: date) -> Q:
    """Absences of this day."""
    return Q(from_on__lte=on, until_on__gte=on) & (Q(ended_on=None) | Q(ended_on__gt=on))


def away(officer: Officer, on: date) -> Absence | None:
    """His absence of this day, if he is away."""
    return Absence.objects.filter(on_day(on), officer=officer).first()


def stood_in_for(delegate: Officer, on: date) -> list[Absence]:
    """For whom this officer stands in on this day, with the roles that both still have."""
    rows = Absence.objects.filter(on_day(on), delegate=delegate, officer__revoked_on=None)
    found = list(rows.select_related("officer"))
    return [row for row in found if roles_of(row, delegate)]


def roles_of(row: Absence, delegate: Officer) -> list[str]:
    """The roles that an absence passes on today: roles can be taken away after it was entered."""
    return [role for role in row.roles if role in row.officer.roles and role in delegate.roles]


def of_organ(officer: Officer, on: date) -> QuerySet[Absence]:
    """The absences of his organ that run or lie ahead, the soonest first."""
    rows = Absence.objects.filter(officer__organ=officer.organ_id, until_on__gte=on, ended_on=None)
    return rows.select_related("officer", "delegate").order_by("from_on", "officer__name")


def _check_who(officer: Officer, by: Officer) -> None:
    if officer.organ_id != by.organ_id or not officer.is_active or not by.is_active:
        raise Refusal(_("Only officers of your own office stand in for each other."))
    if officer.pk != by.pk and not by.has_role(*ENTERS_FOR_OTHERS):
        raise Refusal(_("A decision maker or an administrator enters the absence of others."))


def _check_days(officer: Officer, from_on: date, until_on: date, on: date) -> None:
    if until_on < from_on or until_on < on:
        raise Refusal(_("An absence ends on or after its first day, and not in the past."))
    if (until_on - from_on).days >= LONGEST:
        raise Refusal(_("An absence lasts at most a year; enter the next one then."))
    same = Absence.objects.filter(officer=officer, ended_on=None)
    if same.filter(from_on__lte=until_on, until_on__gte=from_on).exists():
        raise Refusal(_("There is an absence in these days already; end it first."))


def _roles(officer: Officer, delegate: Officer | None, wanted: Iterable[str]) -> list[str]:
    if delegate is None:
        return []
    if delegate.pk == officer.pk or delegate.organ_id != officer.organ_id:
        raise Refusal(_("Another officer of the same office stands in."))
    if not delegate.is_active:
        raise Refusal(_("This officer was revoked."))
    common = [role for role in officer.roles if role in delegate.roles and role != "administrator"]
    chosen = [role for role in common if role in set(wanted)] if set(wanted) else common
    if not chosen or not set(wanted) <= set(common):
        raise Refusal(_("Nobody stands in with a role that one of the two does not have."))
    return chosen
