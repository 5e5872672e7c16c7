"""Somebody comments on a plan, without a name, a cookie or a script; the office reads and answers."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.policy import scene
from tests.policy.conftest import AT, Cast, days_later, log_in
from tests.reports.reader import Page, get, post
from timbang.law.refusal import Refusal
from timbang.ledger import keys, texts
from timbang.ledger.models import Entry
from timbang.policy import actions, addresses, course
from timbang.policy.actions import Overtaken, Seen, speaking
from timbang.policy.models import Act, Comment, Dossier, Shown

pytestmark = pytest.mark.django_db
DRAFT = bytes(range(32))
WORDS = "Dapur sekolah kami tidak punya air bersih."


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


def address(dossier: Dossier) -> str:
    return f"/en/tanggapi/{addresses.slug_of(dossier.number)}/"


def docket(dossier: Dossier) -> str:
    slug = addresses.slug_of(dossier.number)
    return Client().get(f"/en/kebijakan/{slug}/").content.decode()


def receipt_on(page: Page) -> str:
    found = re.search(r"([0-9A-Z]{4}-){5}[0-9A-Z]{4}", page.text)
    assert found, page.text
    return found[0]


def sent(dossier: Dossier, **told: str) -> Comment:
    speaking.send_comment(
        dossier, draft=uuid4().bytes * 2, name=told.get("name", ""),
        body=told.get("body", WORDS), at=AT,
    )  # fmt: skip
    return Comment.objects.get(body=told.get("body", WORDS))


def seen(dossier: Dossier) -> Seen:
    return scene.now(dossier)


# --- sending --------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_comment_is_sent_and_followed_with_its_receipt(cast: Cast, prefix: str) -> None:
    dossier = scene.opened(cast)
    client = Client()
    page = get(client, f"{prefix}/tanggapi/{addresses.slug_of(dossier.number)}/")
    receipt = receipt_on(page.press("send", body=WORDS))
    row = Comment.objects.get()
    assert (row.body, row.name, row.state, row.step) == (WORDS, "", Shown.WAITING, "study")
    found = post(client, f"{prefix}/tanggapi/", {"receipt": receipt, "do": "show"})
    assert WORDS in found
    assert not client.cookies
    assert WORDS not in docket(dossier)
    assert "1 waits to be read." in docket(dossier)


def test_the_door_of_reports_alone_is_enough(cast: Cast, settings: object) -> None:
    dossier = scene.opened(cast)
    settings.ROOT_URLCONF = "timbang.web.urls_intake"  # type: ignore[attr-defined]
    page = get(Client(), address(dossier))
    assert receipt_on(page.press("send", body=WORDS))
    assert Client().get(address(dossier).replace("tanggapi", "kebijakan")).status_code == 404


def test_a_second_click_is_one_comment_with_the_same_receipt(cast: Cast) -> None:
    page = get(Client(), address(scene.opened(cast)))
    first, second = page.press("send", body=WORDS), page.press("send", body=WORDS)
    assert receipt_on(first) == receipt_on(second)
    assert "only once" in second
    changed = page.press("send", body="Lain sama sekali.")
    assert receipt_on(changed) == receipt_on(first)
    assert "was not sent" in changed
    assert Comment.objects.get().body == WORDS


def test_only_a_digest_of_the_receipt_is_kept_and_nothing_of_the_sender(cast: Cast) -> None:
    dossier = scene.opened(cast)
    client = Client(REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="PERAMBAN-TERPENDAM")
    page = get(client, address(dossier))
    draft = page.form.values["draft"][0]
    receipt = receipt_on(page.press("send", body=WORDS))
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += [str(value) for row in cursor.fetchall() for value in row]
    everything = "\n".join(rows)
    for planted in (receipt, receipt.replace("-", ""), draft, "203.0.113.77", "PERAMBAN"):
        assert planted not in everything
    entry = Entry.objects.get(act="policy.comment")
    assert (entry.lane, entry.turn) == ("daily", None)
    assert WORDS not in str(entry.body)


def test_what_was_typed_stays_when_something_is_wrong(cast: Cast) -> None:
    dossier = scene.opened(cast)
    page = get(Client(), address(dossier))
    again = page.press("send", body="x" * 5001, name="Ibu Contoh")
    assert "At most 5000 signs; there are 5001." in again
    assert again.form.values["name"] == ["Ibu Contoh"]
    assert again.form.values["body"][0] == "x" * 5001
    assert "Please write something." in page.press("send", body=" \n ")
    assert not Comment.objects.exists()


def test_the_other_language_keeps_what_was_typed(cast: Cast) -> None:
    page = get(Client(), address(scene.opened(cast)))
    other = page.press("fill", body=WORDS, name="Ibu")
    assert other.form.values["body"] == [WORDS]
    assert '<html lang="id">' in other.html
    assert other.form.values["draft"] == page.form.values["draft"]


def test_a_name_cannot_disguise_itself(cast: Cast) -> None:
    page = get(Client(), address(scene.opened(cast)))
    page.press("send", body=WORDS, name="Kepala\u202e\n Dinas\x07")
    assert Comment.objects.get().name == "Kepala Dinas"


@pytest.mark.parametrize("size", [3_000_000, 10_000_000])
def test_ten_megabytes_are_turned_away(cast: Cast, size: int) -> None:
    dossier = scene.opened(cast)
    body = {"draft": "0" * 64, "do": "send", "body": "x" * size}
    assert Client().post(address(dossier), body).status_code in (200, 413)
    plain = f"do=send&body={'x' * size}"
    kind = "application/x-www-form-urlencoded"
    assert Client().post(address(dossier), plain, content_type=kind).status_code == 413
    assert not Comment.objects.exists()


def test_a_damaged_draft_becomes_a_new_one(cast: Cast) -> None:
    dossier = scene.opened(cast)
    for draft in ("", "zz", "0" * 63, "é" * 64):
        page = post(Client(), address(dossier), {"draft": draft, "do": "send", "body": draft + "a"})
        assert receipt_on(page)
    assert Comment.objects.count() == 4


@pytest.mark.parametrize("told", ["", "X", "AAAA-AAAA", "0000-0000-0000-0000-0000-0000", "é" * 500])
def test_a_wrong_receipt_opens_nothing(cast: Cast, told: str) -> None:
    sent(scene.opened(cast))
    page = post(Client(), "/en/tanggapi/", {"receipt": told, "do": "show"})
    assert page.response.status_code == 200
    assert WORDS not in page


def test_a_receipt_gives_the_proof_of_sending(cast: Cast) -> None:
    page = get(Client(), address(scene.opened(cast))).press("send", body=WORDS)
    text = Client().post("/en/tanggapi/", {"receipt": receipt_on(page), "do": "proof"})
    assert text["Content-Type"].startswith("text/plain")
    kept = texts.find(text.content.decode())
    assert kept.opening is not None
    assert kept.promise is not None
    leaf = texts.check_promise(kept.promise, keys.signing_key().verifier).leaf
    assert leaf == texts.check_opening(kept.opening)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_each_page_is_light_and_has_no_script_and_no_cookie(cast: Cast, prefix: str) -> None:
    dossier = scene.opened(cast, title="panjang " * 25)
    css = len(gzip.compress(Path(str(finders.find("web/timbang.css"))).read_bytes(), 6))
    scene.in_lane(dossier, cast)
    slug = addresses.slug_of(dossier.number)
    form = get(Client(), f"{prefix}/tanggapi/{slug}/")
    faults = form.press("send", body="x" * speaking.LONGEST + "y")
    sent_page = form.press("send", body="<" * speaking.LONGEST)
    pages = [form, faults, sent_page, sent_page.press("show"), get(Client(), f"{prefix}/tanggapi/")]
    visit = get(Client(), f"{prefix}/lihat-pelaksanaan/{slug}/")
    told = {"place": "A", "seen_on": "2026-11-01", "body": "x" * speaking.LONGEST}
    for page in (*pages, visit, visit.press("review", **told)):
        data = page.response.content
        assert len(gzip.compress(data, 6)) + css < 30_000
        assert len(data) < 30_000 + len("&lt;") * speaking.LONGEST
        assert "<script" not in page.html
        assert not page.response.cookies
        assert page.response.headers["Cache-Control"] == "no-store"
        assert "script-src" not in page.response.headers["Content-Security-Policy"]


# --- when comments are taken ----------------------------------------------------------------------


def test_comments_are_taken_until_the_consultation_ends(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.drafted(dossier, cast)
    page = get(Client(), address(dossier))
    assert "The office may end it from 16 November 2026 on" in page
    assert "it is meant to last until 2 December 2026" in page
    assert "closed from 16 November 2026 on" in docket(dossier)
    scene.step(dossier, "concluded", cast.analyst, at=AT + scene.OPEN)
    late = page.press("send", body=WORDS)
    assert "That time is over" in late
    assert not Comment.objects.exists()
    with pytest.raises(Refusal):
        speaking.send_comment(dossier, draft=DRAFT, name="", body=WORDS, at=AT)


def test_in_the_lane_comments_are_taken_while_the_measure_runs(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast)
    page = get(Client(), address(dossier))
    assert "31 January 2027" in page
    assert receipt_on(page.press("send", body=WORDS))
    scene.step(dossier, "revoke", cast.head, "Selesai.")
    assert "That time is over" in get(Client(), address(dossier))


def test_drafts_observers_dossiers_and_what_was_taken_back_take_none(cast: Cast) -> None:
    dossier = scene.observed(cast)
    assert Client().get(address(dossier)).status_code == 404
    told = actions.Told(stage="technocracy", kind="study", state="missing", sought="Situs.")
    actions.add_piece(dossier, told, seen=seen(dossier), by=cast.watcher, at=AT)
    actions.publish(dossier, seen=seen(dossier), by=cast.watcher, at=AT)
    assert "takes no comments" in get(Client(), address(dossier))
    actions.retract(dossier, "Salah.", seen=seen(dossier), by=cast.watcher, at=AT)
    page = get(Client(), address(dossier))
    assert "taken back" in page
    assert dossier.title not in page.html


def test_a_comment_may_come_while_the_door_shuts_and_its_receipt_still_opens(cast: Cast) -> None:
    dossier = scene.opened(cast)
    page = get(Client(), address(dossier))
    first = page.press("send", body=WORDS)
    scene.step(dossier, "withdrawn", cast.head, "Tidak jadi.")
    assert receipt_on(page.press("send", body=WORDS)) == receipt_on(first)


# --- reading and answering ------------------------------------------------------------------------


def test_nothing_is_shown_before_it_was_read_and_then_with_its_answer(cast: Cast) -> None:
    dossier = scene.opened(cast)
    page = get(Client(), address(dossier)).press("send", body=WORDS, name="Ibu Contoh")
    row = Comment.objects.get()
    speaking.show(row, seen=seen(dossier), by=cast.analyst, at=AT)
    html = docket(dossier)
    assert WORDS in html
    assert "Ibu Contoh" in html
    assert "Not answered yet." in html
    speaking.answer(
        row, "taken", "Air bersih masuk rancangan.", seen=seen(dossier), by=cast.analyst, at=AT
    )
    html = docket(dossier)
    assert "Taken over" in html
    assert "Air bersih masuk rancangan." in html
    status = page.press("show")
    assert "Air bersih masuk rancangan." in status


def test_what_is_withheld_is_counted_with_its_reason_and_its_words_stay_away(cast: Cast) -> None:
    dossier = scene.opened(cast)
    page = get(Client(), address(dossier)).press("send", body=WORDS)
    row = Comment.objects.get()
    for wrong in ("", "dislike", "people"):
        with pytest.raises(Refusal):
            speaking.withhold(row, wrong, seen=seen(dossier), by=cast.analyst, at=AT)
    speaking.withhold(row, "accusation", seen=seen(dossier), by=cast.analyst, at=AT)
    html = docket(dossier)
    assert WORDS not in html
    assert "It accuses a person by name: 1" in html
    assert "It accuses a person by name" in page.press("show")
    with pytest.raises(Refusal):
        speaking.answer(row, "taken", "Ya.", seen=seen(dossier), by=cast.analyst, at=AT)


def test_the_consultation_ends_only_when_each_comment_was_read_and_answered(cast: Cast) -> None:
    dossier = scene.opened(cast)
    first, second = sent(dossier), sent(dossier, body="Yang kedua.")
    scene.drafted(dossier, cast)
    assert not course.comments_answered(dossier)
    with pytest.raises(Refusal):
        scene.step(dossier, "concluded", cast.analyst, at=AT + scene.OPEN)
    speaking.show(first, seen=seen(dossier), by=cast.analyst, at=AT)
    speaking.withhold(second, "empty", seen=seen(dossier), by=cast.analyst, at=AT)
    with pytest.raises(Refusal):
        scene.step(dossier, "concluded", cast.analyst, at=AT + scene.OPEN)
    speaking.answer(first, "not_taken", "Sudah ada.", seen=seen(dossier), by=cast.analyst, at=AT)
    assert course.comments_answered(dossier)
    scene.untied(dossier, cast.analyst)
    scene.step(dossier, "concluded", cast.analyst, at=AT + scene.OPEN)


def test_the_consultation_is_open_for_fourteen_days_counted_from_its_opening(cast: Cast) -> None:
    dossier = scene.opened(cast)
    assert course.comments_close_from(dossier) is None
    scene.drafted(dossier, cast)
    closes = (AT + scene.OPEN).date()
    dossier.refresh_from_db()
    assert course.comments_close_from(dossier) == closes
    for early in (AT, AT + scene.OPEN - timedelta(days=1)):
        with pytest.raises(Refusal, match="16 November 2026"):
            scene.step(dossier, "concluded", cast.analyst, at=early)
    # Sent back to drafting, a new draft is open as long again.
    later = AT + timedelta(days=10)
    scene.step(dossier, "redraft", cast.analyst, "Banyak usul.", at=later)
    scene.untied(dossier, cast.drafter, at=later)
    scene.step(dossier, "drafted", cast.drafter, at=later)
    with pytest.raises(Refusal, match="26 November 2026"):
        scene.step(dossier, "concluded", cast.analyst, at=AT + scene.OPEN)
    scene.step(dossier, "concluded", cast.analyst, at=later + scene.OPEN)
    dossier.refresh_from_db()
    assert course.comments_close_from(dossier) is None


def test_only_the_offices_own_analyst_reads_shows_and_answers(cast: Cast) -> None:
    dossier = scene.opened(cast)
    row = sent(dossier)
    others = (cast.head, cast.reviewer, cast.lawyer, cast.governor, cast.watcher, cast.auditor)
    for officer in others:
        for act in (
            lambda by: speaking.show(row, seen=seen(dossier), by=by, at=AT),
            lambda by: speaking.withhold(row, "empty", seen=seen(dossier), by=by, at=AT),
            lambda by: speaking.answer(row, "taken", "Ya.", seen=seen(dossier), by=by, at=AT),
        ):
            with pytest.raises(Refusal):
                act(officer)
    row.refresh_from_db()
    assert row.state == Shown.WAITING


def test_a_form_of_the_desk_sent_twice_is_one_act(cast: Cast) -> None:
    dossier = scene.opened(cast)
    row, once = sent(dossier), seen(dossier)
    speaking.show(row, seen=once, by=cast.analyst, at=AT)
    speaking.show(row, seen=once, by=cast.analyst, at=AT)
    assert dossier.journal.filter(act=Act.COMMENT_SHOWN).count() == 1
    with pytest.raises(Overtaken):
        speaking.withhold(row, "empty", seen=Seen(1, uuid4()), by=cast.analyst, at=AT)


def test_an_answer_is_given_once_and_after_the_end_too(cast: Cast) -> None:
    dossier = scene.opened(cast)
    row = sent(dossier)
    scene.step(dossier, "withdrawn", cast.head, "Tidak jadi.")
    later = days_later(3)
    speaking.show(row, seen=seen(dossier), by=cast.analyst, at=later)
    for outcome, words in (("", "Ya."), ("taken", " "), ("won", "Ya.")):
        with pytest.raises(Refusal):
            speaking.answer(row, outcome, words, seen=seen(dossier), by=cast.analyst, at=later)
    speaking.answer(
        row, "outside", "Usul dihentikan.", seen=seen(dossier), by=cast.analyst, at=later
    )
    with pytest.raises(Refusal):
        speaking.answer(row, "taken", "Lain.", seen=seen(dossier), by=cast.analyst, at=later)
    row.refresh_from_db()
    assert row.answered_on == later.date()


def test_markup_in_a_comment_stays_text(cast: Cast) -> None:
    dossier = scene.opened(cast)
    row = sent(dossier, body="<img src=x onerror=y>")
    speaking.show(row, seen=seen(dossier), by=cast.analyst, at=AT)
    assert "<img src=x" not in docket(dossier)


# --- at the desk ----------------------------------------------------------------------------------


def desk(dossier: Dossier, *rest: object) -> str:
    return "/".join(["/en/meja/kebijakan", str(dossier.pk), "tanggapan", *map(str, rest), ""])


def fields_of(html: str, do: str) -> dict[str, str]:
    """What the form with this button carries."""
    form = next(
        form for form in re.findall(r"<form.*?</form>", html, re.S) if f'value="{do}"' in form
    )
    names = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {**dict(names), "do": do}


def test_the_desk_reads_shows_and_answers(cast: Cast) -> None:
    dossier = scene.opened(cast)
    row = sent(dossier, body="<b>Air</b> bersih")
    client = log_in("analis")
    assert (
        "1 waits to be read or answered"
        in client.get(f"/en/meja/kebijakan/{dossier.pk}/").content.decode()
    )
    listed = client.get(desk(dossier)).content.decode()
    assert "Comments that wait to be read" in listed
    at = desk(dossier, row.pk)
    html = client.get(at).content.decode()
    assert "&lt;b&gt;Air" in html
    answer = client.post(at, fields_of(html, "show"), follow=True).content.decode()
    assert "Everybody can read it now." in answer
    told = fields_of(answer, "answer") | {"outcome": "in_part", "words": "Sebagian."}
    assert "The answer is public." in client.post(at, told, follow=True).content.decode()
    again = client.post(at, told, follow=True)
    assert again.status_code == 200
    assert dossier.journal.filter(act=Act.COMMENT_ANSWERED).count() == 1
    assert "Sebagian." in docket(dossier)


def test_the_desk_keeps_back_for_a_reason_only(cast: Cast) -> None:
    dossier = scene.opened(cast)
    row = sent(dossier)
    client, at = log_in("analis"), desk(dossier, row.pk)
    html = client.get(at).content.decode()
    told = fields_of(html, "withhold")
    assert "Choose one of the reasons." in client.post(at, told).content.decode()
    assert client.post(at, told | {"why": "dislike"}).status_code == 200
    row.refresh_from_db()
    assert row.state == Shown.WAITING
    client.post(at, told | {"why": "private"})
    row.refresh_from_db()
    assert (row.state, row.why_withheld) == (Shown.WITHHELD, "private")


@pytest.mark.parametrize(
    "login", ["kepala", "penelaah", "hukum", "gubernur", "pemantau", "auditor"]
)
def test_nobody_else_reads_what_waits(cast: Cast, login: str) -> None:
    dossier = scene.opened(cast)
    row = sent(dossier)
    client = log_in(login)
    for at in (desk(dossier), desk(dossier, row.pk)):
        answer = client.get(at)
        assert answer.status_code in (403, 404), (login, at)
        assert WORDS not in answer.content.decode()
        assert client.post(at, {"do": "show"}).status_code in (403, 404, 405)
    page = client.get(f"/en/meja/kebijakan/{dossier.pk}/").content.decode()
    assert "What people sent" not in page


def test_a_comment_is_not_found_under_another_dossier(cast: Cast) -> None:
    one, other = scene.opened(cast), scene.opened(cast, title="Lain")
    row = sent(one)
    client = log_in("analis")
    assert client.get(desk(other, row.pk)).status_code == 404
    assert Client().get(desk(one, row.pk)).status_code == 302
