"""With the receipt: status, messages, an answer, a file, withdrawal, proof. Without it: nothing."""

from __future__ import annotations

import base64
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.reports.conftest import Office
from tests.reports.reader import Page, get, post
from tests.reports.test_writing import STORY, receipt_on, upload, written
from timbang.ledger import actions as ledger
from timbang.ledger.models import Entry
from timbang.reports import actions
from timbang.reports.models import Message, Report

pytestmark = [pytest.mark.django_db, pytest.mark.urls("timbang.web.urls_intake")]


@pytest.fixture
def receipt_text(client: Client, office: Office) -> str:
    return receipt_on(written(client).press("send"))


def come_back(client: Client, typed: str, url: str = "/lapor/kembali/") -> Page:
    return get(client, url).press("show", receipt=typed)


def key_of(office: Office) -> bytes:
    return actions.open_report(Report.objects.get(), office.private).report_key


def test_the_receipt_however_typed_opens_the_status(client: Client, receipt_text: str) -> None:
    page = come_back(client, receipt_text.lower().replace("-", " ").replace("0", "o"))
    assert "Belum ada keputusan" in page or "belum ada yang memutuskan" in page.text.lower()
    assert STORY.split("\n")[0] not in page.text


def test_the_english_door_speaks_english(client: Client, receipt_text: str) -> None:
    page = come_back(client, receipt_text, "/en/lapor/kembali/")
    assert "Nobody has decided anything yet" in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda r: r[:-1], "23"),
        (lambda r: "", "ketik"),
        (lambda r: r[:-1] + ("0" if r[-1] != "0" else "1"), "salah"),
        (lambda r: "U" + r[1:], "tidak pernah"),
        (lambda r: "x" * 100_000, "panjang"),
    ],
)
def test_a_wrong_receipt_is_explained_and_stays_to_be_corrected(
    client: Client, receipt_text: str, change: object, words: str
) -> None:
    typed = change(receipt_text)  # type: ignore[operator]
    page = come_back(client, typed)
    assert page.response.status_code == 200
    if words != "panjang":
        assert words in page.text.lower()
        assert page.form.values["receipt"] == [typed]
    assert "Belum ada keputusan" not in page


def test_a_receipt_of_no_report_says_so(client: Client, office: Office) -> None:
    from timbang.reports import receipt

    page = come_back(client, receipt.show(bytes(14)))
    assert "Tidak ada laporan" in page


def test_a_question_is_read_and_answered_once_however_often_it_is_sent(
    client: Client, office: Office, receipt_text: str
) -> None:
    report = Report.objects.get()
    actions.ask(
        report, "Di gedung mana?", report_key=key_of(office), by=office.officer, at=timezone.now()
    )
    page = come_back(client, receipt_text)
    assert "Di gedung mana?" in page
    answered, again = (page.press("reply", text="Di aula.") for _ in range(2))
    assert "Di aula." in answered and "Di aula." in again
    assert Message.objects.filter(author="reporter").count() == 1
    opened = actions.open_report(Report.objects.get(), office.private)
    assert [(m.author, m.text) for m in opened.messages] == [
        ("organ", "Di gedung mana?"), ("reporter", "Di aula."),
    ]  # fmt: skip
    assert opened.report.status == "answered"
    assert {e.act: e.lane for e in Entry.objects.filter(act__startswith="report.")} == {
        "report.filed": "daily", "report.asked": "now", "report.answered": "daily",
    }  # fmt: skip


def test_an_empty_answer_and_one_that_is_too_long_are_said(
    client: Client, receipt_text: str
) -> None:
    page = come_back(client, receipt_text)
    assert "tulis sesuatu" in page.press("reply", text=" ").text.lower()
    long = page.press("reply", text="x" * 20_001)
    assert "20001" in long.text
    assert long.form.values["text"] == ["x" * 20_000]
    assert not Message.objects.exists()


def test_the_status_and_the_next_term_that_the_office_told_are_shown(
    client: Client, office: Office, receipt_text: str
) -> None:
    actions.tell(
        Report.objects.get(), status="in_case", next_due_on=date(2027, 3, 1), by=office.officer,
        at=timezone.now(), note="Kami memeriksa.", report_key=key_of(office),
    )  # fmt: skip
    page = come_back(client, receipt_text)
    assert "1 Maret 2027" in page
    assert "Kami memeriksa." in page
    english = page.press("show")  # the language button
    assert "1 March 2027" in english


def test_a_file_is_shown_before_it_is_added_to_a_sent_report(
    client: Client, office: Office, receipt_text: str
) -> None:
    page = come_back(client, receipt_text).press("reply", files=[upload("bukti.txt", b"bukti")])
    assert "bukti.txt" in page and "add-files" in page.buttons
    assert not actions.open_report(Report.objects.get(), office.private).attachments
    added, twice = page.press("add-files"), page.press("add-files")
    assert "bukti.txt" in added and "bukti.txt" in twice
    (file,) = actions.open_report(Report.objects.get(), office.private).attachments
    assert file.read(copy=False) == b"bukti"
    assert Entry.objects.filter(act="report.files_added").count() == 1


def test_a_file_that_was_not_confirmed_can_be_deleted(client: Client, receipt_text: str) -> None:
    page = come_back(client, receipt_text).press("reply", files=[upload("bukti.txt")])
    page = page.press("drop-files")
    assert "bukti.txt" not in page
    assert not [path for path in settings.FILES.rglob("*") if path.is_file()]


