"""The power goes while a worker talks to the mail server: nothing is lost, nothing goes twice."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import pytest
from django.db import connections

from tests.accounts.conftest import AT, make_officer, make_organ
from tests.accounts.mailserver import mail_server
from tests.accounts.test_mailing import send, state, write
from timbang.accounts import mailing
from timbang.accounts.models import Mail
from timbang.accounts.smtp import Server

pytestmark = pytest.mark.django_db(transaction=True)
LATER = AT + 2 * mailing.TALK


def killed_worker(server: Server, reached: Callable[[], bool]) -> None:
    """Another process that sends, and dies by kill -9 as soon as the server has reached a place."""
    connections.close_all()
    worker = os.fork()
    if worker == 0:
        try:
            mailing.send_due(at=AT, server=server, clock=lambda: AT)
        finally:
            os._exit(0)
    until = time.monotonic() + 30
    while not reached():
        assert time.monotonic() < until, "the worker never came so far"
        time.sleep(0.01)
    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)


@pytest.fixture
def mail(db: None) -> Mail:
    return write(make_officer(make_organ(), "bob", "examiner"))


def test_killed_before_the_words_were_given_away_it_is_sent_by_the_next(mail: Mail) -> None:
    with mail_server(slow_rcpt=3.0) as (box, server):
        killed_worker(server, lambda: box.asked == 1)
        box.slow_rcpt = 0.0
        assert state(mail) == Mail.State.SENDING
        assert send(server, LATER) == 1
        assert send(server, LATER) == 0
        assert len(box.came) == 1


def test_killed_after_the_words_were_given_away_it_is_not_sent_again(mail: Mail) -> None:
    with mail_server(slow_data=3.0) as (box, server):
        killed_worker(server, lambda: len(box.came) == 1)
        box.slow_data = 0.0
        assert send(server, LATER) == 0
        assert len(box.came) == 1
    assert state(mail) == Mail.State.UNSURE
