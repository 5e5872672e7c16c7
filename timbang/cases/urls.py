"""Addresses of this room, below the desk."""

from __future__ import annotations

from django.urls import path

from timbang.cases.views import (
    acting,
    beside,
    cases,
    documents,
    my_day,
    start,
    steps,
    terms,
    triage,
)

app_name = "cases"
REPORT = "laporan/<uuid:report_id>/"
CASE = "kasus/<uuid:case_id>/"
urlpatterns = [
    path("", start.start, name="start"),
    path("cari/", my_day.search, name="search"),
    path("daftar-saya/", my_day.filters, name="filters"),
    path("serentak/", my_day.several, name="several"),
    path("pengingat/", my_day.reminders, name="reminders"),
    path("pintasan/", my_day.keys, name="keys"),
    path("kepentingan/", acting.interests, name="interests"),
    path("penelusuran/", acting.look_ups, name="look-ups"),
    path("benturan/", acting.flags, name="flags"),
    path("tenggat/", terms.moves, name="terms"),
    path("tenggat/sendiri/", terms.own_terms, name="own-terms"),
    path("tenggat/<uuid:term_id>/", terms.term, name="term"),
    path("tenggat/<uuid:term_id>/tangguhkan/", terms.suspend, name="term-suspend"),
    path("tenggat/<uuid:term_id>/lanjutkan/", terms.resume, name="term-resume"),
    path("tenggat/<uuid:term_id>/perpanjang/", terms.extend, name="term-extend"),
    path("laporan/", triage.reports_list, name="reports"),
    path(REPORT, triage.report_page, name="report"),
    path(f"{REPORT}pelapor/", triage.identity, name="identity"),
    path(f"{REPORT}tanya/", triage.ask, name="ask"),
    path(f"{REPORT}tolak/", triage.reject, name="reject"),
    path(f"{REPORT}kasus-baru/", triage.new_case, name="new-case"),
    path(f"{REPORT}gabung/", triage.join, name="join"),
    path(
        f"{REPORT}berkas/<uuid:attachment_id>/salinan/",
        triage.report_file,
        {"which": "copy"},
        name="report-copy",
    ),
    path(
        f"{REPORT}berkas/<uuid:attachment_id>/asli/",
        triage.report_file,
        {"which": "original"},
        name="report-original",
    ),
    path("kasus/", cases.cases_list, name="cases"),
    path("kasus/koreksi/", cases.corrections, name="corrections"),
    path(CASE, cases.case_page, name="case"),
    path(f"{CASE}petugas/", acting.assign, name="assign"),
    path(f"{CASE}pernyataan/", acting.declare, name="declare"),
    path(f"{CASE}benturan/", acting.conflicts_page, name="conflicts"),
    path(f"{CASE}benturan/<uuid:conflict_id>/", acting.lift, name="conflict-lift"),
    path(f"{CASE}fakta/", cases.edit_facts, name="facts"),
    path(f"{CASE}terlapor/", cases.edit_person, name="person-new"),
    path(f"{CASE}terlapor/<uuid:accused_id>/", cases.edit_person, name="person"),
    path(f"{CASE}terlapor/<uuid:accused_id>/pemeriksaan/", cases.hearing, name="hearing"),
    path(f"{CASE}terlapor/<uuid:accused_id>/panggilan/", cases.summons, name="summons"),
    path(f"{CASE}kajian/", documents.write, {"kind": "kajian"}, name="study"),
    path(f"{CASE}rekomendasi/", documents.write, {"kind": "rekomendasi"}, name="recommendation"),
    path(f"{CASE}catatan/", documents.note, name="note"),
    path(f"{CASE}surat/", documents.letter, name="letter"),
    path(f"{CASE}dokumen/<uuid:document_id>/", documents.document, name="document"),
    path(
        f"{CASE}dokumen/<uuid:document_id>/tanda-terima/<int:place>/",
        documents.receipt,
        name="receipt",
    ),
    path(f"{CASE}bukti/", documents.exhibits, name="exhibits"),
    path(f"{CASE}bukti/<uuid:exhibit_id>/", documents.exhibit, name="exhibit"),
    path(
        f"{CASE}bukti/laporan/<uuid:report_id>/berkas/<uuid:attachment_id>/",
        documents.take_file,
        name="take-file",
    ),
    path(f"{CASE}bukti/laporan/<uuid:report_id>/kata/", documents.take_words, name="take-words"),
    path(f"{CASE}langkah/<slug:outcome>/", steps.step, name="step"),
    path(f"{CASE}jalur/<slug:code>/", beside.open_track, name="track-new"),
    path(
        f"{CASE}jalur/<uuid:track_id>/langkah/<slug:outcome>/",
        beside.track_step,
        name="track-step",
    ),
    path(f"{CASE}lanjutan/", beside.follow, name="follow"),
    path(f"{CASE}peralihan/", beside.transition, name="transition"),
    path(f"{CASE}serahkan/", steps.hand_over, name="hand-over"),
    path(f"{CASE}kirim/<uuid:delivery_id>/", steps.delivery, name="delivery"),
    path(f"{CASE}jawaban/", steps.answer, name="answer"),
]
