"""Reports at the desk: open, ask back, reject with a reason, open the identity, download a file."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cases.conftest import (
    AT,
    SECRET_FILE,
    SECRET_NAME,
    SECRET_WORDS,
    Office,
    file_report,
    log_in,
    make_case,
)
from timbang.cases import actions
from timbang.cases.files import disposition
from timbang.cases.models import Case, OpenTerm, PublicRow
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.ledger.models import Entry
from timbang.reports import actions as reports
from timbang.reports.models import Report


def at(name: str, report: Report, **more: object) -> str:
    return reverse(f"cases:{name}", kwargs={"report_id": report.pk, **more})


def body(client: object, place: str, **told: object) -> dict[str, object]:
    """The hidden fields of a form as the browser would send them back."""
    form = client.get(place).context["form"]  # type: ignore[attr-defined]
    hidden = {field.name: field.value() for field in form.hidden_fields()}
    return {key: value for key, value in {**hidden, **told}.items() if value is not None}


def test_a_report_opens_and_its_reporter_stays_sealed(alice: Desk, report: Report) -> None:
    page = log_in("alice").get(at("report", report)).content.decode()
    assert SECRET_WORDS in page
    assert "Tjahjo Koemolo" in page
    assert SECRET_NAME not in page


def test_opening_the_identity_needs_a_reason(alice: Desk, report: Report) -> None:
    client = log_in("alice")
    place = at("identity", report)
    answer = client.post(place, body(client, place, reason=" "))
    assert SECRET_NAME not in answer.content.decode()
    assert not Entry.objects.filter(act="report.identity_opened").exists()


def test_opening_the_identity_is_an_entry_of_its_own(alice: Desk, report: Report) -> None:
    client = log_in("alice")
    place = at("identity", report)
    answer = client.post(place, body(client, place, reason="Verifikasi syarat formal"))
    assert SECRET_NAME in answer.content.decode()
    entry = Entry.objects.get(act="report.identity_opened")
    assert "Verifikasi" not in str(entry.body)
    assert entry.body["by"] == str(alice.officer.pk)
    # Reloaded, the page asks again.
    assert SECRET_NAME not in client.get(place).content.decode()


def test_the_reporter_is_asked_back(alice: Desk, report: Report) -> None:
    client = log_in("alice")
    place = at("ask", report)
    answer = client.post(place, body(client, place, text="Siapa saksinya?"))
    assert answer["Location"].endswith("?done=asked")
    report.refresh_from_db()
    assert report.status == "question"
    opened = reports.open_report(report, alice.private)
    assert [message.text for message in opened.messages] == ["Siapa saksinya?"]


def test_a_question_sent_twice_is_asked_once(alice: Desk, report: Report) -> None:
    for _click in range(2):
        actions.ask_reporter(report, "Siapa saksinya?", by=alice, at=AT)
    assert report.messages.count() == 1


def test_a_rejection_gives_its_reason_and_ends_the_term(alice: Desk, report: Report) -> None:
    actions.route_new_reports(at=AT)
    client = log_in("alice")
    place = at("reject", report)
    told = body(client, place, reason="Bukan ASN.", sure="on")
    assert client.post(place, told).status_code == 302
    report.refresh_from_db()
    assert report.status == "rejected"
    opened = reports.open_report(report, alice.private)
    assert opened.messages[-1].text == "Bukan ASN."
    assert PublicRow.objects.get().state == "rejected"
    assert PublicRow.objects.get().days_taken is not None
    assert not OpenTerm.objects.running().exists()


def test_a_rejection_must_be_confirmed(alice: Desk, report: Report) -> None:
    client = log_in("alice")
    place = at("reject", report)
    answer = client.post(place, body(client, place, reason="Bukan ASN."))
    assert "cannot be undone" in answer.content.decode()
    report.refresh_from_db()
    assert report.status == "received"


def test_a_report_of_a_case_is_not_rejected(case: Case, report: Report, alice: Desk) -> None:
    with pytest.raises(Refusal, match="belongs to a case"):
        actions.reject_report(report, reason="x", by=alice, at=AT)


def test_a_rejected_report_makes_no_case(report: Report, alice: Desk) -> None:
    actions.reject_report(report, reason="x", by=alice, at=AT)
    report.refresh_from_db()
    with pytest.raises(Refusal, match="was rejected"):
        make_case(alice, report)


def test_a_case_is_made_and_joined_through_the_pages(bawaslu: Office, report: Report) -> None:
    client = log_in("alice")
    place = at("new-case", report)
    told = body(client, place, kind="neutrality", procedure="sbt_neutrality:study", people=["0"])
    refused = client.post(place, told).content.decode()
    assert "Write why" in refused
    told = body(
        client,
        place,
        kind="neutrality",
        procedure="sbt_neutrality:study",
        people=["0"],
        reason="Lewat SBT",
    )
    first = client.post(place, told)
    assert client.post(place, told)["Location"] == first["Location"]
    case = Case.objects.get()
    page = client.get(first["Location"]).content.decode()
    assert case.number in page
    assert "Tjahjo Koemolo" in page
    more = file_report(bawaslu.organ)
    place = at("join", more)
    assert client.post(place, body(client, place, case=str(case.pk))).status_code == 302
    assert case.reports.count() == 2


def test_a_file_comes_as_a_harmless_download(bawaslu: Office) -> None:
    report = file_report(bawaslu.organ, files=True)
    opened = reports.open_report(report, bawaslu.desks["alice"].private)
    place = at("report-original", report, attachment_id=opened.attachments[0].id)
    answer = log_in("alice").get(place)
    assert SECRET_WORDS in answer.content.decode()
    assert answer["Content-Disposition"].startswith(f'attachment; filename="{SECRET_FILE}"')
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "etc_passwd"),
        ('a"; filename="evil.exe', "evil.exe"),
        ("baris\r\nSet-Cookie: x", "baris"),
        ("\u202egnp.exe", "gnp.exe"),
        ("....", "file"),
        ("foto " + "x" * 400 + ".jpg", ".jpg"),
    ],
)
def test_no_file_name_breaks_out_of_its_header(name: str, plain: str) -> None:
    header = disposition(name)
    shown = header.split('filename="')[1].split('"')[0]
    assert header.count('"') == 2
    assert not set(shown) & set('\r\n/\\"\u202e')
    assert len(shown) <= 100
    assert plain.replace("_", " ") in shown.replace("_", " ")


def test_the_list_shows_what_waits(alice: Desk, report: Report) -> None:
    actions.route_new_reports(at=AT)
    page = log_in("alice").get(reverse("cases:start")).content.decode()
    assert "Tjahjo Koemolo" in page
    assert "published practice, not law" in page


def test_empty_lists_say_so(alice: Desk) -> None:
    page = log_in("alice").get(reverse("cases:start")).content.decode()
    assert "Nothing waits here" in page
    assert "No case waits for your office" in page


def test_a_very_long_name_and_markup_stay_text(bawaslu: Office) -> None:
    from timbang.reports.content import AccusedPerson

    name = "<script>alert(1)</script>" + "Panjang" * 20
    report = file_report(bawaslu.organ, accused=(AccusedPerson(name=name),))
    page = log_in("alice").get(at("report", report)).content.decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_many_reports_take_few_questions_and_come_page_by_page(
    bawaslu: Office, django_assert_max_num_queries: object
) -> None:
    for _report in range(52):
        file_report(bawaslu.organ)
    while actions.route_new_reports(at=AT):  # a few at once
        pass
    client = log_in("alice")
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        page = client.get(reverse("cases:start")).content.decode()
    assert "All reports without a case" in page
    place = reverse("cases:reports")
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        first = client.get(place)
    second = client.get(place, {"after": first.context["more"]})
    pages = [{line.report.pk for line in answer.context["lines"]} for answer in (first, second)]
    assert [len(page) for page in pages] == [50, 2]
    assert pages[0].isdisjoint(pages[1])
    assert not second.context["more"]
    assert client.get(place, {"after": "99999999"}).status_code == 200
