"""What another system brings: a report, or the file of a case that it hands over.

It lands where every report lands, sealed on arrival to the organ of the key, and an officer sorts
it. The surprising fact: nothing is stored to make a retry safe. The draft secret, from which the
receipt and the place of the report follow, is derived from the caller's key and its own words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from timbang.accounts import webhooks
from timbang.accounts.api_keys import Caller
from timbang.cases.course import today
from timbang.cases.models import Brought
from timbang.law.refusal import Refusal
from timbang.law.workdays import day_in
from timbang.ledger.actions import record
from timbang.reports import actions as reports
from timbang.reports import receipt
from timbang.reports.content import Content, Identity
from timbang.reports.models import Report, Status

CHANGED: Final = "report.changed"
AT_ONCE: Final = 200
# What only a reporter brings about.
BY_THE_REPORTER: Final = (Status.ANSWERED, Status.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Load:
    """What is brought: files as pairs of name and bytes, in their order."""

    what: Brought.What
    content: Content
    identity: Identity | None = None
    files: tuple[tuple[str, bytes], ...] = ()

    def words(self) -> str:
        """All of it as one text, always the same for the same load."""
        value: Mapping[str, Any] = {
            "what": self.what.value,
            "content": self.content.to_json(),
            "identity": self.identity and self.identity.to_json(),
            "files": [(name, data.hex()) for name, data in self.files],
        }
        return json.dumps(value, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Came:
    """What became of it; `again` when it had come before."""

    brought: Brought
    receipt: str
    again: bool

    @property
    def promise(self) -> str:
        """The signed promise that the filing will stand in the log."""
        return reports.promise_of(self.brought.report)


class OtherWords(Refusal):
    """The caller's words for a retry were used before, for something else."""


def bring(load: Load, *, caller: Caller, once: str, at: datetime) -> Came:
    """File what another system brings, once, however often it is sent under the same `once`.

    Raises OtherWords where `once` stands for something else already.
    """
    draft, mark = caller.draft("bring", once), caller.draft("body", load.words())
    if (earlier := _earlier(draft, mark)) is not None:
        return earlier
    on = today(caller.key.organ, at)
    staged = [reports.stage(draft, name=name, data=data, at=on) for name, data in load.files]
    try:
        # The turn before the transaction: two who wait for each other would wait for ever.
        with reports.turn(), transaction.atomic():
            came = _write(load, draft, mark, frozenset(file.id for file in staged), caller, at)
    except reports.FilesGone:
        came = None
    found = came or _earlier(draft, mark)
    if found is None:
        raise Refusal(_("A file was lost on the way. Send it again."))
    return found


def _write(
    load: Load, draft: bytes, mark: bytes, staged: frozenset[Any], caller: Caller, at: datetime
) -> Came | None:
    """None when the same came in at the same time by another request."""
    filed = reports.file_report(
        draft=draft,
        content=load.content,
        identity=load.identity,
        organ=caller.key.organ,
        at=at,
        staged=staged,
    )
    if filed.again:
        return None
    report = filed.report
    brought = Brought.objects.create(
        report=report,
        key=caller.key,
        what=load.what,
        fingerprint=mark,
        told_status=report.status,
        told_due_on=report.next_due_on,
    )
    body = {"report": str(report.pk), "key": str(caller.key.pk), "what": load.what.value}
    # As the filing itself: its number would tell how many reports came.
    record(act="report.brought", body=body, lane="daily", on=report.received_on)
    return Came(brought, filed.receipt, again=False)


def _earlier(draft: bytes, mark: bytes) -> Came | None:
    secret = receipt.secret_of(draft)
    report = reports.find(secret)
    brought = Brought.objects.filter(report=report).first() if report else None
    if report is None or brought is None:
        return None
    if bytes(brought.fingerprint) != mark:
        raise OtherWords(_("The same Idempotency-Key was used before, for something else."))
    brought.report = report
    return Came(brought, receipt.show(secret), again=True)


def brought_of(report: Report) -> Brought | None:
    """By which key a report came, if another system brought it."""
    return Brought.objects.select_related("key").filter(report=report).first()


def note_changes(*, at: datetime) -> int:
    """Note each brought report that says something else than was last told, and write a message.

    Asked by the worker: several changes between two questions are one message, which is enough for
    a message without content. Row and message change in one transaction; how many were told.
    """
    same_day = Q(told_due_on=F("report__next_due_on")) | Q(
        told_due_on=None, report__next_due_on=None
    )
    held = Q(held_on__gte=_day(at), report__status__in=BY_THE_REPORTER)
    changed = Brought.objects.exclude(Q(told_status=F("report__status")) & same_day).exclude(held)
    pks = list(changed.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_note(pk, at) for pk in pks)


def _day(at: datetime) -> date:
    """The day where days begin last: what is held until the next day is held everywhere."""
    return day_in("Asia/Jakarta", at)


@transaction.atomic
def _note(pk: int, at: datetime) -> bool:
    """Whether something was told; what the reporter did himself waits for another day."""
    rows = Brought.objects.select_for_update(of=("self",)).select_related("key")
    brought = rows.filter(pk=pk).first()
    if brought is None:
        return False
    now = Report.objects.get(pk=brought.report_id)
    if (brought.told_status, brought.told_due_on) == (now.status, now.next_due_on):
        return False
    if now.status in BY_THE_REPORTER and brought.held_on is None:
        brought.held_on = _day(at)
        brought.save(update_fields=["held_on"])
        return False
    if now.status in BY_THE_REPORTER and brought.held_on == _day(at):
        return False
    brought.told_status, brought.told_due_on, brought.held_on = now.status, now.next_due_on, None
    brought.save(update_fields=["told_status", "told_due_on", "held_on"])
    webhooks.write(brought.key, CHANGED, {"id": str(now.pk)}, at=at)
    return True
