"""Each door answers its own addresses only; nobody but an officer ever gets a cookie."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import clear_url_caches, set_urlconf

pytestmark = pytest.mark.django_db

PUBLIC = ["/", "/statistik/", "/log/", "/pemilu/", "/kebijakan/"]
INTAKE = ["/lapor/", "/lapor/kembali/", "/terlapor/", "/tanggapi/"]
DESK = ["/meja/akun/masuk/"]
DOORS = {"public": PUBLIC, "intake": INTAKE, "desk": DESK}


@pytest.mark.parametrize("door", list(DOORS))
def test_a_door_answers_its_own_addresses_only(door: str) -> None:
    with override_settings(ROOT_URLCONF=f"timbang.web.urls_{door}", DOOR=door):
        clear_url_caches()
        set_urlconf(None)
        client = Client()
        for name, addresses in DOORS.items():
            for address in addresses:
                if address == "/":
                    continue
                status = client.get(address).status_code
                assert (status == 200) == (name == door), f"{door}: {address} -> {status}"
    clear_url_caches()


@pytest.mark.parametrize("address", PUBLIC + INTAKE)
@pytest.mark.parametrize("language", ["", "/en"])
def test_a_reader_and_a_reporter_never_get_a_cookie(address: str, language: str) -> None:
    response = Client(headers={"cookie": "timbang_desk=abc"}).get(language + address)
    assert response.status_code == 200
    assert not response.cookies
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("address", PUBLIC + INTAKE + DESK)
def test_every_page_says_who_may_look_at_it(address: str) -> None:
    headers = Client().get(address).headers
    # A browser that sends no referrer at all hides the origin too, which the desk's tokens need.
    assert headers["Referrer-Policy"] == ("same-origin" if address in DESK else "no-referrer")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    # The desk runs its own files, with nothing between the tags; the other doors run nothing.
    policy = headers["Content-Security-Policy"].split("; ")
    scripts = [line for line in policy if line.startswith("script")]
    assert scripts == (["script-src 'self'"] if address in DESK else [])
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", INTAKE + DESK)
def test_no_browser_keeps_a_page_of_the_intake_or_the_desk(address: str) -> None:
    assert "no-store" in Client().get(address).headers["Cache-Control"]


@pytest.mark.parametrize("address", PUBLIC + INTAKE + DESK)
def test_both_languages_are_complete_pages(address: str) -> None:
    indonesian, english = Client().get(address), Client().get("/en" + address)
    assert b'<html lang="id">' in indonesian.content
    assert b'<html lang="en">' in english.content
    assert indonesian.content != english.content


def test_what_a_browser_prefers_changes_nothing() -> None:
    """A page must not differ by headers that tell who asks."""
    plain = Client().get("/lapor/").content
    assert Client(headers={"accept-language": "en-GB"}).get("/lapor/").content == plain


@pytest.mark.parametrize(
    "name",
    [
        "../timbang.sqlite3",
        "%2e%2e/keys/session",
        "tile/../../keys/session",
        "checkpoint/",
        "tile/",
        "tile/0/000/x",
        "keys",
        "tile/entries/000.p/999999",
    ],
)
def test_only_the_published_log_is_served(name: str) -> None:
    (settings.KEYS / "session").write_text("secret")
    assert Client().get(f"/log/{name}").status_code == 404


def test_the_checkpoint_is_served_as_it_was_written() -> None:
    settings.LOG.mkdir(exist_ok=True)
    (settings.LOG / "checkpoint").write_text("origin\n0\n")
    response = Client().get("/log/checkpoint")
    assert b"".join(response.streaming_content) == b"origin\n0\n"  # type: ignore[attr-defined]
    assert response.headers["Cache-Control"] == "no-cache"


def test_a_lost_address_gets_a_page_and_no_hint() -> None:
    response = Client().get("/tidak/ada/")
    assert response.status_code == 404
    assert "lang=" in response.content.decode()


def test_a_form_without_its_token_is_told_kindly() -> None:
    response = Client(enforce_csrf_checks=True).post("/meja/akun/masuk/", {"login": "x"})
    assert response.status_code == 403
    assert "kedaluwarsa" in response.content.decode()


def test_a_fault_is_told_to_the_operator_by_its_place_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_arguments: object, **_words: object) -> None:
        raise ValueError("Sekar Melati at /lapor/ from 10.0.0.7")

    monkeypatch.setattr("timbang.web.views.render", broken)
    response = Client(raise_request_exception=False).get("/?secret=1")
    assert response.status_code == 500
    assert "ValueError in" in caplog.text
    assert "views.py" in caplog.text
    for word in ("Sekar", "secret", "10.0.0.7", "/lapor/"):
        assert word not in caplog.text


def test_a_door_alone_offers_no_way_that_leads_nowhere() -> None:
    with override_settings(ROOT_URLCONF="timbang.web.urls_intake", DOOR="intake"):
        clear_url_caches()
        set_urlconf(None)
        alone = Client().get("/lapor/kembali/").content.decode()
        with override_settings(PUBLIC_URL="https://publik.example"):
            known = Client().get("/en/lapor/tulis/").content.decode()
    clear_url_caches()
    assert "statistik" not in alone
    assert "https://publik.example/en/statistik/" in known


def test_an_error_on_the_intake_keeps_the_quick_exit() -> None:
    assert 'class="exit"' in Client().get("/lapor/tidak-ada/").content.decode()
    assert 'class="exit"' not in Client().get("/tidak-ada/").content.decode()


def test_megabytes_of_percent_signs_are_refused_before_they_are_read() -> None:
    client = Client()
    kind = "application/x-www-form-urlencoded"
    body = "narrative=" + "%F0%9F%98%80" * 200_000
    response = client.post("/lapor/tulis/", body, content_type=kind)
    assert response.status_code == 413
    assert "terlalu besar" in response.content.decode()
