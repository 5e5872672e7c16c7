"""The calendar files: what they must hold, and that they say what their source says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import holidays
import pytest
from click.testing import CliRunner, Result

from timbang.cli import main
from timbang.law.calendar import FOLDER, Calendar, changes, read_year
from timbang.law.workdays import explain
from timbang.law.yaml_file import YamlError, loads

YEARS = range(2019, 2028)
ROOT = Path(__file__).parents[2]

GOOD = """\
year: 2026
source:
  title: "a decree"
  licence: "none"
  level: one_source
  dated: 2025-09-19
  note: {id: "catatan", en: "note"}
confirmed: {public_holiday: true, joint_leave: true}
days:
  - day: 2026-08-17
    kind: public_holiday
    estimated: false
    name: {id: "Hari Kemerdekaan", en: "Independence Day"}
    source: "a decree"
"""


def test_every_year_from_2019_to_2027_has_its_file():
    assert sorted(Calendar.load().years) == list(YEARS)
    assert sorted(path.stem for path in FOLDER.glob("*.yaml")) == [str(year) for year in YEARS]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(
    ("category", "kind"), [("public", "public_holiday"), ("government", "joint_leave")]
)
def test_a_year_lists_the_days_that_its_source_lists(year, category, kind):
    source = holidays.Indonesia(years=year, categories=(category,), language="id")
    listed = [day for day in Calendar.load().years[year].days if day.kind == kind]
    assert {day.day for day in listed} == set(source)
    assert {day.day for day in listed if day.estimated} == {
        day for day, name in source.items() if "perkiraan" in name
    }


@pytest.mark.parametrize("year", YEARS)
def test_every_file_names_source_licence_and_how_well_it_is_known(year):
    found = Calendar.load().years[year]
    assert "holidays" in found.title
    assert "MIT" in found.licence
    assert found.level == "one_source"
    assert "not compared with" in found.note.en
    assert "tidak dibandingkan" in found.note.id
    assert all(day.source and day.name.id and day.name.en for day in found.days)


def test_only_years_without_an_estimate_are_confirmed():
    for year, found in Calendar.load().years.items():
        settled = year <= 2026
        assert found.confirmed == {"public_holiday": settled, "joint_leave": settled}, year


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        # Keppres 10/2019, 22/2020 and 10/2024, and the regional vote of 2024
        (date(2019, 4, 17), "public_holiday", "Hari Pemilihan Umum"),
        (date(2020, 12, 9), "public_holiday", "Hari Pemilihan Kepala Daerah"),
        (date(2024, 2, 14), "public_holiday", "Hari Pemilihan Umum"),
        (date(2024, 11, 27), "public_holiday", "Hari Pemilihan Kepala Daerah"),
        # moved by the ministers in 2021
        (date(2021, 8, 11), "public_holiday", "Tahun Baru Islam"),
        (date(2021, 10, 20), "public_holiday", "Maulid Nabi Muhammad"),
        (date(2025, 8, 18), "joint_leave", "Cuti Bersama Hari Kemerdekaan Republik Indonesia"),
        (date(2026, 3, 20), "joint_leave", "Cuti Bersama Hari Raya Idul Fitri"),
    ],
)
def test_days_that_people_remember_are_there(day, kind, name):
    holiday = Calendar.load().holidays[day]
    assert (holiday.kind, holiday.name.id) == (kind, name)


@pytest.mark.parametrize("day", [date(2021, 12, 24), date(2020, 12, 28), date(2021, 8, 10)])
def test_days_that_a_later_decree_took_back_are_not_there(day):
    assert day not in Calendar.load().holidays


def test_no_name_keeps_the_marks_of_its_source():
    for holiday in Calendar.load().holidays.values():
        for word in ("perkiraan", "estimated", "Pegangti", "Joint Holiday"):
            assert word not in holiday.name.id + holiday.name.en


def test_the_files_are_what_the_script_would_write():
    run = subprocess.run(
        [sys.executable, ROOT / "scripts" / "calendars.py", "check"], capture_output=True, text=True
    )
    assert (run.returncode, run.stdout) == (0, "")


def test_a_good_file_is_read():
    year = read_year(loads(GOOD, "2026.yaml"))
    assert [day.day for day in year.days] == [date(2026, 8, 17)]


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("2026-08-17", "2025-08-17", "2025-08-17 is not in 2026"),
        ("2026-08-17", "2026-08-32", "not a day"),
        ("estimated: false", "estimated: true", "is an estimate"),
        ("estimated: false", "estimated: maybe", "true or false"),
        ("kind: public_holiday", "kind: holiday", "'holiday'"),
        ('en: "note"', 'fr: "note"', "unknown key 'fr'"),
        ("confirmed: {public_holiday: true, joint_leave: true}", "", "confirmed"),
        ("dated: 2025-09-19", "dated: last year", "expected a day"),
        ("  dated: 2025-09-19\n", "", "'dated' is missing"),
        ("level: one_source", "level: sure", "'sure' is not one of"),
        ("days:\n", "taken_back: [2026-08-18]\ndays:\n", "amends: true"),
        ('    source: "a decree"\n', '    source: "a decree"\n    colour: red\n', "colour"),
    ],
)
def test_a_bad_file_stops_the_load_with_file_and_line(before, after, complaint):
    assert before in GOOD
    with pytest.raises(YamlError, match=r"^2026\.yaml:\d+: ") as refused:
        read_year(loads(GOOD.replace(before, after), "2026.yaml"))
    assert complaint in str(refused.value)


def test_one_day_may_not_stand_twice_as_the_same_kind():
    twice = GOOD + GOOD[GOOD.index("  - day") :]
    with pytest.raises(YamlError, match="stands twice"):
        read_year(loads(twice, "2026.yaml"))


def test_a_public_holiday_prevails_over_joint_leave_on_the_same_day():
    leave = GOOD[GOOD.index("  - day") :].replace("kind: public_holiday", "kind: joint_leave")
    for text in (GOOD + leave, GOOD.replace("days:\n", "days:\n" + leave)):
        calendar = Calendar.of([read_year(loads(text, "2026.yaml"))])
        assert calendar.holidays[date(2026, 8, 17)].kind == "public_holiday"


# an operator's own folder

DECREE = """\
year: 2026
amends: true
source:
  title: "Joint decree on more joint leave"
  licence: "none"
  level: official_text
  dated: 2026-06-01
  url: "https://decree.example/2026"
  note: {id: "catatan", en: "note"}
