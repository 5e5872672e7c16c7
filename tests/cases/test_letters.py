"""Letters: each kind says what it must, nothing in a text becomes code, nothing leaves the page."""

from __future__ import annotations

import dataclasses
import io
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cases.pdftext import page_width, read_aloud, runs, squeezed, text_of
from timbang.law import letter_forms, letters
from timbang.law.letters import (
    Addressee,
    Check,
    Doubt,
    Exhibit,
    Kind,
    Letter,
    Norm,
    Organ,
    Reply,
    ReportedPerson,
    Section,
    Signatory,
    render,
)

RIGHT_MARGIN = 2.2 / 2.54 * 72
WORDS = tomllib.loads(
    (Path(letters.__file__).parent / "letters" / "words.toml").read_text(encoding="utf-8")
)


def a_letter(kind: Kind, **changes: object) -> Letter:
    letter = Letter(
        kind=kind,
        organ=Organ("Badan Pengawas Sagara", "Jalan Merdeka 17", "Telepon 0300"),
        dated_on=date(2026, 11, 21),
        place="Sagara",
        number="0123/NR/2026",
        subject="Unggahan dukungan",
        addressee=Addressee("Ibu Bupati", "Pejabat Pembina", "Kabupaten Sagara", "Sagara Kota"),
        case_number="2026-0042",
        reported=(ReportedPerson("Suryo Kartanegara", "Kepala Dinas", "Dinas Ikan", "Sagara"),),
        facts=(("Hari perbuatan", "12 November 2026"),),
        body=("Paragraf isi surat.",),
        points=("Butir pertanyaan?",),
        sections=(Section("Duduk perkara", ("Akun itu terbuka.",)),),
        norms=(
            Norm(
                "Mendukung calon",
                ("SKB II.4",),
                "yes",
                "two_copies",
                ("sedang",),
                ("hari penetapan",),
            ),
        ),
        considering=("bahwa pertama;", "bahwa kedua;"),
        having_regard_to=("UU 20/2023;", "PP 94/2021;"),
        decides=("Periksa terlapor.", "Beri tahu kami."),
        doubts=(Doubt("Pemilik akun belum pasti.", "memory"),),
        exhibits=(Exhibit("B-1", "Tangkapan layar", "9f86d081" * 8),),
        attachments=("Kajian terlampir",),
        fields=(("Nama terlapor", "Suryo K."),),
        reply=Reply(date(2026, 12, 5)),
        signatory=Signatory("Siti Aminah", "Ketua"),
        copies_to=("Badan Kepegawaian",),
        check=Check("https://timbang.invalid/periksa/7Q2M", "7Q2M-9XKD"),
        draft=False,
    )
    return dataclasses.replace(letter, **changes)


# One of each form: what holds of a form holds of every kind that has it.
EACH_FORM = list({letter_forms.FORMS[kind].parts: kind for kind in reversed(Kind)}.values())


def bare(kind: Kind) -> Letter:
    return Letter(kind=kind, organ=Organ("Badan"), dated_on=date(2026, 1, 2))


EVERYWHERE = ("Badan Pengawas Sagara", "0123/NR/2026", "2026-0042", "Suryo Kartanegara",
              "Siti Aminah", "Belum ditandatangani", "Kajian terlampir", "Badan Kepegawaian",
              "https://timbang.invalid/periksa/7Q2M", "Paragraf isi surat.", "5 Desember 2026",
              "Tanggal ini batas pengingat dari kami, bukan tenggat")  # fmt: skip
WEIGHED = ("Menimbang", "bahwa pertama;", "Mengingat", "1.UU 20/2023;", "KEDUA:Beri tahu kami.",
           "Pemilik akun belum pasti. (Tingkat verifikasi: ingatan saja, belum diperiksa)")  # fmt: skip
