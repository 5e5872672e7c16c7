"""English words with two meanings read in Indonesian as what they mean on their page."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.policy import scene
from tests.policy.conftest import AT, Cast, seated
from timbang.policy import actions, addresses
from timbang.policy.actions import promising

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


def heads(html: str) -> list[str]:
    return re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', html)


def test_a_document_that_was_sought_is_not_found_and_not_too_little(cast: Cast) -> None:
    dossier = scene.observed(cast)
    told = actions.Told(stage="technocracy", kind="study", state="missing", sought="Situs.")
    actions.add_piece(dossier, told, seen=scene.now(dossier), by=cast.watcher, at=AT)
    actions.publish(dossier, seen=scene.now(dossier), by=cast.watcher, at=AT)
    html = Client().get(f"/kebijakan/{addresses.slug_of(dossier.number)}/").content.decode()
    assert ">Tidak ditemukan</span>" in html
    assert "Kurang<" not in html
    assert 'id="state">Sampai di mana<' in html


def test_the_number_of_a_promise_or_dossier_is_its_nomor(cast: Cast) -> None:
    scene.observed(cast)
    promised = promising.Promised(
        kind="plan", who="RPJMD Contoh", text="Seribu anak sarapan.", source="RPJMD (rekaan)",
        read_on=AT.date(), region_code="32.04",
    )  # fmt: skip
    row = promising.record_promise(promised, by=cast.watcher, at=AT, once=uuid4())
    desk = seated(cast.watcher)
    for client, address in (
        (Client(), "/kebijakan/janji/"),
        (desk, "/meja/kebijakan/janji/"),
        (desk, "/meja/kebijakan/amati/"),
    ):
        found = heads(client.get(address).content.decode())
        assert found[0] == "Nomor", address
    html = Client().get(f"/kebijakan/janji/{row.pk}/").content.decode()
    assert "<dt>Jumlah uang yang disebut</dt>" in html


def test_a_measure_of_the_lane_runs_since_a_day(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast)
    html = Client().get(f"/kebijakan/{addresses.slug_of(dossier.number)}/").content.decode()
    assert "<dt>Sejak</dt>" in html
    assert "<dt>Dari</dt>" not in html
