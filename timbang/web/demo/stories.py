"""What the invented people reported, and how far each matter went.

Days are counted back from today. A story's `path` names what officers did, in order; the procedure
itself decides whether they may.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class Do:
    """One step of the procedure as an officer takes it, with what he writes before it.

    `first` names what must be on file: study, recommendation, letter, clearing, hearing, summons.
    `to` is the office that gets the case.
    """

    outcome: str
    first: tuple[str, ...] = ()
    declared: tuple[str, ...] = ()
    to: str = ""
    reason: str = "Sesuai berkas (data contoh)."


@dataclass(frozen=True)
class Follow:
    """The case that follows: an objection, an appeal, another procedure."""

    why: str
    procedure: str = ""
    start: str = ""
    reason: str = "Diajukan secara tertulis (data contoh)."


@dataclass(frozen=True)
class Open:
    """A case opened under a procedure that is not the first that the law proposes."""

    procedure: str
    reason: str


@dataclass(frozen=True)
class Beside:
    """A side track that is opened."""

    code: str


Move = str | Do | Follow | Open | Beside


@dataclass(frozen=True)
class Story:
    """One report, and what became of it.

    `days_ago` is the day of filing; `happened` lies that many days before it. `path` is a list of
    moves: the name of one of `seed.Teller`, or a step of the procedure. `told` are further answers
    to the questions of the intake.
    """

    name: str
    office: str
    who: tuple[str, ...]
    conduct: tuple[str, ...]
    narrative: str
    place: str
    days_ago: int
    happened: int
    path: tuple[Move, ...] = ()
    side: str = ""
    named: bool = False
    means: tuple[str, ...] = ()
    ordered_by: tuple[str, ...] = ()
    kind: str = "neutrality"
    contest: str = "governor"
    told: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


SBT: Final = Open("sbt_neutrality", "Temuan bersama Satgas, dilanjutkan lewat SBT (data contoh).")
STORIES: Final = (
    Story(
        "foto-camat", "satgas-nt", ("camat",), ("photo",),
        "Camat mengunggah foto bersama pasangan calon nomor 2 dengan isyarat dua jari di akun "
        "kecamatan. Tangkapan layar saya simpan.",
        "Aula Kecamatan Teluk Damar", 3, 2, side="Pasangan calon nomor 2",
    ),
    Story(
        "grup-kepala-sekolah", "satgas-nt", ("kadisdik", "pengawas"), ("leaning_activity",),
        "Dalam rapat daring, kepala dinas meminta semua kepala sekolah mengarahkan orang tua murid "
        "memilih pasangan nomor 1. Pengawas mencatat siapa yang tidak hadir.",
        "Rapat daring Dinas Pendidikan", 6, 3, ("open",), side="Pasangan calon nomor 1",
        means=("keep_post", "forced"), ordered_by=("higher_official",),
    ),
    Story(
        "suka-unggahan", "satgas-nt", ("guru",), ("social_media_support",),
        "Guru tersebut menyukai dan membagikan unggahan kampanye pasangan nomor 3 dengan akun yang "
        "memuat nama dan seragamnya.",
        "Media sosial", 6, 4, ("open", "pass_on"), side="Pasangan calon nomor 3", named=True,
    ),
    Story(
        "bansos", "satgas-nt", ("kadinsos", "staf"), ("leaning_activity", "state_facilities"),
        "Paket bantuan dibagikan bersama selebaran pasangan nomor 1. Warga yang menolak selebaran "
        "tidak dapat giliran.",
        "Balai Desa Seri Hulu", 9, 5, ("open", "pass_on", "recommend"),
        side="Pasangan calon nomor 1", named=True, means=("service_pretext",),
        ordered_by=("superior",),
    ),
    Story(
        "spanduk-puskesmas", "inspektorat-bl", ("puskesmas",), ("display_props",),
        "Spanduk pasangan nomor 2 dipasang di pagar puskesmas dan kepala puskesmas membiarkannya "
        "walau sudah diberi tahu.",
        "Puskesmas Layar Timur", 9, 2, ("open",), side="Pasangan calon nomor 2",
    ),
    Story(
        "tim-pemenangan", "satgas-nt", ("kabid",), ("campaign_team",),
        "Namanya tercantum sebagai koordinator dalam struktur tim pemenangan pasangan nomor 1 yang "
        "beredar di kantor.",
        "Kantor Dinas PU Gunung Wangi", 17, 6,
        ("open", "pass_on", "recommend", "hand_over",
         Follow("other", "ethics_council", reason="Majelis Kode Etik diminta memeriksa."),
         Do("formed", declared=("council_formed", "not_conflicted"), to="mke-prov-nt"),
         Do("heard", ("hearing",), ("council_formed",))),
        side="Pasangan calon nomor 1",
    ),
    Story(
        "kartu-anggota", "bawaslu-nt", ("pengawas",), ("party_member",),
        "Ia memegang kartu anggota partai yang masih berlaku dan hadir dalam rapat pengurus.",
        "Tanjung Luhur", 30, 9, (SBT, "recommend", "hand_over", "sanction"),
        side="Partai Lumbung Rakyat (rekaan)",
    ),
    Story(
        "hadir-diam", "bawaslu-nt", ("sekolah",), ("attend_passive",),
        "Kepala sekolah terlihat duduk di barisan belakang acara kampanye, tanpa atribut.",
        "Lapangan Merdeka", 12, 2, (SBT, "not_proven"), side="Pasangan calon nomor 3",
    ),
    Story(
        "tanpa-bukti", "satgas-nt", ("camat",), ("other",),
        "Katanya camat tidak netral.",
        "", 20, 10, ("reject",),
    ),
    Story(
        "siapa-saja-yang-hadir", "bawaslu-nt", ("staf",), ("join_activity",),
        "Pegawai dinas ikut rombongan kampanye memakai mobil dinas.",
        "Jalan lintas Muara Seri", 6, 1, ("ask",), side="Pasangan calon nomor 1",
    ),
    Story(
        "ditarik", "satgas-nt", ("guru",), ("social_media_support",),
        "Akun atas namanya mengomentari unggahan pasangan nomor 3.",
        "Media sosial", 15, 3, ("withdraw",), side="Pasangan calon nomor 3",
    ),
    Story(
        "keputusan-memihak", "bawaslu-nt", ("kadisdik",), ("favouring_decision",),
        "Kepala dinas memindahkan guru yang menolak hadir dalam acara pasangan nomor 1.",
        "Dinas Pendidikan", 33, 5, (SBT, "late"), side="Pasangan calon nomor 1",
        means=("keep_post",), ordered_by=("superior", "close_person"),
    ),
    Story(
        "sembako-dinsos", "satgas-nt", ("kadinsos",), ("leaning_activity",),
        "Kepala dinas membagikan sembako sambil mengajak memilih pasangan nomor 1.",
        "Pasar Seri", 16, 4,
        ("open", "pass_on", "recommend", "hand_over_outside", "deliver"),
        side="Pasangan calon nomor 1",
    ),
    Story(
        "surat-dukungan", "satgas-nt", ("staf",), ("support_letter",),
        "Staf dinas mengumpulkan fotokopi KTP warga untuk surat dukungan.",
        "Muara Seri", 12, 6, ("open", "pass_on", "recommend", "hand_over_outside"),
        side="Calon perseorangan (rekaan)",
    ),
    Story(
        "baliho-kantor", "inspektorat-bl", ("puskesmas",), ("display_props", "state_facilities"),
        "Baliho pasangan nomor 2 disimpan di gudang kantor dan diantar dengan ambulans.",
        "Gudang Dinas Kesehatan Batu Layar", 3, 1, ("open",), side="Pasangan calon nomor 2",
    ),
    Story(
        "siaran-radio", "bawaslu-nt", ("kabid",), ("online_campaign",),
        "Kepala bidang menyiarkan ajakan memilih pasangan nomor 3 lewat radio dinas.",
        "Radio Gunung Wangi", 9, 2,
        ("open",
         Do("register", declared=("formal_complete", "material_complete", "in_time")),
         Do("other_law", ("study",), ("registered", "plenary_held")),
         Do("to_asn_route", ("letter",)),
         Follow("other", "sbt_neutrality", "study", "Diteruskan ke jalur ASN (data contoh).")),
        side="Pasangan calon nomor 3", named=True,
    ),
    Story(
        "apel-pagi", "bawaslu-nt", ("kabid",), ("leaning_activity",),
        "Kepala bidang mengajak staf memilih pasangan nomor 2 pada apel pagi.",
        "Halaman dinas", 3, 1,
        ("open", Do("register", declared=("formal_complete", "material_complete", "in_time"))),
        side="Pasangan calon nomor 2", named=True,
    ),
    Story(
        "caleg", "bawaslu-nt", ("sekolah",), ("leaning_activity",),
        "Kepala sekolah mengumpulkan wali murid dan mengajak memilih seorang calon anggota DPRD.",
        "Aula sekolah", 5, 1,
        ("open", Do("register", declared=("formal_complete", "material_complete", "in_time"))),
        side="Calon anggota DPRD (rekaan)", named=True, contest="dprd_regency",
    ),
    Story(
        "kades-kampanye", "bawaslu-nt", ("kades",), ("attend_active",),
        "Kepala desa naik panggung kampanye pasangan nomor 2 dan mengajak warganya memilih.",
        "Lapangan Desa Layar Selatan", 16, 2,
        (Open("village_officials", "Yang diduga adalah kepala desa (data contoh)."),
         Do("handed", ("study", "letter"), to="bupati-bl"),
         Do("hear", ("letter",), ("not_conflicted",)),
         Do("heard", ("hearing",)),
         Do("written_reprimand", reason="Teguran tertulis (data contoh).")),
        side="Pasangan calon nomor 2", named=True,
    ),
    Story(
        "bolos", "ppk-prov-nt", ("arsiparis",), ("absent",),
        "Pegawai itu tidak masuk kerja berminggu-minggu tanpa kabar, tetapi gajinya tetap dibayar.",
        "Dinas Pendidikan", 29, 40,
        ("open",
         Do("summon", ("letter", "summons")),
         Do("absent", ("letter", "summons"), ("first_summons_proven",)),
         Do("absent_again", (), ("first_summons_proven", "second_summons_proven")),
         Beside("temporary_release"),
         Do("moderate", ("study",), reason="Dua kali tidak hadir; bukti absensi cukup."),
         Do("delivered", ("letter",), ("decision_delivered", "remedy_offered")),
         Do("remedy_filed", reason="Keberatan diterima bagian kepegawaian."),
         Follow("objection_to_appointing_officer", start="own_review")),
        kind="discipline",
        told=MappingProxyType({"absent_workdays": 18, "valid_reason": False}),
    ),
    Story(
        "pungutan", "inspektorat-bl", ("puskesmas",), ("illegal_levy",),
        "Pasien diminta membayar biaya kartu yang seharusnya gratis, tanpa kuitansi.",
        "Puskesmas Layar Timur", 6, 3, ("open",),
        kind="discipline", told=MappingProxyType({"impact": "agency"}),
    ),
    Story(
        "antrean-rsud", "rsud-nt", ("loket",), ("undue_delay",),
        "Rujukan saya tidak diproses lebih dari sebulan; setiap datang disuruh kembali besok.",
        "Loket pendaftaran RSUD", 12, 4,
        ("open",
         Do("examine", declared=("complaint_complete", "in_time", "reporter_told")),
         Do("granted", declared=("not_conflicted",), reason="Berkas terselip; rujukan diproses."),
         Do("told", declared=("reporter_told",))),
        kind="service", named=True,
        told=MappingProxyType({"service": "Rujukan rawat jalan", "complained_first": False,
                               "wanted": "Rujukan diproses dan alasannya dijelaskan."}),
    ),
    Story(
        "jadwal-operasi", "rsud-nt", ("loket",), ("discrimination", "reward_for_service"),
        "Yang membayar lebih didahulukan dalam jadwal operasi.",
        "RSUD Nusa Timbang", 2, 3, (), kind="service",
        told=MappingProxyType({"service": "Jadwal operasi"}),
    ),
    Story(
        "akta-kelahiran", "ombudsman-nt", ("dukcapil",), ("procedure_deviation", "no_service"),
        "Akta kelahiran anak saya ditolak karena syarat yang tidak ada dalam aturan. Saya sudah "
        "mengadu ke dinasnya dan tidak dijawab.",
        "Dinas Kependudukan Batu Layar", 15, 30,
        ("open",
         Do("examine", declared=("complaint_complete", "complained_first", "in_time")),
         Do("maladministration", ("study", "letter"), ("not_conflicted",), to="rsud-nt")),
        kind="maladministration", named=True,
        told=MappingProxyType({"service": "Akta kelahiran", "complained_first": True,
                               "wanted": "Akta diterbitkan."}),
    ),
    Story(
        "tidak-tahu", "ombudsman-nt", ("loket",), ("other",),
        "Petugas loket membentak pasien tua dan menyuruhnya pulang. Saya tidak tahu harus melapor "
        "ke mana.",
        "RSUD Nusa Timbang", 1, 1, (), kind="",
    ),
)  # fmt: skip

# Earlier months, so that the public figures have something that may be shown.
EARLIER: Final = (
    ("satgas-nt", 34, 60),
    ("bawaslu-nt", 23, 75),
    ("inspektorat-bl", 12, 95),
)
