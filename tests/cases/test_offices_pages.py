"""The pages of offices among each other, in a browser's way: what is offered, done and said."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.cases.conftest import Office, log_in, make_organ, office
from tests.cases.test_handing_over import pass_to_bkn
from tests.cases.writing import write_all
from timbang.accounts import actions as accounts
from timbang.accounts.models import Organ
from timbang.cases.models import Case, CaseKey, HandOver
from timbang.cases.vault import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(case: Case, alice: Desk, dewi: Desk) -> Case:
    write_all(case, alice)
    pass_to_bkn(case, alice, dewi.organ)
    return case


def form(case: Case, **told: object) -> dict[str, object]:
    return {"once": str(uuid.uuid4()), "version": case.version, **told}


def test_both_desks_show_what_was_not_taken_on(sent: Case, bawaslu: Office) -> None:
    HandOver.objects.update(due_on="2026-01-02")
    for login in ("dewi", "alice"):
        page = log_in(login).get(reverse("cases:hand-overs")).content.decode()
        assert sent.number in page
        assert "lewat" in page or "overdue" in page
    theirs = log_in("dewi").get(reverse("cases:case", args=[sent.pk])).content.decode()
    ours = log_in("alice").get(reverse("cases:case", args=[sent.pk])).content.decode()
    accept = reverse("cases:accept", args=[sent.pk])
    assert accept in theirs
    assert accept not in ours


def test_a_case_is_taken_on_or_sent_back_on_its_page(sent: Case) -> None:
    dewi = log_in("dewi")
    place = reverse("cases:send-back", args=[sent.pk])
    refused = dewi.post(place, form(sent, reason=""))
    assert refused.status_code == 200
    done = dewi.post(place, form(sent, reason="Bukti belum lengkap."))
    assert done.status_code == 302
    assert dewi.get(done["Location"]).status_code == 200
    assert dewi.get(reverse("cases:case", args=[sent.pk])).status_code == 404
    mine = log_in("alice").get(reverse("cases:case", args=[sent.pk])).content.decode()
    assert "Bukti belum lengkap." in mine


def test_an_office_is_asked_in_and_let_go(case: Case, alice: Desk) -> None:
    citra = office("bkn-jabar", "bkn", "citra", region="32").desks["citra"]
    browser, theirs = log_in("alice"), log_in("citra")
    place = reverse("cases:case", args=[case.pk])
    assert theirs.get(place).status_code == 404
    asked = form(case, office=str(citra.organ.pk))
    assert browser.post(reverse("cases:team", args=[case.pk]), asked).status_code == 302
    assert reverse("cases:study", args=[case.pk]) in theirs.get(place).content.decode()
    case.refresh_from_db()
    leave = reverse("cases:team-leave", args=[case.pk, citra.organ.pk])
    assert browser.post(leave, form(case, sure="on")).status_code == 302
    assert theirs.get(place).status_code == 404


def test_who_hands_over_reads_who_is_competent_and_by_which_norm(
    case: Case, alice: Desk, dewi: Desk
) -> None:
    write_all(case, alice)
    page = log_in("alice").get(reverse("cases:step", args=[case.pk, "recommend"]))
    assert "Perpres 92/2024 ps 3" in page.content.decode()


def test_a_closed_office_passes_everything_on_from_its_page(
    case: Case, alice: Desk, charlie: Desk
) -> None:
    browser = log_in("alice")
    place = reverse("cases:reroute")
    assert 'name="office"' not in browser.get(place).content.decode()
    accounts.close_organ(organ=alice.organ, by=None, at=timezone.now())
    told = {"once": str(uuid.uuid4()), "office": str(charlie.organ.pk), "reason": "x", "sure": "on"}
    assert browser.post(place, told).status_code == 302
    assert not CaseKey.objects.filter(organ=alice.organ).exists()
    assert log_in("charlie").get(reverse("cases:case", args=[case.pk])).status_code == 200


def test_offices_stand_below_the_one_above_them(case: Case) -> None:
    make_organ("bawaslu-ri", "bawaslu", region="ID")
    assert Organ.objects.count() == 2
    page = log_in("alice").get(reverse("accounts:organs")).content.decode()
    assert page.index("Kantor bawaslu-ri") < page.index('scope="row">Kantor bawaslu-32')
