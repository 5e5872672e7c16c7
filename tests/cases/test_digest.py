"""A digest a day: counts only, once, whatever dies; and a real mail server on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from django.test import override_settings
from django.urls import reverse

from tests.accounts.mailserver import mail_server
from tests.cases.conftest import AT, SECRET_NAME, TJAHJO, file_report, log_in
from timbang.accounts import mailing
from timbang.accounts.models import Absence, Mail, MailAddress
from timbang.cases import actions
from timbang.cases.actions import reminding
from timbang.cases.course import today
from timbang.cases.models import Case, DigestSent
from timbang.cases.vault import Desk

# Ten in the morning in Jakarta, as `AT`; and five, before any digest.
EARLY = AT - timedelta(hours=5)


@pytest.fixture(autouse=True)
def with_mail() -> Iterator[None]:
    sender = override_settings(
        SMTP_URL="smtp+insecure://127.0.0.1:9", MAIL_FROM="meja@timbang.invalid",
        DESK_URL="https://meja.example.invalid",
    )  # fmt: skip
    with sender:
        yield


def wants(desk: Desk, language: str = "id", *, confirmed: bool = True) -> MailAddress:
    return MailAddress.objects.create(
        officer=desk.officer, address=f"{desk.officer.login}@kantor.invalid", language=language,
        code=b"x" * 32, asked_on=AT.date(), confirmed_on=AT.date() if confirmed else None,
    )  # fmt: skip


def test_a_digest_holds_counts_and_where_the_desk_is(case: Case, alice: Desk) -> None:
    wants(alice)
    assert reminding.write_digests(at=AT) == 1
    with mail_server() as (box, server):
        assert mailing.send_due(at=AT, server=server, clock=lambda: AT) == 1
    (came,) = box.came
    told = came["Subject"] + came.get_content()
    assert "1 hal menunggu Anda" in told or "1 thing" in told
    assert "https://meja.example.invalid/meja/" in told
    for word in (*TJAHJO.name.split(), SECRET_NAME, case.number, "BAWASLU", "2026", "laporan"):
        assert word.lower() not in told.lower()


def test_a_digest_is_written_once_a_day(case: Case, alice: Desk) -> None:
    wants(alice)
    for hours in (0, 1, 5, 12):
        reminding.write_digests(at=AT + timedelta(hours=hours))
    assert Mail.objects.count() == 1
    # 10:00 + 14 h is midnight in Jakarta; the next one comes at six.
    reminding.write_digests(at=AT + timedelta(hours=15))
    assert Mail.objects.count() == 1
    reminding.write_digests(at=AT + timedelta(hours=20))
    assert Mail.objects.count() == 2


def test_a_clock_that_is_set_back_writes_no_second_one(case: Case, alice: Desk) -> None:
    wants(alice)
    reminding.write_digests(at=AT + timedelta(days=1))
    reminding.write_digests(at=AT)
    reminding.write_digests(at=AT + timedelta(days=1))
    assert DigestSent.objects.filter(officer=alice.officer).count() == 2


def test_nothing_is_written_before_six_in_the_officers_own_place(case: Case, alice: Desk) -> None:
    wants(alice)
    assert reminding.write_digests(at=EARLY) == 0
    assert not DigestSent.objects.exists()


def test_who_has_nothing_to_do_gets_no_mail(alice: Desk) -> None:
    wants(alice)
    assert reminding.write_digests(at=AT) == 0
    assert DigestSent.objects.get().mail is None


def test_who_is_away_gets_no_mail(case: Case, alice: Desk) -> None:
    wants(alice)
    on = today(alice.organ, AT)
    Absence.objects.create(
        officer=alice.officer, roles=[], from_on=on, until_on=on, entered_on=on,
        entered_by=alice.officer,
    )  # fmt: skip
    assert reminding.write_digests(at=AT) == 0


def test_an_address_that_was_not_confirmed_gets_nothing(case: Case, alice: Desk) -> None:
    wants(alice, confirmed=False)
    assert reminding.write_digests(at=AT) == 0


def test_without_a_mail_server_no_digest_is_written(case: Case, alice: Desk) -> None:
    wants(alice)
    with override_settings(SMTP_URL=""):
        assert reminding.write_digests(at=AT) == 0


def test_a_report_counts_and_is_not_told(case: Case, alice: Desk) -> None:
    wants(alice, "en")
    file_report(alice.organ)
    actions.route_new_reports(at=AT)
    reminding.write_digests(at=AT)
    mail = Mail.objects.get()
    assert "2 things wait for you" in mail.subject
    assert "report" not in (mail.subject + mail.body).lower()


def test_what_died_between_row_and_mail_left_neither(
    case: Case, alice: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    wants(alice)

    def dies(*_args: object, **_words: object) -> Mail:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(mailing, "write", dies)
        with pytest.raises(KeyboardInterrupt):
            reminding.write_digests(at=AT)
    assert not DigestSent.objects.exists()
    assert reminding.write_digests(at=AT) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_and_send_one(case: Case, alice: Desk) -> None:
    wants(alice)
    ready = threading.Barrier(4)

    def work() -> None:
        ready.wait()
        try:
            reminding.write_digests(at=AT)
            mailing.send_due(at=AT, server=server, clock=lambda: AT)
        finally:
            connections.close_all()

    with mail_server(slow_rcpt=0.05) as (box, server):
        workers = [threading.Thread(target=work) for _worker in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        mailing.send_due(at=AT, server=server, clock=lambda: AT)
    assert len(box.came) == DigestSent.objects.count() == 1


def test_the_page_goes_from_address_to_code_to_digest(case: Case, alice: Desk) -> None:
    client, place = log_in("alice"), reverse("cases:reminders")
    client.post(place, {"do": "mail", "address": "alice@kantor.invalid"})
    mail = Mail.objects.get()
    code = next(word for word in mail.body.split() if len(word) == 8 and word.isupper())
    wrong = client.post(place, {"do": "code", "code": "AAAAAAAA"}).content.decode()
    assert "not the code" in wrong
    client.post(place, {"do": "code", "code": code})
    assert MailAddress.objects.get().confirmed_on is not None
    client.post(place, {"do": "no-mail"})
    assert not MailAddress.objects.exists()


def test_the_moment_of_the_test_is_a_morning() -> None:
    assert datetime(2026, 11, 2, 3, 0, tzinfo=UTC) == AT