confirmed: {public_holiday: true, joint_leave: true}
taken_back: [2026-12-24]
days:
  - day: 2026-07-15
    kind: joint_leave
    estimated: false
    name: {id: "Cuti Bersama", en: "Joint Leave"}
    source: "Joint decree of 2026-06-01"
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TIMBANG_CALENDARS", str(tmp_path))
    return tmp_path


def put(folder: Path, name: str, text: str) -> None:
    """As an operator copies a file; the clock of the file system may be coarse."""
    path = folder / name
    path.write_text(text)
    put.turn += 1  # type: ignore[attr-defined]
    os.utime(path, ns=(put.turn, put.turn))  # type: ignore[attr-defined]


put.turn = 10**18  # type: ignore[attr-defined]


def test_a_decree_in_the_folder_counts_at_once_and_needs_no_release(own: Path) -> None:
    before = Calendar.load()
    assert explain(date(2026, 7, 14), 1, "workdays").last_day == date(2026, 7, 15)
    put(own, "2026-more.yaml", DECREE)
    answer = explain(date(2026, 7, 14), 1, "workdays")
    assert answer.last_day == date(2026, 7, 16)
    assert answer.days[0].source == "Joint decree of 2026-06-01"
    assert Calendar.load().hash != before.hash


def test_a_day_that_a_decree_takes_back_is_a_working_day_again(own: Path) -> None:
    put(own, "2026-more.yaml", DECREE)
    assert date(2026, 12, 24) not in Calendar.load().holidays
    assert date(2026, 8, 17) in Calendar.load().holidays


def test_a_file_without_amends_states_its_whole_year(own: Path) -> None:
    put(own, "2026.yaml", GOOD)
    found = Calendar.load()
    assert [day for day in found.holidays if day.year == 2026] == [date(2026, 8, 17)]
    assert found.years[2025].days


