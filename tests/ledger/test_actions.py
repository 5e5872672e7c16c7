"""Acts, their order, the daily batch, promises and proofs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings

from tests.ledger.conftest import AT, DAY, acts, published
from timbang.law.refusal import Refusal
from timbang.ledger import actions, merkle, texts
from timbang.ledger.commitment import BodyError, commit
from timbang.ledger.keys import signing_key
from timbang.ledger.models import DailyRelease, Entry, TreeHead

pytestmark = pytest.mark.django_db

NEXT_DAY = DAY + timedelta(days=1)


def leaves() -> list[bytes]:
    rows = Entry.objects.exclude(position=None).order_by("position")
    assert [row.position for row in rows] == list(range(len(rows)))
    return [bytes(row.leaf) for row in rows]


def head() -> merkle.Frontier:
    row = TreeHead.objects.get()
    return merkle.Frontier(row.size, bytes(row.frontier))


# --- recording ---


@pytest.mark.django_db(transaction=True)
def test_an_entry_is_written_in_the_transaction_of_its_act_or_not_at_all() -> None:
    with pytest.raises(transaction.TransactionManagementError, match="transaction of the act"):
        actions.record(act="test.act", body={}, lane="now", on=DAY)
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.record(act="test.act", body={}, lane="now", on=DAY)
        raise RuntimeError("the act failed")
    assert not Entry.objects.exists()
    with transaction.atomic():
        actions.record(act="test.act", body={}, lane="now", on=DAY)
    assert Entry.objects.count() == 1


def test_a_leaf_commits_to_what_the_row_holds() -> None:
    body = {"case": "7a", "again": True, "number": 3, "reason": None, "kata": "téga"}
    entry = actions.record(act="case.step", body=body, lane="now", on=DAY)
    entry.refresh_from_db()
    assert bytes(entry.leaf) == commit(bytes(entry.salt), act="case.step", body=body, on=DAY)
    assert entry.body == body


def test_the_same_act_twice_has_two_unrelated_leaves() -> None:
    one, two = (actions.record(act="a", body={}, lane="now", on=DAY) for _ in range(2))
    assert one.leaf != two.leaf
    assert one.salt != two.salt


@pytest.mark.parametrize("act", ["padding", "lost"])
def test_the_ledgers_own_acts_are_not_for_others(act: str) -> None:
    with pytest.raises(BodyError):
        actions.record(act=act, body={}, lane="now", on=DAY)


def test_free_text_and_floats_never_enter() -> None:
    for value in ("x" * 201, 1.5, ["a"]):
        with pytest.raises(BodyError):
            actions.record(act="a", body={"value": value}, lane="now", on=DAY)  # type: ignore[dict-item]
    assert not Entry.objects.exists()


def test_an_unknown_lane_is_refused() -> None:
    with pytest.raises(ValueError, match="fast"):
        actions.record(act="a", body={}, lane="fast", on=DAY)  # type: ignore[arg-type]


# --- the lane of officers' acts ---


def test_acts_get_dense_positions_in_their_order() -> None:
    first, second = acts(3), acts(2, start=3)
    assert actions.sequence(at=AT) == 5
    assert leaves() == [bytes(entry.leaf) for entry in [*first, *second]]
    acts(1)
    assert actions.sequence(at=AT) == 1
    assert actions.sequence(at=AT) == 0


def test_the_head_is_the_tree_of_all_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "ACTS_A_TRANSACTION", 7)
    acts(20)
    assert actions.sequence(at=AT) == 20
    expected = merkle.Frontier()
    expected.extend(merkle.leaf_hash(leaf) for leaf in leaves())
    assert (head().size, head().root) == (20, expected.root)


def test_a_placed_act_keeps_no_moment() -> None:
    acts(3)
    assert not Entry.objects.filter(turn=None).exists()
    actions.sequence(at=AT)
    assert not Entry.objects.exclude(turn=None).exists()


def test_sequencing_leaves_the_intake_alone() -> None:
    acts(2, lane="daily")
    assert actions.sequence(at=AT) == 0
    assert Entry.objects.filter(position=None).count() == 2


# --- the daily batch ---


@pytest.mark.parametrize(("reports", "size"), [(0, 64), (1, 64), (63, 64), (64, 64), (65, 128)])
def test_a_days_batch_tells_the_number_only_in_steps_of_64(reports: int, size: int) -> None:
    acts(reports, lane="daily")
    assert actions.release_daily(on=DAY) == size
    assert len(leaves()) == head().size == size
    assert not Entry.objects.filter(position=None).exists()


def test_a_day_is_released_once() -> None:
    acts(1, lane="daily")
    actions.release_daily(on=DAY)
    acts(1, lane="daily")
    assert actions.release_daily(on=DAY) == 0
    assert actions.release_daily(on=DAY - timedelta(days=1)) == 0
    assert head().size == 64
    assert actions.release_daily(on=NEXT_DAY) == 64
    assert DailyRelease.objects.count() == 2


def test_a_days_release_is_unique_in_the_database() -> None:
    DailyRelease.objects.create(on=DAY, first=0, size=64)
    with pytest.raises(IntegrityError), transaction.atomic():
        DailyRelease.objects.create(on=DAY, first=64, size=64)


def test_todays_reports_wait_until_the_day_is_over() -> None:
    acts(1, lane="daily", on=DAY)
    today = acts(1, lane="daily", on=NEXT_DAY)
    actions.release_daily(on=DAY)
    assert [entry.id for entry in Entry.objects.filter(position=None)] == [today[0].id]


def test_a_missed_day_is_released_with_the_next() -> None:
    missed = acts(1, lane="daily", on=DAY - timedelta(days=3))
    actions.release_daily(on=DAY)
    missed[0].refresh_from_db()
    assert missed[0].position is not None


def test_the_batch_has_no_order_and_padding_hides_among_the_rest() -> None:
    order = []
    for day in range(12):
        on = DAY + timedelta(days=day)
        entries = acts(20, lane="daily", on=on)
        actions.release_daily(on=on)
        rows = {entry.id: entry.position for entry in Entry.objects.filter(made_on=on)}
        order.append([rows[entry.id] % 64 for entry in entries])
    # Each is 1 in 20! if the batch was shuffled; the set of places would be 0..19 if padding came last.
    assert all(places != sorted(places) for places in order)
    assert all(max(places) > 19 for places in order)
    assert len({tuple(places) for places in order}) == 12


def test_padding_can_be_shown_to_be_padding() -> None:
    actions.release_daily(on=DAY)
    for entry in Entry.objects.all():
        assert texts.check_opening(actions.opening(entry)) == bytes(entry.leaf)
        assert entry.act == "padding"


def test_the_size_of_a_batch_is_a_setting(settings: Settings) -> None:
    settings.LOG_BATCH = 8
    acts(9, lane="daily")
    assert actions.release_daily(on=DAY) == 16


def test_the_place_of_a_row_in_the_table_forgets_the_order_of_reports() -> None:
    entries = acts(20, lane="daily")
    actions.release_daily(on=DAY)
    with connection.cursor() as cursor:
        place = "rowid" if connection.vendor == "sqlite" else "ctid"
        cursor.execute(f"SELECT id FROM ledger_entry WHERE act = 'test.act' ORDER BY {place}")
        stored = [UUID(str(row[0])) for row in cursor.fetchall()]
    coming = [entry.id for entry in entries]
    assert sorted(stored) == sorted(coming)
    assert stored != coming


# --- rows that cannot be ---


def test_no_position_is_given_twice() -> None:
    one, two = acts(2)
    Entry.objects.filter(pk=one.pk).update(position=0, turn=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=two.pk).update(position=0, turn=None)


@pytest.mark.parametrize(
    "change",
    [
        {"position": -1, "turn": None},
        {"lane": "fast"},
        {"position": 5},  # a placed act keeps no turn
        {"lane": "daily"},  # nor has the intake one
    ],
)
def test_rows_that_would_lie_are_refused(change: dict[str, object]) -> None:
    (entry,) = acts(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(**change)


def test_there_is_one_head() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        TreeHead.objects.create(id=2)


def test_a_head_that_moved_under_its_lock_places_nothing() -> None:
    acts(1)
    with pytest.raises(RuntimeError, match="under its lock"), transaction.atomic():
        actions._place(TreeHead(size=3, frontier=bytes(64)), [], on=DAY)


# --- what the parties keep ---


def test_a_promise_names_leaf_and_days_and_no_moment() -> None:
    (entry,) = acts(1, lane="daily")
    note = actions.promise(entry)
    promise = texts.check_promise(note, signing_key().verifier)
    assert promise.leaf == entry.leaf
    assert (promise.accepted_on, promise.due_on) == (DAY, NEXT_DAY)
    assert ":" not in note  # no time of day


def test_a_changed_promise_is_refused() -> None:
    (entry,) = acts(1, lane="daily")
    note = actions.promise(entry).replace(f"{NEXT_DAY}", f"{NEXT_DAY + timedelta(days=30)}")
    with pytest.raises(ValueError, match="does not fit"):
        texts.check_promise(note, signing_key().verifier)


def test_a_promise_is_no_checkpoint_and_a_checkpoint_no_promise(log_folder: Path) -> None:
    (entry,) = published(log_folder, 1)
    verifier = signing_key().verifier
    with pytest.raises(texts.TextError):
        texts.open_checkpoint(actions.promise(entry), verifier)
    with pytest.raises(texts.TextError):
        texts.check_promise((log_folder / "checkpoint").read_text(), verifier)


def test_an_entry_has_a_proof_once_it_is_published(log_folder: Path) -> None:
    (entry,) = acts(1)
    assert actions.proof(entry) is None
    actions.sequence(at=AT)
    entry.refresh_from_db()
    assert actions.proof(entry) is None
    actions.publish(log_folder, at=AT)
    text = actions.proof(entry)
    assert text is not None
    assert texts.check_proof(text, signing_key().verifier).leaf == bytes(entry.leaf)


def test_every_proof_verifies_and_fits_the_standard(log_folder: Path) -> None:
    entries = published(log_folder, 300)
    verifier = signing_key().verifier
    for entry in entries:
        text = actions.proof(entry)
        assert text is not None
        proof = texts.check_proof(text, verifier)
        assert (proof.leaf, proof.index) == (bytes(entry.leaf), entry.position)
        lines = text.split("\n")
        assert lines[0] == "c2sp.org/tlog-proof@v1"
        assert lines[2] == f"index {entry.position}"
        assert text.endswith("\n\n" + (log_folder / "checkpoint").read_text())


def test_a_proof_for_another_leaf_index_or_checkpoint_fails(log_folder: Path) -> None:
    one, two = published(log_folder, 2)
    verifier = signing_key().verifier
    text, other = actions.proof(one), actions.proof(two)
    assert text is not None and other is not None
    swapped = text.replace(text.split("\n")[1], other.split("\n")[1])
    with pytest.raises(merkle.ProofError):
        texts.check_proof(swapped, verifier)
    for wrong in (
        text.replace("index 0", "index 1"),
        text.replace("index 0", "index 2"),
        text.replace("index 0", "index 00"),
        text.replace("index 0\n", "index 0\n" + "A" * 43 + "=\n"),
        text.replace("@v1", "@v2"),
        text.replace("extra ", "extras "),
        text.replace("\n2\n", "\n3\n"),
        "",
    ):
        with pytest.raises(ValueError):
            texts.check_proof(wrong, verifier)


def test_a_proof_from_damaged_tiles_is_never_given(log_folder: Path) -> None:
    one, _two = published(log_folder, 2)
    tile = log_folder / "tile/0/000.p/2"
    tile.write_bytes(bytes(64))
    with pytest.raises(Refusal, match="leaf 0"):
        actions.proof(one)


def test_what_is_erased_cannot_be_opened_and_stays_proved(log_folder: Path) -> None:
    (entry,) = published(log_folder, 1)
    assert texts.check_opening(actions.opening(entry)) == bytes(entry.leaf)
    actions.erase(entry)
    with pytest.raises(Refusal):
        actions.opening(entry)
    stored = Entry.objects.get(pk=entry.pk)
    assert (bytes(stored.salt), stored.body) == (b"", {})
    text = actions.proof(stored)
    assert text is not None
    texts.check_proof(text, signing_key().verifier)


def test_columns_are_all_classified() -> None:
    for model in (Entry, TreeHead, DailyRelease):
        listed = [name for names in model.CLASSES.values() for name in names]
        assert sorted(listed) == sorted(field.name for field in model._meta.concrete_fields)


def test_the_day_of_growth_is_kept() -> None:
    acts(1)
    actions.sequence(at=datetime(2026, 12, 1, tzinfo=UTC))
    assert f"{TreeHead.objects.get().grown_on}" == "2026-12-01"
