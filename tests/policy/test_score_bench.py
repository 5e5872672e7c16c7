"""The fast path of bench/policy_score.py owes and settles what the acts do."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType

import pytest

from tests.policy import scene
from tests.policy.conftest import AT, Cast, days_later
from timbang.law.refusal import Refusal
from timbang.ledger import actions as ledger
from timbang.policy import actions, published, score
from timbang.policy.models import Dossier, OpenEntry

pytestmark = pytest.mark.django_db

FILE = Path(__file__).parents[2] / "bench" / "policy_score.py"
DAY = AT.date()


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_policy_score", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def told(items: list[score.Item] | tuple[score.Item, ...]) -> set[tuple[object, ...]]:
    return {(i.kind, i.step, i.owed_on, i.due, i.settled_on, i.dropped) for i in items}


def real(cast: Cast, dossier: Dossier) -> tuple[score.Item, ...]:
    ledger.sequence(at=AT)
    paired = score.pair(published.entries_of(cast.office.pk))
    assert not paired.strays
    return tuple(item for item in paired.items if item.dossier == dossier.number)


def test_a_lapsed_lane_is_owed_and_dropped_alike(cast: Cast, bench: ModuleType) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast, at=days_later(5), sunset_on=f"{DAY + timedelta(days=35)}")
    scene.pay(dossier, "notice", cast.head, at=days_later(6))
    scene.pay(dossier, "report", cast.head, at=days_later(30))
    assert actions.lapse_due(at=days_later(36)) == 1
    paid = {"notice": DAY + timedelta(days=6), "report": DAY + timedelta(days=30)}
    walk = bench.Walk(dossier.number, lambda _kind, step, _on, _due: paid.get(step))
    assert told(walk.lane(DAY, sunset=30)) == told(real(cast, dossier))


def test_a_revoked_lane_is_owed_and_dropped_alike(cast: Cast, bench: ModuleType) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast, at=days_later(5))
    scene.step(dossier, "revoke", cast.head, "Selesai.", at=days_later(15))
    walk = bench.Walk(dossier.number, lambda *_each: None)
    sunset = (date.fromisoformat(scene.LANE["sunset_on"]) - DAY).days - 5
    assert told(walk.lane(DAY, sunset=sunset, revoked=10)) == told(real(cast, dossier))


def test_all_stages_are_owed_alike(cast: Cast, bench: ModuleType) -> None:
    """Each step of the office is left on the day on which it began."""
    dossier = scene.opened(cast)
    scene.evaluated(dossier, cast)
    walk = bench.Walk(dossier.number, lambda _kind, _step, on, _due: on)
    made = {(i.kind, i.step) for i in walk.full(DAY, executes=0)}
    assert made == {(i.kind, i.step) for i in real(cast, dossier)}
    for item in real(cast, dossier):
        assert item.due == bench.due_on(item.kind, item.step, item.owed_on)


def test_an_empty_study_pays_nothing_and_moves_no_entry(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast)
    before = OpenEntry.objects.count()
    with pytest.raises(Refusal, match="not complete"):
        scene.pay(dossier, "study", cast.analyst, at=days_later(3))
    assert OpenEntry.objects.count() == before
    left = next(i for i in real(cast, dossier) if (i.kind, i.step) == ("debt", "study"))
    assert left.state(DAY + timedelta(days=61)) == "overdue"


def test_the_bench_runs_on_a_few_offices(
    bench: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.main(["--offices", "6", "--decisions", "60", "--draws", "20"])
    lines = capsys.readouterr().out
    assert "Spearman" in lines
    assert "empty studies" in lines
