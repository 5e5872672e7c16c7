"""The words in which facts are told to the law: keys, types, allowed values, plain questions.

One closed vocabulary serves the intake form, the officer's desk, the command line and the norms; a
key or a value that is not here is refused, never ignored. A fact that nobody knows is left out.

Labels are data in Indonesian (authoritative) and English. The labels of `CONDUCTS` are written for
a frightened reporter; the exact legal wording stands in the norms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from timbang.law.bilingual import Bilingual

FactType = Literal["day", "flag", "choice", "choices"]

# A day outside of this range is a slip of the pen; the first is the Republic's own.
FIRST_DAY = date(1945, 8, 17)
LAST_DAY = date(2099, 12, 31)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that can be known about an act: what to ask, and what may be answered."""

    key: str
    type: FactType
    question: Bilingual
    help: Bilingual
    choices: Mapping[str, Bilingual] = field(default_factory=dict)


_text = Bilingual


CONDUCTS: Mapping[str, Bilingual] = {
    "display_props": _text(
        "Memasang spanduk, baliho, stiker, atau alat peraga lain",
        "Put up banners, billboards, stickers or other campaign material",
    ),
    "online_campaign": _text(
        "Memperkenalkan atau mengampanyekan seseorang di media sosial atau internet",
        "Promoted or campaigned for someone on social media or the internet",
    ),
    "social_media_support": _text(
        "Menyukai, mengomentari, membagikan, atau ikut grup dan akun pendukung di media sosial",
        "Liked, commented, shared, or joined supporters' groups and accounts on social media",
    ),
    "photo": _text(
        "Menyebarkan foto bersama yang menunjukkan dukungan (calon, tim, simbol, atau alat peraga)",
        "Published a photo that shows support (with the candidate, the team, a sign or material)",
    ),
    "attend_active": _text(
        "Hadir di deklarasi atau kampanye dan terang-terangan ikut mendukung",
        "Came to a declaration or campaign event and openly took part in the support",
    ),
    "attend_passive": _text(
        "Hanya hadir dan mendengarkan, tanpa ikut mendukung",
        "Was only present and listened, without taking part",
    ),
    "join_activity": _text(
        "Ikut acara pengenalan, sosialisasi, atau kampanye sebelum calon ditetapkan",
        "Joined an introduction, outreach or campaign activity before candidates were confirmed",
    ),
    "leaning_activity": _text(
        "Mengadakan pertemuan, ajakan, himbauan, seruan, atau pembagian barang yang memihak",
        "Held meetings, invited, urged, called on people or gave out goods in a one-sided way",
    ),
    "mobilise_officials": _text(
        "Mengerahkan pegawai lain untuk kampanye",
        "Mobilised other officials for a campaign",
    ),
    "state_facilities": _text(
        "Memakai mobil dinas, kantor, anggaran, atau fasilitas negara lain untuk kampanye",
        "Used an official car, office, budget or other state facility for a campaign",
    ),
    "favouring_decision": _text(
        "Membuat keputusan atau tindakan jabatan yang menguntungkan atau merugikan satu pihak",
        "Made an official decision or act that favoured or harmed one side",
    ),
    "campaign_team": _text(
        "Menjadi anggota tim pemenangan, tim ahli, atau konsultan",
        "Was a member of a campaign team, expert team, or a consultant",
    ),
    "support_letter": _text(
        "Memberi surat dukungan atau mengumpulkan salinan KTP untuk calon perseorangan",
        "Gave a letter of support or collected copies of identity cards for an independent",
    ),
    "approach_party": _text(
        "Mendekati partai politik agar dirinya dicalonkan",
        "Approached a political party to be nominated himself",
    ),
    "approach_public": _text(
        "Mendekati masyarakat agar dirinya dicalonkan secara perseorangan",
        "Approached the public to run himself as an independent",
    ),
    "party_member": _text(
        "Menjadi anggota atau pengurus partai politik",
        "Was a member or an officer of a political party",
    ),
    "other": _text(
        "Perbuatan lain, ceritakan dengan kata-kata sendiri",
        "Something else, told in your own words",
    ),
}

