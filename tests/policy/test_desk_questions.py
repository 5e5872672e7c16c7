"""The page of a dossier asks the database a fixed number of questions, however much stands in it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.policy import scene
from tests.policy.conftest import AT, Cast, seated
from tests.policy.test_many_comments import came
from timbang.policy import actions
from timbang.policy.models import Dossier

pytestmark = pytest.mark.django_db
MOST = 30
LOGINS = ("analis", "kepala", "pelaksana", "hukum", "pemantau")


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


def questions(cast: Cast, dossier: Dossier) -> dict[str, int]:
    """How many questions the page asks for each of them."""
    counted = {}
    for login in LOGINS:
        client, address = seated(cast.by_login(login)), f"/en/meja/kebijakan/{dossier.pk}/"
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        assert answer.status_code == 200
        counted[login] = len(asked)
    return counted


def filled(dossier: Dossier, cast: Cast) -> None:
    """Much more of everything: versions, documents, milestones, comments, declared interests."""
    for number in range(6):
        body: dict[str, Any] = scene.PARTS["problem"] | {"text": f"Naskah ke-{number}."}
        actions.write_part(
            dossier, "problem", body, seen=scene.now(dossier), by=cast.analyst, at=AT
        )
        told = scene.paper("study")
        actions.add_piece(dossier, told, seen=scene.now(dossier), by=cast.analyst, at=AT)
        scene.planned(dossier, cast)
        scene.untied(dossier, cast.analyst)
    came(dossier, 300, names=("Ayu",))


@pytest.mark.parametrize("stands_at", ["study", "lane"])
def test_a_page_with_much_on_it_asks_no_more_than_one_with_little(
    cast: Cast, stands_at: str
) -> None:
    dossier = scene.opened(cast)
    scene.write(dossier, cast.analyst, *scene.STUDY)
    scene.planned(dossier, cast)
    told = scene.paper("study")
    actions.add_piece(dossier, told, seen=scene.now(dossier), by=cast.analyst, at=AT)
    came(dossier, 1)
    if stands_at == "lane":
        scene.in_lane(dossier, cast)
        scene.pay(dossier, "notice", cast.head)
    scene.untied(dossier, cast.analyst)
    little = questions(cast, dossier)
    filled(dossier, cast)
    assert questions(cast, dossier) == little
    assert max(little.values()) <= MOST, little
