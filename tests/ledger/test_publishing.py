"""Publishing: the tree only grows; a database that knows less than the log signs nothing."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from tests.ledger.conftest import AT, DAY, acts, delete_rows, published
from timbang.law.refusal import Refusal
from timbang.ledger import actions, keys, merkle, texts
from timbang.ledger.folder import LogFolder
from timbang.ledger.models import Entry, TreeHead
from timbang.ledger.tiles import places
from timbang.ledger.verifying import verify

pytestmark = pytest.mark.django_db


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def check(folder: Path, since: Path | None = None) -> None:
    verdict = verify(folder, keys.signing_key().vkey, since)
    assert verdict.ok, verdict.problems


def forget_from(position: int) -> None:
    """What a backup made at `position` entries does not know."""
    tree = LogFolder(settings.LOG).tree(TreeHead.objects.get().size)
    nodes = merkle.subtrees(0, position)
    frontier = b"".join(tree.node(*node) for node in nodes)
    delete_rows(position)
    TreeHead.objects.update(size=position, frontier=frontier)


# --- growing ---


def test_the_empty_log_is_published_too(log_folder: Path) -> None:
    checkpoint = actions.publish(log_folder, at=AT)
    assert (checkpoint.size, checkpoint.root) == (0, merkle.EMPTY_ROOT)
    check(log_folder)


def test_what_is_published_is_what_the_standard_lists(log_folder: Path) -> None:
    published(log_folder, 600)
    assert set(files(log_folder)) == {"checkpoint", *(place.path for place in places(600))}
    check(log_folder)


def test_publishing_step_by_step_gives_the_same_log_as_at_once(
    log_folder: Path, tmp_path: Path
) -> None:
    for count in (1, 0, 254, 1, 1, 300, 255):
        published(log_folder, count)
        check(log_folder)
    keys_file = settings.KEYS / "log.signed"
    keys_file.unlink()
    actions.publish(tmp_path / "other", at=AT)
    assert (tmp_path / "other/checkpoint").read_bytes() == (log_folder / "checkpoint").read_bytes()
    stepwise, at_once = files(log_folder), files(tmp_path / "other")
    assert {name: stepwise[name] for name in at_once} == at_once


def test_every_checkpoint_extends_all_earlier_ones(log_folder: Path, tmp_path: Path) -> None:
    kept = []
    for count in (0, 1, 63, 200, 300):
        published(log_folder, count)
        kept.append(tmp_path / f"checkpoint-{count}")
        shutil.copy(log_folder / "checkpoint", kept[-1])
        for old in kept:
            check(log_folder, old)


def test_publishing_again_changes_no_byte(log_folder: Path) -> None:
    published(log_folder, 300)
    before = {path: path.stat().st_mtime_ns for path in log_folder.rglob("*")}
    actions.publish(log_folder, at=AT + timedelta(hours=1))
    assert {path: path.stat().st_mtime_ns for path in log_folder.rglob("*")} == before


def test_full_tiles_are_written_once_and_partial_ones_go_when_full(log_folder: Path) -> None:
    published(log_folder, 300)
    first = (log_folder / "tile/0/000").stat()
    assert (log_folder / "tile/0/001.p/44").exists()
    published(log_folder, 212)
    assert (log_folder / "tile/0/000").stat().st_ino == first.st_ino
    assert not (log_folder / "tile/0/001.p").exists()
    assert not (log_folder / "tile/entries/001.p").exists()
    check(log_folder)


def test_partial_tiles_of_an_earlier_checkpoint_stay_until_then(log_folder: Path) -> None:
    published(log_folder, 10)
    published(log_folder, 10)
    assert {path.name for path in (log_folder / "tile/0/000.p").iterdir()} == {"10", "20"}
    check(log_folder)


def test_everyone_may_read_the_log_and_nobody_else_the_keys(log_folder: Path) -> None:
    old = os.umask(0o077)
    try:
        published(log_folder, 300)
    finally:
        os.umask(old)
    for path in (log_folder, *log_folder.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path
    for name in ("log", "log.signed", "log.lock"):
        assert (settings.KEYS / name).stat().st_mode & 0o777 == 0o600


def test_the_published_files_hold_leaves_and_nothing_else(log_folder: Path) -> None:
    with_content = acts(3)
    actions.sequence(at=AT)
    actions.publish(log_folder, at=AT)
    everything = b"".join(files(log_folder).values())
    for entry in with_content:
        assert bytes(entry.leaf) in everything
        assert bytes(entry.salt) not in everything
        assert entry.act.encode() not in everything
        assert entry.id.bytes not in everything


def test_an_entry_of_the_intake_looks_like_padding(log_folder: Path) -> None:
    acts(5, lane="daily")
    actions.release_daily(on=DAY)
    actions.publish(log_folder, at=AT)
    bundle = (log_folder / "tile/entries/000.p/64").read_bytes()
    assert len(bundle) == 64 * 34
    assert {bundle[at : at + 2] for at in range(0, len(bundle), 34)} == {b"\x00\x20"}


# --- refusing ---


def test_a_restored_backup_signs_and_places_nothing(log_folder: Path) -> None:
    published(log_folder, 300)
    before = files(log_folder)
    forget_from(250)
    acts(3)
    for attempt in (
        lambda: actions.publish(log_folder, at=AT),
        lambda: actions.sequence(at=AT),
        lambda: actions.release_daily(on=DAY),
    ):
        with pytest.raises(Refusal) as caught:
            attempt()
        text = str(caught.value)
        assert "250" in text and "299" in text and str(log_folder) in text
        assert "timbang log recover" in text
    assert files(log_folder) == before
    assert Entry.objects.filter(position=None).count() == 3


def test_a_restored_backup_beside_an_older_folder_is_caught_by_the_memory(
    log_folder: Path, tmp_path: Path
) -> None:
    published(log_folder, 250)
    shutil.copytree(log_folder, tmp_path / "older")
    published(log_folder, 50)
    forget_from(250)
    shutil.rmtree(log_folder)
    shutil.move(tmp_path / "older", log_folder)
    acts(3)
    with pytest.raises(Refusal, match=r"log\.signed knows 300|250 .* 299"):
        actions.sequence(at=AT)
    with pytest.raises(Refusal, match=r"299"):
        actions.publish(log_folder, at=AT)


def test_a_database_that_went_another_way_is_refused(log_folder: Path) -> None:
    published(log_folder, 300)
    forget_from(280)
    shutil.move(log_folder, log_folder.with_name("away"))
    (settings.KEYS / "log.signed").unlink()
    acts(100)
    actions.sequence(at=AT)
    shutil.move(log_folder.with_name("away"), log_folder)
    before = files(log_folder)
    with pytest.raises(Refusal, match="280"):
        actions.publish(log_folder, at=AT)
    assert files(log_folder) == before


def test_two_trees_of_one_size_are_refused(log_folder: Path) -> None:
    published(log_folder, 300)
    forget_from(299)
    shutil.move(log_folder, log_folder.with_name("away"))
    (settings.KEYS / "log.signed").unlink()
    acts(1)
    actions.sequence(at=AT)
    shutil.move(log_folder.with_name("away"), log_folder)
    with pytest.raises(Refusal, match="299"):
        actions.publish(log_folder, at=AT)


@pytest.mark.parametrize("more", [10, 20])
def test_the_memory_alone_refuses_another_history(log_folder: Path, more: int) -> None:
    published(log_folder, 40)
    forget_from(30)
    shutil.rmtree(log_folder)
    (settings.KEYS / "log.signed").rename(settings.KEYS / "kept")
    acts(more)
    actions.sequence(at=AT)
    (settings.KEYS / "kept").rename(settings.KEYS / "log.signed")
    with pytest.raises(Refusal, match=r"log\.signed"):
        actions.publish(log_folder, at=AT)
    assert not (log_folder / "checkpoint").exists()


def test_the_memory_refuses_a_folder_of_another_history(log_folder: Path) -> None:
    published(log_folder, 40)
    signer = keys.signing_key()
    text = texts.checkpoint_text(origin=signer.name, size=5, root=bytes(32))
    keys.remember_signed(texts.read_checkpoint(signer.sign(text)))
    acts(1)
    actions.sequence(at=AT)
    with pytest.raises(Refusal, match=r"log\.signed"):
        actions.publish(log_folder, at=AT)


def test_a_row_that_was_changed_afterwards_is_not_published_in_a_wider_tile(
    log_folder: Path,
) -> None:
    entries = published(log_folder, 10)
    Entry.objects.filter(pk=entries[4].pk).update(leaf=bytes(32))
    acts(5)
    actions.sequence(at=AT)
    with pytest.raises(Refusal, match="4"):
        actions.publish(log_folder, at=AT)


def test_a_row_that_was_changed_before_publication_is_refused(log_folder: Path) -> None:
    entries = acts(10)
    actions.sequence(at=AT)
    Entry.objects.filter(pk=entries[4].pk).update(leaf=bytes(32))
    with pytest.raises(Refusal, match="does not fit"):
        actions.publish(log_folder, at=AT)


def test_a_row_that_was_deleted_is_named(log_folder: Path) -> None:
    acts(10)
    actions.sequence(at=AT)
    delete_rows(4, 5)
    with pytest.raises(Refusal, match=r"\b4\b"):
        actions.publish(log_folder, at=AT)


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\xff\xfe", b"log.example/timbang\n5\n"])
def test_a_damaged_checkpoint_is_never_overwritten(log_folder: Path, content: bytes) -> None:
    published(log_folder, 10)
    (log_folder / "checkpoint").write_bytes(content)
    acts(1)
    with pytest.raises(Refusal, match="log verify"):
        actions.publish(log_folder, at=AT)
    assert (log_folder / "checkpoint").read_bytes() == content


def test_a_damaged_tile_stops_the_signing(log_folder: Path) -> None:
    published(log_folder, 10)
    (log_folder / "tile/0/000.p/10").write_bytes(bytes(320))
    acts(1)
    actions.sequence(at=AT)
    with pytest.raises(Refusal, match="tiles do not lead"):
        actions.publish(log_folder, at=AT)


def test_a_log_of_another_key_is_not_continued(log_folder: Path) -> None:
    published(log_folder, 10)
    (settings.KEYS / "log").unlink()
    acts(1)
    actions.sequence(at=AT)
    with pytest.raises(Refusal, match="not signed by"):
        actions.publish(log_folder, at=AT)


def test_a_key_belongs_to_one_origin(settings: pytest.FixtureRequest) -> None:
    first = keys.signing_key()
    assert keys.signing_key() == first
    settings.LOG_ORIGIN = "other.example/log"  # type: ignore[attr-defined]
    with pytest.raises(Refusal, match=r"log\.example/timbang"):
        keys.signing_key()


def test_a_damaged_key_is_not_replaced_in_silence() -> None:
    keys.signing_key()
    (settings.KEYS / "log").write_text("PRIVATE+KEY+nonsense")
    with pytest.raises(Refusal):
        keys.signing_key()


def test_a_damaged_memory_stops_the_signing(log_folder: Path) -> None:
    published(log_folder, 1)
    (settings.KEYS / "log.signed").write_text("nonsense")
    with pytest.raises(Refusal, match=r"log\.signed"):
        actions.publish(log_folder, at=AT)


# --- recovering ---


def test_a_restored_database_takes_from_the_published_log_what_it_lacks(
    log_folder: Path, tmp_path: Path
) -> None:
    entries = published(log_folder, 300)
    shutil.copy(log_folder / "checkpoint", tmp_path / "kept")
    forget_from(250)
    later = acts(5)
    assert actions.recover(log_folder, at=AT) == 50
    lost = Entry.objects.filter(act="lost").order_by("position")
    assert [entry.position for entry in lost] == list(range(250, 300))
    assert [bytes(e.leaf) for e in lost] == [bytes(e.leaf) for e in entries[250:]]
    assert actions.sequence(at=AT) == 5
    actions.publish(log_folder, at=AT)
    check(log_folder, tmp_path / "kept")
    later[0].refresh_from_db()
    assert later[0].position == 300
    assert actions.proof(later[0]) is not None
    with pytest.raises(Refusal):
        actions.opening(lost[0])


def test_entries_that_only_lost_their_place_get_it_back(log_folder: Path) -> None:
    entries = published(log_folder, 20)
    head = LogFolder(log_folder).tree(20)
    frontier = b"".join(head.node(*node) for node in merkle.subtrees(0, 5))
    Entry.objects.filter(position__gte=5).update(position=None)
    TreeHead.objects.update(size=5, frontier=frontier)
    assert actions.recover(log_folder, at=AT) == 0
    for entry in entries:
        before = entry.position
        entry.refresh_from_db()
        assert entry.position == before
    actions.publish(log_folder, at=AT)
    check(log_folder)


def test_entries_placed_elsewhere_wait_again(log_folder: Path) -> None:
    published(log_folder, 20)
    forget_from(15)
    shutil.move(log_folder, log_folder.with_name("away"))
    (settings.KEYS / "log.signed").unlink()
    elsewhere = acts(10)
    actions.sequence(at=AT)
    shutil.move(log_folder.with_name("away"), log_folder)
    assert actions.recover(log_folder, at=AT) == 5
    assert actions.sequence(at=AT) == 10
    actions.publish(log_folder, at=AT)
    check(log_folder)
    for position, entry in enumerate(elsewhere, 20):
        entry.refresh_from_db()
        assert entry.position == position


def test_a_complete_database_recovers_nothing(log_folder: Path) -> None:
    published(log_folder, 20)
    acts(3)
    actions.sequence(at=AT)
    assert actions.recover(log_folder, at=AT) == 0
    assert TreeHead.objects.get().size == 23
    actions.publish(log_folder, at=AT)
    check(log_folder)


def test_nothing_is_recovered_from_a_log_that_does_not_verify(
    log_folder: Path, tmp_path: Path
) -> None:
    published(log_folder, 20)
    forget_from(10)
    bundle = log_folder / "tile/entries/000.p/20"
    data = bytearray(bundle.read_bytes())
    data[-1] ^= 1
    bundle.write_bytes(data)
    with pytest.raises(Refusal, match="entry 19"):
        actions.recover(log_folder, at=AT)
    with pytest.raises(Refusal):
        actions.recover(tmp_path / "nothing", at=AT)
    assert TreeHead.objects.get().size == 10


def test_the_checkpoint_is_dated_by_the_caller(log_folder: Path) -> None:
    published(log_folder, 1)
    assert (log_folder / "checkpoint").stat().st_mtime == AT.timestamp()
    signed = keys.last_signed()
    assert signed is not None
    assert signed == texts.read_checkpoint((log_folder / "checkpoint").read_text())
