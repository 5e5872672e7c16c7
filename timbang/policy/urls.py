"""Addresses of this room, below the desk."""

from django.urls import path

from timbang.policy.views import (
    acting,
    comments,
    decree,
    dossiers,
    lane,
    observing,
    promises,
    writing,
)

app_name = "policy"
DOSSIER = "kebijakan/<uuid:dossier_id>/"
OBSERVED = "kebijakan/amati/<uuid:dossier_id>/"
PROMISE = "kebijakan/janji/<uuid:promise_id>/"
urlpatterns = [
    path("kebijakan/", dossiers.dossiers, name="dossiers"),
    path("kebijakan/buka/", dossiers.open_new, name="open"),
    path(DOSSIER, dossiers.dossier, name="dossier"),
    path(f"{DOSSIER}tentang/", dossiers.about, name="about"),
    path(f"{DOSSIER}langkah/<slug:outcome>/", acting.step, name="step"),
    path(f"{DOSSIER}kepentingan/", acting.tie, name="tie"),
    path(f"{DOSSIER}tahapan/", acting.milestone_new, name="milestone-new"),
    path(f"{DOSSIER}tahapan/<int:milestone_id>/", acting.milestone_done, name="milestone-done"),
    path(f"{DOSSIER}dokumen/", acting.pieces, name="pieces"),
    path(f"{DOSSIER}dokumen/<slug:kind>/", acting.piece_new, name="piece-new"),
    path(f"{DOSSIER}betulkan/<uuid:piece_id>/", acting.piece_correct, name="piece-correct"),
    path(f"{DOSSIER}bagian/<slug:kind>/", writing.part, name="part"),
    path(f"{DOSSIER}bagian/<slug:kind>/versi/", writing.part_versions, name="part-versions"),
    path(f"{DOSSIER}langsung/", lane.lane, name="lane"),
    path(f"{DOSSIER}langsung/tanda-tangan/", lane.sign, name="sign"),
    path(f"{DOSSIER}kewajiban/<int:debt_id>/", lane.debt, name="debt"),
    path(f"{DOSSIER}keputusan/", decree.decree, name="decree"),
    path(f"{DOSSIER}tanggapan/", comments.comments, name="comments"),
    path(f"{DOSSIER}tanggapan/<uuid:comment_id>/", comments.comment, name="comment"),
    path(f"{DOSSIER}lapangan/<uuid:visit_id>/", comments.visit, name="visit"),
    path(f"{DOSSIER}lapangan/foto/<uuid:photo_id>/", comments.photo, name="visit-photo"),
    path("kebijakan/amati/", observing.observing, name="observing"),
    path("kebijakan/amati/baru/", observing.observe_new, name="observe-new"),
    path(OBSERVED, observing.observe, name="observe"),
    path(OBSERVED + "tentang/", observing.observe_about, name="observe-about"),
    path(OBSERVED + "dokumen/<slug:kind>/", observing.observe_piece, name="observe-piece"),
    path(OBSERVED + "berkas/<uuid:piece_id>/", observing.observe_correct, name="observe-correct"),
    path(OBSERVED + "terbitkan/", observing.observe_publish, name="observe-publish"),
    path(OBSERVED + "tarik/", observing.observe_retract, name="observe-retract"),
    path("kebijakan/janji/", promises.promises, name="promises"),
    path("kebijakan/janji/baru/", promises.promise_new, name="promise-new"),
    path(PROMISE, promises.promise, name="promise"),
    path(PROMISE + "berkas/", promises.promise_link, name="promise-link"),
    path(PROMISE + "tarik/", promises.promise_retract, name="promise-retract"),
]
