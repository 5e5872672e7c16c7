"""Recording what was promised, leading it to dossiers, and taking a record back with a reason."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer, Organ
from timbang.law import service
from timbang.law.refusal import Refusal
from timbang.ledger.actions import record
from timbang.ledger.models import Entry
from timbang.policy import course
from timbang.policy.actions.journal import (
    Said,
    Seen,
    check_may,
    check_version,
    digest,
    done_before,
    locked,
    write_line,
)
from timbang.policy.models import Act, Dossier, Promise, PromiseLink
from timbang.policy.permission import may

# Who records promises: whoever watches, and the analysts of an office.
RECORDERS = {"policy_observer": "policy_observer", "policy_office": "analyst"}


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise as it was published. `who` is the office that was sought, or the plan: no name.
    Money in rupiah; `target` in the unit of `measure`."""

    kind: str
    who: str
    text: str
    source: str
    read_on: date
    region_code: str
    made_on: date | None = None
    url: str = ""
    duties: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    amount: int | None = None
    measure: str = ""
    target: Decimal | None = None
    due_on: date | None = None


@transaction.atomic
def record_promise(promised: Promised, *, by: Officer, at: datetime, once: UUID) -> Promise:
    """Record a promise with its source; everybody can read it from now on."""
    earlier = Promise.objects.filter(once=once).first()
    if earlier is not None and earlier.organ_id == by.organ_id:
        return earlier
    _check_recorder(by)
    on = course.today(by.organ, at)
    _check(promised, on)
    organ = Organ.objects.select_for_update().get(pk=by.organ_id)
    serial = Promise.objects.filter(organ=organ, recorded_on__year=on.year).count() + 1
    number = f"J-{serial:04d}/{organ.code.upper()}/{on.year}"
    told = asdict(promised)
    content = digest({name: str(value) for name, value in told.items()})
    return Promise.objects.create(
        organ=organ, number=number, recorded_on=on, once=once,
        entry=_entry("promise", number, organ, by, on, content), **told,
    )  # fmt: skip


def _entry(act: str, number: str, organ: Organ, by: Officer, on: date, content: str) -> Entry:
    body = {"promise": number, "organ": str(organ.id), "by": str(by.id), "content": content}
    return record(act=f"policy.{act}", body=body, lane="now", on=on)


def records_promises(officer: Officer) -> bool:
    """Whether he may record promises: in a role of this, in an office of that kind."""
    role = RECORDERS.get(officer.organ.kind)
    return role is not None and may(officer, role)


def _check_recorder(by: Officer) -> None:
    if not records_promises(by):
        raise Refusal(_("None of your roles may record a promise."))


def _check(promised: Promised, on: date) -> None:
    if promised.kind not in Promise.Kind.values:
        raise Refusal(_("A promise is made in a campaign, or stands in a plan."))
    if not promised.who.strip() or not promised.text.strip() or not promised.source.strip():
        raise Refusal(_("A promise has its words, its source, and the office or plan it is of."))
    if promised.read_on > on or (promised.made_on is not None and promised.made_on > on):
        raise Refusal(_("The day lies in the future."))
    if promised.amount is not None and promised.amount < 0:
        raise Refusal(_("An amount is a whole number of rupiah, 0 or more."))
    if promised.target is not None and not promised.measure.strip():
        raise Refusal(_("Say what the target counts, and in which unit."))
    unknown = set(promised.duties) - set(service.DUTIES)
    if unknown | (set(promised.groups) - set(service.GROUPS)):
        raise Refusal(_("There is no such duty or group."))


@transaction.atomic
def link_promise(
    promise: Promise, dossier: Dossier, *, seen: Seen, by: Officer, at: datetime
) -> PromiseLink:
    """Say that a dossier came of a promise: by whoever writes the dossier, about any promise."""
    dossier = locked(dossier)
    if (earlier := done_before(dossier, seen, Act.PROMISE, about=promise.number[:60])) is not None:
        return PromiseLink.objects.get(line=earlier)
    check_version(dossier, seen)
    _check_recorder(by)
    check_may(dossier, by, RECORDERS[by.organ.kind], even_ended=True)
    promise = Promise.objects.select_for_update().get(pk=promise.pk)
    if promise.retracted_on is not None:
        raise Refusal(_("This promise was taken back; it leads nowhere any more."))
    if PromiseLink.objects.filter(promise=promise, dossier=dossier).exists():
        raise Refusal(_("This promise leads to this dossier already."))
    said = Said(Act.PROMISE, step=dossier.step, about=promise.number[:60],
                role=RECORDERS[by.organ.kind])  # fmt: skip
    line = write_line(dossier, said, organ=by.organ, by=by, at=at, once=seen.once)
    return PromiseLink.objects.create(promise=promise, dossier=dossier, line=line)


@transaction.atomic
def retract_promise(promise: Promise, why: str, *, by: Officer, at: datetime) -> Promise:
    """Take back a record: its number and the reason stay."""
    row = Promise.objects.select_for_update().select_related("organ").get(pk=promise.pk)
    if row.organ_id != by.organ_id:
        raise Refusal(_("Another office recorded this promise."))
    _check_recorder(by)
    if row.retracted_on is not None:
        raise Refusal(_("This promise was taken back already."))
    if not why.strip():
        raise Refusal(_("Write why it is taken back: everybody will read it."))
    row.retracted_on, row.why_retracted = course.today(by.organ, at), why.strip()
    row.save()
    _entry("promise_retracted", row.number, row.organ, by, row.retracted_on,
           digest({"why": row.why_retracted}))  # fmt: skip
    return row
