"""Bids and awards in few words, for the tests of red flags. All of it is invented."""

from __future__ import annotations

from datetime import date
from typing import Any

Row = dict[str, Any]
AWARDED = date(2018, 5, 4)


def bid(ocid: str, place: int, bidder: str | None, value: float | None = None, **more: Any) -> Row:
    """One valid bid in rupiah by one tenderer."""
    told = {"ocid": ocid, "bid_place": place, "bidder_id": bidder, "value": value, "bidders": 1}
    return (
        {"row_id": f"{ocid}/{place}/{bidder}", "status": "valid", "currency": "IDR"} | told | more
    )


def pair(ocid: str, first: float, second: float, **more: Any) -> list[Row]:
    """Two valid bids: of W and of L."""
    return [bid(ocid, 1, "W", first, **more), bid(ocid, 2, "L", second, **more)]


def award(ocid: str, supplier: str | None = "W", place: int = 1, **more: Any) -> Row:
    """One active award to one supplier."""
    told = {"ocid": ocid, "award_place": place, "supplier_id": supplier, "suppliers": 1}
    named = {"row_id": f"{ocid}/a{place}/{supplier}", "status": "active", "awarded_on": AWARDED}
    return named | told | more


def processes(*ocids: str, **more: Any) -> list[Row]:
    """A procurement of each, in a region that does not exist."""
    return [{"ocid": ocid, "row_id": ocid, "region_code": "99.01", **more} for ocid in ocids]
