"""The desk pages of policy: lists, the page of a dossier, and each act by its form."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.policy import scene
from tests.policy.conftest import Cast, add, seated
from timbang.accounts.models import Officer, Visit
from timbang.policy import actions, course, desk_reading, parts
from timbang.policy.models import Debt, Dossier, Line, Part

pytestmark = pytest.mark.django_db

# Noon in Jakarta, so that this is one day there and in UTC.
NOW = datetime.now(UTC).replace(hour=5, minute=0)


@pytest.fixture
def dossier(cast: Cast) -> Dossier:
    return scene.opened(cast, at=NOW)


def place(name: str, *args: Any) -> str:
    return reverse(f"policy:{name}", args=args)


def page(officer: Officer, name: str, *args: Any) -> str:
    answer = seated(officer).get(place(name, *args))
    assert answer.status_code == 200, answer.status_code
    return html.unescape(answer.content.decode())


def hidden(text: str) -> dict[str, str]:
    """The hidden fields of the form of a page."""
    found = re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', text)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def send(by: Officer | Client, name: str, *args: Any, seen: Any = None, **typed: Any) -> Any:
    """Fill in the form of a page and send it; `seen`: one that was opened before."""
    client = by if isinstance(by, Client) else seated(by)
    if seen is None:
        seen = hidden(client.get(place(name, *args)).content.decode())
    return client.post(place(name, *args), seen | typed)


def form(by: Officer, name: str, *args: Any) -> dict[str, str]:
    """A form as it was opened: the version and number that it carries."""
    return hidden(seated(by).get(place(name, *args)).content.decode())


def text_of(answer: Any, status: int) -> str:
    assert answer.status_code == status, (answer.status_code, answer.content.decode()[-3000:])
    return html.unescape(answer.content.decode())


def done(answer: Any) -> None:
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert "?done=" in answer["Location"]


OPENED = {
    "title": "Air bersih untuk tiga desa",
    "region": "Kabupaten Bandung",
    "duties": ["service"],
    "groups": ["poor"],
}


def opening(cast: Cast, **changes: Any) -> dict[str, Any]:
    offices = {"legal": str(cast.legal.pk), "budget": str(cast.money.pk)}
    return OPENED | offices | changes


# --- lists ----------------------------------------------------------------------------------------


def test_the_first_page_says_what_waits_for_each(cast: Cast, dossier: Dossier) -> None:
    assert dossier.title in page(cast.analyst, "dossiers").partition('id="kantor"')[0]
    waits = page(cast.head, "dossiers").partition('id="kantor"')
    assert dossier.title not in waits[0]
    assert "Nothing waits for you." in waits[0]
    assert dossier.title in waits[2]
    assert dossier.title in page(cast.lawyer, "dossiers").partition('id="persetujuan"')[2]
    assert dossier.title in page(cast.watcher, "dossiers").partition('id="terbit"')[2]


def test_a_step_waits_for_whom_it_is_and_never_for_his_own_work(cast: Cast) -> None:
    both = add(cast.office, "serba-bisa", "analyst", "reviewer")
    dossier = scene.opened(cast, at=NOW)
    scene.write(dossier, both, *scene.STUDY, at=NOW)
    scene.untied(dossier, both, at=NOW)
    scene.step(dossier, "submitted", both, at=NOW)
    on = NOW.date()
    waits = {each.login: desk_reading.waiting(each, on) for each in (both, cast.reviewer)}
    assert waits["serba-bisa"] == []
    assert [row[1:] for row in waits["penelaah"]] == [("step", dossier.pk)]
    scene.write(dossier, cast.reviewer, "review", at=NOW)
    scene.untied(dossier, cast.reviewer, at=NOW)
    scene.step(dossier, "accepted", cast.reviewer, at=NOW)
    assert desk_reading.waiting(cast.reviewer, on) == []
    assert len(desk_reading.waiting(cast.drafter, on)) == 1


def test_what_is_due_first_stands_first_and_long_lists_have_pages(cast: Cast) -> None:
    late = scene.opened(cast, at=NOW - timedelta(days=70), title="Sudah lama")
    for number in range(12):
        scene.opened(cast, at=NOW, title=f"Kebijakan {number}")
    shown = page(cast.analyst, "dossiers")
    assert shown.index(late.title) < shown.index(">Kebijakan ")
    assert "overdue" in shown
    assert "All 13" in shown
    client = seated(cast.analyst)
    whole = client.get(place("dossiers"), {"daftar": "tunggu"}).content.decode()
    assert whole.count("Kebijakan ") == 12
    for wrong in ("99", "-1", "x"):
        assert client.get(place("dossiers"), {"daftar": "kantor", "halaman": wrong})
    found = client.get(place("dossiers"), {"daftar": "kantor", "cari": "sudah"}).content.decode()
    assert late.title in found
    assert "Kebijakan 3" not in found


def test_overdue_debts_of_the_office_stand_on_top(cast: Cast) -> None:
    dossier = scene.opened(cast, at=NOW - timedelta(days=30))
    scene.in_lane(dossier, cast, at=NOW - timedelta(days=30), sunset_on=_day(60))
    shown = page(cast.analyst, "dossiers")
    assert "Your office has 2 overdue debts" in shown
    assert shown.index("overdue debts") < shown.index('id="tunggu"')
    assert "overdue debt" not in page(cast.lawyer, "dossiers")
    # The measure ends before its ratification would fall due: that day counts.
    days = [day.isoformat() for day, _kind, _key in desk_reading.waiting(cast.head, NOW.date())]
    assert days[-1] == _day(60)


def _day(ahead: int) -> str:
    return (NOW + timedelta(days=ahead)).date().isoformat()


# --- who comes in ---------------------------------------------------------------------------------


def test_an_officer_of_policy_begins_at_his_list_and_sees_no_link_that_he_cannot_open(
    cast: Cast, dossier: Dossier
) -> None:
    for officer in (cast.analyst, cast.head, cast.lawyer, cast.watcher):
        client = seated(officer)
        answer = client.get(reverse("cases:start"))
        assert answer["Location"] == place("dossiers")
        shown = client.get(answer["Location"]).content.decode()
        links = set(re.findall(r'href="(/en/meja/[^"?#]*)', shown))
        assert place("dossiers") in links
        for link in links:
            assert client.get(link).status_code in (200, 302), (officer.login, link)
        assert not any("/laporan/" in link or "/kasus/" in link for link in links)


def test_who_manages_officers_has_no_pages_of_policy(cast: Cast, dossier: Dossier) -> None:
    manager = add(cast.office, "pengelola", "administrator")
    client = seated(manager)
    shown = client.get(reverse("cases:start")).content.decode()
    assert "/kebijakan/" not in shown
    for link in set(re.findall(r'href="(/en/meja/[^"?#]*)', shown)):
        assert client.get(link).status_code == 200, link
    assert client.get(place("dossiers")).status_code == 404
    assert client.get(place("dossier", dossier.pk)).status_code == 404


def test_a_session_that_ended_leads_to_the_login_and_does_nothing(
    cast: Cast, dossier: Dossier
) -> None:
    client = seated(cast.analyst)
    seen = hidden(client.get(place("part", dossier.pk, "problem")).content.decode())
    Visit.objects.filter(officer=cast.analyst).delete()
    answer = send(client, "part", dossier.pk, "problem", seen=seen, **scene.PARTS["problem"])
    assert answer["Location"].startswith(reverse("accounts:login"))
    assert not Part.objects.exists()


def test_another_office_reads_what_is_public_and_no_draft(cast: Cast, dossier: Dossier) -> None:
    scene.write(dossier, cast.analyst, "problem", at=NOW)
    actions.write_part(
        dossier, "lane", scene.LANE | {"sunset_on": _day(60)}, seen=scene.now(dossier),
        by=cast.head, at=NOW,
    )  # fmt: skip
    words = scene.PARTS["problem"]["text"]
    assert words in page(cast.analyst, "dossier", dossier.pk)
    assert words in page(cast.lawyer, "dossier", dossier.pk)
    for officer in (cast.governor, cast.watcher):
        shown = page(officer, "dossier", dossier.pk)
        assert words not in shown
        assert scene.LANE["because"] not in shown
        client = seated(officer)
        for name, args in (
            ("part", ("problem",)), ("part-versions", ("problem",)), ("about", ()), ("lane", ()),
            ("milestone-new", ()), ("pieces", ()), ("piece-new", ("study",)),
        ):  # fmt: skip
            assert client.get(place(name, dossier.pk, *args)).status_code == 404, name
            assert client.post(place(name, dossier.pk, *args)).status_code in (404, 405), name


# --- opening and describing -----------------------------------------------------------------------


def test_a_dossier_is_opened_once_by_its_form(cast: Cast) -> None:
    seen = form(cast.analyst, "open")
    for _twice in range(2):
        done(send(cast.analyst, "open", seen=seen, **opening(cast)))
    found = Dossier.objects.get()
    assert (found.region_code, found.duties, found.groups) == ("32.04", ["service"], ["poor"])
    assert {row.organ_id for row in found.clearers.all()} == {cast.legal.pk, cast.money.pk}
    for stranger in (cast.head, cast.lawyer, cast.watcher):
        assert seated(stranger).get(place("open")).status_code == 404


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("title", "x" * 201, "200"),
        ("title", "", "required"),
        ("region", "Negeri Antah", "no region"),
        ("region", "Bandung", "say which"),
        ("legal", "9e8b3209-93c8-4bd5-9a04-98706cfe0db8", "valid choice"),
        ("duties", ["nothing"], "valid choice"),
    ],
)
def test_what_cannot_be_opened_keeps_what_was_typed(
    cast: Cast, field: str, typed: Any, said: str
) -> None:
    told = opening(cast, summary="Tiga desa tanpa air.", **{field: typed})
    shown = text_of(send(cast.analyst, "open", **told), 200)
    assert said in shown
    assert "Tiga desa tanpa air." in shown
    assert not Dossier.objects.exists()


def test_one_office_is_not_named_for_both_clearances(cast: Cast) -> None:
    told = opening(cast, legal=str(cast.money.pk))
    assert "One office does not give both" in text_of(send(cast.analyst, "open", **told), 409)
    assert not Dossier.objects.exists()


def test_a_short_part_is_saved_and_its_page_says_what_it_lacks(
    cast: Cast, dossier: Dossier
) -> None:
    where = ("part", dossier.pk, "problem")
    assert "At least 10 different words." in page(cast.analyst, *where)
    done(send(cast.analyst, *where, text="Anak lapar.", since="x"))
    lacks = "2 different words, 10 at least"
    assert lacks in page(cast.analyst, *where)
    assert lacks in page(cast.analyst, "dossier", dossier.pk)


def test_it_is_written_anew_what_a_dossier_is_about(cast: Cast, dossier: Dossier) -> None:
    told = {"title": "Makan pagi, dua kali", "region": "Indonesia"}
    done(send(cast.analyst, "about", dossier.pk, **told))
    dossier.refresh_from_db()
    assert (dossier.title, dossier.region_code) == ("Makan pagi, dua kali", "ID")
    assert seated(cast.head).get(place("about", dossier.pk)).status_code == 404


# --- parts ----------------------------------------------------------------------------------------


def flat(kind: str) -> dict[str, Any]:
    """A part of the scene as its form sends it."""
    body = scene.PARTS[kind]
    told = {key: value for key, value in body.items() if key != "rows"}
    rows = body.get("rows", [])
    for number, row in enumerate(rows):
        told |= {f"{number}-{key}": value for key, value in row.items()}
    return told | ({"rows": str(len(rows))} if rows else {})


def test_every_part_of_the_study_is_written_by_its_form(cast: Cast, dossier: Dossier) -> None:
    for kind in scene.STUDY:
        done(send(cast.analyst, "part", dossier.pk, kind, **flat(kind)))
    assert not course.lacking(dossier).keys() & set(parts.STUDY)
    written = course.bodies(dossier)["options"]
    assert written == parts.read("options", scene.PARTS["options"])
    # Shown again as it was written, a form that is sent back unchanged changes nothing.
    unchanged = send(cast.analyst, "part", dossier.pk, "options", **flat("options"))
    assert "Nothing has changed" in text_of(unchanged, 409)


def test_rows_are_added_and_nothing_typed_is_lost(cast: Cast, dossier: Dossier) -> None:
    client = seated(cast.analyst)
    where = place("part", dossier.pk, "evidence")
    told = hidden(client.get(where).content.decode())
    told |= {"0-claim": "Klaim <satu>", "0-grade": "compared", "0-url": "bukan alamat", "more": "1"}
    shown = text_of(client.post(where, told), 200)
    assert "Klaim <satu>" in shown
    assert 'value="bukan alamat"' in shown
    assert '<option value="compared" selected>' in shown
    assert "3-claim" in shown
    assert (hidden(shown)["once"], hidden(shown)["rows"]) == (told["once"], "4")
    assert not Part.objects.exists()
    told |= {"rows": "39", "more": "1"}
    shown = client.post(where, told).content.decode()
    assert 'name="more"' not in shown
    assert shown.count("-claim") >= parts.MOST_ROWS
    told |= {"rows": "9999999999"}
    assert client.post(where, told).status_code == 200


def test_a_row_that_was_begun_must_be_whole_and_an_empty_one_is_left_out(
    cast: Cast, dossier: Dossier
) -> None:
    told = {"rows": "3", "0-who": "Petani", "2-who": "Warga", "2-how": "Sedikit"}
    shown = text_of(send(cast.analyst, "part", dossier.pk, "gains", **told), 200)
    assert "Fill this in, or empty the whole row." in shown
    assert 'value="Petani"' in shown
    done(send(cast.analyst, "part", dossier.pk, "gains", **(told | {"0-who": ""})))
    assert Part.objects.get().body["rows"] == [{"who": "Warga", "how": "Sedikit"}]


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("cost", {"amount": "lima", "text": "x"}, "whole rupiah"),
        ("cost", {"amount": "-5", "text": "x"}, "whole rupiah"),
        ("problem", {"text": "x" * 20_001, "since": "y"}, "20000"),
        ("proposal", {"title": "x" * 301, "text": "y", "promised": "z"}, "300"),
    ],
)
def test_what_is_wrong_is_said_and_kept(
    cast: Cast, dossier: Dossier, kind: str, typed: dict[str, str], said: str
) -> None:
    shown = text_of(send(cast.analyst, "part", dossier.pk, kind, **typed), 200)
    assert said in shown
    assert all(value in shown for value in typed.values())
    assert not Part.objects.exists()


def test_ten_million_letters_are_refused_kindly(cast: Cast, dossier: Dossier) -> None:
    big = {"text": "x" * 10_000_000, "since": "y"}
    assert "20000" in text_of(send(cast.analyst, "part", dossier.pk, "problem", **big), 200)
    huge = {"text": "x" * 13_000_000, "since": "y"}
    assert "too much" in text_of(send(cast.analyst, "part", dossier.pk, "problem", **huge), 413)
    assert not Part.objects.exists()


def test_a_second_click_writes_one_version(cast: Cast, dossier: Dossier) -> None:
    seen = form(cast.analyst, "part", dossier.pk, "problem")
    for _twice in range(2):
        done(send(cast.analyst, "part", dossier.pk, "problem", seen=seen, **flat("problem")))
    assert Part.objects.count() == 1


def test_of_two_officers_at_once_the_second_keeps_what_he_typed(
    cast: Cast, dossier: Dossier
) -> None:
    other = add(cast.office, "analis-dua", "analyst")
    seen = form(other, "part", dossier.pk, "problem")
    done(send(cast.analyst, "part", dossier.pk, "problem", **flat("problem")))
    typed = {"text": "Versi petugas kedua", "since": "Kemarin"}
    answer = send(other, "part", dossier.pk, "problem", seen=seen, **typed)
    shown = text_of(answer, 409)
    assert "Part written" in shown
    assert "Versi petugas kedua" in shown
    assert Part.objects.count() == 1
    # Looked at once more, the same form is sent on what is newer.
    done(send(other, "part", dossier.pk, "problem", seen=hidden(shown), **typed))
    assert course.bodies(dossier)["problem"] == typed


def test_who_may_not_write_is_told_why_and_cannot(cast: Cast, dossier: Dossier) -> None:
    for officer, kind, why in (
        (cast.head, "problem", "None of your roles"),
        (cast.analyst, "review", "not written at the step"),
        (cast.analyst, "lane", "None of your roles"),
        (cast.lawyer, "legal_clearance", "not written at the step"),
        (cast.lawyer, "problem", "Another office writes"),
    ):
        shown = page(officer, "part", dossier.pk, kind)
        assert why in shown, (officer.login, kind)
        assert "<textarea" not in shown
        told = {"once": str(uuid4()), "version": "", "ground": "disaster", "sunset_on": _day(9)}
        answer = send(officer, "part", dossier.pk, kind, seen=told,
                      **{field.code: "5" for field in parts.KINDS[kind].fields
                         if field.asked not in ("ground", "day")})  # fmt: skip
        assert why in text_of(answer, 409)
    assert not Part.objects.exists()
    assert seated(cast.analyst).get(place("part", dossier.pk, "nothing")).status_code == 404


def test_two_versions_are_compared_word_by_word(cast: Cast, dossier: Dossier) -> None:
    scene.write(dossier, cast.analyst, "options", at=NOW)
    body = {"rows": [dict(row) for row in scene.PARTS["options"]["rows"]]}
    body["rows"][1]["text"] = "Keluarga miskin menerima kupon."
    body["rows"].append({"title": "<b>Pinjaman</b>", "text": "Tanpa bunga.", "cost": "1000"})
    actions.write_part(dossier, "options", body, seen=scene.now(dossier), by=cast.analyst, at=NOW)
    where = place("part-versions", dossier.pk, "options")
    shown = seated(cast.lawyer).get(where).content.decode()
    assert re.search(r"<ins>.*added.*miskin", shown)
    assert "&lt;b&gt;Pinjaman" in shown
    back = seated(cast.analyst).get(where, {"dari": "2", "ke": "1"}).content.decode()
    assert re.search(r"<del>.*removed.*miskin", back)
    for wrong in ({"dari": "99"}, {"ke": "x"}, {"dari": "1", "ke": "1"}):
        assert seated(cast.analyst).get(where, wrong).status_code == 200
    empty = place("part-versions", dossier.pk, "problem")
    assert seated(cast.analyst).get(empty).status_code == 404


# --- steps, interests, milestones, documents ------------------------------------------------------


def test_a_step_says_what_is_missing_and_is_refused_until_it_holds(
    cast: Cast, dossier: Dossier
) -> None:
    shown = page(cast.analyst, "step", dossier.pk, "submitted")
    assert "Not yet possible" in shown
    assert "<button>Do it" not in shown
    seen = {"once": str(uuid4()), "version": str(dossier.version)}
    text_of(send(cast.analyst, "step", dossier.pk, "submitted", seen=seen), 409)
    scene.write(dossier, cast.analyst, *scene.STUDY, at=NOW)
    scene.untied(dossier, cast.analyst, at=NOW)
    seen = form(cast.analyst, "step", dossier.pk, "submitted")
    for _twice in range(2):
        done(send(cast.analyst, "step", dossier.pk, "submitted", seen=seen))
    dossier.refresh_from_db()
    assert dossier.step == "review"
    assert dossier.journal.filter(act="step").count() == 1


def test_sending_back_asks_for_reasons_and_keeps_them(cast: Cast, dossier: Dossier) -> None:
    scene.studied(dossier, cast, at=NOW)
    scene.write(dossier, cast.reviewer, "review", at=NOW)
    where = ("step", dossier.pk, "sent_back")
    assert "required" in text_of(send(cast.reviewer, *where, words="  "), 200)
    seen = form(cast.reviewer, *where)
    scene.untied(dossier, cast.reviewer, at=NOW)
    shown = text_of(send(cast.reviewer, *where, seen=seen, words="Biayanya keliru."), 409)
    assert "Biayanya keliru." in shown
    done(send(cast.reviewer, *where, seen=hidden(shown), words="Biayanya keliru."))
    dossier.refresh_from_db()
    assert dossier.step == "study"
    assert "Biayanya keliru." in page(cast.watcher, "dossier", dossier.pk)


def test_a_step_of_others_or_of_nobody_is_refused_in_words(cast: Cast, dossier: Dossier) -> None:
    for officer, outcome in (
        (cast.head, "submitted"), (cast.governor, "submitted"), (cast.lawyer, "cleared"),
        (cast.analyst, "enacted"), (cast.analyst, "no-such-step"),
    ):  # fmt: skip
        before = dossier.journal.count()
        answer = seated(officer).get(place("step", dossier.pk, outcome))
        assert "Refused" in text_of(answer, 409), (officer.login, outcome)
        seen = {"once": str(uuid4()), "version": str(dossier.version), "words": "Begitu saja."}
        text_of(send(officer, "step", dossier.pk, outcome, seen=seen), 409)
        assert dossier.journal.count() == before


def test_a_declared_tie_keeps_from_acting_and_names_the_norm(cast: Cast, dossier: Dossier) -> None:
    scene.studied(dossier, cast, at=NOW)
    empty = send(cast.reviewer, "tie", dossier.pk, relation="gains")
    assert "Say in words" in text_of(empty, 200)
    tied = {"relation": "gains", "words": "Keluarga saya memasok beras."}
    done(send(cast.reviewer, "tie", dossier.pk, **tied))
    seen = {"once": str(uuid4()), "version": ""}
    answer = send(cast.reviewer, "part", dossier.pk, "review", seen=seen, text="Kuat.")
    shown = text_of(answer, 409)
    assert "UU 30/2014 ps 42, 43" in shown
    assert "Kuat." in shown
    outside = page(cast.watcher, "dossier", dossier.pk)
    assert tied["words"] in outside
    assert cast.reviewer.name not in outside


def test_who_clears_or_signs_beside_declares_too_and_is_kept_away(
    cast: Cast, dossier: Dossier
) -> None:
    words = scene.LANE | {"sunset_on": _day(60)}
    actions.write_part(dossier, "lane", words, seen=scene.now(dossier), by=cast.head, at=NOW)
    tied = {"relation": "family", "words": "Ipar saya tinggal di sana."}
    done(send(cast.governor, "tie", dossier.pk, **tied))
    assert "UU 30/2014" in page(cast.governor, "sign", dossier.pk)
    answer = send(cast.governor, "sign", dossier.pk, seen={"once": str(uuid4()), "version": ""})
    text_of(answer, 409)
    scene.signed(dossier, cast.deputy, at=NOW)
    scene.untied(dossier, cast.head, at=NOW)
    scene.step(dossier, "use_lane_disaster", cast.head, "Tidak dapat menunggu.", at=NOW)
    done(send(cast.lawyer, "part", dossier.pk, "legal_clearance", text="Tidak bertentangan."))
    done(send(cast.lawyer, "tie", dossier.pk, **tied))
    shown = page(cast.lawyer, "debt", dossier.pk, _debt("legal_clearance"))
    assert "You declared a tie" in shown


def test_milestones_are_set_and_done_by_their_forms(cast: Cast, dossier: Dossier) -> None:
    told = {"title": "Sepuluh dapur", "owner": "Dinas Contoh", "due_on": _day(90)}
    counted = {"planned": "1.000.000", "target": "1.000"}
    for odd in ("1.5", "-5", "1,2345", "seribu"):
        typed = told | counted | {"measure": "anak", "target": odd}
        refused = text_of(send(cast.executor, "milestone-new", dossier.pk, **typed), 200)
        assert "Write a number such as" in refused, odd
    assert "in which unit" in text_of(
        send(cast.executor, "milestone-new", dossier.pk, **told, **counted), 200
    )
    early = send(cast.executor, "milestone-new", dossier.pk, **(told | {"due_on": "2001-01-01"}))
    assert "its day has passed" in text_of(early, 409)
    wrong = send(cast.executor, "milestone-new", dossier.pk, **(told | {"due_on": "31-02-2027"}))
    assert "2027-02-14" in text_of(wrong, 200)
    done(send(cast.executor, "milestone-new", dossier.pk, **told, **counted, measure="anak"))
    scene.untied(dossier, cast.executor, at=NOW)
    scene.cleared(dossier, cast, at=NOW)
    row = dossier.milestones.get()
    assert row.target == 1000
    where = ("milestone-done", dossier.pk, row.pk)
    came = {"done_on": _day(0), "says": "Berjalan.", "result": "900", "spent": "900000"}
    assert "before it was decided" in page(cast.executor, *where)
    typed = {"once": str(uuid4()), "version": ""}
    too_soon = text_of(send(cast.executor, *where, seen=typed, **came), 409)
    assert "before it was decided" in too_soon
    scene.untied(dossier, cast.head, at=NOW)
    scene.step(dossier, "enacted", cast.head, "Sesuai kajian.", at=NOW)
    later = send(cast.executor, *where, **(came | {"done_on": _day(5)}))
    assert "between the beginning" in text_of(later, 409)
    earlier = send(cast.executor, *where, **(came | {"done_on": _day(-1)}))
    assert "between the beginning" in text_of(earlier, 409)
    unmeasured = {key: value for key, value in came.items() if key != "result"}
    assert "required" in text_of(send(cast.executor, *where, **unmeasured), 200)
    done(send(cast.executor, *where, **came))
    row.refresh_from_db()
    assert (row.result, row.spent) == (900, 900_000)
    assert seated(cast.head).get(place(*where)).status_code == 404


def test_after_the_end_its_forms_say_so_in_their_place(cast: Cast, dossier: Dossier) -> None:
    for by, name in ((cast.executor, "milestone-new"), (cast.analyst, "about")):
        assert "<button>" in page(by, name, dossier.pk)
    scene.step(dossier, "withdrawn", cast.head, "Tidak perlu lagi.", at=NOW)
    for by, name in ((cast.executor, "milestone-new"), (cast.analyst, "about")):
        shown = page(by, name, dossier.pk)
        assert "This dossier has ended; nothing can be added to it." in shown, name
        assert 'name="once"' not in shown, name


def test_documents_are_added_and_put_right(cast: Cast, dossier: Dossier) -> None:
    told = {"state": "found", "title": "Kajian gizi", "source": "Dinas Contoh", "read_on": _day(0)}
    done(send(cast.drafter, "piece-new", dossier.pk, "study", **told))
    piece = dossier.pieces.get()
    right = told | {"title": "Kajian gizi 2026"}
    done(send(cast.drafter, "piece-correct", dossier.pk, piece.pk, **right))
    shown = page(cast.analyst, "pieces", dossier.pk)
    assert "Kajian gizi 2026" in shown
    client = seated(cast.drafter)
    assert client.get(place("piece-new", dossier.pk, "poem")).status_code == 404
    assert client.get(place("piece-correct", dossier.pk, uuid4())).status_code == 404


# --- the lane -------------------------------------------------------------------------------------


def test_the_lane_warns_before_it_is_used(cast: Cast, dossier: Dossier) -> None:
    shown = page(cast.head, "lane", dossier.pk)
    assert "is owed from the moment of use" in shown
    assert "No norm was found that lets steps be skipped because of a promise." in shown
    assert "UU 30/2014 ps 28" in shown
    assert "0 of 1 dossiers of this office" in shown
    ways = desk_reading.lane_ways(dossier, NOW.date())
    days = {debt.rule.code: debt.due_on for debt in ways[0].debts}
    scene.in_lane(dossier, cast, at=NOW, sunset_on=_day(60))
    # Its words were not written yet: nobody knew then that it would end sooner.
    sooner = {"ratification": NOW.date() + timedelta(days=60)}
    assert days | sooner == {debt.code: debt.due_on for debt in dossier.debts.all()}
    assert seated(cast.head).get(place("lane", dossier.pk)).status_code == 404


def test_the_lane_from_its_words_to_its_use(cast: Cast, dossier: Dossier) -> None:
    words = scene.LANE | {"sunset_on": _day(60), "ground": "promise"}
    lacking = {key: value for key, value in words.items() if key != "rights"}
    answer = send(cast.head, "part", dossier.pk, "lane", **lacking)
    assert words["because"] in text_of(answer, 200)
    done(send(cast.head, "part", dossier.pk, "lane", **words))
    assert place("sign", dossier.pk) in page(cast.deputy, "dossiers")
    assert "does not sign beside himself" in page(cast.head, "sign", dossier.pk)
    for stranger in (cast.analyst, cast.lawyer, cast.watcher):
        assert seated(stranger).get(place("sign", dossier.pk)).status_code == 404
    scene.untied(dossier, cast.deputy, at=NOW)
    done(send(cast.deputy, "sign", dossier.pk))
    assert place("sign", dossier.pk) not in page(cast.deputy, "dossiers")
    assert "signed these words already" in page(cast.deputy, "sign", dossier.pk)
    other = seated(cast.head).get(place("step", dossier.pk, "use_lane_disaster"))
    assert other.status_code == 409
    done(send(cast.head, "tie", dossier.pk, relation="none"))
    use = ("step", dossier.pk, "use_lane_promise")
    assert "everything that is skipped is owed" in page(cast.head, *use)
    seen = form(cast.head, *use)
    for _twice in range(2):
        done(send(cast.head, *use, seen=seen, words="Dijanjikan dan ditunggu."))
    dossier.refresh_from_db()
    assert (dossier.path, dossier.debts.count()) == ("promise", 7)


def test_while_debts_are_overdue_the_office_above_is_asked(cast: Cast) -> None:
    first = scene.opened(cast, at=NOW - timedelta(days=30))
    scene.in_lane(first, cast, at=NOW - timedelta(days=30), sunset_on=_day(60))
    second = scene.opened(cast, at=NOW, title="Tanggul kedua")
    words = scene.LANE | {"sunset_on": _day(60)}
    done(send(cast.head, "part", second.pk, "lane", **words))
    assert place("sign", second.pk) in page(cast.governor, "dossiers")
    scene.untied(second, cast.deputy, at=NOW)
    done(send(cast.deputy, "sign", second.pk))
    assert "2 debts of this office are overdue" in page(cast.head, "lane", second.pk)
    use = ("step", second.pk, "use_lane_disaster")
    assert "Not yet possible" in page(cast.head, *use)
    scene.untied(second, cast.governor, at=NOW)
    done(send(cast.governor, "sign", second.pk))
    done(send(cast.head, "tie", second.pk, relation="none"))
    done(send(cast.head, *use, words="Tidak dapat menunggu."))
    second.refresh_from_db()
    assert second.lane.higher


def test_a_debt_is_paid_once_with_its_document_by_whose_it_is(cast: Cast, dossier: Dossier) -> None:
    scene.in_lane(dossier, cast, at=NOW, sunset_on=_day(60))
    report, study = (Debt.objects.get(code=code) for code in ("report", "study"))
    told = scene.paper("report")
    paper = {
        "title": "Laporan 7 kepada bupati", "source": told.source, "says": told.says,
        "read_on": _day(0),
    }  # fmt: skip
    where = ("debt", dossier.pk, report.pk)
    assert "None of your roles" in page(cast.analyst, *where)
    assert "Another office" in page(cast.lawyer, *where)
    assert seated(cast.governor).get(place(*where)).status_code == 404
    future = send(cast.head, *where, **(paper | {"issued_on": _day(3)}))
    assert "future" in text_of(future, 409)
    assert "Laporan 7" in text_of(send(cast.head, *where, **(paper | {"source": ""})), 200)
    asked = page(cast.head, *where)
    assert "At least 3 different words." in asked
    assert "At least 15 different words." in asked
    short = text_of(send(cast.head, *where, **(paper | {"says": "x", "title": "x"})), 409)
    assert "title: 0 different words, 3 at least" in short
    assert "what it says, in a few sentences: 0 different words, 15 at least" in short
    assert "empty paper" in page(cast.analyst, "debt", dossier.pk, study.pk)
    seen = form(cast.head, *where)
    for _twice in range(2):
        done(send(cast.head, *where, seen=seen, **paper))
    report.refresh_from_db()
    assert report.piece is not None
    assert report.piece.title == "Laporan 7 kepada bupati"
    assert "was paid on" in page(cast.head, *where)
    assert "Laporan 7" in page(cast.watcher, "dossier", dossier.pk)
    again = send(cast.head, *where, seen=seen | {"once": str(uuid4()), "version": ""}, **paper)
    assert "paid already" in text_of(again, 409)
    assert "Another office pays" in page(cast.head, "debt", dossier.pk, _debt("legal_clearance"))
    assert "Ratifying or revoking" in page(cast.head, "debt", dossier.pk, _debt("ratification"))


def _debt(code: str) -> int:
    return int(Debt.objects.get(code=code).pk)


def test_revoking_ends_it_in_words_of_its_own(cast: Cast, dossier: Dossier) -> None:
    scene.in_lane(dossier, cast, at=NOW, sunset_on=_day(60))
    shown = page(cast.head, "dossier", dossier.pk)
    assert "skipped" in shown
    done(send(cast.head, "step", dossier.pk, "revoke", words="Jalan sudah pulih."))
    shown = page(cast.head, "dossier", dossier.pk)
    assert "then revoked" in shown
    assert "Jalan sudah pulih." in shown
    assert seated(cast.head).get(place("step", dossier.pk, "ratify")).status_code == 409


def test_what_is_overdue_is_written_and_paid_from_the_page_after_the_end(
    cast: Cast, dossier: Dossier
) -> None:
    began = NOW - timedelta(days=90)
    dossier = scene.opened(cast, at=began)
    scene.in_lane(dossier, cast, at=began, sunset_on=_day(60))
    scene.step(dossier, "revoke", cast.head, "Jalan sudah pulih.", at=NOW)
    pay = {code: ("debt", dossier.pk, _debt(code)) for code in ("study", "legal_clearance")}
    assert place("part", dossier.pk, "problem") in page(cast.analyst, "dossier", dossier.pk)
    assert place("part", dossier.pk, "authority") not in page(cast.drafter, "dossier", dossier.pk)
    scene.write(dossier, cast.analyst, *scene.STUDY[1:], at=NOW)
    text = {key: str(value) for key, value in scene.body_of("problem", dossier).items()}
    done(send(cast.analyst, "part", dossier.pk, "problem", **text))
    told = scene.paper("study")
    paper = {"title": told.title, "source": told.source, "says": told.says, "read_on": _day(0)}
    assert place(*pay["study"]) in page(cast.analyst, "dossier", dossier.pk)
    done(send(cast.analyst, *pay["study"], **paper))
    done(send(cast.lawyer, "tie", dossier.pk, relation="none"))
    text = {"text": scene.PARTS["legal_clearance"]["text"]}
    done(send(cast.lawyer, "part", dossier.pk, "legal_clearance", **text))
    done(send(cast.lawyer, *pay["legal_clearance"], **paper))
    left = set(Debt.objects.owed().values_list("code", flat=True))
    assert left == {"notice", "report", "budget_clearance", "audit"}
    shown = page(cast.head, "dossier", dossier.pk)
    assert "30 days late" in shown  # the study
    assert "15 days late" in shown  # the legal clearance


# --- every page -----------------------------------------------------------------------------------


def test_looking_changes_nothing_at_any_step(cast: Cast, dossier: Dossier) -> None:
    """Each page of the desk, by four officers, at three steps: a page or none, and never an act."""
    scene.planned(dossier, cast, at=NOW)
    actions.add_piece(
        dossier, scene.paper("study", NOW), seen=scene.now(dossier), by=cast.analyst, at=NOW
    )
    lane = scene.opened(cast, at=NOW, title="Jembatan")
    scene.in_lane(lane, cast, at=NOW, sunset_on=_day(60))
    ended = scene.opened(cast, at=NOW, title="Selesai")
    scene.evaluated(ended, cast, at=NOW)
    before = Line.objects.count()
    for officer in (cast.head, cast.analyst, cast.lawyer, cast.governor):
        client = seated(officer)
        for found in (dossier, lane, ended):
            for where in every_page(found):
                assert client.get(where).status_code in (200, 404, 409), (officer.login, where)
    assert Line.objects.count() == before


def every_page(dossier: Dossier) -> list[str]:
    milestone, piece, debt = (
        rows.first() for rows in (dossier.milestones, dossier.pieces, dossier.debts)
    )
    outcomes = ("submitted", "withdrawn", "use_lane_disaster", "cleared", "ratify", "nothing")
    found = [
        *(("step", outcome) for outcome in outcomes),
        *(("part", kind) for kind in ("problem", "lane", "legal_clearance")),
        ("dossier",), ("about",), ("tie",), ("milestone-new",), ("pieces",), ("lane",), ("sign",),
        ("piece-new", "study"), ("part-versions", "problem"),
    ]  # fmt: skip
    found += [("milestone-done", milestone.pk)] if milestone else []
    found += [("piece-correct", piece.pk)] if piece else []
    found += [("debt", debt.pk)] if debt else []
    return [place(name, dossier.pk, *args) for name, *args in found]