SAYS = {
    Kind.STUDY: ("KAJIAN DUGAAN PELANGGARAN", "MENYIMPULKAN:", "Duduk perkara", "B-1",
                 "berlaku (usulan)", "hari penetapan", "dua salinan teks resmi yang sama bunyinya", *WEIGHED,
                 "Kajian bukan putusan bahwa seseorang bersalah."),
    Kind.RECOMMENDATION: ("REKOMENDASI", "MEREKOMENDASIKAN:", "Ditetapkan di Sagara", *WEIGHED,
                          "Ibu Bupati", "Rekomendasi ini bukan keputusan penjatuhan hukuman."),
    Kind.FORWARDING: ("Yth.Ibu Bupati", "Sagara, 21 November 2026", "Lampiran:1 berkas",
                      "Identitas pelapor tidak disertakan."),
    Kind.QUESTION: ("kami memerlukan keterangan Saudara", "1.Butir pertanyaan?",
                    "bukan pernyataan bahwa seseorang bersalah"),
    Kind.CLOSING_NOT_PROVEN: ("SURAT KETERANGAN TIDAK TERBUKTI", "Hasilnya: TIDAK TERBUKTI.",
                              "bukan tanda bahwa ia bersalah", "Kami tidak merekomendasikan"),
    Kind.FOLLOW_UP_WARNING: ("belum menerima pemberitahuan tentang tindak lanjut",
                             "bukan kepada terlapor"),
    Kind.OUTSIDE_FILE: ("LAMPIRAN I. FAKTA", "LAMPIRAN II. KAJIAN", "LAMPIRAN III. DAFTAR BARANG",
                        "LAMPIRAN IV. ISIAN SIAP SALIN", "9f86d081" * 8, "Nama terlaporSuryo K.",
                        *WEIGHED, "Identitas pelapor tidak disertakan."),
}  # fmt: skip


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_says_what_it_must(kind: Kind) -> None:
    shown = text_of(render(a_letter(kind)))
    fixed = WORDS["id"]["kinds"][kind]
    # What is sent as a letter says in its "Hal" what it is about; all others bear their title.
    if "centred_head" in letter_forms.FORMS[kind].parts or kind is Kind.CLOSING_NOT_PROVEN:
        assert squeezed(fixed["title"]).casefold() in shown.casefold()
    for expected in (*EVERYWHERE, *SAYS.get(kind, ()), *fixed["opening"], *fixed["closing"]):
        assert squeezed(expected) in shown, expected


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_speaks_english_and_says_which_text_prevails(kind: Kind) -> None:
    shown = text_of(render(a_letter(kind), language="en"))
    fixed = WORDS["en"]["kinds"][kind]
    for expected in (*fixed["opening"], *fixed["closing"], "5 December 2026", "Not signed",
                     "the Indonesian letter prevails", "Suryo Kartanegara"):  # fmt: skip
        assert squeezed(expected) in shown, expected
    for sentence in (*WORDS["id"]["kinds"][kind]["opening"], "Belum ditandatangani"):
        assert squeezed(sentence) not in shown


def test_both_languages_have_the_same_words() -> None:
    def shape(value: object) -> object:
        if isinstance(value, dict):
            return {key: shape(item) for key, item in value.items()}
        return len(value) if isinstance(value, list) else bool(value)

    indonesian, english = shape(WORDS["id"]), shape(WORDS["en"])
    assert isinstance(indonesian, dict)
    assert isinstance(english, dict)
    assert indonesian.pop("locale_note") is False
    assert english.pop("locale_note") is True
    assert indonesian == english
    assert set(WORDS["id"]["kinds"]) == {kind.value for kind in Kind}


@pytest.mark.parametrize("kind", EACH_FORM)
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_letter_is_a_tagged_document_that_a_screen_reader_can_read(
    kind: Kind, language: letters.Language
) -> None:
    with pikepdf.open(io.BytesIO(render(a_letter(kind), language=language))) as pdf:
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.StructTreeRoot.K is not None
        assert str(pdf.Root.Lang)[:2] == language
        assert WORDS[language]["kinds"][kind]["title"] in str(pdf.docinfo["/Title"])
        assert {"Table", "H1", "Figure"} & _tags(pdf) >= {"H1", "Figure"}


def _tags(pdf: pikepdf.Pdf) -> set[str]:
    return {str(item.S)[1:] for item in pdf.objects if isinstance(item, pikepdf.Dictionary)
            and "/S" in item and "/P" in item}  # fmt: skip


@pytest.mark.parametrize("kind", EACH_FORM)
def test_a_letter_does_nothing_when_opened(kind: Kind) -> None:
    with pikepdf.open(io.BytesIO(render(a_letter(kind)))) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary):
                active = {"/JS", "/JavaScript", "/OpenAction", "/AA", "/URI", "/EF"}
                assert not active & set(item.keys())


@pytest.mark.parametrize("kind", EACH_FORM)
def test_the_same_letter_gives_the_same_bytes(kind: Kind) -> None:
    letter = a_letter(kind, body=("Emoji \U0001f44d dan سلام",))
    assert render(letter) == render(letter)
    assert render(letter) != render(dataclasses.replace(letter, dated_on=date(2026, 11, 22)))