def test_an_answer_with_a_file_keeps_both(
    client: Client, office: Office, receipt_text: str
) -> None:
    page = come_back(client, receipt_text).press(
        "reply", text="Lihat foto.", files=[upload("f.txt")]
    )
    assert "Lihat foto." in page and "f.txt" in page
    page.press("add-files")
    assert len(actions.open_report(Report.objects.get(), office.private).attachments) == 1


def test_withdrawing_is_asked_twice_and_erases_the_name(client: Client, office: Office) -> None:
    told = {"way": "named", "identity_name": "Siti", "identity_address": "Jalan Mawar"}
    typed = receipt_on(written(client, **told).press("send"))
    page = come_back(client, typed).press("withdraw")
    report = Report.objects.get()
    assert report.status == "received"
    page = page.press("withdraw-now")
    report.refresh_from_db()
    assert (report.status, report.way) == ("withdrawn", "prior_information")
    assert report.sealed_identity is None and report.identity_key_for_organ is None
    assert report.withdrawn_on is not None
    assert "withdraw" not in page.buttons
    with pytest.raises(actions.Refusal):
        actions.ask(report, "?", report_key=key_of(office), by=office.officer, at=timezone.now())


def test_once_a_case_exists_withdrawing_is_a_wish_and_says_so_before(
    client: Client, office: Office, receipt_text: str
) -> None:
    report = Report.objects.get()
    actions.tell(report, status="in_case", next_due_on=None, by=office.officer, at=timezone.now())
    asked = come_back(client, receipt_text).press("withdraw")
    assert "17(3)" in asked
    asked.press("withdraw-now")
    asked.press("withdraw-now")
    report.refresh_from_db()
    assert report.status == "in_case"
    assert report.withdrawn_on is not None
    assert Entry.objects.filter(act="report.withdrawn").count() == 1


def test_the_proof_is_a_promise_first_and_stands_in_the_published_log_later(
    client: Client, receipt_text: str
) -> None:
    entry = Report.objects.get().entry
    leaf = base64.b64encode(bytes(entry.leaf)).decode()
    page = come_back(client, receipt_text)
    early = page.press("proof")
    assert early.response["Content-Disposition"] == 'attachment; filename="catatan.txt"'
    assert leaf in early.html and "tlog-proof" not in early.html
    now = timezone.now()
    ledger.release_daily(on=timezone.localdate(now) + timezone.timedelta(days=1))
    ledger.publish(settings.LOG, at=now)
    assert "c2sp.org/tlog-proof@v1" in page.press("proof").html


def test_the_receipt_page_can_be_seen_again_in_the_other_language(
    client: Client, office: Office
) -> None:
    sent = written(client).press("send")
    english = sent.press("sent")
    assert receipt_on(english) == receipt_on(sent)
    assert "Write it on paper" in english


def test_every_step_with_a_wrong_receipt_does_nothing(client: Client, receipt_text: str) -> None:
    wrong = receipt_text[:-1] + ("0" if receipt_text[-1] != "0" else "1")
    for do in (
        "show",
        "reply",
        "add-files",
        "drop-files",
        "withdraw",
        "withdraw-now",
        "proof",
        "sent",
    ):
        page = post(client, "/lapor/kembali/", {"receipt": wrong, "do": do, "text": "x"})
        assert page.response.status_code == 200
        assert "terima" in page.text
    assert Report.objects.get().status == "received"
    assert not Message.objects.exists()


@pytest.mark.parametrize("once", ["", "x", "0" * 64])
def test_a_damaged_once_value_is_never_an_error_of_ours(
    client: Client, receipt_text: str, once: str
) -> None:
    body = {"receipt": receipt_text, "once": once, "staged": "x", "text": "Halo"}
    for do in ("reply", "add-files", "drop-files"):
        assert post(client, "/lapor/kembali/", body | {"do": do}).response.status_code == 200


def test_other_words_after_the_back_button_are_another_message(
    client: Client, receipt_text: str
) -> None:
    page = come_back(client, receipt_text)
    page.press("reply", text="Di aula.")
    changed = page.press("reply", text="Di balai desa.")
    assert "Di aula." in changed and "Di balai desa." in changed


def test_words_and_files_that_are_not_sent_yet_survive_every_button(
    client: Client, receipt_text: str
) -> None:
    page = come_back(client, receipt_text)
    page = post(
        client, "/lapor/kembali/", page.filled() | {"do": "reply", "files": upload("a.txt")}
    )
    assert "a.txt" in page
    english = page.press("show", text="Belum selesai.")
    assert "a.txt" in english and english.form.values["text"] == ["Belum selesai."]
    kept = english.press("withdraw").press("show")
    assert "a.txt" in kept and kept.form.values["text"] == ["Belum selesai."]
    added = kept.press("add-files")
    assert added.form.values["text"] == ["Belum selesai."]


def test_what_is_wrong_stands_at_the_top_of_a_small_screen(
    client: Client, receipt_text: str
) -> None:
    page = come_back(client, receipt_text).press("reply", text="")
    assert "Mohon periksa" in page.html.split("</title>")[0]
    assert page.html.index('href="#id_text"') < page.html.index('id="id_text"')
