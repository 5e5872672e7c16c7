"""What a stranger sees: any change of any file, and any rewriting of history."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.ledger.conftest import AT, acts, delete_rows, published
from timbang.ledger import actions, merkle, texts
from timbang.ledger.commands import log
from timbang.ledger.folder import LogFolder
from timbang.ledger.keys import signing_key
from timbang.ledger.models import Entry, TreeHead
from timbang.ledger.note import Signer
from timbang.ledger.tiles import Growth, Place
from timbang.ledger.verifying import Verdict, verify

SIGNER = Signer("log.example/timbang", bytes(range(32)))


def make_log(folder: Path, entries: list[bytes], *partial_sizes: int) -> Path:
    """A log written without database or actions, with older partial tiles left in it."""
    growth = Growth()
    out = LogFolder(folder)
    files: list[tuple[Place, bytes]] = []
    for number, entry in enumerate(entries, 1):
        files += growth.add(entry)
        if number in partial_sizes:
            files += growth.partial()
    out.write([*files, *growth.partial()])
    sign(folder, entries)
    return folder


def sign(folder: Path, entries: list[bytes], signer: Signer = SIGNER) -> None:
    root = merkle.root(len(entries), merkle.node_reader([merkle.leaf_hash(e) for e in entries]))
    text = texts.checkpoint_text(origin=signer.name, size=len(entries), root=root)
    (folder / "checkpoint").write_text(signer.sign(text))


def leaves(count: int) -> list[bytes]:
    return [number.to_bytes(32, "big") for number in range(count)]


def judge(folder: Path, since: Path | None = None) -> Verdict:
    return verify(folder, SIGNER.vkey, since)


def said(verdict: Verdict) -> str:
    assert not verdict.ok
    return "\n".join(map(str, verdict.problems))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of 600 entries that also keeps the partial tiles of 520 and 590."""
    return make_log(tmp_path_factory.mktemp("sound") / "log", leaves(600), 520, 590)


def test_a_sound_log_verifies(sound: Path) -> None:
    verdict = judge(sound)
    assert verdict.ok, verdict.problems
    assert verdict.checkpoint is not None
    assert verdict.checkpoint.size == 600
    assert verdict.uncovered == 0


@hypothesis_settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_flipped_bit_in_any_file_is_found(sound: Path, data: st.DataObject) -> None:
    names = sorted(path for path in sound.rglob("*") if path.is_file())
    file = data.draw(st.sampled_from(names))
    before = file.read_bytes()
    at = data.draw(st.integers(0, len(before) - 1))
    bit = data.draw(st.integers(0, 7))
    try:
        file.write_bytes(before[:at] + bytes([before[at] ^ 1 << bit]) + before[at + 1 :])
        verdict = judge(sound)
    finally:
        file.write_bytes(before)
    assert file.relative_to(sound).as_posix() in said(verdict) or "checkpoint" in said(verdict)


def test_every_missing_shortened_or_lengthened_file_is_named(sound: Path) -> None:
    covered = {"checkpoint", "tile/0/000", "tile/0/002.p/88", "tile/1/000.p/2"}
    covered |= {"tile/entries/001", "tile/entries/002.p/88"}
    for name in covered:
        file = sound / name
        before = file.read_bytes()
        for change in (None, before[:-1], before + b"\x00", b""):
            if change is None:
                file.unlink()
            else:
                file.write_bytes(change)
            assert name in said(judge(sound)), (name, change)
            file.write_bytes(before)
    assert judge(sound).ok


