"""Complaints about services: named before decided, remedied, answered behind the receipt, counted.

The hospital (rsud) holds the complaint, the reporter answers with his receipt, and the other office
learns what was answered but never by whom.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.cases.conftest import AT, Office, content, days_later, log_in, make_organ, office
from tests.cases.writing import write_all
from timbang.accounts.models import Organ
from timbang.cases import actions, reading, services
from timbang.cases.actions import Given, Seen, Taking, above, serving
from timbang.cases.actions.serving import Passing
from timbang.cases.models import (
    Act,
    Case,
    ClosingCause,
    Forwarding,
    Remedy,
    RemedyAnswer,
    SatisfactionFact,
    ServiceFact,
    ServiceNaming,
)
from timbang.cases.services import Beside, Served
from timbang.cases.vault import Desk, Person
from timbang.law import procedure as law
from timbang.law.refusal import Refusal
from timbang.law.service import (
    ASPECTS,
    CLASSES,
    DUTIES,
    NOT_NAMED,
    NOT_PASSED_ON,
    REMEDY_STATES,
    SATISFACTION,
)
from timbang.law.vocabulary import CONDUCTS
from timbang.ledger.models import Entry
from timbang.reports import actions as reports
from timbang.reports import receipt
from timbang.reports.actions import Filed, Offered
from timbang.reports.content import AccusedPerson
from timbang.reports.models import Offer, OfferAnswer, Report, Satisfaction, Satisfied, Status

DAY = date(2026, 11, 2)
WORDS = "Rujukan diproses hari ini dan alasannya dijelaskan."
MEND = Offered("serve", WORDS, date(2026, 11, 9))
SERVED = Served(
    ("service", "empowerment"),
    "disability",
    "same_queue",
    {"queue": Beside("worse", "41", "12"), "fee": Beside("same")},
    "witness",
    "Nomor antrean dilompati.",
)


@pytest.fixture
def rsud(db: None) -> Office:
    return office("rsud-32", "service_provider", "sari")


@pytest.fixture
def sari(rsud: Office) -> Desk:
    return rsud.desks["sari"]


@pytest.fixture
def filed(rsud: Office) -> Filed:
    rsud.organ.refresh_from_db()
    told = content(
        kind="service", conduct=("undue_delay",), service="Rujukan",
        accused=(AccusedPerson(post="Loket"),), treated_worse=("queue", "fee"),
    )  # fmt: skip
    return reports.file_report(
        draft=secrets.token_bytes(32), content=told, identity=None, organ=rsud.organ, at=AT
    )


@pytest.fixture
def complaint(sari: Desk, filed: Filed) -> Case:
    return actions.open_case(
        [filed.report], people=[Person(post="Loket")],
        kind="service", facts={"act_on": date(2026, 10, 20), "conduct": ["undue_delay"]}, by=sari, at=AT,
    )  # fmt: skip


def take(case: Case, outcome: str, desk: Desk, days: int = 0) -> None:
    case.refresh_from_db()
    options = reading.options_of(case, desk, on=DAY)
    [outcome_found] = [found.outcome for found in options if found.outcome.code == outcome]
    taking = Taking(outcome, reason="Menurut berkas.", declared=frozenset(outcome_found.requires))
    actions.take_step(case, taking, seen=Seen.now(case), by=desk, at=days_later(days))
    case.refresh_from_db()


def name(case: Case, desk: Desk, served: Served = SERVED) -> None:
    case.refresh_from_db()
    serving.name_service(case, served, seen=Seen.now(case), by=desk, at=AT)


def offer(case: Case, desk: Desk, offered: Offered = MEND) -> Remedy:
    case.refresh_from_db()
    return serving.offer_remedy(case, offered, seen=Seen.now(case), by=desk, at=AT)


def answers(filed: Filed, what: OfferAnswer, words: str = "") -> bool:
    secret = receipt.parse(filed.receipt)
    opened = reports.open_as_reporter(Report.objects.get(pk=filed.report.pk), secret)
    offered = Offer.objects.get(report=opened.report)
    return reports.answer_offer(
        opened.report, offered.pk, what, words=words, report_key=opened.report_key, at=AT
    )


# naming


def test_there_are_ten_classes_and_three_duties() -> None:
    assert len(CLASSES) == 10
    assert set(CONDUCTS) >= CLASSES
    assert set(DUTIES) == {"service", "empowerment", "development"}


@pytest.mark.parametrize(
    ("step", "length", "unit"), [("inform", 5, "workdays"), ("settle", 14, "workdays")]
)
def test_the_terms_are_those_on_file(step: str, length: int, unit: str) -> None:
    term = law.procedures()["service_complaint"].step(step).term
    assert term is not None
    assert (term.length, term.unit) == (length, unit)


def test_an_examination_has_sixty_working_days_on_one_reading_of_the_file() -> None:
    term = law.procedures()["service_complaint"].step("examine").term
    assert term is not None
    assert (60, "workdays") in {(found.length, found.unit) for found in term.readings}


def test_a_complaint_is_named_before_it_is_decided(complaint: Case, sari: Desk) -> None:
    take(complaint, "examine", sari)
    with pytest.raises(Refusal, match=NOT_NAMED.id):
        take(complaint, "granted", sari)
    name(complaint, sari)
    take(complaint, "granted", sari)
    assert complaint.step == "tell_granted"


def test_group_and_treatment_stand_sealed_and_the_newest_naming_counts(
    complaint: Case, sari: Desk
) -> None:
    name(complaint, sari)
    name(complaint, sari, replace(SERVED, duties=("development",), group="poor"))
    first, second = ServiceNaming.objects.filter(case=complaint)
    assert b"disability" not in bytes(first.sealed)
    assert second.duties == ["development"]
    found = services.newest(complaint, sari)
    assert found is not None
    assert (found.group, found.beside["queue"]) == ("poor", Beside("worse", "41", "12"))
    shown = services.served_view(found)
    assert [view.worse for view in shown.beside] == [True, False]
    assert "disability" not in str(list(Entry.objects.values_list("body", flat=True)))


@pytest.mark.parametrize(
    ("served", "says"),
    [
        (replace(SERVED, duties=()), "at least one duty"),
        (replace(SERVED, duties=("religion",)), "at least one duty"),
        (replace(SERVED, group="me"), "from the list"),
        (replace(SERVED, others="not_known"), "with whom"),
        (replace(SERVED, how_known=""), "how the comparison is known"),
        (replace(SERVED, beside={"looks": Beside("worse")}), "respects of the list"),
        (replace(SERVED, beside={"fee": Beside("badly")}), "from the list"),
    ],
)
def test_nothing_outside_the_vocabulary_is_named(served: Served, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        served.check()


def test_not_known_is_an_answer() -> None:
    Served(("service",)).check()
    Served(("service",), beside={code: Beside("not_known") for code in ASPECTS}).check()


def test_what_reporters_say_of_others_is_shown_to_their_own_office(
    complaint: Case, sari: Desk
) -> None:
    told = services.told_by_reporters(complaint, sari)
    assert told == (ASPECTS["queue"], ASPECTS["fee"])


def test_a_case_of_another_kind_has_nothing_to_name(case: Case, alice: Desk) -> None:
    with pytest.raises(Refusal, match="about no service"):
        name(case, alice)


def test_what_is_not_named_yet_waits_in_its_office(complaint: Case, sari: Desk) -> None:
    assert services.waiting(sari.officer, on=DAY).unnamed == [complaint]
    name(complaint, sari)
    offer(complaint, sari)
    found = services.waiting(sari.officer, on=date(2026, 11, 10))
    assert (found.unnamed, found.overdue) == ([], [Remedy.objects.get()])


# remedies


def test_a_remedy_is_read_and_refused_behind_the_receipt(
    complaint: Case, sari: Desk, filed: Filed
) -> None:
    remedy = offer(complaint, sari)
    row = Offer.objects.get()
    assert (row.remedy, row.report_id) == (remedy.pk, filed.report.pk)
    assert b"Rujukan" not in bytes(row.sealed) + bytes(remedy.sealed)
    assert answers(filed, OfferAnswer.REFUSED, "Saya minta uang kembali.")
    assert not answers(filed, OfferAnswer.ACCEPTED), "an answer is given once"
    secret = receipt.parse(filed.receipt)
    opened = reports.open_as_reporter(filed.report, secret)
    [shown] = reports.offers_of(filed.report, opened.report_key)
    assert (shown.offered, shown.answer_words) == (MEND, "Saya minta uang kembali.")


def test_the_case_learns_the_answer_when_the_day_is_over_and_once(
    complaint: Case, sari: Desk, filed: Filed
) -> None:
    offer(complaint, sari)
    answers(filed, OfferAnswer.ACCEPTED)
    assert serving.note_answers(at=AT) == 0
    assert serving.note_answers(at=days_later(1)) == 1
    assert serving.note_answers(at=days_later(2)) == 0
    line = complaint.journal.get(act=Act.REMEDY_ANSWER)
    assert (line.outcome, line.officer, line.done_on) == ("accepted", None, DAY)
    assert str(filed.report.pk) not in str(line.entry.body)
    [view] = services.remedies_of(complaint, sari, on=DAY)
    assert view.state == REMEDY_STATES["accepted"]


def test_a_double_click_offers_once_and_what_is_empty_is_refused(
    complaint: Case, sari: Desk
) -> None:
    seen = Seen.now(complaint)
    first = serving.offer_remedy(complaint, MEND, seen=seen, by=sari, at=AT)
    assert serving.offer_remedy(complaint, MEND, seen=seen, by=sari, at=AT) == first
    assert Offer.objects.count() == 1
    for wrong in (
        replace(MEND, kind="money"),
        replace(MEND, words=" "),
        replace(MEND, due_on=date(2026, 11, 1)),
    ):
        with pytest.raises(Refusal):
            offer(complaint, sari, wrong)


def test_an_answer_at_the_counter_and_the_carrying_out_have_their_days(
    complaint: Case, sari: Desk
) -> None:
    remedy = offer(complaint, sari)
    complaint.refresh_from_db()
    told = {"by": sari, "at": days_later(1)}
    with pytest.raises(Refusal, match="after it was offered"):
        serving.record_remedy_answer(
            remedy, OfferAnswer.ACCEPTED, answered_on=date(2026, 11, 1), words="Di loket.",
            seen=Seen.now(complaint), **told,  # type: ignore[arg-type]
        )  # fmt: skip
    serving.record_remedy_answer(
        remedy, OfferAnswer.ACCEPTED, answered_on=DAY, words="Di loket.",
        seen=Seen.now(complaint), **told,  # type: ignore[arg-type]
    )  # fmt: skip
    complaint.refresh_from_db()
    seen = Seen.now(complaint)
    done = serving.carry_out(remedy, done_on=DAY, proof="Kuitansi 7.", seen=seen, **told)  # type: ignore[arg-type]
    assert serving.carry_out(remedy, done_on=DAY, proof="-", seen=seen, **told) == done  # type: ignore[arg-type]
    [view] = services.remedies_of(complaint, sari, on=days_later(30).date())
    assert (view.state, view.proof, view.overdue) == (REMEDY_STATES["done"], "Kuitansi 7.", False)
    complaint.refresh_from_db()
    with pytest.raises(Refusal, match="recorded already"):
        serving.carry_out(remedy, done_on=DAY, proof="-", seen=Seen.now(complaint), **told)  # type: ignore[arg-type]


def test_who_has_withdrawn_is_offered_nothing(complaint: Case, sari: Desk, filed: Filed) -> None:
    Report.objects.update(status=Status.WITHDRAWN, withdrawn_on=DAY)
    offer(complaint, sari)
    assert not Offer.objects.exists()


def test_another_office_offers_and_only_ours_can_show_it(db: None) -> None:
    ombudsman = office("ori-32", "ombudsman", "otto")
    otto, sari = (
        ombudsman.desks["otto"],
        office("rsud-33", "service_provider", "susi").desks["susi"],
    )
    ombudsman.organ.refresh_from_db()
    told = content(kind="maladministration", conduct=("no_service",))
    filed = reports.file_report(
        draft=secrets.token_bytes(32), content=told, identity=None, organ=ombudsman.organ, at=AT
    )
    case = actions.open_case(
        [filed.report], people=[Person(post="Loket")], kind="maladministration", facts={"conduct": ["no_service"]},
        by=otto, at=AT,
    )  # fmt: skip
    take(case, "examine", otto)
    name(case, otto)
    write_all(case, otto)
    study = case.documents.get(kind="study")
    options = reading.options_of(case, otto, on=DAY)
    [wanted] = [found.outcome for found in options if found.outcome.code == "maladministration"]
    taking = Taking(
        wanted.code, reason="-", declared=frozenset(wanted.requires),
        give=Given(sari.organ, frozenset({study.pk})),
    )  # fmt: skip
    actions.take_step(case, taking, seen=Seen.now(case), by=otto, at=AT)
    case.refresh_from_db()
    actions.accept_case(case, seen=Seen.now(case), by=sari, at=AT)
    remedy = offer(case, sari)
    assert not Offer.objects.exists(), "the provider does not know who complained"
    [seen_there] = services.remedies_of(case, sari, on=DAY)
    assert seen_there.to_show == 0
    assert services.said_of(case, sari) == []
    case.refresh_from_db()
    [here] = services.remedies_of(case, otto, on=DAY)
    assert here.to_show == 1
    assert serving.show_remedy(remedy, by=otto, at=AT) == 1
    assert serving.show_remedy(remedy, by=otto, at=AT) == 0
    answers(filed, OfferAnswer.REFUSED)
    assert serving.note_answers(at=days_later(1)) == 1
    [seen_there] = services.remedies_of(case, sari, on=DAY)
    assert seen_there.state == REMEDY_STATES["refused"]
    assert services.waiting(sari.officer, on=DAY).refused == [remedy]


# passing on


def test_a_complaint_goes_to_another_office_with_a_number_and_the_reporter_is_told(
    complaint: Case, sari: Desk, filed: Filed
) -> None:
    to = make_organ("dinas-luar", "service_provider", inside=False)
    with pytest.raises(Refusal, match=NOT_PASSED_ON.id):
        take(complaint, "not_competent", sari)
    passing = Passing(to, Forwarding.How.LETTER, DAY, "S-12/2026", "Loket itu milik dinas.")
    for wrong in (
        replace(passing, number=""),
        replace(passing, words=" "),
        replace(passing, to=sari.organ),
        replace(passing, forwarded_on=date(2026, 11, 3)),
    ):
        with pytest.raises(Refusal):
            serving.pass_on(complaint, wrong, seen=Seen.now(complaint), by=sari, at=AT)
    serving.pass_on(complaint, passing, seen=Seen.now(complaint), by=sari, at=AT)
    take(complaint, "not_competent", sari)
    assert complaint.ended_as == "not_competent"
    opened = reports.open_as_reporter(filed.report, receipt.parse(filed.receipt))
    assert "S-12/2026" in opened.messages[-1].text
    [(row, told)] = services.forwardings_of(complaint, sari)
    assert (row.organ, told["number"]) == (to, "S-12/2026")


def test_an_office_that_works_here_gets_the_case_itself(complaint: Case, sari: Desk) -> None:
    other = office("rsud-34", "service_provider", "tuti").organ
    passing = Passing(other, Forwarding.How.LETTER, DAY, "1", "x")
    with pytest.raises(Refusal, match="hand the case over"):
        serving.pass_on(complaint, passing, seen=Seen.now(complaint), by=sari, at=AT)


# satisfaction, figures


def say(filed: Filed, level: Satisfied) -> bool:
    opened = reports.open_as_reporter(
        Report.objects.get(pk=filed.report.pk), receipt.parse(filed.receipt)
    )
    return reports.say_satisfied(
        opened.report, level, words="Lama.", report_key=opened.report_key, at=AT
    )


def settle(case: Case, desk: Desk) -> None:
    take(case, "examine", desk)
    name(case, desk)
    offer(case, desk)
    take(case, "granted", desk)
    above.record_causes(
        case, [ClosingCause.Cause.PROCEDURE], words="", seen=Seen.now(case), by=desk, at=AT
    )
    take(case, "told", desk)


def test_how_content_somebody_is_is_asked_when_it_is_over_and_counted_without_him(
    complaint: Case, sari: Desk, filed: Filed
) -> None:
    assert not say(filed, Satisfied.NOT)
    settle(complaint, sari)
    assert say(filed, Satisfied.LITTLE)
    assert not say(filed, Satisfied.VERY), "once"
    assert b"Lama" not in bytes(Satisfaction.objects.get().sealed_words)
    assert serving.count_satisfaction(at=AT) == 0, "his day is not over"
    assert serving.count_satisfaction(at=days_later(1)) == 1
    assert serving.count_satisfaction(at=days_later(1)) == 0
    fact = SatisfactionFact.objects.get()
    assert (fact.organ_code, fact.month, fact.level) == ("rsud-32", "2026-11", "little")
    [(level, _day, words)] = services.said_of(complaint, sari)
    assert (level, words) == (SATISFACTION["little"], "Lama.")


def test_each_duty_has_one_public_row_that_follows_the_case(complaint: Case, sari: Desk) -> None:
    name(complaint, sari)
    rows = {row.duty: row for row in ServiceFact.objects.all()}
    assert {duty: row.conduct for duty, row in rows.items()} == dict.fromkeys(
        ("service", "empowerment"), complaint.conduct
    )
    remedy = offer(complaint, sari)
    name(complaint, sari, replace(SERVED, duties=("service", "development")))
    found = set(ServiceFact.objects.values_list("duty", "conduct", "remedy"))
    assert found == {
        ("service", "undue_delay", "offered"), ("development", "undue_delay", "offered")
    }  # fmt: skip
    assert ServiceFact.objects.get(duty="service").pk == rows["service"].pk
    complaint.refresh_from_db()
    serving.carry_out(remedy, done_on=DAY, proof="Ada.", seen=Seen.now(complaint), by=sari, at=AT)
    assert set(ServiceFact.objects.values_list("remedy", flat=True)) == {"done"}


def test_an_answer_comes_by_receipt_or_by_an_officer_never_by_neither(
    complaint: Case, sari: Desk
) -> None:
    remedy = offer(complaint, sari)
    with pytest.raises(IntegrityError), transaction.atomic():
        RemedyAnswer.objects.create(
            remedy=remedy, answer="accepted", answered_on=DAY, journal=remedy.journal
        )


# pages


@pytest.fixture
def browser(sari: Desk) -> Client:
    return log_in("sari")


def sent(client: Client, page: str, *where: UUID, **data: object) -> str:
    place = reverse(f"cases:{page}", args=where)
    case = Case.objects.get(pk=where[0])
    answer = client.post(
        place, {"once": str(uuid4()), "version": case.version, **data}, follow=True
    )
    return answer.content.decode()


def test_an_officer_names_offers_and_carries_out_on_pages(
    complaint: Case, browser: Client, filed: Filed
) -> None:
    page = browser.get(reverse("cases:service", args=[complaint.pk])).content.decode()
    assert ASPECTS["queue"]["en"] in page
    treated = {f"{code}_treated": "not_known" for code in ASPECTS} | {"queue_treated": "worse"}
    page = sent(
        browser, "service", complaint.pk, duties=["service"], group="patients",
        others="same_queue", how_known="witness", queue_own="41", **treated,
    )  # fmt: skip
    assert "Worse than others" in page
    due = "2099-01-05"
    page = sent(browser, "remedy-new", complaint.pk, kind="serve", words=WORDS, due_on=due)
    assert WORDS in page
    remedy = Remedy.objects.get()
    on = remedy.offered_on.isoformat()
    page = sent(browser, "remedy-done", complaint.pk, remedy.pk, done_on=on, proof="Kuitansi")
    assert "It was carried out" in page
    page = browser.get(reverse("cases:services")).content.decode()
    assert complaint.number not in page


def test_a_reporter_answers_and_says_how_content_he_is_on_his_page(
    complaint: Case, sari: Desk, filed: Filed
) -> None:
    settle(complaint, sari)
    reporter, place = Client(), reverse("reports:follow")
    first = reporter.post(place, {"receipt": filed.receipt}).content.decode()
    assert WORDS in first
    number = Offer.objects.get().pk
    told = {"receipt": filed.receipt, "do": f"refuse:{number}", "text": "Belum juga."}
    page = reporter.post(place, told).content.decode()
    assert "Refused" in page
    assert "Belum juga." in page
    reporter.post(place, {"receipt": filed.receipt, "do": "content"})
    assert not Satisfaction.objects.exists()
    told = {"receipt": filed.receipt, "do": "content", "level": "not"}
    assert "Not satisfied" in reporter.post(place, told).content.decode()
    assert Satisfaction.objects.get().level == "not"
    for odd in ("refuse:nonsense", "accept:", f"accept:{uuid4()}"):
        answer = reporter.post(place, {"receipt": filed.receipt, "do": odd})
        assert answer.status_code == 200


def test_the_pages_of_a_case_of_another_kind_do_not_exist(case: Case, alice: Desk) -> None:
    client = log_in("alice")
    for page in ("service", "remedy-new", "pass-on"):
        assert client.get(reverse(f"cases:{page}", args=[case.pk])).status_code == 404


def test_another_organ_sees_nothing(complaint: Case, charlie: Desk, sari: Desk) -> None:
    remedy, client = offer(complaint, sari), log_in("charlie")
    for page in ("remedy-answer", "remedy-done", "remedy-show"):
        place = reverse(f"cases:{page}", args=[complaint.pk, remedy.pk])
        assert client.get(place).status_code == 404
    assert isinstance(charlie.organ, Organ)
