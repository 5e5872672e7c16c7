"""A report that begins from what somebody saw on a public page: shown, changed, stored as text."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from tests.reports.conftest import Office
from tests.reports.reader import Page, post
from timbang.reports import actions
from timbang.reports.forms import MIDDLE
from timbang.reports.models import Report

pytestmark = [pytest.mark.django_db, pytest.mark.urls("timbang.web.urls_intake")]

ABOUT = "Tentang pengadaan ocds-x-1\nPerbaikan jalan\n/telusur/pengadaan/ocds-x-1/\n\n"
SENT = {"do": "about", "narrative": ABOUT, "province": "32"}


def come(client: Client, url: str = "/lapor/tulis/", **changes: str) -> Page:
    return post(client, url, SENT | changes)


@pytest.mark.parametrize(
    ("url", "words"), [("/lapor/tulis/", "Ini ikut masuk"), ("/en/lapor/tulis/", "This goes along")]
)
def test_the_reference_is_shown_before_anything_is_kept(
    client: Client, office: Office, url: str, words: str
) -> None:
    page = come(client, url)
    assert words in page
    assert "Tentang pengadaan ocds-x-1" in page
    assert not Report.objects.exists()


def test_it_stands_in_the_text_can_be_changed_and_reaches_the_office(
    client: Client, office: Office
) -> None:
    sheet = come(client).press("fill")
    assert sheet.form.values["narrative"][0].startswith("Tentang pengadaan ocds-x-1")
    told = ABOUT + "Jalan itu tidak pernah diperbaiki."
    review = sheet.press("review", narrative=told, p0_agency="Dinas Bukit")
    assert "Jalan itu tidak pernah diperbaiki." in review
    review.press("send")
    opened = actions.open_report(Report.objects.get(), office.private)
    assert opened.content.narrative.startswith("Tentang pengadaan ocds-x-1\nPerbaikan jalan")
    assert opened.content.province == "32"


def test_it_can_be_taken_out(client: Client, office: Office) -> None:
    review = come(client).press("fill").press(
        "review", narrative="Hal lain sama sekali.", p0_agency="Dinas Bukit"
    )  # fmt: skip
    assert "ocds-x-1" not in review


def test_a_page_elsewhere_puts_no_name_and_no_choice_into_a_report(
    client: Client, office: Office
) -> None:
    page = come(client, **{"p0-name": "Melati Samudra", "identity_name": "Bayu", "way": "named",
                           "organ": str(office.organ.pk), "draft": "0" * 64})  # fmt: skip
    assert "Melati Samudra" not in page
    assert "Bayu" not in page
    assert "0" * 64 not in page
    sheet = page.press("fill")
    assert sheet.form.values["way"] == ["anonymous"]
    assert sheet.form.values["p0-name"] == [""]


def test_what_is_too_long_is_cut_and_an_unknown_province_is_asked_for(
    client: Client, office: Office
) -> None:
    page = come(client, narrative="x" * (MIDDLE + 50), province="99")
    assert page.form.values["narrative"] == ["x" * MIDDLE]
    assert page.form.values["province"] == [""]


def test_the_address_the_headers_and_the_log_tell_nothing(
    client: Client, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.post("/lapor/tulis/", SENT, headers={"Referer": "https://x.example/telusur/"})
    assert answer.status_code == 200  # no redirect whose address would hold the reference
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert caplog.records == []
    assert settings.LOGGING["loggers"]["django.request"]["level"] == "CRITICAL"
