"""R048: a supplier of very many kinds of goods."""

from __future__ import annotations

from tests.signals.bidding import AWARDED, Row, award, processes
from tests.signals.facts import Written, judged, marked, reasons


def item(ocid: str, code: str | None, place: int = 1, part: str = "award") -> Row:
    return {"ocid": ocid, "part": part, "part_place": place, "classification": code}


# Six suppliers that won twenty procurements each: five sell one to two classes, ALL sells ten.
MANY = {f"{name} {n}": name for name in ("ALL", *"ABCDE") for n in range(20)}
FACTS: Written = {
    "procurements": processes(*MANY, "few", "joint", "worded", "pending"),
    "awards": [
        *(award(ocid, name) for ocid, name in MANY.items()),
        award("few", "FEW"),
        *(award("joint", name, suppliers=2) for name in ("JOINT", "OTHER")),
        award("worded", "WORDED"),
        award("pending", "PENDING", status="pending"),
    ],
    "items": [
        *(
            item(ocid, f"{10 + (n % 10 if name == 'ALL' else n % 2 if name in 'AB' else 0)}123456")
            for n, (ocid, name) in enumerate(MANY.items())
        ),
        item("few", "10123456"),
        item("joint", "10123456"),
        item("worded", "Kertas"),
        item("worded", "10123456", part="contract"),
        item("pending", "10123456"),
    ],
}


def test_who_supplies_everything_is_marked() -> None:
    assert marked("R048", FACTS) == {"ALL": 10.0}


def test_what_is_missing_is_named() -> None:
    assert reasons("R048", FACTS) == {
        "FEW": "too_few",
        "JOINT": "no_items",
        "OTHER": "no_items",
        "WORDED": "no_items",
        "PENDING": "no_items",
    }


def test_the_measures_explain_the_value() -> None:
    found = {row["subject"]: row for row in judged("R048", FACTS)}
    assert (found["ALL"]["procurements"], found["ALL"]["compared"]) == (20, 6)
    assert found["ALL"]["since"] == AWARDED
    assert found["A"]["value"] == 2.0
    assert found["A"]["flagged"] is False


def test_digits_minimum_and_threshold_can_be_set() -> None:
    assert marked("R048", FACTS, digits=1, threshold=1)["ALL"] == 1.0
    assert marked("R048", FACTS, threshold=2).keys() == {"ALL", "A", "B"}
    assert reasons("R048", FACTS, minimum_contracting_processes=1).get("FEW") is None


def test_items_of_another_award_are_not_counted() -> None:
    told = {
        "procurements": processes("p"),
        "awards": [award("p", "ONE"), award("p", "TWO", 2)],
        "items": [item("p", "10000000"), item("p", "20000000", 2), item("p", "30000000", 2)],
    }
    found = {
        row["subject"]: row["value"]
        for row in judged("R048", told, minimum_contracting_processes=1)
    }
    assert found == {"ONE": 1.0, "TWO": 2.0}
