"""Exchange records of the desk: entered, linked, corrected, withdrawn; one table with the files."""

from __future__ import annotations

import csv
import json
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from django.conf import LazySettings
from django.db.models import QuerySet
from django.utils import translation

from tests.accounts.conftest import make_officer, make_organ
from tests.at_once import together
from tests.registry.loader import Loader, csv_of
from tests.registry.sources.test_exchanges import FIRST, SECOND
from timbang.accounts.models import Officer
from timbang.cli import main
from timbang.law import bilingual
from timbang.law.refusal import Refusal
from timbang.ledger.models import Entry
from timbang.registry import actions, desk_rows, reading_exchanges, tables
from timbang.registry.actions import Unfit
from timbang.registry.exchange import Exchange
from timbang.registry.models import ExchangeRecord, ExchangeState
from timbang.registry.reading_exchanges import Wanted

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 19, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 19)
GIFT = Exchange(
    exchange_id="", giver="Calon Rekaan", giver_id="p1", receiver="Warga RW 05",
    receiver_role="community", given_on=date(2026, 9, 1), kind="project",
    description="Jalan lingkungan", value=150e6, club_good=True, group_size=120, money="public",
    budget_line="1.03.10.2.01", through="Ketua RW", region_code="35.25", expected="suara TPS 12",
    evidence="berita acara serah terima", confidence="medium",
)  # fmt: skip
BACK = Exchange(
    exchange_id="", giver="Warga RW 05", receiver="Calon Rekaan", receiver_id="p1",
    given_on=date(2026, 10, 1), kind="vote_support", evidence="hasil TPS 12", confidence="low",
)  # fmt: skip


@pytest.fixture(autouse=True)
def english() -> Any:
    token = bilingual.language.set("en")
    with translation.override("en"):
        yield
    bilingual.language.reset(token)


@pytest.fixture
def facts(loader: Loader, settings: LazySettings) -> Loader:
    settings.TABLES = loader.store.folder
    return loader


@pytest.fixture
def alice(facts: Loader) -> Officer:
    return make_officer(make_organ(), "alice", "receiver", "examiner")


@pytest.fixture
def charlie(alice: Officer) -> Officer:
    other = make_organ("bawaslu-33", region_code="33")
    return make_officer(other, "charlie", "receiver", "examiner")


def later(days: int) -> datetime:
    return AT + timedelta(days=days)


def enter(by: Officer, told: Exchange = GIFT, *, at: datetime = AT, **changes: Any) -> str:
    once = uuid.uuid4()
    return actions.record_exchange(replace(told, **changes), once=once, by=by, at=at).number


def record(number: str) -> ExchangeRecord:
    return ExchangeRecord.objects.get(number=number)


def entries() -> QuerySet[Entry]:
    return Entry.objects.filter(act__startswith="exchange.")


def says(number: str) -> Exchange:
    return reading_exchanges.exchange_of(reading_exchanges.last_state(record(number)))


def correct(number: str, by: Officer, *, at: datetime = AT, seen: int = 0, **changes: Any) -> None:
    row = record(number)
    actions.correct_exchange(
        row, replace(says(number), **changes), seen=seen or row.version, because="new evidence",
        by=by, at=at,
    )  # fmt: skip


def withdraw(number: str, by: Officer, *, at: datetime = AT, because: str = "a mistake") -> None:
    row = record(number)
    actions.withdraw_exchange(row, seen=row.version, because=because, by=by, at=at)


def rows(*, known_on: date | None = None, also_ended: bool = False) -> list[dict[str, Any]]:
    found = reading_exchanges.opened(known_on=known_on).table("exchanges", also_ended=also_ended)
    listed: list[dict[str, Any]] = found.order_by(["row_id", "version"]).to_pyarrow().to_pylist()
    return listed


# One table


def test_files_and_the_desk_give_one_table_with_where_each_row_is_from(
    facts: Loader, alice: Officer
) -> None:
    facts.load("exchanges", facts.write("e.csv", csv_of([FIRST, SECOND])))
    number = enter(alice)
    found = {row["exchange_id"]: row for row in rows()}
    assert set(found) == {"x1", "x2", number}
    mine, theirs = found[number], found["x1"]
    assert set(mine) == set(theirs)
    assert (mine["source"], mine["version"], mine["year"], mine["row_id"]) == (
        "desk", 1, 2026, number,
    )  # fmt: skip
    entry = Entry.objects.get(act="exchange.recorded")
    assert mine["file"] == f"log/{entry.pk}"
    told = {name: mine[name] for name in GIFT.as_row()}
    assert told == replace(GIFT, exchange_id=number).as_row()


