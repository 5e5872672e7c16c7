"""Elections: what is shipped, what is known of a day, what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from timbang.law.refusal import Refusal
from timbang.law.vocabulary import CONTEST_KINDS, FACTS
from timbang.registry import actions, reading
from timbang.registry.models import Contest, ContestKind, Election
from timbang.registry.phases import PHASE_DATES, Phase, SourcedDay, problems

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def test_the_regional_elections_of_2024_were_held_in_545_regions(shipped: actions.Loaded) -> None:
    contests = Contest.objects.filter(election="pemilihan-2024")
    counts = {kind: contests.filter(kind=kind).count() for kind in ("governor", "regent", "mayor")}
    # as published by KPU: 37 provinces, 415 regencies, 93 cities
    assert counts == {"governor": 37, "regent": 415, "mayor": 93}


def test_loading_again_makes_no_second_contest(shipped: actions.Loaded) -> None:
    before = set(Contest.objects.values_list("pk", flat=True))
    Contest.objects.update(voting_on=None)
    actions.load()
    assert set(Contest.objects.values_list("pk", flat=True)) == before
    assert not Contest.objects.filter(voting_on=None).exists()


def test_every_known_day_names_its_source_and_level(shipped: actions.Loaded) -> None:
    for contest in Contest.objects.all():
        known = {key for key, day in reading.dates_of(contest).items() if day is not None}
        assert set(contest.sources) == known
        for value in contest.sources.values():
            assert set(value["source"]) == {"id", "en"}
            assert all(value["source"].values())


def test_a_contest_is_only_as_good_as_its_weakest_day(shipped: actions.Loaded) -> None:
    contest = Contest.objects.get(election="pemilihan-2024", kind="governor", region="32")
    assert contest.level == "memory"
    assert set(reading.unreliable_days(contest)) == {"inaugurated_on"}


def test_no_council_is_elected_where_there_is_none(shipped: actions.Loaded) -> None:
    in_jakarta = Contest.objects.filter(region__parent="31")
    assert not in_jakarta.exists()
    assert not Contest.objects.filter(kind="governor", region="34").exists()


def test_conduct_in_a_regency_may_be_about_its_own_contest_or_the_governors(
    shipped: actions.Loaded,
) -> None:
    day = date(2024, 10, 1)
    found = {contest.kind for contest in reading.contests_on("32.04", day)}
    assert found == {"governor", "regent"}
    assert reading.contest_on("32.04", day) is None
    regent = reading.contest_on("32.04", day, "regent")
    assert regent is not None
    assert regent.region_id == "32.04"
    assert reading.contest_on("32", day, "pemilihan") == reading.contest_on(
        "32.04", day, "governor"
    )


def test_a_city_of_jakarta_has_the_governors_contest_only(shipped: actions.Loaded) -> None:
    found = reading.contest_on("31.71", date(2024, 10, 1))
    assert found is not None
    assert (found.kind, found.region_id) == ("governor", "31")


def test_months_with_two_elections_show_both(shipped: actions.Loaded) -> None:
    kinds = {c.election_id for c in reading.contests_on("35.78", date(2024, 1, 15))}
    assert kinds == {"pemilu-2024", "pemilihan-2024"}


def test_years_without_a_known_election_have_no_contest(shipped: actions.Loaded) -> None:
    assert reading.contests_on("35.78", date(2012, 4, 1)) == []
    assert reading.contests_on("35.78", date(2026, 4, 1)) == []
    assert reading.phase_facts_on("35.78", date(2012, 4, 1)) == {"act_on": date(2012, 4, 1)}


@pytest.mark.parametrize(
    ("year", "governors", "mayors", "west_java", "east_java"),
    [(2015, 8, 34, 8, 19), (2017, 7, 18, 3, 1), (2018, 17, 39, 16, 18), (2020, 9, 37, 8, 19)],
)
def test_earlier_regional_elections_were_held_in_as_many_regions_as_published(
    shipped: actions.Loaded, year: int, governors: int, mayors: int, west_java: int, east_java: int
) -> None:
    contests = Contest.objects.filter(election=f"pemilihan-{year}")
    assert contests.filter(kind="governor").count() == governors
    assert contests.filter(kind="mayor").count() == mayors
    assert contests.filter(region__parent="32").count() == west_java
    assert contests.filter(region__parent="35").count() == east_java


def test_each_region_of_java_and_bali_voted_for_its_head_once_in_a_round(
    shipped: actions.Loaded,
) -> None:
    rounds = ["pemilihan-2017", "pemilihan-2018", "pemilihan-2020"]
    provinces = ["31", "32", "33", "34", "35", "36", "51"]
    contests = Contest.objects.filter(election__in=rounds, region__parent__in=provinces)
    held = sorted(contests.values_list("region", flat=True))
    assert len(held) == len(set(held)) == 27 + 35 + 5 + 38 + 8 + 9


def test_facts_on_which_the_possible_contests_disagree_stay_unknown(
    shipped: actions.Loaded,
) -> None:
    facts = reading.phase_facts_on("32.04", date(2024, 10, 1))
    assert facts["candidates_confirmed_on"] == date(2024, 9, 22)
    assert "contest_kind" not in facts
    # president and councils were confirmed on different days: the day is not known
    general = reading.phase_facts_on("32.04", date(2023, 11, 20), "pemilu")
    assert "candidates_confirmed_on" not in general
    assert general["voting_on"] == date(2024, 2, 14)


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (date(2024, 9, 21), Phase.BEFORE_CONFIRMATION),
        (date(2024, 9, 22), Phase.CONFIRMATION),
        (date(2024, 9, 24), Phase.CONFIRMED),
        (date(2024, 9, 25), Phase.CAMPAIGN),
        (date(2024, 11, 23), Phase.CAMPAIGN),
        (date(2024, 11, 24), Phase.QUIET),
        (date(2024, 11, 26), Phase.QUIET),
        (date(2024, 11, 27), Phase.VOTING),
        (date(2024, 11, 28), Phase.AFTER_VOTING),
    ],
)
def test_each_day_of_2024_is_in_its_phase(shipped: actions.Loaded, day: date, phase: Phase) -> None:
    contest = Contest.objects.get(election="pemilihan-2024", kind="governor", region="32")
    assert reading.phase_of(contest, day) is phase


def _election(shipped: actions.Loaded) -> Election:
    return actions.add_election(
        code="coba", name="Coba", kind="pemilihan", source="rekaan", by=None, at=AT
    )


def _invented(day: date) -> SourcedDay:
    return SourcedDay(day, "rekaan", "invented")


def test_a_contest_knows_only_the_days_it_was_given(shipped: actions.Loaded) -> None:
    contest = actions.add_contest(
        election=_election(shipped),
        kind="governor",
        region_code="34",
        days={"voting_on": _invented(date(2030, 11, 27))},
        by=None,
        at=AT,
    )
    assert reading.phase_of(contest, date(2030, 10, 1)) is None
    facts = reading.phase_facts(contest, date(2030, 10, 1))
    assert "candidates_confirmed_on" not in facts
    assert facts["voting_on"] == date(2030, 11, 27)


def test_days_in_the_wrong_order_are_refused_with_the_reason(shipped: actions.Loaded) -> None:
    days = {
        "candidates_confirmed_on": _invented(date(2030, 12, 1)),
        "voting_on": _invented(date(2030, 11, 27)),
    }
    with pytest.raises(Refusal, match=r"voting_on .* before candidates_confirmed_on"):
        actions.add_contest(
            election=_election(shipped),
            kind="governor",
            region_code="34",
            days=days,
            by=None,
            at=AT,
        )
    assert problems({"soon_on": _invented(date(2030, 1, 1))})
    assert problems({"voting_on": SourcedDay(date(2030, 1, 1), " ", "memory")})
    assert problems({"voting_on": SourcedDay(date(2030, 1, 1), "x", "sure")})


def test_the_database_too_refuses_days_in_the_wrong_order(shipped: actions.Loaded) -> None:
    election = _election(shipped)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contest.objects.create(
            election=election,
            kind="governor",
            level="invented",
            campaign_starts_on=date(2030, 2, 1),
            campaign_ends_on=date(2030, 1, 1),
        )


@pytest.mark.parametrize("region", ["34", None])
def test_the_same_contest_twice_is_refused(shipped: actions.Loaded, region: str | None) -> None:
    election = _election(shipped)
    actions.add_contest(
        election=election, kind="governor", region_code=region, days={}, by=None, at=AT
    )
    with pytest.raises(Refusal):
        actions.add_contest(
            election=election, kind="governor", region_code=region, days={}, by=None, at=AT
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Contest.objects.create(
            election=election, kind="governor", region_id=region, level="invented"
        )


def test_an_election_or_agency_code_stands_for_one_thing(shipped: actions.Loaded) -> None:
    _election(shipped)
    with pytest.raises(Refusal):
        _election(shipped)
    _agency("dinas-coba")
    with pytest.raises(Refusal):
        _agency("dinas-coba")


def _agency(code: str) -> object:
    return actions.add_agency(
        code=code, name="Coba", kind="province_government", region_code="34", by=None, at=AT
    )


def test_the_facts_of_a_phase_are_words_that_the_law_knows(shipped: actions.Loaded) -> None:
    contest = Contest.objects.get(election="pemilihan-2024", kind="governor", region="32")
    facts = reading.phase_facts(contest, date(2024, 10, 1))
    assert set(facts) <= set(FACTS)
    assert set(PHASE_DATES) < set(facts)
    assert set(ContestKind.values) == set(CONTEST_KINDS)
