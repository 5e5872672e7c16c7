"""Prevention cards: the norms of a phase, from which day, for whom."""

from __future__ import annotations

from datetime import date

import pytest

from timbang.law.cards import AREAS, PHASES, Card, card, reach
from timbang.law.norms import catalogue
from timbang.law.vocabulary import STATUSES

DAYS = {
    "candidates_confirmed_on": date(2024, 9, 22),
    "campaign_starts_on": date(2024, 9, 25),
    "campaign_ends_on": date(2024, 11, 23),
    "quiet_starts_on": date(2024, 11, 24),
    "quiet_ends_on": date(2024, 11, 26),
    "voting_on": date(2024, 11, 27),
}
TODAY = date(2026, 11, 2)


def of(phase: str, status: str = "PNS", days: dict[str, date] | None = None) -> Card:
    found = card(phase, status, on=TODAY, days=days)
    assert found is not None
    return found


def keys(found: Card) -> set[str]:
    return {line.norm.base for line in found.forbidden}


def test_the_ethical_form_holds_before_confirmation_and_the_disciplinary_one_after_it() -> None:
    before, after = keys(of("before_confirmation")), keys(of("confirmed"))
    assert "skb_2022/KE5" in before
    assert "skb_2022/D7" not in before
    assert "skb_2022/D7" in after
    assert "skb_2022/KE5" not in after


def test_a_line_says_from_which_day_it_holds() -> None:
    (line,) = [each for each in of("campaign", days=DAYS).forbidden if each.norm.code == "D7"]
    assert (line.since, line.since_on) == ("confirmed", date(2024, 9, 22))
    assert not line.always


def test_what_holds_in_every_phase_is_said_to_hold_always() -> None:
    for phase in PHASES:
        (line,) = [
            each for each in of(phase, days=DAYS).forbidden if each.norm.base == "skb_2022/D5"
        ]
        assert line.always


def test_a_line_never_begins_after_the_phase_of_its_card() -> None:
    order = list(PHASES)
    for phase in PHASES:
        found = of(phase, days=DAYS)
        for line in (*found.forbidden, *found.punished, *found.allowed, *found.judged):
            assert order.index(line.since) <= order.index(phase)


@pytest.mark.parametrize("status", sorted(STATUSES))
def test_a_card_holds_only_norms_that_bind_its_status(status: str) -> None:
    for phase in PHASES:
        found = of(phase, status)
        for line in (*found.forbidden, *found.punished, *found.allowed, *found.judged):
            assert status in line.norm.binds
            assert line.norm.area in AREAS
            assert line.norm.valid_from <= found.day or line.norm.reaches_back
            assert line.norm.valid_until is None or found.day < line.norm.valid_until


def test_the_law_of_a_card_is_that_of_the_days_of_its_contest() -> None:
    old = {key: day.replace(year=2018) for key, day in DAYS.items()}
    assert not {key for key in keys(of("campaign", days=old)) if key.startswith("skb_2022")}


def test_without_the_day_that_would_tell_there_is_no_card() -> None:
    assert card("quiet", "PNS", on=TODAY, days={"voting_on": date(2024, 11, 27)}) is None
    assert card("after_voting", "PNS", on=TODAY, days={"voting_on": date(2024, 11, 27)}) is not None


def test_a_permission_stands_under_allowed_and_nowhere_else() -> None:
    for status in STATUSES:
        found = of("campaign", status)
        assert all(line.norm.effect == "permits" for line in found.allowed)
        assert all(line.norm.effect != "permits" for line in found.forbidden)


def test_the_reach_of_a_norm_names_its_phases_and_whom_it_concerns() -> None:
    found = reach(catalogue().norms["skb_2022/D7"], on=date(2024, 6, 3))
    assert "before_confirmation" not in found.phases
    assert found.phases["campaign"] == "forbidden"
    assert "candidate" in found.objects
    assert "none" not in found.objects


@pytest.mark.parametrize("status", sorted(STATUSES))
def test_every_act_on_a_card_rests_on_a_norm_that_speaks_of_it(status: str) -> None:
    for phase in PHASES:
        found = of(phase, status, DAYS)
        sure = [act.conduct for act in found.acts]
        judged = [act.conduct for act in found.judged_acts]
        assert len(set(sure + judged)) == len(sure + judged)
        for act in (*found.acts, *found.judged_acts):
            for line in act.lines:
                assert line.norm.when.needs is not None
                assert act.conduct in line.norm.when.needs
                assert line.group == "act"
                assert line.norm.effect != "permits"


def test_the_closest_norm_of_a_photo_is_the_form_of_the_phase() -> None:
    told = {
        phase: {act.conduct: act.closest.norm.code for act in of(phase, days=DAYS).acts}
        for phase in ("before_confirmation", "campaign")
    }
    assert told["before_confirmation"]["photo"] == "KE5"
    assert told["campaign"]["photo"] == "D7"


def test_an_act_is_told_with_the_sanctions_of_the_status() -> None:
    levels = {
        status: {act.conduct: act.levels for act in of("campaign", status, DAYS).acts}["photo"]
        for status in ("PNS", "PPPK")
    }
    assert levels == {"PNS": ("berat",), "PPPK": ("employer_rule",)}


def test_presence_without_support_is_left_to_judgement() -> None:
    found = of("campaign", days=DAYS)
    assert "attend_passive" in [act.conduct for act in found.judged_acts]
    assert "attend_passive" not in [act.conduct for act in found.acts]


def test_a_principle_and_what_concerns_only_spouses_name_no_act() -> None:
    found = of("campaign", days=DAYS)
    assert "uu_20_2023/2f" in [line.norm.base for line in found.of_group("principle")]
    assert "se_18_2023/foto" in [line.norm.base for line in found.of_group("spouse")]
    named = {line.norm.base for act in found.acts for line in act.lines}
    assert not {base for base in named if base.startswith("se_18_2023")}
