"""The people of all loaded lists, each once: an index by name for the desk, and the rows of each.

    made = make_index(tables.open_tables(folder), settings.PEOPLE, on=today)
    answer = find(settings.PEOPLE, Query("Moh. Rizki", region_code="32.73"))

Rows count as one person only where a list itself says so, by a number or by its own id, and where
their names agree too: a number that is wrong joins nobody. Everybody else stands apart, however
alike the names are. The id of a person is the `row_id` of the oldest row: a newer list leaves it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from timbang.law.bilingual import Bilingual
from timbang.law.refusal import Refusal
from timbang.registry.names.person import Person
from timbang.registry.names.splitting import UnreadableName
from timbang.registry.tables import Tables

if TYPE_CHECKING:
    from ibis.expr.types import Table as IbisTable

    from timbang.registry.names.answers import Answer
    from timbang.registry.names.index import Built, Index
    from timbang.registry.names.searching import Search

Row = Mapping[str, Any]

OFFICIAL: Final = "official"
EVERYBODY: Final = "all"
MADE: Final = "made.json"
SHOWN: Final = 10
_CHUNK = 20_000
_MOST_NAMED = 5
_COLUMNS = (
    "row_id", "name", "agency_code", "agency_name", "region_code", "birth_year", "post", "year",
    "source", "record_id", "file", "line", "list_kind", "number_hash", "person_id",
    "region_written", "doubts",
)  # fmt: skip

_NO_AGENCY = Bilingual(
    "Tidak ada daftar dengan instansi ini. Tulis kode atau nama lengkapnya{like}.",
    "No list has this agency. Write its code or its full name{like}.",
)
_LIKE = Bilingual(", misalnya: {names}", ", such as: {names}")
_AGENCIES = Bilingual(
    "Beberapa instansi bernama ini. Tulis kodenya: {codes}.",
    "Several agencies bear this name. Write the code: {codes}.",
)
_GONE = Bilingual(
    "Orang ini tidak ada dalam daftar yang berlaku sekarang. Cari lagi.",
    "This person is in no list that counts now. Search again.",
)


@dataclass(frozen=True, slots=True)
class Made:
    """What an index was made of: the last version of the tables, and on which day."""

    people: int
    version: int
    made_on: date


def make_index(tables: Tables, folder: Path, *, on: date, officials: bool | None = None) -> Built:
    """Index everybody (or officials only) in place of the index that was in this folder.

    Raises `Refusal` when no list with readable names is loaded.
    """
    from timbang.registry.names.index import build

    built = build(everybody(tables, officials=officials), folder)
    version = max((each.number for each in tables.versions), default=0)
    body = {"people": built.people, "version": version, "made_on": on.isoformat()}
    draft = folder / f".{MADE}"
    draft.write_text(json.dumps(body), "utf-8")
    draft.replace(folder / MADE)
    return built


def made(folder: Path) -> Made | None:
    """What the index of this folder was made of; None where there is none."""
    try:
        body = json.loads((folder / MADE).read_text("utf-8"))
    except FileNotFoundError:
        return None
    return Made(body["people"], body["version"], date.fromisoformat(body["made_on"]))


# Who is one person


def everybody(tables: Tables, *, officials: bool | None = None) -> Iterator[Person]:
    """Each person of the loaded lists once, as the newest row has it.

    `officials`: only those of lists of officials (True), or only those of all other lists (False).
    """
    rows = _keyed(tables.table("people"))
    if officials is not None:
        is_official = rows["list_kind"].fill_null("") == OFFICIAL
        rows = rows.filter(is_official if officials else ~is_official)
    return map(_person, _groups(rows))


def anchors(tables: Tables, row_ids: Sequence[str]) -> dict[str, str]:
    """The id of the person to whom each row belongs now; rows that count no more are left out."""
    rows = _keyed(tables.table("people"))
    named = rows.filter(rows["row_id"].isin(list(row_ids))).select("key").distinct()
    keys = [found["key"] for found in named.to_pyarrow().to_pylist()] if row_ids else []
    groups = _groups(rows.filter(rows["key"].isin(keys))) if keys else iter(())
    return {row["row_id"]: group[-1]["row_id"] for group in groups for row in group}


def rows_with(tables: Tables, row_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """These very rows, as far as they count."""
    rows = tables.table("people")
    found = rows.filter(rows["row_id"].isin(list(row_ids))).to_pyarrow().to_pylist()
    return {row["row_id"]: row for row in found}


def _groups(rows: IbisTable) -> Iterator[list[dict[str, Any]]]:
    """The rows of each person, the newest first."""
    ordered = rows.order_by(["key", rows["year"].desc(), "row_id"])
    batches = ordered.to_pyarrow_batches(chunk_size=_CHUNK)
    found = (row for batch in batches for row in batch.to_pylist())
    for _key, group in groupby(found, key=itemgetter("key")):
        yield from persons(list(group))


def rows_of(tables: Tables, row_id: str) -> list[dict[str, Any]]:
    """All rows of the person to whom this row belongs, the newest first.

    Raises `Refusal` when no such row counts.
    """
    import ibis

    rows = _keyed(tables.table("people"))
    # In one question: the key of the row is asked within it.
    key = rows.filter(rows["row_id"] == row_id).select("key").distinct()
    mine = rows.semi_join(key, "key").order_by([ibis.desc("year"), "row_id"])
    found = mine.to_pyarrow().to_pylist()
    if not found:
        raise Refusal(_GONE)
    groups = persons(found)
    return next(group for group in groups if any(row["row_id"] == row_id for row in group))


def persons(rows: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Rows of one number or id, apart where their names do not agree."""
    groups: list[list[dict[str, Any]]] = []
    for row in rows:
        fitting = (group for group in groups if _agree(group[0]["name"], row["name"]))
        group = next(fitting, None)
        if group is None:
            groups.append([row])
        else:
            group.append(row)
    return groups


