"""The merit audit over a small invented regency, and its commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.signals.facts import Little, Written
from timbang.signals import merit, merit_command
from timbang.signals.profile import MEASURED, MISSING, Cell

BAN = date(2024, 3, 22)
CONTEST = {
    "election": "e-2024", "contest_kind": "regent", "region_code": "99.01",
    "candidates_confirmed_on": date(2024, 9, 22), "voting_on": date(2024, 11, 27),
    "inaugurated_on": date(2025, 2, 20),
}  # fmt: skip


def province() -> Written:
    """One agency with twenty senior decrees, of which eight had no open selection; a second that
    has only services; forty officials, ten of them on a campaign team, six of those appointed."""
    decrees: list[dict[str, Any]] = [
        {
            "row_id": f"d{n}", "source": "s", "record_id": f"d{n}", "agency_code": "A",
            "region_code": "99.01", "level": "II.b", "change": "moved",
            "from_on": BAN + timedelta(days=20 * n - 390), "selection": "open",
            "announced_days": 5 if n < 8 else 15, "names_proposed": 3, "panel_members": 5,
        }
        for n in range(20)
    ]  # fmt: skip
    decrees += [
        {
            "row_id": f"n{n}", "source": "o", "record_id": f"o{n}", "agency_code": "A",
            "region_code": "99.01", "level": "III.a", "change": "appointed",
            "number_hash": f"h{n}", "from_on": date(2025, 9, 1),
        }
        for n in (0, 1, 2, 3, 4, 5, 20, 21)
    ]  # fmt: skip
    officials = [
        {
            "row_id": f"o{n}", "source": "o", "record_id": f"o{n}", "list_kind": "official",
            "number_hash": f"h{n}", "agency_code": "A", "region_code": "99.01",
        }
        for n in range(40)
    ]  # fmt: skip
    team = [
        {"row_id": f"t{n}", "source": "t", "record_id": f"t{n}", "list_kind": "campaigner", "region_code": "99.01"}
        for n in range(10)
    ]  # fmt: skip
    return {
        "contests": [CONTEST],
        "appointments": decrees,
        "people": [*officials, *team],
        "name_links": [
            {"record": f"t{n}", "person": f"o{n}", "certainty": 0.999, "homonyms": 1, "status": "sure"}
            for n in range(10)
        ],
        "services": [
            {"agency_code": "B", "due_on": date(2025, 1, 10), "answered_on": date(2025, 1, day)}
            for day in range(1, 21)
        ],
    }  # fmt: skip


@contextmanager
def little(folder: Path) -> Iterator[Any]:
    import ibis

    yield Little(province(), ibis.duckdb.connect(), folder=folder)


@pytest.fixture
def facts(tmp_path: Path) -> Iterator[Any]:
    with little(tmp_path) as found:
        yield found


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> CliRunner:
    settings.SIGNALS = tmp_path / "signals"
    monkeypatch.setattr(merit_command, "_facts", lambda: little(tmp_path))
    return CliRunner()


def cells(facts: Any, folder: Path) -> dict[str, dict[str, Cell]]:
    found = merit.profiles(facts, folder / "signals")
    return {each.agency: dict(each.by_code) for each in found}


def test_each_agency_has_five_cells_and_misses_what_no_data_tells(
    facts: Any, tmp_path: Path
) -> None:
    found = cells(facts, tmp_path)
    assert found.keys() == {"A", "B"}
    merit_cell = found["A"]["posts_not_by_merit"]
    assert (merit_cell.status, merit_cell.value, merit_cell.size) == (MEASURED, 0.4, 20)
    assert found["A"]["poor_service"].status == MISSING
    assert found["A"]["incompetent_holders"].status == MISSING
    assert found["B"]["poor_service"].value == 0.5
    assert found["B"]["posts_not_by_merit"].status == MISSING


def test_posts_by_election_count_links_and_hold_small_groups_back(
    facts: Any, tmp_path: Path
) -> None:
    # Eight appointments are judged: too few to tell a share.
    assert cells(facts, tmp_path)["A"]["posts_by_election"].status != MEASURED


def test_linked_officials_are_compared_within_their_agency(facts: Any, tmp_path: Path) -> None:
    exact, large = merit.promoted(
        facts, tmp_path / "signals", since=date(2025, 1, 1), until=date(2026, 1, 1)
    )
    # 6 of 10 on a team against 2 of 30: (6 * 28) / (4 * 2) by hand.
    assert large.effect == pytest.approx(21.0)
    assert exact.low is not None and exact.low > 1
    assert exact.sizes["people"] == 40
    none = merit.promoted(
        facts, tmp_path / "signals", since=date(2020, 1, 1), until=date(2021, 1, 1)
    )
    assert none[0].effect is None and none[0].missing


def test_days_around_the_ban_are_counted_by_week(facts: Any) -> None:
    found = merit.around_the_ban(facts)
    assert sum(found.weeks.values()) == 18
    # 20 days apart, from 350 to 10 days before; -390 and -370 lie too far.
    assert found.before.sizes["inside"] == 2
    assert found.before.sizes["outside"] == 16
    assert found.density.effect is None and found.density.missing
    assert merit.around_the_ban(facts, region="98").weeks == {}


@pytest.mark.django_db
def test_the_command_tells_the_five_in_words_and_as_json(commands: CliRunner) -> None:
    said = commands.invoke(merit_command.merit, ["profile", "--agency", "A"])
    assert "Posts not by merit: 40% (19% to 64%) of 20" in said.stdout
    assert "Poor public service: missing" in said.stdout
    body = json.loads(commands.invoke(merit_command.merit, ["profile", "--json"]).stdout)
    assert [each["agency"] for each in body["agencies"]] == ["A", "B"]
    assert body["distortions"][0]["sources"] == ["A06", "A07"]
    refused = commands.invoke(merit_command.merit, ["profile", "--agency", "Z"])
    assert "nothing is known of an agency 'Z'" in str(refused.exception)


@pytest.mark.django_db
def test_a_check_that_cannot_run_says_so(commands: CliRunner) -> None:
    said = commands.invoke(merit_command.merit, ["checks"]).stdout
    assert "A06 A selection that was not open\n  8 of 20 judged are reasons to look" in said
    assert "A12 Acting for too long\n  not computable: nothing to look at in appointments" in said
    assert "A04 A decree signed before BKN's consideration\n  not computable with this data" in said
    body = json.loads(commands.invoke(merit_command.merit, ["checks", "--json"]).stdout)
    assert [each["check"] for each in body] == [f"A{n:02}" for n in range(1, 15)]


@pytest.mark.django_db
def test_a_region_that_there_is_not_and_a_period_without_days_are_refused(
    commands: CliRunner,
) -> None:
    said = commands.invoke(merit_command.merit, ["density", "--region", "zz"])
    assert said.exit_code == 2
    assert "'zz' is no code of a province, regency or city" in said.stderr
    args = ["promoted", "--since", "2027-01-01", "--until", "2025-01-01"]
    said = commands.invoke(merit_command.merit, args)
    assert said.exit_code == 2
    assert "--until 2025-01-01 is not after --since 2027-01-01" in said.stderr


@pytest.mark.django_db
def test_the_other_commands_tell_effect_interval_and_sizes(commands: CliRunner) -> None:
    said = commands.invoke(merit_command.merit, ["density"]).stdout
    assert "30 days before the ban against the year before: 1.40 ratio of rates" in said
    assert "no answer: Fewer than 20 on one side" in said
    args = ["promoted", "--since", "2025-01-01", "--until", "2026-01-01"]
    said = commands.invoke(merit_command.merit, args).stdout
    assert "Cochran-Mantel-Haenszel: 21.00 odds ratio (95%: " in said
    body = json.loads(commands.invoke(merit_command.merit, [*args, "--json"]).stdout)
    assert body["mantel_haenszel"]["effect"] == pytest.approx(21.0)
