"""What every detector must bring, and the same rows on both engines."""

from __future__ import annotations

import importlib
import math
import re
from typing import Any

import pytest

from tests.signals.facts import Written, judged
from timbang.law import norms
from timbang.law.bilingual import Bilingual
from timbang.registry import schema
from timbang.signals import catalogue, detector

CODES = tuple(catalogue.detectors())
# What is the same in every language: where a figure stands.
_NAMES = re.compile(r"Cardinal R\d{3}: \d+")


def facts_of(code: str) -> Written:
    """What the test of a detector wrote: `FACTS`."""
    module = importlib.import_module(f"tests.signals.detectors.test_{code.lower()}")
    found: Written = module.FACTS
    return found


@pytest.mark.parametrize("code", CODES)
def test_a_detector_says_all_that_its_page_needs(code: str) -> None:
    found = catalogue.detector(code)
    assert found.kind in detector.KINDS
    assert found.sight in detector.SIGHTS
    assert set(found.subjects) <= set(detector.SUBJECTS)
    assert set(found.reads) <= set(schema.tables()) | set(detector.GIVEN)
    assert found.version >= 1
    words = [found.unit, *found.reasons.values(), *found.measures.values()]
    assert all(word.id and word.en for word in words)
    for each in found.parameters:
        assert isinstance(each.source, Bilingual), f"{each.name}: its origin is in one language"
        assert each.source.id and each.source.en, "a default that comes from nowhere"
        assert each.source.id != each.source.en or _NAMES.fullmatch(each.source.en), each.source.en


@pytest.mark.parametrize("code", CODES)
def test_leads_on_persons_stay_at_the_desk(code: str) -> None:
    found = catalogue.detector(code)
    assert found.sight == "desk" or not set(found.subjects) & set(detector.PERSONAL)
    desk = {name for name in found.reads if name in schema.tables() and _only_desk(name)}
    assert found.sight == "desk" or not desk


def _only_desk(name: str) -> bool:
    return all(column.sight != "public" for column in schema.tables()[name].columns)


@pytest.mark.parametrize("code", CODES)
def test_the_norms_that_it_names_exist(code: str) -> None:
    assert set(catalogue.detector(code).method.norms) <= set(norms.catalogue().norms)


@pytest.mark.parametrize("code", CODES)
def test_its_page_never_presumes_guilt(code: str) -> None:
    page = catalogue.detector(code).method
    for text in (page.title, page.question, page.why, *page.innocent):
        lowered = f"{text.id} {text.en}".lower()
        for word in ("terbukti", "bersalah", "pelaku", "guilty", "proves that", "corrupt official"):
            assert word not in lowered, f"{code}: '{word}'"


@pytest.mark.parametrize("code", CODES)
def test_its_test_shows_a_lead_and_every_reason(code: str) -> None:
    rows = judged(code, facts_of(code))
    assert any(row["flagged"] for row in rows), "no lead"
    assert any(row["flagged"] is False for row in rows), "nothing that is judged and is no lead"
    shown = {row["reason"] for row in rows if row["flagged"] is None}
    assert shown == set(catalogue.detector(code).reasons)


@pytest.mark.spark
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("code", CODES)
def test_both_engines_give_the_same_rows(code: str, spark: Any) -> None:
    written = facts_of(code)
    for here, there in zip(judged(code, written), judged(code, written, engine=spark), strict=True):
        assert here.keys() == there.keys()
        for name, value in here.items():
            assert _same(value, there[name]), (name, here, there)


def _same(value: Any, other: Any) -> bool:
    if isinstance(value, float) and isinstance(other, float):
        return math.isclose(value, other, rel_tol=1e-9, abs_tol=1e-9)
    return bool(value == other) and type(value) is type(other)
