"""What a stranger finds on the disk, on the wire and in the browser: nothing of a report."""

from __future__ import annotations

import os
import re
import tempfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

import timbang
from tests.reports.conftest import Office
from tests.reports.reader import Page, get
from tests.reports.test_inspection import document, photo
from tests.reports.test_writing import begin, receipt_on, upload, written
from timbang.registry.models import Region
from timbang.reports import actions, places
from timbang.reports.models import Report

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("timbang.web.urls_intake")]

PLANTED = {
    "narrative": "NASKAH-TERTANAM", "p0_name": "NAMA-TERTANAM", "p0_agency": "KANTOR-TERTANAM",
    "place": "TEMPAT-TERTANAM", "witnesses": "SAKSI-TERTANAM", "side_name": "CALON-TERTANAM",
    "identity_name": "PELAPOR-TERTANAM", "identity_address": "ALAMAT-TERTANAM",
    "identity_contact": "KONTAK-TERTANAM",
}  # fmt: skip


def all_bytes_on_disk(since: float) -> Iterator[tuple[Path, bytes]]:
    """Every file of the data folder, and every file of the temporary folders of this test."""
    for folder, everything in ((settings.DATA, True), (Path(tempfile.gettempdir()), False)):
        # os.walk passes over folders that are gone meanwhile; other tests may run beside this one
        for path in (Path(at, name) for at, _dirs, files in os.walk(folder) for name in files):
            try:
                if path.is_file() and (everything or path.stat().st_ctime >= since):
                    yield path, path.read_bytes()
            except OSError:
                continue


