"""The one door: the same rows on DuckDB and on Spark, as they were known on any day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from ibis.expr.types import Table

from tests.registry.loader import TODAY, Loader, lines_of, release
from timbang.law.refusal import Refusal
from timbang.registry import schema, tables

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def city(loader: Loader) -> Loader:
    """Two loads: the second corrects one release and adds one."""
    first = [release("1"), release("2", date="2017-05-05"), release("3", date="-0001-01-01")]
    first += [release(str(n), date="2017-02-03") for n in range(10, 20)]
    loader.load("ocds", loader.write("a", lines_of(first)), region="32.73")
    changed = release("2", date="2017-05-05", awards=[], buyer={"id": "7", "name": "Dinas Tujuh"})
    second = loader.write("b", lines_of([changed, release("4")]))
    loader.load("ocds", second, on=TOMORROW, region="32.73")
    return loader


def values(found: Table) -> list[dict[str, Any]]:
    return [dict(row) for row in found.to_pyarrow().to_pylist()]


def test_a_table_has_the_columns_of_the_dictionary_even_when_it_is_empty(loader: Loader) -> None:
    opened = tables.open_tables(loader.store.folder, engine="duckdb")
    for name, table in schema.tables().items():
        found = opened.table(name)
        assert tuple(found.columns) == tuple(column.name for column in table.all_columns)
        assert found.count().to_pyarrow().as_py() == 0


def test_only_files_of_the_years_asked_for_are_opened(city: Loader) -> None:
    opened = tables.open_tables(city.store.folder, engine="duckdb")
    assert {r["year"] for r in values(opened.table("procurements", years=[2017]))} == {2017}
    assert len(values(opened.table("procurements", years=[0]))) == 1
    for path in city.store.folder.glob("procurements/year=2018/*"):
        path.unlink()
    assert len(values(opened.table("procurements", years=[2017]))) == 11


def test_what_was_known_on_a_day_can_be_asked_again(city: Loader) -> None:
    def known(day: Any) -> dict[str, str]:
        opened = tables.open_tables(city.store.folder, engine="duckdb", known_on=day)
        return {r["ocid"]: r["buyer_id"] for r in values(opened.table("procurements"))}

    assert known(TODAY - timedelta(days=1)) == {}
    assert known(TODAY)["ocds-test-2"] == "1.01"
    assert "ocds-test-4" not in known(TODAY)
    assert known(TOMORROW)["ocds-test-2"] == "7"
    assert len(known(TOMORROW)) == 14


def test_the_history_says_what_ended_each_row(city: Loader) -> None:
    opened = tables.open_tables(city.store.folder, engine="duckdb")
    found = values(opened.table("procurements", also_ended=True))
    assert len(found) == 15
    assert [
        (r["ocid"], r["version"], r["ended"], r["ended_because"]) for r in found if r["ended"]
    ] == [("ocds-test-2", 1, 2, "corrected")]


def test_a_table_or_an_engine_that_does_not_exist_is_refused(loader: Loader) -> None:
    opened = tables.open_tables(loader.store.folder, engine="duckdb")
    with pytest.raises(Refusal, match="no table 'contract'; there are: agencies"):
        opened.table("contract")
    with pytest.raises(Refusal, match="'oracle' is no engine; allowed: duckdb, spark"):
        tables.open_tables(loader.store.folder, engine="oracle")


def test_the_setting_chooses_the_engine(loader: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMBANG_ENGINE", "clay")
    with pytest.raises(Refusal, match="clay"):
        tables.open_tables(loader.store.folder)
    monkeypatch.delenv("TIMBANG_ENGINE")
    assert tables.open_tables(loader.store.folder).engine.name == "duckdb"


QUESTIONS: dict[str, Callable[[tables.Tables], Table]] = {
    "rows": lambda t: t.table("procurements").order_by("row_id"),
    "history": lambda t: t.table("awards", also_ended=True).order_by(["row_id", "version"]),
    "years": lambda t: t.table("procurements", years=[2017]).order_by("row_id"),
    "sums": lambda t: (
        t.table("procurements")
        .group_by(["region_code", "year"])
        .agg(
            n=lambda p: p.count(),
            budget=lambda p: p.budget.sum(),
            last=lambda p: p.released_on.max(),
        )
        .order_by("year")
    ),
    "joined": lambda t: (
        t.table("contracts")
        .join(t.table("procurements").select("ocid", "buyer_name", "method"), "ocid")
        .select("ocid", "buyer_name", "method", "value", "signed_on")
        .order_by("ocid")
    ),
    "empty": lambda t: t.table("exchanges").order_by("row_id"),
}


@pytest.fixture(scope="module")
def spark() -> Iterator[None]:
    yield
    from pyspark.sql import SparkSession

    session = SparkSession.getActiveSession()
    if session is not None:
        session.stop()


@pytest.mark.spark
@pytest.mark.filterwarnings("ignore")
def test_both_engines_give_the_same_rows(city: Loader, spark: None) -> None:
    for known_on in (None, TODAY):
        on_duckdb = tables.open_tables(city.store.folder, engine="duckdb", known_on=known_on)
        on_spark = tables.open_tables(city.store.folder, engine="spark", known_on=known_on)
        assert on_spark.engine.name == "pyspark"
        for name, ask in QUESTIONS.items():
            expected = values(ask(on_duckdb))
            assert values(ask(on_spark)) == expected, (name, known_on)
            assert expected or name == "empty"


@pytest.mark.spark
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_is_named_by_its_address(
    city: Loader, spark: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyspark.sql import SparkSession

    session = SparkSession.getActiveSession()
    if session is not None:
        session.stop()
    monkeypatch.setenv("TIMBANG_ENGINE", "local[1]")
    opened = tables.open_tables(city.store.folder)
    assert SparkSession.getActiveSession().sparkContext.master == "local[1]"
    assert opened.table("procurements").count().to_pyarrow().as_py() == 14
