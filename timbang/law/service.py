"""The words for complaints about services: which duty is touched, who is served, how somebody was
treated beside others, what mends it, and how content the complainant is.

The three duties of government (service, empowerment, development) are how this system divides its
work; no norm on file makes that division, and nothing follows from it but figures. The ten classes
of maladministration are conducts (`law.vocabulary`), with their norms.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from timbang.law.bilingual import Bilingual
from timbang.law.vocabulary import CONDUCTS_OF

KINDS: Final = ("service", "maladministration")
# The ten classes in which complaints are counted.
CLASSES: Final = frozenset(CONDUCTS_OF["maladministration"]) - {"other", "discretion_used"}

DUTIES: Final[Mapping[str, Bilingual]] = {
    "service": Bilingual("Pelayanan", "Service"),
    "empowerment": Bilingual("Pemberdayaan", "Empowerment"),
    "development": Bilingual("Pembangunan", "Development"),
}

NOT_KNOWN: Final = "not_known"
GROUPS: Final[Mapping[str, Bilingual]] = {
    "everybody": Bilingual("Masyarakat umum", "The public at large"),
    "children": Bilingual("Anak dan peserta didik", "Children and pupils"),
    "elderly": Bilingual("Lanjut usia", "Elderly people"),
    "disability": Bilingual("Penyandang disabilitas", "People with disabilities"),
    "mothers": Bilingual("Ibu hamil dan menyusui", "Pregnant and nursing mothers"),
    "patients": Bilingual("Pasien", "Patients"),
    "poor": Bilingual("Keluarga miskin", "Poor families"),
    "remote": Bilingual("Warga daerah terpencil", "People in remote places"),
    "custom": Bilingual("Masyarakat hukum adat", "Communities of customary law"),
    "farmers": Bilingual("Petani dan nelayan", "Farmers and fishers"),
    "workers": Bilingual("Pekerja", "Workers"),
    "business": Bilingual("Pelaku usaha", "Businesses"),
    "officials": Bilingual("Pegawai negara", "Public officials"),
    "other": Bilingual("Kelompok lain", "Another group"),
    NOT_KNOWN: Bilingual("Belum diketahui", "Not known"),
}

# In what somebody may have been treated otherwise than others.
ASPECTS: Final[Mapping[str, Bilingual]] = {
    "queue": Bilingual("Urutan dalam antrean", "Place in the queue"),
    "requirements": Bilingual("Persyaratan yang diminta", "What was required"),
    "time": Bilingual("Lama pelayanan", "Time it took"),
    "fee": Bilingual("Biaya", "What was paid"),
    "manner": Bilingual("Sikap petugas", "How staff behaved"),
    "result": Bilingual("Hasil yang diperoleh", "What was got in the end"),
}
TREATED: Final[Mapping[str, Bilingual]] = {
    NOT_KNOWN: Bilingual("Belum diketahui", "Not known"),
    "worse": Bilingual("Lebih buruk daripada yang lain", "Worse than others"),
    "same": Bilingual("Sama dengan yang lain", "The same as others"),
    "better": Bilingual("Lebih baik daripada yang lain", "Better than others"),
}
# With whom it is compared.
OTHERS: Final[Mapping[str, Bilingual]] = {
    "same_queue": Bilingual(
        "Orang lain dalam antrean yang sama", "Others in the same queue on that day"
    ),
    "same_request": Bilingual(
        "Orang lain dengan permohonan yang sama", "Others with the same request"
    ),
    "known_to_staff": Bilingual(
        "Orang yang dikenal petugas atau yang membayar", "Those known to the staff, or who paid"
    ),
    "standard": Bilingual(
        "Standar pelayanan yang diumumkan", "The published standard of the service"
    ),
    NOT_KNOWN: Bilingual("Belum ada pembanding", "Nobody yet"),
}

REMEDIES: Final[Mapping[str, Bilingual]] = {
    "serve": Bilingual("Layanan diberikan", "The service is given"),
    "repeat": Bilingual("Layanan diulang atau diproses kembali", "The service is done anew"),
    "correct": Bilingual("Dokumen atau data dibetulkan", "A document or record is corrected"),
    "pay_back": Bilingual("Uang dikembalikan", "Money is paid back"),
    "compensate": Bilingual("Kerugian diganti", "A loss is made good"),
    "explain": Bilingual("Penjelasan tertulis", "A written explanation"),
    "apologise": Bilingual("Permintaan maaf", "An apology"),
    "mend": Bilingual("Tata cara layanan diperbaiki", "The way of serving is mended"),
    "other": Bilingual("Perbaikan lain", "Something else"),
}
ANSWERS: Final[Mapping[str, Bilingual]] = {
    "accepted": Bilingual("Diterima", "Accepted"),
    "refused": Bilingual("Ditolak", "Refused"),
}
# What is missing before a complaint is decided, or ends as another office's.
NOT_NAMED: Final = Bilingual(
    "belum disebutkan tugas yang disentuh, kelompok yang dilayani, dan perlakuannya",
    "not named yet: which duty it touches, whom it serves, how the person was treated",
)
NOT_PASSED_ON: Final = Bilingual(
    "belum dicatat ke kantor mana pengaduan diteruskan",
    "not written down yet to which office it is forwarded",
)
# How far a remedy has come, in order.
REMEDY_STATES: Final[Mapping[str, Bilingual]] = {
    "offered": Bilingual("Perbaikan ditawarkan", "A remedy was offered"),
    "accepted": Bilingual("Perbaikan diterima pengadu", "It was accepted"),
    "refused": Bilingual("Perbaikan ditolak pengadu", "It was refused"),
    "done": Bilingual("Perbaikan dilaksanakan", "It was carried out"),
}
SATISFACTION: Final[Mapping[str, Bilingual]] = {
    "very": Bilingual("Sangat puas", "Very satisfied"),
    "rather": Bilingual("Puas", "Satisfied"),
    "little": Bilingual("Kurang puas", "Not quite satisfied"),
    "not": Bilingual("Tidak puas", "Not satisfied"),
}
