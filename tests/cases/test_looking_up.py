"""Looking a person up: only for a number, written down, and read by the auditor without words."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cases.conftest import AT, Office, log_in
from tests.cases.lead_scene import lead
from timbang.accounts.keys import WrongKey
from timbang.accounts.models import Officer
from timbang.cases.actions import recusing
from timbang.cases.actions.looking_up import look_up, words_of
from timbang.cases.matching import Interest
from timbang.cases.models import Case, LookUp
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.ledger.models import Entry

pytestmark = pytest.mark.django_db
NAME = "Tjahjo Koemolo"


@pytest.mark.parametrize("number", ["", "9999/BAWASLU-32/2026", "L-1", "lead 12", "L-x/2026"])
def test_nobody_is_looked_up_without_a_number(alice: Desk, case: Case, number: str) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refusal, match="Name the case or the lead"):
        look_up(NAME, number=number, by=alice, at=AT)
    assert (LookUp.objects.count(), Entry.objects.count()) == (0, before)


def test_a_look_up_is_one_entry_and_its_words_are_sealed(
    alice: Desk, bob: Desk, charlie: Desk, case: Case
) -> None:
    before = Entry.objects.count()
    row = look_up(f" {NAME} ", number=case.number.lower(), by=alice, at=AT)
    entry = Entry.objects.get(pk=row.entry_id)
    assert Entry.objects.count() == before + 1
    assert (row.number, row.case, row.organ) == (case.number, case, alice.organ)
    assert NAME not in str(entry.body)
    assert NAME.encode() not in bytes(row.sealed)
    assert words_of(row, bob) == NAME
    with pytest.raises(WrongKey):
        words_of(row, charlie)


def test_a_lead_is_a_purpose_too(alice: Desk, charlie: Desk) -> None:
    lead("L-12/2026")
    row = look_up(NAME, number="L-12/2026", by=alice, at=AT)
    assert (row.case, row.number) == (None, "L-12/2026")
    for number, desk in (("L-13/2026", alice), ("L-12/2026", charlie)):
        with pytest.raises(Refusal, match="no lead with this number for your office"):
            look_up(NAME, number=number, by=desk, at=AT)
    assert LookUp.objects.count() == 1


def test_neither_another_offices_case_nor_one_of_ones_kin_is_a_purpose(
    alice: Desk, bob: Desk, charlie: Desk, case: Case
) -> None:
    recusing.declare_interests([Interest("kin", NAME)], base=0, by=bob, at=AT)
    for desk in (charlie, bob):
        with pytest.raises(Refusal, match="Name the case"):
            look_up(NAME, number=case.number, by=desk, at=AT)
    with pytest.raises(Refusal, match="Write whom"):
        look_up("  ", number=case.number, by=alice, at=AT)


def test_an_auditor_reads_who_looked_for_which_number_and_no_words(
    alice: Desk, bob: Desk, charlie: Desk, case: Case, bawaslu: Office
) -> None:
    look_up(NAME, number=case.number, by=alice, at=AT)
    Officer.objects.filter(pk=bob.officer.pk).update(roles=["auditor"])
    page = log_in("bob").get(reverse("cases:look-ups")).content.decode()
    assert case.number in page
    assert "Alice" in page
    assert NAME not in page
    assert case.number not in log_in("charlie").get(reverse("cases:look-ups")).content.decode()
    bob.officer.roles = ["auditor"]
    with pytest.raises(Refusal, match="roles"):
        look_up(NAME, number=case.number, by=bob, at=AT)


def test_a_long_list_of_look_ups_is_read_a_page_at_a_time(alice: Desk) -> None:
    lead("L-1/2026")
    for _number in range(101):
        look_up(NAME, number="L-1/2026", by=alice, at=AT)
    browser = log_in("alice")
    first = browser.get(reverse("cases:look-ups")).context
    rest = browser.get(reverse("cases:look-ups"), {"after": first["more"]}).context
    seen = {row.pk for row in first["rows"]} | {row.pk for row in rest["rows"]}
    assert (len(first["rows"]), len(rest["rows"]), len(seen), rest["more"]) == (100, 1, 101, "")