def test_the_file_carries_the_day_of_the_letter_and_not_the_clock() -> None:
    with pikepdf.open(io.BytesIO(render(a_letter(Kind.STUDY)))) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261121000000")
        assert str(pdf.docinfo["/ModDate"]).startswith("D:20261121000000")


@pytest.mark.parametrize("kind", EACH_FORM)
def test_a_letter_with_nothing_filled_in_still_comes(kind: Kind) -> None:
    shown = text_of(render(bare(kind)))
    assert squeezed("(belum bernomor)") in shown
    assert squeezed("(nama pejabat penanda tangan)") in shown
    assert "Tembusan" not in shown
    assert "Menimbang" not in shown


@pytest.mark.parametrize("kind", EACH_FORM)
def test_a_draft_is_marked_on_every_page_and_a_final_one_still_says_that_it_is_unsigned(
    kind: Kind,
) -> None:
    long = ("kata " * 900,)
    draft, final = (runs(render(a_letter(kind, body=long, draft=d))) for d in (True, False))
    assert max(run.page for run in draft) > 0
    for page in range(max(run.page for run in draft) + 1):
        assert any(run.text == "KONSEP" for run in draft if run.page == page)
    assert not any("KONSEP" in run.text for run in final)
    for page in range(max(run.page for run in final) + 1):
        shown = squeezed("".join(run.text for run in final if run.page == page))
        assert "Belumditandatangani.Tidakberlakutanpatandatangan." in shown


def test_a_letter_has_no_place_for_a_reporter() -> None:
    assert not [name for name in _field_names(Letter) if "reporter" in name or "pelapor" in name]
    with pytest.raises(TypeError):
        Letter(kind=Kind.STUDY, organ=Organ("B"), dated_on=date(2026, 1, 2), reporter="Ani")  # type: ignore[call-arg]


def _field_names(of: type) -> Iterator[str]:
    for cls in (of, ReportedPerson, Norm, Doubt, Exhibit, Section, Signatory, Reply, Check):
        yield from (field.name for field in dataclasses.fields(cls))


