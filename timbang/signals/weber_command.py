"""The command `timbang weber`: how near agencies are to a rule-bound office, element by element."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import click
from django.conf import settings

from timbang.law.refusal import Refusal
from timbang.registry import tables as door
from timbang.signals import weber
from timbang.signals.weber import MEASURED, TOO_FEW, Agency, Cell


@click.command("weber")
@click.option("--agency", metavar="CODE", help="Only this agency.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def yardstick(agency: str | None, as_json: bool) -> None:
    """How near agencies are to a professional, rule-bound office, element by element.

    Shares with exact 95 % intervals of what the loaded tables hold; what they do not hold is told
    as missing, and there is no total.
    """
    found = weber.measure(door.open_tables(settings.TABLES), settings.SIGNALS)
    if agency is not None:
        known = [each for each in found if each.code == agency]
        if not known:
            raise Refusal(f"nothing is known of an agency '{agency}'")
        found = tuple(known)
    if as_json:
        click.echo(json.dumps(_told(found), ensure_ascii=False))
        return
    for each in found:
        _say(each)
    if not found:
        click.echo("nothing is loaded that could be measured; see timbang load")


def _told(found: Iterable[Agency]) -> dict[str, Any]:
    return {
        "elements": [
            {
                "code": element.code,
                "origin": element.origin,
                "title": element.title.as_json(),
                "measures": [
                    {
                        "code": each.code,
                        "title": each.title.as_json(),
                        "beware": each.beware.as_json(),
                        "reads": list(each.reads),
                    }
                    for each in element.measures
                ],
            }
            for element in weber.elements()
        ],
        "agencies": [asdict(each) for each in found],
    }


def _say(agency: Agency) -> None:
    titles = {element.code: element.title.en for element in weber.elements()}
    measures = {m.code: m.title.en for element in weber.elements() for m in element.measures}
    click.echo(f"{agency.code} {agency.name}")
    for cell in agency.cells:
        what = measures.get(cell.measure or "", "no measure yet")
        click.echo(f"  {titles[cell.element]:28} {_size(cell):28} {what}")


def _size(cell: Cell) -> str:
    if cell.status == MEASURED:
        return f"{cell.share:.2f} ({cell.low:.2f} to {cell.high:.2f}) of {cell.whole:,}"
    return "too few to tell" if cell.status == TOO_FEW else "missing"
