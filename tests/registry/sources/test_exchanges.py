"""Exchange records: both legs, evidence, confidence; what is unfit is refused with all reasons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.registry.loader import SECRET, TODAY, Loader, csv_of
from timbang.registry import exchange, sources, tables
from timbang.registry.exchange import Exchange
from timbang.registry.reading_records import Context, Out, Refused

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
        ({"evidence": "lihat L-12/2026"}, "the number of a case, lead or report stands in: evi"),
        ({"expected": "seperti 0b6f2a52-7a1e-4c43-9a39-5b1f6f1f9f11"}, "report stands in: exp"),
    ],
)
def test_a_record_that_is_unfit_is_refused(
    loader: Loader, change: dict[str, str], why: str
) -> None:
    path = loader.write("e.csv", csv_of([FIRST | change, SECOND]))
    report = loader.load("exchanges", path, accepted={"refused_at_most": "test"})
    assert report.kept == 1
    assert why in report.refusals[0]["why"]


def test_the_number_of_a_case_is_known_by_the_code_of_its_office(loader: Loader) -> None:
    row = dict.fromkeys(("exchange_id", "giver", "receiver"), "x") | {
        "kind": "cash", "confidence": "low", "evidence": "berkas 3/KASN/2026",
    }  # fmt: skip
    read = sources.sources()["exchanges"].make(Context(TODAY, SECRET, organs={"KASN"}))
    with pytest.raises(Refused, match="stands in: evidence"):
        read(row, Out())
    read(row | {"evidence": "SK 3/BUPATI/2026"}, Out())


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


def doubts_of(loader: Loader) -> dict[str, str | None]:
    return {row["exchange_id"]: row["doubts"] for row in loader.rows("exchanges")}


def test_legs_that_fit_are_not_doubted(loader: Loader) -> None:
    one_sided = [FIRST | {"returned_by": ""}, SECOND]
    for name, lines in (("both.csv", [FIRST, SECOND]), ("one.csv", one_sided)):
        report = loader.load("exchanges", loader.write(name, csv_of(lines)))
        assert not report.doubts
        assert doubts_of(loader) == {"x1": None, "x2": None}


def test_a_return_before_the_gift_makes_both_doubtful_with_file_and_line(loader: Loader) -> None:
    early = SECOND | {"given_on": "2024-08-31"}
    report = loader.load("exchanges", loader.write("e.csv", csv_of([FIRST, early])))
    assert doubts_of(loader) == {"x1": "leg_before_gift", "x2": "leg_before_gift"}
    assert report.doubts["exchanges", "leg_before_gift"] == 2
    assert report.samples["exchanges", "leg_before_gift"] == [("e.csv", 2), ("e.csv", 3)]
    assert [row["returned_by"] for row in loader.rows("exchanges")] == ["x2", None]


def test_days_that_are_not_known_contradict_nothing(loader: Loader) -> None:
    loader.load("exchanges", loader.write("e.csv", csv_of([FIRST | {"given_on": ""}, SECOND])))
    assert doubts_of(loader) == {"x1": None, "x2": None}


def test_a_leg_that_is_nowhere_is_doubtful_until_it_is_loaded(loader: Loader) -> None:
    alone = loader.write("e.csv", csv_of([FIRST]))
    report = loader.load("exchanges", alone)
    assert report.samples["exchanges", "leg_unknown"] == [("e.csv", 2)]
    assert doubts_of(loader) == {"x1": "leg_unknown"}
    assert loader.load("exchanges", alone).version is None
    late = SECOND | {"given_on": "2024-08-01"}
    report = loader.load("exchanges", loader.write("f.csv", csv_of([late])))
    assert doubts_of(loader)["x2"] == "leg_before_gift"
    report = loader.load("exchanges", alone)
    assert report.tables["exchanges"].corrected == 1
    assert doubts_of(loader)["x1"] == "leg_before_gift"


def test_a_record_that_comes_again_is_not_held_against_what_it_said_before(loader: Loader) -> None:
    loader.load("exchanges", loader.write("e.csv", csv_of([FIRST, SECOND])))
    moved = [FIRST | {"returned_by": "x3"}, SECOND | {"exchange_id": "x3"}]
    told = [*moved, SECOND | {"returns": ""}]
    report = loader.load("exchanges", loader.write("f.csv", csv_of(told)))
    assert not report.doubts


@pytest.mark.parametrize(
    ("third", "doubtful"),
    [
        (SECOND | {"exchange_id": "x3"}, {"x1", "x2", "x3"}),
        (FIRST | {"exchange_id": "x3"}, {"x1", "x2", "x3"}),
        (SECOND | {"exchange_id": "x3", "returns": ""}, set()),
    ],
)
def test_a_record_that_is_a_leg_of_several_makes_all_doubtful(
    loader: Loader, third: dict[str, str], doubtful: set[str]
) -> None:
    loader.load("exchanges", loader.write("e.csv", csv_of([FIRST, SECOND, third])))
    found = {key for key, said in doubts_of(loader).items() if said == "legs_disagree"}
    assert found == doubtful


def test_what_one_leg_says_both_show_when_the_table_is_read(loader: Loader) -> None:
    lines = [FIRST | {"returned_by": ""}, SECOND | {"given_on": "2025-01-01"}]
    loader.load("exchanges", loader.write("e.csv", csv_of(lines)))
    first, second = loader.rows("exchanges")
    assert (first["returned_by"], second["returns"]) == ("x2", "x1")
    opened = tables.open_tables(loader.store.folder, engine="duckdb")
    alone = opened.table("exchanges", years=[2024]).to_pyarrow().to_pylist()
    assert [row["returned_by"] for row in alone] == ["x2"]
    stated = opened.stated("exchanges").order_by("row_id").to_pyarrow().to_pylist()
    assert [row["returned_by"] for row in stated] == [None, None]
    two = [*lines, SECOND | {"exchange_id": "x3"}]
    loader.load("exchanges", loader.write("f.csv", csv_of(two)))
    assert loader.column("exchanges", "returned_by") == [None, None, None]
    ended = loader.rows("exchanges", also_ended=True)
    assert [row["returned_by"] for row in ended] == [None] * len(ended)


def test_a_region_that_nobody_knows_is_kept_as_written(loader: Loader) -> None:
    lines = [FIRST | {"region_code": "Kab.  Antah Berantah"}, SECOND]
    loader.load("exchanges", loader.write("e.csv", csv_of(lines)))
    first, second = loader.rows("exchanges")
    assert (first["region_code"], first["region_written"]) == (None, "Kab. Antah Berantah")
    assert (second["region_code"], second["region_written"]) == ("35.25", None)
    odd = [FIRST | {"region_code": "NIK 3525010101700001"}, SECOND]
    report = loader.load(
        "exchanges", loader.write("f.csv", csv_of(odd)), accepted={"refused_at_most": "test"}
    )
    assert "in: region_code" in report.refusals[0]["why"]
