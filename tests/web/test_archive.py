"""A backup brings back all that must be kept, on either database, or nothing at all."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.db import connections

from tests.registry.loader import Loader, lines_of, release
from timbang.accounts.actions import add_officer, add_organ
from timbang.accounts.models import Officer, Organ
from timbang.law.refusal import Refusal
from timbang.registry import checking_tables, numbers, reading_versions
from timbang.registry.actions import tables_store
from timbang.registry.storing import Store
from timbang.web import archive
from timbang.web.archive import ROWS, SNAPSHOT, kept_models, read_backup, write_backup

NOW = datetime(2026, 3, 1, tzinfo=UTC)
# Known before the suite makes its database, so that a test may open this second connection.
connections.databases.setdefault(SNAPSHOT, {**connections.databases["default"]})
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", SNAPSHOT])


@pytest.fixture
def filled() -> None:
    organ = add_organ(
        code="satgas",
        name="Satgas",
        kind="task_force",
        region_code="32",
        time_zone="Asia/Jakarta",
        inside=True,
        channel="",
        address="",
        by=None,
        at=NOW,
    )
    add_officer(
        organ=organ,
        login="ani",
        name="Ani",
        roles=["receiver"],
        by=None,
        organ_private=None,
        at=NOW,
    )
    (settings.FILES / "ab").mkdir(parents=True, exist_ok=True)
    (settings.FILES / "ab" / "abcd").write_bytes(b"sealed")
    (settings.FILES / "staged").mkdir(exist_ok=True)
    (settings.FILES / "staged" / "draft").write_bytes(b"nobody's yet")


def _rows() -> dict[str, list[str]]:
    return {
        model._meta.label: sorted(
            serializers.serialize("jsonl", model._default_manager.all()).splitlines()
        )
        for model in kept_models()
    }


def _empty() -> None:
    for model in reversed(kept_models()):
        model._default_manager.all().delete()
    (settings.FILES / "ab" / "abcd").unlink(missing_ok=True)


def test_everything_comes_back_as_it_was(filled: None, tmp_path: Path) -> None:
    before = _rows()
    rows, _files = write_backup(tmp_path / "b.tar")
    assert rows == sum(map(len, before.values())) > 0
    _empty()
    assert read_backup(tmp_path / "b.tar")[0] == rows
    assert _rows() == before
    assert (settings.FILES / "ab" / "abcd").read_bytes() == b"sealed"


def test_public_facts_and_their_secret_come_back(filled: None, tmp_path: Path) -> None:
    loader = Loader(tmp_path)
    loader.store = Store(settings.TABLES)
    secret = numbers.secret_in(settings.KEYS)
    loader.load("ocds", loader.write("a", lines_of([release("1"), release("2")])))
    (settings.TABLES / ".staging" / "half").mkdir(parents=True)
    (settings.TABLES / ".staging" / "half" / "part").write_bytes(b"x")
    before = loader.rows("procurements")
    try:
        write_backup(tmp_path / "b.tar")
        _empty()
        shutil.rmtree(settings.TABLES)
        (settings.KEYS / "numbers.key").unlink()
        read_backup(tmp_path / "b.tar")
        assert loader.rows("procurements") == before
        assert not (settings.TABLES / ".staging").exists()
        assert numbers.secret_in(settings.KEYS) == secret
    finally:
        shutil.rmtree(settings.TABLES, ignore_errors=True)
        (settings.KEYS / "numbers.key").unlink(missing_ok=True)


@pytest.fixture
def entered(tmp_path: Path) -> Iterator[Loader]:
    """Loads whose versions are entered in the ledger."""
    loader = Loader(tmp_path)
    loader.store = tables_store()
    yield loader
    shutil.rmtree(settings.TABLES, ignore_errors=True)


def _restored(file: Path) -> list[int]:
    """What is known after the backup was brought back; the tables agree with the ledger."""
    _empty()
    shutil.rmtree(settings.TABLES)
    read_backup(file)
    found = checking_tables.check(tables_store(), reading_versions.entered_versions())
    assert (found.ok, found.left_over) == (True, ()), found
    return [version.number for version in tables_store().versions()]


def test_a_load_that_ends_while_a_backup_is_written_is_not_in_it(
    filled: None, entered: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered.load("ocds", entered.write("a", lines_of([release("1")])))
    real = archive._lines

    def meanwhile(alias: str) -> Iterator[bytes]:
        entered.load("ocds", entered.write("b", lines_of([release("2")])))
        yield from real(alias)

    monkeypatch.setattr(archive, "_lines", meanwhile)
    write_backup(tmp_path / "b.tar")
    assert [version.number for version in tables_store().versions()] == [1, 2]
    assert _restored(tmp_path / "b.tar") == [1]


def test_a_version_that_is_entered_and_not_yet_in_place_comes_back_in_place(
    filled: None, entered: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(self: Store, number: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Store, "_put_in_place", dies)
        entered.load("ocds", entered.write("a", lines_of([release("1")])))
    assert tables_store().versions() == []
    write_backup(tmp_path / "b.tar")
    assert _restored(tmp_path / "b.tar") == [1]
    assert len(entered.rows("procurements")) == 1


def test_regions_of_this_installation_come_back(
    filled: None, entered: Loader, tmp_path: Path
) -> None:
    settings.TABLES.mkdir(parents=True)
    (settings.TABLES / "regions.csv").write_text("code,name,kind,parent,time_zone\n")
    write_backup(tmp_path / "b.tar")
    assert _restored(tmp_path / "b.tar") == []
    assert (settings.TABLES / "regions.csv").exists()


def test_every_model_of_every_room_is_kept() -> None:
    rooms = ("ledger", "accounts", "registry", "reports", "cases", "publication")
    own = {m for room in rooms for m in apps.get_app_config(room).get_models()}
    assert own <= set(kept_models())


def test_what_nobody_sent_yet_is_not_in_a_backup(filled: None, tmp_path: Path) -> None:
    write_backup(tmp_path / "b.tar")
    with tarfile.open(tmp_path / "b.tar") as tar:
        assert not [name for name in tar.getnames() if "staged" in name]


def test_a_backup_is_never_laid_over_rows(filled: None, tmp_path: Path) -> None:
    write_backup(tmp_path / "b.tar")
    with pytest.raises(Refusal):
        read_backup(tmp_path / "b.tar")
    assert Organ.objects.count() == 1


def test_a_backup_is_readable_for_its_owner_alone(filled: None, tmp_path: Path) -> None:
    write_backup(tmp_path / "b.tar")
    assert (tmp_path / "b.tar").stat().st_mode & 0o077 == 0


def test_an_existing_file_is_never_overwritten(filled: None, tmp_path: Path) -> None:
    (tmp_path / "b.tar").write_text("mine")
    with pytest.raises(Refusal):
        write_backup(tmp_path / "b.tar")
    assert (tmp_path / "b.tar").read_text() == "mine"


@pytest.mark.parametrize("damage", ["cut", "garbage", "climbs"])
def test_a_damaged_backup_brings_back_nothing(filled: None, tmp_path: Path, damage: str) -> None:
    good, bad = tmp_path / "b.tar", tmp_path / "bad.tar"
    write_backup(good)
    _empty()
    if damage == "cut":
        with tarfile.open(good) as tar:
            end = tar.getmember(ROWS).offset_data + 10
        bad.write_bytes(good.read_bytes()[:end])
    elif damage == "garbage":
        bad.write_bytes(b"x" * 4000)
    else:
        with tarfile.open(good) as source, tarfile.open(bad, "w") as target:
            for member in source.getmembers():
                content = source.extractfile(member)
                if member.name.startswith("files/"):
                    member.name = "../climbed"
                target.addfile(member, content)
    with pytest.raises(Refusal):
        read_backup(bad)
    assert Officer.objects.count() == 0
    assert not (settings.DATA.parent / "climbed").exists()


def test_a_newer_published_log_survives_a_restore(filled: None, tmp_path: Path) -> None:
    (settings.LOG / "checkpoint").write_text("old")
    write_backup(tmp_path / "b.tar")
    _empty()
    (settings.LOG / "checkpoint").write_text("new")
    read_backup(tmp_path / "b.tar")
    assert (settings.LOG / "checkpoint").read_text() == "new"


def test_a_whole_case_comes_back_and_opens(tmp_path: Path) -> None:
    """Every table that a decided case fills, with what is sealed in it."""
    from tests.cases.conftest import AT, TJAHJO, office
    from tests.cases.test_deciding import LIGHT, at_decision, decide
    from tests.cases.writing import deliver_all, write_all
    from timbang.cases import actions, packaging, vault
    from timbang.cases.actions import Seen
    from timbang.cases.models import Case

    ppk = office("ppk-32", "appointing_officer", "pandu", "pertiwi")
    pandu = ppk.desks["pandu"]
    case = at_decision(ppk, TJAHJO)
    decide(case.accused.get(), LIGHT, ppk.desks["pertiwi"])
    deliver_all(case, ppk.desks["pertiwi"])
    write_all(case, pandu)
    actions.place_hold(case, "Gugatan.", seen=Seen.now(case), by=pandu, at=AT)
    before, package = _rows(), packaging.collect(Case.objects.get(), pandu).zipped()
    assert sum(bool(rows) for rows in before.values()) > 25
    write_backup(tmp_path / "b.tar")
    _empty()
    read_backup(tmp_path / "b.tar")
    assert _rows() == before
    restored = Case.objects.get()
    assert vault.open_person(vault.case_key(restored, pandu), restored.accused.get()) == TJAHJO
    assert packaging.collect(restored, pandu).zipped() == package
