"""Copy-ready fields: complete, in order, ours by name, and about the reported person only."""

from __future__ import annotations

import dataclasses

import pytest

from timbang.cases.outside import Conduct, lapor_fields, sbt_fields

CONDUCT = Conduct(
    name="Suryo Kartanegara",
    official_number="198001012005011001",
    post="Kepala Dinas",
    agency="Kabupaten Sagara",
    region="Nusa Raya",
    conduct="Mengunggah dukungan",
    happened_on="12 November 2026",
    place="Lapangan Sagara",
    summary="Akun terbuka.\nDua hari.",
    norms=("SKB 22-09-2022 II.4", "PP 94/2021 ps 5 huruf n"),
    exhibits=("B-1 Tangkapan layar", "B-2 Berita acara"),
    case_number="2026-0042",
)


def test_sbt_begins_with_its_own_question_about_the_number() -> None:
    fields = dict(sbt_fields(CONDUCT))
    assert list(fields)[:4] == [
        "Catatan", "Langkah", "Apakah NIK/NIP terlapor diketahui?", "NIK/NIP terlapor",
    ]  # fmt: skip
    assert fields["Apakah NIK/NIP terlapor diketahui?"] == "Ya"
    assert fields["Uraian"] == "Akun terbuka.\nDua hari."
    assert fields["Bukti yang diunggah"] == "B-1 Tangkapan layar\nB-2 Berita acara"


@pytest.mark.parametrize("number", [None, "", "  "])
def test_without_a_number_sbt_leads_to_lapor(number: str | None) -> None:
    fields = dict(sbt_fields(dataclasses.replace(CONDUCT, official_number=number)))
    assert "SP4N-LAPOR!" in fields["Apakah NIK/NIP terlapor diketahui?"]
    assert "NIK/NIP terlapor" not in fields


def test_lapor_takes_the_neutrality_category_and_never_the_number() -> None:
    fields = dict(lapor_fields(CONDUCT, addressed_to="Badan Kepegawaian Negara"))
    assert fields["Kategori"] == "Netralitas ASN"
    assert fields["Instansi tujuan"] == "Badan Kepegawaian Negara"
    assert fields["Judul"] == "Dugaan pelanggaran netralitas ASN - Kabupaten Sagara"
    assert "198001012005011001" not in "".join(fields.values())


@pytest.mark.parametrize("make", [sbt_fields, lapor_fields])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_known_thing_is_there_once_and_labels_are_said_to_be_ours(make, language) -> None:
    fields = make(CONDUCT, language=language)
    assert {"id": "penamaan kami", "en": "are ours"}[language] in fields[0][1]
    labels, values = zip(*fields, strict=True)
    assert len(set(labels)) == len(labels)
    for known in ("Suryo Kartanegara", "Kepala Dinas", "Kabupaten Sagara", "Nusa Raya",
                  "Mengunggah dukungan", "12 November 2026", "Lapangan Sagara",
                  "Akun terbuka.\nDua hari.", "2026-0042"):  # fmt: skip
        assert values.count(known) == 1


@pytest.mark.parametrize("make", [sbt_fields, lapor_fields])
def test_what_is_not_known_is_left_out(make) -> None:
    fields = make(Conduct(name="Suryo"))
    assert all(value.strip() for _, value in fields)
    assert "Jabatan" not in dict(fields)


def test_there_is_no_place_for_the_reporter() -> None:
    assert not [f.name for f in dataclasses.fields(Conduct) if "report" in f.name]
