"""A new calendar moves open terms to later days only, says why, and counts each of them once."""

from __future__ import annotations

import json
import os
import time
import uuid
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from tests.cases.conftest import AT, Office, days_later, file_report, log_in, make_case
from timbang.accounts.models import Organ
from timbang.cases import actions, running
from timbang.cases.actions import recounting
from timbang.cases.models import CalendarVersion, Case, OpenTerm, TermMove
from timbang.cases.vault import Desk
from timbang.law.calendar import Calendar
from timbang.ledger.models import Entry
from timbang.reports.models import Report

# Bawaslu's three working days after Monday 2 November 2026.
MANY = 5_000
WEDNESDAY, THURSDAY, FRIDAY = date(2026, 11, 4), date(2026, 11, 5), date(2026, 11, 6)

DECREE = """\
year: 2026
amends: true
source:
  title: "Joint decree on more joint leave"
  licence: "none"
  level: official_text
  dated: {dated}
  note: {{id: "catatan", en: "note"}}
confirmed: {{public_holiday: true, joint_leave: true}}
{taken_back}
days: {days}
"""
DAY = """
  - day: {day}
    kind: joint_leave
    estimated: false
    name: {{id: "Cuti Bersama", en: "Joint Leave"}}
    source: "Joint decree"
"""


class Folder:
    """The operator's folder of calendars."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.turn = 10**18

    def decree(self, *days: date, name: str = "more.yaml", back: tuple[date, ...] = ()) -> None:
        self.turn += 1
        listed = ", ".join(map(str, back))
        text = DECREE.format(
            dated=date(2026, 6, 1) + timedelta(self.turn - 10**18),
            taken_back=f"taken_back: [{listed}]" if back else "",
            days="".join(DAY.format(day=day) for day in days) or "[]",
        )
        (self.path / name).write_text(text)
        os.utime(self.path / name, ns=(self.turn, self.turn))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.setenv("TIMBANG_CALENDARS", str(tmp_path))
    return Folder(tmp_path)


def recount(at: datetime = AT) -> int:
    """As the worker does: until nothing is left."""
    handled = 0
    while some := actions.recount_terms(at=at):
        handled += some
    return handled


def the_term(case: Case) -> OpenTerm:
    return OpenTerm.objects.get(case=case, closed_on=None)


def test_a_new_holiday_moves_an_open_term_and_says_which_day_did_it(
    case: Case, folder: Folder
) -> None:
    assert the_term(case).last_day == THURSDAY
    folder.decree(WEDNESDAY)
    recount()
    term = the_term(case)
    assert (term.safe_day, term.last_day) == (FRIDAY, FRIDAY)
    move = TermMove.objects.get(term=term)
    assert (move.from_last, move.to_last, move.why) == (THURSDAY, FRIDAY, "calendar")
    assert move.days == [{"day": "2026-11-04", "before": "", "after": "joint_leave"}]
    assert move.calendar == Calendar.load().hash == term.calendar


def test_a_moved_term_lapses_a_day_later(case: Case, folder: Folder) -> None:
    folder.decree(WEDNESDAY)
    recount()
    assert actions.escalate_due(at=datetime.fromisoformat("2026-11-05T17:00+00:00")) == 0
    assert actions.escalate_due(at=datetime.fromisoformat("2026-11-06T17:00+00:00")) == 1


def test_a_term_that_would_lapse_before_the_worker_has_counted_is_counted_first(
    case: Case, folder: Folder
) -> None:
    folder.decree(WEDNESDAY)
    assert actions.escalate_due(at=datetime.fromisoformat("2026-11-05T17:00+00:00")) == 0
    assert the_term(case).last_day == FRIDAY
    assert TermMove.objects.count() == 1


def test_a_holiday_taken_back_never_brings_a_term_forward(case: Case, folder: Folder) -> None:
    folder.decree(WEDNESDAY)
    recount()
    folder.decree(name="later.yaml", back=(WEDNESDAY,))
    assert recount() > 0
    term = the_term(case)
    assert (term.safe_day, term.last_day) == (FRIDAY, FRIDAY)
    assert TermMove.objects.count() == 1
    assert term.calendar == Calendar.load().hash


def test_each_term_is_counted_once_for_a_calendar(
    case: Case, alice: Desk, bawaslu: Office, folder: Folder
) -> None:
    make_case(alice, file_report(bawaslu.organ))
    folder.decree(WEDNESDAY)
    assert recount() == 2
    assert recount() == 0
    assert recount(at=days_later(1)) == 0
    assert CalendarVersion.objects.get(in_use=True).hash == Calendar.load().hash


def test_a_worker_that_is_killed_goes_on_where_it_stopped(
    case: Case, alice: Desk, bawaslu: Office, folder: Folder
) -> None:
    make_case(alice, file_report(bawaslu.organ, at=days_later(-3)), at=days_later(-3))
    folder.decree(WEDNESDAY)
    assert actions.recount_terms(at=AT, most=1) == 1
    assert TermMove.objects.count() == 1
    assert recount() == 1
    assert TermMove.objects.count() == 2


def test_one_batch_is_one_entry_of_the_log(
    case: Case, alice: Desk, bawaslu: Office, folder: Folder
) -> None:
    make_case(alice, file_report(bawaslu.organ))
    folder.decree(WEDNESDAY)
    before = Entry.objects.count()
    recount()
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.get(act="terms.recounted")
    assert (entry.body["terms"], entry.body["moved"]) == (2, 2)
    assert entry.body["calendar"] == Calendar.load().hash
    assert {move.entry_id for move in TermMove.objects.all()} == {entry.pk}


def test_a_batch_that_dies_leaves_nothing(
    case: Case, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.decree(WEDNESDAY)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(recounting, "_reschedule", killed)
        with pytest.raises(KeyboardInterrupt):
            actions.recount_terms(at=AT)
    assert the_term(case).last_day == THURSDAY
    assert not TermMove.objects.exists()
    assert not Entry.objects.filter(act="terms.recounted").exists()


def test_a_term_that_is_opened_meanwhile_is_counted_in_the_next_round(
    case: Case, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opened by somebody who had the old calendar, after the terms were looked through."""
    old, write = Calendar.load(), recounting._write

    def opened_meanwhile(*told: Any) -> None:
        write(*told)
        many_open(case, 1, by=old)

    folder.decree(date(2026, 10, 2), WEDNESDAY)
    with monkeypatch.context() as patched:
        patched.setattr(recounting, "_write", opened_meanwhile)
        assert actions.recount_terms(at=AT) == 1
    late = OpenTerm.objects.get(case__number="0")
    assert late.calendar == old.hash
    assert recount() == 1
    late.refresh_from_db()
    assert ending(late) == alone(late)
    assert CalendarVersion.objects.get(in_use=True).hash == Calendar.load().hash


