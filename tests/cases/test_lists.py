"""Long lists: read a page at a time after a mark, nothing twice, nothing left out, no page dearer
than the first one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from tests.cases.conftest import AT, days_later, file_report, log_in, make_case
from tests.cases.test_recounting import many_open
from timbang.accounts import keys
from timbang.cases import actions, lists, my_day, searching, vault
from timbang.cases.actions import assigning, shelving
from timbang.cases.actions.journal import Seen
from timbang.cases.lists import Filters, Slice
from timbang.cases.models import FAR, Case, CaseKey, Conflict, OpenTerm, Part, TermMove
from timbang.cases.vault import Desk
from timbang.law import procedure
from timbang.ledger.models import Entry

MANY = 44
List = Callable[[str], Slice[Case]]


@pytest.fixture
def shelf(case: Case, alice: Desk) -> list[Case]:
    """Many cases of one office: several are due on each day, some have ended, one has no term."""
    many_open(case, MANY)
    made = list(Case.objects.exclude(pk=case.pk).order_by("serial"))
    sealed = vault.give_case_key(alice.organ, keys.new_key())
    CaseKey.objects.bulk_create(
        CaseKey(case=one, organ=alice.organ, sealed_key=sealed, since_on=AT.date(), indexed=True)
        for one in made
    )
    ended = [one.pk for one in made[-6:]]
    Case.objects.filter(pk__in=ended).update(ended_on=AT.date(), ended_as="not_proven")
    OpenTerm.objects.filter(case__in=[*ended, made[0].pk]).update(closed_on=AT.date())
    shelving.place_again([one.pk for one in made])
    return [case, *made]


def walked(ask: List) -> list[Case]:
    """A list from its first page to its last, as whoever clicks through it sees it."""
    found: list[Case] = []
    page = ask("")
    found += page.rows
    while page.after:
        page = ask(page.after)
        found += page.rows
    return found


def due(cases: list[Case], desk: Desk) -> list[tuple[date, int]]:
    place = {key.case_id: (key.due_on, key.pk) for key in CaseKey.objects.filter(organ=desk.organ)}
    return [place[case.pk] for case in cases]


@pytest.mark.parametrize("most", [1, 3, 7, 50])
def test_page_by_page_each_case_comes_once_and_in_order(
    shelf: list[Case], alice: Desk, most: int
) -> None:
    who = alice.officer
    running = {one for one in Case.objects.all() if one.ended_on is None}
    waiting = walked(lambda mark: lists.waiting(who, after=mark, most=most))
    assert due(waiting, alice) == sorted(due(waiting, alice))
    assert len(waiting) == len(running)
    assert set(waiting) == running
    assert due(waiting, alice)[-1][0] == FAR  # what has no term comes last
    for name, expected in (("running", running), ("ended", set(shelf) - running)):
        held = walked(lambda mark, name=name: lists.held(who, name, after=mark, most=most))
        assert [pk for _day, pk in due(held, alice)] == sorted(
            (pk for _day, pk in due(held, alice)), reverse=True
        )
        assert len(held) == len(expected)
        assert set(held) == expected


@pytest.mark.parametrize(
    "mark", ["x", "2026-10-01", "2026-10-01.", ".5", "2026-10-01.5;", "-1", "9" * 19, "\x00", "٣"]
)
def test_a_mark_that_nobody_gave_asks_for_the_first_page(
    shelf: list[Case], alice: Desk, mark: str
) -> None:
    first = lists.waiting(alice.officer, most=5).rows
    assert lists.waiting(alice.officer, after=mark, most=5).rows == first
    newest = lists.held(alice.officer, "running", most=5).rows
    assert lists.held(alice.officer, "running", after=mark, most=5).rows == newest


def test_a_day_that_is_none_is_no_mark(shelf: list[Case], alice: Desk) -> None:
    client = log_in("alice")
    for shown in ("ours", "running", "unassigned"):
        for mark in ("2026-99-99.1", "0000-00-00.1", "9999-12-31.999999999999999999"):
            answer = client.get(reverse("cases:cases"), {"show": shown, "after": mark})
            assert answer.status_code == 200, (shown, mark)


def test_what_leaves_the_list_between_two_pages_takes_nothing_with_it(
    shelf: list[Case], alice: Desk
) -> None:
    """An offset would skip as many rows as were acted on meanwhile."""
    whole = walked(lambda mark: lists.waiting(alice.officer, after=mark))
    page = lists.waiting(alice.officer, most=10)
    gone = [case.pk for case in page.rows[2:8]]
    Case.objects.filter(pk__in=gone).update(ended_on=AT.date(), ended_as="not_proven")
    OpenTerm.objects.filter(case__in=gone).update(closed_on=AT.date())
    shelving.place_again(gone)
    rest = walked(lambda mark: lists.waiting(alice.officer, after=mark or page.after, most=10))
    assert [*page.rows, *rest] == whole


def test_a_filter_and_a_conflict_narrow_every_page(shelf: list[Case], alice: Desk) -> None:
    until = Filters(due_by=date(2026, 10, 10))
    some = walked(lambda mark: lists.waiting(alice.officer, only=until, after=mark, most=4))
    assert some
    assert all(day <= date(2026, 10, 10) for day, _pk in due(some, alice))
    assert lists.waiting(alice.officer, only=Filters(step="nowhere")).rows == ()
    assert lists.waiting(alice.officer, only=Filters(cases=[some[0].pk])).rows == (some[0],)
    barred = shelf[0]
    Conflict.objects.create(
        case=barred, officer=alice.officer, relation="kin", citation="", level="unknown",
        found="declared", since_on=AT.date(), journal=barred.journal.first(),
    )  # fmt: skip
    for ask in (
        lambda mark: lists.waiting(alice.officer, after=mark, most=4),
        lambda mark: lists.held(alice.officer, "running", after=mark, most=4),
    ):
        assert barred not in walked(ask)


def test_what_nobody_has_in_hand_is_known_without_looking_for_it(
    shelf: list[Case], case: Case, alice: Desk, bob: Desk
) -> None:
    free = Filters(where=my_day.given_to_nobody())

    def listed() -> set[Case]:
        return set(walked(lambda mark: lists.waiting(bob.officer, only=free, after=mark, most=9)))

    assert case in listed()
    seen = Seen.now(case)
    assigning.assign(case, bob.officer, part=Part.MEMBER, seen=seen, by=alice, at=AT)
    case.refresh_from_db()
    assert case not in listed()
    key = CaseKey.objects.get(case=case)
    assert (key.given, key.in_charge) == (True, False)
    assigning.take_back(case, bob.officer, seen=Seen.now(case), by=alice, at=AT)
    assert case in listed()


def test_nothing_is_counted_past_what_is_shown(shelf: list[Case], alice: Desk) -> None:
    waiting = lists.waiting_keys(alice.officer)
    assert lists.amount(waiting) == lists.Amount(MANY + 1 - 6, more=False)
    assert lists.amount(waiting, most=10) == lists.Amount(10, more=True)
    assert lists.amount(waiting.none()) == lists.Amount(0, more=False)


def questions(path: str) -> int:
    """How many questions a page asks of the database."""
    client, asked = log_in("alice"), []
    client.get(path)

    def count(execute: Callable[..., object], *told: object) -> object:
        asked.append(told[0])
        return execute(*told)

    with connection.execute_wrapper(count):
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", ["start", "running", "ours", "unassigned"])
def test_a_longer_page_asks_no_more_questions(
    case: Case, alice: Desk, name: str, request: pytest.FixtureRequest
) -> None:
    path = reverse("cases:start")
    if name != "start":
        path = f"{reverse('cases:cases')}?show={name}"
    short = questions(path)
    request.getfixturevalue("shelf")
    assert questions(path) <= short
    assert short <= 30


def plan(rows: object) -> str:
    """How the database reads the rows, where reading a whole table is never the cheaper way."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # So small a table would be read whole and sorted, whatever its indexes.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    return str(rows.explain())  # type: ignore[attr-defined]


