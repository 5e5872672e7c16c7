"""`timbang load`, `timbang tables`, `timbang export` as a person types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.conf import settings

from tests.registry.loader import lines_of, release
from timbang.cli import main

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "TABLES", tmp_path / "tables")
    monkeypatch.setattr(settings, "KEYS", tmp_path / "keys")
    (tmp_path / "city.jsonl").write_text(lines_of([release("1"), release("2")]))
    return tmp_path


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def said(*words: object) -> Any:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_load_reports_and_its_tables_can_be_listed_shown_and_exported(folder: Path) -> None:
    done = run("load", "ocds", folder / "city.jsonl", "--region", "32.73")
    assert done.exit_code == 0, done.output
    assert "2 records read, 2 kept, 0 refused" in done.output
    assert "version 1" in done.output
    again = run("load", "ocds", folder / "city.jsonl", "--region", "32.73")
    assert "nothing new: the tables are as they were" in again.output
    listed = said("tables", "list", "--json")[0]
    assert {row["table"]: row["rows"] for row in listed}["contracts"] == 2
    shown = said("tables", "show", "procurements", "--limit", "1")
    assert [row["region_code"] for row in shown] == ["32.73"]
    exported = run("export", "csv", "contracts", folder / "c.csv")
    assert "2 rows in" in exported.output
    assert (folder / "c.csv").read_bytes().count(b"\r\n") == 3
    assert not list(folder.glob(".*.part"))


def test_a_trial_says_so(folder: Path) -> None:
    assert (
        "a trial: nothing was kept"
        in run("load", "ocds", folder / "city.jsonl", "--dry-run").output
    )
    assert run("tables", "list").output == "no facts yet: timbang load SOURCE FILE\n"


def test_a_load_that_looks_wrong_ends_with_status_1_and_its_report(folder: Path) -> None:
    (folder / "bad.jsonl").write_text(lines_of([release("1")]) + "x\n")
    done = run("load", "ocds", folder / "bad.jsonl")
    assert done.exit_code == 1
    assert "refused bad.jsonl:2: not JSON" in done.output
    assert "DOES NOT HOLD: refused_at_most" in done.output
    assert "nothing of it was kept" in done.output
    fine = run("load", "ocds", folder / "bad.jsonl", "--accept", "refused_at_most=one bad line")
    assert "ACCEPTED: refused_at_most" in fine.output
    assert said("tables", "versions", "--json")[0][0]["report"]["refused"] == 1


def test_a_retraction_is_told_and_the_day_before_still_known(folder: Path) -> None:
    run("load", "ocds", folder / "city.jsonl")
    done = run("tables", "retract", "1", "--because", "wrong city")
    assert "ended" in done.output
    assert run("tables", "list").output == "no facts yet: timbang load SOURCE FILE\n"
    assert run("tables", "retract", "1", "--because", "again").exit_code == 1
    assert "wrong city" in run("tables", "versions").output


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("load", "odcs", "x"), "there is no source 'odcs'; there are: agencies"),
        (("load", "plain", "x"), "say with --mapping"),
        (("load", "ocds", "x", "--region", "99"), "'99' is no code"),
        (("load", "ocds", "x", "--encoding", "klingon"), "'klingon' is not known"),
        (("load", "ocds", "x", "--encoding", "utf-16"), "save UTF-16"),
        (("load", "ocds", "x", "--accept", "all"), "CHECK=WHY with one of records_at_least"),
        (("load", "ocds", "x", "--separator", "::"), "one character"),
        (("tables", "show", "x"), "there is no table 'x'"),
        (("export", "ftm", "budgets", "x"), "is not one of"),
        (("load", "ocds", "/nowhere"), "no such file"),
    ],
)
def test_a_wrong_word_is_told_with_what_is_allowed(
    folder: Path, words: tuple[str, ...], why: str
) -> None:
    done = run(*words)
    assert done.exit_code in (1, 2)
    assert why in done.output.replace("\n", " ")


def test_the_sources_are_listed_with_their_licences(folder: Path) -> None:
    found = {item["source"]: item for item in said("tables", "sources", "--json")[0]}
    assert found["ocds"]["licence"]["en"]
    assert "procurements" in found["ocds"]["tables"]
    assert "apbd" in run("tables", "sources").output


def test_what_is_for_the_desk_is_exported_only_when_asked(folder: Path) -> None:
    assert run("export", "csv", "exchanges", folder / "x.csv").exit_code == 1
    assert run("export", "csv", "exchanges", folder / "x.csv", "--desk").exit_code == 0