def test_the_detectors_door_has_the_rows_of_every_state_and_of_one_year(alice: Officer) -> None:
    number = enter(alice)
    correct(number, alice, value=1e6)
    old = enter(alice, given_on=None)
    reading_exchanges.opened()
    from django.conf import settings

    door = tables.open_tables(settings.TABLES, engine="duckdb")
    assert [row["row_id"] for row in _list(door.table("exchanges", years=[2026]))] == [number]
    assert [row["row_id"] for row in _list(door.table("exchanges", years=[0]))] == [old]
    history = {(r["row_id"], r["version"]): (r["ended"], r["ended_because"], r["value"])
               for r in _list(door.table("exchanges", also_ended=True))}  # fmt: skip
    assert history == {
        (number, 1): (2, "corrected", 150e6),
        (number, 2): (None, None, 1e6),
        (old, 1): (None, None, 150e6),
    }
    assert {"table": "exchanges", "source": "desk", "rows": 2, "first": 0, "last": 2026} in (
        tables.overview(door)
    )


def _list(found: Any) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = found.to_pyarrow().to_pylist()
    return listed


def test_what_was_known_on_a_day_can_be_asked_again(alice: Officer) -> None:
    number = enter(alice)
    correct(number, alice, at=later(2), value=2e6)
    withdraw(number, alice, at=later(4))

    def value(days: int) -> list[float]:
        return [row["value"] for row in rows(known_on=TODAY + timedelta(days))]

    assert [value(days) for days in (-1, 0, 1, 2, 3, 4)] == [
        [], [150e6], [150e6], [2e6], [2e6], [],
    ]  # fmt: skip
    assert rows() == []
    history = rows(also_ended=True)
    assert [(r["version"], r["ended"], r["ended_because"]) for r in history] == [
        (1, 2, "corrected"), (2, 3, "retracted"),
    ]  # fmt: skip
    then = rows(known_on=TODAY, also_ended=True)
    assert [(r["version"], r["ended"], r["ended_because"]) for r in then] == [(1, None, None)]


def test_the_copy_is_made_anew_only_after_an_act_and_when_it_was_lost(
    facts: Loader, alice: Officer
) -> None:
    folder = facts.store.folder
    assert reading_exchanges.set_out(folder) is False
    assert not (folder / ".desk").exists()
    enter(alice)
    assert [reading_exchanges.set_out(folder) for _time in range(3)] == [True, False, False]
    made = desk_rows.current(folder, "exchanges")
    assert made is not None
    made.unlink()
    assert len(rows()) == 1
    (folder / ".desk" / "exchanges").write_text("../../etc/passwd")
    assert len(rows()) == 1


def test_a_reader_goes_on_reading_what_it_opened(alice: Officer) -> None:
    enter(alice)
    before = reading_exchanges.opened()
    enter(alice)
    assert len(rows()) == 2
    assert before.table("exchanges").count().to_pyarrow().as_py() == 1


def test_a_copy_of_an_older_version_lacks_columns_and_is_read_all_the_same(
    facts: Loader, alice: Officer
) -> None:
    enter(alice)
    rows()
    made = desk_rows.current(facts.store.folder, "exchanges")
    assert made is not None
    pq.write_table(pq.read_table(made).drop_columns(["doubts", "through"]), made)
    assert [(row["through"], row["money"]) for row in rows()] == [(None, "public")]


def test_a_file_cannot_bring_a_record_of_the_desk(
    facts: Loader, alice: Officer, tmp_path: Path
) -> None:
    number = enter(alice)
    path = facts.write("e.csv", csv_of([FIRST | {"exchange_id": number}, SECOND]))
    done = CliRunner().invoke(
        main, ["load", "exchanges", str(path), "--accept", "refused_at_most=x", "--json"]
    )
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert said["kept"] == 1
    assert "entered at this desk" in said["refusals"][0]["why"]


