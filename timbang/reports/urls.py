"""The addresses behind the intake door. None ever holds a receipt, a draft or an id."""

from django.urls import path

from timbang.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.start, name="start"),
    path("tulis/", views.write, name="write"),
    path("kembali/", views.follow, name="follow"),
    path("jejak/", views.traces, name="traces"),
]
