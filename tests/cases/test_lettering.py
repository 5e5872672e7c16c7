"""Letters are numbered without a gap, made again byte for byte, and known by their code and digest;
each tells its addressee what he must know, and none names a reporter."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import docx as word
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.cases.conftest import AT, SECRET_NAME, SECRET_WORDS, TJAHJO, Office, log_in
from tests.cases.pdftext import squeezed, text_of
from tests.cases.test_letters import EACH_FORM, a_letter, bare
from tests.cases.writing import minuted
from timbang.cases import checking, composing, course, numbering
from timbang.cases import docx as editable
from timbang.cases.actions import Seen, lettering
from timbang.cases.drafting import Cover
from timbang.cases.models import (
    Act,
    Case,
    CaseStep,
    Document,
    DocumentKind,
    IssuedLetter,
    LetterCount,
)
from timbang.cases.vault import Desk, open_document
from timbang.cases.views.documents import basis_of
from timbang.law import letter_forms, letters
from timbang.law.letter_forms import Kind
from timbang.law.letters import Basis, Check, Door, Letter, Signatory, Signer, Table
from timbang.law.refusal import Refusal
from timbang.ledger import actions as ledger

HOST = "https://timbang.invalid"
FULL: dict[str, Any] = {
    "tables": (Table("Tanya jawab", ("No.", "Tanya", "Jawab"), (("1.", "Benar?", "Benar."),)),),
    "basis": (Basis("PP 94/2021 ps 26(2)", "two_copies"),),
    "door": Door("Pintu", "https://lapor.invalid/terlapor/", "7KQ2-AAAA", ("Simpan.",)),
    "signers": (Signer("Pemeriksa", "Siti"), Signer("Yang diperiksa", "Suryo", "menolak")),
    "check": Check("https://timbang.invalid/verifikasi/7KQ2M/"),
}


def made(case: Case, desk: Desk, kind: Kind = Kind.QUESTION, **changes: Any) -> Document:
    letter = dataclasses.replace(bare(kind), organ=letters.Organ(desk.organ.name), **changes)
    case.refresh_from_db()
    return lettering.make_letter(
        case, letter, language="id", host=HOST, seen=Seen(None, uuid4()), by=desk, at=AT
    )


def composed(case: Case, desk: Desk, kind: Kind, **told: Any) -> Letter:
    case.refresh_from_db()
    cover = Cover(kind, dated_on=date(2026, 11, 2), **told)
    on = course.today(desk.organ, AT)
    return composing.compose(case, cover, desk, basis=basis_of(case, desk), on=on)


# --- numbers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "wrong"),
    [
        ("", ()),
        (numbering.DEFAULT, ()),
        ("{urut}/{kode}", ("needs:tahun",)),
        ("{urut}{kode}/{tahun}", ("touch",)),
        ("{urut}/{kode}/{tahun}/{nama}", ("unknown:nama",)),
        ("{urut}/{kode}/{tahun}<b>", ("signs",)),
        ("{urut}/{kode}/{tahun}/" + "A" * 80, ("long",)),
    ],
)
def test_a_pattern_gives_each_letter_a_number_of_its_own(pattern: str, wrong: tuple[str]) -> None:
    assert numbering.faults(pattern) == wrong


def test_every_kind_has_a_form_words_and_a_code_of_its_own() -> None:
    assert set(letter_forms.FORMS) == set(numbering.CODES) == set(Kind)
    assert len(set(numbering.CODES.values())) == len(Kind)
    from timbang.cases.forms.writing import LetterForm

    assert {kind for kind, _label in LetterForm.KINDS} == set(Kind)


@pytest.mark.parametrize("typed", ["", "tanpa angka", "1<b>", "x" * 61 + "1", "Rahasia: 1", "-1"])
def test_a_typed_number_is_a_number(typed: str) -> None:
    assert not numbering.may_be_typed(typed)
    assert numbering.may_be_typed("012/PM.02/K.JB-08/11/2026")


def test_numbers_run_by_organ_kind_and_year_without_a_gap(
    alice: Desk, case: Case, charlie: Desk
) -> None:
    numbers = [made(case, alice).issued.number for _ in range(2)]
    assert numbers == ["001/KET/BAWASLU-32/I/2026", "002/KET/BAWASLU-32/I/2026"]
    assert made(case, alice, Kind.FORWARDING).issued.place == 1
    assert made(case, alice, dated_on=date(2027, 2, 1)).issued.number.endswith(
        "001/KET/BAWASLU-32/II/2027"
    )
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        made(case, alice)
        raise ZeroDivisionError
    assert made(case, alice).issued.place == 3


def test_a_number_is_given_once(alice: Desk, case: Case) -> None:
    row = made(case, alice).issued
    row.pk, row.code_hash, row.document, row.place = uuid4(), b"x" * 32, None, None
    row.entry = CaseStep.objects.filter(case=case).first().entry
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_an_organ_may_type_its_numbers(bawaslu: Office, case: Case) -> None:
    alice, admin = bawaslu.desks["alice"], bawaslu.add("admin", "administrator")
    with pytest.raises(Refusal):
        lettering.set_format("", by=alice, at=AT)
    with pytest.raises(Refusal):
        lettering.set_format("{urut}", by=admin, at=AT)
    lettering.set_format("", by=admin, at=AT)
    with pytest.raises(Refusal):
        made(case, alice)
    assert made(case, alice, number="17/A/2026").issued.number == "17/A/2026"
    with pytest.raises(Refusal):
        made(case, alice, number="17/A/2026")
    assert not LetterCount.objects.exists()


# --- the same bytes, the same words -----------------------------------------------------------------


@pytest.mark.parametrize("kind", Kind)
def test_a_kept_letter_is_the_same_letter(kind: Kind) -> None:
    letter = a_letter(kind, **FULL)
    assert letters.from_json(json.loads(json.dumps(letters.as_json(letter)))) == letter


def test_a_letter_can_be_made_again_with_the_same_bytes(alice: Desk, case: Case) -> None:
    body = open_document(made(case, alice, **FULL), alice)
    assert body is not None
    again = lettering.make_again(body)
    assert again is not None
    assert again.same
    assert again.same_tools
    body["made"]["from"]["body"] = ["Kalimat lain."]
    assert lettering.make_again(body).same is False  # type: ignore[union-attr]
    assert lettering.make_again({"pdf": ""}) is None


def words_of(data: bytes) -> str:
    """What a word processor shows of the file, in order, without white space."""
    body = word.Document(io.BytesIO(data)).element.body
    names = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    return squeezed("".join(found.text or "" for found in body.iterfind(".//w:t", names)))


@pytest.mark.parametrize("kind", [*EACH_FORM, Kind.FIRST_SUMMONS])
def test_the_editable_copy_says_what_the_letter_says(kind: Kind) -> None:
    letter = a_letter(kind, **FULL)
    shown, editables = text_of(letters.render(letter), artifacts=False), editable.render(letter)
    assert sorted(words_of(editables)) == sorted(shown)
    assert editables == editable.render(letter)


HOSTILE = '<w:br/> {{ 7*7 }} {% raw %} & "kutip" </w:t> ]]> \x07 \f'


def test_a_text_is_never_markup_in_the_editable_copy() -> None:
    letter = a_letter(Kind.MINUTES, **FULL | {"body": (HOSTILE,), "points": (HOSTILE,)})
    shown = words_of(editable.render(letter))
    assert squeezed('<w:br/> {{ 7*7 }} {% raw %} & "kutip" </w:t> ]]>') in shown
    assert "49" not in re.sub(r"9f86d0819?", "", shown)


def test_the_template_of_the_editable_copy_is_what_its_script_writes(tmp_path: Path) -> None:
    from scripts import letter_docx

    file = io.BytesIO()
    letter_docx.build().save(file)
    wanted = zipfile.ZipFile(io.BytesIO(file.getvalue())).read("word/document.xml")
    assert zipfile.ZipFile(editable.TEMPLATE).read("word/document.xml") == wanted


# --- what each says ---------------------------------------------------------------------------------


def test_a_summons_says_when_where_and_of_what_he_is_suspected(alice: Desk, case: Case) -> None:
    letter = composed(
        case, alice, Kind.FIRST_SUMMONS, meets_on=date(2026, 11, 9), hour="09.00 WIB",
        meets_at="Ruang 2",
    )  # fmt: skip
    assert ("Hari, tanggal", "Senin, 9 November 2026") in letter.facts
    assert letter.addressee.name == TJAHJO.name
    shown = text_of(letters.render(letter))
    for said in ("SuratPanggilanI".upper(), "09.00WIB", "Ruang2", "bukanpernyataanbahwaSaudara"):
        assert said.casefold() in shown.casefold()
    with pytest.raises(Refusal):
        composed(case, alice, Kind.SECOND_SUMMONS)


def test_minutes_hold_his_own_words_and_places_for_those_who_sign(alice: Desk, case: Case) -> None:
    from timbang.cases import actions

    with pytest.raises(Refusal):
        composed(case, alice, Kind.MINUTES)
    person = case.accused.get()
    actions.record_hearing(person, held_on=date(2026, 11, 2), seen=Seen.now(case), by=alice, at=AT)
    case.refresh_from_db()
    minuted(case, alice)
    letter = composed(case, alice, Kind.MINUTES)
    assert letter.sections[0].paragraphs == ("Saya menyesal.",)
    assert [signer.role for signer in letter.signers] == ["Pemeriksa", "Yang diperiksa"]
    assert squeezed("Ya, saya khilaf.") in text_of(letters.render(letter))


@pytest.mark.parametrize("kind", letter_forms.TO_REPORTERS)
def test_a_letter_to_a_reporter_names_nobody(alice: Desk, case: Case, kind: Kind) -> None:
    letter = composed(case, alice, kind, points=("Kapan?",),
                      addressee=letters.Addressee(SECRET_NAME))  # fmt: skip
    assert letter.reported == ()
    shown = text_of(letters.render(letter))
    for secret in (SECRET_NAME, TJAHJO.name, SECRET_WORDS, case.number):
        assert squeezed(secret) not in shown


@pytest.mark.parametrize("kind", [Kind.DECISION, Kind.DELIVERY_RECORD])
def test_what_was_not_done_is_not_written_down(alice: Desk, case: Case, kind: Kind) -> None:
    with pytest.raises(Refusal):
        composed(case, alice, kind)


@pytest.mark.parametrize("kind", [Kind.CUSTODY_LIST, Kind.HAND_OVER_NOTE, Kind.BLOCKING_NOTICE,
                                  Kind.RELEASE_NOTICE, Kind.REPLY_TO_OBJECTION, Kind.STUDY])  # fmt: skip
def test_the_other_letters_come_from_the_case(alice: Desk, case: Case, kind: Kind) -> None:
    letter = composed(case, alice, kind, signatory=Signatory("Siti", "Ketua"))
    assert squeezed(TJAHJO.name) in text_of(letters.render(letter))


def test_a_record_is_no_letter_where_the_procedure_asks_for_one(alice: Desk, case: Case) -> None:
    def produced() -> bool | None:
        case.refresh_from_db()
        return course.guards(case, [], on=date(2026, 11, 2))["letter_produced"]

    made(case, alice, Kind.CUSTODY_LIST)
    assert not produced()
    made(case, alice, Kind.FIRST_SUMMONS)
    assert produced()


# --- checking a letter -------------------------------------------------------------------------------


def code_of(document: Document, desk: Desk) -> str:
    body = open_document(document, desk)
    assert body is not None
    return str(body["made"]["from"]["check"]["url"]).rstrip("/").rsplit("/", 1)[1]


def test_whoever_holds_a_letter_can_check_it(alice: Desk, case: Case, client: Client) -> None:
    document = made(case, alice, body=("Isi surat.",))
    code, pdf = code_of(document, alice), letter_pdf(document, alice)
    page = client.get(
        reverse("cases_check:ask"), {"kode": code.lower().replace("-", " ")}, follow=True
    )
    told = page.content.decode()
    assert document.issued.number in told
    assert document.organ.name in told
    for hidden in (case.number, TJAHJO.name, "question", hashlib.sha256(pdf).hexdigest()):
        assert hidden not in told
    for data, said in (
        (pdf, "byte for byte."), (pdf + b"signature", "something was added"),
        (pdf.replace(b"PDF", b"PDG", 1), "not the letter"),
    ):  # fmt: skip
        file = SimpleUploadedFile("surat.pdf", data, "application/pdf")
        answer = client.post(f"/en/verifikasi/{code}/", {"berkas": file})
        assert said in answer.content.decode()
        assert ("Save the entry" in answer.content.decode()) == (said != "not the letter")
    assert client.get("/verifikasi/AAAAA-AAAAA-AAAAA-AAAAA-AAAAA/").status_code == 404
    assert client.get("/verifikasi/apa-saja/").status_code == 404


def letter_pdf(document: Document, desk: Desk) -> bytes:
    from timbang.cases.actions.writing import letter_bytes

    body = open_document(document, desk)
    assert body is not None
    return letter_bytes(body)


def test_the_proof_is_for_who_has_the_letter(alice: Desk, case: Case, client: Client) -> None:
    document = made(case, alice)
    url = reverse("cases_check:receipt", args=[code_of(document, alice)])
    assert client.get(url).status_code == 404
    assert client.get(url, {"sidik": "0" * 64}).status_code == 404
    digest = hashlib.sha256(letter_pdf(document, alice)).hexdigest()
    answer = client.get(url, {"sidik": digest})
    assert digest in answer.content.decode()
    assert (
        "timbang promise v1" in answer.content.decode() or "tlog-proof" in answer.content.decode()
    )


def test_a_row_that_was_changed_does_not_agree_with_its_entry(alice: Desk, case: Case) -> None:
    row = made(case, alice).issued
    assert checking.in_log(row).committed
    row.digest = b"\0" * 32
    assert not checking.in_log(row).committed
    ledger.erase(row.entry)
    assert checking.in_log(row).erased


@pytest.mark.parametrize("typed", ["", "7KQ2-AAAA-BBBB-CCCC-DDDD-EEEE", "x" * 25 + "!", "é" * 25])
def test_a_receipt_is_no_code_of_a_letter(typed: str) -> None:
    assert checking.read_code(typed) is None


def test_the_code_stands_nowhere_in_clear(alice: Desk, case: Case) -> None:
    document = made(case, alice)
    code = code_of(document, alice)
    assert checking.read_code(code.replace("0", "O").lower()) == code
    row = IssuedLetter.objects.values().get(document=document)
    assert code not in repr(row)
    assert checking.found(code) is not None
    [line] = CaseStep.objects.filter(case=case, act=Act.LETTER)
    assert line.entry.body["letter"] == bytes(row["digest"]).hex()


# --- pages -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Kind.STUDY, Kind.QUESTION, Kind.SECOND_SUMMONS, Kind.MINUTES])
def test_each_kind_can_be_chosen_on_the_page(alice: Desk, case: Case, kind: Kind) -> None:
    page = log_in("alice").get(f"/en/meja/kasus/{case.pk}/surat/", {"jenis": kind})
    assert page.status_code == 200
    assert ("to_name" in page.content.decode()) == (
        kind not in letter_forms.RECORDS and kind not in letter_forms.TO_REPORTERS
    )


def test_an_officer_makes_a_summons_with_the_receipt_of_the_door(alice: Desk, case: Case) -> None:
    browser, url = log_in("alice"), f"/en/meja/kasus/{case.pk}/surat/"
    form = {
        "once": str(uuid4()), "version": case.version, "kind": "first_summons",
        "dated_on": "2026-11-02", "language": "id", "meets_on": "2026-11-09", "with_door": "on",
    }  # fmt: skip
    for _click in range(2):
        assert browser.post(url, form).status_code == 302
    [document] = Document.objects.filter(case=case, kind=DocumentKind.LETTER)
    shown = text_of(letter_pdf(document, alice))
    assert re.search(r"([0-9A-Z]{4}-){5}[0-9A-Z]{4}", shown)
    page = browser.get(f"/en/meja/kasus/{case.pk}/surat/{document.pk}/")
    assert "its bytes are the same" in page.content.decode()
    file = browser.get(f"/en/meja/kasus/{case.pk}/surat/{document.pk}/docx/")
    assert file["Content-Type"] == editable.MEDIA
    assert zipfile.is_zipfile(io.BytesIO(file.content))


def test_the_administrator_says_how_letters_are_numbered(bawaslu: Office) -> None:
    bawaslu.add("admin", "administrator")
    browser = log_in("admin")
    wrong = browser.post("/en/meja/penomoran/", {"pattern": "{urut}"})
    assert "without it two letters could have one number" in wrong.content.decode()
    pattern = "{kode}-{urut}/{tahun}"
    assert browser.post("/en/meja/penomoran/", {"pattern": pattern}).status_code == 302
    assert pattern in log_in("alice").get("/en/meja/penomoran/").content.decode()
