"""The calendar files: what they must hold, and that they say what their source says."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import holidays
import pytest

from timbang.law.calendar import FOLDER, Calendar, read_year
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
