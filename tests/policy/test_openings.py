"""The openings of the log, their files, and the command that counts the score from them alone."""

from __future__ import annotations

import json
import shutil
import socket
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.conf import settings
from django.db import connections
from django.test import Client

from tests.at_once import together
from tests.policy import scene
from tests.policy.conftest import AT, Cast, days_later
from timbang.ledger import actions as ledger
from timbang.ledger.keys import signing_key
from timbang.ledger.models import Entry
from timbang.ledger.note import Signer
from timbang.policy import actions, openings, published, score
from timbang.policy.commands import policy
from timbang.policy.models import Dossier, OpenEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def copy(cast: Cast, client: Client, tmp_path: Path) -> Path:
    """A stranger's copy: the published log, and the files of openings as the site gives them."""
    for week in range(9):
        dossier = scene.opened(cast, at=days_later(7 * week))
        to_lane(dossier, cast, days_later(7 * week))
        paid = days_later(7 * week + (2 if week % 3 else 20))
        scene.pay(dossier, "report", cast.head, at=paid)
    scene.evaluated(scene.opened(cast, at=days_later(60)), cast, at=days_later(60))
    return taken(client, tmp_path / "log")


def to_lane(dossier: Dossier, cast: Cast, at: datetime) -> None:
    """The office above signs beside, as is asked while debts are overdue."""
    actions.write_part(dossier, "lane", scene.LANE, seen=scene.now(dossier), by=cast.head, at=at)
    scene.signed(dossier, cast.governor, at=at)
    scene.untied(dossier, cast.head, at=at)
    scene.step(dossier, "use_lane_disaster", cast.head, "Tidak dapat menunggu.", at=at)


def taken(client: Client, folder: Path) -> Path:
    ledger.sequence(at=AT)
    ledger.publish(settings.LOG, at=AT)
    shutil.copytree(settings.LOG, folder)
    (folder / "openings").mkdir()
    names = client.get("/kebijakan/log/files.txt").content.decode().split()
    for name in names:
        answer = client.get(f"/kebijakan/log/{name}")
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        (folder / "openings" / name).write_bytes(content)
    assert names
    return folder


def ask(*words: str, key: str = "") -> Result:
    return CliRunner().invoke(policy, [*words, "--key", key or signing_key().vkey])


def counted(folder: Path, *more: str) -> Any:
    answer = ask("score", "dinas-a", "--log", str(folder), "--on", "2027-06-01", "--json", *more)
    return json.loads(answer.stdout)


def file_of(folder: Path) -> Path:
    return min((folder / "openings").iterdir())


# Counting


