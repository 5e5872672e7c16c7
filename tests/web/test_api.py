"""Another system files, hands over and asks; it gets its own and nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client, override_settings
from django.urls import clear_url_caches, set_urlconf

from tests.reports.conftest import AT, Office, make_office
from tests.reports.test_inspection import photo
from tests.web.api_calls import REPORT, System, make_system
from timbang.accounts import api_keys
from timbang.accounts.models import ApiKey, Officer
from timbang.cases.actions import bringing
from timbang.cases.models import Brought
from timbang.law.refusal import Refusal
from timbang.ledger.models import Entry
from timbang.reports import actions as reports
from timbang.reports import receipt
from timbang.reports.models import Report, StagedFile, Way
from timbang.web.api import limits

pytestmark = pytest.mark.django_db

FILE = {"from_office": "Inspektorat Kota", "from_number": "700/12/2026", "done_there": "Heard once"}


@pytest.fixture
def system(office: Office) -> System:
    return make_system(office.organ)


@pytest.fixture(autouse=True)
def unhurried() -> None:
    limits._counter.counts = {}


def sent(data: bytes, name: str = "bukti.jpg") -> dict[str, str]:
    return {"name": name, "content": base64.b64encode(data).decode()}


# Filing


def test_a_report_is_sealed_to_the_office_and_to_its_receipt(
    office: Office,
    system: System,
) -> None:
    answer = system.post("/v1/reports", {**REPORT, "files": [sent(photo())]}, "one-report-1")
    assert answer.status == 201, answer.value
    report = Report.objects.get(pk=answer.value["id"])
    opened = reports.open_report(report, office.private)
    assert opened.content.narrative == REPORT["narrative"]
    assert opened.content.accused[0].name == "Tjahjo"
    assert opened.attachments[0].read(copy=False) == photo()
    assert report.way == Way.PRIOR_INFORMATION
    theirs = reports.open_as_reporter(report, receipt.parse(answer.value["receipt"]))
    assert theirs.content == opened.content
    assert answer.value["promise"].startswith("timbang promise")
    assert answer.value["organ"]["code"] == office.organ.code


def test_a_named_reporter_is_sealed_apart(office: Office, system: System) -> None:
    who = {"name": "Sekar Melati", "address": "Jl. Kenanga 3"}
    answer = system.post("/v1/reports", {**REPORT, "reporter": who}, "one-report-1")
    report = Report.objects.get(pk=answer.value["id"])
    assert report.way == Way.REPORT
    opened = reports.open_identity(
        report, office.private, by=office.officer, reason="hearing", at=AT
    )
    assert opened.name == "Sekar Melati"


def test_sent_again_it_is_the_same_report(system: System) -> None:
    load = {**REPORT, "files": [sent(photo()), sent(b"words", "kata.txt")]}
    first = system.post("/v1/reports", load, "one-report-1")
    again = system.post("/v1/reports", load, "one-report-1")
    assert (first.status, again.status) == (201, 200)
    assert again.value == {**first.value, "again": True}
    assert Report.objects.count() == Brought.objects.count() == 1
    assert not StagedFile.objects.exists()
    other = system.post("/v1/reports", load, "one-report-2")
    assert other.status == 201
    assert other.value["receipt"] != first.value["receipt"]


def test_the_same_words_for_something_else_are_refused(system: System) -> None:
    load = {**REPORT, "files": [sent(photo())]}
    assert system.post("/v1/reports", load, "one-report-1").status == 201
    changes: list[dict[str, Any]] = [
        {"narrative": "Something else."},
        {"files": [sent(photo(), "other.jpg")]},
        {"files": []},
        {"reporter": {"name": "Sekar", "address": "Bandung"}},
    ]
    for change in changes:
        answer = system.post("/v1/reports", {**load, **change}, "one-report-1")
        assert (answer.status, answer.value["code"]) == (422, "idempotency_key_used")
    assert Report.objects.count() == 1
    assert system.post("/v1/hand-overs", {**load, **FILE}, "one-report-1").status == 422


def test_two_systems_with_the_same_words_have_two_reports(
    office: Office,
    system: System,
) -> None:
    other = make_system(office.organ, name="SP4N")
    first = system.post("/v1/reports", REPORT, "one-report-1")
    second = other.post("/v1/reports", REPORT, "one-report-1")
    assert (first.status, second.status) == (201, 201)
    assert first.value["receipt"] != second.value["receipt"]


@pytest.mark.django_db(transaction=True)
def test_sent_by_several_threads_at_once_it_is_one_report(system: System) -> None:
    load = {**REPORT, "files": [sent(photo())]}
    answers: list[int] = []

    def send() -> None:
        try:
            answers.append(system.post("/v1/reports", load, "one-report-1").status)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _each in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers) == [200] * 5 + [201]
    assert Report.objects.count() == Brought.objects.count() == 1


def test_a_filing_is_told_by_the_log_once_a_day_only(system: System) -> None:
    system.post("/v1/reports", REPORT, "one-report-1")
    entries = Entry.objects.filter(act__in=("report.filed", "report.brought"))
    assert sorted(entries.values_list("act", "lane")) == [
        ("report.brought", "daily"),
        ("report.filed", "daily"),
    ]


def test_a_handed_over_file_waits_to_be_sorted(office: Office, system: System) -> None:
    answer = system.post("/v1/hand-overs", {**REPORT, **FILE}, "hand-over-1")
    assert answer.status == 201, answer.value
    brought = Brought.objects.select_related("report").get()
    assert brought.what == Brought.What.FILE
    told = reports.open_report(brought.report, office.private).content
    assert (told.from_office, told.from_number, told.done_there) == tuple(FILE.values())
    assert FILE["from_number"] not in everything()


def everything() -> str:
    """All rows of the tables that this door writes, as text and as bytes."""
    with connection.cursor() as cursor:
        found = []
        for table in ("reports_report", "cases_brought", "ledger_entry", "accounts_apikey"):
            cursor.execute(f"SELECT * FROM {table}")
            found += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(found)


def test_the_database_holds_neither_key_nor_receipt_nor_words(system: System) -> None:
    answer = system.post("/v1/reports", REPORT, "one-report-1")
    kept = everything()
    for secret in (
        system.token.split("_", 2)[2],
        answer.value["receipt"],
        "one-report-1",
        "colour of his candidate",
    ):
        assert secret not in kept


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"province": "99"}, "province"),
        ({"region": "94.71"}, "region"),
        ({"accused": [{"region": "94.71"}]}, "accused.0.region"),
        ({"happened_from": "2999-01-01"}, "happened_from"),
        ({"happened_from": 20261101}, "happened_from"),
        ({"happened_until": "2026-10-01"}, "happened_until"),
        ({"happened_until": "2026-02-30"}, "happened_until"),
        ({"conduct": ["sorcery"]}, "conduct.0"),
        ({"narrative": ""}, "narrative"),
        ({"narrative": "a" * 20_001}, "narrative"),
        ({"narrative": "a\x00b"}, "narrative"),
        ({"naration": "slip of the pen"}, "naration"),
        ({"files": [{"name": "a", "content": "?"}]}, "files.0.content"),
        ({"files": [sent(b"x")] * 6}, "files"),
        ({"absent_workdays": True}, "absent_workdays"),
        ({"valid_reason": "yes"}, "valid_reason"),
        ({"reporter": {"name": "Sekar"}}, "reporter.address"),
    ],
)
def test_what_is_not_valid_is_named_and_never_repeated(
    system: System, change: dict[str, Any], where: str
) -> None:
    answer = system.post("/v1/reports", {**REPORT, **change}, "one-report-1")
    assert answer.status == 422, answer.value
    assert where in [fault["where"] for fault in answer.value["errors"]]
    assert "Tjahjo" not in json.dumps(answer.value)
    assert not Report.objects.exists()


def test_a_filing_without_words_for_a_retry_is_refused(system: System) -> None:
    for once in ("", "short", "with space in it", "ü" * 10):
        answer = system.post("/v1/reports", REPORT, once)
        assert answer.status == 422, once
        assert answer.value["errors"][0]["where"].lower() == "idempotency-key"


# Asking


def test_a_key_sees_what_it_brought_and_nothing_else(office: Office, system: System) -> None:
    other = make_system(office.organ, name="SP4N")
    mine = system.post("/v1/reports", REPORT, "one-report-1").value["id"]
    theirs = other.post("/v1/reports", REPORT, "one-report-2").value["id"]
    assert system.get(f"/v1/reports/{mine}").value["status"] == "received"
    assert system.get(f"/v1/reports/{theirs}").status == 404
    assert [row["id"] for row in system.get("/v1/reports").value["items"]] == [mine]


def test_a_list_is_read_some_at_a_time(system: System) -> None:
    filed = {system.post("/v1/reports", REPORT, f"one-report-{n}").value["id"] for n in range(5)}
    seen: list[str] = []
    after = ""
    for _page in range(3):
        page = system.get(f"/v1/reports?limit=2{after}").value
        seen += [row["id"] for row in page["items"]]
        after = f"&after={page['after']}"
    assert page["after"] is None
    assert set(seen) == filed
    assert len(seen) == 5
    assert system.get("/v1/reports?status=withdrawn").value["items"] == []


def test_a_change_of_the_report_is_read(office: Office, system: System) -> None:
    filed = system.post("/v1/reports", REPORT, "one-report-1").value
    report = Report.objects.get(pk=filed["id"])
    reports.tell(report, status="in_case", next_due_on=AT.date(), by=office.officer, at=AT)
    bringing.note_changes(at=AT)
    answer = system.get(f"/v1/reports/{filed['id']}").value
    assert (answer["status"], answer["next_due_on"]) == ("in_case", "2027-02-10")


# Keys


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer x", "Basic YTpi", "Bearer tbk_00000000_" + "a" * 43, "Bearer \u00e4"],
)
def test_without_a_key_that_holds_nothing_is_said(system: System, authorization: str) -> None:
    answer = system.get("/v1/key", headers={"authorization": authorization})
    assert (answer.status, answer.value["code"]) == (401, "no_valid_key")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_one_wrong_sign_is_no_key(system: System) -> None:
    for at in (4, 14, len(system.token) - 2):
        wrong = system.token[:at] + ("a" if system.token[at] != "a" else "b")
        wrong += system.token[at + 1 :]
        assert api_keys.caller_of(wrong) is None
    assert api_keys.caller_of(system.token) is not None


@pytest.mark.parametrize(
    ("scope", "method", "path"),
    [
        ("report:file", "POST", "/v1/reports"),
        ("case:hand-over", "POST", "/v1/hand-overs"),
        ("status:read", "GET", "/v1/reports"),
        ("webhook:manage", "GET", "/v1/webhooks"),
        ("webhook:manage", "POST", "/v1/webhooks"),
    ],
)
def test_a_scope_that_the_key_lacks_is_named(
    office: Office,
    scope: str,
    method: str,
    path: str,
) -> None:
    lacking = make_system(office.organ, *(set(api_keys.SCOPES) - {scope}))
    bodies = {
        "/v1/reports": REPORT,
        "/v1/hand-overs": {**REPORT, **FILE},
        "/v1/webhooks": {"url": "https://a.example/in"},
    }
    body = bodies[path] if method == "POST" else None
    answer = lacking.send(method, path, body, once="one-report-1")
    assert answer.status == 403
    assert scope in answer.value["detail"]
    full = make_system(office.organ, scope)
    assert full.send(method, path, body, once="one-report-1").status in (200, 201)


def test_a_revoked_key_is_no_key_at_once(system: System) -> None:
    api_keys.revoke_key(key=system.key, by=None, at=AT)
    assert system.get("/v1/key").status == 401
    assert system.post("/v1/reports", REPORT, "one-report-1").status == 401
    with pytest.raises(Refusal):
        api_keys.revoke_key(key=system.key, by=None, at=AT)


def test_a_key_of_a_closed_office_brings_nothing(office: Office, system: System) -> None:
    office.organ.closed_on = AT.date()
    office.organ.save()
    answer = system.post("/v1/reports", REPORT, "one-report-1")
    assert (answer.status, answer.value["code"]) == (409, "refused")
    assert "This office" in answer.value["detail"]


def test_only_an_administrator_of_the_office_makes_keys(office: Office) -> None:
    stranger = make_office("elsewhere")
    stranger.officer.roles = ["administrator"]
    stranger.officer.save()
    for officer in (office.officer, stranger.officer):
        with pytest.raises(Refusal):
            api_keys.make_key(
                organ=office.organ, name="x", scopes=["status:read"], by=officer, at=AT
            )
    for scopes in ((), ("everything",)):
        with pytest.raises(Refusal):
            api_keys.make_key(organ=office.organ, name="x", scopes=scopes, by=None, at=AT)
    assert not ApiKey.objects.exists()


def test_too_many_requests_wait(system: System) -> None:
    with override_settings(API_LIMIT=3):
        answers = [system.get("/v1/key") for _each in range(5)]
    assert [answer.status for answer in answers] == [200, 200, 200, 429, 429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60


def test_a_minute_later_a_key_may_again() -> None:
    counter, key = limits.Counter(), ApiKey().pk
    assert [counter.admit(key, most=2, now=100.0) for _each in range(3)] == [0, 0, 60]
    assert counter.admit(key, most=2, now=159.0) == 1
    assert counter.admit(key, most=2, now=160.0) == 0
    # A clock that was set back shuts nobody out.
    assert counter.admit(key, most=2, now=10.0) == 0


# The door


def test_it_is_a_door_of_its_own(system: System) -> None:
    with override_settings(ROOT_URLCONF="timbang.web.urls_api", DOOR="api"):
        clear_url_caches()
        set_urlconf(None)
        assert system.get("/v1/key").status == 200
        for address in ("/", "/lapor/", "/meja/akun/masuk/", "/statistik/", "/tidak/ada"):
            answer = Client().get(address)
            assert answer.status_code == 404
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert not answer.cookies
    for door in ("public", "intake", "desk"):
        with override_settings(ROOT_URLCONF=f"timbang.web.urls_{door}", DOOR=door):
            clear_url_caches()
            set_urlconf(None)
            assert Client().get("/api/openapi.json").status_code == 404
    clear_url_caches()


@pytest.mark.parametrize(
    ("method", "path", "more", "status"),
    [
        ("GET", "/v1/nothing", {}, 404),
        ("GET", "/v1/reports/no-number", {}, 404),
        ("GET", "/v1/reports/", {}, 404),
        ("PUT", "/v1/reports", {"data": b"{}"}, 405),
        ("DELETE", "/v1/key", {}, 405),
        ("POST", "/v1/reports", {"data": b"{"}, 400),
        ("POST", "/v1/reports", {"data": b"\xff\xfe"}, 400),
        ("POST", "/v1/reports", {"data": b"a=b", "content_type": "text/plain"}, 415),
        ("POST", "/v1/reports", {"data": b"[]"}, 422),
        ("GET", "/v1/reports?limit=0", {}, 422),
        ("GET", "/v1/reports?after=x", {}, 422),
        ("POST", "/v1/reports", {"data": b"{}", "CONTENT_LENGTH": str(10**9)}, 413),
    ],
)
def test_every_answer_of_this_door_is_json(
    system: System, method: str, path: str, more: dict[str, Any], status: int
) -> None:
    answer = system.send(method, path, once="one-report-1", **more)
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.value["status"] == status
    assert "no-store" in answer.headers["Cache-Control"]
    if status == 405:
        assert answer.headers["Allow"]


def test_an_officer_s_session_opens_nothing_here(office: Office) -> None:
    client = Client()
    client.force_login(Officer.objects.get(pk=office.officer.pk))
    assert client.get("/api/v1/reports").status_code == 401


def test_a_fault_is_told_without_what_was_sent(
    system: System, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_arguments: object, **_words: object) -> None:
        raise ValueError("Sekar Melati")

    monkeypatch.setattr("timbang.web.api.routes.bringing.bring", broken)
    answer = system.post("/v1/reports", REPORT, "one-report-1")
    assert (answer.status, answer.value["code"]) == (500, "fault")
    assert "Sekar" not in json.dumps(answer.value) + caplog.text
    assert "ValueError" in caplog.text


def test_the_document_is_there_for_everybody_and_complete() -> None:
    document = Client().get(f"/{settings.API_PATH}openapi.json").json()
    assert document["openapi"].startswith("3.1")
    names = {
        operation["operationId"]
        for each in document["paths"].values()
        for operation in each.values()
    }
    assert names == {
        "fileReport", "handOver", "listReports", "readReport", "readKey",
        "listWebhooks", "addWebhook", "pingWebhook", "removeWebhook", "listDossiers", "readDossier",
    }  # fmt: skip
    for each in document["paths"].values():
        for operation in each.values():
            assert operation["security"], operation["operationId"]
            assert "application/problem+json" in operation["responses"]["401"]["content"]


def test_the_draft_is_not_found_without_the_key(system: System) -> None:
    """A thief of the database who knows the words of the caller finds no receipt."""
    caller = api_keys.caller_of(system.token)
    assert caller is not None
    own = caller.draft("bring", "one-report-1")
    guessed = hashlib.sha256(bytes(system.key.digest) + b"one-report-1").digest()
    assert own != guessed
    assert repr(caller).find(system.token.split("_", 2)[2]) == -1
