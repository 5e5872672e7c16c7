"""What a report of a breach in an election must hold before it is registered (*syarat formal* and
*syarat materiel*), each with the norm that asks for it.

The wording differs between general elections (Perbawaslu 7/2022) and the election of regional heads
(UU 8/2015 with Perbawaslu 8/2020): a signature equal to the identity card, for one, is asked for
in the latter only. What was read of a regulation after its last change is marked by the norm's own
level and doubts. For other kinds of report no such list is on file: nothing is asked for then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from timbang.law.bilingual import Bilingual
from timbang.law.entries import Norm
from timbang.law.norms import catalogue

Group = Literal["formal", "material", "in_time"]
CONTESTS = ("pemilu", "pemilihan")
ELECTION_KIND = "neutrality"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that a report must have. `norms` names, for each contest that asks for it, the norm
    of the catalogue; `ask` is the request to a reporter whose report lacks it."""

    code: str
    group: Group
    title: Bilingual
    ask: Bilingual
    norms: Mapping[str, str]

    def norm(self, contest: str) -> Norm:
        """The norm that asks for it, as the catalogue has it today."""
        return catalogue().norms[self.norms[contest]]

    def citation(self, contest: str) -> str:
        """Where the law asks for it."""
        return "; ".join(found.text for found in self.norm(contest).citations)


REQUIREMENTS: Mapping[str, Requirement] = {
    found.code: found
    for found in (
        Requirement(
            "reporter_named",
            "formal",
            Bilingual("Nama dan alamat pelapor", "Name and address of the reporter"),
            Bilingual(
                "nama dan alamat Anda; nama itu disegel terpisah dan tidak dibuka tanpa alasan",
                "your name and address; they are sealed apart and not opened without a reason",
            ),
            {"pemilu": "perbawaslu_7_2022/15(3)", "pemilihan": "uu_8_2015/134(3)"},
        ),
        Requirement(
            "reporter_may_report",
            "formal",
            Bilingual(
                "Pelapor berhak melapor (pemilih setempat, pemantau, atau peserta)",
                "The reporter may report (a voter there, an observer, or a contestant)",
            ),
            Bilingual(
                "apakah Anda berhak memilih di daerah itu, pemantau, atau peserta pemilihan",
                "whether you have the right to vote there, are an observer, or a contestant",
            ),
            {"pemilihan": "uu_8_2015/134(2)"},
        ),
        Requirement(
            "accused_named",
            "formal",
            Bilingual("Pihak terlapor", "The party reported"),
            Bilingual("siapa yang Anda laporkan", "whom you report"),
            {"pemilu": "perbawaslu_7_2022/15(3)", "pemilihan": "uu_8_2015/134(3)"},
        ),
        Requirement(
            "accused_address",
            "formal",
            Bilingual("Alamat atau domisili terlapor", "Address or domicile of the party reported"),
            Bilingual(
                "alamat atau tempat kerja orang yang Anda laporkan",
                "the address or place of work of the person whom you report",
            ),
            {"pemilihan": "perbawaslu_8_2020/formal"},
        ),
        Requirement(
            "signature",
            "formal",
            Bilingual(
                "Tanda tangan di formulir sama dengan kartu identitas",
                "The signature in the form is that of the identity card",
            ),
            Bilingual(
                "tanda tangan di formulir laporan yang sama dengan kartu identitas Anda, di kantor",
                "a signature in the form equal to that of your identity card, at the office",
            ),
            {"pemilihan": "perbawaslu_8_2020/formal"},
        ),
        Requirement(
            "in_time",
            "in_time",
            Bilingual("Disampaikan dalam tenggat melapor", "Made within the term for reporting"),
            Bilingual("pada hari apa Anda mengetahuinya", "on which day you learned of it"),
            {"pemilu": "uu_7_2017/454(6)", "pemilihan": "uu_8_2015/134(4)"},
        ),
        Requirement(
            "time_and_place",
            "material",
            Bilingual("Waktu dan tempat kejadian", "Time and place of the event"),
            Bilingual("kapan dan di mana terjadinya", "when and where it happened"),
            {"pemilu": "perbawaslu_7_2022/15(4)", "pemilihan": "perbawaslu_8_2020/materiel"},
        ),
        Requirement(
            "description",
            "material",
            Bilingual("Uraian kejadian", "A description of the event"),
            Bilingual("apa yang terjadi, dengan kata-kata Anda", "what happened, in your words"),
            {"pemilu": "perbawaslu_7_2022/15(4)", "pemilihan": "perbawaslu_8_2020/materiel"},
        ),
        Requirement(
            "evidence",
            "material",
            Bilingual("Bukti", "Evidence"),
            Bilingual(
                "bukti, misalnya foto, video, tangkapan layar, dokumen, atau siapa saksinya",
                "evidence, for example photos, videos, screenshots, documents, or who saw it",
            ),
            {"pemilu": "perbawaslu_7_2022/15(4)", "pemilihan": "perbawaslu_8_2020/materiel"},
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Held:
    """What is on file of a report. `None`: not known from what is on file."""

    named_reporter: bool
    named_accused: bool
    day_told: bool
    place_told: bool
    words: bool
    files: bool
    witnesses: bool
    late: bool | None


def required(kind: str, contest: str) -> list[Requirement]:
    """What the law asks of a report of this kind, about this contest."""
    if kind != ELECTION_KIND or contest not in CONTESTS:
        return []
    return [found for found in REQUIREMENTS.values() if contest in found.norms]


def seems(code: str, held: Held) -> bool | None:
    """What the file shows of a requirement; `None` where an officer must look."""
    if code == "in_time":
        return None if held.late is None else not held.late
    shown: Mapping[str, bool | None] = {
        "reporter_named": held.named_reporter,
        "accused_named": held.named_accused,
        "time_and_place": held.day_told and held.place_told,
        "description": held.words,
        # Whether a named witness is evidence enough is for the officer.
        "evidence": True if held.files else None if held.witnesses else False,
    }
    return shown.get(code)


def lacking(group: Group, contest: str, missing: list[str]) -> list[Requirement]:
    """Which requirements of a group are missing, by their codes."""
    asked = required(ELECTION_KIND, contest)
    return [found for found in asked if found.group == group and found.code in missing]
