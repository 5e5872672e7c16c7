"""NET_PATRON: a giver with several clients."""

from __future__ import annotations

from tests.signals.detectors.test_net_pair import KEPT, gift
from tests.signals.facts import Written, judged, marked, reasons


def client(patron: str, name: str, months: tuple[int | None, ...]) -> list[dict[str, object]]:
    gifts = [gift(patron, name, month) for month in months]
    return [*gifts, gift(name, patron, months[0], kind="vote_support")]


FACTS: Written = {
    "exchanges": [
        *[row for name in "abc" for row in client("P", name, (1, 2, 3))],
        *[row for name in "de" for row in client("Q", name, (1, 2, 3))],
        *[row for name in "xyz" for row in client("R", name, (1, None, 3))],
        *client("Q", "f", (1, 2)),
        # gets from many, gives nothing
        *[gift(name, "S", month) for name in ("g", "h", "i") for month in (1, 2, 3)],
        # gives to many, gets nothing
        *[gift("T", name, month) for name in ("j", "k", "l") for month in (1, 2, 3)],
    ],
}


def test_three_clients_make_a_lead() -> None:
    assert marked("NET_PATRON", FACTS) == {"P": 3.0}


def test_days_that_could_make_clients_of_them_are_missing() -> None:
    assert reasons("NET_PATRON", FACTS) == {"R": "days_missing", "T": "legs_missing"}


def test_where_nobody_wrote_legs_down_a_return_is_not_known() -> None:
    kept = {"exchanges": [*FACTS["exchanges"], KEPT]}
    assert marked("NET_PATRON", kept) == {"P": 3.0}
    assert reasons("NET_PATRON", kept) == {"R": "days_missing"}


def test_fewer_clients_are_enough_where_it_is_said() -> None:
    assert set(marked("NET_PATRON", FACTS, ties=2)) == {"P", "Q"}


def test_the_evidence_is_what_was_exchanged_with_the_clients() -> None:
    (lead,) = (row for row in judged("NET_PATRON", FACTS) if row["flagged"])
    assert len(lead["evidence"]) == lead["exchanges"] == 12
    assert lead["region_code"] == "99.01"
