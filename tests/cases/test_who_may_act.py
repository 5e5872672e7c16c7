"""Who gets a case, who may not have it, and that nobody decides a matter of his own."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cases.conftest import (
    AT,
    TJAHJO,
    Office,
    file_report,
    log_in,
    make_case,
    office,
)
from timbang.accounts import absences
from timbang.accounts.models import Officer
from timbang.cases import acting, actions, conflicts, lists, searching
from timbang.cases.actions import Given, Seen, Taking, assigning, recusing
from timbang.cases.matching import Interest, same_organisation, same_person
from timbang.cases.models import (
    Act,
    Assignment,
    Case,
    CaseDeclaration,
    Conflict,
    Interests,
    OrganConflict,
    Part,
)
from timbang.cases.vault import Desk, Person
from timbang.law.refusal import Refusal
from timbang.ledger.models import Entry
from timbang.reports.models import Report

pytestmark = pytest.mark.django_db

KIN = Interest("kin", "Dr. Tjahjo Koemolo, S.H.")
ON = AT.date()


def declare(desk: Desk, *listed: Interest) -> Interests:
    rows, _told = acting.declared_of(desk.officer, desk)
    base = rows[0].version if rows else 0
    return recusing.declare_interests(listed, base=base, by=desk, at=AT)


def give(case: Case, to: Desk, by: Desk, part: Part = Part.IN_CHARGE) -> None:
    assigning.assign(case, to.officer, part=part, seen=Seen.now(case), by=by, at=AT)
    case.refresh_from_db()


def note(case: Case, by: Desk) -> None:
    """Any act of casework."""
    actions.write_document(
        case, kind="note", body={"text": "catatan"}, base_version=0, seen=Seen.now(case), by=by,
        at=AT,
    )  # fmt: skip


def hear(case: Case, by: Desk) -> None:
    accused = case.accused.get()
    actions.record_hearing(accused, held_on=ON, seen=Seen.now(case), by=by, at=AT)


# Names


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("Tjahjo Koemolo", "Cahyo Kumolo", "same"),
        ("Dr. H. Tjahjo Koemolo, M.Si.", "Tjahjo Koemolo", "same"),
        ("Tjahjo Koemolo", "Tjahjo Koemolo Putra", "same"),
        ("Tjahjo", "Tjahjo Koemolo", "perhaps"),
        ("Moh. Ali", "Muhammad Ali Rahman", "perhaps"),
        ("Siti", "Siti", "perhaps"),
        ("Budi Santoso", "Budi Hartono", None),
        ("", "Budi Hartono", None),
        ("Dr.", "Budi Hartono", None),
    ],
)
def test_a_name_is_the_same_person_until_somebody_finds_otherwise(
    one: str, other: str, like: str | None
) -> None:
    assert same_person(one, other) == same_person(other, one) == like


def test_an_organisation_is_the_same_when_all_its_words_are() -> None:
    assert same_organisation("CV Maju Jaya", "cv. maju jaya") == "same"
    assert same_organisation("Maju Jaya", "CV Maju Jaya") == "perhaps"
    assert same_organisation("CV Maju Jaya", "CV Sinar Jaya") is None
    assert same_organisation("", "CV Sinar Jaya") is None


# Giving a case


def test_a_case_is_given_to_one_in_charge_and_to_others(case: Case, bawaslu: Office) -> None:
    alice, bob = bawaslu.desks["alice"], bawaslu.desks["bob"]
    eka = bawaslu.add("eka", "examiner")
    assert acting.shelf(alice.officer, "unassigned", on=ON).rows == (case,)
    give(case, bob, alice)
    give(case, eka, alice, Part.MEMBER)
    assert acting.shelf(alice.officer, "unassigned", on=ON).rows == ()
    give(case, alice, alice)
    rows = Assignment.objects.filter(case=case, until_on=None)
    assert {(row.officer.login, row.part) for row in rows} == {
        ("alice", "in_charge"), ("eka", "member"),
    }  # fmt: skip
    assert list(acting.mine(eka.officer, ON)) == [case.pk]
    assert list(acting.mine(bob.officer, ON)) == []
    for shelf, desk, shown in (("mine", eka, 1), ("mine", bob, 0), ("unassigned", bob, 0)):
        page = acting.shelf(desk.officer, shelf, on=ON)
        assert len(page.rows) == shown, (shelf, desk)
    assert log_in("eka").get(reverse("cases:cases") + "?show=mine").status_code == 200
    before = Entry.objects.count()
    assigning.take_back(case, eka.officer, seen=Seen.now(case), by=alice, at=AT)
    assert Entry.objects.count() == before + 1
    assert not Assignment.objects.filter(officer=eka.officer, until_on=None).exists()


def test_an_examiner_takes_what_nobody_has_and_gives_nothing_to_others(
    case: Case, bawaslu: Office
) -> None:
    alice = bawaslu.desks["alice"]
    eka, oki = bawaslu.add("eka", "examiner"), bawaslu.add("oki", "examiner")
    with pytest.raises(Refusal, match="decision maker"):
        give(case, oki, eka)
    give(case, eka, eka)
    with pytest.raises(Refusal, match="decision maker"):
        give(case, oki, oki)
    with pytest.raises(Refusal, match="roles"):
        assigning.take_back(case, eka.officer, seen=Seen.now(case), by=oki, at=AT)
    assigning.take_back(case, eka.officer, seen=Seen.now(case), by=eka, at=AT)
    case.refresh_from_db()
    with pytest.raises(Refusal, match="not assigned"):
        assigning.take_back(case, eka.officer, seen=Seen.now(case), by=alice, at=AT)


def test_an_auditor_a_stranger_or_somebody_revoked_gets_no_case(
    case: Case, alice: Desk, bawaslu: Office, charlie: Desk
) -> None:
    tri = Officer.objects.get(login="bob")
    tri.roles = ["auditor"]
    tri.save()
    for nobody in (tri, charlie.officer):
        with pytest.raises(Refusal, match="Only an officer of your office"):
            assigning.assign(case, nobody, part=Part.MEMBER, seen=Seen.now(case), by=alice, at=AT)
    with pytest.raises(Refusal, match="Another organ"):
        give(case, charlie, charlie)


def test_a_double_click_gives_a_case_once(case: Case, alice: Desk, bob: Desk) -> None:
    seen = Seen.now(case)
    for _click in range(2):
        assigning.assign(case, bob.officer, part=Part.MEMBER, seen=seen, by=alice, at=AT)
    assert Assignment.objects.count() == 1


def test_who_was_given_a_case_states_first_that_nothing_ties_him_to_it(
    case: Case, alice: Desk, bob: Desk
) -> None:
    give(case, bob, alice)
    with pytest.raises(Refusal, match="state first"):
        hear(case, bob)
    hear(case, alice)  # who was not given it does as before
    case.refresh_from_db()
    recusing.declare_in_case(case, "", seen=Seen.now(case), by=bob, at=AT)
    case.refresh_from_db()
    actions.record_summons(
        case.accused.get(), sent_on=ON, summoned_for_on=ON + timedelta(days=7),
        seen=Seen.now(case), by=bob, at=AT,
    )  # fmt: skip


# Conflicts


def test_what_an_officer_declared_keeps_him_away_from_a_case_that_runs(
    case: Case, alice: Desk, bob: Desk
) -> None:
    give(case, bob, alice)
    declare(bob, KIN)
    row = Conflict.objects.get()
    assert (row.officer, row.relation, row.found) == (bob.officer, "family", "matched")
    assert row.citation == "UU 30/2014 ps 42, 43"
    assert row.journal.act == Act.RECUSED
    assert not Assignment.objects.filter(officer=bob.officer, until_on=None).exists()
    case.refresh_from_db()
    with pytest.raises(Refusal, match="You may not act"):
        hear(case, bob)
    with pytest.raises(Refusal, match="cannot get the case"):
        give(case, bob, alice)
    assert log_in("bob").get(reverse("cases:case", args=[case.pk])).status_code == 404
    assert log_in("alice").get(reverse("cases:case", args=[case.pk])).status_code == 200


def test_what_he_declared_before_keeps_him_away_from_a_case_that_comes(
    bawaslu: Office, alice: Desk, bob: Desk, report: Report
) -> None:
    declare(bob, KIN)
    case = make_case(alice, report)
    assert conflicts.standing(case, bob.officer) is not None
    assert conflicts.standing(case, alice.officer) is None
    assert Case.objects.open_to(bob.officer).count() == 0
    assert Case.objects.open_to(alice.officer).count() == 1


def test_nobody_opens_a_case_against_his_own_kin(alice: Desk, report: Report) -> None:
    declare(alice, KIN)
    with pytest.raises(Refusal, match="You may not act"):
        make_case(alice, report)
    assert Case.objects.count() == 0


def test_an_officer_who_is_reported_himself_may_not_touch_the_case(
    bawaslu: Office, alice: Desk, report: Report
) -> None:
    person = Person("Budi Santoso", "Staf", "Kantor", "32.04", "PNS")
    bob = bawaslu.desks["bob"]
    bob.officer.name = "Budi Santoso, S.H."
    bob.officer.save()
    case = make_case(alice, report, people=[person])
    assert conflicts.standing(case, bob.officer).relation == "named"  # type: ignore[union-attr]


def test_a_name_that_is_corrected_finds_the_conflict(case: Case, alice: Desk, bob: Desk) -> None:
    declare(bob, Interest("kin", "Ratna Sari Dewi"))
    assert conflicts.standing(case, bob.officer) is None
    person = Person("Ratna Sari Dewi", "Lurah", "", "32.04", "PNS")
    actions.write_person(case, None, person, seen=Seen.now(case), by=alice, at=AT)
    assert conflicts.standing(case, bob.officer) is not None


def test_a_conflict_that_nobody_recorded_yet_refuses_the_act_all_the_same(
    case: Case, alice: Desk, bob: Desk
) -> None:
    declare(bob, KIN)
    Conflict.objects.all().delete()
    case.refresh_from_db()
    with pytest.raises(Refusal, match="You may not act"):
        hear(case, bob)
    with pytest.raises(Refusal, match="You may not act"):
        actions.take_step(
            case, Taking("not_competent", reason="-"), seen=Seen.now(case), by=bob, at=AT
        )


def test_a_case_that_was_handed_over_is_held_against_the_receivers_declarations(
    case: Case, alice: Desk, bkn: Office
) -> None:
    dewi = bkn.desks["dewi"]
    rini = bkn.add("rini", "examiner", "decision_maker")
    declare(rini, KIN)
    give_to_bkn(case, alice, bkn)
    assert log_in("dewi").get(reverse("cases:case", args=[case.pk])).status_code == 200
    assert conflicts.standing(case, rini.officer) is not None
    assert log_in("rini").get(reverse("cases:case", args=[case.pk])).status_code == 404
    assert conflicts.standing(case, dewi.officer) is None


def give_to_bkn(case: Case, alice: Desk, bkn: Office) -> None:
    from tests.cases.writing import chosen, write_all

    write_all(case, alice)
    bkn.organ.refresh_from_db()
    give = Given(bkn.organ, documents=chosen(case, alice))
    actions.take_step(case, Taking("recommend", give=give), seen=Seen.now(case), by=alice, at=AT)
    case.refresh_from_db()


def test_who_is_kept_away_finds_the_case_nowhere(case: Case, alice: Desk, bob: Desk) -> None:
    report = case.reports.get().report
    declare(bob, KIN)
    page = lists.held(bob.officer, "running")
    assert page.rows == ()
    assert not searching.find(bob, "Tjahjo", most=10).cases
    assert len(searching.find(alice, "Tjahjo", most=10).cases) == 1
    browser = log_in("bob")
    term = case.terms.first()
    gone = [
        reverse("cases:report", args=[report.pk]),
        reverse("cases:assign", args=[case.pk]),
        reverse("cases:declare", args=[case.pk]),
        reverse("cases:conflicts", args=[case.pk]),
        reverse("cases:facts", args=[case.pk]),
        *([reverse("cases:term", args=[term.pk])] if term else []),
    ]
    for place in gone:
        assert browser.get(place).status_code == 404, place
    for place in (reverse("cases:start"), reverse("cases:cases")):
        answer = browser.get(place)
        assert answer.status_code == 200
        assert case.number not in answer.content.decode()
        assert TJAHJO.name not in answer.content.decode()


def test_withdrawing_a_tie_is_a_new_version_and_opens_no_old_case(
    case: Case, alice: Desk, bob: Desk
) -> None:
    declare(bob, KIN)
    declare(bob)
    rows, listed = acting.declared_of(bob.officer, bob)
    assert [row.version for row in rows] == [2, 1]
    assert listed == ()
    assert conflicts.opened(rows[1], alice) == (KIN,)
    assert conflicts.standing(case, bob.officer) is not None


def test_two_windows_do_not_write_over_each_other(bob: Desk) -> None:
    recusing.declare_interests([KIN], base=0, by=bob, at=AT)
    with pytest.raises(Refusal, match="meanwhile"):
        recusing.declare_interests([], base=0, by=bob, at=AT)


def test_a_declaration_is_readable_to_its_own_office_only(bob: Desk, charlie: Desk) -> None:
    row = declare(bob, KIN)
    assert b"Koemolo" not in bytes(row.sealed)
    from timbang.accounts.keys import WrongKey

    with pytest.raises(WrongKey):
        conflicts.opened(row, charlie)


def test_a_name_that_may_be_the_same_is_asked_about_before_the_case_is_given(
    case: Case, alice: Desk, bob: Desk
) -> None:
    declare(bob, Interest("kin", "Tjahjo"))
    assert conflicts.standing(case, bob.officer) is None
    with pytest.raises(Refusal, match="may be that of"):
        give(case, bob, alice)
    recusing.declare_in_case(case, "", seen=Seen.now(case), by=bob, at=AT)
    case.refresh_from_db()
    give(case, bob, alice)
    hear(case, bob)


def test_a_former_superior_is_asked_about_because_no_norm_makes_it_a_conflict(
    case: Case, alice: Desk, bob: Desk
) -> None:
    declare(bob, Interest("former_superior", TJAHJO.name))
    assert conflicts.standing(case, bob.officer) is None
    with pytest.raises(Refusal, match="may be that of"):
        give(case, bob, alice)


def test_a_declared_conflict_takes_him_off_at_once_and_is_never_lifted(
    case: Case, alice: Desk, bob: Desk
) -> None:
    give(case, bob, alice)
    seen = Seen.now(case)
    recusing.declare_in_case(case, "gains", seen=seen, by=bob, at=AT)
    recusing.declare_in_case(case, "gains", seen=seen, by=bob, at=AT)
    row = Conflict.objects.get()
    assert (row.relation, row.found) == ("gains", "declared")
    assert CaseDeclaration.objects.get().relation == "gains"
    case.refresh_from_db()
    with pytest.raises(Refusal, match="waived"):
        recusing.lift_conflict(row, reason="Salah.", seen=Seen.now(case), by=alice, at=AT)


def test_a_mistaken_match_is_lifted_by_somebody_else_and_does_not_come_back(
    case: Case, alice: Desk, bob: Desk
) -> None:
    declare(bob, KIN)
    row = Conflict.objects.get()
    case.refresh_from_db()
    with pytest.raises(Refusal, match="of his own"):
        recusing.lift_conflict(row, reason="Lain orang.", seen=Seen.now(case), by=bob, at=AT)
    with pytest.raises(Refusal, match="Write how"):
        recusing.lift_conflict(row, reason=" ", seen=Seen.now(case), by=alice, at=AT)
    recusing.lift_conflict(row, reason="Lain orang.", seen=Seen.now(case), by=alice, at=AT)
    case.refresh_from_db()
    assert recusing.note(case, by=alice, at=AT) == []
    hear(case, bob)
    case.refresh_from_db()
    with pytest.raises(Refusal, match="already"):
        recusing.lift_conflict(row, reason="Lain.", seen=Seen.now(case), by=alice, at=AT)


def test_a_conflict_is_found_once(case: Case, alice: Desk, bob: Desk) -> None:
    declare(bob, KIN, KIN, Interest("kin", "Cahyo Kumolo"))
    assert Conflict.objects.count() == 1
    case.refresh_from_db()
    assert recusing.note(case, by=alice, at=AT) == []


# Deciding


def test_who_decides_says_on_the_same_page_that_nothing_ties_him(
    case: Case, alice: Desk, bob: Desk
) -> None:
    browser = log_in("alice")
    place = reverse("cases:step", args=[case.pk, "not_competent"])
    assert b'name="conflict"' in browser.get(place).content
    sent = {"once": str(uuid.uuid4()), "version": case.version, "reason": "-", "sure": "on"}
    assert browser.post(place, sent).status_code == 200  # not answered: not taken
    case.refresh_from_db()
    assert case.ended_on is None
    answer = browser.post(place, sent | {"conflict": "paid_by_party"})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.ended_on is None
    assert browser.get(place).status_code == 404
    other = log_in("bob")
    sent |= {"version": case.version, "conflict": "none", "once": str(uuid.uuid4())}
    assert other.post(place, sent).status_code == 302
    case.refresh_from_db()
    assert case.ended_on is not None
    assert CaseDeclaration.objects.get(relation="").officer == bob.officer


# The whole organ


def test_a_conflicted_office_only_passes_the_case_on(case: Case, alice: Desk, bkn: Office) -> None:
    recusing.recuse_organ(
        case, head=None, reported_post="other", seen=Seen.now(case), by=alice, at=AT
    )
    row = OrganConflict.objects.get()
    assert row.instead == "flagged"
    case.refresh_from_db()
    with pytest.raises(Refusal, match="only passes it on"):
        hear(case, alice)
    with pytest.raises(Refusal, match="only passes it on"):
        actions.take_step(
            case, Taking("not_competent", reason="-"), seen=Seen.now(case), by=alice, at=AT
        )
    bkn_page = log_in("dewi").get(reverse("cases:flags"))
    assert case.number in bkn_page.content.decode()
    assert TJAHJO.name not in bkn_page.content.decode()
    assert log_in("alice").get(reverse("cases:flags")).status_code == 404


def test_the_authority_that_a_norm_names_is_shown(db: None) -> None:
    ppk = office("ppk-32", "appointing_officer", "sari").desks["sari"]
    report = file_report(ppk.organ)
    case = make_case(ppk, report)
    recusing.recuse_organ(
        case, head="regional_head", reported_post="secretary_of_regency",
        seen=Seen.now(case), by=ppk, at=AT,
    )  # fmt: skip
    page = log_in("sari").get(reverse("cases:case", args=[case.pk]))
    assert "the Governor" in page.content.decode()
    assert "SE/06/M.PAN/11/2016" in page.content.decode()


# Absence


def test_work_of_an_absent_officer_is_shown_to_who_stands_in(
    case: Case, alice: Desk, bob: Desk
) -> None:
    give(case, bob, alice)
    absences.enter_absence(
        bob.officer, delegate=alice.officer, from_on=ON, until_on=ON + timedelta(days=2),
        by=bob.officer, at=AT,
    )  # fmt: skip
    assert list(acting.mine(alice.officer, ON)) == [case.pk]
    assert list(acting.mine(alice.officer, ON + timedelta(days=3))) == []
    page = log_in("alice").get(reverse("cases:case", args=[case.pk])).content.decode()
    assert "Alice" in page


def test_nobody_stands_in_with_a_role_that_one_of_the_two_does_not_have(
    bawaslu: Office, alice: Desk
) -> None:
    eka = bawaslu.add("eka", "examiner")
    with pytest.raises(Refusal, match="Nobody stands in"):
        absences.enter_absence(
            alice.officer, delegate=eka.officer, roles=["decision_maker"], from_on=ON,
            until_on=ON, by=alice.officer, at=AT,
        )  # fmt: skip
    row = absences.enter_absence(
        alice.officer, delegate=eka.officer, from_on=ON, until_on=ON, by=alice.officer, at=AT
    )
    assert row.roles == ["examiner"]
    assert [found.pk for found in absences.stood_in_for(eka.officer, ON)] == [row.pk]
    absences.end_absence(row, by=alice.officer, at=AT)
    assert absences.stood_in_for(eka.officer, ON) == []


def test_absences_are_entered_by_oneself_or_by_who_decides(
    bawaslu: Office, alice: Desk, charlie: Desk
) -> None:
    eka = bawaslu.add("eka", "examiner")
    with pytest.raises(Refusal, match="decision maker or an administrator"):
        absences.enter_absence(
            alice.officer, delegate=None, from_on=ON, until_on=ON, by=eka.officer, at=AT
        )
    with pytest.raises(Refusal, match="own office"):
        absences.enter_absence(
            eka.officer, delegate=None, from_on=ON, until_on=ON, by=charlie.officer, at=AT
        )
    with pytest.raises(Refusal, match="same office"):
        absences.enter_absence(
            eka.officer, delegate=charlie.officer, from_on=ON, until_on=ON, by=eka.officer, at=AT
        )
    for first, last in ((ON, ON - timedelta(days=1)), (ON, ON + timedelta(days=400))):
        with pytest.raises(Refusal, match="absence"):
            absences.enter_absence(
                eka.officer, delegate=None, from_on=first, until_on=last, by=eka.officer, at=AT
            )
    absences.enter_absence(
        eka.officer, delegate=None, from_on=ON, until_on=ON, by=alice.officer, at=AT
    )
    with pytest.raises(Refusal, match="already"):
        absences.enter_absence(
            eka.officer, delegate=None, from_on=ON, until_on=ON, by=eka.officer, at=AT
        )
