"""`timbang network measures`: from a file, from the loaded tables, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.conf import LazySettings

from tests.signals.network.test_measures import pyramid
from timbang.signals.network.commands import network

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "exchanges.jsonl"
    path.write_text("\n".join(json.dumps(row, default=str) for row in pyramid()), "utf-8")
    return path


def say(*words: object) -> Result:
    return CliRunner().invoke(network, ["measures", *map(str, words)])


def test_a_file_is_measured_and_innocent_explanations_are_told(file: Path) -> None:
    said = say(file)
    assert said.exit_code == 0, said.output
    assert "46 exchanges of 13 actors, 2021-01 to 2024-11" in said.stdout
    assert "merged: 8 have all of" in said.stdout
    assert "Kin, neighbours and colleagues" in said.stdout


def test_json_is_one_value(file: Path) -> None:
    told: dict[str, Any] = json.loads(say(file, "--json", "--most", 3).stdout)
    assert told["exchanges"] == 46
    assert len(told["pair_list"]) == 3


def test_limits_are_chosen(file: Path) -> None:
    told = json.loads(say(file, "--json", "--months", 5).stdout)
    assert told["readings"]["merged"]["pairs_with_all"] == 0


def test_without_a_file_the_loaded_tables_are_read(tmp_path: Path, settings: LazySettings) -> None:
    settings.TABLES = tmp_path / "tables"
    said = say("--json")
    assert "there is no exchange" in str(said.exception)


def test_a_day_of_knowing_is_for_the_tables(file: Path) -> None:
    assert "not for a file" in say(file, "--known-on", "2024-01-01").output
