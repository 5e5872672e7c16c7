"""Exchange records: both legs, evidence, confidence; what is unfit is refused with all reasons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.registry.loader import Loader, csv_of
from timbang.registry import exchange
from timbang.registry.exchange import Exchange

FIRST = {
    "exchange_id": "x1", "giver": "Calon A", "giver_id": "p1", "receiver": "RW 05",
    "receiver_role": "community", "given_on": "2024-09-01", "kind": "project",
    "description": "Jalan lingkungan", "value": "150.000.000,00", "club_good": "ya",
    "group_size": "120", "money": "public", "budget_line": "1.03.10.2.01", "through": "Ketua RW",
    "region_code": "Kab. Gresik", "expected": "suara TPS 12", "returned_by": "x2", "returns": "",
    "evidence": "berita acara", "confidence": "medium",
}  # fmt: skip
SECOND = FIRST | {
    "exchange_id": "x2", "giver": "RW 05", "giver_id": "", "receiver": "Calon A",
    "receiver_role": "politician", "kind": "vote_support", "value": "", "club_good": "",
    "group_size": "", "money": "unknown", "budget_line": "", "returned_by": "", "returns": "x1",
    "confidence": "low",
}  # fmt: skip


def test_both_legs_of_an_exchange_are_linked(loader: Loader) -> None:
    loader.load("exchanges", loader.write("e.csv", csv_of([FIRST, SECOND])))
    first, second = loader.rows("exchanges")
    assert (first["value"], first["club_good"], first["region_code"]) == (150e6, True, "35.25")
    assert (first["returned_by"], second["returns"]) == ("x2", "x1")
    assert second["value"] is None


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"kind": "bribe"}, "kind: cash, goods"),
        ({"evidence": ""}, "no evidence"),
        ({"giver": "", "giver_id": ""}, "no giver"),
        ({"receiver": ""}, "no receiver"),
        ({"confidence": "sure"}, "confidence: low"),
        ({"money": "private"}, "a budget line where the money is private"),
        ({"receiver_role": "king"}, "receiver_role: voter"),
        ({"returned_by": "x1"}, "returns itself"),
        ({"value": "-5"}, "negative"),
        ({"group_size": "0"}, "less than one"),
        ({"giver_id": "3525010101700001"}, "a NIP or NIK seems to stand in: giver_id"),
        ({"exchange_id": "3525010101700001"}, "in: exchange_id"),
        ({"description": "NIK 35250101 01700001"}, "in: description"),
    ],
)
def test_a_record_that_is_unfit_is_refused(
    loader: Loader, change: dict[str, str], why: str
) -> None:
    path = loader.write("e.csv", csv_of([FIRST | change, SECOND]))
    report = loader.load("exchanges", path, accepted={"refused_at_most": "test"})
    assert report.kept == 1
    assert why in report.refusals[0]["why"]


def test_an_unknown_field_is_named(loader: Loader) -> None:
    path = loader.write("e.csv", csv_of([FIRST | {"colour": "red"}]))
    report = loader.load(
        "exchanges", path, accepted={"refused_at_most": "t", "records_at_least": "t"}
    )
    assert "unknown field 'colour'; allowed: budget_line" in report.refusals[0]["why"]


def test_every_problem_of_a_record_is_told_at_once() -> None:
    record = Exchange("x", "", "", "?", "", "?")
    assert len(exchange.problems(record)) == 5
    fit = Exchange("x", "A", "B", "cash", "foto", "low")
    assert exchange.problems(fit) == []
    assert exchange.problems(replace(fit, kind="post", value=-1.0))