def _agree(first: str, second: str) -> bool:
    if first == second:
        return True
    from timbang.registry.names.comparing import Verdict, compare

    try:
        return compare(first, second).verdict is not Verdict.DIFFERENT
    except UnreadableName:
        return False


def _keyed(rows: IbisTable) -> IbisTable:
    """The rows with `key`: the hash of the number, else the id within the source, else the row."""
    named = rows["person_id"].notnull().ifelse(rows["source"].concat(" ", rows["person_id"]), None)
    key = rows["number_hash"].coalesce(named, rows["row_id"])
    return rows.select(*_COLUMNS, key=key)


def _person(rows: Sequence[Row]) -> Person:
    newest = rows[0]

    def known(column: str) -> Any:
        return next((row[column] for row in rows if row[column] is not None), None)

    # An agency without a code is told apart by its name.
    agency = newest["agency_code"] or newest["agency_name"] or ""
    return Person(
        rows[-1]["row_id"], newest["name"], agency, newest["agency_name"] or "",
        known("region_code") or "", known("birth_year"), newest["post"] or "",
    )  # fmt: skip


# Searching


class _Opened:
    """The searches that this process has opened, each with the mark of its files.

    A search keeps its working space, so one thread searches at a time.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.known: dict[Path, tuple[tuple[int, int], Search]] = {}

    def search(self, folder: Path) -> Search:
        from timbang.registry.names.index import Index
        from timbang.registry.names.searching import Search

        found = (folder / "index.json").stat() if (folder / "index.json").exists() else None
        mark = (found.st_mtime_ns, found.st_ino) if found else (0, 0)
        if folder not in self.known or self.known[folder][0] != mark:
            self.known[folder] = (mark, Search(Index(folder)))
        return self.known[folder][1]


_opened: Final = _Opened()


def find(
    folder: Path,
    name: str,
    *,
    agency: str = "",
    region_code: str = "",
    birth_year: int | None = None,
    post: str = "",
) -> Answer:
    """Who may be meant, always with the number of people named alike.

    `agency` is a code or a full name. Raises `UnreadableName`, and `Refusal` for an agency that no
    list has or where there is no index.
    """
    from timbang.registry.names.answers import Query

    with _opened.lock:
        search = _opened.search(folder)
        code = _agency(search.index, agency.strip())
        post = _post(search.index, post.strip())
        return search.find(Query(name, code, region_code, birth_year, post), SHOWN)


def _agency(index: Index, words: str) -> str:
    if not words or words in index.codes["agency_code"]:
        return words
    wanted = _folded(words)
    named = [code for code, name in index.agencies.items() if _folded(name) == wanted]
    named += [code for code in index.lists["agency_code"] if _folded(code) == wanted]
    found = sorted(set(named))
    if len(found) == 1:
        return found[0]
    if found:
        raise Refusal(_AGENCIES.format(codes=", ".join(found[:_MOST_NAMED])))
    like = sorted({name for name in index.agencies.values() if wanted in _folded(name)})
    told = _LIKE.format(names="; ".join(like[:_MOST_NAMED])) if like else ""
    raise Refusal(_NO_AGENCY.format(like=told))


def _post(index: Index, words: str) -> str:
    """The post as the lists write it, where it differs in capitals and spaces only."""
    if not words or words in index.codes["post"]:
        return words
    wanted = _folded(words)
    return next((post for post in index.lists["post"] if _folded(post) == wanted), words)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())