HOSTILE = [
    "#panic()", "$x^2$ #eval(\"1\") \\ *tebal* _miring_ `kode` <label> @ref",
    "#import \"@preview/evil:1.0.0\"", "= Judul\n- butir\n+ angka\n/ istilah: arti", "// /* */ ~ -- ---",
    "\\u{0} \\", "{\"json\": [1]} {{x}} %s {0}", "'tanda' \"kutip\" ... <script>alert(1)</script>",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", EACH_FORM)
def test_markup_is_printed_and_never_obeyed(kind: Kind, text: str) -> None:
    said = read_aloud(render(_everywhere(kind, text)))
    assert said.count(squeezed(text)) >= _places(kind) > 25, said


@cache
def _places(kind: Kind) -> int:
    return read_aloud(render(_everywhere(kind, "x"))).count("xx")


def _everywhere(kind: Kind, text: str) -> Letter:
    """A letter whose every text is the same text twice; so that `x` becomes the countable `xx`."""
    text = text * 2 if text == "x" else text
    return a_letter(
        kind,
        organ=Organ(text, text, text),
        number=text,
        subject=text,
        place=text,
        case_number=text,
        addressee=Addressee(text, text, text, text),
        reported=(ReportedPerson(text, text, text, text),) * 2,
        facts=((text, text),),
        body=(text,),
        points=(text, text),
        sections=(Section(text, (text,)),),
        norms=(Norm(text, (text,), "unknown", text, (text,), (text,)),),
        considering=(text,),
        having_regard_to=(text, text),
        decides=(text,) * 14,
        doubts=(Doubt(text, text),),
        exhibits=(Exhibit(text, text, text),),
        attachments=(text,),
        fields=((text, text),),
        reply=Reply(date(2026, 12, 5), text, is_law=True),
        signatory=Signatory(text, text),
        copies_to=(text,),
    )


@pytest.mark.parametrize("kind", EACH_FORM)
def test_a_word_of_ten_thousand_letters_wraps_inside_the_margins(kind: Kind) -> None:
    word = "pertanggungjawaban" * 556
    pdf = render(a_letter(kind, body=(word,), subject=word[:300], case_number=word[:300]))
    assert word in text_of(pdf, artifacts=False)
    _assert_inside(pdf)


@pytest.mark.parametrize("kind", EACH_FORM)
@pytest.mark.parametrize("word", ["W" * 61, "nama@surat.invalid/" * 9, "ꦱꦸꦂꦪ" * 30])
def test_no_place_of_a_letter_overflows(kind: Kind, word: str) -> None:
    pdf = render(_everywhere(kind, word))
    if word.isascii():  # Javanese letters are drawn in another order than they are written.
        assert text_of(pdf, artifacts=False).count(word) > 25
    _assert_inside(pdf)


def _assert_inside(pdf: bytes) -> None:
    limit = page_width(pdf) - RIGHT_MARGIN
    # Protruding punctuation and rounding: a fifth of a letter.
    out = [run for run in runs(pdf) if run.right > limit + 2.5 or run.left < 2.7 / 2.54 * 72]
    assert not [run for run in out if run.text not in ("KONSEP", "DRAFT")]


NAMES = {
    "Arabic": "عبد الرحمن واحد", "Javanese": "ꦱꦸꦂꦪ", "Greek": "Ωμέγα", "Cyrillic": "Сурабая",
    "Hebrew": "שלום", "Latin": "Dīwān Łódź Nguyễn Ñusa Ō", "signs": "→ ✔ № § “kutip” – — …",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_names_in_these_scripts_are_drawn_as_they_are(name: str) -> None:
    pdf = render(a_letter(Kind.QUESTION, reported=(ReportedPerson(name),)))
    assert "[U+" not in text_of(pdf)
    # Right-to-left text stands in the file in the order in which it is drawn.
    assert set(squeezed(name)) <= set(text_of(pdf)), name


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("bagus \U0001f44d", "bagus[thumbsupsign]"),
        ("中文", "[U+4E2D][U+6587]"),
        ("bel\x07", "bel[U+0007]"),
        ("setengah \ud83d", "setengah[U+D83D]"),
        ("abc\u202edef", "abc[U+202E]def"),
        ("\ufeffawal", "[U+FEFF]awal"),
        ("baris\r\nbaru\u2028lagi\tya", "barisbarulagiya"),
    ],
)
def test_what_cannot_be_drawn_or_deceives_is_spelled_out(text: str, shown: str) -> None:
    assert shown in text_of(render(a_letter(Kind.FORWARDING, body=(text,))))


def test_a_text_full_of_rare_characters_still_comes_soon() -> None:
    text = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 3000))
    assert "[U+4E00][U+4E01]" in text_of(render(a_letter(Kind.STUDY, body=(text,))))


@settings(max_examples=50, deadline=None)
@given(
    kind=st.sampled_from(Kind), text=st.text(max_size=300), language=st.sampled_from(["id", "en"])
)
def test_any_text_in_every_place_gives_a_letter(
    kind: Kind, text: str, language: letters.Language
) -> None:
    pdf = render(_everywhere(kind, text), language=language) if text.strip() else None
    if pdf:
        ascii_words = [word for word in text.split() if word.isascii() and word.isprintable()]
        shown = text_of(pdf, artifacts=False)
        assert all(squeezed(word) in shown for word in ascii_words)


@settings(max_examples=40, deadline=None)
@given(text=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=120))
def test_every_printable_sign_of_a_keyboard_is_shown_as_typed(text: str) -> None:
    assert text in text_of(render(a_letter(Kind.QUESTION, body=(text,))))


def test_a_term_is_called_law_only_with_its_citation() -> None:
    with pytest.raises(ValueError, match="citation"):
        Reply(date(2026, 12, 5), is_law=True)
    lawful = Reply(date(2026, 12, 5), "PP 94/2021 ps 26(2)", is_law=True)
    shown = text_of(render(a_letter(Kind.QUESTION, reply=lawful)))
    assert squeezed("Dasar tenggat: PP 94/2021 ps 26(2)") in shown
    assert squeezed("batas pengingat") not in shown


@pytest.mark.parametrize("url", ["", "https://" + "a" * 500, "https://é.invalid", "a\nb"])
def test_an_address_that_no_code_can_hold_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="address"):
        Check(url)


@pytest.mark.parametrize("day", [date(1945, 8, 17), date(1970, 1, 1), date(2100, 2, 28)])
def test_any_day_can_date_a_letter(day: date) -> None:
    shown = text_of(render(a_letter(Kind.QUESTION, dated_on=day)))
    assert squeezed(letters.long_date(day)) in shown
