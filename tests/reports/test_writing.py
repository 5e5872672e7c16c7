"""A frightened person writes a report, without JavaScript, in either language."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.reports.conftest import Office
from tests.reports.reader import Page, get, post
from timbang.ledger.models import Entry
from timbang.reports import actions, receipt
from timbang.reports.models import Report, StagedFile

# The door alone: nothing of the desk is there.
pytestmark = [pytest.mark.django_db, pytest.mark.urls("timbang.web.urls_intake")]

LANGUAGES = {
    "id": ("/lapor/tulis/", "Tanda terima", "Periksa sebelum mengirim"),
    "en": ("/en/lapor/tulis/", "Your receipt", "Check before sending"),
}
STORY = "Kepala dinas membagikan kaus calon kepada staf.\nSaya melihatnya sendiri."


def begin(client: Client, url: str = "/lapor/tulis/", province: str = "32") -> Page:
    return get(client, url).press("fill", province=province)


def written(client: Client, url: str = "/lapor/tulis/", **more: object) -> Page:
    told = {"p0_name": "Pejabat Satu", "p0_agency": "Dinas Pendidikan", "narrative": STORY}
    return begin(client, url).press("review", **{**told, **more})


def receipt_on(page: Page) -> str:
    found = re.search(r"([0-9A-Z]{4}-){5}[0-9A-Z]{4}", page.text)
    assert found, page.text
    return found[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_is_written_checked_sent_and_opened_by_its_office(
    client: Client, office: Office, language: str
) -> None:
    url, title, check = LANGUAGES[language]
    review = written(client, url, conduct=["attend_active", "other"], happened_from="2024-11-02")
    assert check in review
    assert "Pejabat Satu, Dinas Pendidikan" in review
    assert not Report.objects.exists()
    sent = review.press("send")
    assert title in sent
    opened = actions.open_report(Report.objects.get(), office.private)
    assert opened.content.accused[0].name == "Pejabat Satu"
    assert opened.content.narrative == STORY
    assert opened.content.conduct == ("attend_active", "other")
    assert opened.content.language == language
    assert actions.find(receipt.parse(receipt_on(sent))) == opened.report


def test_everything_that_can_be_told_arrives(client: Client, office: Office) -> None:
    page = begin(client)
    page = page.press("person", p0_name="Satu", p0_post="Camat")
    told = {
        "region": "32.73", "p0_region": "32.04", "p1_agency": "Kelurahan Dua",
        "conduct": ["photo"], "happened_from": "01-02-2027", "happened_until": "2027-02-03",
        "learned_on": "5/2/2027", "place": "Balai desa", "witnesses": "Tetangga",
        "contest_kind": "mayor", "side_direction": "for", "side_kind": "candidate",
        "side_name": "Calon Tiga", "ordered_by": ["superior"], "means": ["forced", "keep_post"],
    }  # fmt: skip
    with timezone_on("2027-02-10"):
        page.press("review", **told).press("send")
    content = actions.open_report(Report.objects.get(), office.private).content
    assert [(p.name, p.post, p.agency, p.region) for p in content.accused] == [
        ("Satu", "Camat", "", "32.04"), ("", "", "Kelurahan Dua", ""),
    ]  # fmt: skip
    assert str(content.happened_from) == "2027-02-01"
    assert str(content.happened_until) == "2027-02-03"
    assert str(content.learned_on) == "2027-02-05"
    assert (content.region, content.place, content.witnesses) == ("32.73", "Balai desa", "Tetangga")
    assert (content.side_direction, content.side_kind, content.side_name) == (
        "for", "candidate", "Calon Tiga",
    )  # fmt: skip
    assert (content.ordered_by, content.means) == (("superior",), ("forced", "keep_post"))
    assert content.election_kind() == "pemilihan"


def timezone_on(day: str):  # type: ignore[no-untyped-def]
    from datetime import UTC, datetime
    from unittest.mock import patch

    return patch.object(
        timezone, "now", lambda: datetime.fromisoformat(f"{day}T05:00:00").replace(tzinfo=UTC)
    )


def test_changing_something_brings_every_answer_back(client: Client, office: Office) -> None:
    told = {"conduct": ["photo", "other"], "place": "Balai desa", "means": ["forced"],
            "way": "named", "identity_name": "Siti", "identity_address": "Jalan Mawar\nBandung"}  # fmt: skip
    again = written(client, **told).press("fill")
    assert again.form.values["conduct"] == ["photo", "other"]
    assert again.form.values["narrative"] == [STORY.replace("\n", "\r\n")]
    assert again.form.values["identity_address"] == ["Jalan Mawar\r\nBandung"]
    assert again.form.values["means"] == ["forced"]
    assert again.form.values["way"] == ["named"]


def test_the_language_can_be_changed_in_the_middle_without_losing_a_word(
    client: Client, office: Office
) -> None:
    page = begin(client)
    here = [value for _name, value, action in page.form.buttons if action]
    assert here == ["fill"]
    english = page.press("fill", narrative=STORY)
    assert "Whom do you report?" in english
    assert english.form.values["narrative"] == [STORY.replace("\n", "\r\n")]
    assert english.form.values["draft"] == page.form.values["draft"]


def test_a_person_can_be_taken_out_and_the_others_stay(client: Client, office: Office) -> None:
    page = begin(client).press("person", p0_name="Satu").press("person", p1_name="Dua")
    page = page.press("drop-0", p2_name="Tiga")
    names = {key: value for key, value in page.form.values.items() if key.endswith("-name")}
    assert names == {"p0-name": ["Dua"], "p1-name": ["Tiga"]}


def test_no_more_than_ten_persons_are_asked_for(client: Client, office: Office) -> None:
    page = begin(client)
    while "person" in page.buttons:
        page = page.press("person")
    assert page.form.values["people"] == ["10"]


def test_a_named_report_seals_the_identity_apart(client: Client, office: Office) -> None:
    told = {"way": "named", "identity_name": "Siti Pelapor", "identity_address": "Jalan Mawar 1"}
    written(client, **told).press("send")
    report = Report.objects.get()
    assert report.way == "report"
    assert "Siti" not in repr(actions.open_report(report, office.private))
    at = timezone.now()
    with pytest.raises(actions.Refusal):
        actions.open_identity(report, office.private, by=office.officer, reason=" ", at=at)
    assert not Entry.objects.filter(act="report.identity_opened").exists()
    who = actions.open_identity(
        report, office.private, by=office.officer, reason="Klarifikasi", at=at
    )
    assert (who.name, who.address) == ("Siti Pelapor", "Jalan Mawar 1")
    entry = Entry.objects.get(act="report.identity_opened")
    assert entry.lane == "now"
    assert entry.body["by"] == str(office.officer.id)
    assert "Klarifikasi" not in str(entry.body)
    [(opening, reason)] = actions.identity_openings(report, office.private)
    assert (opening.officer, opening.entry, reason) == (office.officer, entry, "Klarifikasi")
    assert b"Klarifikasi" not in bytes(opening.sealed_reason)


def test_a_name_typed_before_choosing_to_stay_unknown_is_not_kept(
    client: Client, office: Office
) -> None:
    told = {"way": "anonymous", "identity_name": "Siti Pelapor", "identity_address": "Jalan"}
    written(client, **told).press("send")
    report = Report.objects.get()
    assert report.way == "prior_information"
    assert report.sealed_identity is None


def test_a_named_report_without_an_address_is_asked_for_it(client: Client, office: Office) -> None:
    page = written(client, way="named", identity_name="Siti")
    assert "nama dan alamat" in page
    assert page.form.values["identity_name"] == ["Siti"]
    assert "open><summary>" in page.html


def test_with_two_offices_the_reporter_chooses_and_only_that_one_can_open(
    client: Client, office: Office, other_office: Office
) -> None:
    page = written(client)
    assert "pilih kantor" in page.text.lower()
    assert page.form.values["narrative"] == [STORY.replace("\n", "\r\n")]
    page.press("review", organ=str(other_office.organ.id)).press("send")
    report = Report.objects.get()
    assert actions.open_report(report, other_office.private).content.narrative == STORY
    with pytest.raises(actions.keys.WrongKey):
        actions.open_report(report, office.private)


def test_a_province_without_an_office_says_so(client: Client, office: Office) -> None:
    page = begin(client, province="94")
    assert "Belum ada kantor" in page
    assert "Bawaslu" in page


@pytest.mark.parametrize(
    ("learned_days_ago", "words"),
    [(0, "belum ada hari yang terhitung"), (3, "hari ke-3 dari 7"), (60, "terlambat")],
)
def test_the_reporters_own_term_is_shown_and_never_refuses(
    client: Client, office: Office, learned_days_ago: int, words: str
) -> None:
    learned = timezone.now().astimezone().date() - timedelta(days=learned_days_ago)
    page = written(client, learned_on=learned.isoformat(), contest_kind="mayor")
    assert words in page.text.lower()
    page.press("send")
    assert Report.objects.count() == 1


def test_the_two_readings_of_the_general_election_term_are_both_shown(
    client: Client, office: Office
) -> None:
    # Wednesday 10-02-2027; known on Friday 05-02: day 3 by working days only without holidays,
    # Monday 8, Tuesday 9, Wednesday 10; day 5 by days.
    with timezone_on("2027-02-10"):
        page = written(client, learned_on="2027-02-05", contest_kind="president")
    assert "UU 7/2017 ps. 454(6)" in page
    assert "Perbawaslu 7/2022 ps. 8(3)" in page
    assert "hari ke-5 dari 7" in page.text.lower()


# Sent twice, in any way


def test_a_double_click_is_one_report_with_one_receipt(client: Client, office: Office) -> None:
    review = written(client)
    first, second = review.press("send"), review.press("send")
    assert receipt_on(first) == receipt_on(second)
    assert "sudah terkirim" in second
    assert Report.objects.count() == Entry.objects.filter(act="report.filed").count() == 1


def test_words_changed_after_sending_are_not_lost_in_silence(
    client: Client, office: Office
) -> None:
    review = written(client)
    first = review.press("send")
    changed = review.press("fill").press("review", narrative="Cerita lain").press("send")
    assert receipt_on(changed) == receipt_on(first)
    assert "sudah terkirim sebelumnya" in changed
    assert actions.open_report(Report.objects.get(), office.private).content.narrative == STORY


def test_a_name_given_after_sending_is_not_taken_in_silence(client: Client, office: Office) -> None:
    review = written(client)
    first = review.press("send")
    who = {"way": "named", "identity_name": "Ani", "identity_address": "Jalan Satu"}
    named = review.press("fill").press("review", **who).press("send")
    assert receipt_on(named) == receipt_on(first)
    assert "sudah terkirim sebelumnya" in named


def test_a_double_click_with_a_file_is_one_report_with_one_file(
    client: Client, office: Office
) -> None:
    page = begin(client).press("files", p0_name="Satu", narrative=STORY, files=[upload()])
    review = page.press("review")
    first, second = review.press("send"), review.press("send")
    assert receipt_on(first) == receipt_on(second)
    assert len(actions.open_report(Report.objects.get(), office.private).attachments) == 1


def upload(name: str = "catatan.txt", data: bytes = b"isi berkas rahasia") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


# Bad input


def test_a_day_in_the_future_is_refused_kindly_and_everything_is_kept(
    client: Client, office: Office
) -> None:
    page = written(client, happened_from="2124-01-01", place="Balai desa")
    assert "belum terjadi" in page.text or "masa depan" in page.text
    assert page.form.values["narrative"] == [STORY.replace("\n", "\r\n")]
    assert page.form.values["place"] == ["Balai desa"]
    assert page.form.values["happened_from"] == ["2124-01-01"]


@pytest.mark.parametrize(
    "day",
    ["2027-02-30", "kemarin", "0001-01-01", "1889-01-01", "99999-01-01", "2027-13-01", "\x00"],
)
def test_what_is_no_day_is_said_and_never_an_error_of_ours(
    client: Client, office: Office, day: str
) -> None:
    page = written(client, learned_on=day)
    assert page.response.status_code == 200
    assert "Mohon periksa" in page


def test_a_last_day_before_the_first_is_said(client: Client, office: Office) -> None:
    page = written(client, happened_from="2026-02-03", happened_until="2026-02-01")
    assert "sebelum hari pertama" in page


def test_a_text_of_ten_megabytes_is_cut_to_its_limit_with_a_message(
    client: Client, office: Office
) -> None:
    page = written(client, narrative="kata " * 2_000_000, place="Balai desa")
    assert page.response.status_code == 200
    assert "10000000" in page.text
    assert page.form.values["narrative"][0] == ("kata " * 4000)
    assert page.form.values["place"] == ["Balai desa"]
    assert len(page.html) < 80_000


def test_more_than_the_server_reads_is_refused_with_a_page(client: Client, office: Office) -> None:
    body = written(client).filled() | {"do": "send", "narrative": "x" * 13_000_000}
    assert client.post("/lapor/tulis/", body).status_code in (400, 413)


def test_a_text_at_its_limit_is_not_cut_and_line_ends_count_once(
    client: Client, office: Office
) -> None:
    story = ("sembilan.\n" * 2000)[:20_000]
    written(client, narrative=story).press("send")
    assert (
        actions.open_report(Report.objects.get(), office.private).content.narrative == story.strip()
    )


def test_an_empty_form_says_what_is_needed(client: Client, office: Office) -> None:
    page = begin(client).press("review")
    assert "ceritakan" in page.text.lower()
    assert "nama, jabatan, atau kantor" in page.text.lower()
    assert not Report.objects.exists()


def test_all_that_is_wrong_or_missing_is_said_at_once(client: Client, office: Office) -> None:
    page = begin(client).press("review", learned_on="2124-01-01", p0_region="32.04")
    assert "Mohon periksa" in page.html.split("</title>")[0]
    assert "masa depan" in page
    assert "ceritakan" in page.text.lower()
    assert "nama, jabatan, atau kantor" in page.text.lower()


@pytest.mark.parametrize(
    "odd",
    [
        {"do": "drop-" + "9" * 5000},
        {"do": "drop-²"},
        {"do": "unstage-" + "-" * 36},
        {"staged": ["-" * 36, "a" * 36]},
        {"people": "9" * 5000},
        {"region": "94.71"},
    ],
)
def test_changed_hidden_values_are_never_an_error_of_ours(
    client: Client, office: Office, odd: dict[str, object]
) -> None:
    page = written(client)
    body = page.filled() | {"do": "review"} | odd
    answer = post(client, "/lapor/tulis/", body)
    assert answer.response.status_code == 200
    assert "94.71" not in answer.text


@pytest.mark.parametrize("do", ["", "send", "review", "fill", "place", "person", "drop-0", "xyz"])
def test_an_empty_body_is_never_an_error_of_ours(client: Client, office: Office, do: str) -> None:
    page = post(client, "/lapor/tulis/", {"do": do})
    assert page.response.status_code == 200
    assert "provinsi" in page.text.lower()


def test_the_place_alone_or_the_conduct_other_alone_is_not_enough(
    client: Client, office: Office
) -> None:
    page = begin(client).press("review", conduct=["other"], p0_name="Satu")
    assert "ceritakan" in page.text.lower()


@pytest.mark.parametrize("draft", ["", "expired", "0" * 63 + "g", "\x00" * 64, "é" * 64])
@pytest.mark.parametrize("do", ["review", "send"])
def test_an_expired_page_keeps_the_text_and_gets_a_fresh_draft(
    client: Client, office: Office, draft: str, do: str
) -> None:
    body = written(client).filled() | {"draft": draft, "do": do}
    page = post(client, "/lapor/tulis/", body)
    assert "rusak atau terlalu lama" in page
    assert page.form.values["narrative"] == [STORY.replace("\n", "\r\n")]
    assert receipt.read_draft(page.form.values["draft"][0])
    assert not Report.objects.exists()
    page.press("review").press("send")
    assert Report.objects.count() == 1


ODD = ["'; DROP TABLE reports_report; --", "<script>alert(1)</script>", "\x00\x01\x02", "\u202egpj.exe",
       "%s %(x)s {{ 7|add:7 }}", "𝕯𝖎𝖓𝖆𝖘 🧾", "a" * 300]  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_odd_text_in_every_input_is_never_an_error_of_ours(
    client: Client, office: Office, odd: str
) -> None:
    body = written(client).filled()
    for name in [
        *body,
        "conduct",
        "organ",
        "way",
        "region",
        "province",
        "staged",
        "people",
        "p0-region",
    ]:
        answer = client.post("/lapor/tulis/", body | {name: odd, "do": "send"})
        assert answer.status_code == 200, name
        assert "<script>alert" not in answer.content.decode()


def test_sql_and_markup_arrive_as_they_were_typed(client: Client, office: Office) -> None:
    written(client, narrative=ODD[0] + ODD[1]).press("send")
    assert (
        actions.open_report(Report.objects.get(), office.private).content.narrative
        == ODD[0] + ODD[1]
    )


# Files


def test_a_file_is_staged_shown_and_sent(client: Client, office: Office) -> None:
    page = begin(client).press("files", p0_name="Satu", narrative=STORY, files=[upload()])
    assert "catatan.txt" in page
    page.press("review").press("send")
    opened = actions.open_report(Report.objects.get(), office.private)
    assert [file.about.name for file in opened.attachments] == ["catatan.txt"]
    assert opened.attachments[0].read(copy=False) == b"isi berkas rahasia"
    assert not StagedFile.objects.exists()


def test_the_same_file_sent_again_after_a_crash_is_one_file(client: Client, office: Office) -> None:
    sheet, same = begin(client), upload("a.txt", b"satu")
    for _attempt in range(2):  # the answer to the first never came: the same page, sent again
        same.seek(0)
        page = sheet.press("files", files=[same])
    page = page.press("files", files=[upload("b.txt", b"satu"), upload("a.txt", b"dua")])
    assert page.text.count("a.txt (") == 2
    assert page.text.count("b.txt (") == 1
    assert StagedFile.objects.count() == 3


def test_a_file_chosen_without_pressing_add_is_shown_before_it_is_sent(
    client: Client, office: Office
) -> None:
    page = begin(client).press("review", p0_name="Satu", narrative=STORY, files=[upload()])
    assert "Periksa sebelum mengirim" in page
    assert "catatan.txt" in page
    page.press("send")
    assert len(actions.open_report(Report.objects.get(), office.private).attachments) == 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../x", "x"),
        ("..\\..\\etc\\passwd", "passwd"),
        ("foto\u202egpj.exe", "fotogpj.exe"),
        ("a" * 4000 + ".jpg", "….jpg"),
        ("nama\x00\x07\x1b[31m.png", "31m.png"),
        ("con <b>.txt", "con <b>.txt"),
    ],
)
def test_a_hostile_file_name_is_harmless_text_and_nothing_on_the_disk(
    client: Client, office: Office, settings: object, name: str, shown: str
) -> None:
    page = begin(client).press("files", files=[upload(name)], narrative=STORY)
    assert page.response.status_code == 200
    assert shown in page
    on_disk = {path.name for path in settings.FILES.rglob("*") if path.is_file()}  # type: ignore[attr-defined]
    assert on_disk and all(re.fullmatch(r"[0-9a-f]{32}(\.c)?", found) for found in on_disk)


def test_an_empty_a_large_and_a_sixth_file_are_refused_and_the_others_kept(
    client: Client, office: Office
) -> None:
    large = upload("besar.mp4", bytes(15 * 1024 * 1024 + 1))
    files = [upload("kosong.txt", b""), large, *(upload(f"ke-{n}.txt") for n in range(6))]
    page = begin(client).press("files", files=files, narrative=STORY)
    assert "besar.mp4" in page and "terlalu besar" in page
    assert ("kosong.txt" in page and "Berkas itu kosong" in page) or "kosong" in page
    assert "ke-5.txt: sudah ada 5 berkas" in page
    assert StagedFile.objects.count() == 5
    assert page.form.values["narrative"] == [STORY.replace("\n", "\r\n")]


def test_a_file_can_be_taken_out_again_and_leaves_the_disk(
    client: Client, office: Office, settings: object
) -> None:
    page = begin(client).press("files", files=[upload()], narrative=STORY)
    drop = next(value for value in page.buttons if value.startswith("unstage-"))
    page = page.press(drop)
    assert "catatan.txt" not in page.text.replace("(catatan.txt)", "")
    assert not StagedFile.objects.exists()
    assert not [path for path in settings.FILES.rglob("*") if path.is_file()]  # type: ignore[attr-defined]


def test_files_of_an_unsent_report_go_after_two_days_and_the_page_says_so(
    client: Client, office: Office, settings: object
) -> None:
    review = begin(client).press("review", p0_name="Satu", narrative=STORY, files=[upload()])
    now = timezone.now()
    assert actions.purge_staged(at=now + timedelta(days=1)) == 0
    assert actions.purge_staged(at=now + timedelta(days=4)) == 1
    assert not [path for path in settings.FILES.rglob("*") if path.is_file()]  # type: ignore[attr-defined]
    page = review.press("send")
    assert "tambahkan lagi" in page.text.lower()
    assert not Report.objects.exists()
    assert page.form.values["narrative"] == [STORY.replace("\n", "\r\n")]
    page.press("review").press("send")
    assert Report.objects.count() == 1


def test_the_files_of_another_draft_cannot_be_taken_along(client: Client, office: Office) -> None:
    theirs = begin(client).press("files", files=[upload("orang-lain.txt")])
    body = written(client).filled() | {"do": "send", "staged": theirs.form.values["staged"][0]}
    page = post(client, "/lapor/tulis/", body)
    assert "orang-lain.txt" not in page.html
    assert not Report.objects.exists()
    assert StagedFile.objects.count() == 1


def test_the_enter_key_goes_on_and_never_changes_the_language(
    client: Client, office: Office
) -> None:
    place = get(client, "/lapor/tulis/")
    assert place.form.buttons[0][1:] == ("fill", "")
    assert place.press("fill", province="32").form.buttons[0][1:] == ("review", "")


def test_nothing_is_called_missing_before_it_was_asked_for(
    client: Client, office: Office, other_office: Office
) -> None:
    assert "Mohon periksa" not in begin(client).press("person")
