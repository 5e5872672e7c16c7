"""`timbang law term`, as a person or a script calls it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from timbang.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["law", "term", *arguments])


def test_the_worked_example_as_json():
    result = run("--from", "2026-07-14", "--days", "15", "--unit", "workdays", "--json")
    answer = json.loads(result.output)
    assert (answer["last_day"], answer["provisional"]) == ("2026-08-04", False)
    assert answer["days"][0] == {
        "day": "2026-07-15",
        "counts": True,
        "number": 1,
        "kind": "workday",
        "reason": "working day 1",
        "reason_id": "hari kerja ke-1",
        "source": "Python package holidays 0.109, Indonesia",
    }
    assert len(answer["days"]) == 21
    assert sum(day["counts"] for day in answer["days"]) == 15


def test_joint_leave_is_skipped_unless_asked():
    arguments = ("--from", "2026-12-23", "--days", "1", "--unit", "workdays", "--json")
    assert json.loads(run(*arguments).output)["last_day"] == "2026-12-28"
    counted = run(*arguments, "--joint-leave", "counts")
    assert json.loads(counted.output)["last_day"] == "2026-12-24"


def test_a_person_reads_each_day_and_the_last():
    lines = run("--from", "2026-08-14", "--days", "1", "--unit", "workdays").output.splitlines()
    assert lines[2] == (
        "2026-08-17       -  public holiday: Independence Day  [holidays 0.109, category public]"
    )
    assert lines[-1] == "Last day: 2026-08-18, whole."


def test_a_person_is_told_when_the_answer_is_provisional():
    output = run("--from", "2029-01-01", "--days", "1", "--unit", "workdays").output
    assert "Provisional" in output
    assert "no calendar for 2029" in output


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--from", "2026-02-30", "--days", "1", "--unit", "days"), "2026-02-30"),
        (("--from", "20260717", "--days", "1", "--unit", "days"), "20260717"),
        (("--from", "yesterday", "--days", "1", "--unit", "days"), "yesterday"),
        (("--from", "2026-01-01", "--days", "1001", "--unit", "days"), "0 to 1000"),
        (("--from", "2026-01-01", "--days", "-1", "--unit", "days"), "0 to 1000"),
        (("--from", "2026-01-01", "--days", "1", "--unit", "weeks"), "weeks"),
        (("--from", "9999-12-31", "--days", "1", "--unit", "days"), "leave the calendar"),
        (("--days", "1", "--unit", "days"), "--from"),
    ],
)
def test_bad_input_is_refused_in_words_and_with_exit_code_2(arguments, complaint):
    result = run(*arguments)
    assert result.exit_code == 2
    assert complaint in result.output
    assert "Traceback" not in result.output
