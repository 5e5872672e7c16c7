"""Another system reads published dossiers: with any key, public columns only."""

from __future__ import annotations

import pytest

from tests.policy import scene
from tests.policy.conftest import Cast
from tests.web.api_calls import System, make_system
from timbang.policy import addresses

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


@pytest.fixture
def system(cast: Cast) -> System:
    return make_system(cast.watchers)


def test_published_dossiers_are_listed_some_at_a_time(system: System, cast: Cast) -> None:
    numbers = {scene.opened(cast).number for _ in range(3)}
    draft = scene.observed(cast)
    first = system.get("/v1/dossiers?limit=2")
    assert first.status == 200
    rest = system.get(f"/v1/dossiers?limit=2&after={first.value['after']}")
    rows = first.value["items"] + rest.value["items"]
    assert {row["number"] for row in rows} == numbers
    assert rest.value["after"] is None
    assert draft.number not in str(rows)
    assert system.get("/v1/dossiers?office=dinas-z").value["items"] == []
    assert len(system.get("/v1/dossiers?office=dinas-a").value["items"]) == 3
    assert system.get("/v1/dossiers?ofice=dinas-a").status == 422


def test_one_dossier_comes_with_its_tables_and_without_names(system: System, cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast)
    answer = system.get(f"/v1/dossiers/{addresses.slug_of(dossier.number)}")
    assert answer.status == 200
    assert answer.value["number"] == dossier.number
    codes = {row["code"] for row in answer.value["tables"]["debts"]}
    assert codes == set(dossier.debts.values_list("code", flat=True))
    assert "kepala" not in str(answer.value).lower().split()
    assert cast.head.name not in str(answer.value)


def test_a_draft_does_not_exist_and_a_key_is_needed(system: System, cast: Cast) -> None:
    draft = scene.observed(cast)
    assert system.get(f"/v1/dossiers/{addresses.slug_of(draft.number)}").status == 404
    assert system.get("/v1/dossiers/k-9999-dinas-a-2026").status == 404
    system.token = "tbk_00000000_" + "x" * 43
    assert system.get("/v1/dossiers").status == 401
