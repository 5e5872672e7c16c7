"""A thief with the disk: data folder, temporary folders, database, logs, a backup.

He comes at the worst moment: an officer is logged in with the key open, a case has its study,
letter and exhibits, a draft with a file waits, and an upload is half-way. Of all that people wrote
he finds not one word; and the words are there, for those who may read them.
"""

from __future__ import annotations

import base64
import io
import re
import secrets
import socket
import string
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PIL import ExifTags, Image

from tests.whole.client import Page, Upload, Visitor, in_parts
from tests.whole.installation import Installation, new_installation
from tests.whole.staff import CASEWORKER, Hired, add_office, begin_work, hire
from tests.whole.thief import Thief, everything, guises

TODAY = datetime.now(ZoneInfo("Asia/Jakarta")).date()
FLIGHT = 6_000_000
FIELDS = (
    "narrative", "p0-name", "p0-post", "p0-agency", "place", "witnesses", "side_name",
    "identity_name", "identity_address", "identity_contact",
)  # fmt: skip


def new_word() -> str:
    """A word that stands nowhere else in the world."""
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(18))


class Words(dict[str, str]):
    """A new word for each name, made when it is first written down."""

    def __missing__(self, name: str) -> str:
        self[name] = new_word()
        return self[name]


def photo(artist: str) -> bytes:
    picture = Image.new("RGB", (60, 40), (20, 90, 160))
    exif = picture.getexif()
    exif[ExifTags.Base.Artist] = artist
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def text_file(words: Words, name: str) -> Upload:
    return Upload(words[f"name of {name}"] + ".txt", words[name].encode() * 40, "text/plain")


def sheet(place: Installation) -> Page:
    return Visitor(place.url).get("/lapor/tulis/").press("fill", {"province": "32"})


def files_a_report(place: Installation, words: Words) -> Page:
    told = {name: words[name] for name in FIELDS} | {
        "conduct": ["social_media_support"], "way": "named", "side_kind": "candidate",
        "contest_kind": "regent", "happened_from": f"{TODAY - timedelta(days=3)}",
        "learned_on": f"{TODAY}",
    }  # fmt: skip
    picture = Upload(words["name of photo"] + ".jpg", photo(words["photographer"]), "image/jpeg")
    review = sheet(place).press("review", told, files=[text_file(words, "file"), picture])
    sent = review.press("send")
    receipt = re.search(r'class="receipt"[^>]*>([^<]+)<', sent.html)
    assert receipt, sent.text
    words["receipt"] = receipt[1]
    words["receipt without hyphens"] = receipt[1].replace("-", "")
    return sent.press("show")


def leaves_a_draft(place: Installation, words: Words) -> Page:
    """A file is staged, the report is not sent, and the page stays open."""
    told = {"narrative": words["draft"], "p0-name": words["name in draft"]}
    page = sheet(place).press("files", told, files=[text_file(words, "draft file")])
    assert words["name of draft file"] in page.text
    words["draft secret"] = page.form().values["draft"][0]
    return page


def works(place: Installation, hired: Hired, words: Words, reporter: Page) -> Visitor:
    """From the report to the file that goes outside; the session stays open."""
    officer = begin_work(place, hired)
    report = first(officer.get("/meja/laporan/"), "/laporan/")
    page = officer.get(report + "tanya/").press("", {"text": words["question"]})
    assert words["question"] in page.text
    more = [text_file(words, "added file")]
    reporter = reporter.press("reply", {"text": words["reply"]}, files=more)
    assert words["reply"] in reporter.text
    reporter.press("add-files")
    name = officer.get(report + "pelapor/").press("", {"reason": words["reason"]})
    assert words["identity_name"] in name.text
    told = {"people": ["0"], "procedure": "sbt_neutrality:study", "reason": words["why this way"]}
    case = officer.get(report + "kasus-baru/").press("", told).url.partition("?")[0]
    writes(officer, case, words)
    goes_outside(officer, case, words)
    return officer


def writes(officer: Visitor, case: str, words: Words) -> None:
    def act(page: str, **typed: str) -> None:
        answer = officer.get(case + page).press("", typed)
        assert answer.url.partition("?")[0] == case, answer.text

    act("fakta/", fact_object="candidate", fact_candidates_confirmed_on="2020-01-01")
    person = first(officer.get(case), "/terlapor/").removeprefix(case)
    assert re.fullmatch("terlapor/[0-9a-f-]{36}/", person), person
    act(person, status="PNS", official_number=words["number"])
    act("catatan/", text=words["note"])
    for kind in ("kajian", "rekomendasi"):
        act(f"{kind}/", considering=words[f"{kind} considers"], decides=words[f"{kind} decides"])
    told = {"subject": words["subject"], "to_name": words["to"], "signer_name": words["signer"]}
    act("surat/?jenis=recommendation", to_address=words["address of letter"], **told)
    found = officer.get(case + "bukti/")
    taken = first(found, "/berkas/").removeprefix(case)
    act(taken, title=words["title"], form_of="original")
    act(first(found, "/kata/").removeprefix(case), title=words["quote"], text=words["cut"])


