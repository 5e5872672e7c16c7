"""Facts, norms, study, recommendation, letters, exhibits, steps: through the pages, as officers do."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cases.conftest import (
    AT,
    SECRET_NAME,
    SECRET_WORDS,
    Office,
    days_later,
    file_report,
    log_in,
)
from tests.cases.pdftext import squeezed, text_of
from tests.cases.test_triage import body
from tests.cases.writing import WRITING, chosen, clear, write, write_all
from timbang.accounts.models import Organ
from timbang.cases import actions, reading, vault
from timbang.cases.actions import Overtaken, Seen, writing
from timbang.cases.models import Case, CaseStep, Delivery, DocumentKind, PublicRow
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.reports import actions as reports
from timbang.reports.models import Report

TEXTS = {name: "\n".join(lines) for name, lines in WRITING.items()}


@pytest.fixture
def report(bawaslu: Office) -> Report:
    return file_report(bawaslu.organ, files=True)


@pytest.fixture
def client(case: Case) -> Client:
    return log_in("alice")


def at(name: str, case: Case, **more: object) -> str:
    return reverse(f"cases:{name}", kwargs={"case_id": case.pk, **more})


def told(client: Client, place: str, /, **changes: object) -> dict[str, Any]:
    """Everything that a browser would send from this page, with these changes."""
    form = client.get(place).context["form"]
    shown = {field.name: field.value() for field in form}
    kept = {name: value for name, value in shown.items() if value not in (None, "")}
    return {**kept, **changes}


# Norms and facts


def test_the_page_shows_norms_with_basis_level_and_range(case: Case, client: Client) -> None:
    page = client.get(at("case", case)).content.decode()
    assert "skb_2022/D6" in page
    assert "PP 94/2021" in page
    assert "Verified by" in page
    assert "norms do not apply" in page


def test_what_is_unknown_is_asked(case: Case, alice: Desk, client: Client) -> None:
    actions.write_facts(
        case, {"conduct": ["social_media_support"]}, base_version=1, seen=Seen.now(case),
        by=alice, at=AT,
    )  # fmt: skip
    page = client.get(at("case", case)).content.decode()
    assert "Cannot be said yet" in page
    assert "On which day did it happen?" in page


def test_facts_are_corrected_and_norms_follow(case: Case, alice: Desk, client: Client) -> None:
    place = at("facts", case)
    form = told(client, place, fact_object="aspirant", fact_candidates_confirmed_on="2026-12-01")
    assert client.post(place, form).status_code == 302
    facts = reading.facts_of(case, alice)
    assert (facts["object"], str(facts["candidates_confirmed_on"])) == ("aspirant", "2026-12-01")
    [group] = reading.findings_of(case, alice, on=AT.date())
    assert "skb_2022/KE4" in {found.norm for found in group.findings if found.applies == "yes"}


def test_a_fact_taken_away_is_unknown_again(case: Case, alice: Desk, client: Client) -> None:
    place = at("facts", case)
    assert client.post(place, told(client, place, fact_object="")).status_code == 302
    assert "object" not in reading.facts_of(case, alice)


def test_a_day_that_cannot_be_is_refused_kindly(case: Case, client: Client) -> None:
    place = at("facts", case)
    answer = client.post(place, told(client, place, fact_act_on="2124-01-01"))
    assert answer.status_code == 200
    assert "This day cannot be" in answer.content.decode()


def test_some_and_none_at_once_are_refused(case: Case, client: Client) -> None:
    place = at("facts", case)
    answer = client.post(place, told(client, place, fact_attributes=["party", "-"]))
    assert "Either some of these, or none" in answer.content.decode()


def test_known_to_be_none_is_kept_apart_from_unknown(
    case: Case, alice: Desk, client: Client
) -> None:
    place = at("facts", case)
    client.post(place, told(client, place, fact_attributes=["-"], fact_on_unpaid_leave="no"))
    facts = reading.facts_of(case, alice)
    assert (facts["attributes"], facts["on_unpaid_leave"]) == ([], False)
    assert told(client, place)["fact_attributes"] == ["-"]


def test_the_public_figures_count_the_chosen_form(case: Case, client: Client) -> None:
    place = at("facts", case)
    form = told(client, place, fact_conduct=["social_media_support", "photo"], main_conduct="photo")
    client.post(place, form)
    assert PublicRow.objects.get().conduct == "photo"


def test_the_range_differs_by_employment_status(case: Case, alice: Desk, client: Client) -> None:
    place = at("person-new", case)
    form = told(client, place, name="Siti", status="PPPK", region="32.04")
    assert client.post(place, form).status_code == 302
    groups = reading.findings_of(case, alice, on=AT.date())
    assert [[person.status for person in group.people] for group in groups] == [["PNS"], ["PPPK"]]


# Two officers


def test_the_second_writer_keeps_his_text_and_sees_the_other(
    case: Case, bob: Desk, client: Client
) -> None:
    place = at("study", case)
    before = told(client, place, **TEXTS)
    write(case, bob, DocumentKind.STUDY, considering=["milik Bob"])
    answer = client.post(place, before)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "What happened meanwhile" in page
    assert "milik Bob" in page
    assert WRITING["considering"][0] in page
    again = {name: answer.context["form"][name].value() for name in before}
    assert client.post(place, again).status_code == 302
    newest = reading.newest(case, DocumentKind.STUDY, bob)
    assert newest is not None
    assert (newest.row.version, newest.body["considering"]) == (2, WRITING["considering"])


def test_saving_the_facts_over_somebody_elses_is_refused(
    case: Case, alice: Desk, bob: Desk
) -> None:
    actions.write_facts(case, {}, base_version=1, seen=Seen.now(case), by=bob, at=AT)
    case.refresh_from_db()
    with pytest.raises(Overtaken):
        actions.write_facts(case, {}, base_version=1, seen=Seen.now(case), by=alice, at=AT)


def test_a_step_on_an_old_page_says_what_changed(case: Case, bob: Desk, client: Client) -> None:
    place = at("step", case, outcome="not_competent")
    before = told(client, place, reason="Bukan ASN", conflict="none", sure="on")
    write(case, bob, DocumentKind.NOTE, text="baru")
    answer = client.post(place, before)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Note added" in page
    assert "Bukan ASN" in page
    again = {name: answer.context["form"][name].value() for name in before}
    assert client.post(place, again).status_code == 302
    case.refresh_from_db()
    assert case.ended_as == "not_competent"


def test_a_double_click_on_a_page_is_one_act(case: Case, client: Client) -> None:
    place = at("note", case)
    form = told(client, place, text="sekali saja")
    assert {client.post(place, form).status_code for _click in range(2)} == {302}
    assert CaseStep.objects.filter(case=case, act="document").count() == 1


# Study, recommendation, letters


def test_a_study_is_drafted_from_facts_and_norms(case: Case, client: Client) -> None:
    form = client.get(at("study", case)).context["form"]
    assert "Tjahjo Koemolo" in form["considering"].value()
    assert "20 Oktober 2026" in form["considering"].value()
    assert "PP 94/2021" in form["having_regard_to"].value()
    assert SECRET_WORDS not in str(form.initial)


def test_a_saved_study_is_continued_and_its_versions_are_kept(case: Case, client: Client) -> None:
    place = at("study", case)
    client.post(place, told(client, place, **TEXTS))
    client.post(place, told(client, place, decides="menutup"))
    page = client.get(at("case", case)).content.decode()
    assert "version 1" in page
    assert "version 2" in page
    assert client.get(place).context["form"]["decides"].value() == "menutup"


def test_a_letter_is_a_sealed_pdf(case: Case, alice: Desk, client: Client) -> None:
    write_all(case, alice)
    place = at("letter", case)
    form = told(client, place, kind="recommendation", to_agency="BKN", place="Bandung")
    answer = client.post(place, form)
    assert answer.status_code == 302, answer.content.decode()
    newest = reading.newest(case, DocumentKind.LETTER, alice)
    assert newest is not None
    download = client.get(at("document", case, document_id=newest.row.pk))
    assert download["Content-Type"] == "application/pdf"
    assert download.content.startswith(b"%PDF-")
    assert "attachment" in download["Content-Disposition"]
    text = text_of(download.content)
    assert squeezed("Tjahjo Koemolo") in text
    assert squeezed(SECRET_NAME) not in text


@pytest.mark.parametrize(
    "kind",
    ["study", "recommendation", "forwarding", "outside_file", "closing_not_proven"],
)
def test_every_kind_of_letter_can_be_made(
    case: Case, alice: Desk, client: Client, kind: str
) -> None:
    write_all(case, alice)
    place = at("letter", case)
    assert client.post(place, told(client, place, kind=kind)).status_code == 302


def test_a_question_without_points_is_refused(case: Case, client: Client) -> None:
    place = at("letter", case)
    answer = client.post(place, told(client, place, kind="question"))
    assert "at least one point" in answer.content.decode()


# Exhibits


def test_words_become_an_exhibit_as_they_were_cut(
    case: Case, report: Report, alice: Desk, client: Client
) -> None:
    place = at("take-words", case, report_id=report.pk)
    form = told(client, place, title="Kronologi", text="Ia menyukai unggahan calon.")
    assert client.post(place, form).status_code == 302
    [exhibit] = reading.exhibits_of(case, alice)
    data = vault.open_file(exhibit.row, alice) or b""
    assert data.decode() == "Ia menyukai unggahan calon."
    download = client.post(at("exhibit", case, exhibit_id=exhibit.row.pk))
    assert download.content == data
    assert 'filename="B-1 Kronologi.txt"' in download["Content-Disposition"]


def test_a_file_without_a_working_copy_needs_the_choice_of_the_original(
    case: Case, report: Report, alice: Desk, client: Client
) -> None:
    opened = reports.open_report(report, alice.private)
    attachment = opened.attachments[0].id
    place = at("take-file", case, report_id=report.pk, attachment_id=attachment)
    answer = client.post(place, told(client, place, title="Catatan"))
    assert answer.status_code == 409
    assert "no working copy" in answer.content.decode()
    form = told(client, place, title="Catatan", form_of="original")
    assert client.post(place, form).status_code == 302
    assert [found.title for found in reading.exhibits_of(case, alice)] == ["Catatan"]


def test_a_file_of_a_report_outside_the_case_is_not_taken(
    case: Case, bawaslu: Office, alice: Desk, client: Client
) -> None:
    other = file_report(bawaslu.organ, files=True)
    attachment = reports.open_report(other, alice.private).attachments[0].id
    place = at("take-file", case, report_id=other.pk, attachment_id=attachment)
    assert client.get(place).status_code == 404
    assert client.get(at("take-words", case, report_id=other.pk)).status_code == 404


# Steps


def test_a_refused_step_shows_the_article(case: Case, client: Client) -> None:
    page = client.get(at("step", case, outcome="discipline_sanction"))
    assert page.status_code == 409
    assert "Where the law says so" in page.content.decode()
    answer = client.post(at("step", case, outcome="discipline_sanction"), {})
    assert answer.status_code == 409
    assert not CaseStep.objects.filter(case=case, act="step").exists()


def test_a_step_must_be_confirmed(case: Case, client: Client) -> None:
    place = at("step", case, outcome="not_competent")
    answer = client.post(place, told(client, place, reason="Bukan ASN"))
    assert "this step cannot be undone" in answer.content.decode()


def test_a_case_is_handed_over_through_the_pages(
    case: Case, alice: Desk, client: Client, outside_bkn: Organ, outside_ppk: Organ
) -> None:
    write_all(case, alice)
    place = at("step", case, outcome="recommend")
    form = told(client, place, receiver=str(outside_bkn.pk), conflict="none", sure="on")
    assert len(form["documents"]) == 3
    assert client.post(place, form).status_code == 302
    delivery = Delivery.objects.get()
    place = at("delivery", case, delivery_id=delivery.pk)
    page = client.get(place).content.decode()
    assert "Netralitas" in page
    assert "Tjahjo Koemolo" in page
    assert SECRET_WORDS not in page
    today = CaseStep.objects.filter(case=case).last()
    assert today is not None
    day = today.recorded_on.isoformat()
    form = told(client, place, ticket="SBT-9", sent_on=day, proven_on=day, proof="Tanda terima")
    assert client.post(place, form).status_code == 302
    place = at("answer", case)
    form = told(client, place, text="Diteruskan kepada PPK", answered_on=day)
    assert client.post(place, form).status_code == 302
    place = at("step", case, outcome="hand_over")
    picked = {"receiver": str(outside_ppk.pk), "conflict": "none"}
    form = told(client, place, **picked, done_on=day, sure="on")
    answer = client.post(place, form)
    assert answer.status_code == 302, answer.content.decode()
    case.refresh_from_db()
    assert (case.step, case.holder, case.keeper) == ("act", outside_ppk, alice.organ)
    page = client.get(at("case", case)).content.decode()
    assert "SBT-9" in page
    assert "waits for proof of delivery" in page


def test_an_answer_is_only_for_outside_offices(case: Case, alice: Desk) -> None:
    with pytest.raises(Refusal, match="works here itself"):
        actions.record_answer(
            case, "x", answered_on=AT.date(), seen=Seen.now(case), by=alice, at=AT
        )


def test_a_term_is_explained_day_by_day(case: Case, client: Client) -> None:
    term = case.terms.get()
    page = client.get(reverse("cases:term", args=[term.pk])).content.decode()
    assert "working day 3" in page
    assert "5 November 2026" in page
    assert "published practice, not law" in page


def test_an_ended_case_is_read_and_offers_nothing(case: Case, alice: Desk, client: Client) -> None:
    write_all(case, alice)
    clear(case, alice)
    actions.take_step(
        case, actions.Taking("not_proven", reason="x"), seen=Seen.now(case), by=alice,
        at=days_later(1),
    )  # fmt: skip
    page = client.get(at("case", case)).content.decode()
    assert "What you may do now" not in page
    assert "Edit the facts" not in page
    assert writing.last_version(case, DocumentKind.STUDY, alice) == 1
    assert chosen(case, alice)
    assert (
        client.post(at("note", case), body(client, at("note", case), text="x")).status_code == 409
    )


def test_the_indonesian_pages_stand_too(case: Case, client: Client) -> None:
    place = at("case", case).removeprefix("/en")
    answer = client.get(place)
    assert answer.status_code == 200
    assert '<html lang="id">' in answer.content.decode()


def test_a_damaged_form_is_no_server_error(case: Case, client: Client) -> None:
    for name in ("note", "facts", "study", "person-new", "letter", "answer"):
        answer = client.post(at(name, case), {"once": "x", "version": "y"})
        assert answer.status_code == 200, name
