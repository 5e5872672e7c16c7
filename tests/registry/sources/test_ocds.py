"""OCDS in its shapes: releases, records, packages, gz; what is odd is said and nothing is guessed."""

from __future__ import annotations

import gzip
import json
from datetime import date

import pytest

from tests.registry.loader import Loader, lines_of, release
from timbang.registry.load_report import LoadStopped

ANY = {"unknown_at_most": "small test", "refused_at_most": "small test"}


def test_a_package_a_record_and_a_line_give_the_same_rows(loader: Loader) -> None:
    package = {"uri": "x", "license": "CC0", "releases": [release("1")]}
    record = {"ocid": "ocds-test-1", "compiledRelease": release("1"), "releases": []}
    for name, text in (
        ("package.json", json.dumps(package, indent=2)),
        ("record.jsonl", lines_of([record])),
        ("records.json", json.dumps({"records": [record]})),
        ("lines.jsonl", lines_of([release("1")])),
        ("package.jsonl", json.dumps(package) + "\n" + json.dumps(package) + "\n"),
    ):
        one = Loader(loader.folder / name.replace(".", "_"))
        one.folder.mkdir()
        report = one.load("ocds", one.write(name, text))
        assert report.tables["procurements"].added == 1, name
        found = one.rows("contracts")[0]
        assert (found["ocid"], found["value"]) == ("ocds-test-1", 185e6)


def test_a_packed_file_is_read_as_it_is(loader: Loader) -> None:
    packed = gzip.compress(lines_of([release("1")]).encode())
    assert loader.load("ocds", loader.write("a.jsonl.gz", packed)).kept == 1


def test_the_licence_of_a_package_is_in_the_report(loader: Loader) -> None:
    package = {"license": "CC0", "releases": [release("1")]}
    report = loader.load("ocds", loader.write("p.json", json.dumps(package)))
    assert report.about == [{"file": "p.json", "license": '"CC0"'}]


def test_every_part_has_its_table(loader: Loader) -> None:
    full = release("1")
    full["tender"]["items"] = [
        {"id": "i", "quantity": 2, "unit": {"name": "m", "value": {"amount": 5, "currency": "IDR"}}}
    ]
    full["tender"]["milestones"] = [{"id": 7, "title": "Buka", "dueDate": "2018-02-10"}]
    full["bids"] = {
        "details": [
            {"id": "b", "value": {"amount": 9, "currency": "IDR"}, "tenderers": [{"id": "99.2"}]}
        ]
    }
    loader.load("ocds", loader.write("a", lines_of([full])))
    assert loader.column("items", "unit_price") == [None, 5.0]
    assert loader.column("milestones", "due_on") == [date(2018, 2, 10)]
    assert loader.column("bids", "bidder_id") == ["99.2", "99.1"]
    assert loader.column("bids", "email") == [None, "a@b.id"]
    assert loader.column("parties", "roles") == ["buyer"]


def test_hours_count_where_they_are_known(loader: Loader) -> None:
    """Fifteen days but for a second are fourteen whole ones; a bid may be a second late."""
    full = release("1")
    full["tender"]["tenderPeriod"] = {
        "startDate": "2018-02-01T09:00:00+07:00",
        "endDate": "2018-02-16T01:59:59Z",
    }
    full["tender"]["tenderers"] = [{"id": "99.3"}]
    full["bids"] = {
        "details": [
            {"date": "2018-02-16T02:00:00Z", "tenderers": [{"id": "99.1"}, {"id": "99.2"}]},
            {"date": "2018-02-16", "tenderers": [{"id": "99.4"}]},
        ]
    }
    loader.load("ocds", loader.write("a", lines_of([full])))
    assert loader.column("procurements", "tender_days") == [14]
    told = dict(
        zip(loader.column("bids", "bidder_id"), loader.column("bids", "seconds_late"), strict=True)
    )
    assert told == {"99.1": 1, "99.2": 1, "99.3": None, "99.4": None}


def test_bids_awards_and_items_say_which_they_are_of(loader: Loader) -> None:
    full = release("1")
    full["tender"]["tenderers"] = [{"id": "99.3"}]
    full["bids"] = {
        "details": [
            {"id": "b", "tenderers": [{"id": "99.1"}, {"id": "99.2"}]},
            {"tenderers": [{"id": "99.1"}]},
        ]
    }
    full["awards"] = [{"suppliers": [{"id": "99.1"}]}, {"items": [{"id": "i"}]}]
    full["contracts"] = []
    loader.load("ocds", loader.write("a", lines_of([full])))
    names = ("bidder_id", "bid_id", "bid_place", "bidders")
    rows = set(zip(*(loader.column("bids", name) for name in names), strict=True))
    assert rows == {
        ("99.1", "b", 1, 2),
        ("99.2", "b", 1, 2),
        ("99.1", None, 2, 1),
        ("99.3", None, None, None),
    }
    assert sorted(loader.column("awards", "award_place")) == [1, 2]
    assert loader.column("items", "part_place") == [2]


