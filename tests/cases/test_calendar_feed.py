"""An officer's calendar, read by a parser that we did not write: days, short numbers, no content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import vobject
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.cases.conftest import AT, SECRET_NAME, TJAHJO, file_report, log_in
from timbang.accounts import actions as accounts
from timbang.cases import actions, feed
from timbang.cases.actions import Seen, reminding, shelving
from timbang.cases.actions.assigning import assign
from timbang.cases.course import today
from timbang.cases.feed import Happening
from timbang.cases.models import Case, Conflict, Feed, OpenTerm, Part
from timbang.cases.vault import Desk
from timbang.ledger.models import Entry


def parsed(body: bytes) -> dict[str, Any]:
    """The events by their uid, as another library reads them."""
    (made,) = vobject.readComponents(body.decode())
    return {event.uid.value: event for event in made.contents.get("vevent", [])}


def read(token: str, client: Client | None = None) -> dict[str, Any]:
    answer = (client or Client()).get(reverse("feed:calendar", args=[token]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return parsed(answer.content)


@pytest.fixture
def token(alice: Desk) -> str:
    return reminding.make_feed(language="en", by=alice.officer, at=AT)


def term_of(case: Case) -> OpenTerm:
    return OpenTerm.objects.running().get(case=case, track=None)


def test_a_term_is_an_event_on_its_safe_day(case: Case, token: str) -> None:
    term = term_of(case)
    event = read(token)[str(term.pk)]
    assert event.summary.value == f"Term: case {case.serial}/2026"
    assert event.dtstart.value == term.safe_day
    assert event.dtend.value == (term.safe_day or date.min) + timedelta(days=1)
    assert event.status.value == "CONFIRMED"
    assert str(case.pk) in event.url.value


def test_nothing_of_a_case_but_its_short_number_is_in_it(case: Case, token: str) -> None:
    body = Client().get(reverse("feed:calendar", args=[token])).content.decode()
    plain = body.replace("\r\n ", "")
    for word in (*TJAHJO.name.split(), TJAHJO.post, SECRET_NAME, "BAWASLU", "netral", case.number):
        assert word.lower() not in plain.lower()


def test_reports_without_a_case_are_not_in_it(alice: Desk, token: str) -> None:
    file_report(alice.organ)
    actions.route_new_reports(at=AT)
    assert OpenTerm.objects.filter(report__isnull=False).exists()
    assert read(token) == {}


def test_a_moved_term_keeps_its_uid_and_counts_up(case: Case, alice: Desk, token: str) -> None:
    term = term_of(case)
    before = read(token)[str(term.pk)]
    later = (term.safe_day or date.min) + timedelta(days=3)
    entry = Entry.objects.first()
    term.moves.create(
        organ=alice.organ, why="calendar", from_safe=term.safe_day, from_last=term.last_day,
        to_safe=later, to_last=later, calendar="", moved_on=AT.date(), entry=entry,
    )  # fmt: skip
    OpenTerm.objects.filter(pk=term.pk).update(safe_day=later, last_day=later)
    shelving.place(case)
    after = read(token)[str(term.pk)]
    assert after.dtstart.value == later
    assert int(after.sequence.value) == int(before.sequence.value) + 1


def test_a_term_on_which_somebody_acted_is_told_cancelled(
    case: Case, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    term = term_of(case)
    OpenTerm.objects.filter(pk=term.pk).update(closed_on=today(term.organ, datetime.now(UTC)))
    shelving.place(case)
    event = read(token)[str(term.pk)]
    assert event.status.value == "CANCELLED"
    assert int(event.sequence.value) == 1


def test_what_a_colleague_has_in_hand_is_in_his_calendar_only(
    case: Case, alice: Desk, bob: Desk, token: str
) -> None:
    his = reminding.make_feed(language="id", by=bob.officer, at=AT)
    assert read(token).keys() == read(his).keys() != set()
    assign(case, bob.officer, part=Part.IN_CHARGE, seen=Seen.now(case), by=alice, at=AT)
    assert read(token) == {}
    (event,) = read(his).values()
    assert event.summary.value == f"Tenggat: kasus {case.serial}/2026"


def test_a_summons_is_a_hearing_in_the_calendar(case: Case, alice: Desk, token: str) -> None:
    now = datetime.now(UTC)
    on = today(alice.organ, now)
    case.summonses.create(
        accused=case.accused.get(), ordinal=1, sent_on=on, summoned_for_on=on + timedelta(days=9),
        recorded_by=alice.officer,
    )  # fmt: skip
    (event,) = (e for e in read(token).values() if e.summary.value.startswith("Hearing"))
    assert event.dtstart.value == on + timedelta(days=9)


# The link


def test_a_link_needs_no_session_and_leaves_none(case: Case, token: str) -> None:
    client = Client()
    read(token, client)
    assert not client.cookies


@pytest.mark.parametrize("wrong", ["x", "A" * 32, "-" * 32])
def test_a_wrong_link_is_no_page(alice: Desk, token: str, wrong: str) -> None:
    assert Client().get(reverse("feed:calendar", args=[wrong])).status_code == 404


def test_the_database_holds_no_link(alice: Desk, token: str) -> None:
    row = Feed.objects.get()
    assert token.encode() not in bytes(row.token)
    assert len(token) * 6 >= 128


def test_a_new_link_ends_the_old_one_and_each_is_an_entry(alice: Desk, token: str) -> None:
    newer = reminding.make_feed(language="en", by=alice.officer, at=AT)
    assert Client().get(reverse("feed:calendar", args=[token])).status_code == 404
    read(newer)
    reminding.drop_feed(by=alice.officer, at=AT)
    assert Client().get(reverse("feed:calendar", args=[newer])).status_code == 404
    assert list(Entry.objects.filter(act__startswith="feed.").values_list("act", flat=True)) != []


def test_the_link_of_a_revoked_officer_is_dead(alice: Desk, bob: Desk) -> None:
    his = reminding.make_feed(language="id", by=bob.officer, at=AT)
    accounts.revoke_officer(officer=bob.officer, by=None, at=AT)
    assert Client().get(reverse("feed:calendar", args=[his])).status_code == 404


def test_a_conflict_takes_a_case_out_of_the_calendar(case: Case, alice: Desk, bob: Desk) -> None:
    his = reminding.make_feed(language="id", by=bob.officer, at=AT)
    line = case.journal.get(version=1) if case.journal.filter(version=1).exists() else None
    Conflict.objects.create(
        case=case, officer=bob.officer, relation="kin", citation="x", level="x", found="declared",
        since_on=AT.date(), journal=line or case.journal.first(),
    )  # fmt: skip
    assert read(his) == {}


def test_the_page_shows_the_link_once(case: Case, alice: Desk) -> None:
    client = log_in("alice")
    place = reverse("cases:reminders")
    page = client.post(place, {"do": "feed"}).content.decode()
    token = page.split("/kalender/")[1].split(".ics")[0]
    assert len(read(token)) == 1
    assert token not in client.get(place).content.decode()


# The calendar itself, without any row

CASE = UUID(int=7)
ONE = Happening(
    uid=UUID(int=1), what=feed.TERM, number="12/2026", case=CASE, on=date(2026, 11, 9),
    changed_on=date(2026, 11, 2), last=date(2026, 11, 11),
)  # fmt: skip


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def events(*found: Happening) -> list[Any]:
    return list(parsed(feed.calendar(found, address=lambda case: f"https://x/{case}/")).values())


def test_the_same_happenings_give_the_same_bytes() -> None:
    made = [feed.calendar([ONE], address=str) for _twice in range(2)]
    assert made[0] == made[1]


def test_a_term_in_hours_stands_in_the_zone_of_its_region() -> None:
    at = datetime(2026, 11, 9, 1, 30, tzinfo=UTC)
    (event,) = events(
        Happening(
            uid=UUID(int=2), what=feed.TERM, number="1/2026", case=CASE, on=date(2026, 11, 9),
            changed_on=date(2026, 11, 2), at=at, zone="Asia/Jayapura",
        )
    )  # fmt: skip
    assert event.dtstart.value == at
    assert event.dtstart.value.utcoffset() == timedelta(hours=9)


def test_the_last_day_of_all_is_told_beside_the_safe_one() -> None:
    (event,) = events(ONE)
    assert "11 November 2026" in event.description.value
    assert f"https://x/{CASE}/" in event.description.value


def test_a_day_that_may_move_is_tentative() -> None:
    (event,) = events(replace(ONE, open_end=True))
    assert event.status.value == "TENTATIVE"


def test_an_empty_calendar_is_one() -> None:
    assert events() == []
