"""One row of a table of people, and where it stands; apart from the index, which needs arrays to be
imported."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(slots=True)
class Place:
    """Where the row stands that was read last: whoever reads moves it on."""

    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"
