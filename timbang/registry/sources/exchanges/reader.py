"""Exchange records as CSV or JSON, under the names of their fields (`registry/exchange.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from timbang.registry import exchange, exchange_entry
from timbang.registry.reading_records import Context, Out, Reader, Refused
from timbang.registry.schema import REGION, REGION_WRITTEN


def make(context: Context) -> Reader:
    """A reader; a record that is unfit is refused with all that is wrong with it."""

    def read(value: Mapping[str, Any], out: Out) -> None:
        """One record. Raises `Refused`."""
        try:
            record, doubts = exchange.from_mapping(value)
        except ValueError as error:
            raise Refused(str(error)) from None
        wrong = exchange.problems(record)
        if wrong:
            raise Refused("not an exchange record: " + "; ".join(each.en for each in wrong))
        written = exchange.region_written(value, record)
        personal = exchange_entry.with_personal_numbers(record, context.today)
        if exchange_entry.holds_personal(written or "", context.today):
            personal.append(REGION)
        if personal:
            raise Refused(f"a NIP or NIK seems to stand in: {', '.join(personal)}; give an id")
        named = exchange_entry.naming_cases(record, context.organs)
        if named:
            raise Refused(f"the number of a case, lead or report stands in: {', '.join(named)}")
        if record.exchange_id in context.taken:
            raise Refused(f"{record.exchange_id} was entered at this desk: correct it there")
        out.begin(record.exchange_id)
        row = record.as_row() | {REGION_WRITTEN: written}
        out.add("exchanges", row, record.exchange_id, doubts)

    return read
