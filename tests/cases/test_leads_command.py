"""`timbang leads bring`: from loaded tables to leads at the desk, and nothing twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.conf import LazySettings

from tests.cases.conftest import PASSWORD, Office
from tests.cases.test_leads import bought
from tests.registry.loader import Loader
from timbang.cases.commands import leads
from timbang.law.refusal import Refusal
from timbang.ledger.models import Entry
from timbang.signals import catalogue, running
from timbang.signals.models import Lead

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def facts(tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Loader:
    """Two detectors: all of them would take their time."""
    found = Loader(tmp_path)
    settings.TABLES, settings.SIGNALS = found.store.folder, tmp_path / "signals"
    few = {code: catalogue.detector(code) for code in ("R018", "R003")}
    monkeypatch.setattr(catalogue, "detectors", lambda: few)
    bought(found)
    return found


def say(*words: str, stdin: str = "") -> Result:
    return CliRunner().invoke(leads, ["bring", *words], input=stdin)


def test_leads_are_brought_once(facts: Loader) -> None:
    first = json.loads(say("--json").stdout)
    assert [(each["detector"], each["brought"]) for each in first] == [
        ("R018", True),
        ("R003", True),
    ]
    assert Lead.objects.get().subject == "sendiri"
    entries = Entry.objects.filter(act="leads.brought").count()
    assert entries == 2
    again = json.loads(say("--json").stdout)
    assert [each["brought"] for each in again] == [False, False]
    assert [each["run"] for each in again] == [each["run"] for each in first]
    assert Entry.objects.filter(act="leads.brought").count() == entries
    assert "2 of 2 detectors found nothing" in say().stdout


def test_a_detector_that_breaks_does_not_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = running.run

    def broken(detector, *given, **named):  # type: ignore[no-untyped-def]
        if detector.code == "R018":
            raise Refusal("this one is broken")
        return real(detector, *given, **named)

    monkeypatch.setattr(running, "run", broken)
    said = say("--json")
    assert said.exit_code == 1
    told = {each["detector"]: each for each in json.loads(said.stdout)}
    assert told["R018"] == {"detector": "R018", "error": "this one is broken"}
    assert told["R003"]["brought"]


def test_a_holder_opens_decided_cases_with_his_password(bawaslu: Office) -> None:
    assert say("--holder", "alice", stdin=f"{PASSWORD}\n").exit_code == 0
    assert say("--holder", "alice", stdin="wrong\n").exit_code == 1
    assert "There is no officer 'nobody'" in say("--holder", "nobody").output
