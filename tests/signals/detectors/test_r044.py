"""R044: tenderers of one procurement at the same address."""

from __future__ import annotations

from typing import Any

from tests.signals.facts import Written, judged, marked, reasons


def bid(ocid: str, bidder: str, address: str | None, **other: Any) -> dict[str, Any]:
    return {
        "ocid": ocid, "bidder_id": bidder, "bidder_name": f"CV {bidder}", "address": address,
    } | other  # fmt: skip


FACTS: Written = {
    "procurements": [{"ocid": each} for each in ("same", "apart", "alone", "vague", "one-firm")],
    "bids": [
        bid("same", "A", "Jl. Melati No. 12, Kota Contoh"),
        bid("same", "B", "JALAN MELATI NOMOR 12 CONTOH"),
        bid("same", "C", "Jl. Kenanga 4"),
        bid("apart", "A", "Jl. Melati No. 12"),
        bid("apart", "B", "Jl. Melati No. 14"),
        bid("alone", "A", "Jl. Melati No. 12"),
        bid("vague", "A", "Contoh"),
        bid("vague", "B", "Contoh"),
        bid("one-firm", "A", "Jl. Melati No. 12"),
        bid("one-firm", "A2", "Jl. Melati No. 12", bidder_name="A, CV"),
        bid("one-firm", "B", "Jl. Kenanga 4"),
    ],
}


def test_what_is_marked() -> None:
    assert marked("R044", FACTS) == {"same": 2}


def test_evidence_names_the_rows_that_share_it() -> None:
    (lead,) = [row for row in judged("R044", FACTS) if row["flagged"]]
    assert lead["evidence"] == ["bids:1", "bids:2"]
    assert lead["shared"] == "address"


def test_what_cannot_be_judged() -> None:
    assert reasons("R044", FACTS) == {"alone": "no_tenderers", "vague": "no_marks"}


def test_a_telephone_never_makes_a_public_lead() -> None:
    bids = [
        bid("same", "A", "Jl. Melati 12", phone="022 1234 9876"),
        bid("same", "B", "Jl. Kenanga 14", phone="022 1234 9876"),
    ]
    assert marked("R044", {"procurements": [{"ocid": "same"}], "bids": bids}) == {}
