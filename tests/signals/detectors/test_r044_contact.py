"""R044_CONTACT: tenderers of one procurement with the same telephone, e-mail or signatory."""

from __future__ import annotations

from typing import Any

from tests.signals.facts import Written, judged, marked, reasons


def bid(ocid: str, bidder: str, **other: Any) -> dict[str, Any]:
    return {"ocid": ocid, "bidder_id": bidder, "bidder_name": f"CV {bidder}"} | other


OCIDS = ("phone", "email", "signed", "apart", "alone", "vague")
FACTS: Written = {
    "procurements": [{"ocid": each} for each in OCIDS],
    "bids": [
        bid("phone", "A", phone="+62 22-7234 567"),
        bid("phone", "B", phone="022 7234567"),
        bid("email", "A", email="Kantor@contoh.example"),
        bid("email", "B", email="kantor@contoh.example "),
        bid("signed", "C"),
        bid("signed", "D"),
        bid("apart", "A", phone="022 7234567"),
        bid("apart", "B", phone="022 7234568"),
        bid("alone", "A", phone="022 7234567"),
        bid("vague", "E", phone="0000000000", email="-"),
        bid("vague", "F", phone="0000000000", email="-"),
    ],
    "contracts": [
        {"ocid": "x", "supplier_id": "C", "signatory": "Rahmat S."},
        {"ocid": "y", "supplier_id": "D", "signatory": "RAHMAT S"},
    ],
}


def test_what_is_marked() -> None:
    assert marked("R044_CONTACT", FACTS) == {"phone": 2, "email": 2, "signed": 2}


def test_evidence_names_bids_and_the_contracts_of_a_signatory() -> None:
    found = {row["subject"]: row for row in judged("R044_CONTACT", FACTS)}
    assert found["phone"]["evidence"] == ["bids:1", "bids:2"]
    assert found["signed"]["evidence"] == ["contracts:1", "contracts:2"]
    assert found["email"]["shared"] == "email"


def test_what_cannot_be_judged() -> None:
    assert reasons("R044_CONTACT", FACTS) == {"alone": "no_tenderers", "vague": "no_marks"}
