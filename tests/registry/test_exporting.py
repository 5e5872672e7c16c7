"""What leaves: no formula in a cell, nothing sealed, FollowTheMoney as far as it goes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.registry.loader import Loader, csv_of, lines_of, release
from tests.registry.sources.test_exchanges import FIRST, SECOND
from timbang.law.refusal import Refusal
from timbang.publication import spreadsheet
from timbang.registry import exporting, schema, tables


def opened(loader: Loader) -> tables.Tables:
    return tables.open_tables(loader.store.folder, engine="duckdb")


def entities(loader: Loader, table: str, *, desk: bool = False) -> list[dict[str, Any]]:
    path = loader.folder / "out.json"
    count = exporting.to_ftm(opened(loader), table, path, desk=desk)
    found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len(found) == count
    return found


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@a", "\tb", "\rb", "\nb", " =1", "＝1", "\ufeff=1"]
)
def test_a_text_that_a_spreadsheet_would_run_is_disarmed(text: str) -> None:
    assert exporting.cell(text) == "'" + text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Budi;=cmd|' /C calc'!A0;", "Budi;'=cmd|' /C calc'!A0;"),
        ("\t=1", "'\t'=1"),
        ("a\t@b; +c", "a\t'@b;' +c"),
        ('a;"=b"', 'a;\'"=b"'),
        ("a\n-b|=c", "a\n'-b|'=c"),
        ("Jl. A-1, =5; RT 2", "Jl. A-1, =5; RT 2"),
    ],
)
def test_no_part_of_a_text_is_run_where_programs_split_at_other_signs(
    text: str, written: str
) -> None:
    assert exporting.cell(text) == written
    assert spreadsheet.harmless(text) == written


@pytest.mark.parametrize("sign", [";", "\t", "|"])
@given(st.text(max_size=20, alphabet="a\"'=+-@;|\t\n "))
def test_however_a_line_is_split_no_cell_begins_like_a_formula(sign: str, text: str) -> None:
    line = io.StringIO()
    csv.writer(line).writerow(["x", exporting.cell(text), "y"])
    for row in csv.reader(line.getvalue().splitlines(), delimiter=sign):
        assert not any(cell.lstrip(' "\t').startswith(("=", "+", "-", "@")) for cell in row)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (-5.0, "-5"),
        (-5, -5),
        (1.25, "1.25"),
        (None, None),
        (True, "true"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_a_number_stays_a_number(value: object, written: object) -> None:
    assert exporting.cell(value) == written


@given(st.text(max_size=20))
def test_no_cell_ever_begins_like_a_formula(text: str) -> None:
    written = str(exporting.cell(text))
    assert not written.lstrip().startswith(("=", "+", "-", "@"))


def test_csv_carries_no_formula_and_comes_back_whole(loader: Loader) -> None:
    nasty = release("1", buyer={"id": "=cmd|' /C calc'!A0", "name": 'a "b",\nc'})
    loader.load("ocds", loader.write("a", lines_of([nasty])))
    path = loader.folder / "out.csv"
    assert exporting.to_csv(opened(loader), "procurements", path) == 1
    with path.open(encoding="utf-8", newline="") as lines:
        row = next(csv.DictReader(lines))
    assert row["buyer_id"] == "'=cmd|' /C calc'!A0"
    assert row["buyer_name"] == 'a "b",\nc'
    assert row["budget"] == "190000000"
    assert row["released_on"] == "2018-03-04"


def test_columns_for_the_desk_leave_only_when_asked_for(loader: Loader) -> None:
    loader.load("ocds", loader.write("a", lines_of([release("1")])))
    assert "email" not in exporting.columns("bids")
    assert "email" in exporting.columns("bids", desk=True)
    path = loader.folder / "out.parquet"
    exporting.to_parquet(opened(loader), "bids", path)
    assert "a@b.id" not in str(pq.read_table(path).to_pylist())
    exporting.to_parquet(opened(loader), "bids", path, desk=True)
    assert pq.read_table(path)["email"].to_pylist() == ["a@b.id"]


def test_nothing_sealed_ever_leaves() -> None:
    for table in schema.tables().values():
        sealed = {c.name for c in table.columns if c.sight == "sealed"}
        for desk in (False, True):
            assert not sealed & set(exporting.columns(table.name, desk=desk))
        hashes = {c.name for c in table.columns if c.name.endswith("_hash")}
        assert hashes <= sealed


def test_a_table_for_the_desk_does_not_leave_unasked(loader: Loader) -> None:
    loader.load("exchanges", loader.write("e.csv", csv_of([FIRST, SECOND])))
    for write in (exporting.to_csv, exporting.to_parquet, exporting.to_ftm):
        with pytest.raises(Refusal, match="for the desk"):
            write(opened(loader), "exchanges", loader.folder / "x")
    with pytest.raises(Refusal, match="no table 'x'"):
        exporting.columns("x")


def test_contracts_and_awards_become_entities_that_hold_together(loader: Loader) -> None:
    loader.load("ocds", loader.write("a", lines_of([release("1"), release("2")])))
    found = entities(loader, "awards")
    ids = {entity["id"] for entity in found}
    assert len(ids) == len(found)
    assert [e["schema"] for e in found].count("LegalEntity") == 1
    for award in (e for e in found if e["schema"] == "ContractAward"):
        assert set(award["properties"]["supplier"]) <= ids
        assert set(award["properties"]["contract"]) <= ids
        assert award["properties"]["amount"] == ["185000000"]
    assert {e["schema"] for e in entities(loader, "contracts")} == {"PublicBody", "Contract"}
    assert {e["schema"] for e in entities(loader, "parties")} == {"PublicBody"}


def test_an_award_and_its_contract_are_about_one_contract(loader: Loader) -> None:
    loader.load("ocds", loader.write("a", lines_of([release("1"), release("2")])))
    awarded = {
        contract
        for entity in entities(loader, "awards")
        for contract in entity["properties"].get("contract", [])
    }
    contracts = [e for e in entities(loader, "contracts") if e["schema"] == "Contract"]
    assert {entity["id"] for entity in contracts} == awarded
    assert [e["properties"]["procedureNumber"] for e in contracts] == [
        ["ocds-test-1"],
        ["ocds-test-2"],
    ]


def test_no_contract_is_lost_where_one_award_has_two(loader: Loader) -> None:
    told = release("1")
    told["contracts"].append(told["contracts"][0] | {"id": "another"})
    loader.load("ocds", loader.write("a", lines_of([told])))
    found = [e["id"] for e in entities(loader, "contracts") if e["schema"] == "Contract"]
    assert len(found) == 2


def test_a_buyer_has_its_name_and_its_other_names_as_aliases(loader: Loader) -> None:
    renamed = release("3", buyer={"id": "1.01", "name": "Dinas Pendidikan Lama"}, parties=[])
    loader.load("ocds", loader.write("a", lines_of([release("1"), release("2"), renamed])))
    (body,) = [e for e in entities(loader, "contracts") if e["schema"] == "PublicBody"]
    assert body["properties"]["name"] == ["Dinas Pendidikan"]
    assert body["properties"]["alias"] == ["Dinas Pendidikan Lama"]
    assert body["properties"]["idNumber"] == ["1.01"]


def test_people_who_only_share_a_name_are_not_one_entity(loader: Loader) -> None:
    alone = {"giver_id": "", "giver": "Ani", "receiver": "Budi", "returned_by": "", "returns": ""}
    path = loader.write("e.csv", csv_of([FIRST | alone, FIRST | alone | {"exchange_id": "x2"}]))
    loader.load("exchanges", path)
    found = entities(loader, "exchanges", desk=True)
    named = [e["id"] for e in found if e["properties"].get("name") == ["Ani"]]
    assert len(named) == len(set(named)) == 2


def test_suppliers_who_only_share_a_name_are_not_one_entity(loader: Loader) -> None:
    told = []
    for number in ("1", "2"):
        one = release(number)
        one["awards"][0]["suppliers"] = [{"name": "CV Maju"}]
        told.append(one)
    loader.load("ocds", loader.write("a", lines_of(told)))
    found = entities(loader, "awards")
    named = {e["id"] for e in found if e["properties"].get("name") == ["CV Maju"]}
    assert len(named) == 2
    awarded = [e["properties"]["supplier"][0] for e in found if e["schema"] == "ContractAward"]
    assert set(awarded) == named


def test_a_post_of_which_only_the_title_is_known_is_that_of_its_row() -> None:
    row = dict.fromkeys(schema.tables()["appointments"].names) | {
        "source": "appointments", "name": "Ani", "post": "Camat",
    }  # fmt: skip

    def position(**told: str) -> str:
        made = exporting.FTM["appointments"](row | told, exporting.Known({}))
        return next(str(each["id"]) for each in made if each["schema"] == "Position")

    assert position(row_id="1") != position(row_id="2")
    assert position(row_id="1", agency_code="A") == position(row_id="2", agency_code="A")


def test_an_exchange_of_money_is_a_payment_and_any_other_a_link(loader: Loader) -> None:
    cash = FIRST | {"exchange_id": "x3", "kind": "cash", "returned_by": ""}
    loader.load("exchanges", loader.write("e.csv", csv_of([FIRST, SECOND, cash])))
    found = entities(loader, "exchanges", desk=True)
    assert [e["schema"] for e in found].count("Payment") == 1
    links = [e["properties"] for e in found if e["schema"] == "UnknownLink"]
    roles = sorted((*link["recordId"], *link["role"]) for link in links)
    assert roles == [
        ("x1", "project"), ("x1", "through"), ("x2", "through"), ("x2", "vote_support"),
        ("x3", "through"),
    ]  # fmt: skip
    ids = {entity["id"] for entity in found}
    assert all({*link["subject"], *link["object"]} <= ids for link in links)


def test_an_entity_that_came_in_goes_out_as_it_was(loader: Loader) -> None:
    entity = {"id": "Q1", "schema": "Person", "caption": "Ani", "properties": {"name": ["Ani"]}, "datasets": ["x"]}  # fmt: skip
    loader.load("entities", loader.write("e.json", json.dumps(entity) + "\n"))
    assert entities(loader, "entities") == [entity]


def test_a_table_without_a_schema_is_refused(loader: Loader) -> None:
    with pytest.raises(Refusal, match="no schema in FollowTheMoney; allowed: awards"):
        exporting.to_ftm(opened(loader), "budgets", loader.folder / "x")


def test_the_data_dictionary_is_as_it_is() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "reference" / "tables.md"
    assert page.read_text("utf-8") == exporting.dictionary(), "timbang tables dictionary > " + str(
        page
    )


def test_the_dictionary_names_every_column() -> None:
    said = exporting.dictionary()
    for table in schema.tables().values():
        for column in table.all_columns:
            assert f"| `{column.name}` |" in said