# What may be entered


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"given_on": date(2026, 11, 20)}, "given_on", "a day between 1945-08-17 and today"),
        ({"given_on": date(24, 1, 1)}, "given_on", "a day between"),
        ({"value": 2e15}, "value", "check the zeros"),
        ({"value": -1.0}, "", "the value is negative"),
        ({"giver": "", "giver_id": None}, "", "no giver is named"),
        ({"giver": "N" * 201}, "giver", "201 signs; at most 200"),
        ({"description": "=HYPERLINK(1)"}, "description", "like a formula"),
        ({"giver": "@SUM(A1)"}, "giver", "like a formula"),
        ({"evidence": "foto 3273014502900001"}, "evidence", "NIP or NIK"),
        ({"giver_id": "19840312 201001 1 004"}, "giver_id", "NIP or NIK"),
        ({"evidence": "berkas 0012/BAWASLU-32/2026"}, "evidence", "name no case"),
        ({"evidence": "lihat L-12/2026"}, "evidence", "name no case"),
        (
            {"description": "laporan 0b8f0e6e-1111-4222-8333-123456789abc"},
            "description",
            "name no case",
        ),
        ({"evidence": "foto"}, "evidence", "say more clearly"),
        ({"region_code": "99.99"}, "region_code", "no province"),
        ({"receiver_id": "p1"}, "", "the giver and the receiver are one"),
        ({"club_good": False}, "", "the size of a group"),
        ({"money": "private"}, "", "a budget line where the money is private"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(
    alice: Officer, changes: dict[str, Any], field: str, why: str
) -> None:
    with pytest.raises(Unfit) as refused:
        enter(alice, **changes)
    assert [name for name, _said in refused.value.problems] == [field]
    assert why in refused.value.problems[0][1].en
    assert ExchangeRecord.objects.count() == entries().count() == 0


def test_what_only_looks_like_it_is_entered(alice: Officer) -> None:
    number = enter(
        alice, evidence="surat 0012/DINSOS/2026,\n hal 3", description="+ 3 karung beras",
        budget_line="5.1.02.05.01.0001", value=None, giver="  Calon   Rekaan ",
    )  # fmt: skip
    assert says(number).evidence == "surat 0012/DINSOS/2026, hal 3"
    assert says(number).giver == "Calon Rekaan"


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        ("regent", ("receiver", "examiner", "decision_maker")),
        ("appointing_officer", ("examiner",)),
        ("inspectorate", ("examiner",)),
        ("bawaslu", ("administrator", "auditor", "legal_officer")),
    ],
)
def test_only_who_watches_and_opens_content_enters(
    facts: Loader, kind: str, roles: tuple[str, ...]
) -> None:
    other = make_officer(make_organ("lain", kind=kind), "rini", *roles)
    with pytest.raises(Refusal, match="an office that watches"):
        enter(other)


def test_a_second_click_enters_one_record(alice: Officer) -> None:
    once = uuid.uuid4()
    first = actions.record_exchange(GIFT, once=once, by=alice, at=AT)
    assert actions.record_exchange(GIFT, once=once, by=alice, at=AT) == first
    assert Entry.objects.filter(act="exchange.recorded").count() == 1


def test_the_log_holds_codes_and_a_digest_that_nobody_can_guess(alice: Officer) -> None:
    first, second = enter(alice), enter(alice)
    bodies = [entry.body for entry in Entry.objects.filter(act="exchange.recorded")]
    assert not any("Rekaan" in str(body) or "RW 05" in str(body) for body in bodies)
    assert bodies[0]["content"] != bodies[1]["content"]
    assert {body["exchange"] for body in bodies} == {
        str(record(number).pk) for number in (first, second)
    }


# Both legs


def test_both_legs_are_linked_in_one_act_and_parted_in_one(alice: Officer) -> None:
    gift = enter(alice)
    back = enter(alice, BACK, returns=gift)
    assert (says(gift).returned_by, says(back).returns) == (back, gift)
    last = reading_exchanges.last_state(record(gift))
    assert (last.act, last.because, last.ordinal) == ("linked", back, 2)
    table = {row["exchange_id"]: row for row in rows()}
    assert (table[gift]["returned_by"], table[back]["returns"]) == (back, gift)
    withdraw(back, alice)
    assert says(gift).returned_by is None
    assert [row["exchange_id"] for row in rows()] == [gift]
    acts = entries().exclude(act="exchange.recorded").values_list("act", flat=True)
    assert sorted(acts) == ["exchange.linked", "exchange.linked", "exchange.withdrawn"]


