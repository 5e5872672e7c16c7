"""Addresses of this room, below the desk."""

from __future__ import annotations

from django.urls import path

from timbang.accounts import views

app_name = "accounts"
urlpatterns = [
    path("masuk/", views.login, name="login"),
    path("keluar/", views.logout, name="logout"),
    path("buka/", views.unlock, name="unlock"),
    path("sandi/", views.password, name="password"),
    path("petugas/", views.officers, name="officers"),
    path("petugas/tambah/", views.officer_add, name="officer-add"),
    path("petugas/<uuid:officer_id>/pulihkan/", views.officer_restore, name="officer-restore"),
    path("petugas/<uuid:officer_id>/cabut/", views.officer_revoke, name="officer-revoke"),
    path("lembaga/", views.organs, name="organs"),
]
