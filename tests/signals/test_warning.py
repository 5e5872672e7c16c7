"""Early warning: the index can be recomputed by hand, and reports never raise it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from timbang.law.bilingual import Bilingual
from timbang.law.refusal import Refusal
from timbang.law.yaml_file import YamlError
from timbang.signals import published, warning
from timbang.signals.published import Figure
from timbang.signals.warning import Component, Formula
from timbang.signals.warning_command import warn as command

WORD = Bilingual("kata", "word")
DAY = date(2024, 1, 1)
REGIONS = [f"9{n}" for n in range(6)]


def component(code: str, weight: int = 1, kind: str = "published", rest: bool = False) -> Component:
    detectors = "budget" if kind == "signals" else None
    return Component(code, kind, weight, WORD, WORD, WORD, detectors, rest)


def formula(*components: Component) -> Formula:
    return Formula(components, WORD, WORD)


def figures(code: str, values: Sequence[float | None]) -> list[Figure]:
    return [
        Figure(code, region, value, DAY, "somewhere", "one_source")
        for region, value in zip(REGIONS, values, strict=True)
        if value is not None
    ]


def test_the_index_is_the_weighted_mean_of_the_ranks() -> None:
    """Worked by hand: ranks 0, .2, .4, .6, .8, 1 with weight 1 and 1, .8, .6, ... with weight 3."""
    rising = figures("a", [1, 2, 3, 4, 5, 6])
    falling = figures("b", [60, 50, 40, 30, 20, 10])
    found = warning.warn(formula(component("a"), component("b", 3)), rising + falling, REGIONS)
    first = found[0]
    assert (first.region_code, first.place, first.of) == ("90", 1, 6)
    assert first.index == pytest.approx((0 * 1 + 1 * 3) / 4)
    assert [round(each.share, 9) for each in first.contributions] == [0, 0.75]
    assert found[-1].region_code == "95"
    assert found[-1].index == pytest.approx(0.25)


def test_equal_values_share_a_rank() -> None:
    values = {f.region_code: f for f in figures("a", [1, 1, 2, 3, 3, 3])}
    assert warning.ranks(REGIONS, values) == pytest.approx([0.1, 0.1, 0.4, 0.8, 0.8, 0.8])


def test_a_list_that_names_only_the_highest_puts_the_rest_below() -> None:
    values = {f.region_code: f for f in figures("a", [9, 8, 7, None, None, None])}
    assert warning.ranks(REGIONS, values, rest_below=True) == pytest.approx(
        [1, 0.8, 0.6, 0.2, 0.2, 0.2]
    )


def test_what_is_not_known_is_left_out_and_never_zero() -> None:
    both = formula(component("a"), component("b"))
    found = warning.warn(
        both, figures("a", [1, 2, 3, 4, 5, 6]) + figures("b", [None, 2, 3, 4, 5, 6]), REGIONS
    )
    by_region = {each.region_code: each for each in found}
    assert by_region["90"].missing == ("b",)
    assert by_region["90"].index == 0
    assert by_region["90"].known == 0.5


def test_too_little_known_gives_no_index() -> None:
    heavy = formula(component("a"), component("b", 9))
    found = warning.warn(heavy, figures("a", [1, 2, 3, 4, 5, 6]), REGIONS)
    assert all(each.index is None and each.place is None for each in found)


def test_a_gap_at_the_top_widens_the_span_of_all() -> None:
    """Region 95 leads the one list that knows it and is missing from the heavier one: it has no
    place, its score is told, and whoever stands first without it may well stand second."""
    heavy = formula(component("a"), component("b", 2))
    found = warning.warn(
        heavy, figures("a", [1, 2, 3, 4, 5, 6]) + figures("b", [1, 2, 3, 4, 5, None]), REGIONS
    )
    first, last = found[0], found[-1]
    assert (first.region_code, first.place, first.of, first.among) == ("94", 1, 5, 6)
    assert (first.place_low, first.place_high) == (1, 2)
    assert (last.region_code, last.place, last.index) == ("95", None, None)
    assert [(each.component, each.value) for each in last.contributions] == [("a", 6)]
    assert last.index_low == pytest.approx(1 / 3)
    assert last.index_high == 1
    assert (last.place_low, last.place_high) == (1, 5)
    assert warning.could_lead(found) == [last]


def test_a_gap_also_moves_the_ranks_of_those_that_are_known() -> None:
    values = {f.region_code: f for f in figures("a", [1, 2, 3, 4, 5, None])}
    low, high = warning.bounds_of(REGIONS, values)
    assert low == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 0])
    assert high == pytest.approx([0.2, 0.4, 0.6, 0.8, 1, 1])


@given(
    st.lists(st.none() | st.integers(0, 9), min_size=6, max_size=6),
    st.lists(st.integers(0, 9), min_size=6, max_size=6),
)
def test_whatever_fills_the_gaps_the_place_lies_in_the_span(
    known: list[int | None], full: list[int]
) -> None:
    both = formula(component("a"), component("b"))
    beside = figures("b", [float(each) for each in full])
    filled = [b if a is None else a for a, b in zip(known, reversed(full), strict=True)]
    rows = figures("a", [None if each is None else float(each) for each in known])
    if len(rows) < warning.FEWEST_REGIONS:
        return
    told = {each.region_code: each for each in warning.warn(both, rows + beside, REGIONS)}
    for each in warning.warn(both, figures("a", [float(x) for x in filled]) + beside, REGIONS):
        span = told[each.region_code]
        assert each.place is not None
        assert span.place_low <= each.place <= span.place_high


def test_changed_weights_show_how_far_a_place_can_be_trusted() -> None:
    opposed = formula(component("a"), component("b"))
    found = warning.warn(
        opposed,
        figures("a", [1, 2, 3, 4, 5, 6]) + figures("b", [5, 6, 3, 4, 1, 2]),
        REGIONS,
    )
    assert any(each.place_low != each.place_high for each in found)
    assert all(each.place_low <= each.place <= each.place_high for each in found)  # type: ignore[operator]
    assert found[0].without.keys() == {"a", "b"}


@given(st.lists(st.integers(0, 50), min_size=6, max_size=6))
def test_reports_never_change_an_index(reports: list[int]) -> None:
    own = formula(component("a", kind="signals"), component("b"))
    base = figures("a", [1, 2, 3, 4, 5, 6]) + figures("b", [2, 1, 4, 3, 6, 5])
    told = figures("reports", [float(each) for each in reports])
    without, beside = (warning.warn(own, rows, REGIONS) for rows in (base, base + told))
    assert [(w.region_code, w.index, w.place) for w in without] == [
        (w.region_code, w.index, w.place) for w in beside
    ]


def test_few_reports_beside_strong_signals_are_silence() -> None:
    own = formula(component("a", kind="signals"))
    rows = figures("a", [1, 2, 3, 4, 5, 6]) + figures("reports", [50, 40, 30, 20, 45, 5])
    silent = {each.region_code: each.silent for each in warning.warn(own, rows, REGIONS)}
    assert silent == {"90": False, "91": False, "92": False, "93": False, "94": False, "95": True}


def test_where_reports_are_not_known_nothing_is_called_silence() -> None:
    own = formula(component("a", kind="signals"))
    found = warning.warn(own, figures("a", [1, 2, 3, 4, 5, 6]), REGIONS)
    assert {each.silent for each in found} == {None}


def test_a_back_test_needs_regions_that_have_both() -> None:
    own = formula(component("a"))
    found = warning.warn(own, figures("a", [1, 2, 3, 4, 5, 6]), REGIONS)
    assert warning.back_test(found, {"90": 1.0, "91": 2.0}) is None
    test = warning.back_test(found, {region: float(n) for n, region in enumerate(REGIONS)}, named=2)
    assert test is not None
    assert test.correlation == pytest.approx(1)
    assert test.first == 2
    turned = warning.back_test(found, {r: -float(n) for n, r in enumerate(REGIONS)}, named=2)
    assert turned is not None
    assert turned.correlation == pytest.approx(-1)
    assert turned.first == 0


def test_the_shipped_formula_and_figures_can_be_read() -> None:
    shipped = warning.formula()
    codes = [each.code for each in shipped.components]
    assert len(codes) == len(set(codes))
    assert warning.REPORTS not in codes
    indicators = {figure.indicator for figure in published.figures()}
    wanted = {each.code for each in shipped.components if each.kind in ("published", "history")}
    assert wanted <= indicators


def test_our_own_release_is_one_more_source() -> None:
    release = {
        "format": "timbang-figures/1",
        "released_on": "2026-11-01",
        "figures": [
            {"subject": "reports", "table": "province", "province": "32", "at_least": 15},
            {"subject": "cases", "table": "sanction_province", "province": "32", "at_least": 5},
            {"subject": "cases", "table": "province", "province": "32", "at_least": 10},
        ],
    }
    found = published.of_release(json.dumps(release), source="2026-10.json")
    assert [(f.indicator, f.region_code, f.value) for f in found] == [
        ("reports", "32", 15.0),
        ("decided_cases", "32", 5.0),
    ]
    with pytest.raises(Refusal, match="no release"):
        published.of_release("[]", source="x")


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("a,1234,1,2024-01-01,x,memory", "no region"),
        ("a,32,much,2024-01-01,x,memory", "could not convert"),
        ("a,32,1,2024-13-01,x,memory", "month must be"),
        ("a,32,1,2024-01-01,,memory", "a source"),
        ("a,32,1,2024-01-01,x,memory\na,32,2,2024-01-01,x,memory", "twice"),
    ],
)
def test_a_figure_that_is_wrong_is_refused_with_its_line(
    tmp_path: Path, line: str, wrong: str
) -> None:
    path = tmp_path / "figures.csv"
    path.write_text(",".join(published.COLUMNS) + "\n" + line + "\n", "utf-8")
    with pytest.raises(Refusal, match=wrong):
        list(published.read(path))


def test_a_weight_of_nothing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "warning.yaml"
    path.write_text(warning.FILE.read_text("utf-8").replace("weight: 2", "weight: 0", 1), "utf-8")
    with pytest.raises(YamlError, match="1 or more"):
        warning.read_formula(path)


def test_the_command_tells_places_reasons_and_the_back_test() -> None:
    said = CliRunner().invoke(
        command,
        ["--known-on", "2023-12-01", "--election", "pemilu-2024",
         "--outcome", "neutrality_pemilu_2024", "--json"],
    )  # fmt: skip
    told = json.loads(said.stdout)
    assert told["voting_on"] == "2024-02-14"
    first = told["regions"][0]
    assert first["place"] == 1
    assert first["contributions"]
    assert told["back_test"]["regions"] >= 5
    shown = CliRunner().invoke(command, ["--known-on", "2023-12-01"])
    assert first["name"] in shown.stdout
    assert "Maluku Utara  29% known; could stand 1-" in shown.stdout
    assert "Thematic index of officials' neutrality, Bawaslu: 100" in shown.stdout
    assert "could stand first" in shown.stderr
    nothing = CliRunner().invoke(command, ["--known-on", "2018-01-01"])
    assert "too little is known" in nothing.stdout
