"""The command `timbang policy`: the accountability score, counted again by whoever wants to.

It reads a copy of the published log and the files of openings: no database, no account.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn

import click

from timbang.law import workdays
from timbang.law.bilingual import Bilingual
from timbang.law.speaking import LANGUAGE, speaking
from timbang.ledger.note import Verifier
from timbang.ledger.options import key_option
from timbang.policy import openings, score
from timbang.policy.openings import OpeningError, Shown
from timbang.policy.placing_command import places
from timbang.policy.score import Item, Score
from timbang.policy.titles import title_of

JAKARTA = "Asia/Jakarta"
SHOWN = 20

_SCORE = Bilingual(
    "{office}, {on}: {score} (rentang 95 %: {low} sampai {high}; {months} bulan)",
    "{office}, {on}: {score} (95 % interval {low} to {high}; {months} months)",
)
_UNKNOWN = Bilingual(
    "{office}, {on}: belum diketahui: baru {months} bulan yang terhitung, diperlukan {fewest}",
    "{office}, {on}: not known: only {months} months count so far, {fewest} are needed",
)
_COUNTS = Bilingual(
    "tepat waktu {in_time}, terlambat {late}, lewat waktu {overdue}, berjalan {waiting}, "
    "tidak diperlukan lagi {dropped}",
    "in time {in_time}, late {late}, overdue {overdue}, not yet due {waiting}, "
    "no longer needed {dropped}",
)
_LANE = Bilingual(
    "langsung dilaksanakan: {uses} dari {decisions} keputusan (di samping skor, bukan di dalamnya)",
    "executed directly: {uses} of {decisions} decisions (beside the score, not in it)",
)
_OVERDUE = Bilingual("Lewat waktu:", "Overdue:")
_LEFT = Bilingual(
    "  {dossier} {title}: jatuh tempo {due}, {days} hari; dibiarkan 30 hari lagi: -{cost}",
    "  {dossier} {title}: due {due}, {days} days; left for 30 days more: -{cost}",
)
_LEFT_BARE = Bilingual(
    "  {dossier} {title}: jatuh tempo {due}, {days} hari",
    "  {dossier} {title}: due {due}, {days} days",
)
_ALL_LEFT = Bilingual(
    "  semuanya dibiarkan 30 hari lagi: -{cost}", "  all of them left for 30 days more: -{cost}"
)
_COMING = Bilingual("Belum jatuh tempo:", "Not yet due:")
_NEXT = Bilingual(
    "  {dossier} {title}: {due}; tepat waktu +{gain}, terlambat -{loss}",
    "  {dossier} {title}: {due}; in time +{gain}, late -{loss}",
)
_NEXT_BARE = Bilingual("  {dossier} {title}: {due}", "  {dossier} {title}: {due}")
_HISTORY = Bilingual("Riwayat:", "History:")
_MONTH = Bilingual("  {on} {score}; lewat waktu {overdue}", "  {on} {score}; overdue {overdue}")
_NOT_KNOWN = Bilingual("belum diketahui", "not known")
_PROVED = Bilingual(
    "{count} entri terbukti ada dalam log {origin} ({size} entri)",
    "{count} entries are proved to be in the log of {origin} ({size} entries)",
)
_WAITS = Bilingual(
    "{count} entri belum ada dalam salinan log ini dan tidak dihitung",
    "{count} entries are not in this copy of the log yet and do not count",
)
_MORE = Bilingual("  dan {count} lagi", "  and {count} more")


@click.group()
def policy() -> None:
    """Public decisions: what offices owe, and when they did it."""


_LOG = click.option(
    "--log",
    "folder",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A copy of the published log, with the files of openings in its folder `openings`.",
)
_ON = click.option(
    "--on",
    "on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="As it stood on this day; without it, today in Jakarta.",
)
_PARTIAL = click.option(
    "--partial", is_flag=True, help="Count although entries in between were not shown."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@policy.command(name="score")
@click.argument("office")
@_LOG
@key_option
@_ON
@_PARTIAL
@_JSON
@LANGUAGE
def score_command(
    office: str,
    folder: Path,
    verifier: Verifier,
    on: datetime | None,
    partial: bool,
    as_json: bool,
    language: str,
) -> None:
    """Count the score of OFFICE (its code) again, from openings that are proved to be in the log.

    Every opening must lead to its entry in the signed log, or nothing is counted. The entries of
    an office are numbered: one left out in between is seen and refused, unless --partial; also one
    of the offices that clear for it. What was left out at the end cannot be seen: get the files
    from more than one place.
    """
    shown = _read(folder, verifier, as_json)
    clearers = score.clearers(office, shown.entries)
    _complete(shown, [office, *clearers], partial=partial, as_json=as_json)
    if office not in score.offices(shown.entries):
        _fail(f"no entry is of the office {office}", as_json)
    found = score.score(office, shown.entries, _day(on))
    if as_json:
        click.echo(json.dumps({"ok": True, **_about(shown), **found.as_json()}, indent=1))
        return
    with speaking(language):
        _say(found, shown)


@policy.command()
@_LOG
@key_option
@_ON
@_PARTIAL
@_JSON
@LANGUAGE
def offices(
    folder: Path,
    verifier: Verifier,
    on: datetime | None,
    partial: bool,
    as_json: bool,
    language: str,
) -> None:
    """The score of every office that the openings name, by its code; never a rank."""
    shown = _read(folder, verifier, as_json)
    _complete(shown, None, partial=partial, as_json=as_json)
    found = [score.score(each, shown.entries, _day(on)) for each in score.offices(shown.entries)]
    if as_json:
        rows = [_row(each) for each in found]
        click.echo(json.dumps({"ok": True, **_about(shown), "offices": rows}, indent=1))
        return
    with speaking(language):
        for each in found:
            click.echo(_headline(each))
        _say_proved(shown)


def _day(on: datetime | None) -> date:
    return on.date() if on else workdays.day_in(JAKARTA, datetime.now(UTC))


def _read(folder: Path, verifier: Verifier, as_json: bool) -> Shown:
    try:
        return openings.read(folder, verifier)
    except OpeningError as error:
        _fail(str(error), as_json)


def _complete(shown: Shown, chosen: Sequence[str] | None, *, partial: bool, as_json: bool) -> None:
    """Refuse what leaves something out in between; with `partial` only say so."""
    wrong = openings.incomplete(shown, chosen)
    if wrong and not partial:
        _fail(f"{wrong[0]}. With --partial it is counted all the same.", as_json)
    for each in wrong:
        click.echo(f"incomplete: {each}", err=True)


def _fail(why: str, as_json: bool) -> NoReturn:
    if as_json:
        click.echo(json.dumps({"ok": False, "why": why}, indent=1))
    else:
        click.echo(f"wrong: {why}", err=True)
    sys.exit(1)


def _about(shown: Shown) -> dict[str, object]:
    return {
        "log": {
            "origin": shown.checkpoint.origin,
            "size": shown.checkpoint.size,
            "root": shown.checkpoint.root.hex(),
        },
        "proved": len(shown.entries),
        "waiting": len(shown.waiting),
        "files": list(shown.months),
        "complete": not openings.incomplete(shown),
    }


def _row(found: Score) -> dict[str, object]:
    told = found.as_json()
    keys = ("office", "on", "formula", "known", "score", "interval", "months", "counts", "lane")
    return {key: told[key] for key in keys}


def _headline(found: Score) -> str:
    words: dict[str, object] = {"office": found.office, "on": found.on, "months": found.months}
    if not found.known:
        return str(_UNKNOWN.format(fewest=score.FEWEST_MONTHS, **words))
    return str(_SCORE.format(score=found.value, low=found.low, high=found.high, **words))


def _say(found: Score, shown: Shown) -> None:
    click.echo(_headline(found))
    states = ("in_time", "late", "overdue", "waiting", "dropped")
    counts = found.counts
    click.echo(_COUNTS.format(**{state: counts.get(state, 0) for state in states}))  # type: ignore[call-overload]
    click.echo(_LANE.format(uses=found.lane.uses, decisions=found.lane.decisions))
    _say_overdue(found)
    _say_coming(found)
    if found.history:
        click.echo(_HISTORY)
    for month in found.history:
        value = _NOT_KNOWN if month.value is None else month.value
        click.echo(_MONTH.format(on=month.on, score=value, overdue=month.overdue))
    _say_proved(shown)


def _say_overdue(found: Score) -> None:
    if not found.overdue:
        return
    click.echo(_OVERDUE)
    for each in found.overdue[:SHOWN]:
        words = _words(each.item) | {"days": each.days}
        told = _LEFT_BARE.format(**words) if each.cost is None else None
        click.echo(told or _LEFT.format(cost=each.cost, **words))
    if len(found.overdue) > SHOWN:
        click.echo(_MORE.format(count=len(found.overdue) - SHOWN))
    if found.cost_of_all is not None:
        click.echo(_ALL_LEFT.format(cost=found.cost_of_all))


def _say_coming(found: Score) -> None:
    if not found.coming:
        return
    click.echo(_COMING)
    for each in found.coming:
        words = _words(each.item)
        told = _NEXT_BARE.format(**words) if each.gain is None else None
        click.echo(told or _NEXT.format(gain=each.gain, loss=each.loss, **words))


def _words(item: Item) -> dict[str, object]:
    return {"dossier": item.dossier, "title": title_of(item.kind, item.step), "due": item.due}


def _say_proved(shown: Shown) -> None:
    about = {"origin": shown.checkpoint.origin, "size": shown.checkpoint.size}
    click.echo(_PROVED.format(count=len(shown.entries), **about))
    if shown.waiting:
        click.echo(_WAITS.format(count=len(shown.waiting)))


policy.add_command(places)

commands: list[click.Command] = [policy]
