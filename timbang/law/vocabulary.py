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

FactType = Literal["day", "flag", "choice", "choices", "number"]

# A day outside of this range is a slip of the pen; the first is the Republic's own.
FIRST_DAY = date(1945, 8, 17)
LAST_DAY = date(2099, 12, 31)
# A count of days, months or times beyond this is a slip of the pen too.
MOST = 100_000


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that can be known about an act: what to ask, and what may be answered."""

    key: str
    type: FactType
    question: Bilingual
    help: Bilingual
    choices: Mapping[str, Bilingual] = field(default_factory=dict)


_text = Bilingual


_NEUTRALITY: Mapping[str, Bilingual] = {
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
    "accompany_registration": _text(
        "Mendampingi suami atau istri saat mendaftar atau dikenalkan sebagai calon",
        "Accompanied a spouse at registration or introduction as a candidate",
    ),
    "campaign_speaker": _text(
        "Menjadi pembicara atau narasumber di kampanye",
        "Was a speaker at a campaign",
    ),
    "official_replaced": _text(
        "Kepala daerah mengganti, memindahkan, atau melantik pejabat menjelang atau sesudah "
        "pemilihan",
        "A regional head replaced, moved or installed officials shortly before or after an "
        "election",
    ),
    "programme_used": _text(
        "Kepala daerah memakai kewenangan, program, atau kegiatan untuk menguntungkan satu calon",
        "A regional head used powers, programmes or activities in favour of one candidate",
    ),
    "involve_officials": _text(
        "Calon atau tim kampanye melibatkan ASN, TNI/Polri, atau perangkat desa dalam kampanye",
        "A candidate or campaign team involved officials, forces or village officers in a campaign",
    ),
    "campaign_outside_schedule": _text(
        "Berkampanye di luar jadwal", "Campaigned outside the schedule"
    ),
    "vote_cast": _text(
        "Memberikan suara, padahal anggota TNI atau Polri",
        "Voted, though a member of the armed forces or the police",
    ),
}

_DISCIPLINE: Mapping[str, Bilingual] = {
    "absent": _text(
        "Tidak masuk kerja tanpa alasan yang sah", "Was absent from work without a valid reason"
    ),
    "abuse_of_power": _text("Menyalahgunakan wewenang jabatan", "Abused the powers of the post"),
    "broker_for_gain": _text(
        "Menjadi perantara untuk keuntungan pribadi atau orang lain",
        "Acted as a go-between for private gain",
    ),
    "foreign_work": _text(
        "Bekerja untuk negara, lembaga, atau perusahaan asing tanpa izin",
        "Worked for a foreign state, body or company without leave",
    ),
    "state_goods": _text(
        "Memiliki, menjual, menyewakan, atau meminjamkan barang negara secara tidak sah",
        "Unlawfully held, sold, rented out or lent goods of the state",
    ),
    "illegal_levy": _text(
        "Memungut biaya di luar ketentuan (pungutan liar)", "Took charges outside the rules"
    ),
    "harm_to_state": _text(
        "Melakukan kegiatan yang merugikan negara", "Did something that harms the state"
    ),
    "arbitrary_to_subordinate": _text(
        "Bertindak sewenang-wenang terhadap bawahan", "Treated subordinates arbitrarily"
    ),
    "obstruct_duty": _text("Menghalangi jalannya tugas kedinasan", "Obstructed official duties"),
    "gift_taken": _text(
        "Menerima hadiah yang berhubungan dengan jabatan",
        "Took a gift connected with the post",
    ),
    "reward_asked": _text(
        "Meminta sesuatu yang berhubungan dengan jabatan",
        "Asked for something connected with the post",
    ),
    "harm_served_party": _text(
        "Berbuat atau lalai sehingga merugikan orang yang dilayani",
        "Acted or failed to act so that those served were harmed",
    ),
    "no_wealth_report": _text(
        "Tidak melaporkan harta kekayaan yang wajib dilaporkan",
        "Did not report assets that must be reported",
    ),
    "duty_neglected": _text(
        "Melalaikan kewajiban dasar PNS (kesetiaan, kebijakan, peraturan, tugas, integritas)",
        "Neglected a basic duty of civil servants (loyalty, policy, law, tasks, integrity)",
    ),
    "obligation_neglected": _text(
        "Melalaikan kewajiban lain PNS (sumpah, kepentingan negara, barang negara, bawahan)",
        "Neglected another obligation of civil servants (oath, state interest, goods, staff)",
    ),
    "superior_did_not_examine": _text(
        "Atasan tidak memanggil, memeriksa, atau melaporkan bawahan yang diduga melanggar",
        "A superior did not summon, examine or report a subordinate suspected of a breach",
    ),
    "not_punished": _text(
        "Pejabat yang berwenang tidak menjatuhkan hukuman yang seharusnya",
        "The competent officer did not impose the sanction that was due",
    ),
}

_SERVICE: Mapping[str, Bilingual] = {
    "undue_delay": _text("Penundaan berlarut", "Undue delay"),
    "no_service": _text("Tidak memberikan pelayanan", "Gave no service"),
    "procedure_deviation": _text("Penyimpangan prosedur", "Deviated from the procedure"),
    "authority_abused": _text("Penyalahgunaan wewenang", "Abuse of authority in a service"),
    "reward_for_service": _text(
        "Meminta imbalan uang, barang, atau jasa untuk pelayanan",
        "Asked for money, goods or services for a service",
    ),
    "incompetent": _text("Tidak kompeten", "Was not competent"),
    "improper_conduct": _text("Bertindak tidak patut", "Behaved improperly"),
    "partiality": _text("Berpihak dalam memberi pelayanan", "Took sides in giving a service"),
    "discrimination": _text("Diskriminasi dalam pelayanan", "Discriminated in a service"),
    "conflict_of_interest": _text(
        "Konflik kepentingan dalam keputusan atau pelayanan",
        "Conflict of interest in a decision or service",
    ),
    "discretion_used": _text(
        "Pejabat mengambil keputusan atas diskresi", "An officer decided by discretion"
    ),
}

# What the reporter does: never asked of the person reported.
_REPORTING: Mapping[str, Bilingual] = {
    "report_filed": _text("Menyampaikan laporan pelanggaran", "Filed a report of a breach"),
    "report_withdrawn": _text("Mencabut laporan", "Withdrew a report"),
    "reported_crime": _text(
        "Melaporkan dugaan tindak pidana kepada penegak hukum",
        "Reported a suspected crime to law enforcement",
    ),
    "reported_to_office": _text(
        "Melapor atau mengadu kepada lembaga yang berwenang, bukan penegak hukum",
        "Reported or complained to a competent office other than law enforcement",
    ),
    "public_accusation": _text(
        "Menuduhkan sesuatu tentang seseorang di media sosial atau tempat umum",
        "Accused somebody of something on social media or in public",
    ),
    "false_report": _text(
        "Melaporkan hal yang diketahuinya tidak benar", "Reported what he or she knew to be false"
    ),
    "personal_data_posted": _text(
        "Menyebarkan data pribadi orang lain (KTP, alamat, nomor telepon)",
        "Published somebody else's personal data (identity card, address, telephone number)",
    ),
}

_OTHER: Mapping[str, Bilingual] = {
    "other": _text(
        "Perbuatan lain, ceritakan dengan kata-kata sendiri",
        "Something else, told in your own words",
    ),
}

# Acts in the handling of a matter and in filling posts: told by officers and auditors.
_OFFICE: Mapping[str, Bilingual] = {
    "sanction_decided": _text(
        "Pejabat menjatuhkan hukuman disiplin", "An officer imposes a disciplinary sanction"
    ),
    "serious_suspicion": _text(
        "Pemeriksaan atas dugaan pelanggaran disiplin berat",
        "An examination for a suspected heavy breach of discipline",
    ),
    "ethics_case": _text(
        "Majelis Kode Etik memeriksa dugaan pelanggaran kode etik",
        "The ethics council examines a suspected breach of ethics",
    ),
    "senior_official_replaced": _text(
        "Mengganti pejabat pimpinan tinggi (JPT)", "Replaced a high leadership official (JPT)"
    ),
    "senior_official_appointed": _text(
        "Mengangkat pejabat pimpinan tinggi (JPT)", "Appointed a high leadership official (JPT)"
    ),
    "merit_ignored": _text(
        "Mengelola kepegawaian tidak menurut sistem merit",
        "Managed staff against the merit system",
    ),
    "non_asn_appointed": _text(
        "Mengangkat pegawai non-ASN untuk mengisi jabatan ASN",
        "Appointed somebody outside the civil service to a civil service post",
    ),
    "acted_in_vacancy": _text(
        "Pejabat sementara mengangkat, memindahkan, atau memberhentikan pegawai",
        "A stand-in for the appointing officer appointed, moved or dismissed officials",
    ),
    "audit_ignored": _text(
        "Instansi tidak menindaklanjuti hasil audit atau penilaian BKN",
        "An agency did not act on an audit or assessment by BKN",
    ),
    "did_not_resign": _text(
        "Tidak mengundurkan diri sesudah menjadi calon", "Did not resign after becoming a candidate"
    ),
    "crime_in_office": _text(
        "Dipidana penjara dengan putusan tetap", "Sentenced to prison with final force"
    ),
    "complaint_unanswered": _text(
        "Penyelenggara layanan tidak menanggapi atau tidak memutus pengaduan pada waktunya",
        "A service provider did not answer or decide a complaint in time",
    ),
    "request_unanswered": _text(
        "Pejabat tidak memutus permohonan yang sudah lengkap pada waktunya",
        "An officer did not decide a complete request in time",
    ),
    "recommendation_ignored": _text(
        "Rekomendasi Ombudsman tidak dilaksanakan", "A recommendation of the Ombudsman was ignored"
    ),
    "ombudsman_obstructed": _text(
        "Menghalangi pemeriksaan Ombudsman", "Obstructed an examination by the Ombudsman"
    ),
    "identity_disclosed": _text(
        "Membuka identitas pelapor atau isi laporannya",
        "Disclosed who reported, or what the report says",
    ),
    "decision_objected": _text(
        "Keputusan atau tindakan pejabat yang dikeberati warga",
        "A decision or act of an officer to which a citizen objects",
    ),
}


CONDUCTS: Mapping[str, Bilingual] = {
    **_NEUTRALITY,
    **_DISCIPLINE,
    **_SERVICE,
    **_OFFICE,
    **_REPORTING,
    **_OTHER,
}

REPORT_KINDS: Mapping[str, Bilingual] = {
    "neutrality": _text("Netralitas dalam pemilihan", "Neutrality in elections"),
    "discipline": _text("Disiplin atau penyalahgunaan jabatan", "Discipline or abuse of a post"),
    "service": _text("Pelayanan publik yang buruk", "Bad public service"),
    "maladministration": _text("Maladministrasi", "Maladministration"),
}

# What a report of each kind may be about: the intake asks only for these.
CONDUCTS_OF: Mapping[str, tuple[str, ...]] = {
    "neutrality": (*_NEUTRALITY, "other"),
    "discipline": (*_DISCIPLINE, "other"),
    "service": (*_SERVICE, "other"),
    "maladministration": (*_SERVICE, "other"),
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
    "regional_official": _text("Pejabat daerah", "Regional official (pejabat daerah)"),
    "candidate": _text("Calon atau pasangan calon", "Candidate or pair of candidates"),
    "campaign_team": _text(
        "Pelaksana, petugas, atau anggota tim kampanye",
        "Organiser, officer or member of a campaign team",
    ),
    "service_provider": _text(
        "Penyelenggara atau pelaksana pelayanan publik", "Provider or staff of a public service"
    ),
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

POST_LEVELS: Mapping[str, Bilingual] = {
    "jpt_utama": _text("JPT utama", "Principal high leadership post (JPT utama)"),
    "jpt_madya": _text("JPT madya", "Middle high leadership post (JPT madya)"),
    "jpt_pratama": _text("JPT pratama", "Junior high leadership post (JPT pratama)"),
    "administrator": _text("Jabatan administrator", "Administrator post"),
    "supervisor": _text("Jabatan pengawas", "Supervisor post (pengawas)"),
    "functional": _text("Jabatan fungsional", "Functional post"),
    "executing": _text("Jabatan pelaksana", "Executing post (pelaksana)"),
}

# PP 94/2021 ps 3
DUTIES: Mapping[str, Bilingual] = {
    "3a": _text("Setia kepada dasar negara dan pemerintah", "Loyal to state and government"),
    "3b": _text("Menjaga persatuan bangsa", "Keeps the nation united"),
    "3c": _text("Melaksanakan kebijakan pejabat berwenang", "Carries out competent policy"),
    "3d": _text("Menaati peraturan perundang-undangan", "Obeys legislation"),
    "3e": _text("Melaksanakan tugas dengan jujur dan bertanggung jawab", "Honest in the task"),
    "3f": _text("Berintegritas dan memberi teladan", "Shows integrity and sets an example"),
    "3g": _text("Menyimpan rahasia jabatan", "Keeps official secrets"),
    "3h": _text("Bersedia ditempatkan di mana pun", "May be posted anywhere in the country"),
}

# PP 94/2021 ps 4
OBLIGATIONS: Mapping[str, Bilingual] = {
    "4a": _text("Mengucapkan sumpah atau janji PNS", "Takes the oath of a civil servant"),
    "4b": _text("Mengucapkan sumpah atau janji jabatan", "Takes the oath of the post"),
    "4c": _text("Mendahulukan kepentingan negara", "Puts the state's interest first"),
    "4d": _text("Melaporkan bahaya atau kerugian negara", "Reports danger or loss to the state"),
    "4e": _text("Melaporkan harta kekayaan", "Reports assets"),
    "4f": _text("Masuk kerja dan menaati jam kerja", "Comes to work and keeps the hours"),
    "4g": _text("Memakai dan merawat barang negara dengan baik", "Keeps goods of the state well"),
    "4h": _text("Memberi bawahan kesempatan berkembang", "Lets subordinates develop"),
    "4i": _text("Menolak pemberian terkait tugas", "Refuses gifts connected with the task"),
}

# UU 30/2014 ps 23
DISCRETION_GROUNDS: Mapping[str, Bilingual] = {
    "choice_given": _text("Peraturan memberi pilihan", "The rule leaves a choice"),
    "not_regulated": _text("Peraturan tidak mengatur", "There is no rule"),
    "incomplete": _text("Peraturan tidak lengkap atau tidak jelas", "The rule is unclear"),
    "stagnation": _text("Pemerintahan mandek", "Government is at a standstill"),
    "none": _text("Tidak satu pun dari itu", "None of these"),
}

DISCRETION_EFFECTS: Mapping[str, Bilingual] = {
    "budget": _text("Mengubah alokasi anggaran", "Changes the allocation of a budget"),
    "unrest": _text("Berpotensi meresahkan masyarakat", "May cause unrest"),
    "emergency": _text(
        "Dalam keadaan darurat, mendesak, atau bencana", "In an emergency, urgency or disaster"
    ),
    "none": _text("Tidak satu pun dari itu", "None of these"),
}

# The steps of PP 94/2021 ps 8 as ps 17-23 divide them among officers.
SANCTION_STEPS: Mapping[str, Bilingual] = {
    "light": _text("Ringan", "Light"),
    "moderate": _text("Sedang", "Moderate"),
    "heavy": _text("Berat, selain pemberhentian", "Heavy, other than dismissal"),
    "dismissal": _text("Berat: pemberhentian", "Heavy: dismissal"),
}

GOVERNMENT_LEVELS: Mapping[str, Bilingual] = {
    "central": _text("Instansi pusat", "A central agency"),
    "province": _text("Provinsi", "A province"),
    "regency": _text("Kabupaten atau kota", "A regency or city"),
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
        "reported_on",
        "day",
        _text("Pada hari apa dilaporkan?", "On which day was it reported?"),
        _text(
            "Hari laporan diterima; sebagian aturan dan tenggat menghitungnya.",
            "The day on which the report was received; some rules and terms count from it.",
        ),
    ),
    Fact(
        "learned_on",
        "day",
        _text("Pada hari apa pelapor mengetahuinya?", "On which day did the reporter learn of it?"),
        _text(
            "Tenggat melapor dihitung sejak diketahui atau ditemukan.",
            "The term for a report runs from the day on which it became known or was found.",
        ),
    ),
    Fact(
        "decided_on",
        "day",
        _text("Pada hari apa perkara ini diputus?", "On which day is the matter decided?"),
        _text(
            "Menentukan lembaga yang berwenang, yang pernah berganti. Tanpa hari ini ditunjukkan "
            "yang berwenang pada hari perbuatan.",
            "Decides the competent authority, which has changed. Without it the authority of the "
            "day of the act is shown.",
        ),
    ),
    Fact(
        "post_level",
        "choice",
        _text(
            "Apa tingkat jabatannya?",
            "What is the level of the post?",
        ),
        _text(
            "Menentukan siapa yang berwenang dan sebagian sanksi.",
            "Decides who is competent, and some sanctions.",
        ),
        POST_LEVELS,
    ),
    Fact(
        "acting_head",
        "flag",
        _text(
            "Apakah ia penjabat kepala daerah?",
            "Is the person an acting regional head (penjabat)?",
        ),
        _text(
            "Larangan bagi kepala daerah berlaku juga baginya (UU 10/2016 ps 71 ayat 4).",
            "What is forbidden to regional heads binds him too (UU 10/2016 art 71(4)).",
        ),
    ),
    Fact(
        "incumbent",
        "flag",
        _text(
            "Apakah kepala daerah itu maju lagi sebagai calon (petahana)?",
            "Does the regional head run again (incumbent)?",
        ),
        _text(
            "Pembatalan sebagai calon hanya untuk petahana.",
            "Only an incumbent can be struck off as a candidate.",
        ),
    ),
    Fact(
        "minister_consent",
        "flag",
        _text(
            "Apakah ada persetujuan tertulis Menteri Dalam Negeri?",
            "Is there written consent of the Minister of Home Affairs?",
        ),
        _text(
            "Persetujuan harus ada sebelum penggantian.",
            "It must be there before the replacement.",
        ),
    ),
    Fact(
        "absent_workdays",
        "number",
        _text(
            "Berapa hari kerja tidak masuk, dijumlah dalam tahun kalender itu?",
            "How many working days of absence, summed within that calendar year?",
        ),
        _text(
            "Januari sampai Desember, tanpa alasan yang sah (PP 94/2021 ps 15).",
            "January to December, without valid reason (PP 94/2021 art 15).",
        ),
    ),
    Fact(
        "absent_consecutive",
        "number",
        _text(
            "Berapa hari kerja tidak masuk terus-menerus?",
            "How many working days of absence in a row?",
        ),
        _text(
            "Rangkaian terpanjang dalam tahun itu.",
            "The longest run in that year.",
        ),
    ),
    Fact(
        "valid_reason",
        "flag",
        _text(
            "Apakah ada alasan yang sah?",
            "Was there a valid reason?",
        ),
        _text(
            "Misalnya sakit, cuti, atau keadaan memaksa yang dapat dibuktikan.",
            "Such as illness, leave, or a proven emergency.",
        ),
    ),
    Fact(
        "duty",
        "choices",
        _text(
            "Kewajiban dasar mana yang dilalaikan?",
            "Which basic duty was neglected?",
        ),
        _text(
            "Huruf dari PP 94/2021 ps 3.",
            "Letters of PP 94/2021 art 3.",
        ),
        DUTIES,
    ),
    Fact(
        "obligation",
        "choices",
        _text(
            "Kewajiban lain mana yang dilalaikan?",
            "Which other obligation was neglected?",
        ),
        _text(
            "Huruf dari PP 94/2021 ps 4.",
            "Letters of PP 94/2021 art 4.",
        ),
        OBLIGATIONS,
    ),
    Fact(
        "deliberate",
        "flag",
        _text(
            "Apakah dilakukan dengan sengaja?",
            "Was it done deliberately?",
        ),
        _text(
            "Unsur beberapa tindak pidana pemilu; menilainya tugas penegak hukum.",
            "An element of several election crimes; it is for the investigators to judge.",
        ),
    ),
    Fact(
        "hand_sign",
        "flag",
        _text(
            "Apakah foto itu memuat isyarat tangan, simbol, atau atribut dukungan?",
            "Does the photo show a hand sign, symbol or attribute of support?",
        ),
        _text(
            "SE MenPANRB 18/2023 membedakan foto dengan dan tanpa simbol.",
            "Circular SE MenPANRB 18/2023 tells photos with a sign from those without.",
        ),
    ),
    Fact(
        "term_ends_on",
        "day",
        _text(
            "Pada hari apa masa jabatan kepala daerah berakhir?",
            "On which day does the term of the regional head end?",
        ),
        _text(
            "Larangan mengganti pejabat berlaku sampai hari itu.",
            "The ban on replacing officials holds until then.",
        ),
    ),
    Fact(
        "elected_confirmed_on",
        "day",
        _text(
            "Pada hari apa KPU menetapkan pasangan calon terpilih?",
            "On which day did the KPU confirm the elected pair?",
        ),
        _text(
            "Akhir dari larangan memakai program dan kewenangan.",
            "The end of the ban on using programmes and powers.",
        ),
    ),
    Fact(
        "served_on",
        "day",
        _text(
            "Pada hari apa pelayanan itu diterima atau seharusnya diterima?",
            "On which day was the service given, or due?",
        ),
        _text(
            "Tenggat mengadu tentang pelayanan dihitung dari hari itu.",
            "The term for a complaint about a service runs from it.",
        ),
    ),
    Fact(
        "complained_first",
        "flag",
        _text(
            "Apakah sudah mengadu kepada penyelenggara layanan lebih dahulu?",
            "Was a complaint made to the provider of the service first?",
        ),
        _text(
            "Ombudsman pada dasarnya menerima sesudah itu.",
            "In principle the Ombudsman accepts a report only after that.",
        ),
    ),
    Fact(
        "discretion_ground",
        "choice",
        _text(
            "Atas dasar apa diskresi diambil?",
            "On what ground was discretion used?",
        ),
        _text(
            "UU 30/2014 ps 23.",
            "UU 30/2014 art 23.",
        ),
        DISCRETION_GROUNDS,
    ),
    Fact(
        "good_faith",
        "flag",
        _text(
            "Apakah laporan atau keputusan itu dibuat dengan iktikad baik?",
            "Was the report or decision made in good faith?",
        ),
        _text(
            "Perlindungan pelapor dan sah tidaknya diskresi bergantung padanya.",
            "The protection of a reporter, and lawful discretion, depend on it.",
        ),
    ),
    Fact(
        "report_registered",
        "flag",
        _text(
            "Apakah laporan itu sudah diregistrasi pengawas pemilu?",
            "Has the election supervisor registered the report?",
        ),
        _text(
            "Sesudah registrasi laporan tidak lagi dapat dicabut.",
            "After registration a report can no longer be withdrawn.",
        ),
    ),
    Fact(
        "party_officer",
        "flag",
        _text(
            "Apakah ia pengurus partai, bukan hanya anggota?",
            "Is the person an officer of the party, not only a member?",
        ),
        _text(
            "Bagi pemerintah desa yang dilarang adalah menjadi pengurus.",
            "Village government is forbidden to be an officer of a party.",
        ),
    ),
    Fact(
        "registered_team",
        "flag",
        _text(
            "Apakah namanya terdaftar pada KPU sebagai pelaksana atau anggota tim kampanye?",
            "Is the name registered with the KPU as an organiser or member of a campaign team?",
        ),
        _text(
            "Pidananya menyebut pelaksana dan tim kampanye, bukan setiap orang yang membantu.",
            "The crime speaks of organisers and campaign teams, not of everybody who helps.",
        ),
    ),
    Fact(
        "letter_with_copy",
        "flag",
        _text(
            "Apakah surat dukungan itu disertai fotokopi KTP atau surat keterangan?",
            "Did a copy of an identity card or certificate come with the letter of support?",
        ),
        _text(
            "PP 94/2021 ps 5 huruf n angka 7 mensyaratkan keduanya.",
            "PP 94/2021 art 5 n item 7 needs both.",
        ),
    ),
    Fact(
        "sanction_step",
        "choice",
        _text(
            "Tingkat hukuman mana yang akan dijatuhkan?",
            "Which level of sanction is to be imposed?",
        ),
        _text(
            "Menentukan siapa yang berwenang menghukum (PP 94/2021 ps 16-23).",
            "Decides who may punish (PP 94/2021 art 16-23).",
        ),
        SANCTION_STEPS,
    ),
    Fact(
        "government_level",
        "choice",
        _text(
            "Di tingkat pemerintahan mana?",
            "At which level of government?",
        ),
        _text(
            "Kewenangan menghukum di kabupaten/kota berbeda dari pusat dan provinsi.",
            "Who may punish differs between regencies and the centre or provinces.",
        ),
        GOVERNMENT_LEVELS,
    ),
    Fact(
        "same_breach_before",
        "flag",
        _text(
            "Pernahkah ia dihukum disiplin karena pelanggaran yang sifatnya sama?",
            "Was the person punished before for a breach of the same nature?",
        ),
        _text(
            "PP 94/2021 ps 35 ayat (2).",
            "PP 94/2021 art 35(2).",
        ),
    ),
    Fact(
        "state_loss",
        "flag",
        _text(
            "Apakah ada petunjuk kerugian keuangan negara?",
            "Are there signs of a loss to state finances?",
        ),
        _text(
            "PP 94/2021 ps 36: koordinasi dengan pengawas intern wajib.",
            "PP 94/2021 art 36: coordination with internal audit is a duty.",
        ),
    ),
    Fact(
        "competent",
        "flag",
        _text(
            "Apakah pejabat itu berwenang atas hal, wilayah, dan waktunya?",
            "Was the officer competent for the matter, the area and the time?",
        ),
        _text(
            "Kewenangan dinilai menurut peraturan yang memberikannya.",
            "Competence follows the rule that gives it.",
        ),
    ),
    Fact(
        "discretion_effect",
        "choice",
        _text(
            "Apa akibat diskresi itu?",
            "What does the discretion lead to?",
        ),
        _text(
            "Menentukan persetujuan, pemberitahuan, atau laporan kepada atasan (UU 30/2014 ps 25).",
            "Decides on approval, notice or report to the superior (UU 30/2014 art 25).",
        ),
        DISCRETION_EFFECTS,
    ),
    Fact(
        "superior_told",
        "flag",
        _text(
            "Apakah atasan dimintai persetujuan, diberi tahu, atau dilapori menurut ketentuan?",
            "Was the superior asked, told or reported to as the rules require?",
        ),
        _text(
            "UU 30/2014 ps 26-28.",
            "UU 30/2014 art 26-28.",
        ),
    ),
    Fact(
        "decision_final",
        "flag",
        _text(
            "Apakah putusan pengadilan tentang itu sudah berkekuatan hukum tetap?",
            "Is there a final court decision on it?",
        ),
        _text(
            "Beberapa akibat hukum baru timbul sesudah putusan tetap.",
            "Some consequences follow only from a final decision.",
        ),
    ),
    Fact(
        "crime_of_office",
        "flag",
        _text(
            "Apakah ia dipidana karena kejahatan jabatan atau yang berhubungan dengan jabatan?",
            "Was the sentence for a crime of office, or one connected with the post?",
        ),
        _text(
            "Dibaca dari putusan; pidana umum yang tak berhubungan dengan jabatan bukan itu.",
            "Read from the judgment; an ordinary crime that has nothing to do with it is not.",
        ),
    ),
    Fact(
        "sentence_months",
        "number",
        _text(
            "Berapa bulan penjara yang dijatuhkan putusan itu?",
            "How many months of prison does the judgment impose?",
        ),
        _text(
            "Dua tahun adalah 24 bulan.",
            "Two years are 24 months.",
        ),
    ),
    Fact(
        "consent_of_bkn",
        "flag",
        _text(
            "Apakah ada pertimbangan teknis Kepala BKN?",
            "Is there a technical opinion of the head of BKN?",
        ),
        _text(
            "Perpres 116/2022 ps 25 ayat (2).",
            "Presidential Regulation 116/2022 art 25(2).",
        ),
    ),
    Fact(
        "months_in_post",
        "number",
        _text(
            "Sudah berapa bulan penuh pejabat itu menduduki jabatannya sejak dilantik?",
            "For how many full months had the official held the post since inauguration?",
        ),
        _text(
            "UU 5/2014 ps 116: dua tahun, yaitu 24 bulan.",
            "UU 5/2014 art 116: two years, that is 24 months.",
        ),
    ),
    Fact(
        "names_proposed",
        "number",
        _text(
            "Berapa nama calon yang diusulkan panitia seleksi untuk satu lowongan?",
            "How many names did the selection panel propose for one vacancy?",
        ),
        _text(
            "Undang-undang menyebut tiga.",
            "The law says three.",
        ),
    ),
    Fact(
        "panel_members",
        "number",
        _text(
            "Berapa anggota panitia seleksi?",
            "How many members has the selection panel?",
        ),
        _text(
            "PP 11/2017 ps 114: gasal, lima sampai sembilan.",
            "PP 11/2017 art 114: an odd number, five to nine.",
        ),
    ),
    Fact(
        "announced_days",
        "number",
        _text(
            "Berapa hari kalender antara pengumuman lowongan dan batas akhir lamaran?",
            "How many calendar days between the announcement and the closing day?",
        ),
        _text(
            "PP 11/2017 ps 117: paling singkat 15.",
            "PP 11/2017 art 117: at least 15.",
        ),
    ),
    Fact(
        "age_years",
        "number",
        _text(
            "Berapa usianya saat diangkat, dalam tahun?",
            "How old was the person on appointment, in years?",
        ),
        _text(
            "Batas usia berbeda menurut jenjang jabatan.",
            "The limit depends on the level of the post.",
        ),
    ),
    Fact(
        "experience_years",
        "number",
        _text(
            "Berapa tahun pengalaman jabatan yang terkait?",
            "How many years of related experience?",
        ),
        _text(
            "Dihitung secara kumulatif.",
            "Counted cumulatively.",
        ),
    ),
    Fact(
        "public_interest",
        "flag",
        _text(
            "Apakah hal itu disampaikan untuk kepentingan umum atau untuk membela diri?",
            "Was it said in the public interest or in self-defence?",
        ),
        _text(
            "Hakim yang menilainya; jawaban di sini hanya pernyataan.",
            "A judge decides; the answer here is only a statement.",
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
    "superior": _text("atasan langsung", "the direct superior"),
    "punishing_officer": _text(
        "pejabat yang berwenang menghukum menurut jabatan dan tingkat hukuman",
        "the officer who may punish, by post and level of sanction",
    ),
    "higher_officer": _text(
        "atasan dari pejabat yang berwenang menghukum", "the superior of the punishing officer"
    ),
    "ethics_council": _text("Majelis Kode Etik", "the ethics council (Majelis Kode Etik)"),
    "employer": _text("instansi atau pemberi kerjanya", "the employing agency or body"),
    "bawaslu": _text("Bawaslu", "the Election Supervisory Body (Bawaslu)"),
    "kpu": _text("KPU", "the Election Commission (KPU)"),
    "gakkumdu": _text(
        "Sentra Gakkumdu (Bawaslu, Polri, kejaksaan)",
        "the integrated election-crime centre (Gakkumdu)",
    ),
    "police": _text("Polri", "the police (Polri)"),
    "commander": _text("komandan satuan TNI", "the commanding officer of the armed forces"),
    "court": _text("pengadilan", "the court"),
    "village_head": _text("kepala desa", "the village head"),
    "regent": _text("bupati atau wali kota", "the regent or mayor"),
    "governor": _text("gubernur", "the governor"),
    "home_minister": _text("Menteri Dalam Negeri", "the Minister of Home Affairs"),
    "reform_minister": _text(
        "Menteri PANRB", "the Minister of Administrative and Bureaucratic Reform"
    ),
    "president": _text("Presiden", "the President"),
    "ombudsman": _text("Ombudsman RI", "the Ombudsman"),
    "service_provider": _text(
        "penyelenggara pelayanan publik", "the provider of the public service"
    ),
    "witness_protection": _text(
        "Lembaga Perlindungan Saksi dan Korban (LPSK)", "the witness protection agency (LPSK)"
    ),
    "information_commission": _text("Komisi Informasi", "the Information Commission"),
    "data_protection": _text(
        "lembaga pelindungan data pribadi", "the personal data protection authority"
    ),
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

# Levels that may drive a default proposal or a public "late" without a legal officer's word.
SURE = frozenset({"official_text", "two_copies", "two_sources"})

# Families of sanctions; light to heavy within one. Only the disciplinary ones are weighed together.
LEVELS: Mapping[str, Bilingual] = {
    "moral": _text("sanksi moral", "moral sanction"),
    "ringan": _text("hukuman disiplin ringan", "light disciplinary sanction"),
    "sedang": _text("hukuman disiplin sedang", "moderate disciplinary sanction"),
    "berat": _text("hukuman disiplin berat", "heavy disciplinary sanction"),
    "dismissal": _text("pemberhentian", "dismissal by law"),
    "employer_rule": _text("menurut aturan instansi", "by the employer's own rule"),
    "contract": _text("menurut kontrak kerja", "by the contract of employment"),
    "village": _text("sanksi bagi pemerintah desa", "sanction for village government"),
    "service": _text("sanksi pelayanan publik", "sanction under the law on public service"),
    "administrative": _text("sanksi administratif", "administrative sanction"),
    "candidacy": _text("pembatalan sebagai calon", "loss of candidacy"),
    "criminal": _text("pidana", "criminal penalty"),
}

# What a range of a sanction can state in numbers.
MEASURES: Mapping[str, Bilingual] = {
    "prison_months": _text("bulan penjara", "months of prison"),
    "confinement_months": _text("bulan kurungan", "months of confinement"),
    "fine_rupiah": _text("rupiah denda", "rupiah of fine"),
}

AREAS: Mapping[str, Bilingual] = {
    "neutrality": _text("netralitas", "neutrality"),
    "ethics": _text("kode etik", "code of ethics"),
    "discipline": _text("disiplin", "discipline"),
    "election_crime": _text("pemilu", "general elections"),
    "regional_election": _text("pemilihan kepala daerah", "regional elections"),
    "village": _text("pemerintahan desa", "village government"),
    "forces": _text("TNI dan Polri", "armed forces and police"),
    "employer": _text("aturan pemberi kerja", "rules of the employer"),
    "service": _text("pelayanan publik", "public service"),
    "maladministration": _text("maladministrasi", "maladministration"),
    "discretion": _text("diskresi dan wewenang", "discretion and authority"),
    "merit": _text("sistem merit", "merit system"),
    "supervision": _text("pengawasan ASN", "supervision of the civil service"),
    "reporter": _text("perlindungan dan kewajiban pelapor", "protection and duties of reporters"),
}

# What a norm that applies does.
EFFECTS: Mapping[str, Bilingual] = {
    "forbids": _text("melarang", "forbids"),
    "requires": _text("mewajibkan", "requires"),
    "permits": _text("membolehkan", "permits"),
    "punishes": _text("mengancam sanksi", "punishes"),
    "empowers": _text("memberi wewenang", "empowers"),
    "protects": _text("melindungi", "protects"),
    "defines": _text("merumuskan", "defines"),
}

# The order is their weight under "having regard to" (Mengingat).
INSTRUMENT_KINDS: Mapping[str, Bilingual] = {
    "UU": _text("Undang-Undang", "Law"),
    "Perppu": _text("Peraturan Pemerintah Pengganti Undang-Undang", "Regulation in lieu of law"),
    "MK": _text("Putusan Mahkamah Konstitusi", "Decision of the Constitutional Court"),
    "PP": _text("Peraturan Pemerintah", "Government Regulation"),
    "Perpres": _text("Peraturan Presiden", "Presidential Regulation"),
    "Permen": _text("Peraturan Menteri", "Ministerial Regulation"),
    "PerBKN": _text("Peraturan BKN", "BKN Regulation"),
    "Perbawaslu": _text("Peraturan Bawaslu", "Bawaslu Regulation"),
    "PKPU": _text("Peraturan KPU", "KPU Regulation"),
    "Perpol": _text("Peraturan Polri", "Police Regulation"),
    "ORI": _text("Peraturan Ombudsman", "Ombudsman Regulation"),
    "SKB": _text("Keputusan Bersama", "Joint Decree"),
    "SE": _text("Surat Edaran", "Circular"),
    "letter": _text("Surat", "Letter"),
}

# Why an answer may need a person: sources differ, the law is open, or it asks for a judgement.
DOUBT_KINDS: Mapping[str, Bilingual] = {
    "open_point": _text("hal yang belum jelas", "open point"),
    "judgement": _text("penilaian manusia", "human judgement"),
    "conflict": _text("sumber berbeda", "sources differ"),
}
