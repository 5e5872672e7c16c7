"""The ways in, as an officer walks through their pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cases.conftest import TJAHJO, Office, file_report, log_in, make_case
from tests.cases.test_dividing import SITI
from tests.cases.test_triage import body
from timbang.cases.models import Case, CaseTie, PriorInformation, ReportLink, RequirementCheck
from timbang.cases.vault import Desk
from timbang.reports import actions as reports

TODAY = timezone.localdate()


def send(client: Client, place: str, **told: Any) -> str:
    """Fill in a form and send it; the page on which it ends."""
    answer = client.post(place, body(client, place, **told), follow=True)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_information_is_recorded_and_fixed_as_a_finding(bawaslu: Office) -> None:
    client = log_in("alice")
    list_page = reverse("cases:information-list")
    assert "Nothing waits" in client.get(list_page).content.decode()
    place = reverse("cases:information-new")
    told = {"source": "press", "came_on": TODAY, "title": "Berita camat", "text": "Foto camat."}
    assert "looks like" in send(client, place, **told, lead="satu")
    assert "kept as prior information" in send(client, place, **told)
    row = PriorInformation.objects.get()
    assert "Berita camat" in client.get(list_page).content.decode()
    place = reverse("cases:information-finding", args=[row.pk])
    assert "Foto camat." in client.get(place).content.decode()
    page = send(client, place, found_on=TODAY - timedelta(1), text="Foto camat.", post="Camat", kind="neutrality",
                contest_kind="regent")  # fmt: skip
    case = Case.objects.get()
    assert case.number in page
    assert "Finding of the supervisor" in page
    assert case.number in client.get(list_page).content.decode()


def test_what_is_missing_is_asked_for_and_a_late_report_is_kept(bawaslu: Office) -> None:
    at = timezone.now()
    report = file_report(bawaslu.organ, at=at, learned_on=TODAY - timedelta(30))
    client = log_in("alice")
    place = reverse("cases:requirements", args=[report.pk, "pemilihan"])
    page = client.get(place).content.decode()
    assert "Perbawaslu 8/2020 (syarat materiel)" in page
    told = {f"on_{name}": "met" for name in ("reporter_named", "accused_named", "description")}
    page = send(client, place, **told, on_evidence="missing", ask="on")
    assert "missing: Evidence" in " ".join(page.split())
    opened = reports.open_report(report, bawaslu.desks["alice"].private)
    assert "bukti, misalnya" in opened.messages[-1].text
    assert RequirementCheck.objects.get().missing == ["evidence"]
    place = reverse("cases:keep", args=[report.pk])
    assert "kept as prior information" in send(client, place, why="late", reason="Lewat tenggat.")
    report.refresh_from_db()
    assert report.status == "information"
    assert client.get(reverse("cases:requirements", args=[report.pk, "x"])).status_code == 404


def test_reports_that_look_alike_are_shown_linked_and_let_go(bawaslu: Office) -> None:
    words = "Kepala dinas menyuruh kami semua hadir di kampanye pasangan nomor satu hari minggu"
    rows = [file_report(bawaslu.organ, narrative=words, place="Lapangan") for _one in range(3)]
    bawaslu.add("rudi", "receiver")
    place = reverse("cases:alike", args=[rows[0].pk])
    client = log_in("alice")
    page = client.get(place).content.decode()
    assert "the same words, the same name, the same day" in " ".join(page.split())
    assert "3 reports in nearly the same words" in page
    # Who does not examine gets the suggestions and not the mark.
    assert "nearly the same words" not in log_in("rudi").get(place).content.decode()
    for act, links in (("link", 1), ("unlink", 0)):
        client.post(place, {"other": str(rows[1].pk), "act": act})
        assert ReportLink.objects.count() == links


def test_a_case_is_split_linked_and_merged_through_the_pages(bawaslu: Office, alice: Desk) -> None:
    report = file_report(bawaslu.organ)
    case = make_case(alice, report, people=[TJAHJO, SITI], procedure_id="pemilihan_report")
    client = log_in("alice")
    place = reverse("cases:split", args=[case.pk])
    chosen = {"people": [str(case.accused.get(position=2).pk)], f"report_{report.pk}": "shared"}
    assert "The case is split" in send(client, place, **chosen, reason="Lain.", sure="on")
    new = Case.objects.exclude(pk=case.pk).get()
    page = client.get(reverse("cases:case", args=[new.pk])).content.decode()
    assert "split from" in page
    assert SITI.name in page
    assert TJAHJO.name not in page
    send(client, reverse("cases:link", args=[new.pk]), case=str(case.pk))
    assert CaseTie.objects.filter(why="linked").exists()
    page = send(client, reverse("cases:merge", args=[new.pk]), case=str(case.pk), reason="Satu.")
    assert "The two cases are one now" in page
    ended = client.get(reverse("cases:case", args=[new.pk])).content.decode()
    assert "Merged into another case" in ended
    assert client.get(reverse("cases:cases") + "?show=ended").status_code == 200
