"""Somebody tells what he saw where a policy is carried out, with photographs that tell nothing."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tests.policy import scene
from tests.policy.conftest import AT, Cast
from tests.reports.reader import Page, get, post
from tests.reports.test_inspection import SECRET, document, photo
from timbang.law.refusal import Refusal
from timbang.policy import actions, addresses
from timbang.policy.actions import speaking
from timbang.policy.actions.speaking import Visited
from timbang.policy.models import Dossier, Shown, SitePhoto, SiteVisit
from timbang.registry.models import Region
from timbang.reports import places
from timbang.reports.models import StagedFile

pytestmark = pytest.mark.django_db
WORDS = "Dapurnya berdiri, tetapi belum ada kompor."
TOLD = {"place": "Sekolah Contoh, Desa Satu", "seen_on": "2026-11-01", "body": WORDS}


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)
    places.forget()


def upload(name: str = "foto.jpg", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo() if data is None else data)


def address(dossier: Dossier) -> str:
    return f"/en/lihat-pelaksanaan/{addresses.slug_of(dossier.number)}/"


def docket(dossier: Dossier) -> str:
    return Client().get(f"/en/kebijakan/{addresses.slug_of(dossier.number)}/").content.decode()


def receipt_on(page: Page) -> str:
    found = re.search(r"([0-9A-Z]{4}-){5}[0-9A-Z]{4}", page.text)
    assert found, page.text
    return found[0]


@pytest.fixture
def running(cast: Cast) -> Dossier:
    west = Region.objects.create(
        code="32", name="Jawa Barat", kind="province", time_zone="Asia/Jakarta"
    )
    Region.objects.create(
        code="32.04", name="Kabupaten Contoh", kind="regency", parent=west,
        time_zone="Asia/Jakarta",
    )  # fmt: skip
    dossier = scene.opened(cast)
    scene.cleared(dossier, cast)
    scene.planned(dossier, cast)
    scene.untied(dossier, cast.head)
    scene.step(dossier, "enacted", cast.head, "Sesuai kajian.")
    return dossier


def test_a_visit_is_told_looked_through_and_sent(cast: Cast, running: Dossier) -> None:
    client = Client()
    page = get(client, address(running))
    assert ("32.04", True) in page.options["region"]
    review = page.press("review", **TOLD, milestone="1", files=[upload()])
    assert "Nothing has been sent yet." in review
    assert "Found in it, and taken out:" in review
    assert "Dapur di sepuluh sekolah" in review
    assert "1 November 2026" in review
    assert not SiteVisit.objects.exists()
    sent = review.press("send")
    row = SiteVisit.objects.get()
    assert (row.place, row.body, row.milestone) == (TOLD["place"], WORDS, 1)
    assert (row.seen_on, row.region_code) == (date(2026, 11, 1), "32.04")
    assert not StagedFile.objects.exists()
    assert not client.cookies
    assert WORDS in post(client, "/en/tanggapi/", {"receipt": receipt_on(sent), "do": "show"})


def test_a_photograph_is_drawn_anew_without_what_the_camera_wrote(
    cast: Cast, running: Dossier
) -> None:
    page = get(Client(), address(running))
    files = [upload(), upload("b.png", photo("PNG")), upload("c.webp", photo("WEBP"))]
    page.press("review", **TOLD, files=files).press("send")
    rows = list(SitePhoto.objects.all())
    assert len(rows) == 3
    for row in rows:
        data = bytes(row.body)
        assert SECRET.encode() not in data
        with Image.open(io.BytesIO(data)) as picture:
            assert picture.format == "JPEG"
            assert not picture.getexif()


def test_a_large_photograph_becomes_small(cast: Cast, running: Dossier) -> None:
    page = get(Client(), address(running))
    page.press("review", **TOLD, files=[upload(data=photo(size=(4000, 1000)))]).press("send")
    with Image.open(io.BytesIO(bytes(SitePhoto.objects.get().body))) as picture:
        assert picture.size == (1600, 400)


def test_only_photographs_are_taken(cast: Cast, running: Dossier) -> None:
    page = get(Client(), address(running))
    bomb = b"\x89PNG\r\n\x1a\n" + b"\x00" * 200
    hostile = [
        upload("surat.pdf", document()), upload("foto.jpg", b"<script>alert(1)</script>"),
        upload("foto.png", bomb), upload("kosong.jpg", b""),
    ]  # fmt: skip
    again = page.press("review", **TOLD, files=hostile)
    assert again.text.count("File not added") == 4
    assert not StagedFile.objects.exists()
    assert "What did you see on site?" in again
    again.press("review").press("send")
    assert not SitePhoto.objects.exists()
    assert SiteVisit.objects.get().body == WORDS


def test_a_file_over_the_limit_costs_nothing_else(cast: Cast, running: Dossier) -> None:
    page = get(Client(), address(running))
    again = page.press("review", **TOLD, files=[upload(data=b"\xff\xd8\xff" + b"x" * 16_000_000)])
    assert "too large" in again
    assert again.form.values["body"] == [WORDS]


def test_a_photograph_can_be_taken_out_again(cast: Cast, running: Dossier) -> None:
    page = get(Client(), address(running)).press("fill", **TOLD, files=[upload()])
    button = next(value for value in page.buttons if value.startswith("unstage-"))
    assert not [v for v in page.press(button).buttons if v.startswith("unstage-")]
    assert not StagedFile.objects.exists()


def test_a_second_click_is_one_visit_with_the_same_receipt(cast: Cast, running: Dossier) -> None:
    review = get(Client(), address(running)).press("review", **TOLD, files=[upload()])
    first, second = review.press("send"), review.press("send")
    assert receipt_on(first) == receipt_on(second)
    assert "only once" in second
    assert (SiteVisit.objects.count(), SitePhoto.objects.count()) == (1, 1)


def test_photographs_that_are_gone_are_asked_for_again(cast: Cast, running: Dossier) -> None:
    review = get(Client(), address(running)).press("review", **TOLD, files=[upload()])
    StagedFile.objects.all().delete()
    again = review.press("send")
    assert "no longer here" in again
    assert not SiteVisit.objects.exists()


def test_nobody_takes_the_photographs_of_another_form(cast: Cast, running: Dossier) -> None:
    mine = get(Client(), address(running)).press("review", **TOLD, files=[upload()])
    theirs = get(Client(), address(running)).press("review", **TOLD)
    body = theirs.filled() | {"staged": mine.form.values["staged"], "do": "send"}
    assert "no longer here" in post(Client(), address(running), body)
    assert not SitePhoto.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"seen_on": "2026-11-03"}, "lies in the future"),
        ({"seen_on": "1803-01-01"}, "check the year"),
        ({"seen_on": "kemarin"}, "Write the day"),
        ({"place": "\u202e "}, "say where"),
        ({"body": ""}, "write something"),
        ({"milestone": "7"}, "not one of the available choices"),
        ({"region": "99.99"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_asked_again(
    cast: Cast, running: Dossier, wrong: dict[str, str], says: str
) -> None:
    page = get(Client(), address(running)).press("review", **(TOLD | wrong))
    assert says in page
    assert not SiteVisit.objects.exists()


def test_nothing_is_taken_before_something_is_carried_out(cast: Cast) -> None:
    dossier = scene.opened(cast)
    assert "not carried out yet" in get(Client(), address(dossier))
    with pytest.raises(Refusal):
        speaking.send_visit(
            dossier, Visited("Desa", date(2026, 11, 1), WORDS), draft=bytes(32), at=AT
        )
    scene.in_lane(dossier, cast)
    assert "What did you see on site?" in get(Client(), address(dossier))


def test_nothing_is_shown_before_it_was_read(cast: Cast, running: Dossier) -> None:
    get(Client(), address(running)).press("review", **TOLD, files=[upload()]).press("send")
    row, picture = SiteVisit.objects.get(), SitePhoto.objects.get()
    at = reverse("dockets:photo", args=[picture.pk])
    small = reverse("dockets:photo-small", args=[picture.pk])
    assert WORDS not in docket(running)
    assert Client().get(at).status_code == Client().get(small).status_code == 404
    speaking.show(row, seen=scene.now(running), by=cast.analyst, at=AT)
    assert WORDS in docket(running)
    answer = Client().get(at)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    html = docket(running)
    drawn = re.search(rf'<a href="{at}"><img src="{small}"([^>]*)>', html)
    assert drawn is not None
    for told in ('width="160"', 'height="160"', 'loading="lazy"',
                 f'alt="Photograph 1 from {TOLD["place"]}; open it large"'):  # fmt: skip
        assert told in drawn[1], told
    with Image.open(io.BytesIO(Client().get(small).content)) as found:
        assert (found.format, max(found.size) <= 320) == ("JPEG", True)
    speaking.withhold(row, "people", seen=scene.now(running), by=cast.analyst, at=AT)
    assert "people who can be recognised: 1" in docket(running)
    assert WORDS not in docket(running)
    assert Client().get(at).status_code == Client().get(small).status_code == 404


def test_whoever_watches_reads_what_was_seen_of_his_dossier(cast: Cast) -> None:
    dossier = scene.observed(cast)
    told = actions.Told(stage="technocracy", kind="study", state="missing", sought="Situs.")
    actions.add_piece(dossier, told, seen=scene.now(dossier), by=cast.watcher, at=AT)
    actions.publish(dossier, seen=scene.now(dossier), by=cast.watcher, at=AT)
    get(Client(), address(dossier)).press("review", **TOLD).press("send")
    row = SiteVisit.objects.get()
    with pytest.raises(Refusal):
        speaking.show(row, seen=scene.now(dossier), by=cast.analyst, at=AT)
    speaking.show(row, seen=scene.now(dossier), by=cast.watcher, at=AT)
    assert SiteVisit.objects.get().state == Shown.SHOWN


def test_what_was_seen_goes_along_into_a_complaint(cast: Cast, running: Dossier) -> None:
    sent = get(Client(), address(running)).press("review", **TOLD).press("send")
    form = re.search(r'action="([^"]+tulis/)".*?value="([^"]+)".*?value="(\d+)"', sent.html, re.S)
    assert form is not None
    assert running.number in form[2]
    assert WORDS in form[2]
    assert form[3] == "32"
    told = {"do": "about", "narrative": form[2], "province": form[3]}
    page = post(Client(), form[1], told)
    assert running.number in page.html