STATUSES: Mapping[str, Bilingual] = {
    "PNS": _text("Pegawai negeri sipil (PNS)", "Permanent civil servant (PNS)"),
    "CPNS": _text("Calon PNS (CPNS)", "Probationary civil servant (CPNS)"),
    "PPPK": _text(
        "Pegawai pemerintah dengan perjanjian kerja (PPPK)", "Civil servant on contract (PPPK)"
    ),
    "PPNPN": _text("Pegawai non-ASN atau honorer (PPNPN)", "Non-ASN or honorary staff (PPNPN)"),
    "village_head": _text("Kepala desa", "Village head"),
    "village_apparatus": _text("Perangkat desa", "Village apparatus"),
    "village_council": _text(
        "Anggota Badan Permusyawaratan Desa (BPD)", "Member of a village council (BPD)"
    ),
    "TNI": _text("Anggota TNI", "Member of the armed forces (TNI)"),
    "Polri": _text("Anggota Polri", "Member of the police (Polri)"),
    "state_enterprise": _text("Pegawai BUMN atau BUMD", "Employee of a state enterprise"),
    "regional_head": _text("Kepala atau wakil kepala daerah", "Regional head or deputy"),
    "state_official": _text("Pejabat negara", "State official"),
    "other": _text("Status lain", "Another status"),
}

OBJECTS: Mapping[str, Bilingual] = {
    "aspirant": _text(
        "Bakal calon (belum ditetapkan KPU)", "An aspirant (not yet confirmed by the KPU)"
    ),
    "candidate": _text("Calon (sudah ditetapkan KPU)", "A candidate (confirmed by the KPU)"),
    "contestant": _text(
        "Orang yang maju dalam pemilihan; tidak tahu sudah ditetapkan atau belum",
        "A person who runs; not known whether already confirmed",
    ),
    "party": _text("Partai politik", "A political party"),
    "spouse_candidate": _text(
        "Suami atau istrinya sendiri yang menjadi calon",
        "His or her own spouse, who is a candidate",
    ),
    "none": _text("Tidak untuk atau melawan siapa pun", "Neither for nor against anyone"),
}

CONTEST_KINDS: Mapping[str, Bilingual] = {
    "president": _text("Presiden dan Wakil Presiden", "President and Vice President"),
    "dpr": _text("Anggota DPR", "House of Representatives (DPR)"),
    "dpd": _text("Anggota DPD", "Regional Representative Council (DPD)"),
    "dprd_province": _text("Anggota DPRD Provinsi", "Provincial assembly (DPRD)"),
    "dprd_regency": _text("Anggota DPRD Kabupaten/Kota", "Regency or city assembly (DPRD)"),
    "governor": _text("Gubernur dan Wakil Gubernur", "Governor and deputy"),
    "regent": _text("Bupati dan Wakil Bupati", "Regent and deputy"),
    "mayor": _text("Wali Kota dan Wakil Wali Kota", "Mayor and deputy"),
}

EVENTS: Mapping[str, Bilingual] = {
    "campaign": _text("Kampanye", "A campaign event"),
    "declaration": _text("Deklarasi", "A declaration of candidacy or support"),
    "introduction": _text("Pengenalan atau sosialisasi", "An introduction or outreach event"),
    "other": _text("Acara lain", "Another event"),
}

ATTRIBUTES: Mapping[str, Bilingual] = {
    "party": _text(
        "Atribut partai atau bergambar calon (pakaian, kendaraan, media lain)",
        "Attributes of a party or with a candidate's picture (clothes, vehicle, other media)",
    ),
    "civil_service": _text(
        "Atribut PNS (seragam Korpri atau dinas, kendaraan dinas)",
        "Civil service attributes (Korpri or service uniform, service vehicle)",
    ),
}

IMPACTS: Mapping[str, Bilingual] = {
    "none": _text("Tidak ada dampak negatif", "No negative impact"),
    "unit": _text("Pada unit kerja", "On the work unit"),
    "agency": _text("Pada instansi", "On the agency"),
    "state": _text("Pada negara atau pemerintah", "On the state or government"),
}

_SCHEDULE = _text(
    "Menurut jadwal KPU untuk pemilihan itu; hari pertama dan terakhir termasuk.",
    "By the KPU's schedule for the contest; the first and the last day are included.",
)

