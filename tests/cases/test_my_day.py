"""What waits for one officer: his first, then what nobody has; with what to do next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cases.conftest import AT, file_report, log_in, make_case
from timbang.cases import actions, my_day
from timbang.cases.actions import Seen
from timbang.cases.actions.assigning import assign, take_back
from timbang.cases.course import today
from timbang.cases.models import Case, LookUp, Part, SavedFilter
from timbang.cases.my_day import Wish
from timbang.cases.vault import Desk
from timbang.cases.views.my_day import number_words


def give(case: Case, to: Desk, by: Desk) -> None:
    assign(case, to.officer, part=Part.IN_CHARGE, seen=Seen.now(case), by=by, at=AT)
    case.refresh_from_db()


def listed(desk: Desk, whose: str) -> set[Case]:
    from timbang.cases import lists

    only = Wish(whose=whose).filters(desk.officer, today(desk.organ, AT))
    return set(lists.waiting(desk.officer, only=only).rows)


def test_what_was_given_to_me_is_mine_and_what_nobody_has_is_free(
    case: Case, alice: Desk, bob: Desk
) -> None:
    other = make_case(alice, file_report(alice.organ))
    assert listed(bob, "free") == {case, other}
    give(case, bob, alice)
    assert listed(bob, "mine") == {case}
    assert listed(bob, "free") == listed(alice, "free") == {other}
    assert listed(alice, "mine") == set()
    assert listed(alice, "") == {other}
    assert listed(alice, "all") == {case, other}


def test_the_page_shows_mine_first_with_what_to_do_next(case: Case, alice: Desk) -> None:
    give(case, alice, alice)
    page = log_in("alice").get(reverse("cases:start")).content.decode()
    assert page.index('id="mine"') < page.index(case.number) < page.index('id="free"')
    step = next(found for found in my_day.next_of(case, alice.officer, pending=False))
    assert str(step.id) in page or str(step.en) in page


@pytest.mark.parametrize("words", ["", "?due=late", "?whose=all&kind=neutrality", "?due=x&at=y/z"])
def test_a_list_is_chosen_by_codes(case: Case, alice: Desk, words: str) -> None:
    answer = log_in("alice").get(reverse("cases:start") + words)
    assert answer.status_code == 200


def test_a_list_is_kept_and_removed_and_is_nobody_elses(case: Case, alice: Desk, bob: Desk) -> None:
    hers, his = log_in("alice"), log_in("bob")
    place = reverse("cases:filters")
    for _twice in range(2):
        hers.post(place, {"whose": "free", "due": "week"})
    (kept,) = SavedFilter.objects.all()
    assert "Within seven days" in hers.get(reverse("cases:start")).content.decode()
    his.post(place, {"forget": str(kept.pk)})
    assert SavedFilter.objects.exists()
    hers.post(place, {"forget": str(kept.pk)})
    assert not SavedFilter.objects.exists()


def test_a_filter_holds_no_words(case: Case, alice: Desk) -> None:
    log_in("alice").post(reverse("cases:filters"), {"whose": "Tjahjo", "at": "Tjahjo/x"})
    assert not SavedFilter.objects.exists()


def test_who_stands_in_sees_what_the_absent_one_has(case: Case, alice: Desk, bob: Desk) -> None:
    from timbang.accounts.models import Absence

    give(case, bob, alice)
    on = today(bob.organ, AT)
    Absence.objects.create(
        officer=bob.officer, delegate=alice.officer, roles=["examiner"], from_on=on,
        until_on=on + timedelta(days=3), entered_on=on, entered_by=bob.officer,
    )  # fmt: skip
    assert listed(alice, "mine") == {case}
    later = Wish(whose="mine").filters(alice.officer, on + timedelta(days=4))
    assert later.where is not None
    assert my_day.stands_in_for(alice.officer, on + timedelta(days=4)) == []


def test_counts_do_not_tell_cases_from_reports(case: Case, alice: Desk) -> None:
    on = today(alice.organ, AT)
    before = my_day.counts(alice.officer, on)
    file_report(alice.organ)
    actions.route_new_reports(at=AT)
    after = my_day.counts(alice.officer, on)
    assert after.all.count == before.all.count + 1


# Searching


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("12", "0012"), ("12/2026", "0012 2026"), ("0012/BAWASLU-32/2026", "0012 BAWASLU-32 2026"),
        ("1/Tjahjo", ""), ("Tjahjo", ""), ("1/Tjahjo/2026", ""), ("199001012015041001", ""), ("", ""),
    ],
)  # fmt: skip
def test_only_a_number_is_a_number(alice: Desk, text: str, words: str) -> None:
    assert number_words(text).split() == words.split()


def search(login: str, words: str, number: str = "") -> str:
    answer = log_in(login).post(reverse("cases:search"), {"words": words, "number": number})
    return str(answer.content.decode())


def test_a_number_finds_a_case_without_a_purpose(case: Case, alice: Desk) -> None:
    assert str(case.pk) in search("alice", f"{case.serial}/{case.year}")
    assert str(case.pk) in search("alice", case.number)
    assert not LookUp.objects.exists()


def test_a_name_is_looked_up_for_a_case_and_written_down(case: Case, alice: Desk) -> None:
    assert "Refused" in search("alice", "cahyo")
    assert not LookUp.objects.exists()
    assert str(case.pk) in search("alice", "cahyo kumolo", case.number)
    (row,) = LookUp.objects.all()
    assert row.officer == alice.officer
    assert "No case has all of these words" in search("alice", "suparman", case.number)


def test_another_office_finds_nothing(case: Case, alice: Desk, charlie: Desk) -> None:
    assert str(case.pk) not in search("charlie", case.number)
    assert "Refused" in search("charlie", "cahyo", case.number)


def test_an_ended_assignment_is_nobodys(case: Case, alice: Desk, bob: Desk) -> None:
    give(case, bob, alice)
    take_back(case, bob.officer, seen=Seen.now(case), by=alice, at=AT)
    assert listed(bob, "mine") == set()
    assert listed(bob, "free") == {case}
