"""Nobody is decided about on facts that he was not asked about, nor by a plenary that did not agree."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.cases.conftest import AT, CONFIRMED, Office, days_later, log_in, make_case, office
from tests.cases.test_beside import clear, discipline, step
from tests.cases.writing import minuted, write
from timbang.accounts.models import Officer
from timbang.cases import actions, hearings, plenaries, reading, vault
from timbang.cases.actions import Seen
from timbang.cases.minutes import Answer, Ending, Record, missing
from timbang.cases.models import Case, Conflict, DocumentKind, Hearing, Plenary
from timbang.cases.tally import Tally
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.reports.models import Report

COMPLETE = Record(
    place="Ruang rapat", private=True, examiners=("Pemeriksa",), read_back=True,
    companions=("Adik",), answers=(Answer("Benar?", "Ya."),), own_words="Saya khilaf.",
)  # fmt: skip


def now() -> Seen:
    return Seen(None, uuid4())


# minutes


@pytest.fixture
def ppk(db: None) -> Office:
    return office("ppk-32", "appointing_officer", "pandu", "pertiwi")


@pytest.fixture
def at_hearing(ppk: Office) -> Hearing:
    case, pandu = discipline(ppk), ppk.desks["pandu"]
    clear(case, pandu)
    step(case, pandu, "summon")
    step(case, pandu, "came")
    actions.record_hearing(
        case.accused.get(), held_on=AT.date(), seen=Seen.now(case), by=pandu, at=AT
    )
    return Hearing.objects.select_related("case__procedure").get()


def test_minutes_come_back_as_they_were_sealed() -> None:
    closed = Record(
        place="R", examiners=("A", "B"), answers=(Answer("q", "a"),),
        ending=Ending("refused", "2026-11-02", ("S1", "S2"), "Tidak setuju", True),
    )  # fmt: skip
    assert Record.from_json(closed.as_json()) == closed
    assert Record.from_json(COMPLETE.as_json()) == COMPLETE
    assert missing(COMPLETE) == ()
    assert len(missing(Record())) == 5


def test_minutes_are_closed_once_they_say_everything(at_hearing: Hearing, ppk: Office) -> None:
    pandu, pertiwi = ppk.desks["pandu"], ppk.desks["pertiwi"]
    signed = Ending("signed", AT.date().isoformat())
    with pytest.raises(Refusal, match="no minutes yet"):
        actions.close_minutes(at_hearing, signed, seen=now(), by=pandu, at=AT)
    actions.write_minutes(at_hearing, Record(place="R"), base=0, seen=now(), by=pandu, at=AT)
    with pytest.raises(Refusal, match="do not say everything"):
        actions.close_minutes(at_hearing, signed, seen=now(), by=pandu, at=AT)
    with pytest.raises(Refusal, match="has changed"):
        actions.write_minutes(at_hearing, COMPLETE, base=0, seen=now(), by=pertiwi, at=AT)
    actions.write_minutes(at_hearing, COMPLETE, base=1, seen=now(), by=pertiwi, at=AT)
    refused = Ending("refused", AT.date().isoformat(), ("Saksi satu",))
    with pytest.raises(Refusal, match="two witnesses"):
        actions.close_minutes(at_hearing, refused, seen=now(), by=pandu, at=AT)
    seen = now()
    for _twice in range(2):
        last = actions.close_minutes(at_hearing, signed, seen=seen, by=pandu, at=AT)
    assert (last.number, last.closed_as) == (3, "signed")
    with pytest.raises(Refusal, match="closed"):
        actions.write_minutes(at_hearing, COMPLETE, base=3, seen=now(), by=pandu, at=AT)
    body = vault.open_document(last.document, pandu)
    assert body is not None
    assert body["own_words"] == "Saya khilaf."
    assert b"khilaf" not in bytes(last.document.sealed)


def shown(case: Case, desk: Desk) -> dict[str, bool | None]:
    case.refresh_from_db()
    held = reading.guards_of(case, desk, on=AT.date())
    return {code: held[code] for code in ("hearing_held", "minutes_signed_or_refusal_noted")}


def test_the_guards_of_a_hearing_follow_the_file(at_hearing: Hearing, ppk: Office) -> None:
    case, pandu = at_hearing.case, ppk.desks["pandu"]
    assert set(shown(case, pandu).values()) == {False}
    actions.write_minutes(at_hearing, COMPLETE, base=0, seen=now(), by=pandu, at=AT)
    assert list(shown(case, pandu).values()) == [True, False]
    refused = Ending("refused", AT.date().isoformat(), ("Satu", "Dua"), "Tidak setuju")
    actions.close_minutes(at_hearing, refused, seen=now(), by=pandu, at=AT)
    assert set(shown(case, pandu).values()) == {True}


def test_facts_that_changed_after_the_hearing_void_it_for_deciding(
    at_hearing: Hearing, ppk: Office
) -> None:
    case, pandu = at_hearing.case, ppk.desks["pandu"]
    minuted(case, pandu)
    with pytest.raises(Refusal, match="not changed since"):
        actions.state_unchanged(case, "Ejaan", seen=now(), by=pandu, at=AT)
    facts = reading.facts_of(case, pandu) | {"absent_workdays": 12}
    base = reading.newest(case, DocumentKind.FACTS, pandu)
    assert base is not None
    actions.write_facts(case, facts, base_version=base.row.version, seen=now(), by=pandu, at=AT)
    assert set(shown(case, pandu).values()) == {False}
    [found] = hearings.process_of(case, pandu, on=AT.date())
    assert (found.voided, found.heard) == (True, False)
    with pytest.raises(Refusal, match="Write down what was changed"):
        actions.state_unchanged(case, " ", seen=now(), by=pandu, at=AT)
    actions.state_unchanged(case, "Hanya ejaan.", seen=now(), by=pandu, at=AT)
    assert set(shown(case, pandu).values()) == {True}
    assert reading.journal_of(case, pandu)[0].note == "Hanya ejaan."


def test_a_summons_that_is_proven_need_not_be_stated(at_hearing: Hearing, ppk: Office) -> None:
    case, pandu = at_hearing.case, ppk.desks["pandu"]
    accused = case.accused.get()
    case.refresh_from_db()
    actions.record_summons(
        accused, sent_on=AT.date(), summoned_for_on=days_later(3).date(), seen=Seen.now(case),
        by=pandu, at=AT,
    )  # fmt: skip

    def first(later: int) -> bool | None:
        held = hearings.guards(case, on=days_later(later).date(), here=True)
        return held["first_summons_proven"]

    assert (first(3), first(4)) == (False, None)
    row = accused.summonses.get()
    told = {"seen": now(), "by": pandu, "at": days_later(1)}
    with pytest.raises(Refusal, match="Write down the proof"):
        actions.prove_summons(row, delivered_on=AT.date(), proof=" ", **told)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="between the sending"):
        actions.prove_summons(
            row,
            delivered_on=AT.date() - timedelta(days=1),
            proof="Resi",
            **told,  # type: ignore[arg-type]
        )
    actions.prove_summons(row, delivered_on=AT.date(), proof="Resi 7", **told)  # type: ignore[arg-type]
    assert (first(3), first(4)) == (False, True)
    [found] = hearings.process_of(case, pandu, on=AT.date())
    assert found.summonses[0].proof == "Resi 7"


# the plenary


@pytest.mark.parametrize(
    ("members", "recused", "votes", "result"),
    [
        (5, 0, (3, 2, 0), "carried"),
        (5, 0, (2, 3, 0), "rejected"),
        (5, 0, (2, 2, 1), "tied"),
        (5, 0, (2, 0, 0), "no_quorum"),
        (5, 0, (3, 0, 0), "carried"),
        (5, 2, (2, 1, 0), "carried"),
        (5, 3, (2, 0, 0), "no_quorum"),
        (4, 0, (2, 0, 0), "no_quorum"),
        (4, 0, (2, 0, 1), "carried"),
        (3, 0, (0, 0, 3), "tied"),
        (1, 0, (1, 0, 0), "carried"),
        (1, 1, (0, 0, 0), "no_quorum"),
    ],
)
def test_votes_are_counted_by_a_stated_rule(
    members: int, recused: int, votes: tuple[int, int, int], result: str
) -> None:
    assert Tally(members, recused, *votes).result == result


@pytest.fixture
def voters(bawaslu: Office) -> list[Desk]:
    return [bawaslu.add(login, "plenary") for login in ("vera", "viktor", "vina")]


@pytest.fixture
def studied(alice: Desk, report: Report, voters: list[Desk]) -> Case:
    case = make_case(alice, report, procedure_id="pemilihan_report", reason="")
    declared = ("formal_complete", "material_complete", "in_time")
    step(case, alice, "register", *declared)
    write(case, alice, DocumentKind.STUDY)
    case.refresh_from_db()
    return case


def call(case: Case, alice: Desk, voters: list[Desk], proposal: str = "administrative") -> Plenary:
    members = {desk.officer.pk for desk in voters}
    return actions.call_plenary(
        case, proposal, members=members, meets_on=AT.date(), seen=now(), by=alice, at=AT
    )


def vote(row: Plenary, desk: Desk, choice: str = "for", reasons: str = "") -> None:
    actions.cast_vote(row, choice, reasons=reasons, seen=now(), by=desk, at=AT)


def option(case: Case, desk: Desk, code: str) -> bool:
    case.refresh_from_db()
    found = reading.options_of(case, desk, on=AT.date())
    missing_words = next(one.missing for one in found if one.outcome.code == code)
    return not any("plenary" in words["en"] for words in missing_words)


def proposal_of(case: Case, alice: Desk) -> tuple[str, str]:
    """Two outcomes that a plenary decides here."""
    first, second, *_more = [found.code for found in plenaries.proposals(case, alice.organ)]
    return first, second


def test_a_plenary_opens_the_way_to_what_it_decided_and_nothing_else(
    studied: Case, alice: Desk, voters: list[Desk]
) -> None:
    wanted, other = proposal_of(studied, alice)
    assert not option(studied, alice, wanted)
    row = call(studied, alice, voters, wanted)
    with pytest.raises(Refusal, match="open already"):
        call(studied, alice, voters, other)
    vera, viktor, vina = voters
    vote(row, vera)
    with pytest.raises(Refusal, match="does not change"):
        vote(row, vera, "against", "Lain")
    with pytest.raises(Refusal, match="still vote today"):
        actions.close_plenary(row, seen=now(), by=alice, at=AT)
    vote(row, viktor)
    with pytest.raises(Refusal, match="your reasons"):
        vote(row, vina, "against")
    vote(row, vina, "against", "Buktinya lemah.")
    with pytest.raises(Refusal, match="roles"):
        vote(row, alice)
    assert not option(studied, alice, wanted)
    actions.close_plenary(row, seen=now(), by=alice, at=AT)
    assert option(studied, alice, wanted)
    assert not option(studied, alice, other)
    view = plenaries.view_of(Plenary.objects.get(), alice)
    assert (view.row.result, view.counts) == ("carried", True)
    assert [seat.dissent for seat in view.seats if seat.dissent] == ["Buktinya lemah."]


def test_before_the_count_nobody_reads_how_others_voted(
    studied: Case, alice: Desk, voters: list[Desk]
) -> None:
    row = call(studied, alice, voters, proposal_of(studied, alice)[0])
    vote(row, voters[0], "against", "Alasan Vera")
    page = reverse("cases:plenary", args=[studied.pk, row.pk])
    for login, seen in (("alice", False), ("viktor", False), ("vera", True)):
        text = log_in(login).get(page).content.decode()
        assert ("Alasan Vera" in text) is seen
        assert "Not in favour" not in text


def test_who_is_tied_to_the_case_has_a_seat_and_no_vote(
    studied: Case, alice: Desk, voters: list[Desk]
) -> None:
    row = call(studied, alice, voters, proposal_of(studied, alice)[0])
    vera, viktor, vina = voters
    vote(row, vera)
    vote(row, viktor)
    journal = studied.journal.order_by("version").last()
    assert journal is not None
    Conflict.objects.create(
        case=studied, officer=viktor.officer, relation="family", citation="UU 30/2014 ps 42, 43",
        level="one_copy", found="matched", since_on=AT.date(), journal=journal,
    )  # fmt: skip
    with pytest.raises(Refusal):
        vote(row, viktor)
    actions.close_plenary(row, seen=now(), by=alice, at=days_later(1))
    row.refresh_from_db()
    assert (row.result, row.seats.get(officer=viktor.officer).choice) == ("no_quorum", "")
    assert log_in("viktor").get(reverse("cases:case", args=[studied.pk])).status_code == 404
    row = call(studied, alice, voters, proposal_of(studied, alice)[0])
    assert row.seats.get(officer=viktor.officer).recused == "family"
    vote(row, vera)
    vote(row, vina)
    actions.close_plenary(row, seen=now(), by=alice, at=AT)
    assert plenaries.carried(Case.objects.get()) == row


def test_a_plenary_on_other_facts_decides_nothing(
    studied: Case, alice: Desk, voters: list[Desk]
) -> None:
    wanted = proposal_of(studied, alice)[0]
    row = call(studied, alice, voters, wanted)
    for desk in voters[:2]:
        vote(row, desk)
    actions.write_facts(studied, CONFIRMED, base_version=1, seen=now(), by=alice, at=AT)
    with pytest.raises(Refusal, match="facts were changed"):
        vote(row, voters[2])
    actions.close_plenary(row, seen=now(), by=alice, at=days_later(1))
    assert not option(studied, alice, wanted)


def test_an_office_without_voters_states_its_plenary(alice: Desk, report: Report) -> None:
    case = make_case(alice, report, procedure_id="pemilihan_report", reason="")
    assert plenaries.guard(case) is None
    Officer.objects.filter(pk=alice.officer.pk).update(roles=[*alice.officer.roles, "plenary"])
    assert plenaries.guard(case) is False


def test_minutes_and_votes_through_the_pages(
    studied: Case, alice: Desk, voters: list[Desk], at_hearing: Hearing
) -> None:
    pandu = log_in("pandu")
    page = reverse("cases:minutes", args=[at_hearing.case_id, at_hearing.pk])
    form = pandu.get(page).context["form"]
    sent = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    sent |= {"place": "Ruang 1", "private": "on", "examiners": "A\nB", "read_back": "on"}
    sent |= {"question_0": "Benar?", "answer_0": "Ya, <b>khilaf</b>."}
    assert pandu.post(page, sent).status_code == 302
    text = pandu.get(page).content.decode()
    assert "Ya, &lt;b&gt;khilaf&lt;/b&gt;." in text
    assert reverse("cases:minutes-close", args=[at_hearing.case_id, at_hearing.pk]) in text
    browser = log_in("alice")
    page = reverse("cases:plenary-call", args=[studied.pk])
    form = browser.get(page).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value()}
    answer = browser.post(page, sent | {"proposal": proposal_of(studied, alice)[0]})
    assert answer.status_code == 302, answer.content.decode()
    row = Plenary.objects.get()
    page = reverse("cases:plenary-vote", args=[studied.pk, row.pk])
    assert browser.get(page).status_code == 404