def test_the_command_and_the_page_count_the_same_without_a_database(
    copy: Path, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = date(2027, 6, 1)
    page = published.score_of(cast.office, on).score
    assert page.known
    entries = OpenEntry.objects.count()

    def closed(*_words: object, **_more: object) -> None:
        raise AssertionError("the command asked the database or the network")

    monkeypatch.setattr(connections["default"], "cursor", closed)
    monkeypatch.setattr(socket, "socket", closed)
    told = counted(copy)
    assert told["ok"] is True
    assert told["complete"] is True
    assert told["proved"] == entries
    assert {key: told[key] for key in page.as_json()} == json.loads(json.dumps(page.as_json()))
    assert told["counts"]["late"] == 3
    assert (told["lane"]["uses"], told["lane"]["decisions"]) == (9, 10)
    assert 0 < told["score"] < 100


def test_the_answer_is_the_same_each_time_and_in_both_languages(copy: Path) -> None:
    words = ("score", "dinas-a", "--log", str(copy), "--on", "2027-06-01")
    first, again = ask(*words), ask(*words)
    assert (first.exit_code, first.output) == (0, again.output)
    assert "executed directly: 9 of 10 decisions" in first.output
    assert "A complete study" in first.output
    indonesian = ask(*words, "--language", "id").output
    assert "Lewat waktu:" in indonesian
    assert "Kajian lengkap" in indonesian


def test_offices_are_listed_by_code_and_one_that_is_not_there_is_refused(copy: Path) -> None:
    answer = ask("offices", "--log", str(copy), "--on", "2027-06-01", "--json")
    told = json.loads(answer.stdout)
    scores = {row["office"]: row["score"] for row in told["offices"]}
    assert list(scores) == ["badan-anggaran", "biro-hukum", "dinas-a"]
    assert scores["dinas-a"] == counted(copy)["score"]
    # Two clearances in two years are too little to say anything.
    assert scores["biro-hukum"] is None
    assert "dinas-a, 2027-06-01" in ask("offices", "--log", str(copy), "--on", "2027-06-01").output
    missing = ask("score", "dinas-z", "--log", str(copy))
    assert (missing.exit_code, missing.output.strip()) == (
        1,
        "wrong: no entry is of the office dinas-z",
    )


def test_a_day_before_is_counted_as_it_was_then(copy: Path) -> None:
    early = json.loads(
        ask("score", "dinas-a", "--log", str(copy), "--on", "2026-11-20", "--json").stdout
    )
    assert early["known"] is False
    assert early["score"] is None


# What is opened


def test_only_the_acts_of_the_score_are_opened(copy: Path) -> None:
    acts = set()
    for file in (copy / "openings").iterdir():
        for line in file.read_text("utf-8").splitlines()[1:-1]:
            acts.add(json.loads(line.partition(" ")[2])["act"])
    assert acts == {"policy.owed", "policy.done"}
    assert Entry.objects.exclude(act__in=score.ACTS).count() > 50
    opened = set(OpenEntry.objects.values_list("entry__act", flat=True))
    assert opened <= set(score.ACTS)


def test_each_office_numbers_its_own_entries_without_a_gap(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.evaluated(dossier, cast)
    for organ in (cast.office, cast.legal, cast.money):
        rows = OpenEntry.objects.filter(organ=organ)
        assert [row.serial for row in rows] == list(range(1, len(rows) + 1))
        told = [row.entry.body for row in rows.select_related("entry")]
        assert [(body["n"], body["office"]) for body in told] == [
            (row.serial, organ.code) for row in rows
        ]
    assert OpenEntry.objects.filter(organ=cast.legal).count() == 2


def test_what_waits_for_its_place_is_told_and_does_not_count(
    copy: Path, cast: Cast, client: Client
) -> None:
    before = counted(copy)
    scene.opened(cast, at=days_later(1))
    content = b"".join(client.get("/kebijakan/log/2026-11.txt").streaming_content)  # type: ignore[attr-defined]
    assert content.decode().splitlines()[-2].startswith("- {")
    file_of(copy).write_bytes(content)
    after = counted(copy)
    assert after["waiting"] == 1
    assert {**after, "waiting": 0} == before
    # Once it has a place that this copy of the log does not reach, it waits all the same.
    ledger.sequence(at=AT)
    content = b"".join(client.get("/kebijakan/log/2026-11.txt").streaming_content)  # type: ignore[attr-defined]
    file_of(copy).write_bytes(content)
    assert counted(copy) == after
    page = client.get("/kebijakan/log/").content.decode()
    assert "2026-11.txt" in page


# What is refused


def refused(folder: Path, *more: str) -> str:
    answer = ask("score", "dinas-a", "--log", str(folder), *more)
    assert answer.exit_code == 1, answer.output
    as_json = ask("score", "dinas-a", "--log", str(folder), "--json", *more)
    assert json.loads(as_json.stdout)["ok"] is False
    return answer.output


def change(file: Path, old: str, new: str, count: int = 1) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, count), "utf-8")


def test_a_changed_opening_is_refused(copy: Path) -> None:
    file = file_of(copy)
    change(file, '"due":"2026-11-03"', '"due":"2026-11-30"')
    assert "does not lead to entry" in refused(copy)


@pytest.mark.parametrize(
    ("old", "new"),
    [("policy.owed", "policy.done"), ('"n":1,', '"n":2,'), ("dinas-a", "dinas-b")],
)
def test_nothing_of_an_opening_can_be_changed(copy: Path, old: str, new: str) -> None:
    change(file_of(copy), old, new)
    assert "wrong: " in refused(copy)


def test_an_entry_at_another_place_is_refused(copy: Path) -> None:
    file = file_of(copy)
    lines = file.read_text("utf-8").split("\n")
    place, _gap, rest = lines[1].partition(" ")
    lines[1] = f"{int(place) + 1} {rest}"
    file.write_text("\n".join(lines), "utf-8")
    assert f"does not lead to entry {int(place) + 1}" in refused(copy)


def test_a_file_that_was_cut_short_is_refused(copy: Path) -> None:
    file = file_of(copy)
    lines = file.read_text("utf-8").split("\n")
    for cut in (lines[:-3], [*lines[:-3], *lines[-2:]], lines[:1], [""], lines[:-1]):
        file.write_text("\n".join(cut), "utf-8")
        assert file.name in refused(copy)
    file.write_bytes(b"\xff\xfe")
    assert "is not a text" in refused(copy)


def test_an_entry_left_out_in_between_is_seen_although_the_file_counts_right(copy: Path) -> None:
    file = file_of(copy)
    lines = file.read_text("utf-8").split("\n")
    count = int(lines[-2].removeprefix("end "))
    left = [*lines[:3], *lines[4:-2], f"end {count - 1}", ""]
    file.write_text("\n".join(left), "utf-8")
    assert "1 of " in refused(copy)
    assert "--partial" in refused(copy)
    told = counted(copy, "--partial")
    assert told["complete"] is False
    assert len(told["numbers"]["missing"]) == 1


