"""Addresses of this room, below the desk."""

from __future__ import annotations

from django.urls import path

from timbang.accounts import absence_views, factor_views, login_views, system_views, views

app_name = "accounts"
urlpatterns = [
    path("masuk/", login_views.login, name="login"),
    path("masuk/kedua/", login_views.second, name="second"),
    path("keluar/", login_views.logout, name="logout"),
    path("sso/", login_views.sign_on, name="sign-on"),
    path("sso/kembali/", login_views.sign_on_back, name="sign-on-back"),
    path("sso/selesai/", login_views.sign_on_done, name="sign-on-done"),
    path("sso/tautkan/", factor_views.sign_on_link, name="sign-on-link"),
    path("faktor/", factor_views.own_factors, name="factors"),
    path("faktor/aplikasi/", factor_views.code_add, name="code-add"),
    path("faktor/kunci-sandi/", factor_views.passkey_add, name="passkey-add"),
    path("faktor/pemulihan/", factor_views.recovery_codes, name="recovery-codes"),
    path("faktor/<uuid:factor_id>/hapus/", factor_views.factor_remove, name="factor-remove"),
    path("sesi/", factor_views.sessions, name="sessions"),
    path("kunci/", views.keys_waiting, name="keys"),
    path("petugas/<uuid:officer_id>/sesi/", factor_views.officer_sessions, name="officer-sessions"),
    path("buka/", views.unlock, name="unlock"),
    path("sandi/", views.password, name="password"),
    path("petugas/", views.officers, name="officers"),
    path("petugas/tambah/", views.officer_add, name="officer-add"),
    path("petugas/<uuid:officer_id>/pulihkan/", views.officer_restore, name="officer-restore"),
    path("petugas/<uuid:officer_id>/cabut/", views.officer_revoke, name="officer-revoke"),
    path("sistem/", system_views.systems, name="systems"),
    path("lembaga/", views.organs, name="organs"),
    path("ketidakhadiran/", absence_views.absences_page, name="absences"),
]
