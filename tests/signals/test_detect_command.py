"""`timbang detect`: from a file of releases to leads, in each form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from timbang.signals import catalogue
from timbang.signals.commands import detect
from timbang.signals.describing import amount

pytestmark = pytest.mark.django_db
OPEN = {"procurementMethod": "open"}


def bid(tenderer: str, status: str = "valid") -> dict[str, Any]:
    return {
        "status": status,
        "tenderers": [{"id": tenderer}],
        "value": {"amount": 10, "currency": "IDR"},
    }


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    """One procurement with a single bid, one with two."""
    lines = [
        {"ocid": "alone", "tender": OPEN, "bids": {"details": [bid("A")]}},
        {"ocid": "two", "tender": OPEN, "bids": {"details": [bid("A"), bid("B")]}},
    ]
    path = tmp_path / "releases.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)) + "\n", "utf-8")
    return path


def say(*words: object) -> Result:
    return CliRunner().invoke(detect, [str(word) for word in words])


def test_a_file_gives_what_cardinal_would_print(releases: Path) -> None:
    said = say("r018", "--input", releases, "--format", "cardinal")
    assert json.loads(said.stdout) == {"OCID": {"alone": {"R018": 1.0}}}


def test_text_tells_the_innocent_explanations(releases: Path) -> None:
    said = say("R018", "--input", releases)
    assert "Few firms sell this good" in said.stdout
    assert "1 of 2 are reasons to look" in said.stdout


def test_json_names_rule_data_and_evidence(releases: Path) -> None:
    (told,) = json.loads(say("R018", "--input", releases, "--format", "json").stdout)
    assert told["detector"] == "R018"
    assert told["counts"] == {"looked_at": 2, "leads": 1, "not_applicable": {}}
    (lead,) = told["leads"]
    assert lead["subject"] == "alone"
    assert lead["evidence"][0].startswith("procurements:")
    assert told["innocent_explanations"][0].keys() == {"id", "en"}


def test_a_detector_that_does_not_exist_is_named() -> None:
    said = say("R999")
    assert said.exit_code != 0
    assert "there is no detector 'R999'" in str(said.exception)


def test_a_setting_that_no_detector_knows_is_refused(releases: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("[R018]\nthresold = 1\n", "utf-8")
    said = say("R018", "--input", releases, "--settings", settings)
    assert "no detector knows 'R018.thresold'" in str(said.exception)


def test_the_list_says_what_there_is() -> None:
    listed = json.loads(say("--list", "--format", "json").stdout)
    assert any(each["detector"] == "R018" for each in listed)


def test_settings_carry_the_names_that_cardinal_gives_them(tmp_path: Path) -> None:
    """One process excluded, one with fewer days allowed by its method, one as the rule is."""
    lines = [
        {
            "ocid": method,
            "tender": {
                "procurementMethodDetails": method,
                "tenderPeriod": {
                    "startDate": "2018-01-01T08:00:00Z",
                    "endDate": "2018-01-05T08:00:00Z",
                },
            },
        }
        for method in ("Darurat", "Tender Cepat", "Tender")
    ]
    path = tmp_path / "releases.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)) + "\n", "utf-8")
    settings = tmp_path / "settings.toml"
    settings.write_text(
        """
        [exclusions]
        procurement_method_details = "Darurat|Kontes"
        [R003.procurement_method_details]
        "Tender Cepat" = 3
        """,
        "utf-8",
    )
    said = say("R003", "--input", path, "--settings", settings, "--format", "cardinal")
    assert json.loads(said.stdout) == {"OCID": {"Tender": {"R003": 1.0}}}


def test_a_table_of_days_holds_whole_numbers(releases: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("[R003.procurement_method_details]\nTender = 1.5\n", "utf-8")
    said = say("R003", "--input", releases, "--settings", settings)
    assert "not a table of whole numbers" in str(said.exception)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("garbage\n", "no record is in it"),
        ("x,y\n1,2\n", ":2: "),
        ('["x"]\n', ":1: "),
        ('{"ocid": ["a"]}\n{"ocid": {"b": 1}}\n', "all 2 records were refused"),
    ],
)
def test_a_file_of_which_nothing_is_kept_is_refused(
    tmp_path: Path, written: str, said: str
) -> None:
    path = tmp_path / "g.jsonl"
    path.write_text(written, "utf-8")
    done = say("R018", "--input", path, "--format", "cardinal")
    assert done.exit_code == 1
    assert said in done.stderr
    assert f"{path}" in done.stderr
    assert done.stdout == ""


def test_records_that_are_refused_are_told_with_line_and_reason(releases: Path) -> None:
    with releases.open("a", encoding="utf-8") as file:
        file.write('{"ocid": "broken"\n')
    done = say("R018", "--input", releases)
    assert done.exit_code == 0
    assert "1 of 3 records were refused" in done.stderr
    assert f"{releases}:3: not JSON" in done.stderr
    assert "1 of 2 are reasons to look" in done.stdout


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[R024]\nthreshold = nan", "threshold: nan is not allowed; allowed: a number of 0 or"),
        ("[R024]\nthreshold = -1", "threshold: -1 is not allowed"),
        ("[RISK_INDEX]\nthreshold = inf", "threshold: inf is not allowed; allowed: a number from"),
        ("[R025]\npercentile = 101", "percentile: 101 is not allowed; allowed: a number from 0 to"),
        ("[R003.procurement_method_details]\nTender = -3", "-3 is not allowed"),
        ('currency = ""', "currency: '' is not allowed; allowed: a code of ISO 4217"),
        ('currency = "ZZZ"', "no bid is in 'ZZZ'; bids are in: IDR"),
        ('[BUDGET_SWING]\nfigure = "x"', "figure: 'x' is not allowed; allowed: budget or realised"),
    ],
)
def test_a_setting_that_means_nothing_is_refused(
    releases: Path, tmp_path: Path, written: str, said: str
) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(written + "\n", "utf-8")
    done = say("R024", "--input", releases, "--settings", settings, "--format", "json")
    assert done.exit_code != 0
    assert said in str(done.exception)
    assert done.stdout == ""


def test_a_currency_that_the_bids_have_is_taken(releases: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('currency = "IDR"\n', "utf-8")
    assert say("R024", "--input", releases, "--settings", settings).exit_code == 0


def test_a_region_that_there_is_not_and_options_that_would_do_nothing(releases: Path) -> None:
    assert "'zz' is no code" in say("R018", "--input", releases, "--region", "zz").output
    assert "--region is for a file" in say("R018", "--region", "32.73").output
    done = say("R018", "--input", releases, "--known-on", "2024-01-01")
    assert "not for a file" in done.output


@pytest.mark.parametrize(
    ("code", "one", "two"),
    [
        ("A01", "1 day from the first day of the ban", "2 days from the first day of the ban"),
        ("R048", "1 class of goods", "2 classes of goods"),
        ("RISK_INDEX", "1 index (0 to 1)", "2 index (0 to 1)"),
        ("R018", "1 bid", "2 bids"),
    ],
)
def test_one_is_told_in_the_singular(code: str, one: str, two: str) -> None:
    unit = catalogue.detector(code).unit
    assert (amount(1.0, unit), amount(2.0, unit)) == (one, two)