def test_a_leg_can_be_named_from_either_side_and_moved(alice: Officer, charlie: Officer) -> None:
    gift, back = enter(alice), enter(charlie, BACK)
    correct(gift, alice, returned_by=back)
    assert says(back).returns == gift
    other = enter(alice, BACK, given_on=date(2026, 10, 5))
    correct(gift, alice, returned_by=other)
    assert (says(back).returns, says(other).returns) == (None, gift)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"given_on": date(2026, 8, 31)}, "lies before what was given"),
        ({"giver": "Warga Dusun Lain Sekali", "through": None}, "is not who returned"),
        ({"receiver_id": "p9"}, "is not who got the return"),
        ({"receiver": "Sukarno Lain", "receiver_id": None}, "is not who got the return"),
    ],
)
def test_legs_that_contradict_each_other_are_refused(
    alice: Officer, changes: dict[str, Any], why: str
) -> None:
    gift = enter(alice)
    with pytest.raises(Unfit, match=why):
        enter(alice, BACK, **({"returns": gift} | changes))
    assert ExchangeRecord.objects.count() == 1
    assert says(gift).returned_by is None


@pytest.mark.parametrize(
    "changes",
    [
        {"receiver": "CALON REKAAN", "receiver_id": None},
        {"given_on": None},
        {"given_on": date(2026, 9, 1)},
        {"giver": "Ketua RW"},
        {"giver": "Tim lain", "through": "Warga RW 05"},
        {"giver": "", "giver_id": "x"},
    ],
)
def test_what_is_not_known_or_went_through_the_same_broker_contradicts_nothing(
    alice: Officer, changes: dict[str, Any]
) -> None:
    gift = enter(alice)
    assert says(enter(alice, BACK, **({"returns": gift} | changes))).returns == gift


def test_a_correction_is_held_against_the_other_leg_too(alice: Officer) -> None:
    gift = enter(alice)
    back = enter(alice, BACK, returns=gift)
    with pytest.raises(Unfit, match="lies before"):
        correct(gift, alice, given_on=date(2026, 10, 2))
    with pytest.raises(Unfit, match="is not who returned"):
        correct(back, alice, giver="Warga Dusun Lain Sekali")


def test_a_leg_must_be_there_and_free(alice: Officer) -> None:
    gift = enter(alice)
    for number in ("P-2222-2222", "tidak ada"):
        with pytest.raises(Unfit, match="no record that counts has the number"):
            enter(alice, BACK, returns=number)
    enter(alice, BACK, returns=gift)
    with pytest.raises(Unfit, match="is returned by another record already"):
        enter(alice, BACK, returns=gift)
    withdrawn = enter(alice)
    withdraw(withdrawn, alice)
    with pytest.raises(Unfit, match="no record that counts"):
        enter(alice, BACK, returns=withdrawn)


def test_a_chain_is_allowed_and_a_ring_is_not(alice: Officer) -> None:
    chain = [enter(alice, given_on=None)]
    for told in (BACK, GIFT, BACK):
        chain.append(enter(alice, told, given_on=None, returns=chain[-1]))
    assert [says(number).returned_by for number in chain] == [*chain[1:], None]
    with pytest.raises(Unfit, match="in a ring: " + " > ".join([chain[3], *chain])):
        correct(chain[3], alice, returned_by=chain[0])
    with pytest.raises(Unfit, match="in a ring: " + " > ".join([*chain, chain[0]])):
        correct(chain[0], alice, returns=chain[3])
    with pytest.raises(Unfit, match="both as what came back"):
        correct(chain[1], alice, returned_by=chain[0])


def test_a_leg_may_be_of_a_file(facts: Loader, alice: Officer) -> None:
    facts.load("exchanges", facts.write("e.csv", csv_of([FIRST | {"returned_by": ""}, SECOND])))
    told = {"giver": "RW 05", "receiver": "Calon A", "receiver_id": "p1"}
    back = enter(alice, BACK, **told, returns="x1")
    assert says(back).returns == "x1"
    with pytest.raises(Unfit, match="is a leg of another record already"):
        enter(alice, BACK, **told, returns="x1")
    with pytest.raises(Unfit, match="returns another record already"):
        enter(alice, giver="Calon A", receiver="RW 05", given_on=None, returned_by="x2")
    with pytest.raises(Unfit, match="both as what came back"):
        correct(back, alice, returned_by="x1")
    third = enter(alice, giver="Calon A", receiver="RW 05", given_on=None, returns=back)
    last = enter(alice, BACK, **told, given_on=None, returns=third)
    with pytest.raises(Unfit, match=f"in a ring: {last} > x1 > {back} > {third} > {last}"):
        correct(last, alice, returned_by="x1")


