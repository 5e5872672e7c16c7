"""What must hold before an outcome may be taken: the closed vocabulary of guards.

Most guards are computed from what is on file. A `declared` one cannot be: the officer states it,
under his name. There are no expressions: whoever needs a new condition names it here, in both
languages, and the engine, the proofs and the desk know it at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from timbang.law.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Guard:
    """What must hold before an outcome may be taken.

    `holds` is the statement, `missing` what the officer reads while it does not hold. A `declared`
    guard cannot be computed from what is on file: the officer states it, under his name.
    """

    holds: Bilingual
    missing: Bilingual
    declared: bool = False


# How long comments stay open at least, from the day on which they were opened: this register's own
# rule; no norm that was read gives a time for every kind of policy.
COMMENT_DAYS = 14

GUARDS: Mapping[str, Guard] = {
    "report_linked": Guard(
        Bilingual("sedikitnya satu laporan atau temuan terhubung", "a report or finding is linked"),
        Bilingual("belum ada laporan atau temuan yang terhubung", "no report or finding is linked"),
    ),
    "norm_applies": Guard(
        Bilingual(
            "sedikitnya satu norma berlaku pada hari perbuatan",
            "at least one norm applies on the day of the act",
        ),
        Bilingual(
            "belum ada norma yang berlaku pada hari perbuatan",
            "no norm is found to apply on the day of the act",
        ),
    ),
    "study_written": Guard(
        Bilingual("kajian tertulis telah dibuat", "the study is written"),
        Bilingual("kajian tertulis belum dibuat", "the study is not written"),
    ),
    "recommendation_written": Guard(
        Bilingual("rekomendasi tertulis telah dibuat", "the recommendation is written"),
        Bilingual("rekomendasi tertulis belum dibuat", "the recommendation is not written"),
    ),
    "warning_letter_produced": Guard(
        Bilingual("surat peringatan telah dibuat", "the letter of warning is produced"),
        Bilingual("surat peringatan belum dibuat", "the letter of warning is not produced"),
    ),
    "clearing_letter_produced": Guard(
        Bilingual(
            "surat keterangan tidak terbukti telah dibuat",
            "the letter that clears the reported person is produced",
        ),
        Bilingual(
            "surat keterangan tidak terbukti belum dibuat",
            "the letter that clears the reported person is not produced",
        ),
    ),
    "letter_produced": Guard(
        Bilingual("surat telah dibuat", "the letter is produced"),
        Bilingual("surat belum dibuat", "the letter is not produced"),
    ),
    "reason_given": Guard(
        Bilingual("alasan telah ditulis", "a reason is written"),
        Bilingual("alasan belum ditulis", "no reason is written"),
    ),
    "delivery_proven": Guard(
        Bilingual("bukti penyampaian telah dicatat", "the delivery is proven"),
        Bilingual("bukti penyampaian belum dicatat", "the delivery is not proven"),
    ),
    "term_passed": Guard(
        Bilingual("tenggat telah lewat", "the term or target has passed"),
        Bilingual("tenggat belum lewat", "the term or target has not passed"),
    ),
    "hearing_or_two_summonses": Guard(
        Bilingual(
            "pemeriksaan terlapor (di kantor dalam sistem ini: dengan berita acara) atau dua "
            "panggilan yang telah lewat telah dicatat",
            "the hearing (of an office in this system: with minutes), or two summonses whose days "
            "have passed, are recorded",
        ),
        Bilingual(
            "belum tercatat pemeriksaan terlapor (di kantor dalam sistem ini: dengan berita acara) "
            "atau dua panggilan yang telah lewat",
            "neither a hearing (of an office in this system: with minutes) nor two summonses whose "
            "days have passed are recorded",
        ),
    ),
    "outside_answer_on_file": Guard(
        Bilingual(
            "jawaban tertulis instansi di luar sistem telah dicatat",
            "the written answer of the outside organ is on file",
        ),
        Bilingual(
            "jawaban tertulis instansi di luar sistem belum dicatat",
            "no written answer of the outside organ is on file",
        ),
    ),
    "team_if_serious": Guard(
        Bilingual(
            "untuk dugaan pelanggaran berat, pemeriksaan dilakukan oleh tim pemeriksa",
            "for a suspected serious breach, an examination team has examined",
        ),
        Bilingual(
            "belum dinyatakan bahwa dugaan pelanggaran berat diperiksa oleh tim pemeriksa",
            "it is not stated that a suspected serious breach was examined by a team",
        ),
        declared=True,
    ),
    "ethics_council_heard": Guard(
        Bilingual(
            "Majelis Kode Etik telah memeriksa dan memberi rekomendasi",
            "the ethics council has heard the matter and recommended",
        ),
        Bilingual(
            "belum dinyatakan bahwa Majelis Kode Etik telah memeriksa dan memberi rekomendasi",
            "it is not stated that the ethics council has heard the matter and recommended",
        ),
        declared=True,
    ),
    "verified_or_audited": Guard(
        Bilingual(
            "verifikasi, validasi, dan/atau audit telah dilakukan",
            "verification, validation or audit has been done",
        ),
        Bilingual(
            "belum dinyatakan bahwa verifikasi, validasi, dan/atau audit telah dilakukan",
            "it is not stated that verification, validation or audit has been done",
        ),
        declared=True,
    ),
    "blocking_ground_stated": Guard(
        Bilingual(
            "alasan pemblokiran yang diatur telah disebutkan",
            "a ground for blocking that the regulation names is stated",
        ),
        Bilingual(
            "alasan pemblokiran yang diatur belum disebutkan",
            "no ground for blocking that the regulation names is stated",
        ),
        declared=True,
    ),
    "formal_complete": Guard(
        Bilingual(
            "syarat formal laporan telah lengkap", "the formal requirements of the report are met"
        ),
        Bilingual(
            "belum dinyatakan bahwa syarat formal laporan lengkap",
            "it is not stated that the formal requirements are met",
        ),
        declared=True,
    ),
    "material_complete": Guard(
        Bilingual(
            "syarat materiel laporan telah lengkap",
            "the material requirements of the report are met",
        ),
        Bilingual(
            "belum dinyatakan bahwa syarat materiel laporan lengkap",
            "it is not stated that the material requirements are met",
        ),
        declared=True,
    ),
    "in_time": Guard(
        Bilingual("laporan disampaikan dalam tenggat", "the report came in time"),
        Bilingual(
            "belum dinyatakan bahwa laporan disampaikan dalam tenggat",
            "it is not stated that the report came in time",
        ),
        declared=True,
    ),
    "registered": Guard(
        Bilingual("laporan telah diregistrasi", "the report is registered"),
        Bilingual(
            "belum dinyatakan bahwa laporan telah diregistrasi",
            "it is not stated that the report is registered",
        ),
        declared=True,
    ),
    "plenary_held": Guard(
        Bilingual("rapat pleno telah diadakan", "the plenary meeting was held"),
        Bilingual(
            "belum tercatat rapat pleno yang menyetujuinya",
            "no plenary meeting that agreed to it is on file",
        ),
        declared=True,
    ),
    "coordinated_with_gakkumdu": Guard(
        Bilingual(
            "pembahasan bersama Sentra Gakkumdu telah dilakukan",
            "the matter was discussed in the joint centre (Gakkumdu)",
        ),
        Bilingual(
            "belum dinyatakan bahwa pembahasan bersama Sentra Gakkumdu telah dilakukan",
            "it is not stated that the matter was discussed in the joint centre (Gakkumdu)",
        ),
        declared=True,
    ),
    "reporter_told": Guard(
        Bilingual(
            "status laporan telah diberitahukan kepada pelapor",
            "the reporter was told how the report stands",
        ),
        Bilingual(
            "belum dinyatakan bahwa status laporan diberitahukan kepada pelapor",
            "it is not stated that the reporter was told how the report stands",
        ),
        declared=True,
    ),
    "complaint_complete": Guard(
        Bilingual("pengaduan telah lengkap", "the complaint is complete"),
        Bilingual(
            "belum dinyatakan bahwa pengaduan telah lengkap",
            "it is not stated that the complaint is complete",
        ),
        declared=True,
    ),
    "complained_first": Guard(
        Bilingual(
            "pelapor telah lebih dahulu mengadu kepada terlapor atau atasannya",
            "the reporter first complained to the reported office or its superior",
        ),
        Bilingual(
            "belum dinyatakan bahwa pelapor lebih dahulu mengadu ke terlapor atau atasannya",
            "it is not stated that the reporter first complained to the office or its superior",
        ),
        declared=True,
    ),
    "complaint_withdrawn_by_law": Guard(
        Bilingual(
            "kelengkapan tidak disampaikan dalam tenggat sehingga pengaduan dianggap dicabut",
            "what was missing did not come in time, so the complaint counts as withdrawn",
        ),
        Bilingual(
            "belum dinyatakan bahwa kelengkapan tidak disampaikan dalam tenggat",
            "it is not stated that what was missing did not come in time",
        ),
        declared=True,
    ),
    "remedy_offered": Guard(
        Bilingual(
            "cara berkeberatan telah diberitahukan secara tertulis",
            "the way to object was told in writing",
        ),
        Bilingual(
            "belum dinyatakan bahwa cara berkeberatan telah diberitahukan",
            "it is not stated that the way to object was told",
        ),
        declared=True,
    ),
    "not_conflicted": Guard(
        Bilingual(
            "yang bertindak tidak mempunyai benturan kepentingan",
            "whoever acts has no conflict of interest",
        ),
        Bilingual(
            "belum dinyatakan bahwa yang bertindak tidak mempunyai benturan kepentingan",
            "it is not stated that whoever acts has no conflict of interest",
        ),
        declared=True,
    ),
    "team_formed": Guard(
        Bilingual("tim pemeriksa telah dibentuk", "the examination team is formed"),
        Bilingual(
            "belum dinyatakan bahwa tim pemeriksa telah dibentuk",
            "it is not stated that the examination team is formed",
        ),
        declared=True,
    ),
    "hearing_held": Guard(
        Bilingual(
            "pemeriksaan telah dilakukan secara tertutup dan dibuat berita acara",
            "the hearing was held in private and recorded in minutes",
        ),
        Bilingual(
            "belum tercatat pemeriksaan dengan berita acara atas fakta yang sekarang",
            "no hearing with minutes, on the facts as they are now, is on file",
        ),
        declared=True,
    ),
    "first_summons_proven": Guard(
        Bilingual(
            "panggilan pertama terbukti disampaikan dan harinya telah lewat",
            "the first summons is proven to be delivered and its day has passed",
        ),
        Bilingual(
            "belum dinyatakan bahwa panggilan pertama terbukti disampaikan dan harinya telah lewat",
            "it is not stated that the first summons was delivered and its day has passed",
        ),
        declared=True,
    ),
    "second_summons_proven": Guard(
        Bilingual(
            "panggilan kedua terbukti disampaikan dan harinya telah lewat",
            "the second summons is proven to be delivered and its day has passed",
        ),
        Bilingual(
            "belum dinyatakan bahwa panggilan kedua terbukti disampaikan dan harinya telah lewat",
            "it is not stated that the second summons was delivered and its day has passed",
        ),
        declared=True,
    ),
    "minutes_signed_or_refusal_noted": Guard(
        Bilingual(
            "berita acara ditandatangani, atau penolakan menandatanganinya dicatat",
            "the minutes are signed, or the refusal to sign is noted",
        ),
        Bilingual(
            "belum tercatat berita acara yang ditandatangani atau penolakannya",
            "no minutes that are signed, or whose refusal is noted, are on file",
        ),
        declared=True,
    ),
    "serious_suspected": Guard(
        Bilingual(
            "dugaan pelanggaran dapat diancam hukuman disiplin berat",
            "the suspected breach may bring a heavy disciplinary sanction",
        ),
        Bilingual(
            "belum dinyatakan bahwa dugaan pelanggaran dapat diancam hukuman disiplin berat",
            "it is not stated that the suspected breach may bring a heavy sanction",
        ),
        declared=True,
    ),
    "state_loss": Guard(
        Bilingual(
            "ada indikasi kerugian keuangan negara", "there are signs of a loss to the state"
        ),
        Bilingual(
            "belum dinyatakan bahwa ada indikasi kerugian keuangan negara",
            "it is not stated that there are signs of a loss to the state",
        ),
        declared=True,
    ),
    "decision_delivered": Guard(
        Bilingual(
            "keputusan telah disampaikan kepada yang bersangkutan",
            "the decision was delivered to the person concerned",
        ),
        Bilingual(
            "belum dinyatakan bahwa keputusan telah disampaikan kepada yang bersangkutan",
            "it is not stated that the decision was delivered to the person concerned",
        ),
        declared=True,
    ),
    "objection_in_time": Guard(
        Bilingual("keberatan diajukan dalam tenggat", "the objection was filed in time"),
        Bilingual(
            "belum dinyatakan bahwa keberatan diajukan dalam tenggat",
            "it is not stated that the objection was filed in time",
        ),
        declared=True,
    ),
    "appeal_in_time": Guard(
        Bilingual(
            "banding administratif diajukan dalam tenggat",
            "the administrative appeal was filed in time",
        ),
        Bilingual(
            "belum dinyatakan bahwa banding administratif diajukan dalam tenggat",
            "it is not stated that the administrative appeal was filed in time",
        ),
        declared=True,
    ),
    "employer_rule_named": Guard(
        Bilingual(
            "aturan disiplin instansi pemberi kerja telah disebutkan",
            "the employer's own rule on discipline is named",
        ),
        Bilingual(
            "belum dinyatakan aturan disiplin instansi pemberi kerja yang dipakai",
            "it is not stated which rule of the employer on discipline is applied",
        ),
        declared=True,
    ),
    "council_formed": Guard(
        Bilingual(
            "Majelis Kode Etik dibentuk sekurangnya lima anggota, berjumlah ganjil, dengan pangkat "
            "tidak lebih rendah dari terlapor",
            "the ethics council has at least five members, an odd number, none lower in rank than "
            "the reported person",
        ),
        Bilingual(
            "belum dinyatakan bahwa Majelis Kode Etik dibentuk menurut aturan",
            "it is not stated that the ethics council is formed as the rule demands",
        ),
        declared=True,
    ),
    "session_quorate": Guard(
        Bilingual(
            "sidang dihadiri ketua dan/atau wakil ketua dan sekurangnya tiga anggota",
            "the session had the chair or vice chair and at least three members",
        ),
        Bilingual(
            "belum dinyatakan bahwa sidang dihadiri cukup anggota",
            "it is not stated that enough members sat in the session",
        ),
        declared=True,
    ),
    "reprimand_not_obeyed": Guard(
        Bilingual("teguran tidak dilaksanakan", "the reprimand was not obeyed"),
        Bilingual(
            "belum dinyatakan bahwa teguran tidak dilaksanakan",
            "it is not stated that the reprimand was not obeyed",
        ),
        declared=True,
    ),
    "bkn_not_answering": Guard(
        Bilingual(
            "BKN berada di luar sistem ini dan tidak menjawab",
            "BKN is outside this system and does not answer",
        ),
        Bilingual(
            "belum dinyatakan bahwa BKN berada di luar sistem ini dan tidak menjawab",
            "it is not stated that BKN is outside this system and does not answer",
        ),
        declared=True,
    ),
    "side_track_ended": Guard(
        Bilingual("jalur samping telah selesai", "the side track has ended"),
        Bilingual(
            "belum dinyatakan bahwa jalur samping telah selesai",
            "it is not stated that the side track has ended",
        ),
        declared=True,
    ),
    "study_complete": Guard(
        Bilingual(
            "kajian telah lengkap: masalah, sedikitnya dua pilihan dan tidak berbuat "
            "apa-apa, bukti, biaya, siapa yang diuntungkan dan dirugikan, risiko, pendapat "
            "berbeda, para ahli",
            "the study is complete: problem, at least two options and doing nothing, "
            "evidence, cost, who gains and who loses, risks, dissent, the experts",
        ),
        Bilingual(
            "kajian belum lengkap: ada bagian wajib yang belum ditulis",
            "the study is not complete: a required part is not written",
        ),
    ),
    "evidence_graded": Guard(
        Bilingual(
            "setiap bukti dalam kajian disertai tingkat dan sumbernya",
            "every piece of evidence in the study has its grade and its source",
        ),
        Bilingual(
            "ada bukti dalam kajian yang belum disertai tingkat atau sumbernya",
            "a piece of evidence in the study has no grade or no source",
        ),
    ),
    "ties_declared": Guard(
        Bilingual(
            "setiap penulis pada langkah ini telah menyatakan kepentingannya",
            "everybody who wrote in this step has declared his interests",
        ),
        Bilingual(
            "ada penulis pada langkah ini yang belum menyatakan kepentingannya",
            "somebody who wrote in this step has not declared his interests",
        ),
    ),
    "review_written": Guard(
        Bilingual("telaah telah ditulis", "the review is written"),
        Bilingual("telaah belum ditulis", "no review is written"),
    ),
    "authority_named": Guard(
        Bilingual(
            "pejabat yang berwenang dan norma kewenangannya telah disebut",
            "the competent officer and the norm of his authority are named",
        ),
        Bilingual(
            "pejabat yang berwenang atau norma kewenangannya belum disebut",
            "the competent officer, or the norm of his authority, is not named",
        ),
    ),
    "hierarchy_checked": Guard(
        Bilingual(
            "kesesuaian dengan peraturan yang lebih tinggi telah diperiksa dan ditulis",
            "agreement with higher legislation is checked and written down",
        ),
        Bilingual(
            "kesesuaian dengan peraturan yang lebih tinggi belum ditulis",
            "agreement with higher legislation is not written down",
        ),
    ),
    "budget_line_named": Guard(
        Bilingual("mata anggaran telah disebut", "the budget line is named"),
        Bilingual("mata anggaran belum disebut", "no budget line is named"),
    ),
    "draft_written": Guard(
        Bilingual(
            "Menimbang, Mengingat, dan Memutuskan telah ditulis",
            "Considering, Having regard to and Decides are written",
        ),
        Bilingual(
            "Menimbang, Mengingat, atau Memutuskan belum ditulis: belum ada teks yang dapat "
            "ditanggapi",
            "Considering, Having regard to or Decides is not written: there is no text to comment "
            "on yet",
        ),
    ),
    "comments_answered": Guard(
        Bilingual(
            "setiap tanggapan yang masuk telah dijawab",
            "every comment that came in is answered",
        ),
        Bilingual("ada tanggapan yang belum dijawab", "a comment is not answered"),
    ),
    "comment_days_passed": Guard(
        Bilingual(
            f"rancangan telah terbuka untuk tanggapan sedikitnya {COMMENT_DAYS} hari (aturan "
            "register ini)",
            f"the draft has been open for comments for at least {COMMENT_DAYS} days (a rule of "
            "this register)",
        ),
        Bilingual(
            f"rancangan belum terbuka untuk tanggapan selama {COMMENT_DAYS} hari (aturan register "
            "ini)",
            f"the draft has not been open for comments for {COMMENT_DAYS} days (a rule of this "
            "register)",
        ),
    ),
    "clearance_written": Guard(
        Bilingual("persetujuan tertulis telah dicatat", "the written clearance is on file"),
        Bilingual("persetujuan tertulis belum dicatat", "no written clearance is on file"),
    ),
    "lane_ground_stated": Guard(
        Bilingual(
            "alasan melewati langkah telah ditulis",
            "the ground for skipping steps is written",
        ),
        Bilingual(
            "alasan melewati langkah belum ditulis",
            "no ground for skipping steps is written",
        ),
    ),
    "lane_scope_stated": Guard(
        Bilingual(
            "cakupan dan hak yang terdampak telah ditulis",
            "the scope and the rights affected are written",
        ),
        Bilingual(
            "cakupan atau hak yang terdampak belum ditulis",
            "the scope, or the rights affected, are not written",
        ),
    ),
    "lane_sunset_set": Guard(
        Bilingual(
            "hari berakhirnya tindakan telah ditetapkan, paling lama 180 hari",
            "the day on which the measure ends is set, at most 180 days ahead",
        ),
        Bilingual(
            "hari berakhirnya tindakan belum ditetapkan, atau lebih dari 180 hari",
            "the day on which the measure ends is not set, or is more than 180 days ahead",
        ),
    ),
    "co_signed": Guard(
        Bilingual("pejabat lain telah ikut menandatangani", "another officer has co-signed"),
        Bilingual(
            "belum ada pejabat lain yang ikut menandatangani",
            "no other officer has co-signed",
        ),
    ),
    "higher_co_sign_if_overdue": Guard(
        Bilingual(
            "tidak ada kewajiban yang lewat waktu, atau pejabat yang lebih tinggi telah ikut "
            "menandatangani",
            "no debt is overdue, or a higher officer has co-signed",
        ),
        Bilingual(
            "ada kewajiban yang lewat waktu dan belum ada pejabat yang lebih tinggi yang "
            "ikut menandatangani",
            "a debt is overdue and no higher officer has co-signed",
        ),
    ),
    "debts_for_ratification_paid": Guard(
        Bilingual(
            "kajian, persetujuan hukum, persetujuan anggaran, dan audit yang terutang telah "
            "dipenuhi",
            "the study, legal clearance, budget clearance and audit that were owed are paid",
        ),
        Bilingual(
            "kajian, persetujuan hukum, persetujuan anggaran, atau audit yang terutang belum "
            "dipenuhi",
            "the study, legal clearance, budget clearance or audit that is owed is not paid",
        ),
    ),
    "execution_plan_written": Guard(
        Bilingual(
            "rencana pelaksanaan telah ditulis: penanggung jawab, tahapan, dan uang",
            "the plan of execution is written: owner, milestones and money",
        ),
        Bilingual("rencana pelaksanaan belum ditulis", "no plan of execution is written"),
    ),
    "milestones_closed": Guard(
        Bilingual(
            "setiap tahapan telah selesai atau dihentikan dengan alasan",
            "every milestone is reached, or stopped with a reason",
        ),
        Bilingual(
            "ada tahapan yang belum selesai dan belum dihentikan",
            "a milestone is neither reached nor stopped",
        ),
    ),
    "result_measured": Guard(
        Bilingual("hasil telah diukur dan dicatat", "the result is measured and on file"),
        Bilingual("hasil belum diukur", "the result is not measured"),
    ),
    "evaluation_written": Guard(
        Bilingual(
            "evaluasi terhadap yang dijanjikan telah ditulis",
            "the evaluation against what was promised is written",
        ),
        Bilingual("evaluasi belum ditulis", "no evaluation is written"),
    ),
}
OUTSIDE = "outside_answer_on_file"
HEARD = "hearing_or_two_summonses"
HEARING = "hearing_held"
SUMMONSES = frozenset({"first_summons_proven", "second_summons_proven"})
# What is remembered of a way to tell whether somebody was heard on it.
HEARINGS = SUMMONSES | {HEARD, HEARING}
CLEARED = "clearance_written"
PAID = "debts_for_ratification_paid"
# What is asked of everybody who skips steps.
LANE = frozenset(
    {
        *("lane_ground_stated", "lane_scope_stated", "lane_sunset_set"),
        *("co_signed", "higher_co_sign_if_overdue"),
    }
)


def is_heard(passed: Collection[str]) -> bool:
    """Whether somebody was heard, or summoned twice, where these guards have held."""
    return HEARD in passed or HEARING in passed or set(passed) >= SUMMONSES
