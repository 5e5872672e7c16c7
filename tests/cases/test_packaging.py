"""A case file leaves as one package that a stranger checks with Python alone."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from nacl.signing import SigningKey

from tests.cases.conftest import AT, SECRET_NAME, SECRET_WORDS, TJAHJO, Office, log_in, office
from tests.cases.pdftext import text_of
from tests.cases.test_accused_door import given
from tests.cases.test_deciding import LIGHT, at_decision, decide
from tests.cases.test_lettering import letter_pdf
from tests.cases.writing import deliver_all, write_all
from timbang.accounts import keys
from timbang.cases import actions, packaging
from timbang.cases import package_check as checker
from timbang.cases.actions import Seen, packing
from timbang.cases.models import Case, Document, DocumentKind
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.ledger import actions as ledger
from timbang.ledger.keys import signing_key
from timbang.ledger.models import Entry
from timbang.reports import receipt


@pytest.fixture
def ppk(db: None) -> Office:
    return office("ppk-32", "appointing_officer", "pandu", "pertiwi")


@pytest.fixture
def pandu(ppk: Office) -> Desk:
    return ppk.desks["pandu"]


@pytest.fixture
def full(ppk: Office, pandu: Desk) -> Case:
    case = at_decision(ppk, TJAHJO)
    decide(case.accused.get(), LIGHT, ppk.desks["pertiwi"])
    deliver_all(case, ppk.desks["pertiwi"])
    write_all(case, pandu)
    actions.bring_exhibit(
        case, "daftar hadir 漢".encode(), title="Daftar hadir", provenance="Dari bagian umum.",
        seen=Seen.now(case), by=pandu, at=AT,
    )  # fmt: skip
    case.refresh_from_db()
    return case


def packed(case: Case, desk: Desk, *, publish: bool = True) -> bytes:
    if publish:
        ledger.sequence(at=AT)
        ledger.release_daily(on=AT.date())
        ledger.publish(settings.LOG, at=AT)
    case.refresh_from_db()
    return packing.make_package(case, seen=Seen.now(case), by=desk, at=AT).zipped()


def stranger(file: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The program of the package itself, by a Python that sees nothing of this project."""
    with zipfile.ZipFile(file) as package:
        (file.parent / "check.py").write_bytes(package.read("check.py"))
    command = [sys.executable, "-I", "-S", "check.py", file.name, *options]
    return subprocess.run(command, cwd=file.parent, capture_output=True, text=True, check=False)


def test_a_stranger_checks_the_whole_file(full: Case, pandu: Desk, tmp_path: Path) -> None:
    file = tmp_path / "k.zip"
    file.write_bytes(packed(full, pandu))
    found = stranger(file, "--key", signing_key().vkey)
    assert (found.returncode, found.stderr) == (0, ""), found.stdout
    assert found.stdout.startswith("ok: ")
    assert "note" not in found.stdout
    count = full.journal.count()
    assert f"{count - 1} entries proved" not in found.stdout  # custody has entries of its own
    told = stranger(file)
    assert "checked with the key in the package itself" in told.stdout
    assert stranger(file, "--key", SigningKeyOf("other")).returncode == 1


def SigningKeyOf(name: str) -> str:  # noqa: N802 - reads as what it makes
    from timbang.ledger.note import Signer

    return Signer(name, bytes(SigningKey.generate())).vkey


def test_it_holds_the_file_and_nothing_of_the_reporter(full: Case, pandu: Desk) -> None:
    with zipfile.ZipFile(io.BytesIO(packed(full, pandu))) as package:
        names = package.namelist()
        everything = b"\n".join(package.read(name) for name in names).decode(errors="replace")
        case = json.loads(package.read("case.json"))
        exhibit = next(name for name in names if name.startswith("exhibits/"))
        assert package.read(exhibit).decode().startswith("daftar hadir")
        study = next(name for name in names if "-study-" in name and name.endswith(".pdf"))
        assert package.read(study).startswith(b"%PDF-1.7")
    assert case["people"][0]["name"] == TJAHJO.name
    assert case["decisions"][0]["reasons"]["reasons"].startswith("Lima hari")
    assert SECRET_NAME not in everything
    assert SECRET_WORDS not in everything
    assert {"README.txt", "check.py", "journal.json", "custody.json", "log/key.txt"} <= set(names)
    assert any(name.startswith("receipts/") for name in names)