@pytest.mark.parametrize(
    ("change", "table", "doubt"),
    [
        ({"date": "-0001-11-30T14:08:09+00:00"}, "procurements", "day_impossible"),
        ({"date": "2106-01-01"}, "procurements", "day_implausible"),
        ({"date": 5}, "procurements", "day_unreadable"),
        ({"buyer": {"name": "Tanpa nomor"}}, "procurements", "id_missing"),
        ({"tender": {"id": 0}}, "procurements", "id_zero"),
        ({"tender": {"id": "1", "numberOfTenderers": 0}}, "procurements", "no_tenderers"),
        ({"tender": {"numberOfTenderers": "many"}}, "procurements", "whole_unreadable"),
        (
            {"tender": {"tenderPeriod": {"startDate": "2018-02-02", "endDate": "2018-02-01"}}},
            "procurements",
            "period_reversed",
        ),
        ({"planning": {"budget": {"amount": {"amount": 0}}}}, "procurements", "amount_zero"),
        ({"planning": {"budget": {"amount": {"amount": 7}}}}, "procurements", "currency_missing"),
        ({"planning": {"budget": {"amount": {"amount": -7}}}}, "procurements", "amount_negative"),
        (
            {"planning": {"budget": {"amount": {"amount": 10**400}}}},
            "procurements",
            "amount_unreadable",
        ),
        (
            {"planning": {"budget": {"amount": {"amount": True}}}},
            "procurements",
            "amount_unreadable",
        ),
        ({"awards": [{"id": "a1"}]}, "awards", "no_supplier"),
        ({"awards": [{"id": "a1"}]}, "awards", "amount_missing"),
        ({"awards": []}, "contracts", "award_unknown"),
        ({"parties": [{"name": "x"}]}, "parties", "id_missing"),
    ],
)
def test_what_is_odd_is_said_and_the_row_is_kept(
    loader: Loader, change: dict[str, object], table: str, doubt: str
) -> None:
    odd = release("1", **change)
    report = loader.load("ocds", loader.write("a", lines_of([odd])), accepted=ANY)
    assert doubt in loader.column(table, "doubts")[0].split(",")
    assert report.doubts[table, doubt] == 1
    assert report.samples[table, doubt] == [("a", 1)]


def test_a_day_that_cannot_be_is_kept_as_unknown(loader: Loader) -> None:
    odd = release("1", date="-0001-11-30T14:08:09+00:00")
    loader.load("ocds", loader.write("a", lines_of([odd])), accepted=ANY)
    row = loader.rows("procurements")[0]
    assert (row["released_on"], row["year"]) == (None, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "1"},
        {"ocid": "x", "id": "1", "awards": {"a": 1}},
        {"ocid": "x", "id": "1", "tender": []},
        {"ocid": "x", "id": "1", "parties": ["p"]},
        {"ocid": "x", "id": "1", "awards": [{"suppliers": "CV"}]},
        {"releases": [5]},
        {"releases": []},
    ],
)
def test_a_release_of_the_wrong_shape_is_refused_whole(
    loader: Loader, wrong: dict[str, object]
) -> None:
    report = loader.load("ocds", loader.write("a", lines_of([wrong, release("2")])), accepted=ANY)
    assert (report.refused_records, report.kept) == (1, 1)
    assert loader.column("procurements", "ocid") == ["ocds-test-2"]
    assert len(loader.rows("parties")) == 1


def test_an_empty_load_is_stopped(loader: Loader) -> None:
    with pytest.raises(LoadStopped, match="records_at_least"):
        loader.load("ocds", loader.write("a", "{}\n"))


def test_several_suppliers_share_one_award(loader: Loader) -> None:
    both = release("1")
    both["awards"][0]["suppliers"].append({"id": "99.2", "name": "PT Dua"})
    loader.load("ocds", loader.write("a", lines_of([both])))
    assert loader.column("awards", "supplier_id") == ["99.1", "99.2"]
    assert loader.column("awards", "suppliers") == [2, 2]
    assert loader.column("contracts", "supplier_id") == [None]


def test_a_long_text_is_kept_whole(loader: Loader) -> None:
    told = "Uraian " * 5_000
    long = release("1", tender={"title": "Jalan", "description": told})
    loader.load("ocds", loader.write("a", lines_of([long])), accepted=ANY)
    assert loader.column("procurements", "description") == [told.strip()]