def test_a_term_that_no_changed_day_reaches_is_not_touched(case: Case, folder: Folder) -> None:
    old = the_term(case)
    folder.decree(date(2026, 12, 1))
    assert recount() == 0
    assert the_term(case).calendar == old.calendar != Calendar.load().hash
    assert CalendarVersion.objects.get(in_use=True).hash == Calendar.load().hash
    assert not Entry.objects.filter(act="terms.recounted").exists()
    assert actions.escalate_due(at=datetime.fromisoformat("2026-11-05T17:00+00:00")) == 1
    assert not TermMove.objects.exists()
    folder.decree(WEDNESDAY, date(2026, 12, 1))
    assert the_term(case).lapsed_on is not None
    assert recount() == 0


def test_a_term_is_held_against_the_calendar_by_which_it_was_counted(
    case: Case, folder: Folder
) -> None:
    """One that was left alone by a calendar in between is reached by the next."""
    folder.decree(date(2026, 12, 1))
    recount()
    folder.decree(WEDNESDAY, date(2026, 12, 1))
    assert recount() == 1
    assert the_term(case).last_day == FRIDAY
    move = TermMove.objects.get()
    assert move.days == [{"day": "2026-11-04", "before": "", "after": "joint_leave"}]


def test_terms_that_stand_alike_and_end_apart_are_written_apart(
    case: Case, alice: Desk, bawaslu: Office, folder: Folder
) -> None:
    """Told the same day so far, by rules of which the holiday prolongs one by more."""
    later = make_case(alice, file_report(bawaslu.organ))
    OpenTerm.objects.filter(case=later).update(step="send")
    many_open(case, 3)
    folder.decree(WEDNESDAY)
    wanted = {term.pk: running.kept(term, alone(term)) for term in OpenTerm.objects.all()}
    assert wanted[the_term(case).pk] != wanted[the_term(later).pk]
    recount()
    assert {term.pk: ending(term) for term in OpenTerm.objects.all()} == wanted
    assert TermMove.objects.get(term__case=later).to_last == the_term(later).last_day


