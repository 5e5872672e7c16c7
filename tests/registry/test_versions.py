"""Each version of the tables is entered in the ledger; what is changed by hand is found."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from tests.registry.loader import TODAY, Loader, lines_of, release
from tests.registry.test_load_commands import run
from timbang.law.refusal import Refusal
from timbang.ledger import actions as ledger
from timbang.ledger.models import Entry
from timbang.registry import actions, checking_tables, reading_versions, storing
from timbang.registry.actions.versions import LedgerRegister
from timbang.registry.checking_tables import Checked
from timbang.registry.models import TablesVersion
from timbang.registry.storing import Store

pytestmark = pytest.mark.django_db


@pytest.fixture
def loader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Loader:
    found = Loader(tmp_path)
    monkeypatch.setattr(settings, "TABLES", found.store.folder)
    found.store = Store(found.store.folder, LedgerRegister())
    return found


def checked(loader: Loader) -> Checked:
    return checking_tables.check(loader.store, reading_versions.entered_versions())


def bodies(act: str) -> list[dict[str, Any]]:
    return list(Entry.objects.filter(act=act).order_by("turn").values_list("body", flat=True))


def retract(loader: Loader, number: int) -> storing.Version:
    with loader.store.writing():
        return storing.retract(
            loader.store, number, because="kota lain", today=TODAY + timedelta(days=1), at="x",
            scratch=loader.folder / "scratch",
        )  # fmt: skip


def two_versions(loader: Loader) -> None:
    loader.load("ocds", loader.write("a", lines_of([release("1"), release("2")])))
    loader.load("ocds", loader.write("b", lines_of([release("2", awards=[]), release("3")])))


# Entered


def test_a_load_a_correction_and_a_retraction_are_each_one_entry(loader: Loader) -> None:
    two_versions(loader)
    assert loader.load("ocds", loader.folder / "b").version is None
    retract(loader, 2)
    loaded = bodies("tables.loaded")
    assert [(body["version"], body["source"], body["records"]) for body in loaded] == [
        (1, "ocds", 2), (2, "ocds", 2),
    ]  # fmt: skip
    assert (loaded[1]["corrected"], loaded[1]["gone"]) == (1, 1)
    [taken] = bodies("tables.retracted")
    assert (taken["version"], taken["retracts"]) == (3, 2)
    assert taken["gone"] > 0
    assert taken["known_again"] == 2
    assert checked(loader) == Checked(3, checked(loader).files, (), (), ())


def test_the_ledger_holds_no_word_of_what_was_loaded(loader: Loader) -> None:
    told = release("1", buyer={"id": "7", "name": "Dinas Rahasia"})
    loader.load("ocds", loader.write("berkas-rahasia", lines_of([told])))
    retract(loader, 1)
    said = json.dumps([*bodies("tables.loaded"), *bodies("tables.retracted")])
    for word in ("Rahasia", "rahasia", "kota lain", "ocds-test"):
        assert word not in said


def test_a_number_is_entered_once_and_never_given_again(loader: Loader) -> None:
    two_versions(loader)
    version = loader.store.versions()[1]
    with pytest.raises(Refusal, match="version 2 was entered before"):
        LedgerRegister().enter(version, "0" * 64)
    (loader.store.catalogue / "000002.json").unlink()
    assert loader.load("ocds", loader.folder / "b").version == 3
    assert "catalogue/000002.json: missing; the ledger knows version 2" in checked(loader).problems


def test_only_loads_and_retractions_are_versions(loader: Loader) -> None:
    two_versions(loader)
    with pytest.raises(IntegrityError), transaction.atomic():
        TablesVersion.objects.filter(pk=1).update(act="other")


# Broken off


class Killed(BaseException):
    """Nothing of the program runs after this."""


@pytest.mark.parametrize("acts", ["load", "retract"])
def test_who_is_killed_after_the_entry_is_completed_by_the_next_start(
    loader: Loader, monkeypatch: pytest.MonkeyPatch, acts: str
) -> None:
    two_versions(loader)

    def dies(self: Store, number: int) -> None:
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(Store, "_put_in_place", dies)
        if acts == "load":
            loader.load("ocds", loader.write("c", lines_of([release("4")])))
        else:
            retract(loader, 2)
    assert [version.number for version in loader.store.versions()] == [1, 2]
    assert TablesVersion.objects.count() == 3
    assert checked(loader).unfinished == (3,)
    assert checked(loader).ok
    assert actions.complete_loads() == [3]
    assert [version.number for version in loader.store.versions()] == [1, 2, 3]
    assert loader.store.prepared() == {}
    assert checked(loader).ok
    assert actions.complete_loads() == []
    if acts == "load":
        assert loader.load("ocds", loader.folder / "c").version is None


def test_who_is_killed_before_the_entry_leaves_neither(
    loader: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = loader.write("a", lines_of([release("1")]))

    def dies(self: LedgerRegister, *rest: object) -> None:
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(LedgerRegister, "enter", dies)
        loader.load("ocds", path)
    assert list(loader.store.prepared()) == [1]
    assert actions.complete_loads() == []
    assert (loader.store.prepared(), loader.store.versions()) == ({}, [])
    report = loader.load("ocds", path)
    assert (report.version, report.resumed_at) == (1, 1)
    assert checked(loader) == Checked(1, checked(loader).files, (), (), ())


def test_who_is_killed_between_the_two_names_changes_nothing(
    loader: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The catalogue file is in place, and the one that was prepared is still there."""
    real = Path.unlink

    def dies(self: Path, missing_ok: bool = False) -> None:
        if self.suffix == ".prepared":
            raise Killed
        real(self, missing_ok=missing_ok)

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(Path, "unlink", dies)
        loader.load("ocds", loader.write("a", lines_of([release("1")])))
    assert checked(loader).ok
    assert loader.load("ocds", loader.folder / "a").version is None
    assert loader.store.prepared() == {}
    assert [version.number for version in loader.store.versions()] == [1]