def test_what_no_table_keeps_is_counted_however_deep_it_lies(loader: Loader) -> None:
    deep = release(
        "1",
        tender={
            "title": "Jalan",
            "tenderers": [{"id": "p1", "name": "CV A", "identifier": {"id": "9"}}],
        },
        planning={"budget": {"project": "Jalan lain"}, "rationale": "perlu"},
        awards=[{"id": "a", "suppliers": [{"id": "p1", "name": "CV A", "scale": "small"}]}],
    )
    report = loader.load("ocds", loader.write("a", lines_of([deep])), accepted=ANY)
    assert report.not_kept == {
        "tenderers/identifier": 1, "planning/budget/project": 1, "suppliers/scale": 1,
    }  # fmt: skip


def test_an_amount_or_a_period_of_another_shape_is_doubtful(loader: Loader) -> None:
    odd = release("1", tender={"title": "x", "value": 5_000_000, "tenderPeriod": "2018-01-01/02"})
    loader.load("ocds", loader.write("a", lines_of([odd])), accepted=ANY)
    assert {"amount_unreadable", "day_unreadable"} <= set(
        loader.column("procurements", "doubts")[0].split(",")
    )


MONEY = {"amount": 9, "currency": "IDR", "amountNet": 8}
SPAN = {"startDate": "2018-01-01", "endDate": "2018-01-02", "durationInDays": 2}


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        (
            {
                "parties": [
                    {
                        "id": "p",
                        "address": {"streetAddress": "Jl. A", "countryName": "Indonesia"},
                        "contactPoint": {"email": "a@b.id", "name": "Bagian Umum"},
                        "identifier": {"id": "9", "scheme": "ID-NPWP"},
                    }
                ]
            },
            ["parties/address/countryName", "parties/contactPoint/name", "parties/identifier/scheme"],
        ),
        (
            {"tender": {"tenderers": [{"id": "p", "address": {"streetAddress": "A", "x": 1}}]}},
            ["tenderers/address/x"],
        ),
        ({"tender": {"value": MONEY}}, ["tender/value/amountNet"]),
        ({"awards": [{"id": "a", "value": MONEY}]}, ["awards/value/amountNet"]),
        ({"contracts": [{"id": "c", "value": MONEY}]}, ["contracts/value/amountNet"]),
        ({"planning": {"budget": {"amount": MONEY}}}, ["planning/budget/amount/amountNet"]),
        ({"bids": {"details": [{"id": "b", "value": MONEY}], "statistics": [1]}},
         ["bids/id", "bids/statistics", "bids/value/amountNet"]),
        ({"tender": {"tenderPeriod": SPAN}}, ["tender/tenderPeriod/durationInDays"]),
        ({"contracts": [{"id": "c", "period": SPAN}]}, ["contracts/period/durationInDays"]),
        ({"contracts": [{"id": "c", "milestones": [{"id": 1}]}]}, ["contracts/milestones"]),
        ({"contracts": [{"id": "c", "description": "x"}]}, ["contracts/description"]),
        ({"awards": [{"id": "a", "description": "x"}]}, ["awards/description"]),
        ({"buyer": {"id": "1", "name": "x", "address": "y"}}, ["buyer/address"]),
        ({"tender": {"procuringEntity": {"id": "1", "uri": "y"}}}, ["tender/procuringEntity/uri"]),
        ({"planning": {"budget": {"projectID": "1", "id": "2"}}}, ["planning/budget/id"]),
        (
            {"tender": {"items": [{"id": 1, "unit": {"name": "m", "unit": "kg", "scheme": "x"},
                                   "classification": {"id": "4", "description": "y"}}]}},
            ["tender/items/classification/description", "tender/items/unit/scheme",
             "tender/items/unit/unit"],
        ),
    ],
)  # fmt: skip
def test_each_part_that_no_column_takes_is_counted_under_its_path(
    loader: Loader, change: dict[str, object], lost: list[str]
) -> None:
    for _again in range(2):  # a shape that was seen before is counted too
        deep = [release(number, **change) for number in ("1", "2")]
        report = loader.load("ocds", loader.write("a", lines_of(deep)), accepted=ANY, dry_run=True)
        assert report.not_kept == dict.fromkeys(lost, 2)


