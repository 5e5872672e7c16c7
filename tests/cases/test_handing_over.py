"""A hand-over gives the study and what was chosen; never who reported, nor his own words unchosen."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from tests.cases.conftest import (
    AT,
    SECRET_FILE,
    SECRET_NAME,
    SECRET_WORDS,
    Office,
    days_later,
    file_report,
    log_in,
    make_case,
)
from tests.cases.writing import chosen, write, write_all
from timbang.accounts.models import Organ
from timbang.cases import actions, reading, vault
from timbang.cases.actions import Given, Seen, Taking
from timbang.cases.models import Case, CaseKey, Document, DocumentKind, Exhibit, OpenTerm
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.reports import actions as reports
from timbang.reports.models import Report


@pytest.fixture
def report(bawaslu: Office) -> Report:
    return file_report(bawaslu.organ, files=True)


def pass_to_bkn(case: Case, alice: Desk, to: Organ, **changes: object) -> None:
    given = {"documents": chosen(case, alice), **changes}
    give = Given(to, **given)  # type: ignore[arg-type]
    actions.take_step(case, Taking("recommend", give=give), seen=Seen.now(case), by=alice, at=AT)
    case.refresh_from_db()


def everything_opened(case: Case, desk: Desk) -> str:
    """All that the keys of this organ open of a case, as one text."""
    key = vault.case_key(case, desk)
    found: list[object] = [vault.open_person(key, row).as_json() for row in case.accused.all()]
    for document in Document.objects.filter(case=case):
        found.append(vault.open_document(document, desk))
    for exhibit in Exhibit.objects.filter(case=case):
        found.append(vault.open_about(exhibit, desk))
        found.append((vault.open_file(exhibit, desk) or b"").decode(errors="replace"))
    for line in reading.journal_of(case, desk):
        found.append([str(line.row.act), line.officer, line.note])
    for delivery in reading.deliveries_of(case, desk):
        found.append(delivery[1:])
    return json.dumps(found, ensure_ascii=False)


def test_the_receiving_organ_holds_the_case(case: Case, alice: Desk, dewi: Desk) -> None:
    write_all(case, alice)
    pass_to_bkn(case, alice, dewi.organ)
    assert (case.step, case.holder, case.keeper) == ("send", dewi.organ, dewi.organ)
    assert list(Case.objects.held_by(dewi.organ)) == [case]
    opened = everything_opened(case, dewi)
    assert "Tjahjo Koemolo" in opened
    assert "bahwa akun itu menyukai unggahan calon" in opened


def test_nothing_of_the_reporter_goes_along(case: Case, alice: Desk, dewi: Desk) -> None:
    write(case, alice, DocumentKind.NOTE, text=f"pelapor {SECRET_NAME} menelepon")
    # An earlier version quoted the reporter; the officer took it out again.
    write(case, alice, DocumentKind.STUDY, considering=[SECRET_WORDS])
    write_all(case, alice)
    [report] = reading.reports_of(case, alice)
    opened = reports.open_report(report, alice.private)
    actions.choose_words(
        case, opened, title="Kronologi", text=SECRET_WORDS, seen=Seen.now(case), by=alice, at=AT
    )
    case.refresh_from_db()
    newest = reading.newest(case, DocumentKind.STUDY, alice)
    assert newest is not None
    pass_to_bkn(case, alice, dewi.organ, documents=frozenset({newest.row.pk}))
    text = everything_opened(case, dewi)
    for secret in (SECRET_NAME, SECRET_WORDS, SECRET_FILE, "Jalan Rahasia", "Warung"):
        assert secret not in text
    assert reading.reports_of(case, dewi) == []


def test_a_chosen_exhibit_goes_along_and_the_others_stay(
    case: Case, alice: Desk, dewi: Desk
) -> None:
    write_all(case, alice)
    opened = reports.open_report(reading.reports_of(case, alice)[0], alice.private)
    for title, text in (("Pertama", "kutipan satu"), ("Kedua", "kutipan dua")):
        case.refresh_from_db()
        actions.choose_words(
            case, opened, title=title, text=text, seen=Seen.now(case), by=alice, at=AT
        )
    case.refresh_from_db()
    first, _second = reading.exhibits_of(case, alice)
    pass_to_bkn(case, alice, dewi.organ, exhibits=frozenset({first.row.pk}))
    assert [found.title for found in reading.exhibits_of(case, dewi)] == ["Pertama"]
    assert "kutipan dua" not in everything_opened(case, dewi)


def test_who_wrote_a_study_sends_it_along(case: Case, alice: Desk, dewi: Desk) -> None:
    write_all(case, alice)
    with pytest.raises(Refusal, match="carries the study"):
        pass_to_bkn(case, alice, dewi.organ, documents=frozenset())
    assert not CaseKey.objects.filter(organ=dewi.organ).exists()


def test_the_wrong_kind_of_organ_gets_nothing(
    case: Case, alice: Desk, outside_ppk: Organ, bkn: Office
) -> None:
    write_all(case, alice)
    with pytest.raises(Refusal, match="one of the right kind"):
        pass_to_bkn(case, alice, outside_ppk)


def test_a_step_to_another_organ_needs_one_chosen(case: Case, alice: Desk, bkn: Office) -> None:
    write_all(case, alice)
    with pytest.raises(Refusal, match="choose which one"):
        actions.take_step(case, Taking("recommend"), seen=Seen.now(case), by=alice, at=AT)


def test_the_giver_reads_on_but_acts_no_more(case: Case, alice: Desk, dewi: Desk) -> None:
    write_all(case, alice)
    pass_to_bkn(case, alice, dewi.organ)
    assert reading.newest(case, DocumentKind.STUDY, alice) is not None
    with pytest.raises(Refusal, match="Another organ holds"):
        write(case, alice, DocumentKind.STUDY)
    write(case, dewi, DocumentKind.NOTE, text="catatan BKN")
    assert "catatan BKN" not in everything_opened(case, alice)


def test_the_reporter_learns_that_it_was_forwarded(
    case: Case, alice: Desk, dewi: Desk, report: Report
) -> None:
    write_all(case, alice)
    pass_to_bkn(case, alice, dewi.organ)
    report.refresh_from_db()
    assert report.status == "forwarded"


def test_an_outside_organ_is_never_late_without_proof(
    case: Case, alice: Desk, outside_bkn: Organ
) -> None:
    write_all(case, alice)
    pass_to_bkn(case, alice, outside_bkn)
    assert (case.holder, case.keeper) == (outside_bkn, alice.organ)
    term = OpenTerm.objects.running().get(case=case)
    assert term.started_on is None
    actions.escalate_due(at=days_later(900))
    term.refresh_from_db()
    assert term.lapsed_on is None


def test_a_proven_delivery_starts_the_term(case: Case, alice: Desk, outside_bkn: Organ) -> None:
    write_all(case, alice)
    pass_to_bkn(case, alice, outside_bkn)
    [(delivery, _ticket, _proof)] = reading.deliveries_of(case, alice)
    actions.record_delivery(
        delivery, ticket="SBT-2026-77", sent_on=AT.date(), proven_on=days_later(1).date(),
        proof="Tanda terima nomor 9", seen=Seen.now(case), by=alice, at=days_later(3),
    )  # fmt: skip
    case.refresh_from_db()
    [(_delivery, ticket, proof)] = reading.deliveries_of(case, alice)
    assert (ticket, proof) == ("SBT-2026-77", "Tanda terima nomor 9")
    term = OpenTerm.objects.running().get(case=case)
    # Five working days after Tuesday 3 November 2026.
    assert (term.started_on, str(term.last_day)) == (days_later(1).date(), "2026-11-10")


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"proven_on": days_later(1).date()}, "Write down the proof"),
        ({"proven_on": days_later(9).date(), "proof": "x"}, "between the opening"),
        (
            {"sent_on": days_later(2).date(), "proven_on": days_later(1).date(), "proof": "x"},
            "before it was sent",
        ),
    ],
)
def test_a_delivery_that_cannot_be_is_refused(
    case: Case, alice: Desk, outside_bkn: Organ, wrong: dict[str, object], match: str
) -> None:
    write_all(case, alice)
    pass_to_bkn(case, alice, outside_bkn)
    [(delivery, _ticket, _proof)] = reading.deliveries_of(case, alice)
    with pytest.raises(Refusal, match=match):
        actions.record_delivery(
            delivery, **wrong, seen=Seen.now(case), by=alice, at=days_later(3)  # type: ignore[arg-type]
        )  # fmt: skip


def test_what_an_outside_organ_decided_is_recorded_after_its_answer(
    case: Case, alice: Desk, outside_bkn: Organ, outside_ppk: Organ
) -> None:
    write_all(case, alice)
    pass_to_bkn(case, alice, outside_bkn)
    taking = Taking("hand_over", done_on=days_later(4).date(), give=Given(outside_ppk))
    with pytest.raises(Refusal):
        actions.take_step(case, taking, seen=Seen.now(case), by=alice, at=days_later(5))
    actions.record_answer(
        case, "BKN meneruskan kepada PPK.", answered_on=days_later(4).date(),
        seen=Seen.now(case), by=alice, at=days_later(5),
    )  # fmt: skip
    case.refresh_from_db()
    taking = Taking(
        "hand_over",
        done_on=days_later(4).date(),
        give=Given(outside_ppk, documents=chosen(case, alice)),
    )
    actions.take_step(case, taking, seen=Seen.now(case), by=alice, at=days_later(5))
    case.refresh_from_db()
    assert (case.step, case.holder) == ("act", outside_ppk)
    _first, (second, *_rest) = reading.deliveries_of(case, alice)
    assert (second.organ, second.how) == (outside_ppk, "itself")


def test_who_may_only_receive_hands_over(
    dewi: Desk, alice: Desk, outside_ppk: Organ, bkn: Office
) -> None:
    """BKN opens a case: the route begins with the task force, so that BKN hands it over."""
    from tests.cases.conftest import make_organ

    task_force = make_organ("satgas", "task_force", inside=False, region="ID")
    case = make_case(dewi, file_report(bkn.organ))
    assert case.step == "verify"
    with pytest.raises(Refusal, match="another kind"):
        actions.hand_over(case, Given(outside_ppk), seen=Seen.now(case), by=dewi, at=AT)
    actions.hand_over(case, Given(task_force), seen=Seen.now(case), by=dewi, at=AT)
    case.refresh_from_db()
    assert (case.holder, case.keeper) == (task_force, dewi.organ)


def test_the_receiving_organ_sees_the_moves_and_not_how_they_were_prepared(
    case: Case, alice: Desk, bob: Desk, dewi: Desk, bawaslu: Office
) -> None:
    """Neither that a second report came, nor on which day, nor who of the first office did what."""
    actions.join_report(
        case, file_report(bawaslu.organ), seen=Seen.now(case), by=bob, at=days_later(1)
    )
    case.refresh_from_db()
    write_all(case, alice)
    pass_to_bkn(case, alice, dewi.organ)
    seen = reading.journal_of(case, dewi)
    assert [line.row.act for line in seen] == ["step"]
    assert [line.officer for line in seen] == [""]
    mine = {line.row.act for line in reading.journal_of(case, bob)}
    assert {"opened", "joined", "document", "letter", "step"} <= mine


def test_a_question_to_a_witness_is_not_ticked_to_go_along(
    case: Case, alice: Desk, dewi: Desk
) -> None:
    write_all(case, alice)
    actions.keep_letter(
        case, kind="question", title="Permintaan Keterangan", pdf=b"%PDF-1.7 tanya",
        seen=Seen.now(case), by=alice, at=AT,
    )  # fmt: skip
    form = log_in("alice").get(reverse("cases:step", args=[case.pk, "recommend"])).context["form"]
    ticked = Document.objects.filter(pk__in=form["documents"].value())
    assert sorted(row.kind for row in ticked) == ["letter", "recommendation", "study"]
    assert ticked.filter(kind="letter", journal__outcome="recommendation").exists()
