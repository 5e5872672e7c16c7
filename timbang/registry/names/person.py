"""One row of a table of people; apart from the index, which needs arrays to be imported."""

from __future__ import annotations

from typing import NamedTuple


class Person(NamedTuple):
    """One row of a table of people; "" and None stand for not known."""

    person_id: str
    name: str
    agency_code: str = ""
    agency_name: str = ""
    region_code: str = ""
    birth_year: int | None = None
    post: str = ""
