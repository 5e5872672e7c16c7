"""Leads at the desk, as officers walk through their pages: look, tick off, dismiss, take over."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from tests.cases.conftest import Office, log_in, office
from tests.cases.lead_scene import lead, looked_at
from tests.cases.test_people import SITI, official
from tests.registry.loader import Loader, csv_of
from timbang.cases.actions import leads as acts
from timbang.cases.actions import recusing
from timbang.cases.actions.looking_up import words_of
from timbang.cases.forms.leads import windows
from timbang.cases.matching import Interest
from timbang.cases.models import Case, Exhibit, LookUp, SupervisoryFinding
from timbang.cases.vault import Desk, open_about
from timbang.law.refusal import Refusal
from timbang.ledger.models import Entry
from timbang.signals import actions as signals
from timbang.signals import catalogue, reading
from timbang.signals.models import Lead, LeadAct, LeadTick

pytestmark = pytest.mark.django_db
NOW = timezone.now
BAYU = official("Drs. Bayu Tirta Kelana, M.Si", "198403122010011004")


@pytest.fixture(autouse=True)
def facts(tmp_path: Path, settings: LazySettings) -> Loader:
    found = Loader(tmp_path)
    settings.TABLES, settings.PEOPLE = found.store.folder, tmp_path / "people"
    settings.SIGNALS = tmp_path / "signals"
    return found


@pytest.fixture
def browser(alice: Desk) -> Client:
    return log_in("alice")


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def place(row: Lead, name: str = "lead", *more: object) -> str:
    return reverse(f"cases:{name}", args=[row.year, row.ordinal, *more])


def hidden(page: str) -> dict[str, str]:
    found = {
        name: re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("once", "version")
    }
    return {name: match[1] for name, match in found.items() if match}


def send(browser: Client, where: str, **told: Any) -> tuple[int, str]:
    """What a browser sends from a fresh form."""
    answer = browser.post(where, hidden(text(browser.get(where))) | told, follow=True)
    return answer.status_code, text(answer)


def release(ocid: str, *bidders: str) -> dict[str, Any]:
    bids = [
        {"status": "valid", "tenderers": [{"id": each}], "value": {"amount": 10, "currency": "IDR"}}
        for each in bidders
    ]
    return {
        "ocid": ocid, "buyer": {"id": "A1", "name": "Dinas Rekaan"}, "date": "2026-09-01T00:00:00+07:00", "bids": {"details": bids},
        "tender": {"title": f"Paket {ocid}", "procurementMethod": "open"},
    }  # fmt: skip


def bought(facts: Loader) -> None:
    """Two procurements, one with a single bid."""
    lines = [release("sendiri", "A"), release("berdua", "A", "B")]
    path = facts.write("rilis.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    facts.load("ocds", path, region="32.73")


def row_of(facts: Loader, table: str, **wanted: str) -> str:
    rows = [r for r in facts.rows(table) if all(r[k] == v for k, v in wanted.items())]
    return f"{table}:{rows[0]['row_id']}"


# What an officer sees


def test_a_lead_shows_its_question_rule_rows_and_every_innocent_explanation(
    browser: Client, facts: Loader
) -> None:
    bought(facts)
    row = lead(subject="sendiri", evidence=[row_of(facts, "procurements", ocid="sendiri")])
    where = place(row)
    page = text(browser.get(where.removeprefix("/en")))
    method = catalogue.detector("R018").method
    for words in (method.question, method.why, *method.innocent, *method.no_norm):
        assert words["id"] in page or words["id"].replace('"', "&quot;") in page
    assert "Paket sendiri" in page
    assert "rilis.jsonl:1" in page
    assert row.last_run.digest in page
    english = text(browser.get(where))
    assert "It does not say that anything was unlawful" in english
    assert all(words.en in english for words in method.innocent)


def test_a_lead_says_which_law_held_on_its_day(browser: Client) -> None:
    row = lead()
    Lead.objects.filter(pk=row.pk).update(detector="A03", since_on=date(2026, 3, 5))
    page = text(browser.get(place(row)))
    assert "not in force on 5 March 2026" in page
    assert "no longer in force since 31 October 2023, replaced by UU 20/2023" in page
    assert "whose text is known from memory" in page
    Lead.objects.filter(pk=row.pk).update(since_on=date(2021, 3, 5))
    page = text(browser.get(place(row)))
    assert "not in force on" not in page
    assert "whose text is known from memory" not in page


def test_codes_of_a_lead_are_told_in_words(browser: Client, facts: Loader) -> None:
    bought(facts)
    row = lead()
    measures = {"status": "same", "list_kind": "candidate"}
    Lead.objects.filter(pk=row.pk).update(detector="A13", measures=measures)
    page = text(browser.get(place(row)))
    assert "<dt>Status of the link</dt><dd>the same person</dd>" in page
    assert "<dt>Kind of list</dt><dd>List of candidates</dd>" in page


def test_the_filter_of_election_windows_is_in_indonesian() -> None:
    with override("id"):
        assert str(windows({"pilkada-2024": 2}, {})[1][1]) == "Di masa pemilihan mana pun (2)"


def test_rows_that_are_gone_from_the_tables_are_told(browser: Client, facts: Loader) -> None:
    bought(facts)
    row = lead(evidence=["procurements:hilang"])
    assert "None of its rows is in the tables any more." in text(browser.get(place(row)))


def test_many_rows_come_a_page_at_a_time(browser: Client) -> None:
    row = lead(evidence=[f"procurements:{number}" for number in range(120)])
    page = text(browser.get(place(row) + "?rows=3"))
    assert "page 3 of 3" in page
    assert "page 3 of 3" in text(browser.get(place(row) + "?rows=999"))


def test_the_queue_lists_what_waits_and_narrows(browser: Client) -> None:
    lead("L-1/2026", region_code="32.04")
    lead("L-2/2026", region_code="32.73")
    here = reverse("cases:leads")
    assert all(number in text(browser.get(here)) for number in ("L-1/2026", "L-2/2026"))
    page = text(browser.get(here, {"region": "Kota Bandung"}))
    assert "L-2/2026" in page
    assert "L-1/2026" not in page
    for told in ({"detector": "R018"}, {"kind": "procurement"}, {"election": ""}):
        assert "L-1/2026" in text(browser.get(here, told))
    assert "No lead is like this." in text(browser.get(here, {"kind": "budget"}))
    assert "There is no region with this name" in text(browser.get(here, {"region": "Dongeng"}))


def test_each_lead_stands_on_one_page_of_a_long_queue(browser: Client, tmp_path: Path) -> None:
    from tests.signals.leads import bring, marked

    bring(tmp_path, *(marked(f"s{number:03}") for number in range(120)))
    where, seen = reverse("cases:leads"), []
    for _page in range(3):
        page = browser.get(where).content.decode()
        seen += re.findall(r">(L-\d+/2026)<", page)
        following = re.search(r'href="(\?[^"]*after=[^"]*)"', page)
        where = reverse("cases:leads") + following[1].replace("&amp;", "&") if following else ""
    assert where == ""
    assert len(seen) == len(set(seen)) == 120
    assert browser.get(reverse("cases:leads"), {"after": "x:y"}).status_code == 200


def test_what_the_newest_run_does_not_find_is_shown_as_such(browser: Client) -> None:
    row = lead()
    Lead.objects.update(found=False)
    assert row.number not in text(browser.get(reverse("cases:leads")))
    assert row.number in text(browser.get(reverse("cases:leads"), {"view": "gone"}))
    page = text(browser.get(place(row)))
    assert "does not find this any more" in page


# Ticking off


def test_explanations_are_looked_at_one_by_one_with_a_note(browser: Client) -> None:
    row = lead()
    every = catalogue.detector("R018").method.innocent
    for number, words in enumerate(every, 1):
        page = text(browser.get(place(row, "lead-tick", number)))
        assert words.en in page
        assert (
            "This field is required"
            in send(browser, place(row, "lead-tick", number), outcome="not", note=" ")[1]
        )
        status, page = send(
            browser, place(row, "lead-tick", number), outcome="not", note="Laman LPSE."
        )
        assert (status, "What you found is written down." in page) == (200, True)
        assert ("Take over as a finding</a>" in page) == (number == len(every))
    assert LeadTick.objects.count() == Entry.objects.filter(act="lead.ticked").count() == len(every)
    assert browser.get(place(row, "lead-tick", 99)).status_code == 404


def test_the_same_form_sent_twice_is_one_tick(browser: Client) -> None:
    row = lead()
    where = place(row, "lead-tick", 1)
    told = hidden(text(browser.get(where))) | {"outcome": "not", "note": "x"}
    for _click in range(2):
        assert browser.post(where, told).status_code == 302
    assert LeadTick.objects.count() == 1


def test_ticks_count_for_the_evidence_that_was_looked_at(alice: Desk, browser: Client) -> None:
    row = looked_at(lead(), alice.officer)
    assert reading.unlooked(row) == []
    lead("L-2/2026", subject="ocds-x")
    Lead.objects.filter(pk=row.pk).update(material=2)
    row.refresh_from_db()
    assert len(reading.unlooked(row)) == len(catalogue.detector("R018").method.innocent)
    page = text(browser.get(place(row)))
    assert "Looked at before the evidence changed" in page


# Dismissing, taking up again, merging


def test_a_lead_is_dismissed_with_a_reason_and_taken_up_again(browser: Client) -> None:
    row = lead()
    where = place(row, "lead-dismiss")
    status, page = send(browser, where, why="explained", note="Hanya satu penyedia di pulau itu.")
    assert (status, "It comes back if its evidence changes" in page) == (200, True)
    assert "Hanya satu penyedia di pulau itu." in page
    assert row.number in text(browser.get(reverse("cases:leads"), {"view": "dismissed"}))
    status, page = send(browser, place(row, "lead-reopen"), note="Data baru.")
    assert "The lead waits again." in page
    row.refresh_from_db()
    assert (row.state, [act.what for act in reading.history(row)]) == (
        "open", ["reopened", "dismissed"],
    )  # fmt: skip
    assert Entry.objects.filter(act__in=("lead.dismissed", "lead.reopened")).count() == 2


def test_a_second_click_dismisses_once(browser: Client) -> None:
    row = lead()
    where = place(row, "lead-dismiss")
    told = hidden(text(browser.get(where))) | {"why": "data", "note": "Salah ketik."}
    for _click in range(2):
        assert browser.post(where, told).status_code == 302
    assert LeadAct.objects.count() == 1


def test_of_two_officers_the_first_wins_and_the_other_is_told(
    browser: Client, bob: Desk, alice: Desk
) -> None:
    row = lead()
    where = place(row, "lead-tick", 1)
    told = hidden(text(browser.get(where))) | {"outcome": "not", "note": "Catatan Alice."}
    other = log_in("bob")
    send(other, place(row, "lead-dismiss"), why="known", note="Sudah ditangani.")
    send(other, place(row, "lead-reopen"), note="Keliru.")
    answer = browser.post(where, told)
    page = text(answer)
    assert answer.status_code == 409
    assert "has changed since you opened it" in page
    assert "Sudah ditangani." in page
    assert "Catatan Alice." in page, "what was typed is kept"
    again = browser.post(where, hidden(page) | {"outcome": "not", "note": "Catatan Alice."})
    assert again.status_code == 302
    assert LeadTick.objects.get().note == "Catatan Alice."


def test_two_leads_on_one_matter_are_merged_and_looked_at_together(
    browser: Client, alice: Desk
) -> None:
    first, second = lead("L-1/2026"), lead("L-2/2026")
    where = place(second, "lead-merge")
    page = text(browser.get(where))
    assert "type the number of one" in page
    page = text(browser.get(where, {"number": "L-1/2026"}))
    assert "L-1/2026:" in page
    told = hidden(page) | {"into": str(first.pk), "note": "Satu paket."}
    answer = browser.post(where + "?number=L-1/2026", told, follow=True)
    assert "The other lead went up in this one." in text(answer)
    assert "cases are one" not in text(answer)
    second.refresh_from_db()
    first.refresh_from_db()
    assert (second.state, second.merged_into) == ("merged", first)
    looked_at(first, alice.officer)
    left = reading.unlooked(first)
    assert {each.lead.pk for each in left} == {second.pk}
    with pytest.raises(Refusal, match="Look at each"):
        signals.check_ready(first, alice.officer)
    looked_at(second, alice.officer)
    signals.check_ready(first, alice.officer)


def test_no_lead_is_merged_with_itself_or_with_one_that_waits_no_more(
    alice: Desk, browser: Client
) -> None:
    first, second = lead("L-1/2026"), lead("L-2/2026")
    told: dict[str, Any] = {"note": "", "seen": 0, "by": alice.officer, "at": NOW()}
    with pytest.raises(Refusal, match="itself"):
        signals.merge(first, first, once=uuid4(), **told)
    Lead.objects.filter(pk=second.pk).update(state="dismissed")
    with pytest.raises(Refusal, match="does not wait"):
        signals.merge(first, second, once=uuid4(), **told)


# Taking over


FINDING = {
    "text": "Satu penawar pada paket itu.", "contest_kind": "governor", "name": "Pejabat Rekaan",
    "post": "Pejabat pembuat komitmen", "kind": "neutrality", "status": "PNS",
}  # fmt: skip


def taken(browser: Client, row: Lead, **told: Any) -> tuple[int, str]:
    told = FINDING | {"found_on": timezone.localdate()} | told
    return send(browser, place(row, "lead-take"), **told)


def test_nothing_is_found_through_a_lead_before_the_lead_itself(
    browser: Client, alice: Desk
) -> None:
    row = looked_at(lead(), alice.officer)
    day = row.first_run.brought_on
    status, page = taken(browser, row, found_on=day - timedelta(days=1))
    assert status == 409
    assert "before the lead itself was found" in page
    assert not Case.objects.exists()
    status, _page = taken(browser, row, found_on=day)
    assert status == 200


def test_a_lead_that_waits_is_not_taken_up_again(alice: Desk) -> None:
    row = lead()
    with pytest.raises(Refusal, match="waits already"):
        signals.reopen(
            row, note="Lagi.", seen=row.version, once=uuid4(), by=alice.officer, at=NOW()
        )


def test_a_lead_is_taken_over_with_its_rows_explanations_and_run(
    browser: Client, alice: Desk, facts: Loader
) -> None:
    bought(facts)
    reference = row_of(facts, "procurements", ocid="sendiri")
    row = looked_at(lead(subject="sendiri", evidence=[reference]), alice.officer)
    page = text(browser.get(place(row, "lead-take")))
    assert f"Lead {row.number} from public facts" in page
    status, page = taken(browser, row)
    assert status == 200, page
    case = Case.objects.get()
    assert case.number in page
    assert case.way_in == "finding"
    assert SupervisoryFinding.objects.get().lead == row.number
    exhibit = Exhibit.objects.get()
    sheet = custody_bytes(exhibit, alice)
    for words in (row.last_run.digest, "Paket sendiri", "rilis.jsonl:1", "Tidak menjelaskan.",
                  "Diperiksa pada laman LPSE.", catalogue.detector("R018").method.question.id):  # fmt: skip
        assert words in sheet, words
    about = open_about(exhibit, alice)
    assert about is not None
    assert row.number in about["title"]
    assert b"Paket sendiri" not in bytes(exhibit.sealed)
    row.refresh_from_db()
    assert (row.state, row.taken_by) == ("taken", alice.organ)
    entry = Entry.objects.get(act="lead.taken")
    assert entry.body["run"] == row.last_run.digest
    assert case.number in text(browser.get(place(row)))


def custody_bytes(exhibit: Exhibit, by: Desk) -> str:
    from timbang.cases.actions.custody import open_exhibit

    return open_exhibit(exhibit, by=by, at=NOW()).decode()


def test_a_take_over_sent_twice_is_one_case(browser: Client, alice: Desk) -> None:
    row = looked_at(lead(), alice.officer)
    where = place(row, "lead-take")
    told = FINDING | hidden(text(browser.get(where))) | {"found_on": timezone.localdate()}
    for _click in range(2):
        assert browser.post(where, told).status_code == 302
    assert (Case.objects.count(), Exhibit.objects.count()) == (1, 1)


def test_nothing_is_taken_over_before_every_explanation_was_looked_at(
    browser: Client, alice: Desk
) -> None:
    row = lead()
    number = len(catalogue.detector("R018").method.innocent)
    for place_ in range(1, number):
        row.refresh_from_db()
        signals.tick(row, place_, outcome="not", note="x", seen=row.version, once=uuid4(),
                     by=alice.officer, at=NOW())  # fmt: skip
    page = text(browser.get(place(row, "lead-take")))
    assert "Look at each innocent explanation first; 1 are left." in page
    assert "Open the case" not in page
    told = FINDING | {"found_on": timezone.localdate(), "once": str(uuid4()), "version": "99"}
    assert browser.post(place(row, "lead-take"), told).status_code == 409
    assert not Case.objects.exists()


def test_an_explanation_that_holds_stops_the_take_over(browser: Client, alice: Desk) -> None:
    row = looked_at(lead(), alice.officer, outcome="explains")
    assert "An innocent explanation holds" in text(browser.get(place(row)))
    with pytest.raises(Refusal, match="An innocent explanation holds"):
        signals.check_ready(row, alice.officer)


def test_what_is_no_longer_found_bears_no_finding(alice: Desk) -> None:
    row = looked_at(lead(), alice.officer)
    Lead.objects.update(found=False)
    row.refresh_from_db()
    with pytest.raises(Refusal, match="does not find this lead"):
        acts.check_may_take(row, alice, NOW())


def test_a_finding_typed_by_hand_rests_on_a_lead_under_the_same_rules(
    browser: Client, alice: Desk
) -> None:
    row = lead()
    where, told = reverse("cases:finding-new"), FINDING | {"found_on": timezone.localdate()}
    assert "Look at each" in send(browser, where, **told, lead=row.number)[1]
    assert "no lead with this number" in send(browser, where, **told, lead="L-999/2026")[1]
    looked_at(row, alice.officer)
    send(browser, where, **told, lead=row.number)
    row.refresh_from_db()
    assert row.state == "taken"


def test_who_is_tied_to_the_person_opens_no_case_on_a_lead(alice: Desk, browser: Client) -> None:
    row = looked_at(lead(), alice.officer)
    recusing.declare_interests([Interest("kin", "Pejabat Rekaan")], base=0, by=alice, at=NOW())
    status, page = taken(browser, row)
    assert status == 409
    assert "You may not act in this case" in page
    assert not Case.objects.exists()
    row.refresh_from_db()
    assert row.state == "open"


def test_only_who_examines_or_decides_takes_over(bawaslu: Office, alice: Desk) -> None:
    row = looked_at(lead(), alice.officer)
    bawaslu.add("rudi", "receiver")
    reader = log_in("rudi")
    page = text(reader.get(place(row)))
    assert "Take over as a finding</a>" not in page
    assert "none of your roles does" in text(reader.get(place(row, "lead-take")))


# Who sees what


@pytest.mark.parametrize("kind", ["regent", "appointing_officer", "inspectorate", "observer"])
def test_no_office_of_a_regional_executive_sees_a_lead(alice: Desk, kind: str) -> None:
    row = lead()
    office("lain", kind, "gita", region="32")
    client = log_in("gita")
    for where in (reverse("cases:leads"), reverse("cases:leads-learned"), place(row),
                  place(row, "lead-tick", 1), place(row, "lead-dismiss"), place(row, "lead-take")):  # fmt: skip
        assert client.get(where).status_code == 404, where


def test_a_lead_is_for_the_offices_of_its_region_and_national_ones(
    alice: Desk, charlie: Desk, dewi: Desk
) -> None:
    here, nowhere = lead("L-1/2026", region_code="32.04"), lead("L-2/2026", region_code=None)
    sees = {
        login: [log_in(login).get(place(row)).status_code for row in (here, nowhere)]
        for login in ("alice", "charlie", "dewi")
    }
    assert sees == {"alice": [200, 404], "charlie": [404, 404], "dewi": [200, 200]}


@pytest.fixture
def about_bayu(facts: Loader) -> Lead:
    facts.load("officials", facts.write("pegawai.csv", csv_of([BAYU, SITI])))
    reference = row_of(facts, "people", name="Drs. Bayu Tirta Kelana, M.Si")
    return lead(
        subject="Bayu Dinas Sosial", subject_kind="procurement", personal=True,
        evidence=[reference], region_code="32.73",
    )  # fmt: skip


def test_a_lead_about_a_person_opens_on_the_record_and_for_the_day(
    browser: Client, alice: Desk, about_bayu: Lead
) -> None:
    row, before = about_bayu, Entry.objects.count()
    for where in (reverse("cases:leads"), place(row)):
        assert "Bayu" not in text(browser.get(where))
    for name, more in (("lead-tick", (1,)), ("lead-dismiss", ()), ("lead-take", ())):
        assert browser.get(place(row, name, *more)).status_code == 302
    assert Entry.objects.count() == before
    for _click in range(2):
        page = text(browser.post(place(row), follow=True))
        assert "Bayu Tirta Kelana" in page
    assert Entry.objects.filter(act="person.looked_up").count() == 1
    look_up = LookUp.objects.get()
    assert (look_up.what, look_up.number) == ("lead", row.number)
    assert words_of(look_up, alice) == "procurement: Bayu Dinas Sosial"
    LookUp.objects.update(done_on=look_up.done_on - timedelta(days=1))
    assert "Bayu" not in text(browser.get(place(row)))


def test_notes_on_a_person_open_with_the_lead(
    browser: Client, alice: Desk, about_bayu: Lead
) -> None:
    signals.tick(about_bayu, 1, outcome="not", note="Ia sedang cuti.", seen=0, once=uuid4(),
                 by=alice.officer, at=NOW())  # fmt: skip
    assert "cuti" not in text(browser.get(place(about_bayu)))
    browser.post(place(about_bayu))
    assert "cuti" in text(browser.get(place(about_bayu)))


@pytest.mark.parametrize("tie", ["himself", "kin"])
def test_who_is_tied_to_the_person_does_not_open_it(
    browser: Client, alice: Desk, about_bayu: Lead, tie: str
) -> None:
    if tie == "himself":
        alice.officer.name = "Bayu Tirta Kelana"
        alice.officer.save()
    else:
        recusing.declare_interests([Interest("kin", "Bayu Kelana")], base=0, by=alice, at=NOW())
    answer = browser.post(place(about_bayu))
    assert answer.status_code == 409
    assert "You may not open this lead" in text(answer)
    assert "Dinas Sosial" not in text(answer)
    assert not LookUp.objects.exists()
    assert log_in("bob").post(place(about_bayu)).status_code == 302


def test_an_auditor_reads_that_a_lead_was_opened(
    browser: Client, bawaslu: Office, about_bayu: Lead
) -> None:
    browser.post(place(about_bayu))
    bawaslu.add("tri", "auditor")
    page = text(log_in("tri").get(reverse("cases:look-ups")))
    assert "opened a lead about a person" in page
    assert about_bayu.number in page
    assert "Bayu" not in page


def test_an_ended_session_leads_to_the_login_and_does_nothing(browser: Client) -> None:
    row = lead()
    where = place(row, "lead-dismiss")
    told = hidden(text(browser.get(where))) | {"why": "data", "note": "x"}
    browser.post(reverse("accounts:logout"))
    answer = browser.post(where, told)
    assert answer.status_code == 302
    assert "masuk" in answer["Location"]
    row.refresh_from_db()
    assert row.state == "open"


# What was learned


def test_few_judgements_show_no_share(browser: Client, bob: Desk) -> None:
    row = lead()
    page = text(browser.get(reverse("cases:leads-learned")))
    assert "too few judged to say" in page
    signals.dismiss(row, why="known", note="x", seen=0, once=uuid4(), by=bob.officer, at=NOW())
    page = text(browser.get(reverse("cases:leads-learned")))
    assert "It is known and being dealt with: 1" in page
    assert "too few judged to say" in page


def test_enough_judgements_show_a_share_with_its_interval(
    browser: Client, bob: Desk, tmp_path: Path
) -> None:
    from tests.signals.leads import bring, marked

    rows = bring(tmp_path, *(marked(f"s{number}") for number in range(12)))
    for number, row in enumerate(rows[:10]):
        why = "known" if number < 4 else "explained"
        signals.dismiss(row, why=why, note="x", seen=0, once=uuid4(), by=bob.officer, at=NOW())
    page = text(browser.get(reverse("cases:leads-learned")))
    assert "40 % (between 17 and 69 %)" in page
