"""NET_PAIR: a tie with all elements of clientelism; and the same as the compiled pass."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from tests.signals.facts import Written, judged, marked, reasons
from timbang.signals.network import reading
from timbang.signals.network.measures import Measured, pair_json


def gift(giver: str, receiver: str, month: int | None, **more: Any) -> dict[str, Any]:
    day = date(2024, month, 5) if month else None
    told = {"giver_id": giver, "receiver_id": receiver, "given_on": day, "money": "private"}
    return told | {"region_code": "99.01"} | more


def tie(patron: str, client: str, months: tuple[int | None, ...], **more: Any) -> list[Any]:
    """The patron has another partner; the client has none."""
    gifts = [gift(patron, client, month, **more) for month in months]
    back = gift(client, patron, months[-1], kind="vote_support", **more)
    others = [gift(patron, f"{patron}-{other}", 1) for other in range(9)]
    return [*gifts, back, *others]


FACTS: Written = {
    "exchanges": [
        *tie("full", "k1", (1, 2, 3)),
        *tie("short", "k2", (1, 2)),
        *tie("undated", "k3", (1, 2, None)),
        *tie("unsaid", "k4", (1, 2, 3), money="unknown"),
        *tie("office", "k5", (1, 2, 3), money="public"),
        *[gift("oneway", "k6", month) for month in (1, 2, 3)],
        *[gift("oneway", "other", 1) for _ in range(9)],
    ],
}
# One record names another leg: legs were written down, so what has none was not returned.
KEPT = gift("kept", "legs", 1, exchange_id="kept", returns="far")


def test_all_four_elements_are_marked_with_their_months() -> None:
    assert marked("NET_PAIR", FACTS) == {"full + k1": 3.0}


def test_what_missing_rows_could_turn_cannot_be_judged() -> None:
    assert reasons("NET_PAIR", FACTS) == {
        "k3 + undated": "days_missing",
        "k4 + unsaid": "way_unknown",
        "k6 + oneway": "legs_missing",
    }


def test_where_nobody_wrote_legs_down_a_return_is_not_known() -> None:
    kept = {"exchanges": [*FACTS["exchanges"], KEPT]}
    assert marked("NET_PAIR", kept) == {"full + k1": 3.0}
    assert "k6 + oneway" not in reasons("NET_PAIR", kept)


def test_another_leg_on_record_is_a_return() -> None:
    rows = [gift("a", "k", month, exchange_id=str(month)) for month in (1, 2, 3)]
    others = [gift("a", f"x{number}", 1) for number in range(9)]
    far = gift("b", "c", 4, exchange_id="9", returns="2")
    assert marked("NET_PAIR", {"exchanges": [*rows, *others, far]}) == {"a + k": 3.0}


def test_the_lead_says_on_whom_the_other_leans() -> None:
    (lead,) = (row for row in judged("NET_PAIR", FACTS) if row["flagged"])
    assert lead["above"] == "full"
    assert lead["asymmetry"] == pytest.approx(1 - 4 / 13)
    assert len(lead["evidence"]) == 4


def random_exchanges(seed: int) -> list[dict[str, Any]]:
    rng = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    for number in range(400):
        pick = lambda *choices: choices[int(rng.integers(0, len(choices)))]  # noqa: E731
        rows.append(
            {
                "exchange_id": str(number),
                "giver_id": pick(*"ABCDEFGH", None),
                "receiver_id": pick(*"ABCDEFGH", None),
                "giver": pick("", "Nama", None),
                "given_on": pick(None, *[date(2023, month, 9) for month in range(1, 13)]),
                "money": pick("private", "public", "unknown", None),
                "budget_line": pick(None, None, "5.1"),
                "through": pick(None, None, None, "Perantara"),
                "returned_by": pick(*[None] * 9, str(int(rng.integers(0, 400)))),
                "returns": pick(*[None] * 9, str(int(rng.integers(0, 400)))),
            }
        )
    return rows


@pytest.mark.parametrize("legs", [True, False])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_expression_says_what_the_compiled_pass_says(seed: int, legs: bool) -> None:
    rows = random_exchanges(seed)
    if not legs:
        rows = [row | {"returned_by": None, "returns": None} for row in rows]
    found = Measured(reading.of_rows(rows))
    told = {}
    for row in range(len(found.pairs)):
        pair = pair_json(found, row)
        ends = sorted([pair["low"]["id"], pair["high"]["id"]])
        forward = pair["low_gave"] if ends[0] == pair["low"]["id"] else pair["high_gave"]
        told[" + ".join(ends)] = (pair, forward)
    expressed = {row["subject"]: row for row in judged("NET_PAIR", {"exchanges": rows})}
    assert told.keys() == expressed.keys()
    for subject, (pair, forward) in told.items():
        row = expressed[subject]
        assert row["exchanges"] == pair["exchanges"]
        assert row["forward"] == forward
        assert row["linked"] == round((pair["legs"] or 0) * pair["exchanges"])
        assert row["asymmetry"] == pytest.approx(pair["asymmetry"], abs=1e-12)
        assert row["above"] == pair["above"]
        bounds = [row["personal_least"], row["personal_most"]]
        assert bounds == pytest.approx(pair["personal_bounds"], abs=1e-12)
        if row["value"] is not None:
            assert row["value"] == pair["months"]
        merged = [pair["elements"][name] for name in ("iteration", "asymmetry", "reciprocity",
                                                      "personalism")]  # fmt: skip
        wanted = False if False in merged else None if None in merged else True
        assert row["flagged"] is wanted, (subject, merged)
