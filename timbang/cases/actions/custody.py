"""Who had an exhibit in hand: every link of its chain of custody is written here.

What begins with another act of the case (taking an exhibit in) shares that act's ledger entry;
opening, copying and handing on are acts of their own and do not count the case's version up, so
that a colleague's half-filled form is not overtaken by somebody who only looked.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Organ
from timbang.cases import custody, vault
from timbang.cases.actions.journal import Seen, check_may, locked
from timbang.cases.course import today
from timbang.cases.custody import Link
from timbang.cases.models import CustodyAct, CustodyEntry, Exhibit
from timbang.cases.permission import CASE_READERS, CASEWORK, may
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.ledger.actions import record
from timbang.ledger.models import Entry

# What an officer records by hand; the others are entered by the act itself.
BY_HAND: Final = (
    CustodyAct.COPIED,
    CustodyAct.HANDED_OVER,
    CustodyAct.RELEASED,
    CustodyAct.RETURNED,
)


def draw(
    exhibit: Exhibit,
    act: CustodyAct,
    *,
    by: Desk,
    on: date,
    done_on: date | None = None,
    words: str = "",
    other_organ: Organ | None = None,
) -> CustodyEntry:
    """The next link of an exhibit's chain, with its hash, not saved: `keep` does that. `on` is
    today; `done_on` the day on which it was done, if another."""
    last = CustodyEntry.objects.filter(exhibit=exhibit).order_by("place").last()
    row = CustodyEntry(
        exhibit=exhibit,
        place=last.place + 1 if last else 1,
        act=act,
        organ=by.organ,
        officer=by.officer,
        other_organ=other_organ,
        done_on=done_on or on,
        recorded_on=on,
        content=bytes.fromhex(custody.content_of(bytes(exhibit.sealed))),
    )
    row.sealed = vault.close_custody(by.organ, row, words) if words.strip() else b""
    row.hash = custody.digest(link_of(row), bytes(last.hash) if last else custody.BEGINNING)
    return row


def link_of(row: CustodyEntry) -> Link:
    """What the hash of a row commits to."""
    return Link(
        exhibit=str(row.exhibit_id),
        place=row.place,
        act=row.act,
        organ=str(row.organ_id),
        officer=str(row.officer_id),
        other_organ=str(row.other_organ_id or ""),
        done_on=row.done_on.isoformat(),
        recorded_on=row.recorded_on.isoformat(),
        words=custody.content_of(bytes(row.sealed)),
        content=bytes(row.content).hex(),
    )


def keep(row: CustodyEntry, *, once: UUID | None = None, entry: Entry | None = None) -> None:
    """Save a link, with the entry of the act that it belongs to or one of its own."""
    row.once = once or uuid4()
    row.entry = entry or record(
        act=f"exhibit.{row.act}", body=_body(row), lane="now", on=row.recorded_on
    )
    row.save(force_insert=True)


def _body(row: CustodyEntry) -> dict[str, Any]:
    return {
        "case": str(row.exhibit.case_id),
        "exhibit": str(row.exhibit_id),
        "organ": str(row.organ_id),
        "by": str(row.officer_id),
        "other_organ": str(row.other_organ_id) if row.other_organ_id else None,
        "done_on": row.done_on.isoformat(),
        "custody": bytes(row.hash).hex(),
    }


@transaction.atomic
def open_exhibit(exhibit: Exhibit, *, by: Desk, at: datetime) -> bytes:
    """The bytes of an exhibit; that he opened it is entered once a day for each officer."""
    if not may(by.officer, *CASE_READERS):
        raise Refusal(_("None of your roles may do this."))
    row = Exhibit.objects.select_for_update().get(pk=exhibit.pk)
    data = vault.open_file(row, by)
    if data is None:
        raise Refusal(_("This exhibit was not given to your office."))
    on = today(by.organ, at)
    seen = CustodyEntry.objects.filter(
        exhibit=row, officer=by.officer, act=CustodyAct.OPENED, done_on=on
    )
    if not seen.exists():
        keep(draw(row, CustodyAct.OPENED, by=by, on=on))
    return data


@transaction.atomic
def record_custody(
    exhibit: Exhibit,
    act: CustodyAct,
    *,
    words: str,
    done_on: date,
    seen: Seen,
    by: Desk,
    at: datetime,
) -> CustodyEntry:
    """Record that an exhibit was copied, handed to somebody, released or came back: to or from
    whom, and why."""
    if (
        earlier := CustodyEntry.objects.filter(exhibit=exhibit, once=seen.once).first()
    ) is not None:
        return earlier
    check_may(locked(exhibit.case), by, *CASEWORK, even_ended=True)
    row = Exhibit.objects.select_for_update().get(pk=exhibit.pk)
    on = today(by.organ, at)
    _check_by_hand(row, act, words, done_on, on)
    link = draw(row, act, by=by, on=on, done_on=done_on, words=words)
    keep(link, once=seen.once)
    return link


def _check_by_hand(exhibit: Exhibit, act: CustodyAct, words: str, done_on: date, on: date) -> None:
    if act not in BY_HAND:
        raise Refusal(_("This is entered by the act itself, not by hand."))
    if not words.strip():
        raise Refusal(_("Write down who got it or brought it back, and why."))
    if not exhibit.chosen_on <= done_on <= on:
        raise Refusal(_("The day must lie between the day the exhibit was taken and today."))
    out = _is_out(exhibit)
    if act == CustodyAct.RETURNED and not out:
        raise Refusal(_("This exhibit is here: it cannot come back."))
    if act in (CustodyAct.HANDED_OVER, CustodyAct.RELEASED) and out:
        raise Refusal(_("This exhibit was given away already: first record that it came back."))


def _is_out(exhibit: Exhibit) -> bool:
    """Whether the thing itself was given away and has not come back."""
    moved = (CustodyAct.HANDED_OVER, CustodyAct.RELEASED, CustodyAct.RETURNED)
    rows = CustodyEntry.objects.filter(exhibit=exhibit, act__in=moved, other_organ=None)
    last = rows.order_by("place").last()
    return last is not None and last.act != CustodyAct.RETURNED


def enter_hand_over(exhibit: Exhibit, to: Organ, *, by: Desk, on: date) -> None:
    """That the key of an exhibit was given to another organ."""
    row = Exhibit.objects.select_for_update().get(pk=exhibit.pk)
    keep(draw(row, CustodyAct.HANDED_OVER, by=by, on=on, other_organ=to))
