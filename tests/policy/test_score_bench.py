"""The fast path of bench/policy_score.py owes and settles what the acts do."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.policy import scene
from tests.policy.conftest import AT, Cast, days_later
from timbang.law import policy as law
from timbang.law.refusal import Refusal
from timbang.ledger import actions as ledger
from timbang.policy import actions, course, parts, published, score
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


@pytest.mark.parametrize("days", [10, 60, 61, 80])
def test_a_revoked_lane_is_owed_and_dropped_alike(cast: Cast, bench: ModuleType, days: int) -> None:
    """The study falls due after 60 days, the clearances after 75."""
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast, at=days_later(5))
    scene.step(dossier, "revoke", cast.head, "Selesai.", at=days_later(5 + days))
    walk = bench.Walk(dossier.number, lambda *_each: None)
    sunset = (date.fromisoformat(scene.LANE["sunset_on"]) - DAY).days - 5
    assert told(walk.lane(DAY, sunset=sunset, revoked=days)) == told(real(cast, dossier))


def test_a_clearance_waits_for_the_study_alike(cast: Cast, bench: ModuleType) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast, at=days_later(5))
    scene.write(dossier, cast.lawyer, "legal_clearance", at=days_later(6))
    scene.untied(dossier, cast.lawyer, at=days_later(6))
    with pytest.raises(Refusal, match="comes first"):
        scene.pay(dossier, "legal_clearance", cast.lawyer, at=days_later(6))
    scene.write(dossier, cast.analyst, *scene.STUDY, at=days_later(20))
    for code, officer in (("study", cast.analyst), ("legal_clearance", cast.lawyer)):
        scene.pay(dossier, code, officer, at=days_later(20))
    wished = {"study": days_later(20).date(), "legal_clearance": days_later(6).date()}
    walk = bench.Walk(dossier.number, lambda _kind, step, _on, _due: wished.get(step))
    actions.lapse_due(at=days_later(91))
    sunset = (date.fromisoformat(scene.LANE["sunset_on"]) - DAY).days - 5
    assert told(walk.lane(DAY, sunset=sunset)) == told(real(cast, dossier))


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


def letters(kind: str) -> dict[str, Any]:
    """A part as somebody fills it who only wants it filled."""
    body = parts.read(kind, scene.PARTS[kind])

    def filled(value: Any) -> Any:
        return "x" if isinstance(value, str) and value not in law.GRADES else value

    rows = [{key: filled(each) for key, each in row.items()} for row in body.get("rows", [])]
    found = {key: filled(value) for key, value in body.items() if key != "rows"}
    return found | ({"rows": rows} if rows else {})


def test_one_evening_of_filler_pays_nothing_and_moves_no_entry(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast)
    for kind in scene.STUDY:
        actions.write_part(
            dossier, kind, letters(kind), seen=scene.now(dossier), by=cast.analyst, at=AT
        )
    for kind, officer in (("legal_clearance", cast.lawyer), ("budget_clearance", cast.treasurer)):
        body = {"text": "x"}
        actions.write_part(dossier, kind, body, seen=scene.now(dossier), by=officer, at=AT)
    for officer in (cast.lawyer, cast.treasurer, cast.auditor):
        scene.untied(dossier, officer)
    before = OpenEntry.objects.count()
    payers = {
        "notice": cast.head, "report": cast.head, "study": cast.analyst, "audit": cast.auditor,
        "legal_clearance": cast.lawyer, "budget_clearance": cast.treasurer,
    }  # fmt: skip
    for code, officer in payers.items():
        told = replace(scene.paper(code), title="x", says="x")
        why = "comes first" if code in score.CLEARANCES else "kata yang berbeda"
        with pytest.raises(Refusal, match=why):
            actions.pay_debt(
                dossier.debts.get(code=code), told, seen=scene.now(dossier), by=officer, at=AT
            )
    assert OpenEntry.objects.count() == before
    assert dossier.debts.owed().count() == 7


def test_a_study_of_filler_is_saved_and_not_handed_in(cast: Cast) -> None:
    dossier = scene.opened(cast)
    for kind in scene.STUDY:
        actions.write_part(
            dossier, kind, letters(kind), seen=scene.now(dossier), by=cast.analyst, at=AT
        )
    scene.untied(dossier, cast.analyst)
    before = OpenEntry.objects.count()
    with pytest.raises(Refusal) as refused:
        scene.step(dossier, "submitted", cast.analyst)
    for said in ("0 kata yang berbeda, sedikitnya 10", "Risiko: baris 1", "Pendapat ahli"):
        assert said in str(refused.value.message["id"])  # type: ignore[index]
    assert OpenEntry.objects.count() == before


def test_the_study_of_another_dossier_is_not_handed_in_again(cast: Cast) -> None:
    first, second = scene.opened(cast), scene.opened(cast, title="Sarapan lagi")
    scene.studied(first, cast)
    for kind in scene.STUDY:
        body = scene.PARTS[kind]
        actions.write_part(second, kind, body, seen=scene.now(second), by=cast.analyst, at=AT)
    scene.untied(second, cast.analyst)
    with pytest.raises(Refusal, match=first.number):
        scene.step(second, "submitted", cast.analyst)
    # The older one stays complete, and the newer one is once it says what is its own.
    assert course.copied(first) == {}
    assert course.copied(second).keys() == set(scene.STUDY) - {"experts"}
    scene.write(second, cast.analyst, *(kind for kind in scene.STUDY if kind != "experts"))
    scene.step(second, "submitted", cast.analyst)


def test_the_same_paper_does_not_pay_twice(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast)
    scene.pay(dossier, "notice", cast.head)
    says = scene.paper("notice", number=dossier.number).says
    told = replace(scene.paper("report"), says=says)
    with pytest.raises(Refusal, match="dokumen lain kantor ini"):
        actions.pay_debt(
            dossier.debts.get(code="report"), told, seen=scene.now(dossier), by=cast.head, at=AT
        )


def earned(cast: Cast, on: date) -> set[str]:
    ledger.sequence(at=AT)
    shown = [*published.entries_of(cast.office.pk), *published.entries_of(cast.legal.pk)]
    mine = score.pair(each for each in shown if each.office == cast.office.code).items
    looks = score.looks(cast.office.code, shown)
    found = score.counted(score.looked_at(cast.office.code, mine, looks), on)
    return {step for _kind, step, _month in found}


def test_nothing_earns_before_another_office_has_cleared(cast: Cast) -> None:
    dossier, later = scene.opened(cast), days_later(14)
    scene.drafted(dossier, cast)
    scene.step(dossier, "concluded", cast.analyst, at=later)
    assert earned(cast, later.date()) == set()
    scene.write(dossier, cast.lawyer, "legal_clearance", at=later)
    assert earned(cast, later.date()) == set()
    scene.untied(dossier, cast.lawyer, at=later)
    scene.step(dossier, "cleared", cast.lawyer, at=later)
    assert earned(cast, later.date()) == {"study", "review", "drafting"}
    looked = published.score_of(cast.office, later.date()).score
    assert looked.counts["in_time"] == 4


def test_to_go_into_the_lane_while_it_waits_for_clearance_is_no_clearance(cast: Cast) -> None:
    dossier, later = scene.opened(cast), days_later(14)
    scene.drafted(dossier, cast)
    scene.step(dossier, "concluded", cast.analyst, at=later)
    scene.in_lane(dossier, cast, at=later)
    left = next(
        each for each in (ledger.sequence(at=AT), published.entries_of(cast.legal.pk))[1]
        if each.act == score.DONE
    )  # fmt: skip
    assert (left.by, left.outcome) == (cast.office.code, "use_lane_disaster")
    assert earned(cast, later.date()) == set()


def test_a_debt_of_clearance_says_who_paid_it(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast)
    scene.write(dossier, cast.analyst, *scene.STUDY)
    scene.pay(dossier, "study", cast.analyst)
    assert earned(cast, DAY) == set()
    scene.write(dossier, cast.lawyer, "legal_clearance")
    scene.untied(dossier, cast.lawyer)
    scene.pay(dossier, "legal_clearance", cast.lawyer)
    assert earned(cast, DAY) == {"study", "legal_clearance"}


def test_the_bench_runs_on_a_few_offices(
    bench: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.main(["--offices", "6", "--decisions", "60", "--draws", "20"])
    lines = capsys.readouterr().out
    assert "Spearman" in lines
    assert "empty studies" in lines
    nothing = (
        "empty studies",
        "filler in studies and papers",
        "a decision a day, cleared by itself",
    )
    for trick in nothing:
        (line,) = [line for line in lines.splitlines() if line.startswith(trick)]
        assert line.removeprefix(trick).split()[:2] == ["+0.0", "(+0.0)"], line