def test_every_list_is_read_from_its_index(shelf: list[Case], alice: Desk) -> None:
    keys_of = lists.waiting_keys(alice.officer)
    by_due = plan(keys_of.order_by("due_on", "pk")[:51])
    free = plan(keys_of.filter(my_day.given_to_nobody()).order_by("due_on", "pk")[:26])
    newest = plan(lists.shelf_of(alice.officer, ended=False).order_by("-pk")[:51])
    assert "shelf_of_what_waits" in by_due
    assert "shelf_of_what_nobody_has" in free
    # PostgreSQL may also walk all cases from the newest on, which is cheap where most are held.
    assert "shelf_of_what_is_held" in newest or "Backward using cases_casekey_pkey" in newest
    for told in (by_due, free, newest):
        assert "TEMP B-TREE" not in told and "Sort" not in told


def test_moves_come_page_by_page_and_only_to_whom_they_concern(
    shelf: list[Case], alice: Desk, charlie: Desk
) -> None:
    entry = Entry.objects.first()
    assert entry is not None
    TermMove.objects.bulk_create(
        TermMove(
            term=term, organ=alice.organ, why="calendar", calendar="x", entry=entry,
            from_safe=AT.date(), to_safe=AT.date(), moved_on=days_later(turn % 3).date(),
        )
        for turn, term in enumerate(OpenTerm.objects.filter(closed_on=None))
    )  # fmt: skip
    whole = list(TermMove.objects.order_by("-moved_on", "-pk"))
    ask = lists.moves
    found, page = [], ask(alice.officer, with_reports=True, most=7)
    found += page.rows
    while page.after:
        page = ask(alice.officer, with_reports=True, after=page.after, most=7)
        found += page.rows
    assert found == whole
    assert ask(alice.officer, with_reports=True, after="2026-99-99.1", most=7).rows == tuple(
        whole[:7]
    )
    assert ask(charlie.officer, with_reports=True).rows == ()
    assert log_in("alice").get(reverse("cases:terms")).status_code == 200


