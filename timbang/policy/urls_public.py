"""Public addresses of policies."""

from django.urls import path, re_path

from timbang.policy import (
    compare_pages,
    decree_pages,
    docket_pages,
    feed,
    open_pages,
    placed_pages,
    promise_pages,
    score_pages,
)

app_name = "dockets"
DOCKET = "kebijakan/<slug:number>/"
urlpatterns = [
    path("kebijakan/", docket_pages.dockets, name="dockets"),
    path("kebijakan/perbandingan/", compare_pages.compare, name="compare"),
    path("kebijakan/perbandingan/data.csv", compare_pages.compare_csv, name="compare-csv"),
    path("kebijakan/perbandingan/data.json", compare_pages.compare_json, name="compare-json"),
    path("kebijakan/janji/", promise_pages.promises, name="promises"),
    path("kebijakan/janji/data.csv", promise_pages.promises_csv, name="promises-csv"),
    path("kebijakan/janji/data.json", promise_pages.promises_json, name="promises-json"),
    path("kebijakan/janji/tempat/", placed_pages.placed, name="placed"),
    path("kebijakan/janji/tempat/data.csv", placed_pages.placed_csv, name="placed-csv"),
    path("kebijakan/janji/<uuid:promise_id>/", promise_pages.promise, name="promise"),
    path("kebijakan/data.csv", open_pages.dossiers_csv, name="dossiers-csv"),
    path("kebijakan/data.json", open_pages.dossiers_json, name="dossiers-json"),
    path("kebijakan/skor/", score_pages.offices, name="scores"),
    path("kebijakan/skor/data.csv", score_pages.offices_csv, name="scores-csv"),
    path("kebijakan/skor/data.json", score_pages.offices_json, name="scores-json"),
    path("kebijakan/skor/<slug:code>/", score_pages.office, name="score"),
    path("kebijakan/skor/<slug:code>/data.json", score_pages.office_json, name="score-json"),
    path(
        "kebijakan/skor/<slug:code>/kalender.ics",
        score_pages.office_calendar,
        name="score-calendar",
    ),
    path("kebijakan/rumus-skor/", score_pages.formula, name="score-formula"),
    path("kebijakan/log/", score_pages.log, name="log"),
    path("kebijakan/log/files.txt", score_pages.log_files, name="log-files"),
    re_path(
        r"^kebijakan/log/(?P<month>[12][0-9]{3}-(?:0[1-9]|1[0-2]))\.txt$",
        score_pages.log_month,
        name="log-month",
    ),
    path("kebijakan/umpan.atom", feed.all_dockets, name="feed"),
    path("kebijakan/foto/<uuid:photo_id>/", docket_pages.photo, name="photo"),
    path("kebijakan/foto/<uuid:photo_id>/kecil/", docket_pages.photo_small, name="photo-small"),
    path(DOCKET, docket_pages.docket, name="docket"),
    path(f"{DOCKET}umpan.atom", feed.docket, name="docket-feed"),
    path(f"{DOCKET}keputusan/", decree_pages.decree, name="decree"),
    path(f"{DOCKET}keputusan.pdf", decree_pages.decree_pdf, name="decree-pdf"),
    path(f"{DOCKET}keputusan.txt", decree_pages.decree_proof, name="decree-proof"),
    path(f"{DOCKET}datapackage.json", open_pages.package, name="package"),
    path(f"{DOCKET}data/<slug:name>.csv", open_pages.package_table, name="package-table"),
    path(f"{DOCKET}paket.zip", open_pages.package_zip, name="package-zip"),
    path(f"{DOCKET}kalender.ics", open_pages.dossier_calendar, name="calendar"),
    path(f"{DOCKET}jurnal/<int:version>.tlog-proof", docket_pages.proof, name="proof"),
]
