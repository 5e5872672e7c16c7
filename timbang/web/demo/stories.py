"""What the invented people reported, and how far each matter went.

Days are counted back from today. A story's `path` names what officers did, in order; the procedure
itself decides whether they may.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Story:
    """One report, and what became of it.

    `days_ago` is the day of filing; `happened` lies that many days before it. `path` is a list of
    moves: see `seed.MOVES`.
    """

    name: str
    office: str
    who: tuple[str, ...]
    conduct: tuple[str, ...]
    narrative: str
    place: str
    days_ago: int
    happened: int
    path: tuple[str, ...] = ()
    side: str = ""
    named: bool = False
    means: tuple[str, ...] = ()
    ordered_by: tuple[str, ...] = ()


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
        "Kantor Dinas PU Gunung Wangi", 11, 6,
        ("open", "pass_on", "recommend", "hand_over"), side="Pasangan calon nomor 1",
    ),
    Story(
        "kartu-anggota", "bawaslu-nt", ("pengawas",), ("party_member",),
        "Ia memegang kartu anggota partai yang masih berlaku dan hadir dalam rapat pengurus.",
        "Tanjung Luhur", 30, 9, ("open", "recommend", "hand_over", "sanction"),
        side="Partai Lumbung Rakyat (rekaan)",
    ),
    Story(
        "hadir-diam", "bawaslu-nt", ("sekolah",), ("attend_passive",),
        "Kepala sekolah terlihat duduk di barisan belakang acara kampanye, tanpa atribut.",
        "Lapangan Merdeka", 12, 2, ("open", "not_proven"), side="Pasangan calon nomor 3",
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
        "Dinas Pendidikan", 33, 5, ("open", "late"), side="Pasangan calon nomor 1",
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
        "Radio Gunung Wangi", 4, 2, ("open",), side="Pasangan calon nomor 3",
    ),
)  # fmt: skip

# Earlier months, so that the public figures have something that may be shown.
EARLIER: Final = (
    ("satgas-nt", 34, 60),
    ("bawaslu-nt", 23, 75),
    ("inspektorat-bl", 12, 95),
)
