"""The province of Nusa Timbang: its regions, agencies, officials, offices and officers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from timbang.registry.exchange import Exchange

PROVINCE: Final = "99"
# Regencies and cities of the invented province; codes from 99 are given to no real one.
REGIONS: Final = (
    ("99", "Nusa Timbang (rekaan)", "province"),
    ("99.01", "Kabupaten Batu Layar", "regency"),
    ("99.02", "Kabupaten Muara Seri", "regency"),
    ("99.03", "Kabupaten Gunung Wangi", "regency"),
    ("99.71", "Kota Tanjung Luhur", "city"),
)
TIME_ZONE: Final = "Asia/Makassar"
ELECTION: Final = "pemilihan-nusa-timbang"

# code, name, kind, region
AGENCIES: Final = (
    ("nt-prov", "Pemerintah Provinsi Nusa Timbang", "province_government", "99"),
    ("nt-batu-layar", "Pemerintah Kabupaten Batu Layar", "regency_government", "99.01"),
    ("nt-muara-seri", "Pemerintah Kabupaten Muara Seri", "regency_government", "99.02"),
    ("nt-gunung-wangi", "Pemerintah Kabupaten Gunung Wangi", "regency_government", "99.03"),
    ("nt-tanjung-luhur", "Pemerintah Kota Tanjung Luhur", "city_government", "99.71"),
)
# code, name, the government that it is a unit of, region
UNITS: Final = (
    ("nt-disdik", "Dinas Pendidikan Provinsi Nusa Timbang", "nt-prov", "99"),
    ("nt-dinkes-bl", "Dinas Kesehatan Kabupaten Batu Layar", "nt-batu-layar", "99.01"),
    ("nt-dinsos-ms", "Dinas Sosial Kabupaten Muara Seri", "nt-muara-seri", "99.02"),
    ("nt-pupr-gw", "Dinas Pekerjaan Umum Kabupaten Gunung Wangi", "nt-gunung-wangi", "99.03"),
    ("nt-kec-teluk", "Kecamatan Teluk Damar", "nt-tanjung-luhur", "99.71"),
    ("nt-rsud", "RSUD Nusa Timbang", "nt-prov", "99"),
    ("nt-dukcapil-bl", "Dinas Kependudukan Kabupaten Batu Layar", "nt-batu-layar", "99.01"),
    ("nt-desa-layar", "Desa Layar Selatan", "nt-batu-layar", "99.01"),
)


@dataclass(frozen=True)
class Official:
    """An invented civil servant."""

    name: str
    kind: str
    post: str
    level: str
    unit: str
    region: str


OFFICIALS: Final = {
    "camat": Official("Wira Saputra Lontar", "PNS", "Camat Teluk Damar", "administrator",
                      "nt-kec-teluk", "99.71"),
    "kadisdik": Official("Hj. Sekar Melati Banuraya", "PNS", "Kepala Dinas Pendidikan",
                         "high_first", "nt-disdik", "99"),
    "guru": Official("Bayu Tirta Kelana", "PPPK", "Guru", "functional", "nt-disdik", "99"),
    "pengawas": Official("Laut Prasetya Mandar", "PNS", "Pengawas Sekolah", "functional",
                         "nt-disdik", "99"),
    "sekolah": Official("Ratih Kemuning Asmoro", "PNS", "Kepala Sekolah", "functional",
                        "nt-disdik", "99"),
    "puskesmas": Official("dr. Gading Rinjani Putra", "PNS", "Kepala Puskesmas Layar Timur",
                          "functional", "nt-dinkes-bl", "99.01"),
    "kadinsos": Official("Dara Kesuma Wardhani", "PNS", "Kepala Dinas Sosial", "high_first",
                         "nt-dinsos-ms", "99.02"),
    "staf": Official("Teguh Alam Samudra", "PNS", "Pengelola Bantuan", "executive",
                     "nt-dinsos-ms", "99.02"),
    "arsiparis": Official("Kirana Ombak Sagara", "PNS", "Arsiparis", "functional", "nt-disdik",
                          "99"),
    "kabid": Official("Ir. Banyu Segara Lembayung, M.T.", "PNS", "Kepala Bidang Bina Marga",
                      "administrator", "nt-pupr-gw", "99.03"),
}  # fmt: skip


# Who is reported without being a civil servant of the registry: a village head, an office window.
OTHERS: Final = {
    "kades": Official("Jaya Karang Bahari", "village_head", "Kepala Desa Layar Selatan", "",
                      "nt-desa-layar", "99.01"),
    "loket": Official("", "", "Loket pendaftaran", "", "nt-rsud", "99"),
    "dukcapil": Official("", "", "Loket akta kelahiran", "", "nt-dukcapil-bl", "99.01"),
}  # fmt: skip


@dataclass(frozen=True)
class Office:
    """An organ of the demo. Outside ones have a channel and no officers."""

    code: str
    name: str
    kind: str
    region: str
    address: str
    channel: str = ""

    @property
    def inside(self) -> bool:
        return not self.channel


OFFICES: Final = (
    Office("satgas-nt", "Satgas Netralitas Nusa Timbang", "task_force", "99",
           "Jalan Neraca 1, Tanjung Luhur"),
    Office("bawaslu-nt", "Bawaslu Provinsi Nusa Timbang", "bawaslu", "99",
           "Jalan Pengawas 7, Tanjung Luhur"),
    Office("bkn-nt", "Kantor Regional BKN Nusa Timbang", "bkn", "99",
           "Jalan Merit 3, Tanjung Luhur"),
    Office("ppk-prov-nt", "Gubernur Nusa Timbang selaku PPK", "appointing_officer", "99",
           "Jalan Pemerintahan 1, Tanjung Luhur"),
    Office("inspektorat-bl", "Inspektorat Kabupaten Batu Layar", "inspectorate", "99.01",
           "Jalan Teliti 12, Batu Layar"),
    Office("ppk-muara-seri", "Bupati Muara Seri selaku PPK", "appointing_officer", "99.02",
           "Jalan Bupati 1, Muara Seri", channel="letter"),
    Office("bupati-bl", "Bupati Batu Layar", "regent", "99.01", "Jalan Bupati 2, Batu Layar"),
    Office("mke-prov-nt", "Majelis Kode Etik Provinsi Nusa Timbang", "ethics_council", "99",
           "Jalan Pemerintahan 1, Tanjung Luhur"),
    Office("rsud-nt", "RSUD Nusa Timbang, unit pengaduan", "service_provider", "99",
           "Jalan Sehat 9, Tanjung Luhur"),
    Office("ombudsman-nt", "Ombudsman Perwakilan Nusa Timbang", "ombudsman", "99",
           "Jalan Layanan 4, Tanjung Luhur"),
    Office("pemkab-bl", "Pemerintah Kabupaten Batu Layar", "policy_office", "99.01",
           "Jalan Bupati 2, Batu Layar"),
    Office("pemprov-nt", "Pemerintah Provinsi Nusa Timbang", "policy_office", "99",
           "Jalan Pemerintahan 1, Tanjung Luhur"),
    Office("biro-hukum-nt", "Biro Hukum Provinsi Nusa Timbang", "clearing_office", "99",
           "Jalan Pemerintahan 1, Tanjung Luhur"),
    Office("tapd-bl", "Tim Anggaran Kabupaten Batu Layar", "clearing_office", "99.01",
           "Jalan Bupati 2, Batu Layar"),
    Office("warga-nt", "Warga Pemantau Kebijakan Nusa Timbang", "policy_observer", "99",
           "Jalan Rakyat 5, Tanjung Luhur"),
)  # fmt: skip

# login, name, office, roles. The first officer of an office manages its officers, too.
OFFICERS: Final = (
    ("ani", "Ani Larasati", "satgas-nt", ("receiver", "examiner", "decision_maker",
                                          "administrator")),
    ("budi", "Budi Hartawan", "satgas-nt", ("receiver", "examiner")),
    ("citra", "Citra Maheswari", "bawaslu-nt", ("receiver", "examiner", "plenary",
                                                "decision_maker", "administrator")),
    ("dimas", "Dimas Wicaksana", "bawaslu-nt", ("examiner", "plenary", "legal_officer")),
    ("oki", "Oki Ramadani", "bawaslu-nt", ("plenary",)),
    ("eka", "Eka Puspita", "bkn-nt", ("receiver", "examiner", "decision_maker",
                                      "administrator")),
    ("fajar", "Fajar Nugraha", "bkn-nt", ("examiner", "decision_maker",
                                          "legal_officer")),
    ("gita", "Gita Paramita", "ppk-prov-nt", ("receiver", "examiner", "decision_maker",
                                              "administrator")),
    ("hadi", "Hadi Suryanto", "ppk-prov-nt", ("examiner", "executing_officer", "auditor")),
    ("indah", "Indah Permata", "inspektorat-bl", ("receiver", "examiner", "decision_maker",
                                                  "administrator")),
    ("joko", "Joko Lesmana", "inspektorat-bl", ("examiner",)),
    ("kuncoro", "Kuncoro Adi", "bupati-bl", ("receiver", "examiner", "decision_maker",
                                             "administrator")),
    ("lestari", "Lestari Wening", "mke-prov-nt", ("receiver", "examiner", "decision_maker",
                                                  "administrator")),
    ("mega", "Mega Cahyani", "rsud-nt", ("receiver", "examiner", "decision_maker",
                                         "administrator")),
    ("nanda", "Nanda Pratiwi", "ombudsman-nt", ("receiver", "examiner", "decision_maker",
                                                "administrator")),
    ("putri", "Putri Anggraini", "pemkab-bl", ("decision_maker", "administrator")),
    ("umar", "Umar Hakim", "pemkab-bl", ("decision_maker",)),
    ("rani", "Rani Kusuma", "pemkab-bl", ("analyst", "executing_officer")),
    ("surya", "Surya Lesmana", "pemkab-bl", ("reviewer", "legal_drafter")),
    ("tirta", "Tirta Wardana", "pemkab-bl", ("evaluator", "auditor")),
    ("vina", "Vina Maharani", "pemprov-nt", ("decision_maker", "administrator")),
    ("wulan", "Wulan Sasmita", "biro-hukum-nt", ("clearing_officer", "administrator")),
    ("yusuf", "Yusuf Ardian", "tapd-bl", ("clearing_officer", "administrator")),
    ("zahra", "Zahra Amelia", "warga-nt", ("policy_observer", "administrator")),
)  # fmt: skip
# Everyone may know it: this is a demo, and the page says so.
PASSWORD: Final = "timbang-demo-{login}"  # noqa: S105

# Articles that a legal officer of the demo confirmed: login, item, where the text was seen.
CONFIRMED: Final = (
    ("dimas", "term:pemilihan_report/study", "Data contoh: tidak ada naskah yang sungguh dibaca."),
)
# Exchange records of one office: who entered it, days ago, what it says, how many days before that
# it was given; the second one is what came back for the first.
EXCHANGES: Final = (
    ("citra", 45, Exchange(
        exchange_id="", giver="Tim Gerbang Layar", giver_role="Tim kampanye",
        receiver="Warga RW 03 Layar Selatan", receiver_role="community", kind="project",
        description="Perkerasan jalan lingkungan", value=180_000_000.0, club_good=True,
        group_size=140, money="public", budget_line="1.03.10.2.01", through="Ketua RW 03",
        expected="Dukungan pada pertemuan warga",
        evidence="Papan proyek dan berita acara serah terima (data contoh)", confidence="medium",
    ), 60),
    ("citra", 30, Exchange(
        exchange_id="", giver="Warga RW 03 Layar Selatan", receiver="Tim Gerbang Layar",
        receiver_role="politician", kind="vote_support",
        description="Pernyataan dukungan dibacakan di balai warga", club_good=True,
        evidence="Rekaman terbuka pertemuan warga (data contoh)", confidence="low",
    ), 5),
)  # fmt: skip
# Sessions of prevention: login of who records it, days ago, audience, about what, people.
SESSIONS: Final = (
    ("citra", 40, "contestants", "Siapa yang tidak boleh dilibatkan dalam kampanye", 85),
    ("citra", 33, "public", "Mengenali dan melaporkan keberpihakan pejabat", 240),
    ("eka", 26, "officials", "Netralitas sebelum dan sesudah penetapan calon", 120),
    ("indah", 12, "officials", "Media sosial ASN pada masa kampanye", None),
)