def test_what_is_prepared_waits_while_another_load_is_under_way(loader: Loader) -> None:
    two_versions(loader)
    (loader.store.catalogue / ".000003.prepared").write_text("{}")
    with loader.store.writing():
        (loader.store.catalogue / ".000003.prepared").write_text("{}")
        assert actions.complete_loads() == []
        assert list(loader.store.prepared()) == [3]


def test_what_a_load_left_that_never_counted_goes_with_the_next(
    loader: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = loader.store.folder / "budgets" / "year=2020" / "v000001.parquet"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"half")
    assert checked(loader).left_over == ("budgets/year=2020/v000001.parquet",)
    assert checked(loader).ok
    loader.load("ocds", loader.write("a", lines_of([release("1")])))
    assert not other.exists()


# Held against the ledger


def changed(loader: Loader, path: Path) -> tuple[str, ...]:
    assert path.is_file()
    assert checked(loader).ok
    found = bytearray(path.read_bytes())
    found[len(found) // 2] ^= 1
    path.write_bytes(bytes(found))
    return checked(loader).problems


@pytest.mark.parametrize(
    "name",
    ["procurements/year=2018/v000001.parquet", "ends/v000002.parquet",
     "catalogue/000001.refused.jsonl"],
)  # fmt: skip
def test_a_file_that_was_changed_by_hand_is_named(loader: Loader, name: str) -> None:
    many = lines_of([release(str(n)) for n in range(60)]) + "x\n"
    loader.load("ocds", loader.write("a", many))
    loader.load("ocds", loader.write("b", lines_of([release("2", awards=[])])))
    version = "2" if "2.parquet" in name else "1"
    assert changed(loader, loader.store.folder / name) == (
        f"{name}: changed since version {version} was written",
    )


def test_a_catalogue_file_that_was_changed_is_named(loader: Loader) -> None:
    two_versions(loader)
    path = loader.store.catalogue / "000002.json"
    path.write_text(path.read_text().replace('"kept": 2', '"kept": 3'))
    assert checked(loader).problems == (
        "catalogue/000002.json: changed since it was entered in the ledger",
    )


def test_a_file_that_was_taken_away_or_laid_in_is_named(loader: Loader) -> None:
    two_versions(loader)
    (loader.store.folder / "awards" / "year=2018" / "v000001.parquet").unlink()
    text = (loader.store.catalogue / "000001.json").read_text()
    forged = text.replace('"version": 1', '"version": 3')
    (loader.store.catalogue / "000003.json").write_text(forged)
    (loader.store.catalogue / "000002.json").unlink()
    assert set(checked(loader).problems) == {
        "awards/year=2018/v000001.parquet: missing; it is of version 1",
        "awards/year=2018/v000001.parquet: missing; it is of version 3",
        "catalogue/000002.json: missing; the ledger knows version 2",
        "catalogue/000003.json: the ledger knows no version 3",
    }


def test_a_catalogue_file_of_other_words_is_damaged(loader: Loader) -> None:
    two_versions(loader)
    (loader.store.catalogue / "000001.json").write_text("[]")
    assert any("damaged" in problem for problem in checked(loader).problems)


def test_a_version_that_is_entered_while_one_looks_is_no_forgery(loader: Loader) -> None:
    two_versions(loader)
    before = reading_versions.entered_versions()
    loader.load("ocds", loader.write("c", lines_of([release("4")])))
    assert checking_tables.check(loader.store, before).ok


def test_a_row_or_an_entry_that_was_changed_is_told(loader: Loader) -> None:
    two_versions(loader)
    path = loader.store.catalogue / "000001.json"
    path.write_text(path.read_text().replace('"kept": 2', '"kept": 3'))
    row = TablesVersion.objects.get(pk=1)
    TablesVersion.objects.filter(pk=1).update(digest=storing.digest_of(path))
    assert checked(loader).problems == (
        "version 1: its row says other things than its entry in the ledger",
    )
    row.entry.body |= {"manifest": storing.digest_of(path)}
    row.entry.save()
    assert checked(loader).problems == ("version 1: its entry in the ledger was changed or erased",)


def test_an_entry_that_the_published_log_lacks_is_told(loader: Loader) -> None:
    from django.utils import timezone

    two_versions(loader)
    now = timezone.now()
    ledger.sequence(at=now)
    ledger.publish(settings.LOG, at=now)
    assert checked(loader).ok
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET position = position + 10")
        cursor.execute("UPDATE ledger_entry SET position = 11 - position")
    assert all("not in the published log" in problem for problem in checked(loader).problems)
    assert len(checked(loader).problems) == 2


# The command


def test_the_command_says_what_is_wrong_and_ends_with_status_1(loader: Loader) -> None:
    two_versions(loader)
    fine = run("tables", "verify")
    assert fine.exit_code == 0
    assert fine.output.startswith("ok: 2 versions, ")
    assert json.loads(run("tables", "verify", "--json").stdout)["ok"] is True
    (loader.store.folder / "ends" / "v000002.parquet").write_bytes(b"")
    wrong = run("tables", "verify")
    assert wrong.exit_code == 1
    assert "wrong: ends/v000002.parquet: changed since version 2 was written" in wrong.output
    told = run("tables", "verify", "--json")
    assert told.exit_code == 1
    assert json.loads(told.stdout)["problems"] == [
        "ends/v000002.parquet: changed since version 2 was written"
    ]


def test_the_next_load_says_what_it_completed(
    loader: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = loader.write("a", lines_of([release("1")]))
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(Store, "_put_in_place", lambda self, number: (_ for _ in ()).throw(Killed))
        loader.load("ocds", path)
    said = run("tables", "verify")
    assert "version 1 was broken off; the next load puts it in place" in said.output
    done = run("load", "ocds", path)
    assert "version 1, broken off before it counted, counts now" in done.output
    assert "nothing new" in done.output
