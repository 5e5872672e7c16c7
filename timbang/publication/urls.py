"""Public pages: figures and their files, the law as data, and how to verify the log."""

from django.urls import path, re_path

from timbang.publication import asking_pages, idle_pages, law_pages, views

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
    path("belum-bertindak/", idle_pages.idle, name="idle"),
    path("belum-bertindak/data.json", idle_pages.idle_json, name="idle-json"),
    path("belum-bertindak/data.csv", idle_pages.idle_csv, name="idle-csv"),
    path("belum-bertindak/<uuid:row_id>/", idle_pages.idle_office, name="idle-office"),
    path("log/", views.verify, name="verify"),
    path("log/files.txt", views.log_files, name="log-files"),
    path("hukum/", law_pages.index, name="law"),
    path("hukum/peraturan/<str:instrument_id>/", law_pages.instrument, name="instrument"),
    path("hukum/norma/<str:instrument_id>/<path:code>/", law_pages.norm, name="norm"),
    path("hukum/prosedur/<str:procedure_id>/", law_pages.procedure, name="procedure"),
    path(
        "hukum/prosedur/<str:procedure_id>/bukti.json",
        law_pages.procedure_proof,
        name="proved",
    ),
    path(
        "hukum/prosedur/<str:procedure_id>/gambar.svg",
        law_pages.procedure_picture,
        name="picture",
    ),
    path("hukum/kalender/<int:year>/", law_pages.calendar, name="calendar"),
    path("hukum/pertentangan/", law_pages.conflicts, name="conflicts"),
    path("bolehkah/", asking_pages.ask, name="may-i"),
    path("pencegahan/", asking_pages.prevention, name="cards"),
]
