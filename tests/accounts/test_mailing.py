"""A mail goes out once, whatever happens; nothing else than what was written goes out."""

from __future__ import annotations

import re
import ssl
from datetime import datetime, timedelta

import pytest
from django.test import override_settings

from tests.accounts.conftest import AT, make_officer
from tests.accounts.mailserver import free_port, mail_server
from timbang.accounts import mailing, smtp
from timbang.accounts.models import Mail, MailAddress, Officer, Organ
from timbang.accounts.smtp import Server, server_of
from timbang.law.refusal import Refusal
from timbang.ledger.models import Entry

State = Mail.State
MAILS = override_settings(SMTP_URL="smtp+insecure://127.0.0.1", MAIL_FROM="meja@timbang.invalid")


@pytest.fixture
def bob(organ: Organ) -> Officer:
    return make_officer(organ, "bob", "examiner")


def write(
    officer: Officer, subject: str = "Tiga hal", *, address: str = "bob@kantor.invalid"
) -> Mail:
    return mailing.write(
        officer, address, subject=subject, body="Tiga hal menunggu.\n.\n", at=AT,
        useless_after=AT + timedelta(hours=20),
    )  # fmt: skip


def send(server: Server, at: datetime = AT, seconds: float = 2.0) -> int:
    return mailing.send_due(at=at, server=server, clock=lambda: at, seconds=seconds)


def state(mail: Mail) -> str:
    mail.refresh_from_db()
    return mail.state


def test_a_mail_arrives_word_for_word_and_its_words_are_forgotten(bob: Officer) -> None:
    mail = write(bob)
    with mail_server() as (box, server):
        assert send(server) == 1
        assert send(server) == 0
    (came,) = box.came
    assert came["To"] == "bob@kantor.invalid"
    assert came["Subject"] == "Tiga hal"
    assert came["Message-ID"] == f"<{mail.pk}@timbang.invalid>"
    assert came["Auto-Submitted"] == "auto-generated"
    assert came.get_content().replace("\r\n", "\n") == "Tiga hal menunggu.\n.\n"
    assert state(mail) == State.SENT
    assert (mail.subject, mail.body) == ("", "")


def test_while_the_server_is_down_a_mail_waits_longer_and_longer(bob: Officer) -> None:
    mail, down = (
        write(bob),
        Server("smtp+insecure", "127.0.0.1", free_port(), "", "", "a@b.invalid"),
    )
    pauses, at = [], AT
    for _try in range(9):
        assert send(down, at) == 0
        mail.refresh_from_db()
        pauses.append((mail.not_before - at).total_seconds() / 60)
        at = mail.not_before
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    with mail_server() as (box, server):
        assert send(server, at) == 1
    assert len(box.came) == 1


@pytest.mark.parametrize("said", ["450 later", "421 too busy"])
@pytest.mark.parametrize("where", ["rcpt", "data"])
def test_a_server_that_takes_nothing_now_is_asked_again(
    bob: Officer, where: str, said: str
) -> None:
    mail = write(bob)
    with mail_server(**{where: said}) as (box, server):
        assert send(server) == 0
        assert state(mail) == State.WAITING
        setattr(box, where, "250 OK")
        assert send(server, AT + timedelta(minutes=2)) == 1
        assert len(box.came) == 1


@pytest.mark.parametrize("where", ["rcpt", "data"])
def test_a_refusal_for_good_is_the_end_and_holds_up_no_other_mail(bob: Officer, where: str) -> None:
    first, second = write(bob, "satu"), write(bob, "dua")
    with mail_server(**{where: "550 no such person"}) as (box, server):
        assert send(server) == 0
        assert {state(first), state(second)} == {State.REFUSED}
        assert box.came == []
    with mail_server() as (box, server):
        assert send(server, AT + timedelta(hours=1)) == 0


def test_no_answer_after_the_words_is_never_sent_twice(bob: Officer) -> None:
    mail = write(bob)
    with mail_server(slow_data=3.0) as (box, server):
        assert send(server, seconds=0.3) == 0
        assert state(mail) == State.UNSURE
        box.slow_data = 0.0
        assert send(server, AT + timedelta(hours=1)) == 0
        assert len(box.came) == 1


def test_a_server_that_hangs_up_after_the_words_is_never_given_them_twice(bob: Officer) -> None:
    mail = write(bob)
    with mail_server(hang_up=True) as (box, server):
        send(server)
        box.hang_up = False
        send(server, AT + timedelta(hours=1))
        assert len(box.came) == 1
    assert state(mail) == State.UNSURE


def test_a_slow_server_before_the_words_is_tried_again(bob: Officer) -> None:
    mail = write(bob)
    with mail_server(slow_rcpt=3.0) as (box, server):
        assert send(server, seconds=0.3) == 0
        assert state(mail) == State.WAITING
        box.slow_rcpt = 0.0
        assert send(server, AT + timedelta(minutes=2)) == 1
        assert len(box.came) == 1


def test_whoever_died_while_talking_is_followed_by_another_worker(bob: Officer) -> None:
    mail = write(bob)
    mailing._claimed(AT)
    with mail_server() as (box, server):
        assert send(server, AT + timedelta(minutes=4)) == 0
        assert send(server, AT + timedelta(minutes=6)) == 1
        assert len(box.came) == 1
    assert state(mail) == State.SENT


