"""The command `timbang warning`: which regions are at risk before an election, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.utils import timezone

from timbang.law.refusal import Refusal
from timbang.registry.places import codes
from timbang.signals import published, warning, warning_now
from timbang.signals.warning import BackTest, Warning
from timbang.signals.warning_now import KINDS, Warned

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("warning")
@click.option("--kind", type=click.Choice(KINDS), default="province", show_default=True)
@click.option(
    "--election",
    metavar="CODE",
    help="Election whose voting day counts; the next one, else the last.",
)
@click.option("--known-on", type=click.DateTime(formats=["%Y-%m-%d"]), help="As known on a day.")
@click.option("--release", type=_FILE, help="Our published figures: a file of /statistik/rilis/.")
@click.option("--outcome", metavar="INDICATOR", help="Hold the index against what came after.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def warn(
    kind: str,
    election: str | None,
    known_on: datetime | None,
    release: Path | None,
    outcome: str | None,
    as_json: bool,
) -> None:
    """Which regions are at risk before an election, from what is public, and why.

    The index, its formula and its weights are public (timbang/signals/data/warning.yaml); reports
    never raise it. Few published reports beside strong signals are told as silence.
    """
    after = {f.region_code: f.value for f in published.figures() if f.indicator == outcome}
    if outcome and not after:
        named = ", ".join(sorted({f.indicator for f in published.figures()}))
        raise Refusal(f"there is no indicator '{outcome}'; there are: {named}")
    own = published.of_release(release.read_text("utf-8"), source=release.name) if release else ()
    found = warning_now.warned(
        settings.SIGNALS,
        kind=kind,
        on=known_on.date() if known_on else timezone.localdate(),
        election=election,
        own=own,
        without=outcome,
    )
    test = warning.back_test(found.regions, after) if outcome else None
    if as_json:
        click.echo(json.dumps(_told(found, outcome, test), ensure_ascii=False, default=str))
    else:
        _say(found, outcome, test)


def _told(found: Warned, outcome: str | None, test: BackTest | None) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "election": found.election,
        "known_on": found.known_on,
        "voting_on": found.voting_on,
        "components": [
            {
                "code": each.code,
                "kind": each.kind,
                "weight": each.weight,
                "title": each.title.as_json(),
                "measure": each.measure.as_json(),
                "reason": each.reason.as_json(),
            }
            for each in warning.formula().components
        ],
        "regions": [asdict(each) | {"name": codes()[each.region_code]} for each in found.regions],
        "back_test": ({"outcome": outcome} | asdict(test)) if test else None,
    }


def _say(found: Warned, outcome: str | None, test: BackTest | None) -> None:
    titles = {each.code: each.title.en for each in warning.formula().components}
    click.echo(
        f"before {found.election}, voting on {found.voting_on}, as known on {found.known_on}"
    )
    for each in found.regions:
        if each.index is None:
            continue
        silence = "; silence: few reports beside strong signals" if each.silent else ""
        click.echo(
            f"{each.place:3} of {each.of} ({each.place_low}-{each.place_high} of {each.among})  "
            f"{each.index:.2f}  {codes()[each.region_code]}  {each.known:.0%} known{silence}"
        )
        for part in sorted(each.contributions, key=lambda c: -c.share):
            click.echo(f"      {part.share:.2f}  {titles[part.component]}")
    unjudged = [each for each in found.regions if each.index is None]
    if unjudged:
        click.echo(f"{len(unjudged)} regions: too little is known for an index")
    for each in unjudged:
        if each.contributions:
            click.echo(
                f"  {codes()[each.region_code]}  {each.known:.0%} known; {_known(each, titles)}"
            )
    ahead = warning.could_lead(unjudged)
    if ahead:
        click.echo(
            f"beware: {len(ahead)} of them could stand first. The place leaves them out; the span "
            "in brackets allows for them.",
            err=True,
        )
    if outcome:
        click.echo(_tested(outcome, test))


def _known(found: Warning, titles: Mapping[str, str]) -> str:
    """The known scores of a region without an index, and where it could stand."""
    scores = [
        f"{titles[part.component]}: "
        + ("below all that are named" if part.value is None else f"{part.value:g}")
        for part in sorted(found.contributions, key=lambda c: -c.share)
    ]
    return f"could stand {found.place_low}-{found.place_high} of {found.among}; {'; '.join(scores)}"


def _tested(outcome: str, test: BackTest | None) -> str:
    if test is None:
        return f"{outcome}: too few regions have both an index and a record"
    return (
        f"{outcome}: over {test.regions} regions Spearman {test.correlation:.2f} "
        f"({test.low:.2f} to {test.high:.2f}); {test.first} of the first {test.named} are the same"
    )