_FACTS = (
    Fact(
        "act_on",
        "day",
        _text("Pada hari apa perbuatan itu terjadi?", "On which day did it happen?"),
        _text(
            "Hari perbuatan menentukan hukum yang berlaku, menurut zona waktu daerahnya.",
            "The day of the act decides which law applies; the day of the region's time zone.",
        ),
    ),
    Fact(
        "status",
        "choice",
        _text("Apa status kepegawaiannya?", "What is the person's employment status?"),
        _text(
            "Aturan dan sanksi PNS dan PPPK berbeda.",
            "The rules and sanctions of PNS and PPPK differ.",
        ),
        STATUSES,
    ),
    Fact(
        "conduct",
        "choices",
        _text("Apa yang diduga dilakukannya?", "What is the person suspected to have done?"),
        _text(
            "Daftar ini dibaca sebagai lengkap: yang tidak disebut dianggap tidak terjadi.",
            "The list is read as complete: what it does not name is taken as not done.",
        ),
        CONDUCTS,
    ),
    Fact(
        "object",
        "choice",
        _text("Untuk atau melawan siapa?", "For or against whom?"),
        _text(
            "Bakal calon atau calon peserta pemilu atau pemilihan kepala daerah. Jika perbuatan "
            "menyangkut lebih dari satu, tanyakan satu per satu.",
            "An aspirant or candidate in a general or regional-head election. If the act concerns "
            "more than one, ask for each of them.",
        ),
        OBJECTS,
    ),
    Fact(
        "candidates_confirmed_on",
        "day",
        _text(
            "Pada hari apa KPU menetapkan calon dalam pemilihan itu?",
            "On which day did the KPU confirm the candidates of that contest?",
        ),
        _text(
            "Setiap pemilihan punya hari penetapan sendiri. Sebelumnya bakal calon, sesudahnya "
            "calon; hari penetapan itu sendiri belum jelas hukumnya.",
            "Each contest has its own day. Before it there are aspirants, after it candidates; the "
            "law of the day itself is not settled.",
        ),
    ),
    Fact(
        "contest_kind",
        "choice",
        _text("Pemilihan apa?", "Which contest?"),
        _text(
            "Beberapa bentuk hanya berlaku untuk DPD dan kepala daerah.",
            "Some forms exist only for the DPD and for regional heads.",
        ),
        CONTEST_KINDS,
    ),
    Fact(
        "independent",
        "flag",
        _text(
            "Apakah bakal calon itu maju perseorangan, tanpa partai?",
            "Does the aspirant run as an independent, without a party?",
        ),
        _text(
            "Calon anggota DPD selalu perseorangan.", "Aspirants for the DPD always run as such."
        ),
    ),
    Fact(
        "event",
        "choice",
        _text("Di acara apa?", "At what kind of event?"),
        _text(
            "PP 94/2021 pasal 5 huruf n angka 1 sampai 4 hanya tentang kampanye.",
            "PP 94/2021 article 5 n items 1 to 4 concern campaign events only.",
        ),
        EVENTS,
    ),
    Fact(
        "attributes",
        "choices",
        _text("Atribut apa yang dipakai?", "Which attributes were used?"),
        _text(
            "Daftar kosong berarti tidak memakai atribut.", "An empty list means that none were."
        ),
        ATTRIBUTES,
    ),
    Fact(
        "on_unpaid_leave",
        "flag",
        _text(
            "Apakah ia sedang cuti di luar tanggungan negara (CLTN)?",
            "Was the person on leave outside the state's responsibility (CLTN)?",
        ),
        _text("Pada hari perbuatan.", "On the day of the act."),
    ),
    Fact(
        "impact",
        "choice",
        _text("Dampak negatifnya pada siapa?", "On whom did it have a negative impact?"),
        _text(
            "Dampak negatif: turunnya harkat, citra, kepercayaan, nama baik, atau terganggunya "
            "tugas (PP 94/2021 pasal 1 angka 10). Sebut yang paling luas.",
            "Negative impact: lowered dignity, image, trust or good name, or tasks disturbed "
            "(PP 94/2021 article 1 item 10). Name the widest.",
        ),
        IMPACTS,
    ),
    Fact(
        "other_rule_named",
        "flag",
        _text(
            "Apakah peraturan yang dilanggar perbuatan lain itu sudah disebut?",
            "Has the rule been named that the other act breaches?",
        ),
        _text(
            "Bentuk terakhir SKB hanya berlaku bersama peraturan lain yang disebut jelas.",
            "The last form of the joint decree stands only together with another, named rule.",
        ),
    ),
    Fact(
        "examined_under_pp_53",
        "flag",
        _text(
            "Apakah perbuatan sebelum 31-08-2021 sudah diperiksa menurut PP 53/2010?",
            "Was an act before 31-08-2021 already examined under PP 53/2010?",
        ),
        _text(
            "Jika belum diperiksa, PP 94/2021 berlaku juga (pasal 40 ayat 3).",
            "If not yet examined, PP 94/2021 applies to it too (article 40(3)).",
        ),
    ),
    Fact(
        "pay_regulation_in_force",
        "flag",
        _text(
            "Apakah PP tentang gaji dan tunjangan PNS sudah berlaku?",
            "Is the government regulation on civil servants' pay and allowances in force?",
        ),
        _text(
            "Menentukan jenis hukuman sedang (PP 94/2021 pasal 42): tanyakan bagian hukum.",
            "Decides the kinds of moderate sanction (PP 94/2021 article 42): ask the legal unit.",
        ),
    ),
    Fact(
        "handled_on",
        "day",
        _text("Pada hari apa perkara ini ditangani?", "On which day is the matter being handled?"),
        _text(
            "Menentukan lembaga yang berwenang, yang pernah berganti. Tanpa hari ini ditunjukkan "
            "yang berwenang pada hari perbuatan.",
            "Decides the competent authority, which has changed. Without it the authority of the "
            "day of the act is shown.",
        ),
    ),
    *(
        Fact(key, "day", question, _SCHEDULE)
        for key, question in (
            (
                "campaign_starts_on",
                _text("Hari pertama masa kampanye?", "First day of the campaign period?"),
            ),
            (
                "campaign_ends_on",
                _text("Hari terakhir masa kampanye?", "Last day of the campaign period?"),
            ),
            (
                "quiet_starts_on",
                _text("Hari pertama masa tenang?", "First day of the quiet period?"),
            ),
            ("quiet_ends_on", _text("Hari terakhir masa tenang?", "Last day of the quiet period?")),
            ("voting_on", _text("Hari pemungutan suara?", "Voting day?")),
            ("recap_ends_on", _text("Hari terakhir rekapitulasi suara?", "Last day of the count?")),
            ("inaugurated_on", _text("Hari pelantikan?", "Day of inauguration?")),
        )
    ),
)

