"""Links as detectors read them: what was judged, what is sure, what is only likely."""

from __future__ import annotations

import pytest

from timbang.registry import reading_pairs
from timbang.registry.models import NamePair

pytestmark = pytest.mark.django_db


def pair(record: str, person: str, certainty: float, judgement: str = "") -> None:
    NamePair.objects.create(
        record=record, person=person, certainty=certainty, homonyms=3, reasons=[],
        judgement=judgement,
    )  # fmt: skip


def statuses() -> dict[tuple[str, str], str]:
    return {(row["record"], row["person"]): row["status"] for row in reading_pairs.links()}


def test_a_link_is_sure_by_its_certainty_until_an_officer_judges_it() -> None:
    pair("a", "1", 0.999)
    pair("b", "2", 0.9)
    pair("c", "3", 0.999, "different")
    pair("d", "4", 0.3, "same")
    assert statuses() == {
        ("a", "1"): "sure", ("b", "2"): "likely", ("c", "3"): "different", ("d", "4"): "same",
    }  # fmt: skip


@pytest.mark.parametrize("judgement", ["same", "undecided"])
def test_who_was_judged_or_left_open_is_surely_nobody_else(judgement: str) -> None:
    pair("a", "1", 0.999)
    pair("a", "2", 0.4, judgement)
    assert statuses()[("a", "1")] == "likely"


def test_certainty_and_homonyms_stand_beside_the_link() -> None:
    pair("a", "1", 0.999)
    (row,) = reading_pairs.links()
    assert (row["certainty"], row["homonyms"]) == (0.999, 3)
    assert set(row) == {"record", "person", "certainty", "homonyms", "status"}
