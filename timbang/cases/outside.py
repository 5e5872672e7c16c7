"""Copy-ready fields for organs outside: what to put where in SBT and in SP4N-LAPOR!.

For an officer who has both windows open and copies from one to the other. Surprising: the names of
the fields inside these systems are not published, only the questions that lead to their forms; so
the labels are ours, each list says so in its first row, and the order is that of the known steps.

Nothing here can name the reporter: `Conduct` has no place for him.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Language = Literal["id", "en"]
Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Conduct:
    """What is told to the outside organ about one reported person, as text ready to be pasted.

    `official_number` is the NIP or NIK of the reported person: None means that it is not known.
    """

    name: str
    official_number: str | None = None
    post: str = ""
    agency: str = ""
    region: str = ""
    conduct: str = ""
    happened_on: str = ""
    place: str = ""
    summary: str = ""
    norms: tuple[str, ...] = ()
    exhibits: tuple[str, ...] = ()
    case_number: str = ""


_LABELS: dict[Language, dict[str, str]] = {
    "id": {
        "note": "Catatan",
        "ours": "Nama isian di bawah ini penamaan kami; cocokkan dengan formulir yang terbuka.",
        "path": "Langkah",
        "sbt_path": "Pelaporan Publik > Netralitas",
        "sbt_question": "Apakah NIK/NIP terlapor diketahui?",
        "sbt_yes": "Ya",
        "sbt_no": "Tidak. SBT lalu mengarahkan ke SP4N-LAPOR!: pakai isian untuk kanal itu.",
        "number": "NIK/NIP terlapor",
        "name": "Nama terlapor",
        "post": "Jabatan",
        "agency": "Instansi",
        "region": "Wilayah",
        "conduct": "Bentuk dugaan pelanggaran",
        "happened_on": "Tanggal kejadian",
        "place": "Tempat kejadian",
        "summary": "Uraian",
        "norms": "Norma yang diduga dilanggar",
        "exhibits": "Bukti yang diunggah",
        "case_number": "Nomor kasus kami",
        "ticket": "Setelah dikirim",
        "ticket_text": "Catat nomor tiket pada kasus; statusnya dilihat di Cek Status Laporan.",
        "lapor_ticket_text": "Catat nomor tiket pada kasus.",
        "category": "Kategori",
        "category_text": "Netralitas ASN",
        "kind": "Jenis laporan",
        "kind_text": "Pengaduan",
        "title": "Judul",
        "title_text": "Dugaan pelanggaran netralitas ASN",
        "addressed": "Instansi tujuan",
    },
    "en": {
        "note": "Note",
        "ours": "The field names below are ours; match them with the form that you have open.",
        "path": "Steps",
        "sbt_path": "Pelaporan Publik > Netralitas",
        "sbt_question": "Is the NIK/NIP of the reported person known?",
        "sbt_yes": "Yes",
        "sbt_no": "No. SBT then leads to SP4N-LAPOR!: use the fields for that channel.",
        "number": "NIK/NIP of the reported person",
        "name": "Name of the reported person",
        "post": "Post",
        "agency": "Agency",
        "region": "Region",
        "conduct": "Form of the suspected breach",
        "happened_on": "Date of the event",
        "place": "Place of the event",
        "summary": "Account",
        "norms": "Norms suspected to be breached",
        "exhibits": "Evidence to upload",
        "case_number": "Our case number",
        "ticket": "After sending",
        "ticket_text": "Record the ticket number in the case; see its state in Cek Status Laporan.",
        "lapor_ticket_text": "Record the ticket number in the case.",
        "category": "Category",
        "category_text": "Netralitas ASN",
        "kind": "Kind of report",
        "kind_text": "Pengaduan",
        "title": "Title",
        "title_text": "Dugaan pelanggaran netralitas ASN",
        "addressed": "Agency addressed",
    },
}


def sbt_fields(conduct: Conduct, *, language: Language = "id") -> Fields:
    """For SBT: its path asks first whether the number of the reported person is known."""
    label = _LABELS[language]
    number = (conduct.official_number or "").strip()
    return _filled(
        (label["note"], label["ours"]),
        (label["path"], label["sbt_path"]),
        (label["sbt_question"], label["sbt_yes"] if number else label["sbt_no"]),
        (label["number"], number),
        *_about(conduct, label),
        (label["ticket"], label["ticket_text"]),
    )


def lapor_fields(conduct: Conduct, *, addressed_to: str = "", language: Language = "id") -> Fields:
    """For SP4N-LAPOR!, where neutrality of officials is a category of complaint."""
    label = _LABELS[language]
    title = " - ".join(filter(None, (label["title_text"], conduct.agency.strip())))
    return _filled(
        (label["note"], label["ours"]),
        (label["kind"], label["kind_text"]),
        (label["category"], label["category_text"]),
        (label["addressed"], addressed_to),
        (label["title"], title),
        *_about(conduct, label),
        (label["ticket"], label["lapor_ticket_text"]),
    )


def _about(conduct: Conduct, label: dict[str, str]) -> Iterable[tuple[str, str]]:
    for key in (
        "name", "post", "agency", "region", "conduct", "happened_on", "place", "summary",
    ):  # fmt: skip
        yield label[key], getattr(conduct, key)
    yield label["norms"], "\n".join(conduct.norms)
    yield label["exhibits"], "\n".join(conduct.exhibits)
    yield label["case_number"], conduct.case_number


def _filled(*fields: tuple[str, str]) -> Fields:
    return tuple((name, value.strip()) for name, value in fields if value.strip())
