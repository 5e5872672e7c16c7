"""The invented policies of the demo: what their pages are there to show can be seen on them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from timbang.policy.models import Promise
from timbang.web.demo import policies, province, seed

NOW = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
KINDS = ("policy_office", "clearing_office", "policy_observer")

pytestmark = pytest.mark.django_db


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> None:
    """The offices of policy and their stories, without the rest of the province."""
    offices = tuple(each for each in province.OFFICES if each.kind in KINDS)
    codes = {each.code for each in offices}
    monkeypatch.setattr(province, "OFFICES", offices)
    officers = tuple(each for each in province.OFFICERS if each[2] in codes)
    monkeypatch.setattr(province, "OFFICERS", officers)
    stage = seed.Stage(NOW)
    with translation.override("id"):
        seed._offices(stage)
        policies.play(lambda ago: NOW - timedelta(days=ago))


def test_what_came_of_the_promise_stands_beside_it_as_a_share(played: None) -> None:
    promise = Promise.objects.get()
    address = reverse("dockets:promise", args=[promise.pk])
    page = Client().get(address).content.decode()
    assert "3.120 siswa yang menerima seragam" in page
    assert "78" in page.split("3.120 siswa")[1].split("</tr>")[0]
