"""Public pages: figures, their files, and how to verify the log."""

from django.urls import path, re_path

from timbang.publication import views

app_name = "publication"
urlpatterns = [
    path("statistik/", views.figures, name="figures"),
    path("statistik/data.json", views.data_json, name="data-json"),
    path("statistik/data.csv", views.data_csv, name="data-csv"),
    re_path(
        r"^statistik/rilis/(?P<month>[0-9]{4}-[0-9]{2})\.json$", views.release_json, name="release"
    ),
    re_path(
        r"^statistik/rilis/(?P<month>[0-9]{4}-[0-9]{2})\.opening$", views.opening, name="opening"
    ),
    re_path(
        r"^statistik/rilis/(?P<month>[0-9]{4}-[0-9]{2})\.tlog-proof$", views.proof, name="proof"
    ),
    path("log/", views.verify, name="verify"),
    path("log/files.txt", views.log_files, name="log-files"),
]