def test_whoever_died_while_giving_the_words_away_is_not_repeated(bob: Officer) -> None:
    mail = write(bob)
    Mail.objects.filter(pk=mail.pk).update(
        state=State.HANDING, claim=mail.pk, claimed_until=AT + mailing.TALK
    )
    with mail_server() as (box, server):
        assert send(server, AT + timedelta(hours=1)) == 0
        assert box.came == []
    assert state(mail) == State.UNSURE


def test_who_talked_too_long_gives_nothing_away_any_more(bob: Officer) -> None:
    """The first worker wakes up after the second one has taken over: only one of them hands on."""
    mail = write(bob)
    slow = mailing._claimed(AT)
    assert slow is not None
    later = AT + timedelta(minutes=6)
    with mail_server() as (box, server):
        assert send(server, later) == 1
        assert not mailing._talk(slow, server, lambda: later, 2.0)
        assert len(box.came) == 1
    assert state(mail) == State.SENT


def test_a_mail_of_yesterday_is_not_sent_today(bob: Officer) -> None:
    mail = write(bob)
    with mail_server() as (box, server):
        assert send(server, AT + timedelta(hours=21)) == 0
        assert box.came == []
    assert state(mail) == State.TOO_LATE
    mailing.put_right(at=AT + timedelta(days=32))
    assert not Mail.objects.exists()


def test_without_a_server_in_the_settings_nothing_is_sent(bob: Officer) -> None:
    write(bob)
    assert mailing.send_due(at=AT) == 0


def test_a_server_without_tls_gets_nothing_unless_it_is_said(bob: Officer) -> None:
    mail = write(bob)
    with mail_server() as (box, server):
        secure = Server("smtp", server.host, server.port, "", "", server.sender)
        assert send(secure) == 0
        assert box.came == []
    assert state(mail) == State.WAITING


@pytest.mark.parametrize(
    ("url", "sender", "wrong"),
    [
        ("http://mail.invalid", "a@b.c", "none of"),
        ("smtp://", "a@b.c", "no host"),
        ("smtps://mail.invalid", "nobody", "no mail address"),
    ],
)
def test_a_wrong_setting_is_told(url: str, sender: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        server_of(url, sender)


def test_a_setting_is_read() -> None:
    found = server_of("smtp://me%40x:s%2Fecret@mail.invalid", "Meja <a@b.c>")
    assert (found.user, found.password, found.port) == ("me@x", "s/ecret", 587)
    assert "ecret" not in repr(found)


def test_a_certificate_that_nobody_vouches_for_is_refused(
    bob: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def untrusted(*_args: object, **_kwargs: object) -> None:
        raise ssl.SSLCertVerificationError("self-signed")

    monkeypatch.setattr(smtp.smtplib.SMTP, "starttls", untrusted)
    mail = write(bob)
    with mail_server() as (box, server):
        secure = Server("smtp", server.host, server.port, "", "", server.sender)
        assert send(secure) == 0
        assert box.came == []
    assert state(mail) == State.WAITING


# An officer's address


def code_of(officer: Officer) -> str:
    found = re.search(r"\b[2-9A-Z]{8}\b", Mail.objects.get(officer=officer).body)
    assert found
    return found[0]


@MAILS
def test_an_address_counts_only_with_the_code_that_came_there(bob: Officer) -> None:
    mailing.ask_address("bob@kantor.invalid", language="id", by=bob, at=AT)
    row = MailAddress.objects.get(officer=bob)
    code = code_of(bob)
    assert code.encode() not in bytes(row.code)
    assert not mailing.confirm_address("XXXXXXXX", by=bob, at=AT)
    assert mailing.confirm_address(f" {code[:4]}-{code[4:].lower()} ", by=bob, at=AT)
    row.refresh_from_db()
    assert row.confirmed_on is not None
    acts = set(Entry.objects.values_list("act", flat=True))
    assert {"officer.address_asked", "officer.address_confirmed"} <= acts


@MAILS
def test_after_five_wrong_codes_the_right_one_is_none(bob: Officer) -> None:
    mailing.ask_address("bob@kantor.invalid", language="id", by=bob, at=AT)
    for _try in range(5):
        assert not mailing.confirm_address("WRONGONE", by=bob, at=AT)
    with pytest.raises(Refusal):
        mailing.confirm_address(code_of(bob), by=bob, at=AT)


@MAILS
def test_who_removes_his_address_gets_no_mail_that_waits(bob: Officer) -> None:
    mailing.ask_address("bob@kantor.invalid", language="id", by=bob, at=AT)
    mailing.remove_address(by=bob, at=AT)
    assert not Mail.objects.exists()
    assert not MailAddress.objects.exists()


def test_an_installation_without_mail_says_so(bob: Officer) -> None:
    with pytest.raises(Refusal):
        mailing.ask_address("bob@kantor.invalid", language="id", by=bob, at=AT)


@MAILS
def test_no_address_stands_in_the_log(bob: Officer) -> None:
    mailing.ask_address("bob@kantor.invalid", language="id", by=bob, at=AT)
    assert not any("kantor" in str(body) for body in Entry.objects.values_list("body", flat=True))