def test_a_link_from_the_desk_to_a_file_stands_on_both_sides_when_it_is_read(
    facts: Loader, alice: Officer
) -> None:
    lines = [FIRST | {"returned_by": ""}, SECOND | {"returns": ""}]
    facts.load("exchanges", facts.write("e.csv", csv_of(lines)))
    back = enter(alice, BACK, giver="RW 05", receiver="Calon A", receiver_id="p1", returns="x1")

    def legs(**how: Any) -> dict[str, tuple[str | None, str | None]]:
        return {r["exchange_id"]: (r["returned_by"], r["returns"]) for r in rows(**how)}

    assert legs() == {"x1": (back, None), "x2": (None, None), back: (None, "x1")}
    withdraw(back, alice)
    assert legs() == {"x1": (None, None), "x2": (None, None)}


def test_a_file_may_name_a_record_of_the_desk_that_counts(facts: Loader, alice: Officer) -> None:
    kept, gone = enter(alice), enter(alice)
    withdraw(gone, alice)
    reading_exchanges.set_out(facts.store.folder)
    lines = [
        SECOND | {"exchange_id": "x3", "returns": kept, "given_on": "2026-10-01"},
        SECOND | {"exchange_id": "x4", "returns": gone},
        SECOND | {"exchange_id": "x5", "returns": kept, "given_on": "2026-08-31"},
    ]
    facts.load("exchanges", facts.write("e.csv", csv_of(lines[:1])))
    found = {row["exchange_id"]: row for row in rows()}
    assert (found["x3"]["doubts"], found[kept]["returned_by"]) == (None, "x3")
    facts.load("exchanges", facts.write("f.csv", csv_of(lines[1:])))
    said = {row["exchange_id"]: row["doubts"] for row in rows()}
    assert (said["x4"], said["x5"]) == ("leg_unknown", "leg_before_gift,legs_disagree")


# Correcting and withdrawing


def test_of_two_officers_at_once_one_wins_and_the_other_is_told(alice: Officer) -> None:
    bob = make_officer(alice.organ, "bob", "receiver", holder=alice)
    number = enter(alice)
    correct(number, alice, value=1.0)
    with pytest.raises(Refusal, match="Alice changed this record meanwhile: corrected"):
        correct(number, bob, seen=1, value=2.0)
    row = record(number)
    with pytest.raises(Refusal, match="Nothing of yours was written"):
        actions.withdraw_exchange(row, seen=1, because="x", by=bob, at=AT)
    assert says(number).value == 1.0


def test_a_second_click_corrects_once(alice: Officer) -> None:
    number = enter(alice)
    correct(number, alice, value=1.0)
    correct(number, alice, seen=1, value=1.0)
    assert record(number).version == 2
    with pytest.raises(Refusal, match="Nothing differs"):
        correct(number, alice)


def test_a_change_says_why(alice: Officer) -> None:
    number = enter(alice)
    with pytest.raises(Refusal, match="Say why"):
        withdraw(number, alice, because="  ")
    with pytest.raises(Refusal, match="at most 300 signs"):
        withdraw(number, alice, because="x" * 301)
    withdraw(number, alice)
    withdraw(number, alice)
    assert record(number).version == 2
    with pytest.raises(Refusal, match="was withdrawn"):
        correct(number, alice, value=1.0)


def test_only_the_office_that_entered_a_record_changes_it(alice: Officer, charlie: Officer) -> None:
    number = enter(alice)
    with pytest.raises(Refusal, match="Only the office that entered"):
        correct(number, charlie, value=1.0)
    with pytest.raises(Refusal, match="Only the office that entered"):
        withdraw(number, charlie)


def test_every_state_stays_and_each_has_its_entry(alice: Officer) -> None:
    number = enter(alice)
    correct(number, alice, value=1.0)
    withdraw(number, alice)
    acts = [state.act for state in reading_exchanges.history(record(number))]
    assert acts == ["withdrawn", "corrected", "recorded"]
    assert entries().count() == ExchangeState.objects.count() == 3


# The list


def test_the_list_is_searched_and_narrowed(facts: Loader, alice: Officer) -> None:
    facts.load("exchanges", facts.write("e.csv", csv_of([FIRST, SECOND])))
    gift = enter(alice)
    back = enter(alice, BACK, returns=gift)

    def found(**wanted: Any) -> set[str]:
        page = reading_exchanges.page(reading_exchanges.opened(), Wanted(**wanted))
        return {row["exchange_id"] for row in page.rows}

    everything = {"x1", "x2", gift, back}
    assert found() == everything
    assert found(words="rekaan TPS") == {gift, back}
    assert found(words="CALON a") == {"x1", "x2"} | {gift, back}
    assert found(words="100%") == set()
    assert found(kind="project") == {"x1", gift}
    assert found(money="public", source="desk") == {gift}
    assert found(source="files") == {"x1", "x2"}
    assert found(region="35") == {"x1", "x2", gift}
    assert found(region="3") == set()
    assert found(first=date(2026, 10, 1)) == {back}
    assert found(last=date(2024, 12, 31)) == {"x1", "x2"}
    assert found(legs="linked") == everything
    withdraw(back, alice)
    assert found(legs="open") == {gift, "x2"}
    assert found(legs="alone") == {gift}


