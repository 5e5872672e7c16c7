"""R055: packages below the limit of direct award that pass it together."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.signals.facts import Written, judged, marked, reasons
from timbang.signals.detectors import r055

MILLION = 1_000_000


def package(ocid: str, amount: float | None, day: date | None, **other: Any) -> dict[str, Any]:
    return {
        "ocid": ocid, "buyer_id": "B", "region_code": "32.73", "method": "direct",
        "category": "works", "title": "Pemeliharaan Jalan Tahap I", "budget": amount,
        "released_on": day,
    } | other  # fmt: skip


def on(day: int, month: int = 6, year: int = 2017) -> date:
    return date(year, month, day)


JALAN = "32.73 / B / works / title / pemeliharaan jalan"
FACTS: Written = {
    "procurements": [
        package("a", 90 * MILLION, on(1)),
        package("b", 90 * MILLION, on(10), title="Pemeliharaan Jalan Tahap II"),
        package("c", 90 * MILLION, on(20), title="PEMELIHARAAN JALAN (lanjutan) 2017"),
        package("far", 190 * MILLION, on(1, month=11)),
        package("two-1", 150 * MILLION, on(1), title="Cat"),
        package("two-2", 150 * MILLION, on(2), title="Cat"),
        package("small", 1 * MILLION, on(1), title="Sapu", category="goods"),
        package("undated", 90 * MILLION, None, title="Pagar"),
        package("unvalued", 0, on(1), title="Taman"),
        package("unkind", 90 * MILLION, on(1), title="Kolam", category=None),
        package("open", 90 * MILLION, on(1), title="Gedung", method="open"),
    ],
    "awards": [
        {"ocid": "two-1", "supplier_id": "S", "value": 150e6, "awarded_on": on(1)},
        {"ocid": "two-2", "supplier_id": "S", "value": 150e6, "awarded_on": on(2)},
        {"ocid": "small", "supplier_id": "S", "value": None, "awarded_on": None},
    ],
}


def test_what_is_marked() -> None:
    assert marked("R055", FACTS) == {JALAN: pytest.approx(270 / 200)}


def test_evidence_is_the_window_and_not_the_whole_year() -> None:
    (lead,) = [row for row in judged("R055", FACTS) if row["flagged"]]
    assert lead["evidence"] == ["procurements:1", "procurements:2", "procurements:3"]
    assert (lead["since"], lead["until"]) == (on(1), on(20))
    assert (lead["packages"], lead["total"], lead["most"]) == (3, 270e6, 200e6)


def test_what_cannot_be_judged() -> None:
    told = reasons("R055", FACTS)
    assert {key.rpartition(" / ")[2]: why for key, why in told.items()} == {
        "pagar": "no_day",
        "taman": "no_amount",
        "kolam": "no_limit",
    }


def test_another_window_and_another_number_of_packages() -> None:
    assert marked("R055", FACTS, days=10) == {}
    both = marked("R055", FACTS, packages=2)
    assert both["32.73 / B / works / supplier / S"] == pytest.approx(300 / 200)
    assert both["32.73 / B / works / title / cat"] == pytest.approx(300 / 200)


def test_open_procedures_and_other_buyers_do_not_count() -> None:
    others = [
        package("a", 90 * MILLION, on(1)),
        package("b", 90 * MILLION, on(2), buyer_id="C"),
        package("c", 90 * MILLION, on(3), method="open"),
        package("d", 90 * MILLION, on(3), method_details="Penunjukan Langsung"),
    ]
    assert marked("R055", {"procurements": others}, packages=1) == {}


def of_limit(
    day: date, category: str, region: str = "32.73", title: str = "Kajian"
) -> float | None:
    one = package("a", 10 * MILLION, day, category=category, region_code=region, title=title)
    (row,) = judged("R055", {"procurements": [one]}, near=0.0)
    found: float | None = row["most"]
    return found


@pytest.mark.parametrize(
    ("day", "category", "most"),
    [
        (date(2010, 8, 5), "goods", None),
        (date(2010, 8, 6), "goods", 100e6),
        (date(2012, 8, 1), "services", 200e6),
        (date(2017, 1, 1), "Jasa Konsultansi Badan Usaha", 50e6),
        (date(2018, 3, 22), "Jasa Konsultansi Badan Usaha", 100e6),
        (date(2025, 4, 29), "Pekerjaan Konstruksi", 200e6),
        (date(2025, 4, 30), "Pekerjaan Konstruksi", 400e6),
        (date(2025, 4, 30), "Barang", 200e6),
    ],
)
def test_the_limit_of_the_day_and_the_category_holds(
    day: date, category: str, most: float | None
) -> None:
    assert of_limit(day, category) == most


def test_services_of_consultants_are_known_by_their_title() -> None:
    assert of_limit(date(2017, 1, 1), "services", title="Jasa konsultan pengawas") == 50e6


def test_where_another_rule_holds_the_limit_is_not_known() -> None:
    assert of_limit(date(2018, 6, 1), "works", region="91.71") == 200e6
    assert of_limit(date(2020, 6, 1), "works", region="91.71") is None


def test_every_limit_names_its_instrument_its_source_and_how_far_it_may_be_trusted() -> None:
    days = [each.from_on for each in r055.limits()]
    assert days == sorted(set(days))
    assert all(each.at and each.source and each.instrument for each in r055.limits())