def test_the_changed_entry_is_named(sound: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(sound, tmp_path / "copy")
    bundle = copy / "tile/entries/001"
    data = bytearray(bundle.read_bytes())
    data[5 * 34 + 10] ^= 1
    bundle.write_bytes(data)
    text = said(judge(copy))
    assert "entry 261" in text
    assert "was signed" in text


def test_a_foreign_file_among_the_tiles_is_named(sound: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(sound, tmp_path / "copy")
    (copy / "tile/0/extra").write_text("x")
    assert "tile/0/extra: is no file of a log" in said(judge(copy))


def test_files_beyond_the_checkpoint_are_counted_and_prove_nothing(tmp_path: Path) -> None:
    folder = make_log(tmp_path / "log", leaves(600))
    sign(folder, leaves(300))  # as after a crash before the signing
    make_log(tmp_path / "small", leaves(300))
    for name in ("tile/0/001.p/44", "tile/entries/001.p/44", "tile/1/000.p/1"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(tmp_path / "small" / name, folder / name)
    verdict = judge(folder)
    assert verdict.ok, verdict.problems
    assert verdict.uncovered == 2  # the last bundle and tile; all others repeat what is covered
    bundle = folder / "tile/entries/001"
    bundle.write_bytes(bytes(34) + bundle.read_bytes()[34:])  # its beginning is covered
    assert "tile/entries/001" in said(judge(folder))


def test_a_stranger_cannot_sign(sound: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(sound, tmp_path / "copy")
    sign(copy, leaves(600), Signer(SIGNER.name, bytes(32)))
    assert "not signed by" in said(judge(copy))
    sign(copy, leaves(600), Signer("elsewhere.example/log", SIGNER.seed))
    assert "not signed by" in said(judge(copy))


def test_a_checkpoint_of_another_origin_is_refused(sound: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(sound, tmp_path / "copy")
    lines = (copy / "checkpoint").read_text().split("\n")
    text = "\n".join(["elsewhere.example/log", *lines[1:3]]) + "\n"
    (copy / "checkpoint").write_text(SIGNER.sign(text))
    assert "elsewhere.example/log" in said(judge(copy))


@pytest.mark.parametrize("size", ["007", "-1", "1e3", "", "9" * 30, "٣"])
def test_a_checkpoint_with_a_strange_size_is_refused(
    sound: Path, tmp_path: Path, size: str
) -> None:
    copy = shutil.copytree(sound, tmp_path / "copy")
    lines = (copy / "checkpoint").read_text().split("\n")
    (copy / "checkpoint").write_text(SIGNER.sign("\n".join([lines[0], size, lines[2]]) + "\n"))
    assert "checkpoint" in said(judge(copy))


# --- history ---


def test_an_older_checkpoint_of_the_same_history_is_accepted(sound: Path, tmp_path: Path) -> None:
    for size in (0, 1, 256, 300, 599, 600):
        make_log(tmp_path / f"old{size}", leaves(size))
        verdict = judge(sound, tmp_path / f"old{size}/checkpoint")
        assert verdict.ok, verdict.problems
        assert verdict.since is not None
        assert verdict.since.size == size


def test_history_rewritten_under_the_same_key_is_found(sound: Path, tmp_path: Path) -> None:
    entries = leaves(600)
    entries[17] = bytes(32)
    rewritten = make_log(tmp_path / "log", entries)
    assert judge(rewritten).ok, "in itself it is sound: only an older checkpoint can tell"
    assert "rewritten" in said(judge(rewritten, sound / "checkpoint"))
    make_log(tmp_path / "old", leaves(18))
    assert "first 18 entries" in said(judge(rewritten, tmp_path / "old/checkpoint"))
    make_log(tmp_path / "before", leaves(17))
    assert judge(rewritten, tmp_path / "before/checkpoint").ok


def test_a_log_that_has_shrunk_is_found(sound: Path, tmp_path: Path) -> None:
    small = make_log(tmp_path / "log", leaves(599))
    assert "shrunk: 600 entries before, 599 now" in said(judge(small, sound / "checkpoint"))


def test_an_older_checkpoint_of_a_stranger_proves_nothing(sound: Path, tmp_path: Path) -> None:
    make_log(tmp_path / "old", leaves(10))
    sign(tmp_path / "old", leaves(10), Signer(SIGNER.name, bytes(32)))
    assert "not signed by" in said(judge(sound, tmp_path / "old/checkpoint"))


@pytest.mark.django_db
def test_history_rewritten_in_the_database_is_found_by_a_kept_checkpoint(
    log_folder: Path, tmp_path: Path
) -> None:
    """The operator changes a row, recomputes everything and signs it with the true key."""
    entries = published(log_folder, 300)
    shutil.copy(log_folder / "checkpoint", tmp_path / "kept")
    Entry.objects.filter(pk=entries[7].pk).update(leaf=bytes(32))
    all_leaves = [bytes(entry.leaf) for entry in Entry.objects.order_by("position")]
    frontier = merkle.Frontier()
    frontier.extend(merkle.leaf_hash(leaf) for leaf in all_leaves)
    TreeHead.objects.update(frontier=frontier.packed)
    shutil.rmtree(log_folder)
    (settings.KEYS / "log.signed").unlink()
    actions.publish(log_folder, at=AT)
    assert verify(log_folder, signing_key().vkey).ok
    verdict = verify(log_folder, signing_key().vkey, tmp_path / "kept")
    assert "rewritten" in said(verdict)


# --- the commands ---


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(log, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_the_command_verifies_and_exits_with_1_when_something_is_wrong(
    sound: Path, tmp_path: Path
) -> None:
    code, output = run("verify", sound, "--key", SIGNER.vkey)
    assert code == 0
    assert "600 entries" in output
    copy = shutil.copytree(sound, tmp_path / "copy")
    (copy / "tile/0/001").write_bytes(bytes(8192))
    code, output = run("verify", copy, "--key", SIGNER.vkey)
    assert code == 1
    assert "tile/0/001: entry 256" in output
    code, output = run("verify", copy, "--key", SIGNER.vkey, "--json")
    answer = json.loads(output)
    assert code == 1
    assert answer["ok"] is False
    assert answer["problems"][0]["file"] == "tile/0/001"
    code, output = run(
        "verify", sound, "--key", SIGNER.vkey, "--since", sound / "checkpoint", "--json"
    )
    assert code == 0
    assert json.loads(output)["since"] == 600


def test_the_command_says_what_a_key_looks_like(sound: Path) -> None:
    code, output = run("verify", sound, "--key", "nonsense")
    assert code == 2
    assert "name+12345678+base64" in output


def test_an_empty_folder_is_no_log(tmp_path: Path) -> None:
    code, output = run("verify", tmp_path, "--key", SIGNER.vkey)
    assert code == 1
    assert "checkpoint" in output


def test_verify_needs_no_database_and_no_data_folder(sound: Path, tmp_path: Path) -> None:
    env = {"TIMBANG_DATA": str(tmp_path / "none"), "PATH": "/usr/bin:/bin"}
    env["TIMBANG_DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/none"
    done = subprocess.run(
        [sys.executable, "-m", "timbang", "log", "verify", str(sound), "--key", SIGNER.vkey],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.django_db
def test_publish_and_key_and_check_work_as_commands(log_folder: Path, tmp_path: Path) -> None:
    entries = acts(5)
    actions.sequence(at=AT)
    code, output = run("publish", log_folder)
    assert code == 0
    assert "5 entries" in output
    code, vkey = run("key")
    assert code == 0
    assert vkey.strip() == signing_key().vkey
    entries[2].refresh_from_db()
    text = actions.proof(entries[2])
    assert text is not None
    (tmp_path / "a.tlog-proof").write_text(text)
    (tmp_path / "promise").write_text(actions.promise(entries[2]))
    (tmp_path / "opening").write_text(actions.opening(entries[2]))
    (tmp_path / "other").write_text(actions.promise(entries[3]))
    proof = tmp_path / "a.tlog-proof"
    code, output = run("check", proof, "--key", vkey.strip())
    assert code == 0
    assert "entry 2 of 5" in output
    also = ("--promise", tmp_path / "promise", "--opening", tmp_path / "opening")
    code, output = run("check", proof, "--key", vkey.strip(), "--json", *also)
    assert code == 0
    assert json.loads(output)["leaf"] == bytes(entries[2].leaf).hex()
    code, output = run("check", proof, "--key", vkey.strip(), "--promise", tmp_path / "other")
    assert code == 1
    assert "another entry" in output
    code, output = run("check", tmp_path / "promise", "--key", vkey.strip())
    assert code == 0
    assert "2026-11-22" in output
    code, output = run("check", proof, "--key", SIGNER.vkey, "--json")
    assert code == 1
    assert json.loads(output)["ok"] is False


@pytest.mark.django_db
def test_a_file_that_holds_all_three_among_other_words_is_checked_as_a_whole(
    log_folder: Path, tmp_path: Path
) -> None:
    mine, other = acts(2)
    actions.sequence(at=AT)
    actions.publish(log_folder, at=AT)
    mine.refresh_from_db()
    promise, opening = actions.promise(mine), actions.opening(mine)
    proof = actions.proof(mine)
    assert proof is not None
    file, key = tmp_path / "kept.txt", ("--key", signing_key().vkey)

    def check(*parts: str, ends: str = "\n") -> tuple[int, str]:
        words = [word for part in parts for word in ("Words — in any language:", part.strip())]
        file.write_bytes(("\n\n".join(words) + "\n").replace("\n", ends).encode())
        return run("check", file, *key)

    assert check(proof, promise, opening) == check(proof, promise, opening, ends="\r\n")
    code, output = check(proof, promise, opening)
    assert code == 0
    assert "entry 0 of 2" in output
    code, output = check(promise, opening)
    assert code == 0
    assert "a signed promise" in output
    stranger = actions.opening(other)
    for parts in ((proof, actions.promise(other)), (proof, stranger), (promise, stranger)):
        code, output = check(*parts)
        assert (code, "different entries" in output) == (1, True)
    for parts in ((opening,), ("nothing",), (proof.replace("index 0", "index 1"), promise)):
        assert check(*parts)[0] == 1


@pytest.mark.django_db
def test_publish_and_recover_say_why_they_refuse(log_folder: Path) -> None:
    published(log_folder, 5)
    delete_rows(4)
    head = LogFolder(log_folder).tree(5).node(2, 0)
    TreeHead.objects.update(size=4, frontier=head)
    code, output = run("publish", log_folder)
    assert code == 1
    assert "4" in output and "recover" in output
    code, output = run("recover", log_folder)
    assert code == 0
    assert output.startswith("1 ")
    code, output = run("publish", log_folder)
    assert code == 0
