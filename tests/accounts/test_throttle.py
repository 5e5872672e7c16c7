"""Guessing gets slower, for every login, existing or not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.accounts.conftest import AT
from timbang.accounts import throttle
from timbang.accounts.models import LoginDelay


@given(st.integers(0, 10_000))
def test_the_wait_grows_and_never_shuts_anyone_out_for_long(failures: int) -> None:
    assert throttle.wait(failures) <= throttle.wait(failures + 1) <= timedelta(minutes=5)


def test_four_wrong_passwords_are_free_then_it_doubles() -> None:
    seconds = [throttle.wait(n).total_seconds() for n in range(1, 9)]
    assert seconds == [0, 0, 0, 0, 2, 4, 8, 16]


@pytest.mark.django_db
def test_a_day_of_guessing_is_a_few_hundred_guesses() -> None:
    at, guesses = AT, 0
    while at < AT + timedelta(days=1):
        try:
            throttle.admit("alice", at=at)
            guesses += 1
        except throttle.TooSoon:
            at += timedelta(minutes=1)
    assert 200 < guesses < 400


@pytest.mark.django_db
def test_an_attempt_that_came_too_soon_makes_the_wait_no_longer() -> None:
    for _attempt in range(5):
        throttle.admit("alice", at=AT)
    until = LoginDelay.objects.get().until
    for _attempt in range(9):
        with pytest.raises(throttle.TooSoon):
            throttle.admit("ALICE ", at=AT)
    assert LoginDelay.objects.get().until == until
    throttle.admit("alice", at=until)


@pytest.mark.django_db
def test_a_quiet_day_is_forgotten_and_no_login_is_written_down() -> None:
    throttle.admit("alice", at=AT)
    assert b"alice" not in bytes(LoginDelay.objects.get().digest)
    throttle.admit("bob", at=AT + timedelta(days=1, seconds=1))
    assert LoginDelay.objects.count() == 1
