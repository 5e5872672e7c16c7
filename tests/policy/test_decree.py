"""The decision as a decree: what it says, that its bytes stay, and that anyone can check a copy."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.cases.pdftext import squeezed, text_of
from tests.policy import scene
from tests.policy.conftest import AT, Cast, days_later, log_in, seated
from timbang.law.refusal import Refusal
from timbang.ledger import actions as ledger
from timbang.ledger import keys, texts
from timbang.ledger.models import Entry
from timbang.policy import actions, addresses, decree
from timbang.policy.actions import decreeing
from timbang.policy.models import Act, Decree, Dossier

CHECK = "https://timbang.invalid/kebijakan/x/keputusan/"


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


# --- what it says ---------------------------------------------------------------------------------

BODIES = {
    "considering": {"text": "a. bahwa anak lapar;\nb. bahwa dapur ada;"},
    "regard": {"text": "1. UU 23/2014;\n2. PP 1/2020;"},
    "decides": {"text": "KESATU: Dapur dibuka.\nKEDUA : Berlaku 2027."},
}
LANE = decree.Lane(
    "promise", "Dijanjikan tahun lalu.", "Sekolah di satu kecamatan.", "Tidak ada.",
    date(2027, 1, 31), (("Laporan tertulis", date(2026, 11, 9)),),
)  # fmt: skip


def test_each_line_is_a_point_and_loses_the_number_of_its_writer() -> None:
    assert decree.considering(BODIES) == ["bahwa anak lapar;", "bahwa dapur ada;"]
    assert decree.regard(BODIES) == ["UU 23/2014;", "PP 1/2020;"]
    assert decree.decides(BODIES) == ["Dapur dibuka.", "Berlaku 2027."]
    assert decree.points("UU 1.2 tetap\n\n  2027 tetap") == ["UU 1.2 tetap", "2027 tetap"]


def test_where_the_drafter_wrote_nothing_the_decree_says_that_and_borrows_nothing() -> None:
    left_out = {"review", "considering", "regard", "decides"}
    told = {key: value for key, value in scene.PARTS.items() if key not in left_out}
    for part, points in (
        ("Menimbang", decree.considering(told)),
        ("Mengingat", decree.regard(told)),
        ("Memutuskan", decree.decides(told)),
    ):
        assert points == [f"Tidak ditulis: berkas kebijakan tidak memuat bagian “{part}”."]
    assert decree.missing(told) == ["Menimbang", "Mengingat", "Memutuskan"]
    assert decree.missing(BODIES | {"regard": {"text": " \n "}}) == ["Mengingat"]
    assert decree.missing(BODIES) == []


def test_a_decree_of_the_lane_says_its_end_its_debts_and_that_no_norm_was_found() -> None:
    none, ground = decree.regard({}, LANE)
    assert none.startswith("Tidak ditulis")
    assert "Tidak ditemukan norma" in ground
    assert "disebut oleh register ini" in ground
    assert decree.regard(BODIES, LANE)[:2] == ["UU 23/2014;", "PP 1/2020;"]
    assert decree.considering({}, LANE)[1:] == [
        "Dijanjikan tahun lalu.", "Hak yang tersentuh: Tidak ada.",
    ]  # fmt: skip
    none, scope, last, owed = decree.decides({}, LANE)
    assert none.startswith("Tidak ditulis")
    assert scope == "Sekolah di satu kecamatan."
    assert "31 Januari 2027" in last
    assert "bukan hukum" in last
    assert "Laporan tertulis paling lambat 9 November 2026" in owed


# --- making it ------------------------------------------------------------------------------------


def enacted(cast: Cast) -> Dossier:
    dossier = scene.opened(cast)
    scene.cleared(dossier, cast)
    scene.planned(dossier, cast)
    scene.untied(dossier, cast.head)
    scene.step(dossier, "enacted", cast.head, "Sesuai kajian.")
    return dossier


def made(dossier: Dossier, cast: Cast, number: str = "800/12/2026") -> Decree:
    return decreeing.make_decree(
        dossier, number=number, place="Kota Contoh", post="Kepala Dinas", check=CHECK,
        seen=scene.now(dossier), by=cast.head, at=days_later(2),
    )  # fmt: skip


@pytest.mark.django_db
def test_a_decree_is_made_of_the_dossier_and_its_digest_stands_in_the_log(cast: Cast) -> None:
    dossier = enacted(cast)
    row = made(dossier, cast)
    shown = text_of(bytes(row.pdf))
    for told in (
        "KEPUTUSAN", "800/12/2026", "Makan pagi di sekolah", "Menimbang", "Mengingat",
        "MEMUTUSKAN", "Ditetapkan di Kota Contoh", "2 November 2026", "Kepala Dinas",
        "Kantor dinas-a", "Belum ditandatangani", CHECK,
    ):  # fmt: skip
        assert squeezed(told) in shown, told
    assert row.sha256 == hashlib.sha256(bytes(row.pdf)).hexdigest()
    entry = Entry.objects.get(act="policy.decided")
    assert (entry.body or {})["digest"] == row.sha256
    assert str(cast.head.pk) not in str(entry.body)
    with pikepdf.open(io.BytesIO(bytes(row.pdf))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert b"pdfuaid" in bytes(pdf.Root.Metadata.read_bytes())


@pytest.mark.django_db
def test_what_was_not_written_is_told_before_the_decree_is_made_and_printed_in_it(
    cast: Cast,
) -> None:
    dossier = scene.opened(cast)
    scene.write(dossier, cast.analyst, *scene.STUDY)
    scene.in_lane(dossier, cast)
    page = seated(cast.head).get(f"/en/meja/kebijakan/{dossier.pk}/keputusan/").content.decode()
    assert "Not written: Menimbang, Mengingat, Memutuskan." in page
    shown = text_of(bytes(made(dossier, cast).pdf))
    assert shown.count(squeezed("Tidak ditulis: berkas kebijakan tidak memuat bagian")) == 3
    for borrowed in ("UU 23/2014", "Anak berangkat sekolah tanpa sarapan", "Dapur sekolah"):
        assert squeezed(borrowed) not in shown


@pytest.mark.django_db
def test_a_decree_is_made_once_by_whoever_decides_and_not_before(cast: Cast) -> None:
    dossier = scene.opened(cast)
    with pytest.raises(Refusal, match="Nothing is decided"):
        made(dossier, cast)
    scene.cleared(dossier, cast)
    scene.planned(dossier, cast)
    scene.untied(dossier, cast.head)
    scene.step(dossier, "enacted", cast.head, "Sesuai kajian.")
    for officer in (cast.analyst, cast.drafter, cast.lawyer, cast.governor, cast.watcher):
        with pytest.raises(Refusal):
            decreeing.make_decree(
                dossier, number="1", place="A", post="B", check=CHECK, seen=scene.now(dossier),
                by=officer, at=AT,
            )  # fmt: skip
    for number, place, post in ((" ", "A", "B"), ("1", "", "B"), ("1", "A", " ")):
        with pytest.raises(Refusal):
            decreeing.make_decree(
                dossier, number=number, place=place, post=post, check=CHECK,
                seen=scene.now(dossier), by=cast.head, at=AT,
            )  # fmt: skip
    made(dossier, cast)
    with pytest.raises(Refusal, match="made already"):
        made(dossier, cast, "2")
    assert dossier.journal.filter(act=Act.DECREE).count() == 1


@pytest.mark.django_db
def test_two_decrees_of_an_office_have_two_numbers(cast: Cast) -> None:
    made(enacted(cast), cast)
    with pytest.raises(Refusal, match="another decree"):
        made(enacted(cast), cast)


@pytest.mark.django_db
def test_of_what_was_revoked_no_decree_is_made(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast)
    scene.step(dossier, "revoke", cast.head, "Selesai.")
    with pytest.raises(Refusal, match="holds no more"):
        made(dossier, cast)
    page = seated(cast.head).get(f"/en/meja/kebijakan/{dossier.pk}/").content.decode()
    assert "Make the decree" not in page


@pytest.mark.django_db
def test_a_decree_of_the_lane_says_what_is_owed(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast)
    shown = text_of(bytes(made(dossier, cast).pdf))
    for told in ("Banjir memutus jalan", "31 Januari 2027", "Langkah yang dilewati tetap wajib"):
        assert squeezed(told) in shown


@pytest.mark.django_db
def test_no_word_of_a_dossier_breaks_the_decree(cast: Cast) -> None:
    dossier = scene.opened(cast, title="#eval(1) \\ $x$ *" + "panjang" * 20)
    scene.in_lane(dossier, cast, because="\u202e[link](x) 漢字 #set text(red)")
    assert b"%PDF" in bytes(made(dossier, cast).pdf)[:8]


# --- checking a copy ------------------------------------------------------------------------------


def at(dossier: Dossier, rest: str = "keputusan/") -> str:
    return f"/en/kebijakan/{addresses.slug_of(dossier.number)}/{rest}"


@pytest.mark.django_db
def test_anyone_holds_a_copy_against_the_log(cast: Cast) -> None:
    dossier = enacted(cast)
    assert Client().get(at(dossier)).status_code == 404
    row = made(dossier, cast)
    client = Client()
    assert row.number in client.get(at(dossier, "")).content.decode()
    first, second = (client.get(at(dossier, "keputusan.pdf")) for _ in range(2))
    assert first.content == second.content == bytes(row.pdf)
    assert first["Content-Type"] == "application/pdf"

    def told(data: bytes) -> str:
        file = SimpleUploadedFile("k.pdf", data)
        return client.post(at(dossier), {"berkas": file}).content.decode()

    assert "byte for byte." in told(bytes(row.pdf))
    assert "something was added after it" in told(bytes(row.pdf) + b"signature")
    assert "not the decree" in told(b"%PDF-1.7 lain")
    assert "Choose the file first" in client.post(at(dossier)).content.decode()
    same = client.get(at(dossier), {"sidik": row.sha256.upper()}).content.decode()
    assert "byte for byte." in same
    assert "not the decree" in client.get(at(dossier), {"sidik": "0" * 64}).content.decode()
    assert "64 signs" in client.get(at(dossier), {"sidik": "x"}).content.decode()
    assert row.sha256 in client.get(at(dossier, "keputusan.txt")).content.decode()
    assert not client.cookies


@pytest.mark.django_db
def test_bytes_that_were_changed_in_the_database_are_seen(cast: Cast) -> None:
    dossier = enacted(cast)
    row = made(dossier, cast)
    assert "do not rely on it" not in Client().get(at(dossier)).content.decode()
    Decree.objects.filter(pk=row.pk).update(pdf=bytes(row.pdf) + b" ")
    assert "do not rely on it" in Client().get(at(dossier)).content.decode()
    other = hashlib.sha256(b"x").hexdigest()
    Decree.objects.filter(pk=row.pk).update(pdf=b"x", size=1, sha256=other)
    assert "do not rely on it" in Client().get(at(dossier)).content.decode()


@pytest.mark.django_db
def test_a_file_of_ten_megabytes_is_not_read(cast: Cast) -> None:
    dossier = enacted(cast)
    made(dossier, cast)
    file = SimpleUploadedFile("k.pdf", b"x" * 10_500_000)
    assert "10 MB at most" in Client().post(at(dossier), {"berkas": file}).content.decode()


@pytest.mark.django_db
def test_the_desk_reads_what_it_will_say_and_makes_it(cast: Cast) -> None:
    dossier = enacted(cast)
    client = log_in("kepala")
    address = f"/en/meja/kebijakan/{dossier.pk}/keputusan/"
    assert "Make the decree" in client.get(f"/en/meja/kebijakan/{dossier.pk}/").content.decode()
    page = client.get(address)
    assert "Not written" not in page.content.decode()
    form = page.context["form"]
    told = {
        "once": form["once"].value(), "version": form["version"].value(), "number": "1/2026",
        "place": "Kota Contoh", "post": "Kepala Dinas",
    }  # fmt: skip
    for _again in range(2):
        answer = client.post(address, told, follow=True)
        assert "the log has its digest" in answer.content.decode()
    assert Decree.objects.get().number == "1/2026"
    assert addresses.slug_of(dossier.number) in text_of(bytes(Decree.objects.get().pdf))
    for login in ("analis", "hukum", "gubernur", "pemantau"):
        assert log_in(login).get(address).status_code in (403, 404)


@pytest.mark.django_db
def test_an_observers_dossier_has_no_decree(cast: Cast) -> None:
    dossier = scene.observed(cast)
    told = actions.Told(stage="technocracy", kind="study", state="missing", sought="Situs.")
    actions.add_piece(dossier, told, seen=scene.now(dossier), by=cast.watcher, at=AT)
    actions.publish(dossier, seen=scene.now(dossier), by=cast.watcher, at=AT)
    assert Client().get(at(dossier)).status_code == 404


@pytest.mark.django_db
def test_the_saved_entry_checks_without_us(cast: Cast, settings: Any, tmp_path: Path) -> None:
    """Before it is published as a promise, afterwards as a proof; the opening leads to its leaf."""
    settings.LOG, settings.KEYS = tmp_path / "log", tmp_path / "keys"
    dossier = enacted(cast)
    made(dossier, cast)
    for published in (False, True):
        if published:
            ledger.sequence(at=AT)
            ledger.publish(settings.LOG, at=AT)
        kept = texts.find(Client().get(at(dossier, "keputusan.txt")).content.decode())
        assert (kept.proof is None, kept.promise is None) == (not published, published)
        assert kept.opening is not None
        leaf = texts.check_opening(kept.opening)
        verifier = keys.signing_key().verifier
        if kept.proof is not None:
            assert texts.check_proof(kept.proof, verifier).leaf == leaf
        elif kept.promise is not None:
            assert texts.check_promise(kept.promise, verifier).leaf == leaf


@pytest.mark.django_db
@pytest.mark.parametrize("left_out", ["considering", "regard", "decides"])
def test_a_draft_without_its_words_is_not_put_to_the_public(cast: Cast, left_out: str) -> None:
    dossier = scene.opened(cast)
    scene.studied(dossier, cast)
    scene.write(dossier, cast.reviewer, "review")
    scene.untied(dossier, cast.reviewer)
    scene.step(dossier, "accepted", cast.reviewer)
    scene.write(dossier, cast.drafter, *(kind for kind in scene.DRAFT if kind != left_out))
    scene.untied(dossier, cast.drafter)
    with pytest.raises(Refusal, match="belum ada teks yang dapat ditanggapi"):
        scene.step(dossier, "drafted", cast.drafter)
    scene.write(dossier, cast.drafter, left_out)
    scene.step(dossier, "drafted", cast.drafter)
