"""How far a summons may lie from the day for which it is sent (PP 94/2021 ps 26).

At most 7 working days lie between the day of the letter and the examination; the second summons
follows at most 7 working days after the day that was missed. The regulation does not say what
becomes of a summons that keeps another distance, so that it is told and not refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from timbang.law.bilingual import Bilingual
from timbang.law.calendar import Calendar
from timbang.law.workdays import explain

MOST: Final = 7
FIRST: Final = "PP 94/2021 ps 26(2)"
SECOND: Final = "PP 94/2021 ps 26(3)"
LEVEL: Final = "two_copies"
OPEN_POINT: Final = Bilingual(
    "Akibat panggilan yang jaraknya lebih dari 7 hari kerja tidak diatur dalam teks yang terbaca.",
    "What becomes of a summons that lies more than 7 working days away is not said in the text "
    "that was read.",
)


@dataclass(frozen=True, slots=True)
class Distance:
    """Whether a summons keeps the distance: `last_day` is the last one that does.

    `skipping` is that day when joint leave is no working day, `counting` when it is one: no law
    that was read says which. `kept` is None between the two.
    """

    counting: date
    skipping: date
    provisional: bool
    kept: bool | None
    citation: str


def distance(
    begins: date, day: date, *, second: bool = False, calendar: Calendar | None = None
) -> Distance:
    """Whether `day` lies at most 7 working days after `begins`: the day of the letter and of the
    examination; for a `second` summons, the day that was missed and that of the letter."""
    calendar = calendar or Calendar.load()
    counting = explain(begins, MOST, "workdays", "counts", calendar)
    skipping = explain(begins, MOST, "workdays", "skipped", calendar)
    kept = True if day <= counting.last_day else (None if day <= skipping.last_day else False)
    return Distance(
        counting=counting.last_day,
        skipping=skipping.last_day,
        provisional=counting.provisional or skipping.provisional,
        kept=kept,
        citation=SECOND if second else FIRST,
    )