def test_an_entry_left_out_of_an_office_that_clears_for_it_is_seen(copy: Path) -> None:
    for file in (copy / "openings").iterdir():
        lines = file.read_text("utf-8").split("\n")
        first = [row for row in lines if '"n":1,"office":"biro-hukum"' in row]
        left = [*(row for row in lines[:-2] if row not in first)]
        file.write_text("\n".join([*left, f"end {len(left) - 1}", ""]), "utf-8")
    assert "biro-hukum: 1 of 2 entries are not shown" in refused(copy)
    assert counted(copy, "--partial")["ok"] is True


def test_a_false_entry_that_waits_fills_no_gap(copy: Path) -> None:
    file = file_of(copy)
    lines = file.read_text("utf-8").split("\n")
    opening = json.loads(lines[3].partition(" ")[2])
    opening["body"]["due"] = "2027-12-31"
    lines[3] = f"- {json.dumps(opening, sort_keys=True, separators=(',', ':'))}"
    file.write_text("\n".join(lines), "utf-8")
    assert "are not shown" in refused(copy)


def test_an_entry_that_stands_there_twice_is_refused(copy: Path) -> None:
    file = file_of(copy)
    lines = file.read_text("utf-8").split("\n")
    count = int(lines[-2].removeprefix("end "))
    file.write_text("\n".join([*lines[:-2], lines[1], f"end {count + 1}", ""]), "utf-8")
    assert "stands there twice" in refused(copy)


def test_a_missing_or_changed_tile_is_refused(copy: Path) -> None:
    tile = next((copy / "tile" / "0").rglob("*.p/*"))
    content = tile.read_bytes()
    tile.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    assert "is not in the tree" in refused(copy)
    tile.unlink()
    assert "is missing" in refused(copy)


def test_a_checkpoint_of_another_key_or_none_is_refused(copy: Path) -> None:
    name, _id, _key = signing_key().vkey.split("+", 2)
    other = Signer(name, b"x" * 32).vkey
    assert "checkpoint: " in ask("score", "dinas-a", "--log", str(copy), key=other).output
    (copy / "checkpoint").unlink()
    assert "cannot be read" in refused(copy)


def test_a_folder_without_openings_is_refused(copy: Path) -> None:
    shutil.rmtree(copy / "openings")
    assert "there is no file of openings" in refused(copy)


def test_a_month_that_has_no_file_is_not_there(client: Client, db: None) -> None:
    assert client.get("/kebijakan/log/2026-11.txt").status_code == 404
    assert client.get("/kebijakan/log/2026-13.txt").status_code == 404
    assert client.get("/kebijakan/log/files.txt").content == b""


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"act": "case.opened"}, "not of the score"),
        ({"n": True}, "n is a number"),
        ({"n": 0}, "counts from 1"),
        ({"kind": "gift"}, "step or debt"),
        ({"due": "soon"}, "soon"),
        ({"more": "x"}, "not of the score"),
        ({"done": "2026-11-01"}, "says it was done on"),
    ],
)
def test_an_entry_of_another_shape_is_refused(changes: dict[str, Any], why: str) -> None:
    body: dict[str, Any] = {
        "office": "dinas-a", "n": 1, "dossier": "K-0001/DINAS-A/2026", "step": "report",
        "kind": "debt", "due": "2026-11-09", "done": "2026-11-05", "by": "dinas-a", "outcome": "paid",
    }  # fmt: skip
    content = {"act": "policy.done", "body": body, "on": "2026-11-05"}
    assert openings.entry_of("here", content).n == 1
    act = changes.pop("act", "policy.done")
    with pytest.raises(openings.OpeningError, match=why):
        openings.entry_of("here", {"act": act, "body": body | changes, "on": "2026-11-05"})


# At once


@pytest.mark.django_db(transaction=True)
def test_acts_at_the_same_moment_number_an_office_without_gap_or_deadlock() -> None:
    cast = Cast()
    dossiers = [scene.opened(cast) for _ in range(4)]
    for dossier in dossiers:
        scene.drafted(dossier, cast)
        scene.step(dossier, "concluded", cast.analyst, at=AT + scene.OPEN)
        scene.write(dossier, cast.lawyer, "legal_clearance")
        scene.untied(dossier, cast.lawyer)
    # Leaving the step numbers both the office that clears and the next one.
    done = together(
        *(lambda one=one: scene.step(one, "cleared", cast.lawyer) for one in dossiers),
        *(lambda: scene.opened(cast) for _ in range(4)),
    )
    assert not [each for each in done if isinstance(each, Exception)]
    for organ in (cast.office, cast.legal, cast.money):
        serials = list(OpenEntry.objects.filter(organ=organ).values_list("serial", flat=True))
        assert serials == list(range(1, len(serials) + 1))
    assert OpenEntry.objects.filter(organ=cast.money).count() == 4