def goes_outside(officer: Visitor, case: str, words: Words) -> None:
    step = officer.get(case + "langkah/recommend/")
    form = step.form("sure")
    along = {name: form.controls[name].options for name in ("receiver", "documents", "exhibits")}
    told = {"conflict": "none"} if "conflict" in form.controls else {}
    step.press("", {"sure": "on", **told, **along})
    delivery = first(officer.get(case), "/kirim/")
    told = {"ticket": words["ticket"], "proof": words["proof"], "proven_on": f"{TODAY}"}
    officer.get(delivery).press("", told)
    answer = {"text": words["answer"], "answered_on": f"{TODAY}"}
    assert words["answer"] in officer.get(case + "jawaban/").press("", answer).text


def first(page: Page, part: str) -> str:
    """The first link of a page to some thing, not to a list, that has this part in its address."""
    links = [link for link in page.links_to(part) if re.search("/[0-9a-f]{8}-", link)]
    assert links, f"{part}: {page.text}"
    return links[0]


@contextmanager
def half_an_upload(page: Page, words: Words) -> Iterator[socket.socket]:
    """A sending that stops in the middle; `finish` it with what is still in the socket's hand."""
    values = page.form().filled({"narrative": words["in flight"]}) | {"do": ["files"]}
    pairs = [(name, value) for name, given in values.items() for value in given]
    filler = words["file in flight"].encode() * (FLIGHT // 18)
    file = Upload(words["name in flight"] + ".txt", filler, "text/plain")
    body, kind = in_parts(pairs, [file])
    place = page.url.removeprefix("http://").partition("/")[0]
    head = (
        f"POST /lapor/tulis/ HTTP/1.1\r\nHost: {place}\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    host, _, port = place.partition(":")
    with socket.create_connection((host, int(port)), timeout=30) as wire:
        wire.sendall(head.encode() + body[: FLIGHT // 2])
        time.sleep(1)
        yield wire
        wire.sendall(body[FLIGHT // 2 :])
        answer = b"".join(iter(lambda: wire.recv(65536), b"")).decode()
    assert words["name in flight"] in answer, answer[:300]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with new_installation(tmp_path_factory.mktemp("secrecy") / "whole") as found:
        found.start()
        yield found


def test_of_what_people_wrote_a_thief_finds_not_one_word(place: Installation) -> None:
    since, words = time.time() - 1, Words()
    add_office(place, "bawaslu-32", "bawaslu", "Bawaslu Jawa Barat", region="32")
    place.run("organ", "add", "--code", "bkn", "--kind", "bkn", "--name", "BKN", "--region", "ID",
              "--outside", "--channel", "sbt")  # fmt: skip
    hired = hire(place, "bawaslu-32", "alice", CASEWORKER, holder=None)
    reporter = files_a_report(place, words)
    draft = leaves_a_draft(place, words)
    officer = works(place, hired, words, reporter)
    keys = {cookie.name: cookie.value or "" for cookie in officer.cookies}
    more = {
        "temporary password": hired.temporary,
        "own password": hired.own,
        "unlocking secret": keys["timbang_unlock"],
        "unlocking secret as bytes": bytes.fromhex(keys["timbang_unlock"]),
        "draft secret as bytes": bytes.fromhex(words["draft secret"]),
    }
    with half_an_upload(draft, words):
        place.run("backup", str(place.folder / "backup.tar"))
        thief = Thief(words | more)
        found, count = thief.searches(everything(place, since=since))
    assert found == {}
    assert count > 40
    # Without the case for which he looks, the search is refused and nothing is shown.
    assert officer.get("/meja/cari/").press("", {"words": words["p0-name"]}).status == 409
    assert words["p0-name"] in officer.get("/meja/kasus/").text


def test_the_thief_is_no_fool(place: Installation) -> None:
    """Whatever he is here to find, he finds where it stands."""
    word = new_word()
    thief = Thief({"word": word, "other": new_word()})
    inside = f"aku {word} kamu"
    for told in (
        inside, inside.upper(), inside.encode("utf-16"), inside.encode("utf-16-be"),
        inside.encode().hex(), base64.b64encode(inside.encode()), base64.b64encode(b"." + inside.encode()),
        base64.urlsafe_b64encode(b".." + inside.encode()), inside.encode().hex().upper(),
    ):  # fmt: skip
        data = told.encode() if isinstance(told, str) else told
        assert thief.finds(b"\0\xff" + data + b"\n") == {"word"}, told
    assert len(guises(word.encode())) >= 8
    since = time.time() - 1
    for folder in (place.data, place.temporary):
        (folder / "spooled").write_text(inside)
    found, _count = thief.searches(everything(place, since=since))
    assert set(found) == {str(folder / "spooled") for folder in (place.data, place.temporary)}
