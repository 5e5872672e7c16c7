"""Exchange records at the desk, as officers meet them: forms, the look-up on the way, the list."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cases.conftest import Office, log_in, office
from tests.cases.lead_scene import lead
from tests.cases.test_people import RIZKI, SITI, index
from tests.registry.loader import Loader, csv_of
from tests.registry.sources.test_exchanges import FIRST, SECOND
from timbang.cases.models import Case, LookUp
from timbang.cases.vault import Desk
from timbang.ledger.models import Entry
from timbang.registry import reading_exchanges
from timbang.registry.exchange import Exchange
from timbang.registry.models import ExchangeRecord

pytestmark = pytest.mark.django_db

TYPED: dict[str, Any] = {
    "giver": "Calon Rekaan", "giver_role": "calon bupati", "receiver": "Warga RW 05",
    "receiver_role": "community", "club_good": "true", "group_size": "120", "through": "Ketua RW",
    "kind": "project", "description": "Jalan lingkungan", "value": "Rp 1.500.000,00",
    "given_on": "2026-09-01", "region": "Kab. Gresik", "money": "public",
    "budget_line": "1.03.10.2.01", "expected": "suara TPS 12", "resting_on": "open",
    "evidence": "berita acara serah terima", "confidence": "medium",
}  # fmt: skip


@pytest.fixture(autouse=True)
def facts(tmp_path: Path, settings: LazySettings) -> Loader:
    found = Loader(tmp_path)
    settings.TABLES, settings.PEOPLE = found.store.folder, tmp_path / "people"
    return found


@pytest.fixture
def browser(alice: Desk) -> Client:
    return log_in("alice")


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def once(page: str) -> str:
    found = re.search(r'name="once" value="([^"]+)"', page)
    assert found, page
    return found[1]


def send(browser: Client, **changes: Any) -> tuple[int, str]:
    """What a browser sends from a fresh form."""
    place = reverse("cases:exchange-new")
    told = TYPED | {"once": once(text(browser.get(place)))} | changes
    answer = browser.post(place, told, follow=True)
    return answer.status_code, text(answer)


def entered() -> ExchangeRecord:
    return ExchangeRecord.objects.get()


def told_of(record: ExchangeRecord) -> Exchange:
    record.refresh_from_db()
    return reading_exchanges.exchange_of(reading_exchanges.last_state(record))


def correct(browser: Client, record: ExchangeRecord, **changes: Any) -> tuple[int, str]:
    place = reverse("cases:exchange-correct", args=[record.number])
    page = text(browser.get(place))
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version, page
    told = {"once": once(page), "version": version[1], "because": "new evidence"}
    answer = browser.post(place, TYPED | told | changes, follow=True)
    return answer.status_code, text(answer)


def test_a_record_is_entered_with_all_its_fields_and_shown(browser: Client) -> None:
    status, page = send(browser)
    assert status == 200
    assert "The record is entered." in page
    told = told_of(entered())
    assert (told.value, told.club_good, told.group_size) == (1_500_000.0, True, 120)
    assert (told.region_code, told.money, told.budget_line) == ("35.25", "public", "1.03.10.2.01")
    assert (told.giver_role, told.through, told.expected) == (
        "calon bupati", "Ketua RW", "suara TPS 12",
    )  # fmt: skip
    for words in ("Calon Rekaan", "to a group (club good)", "120 people", "Kabupaten Gresik",
                  "1,500,000.00", "berita acara serah terima", "Public money", "Community"):  # fmt: skip
        assert words.lower() in page.lower(), words
    assert "It does not say that anything was unlawful." in page


def test_the_same_is_said_in_indonesian(browser: Client) -> None:
    send(browser)
    page = browser.get(f"/meja/fakta/pertukaran/lihat/{entered().number}/").content.decode()
    assert "Proyek" in page
    assert "1.500.000,00" in page
    assert "What was given" not in page
    assert "melanggar hukum" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"given_on": "2098-01-01"}, "lies in the future"),
        ({"given_on": "2999-01-01"}, "check the year"),
        ({"given_on": "0024-01-14"}, "check the year"),
        ({"given_on": "24-01-14"}, "Write the day as"),
        ({"given_on": "2026-02-30"}, "Write the day as"),
        ({"value": "1.500"}, "can be read in two ways"),
        ({"value": "banyak"}, "not an amount"),
        ({"value": "-5"}, "negative"),
        ({"value": "=1+1"}, "not an amount"),
        ({"giver": "=cmd()"}, "like a formula"),
        ({"giver": ""}, "Say who gave: a name, or a number."),
        ({"receiver": ""}, "Say who received: a name, or a number."),
        ({"giver": "x" * 201}, "at most 200"),
        ({"description": "x" * 5000}, "at most 2000"),
        ({"description": "a\x00b"}, "Null characters"),
        ({"group_size": "seratus"}, "whole number"),
        ({"club_good": "false"}, "the size of a group"),
        ({"region": "Bandung"}, "A regency and a city bear this name"),
        ({"region": "Negeri Dongeng"}, "no region"),
        ({"kind": "bribe"}, "not one of the available choices"),
        ({"kind": ""}, "required"),
        ({"confidence": ""}, "required"),
        ({"evidence": ""}, "Say what the evidence is"),
        ({"evidence": "foto KTP 3273014502900001"}, "NIP or NIK"),
        ({"resting_on": "confidential"}, "Leave this empty"),
        ({"money": "private"}, "budget line"),
        ({"returns": "P-2222-2222"}, "no record that counts has the number"),
    ],
)
def test_what_cannot_be_is_said_beside_it_and_nothing_typed_is_lost(
    browser: Client, changes: dict[str, str], said: str
) -> None:
    status, page = send(browser, **changes)
    assert status == 200
    assert said in page
    assert "Nothing was written yet" in page
    assert "berita acara" in page or "evidence" in changes
    assert ExchangeRecord.objects.count() == 0


def test_who_gave_and_who_received_is_said_beside_the_field_and_not_called_optional(
    browser: Client,
) -> None:
    page = text(browser.get(reverse("cases:exchange-new")))
    for name in ("giver", "receiver"):
        assert re.search(rf'<label for="id_{name}">[^<]*</label>', page)
        wrong = send(browser, **{name: ""})[1]
        assert f'id="id_{name}_errors"' in wrong
    assert "no giver is named" not in wrong
    assert send(browser, giver="", giver_id="p1")[0] == 200
    assert told_of(entered()).giver_id == "p1"


def test_what_is_wrong_with_the_whole_does_not_send_to_the_fields(browser: Client) -> None:
    page = send(browser, club_good="false")[1]
    assert "Nothing was written yet:" in page
    assert "beside the fields" not in page


def test_an_old_code_of_a_region_is_taken_as_that_of_today(browser: Client) -> None:
    page = send(browser, region="91.01")[1]
    assert told_of(entered()).region_code == "93.01"
    assert "(93.01)" in page


def test_what_is_not_known_stays_unknown(browser: Client) -> None:
    empty = dict.fromkeys(
        ("giver_role", "receiver_role", "club_good", "group_size", "through", "description",
         "value", "given_on", "region", "budget_line", "expected"), "",
    )  # fmt: skip
    send(browser, **empty, money="unknown")
    told = told_of(entered())
    assert (told.value, told.club_good, told.given_on, told.region_code) == (None,) * 4
    assert (told.through, told.expected, told.receiver_role) == (None,) * 3


def test_a_record_that_rests_on_a_report_tells_nothing_of_it(browser: Client) -> None:
    send(browser, resting_on="confidential", evidence="")
    page = text(browser.get(reverse("cases:exchange", args=[entered().number])))
    assert "A confidential statement, held by the office that entered the record." in page
    form = text(browser.get(reverse("cases:exchange-correct", args=[entered().number])))
    assert "Keterangan rahasia" not in form


def test_the_number_of_a_case_is_not_written(browser: Client, case: Case) -> None:
    page = send(browser, evidence=f"lihat kasus {case.number}")[1]
    assert "name no case, lead or report by its number" in page
    assert ExchangeRecord.objects.count() == 0


def test_a_second_click_and_the_back_button_enter_one_record(browser: Client) -> None:
    key = once(text(browser.get(reverse("cases:exchange-new"))))
    for _click in range(2):
        assert "The record is entered." in send(browser, once=key)[1]
    assert ExchangeRecord.objects.count() == 1


def test_both_legs_are_linked_by_number_in_small_letters_too(browser: Client) -> None:
    send(browser)
    gift = entered()
    status, page = send(
        browser, giver="Warga RW 05", receiver="Calon Rekaan", kind="vote_support", value="",
        returns=gift.number.lower(), given_on="2026-10-01", money="unknown", budget_line="",
        club_good="", group_size="", receiver_role="politician",
    )  # fmt: skip
    assert status == 200
    assert "The record is entered." in page
    back = ExchangeRecord.objects.exclude(pk=gift.pk).get()
    assert told_of(gift).returned_by == back.number
    shown = text(browser.get(reverse("cases:exchange", args=[gift.number])))
    assert f'<a href="{reverse("cases:exchange", args=[back.number])}">{back.number}</a>' in shown
    assert "linked with its other leg" in shown


def test_a_correction_shows_what_it_said_before(browser: Client, bawaslu: Office) -> None:
    send(browser)
    record = entered()
    changes = {"kind": "goods", "given_on": "", "club_good": "", "group_size": ""}
    status, page = correct(browser, record, value="2 juta", **changes)
    assert status == 200
    assert "The record is corrected" in page
    for then, now in (
        ("1,500,000.00", "2,000,000.00"), ("A project", "Goods"), ("1 September 2026", "-"),
        ("yes", "-"), ("120", "-"),
    ):  # fmt: skip
        assert f"<del>{then}</del> → <ins>{now}</ins>" in page
    assert "new evidence" in page
    status, page = correct(browser, record, value="3 juta", because="")
    assert "the reason stays with the record" in page
    assert told_of(record).value == 2_000_000.0


def test_a_form_of_a_record_holds_what_it_says(browser: Client) -> None:
    send(browser, value="1.234.567,89")
    page = text(browser.get(reverse("cases:exchange-correct", args=[entered().number])))
    assert 'value="1234567.89"' in page
    assert 'value="2026-09-01"' in page
    status, page = correct(browser, entered(), value="1234567.89")
    assert (status, "Nothing differs" in page) == (409, True)


def test_of_two_officers_at_once_the_second_is_told(browser: Client, bob: Desk) -> None:
    send(browser)
    record, other = entered(), log_in("bob")
    lead("L-1/2026")
    other.post(reverse("cases:exchange", args=[record.number]), {"number": "L-1/2026"})
    stale = text(other.get(reverse("cases:exchange-correct", args=[record.number])))
    correct(browser, record, value="2 juta")
    told = TYPED | {"once": once(stale), "version": "1", "because": "x", "value": "9 juta"}
    answer = other.post(reverse("cases:exchange-correct", args=[record.number]), told)
    assert answer.status_code == 409
    assert "Alice changed this record meanwhile" in text(answer)
    assert "9 juta" in text(answer)
    assert told_of(record).value == 2_000_000.0


def test_a_record_is_withdrawn_with_a_reason_and_stays_readable(browser: Client) -> None:
    send(browser)
    record = entered()
    place = reverse("cases:exchange-withdraw", args=[record.number])
    assert "This field is required" in text(browser.post(place, {"version": 1, "because": ""}))
    page = text(browser.post(place, {"version": 1, "because": "salah orang"}, follow=True))
    assert "Withdrawn: it counts no more." in page
    assert "salah orang" in page
    assert "Calon Rekaan" in page
    assert "Correct" not in page
    assert record.number not in text(browser.get(reverse("cases:exchanges")))
    assert browser.get(place).status_code == 404


def test_an_expired_session_asks_to_log_in_and_writes_nothing(browser: Client) -> None:
    place = reverse("cases:exchange-new")
    key = once(text(browser.get(place)))
    browser.cookies.clear()
    answer = browser.post(place, TYPED | {"once": key})
    assert answer.status_code == 302
    assert ExchangeRecord.objects.count() == 0


# Looking people up on the way


@pytest.fixture
def lists(facts: Loader, settings: LazySettings) -> Loader:
    facts.load("officials", facts.write("pegawai.csv", csv_of([RIZKI, SITI])))
    index(facts, settings)
    return facts


def press(browser: Client, **told: Any) -> str:
    place = reverse("cases:exchange-new")
    return text(browser.post(place, TYPED | {"once": once(text(browser.get(place)))} | told))


def test_a_person_is_looked_up_and_taken_without_losing_what_was_typed(
    browser: Client, case: Case, lists: Loader
) -> None:
    page = press(browser, giver="M. Rizki", find="giver", number=case.number)
    assert "1 person bears this name" in page
    assert "berita acara serah terima" in page
    taken = re.search(r'name="take" value="giver:([^"]+)"', page)
    assert taken
    refused = press(browser, take=f"giver:{taken[1]}", number="")
    assert "Name the case or the lead" in refused
    assert "Drs. Moh. Rizki" not in refused
    page = press(browser, take=f"giver:{taken[1]}", number=case.number)
    assert 'value="Drs. Moh. Rizki, M.Si"' in page
    assert f'value="{taken[1]}"' in page
    assert "Rp 1.500.000,00" in page
    send(browser, giver="Drs. Moh. Rizki, M.Si", giver_id=taken[1])
    assert told_of(entered()).giver_id == taken[1]
    told = LookUp.objects.order_by("pk").values_list("what", "number")
    assert sorted(told) == [("record", case.number), ("search", case.number)]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"find": "giver", "number": ""}, "Name the case or the lead"),
        ({"find": "giver", "number": "9999/BAWASLU-32/2026"}, "Name the case or the lead"),
        ({"find": "through", "through": "", "number": "L-1/2026"}, "Refused"),
        ({"find": "receiver", "receiver": "12345", "number": "L-1/2026"}, "Refused"),
        ({"take": "giver:tidak-ada", "number": "L-1/2026"}, "in no list that counts now"),
    ],
)
def test_a_look_up_that_cannot_be_is_refused_and_keeps_the_form(
    browser: Client, case: Case, lists: Loader, told: dict[str, str], said: str
) -> None:
    lead("L-1/2026")
    page = press(browser, **told)
    assert said in page
    assert "berita acara serah terima" in page
    assert "This one" not in page
    assert LookUp.objects.count() == 0


def test_where_no_list_is_loaded_a_record_can_be_entered_all_the_same(
    browser: Client, case: Case
) -> None:
    page = press(browser, find="giver", number=case.number)
    assert "No list of people can be searched yet." in page
    assert LookUp.objects.count() == 0


# The list


def listed(browser: Client, **told: Any) -> str:
    return text(browser.post(reverse("cases:exchanges"), told))


def test_the_list_has_records_of_files_and_of_desks(browser: Client, facts: Loader) -> None:
    assert "There is no exchange record yet" in text(browser.get(reverse("cases:exchanges")))
    facts.load("exchanges", facts.write("e.csv", csv_of([FIRST, SECOND])))
    send(browser)
    page = text(browser.get(reverse("cases:exchanges")))
    assert entered().number in page
    assert "exchanges · e.csv:2" in page
    assert "returned by x2" in page
    assert "entered at a desk" in page
    only = listed(browser, source="files", kind="project")
    assert "x1" in only
    assert entered().number not in only
    lead("L-1/2026")
    shown = text(browser.post(reverse("cases:exchange", args=["x1"]), {"number": "L-1/2026"}))
    assert "It came with a file" in shown


def test_the_list_names_nobody(browser: Client, facts: Loader) -> None:
    facts.load("exchanges", facts.write("e.csv", csv_of([FIRST, SECOND])))
    send(browser)
    page = text(browser.get(reverse("cases:exchanges")))
    assert "calon bupati" in page
    assert "Kab. Gresik" in page or "Gresik" in page
    for name in ("Calon Rekaan", "Calon A", "RW 05", "Ketua RW", "p1"):
        assert name not in page


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_who_did_not_write_a_record_opens_it_for_a_case_or_lead_and_on_the_record(
    browser: Client, facts: Loader, bob: Desk, charlie: Desk, who: str
) -> None:
    facts.load("exchanges", facts.write("e.csv", csv_of([FIRST, SECOND])))
    send(browser)
    other = log_in(who)
    lead("L-3/2026", region_code="32.04" if who == "bob" else "33.74")
    for number, name in ((entered().number, "Calon Rekaan"), ("x1", "Calon A")):
        place = reverse("cases:exchange", args=[number])
        before = Entry.objects.count(), LookUp.objects.count()
        closed = text(other.get(place)), text(other.post(place, {"number": ""}))
        refused = text(other.post(place, {"number": "1/TIDAK-ADA/2026"}))
        for page in (*closed, refused):
            assert "For which case or lead" in page
            assert name not in page
        assert "Name the case or the lead" in refused
        assert (Entry.objects.count(), LookUp.objects.count()) == before
        assert name in text(other.post(place, {"number": "L-3/2026"}))
        row = LookUp.objects.order_by("-entry__pk").first() or LookUp()
        assert (row.officer.login, row.what, row.number) == (who, LookUp.What.RECORD, "L-3/2026")
        assert Entry.objects.count() == before[0] + 1
        assert name not in text(other.get(place))  # each opening is one of its own


def test_who_wrote_a_record_opens_it_freely(browser: Client) -> None:
    send(browser)
    before = Entry.objects.count()
    assert "Calon Rekaan" in text(browser.get(reverse("cases:exchange", args=[entered().number])))
    assert Entry.objects.count() == before


def test_correcting_and_withdrawing_show_nobody_before_the_record_was_opened(
    browser: Client, bob: Desk
) -> None:
    send(browser)
    other, number = log_in("bob"), entered().number
    places = [reverse(f"cases:exchange-{act}", args=[number]) for act in ("correct", "withdraw")]
    for place in places:
        assert "Calon Rekaan" not in text(other.get(place))
    told = {"because": "keliru", "version": "1"}
    assert "Calon Rekaan" not in text(other.post(places[1], told))
    assert not entered().withdrawn
    lead("L-3/2026")
    other.post(reverse("cases:exchange", args=[number]), {"number": "L-3/2026"})
    for place in places:
        assert "Calon Rekaan" in text(other.get(place))


def test_a_record_that_does_not_exist_has_no_page(browser: Client) -> None:
    place = reverse("cases:exchange", args=["P-0000-0000"])
    assert browser.get(place).status_code == 404
    lead("L-3/2026")
    assert browser.post(place, {"number": "L-3/2026"}).status_code == 404
    assert not LookUp.objects.exists()


def test_a_search_by_words_names_a_case_or_a_lead_and_is_logged(
    browser: Client, case: Case
) -> None:
    send(browser)
    assert "Name the case or the lead" in listed(browser, words="rekaan")
    assert entered().number not in listed(browser, words="rekaan")
    page = listed(browser, words="rekaan", number=case.number)
    assert entered().number in page
    assert LookUp.objects.count() == 1
    assert "rekaan" not in str([entry.body for entry in Entry.objects.all()]).lower()
    lead("L-1/2026")
    assert "No record is like this." in listed(browser, words="lain", number="L-1/2026")


def test_the_list_is_shown_as_it_was_known_on_a_day(browser: Client) -> None:
    send(browser)
    today = timezone.localdate(datetime.now(UTC))
    number = entered().number
    assert number not in listed(browser, known_on=(today - timedelta(1)).isoformat())
    assert number in listed(browser, known_on=today.isoformat())


def test_a_list_of_two_pages(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_exchanges.page, "__kwdefaults__", {"number": 1, "most": 2})
    for _record in range(3):
        send(browser)
    first = listed(browser)
    assert first.count("entered at a desk</span>") == 2
    assert 'name="page" value="2"' in first
    second = listed(browser, page="2")
    assert second.count("entered at a desk</span>") == 1
    assert 'name="page" value="1"' in second


# Who may


@pytest.mark.parametrize(
    "kind", ["regent", "appointing_officer", "inspectorate", "higher_officer", "service_provider"]
)
def test_no_role_of_a_regional_executive_sees_or_enters(browser: Client, kind: str) -> None:
    send(browser)
    office("daerah", kind, "dewi")
    other, number = log_in("dewi"), entered().number
    for name, args in (
        ("exchanges", []), ("exchange-new", []), ("exchange", [number]),
        ("exchange-correct", [number]), ("exchange-withdraw", [number]),
    ):  # fmt: skip
        place = reverse(f"cases:{name}", args=args)
        assert other.get(place).status_code == 404, name
        assert other.post(place, TYPED).status_code in (404, 405), name


def test_another_office_that_watches_reads_and_does_not_change(
    browser: Client, charlie: Desk
) -> None:
    send(browser)
    other, number = log_in("charlie"), entered().number
    lead("L-1/2026", region_code="33.74")
    page = text(other.post(reverse("cases:exchange", args=[number]), {"number": "L-1/2026"}))
    assert "Calon Rekaan" in page
    assert reverse("cases:exchange-correct", args=[number]) not in page
    for name in ("exchange-correct", "exchange-withdraw"):
        assert other.get(reverse(f"cases:{name}", args=[number])).status_code == 404


def test_nothing_of_it_is_on_a_public_page_or_in_the_open_log(browser: Client) -> None:
    send(browser)
    public = Client()
    for place in ("/", "/angka/", reverse("registry:outreach"), reverse("registry:elections")):
        assert "Rekaan" not in public.get(place).content.decode()
    assert public.get(reverse("cases:exchanges")).status_code == 302
    assert "Rekaan" not in str([entry.body for entry in Entry.objects.all()])
