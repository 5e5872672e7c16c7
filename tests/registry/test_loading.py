"""A load: read, compared, checked, and only then known; nothing dropped in silence."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.registry.loader import TODAY, Loader, csv_of, lines_of, release
from timbang.law.refusal import Refusal
from timbang.registry import staging, storing
from timbang.registry.load_report import LoadStopped, Report
from timbang.registry.opening import BadFile

TOMORROW = TODAY + timedelta(days=1)


def budget(region: str, account: str, amount: str, year: int = 2022) -> dict[str, object]:
    return {
        "Tahun": year,
        "Daerah": region,
        "Akun": account,
        "Anggaran": amount,
        "Realisasi": amount,
    }


def a_region(name: str, base: int, year: int = 2022) -> list[dict[str, object]]:
    accounts = ("Belanja Daerah", "Belanja Hibah", "Belanja Modal", "Belanja Pegawai")
    return [budget(name, a, f"{base + n}.000.000,00", year) for n, a in enumerate(accounts)]


def test_a_release_becomes_rows_that_say_where_they_were_read(loader: Loader) -> None:
    path = loader.write("city.jsonl", lines_of([release("1"), release("2")]))
    report = loader.load("ocds", path, region="32.73")
    assert (report.version, report.records, report.kept, report.refused_records) == (1, 2, 2, 0)
    second = loader.rows("procurements")[1]
    assert (second["ocid"], second["file"], second["line"], second["version"]) == (
        "ocds-test-2", "city.jsonl", 2, 1,
    )  # fmt: skip
    assert second["region_code"] == "32.73"
    assert second["released_on"] == date(2018, 3, 4)
    assert second["year"] == 2018
    assert loader.column("contracts", "value") == [185e6, 185e6]
    assert loader.column("contracts", "supplier_id") == ["99.1", "99.1"]


def test_loading_twice_changes_nothing(loader: Loader) -> None:
    path = loader.write("city.jsonl", lines_of([release("1"), release("2")]))
    loader.load("ocds", path)
    before = sorted(str(p) for p in loader.store.folder.rglob("*"))
    again = loader.load("ocds", path)
    assert again.version is None
    assert again.tables["procurements"].unchanged == 2
    assert [v.number for v in loader.store.versions()] == [1]
    assert sorted(str(p) for p in loader.store.folder.rglob("*") if "spill" not in str(p)) == before


def test_the_same_rows_in_another_order_and_file_change_nothing(loader: Loader) -> None:
    loader.load("ocds", loader.write("one.jsonl", lines_of([release("1"), release("2")])))
    turned = loader.write("two.jsonl", "\n" + lines_of([release("2"), release("1")]))
    assert loader.load("ocds", turned).version is None


def test_a_correction_keeps_what_was_known_before(loader: Loader) -> None:
    loader.load("ocds", loader.write("a", lines_of([release("1"), release("2")])))
    changed = release("2", awards=[])
    report = loader.load("ocds", loader.write("b", lines_of([changed])), on=TOMORROW)
    assert report.tables["awards"].gone == 1
    assert report.tables["contracts"].corrected == 1  # its award is not there any more
    assert report.tables["procurements"].added == 0
    assert len(loader.rows("awards")) == 1
    assert len(loader.rows("awards", known_on=TODAY)) == 2
    assert len(loader.rows("awards", known_on=TODAY - timedelta(days=1))) == 0
    ended = [row for row in loader.rows("awards", also_ended=True) if row["ended"]]
    assert [(row["ended"], row["ended_because"]) for row in ended] == [(2, "gone")]


def test_a_retraction_brings_back_what_the_load_had_corrected(loader: Loader) -> None:
    loader.load("ocds", loader.write("a", lines_of([release("1")])))
    wrong = release("1", buyer={"id": "9", "name": "Salah"})
    loader.load("ocds", loader.write("b", lines_of([wrong, release("3")])), on=TOMORROW)
    assert loader.column("procurements", "buyer_id") == ["9", "1.01"]
    day = TODAY + timedelta(days=2)
    done = storing.retract(
        loader.store, 2, because="of another city", today=day, at="x", scratch=loader.folder / "s"
    )
    assert done.number == 3
    assert loader.column("procurements", "buyer_id") == ["1.01"]
    assert loader.column("procurements", "buyer_id", known_on=TOMORROW) == ["9", "1.01"]
    assert loader.column("procurements", "buyer_id", known_on=TODAY) == ["1.01"]
    assert loader.load("ocds", loader.folder / "a").version is None
    for number, because in ((2, "again"), (9, "x"), (1, " ")):
        with pytest.raises(Refusal):
            storing.retract(
                loader.store, number, because=because, today=day, at="x",
                scratch=loader.folder / "s",
            )  # fmt: skip


def test_a_trial_keeps_nothing(loader: Loader) -> None:
    path = loader.write("a", lines_of([release("1")]))
    report = loader.load("ocds", path, dry_run=True)
    assert (report.version, report.tables["procurements"].added) == (None, 1)
    assert loader.store.versions() == []
    assert [p for p in loader.store.folder.rglob("*.parquet") if "shapes" not in p.parts] == []
    assert not list(loader.store.folder.glob(".trial-*"))


def test_a_trial_that_is_broken_off_leaves_nothing(
    loader: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(self: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(staging.Staging, "_flush", dies)
    with pytest.raises(KeyboardInterrupt):
        loader.load("ocds", loader.write("a", lines_of([release("1")])), dry_run=True)
    assert not list(loader.store.folder.glob(".trial-*"))


def test_refused_records_have_file_line_and_reason_and_the_rest_is_kept(loader: Loader) -> None:
    lines = lines_of([release(str(n)) for n in range(98)])
    path = loader.write("city.jsonl", lines + '{"ocid": 1, "ocid": 2}\n' + '{"id": "x"}\n')
    report = loader.load("ocds", path)
    assert (report.records, report.kept, report.refused_records) == (100, 98, 2)
    assert [(item["line"], item["why"][:20]) for item in report.refusals] == [
        (99, "the key 'ocid' stand"),
        (100, "neither a release, n"),
    ]
    kept = (loader.store.catalogue / "000001.refused.jsonl").read_text().splitlines()
    assert [json.loads(line)["line"] for line in kept] == [99, 100]


def test_too_many_refusals_stop_the_load(loader: Loader) -> None:
    path = loader.write("a", lines_of([release("1")]) + "x\n")
    with pytest.raises(LoadStopped, match="1 of 2 records refused") as stopped:
        loader.load("ocds", path)
    assert stopped.value.report.refusals[0]["line"] == 2
    assert loader.store.versions() == []
    accepted = loader.load("ocds", path, accepted={"refused_at_most": "one line is known bad"})
    assert accepted.version == 1
    findings = loader.store.versions()[0].report["assertions"]
    assert {item["check"]: item["accepted"] for item in findings if item["accepted"]} == {
        "refused_at_most": "one line is known bad"
    }


def test_a_key_that_stands_twice_is_refused_unless_word_for_word_the_same(loader: Loader) -> None:
    other = release("1", buyer={"id": "2", "name": "Lain"})
    many = [release(str(n)) for n in range(1, 100)]
    path = loader.write("city.jsonl", lines_of([*many, release("1"), other]))
    report = loader.load("ocds", path)
    assert (report.kept, report.repeated, report.refused_records) == (99, 1, 1)
    assert report.refusals[0]["line"] == 101
    assert "stands already at city.jsonl:1" in report.refusals[0]["why"]
    assert len(loader.rows("procurements")) == 99
    assert len(loader.rows("awards")) == 99
    assert set(loader.column("procurements", "buyer_id")) == {"1.01"}


def test_a_source_may_number_what_stands_twice(loader: Loader) -> None:
    rows = [
        budget("Kab. Gresik", "Belanja Modal", "5,00 M"),
        budget("Kab. Gresik", "Belanja Modal", "5,00 M"),
    ]
    report = loader.load("apbd", loader.write("b.csv", csv_of(rows)))
    assert (report.kept, report.numbered) == (2, 2 - 1)
    assert report.samples["budgets", "repeated_key"] == [("b.csv", 3)]
    found = loader.rows("budgets")
    assert [row["doubts"] for row in found] == [None, "repeated_key"]
    assert found[1]["row_id"] == found[0]["row_id"] + "#2"
    assert [row["budget"] for row in found] == [5e9, 5e9]


def test_half_the_rows_gone_stops_a_whole_delivery(loader: Loader) -> None:
    loader.load("apbd", loader.write("b.csv", csv_of(a_region("Kab. Gresik", 10))))
    less = loader.write("c.csv", csv_of(a_region("Kab. Gresik", 10)[:1]))
    with pytest.raises(LoadStopped, match="not_halved: 3 of 4 records known before are gone"):
        loader.load("apbd", less)
    three = loader.write("d.csv", csv_of(a_region("Kab. Gresik", 10)[:3]))
    report = loader.load("apbd", three)
    assert report.tables["budgets"].gone == 1
    assert len(loader.rows("budgets")) == 3


def test_a_whole_delivery_ends_only_what_lies_in_its_slices(loader: Loader) -> None:
    both = a_region("Kab. Gresik", 10) + a_region("Kab. Tuban", 20)
    loader.load("apbd", loader.write("b.csv", csv_of(both)))
    later = a_region("Kab. Gresik", 11, 2023)
    loader.load("apbd", loader.write("c.csv", csv_of(later)))
    assert len(loader.rows("budgets")) == 12
    part = loader.load("apbd", loader.write("d.csv", csv_of(both[:1])), whole=False)
    assert part.version is None
    assert len(loader.rows("budgets")) == 12


def test_a_file_of_the_same_name_with_less_than_half_stops(loader: Loader) -> None:
    path = loader.write("city.jsonl", lines_of([release(str(n)) for n in range(5)]))
    loader.load("ocds", path)
    loader.write("city.jsonl", lines_of([release("0")]))
    with pytest.raises(
        LoadStopped, match=r"city\.jsonl had 5 records when it was last loaded, now 1"
    ):
        loader.load("ocds", path)


def test_a_file_under_the_wrong_region_is_noticed(loader: Loader) -> None:
    path = loader.write("a", lines_of([release("1"), release("2")]))
    loader.load("ocds", path, region="32.73")
    with pytest.raises(LoadStopped, match=r"same_region: 2 of 2 .* of another region \(as 32.73\)"):
        loader.load("ocds", path, region="32.04")
    moved = loader.load("ocds", path, region="32.04", accepted={"same_region": "it was wrong"})
    assert moved.tables["procurements"].corrected == 2
    assert set(loader.column("procurements", "region_code")) == {"32.04"}


def test_another_region_under_a_new_name_is_noticed(loader: Loader) -> None:
    loader.load("apbd", loader.write("b.csv", csv_of(a_region("Kab. Gresik", 10))))
    copied = loader.write("c.csv", csv_of(a_region("Kab. Tuban", 10)))
    with pytest.raises(LoadStopped, match=r"copied_region: 1 of 1 .* 35.23 = 35.25 in 2022"):
        loader.load("apbd", copied)


def test_a_few_copies_in_a_large_file_are_doubtful_on_both_sides(loader: Loader) -> None:
    names = [name for code, name in _regions() if code.startswith("33.")][:34]
    rows = [row for n, name in enumerate(names) for row in a_region(name, 100 + n)]
    rows += a_region("Kab. Gresik", 5000)
    rows += [row for name in ("Kab. Tuban",) for row in a_region(name, 100, 2021)]
    rows += a_region(names[0], 7, 2021) + a_region("Kab. Lamongan", 7, 2021)
    wide = [
        row
        for year in (2019, 2020)
        for n, name in enumerate(names)
        for row in a_region(name, 300 + n, year)
    ]
    report = loader.load("apbd", loader.write("b.csv", csv_of(rows + wide)))
    assert report.doubts["budgets", "copied_region"] == 8
    doubtful = [row for row in loader.rows("budgets") if "copied_region" in (row["doubts"] or "")]
    assert {row["region_code"] for row in doubtful} == {"33.01", "35.24"}
    assert {row["year"] for row in doubtful} == {2021}


def _regions() -> list[tuple[str, str]]:
    from timbang.registry import places

    return list(places.codes().items())


def test_a_whole_file_that_is_bad_stops_and_leaves_nothing(loader: Loader) -> None:
    path = loader.write("a.csv", "a,a\n1,2\n")
    with pytest.raises(BadFile, match=r"a\.csv:1: columns that stand twice"):
        loader.load("apbd", path)
    with pytest.raises(BadFile, match="no such file"):
        loader.load("apbd", loader.folder / "none.csv")
    other = loader.folder / "sub"
    other.mkdir()
    (other / "a.csv").write_text("x\n1\n")
    with pytest.raises(BadFile, match="two files of one load bear this name"):
        loader.load("apbd", path, other / "a.csv")
    assert loader.store.versions() == []


def test_a_column_that_is_missing_is_named(loader: Loader) -> None:
    path = loader.write("a.csv", "Tahun,Akun\n2022,PAD\n")
    with pytest.raises(LoadStopped) as stopped:
        loader.load("apbd", path)
    assert "no column for 'region_label'; allowed: kab," in stopped.value.report.refusals[0]["why"]


def test_what_no_table_keeps_is_counted(loader: Loader) -> None:
    odd = release("1", extra={"a": 1})
    odd["tender"]["hope"] = 5
    report = loader.load("ocds", loader.write("a", lines_of([odd, release("2")])))
    assert report.not_kept == {"extra": 1, "tender/hope": 1}


def test_names_that_a_stranger_makes_up_do_not_fill_the_report(loader: Loader) -> None:
    odd = [release(str(n), **{f"x{n}": 1}) for n in range(1_200)]
    bad = "".join(f'{{"k{n}": 1, "k{n}": 2}}\n' for n in range(20))
    report = loader.load("ocds", loader.write("a", lines_of(odd) + bad))
    assert len(report.not_kept) == staging.MOST_NAMES + 1
    assert report.not_kept[staging.OTHERS] == 200
    assert report.refused == {"the key '...' stands twice in one object": 20}


def test_a_load_that_was_broken_off_goes_on_and_ends_the_same(
    loader: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "BATCH", 10)
    releases = [release(str(n)) for n in range(95)]
    releases[3]["date"] = "-0001-11-30"
    text = lines_of(releases).replace("\n", "\n!\n", 1)
    path = loader.write("city.jsonl", text)
    real, calls = staging.Staging._flush, []

    def dies(self: staging.Staging) -> None:
        real(self)
        calls.append(1)
        if len(calls) == 4:
            (self.folder / "parts" / "procurements" / "000099.parquet").write_bytes(b"half")
            raise KeyboardInterrupt

    monkeypatch.setattr(staging.Staging, "_flush", dies)
    with pytest.raises(KeyboardInterrupt):
        loader.load("ocds", path)
    monkeypatch.setattr(staging.Staging, "_flush", real)
    report = loader.load("ocds", path)
    assert report.resumed_at == 40
    straight = Loader(tmp_path / "straight")
    straight.folder.mkdir()
    whole = straight.load("ocds", straight.write("city.jsonl", text))
    assert whole.resumed_at == 0
    first, second = report.as_json(), whole.as_json()
    assert first.pop("resumed_at") == 40
    assert second.pop("resumed_at") == 0
    assert first == second
    for table in ("procurements", "awards", "contracts", "items"):
        assert loader.rows(table) == straight.rows(table)
    assert not list((loader.store.folder / ".staging").iterdir())


def test_a_load_that_is_killed_while_writing_is_never_half_seen(
    loader: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = loader.write("a", lines_of([release("1")]))

    def dies(self: object, *rest: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(storing.Store, "commit", dies)
        loader.load("ocds", path)
    assert list(loader.store.folder.rglob("v000001.parquet"))
    assert loader.rows("procurements") == []
    report = loader.load("ocds", path)
    assert (report.version, report.resumed_at) == (1, 1)
    assert len(loader.rows("procurements")) == 1


def test_a_load_that_is_broken_off_after_comparing_tells_each_refusal_once(
    loader: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [release(str(n)) for n in range(60)]
    other = release("1", buyer={"id": "2", "name": "Lain"})
    path = loader.write("a", lines_of([*many, other]))

    def dies(self: object, *rest: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(storing.Store, "commit", dies)
        loader.load("ocds", path)
    report = loader.load("ocds", path)
    kept = (loader.store.catalogue / "000001.refused.jsonl").read_text().splitlines()
    assert (report.refused_records, len(report.refusals), len(kept)) == (1, 1, 1)


def test_a_load_that_is_really_killed_goes_on(loader: Loader) -> None:
    path = loader.write("city.jsonl", lines_of([release(str(n)) for n in range(30_000)]))
    code = (
        "import sys; from pathlib import Path; from tests.registry.loader import Loader;"
        "from timbang.registry import staging; staging.BATCH = 1000;"
        "Loader(Path(sys.argv[1])).load('ocds', Path(sys.argv[2]))"
    )
    root = Path(__file__).resolve().parents[2]
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(loader.folder), str(path)],
        cwd=root,
        stderr=subprocess.DEVNULL,
    )
    states = loader.store.folder / ".staging"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found = list(states.glob("*/state.json"))
        if found and json.loads(found[0].read_text())["records"] >= 3000:
            break
        time.sleep(0.01)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    report = loader.load("ocds", path)
    assert 0 < report.resumed_at < 30_000
    assert report.tables["procurements"].added == 30_000


def test_two_loads_at_once_are_refused(loader: Loader) -> None:
    path = loader.write("a", lines_of([release("1")]))
    with loader.store.writing(), pytest.raises(Refusal, match="another load is under way"):
        loader.load("ocds", path)


def test_files_lie_by_year_and_are_sorted(loader: Loader) -> None:
    releases = [release("1"), release("2", date="-0001-01-01"), release("3", date="2017-01-01")]
    releases += [release("4", date="2018-02-01", buyer={"id": "0", "name": "A"})]
    known = {"unknown_at_most": "one day in four is unknown on purpose"}
    loader.load("ocds", loader.write("a", lines_of(releases)), accepted=known)
    folder = loader.store.folder / "procurements"
    assert sorted(p.name for p in folder.iterdir()) == ["year=0", "year=2017", "year=2018"]
    found = pq.read_table(folder / "year=2018" / "v000001.parquet", partitioning=None)
    assert found["buyer_id"].to_pylist() == ["0", "1.01"]


def test_a_damaged_catalogue_is_told(loader: Loader) -> None:
    loader.load("ocds", loader.write("a", lines_of([release("1")])))
    (loader.store.catalogue / "000001.json").write_text("{")
    with pytest.raises(Refusal, match=r"000001\.json is damaged"):
        loader.store.versions()


def test_a_version_number_is_taken_once(loader: Loader) -> None:
    loader.load("ocds", loader.write("a", lines_of([release("1")])))
    version = loader.store.versions()[0]
    with pytest.raises(Refusal, match="exists already"):
        loader.store.commit(version)
    assert len(list(loader.store.catalogue.glob("*.json"))) == 1


def test_progress_tells_every_byte(loader: Loader) -> None:
    from timbang.registry import loading, sources
    from timbang.registry.reading_records import Context

    path = loader.write("a", lines_of([release(str(n)) for n in range(30)]))
    told: list[int] = []
    report: Report = loading.load(
        loader.store, sources.sources()["ocds"], [path],
        context=Context(TODAY, b"s" * 32), at="x", progress=told.append,
    )  # fmt: skip
    assert sum(told) == path.stat().st_size == report.files[0].bytes


# What goes wrong on the way


@pytest.mark.parametrize("how", ["written", "replaced"])
def test_a_file_that_changes_while_it_is_read_stops_the_load(
    loader: Loader, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(staging, "BATCH", 10)
    path = loader.write("city.jsonl", lines_of([release(str(n)) for n in range(40)]))
    later = lines_of([release(str(n), date="2019-01-01") for n in range(40)])
    real = staging.Staging._flush

    def changes(self: staging.Staging) -> None:
        real(self)
        if self.state["part"] == 2 and how == "written":
            path.write_text(later)
        elif self.state["part"] == 2:
            loader.write("new", later).replace(path)

    with monkeypatch.context() as patched:
        patched.setattr(staging.Staging, "_flush", changes)
        with pytest.raises(BadFile, match=r"city\.jsonl: changed while it was read|not JSON"):
            loader.load("ocds", path)
    assert loader.store.versions() == []
    assert not list((loader.store.folder / ".staging").iterdir())
    assert loader.load("ocds", path).resumed_at == 0
    assert set(loader.column("procurements", "year")) == {2019}


def broken_off(loader: Loader, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A load that was killed after three batches; the folder of its parts."""

    def dies(self: object, *rest: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(storing.Store, "commit", dies)
        loader.load("ocds", path)
    [folder] = (loader.store.folder / ".staging").iterdir()
    return folder / "parts" / "procurements"


@pytest.mark.parametrize("damage", ["emptied", "cut", "lost"])
def test_parts_that_a_power_cut_took_are_read_again(
    loader: Loader, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    monkeypatch.setattr(staging, "BATCH", 10)
    path = loader.write("a", lines_of([release(str(n)) for n in range(30)]))
    part = broken_off(loader, path, monkeypatch) / "000001.parquet"
    whole = part.read_bytes()
    if damage == "lost":
        part.unlink()
    else:
        part.write_bytes(b"" if damage == "emptied" else whole[: len(whole) // 2])
    report = loader.load("ocds", path)
    assert (report.version, report.resumed_at) == (1, 0)
    assert len(loader.rows("procurements")) == 30


@pytest.mark.parametrize("limit", [6_000, 100_000])
def test_a_full_disk_is_told_and_the_same_load_goes_on_when_there_is_room(
    loader: Loader, limit: int
) -> None:
    """Files may not grow beyond the limit: Arrow meets it while reading, DuckDB while writing."""
    dice = random.Random(1)
    told = [release(str(n)) for n in range(4_000)]
    for each in told:
        each["tender"]["title"] = dice.randbytes(48).hex()
    path = loader.write("city.jsonl", lines_of(told))
    code = (
        "import resource, sys; from pathlib import Path; from tests.registry.loader import Loader;"
        "from timbang.registry import staging; staging.BATCH = 200;"
        "limit = int(sys.argv[3]); resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit));"
        "Loader(Path(sys.argv[1])).load('ocds', Path(sys.argv[2]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(loader.folder), str(path), str(limit)],
        cwd=Path(__file__).resolve().parents[2], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    if limit == 6_000:
        assert last.startswith("OSError")
    else:
        assert "DuckDB could not go on" in last
        assert "Make room on the disk and do the same again" in last
    assert loader.store.versions() == []
    report = loader.load("ocds", path)
    assert report.version == 1
    assert (report.resumed_at > 0) == (limit == 100_000)
    assert report.tables["procurements"].added == 4_000
    assert len(loader.rows("awards")) == 4_000


def test_a_line_that_becomes_a_million_rows_is_refused(loader: Loader) -> None:
    good = [release(str(n)) for n in range(200)]
    many = release("x", awards=[{}] * 60_000)
    packed = {"releases": [release(f"p{n}", awards=[{}] * 9_000) for n in range(9)]}
    report = loader.load("ocds", loader.write("a", lines_of([*good, many, packed])))
    assert [item["why"] for item in report.refusals] == [
        "a release with more than 50,000 parts",
        "more than 50,000 rows in one line; the rest of it is not read",
    ]
    assert report.tables["procurements"].added == 200 + 6


@pytest.mark.parametrize(("name", "value"), [("ROWS", 30), ("BYTES", 6_000), ("BATCH", 5)])
def test_a_batch_is_written_down_before_it_fills_the_memory(
    loader: Loader, monkeypatch: pytest.MonkeyPatch, name: str, value: int
) -> None:
    monkeypatch.setattr(staging, name, value)
    path = loader.write("a", lines_of([release(str(n)) for n in range(50)]))
    parts = broken_off(loader, path, monkeypatch)
    assert 7 <= len(list(parts.glob("*.parquet"))) <= 17
    assert loader.load("ocds", path).tables["procurements"].added == 50


def test_what_trials_left_that_were_killed_goes_with_the_next_load(loader: Loader) -> None:
    trial = loader.store.folder / ".trial-abc"
    trial.mkdir(parents=True)
    loader.load("ocds", loader.write("a", lines_of([release("1")])))
    assert not trial.exists()