FACTS: Mapping[str, Fact] = {fact.key: fact for fact in _FACTS}

AUTHORITIES: Mapping[str, Bilingual] = {
    "appointing_officer": _text(
        "Pejabat Pembina Kepegawaian", "the appointing officer (Pejabat Pembina Kepegawaian)"
    ),
    "kasn": _text("Komisi Aparatur Sipil Negara (KASN)", "the Civil Service Commission (KASN)"),
    "bkn": _text("Badan Kepegawaian Negara (BKN)", "the National Civil Service Agency (BKN)"),
}

VERIFICATION: Mapping[str, Bilingual] = {
    "official_text": _text("teks resmi", "official text"),
    "two_copies": _text(
        "dua salinan teks resmi yang sama bunyinya", "two agreeing copies of the official text"
    ),
    "one_copy": _text("satu salinan teks resmi", "one copy of the official text"),
    "two_sources": _text(
        "dua sumber lain yang tidak saling bergantung", "two other, independent sources"
    ),
    "one_source": _text("satu sumber lain", "one other source"),
    "memory": _text("ingatan saja, belum diperiksa", "memory only, not checked"),
}

# From light to heavy; `moral` belongs to ethics and can stand beside a disciplinary sanction.
LEVELS: Mapping[str, Bilingual] = {
    "moral": _text("sanksi moral", "moral sanction"),
    "ringan": _text("hukuman disiplin ringan", "light disciplinary sanction"),
    "sedang": _text("hukuman disiplin sedang", "moderate disciplinary sanction"),
    "berat": _text("hukuman disiplin berat", "heavy disciplinary sanction"),
    "dismissal": _text("pemberhentian", "dismissal by law"),
    "employer_rule": _text("menurut aturan instansi", "by the employer's own rule"),
}
