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
    assert len(answer["calendar"]) == 64
    assert sum(day["counts"] for day in answer["days"]) == 15


def test_joint_leave_is_skipped_unless_asked():
    arguments = ("--from", "2026-12-23", "--days", "1", "--unit", "workdays", "--json")
    assert json.loads(run(*arguments).output)["last_day"] == "2026-12-28"
    counted = run(*arguments, "--joint-leave", "counts")
    assert json.loads(counted.output)["last_day"] == "2026-12-24"


def test_a_person_reads_each_day_and_the_last():
    lines = run(
        "--from", "2026-08-14", "--days", "1", "--unit", "workdays", "--language", "en"
    ).output.splitlines()
    assert lines[2] == (
        "2026-08-17         -  public holiday: Independence Day  [holidays 0.109, category public]"
    )
    assert lines[-1] == "Last day: 2026-08-18, whole."


def test_a_person_reads_english_unless_asked_otherwise():
    asked = ("--from", "2026-08-14", "--days", "1", "--unit", "workdays")
    assert "public holiday: Independence Day" in run(*asked).output
    output = run(*asked, "--language", "id").output
    assert "hari libur nasional: Hari Kemerdekaan" in output
    assert "Hari terakhir: 2026-08-18" in output


def test_two_readings_show_both_ends_and_what_lies_between():
    asked = ("--from", "2026-07-10", "--length", "7", "--unit", "workdays", "--reading", "7:days")
    answer = json.loads(run(*asked, "--json").output)
    assert (answer["safe_day"], answer["last_day"]) == ("2026-07-17", "2026-07-21")
    assert [(end["unit"], end["latest"]) for end in answer["ends"]] == [
        ("workdays", "2026-07-21"),
        ("days", "2026-07-17"),
    ]
    assert "Safe day: 2026-07-17; last day: 2026-07-21" in run(*asked, "--language", "en").output


def test_a_suspension_moves_the_end_and_an_open_one_hides_it():
    asked = ("--from", "2026-07-13", "--length", "3", "--unit", "days")
    moved = run(*asked, "--suspend", "2026-07-14:2026-07-15", "--json")
    assert json.loads(moved.output)["last_day"] == "2026-07-18"
    waiting = json.loads(run(*asked, "--suspend", "2026-07-14:", "--json").output)
    assert (waiting["last_day"], waiting["safe_day"]) == (None, "2026-07-17")
    assert "suspension_open" in [doubt["code"] for doubt in waiting["doubts"]]
    told = run(*asked, "--suspend", "2026-07-14:", "--language", "en").output
    assert "not known yet; 2026-07-17 at the earliest" in told


def test_hours_run_from_an_instant_to_an_instant():
    asked = ("--from", "2026-07-10T10:00+07:00", "--length", "24", "--unit", "hours", "--json")
    [end] = json.loads(run(*asked).output)["ends"]
    assert (end["at"], end["days"]) == ("2026-07-11T10:00:00+07:00", [])


def test_an_extension_and_an_own_term_are_counted():
    asked = ("--from", "2026-07-13", "--length", "3", "--unit", "days", "--json")
    assert json.loads(run(*asked, "--extend", "2").output)["last_day"] == "2026-07-18"
    own = json.loads(run(*asked, "--own", "1").output)
    assert (own["safe_day"], own["last_day"]) == ("2026-07-14", "2026-07-16")


def test_a_term_that_ends_on_a_day_off_says_that_no_rule_is_known():
    output = run("--from", "2026-08-10", "--days", "7", "--unit", "days", "--language", "en").output
    assert "No rule was found whether the term then moves" in output
    assert "2026-08-18" in output


def test_a_person_is_told_when_the_answer_is_provisional():
    output = run(
        "--from", "2029-01-01", "--days", "1", "--unit", "workdays", "--language", "en"
    ).output
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
        (
            ("--from", "2026-01-01", "--days", "3", "--unit", "days", "--own", "3"),
            "3 calendar days",
        ),
        (("--from", "2026-01-01", "--days", "3", "--unit", "unknown", "--own", "1"), "--unit"),
        (("--from", "2026-01-01", "--days", "3", "--unit", "days", "--suspend", "soon"), "soon"),
        (("--from", "2026-01-01", "--days", "3", "--unit", "days", "--reading", "7"), "N:UNIT"),
        (("--from", "2026-01-01T10:00", "--days", "3", "--unit", "hours"), "no instant"),
    ],
)
def test_bad_input_is_refused_in_words_and_with_exit_code_2(arguments, complaint):
    result = run(*arguments)
    assert result.exit_code == 2
    assert complaint in result.output
    assert "Traceback" not in result.output