def every_row() -> bytes:
    """The whole database as bytes: the test database may be in memory."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += [
                bytes(v) if isinstance(v, memoryview) else v
                for row in cursor.fetchall()
                for v in row
            ]
    return b"\n".join(v if isinstance(v, bytes) else str(v).encode() for v in rows)


def test_nothing_of_a_report_can_be_read_on_disk_or_in_the_database(
    client: Client, office: Office, tmp_path: Path
) -> None:
    started = datetime.now(UTC).timestamp() - 1
    files = [
        upload("BERKAS-TERTANAM.txt", b"ISI-TERTANAM " * 50),
        upload("FOTO-TERTANAM.jpg", photo(secret="KAMERA-TERTANAM")),
        upload("SURAT-TERTANAM.pdf", document("PENULIS-TERTANAM")),
    ]
    page = begin(client).press("review", way="named", files=files, **PLANTED)
    staged = every_row()  # an upload is in progress
    receipt_text = receipt_on(page.press("send"))
    back = get(client, "/lapor/kembali/").press("show", receipt=receipt_text)
    back = back.press("reply", text="JAWABAN-TERTANAM", files=[upload("TAMBAHAN-TERTANAM.txt")])
    opened = actions.open_report(Report.objects.get(), office.private)
    actions.ask(
        opened.report,
        "TANYA-TERTANAM",
        report_key=opened.report_key,
        by=office.officer,
        at=timezone.now(),
    )
    draft = page.form.values["draft"][0]
    needles = [b"TERTANAM", receipt_text.encode(), receipt_text.replace("-", "").encode(),
               draft.encode(), bytes.fromhex(draft)]  # fmt: skip
    assert opened.content.narrative == "NASKAH-TERTANAM"  # it really is there
    found = [
        (where, needle)
        for where, data in [("staged", staged), ("rows", every_row()), *all_bytes_on_disk(started)]
        for needle in needles
        if needle in data
    ]
    assert found == []
    assert list((settings.FILES / "reports").rglob("*"))  # and files really are there


def test_sealed_files_carry_midnight_as_their_time(client: Client, office: Office) -> None:
    begin(client).press("files", files=[upload()])
    for path in (settings.FILES / "reports").rglob("*"):
        assert path.stat().st_mtime % 86_400 == 0, path


def test_no_row_of_the_intake_holds_a_moment() -> None:
    from django.apps import apps
    from django.db import models

    fields = [
        f for model in apps.get_app_config("reports").get_models() for f in model._meta.fields
    ]
    assert not [
        f for f in fields if isinstance(f, (models.DateTimeField, models.GenericIPAddressField))
    ]


def test_coming_back_writes_nothing_at_all(client: Client, office: Office) -> None:
    receipt_text = receipt_on(written(client).press("send"))
    before = every_row()
    page = get(client, "/lapor/kembali/").press("show", receipt=receipt_text)
    for step in ("withdraw", "proof"):
        page.press(step)
    assert every_row() == before


def pages(client: Client) -> Iterator[tuple[str, Page]]:
    for url in ("/lapor/", "/lapor/tulis/", "/lapor/kembali/", "/lapor/jejak/", "/en/lapor/"):
        yield url, get(client, url)
    review = written(client, p0_post="Camat", conduct=["photo"])
    yield "review", review
    yield "fill", review.press("fill")
    sent = review.press("send")
    yield "sent", sent
    back = sent.press("show")
    yield "status", back
    yield "withdraw", back.press("withdraw")
    yield "proof", back.press("proof")
    yield "wrong", get(client, "/lapor/kembali/").press("show", receipt="X")


def test_every_page_is_without_cookie_script_and_memory(client: Client, office: Office) -> None:
    for name, page in pages(client):
        headers = page.response.headers
        assert page.response.status_code == 200, name
        assert "Set-Cookie" not in headers and not page.response.cookies, name
        assert headers["Cache-Control"] == "no-store", name
        assert headers["Referrer-Policy"] == "no-referrer", name
        assert "default-src 'none'" in headers["Content-Security-Policy"], name
        assert "script" not in headers["Content-Security-Policy"], name
        for word in ("<script", " style=", " on", "javascript:"):
            assert not re.search(
                rf"<[^>]*{word}[a-z]*=" if word == " on" else re.escape(word), page.html
            ), (name, word)


def test_every_page_offers_the_quick_exit_first(client: Client, office: Office) -> None:
    for name, page in pages(client):
        if name == "proof":
            continue
        exit_at = page.html.index("https://www.bmkg.go.id/")
        assert exit_at < page.html.index("<main"), name
        assert 'rel="noreferrer noopener"' in page.html, name


def test_no_address_ever_holds_a_receipt_or_a_draft(client: Client, office: Office) -> None:
    for name, page in pages(client):
        if name == "proof":
            continue
        links = re.findall(r'(?:href|action|formaction|src)="([^"]*)"', page.html)
        assert not [link for link in links if "?" in link or re.search(r"[0-9a-f]{32}", link)], name
        assert page.form.action in ("", "/lapor/tulis/", "/lapor/kembali/", "/en/lapor/tulis/"), (
            name
        )


def test_ids_stand_once_on_a_page(client: Client, office: Office, other_office: Office) -> None:
    for name, page in pages_with_choice(client):
        assert len(page.ids) == len(set(page.ids)), (name, page.ids)


def pages_with_choice(client: Client) -> Iterator[tuple[str, Page]]:
    page = begin(client).press("person")
    yield "fill", page
    yield "faults", page.press("review", happened_from="2124-01-01", way="named")


def test_the_traces_page_asks_the_browser_to_forget(client: Client, office: Office) -> None:
    assert get(client, "/lapor/jejak/").response["Clear-Site-Data"] == '"cache"'


def test_the_pages_with_all_they_need_weigh_less_than_30_kb(client: Client, office: Office) -> None:
    """The form as it comes even uncompressed; with ten persons in Jawa Timur, compressed."""
    places.forget()
    for number in range(36):  # with the two of the fixture 38: no province has more
        Region.objects.create(
            code=f"32.8{number:02}", name="Kabupaten Probolinggo", kind="regency", parent_id="32",
            time_zone="Asia/Jakarta",
        )  # fmt: skip
    folder = Path(timbang.__file__).parent / "web/static/web"
    rest = b"".join((folder / name).read_bytes() for name in ("timbang.css", "mark.svg"))
    page = begin(client)
    assert len(page.html.encode() + rest) < 30_000
    while "person" in page.buttons:
        page = page.press("person")
    assert len(zlib.compress(page.html.encode())) + len(zlib.compress(rest)) < 30_000


def test_the_times_of_folders_tell_no_hour(client: Client, office: Office) -> None:
    begin(client).press("files", files=[upload()])
    assert (settings.FILES / "reports").stat().st_mtime % 86_400 == 0


def test_a_printed_page_never_holds_what_another_person_typed(
    client: Client, office: Office
) -> None:
    from timbang.reports import printed

    sent = begin(client).press("review", way="named", **PLANTED).press("send")
    begin(client).press("fill", narrative="NASKAH-TERTANAM")
    sent.press("show")
    kept = "".join(text for _at, text in printed._printed.values())
    assert kept  # pages really are printed
    for secret in ("TERTANAM", receipt_on(sent), sent.form.values["receipt"][0]):
        assert secret not in kept
    assert not re.search(r'name="draft" value="[0-9a-f]', kept)


def test_two_readers_of_a_printed_page_get_two_drafts(client: Client, office: Office) -> None:
    first, second = begin(client), begin(client)
    assert first.form.values["draft"] != second.form.values["draft"]
    assert len(first.form.values["draft"][0]) == 64
    assert "\ue000" not in first.html + get(client, "/lapor/tulis/").html
