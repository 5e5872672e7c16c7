"""The command `timbang names`: take a name apart, compare, index, search, link, judge.

No database and no settings: these commands run on a fresh machine.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from timbang.law.bilingual import Bilingual
from timbang.law.refusal import Refusal
from timbang.law.speaking import LANGUAGE, speaking
from timbang.registry import places
from timbang.registry.names import linking, people_file
from timbang.registry.names import normal as normal_forms
from timbang.registry.names.answers import Answer, Query
from timbang.registry.names.comparing import compare as compare_names
from timbang.registry.names.index import Built, Index, build
from timbang.registry.names.linking import Judged, Judgement, Link, Linker
from timbang.registry.names.people_file import LeftOut
from timbang.registry.names.person import Person, Place
from timbang.registry.names.searching import Search
from timbang.registry.names.splitting import Split, UnreadableName
from timbang.registry.names.splitting import split as split_name

_SHOWN_REFUSED = 20
_EVERY = 20_000

_TITLES = Bilingual(
    "gelar depan {before}; gelar belakang {after}", "before {before}; after {after}"
)
_NAME_LINE = Bilingual("nama {name}; bentuk baku {normal}", "name {name}; normal form {normal}")
_DOUBT = Bilingual("ragu: {words}", "doubt: {words}")
_LIKENESS = Bilingual("kemiripan tulisan {value}", "likeness of the writing {value}")
_BUILT = Bilingual(
    "{people} orang, {names} nama, {words} kata; {refused} baris ditolak; {cut} nama dipotong",
    "{people} people, {names} names, {words} words; {refused} rows refused; {cut} names cut",
)
_ROW = Bilingual("{where}: {name}: {why}", "{where}: {name}: {why}")
_AGAIN = Bilingual(
    "{count} baris menyebut orang yang sudah ada (nomor dan nama sama): satu orang, baris pertama "
    "yang berlaku",
    "{count} rows name somebody again (same id and name): one person, the first row counts",
)
_REGION = Bilingual(
    "'{region}' bukan wilayah: tulis kode atau nama, seperti 32.73 atau Kota Bandung",
    "'{region}' is no region: write a code or a name, such as 32.73 or Kota Bandung",
)
_WHICH_REGION = Bilingual(
    "'{region}' nama kabupaten dan kota: sebutkan yang mana",
    "'{region}' is the name of a regency and of a city: say which",
)
_MORE = Bilingual("... dan {count} lagi", "... and {count} more")
_LEFT_OUT = Bilingual(
    "{count} baris tanpa nama atau tanpa nomor dilewati",
    "{count} rows without a name or an id left out",
)
_HOMONYMS = Bilingual("{count} orang bernama ini", "{count} people bear this name")
_OUTSIDE = Bilingual(
    "Kemungkinan bukan siapa pun dari daftar ini: {value}",
    "The chance that it is nobody of this register: {value}",
)
_LINKED = Bilingual(
    "{records} catatan: {judged} diputuskan, {sure} pasti, {likely} mungkin, {undecided} belum, "
    "{none} tidak ada; {kept} tidak berubah; {shared} orang ditautkan lebih dari sekali",
    "{records} records: {judged} judged, {sure} sure, {likely} likely, {undecided} undecided, "
    "{none} none; {kept} unchanged; {shared} people linked more than once",
)

Command = Callable[..., None]

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@contextmanager
def _speaking(chosen: str) -> Iterator[None]:
    with speaking(chosen):
        try:
            yield
        except (UnreadableName, Refusal) as problem:
            raise click.ClickException(str(problem)) from problem


@click.group()
def names() -> None:
    """Names of people: split, compare, search, link."""


@names.command()
@click.argument("written", metavar="NAME...", nargs=-1, required=True)
@_JSON
@LANGUAGE
def split(written: tuple[str, ...], as_json: bool, language: str) -> None:
    """Take names apart: titles before, the name, titles after; and its normal form.

    A text that is no name is told at the end; the others are shown.
    """
    with _speaking(language):
        parts, unreadable = [], []
        for each in written:
            try:
                parts.append(split_name(each))
            except UnreadableName as problem:
                unreadable.append(str(problem))
        if as_json:
            _print([_split_json(each) for each in parts])
        else:
            for found in parts:
                click.echo("\n".join(_split_lines(found)))
        if unreadable:
            raise click.ClickException("\n".join(unreadable))


def _split_json(parts: Split) -> dict[str, object]:
    return {
        "written": parts.written,
        "before": [_title_json(title.written, title.meaning) for title in parts.before],
        "name": parts.name,
        "after": [_title_json(title.written, title.meaning) for title in parts.after],
        "father": " ".join(parts.core[parts.father :]) if parts.father is not None else None,
        "aliases": [" ".join(alias) for alias in parts.aliases],
        "normal": " ".join(form.normal for form in normal_forms.forms(parts)),
        "doubts": [doubt.as_json() for doubt in parts.doubts],
    }


def _title_json(written: str, meaning: Any) -> dict[str, object]:
    return {
        "written": written,
        "means": meaning.words if meaning else None,
        "kind": meaning.kind if meaning else None,
        "source": meaning.source if meaning else None,
    }


def _split_lines(parts: Split) -> Iterator[str]:
    yield parts.written
    normal = " ".join(form.normal for form in normal_forms.forms(parts))
    yield "  " + str(_NAME_LINE.format(name=parts.name, normal=normal))
    if parts.before or parts.after:
        yield "  " + str(
            _TITLES.format(
                before=", ".join(title.written for title in parts.before) or "-",
                after=", ".join(title.written for title in parts.after) or "-",
            )
        )
    for doubt in parts.doubts:
        yield "  " + str(_DOUBT.format(words=doubt))


@names.command()
@click.argument("first", metavar="NAME")
@click.argument("second", metavar="NAME")
@_JSON
@LANGUAGE
def compare(first: str, second: str, as_json: bool, language: str) -> None:
    """Compare two names and say why. It compares names: one name may belong to many people."""
    with _speaking(language):
        found = compare_names(first, second)
        if as_json:
            _print(found.as_json())
            return
        click.echo(str(found.verdict.words))
        click.echo("  " + str(_LIKENESS.format(value=f"{found.likeness:.2f}")))
        for reason in found.reasons:
            click.echo(f"  - {reason}")


@names.command()
@click.argument("people", type=_FILE, metavar="PEOPLE")
@click.option("--to", "folder", type=_FOLDER, required=True, help="The folder of the index.")
@_JSON
@LANGUAGE
def index(people: Path, folder: Path, as_json: bool, language: str) -> None:
    """Make an index of the people of a file (CSV, JSON Lines, Parquet).

    Columns: person_id, name; agency_code, agency_name, region_code, birth_year, post if known. Rows
    without a readable name are refused and told; the others are indexed.
    """
    with _speaking(language):
        left_out, place = LeftOut(), Place()
        found = people_file.read(people, left_out=left_out, place=place)
        built = build(_counted(found), folder, place=place)
        if as_json:
            _print(_built_json(built) | {"left_out": left_out.as_json()})
            return
        click.echo(
            str(
                _BUILT.format(
                    people=built.people, names=built.names, words=built.words,
                    refused=len(built.refused), cut=built.cut,
                )
            )
        )  # fmt: skip
        for row in built.refused[:_SHOWN_REFUSED]:
            click.echo("  " + str(_ROW.format(where=row.where, name=row.name, why=row.why)))
        if len(built.refused) > _SHOWN_REFUSED:
            click.echo("  " + str(_MORE.format(count=len(built.refused) - _SHOWN_REFUSED)))
        if built.again:
            click.echo(str(_AGAIN.format(count=built.again)))
        _say_left_out(left_out)


def _say_left_out(left_out: LeftOut) -> None:
    if left_out.count:
        click.echo(str(_LEFT_OUT.format(count=left_out.count)))
    for where in left_out.first:
        click.echo(f"  {where}")
    if left_out.count > len(left_out.first):
        click.echo("  " + str(_MORE.format(count=left_out.count - len(left_out.first))))


def _counted(people: Iterable[Person]) -> Iterator[Person]:
    """Shows on a terminal how many were read."""
    shown = sys.stderr.isatty()
    number = 0
    for number, person in enumerate(people, 1):
        if shown and number % _EVERY == 0:
            click.echo(f"\r{number:,}", nl=False, err=True)
        yield person
    if shown and number >= _EVERY:
        click.echo("", err=True)


def _built_json(built: Built) -> dict[str, object]:
    return {
        "people": built.people,
        "names": built.names,
        "words": built.words,
        "cut": built.cut,
        "refused": [
            {
                "row": row.row,
                "where": row.where,
                "name": row.name,
                "why": row.why.as_json(),
            }
            for row in built.refused
        ],
        "again": built.again,
    }


@names.command()
@click.argument("folder", type=_FOLDER, metavar="INDEX")
@click.argument("name", metavar="NAME")
@click.option("--agency", default="", help="Code of the agency where the person works.")
@click.option("--region", default="", help="Code or name of the region.")
@click.option("--born", type=click.IntRange(*people_file.YEARS), help="Year of birth.")
@click.option("--post", default="", help="The post as the register writes it.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@_JSON
@LANGUAGE
def search(
    folder: Path,
    name: str,
    agency: str,
    region: str,
    born: int | None,
    post: str,
    limit: int,
    as_json: bool,
    language: str,
) -> None:
    """Look for a person in an index, with what else is known; always says how many are named so."""
    with _speaking(language):
        opened = Index(folder)
        query = Query(name, agency, _region(opened, region.strip()), born, post)
        answer = Search(opened).find(query, limit)
        if as_json:
            _print(answer.as_json())
            return
        click.echo("\n".join(_answer_lines(answer)))


def _region(opened: Index, region: str) -> str:
    """The code of a region. Raises `Refusal` where neither the index nor any list knows it."""
    if not region or region in opened.codes["region_code"]:
        return region
    code, doubt = places.region(region)
    if code is None:
        words = _WHICH_REGION if doubt == "region_ambiguous" else _REGION
        raise Refusal(words.format(region=region[:80]))
    return code


def _answer_lines(answer: Answer) -> Iterator[str]:
    yield str(answer.words)
    for hit in answer.hits:
        person = hit.person
        known = [person.agency_name or person.agency_code, person.region_code,
                 str(person.birth_year or ""), person.post]  # fmt: skip
        yield f"{hit.certainty:6.1%}  {person.name}  ({person.person_id})"
        yield "        " + " · ".join(each for each in known if each)
        yield "        " + str(_HOMONYMS.format(count=hit.homonyms))
        yield from (f"        - {reason}" for reason in hit.reasons)
    if answer.hits:
        yield str(_OUTSIDE.format(value=f"{answer.outside:.1%}"))


@names.command()
@click.argument("folder", type=_FOLDER, metavar="INDEX")
@click.argument("records", type=_FILE, metavar="LIST")
@click.option(
    "--to", "out", type=click.Path(dir_okay=False, path_type=Path), required=True,
    help="Where the links are written (JSON Lines); what stands there and is unchanged is kept.",
)  # fmt: skip
@click.option("--judgements", type=_FILE, help="What humans judged (JSON Lines).")
@click.option(
    "--outside", type=click.FloatRange(0.001, 0.999), default=0.1, show_default=True,
    help="How large a part of the list is not in the register, as far as you know.",
)  # fmt: skip
@_JSON
@LANGUAGE
def link(
    folder: Path,
    records: Path,
    out: Path,
    judgements: Path | None,
    outside: float,
    as_json: bool,
    language: str,
) -> None:
    """Link the people of a list (record_id, name and what else is known) to those of an index."""
    with _speaking(language):
        judged = linking.read_judgements(judgements) if judgements else None
        before = linking.read_links(out) if out.exists() else {}
        linker = Linker(Index(folder), judged, share_outside=outside)
        left_out = LeftOut()
        links = linker.link(people_file.read(records, key="record_id", left_out=left_out), before)
        linking.write_links(out, links)
        counts = _counts(links, before)
        if as_json:
            _print(counts | {"left_out": left_out.as_json()})
        else:
            click.echo(str(_LINKED.format(**counts)))
            _say_left_out(left_out)


def _counts(links: list[Link], before: dict[str, Link]) -> dict[str, int]:
    of = {status.value: 0 for status in linking.Status}
    for each in links:
        of[each.status.value] += 1
    kept = sum(
        each.record_id in before and before[each.record_id].fingerprint == each.fingerprint
        for each in links
    )
    return {"records": len(links), **of, "kept": kept, "shared": len(linking.shared(links))}


@names.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@click.argument("record")
@click.argument("person")
@click.argument("judgement", type=click.Choice([each.value for each in Judgement]))
@click.option("--by", required=True, help="Who judges.")
@click.option("--why", default="", help="On what grounds.")
@click.option("--on", "on", metavar="DATE", help="The day of the judgement; today if not said.")
@LANGUAGE
def judge(
    file: Path,
    record: str,
    person: str,
    judgement: str,
    by: str,
    why: str,
    on: str | None,
    language: str,
) -> None:
    """Write down what a human judged of a RECORD of a list and a PERSON of the register."""
    with _speaking(language):
        try:
            day = date.fromisoformat(on) if on else datetime.now(UTC).date()
        except ValueError:
            raise click.BadParameter(f"'{on}'; write it as 2026-07-14", param_hint="--on") from None
        if not by.strip():
            raise click.BadParameter("is empty", param_hint="--by")
        linking.append_judgement(file, Judged(record, person, Judgement(judgement), by, day, why))


def _print(body: object) -> None:
    click.echo(json.dumps(body, ensure_ascii=False, indent=2))


commands: list[click.Command] = [names]
