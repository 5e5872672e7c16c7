"""Organs at work on one case: it is taken on or sent back, others are asked in, time is counted."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import transaction

from tests.cases.conftest import AT, Office, days_later, make_case, office
from tests.cases.test_handing_over import everything_opened, pass_to_bkn
from tests.cases.writing import WRITING, chosen, write, write_all
from timbang.accounts.models import Organ
from timbang.cases import actions, reading
from timbang.cases.actions import Given, Seen, Taking, holding, writing
from timbang.cases.models import (
    Act,
    Case,
    CaseKey,
    DocumentKind,
    HandOver,
    Holding,
    ItemKey,
    OpenTerm,
)
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal


@pytest.fixture
def sent(case: Case, alice: Desk, dewi: Desk) -> Case:
    """A case that Bawaslu gave to BKN, which has not answered yet."""
    write_all(case, alice)
    pass_to_bkn(case, alice, dewi.organ)
    return case


def accept(case: Case, by: Desk, at: datetime = AT) -> None:
    actions.accept_case(case, seen=Seen.now(case), by=by, at=at)
    case.refresh_from_db()


def give_back(case: Case, by: Desk, reason: str = "Kajian belum lengkap.") -> None:
    actions.return_case(case, reason, seen=Seen.now(case), by=by, at=days_later(1))
    case.refresh_from_db()


def waits(case: Case) -> bool:
    return HandOver.objects.filter(case=case, answer="").exists()


def days_with(case: Case) -> list[tuple[str, str, str]]:
    rows = Holding.objects.filter(case=case).select_related("organ").order_by("sent_on", "until_on")
    return sorted((str(r.since_on), str(r.until_on), r.organ.code) for r in rows)


def test_a_case_that_was_handed_over_waits_for_its_answer(sent: Case, dewi: Desk) -> None:
    row = HandOver.objects.get(case=sent)
    assert waits(sent)
    # Three working days after Monday, 2 November 2026: a reminder, in no statute.
    assert (str(row.due_on), sent.holder, row.step) == ("2026-11-05", dewi.organ, "study")


def test_a_case_is_taken_on_once(sent: Case, dewi: Desk) -> None:
    accept(sent, dewi)
    assert HandOver.objects.get(case=sent).answer == "accepted"
    with pytest.raises(Refusal, match="does not wait"):
        actions.accept_case(sent, seen=Seen.now(sent), by=dewi, at=AT)


def test_whoever_acts_has_taken_it_on(sent: Case, dewi: Desk) -> None:
    write(sent, dewi, DocumentKind.NOTE, text="dibaca")
    sent.refresh_from_db()
    assert HandOver.objects.get(case=sent).answer == "accepted"
    with pytest.raises(Refusal, match="does not wait"):
        give_back(sent, dewi)


def test_what_is_sent_back_stands_where_it_stood_with_the_reason(
    sent: Case, alice: Desk, dewi: Desk
) -> None:
    give_back(sent, dewi, "Bukti tidak dilampirkan.")
    assert (sent.step, sent.holder, sent.keeper) == ("study", alice.organ, alice.organ)
    assert not waits(sent)
    assert OpenTerm.objects.running().get(case=sent, track=None).organ == alice.organ
    line = reading.journal_of(sent, alice)[0]
    assert (line.row.act, line.note) == (Act.RETURNED, "Bukti tidak dilampirkan.")


def test_who_sends_a_case_back_holds_nothing_of_it(sent: Case, alice: Desk, dewi: Desk) -> None:
    give_back(sent, dewi)
    assert not CaseKey.objects.filter(case=sent, organ=dewi.organ).exists()
    assert not ItemKey.objects.filter(organ=dewi.organ).exists()
    # And it can be given again.
    pass_to_bkn(sent, alice, dewi.organ)
    assert "Tjahjo Koemolo" in everything_opened(sent, dewi)


def test_nothing_is_sent_back_without_a_reason(sent: Case, dewi: Desk) -> None:
    with pytest.raises(Refusal, match="Write the reason"):
        give_back(sent, dewi, "  ")
    assert waits(sent)


def test_a_case_does_not_go_round(sent: Case, alice: Desk, dewi: Desk) -> None:
    give_back(sent, dewi)
    pass_to_bkn(sent, alice, dewi.organ)
    with pytest.raises(Refusal, match="sent this case back from here before"):
        give_back(sent, dewi)
    accept(sent, dewi)


def test_only_who_got_it_answers(sent: Case, alice: Desk, charlie: Desk) -> None:
    for desk in (alice, charlie):
        with pytest.raises(Refusal, match="Another organ holds"):
            actions.accept_case(sent, seen=Seen.now(sent), by=desk, at=AT)


def test_a_form_sent_twice_is_one_answer(sent: Case, dewi: Desk) -> None:
    seen = Seen.now(sent)
    first = actions.return_case(sent, "Bukan untuk kami.", seen=seen, by=dewi, at=AT)
    again = actions.return_case(sent, "Bukan untuk kami.", seen=seen, by=dewi, at=AT)
    assert first == again


def test_who_comes_second_is_told_what_was_done(sent: Case, dewi: Desk) -> None:
    seen = Seen.now(sent)
    accept(sent, dewi)
    with pytest.raises(actions.Overtaken) as told:
        actions.return_case(sent, "Kembali.", seen=seen, by=dewi, at=AT)
    assert [line.act for line in told.value.since] == [Act.ACCEPTED]


def test_an_outside_organ_gets_its_file_back(case: Case, alice: Desk, outside_bkn: Organ) -> None:
    ppk = office("ppk-32-04", "appointing_officer", "citra", region="32.04").desks["citra"]
    write_all(case, alice)
    pass_to_bkn(case, alice, outside_bkn)
    actions.record_answer(
        case, "Teruskan.", answered_on=AT.date(), seen=Seen.now(case), by=alice, at=AT
    )
    case.refresh_from_db()
    give = Given(ppk.organ, documents=chosen(case, alice))
    taking = Taking("hand_over", done_on=AT.date(), give=give)
    actions.take_step(case, taking, seen=Seen.now(case), by=alice, at=AT)
    case.refresh_from_db()
    give_back(case, ppk)
    assert (case.holder, case.keeper, case.step) == (outside_bkn, alice.organ, "send")
    # Its term waits again for a proven arrival: nobody outside is late without proof.
    assert OpenTerm.objects.running().get(case=case).started_on is None


# Time


def test_time_is_counted_from_arrival_to_leaving(case: Case, alice: Desk, dewi: Desk) -> None:
    write_all(case, alice)
    give = Given(dewi.organ, documents=chosen(case, alice))
    actions.take_step(
        case, Taking("recommend", give=give), seen=Seen.now(case), by=alice, at=days_later(4)
    )
    assert days_with(case) == [
        ("2026-11-02", "2026-11-06", "bawaslu-32"),
        ("2026-11-06", "None", "bkn"),
    ]


def test_no_time_of_an_outside_organ_before_the_arrival_is_proven(
    case: Case, alice: Desk, outside_bkn: Organ
) -> None:
    write_all(case, alice)
    pass_to_bkn(case, alice, outside_bkn)
    assert ("None", "None", "bkn-luar") in days_with(case)
    [(delivery, *_rest)] = reading.deliveries_of(case, alice)
    actions.record_delivery(
        delivery, sent_on=AT.date(), proven_on=days_later(2).date(), proof="Tanda terima",
        seen=Seen.now(case), by=alice, at=days_later(5),
    )  # fmt: skip
    assert ("2026-11-04", "None", "bkn-luar") in days_with(case)


def test_an_ended_case_is_with_nobody(case: Case, alice: Desk) -> None:
    actions.take_step(
        case, Taking("not_competent", reason="Bukan ASN."), seen=Seen.now(case), by=alice,
        at=days_later(3),
    )  # fmt: skip
    assert days_with(case) == [("2026-11-02", "2026-11-05", "bawaslu-32")]


# Together


@pytest.fixture
def citra(db: None) -> Desk:
    return office("bkn-jabar", "bkn", "citra", region="32").desks["citra"]


def ask(case: Case, to: Organ, by: Desk, **given: object) -> None:
    give = Given(to, **given)  # type: ignore[arg-type]
    actions.ask_in(case, give, seen=Seen.now(case), by=by, at=AT)
    case.refresh_from_db()


def test_a_member_reads_what_it_was_given_and_writes_for_the_holder(
    case: Case, alice: Desk, citra: Desk
) -> None:
    write(case, alice, DocumentKind.STUDY)
    case.refresh_from_db()
    ask(case, citra.organ, alice, documents=chosen(case, alice))
    assert "bahwa akun itu menyukai" in everything_opened(case, citra)
    write(case, citra, DocumentKind.STUDY, considering=["temuan anggota tim"])
    assert "temuan anggota tim" in everything_opened(case, alice)
    case.refresh_from_db()
    assert (case.holder, case.keeper) == (alice.organ, alice.organ)


def test_a_member_never_gets_what_was_not_chosen(case: Case, alice: Desk, citra: Desk) -> None:
    write(case, alice, DocumentKind.NOTE, text="hanya untuk kami")
    case.refresh_from_db()
    ask(case, citra.organ, alice)
    write(case, alice, DocumentKind.STUDY, considering=["ditulis kemudian"])
    opened = everything_opened(case, citra)
    assert "hanya untuk kami" not in opened
    assert "ditulis kemudian" not in opened
    assert reading.reports_of(case, citra) == []


def test_the_whole_team_weighs_the_same_facts(case: Case, alice: Desk, citra: Desk) -> None:
    ask(case, citra.organ, alice)
    actions.write_facts(
        case, {"conduct": ["party_member"]}, base_version=1,
        seen=Seen(None, Seen.now(case).once), by=alice, at=AT,
    )  # fmt: skip
    assert reading.facts_of(case, citra) == reading.facts_of(case, alice)


def test_a_member_takes_no_step_and_hands_nothing_over(
    case: Case, alice: Desk, citra: Desk
) -> None:
    ask(case, citra.organ, alice)
    for act in (
        lambda: actions.take_step(
            case, Taking("not_competent", reason="x"), seen=Seen.now(case), by=citra, at=AT
        ),
        lambda: actions.hand_over(case, Given(citra.organ), seen=Seen.now(case), by=citra, at=AT),
        lambda: ask(case, citra.organ, citra),
    ):
        with pytest.raises(Refusal, match="Another organ holds"):
            act()


def test_who_is_not_named_at_this_step_does_not_examine_there(
    case: Case, alice: Desk, citra: Desk
) -> None:
    """A task force reads along while BKN sends the file, but writes nothing after it has left."""
    ask(case, citra.organ, alice)
    actions.leave_team(case, citra.organ, seen=Seen.now(case), by=alice, at=AT)
    case.refresh_from_db()
    assert not CaseKey.objects.filter(case=case, organ=citra.organ).exists()
    with pytest.raises(Refusal, match="Another organ holds"):
        actions.write_document(
            case, DocumentKind.NOTE, WRITING, base_version=0, seen=Seen.now(case), by=citra, at=AT
        )


def test_an_organ_that_the_procedure_does_not_know_is_not_asked_in(case: Case, alice: Desk) -> None:
    ombudsman = office("ori", "ombudsman", "otto", region="ID").desks["otto"].organ
    with pytest.raises(Refusal, match="names no office of this kind"):
        ask(case, ombudsman, alice)


# The one whom the law names beside the holder


def test_bawaslu_reports_that_an_appointing_officer_inside_does_not_act(
    case: Case, alice: Desk, dewi: Desk
) -> None:
    """He holds the case here himself, and his silence must not keep it for ever."""
    ppk = office("ppk-32-04", "appointing_officer", "citra", region="32.04").desks["citra"]
    write_all(case, alice)
    pass_to_bkn(case, alice, dewi.organ)
    write_all(case, dewi)
    give = Given(ppk.organ, documents=chosen(case, dewi))
    actions.take_step(
        case, Taking("hand_over", give=give), seen=Seen.now(case), by=dewi, at=days_later(1)
    )
    case.refresh_from_db()
    assert (case.step, case.holder) == ("act", ppk.organ)
    late = days_later(60)
    actions.escalate_due(at=late)
    case.refresh_from_db()
    taking = Taking(
        "report_idle", reason="Tidak ada tindak lanjut.",
        declared=frozenset({"bkn_not_answering"}),
    )  # fmt: skip
    with pytest.raises(Refusal, match=r"surat|letter"):
        actions.take_step(case, taking, seen=Seen.now(case), by=alice, at=late)
    letter = actions.keep_letter(
        case, kind="forwarding", title="Surat", pdf=b"%PDF-1.7", seen=Seen.now(case), by=alice,
        at=late,
    )  # fmt: skip
    case.refresh_from_db()
    # What Bawaslu writes to his superior is not for him to read.
    assert not ItemKey.objects.filter(document=letter, organ=ppk.organ).exists()
    with pytest.raises(Refusal, match="Another organ holds"):
        writing.write_document(
            case, DocumentKind.STUDY, WRITING, base_version=1, seen=Seen.now(case), by=alice,
            at=late,
        )  # fmt: skip
    actions.take_step(case, taking, seen=Seen.now(case), by=alice, at=late)
    case.refresh_from_db()
    assert case.ended_as == "reported_idle"
    assert HandOver.objects.filter(case=case, answer="passed_on").count() == 1


def test_a_forward_without_its_study_does_not_come_back_unread(
    case: Case, alice: Desk, dewi: Desk
) -> None:
    """It is refused before it goes, so that nobody has to send it back."""
    write_all(case, alice)
    with pytest.raises(Refusal, match="carries the study"):
        pass_to_bkn(case, alice, dewi.organ, documents=frozenset())
    assert not HandOver.objects.filter(case=case).exists()
    assert case.holder == alice.organ


def test_every_case_is_with_exactly_one_organ(bawaslu: Office, alice: Desk, dewi: Desk) -> None:
    from tests.cases.conftest import file_report

    made = make_case(alice, file_report(bawaslu.organ))
    write_all(made, alice)
    pass_to_bkn(made, alice, dewi.organ)
    give_back(made, dewi)
    pass_to_bkn(made, alice, dewi.organ)
    accept(made, dewi)
    assert Holding.objects.filter(case=made, until_on=None).count() == 1
    assert Holding.objects.get(case=made, until_on=None).organ == made.holder


# Kills and two at once


@pytest.mark.parametrize("where", ["handed", "follow"])
def test_a_hand_over_that_is_killed_never_began(
    case: Case, alice: Desk, dewi: Desk, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_args: object, **_kwargs: object) -> None:
        raise SystemExit

    write_all(case, alice)
    version = case.version
    with monkeypatch.context() as patch:
        patch.setattr(holding, where, dies)
        with pytest.raises(SystemExit), transaction.atomic():
            pass_to_bkn(case, alice, dewi.organ)
    case.refresh_from_db()
    assert (case.holder, case.step, case.version) == (alice.organ, "study", version)
    assert not CaseKey.objects.filter(case=case, organ=dewi.organ).exists()
    assert Holding.objects.get(case=case).organ == alice.organ
    pass_to_bkn(case, alice, dewi.organ)
    assert HandOver.objects.filter(case=case).count() == 1