# A search has a bound, and says when it stopped there.


def test_a_search_walks_so_far_and_says_so(
    case: Case, alice: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _turn in range(4):
        make_case(alice, file_report(alice.organ))
    assert not searching.find(alice, "tjahjo", most=10).more
    monkeypatch.setattr(searching, "MOST_WALKED", 2)
    found = searching.find(alice, "tjahjo", most=10)
    assert found.more
    assert len(found.cases) == 2
    newest = Case.objects.order_by("-serial")[:2]
    assert list(found.cases) == list(newest)
    monkeypatch.setattr(searching, "MOST_WALKED", 5)
    assert not searching.find(alice, "tjahjo", most=10).more


def test_a_case_is_found_only_where_each_word_stands(
    case: Case, alice: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = [make_case(alice, file_report(alice.organ)) for _turn in range(3)]
    number = f"{later[0].number} tjahjo"
    assert searching.find(alice, number, most=10).cases == (later[0],)
    assert not searching.find(alice, f"{number} tidakada", most=10).cases
    # Both words are common by now, and two of each are walked: the case is beyond them.
    monkeypatch.setattr(searching, "MOST_WALKED", 2)
    beyond = searching.find(alice, f"{later[0].year} tjahjo", most=10)
    assert (beyond.cases, beyond.more) == ((later[2], later[1]), True)


def test_a_search_shows_so_many_and_says_that_there_are_more(case: Case, alice: Desk) -> None:
    make_case(alice, file_report(alice.organ))
    assert searching.find(alice, "tjahjo", most=1).more
    assert not searching.find(alice, "tjahjo", most=2).more
    assert not searching.find(alice, "", most=2).cases


def test_a_flood_of_new_cases_is_indexed_over_several_searches(
    case: Case, alice: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _turn in range(2):
        make_case(alice, file_report(alice.organ))
    for one in Case.objects.all():
        searching.forget(one)
    CaseKey.objects.update(indexed=False)
    monkeypatch.setattr(searching, "MOST_INDEXED", 2)
    first = searching.find(alice, "tjahjo", most=10)
    assert (len(first.cases), first.more) == (2, True)
    second = searching.find(alice, "tjahjo", most=10)
    assert (len(second.cases), second.more) == (3, False)


# Who is named when a term lapses.


def test_a_term_that_lapses_says_whom_its_procedure_names(shelf: list[Case], alice: Desk) -> None:
    actions.escalate_due(at=days_later(40))
    lapsed = OpenTerm.objects.running().filter(case__isnull=False, lapsed_on__isnull=False)
    named = 0
    for term in lapsed.select_related("case__procedure", "track"):
        assert term.case
        rules = procedure.from_json(term.case.procedure.body)
        step = (rules.track(term.track.code) if term.track else rules).step(term.step)
        wanted = (step.lapse.escalates_to if step.lapse else None) or ""
        assert term.escalates_to == wanted, term.step
        named += bool(wanted)
    assert named
