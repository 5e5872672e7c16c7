"""Public pages: figures and their files, the law as data, public facts, how to verify the log."""

from django.urls import path, re_path

from timbang.publication import asking_pages, idle_pages, law_pages, method_pages, views
from timbang.publication.explorer import budget_pages, measured_pages, pages, people_pages

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
    path("telusur/", pages.explore, name="explore"),
    path("telusur/pengadaan/", pages.purchases, name="purchases"),
    path("telusur/pengadaan/data.csv", pages.purchases_csv, name="purchases-csv"),
    path("telusur/pengadaan/data.json", pages.purchases_json, name="purchases-json"),
    path("telusur/pengadaan/<path:ocid>/", pages.purchase, name="purchase"),
    path("telusur/instansi/", pages.agencies, name="agencies"),
    path("telusur/instansi/<slug:key>/", pages.agency, name="agency"),
    path("telusur/anggaran/", budget_pages.budgets, name="budgets"),
    path("telusur/anggaran/<str:region>/", budget_pages.budget, name="budget"),
    path("telusur/anggaran/<str:region>/data.csv", budget_pages.budget_csv, name="budget-csv"),
    path("telusur/anggaran/<str:region>/data.json", budget_pages.budget_json, name="budget-json"),
    path("telusur/layanan/", people_pages.services, name="services"),
    path("telusur/layanan/data.csv", people_pages.services_csv, name="services-csv"),
    path("telusur/layanan/data.json", people_pages.services_json, name="services-json"),
    path("telusur/pengangkatan/", people_pages.appointed, name="appointed"),
    path(
        "telusur/pengangkatan/<slug:election>/<str:region>/",
        people_pages.appointed_around,
        name="appointed-around",
    ),
    path("telusur/takaran/", measured_pages.yardsticks, name="yardsticks"),
    path("telusur/takaran/<slug:agency>/", measured_pages.yardstick, name="yardstick"),
    path("telusur/peringatan/", measured_pages.warnings, name="warnings"),
    path("indikasi/metode/", method_pages.methods, name="methods"),
    path("indikasi/metode/<str:code>/", method_pages.method, name="method"),
    path("indikasi/metode/<str:code>/data.json", method_pages.method_json, name="method-json"),
    path("bolehkah/", asking_pages.ask, name="may-i"),
    path("pencegahan/", asking_pages.prevention, name="cards"),
]
