"""The public facts of the demo: all that its pages need, and nobody who exists."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import timezone

from timbang.registry import (
    checking_tables,
    people,
    places,
    reading_pairs,
    reading_versions,
    tables,
)
from timbang.registry.actions import tables_store
from timbang.registry.models import NamePair
from timbang.signals.models import Lead
from timbang.web.demo import bring_if_missing, facts, load_if_missing

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(db: None) -> Iterator[float]:
    """The seconds of CPU that it took."""
    begun = time.process_time()
    assert load_if_missing(timezone.now())
    yield time.process_time() - begun
    for folder in (settings.TABLES, settings.PEOPLE):
        shutil.rmtree(folder, ignore_errors=True)
    places.take_in(settings.TABLES / places.OWN_FILE)


def test_every_page_about_facts_has_something_to_show(loaded: float) -> None:
    opened = tables.open_tables(settings.TABLES, engine="duckdb")
    counted: Counter[str] = Counter()
    for row in tables.overview(opened):
        counted[row["table"]] += row["rows"]
    for name in ("people", "appointments", "posts", "agencies", "candidacies", "campaigners",
                 "procurements", "awards", "contracts", "budgets", "plans", "region_figures"):  # fmt: skip
        assert counted[name] >= 9, name
    assert 300 < sum(counted.values()) < 1_200
    assert loaded < 20  # a few on a quiet machine
    doubts = [row for name in counted for row in opened.table(name).to_pyarrow().to_pylist()
              if "unknown" in (row["doubts"] or "")]  # fmt: skip
    assert doubts == []


def test_a_name_is_found_with_how_many_bear_it_and_a_pair_waits(loaded: float) -> None:
    answer = people.find(settings.PEOPLE / people.EVERYBODY, "Bayu Tirta Kelana")
    assert answer.alike >= 1
    assert reading_pairs.open_pairs().count() >= 10
    pair = reading_pairs.next_pair()
    assert pair is not None
    opened = tables.open_tables(settings.TABLES, engine="duckdb")
    record, person = reading_pairs.sides(opened, pair)
    assert record is not None
    assert person is not None
    assert record.name != person.name
    assert person.region in {name for _code, name, _kind in facts.province.REGIONS}


def test_what_was_known_before_the_correction_can_be_asked(loaded: float) -> None:
    last = tables_store().versions()[-1]
    assert last.report["tables"]["awards"]["corrected"] == 1
    found = checking_tables.check(tables_store(), reading_versions.entered_versions())
    assert found.ok
    assert found.versions == 14


def test_a_second_start_loads_nothing(loaded: float) -> None:
    assert not load_if_missing(timezone.now())
    NamePair.objects.all().delete()  # as if the first start had been broken off before its end
    assert load_if_missing(timezone.now())
    assert len(tables_store().versions()) == 14


def test_a_few_detectors_find_leads_and_a_second_start_brings_none(loaded: float) -> None:
    begun = time.process_time()
    assert bring_if_missing(timezone.now())
    assert time.process_time() - begun < 15  # two on a quiet machine
    found = Counter(Lead.objects.values_list("detector", flat=True))
    assert found["R003"] >= 5
    assert found["R018"] >= 1
    assert not bring_if_missing(timezone.now())
    shutil.rmtree(settings.SIGNALS, ignore_errors=True)
