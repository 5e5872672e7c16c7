"""A01: officials replaced within the ban before an election."""

from __future__ import annotations

from datetime import date

from tests.signals.facts import Written, judged, marked, reasons

BASE = {"change": "moved", "region_code": "99.01", "level": "III.a", "from_on": date(2024, 6, 1)}
REFUSED = {**BASE, "consent": "none"}
FACTS: Written = {
    "contests": [
        {
            "election": "e-2024", "contest_kind": "regent", "region_code": "99.01",
            "candidates_confirmed_on": date(2024, 9, 22), "voting_on": date(2024, 11, 27),
            "inaugurated_on": date(2025, 2, 20),
        },
        {
            "election": "e-2024", "contest_kind": "regent", "region_code": "99.02",
            "candidates_confirmed_on": date(2024, 9, 22), "voting_on": date(2024, 11, 27),
        },
        {
            "election": "e-2024", "contest_kind": "governor", "region_code": "98",
            "candidates_confirmed_on": date(2024, 9, 22),
        },
        {
            "election": "p-2024", "contest_kind": "dprd_regency", "region_code": "97.01",
            "candidates_confirmed_on": date(2023, 11, 3),
        },
    ],
    "posts": [
        {"post_code": "P1", "level": "high_first"},
        {"post_code": "P2", "level": "executive"},
    ],
    "appointments": [
        {"row_id": "without", **REFUSED},
        {"row_id": "first day", **REFUSED, "from_on": date(2024, 3, 22)},
        {"row_id": "day before", **REFUSED, "from_on": date(2024, 3, 21)},
        {"row_id": "signed before", **REFUSED, "decreed_on": date(2024, 3, 20), "from_on": date(2024, 3, 25)},
        {"row_id": "last day", **REFUSED, "from_on": date(2025, 2, 19)},
        {"row_id": "new term", **REFUSED, "from_on": date(2025, 2, 20)},
        {"row_id": "district", **REFUSED, "region_code": "99.01.03"},
        {"row_id": "refused", **BASE, "consent": "refused"},
        {"row_id": "too late", **BASE, "consent_number": "100/2", "consented_on": date(2024, 6, 2)},
        {"row_id": "in time", **BASE, "consent_number": "100/1", "consented_on": date(2024, 6, 1)},
        {"row_id": "not in the data", **BASE},
        {"row_id": "by the register", **REFUSED, "level": None, "post_code": "P1"},
        {"row_id": "school", **REFUSED, "level": "Fungsional", "post": "Kepala SMP Negeri 3"},
        {"row_id": "teacher", **REFUSED, "level": "Fungsional", "post": "Guru"},
        {"row_id": "staff", **REFUSED, "level": "III.a", "post_code": "P2"},
        {"row_id": "no level", **REFUSED, "level": None, "post": "Kepala Seksi"},
        {"row_id": "acting", **REFUSED, "acting": "Plt"},
        {"row_id": "retired", **REFUSED, "change": "dismissed"},
        {"row_id": "no day", **REFUSED, "from_on": None},
        {"row_id": "no change", **REFUSED, "change": None},
        {"row_id": "no region", **REFUSED, "region_code": None},
        {"row_id": "province", **REFUSED, "region_code": "99"},
        {"row_id": "council only", **REFUSED, "region_code": "97.01"},
        {"row_id": "end open", **REFUSED, "region_code": "99.02", "from_on": date(2024, 12, 10)},
        {"row_id": "voting open", **REFUSED, "region_code": "98", "from_on": date(2024, 12, 10)},
        {"row_id": "years later", **REFUSED, "region_code": "99.02", "from_on": date(2028, 1, 1)},
    ],
}  # fmt: skip


def test_a_replacement_within_the_ban_is_marked_from_its_first_day() -> None:
    found = marked("A01", FACTS)
    assert found == {
        "without": 72, "first day": 1, "signed before": 4, "last day": 335, "district": 72,
        "refused": 72, "too late": 72, "by the register": 72, "school": 72,
    }  # fmt: skip


def test_what_cannot_be_judged_says_why() -> None:
    assert reasons("A01", FACTS) == {
        "not in the data": "consent_unknown",
        "no level": "level_unknown",
        "no day": "day_unknown",
        "no change": "change_unknown",
        "no region": "region_unknown",
        "province": "contest_unknown",
        "council only": "contest_unknown",
        "end open": "end_unknown",
        "voting open": "end_unknown",
    }


def test_acting_holders_and_dismissals_are_not_looked_at() -> None:
    looked_at = {row["subject"] for row in judged("A01", FACTS)}
    assert not looked_at & {"acting", "retired"}


def test_the_lead_tells_election_first_day_and_consent() -> None:
    found = {row["subject"]: row for row in judged("A01", FACTS)}
    late = found["too late"]
    assert (late["consent"], late["election"], late["ban_from"]) == (
        "late",
        "e-2024",
        date(2024, 3, 22),
    )
    assert found["in time"]["flagged"] is False
    assert found["without"]["evidence"] == ["appointments:without"]
    assert found["signed before"]["decreed_on"] == date(2024, 3, 20)