def test_terms_of_many_offices_that_stand_and_end_alike_are_few_statements(
    case: Case, bawaslu: Office, folder: Folder, django_assert_max_num_queries: Any
) -> None:
    many_open(case, 12)
    for turn, term in enumerate(OpenTerm.objects.exclude(case=case)):
        organ = Organ.objects.get(pk=bawaslu.organ.pk)
        organ.pk, organ.code = uuid.uuid4(), f"beside-{turn}"
        organ.save(force_insert=True)
        began = the_term(case)
        for name in ("entered_on", "started_on", "safe_day", "last_day", "told_day", "ends_at"):
            setattr(term, name, getattr(began, name))
        term.organ = organ
        term.save()
    folder.decree(WEDNESDAY)
    with django_assert_max_num_queries(30):
        assert recount() == 13
    assert TermMove.objects.count() == 13
    assert set(OpenTerm.objects.values_list("last_day", flat=True)) == {FRIDAY}


def test_a_term_that_is_opened_by_the_old_calendar_later_is_counted_too(
    case: Case, folder: Folder
) -> None:
    """By a server that had not seen the new file when the worker was through with all others."""
    old = Calendar.load()
    folder.decree(date(2026, 10, 2), WEDNESDAY)
    recount()
    many_open(case, 1, by=old)
    assert recount() == 1
    late = OpenTerm.objects.get(case__number="0")
    assert ending(late) == alone(late)


def test_the_reporter_is_told_the_new_day(case: Case, report: Report, folder: Folder) -> None:
    report.refresh_from_db()
    assert report.next_due_on == THURSDAY
    folder.decree(WEDNESDAY)
    recount()
    report.refresh_from_db()
    assert report.next_due_on == FRIDAY


def test_a_report_that_waits_moves_too(report: Report, folder: Folder) -> None:
    actions.route_new_reports(at=AT)
    folder.decree(WEDNESDAY)
    recount()
    term = OpenTerm.objects.get(report=report)
    assert term.last_day is not None
    assert term.last_day >= FRIDAY
    assert TermMove.objects.get().term == term


def test_what_lapsed_stays_as_it_was_marked(case: Case, folder: Folder) -> None:
    actions.escalate_due(at=days_later(9))
    folder.decree(WEDNESDAY)
    assert recount(at=days_later(9)) == 0
    assert the_term(case).last_day == THURSDAY


def test_the_calendar_by_which_a_term_was_counted_is_kept(case: Case, folder: Folder) -> None:
    old = the_term(case).calendar
    folder.decree(WEDNESDAY)
    recount()
    body = json.loads(CalendarVersion.objects.get(hash=old).body)
    assert "2026-11-04" not in body["days"]
    assert "2026-12-25" in body["days"]


def test_the_list_of_moves_is_for_the_office_alone(
    case: Case, folder: Folder, bawaslu: Office, charlie: Desk
) -> None:
    folder.decree(WEDNESDAY)
    recount()
    mine = log_in("alice").get("/meja/tenggat/").content.decode()
    assert case.number in mine
    assert "2026-11-04" in mine or "4 November 2026" in mine
    theirs = log_in("charlie").get("/meja/tenggat/").content.decode()
    assert case.number not in theirs


def test_a_page_of_a_moved_term_says_where_it_stood_before(case: Case, folder: Folder) -> None:
    folder.decree(WEDNESDAY)
    recount()
    client: Client = log_in("alice")
    page = client.get(f"/meja/tenggat/{the_term(case).pk}/").content.decode()
    assert "5 November 2026" in page


