"""Each kind of report, from the intake to an end, under its own procedure and before its own office.

Everything goes through the pages, as people fill them in: no action of the rooms is called.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from tests.cases.conftest import Office, log_in, office
from tests.reports.conftest import regions as regions  # a fixture
from tests.reports.reader import Page, get
from timbang.cases import course, decisions
from timbang.cases.models import Case, CaseLink, Track
from timbang.reports import places
from timbang.reports.models import Report

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
OFFICES = {
    "satgas-32": "task_force",
    "bawaslu-32": "bawaslu",
    "bkn": "bkn",
    "ppk-32": "appointing_officer",
    "inspektorat-32": "inspectorate",
    "bupati-32": "regent",
    "rsud-32": "service_provider",
    "ombudsman-32": "ombudsman",
}


@pytest.fixture
def offices(regions: None) -> Mapping[str, Office]:
    """One office of each kind; each officer is called like his office."""
    found = {code: office(code, kind, code.replace("-", "")) for code, kind in OFFICES.items()}
    for each in found.values():
        each.organ.refresh_from_db()
    return found


def day(ago: int) -> str:
    return (TODAY - timedelta(days=ago)).isoformat()


def report(offices: Mapping[str, Office], to: str, kind: str, **told: object) -> tuple[Report, str]:
    """Write and send a report without JavaScript; the report and its receipt."""
    page = get(Client(), "/lapor/tulis/").press("fill", kind=kind, province="32")
    given = {"p0_name": "Pejabat Satu", "p0_agency": "Dinas Contoh", "narrative": "Begini."} | told
    if "organ" in page.names:  # with one office there is nothing to choose
        given["organ"] = str(offices[to].organ.pk)
    page = page.press("review", **given)
    assert "Periksa sebelum mengirim" in page, page.text
    sent = page.press("send")
    receipt = re.search(r"([0-9A-Z]{4}-){5}[0-9A-Z]{4}", sent.text)
    assert receipt, sent.text
    return Report.objects.latest("received_on", "pk"), receipt[0]


def comes_back(receipt: str) -> str:
    page: Page = get(Client(), "/lapor/kembali/").press("show", receipt=receipt)
    return page.text


@dataclass
class Walker:
    """An officer of one office at his desk."""

    client: Client
    case: Case | None = None
    log: list[str] = field(default_factory=list)

    def at(self, page: str, *more: object) -> str:
        assert self.case is not None
        return reverse(f"cases:{page}", args=[self.case.pk, *more])

    def send(self, place: str, /, **told: Any) -> None:
        """Fill in the form of a page and send it."""
        answer = self.client.get(place)
        assert answer.status_code == 200, (place, answer.status_code)
        form = answer.context["form"]
        body: dict[str, Any] = {}
        for bound in form:
            value = bound.value()
            if bound.name == "declared":
                value = [code for code, _label in form.fields["declared"].choices]
            elif bound.name == "receiver" and "receiver" not in told:
                value = form.fields["receiver"].queryset.first().pk
            elif bound.name == "sure":
                value = "on"
            elif bound.name == "conflict":
                value = "none"
            if value not in (None, ""):
                body[bound.name] = value
        answer = self.client.post(place, {**body, **told})
        assert answer.status_code == 302, re.sub(r"<[^>]+>", " ", answer.content.decode())
        if self.case is not None:
            self.case.refresh_from_db()

    def opens(self, told: Report, **chosen: Any) -> Case:
        page = self.client.get(reverse("cases:report", args=[told.pk]))
        assert page.status_code == 200
        self.send(reverse("cases:new-case", args=[told.pk]), **chosen)
        self.case = Case.objects.get(reports__report=told)
        return self.case

    def takes(self, *outcomes: str, **told: Any) -> None:
        for outcome in outcomes:
            self.send(self.at("step", outcome), **{"reason": "Sesuai berkas.", **told})

    def writes(self, *kinds: str) -> None:
        for kind in kinds:
            if kind == "letter":
                self.send(self.at("letter"), kind="forwarding")
            elif kind == "clearing":
                self.send(self.at("letter"), kind="closing_not_proven")
            else:
                self.send(self.at(kind))

    def decides(self, outcome: str) -> None:
        """Decide about each reported person as this outcome says, on every norm that is offered."""
        assert self.case is not None
        step = course.step_of(self.case)
        assert step is not None
        [taken] = [found for found in step.outcomes if found.code == outcome]
        for row in decisions.undecided(self.case):
            place = self.at("decide", row.pk)
            form = self.client.get(place).context["form"]
            told: dict[str, Any] = {"outcome": outcome, "finding": "not_proven"}
            if taken.records_sanction:
                offered = [code for _name, kinds in form.fields["sanction"].choices[1:]
                           for code, _title in kinds]  # fmt: skip
                told["finding"] = "proven"
                told["norms"] = [code for code, _title in form.fields["norms"].choices]
                told["sanction"] = next(
                    code for code in offered if code.partition(":")[0] in taken.sanctions
                )
            self.send(place, reasons="Sesuai berkas.", **told)

    def delivers(self) -> None:
        assert self.case is not None
        for row in self.case.decisions.filter(delivered_on=None):
            place = self.at("decision-deliver", row.pk)
            self.send(place, delivered_on=day(0), how="handed", proof="Tanda terima.")

    def hears(self) -> None:
        assert self.case is not None
        self.send(self.at("hearing", self.case.accused.get().pk), held_on=day(0))
        hearing = self.case.hearings.get()
        self.send(
            self.at("minutes", hearing.pk), place="Ruang rapat", private="on", read_back="on",
            examiners="Pemeriksa", question_0="Apakah benar?", answer_0="Tidak.",
        )  # fmt: skip

    def summons(self, sent: int, wanted: int) -> None:
        assert self.case is not None
        place = self.at("summons", self.case.accused.get().pk)
        self.send(place, sent_on=day(sent), summoned_for_on=day(wanted))

    def names(self) -> None:
        """Which duty a complaint touches: what nobody knows stays not known."""
        self.send(self.at("service"), duties=["service"])

    def faults(self) -> None:
        """Where the fault lay, which is said before a complaint is closed."""
        self.send(self.at("causes"), causes=["procedure"])

    def says(self, **facts: object) -> None:
        self.send(self.at("facts"), **{f"fact_{key}": value for key, value in facts.items()})


def desk(code: str, case: Case | None = None) -> Walker:
    return Walker(log_in(code.replace("-", "")), case)


def ended(case: Case) -> tuple[str, str]:
    case.refresh_from_db()
    return case.procedure.code, case.ended_as


def test_taking_sides_goes_from_the_task_force_through_the_shared_route(
    offices: Mapping[str, Office],
) -> None:
    told, receipt = report(
        offices, "satgas-32", "neutrality", conduct=["attend_active"], p0_status="PNS",
        happened_from=day(3), contest_kind="governor",
    )  # fmt: skip
    satgas = desk("satgas-32")
    case = satgas.opens(told)
    assert (case.kind, case.procedure.code, case.step) == ("neutrality", "sbt_neutrality", "verify")
    satgas.takes("pass_on")
    bawaslu = desk("bawaslu-32", case)
    bawaslu.writes("study", "clearing")
    bawaslu.takes("not_proven")
    assert ended(case) == ("sbt_neutrality", "cleared")
    with translation.override("id"):
        assert "selesai" in comes_back(receipt).lower() or "ditutup" in comes_back(receipt).lower()


@pytest.mark.parametrize(
    ("contest", "procedure"), [("governor", "pemilihan_report"), ("dpr", "pemilu_report")]
)
def test_at_bawaslu_the_election_decides_the_procedure_and_the_civil_service_route_follows(
    offices: Mapping[str, Office], contest: str, procedure: str
) -> None:
    told, _receipt = report(
        offices, "bawaslu-32", "neutrality", conduct=["attend_active"], p0_status="PNS",
        happened_from=day(2), learned_on=day(1), contest_kind=contest,
    )  # fmt: skip
    bawaslu = desk("bawaslu-32")
    case = bawaslu.opens(told)
    assert (case.procedure.code, case.step) == (procedure, "initial_study")
    bawaslu.takes("register")
    bawaslu.says(object="candidate", candidates_confirmed_on=day(60), event="campaign")
    bawaslu.send(bawaslu.at("track-new", "crime"))
    bawaslu.writes("study", "letter")
    bawaslu.takes("other_law")
    bawaslu.writes("letter")
    bawaslu.takes("to_asn_route")
    assert ended(case) == (procedure, "asn_route")
    track = Track.objects.get(case=case)
    bawaslu.send(bawaslu.at("track-step", track.pk, "handed_over"), reason="Diterima penyidik.")
    track.refresh_from_db()
    assert track.ended_as == "crime_with_police"
    bawaslu.send(
        bawaslu.at("follow"), why="other", procedure="sbt_neutrality:study", reason="Jalur ASN."
    )
    assert CaseLink.objects.get(earlier=case).case.procedure.code == "sbt_neutrality"


def test_absence_is_sanctioned_after_two_summonses_and_the_objection_is_a_case_of_its_own(
    offices: Mapping[str, Office],
) -> None:
    told, _receipt = report(
        offices, "ppk-32", "discipline", conduct=["absent"], p0_status="PNS",
        happened_from=day(40), absent_workdays="12", valid_reason="no",
    )  # fmt: skip
    ppk = desk("ppk-32")
    case = ppk.opens(told)
    assert (case.kind, case.procedure.code) == ("discipline", "discipline_pp_94")
    ppk.writes("letter")
    ppk.takes("summon")
    ppk.summons(sent=9, wanted=7)
    ppk.writes("letter")
    ppk.takes("absent")
    ppk.summons(sent=6, wanted=1)
    ppk.takes("absent_again")
    ppk.writes("study")
    ppk.decides("moderate")
    ppk.takes("moderate")
    ppk.writes("letter")
    ppk.delivers()
    ppk.takes("delivered", "remedy_filed")
    ppk.send(ppk.at("follow"), why="objection_to_appointing_officer:own_review", reason="Diajukan.")
    # Whoever acted in the case keeps his hands off the objection: a colleague decides it.
    offices["ppk-32"].add("penelaah", "receiver", "examiner", "decision_maker")
    objection = desk("penelaah", CaseLink.objects.get(earlier=case).case)
    objection.takes("confirm")
    assert objection.case is not None
    assert ended(objection.case) == ("objection", "confirmed")
    ppk.takes("upheld", "recorded")
    assert ended(case) == ("discipline_pp_94", "sanction_recorded")


def test_a_village_head_is_for_the_regent(offices: Mapping[str, Office]) -> None:
    told, _receipt = report(
        offices, "bupati-32", "discipline", conduct=["abuse_of_power"], p0_status="village_head",
        happened_from=day(5),
    )  # fmt: skip
    regent = desk("bupati-32")
    case = regent.opens(told)
    assert (case.procedure.code, case.step) == ("village_officials", "receive")
    regent.writes("letter")
    regent.takes("hear")
    regent.hears()
    regent.takes("heard")
    regent.writes("clearing")
    regent.decides("no_breach")
    regent.takes("no_breach")
    assert ended(case) == ("village_officials", "cleared")


def test_a_bad_service_is_put_right_by_its_provider(offices: Mapping[str, Office]) -> None:
    told, receipt = report(
        offices, "rsud-32", "service", conduct=["undue_delay"], service="Rujukan",
        served_on=day(20), complained_first="no", wanted="Rujukan diproses.", p0_name="",
    )  # fmt: skip
    rsud = desk("rsud-32")
    page = rsud.client.get(reverse("cases:report", args=[told.pk])).content.decode()
    assert "Rujukan diproses." in page
    case = rsud.opens(told)
    assert (case.kind, case.procedure.code) == ("service", "service_complaint")
    rsud.takes("examine")
    rsud.names()
    rsud.takes("granted")
    rsud.faults()
    rsud.takes("told")
    assert ended(case) == ("service_complaint", "settled")
    assert "Rujukan" not in comes_back(receipt).partition("Pesan")[0]


def test_the_ombudsman_examines_and_the_provider_corrects(offices: Mapping[str, Office]) -> None:
    told, _receipt = report(
        offices, "ombudsman-32", "maladministration", conduct=["procedure_deviation"],
        service="Akta", served_on=day(50), complained_first="yes", complained_on=day(40),
        happened_from=day(50),
    )  # fmt: skip
    ombudsman = desk("ombudsman-32")
    case = ombudsman.opens(told)
    assert (case.kind, case.procedure.code) == ("maladministration", "ombudsman")
    ombudsman.takes("examine")
    ombudsman.writes("study", "letter")
    ombudsman.names()
    ombudsman.takes("maladministration")
    rsud = desk("rsud-32", case)
    seen = rsud.client.get(rsud.at("case")).content.decode()
    assert "Begini." not in seen.partition("<main")[2]
    rsud.faults()
    rsud.takes("corrected")
    assert ended(case) == ("ombudsman", "settled")


def test_who_does_not_know_is_asked_everything_and_the_office_decides(
    offices: Mapping[str, Office],
) -> None:
    page = get(Client(), "/lapor/tulis/").press("fill", kind="unknown", province="32")
    for asked in ("contest_kind", "absent_workdays", "service", "conduct"):
        assert asked in page.names, asked
    told, _receipt = report(
        offices, "ombudsman-32", "unknown", conduct=["no_service"], absent_workdays="3"
    )
    ombudsman = desk("ombudsman-32")
    case = ombudsman.opens(told, kind="maladministration")
    assert (case.kind, case.procedure.code) == ("maladministration", "ombudsman")


def test_only_offices_with_which_such_a_case_begins_are_offered(
    offices: Mapping[str, Office],
) -> None:
    def offered(kind: str) -> set[str]:
        on = date.today()
        return {organ.kind for organ in places.offices("32", kind, on)}

    assert offered("service") == {"service_provider", "ombudsman"}
    assert offered("maladministration") == {"ombudsman"}
    assert offered("discipline") == {"appointing_officer", "inspectorate", "regent", "bawaslu"}
    # Who may be the patron gets no report about taking sides.
    assert not {"appointing_officer", "regent"} & offered("neutrality")
    assert not {"appointing_officer", "regent"} & offered("")