def test_the_later_decree_prevails_whatever_its_file_is_called(own: Path) -> None:
    later = DECREE.replace("2026-06-01", "2026-06-09").replace("[2026-12-24]", "[2026-07-15]")
    later = later[: later.index("days:")] + "days: []\n"
    put(own, "z.yaml", DECREE)
    put(own, "a.yaml", later)
    assert date(2026, 7, 15) not in Calendar.load().holidays


def test_the_data_folder_may_hold_calendars_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TIMBANG_CALENDARS", raising=False)
    monkeypatch.setenv("TIMBANG_DATA", str(tmp_path))
    (tmp_path / "calendars").mkdir()
    put(tmp_path / "calendars", "2026.yaml", GOOD)
    assert Calendar.load().years[2026].title == "a decree"


def test_a_running_process_keeps_the_last_good_calendar_and_says_so(
    own: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(own, "2026-more.yaml", DECREE)
    good = Calendar.load().hash
    put(own, "2026-more.yaml", DECREE.replace("joint_leave\n", "leave\n"))
    assert Calendar.load().hash == good
    assert Calendar.load().hash == good
    assert [line for line in caplog.messages if "2026-more.yaml:14" in line] == caplog.messages
    assert len(caplog.messages) == 1
    put(own, "2026-more.yaml", DECREE.replace("2026-07-15", "2026-07-16"))
    assert date(2026, 7, 16) in Calendar.load().holidays


def test_a_process_that_starts_refuses_a_bad_file(own: Path) -> None:
    put(own, "2026-more.yaml", DECREE.replace("amends: true", "amends: maybe"))
    run = subprocess.run(
        [sys.executable, "-m", "timbang", "law", "calendar", "list"], capture_output=True, text=True
    )
    assert run.returncode == 2
    assert "2026-more.yaml:2: expected true or false" in run.stderr


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("year: 2026", "year: 2031", "no calendar of 2031"),
        ("[2026-12-24]", "[2026-12-23]", "2026-12-23 is no holiday"),
        ("[2026-12-24]", "[2026-07-15]", "both given and taken back"),
    ],
)
def test_an_amending_file_amends_what_there_is(
    own: Path, tmp_path: Path, before: str, after: str, complaint: str
) -> None:
    text = DECREE.replace(before, after)
    if "2031" in after:
        text = text.replace("2026-07-15", "2031-07-15").replace("[2026-12-24]", "[]")
    result = check(tmp_path / "new.txt", text)
    assert result.exit_code == 1
    assert complaint in result.stderr
    assert "new.txt:" in result.stderr


def check(path: Path, text: str, *options: str) -> Result:
    path.write_text(text)
    return CliRunner().invoke(main, ["law", "calendar", "check", str(path), *options])


def test_a_checked_file_tells_which_days_it_changes(own: Path, tmp_path: Path) -> None:
    result = check(tmp_path / "new.txt", DECREE, "--json")
    assert json.loads(result.output) == {
        "ok": True,
        "year": 2026,
        "dated": "2026-06-01",
        "changes": [
            {"day": "2026-07-15", "before": "", "after": "joint_leave"},
            {"day": "2026-12-24", "before": "joint_leave", "after": ""},
        ],
    }
    told = check(tmp_path / "new.txt", DECREE).output
    assert "2026-07-15: no holiday -> joint_leave" in told


def test_the_list_of_calendars_names_source_day_and_hash() -> None:
    result = CliRunner().invoke(main, ["law", "calendar", "list", "--json"])
    body = json.loads(result.output)
    assert body["hash"] == Calendar.load().hash
    assert [row["year"] for row in body["years"]] == list(YEARS)
    assert body["years"][0]["dated"] == "2026-11-21"


def test_one_calendar_has_one_hash_and_every_changed_day_another() -> None:
    whole = Calendar.load()
    again = Calendar.of(list(whole.years.values()))
    assert again.hash == whole.hash
    less = Calendar(whole.years, {k: v for k, v in whole.holidays.items() if k.month != 8})
    assert less.hash != whole.hash
    lost = changes(whole.as_json(), less.as_json())
    assert {change.day for change in lost} == {day for day in whole.holidays if day.month == 8}
    assert all(change.after == "" for change in lost)
