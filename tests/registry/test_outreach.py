"""An office records its sessions of prevention; the public sees how many, for whom, how wide."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from tests.accounts.conftest import log_in, make_officer, make_organ
from timbang.accounts.models import Officer
from timbang.law.refusal import Refusal
from timbang.ledger.models import Entry
from timbang.registry import actions, reading
from timbang.registry.models import Outreach

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 19, 3, 0, tzinfo=UTC)


@pytest.fixture
def alice() -> Officer:
    return make_officer(make_organ(), "alice", "administrator")


def record(by: Officer, **changes: object) -> Outreach:
    wanted: dict[str, object] = {
        "held_on": date(2026, 11, 18),
        "audience": "officials",
        "region_code": "",
        "topic": "Netralitas sebelum penetapan",
        "reach": 40,
        "once": uuid.uuid4(),
    }
    return actions.record_outreach(**(wanted | changes), by=by, at=AT)  # type: ignore[arg-type]


def test_sessions_are_summed_by_office_and_audience(alice: Officer) -> None:
    record(alice)
    record(alice, reach=None, held_on=date(2026, 11, 1))
    record(alice, audience="public", reach=300)
    found = {row.audience: row for row in reading.outreach_by_organ()}
    assert len(found) == 2
    first, second = sorted(found.values(), key=lambda row: row.sessions)
    assert (first.sessions, first.people, first.counted) == (1, 300, 1)
    assert (second.sessions, second.people, second.counted) == (2, 40, 1)
    assert second.last_on == date(2026, 11, 18)


def test_a_second_click_records_one_session(alice: Officer) -> None:
    once = uuid.uuid4()
    assert record(alice, once=once) == record(alice, once=once)
    assert Entry.objects.filter(act="outreach.recorded").count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"held_on": date(2026, 11, 20)},
        {"held_on": date(1990, 1, 1)},
        {"audience": "cats"},
        {"topic": "  "},
        {"reach": -1},
        {"reach": 100_001},
        {"region_code": "99"},
    ],
)
def test_a_session_that_cannot_be_is_refused(alice: Officer, changes: dict[str, object]) -> None:
    with pytest.raises(Refusal):
        record(alice, **changes)
    assert not Outreach.objects.exists()
    assert not Entry.objects.filter(act="outreach.recorded").exists()


def test_a_withdrawn_session_stays_readable_and_counts_no_more(alice: Officer) -> None:
    row = record(alice)
    actions.withdraw_outreach(row, because="tercatat dua kali", by=alice, at=AT)
    assert reading.outreach_by_organ() == []
    assert Outreach.objects.get().withdrawn_because == "tercatat dua kali"


def test_an_office_cannot_withdraw_anothers_session(alice: Officer) -> None:
    row = record(alice)
    charlie = make_officer(make_organ("bkn-pusat", kind="bkn"), "charlie", "administrator")
    with pytest.raises(Refusal):
        actions.withdraw_outreach(row, because="x", by=charlie, at=AT)


def test_an_officer_records_and_withdraws_on_the_page(client: Client, alice: Officer) -> None:
    log_in(client, "alice")
    assert "belum" in client.get("/meja/sosialisasi/").content.decode()
    page = client.get("/meja/sosialisasi/catat/").content.decode()
    assert 'name="once"' in page
    sent = {
        "once": str(uuid.uuid4()),
        "held_on": "01-02-2026",
        "audience": "contestants",
        "topic": "Larangan melibatkan ASN",
        "reach": "",
    }
    wrong = client.post("/meja/sosialisasi/catat/", sent | {"held_on": "31-02-2026"})
    assert wrong.status_code == 200
    assert "Larangan melibatkan ASN" in wrong.content.decode()
    assert client.post("/meja/sosialisasi/catat/", sent).status_code == 302
    row = Outreach.objects.get()
    assert row.reach is None
    assert "Larangan melibatkan ASN" in client.get("/meja/sosialisasi/").content.decode()
    gone = client.post(f"/meja/sosialisasi/{row.pk}/cabut/", {"because": "keliru"})
    assert gone.status_code == 302
    assert "keliru" in client.get("/meja/sosialisasi/").content.decode()


def test_anyone_reads_what_offices_did(client: Client, alice: Officer) -> None:
    assert "Belum ada" in client.get("/sosialisasi/").content.decode()
    record(alice, reach=1234)
    page = client.get("/en/sosialisasi/").content.decode()
    assert alice.organ.name in page
    assert "1,234" in page or "1234" in page
    assert alice.name not in page
