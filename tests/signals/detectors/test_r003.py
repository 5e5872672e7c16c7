"""R003: a short time for bids."""

from __future__ import annotations

from datetime import date

from tests.signals.bidding import Row
from tests.signals.facts import Written, judged, marked, reasons


def tender(ocid: str, first: date | None, last: date | None, **more: object) -> Row:
    return {"ocid": ocid, "tender_from": first, "tender_until": last, **more}


FACTS: Written = {
    "procurements": [
        tender("short", date(2018, 1, 1), date(2018, 1, 15), region_code="99.01"),
        tender("long", date(2018, 1, 1), date(2018, 1, 16)),
        tender("a second short", date(2018, 1, 1), date(2018, 1, 16), tender_days=14),
        tender("no_period", date(2018, 1, 1), None),
        tender("period_reversed", date(2018, 1, 2), date(2018, 1, 1)),
        tender("direct", date(2018, 1, 1), date(2018, 1, 3), method="direct", method_details="PL"),
    ]
}


def test_less_than_fifteen_whole_days_is_marked() -> None:
    assert marked("R003", FACTS) == {"short": 1.0, "a second short": 1.0, "direct": 1.0}


def test_each_reason_names_what_is_missing() -> None:
    assert reasons("R003", FACTS) == {
        "no_period": "no_period",
        "period_reversed": "period_reversed",
    }


def test_days_are_set_for_all_or_by_method() -> None:
    assert marked("R003", FACTS, threshold=3).keys() == {"direct"}
    assert marked("R003", FACTS, procurement_method_details={"PL": 2}).keys() == {
        "short",
        "a second short",
    }
    assert marked("R003", FACTS, procurement_methods=["direct"]).keys() == {"direct"}


def test_the_first_day_of_the_tender_is_the_day_that_counts() -> None:
    found = {row["subject"]: row for row in judged("R003", FACTS)}
    assert found["short"]["since"] == date(2018, 1, 1)
    assert found["short"]["days"] == 14
    assert found["short"]["evidence"] == ["procurements:1"]


def test_what_a_later_release_leaves_out_is_taken_from_the_earlier_one() -> None:
    released = date(2018, 2, 1)
    rows = [
        tender("two", date(2018, 1, 1), date(2018, 1, 5), row_id="a", released_on=released),
        {"ocid": "two", "row_id": "b", "released_on": released.replace(month=3)},
    ]
    (found,) = judged("R003", {"procurements": rows})
    assert (found["days"], found["evidence"]) == (4, ["procurements:b"])
