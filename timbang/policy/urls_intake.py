"""Addresses of policies behind the intake door. None ever holds a receipt or a draft."""

from django.urls import path

from timbang.policy import speaking

app_name = "voices"
urlpatterns = [
    path("tanggapi/", speaking.follow, name="follow"),
    path("tanggapi/<slug:number>/", speaking.comment, name="comment"),
    path("lihat-pelaksanaan/<slug:number>/", speaking.visit, name="visit"),
]
