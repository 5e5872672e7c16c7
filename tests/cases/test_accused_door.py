"""The accused's door: he reads what is his, answers, objects in time, and nobody else's is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.cases.conftest import (
    AT,
    SECRET_NAME,
    SECRET_WORDS,
    TJAHJO,
    Office,
    days_later,
    log_in,
    office,
)
from tests.cases.test_deciding import LIGHT, SITI, at_decision
from tests.reports.test_inspection import photo
from timbang.accounts import keys
from timbang.cases import accused_door, course, decisions, door_desk, door_vault, vault
from timbang.cases.actions import Seen, deciding, dividing, door_sending, doors
from timbang.cases.actions.door_sending import Against, Opened
from timbang.cases.actions.writing import last_version, write_facts
from timbang.cases.models import (
    Act,
    Case,
    CaseStep,
    Decision,
    DocumentKind,
    Door,
    DoorFile,
    DoorMessage,
    Exhibit,
)
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.law.vocabulary import FACTS
from timbang.ledger.models import Entry
from timbang.reports import actions as reports
from timbang.reports import printed, receipt

pytestmark = pytest.mark.django_db
URL = "/en/terlapor/"
Kind = DoorMessage.Kind


@pytest.fixture(autouse=True)
def nothing_printed() -> Iterator[None]:
    printed.forget()
    yield


@pytest.fixture
def ppk(db: None) -> Office:
    return office("ppk-32", "appointing_officer", "pandu", "pertiwi")


@pytest.fixture
def pandu(ppk: Office) -> Desk:
    return ppk.desks["pandu"]


@pytest.fixture
def pertiwi(ppk: Office) -> Desk:
    """She decides: he examined."""
    return ppk.desks["pertiwi"]


@pytest.fixture
def two(ppk: Office) -> Case:
    """Two reported persons before their decision."""
    return at_decision(ppk, TJAHJO, SITI)


def given(case: Case, desk: Desk, place: int = 0, *, at: datetime = AT) -> doors.Given:
    case.refresh_from_db()
    row = list(case.accused.all())[place]
    return doors.open_door(row, seen=Seen.now(case), by=desk, at=at)


def opened(secret: bytes) -> Opened:
    found = door_sending.find(secret)
    assert found is not None
    return found


def decided(case: Case, desk: Desk, place: int = 0) -> Decision:
    case.refresh_from_db()
    row = list(case.accused.all())[place]
    made = deciding.decide_person(row, LIGHT, seen=Seen.now(case), by=desk, at=AT)
    case.refresh_from_db()
    deciding.deliver_decision(
        made, delivered_on=course.today(desk.organ, AT), how=Decision.How.HANDED,
        proof="Tanda terima.", seen=Seen.now(case), by=desk, at=AT,
    )  # fmt: skip
    case.refresh_from_db()
    made.refresh_from_db()
    return made


def show_all(found: doors.Given, desk: Desk, *, note: str = "") -> None:
    case = Case.objects.get(pk=found.door.case_id)
    accused = case.accused.get(pk=found.door.accused_id)
    every = [one.code for one in door_desk.offers(accused, desk, on=course.today(desk.organ, AT))]
    doors.show_items(found.door, every, note=note, seen=Seen.now(case), by=desk, at=AT)


class Browser:
    """The accused at his device: a receipt, and no cookie."""

    def __init__(self, secret: bytes) -> None:
        self.client, self.receipt = Client(), receipt.show(secret)
        self.once = receipt.new_draft()

    def post(self, do: str, **fields: object) -> str:
        sent = {"receipt": self.receipt, "once": self.once, "do": do, **fields}
        answer = self.client.post(URL, sent)
        assert answer.status_code == 200
        assert not answer.cookies and "sessionid" not in self.client.cookies
        assert "<script" not in answer.content.decode()
        return answer.content.decode()


# Keys and receipts


def test_every_fact_of_the_vocabulary_is_shown_or_withheld_for_a_reason() -> None:
    assert accused_door.SHOWN | set(accused_door.WITHHELD) == set(FACTS)
    assert not accused_door.SHOWN & set(accused_door.WITHHELD)


def test_a_doors_receipt_is_no_reports_receipt() -> None:
    secret = accused_door.new_secret()
    assert accused_door.locator(secret) != receipt.locator(secret)
    assert accused_door.key_of(secret) != receipt.reporter_key(secret)
    assert receipt.parse(receipt.show(secret)) == secret


def test_a_letter_prints_where_to_go_and_the_receipt(two: Case, pandu: Desk) -> None:
    found = given(two, pandu)
    told = accused_door.notice(found.secret, host="https://lapor.example")
    assert told.address == "https://lapor.example/terlapor/"
    assert told.receipt == receipt.show(found.secret)
    assert door_sending.find(receipt.parse(told.receipt)) is not None


def test_the_same_letter_made_again_prints_the_same_receipt(two: Case, pandu: Desk) -> None:
    first = given(two, pandu)
    lines = CaseStep.objects.count()
    assert given(two, pandu).secret == first.secret
    assert CaseStep.objects.count() == lines
    assert Door.objects.count() == 1


def test_a_lost_receipt_dies_and_the_new_one_opens_everything(two: Case, pandu: Desk) -> None:
    old = given(two, pandu)
    show_all(old, pandu, note="Silakan membawa bukti.")
    door_sending.send(opened(old.secret), kind=Kind.ANSWER, text="Saya sakit.", draft=b"1" * 32,
                      at=AT)  # fmt: skip
    before = door_vault.key_for_accused(Door.objects.get(), old.secret)
    two.refresh_from_db()
    new = doors.renew_door(Door.objects.get(), seen=Seen.now(two), by=pandu, at=AT)
    assert door_sending.find(old.secret) is None
    now = opened(new.secret)
    assert [door_vault.open_text(now.key, row) for row in now.door.messages.all()] == [
        "Saya sakit."
    ]
    # Whoever kept the old key (an old copy of the database) reads nothing of what stands there now.
    for item in now.door.items.all():
        with pytest.raises(keys.WrongKey):
            door_vault.open_item(before, item)
    assert CaseStep.objects.filter(act=Act.DOOR, outcome=doors.RENEWED).count() == 1


def test_he_exchanges_the_receipt_for_one_that_the_office_cannot_print(
    two: Case, pandu: Desk
) -> None:
    browser = Browser(given(two, pandu).secret)
    assert "Exchange the receipt" in browser.post("show")
    page = browser.post("exchange-now")
    again = browser.post("exchange-now")  # a double click, with the receipt that is dead by now
    [door] = Door.objects.all()
    own = accused_door.secret_of(bytes.fromhex(browser.once))
    assert receipt.show(own) in page and receipt.show(own) in again
    assert door_sending.find(receipt.parse(browser.receipt)) is None
    assert door.sealed_receipt is None
    assert CaseStep.objects.filter(outcome=doors.EXCHANGED).count() == 1
    with pytest.raises(Refusal):
        given(two, pandu)


def test_without_a_receipt_the_answer_is_always_the_same(two: Case, pandu: Desk) -> None:
    given(two, pandu)
    answers = set()
    for _number in range(3):
        page = Browser(accused_door.new_secret())
        answers.add(page.post("show").replace(page.receipt, ""))
    assert len(answers) == 1
    assert "opens no door here" in answers.pop()


# What he reads


def test_he_reads_suspicion_norms_minutes_decision_and_rights_and_nobody_elses(
    two: Case, pandu: Desk, pertiwi: Desk
) -> None:
    made = decided(two, pertiwi)
    decided(two, pertiwi, 1)
    found = given(two, pandu)
    show_all(found, pandu)
    page = Browser(found.secret).post("print")
    for words in (TJAHJO.name, two.number, "Saya menyesal.", LIGHT.reasons, "PP 94/2021 ps 26",
                  "PP 79/2021 ps 4(2)", str(decisions.sanction_title(made)["en"])):  # fmt: skip
        assert words in page, words
    for words in (SECRET_NAME, SECRET_WORDS, SITI.name, SITI.post, "Warung Bu Sum"):
        assert words not in page, words
    assert len(page.encode()) <= 30_000


def test_days_that_lead_to_a_reporter_are_not_told(two: Case, pandu: Desk) -> None:
    known = {"act_on": AT.date(), "learned_on": AT.date(), "conduct": ["absent"]}
    write_facts(two, known, base_version=last_version(two, DocumentKind.FACTS, pandu),
                seen=Seen.now(Case.objects.get(pk=two.pk)), by=pandu, at=AT)  # fmt: skip
    accused = Case.objects.get(pk=two.pk).accused.first()
    assert accused is not None
    [offer, *_rest] = door_desk.offers(accused, pandu, on=AT.date())
    asked = [pair["question"]["id"] for pair in offer.body["facts"]]
    assert FACTS["act_on"].question["id"] in asked
    assert FACTS["learned_on"].question["id"] not in asked


def test_a_decision_is_told_only_once_it_was_delivered(
    two: Case, pandu: Desk, pertiwi: Desk
) -> None:
    two.refresh_from_db()
    row = two.accused.all()[0]
    deciding.decide_person(row, LIGHT, seen=Seen.now(two), by=pertiwi, at=AT)
    page = Browser(given(two, pandu).secret).post("show")
    assert "No decision was delivered to you" in page


# What he sends


def test_an_answer_with_a_file_reaches_the_office_and_becomes_evidence(
    two: Case, pandu: Desk
) -> None:
    browser = Browser(given(two, pandu).secret)
    picture = SimpleUploadedFile("surat-dokter.jpg", photo(), "image/jpeg")
    page = browser.post("send", text="Saya sakit saat itu.", kind="answer", files=picture)
    assert "surat-dokter.jpg" in page and DoorMessage.objects.count() == 0
    staged = [str(file.id) for file in reports.staged_files(bytes.fromhex(browser.once))]
    entries = Entry.objects.count()
    for _click in range(2):
        browser.post("send", text="Saya sakit saat itu.", kind="answer", staged=staged)
    assert DoorMessage.objects.count() == DoorFile.objects.count() == 1
    assert Entry.objects.count() == entries + 1
    line = CaseStep.objects.get(act=Act.DOOR_SENT)
    assert line.officer is None and line.outcome == "answer"

    row = DoorMessage.objects.get()
    two.refresh_from_db()
    doors.read_message(row, seen=Seen.now(two), by=pandu, at=AT)
    two.refresh_from_db()
    words = doors.take_words(row, title="", seen=Seen.now(two), by=pandu, at=AT)
    two.refresh_from_db()
    file = DoorFile.objects.get()
    kept = doors.take_file(file, title="Surat dokter", seen=Seen.now(two), by=pandu, at=AT)
    assert {words.origin, kept.origin} == {Exhibit.Origin.ACCUSED}
    assert vault.open_file(words, pandu) == b"Saya sakit saat itu."
    assert vault.open_file(kept, pandu) == photo()
    two.refresh_from_db()
    with pytest.raises(Refusal):
        doors.take_file(file, title="", seen=Seen.now(two), by=pandu, at=AT)
    assert "read on" in browser.post("show")


def test_who_decides_is_told_of_an_answer_that_has_just_come(
    two: Case, pandu: Desk, pertiwi: Desk
) -> None:
    secret = given(two, pandu).secret
    two.refresh_from_db()
    seen, row = Seen.now(two), two.accused.all()[0]
    door_sending.send(opened(secret), kind=Kind.ANSWER, text="Tunggu.", draft=b"2" * 32, at=AT)
    with pytest.raises(Refusal) as told:
        deciding.decide_person(row, LIGHT, seen=seen, by=pertiwi, at=AT)
    assert [line.act for line in told.value.since] == [Act.DOOR_SENT]  # type: ignore[attr-defined]


def test_a_day_takes_ten_messages(two: Case, pandu: Desk) -> None:
    found = opened(given(two, pandu).secret)
    for number in range(door_sending.MOST_A_DAY):
        door_sending.send(found, kind=Kind.ANSWER, text=f"{number}", draft=b"3" * 32, at=AT)
    with pytest.raises(Refusal, match="one day"):
        door_sending.send(found, kind=Kind.ANSWER, text="lagi", draft=b"3" * 32, at=AT)
    later = AT + timedelta(days=1)
    door_sending.send(found, kind=Kind.ANSWER, text="lagi", draft=b"3" * 32, at=later)


def test_an_objection_is_taken_within_its_term_and_never_afterwards(
    two: Case, pandu: Desk, pertiwi: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = decided(two, pertiwi)
    secret = given(two, pandu).secret
    browser = Browser(secret)
    code = "objection_to_appointing_officer"
    [window] = [one for one in decisions.remedies(made, AT.date()) if one.remedy.code == code]
    assert window.answer is not None and window.answer.last_day is not None
    last = window.answer.last_day
    whole = AT.replace(year=last.year, month=last.month, day=last.day)
    monkeypatch.setattr(timezone, "now", lambda: whole)
    page = browser.post("object", text="Saya keberatan.", against=f"{code}:{made.pk}")
    assert "sealed and sent" in page
    row = DoorMessage.objects.get()
    assert (row.kind, row.remedy, row.decision_id) == ("objection", code, made.pk)

    monkeypatch.setattr(timezone, "now", lambda: days_later(200))
    page = browser.post("show")
    assert f'value="{code}:' not in page
    assert "it is not offered any more" in page and "What remains" in page
    forced = browser.post("object", text="Sekali lagi.", against=f"{code}:{made.pk}")
    assert "has ended on every reading" in forced and "Sekali lagi." in forced
    assert DoorMessage.objects.count() == 1


def test_nobody_objects_to_another_persons_decision(two: Case, pandu: Desk, pertiwi: Desk) -> None:
    other = decided(two, pertiwi, 1)
    found = opened(given(two, pandu).secret)
    against = Against(other, "objection_to_appointing_officer")
    with pytest.raises(Refusal, match="no such decision"):
        door_sending.send(found, kind=Kind.OBJECTION, text="Saya keberatan.", draft=b"4" * 32,
                          at=AT, against=against)  # fmt: skip


# Other organs, other cases


def test_a_person_who_is_split_off_keeps_his_door(two: Case, pandu: Desk) -> None:
    found = given(two, pandu, 1)
    door_sending.send(opened(found.secret), kind=Kind.ANSWER, text="Saya.", draft=b"5" * 32, at=AT)
    two.refresh_from_db()
    row = list(two.accused.all())[1]
    shared = frozenset(two.reports.values_list("report", flat=True))
    part = dividing.Part(frozenset({row.pk}), shared=shared)
    new = dividing.split_case(two, part, reason="Peristiwa lain.", seen=Seen.now(two), by=pandu,
                              at=AT)  # fmt: skip
    door = Door.objects.get()
    assert door.case_id == new.pk
    key = door_vault.key_for_case(door, vault.case_key(new, pandu))
    assert [found.text for found in door_desk.received(door, key, SITI)] == ["Saya."]
    assert door_sending.find(found.secret) is not None


def test_the_desk_opens_shows_reads_and_takes(two: Case, pandu: Desk) -> None:
    browser, row = log_in("pandu"), two.accused.all()[0]
    at = f"/en/meja/kasus/{two.pk}/terlapor/{row.pk}/pintu/"

    def post(address: str, **fields: object) -> str:
        page = browser.get(at if address.endswith("dibaca/") else address)
        form = page.context["form"]
        hidden = {field.name: field.value() or "" for field in form.hidden_fields()}
        answer = browser.post(address, {**hidden, **fields}, follow=True)
        assert answer.status_code == 200, answer.content.decode()
        return answer.content.decode()

    assert "no door yet" in browser.get(at).content.decode()
    page = post(f"{at}tanda-terima/")
    [shown] = [receipt.show(given(two, pandu).secret)]
    assert shown in page
    offered = browser.get(at).context["form"].fields["items"].choices
    assert "from now on" in post(at, items=[code for code, _label in offered], note="Salam.")
    secret = receipt.parse(shown)
    row_sent = door_sending.send(opened(secret), kind=Kind.COPY, text="Mohon salinan.",
                                 draft=b"6" * 32, at=AT)  # fmt: skip
    assert "Mohon salinan." in browser.get(at).content.decode()
    assert "1 not read" in browser.get(f"/en/meja/kasus/{two.pk}/").content.decode()
    one = f"{at}{row_sent.pk}/"
    assert one in browser.get("/en/meja/").content.decode()
    assert "it was read" in post(f"{one}dibaca/")
    assert one not in browser.get("/en/meja/").content.decode()
    assert "taken into the case" in post(one, what="words", title="Permintaan")
    assert 'id="receipt"' in post(f"{at}baru/")
    assert door_sending.find(secret) is None


def test_an_office_that_passed_the_case_on_reads_no_answers(two: Case, ppk: Office) -> None:
    pandu = ppk.desks["pandu"]
    given(two, pandu)
    row = two.accused.all()[0]
    other = office("ppk-33", "appointing_officer", "putri", region="33")
    Case.objects.filter(pk=two.pk).update(keeper=other.organ, holder=other.organ)
    at = f"/en/meja/kasus/{two.pk}/terlapor/{row.pk}/pintu/"
    assert log_in("pandu").get(at).status_code == 404
    Case.objects.filter(pk=two.pk).update(keeper=ppk.organ, holder=ppk.organ)