@pytest.mark.parametrize(
    ("change", "table", "lost"),
    [
        ({"parties": [{"id": "p", "contactPoint": "022"}]}, "parties", ["parties/contactPoint"]),
        ({"parties": [{"id": "p", "identifier": ["9"]}]}, "parties", ["parties/identifier"]),
        ({"parties": [{"id": "p", "name": {"id": "CV A"}}]}, "parties", ["parties/name"]),
        ({"parties": [{"id": "p", "address": {"region": [1]}}]}, "parties",
         ["parties/address/region"]),
        ({"parties": [{"id": "p", "roles": ["buyer", 5]}]}, "parties", []),
        ({"tender": {"title": True}}, "procurements", ["tender/title"]),
        ({"buyer": {"id": "1", "name": ["x"]}}, "procurements", ["buyer/name"]),
        ({"tender": {"value": {"amount": 5, "currency": ["IDR"]}}}, "procurements",
         ["tender/value/currency"]),
        ({"awards": [{"id": "a", "suppliers": [{"id": "1", "name": {}, "x": 1}]}]}, "awards",
         ["suppliers/x"]),
        ({"tender": {"items": [{"id": 1, "unit": "buah"}]}}, "items", ["tender/items/unit"]),
    ],
)  # fmt: skip
def test_a_part_of_another_shape_is_counted_and_doubtful(
    loader: Loader, change: dict[str, object], table: str, lost: list[str]
) -> None:
    odd = release("1", **change)
    report = loader.load("ocds", loader.write("a", lines_of([odd])), accepted=ANY)
    assert report.not_kept == dict.fromkeys(lost, 1)
    assert (report.doubts[table, "shape_odd"] == 1) == (lost != ["suppliers/x"])


def test_roles_tags_and_an_address_written_as_text_are_kept_and_doubtful(loader: Loader) -> None:
    odd = release("1", tag="award", parties=[{"id": "p", "roles": "buyer", "address": " Jl. A "}])
    report = loader.load("ocds", loader.write("a", lines_of([odd])), accepted=ANY)
    assert loader.column("procurements", "tags") == ["award"]
    assert loader.column("parties", "roles") == ["buyer"]
    assert loader.column("parties", "address") == ["Jl. A"]
    assert loader.column("parties", "doubts") == ["shape_odd"]
    assert report.doubts["procurements", "shape_odd"] == 1


def test_a_part_that_is_empty_is_nothing_lost(loader: Loader) -> None:
    empty = release(
        "1", parties=[{"id": "p", "contactPoint": [], "identifier": "", "uri": None}], contracts={}
    )
    report = loader.load("ocds", loader.write("a", lines_of([empty])), accepted=ANY)
    assert report.not_kept == {}
    assert loader.column("parties", "doubts") == [None]


def test_a_budget_in_another_currency_is_not_read_in_that_of_the_value(loader: Loader) -> None:
    budget = {"budget": {"amount": {"amount": 7, "currency": "IDR"}}}
    mixed = [
        release("1", planning=budget, tender={"value": {"amount": 5, "currency": "USD"}}),
        release("2", planning=budget, tender={"value": {"amount": 5, "currency": "idr"}}),
    ]
    report = loader.load("ocds", loader.write("a", lines_of(mixed)), accepted=ANY)
    assert loader.column("procurements", "budget") == [None, 7.0]
    assert loader.column("procurements", "currency") == ["USD", "idr"]
    assert report.doubts["procurements", "currency_differs"] == 1
    assert report.not_kept["planning/budget/amount"] == 1


def test_what_stands_around_releases_is_counted(loader: Loader) -> None:
    lines = [
        {"uri": "x", "releases": [release("1")]},
        {"ocid": "r", "compiledRelease": release("2"), "versionedRelease": {"a": 1}},
        {"releases": [release("3")], "records": [{"compiledRelease": release("4")}]},
    ]
    report = loader.load("ocds", loader.write("a.jsonl", lines_of(lines)), accepted=ANY)
    assert report.not_kept == {"package/uri": 1, "record/versionedRelease": 1}
    assert len(loader.rows("procurements")) == 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"buyer": "Dinas"}, {"tender": {"procuringEntity": "Dinas"}}, {"planning": {"budget": 5}},
        {"bids": []}, {"parties": False},
    ],
)  # fmt: skip
def test_a_release_that_is_refused_is_not_counted_as_kept(
    loader: Loader, wrong: dict[str, object]
) -> None:
    lines = lines_of([release("1", **wrong), release("2")])
    report = loader.load("ocds", loader.write("a", lines), accepted=ANY)
    assert (report.refused_records, report.kept) == (1, 1)


def test_an_ocid_or_a_count_of_another_kind_stops_no_load(loader: Loader) -> None:
    odd = release("1", ocid=5, tender={"numberOfTenderers": 10**30})
    loader.load("ocds", loader.write("a", lines_of([odd])), accepted=ANY)
    assert loader.column("procurements", "ocid") == ["5"]
    assert "whole_unreadable" in loader.column("procurements", "doubts")[0]