def test_who_reads_the_file_does_not_come_in_by_the_accuseds_door(case: Case, alice: Desk) -> None:
    form = {
        "once": str(uuid4()), "version": case.version, "kind": "first_summons",
        "dated_on": "2026-11-02", "language": "id", "meets_on": "2026-11-09", "with_door": "on",
    }  # fmt: skip
    assert log_in("alice").post(f"/meja/kasus/{case.pk}/surat/", form).status_code == 302
    [sent] = Document.objects.filter(case=case, kind=DocumentKind.LETTER)
    [shown] = [receipt.show(given(case, alice).secret)]
    assert shown in text_of(letter_pdf(sent, alice))
    with zipfile.ZipFile(io.BytesIO(packed(case, alice))) as package:
        [name] = [name for name in package.namelist() if "-letter-" in name and ".pdf" in name]
        kept = text_of(package.read(name))
        digest = package.read(name.replace(".pdf", ".sha256.txt")).decode().strip()
        everything = b"".join(package.read(each) for each in package.namelist())
    assert name.endswith("-without-receipt.pdf")
    assert shown not in kept and packaging.LEFT_OUT.replace(" ", "") in kept
    assert shown.encode() not in everything
    assert digest == hashlib.sha256(letter_pdf(sent, alice)).hexdigest()


def test_the_log_knows_which_package_was_made(full: Case, pandu: Desk) -> None:
    seen = Seen.now(full)
    made = [packing.make_package(full, seen=seen, by=pandu, at=AT) for _twice in range(2)]
    [entry] = Entry.objects.filter(act="case.packaged")
    assert entry.body["custody"] == made[0].digest


def test_the_same_case_gives_the_same_bytes(full: Case, pandu: Desk) -> None:
    first, second = (packaging.collect(full, pandu).zipped() for _ in range(2))
    assert first == second


def test_what_is_not_in_the_log_yet_is_said(full: Case, pandu: Desk, tmp_path: Path) -> None:
    file = tmp_path / "k.zip"
    file.write_bytes(packed(full, pandu, publish=False))
    found = stranger(file, "--key", signing_key().vkey)
    assert found.returncode == 0
    assert "not in the log yet" in found.stdout


def changed(package: bytes, name: str, change: Callable[[bytes], bytes], *, told: bool) -> bytes:
    """The package with one file changed; `told`: by somebody who also corrects the manifest."""
    bundle = packaging.Bundle()
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        for each in source.namelist():
            if each != "manifest.json":
                bundle.add(each, source.read(each))
        manifest = source.read("manifest.json")
    bundle.files[name] = change(bundle.files[name])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package_:
        for each, data in bundle.files.items():
            package_.writestr(each, data)
        package_.writestr("manifest.json", bundle.manifest if told else manifest)
    return out.getvalue()


def test_every_change_is_found(full: Case, pandu: Desk, tmp_path: Path) -> None:
    good, file = packed(full, pandu), tmp_path / "k.zip"
    for name, told, says in (
        ("case.json", False, "was changed"),
        ("journal.json", True, "is not what its entry in the log says"),
        ("log/0002.opening.json", True, "leads to another leaf"),
        ("log/0002.proof.txt", True, "wrong"),
        ("custody.json", True, "its hash is not in its entry"),
    ):

        def spoil(data: bytes, name: str = name) -> bytes:
            if name == "journal.json":
                return data.replace(b'"done_on": "2026-11-02"', b'"done_on": "2026-11-03"', 1)
            if name == "custody.json":
                lines = json.loads(data)
                lines[0]["links"][0]["hash"] = "00" * 32
                return json.dumps(lines).encode()
            if name.endswith("opening.json"):
                opening = json.loads(data)
                return json.dumps(opening | {"salt": "00" * 32}).encode()
            if name.endswith("proof.txt"):
                lines = data.decode().split("\n")
                lines[3] = "A" * 43 + "="
                return "\n".join(lines).encode()
            return data + b" "

        file.write_bytes(changed(good, name, spoil, told=told))
        package = checker.Package(str(file), signing_key().vkey)
        package.check()
        assert any(says in problem or says == "wrong" for problem in package.problems), name
        assert package.problems


def test_a_sealed_package_is_opened_by_its_key_alone(full: Case, pandu: Desk) -> None:
    pair, other = keys.new_keypair(), keys.new_keypair()
    package = packaging.collect(full, pandu).zipped()
    sealed = packaging.sealed_to(pair.public, package)
    assert TJAHJO.name.encode() not in sealed
    assert packaging.opened_with(pair.private, sealed) == package
    for private, data in (
        (other.private, sealed),
        (pair.private, sealed[:-1]),
        (pair.private, b""),
    ):
        with pytest.raises(Refusal):
            packaging.opened_with(private, data)


def test_signatures_are_those_of_ed25519() -> None:
    for number in range(4):
        key = SigningKey(bytes([number]) * 32)
        text = bytes(range(number * 40))
        signature, public = key.sign(text).signature, bytes(key.verify_key)
        assert checker.signed_by(public, text, signature)
        assert not checker.signed_by(public, text + b"x", signature)
        assert not checker.signed_by(public, text, signature[:-1] + bytes([signature[-1] ^ 1]))
        assert not checker.signed_by(bytes(32), text, signature[:32] + bytes(31) + b"\xff")