def test_a_page_holds_so_many_and_says_whether_there_are_more(alice: Officer) -> None:
    numbers = [enter(alice, given_on=date(2026, 1, day)) for day in (1, 2, 3)]
    unknown = enter(alice, given_on=None)
    door = reading_exchanges.opened()
    first = reading_exchanges.page(door, Wanted(), most=2)
    second = reading_exchanges.page(door, Wanted(), number=2, most=2)
    shown = [row["exchange_id"] for row in (*first.rows, *second.rows)]
    assert shown == [numbers[2], numbers[1], numbers[0], unknown]
    assert (first.more, second.more) == (True, False)


# What leaves


def test_the_exports_hold_the_records_of_files_and_of_the_desk(
    facts: Loader, alice: Officer, tmp_path: Path
) -> None:
    facts.load("exchanges", facts.write("e.csv", csv_of([FIRST, SECOND])))
    gift = enter(alice, kind="cash", receiver="-Warga RW 05", expected="+1 suara")
    out = tmp_path / "out"
    for form in ("csv", "parquet", "ftm"):
        done = CliRunner().invoke(
            main, ["export", form, "exchanges", str(out), "--desk"], catch_exceptions=False
        )
        assert done.exit_code == 0, done.output
        if form == "csv":
            table = list(csv.DictReader(out.read_text("utf-8").splitlines()))
            assert {row["exchange_id"] for row in table} == {"x1", "x2", gift}
            mine = next(row for row in table if row["exchange_id"] == gift)
            assert (mine["receiver"], mine["expected"]) == ("'-Warga RW 05", "'+1 suara")
            assert mine["value"] == "150000000"
        elif form == "parquet":
            assert pq.read_table(out).num_rows == 3
        else:
            found = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
            paid = next(entity for entity in found if entity["schema"] == "Payment")
            assert paid["properties"]["amount"] == ["150000000"]
            assert paid["properties"]["recordId"] == [gift]
            ids = {entity["id"] for entity in found}
            assert {paid["properties"]["payer"][0], "timbang-p1"} <= ids
    refused = CliRunner().invoke(main, ["export", "csv", "exchanges", str(out)])
    assert "for the desk" in refused.output


def test_the_commands_show_the_desk_as_it_was_known(alice: Officer) -> None:
    number = enter(alice)
    day = (TODAY - timedelta(1)).isoformat()
    show = ["tables", "show", "exchanges", "--desk"]
    said = CliRunner().invoke(main, show, catch_exceptions=False).output
    assert number in said
    assert number not in CliRunner().invoke(main, [*show, "--known-on", day]).output
    assert "desk" in CliRunner().invoke(main, ["tables", "list"], catch_exceptions=False).output


# At once


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_are_one_record(alice: Officer) -> None:
    once = uuid.uuid4()

    def click() -> object:
        return actions.record_exchange(GIFT, once=once, by=alice, at=AT)

    assert len({str(row) for row in together(click, click, click)}) == 1
    assert ExchangeRecord.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_offices_that_claim_one_leg_at_once_one_gets_it(
    alice: Officer, charlie: Officer
) -> None:
    gift = enter(alice)
    found = together(
        lambda: enter(alice, BACK, returns=gift), lambda: enter(charlie, BACK, returns=gift)
    )
    assert sum(isinstance(each, str) for each in found) == 1
    assert sum(isinstance(each, Refusal) for each in found) == 1
    assert ExchangeRecord.objects.filter(returns=gift).count() == 1
    assert says(gift).returned_by == next(each for each in found if isinstance(each, str))
    assert len(rows()) == 2


@pytest.mark.django_db(transaction=True)
def test_acts_at_once_all_come_into_the_table_by_themselves(
    alice: Officer, charlie: Officer, facts: Loader
) -> None:
    together(*[lambda who=who: enter(who) for who in (alice, charlie) * 3])
    door = tables.open_tables(facts.store.folder, engine="duckdb")
    assert door.table("exchanges").count().to_pyarrow().as_py() == 6