def test_many_open_terms_are_counted_in_seconds(case: Case, folder: Folder) -> None:
    """A tenth of the fifty thousand that a large office may have, with time to spare."""
    many_open(case, MANY)
    folder.decree(date(2026, 10, 2), WEDNESDAY, date(2026, 11, 13))
    begun = time.process_time()
    assert recount() == MANY + 1
    assert time.process_time() - begun < 6
    assert not OpenTerm.objects.exclude(calendar=Calendar.load().hash).exists()
    assert Entry.objects.filter(act="terms.recounted").count() == 1
    assert TermMove.objects.exclude(to_last__gte=F("from_last")).count() == 0


def test_terms_that_differ_in_anything_are_counted_apart(
    case: Case, alice: Desk, bawaslu: Office, folder: Folder
) -> None:
    """One suspended before, one told a later day, one begun on another day: each its own end."""
    later = make_case(alice, file_report(bawaslu.organ))
    OpenTerm.objects.filter(case=later, closed_on=None).update(
        last_day=THURSDAY + timedelta(5), told_day=THURSDAY + timedelta(5)
    )
    earlier = make_case(alice, file_report(bawaslu.organ, at=days_later(-3)), at=days_later(-3))
    before = the_term(earlier).last_day
    folder.decree(WEDNESDAY)
    assert recount() == 3
    assert the_term(case).last_day == FRIDAY
    assert the_term(later).last_day == THURSDAY + timedelta(5)
    assert before is not None
    assert the_term(earlier).last_day == FRIDAY - timedelta(1)


@pytest.mark.parametrize(
    ("day", "moves"),
    [
        (date(2026, 10, 5), True),
        (date(2026, 10, 14), True),
        (date(2026, 10, 23), True),
        (date(2026, 11, 1), False),  # a Sunday
        (date(2026, 11, 11), True),
        (date(2026, 11, 19), False),  # after the last of them
    ],
)
def test_each_term_ends_where_it_would_if_it_were_counted_alone(
    case: Case, folder: Folder, day: date, moves: bool
) -> None:
    """Also those that the new day does not reach; and when it is taken back, nobody loses a day."""
    many_open(case, 60)
    folder.decree(day)
    wanted = {term.pk: running.kept(term, alone(term)) for term in OpenTerm.objects.all()}
    recount()
    assert {term.pk: ending(term) for term in OpenTerm.objects.all()} == wanted
    assert TermMove.objects.exists() == moves
    folder.decree(name="later.yaml", back=(day,))
    recount()
    told = {term.pk: ending(term).last_day for term in OpenTerm.objects.all()}
    assert told == {pk: end.last_day for pk, end in wanted.items()}


def alone(term: OpenTerm, calendar: Calendar | None = None) -> running.End:
    """Where a term ends by the present calendar, or by this one, asked of the law for it alone."""
    fate = running.fate(term)
    assert fate is not None
    return running.End.of(fate.answer(calendar or Calendar.load()), fate.zone)


def ending(term: OpenTerm) -> running.End:
    assert term.safe_day is not None
    return running.End(term.safe_day, term.last_day, term.ends_at, term.provisional)


def many_open(like: Case, many: int, *, by: Calendar | None = None) -> None:
    """Cases that stand where this one stands, each since a day of its own; their terms are counted
    by the present calendar, or by this one."""
    calendar = by or Calendar.load()
    first = the_term(like)
    cases, terms, ends = [], [], {}
    for number in range(many):
        one = Case(
            organ=like.organ, year=2026, serial=number + 10, number=f"{number}", step=like.step,
            holder=like.holder, keeper=like.keeper, procedure=like.procedure, opened_on=AT.date(),
        )  # fmt: skip
        began = date(2026, 10, 1) + timedelta(number % 40)
        term = OpenTerm(
            case=one, organ=first.organ, step=first.step, entered_on=began, started_on=began,
            length=3, unit="workdays", kind=first.kind,
        )  # fmt: skip
        if began not in ends:
            ends[began] = alone(term, calendar)
        running.set_end(term, ends[began], calendar)
        cases.append(one)
        terms.append(term)
    Case.objects.bulk_create(cases, batch_size=500)
    OpenTerm.objects.bulk_create(terms, batch_size=500)
