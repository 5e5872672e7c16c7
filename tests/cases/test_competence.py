"""Who is competent is proposed: by region, post and day, each with its norm or without one."""

from __future__ import annotations

from datetime import date

import pytest

from timbang.cases.competence import (
    ELSEWHERE,
    NO_RULE,
    ONLY_PROVINCE,
    TOOK_OVER,
    UNKNOWN_POST,
    UNKNOWN_REGION,
    Body,
    Matter,
    PostClass,
    post_of,
    propose,
)

DAY = date(2026, 11, 2)
OLD = date(2020, 1, 1)


def body(code: str, kind: str, region: str, **changes: object) -> Body:
    given: dict[str, object] = {"created_on": OLD, "closed_on": None, "ready": True, **changes}
    return Body(code, kind, region, **given)  # type: ignore[arg-type]


PPK = [
    body("bupati-bandung", "appointing_officer", "32.04"),
    body("gubernur-jabar", "appointing_officer", "32"),
    body("gubernur-diy", "appointing_officer", "34"),
    body("menteri", "appointing_officer", "ID"),
]


def order(kind: str, region: str, bodies: list[Body], post: PostClass = "other") -> list[str]:
    return [found.code for found in propose(Matter(kind, region, DAY, post), bodies)]


@pytest.mark.parametrize(
    ("region", "post", "first"),
    [
        ("32.04", "other", "bupati-bandung"),
        ("32", "other", "gubernur-jabar"),
        ("34.71", "other", "gubernur-diy"),
        ("ID", "other", "menteri"),
        # SE/06/M.PAN/11/2016: the secretary of a regency answers to the governor.
        ("32.04", "secretary_of_regency", "gubernur-jabar"),
    ],
)
def test_region_and_post_say_who_comes_first(region: str, post: PostClass, first: str) -> None:
    assert order("appointing_officer", region, PPK, post)[0] == first


def test_each_proposal_names_its_norm_or_says_that_none_was_found() -> None:
    [found, *_rest] = propose(Matter("appointing_officer", "32.04", DAY, "other"), PPK)
    assert (found.citation, found.level) == ("PP 94/2021 ps 17-18", "two_copies")
    [other] = propose(Matter("inspectorate", "32", DAY), [body("insp", "inspectorate", "32")])
    assert (other.citation, other.level) == (None, "none")
    assert NO_RULE in other.doubts


def test_the_norm_of_the_secretary_is_named_with_its_level() -> None:
    matter = Matter("appointing_officer", "32.04", DAY, "secretary_of_regency")
    found = propose(matter, PPK)[0]
    assert (found.citation, found.level) == ("SE/06/M.PAN/11/2016", "one_source")


@pytest.mark.parametrize(
    ("region", "code", "doubt"),
    [
        ("", "gubernur-jabar", UNKNOWN_REGION),
        ("32", "bupati-bandung", ONLY_PROVINCE),
        ("32.04", "gubernur-diy", ELSEWHERE),
    ],
)
def test_what_is_not_sure_is_said(region: str, code: str, doubt: object) -> None:
    found = {each.code: each for each in propose(Matter("appointing_officer", region, DAY), PPK)}
    assert doubt in found[code].doubts
    assert UNKNOWN_POST in found[code].doubts


def test_nobody_is_made_up() -> None:
    assert propose(Matter("ombudsman", "32", DAY), PPK) == ()


def test_the_day_decides_who_works() -> None:
    later = body("baru", "bawaslu", "32", created_on=date(2027, 1, 1))
    gone = body("lama", "bawaslu", "32", closed_on=date(2026, 1, 1), successor="heir")
    heir = body("heir", "bawaslu", "33")
    found = propose(Matter("bawaslu", "32", DAY), [later, gone, heir])
    assert [each.code for each in found] == ["heir"]


def test_who_goes_on_for_a_closed_one_is_proposed_as_such() -> None:
    gone = body("lama", "bawaslu", "32", closed_on=date(2026, 1, 1), successor="heir")
    heir = body("heir", "bawaslu", "32", created_on=date(2026, 12, 1))
    [found] = propose(Matter("bawaslu", "32", DAY), [gone, heir])
    assert (found.code, TOOK_OVER in found.doubts) == ("heir", True)


def test_successors_that_lead_round_are_nobody() -> None:
    one = body("a", "bawaslu", "32", closed_on=OLD, successor="b")
    two = body("b", "bawaslu", "32", closed_on=OLD, successor="a")
    assert propose(Matter("bawaslu", "32", DAY), [one, two]) == ()


def test_who_cannot_get_a_file_is_not_proposed() -> None:
    assert order("bawaslu", "32", [body("kosong", "bawaslu", "32", ready=False)]) == []


@pytest.mark.parametrize(
    ("title", "region", "expected"),
    [
        ("", "32", "unknown"),
        ("Camat Contoh", "32.04", "other"),
        ("Sekretaris Daerah Kabupaten", "32.04", "secretary_of_regency"),
        ("Sekda", "32", "secretary_of_province"),
        ("Sekda", "", "unknown"),
        ("Sekdakab tidak dikenal", "32.04", "other"),
    ],
)
def test_a_post_is_classed_only_where_it_matters(title: str, region: str, expected: str) -> None:
    assert post_of(title, region) == expected
