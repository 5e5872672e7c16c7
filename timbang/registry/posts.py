"""Posts: their levels, who held them one after another, who appoints, through all renamings.

    found = posts.find(tables, "kepala dinas sosial")
    history = posts.histories(tables, [found.posts[0].key])[found.posts[0].key]

A post is known by its code; where no list gives one, by its title in its agency. Agencies are
followed through renamings, posts through `predecessor` and `successor` of the table `posts`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_
from typing import Any, Final

from timbang.law.bilingual import Bilingual
from timbang.law.refusal import Refusal
from timbang.registry import holding, places, renamings
from timbang.registry.holding import Dismissal, Holding, Vacancy
from timbang.registry.models import PostLevel
from timbang.registry.origins import Origin, origin
from timbang.registry.renamings import AgencyName, Lineage, folded
from timbang.registry.tables import Tables

SHOWN: Final = 50
DISMISSED: Final = "dismissed"
# How many replacements of posts in a row are followed, and how many decrees are read at most.
_STEPS: Final = 6
MOST_DECREES: Final = 2_000
_GONE: Final = Bilingual(
    "Jabatan ini tidak ada dalam daftar yang berlaku sekarang. Cari lagi.",
    "This post is in no list that counts now. Search again.",
)
_TOO_MANY: Final = Bilingual(
    "Lebih dari {most} SK menyebut nama jabatan ini: itu sebutan, bukan satu jabatan. Pilih "
    "jabatan yang berkode.",
    "More than {most} decrees name this title: it is no single post. Choose one that has a code.",
)


@dataclass(frozen=True, slots=True)
class PostKey:
    """Which post: `code` "" where none is given; `agency` is a code, "" where only a name is."""

    code: str
    agency: str
    agency_name: str
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """A post that a search found."""

    key: PostKey
    region: str
    decrees: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: posts, how many more there are, and agencies with all their names."""

    posts: tuple[Line, ...]
    more: int
    agencies: tuple[AgencyName, ...]


@dataclass(frozen=True, slots=True)
class Rank:
    """What the regulation of an agency says of a post in one time; `until_on` is the first day
    after. `level` is a code of `PostLevel` or "", `appointed_by` the title of who appoints."""

    code: str
    title: str
    level: str
    agency: str
    above: str
    appointed_by: str
    basis: str
    from_on: date | None
    until_on: date | None
    origin: Origin

    @property
    def level_words(self) -> str:
        return str(PostLevel(self.level).label) if self.level in PostLevel.values else self.level


@dataclass(frozen=True, slots=True)
class PostHistory:
    """Everything that is known of a post."""

    key: PostKey
    ranks: tuple[Rank, ...]
    holdings: tuple[Holding, ...]
    vacancies: tuple[Vacancy, ...]
    agencies: tuple[AgencyName, ...]

    @property
    def several(self) -> bool:
        """Whether several held it at once: then nobody went before anybody."""
        return holding.several_at_once(self.holdings)

    @property
    def timeline(self) -> tuple[Holding | Vacancy, ...]:
        """Who held it and when nobody did, in order; a title that several bear has no vacancy."""
        gaps = () if self.several else self.vacancies
        known = [each for each in self.holdings if each.from_on is not None]
        unknown = [each for each in self.holdings if each.from_on is None]
        both: list[Holding | Vacancy] = [*known, *gaps]
        return (*sorted(both, key=lambda each: each.from_on or date.max), *unknown)


# Searching


def find(tables: Tables, words: str, region_code: str = "") -> Found:
    """Posts and agencies that have all these words in title or agency, most decrees first."""
    parts = folded(words).split()
    if not parts:
        return Found((), 0, ())
    named, decreed = tables.table("posts"), tables.table("appointments")
    rows = named.select(
        code="post_code", title="title", agency="agency_code", agency_name="agency_name",
        region="region_code",
    ).mutate(decree=0)  # fmt: skip
    rows = rows.union(
        decreed.select(
            code="post_code", title="post", agency="agency_code", agency_name="agency_name",
            region="region_code",
        ).mutate(decree=1)
    )  # fmt: skip
    text = rows["title"].fill_null("").concat(" ", rows["agency_name"].fill_null("")).lower()
    rows = rows.filter(reduce(and_, (text.contains(part) for part in parts)))
    if region_code:
        rows = rows.filter(rows["region"] == region_code)
    columns = ("code", "title", "agency", "agency_name")
    counted = rows.group_by(columns).agg(decrees=rows["decree"].sum(), region=rows["region"].max())
    listed = counted.order_by([counted["decrees"].desc(), *columns]).limit(SHOWN)
    total = counted.count().to_pyarrow().as_py()
    lines = [_line(row) for row in listed.to_pyarrow().to_pylist()]
    agencies = renamings.find(tables, words, [region_code] if region_code else ())
    return Found(tuple(lines), total - len(lines), agencies.lines)


def _line(row: Mapping[str, Any]) -> Line:
    key = PostKey(
        row["code"] or "", row["agency"] or "", row["agency_name"] or "", row["title"] or ""
    )
    region = row["region"] or ""
    return Line(key, places.codes().get(region, region), row["decrees"])


# One post


def history(tables: Tables, key: PostKey) -> PostHistory:
    """Everything known of one post. Raises `Refusal` for one that no list has, and for a title
    that too many decrees name."""
    found = histories(tables, [key])[key]
    if not (found.ranks or found.holdings):
        raise Refusal(_GONE)
    return found


def histories(tables: Tables, keys: Collection[PostKey]) -> dict[PostKey, PostHistory]:
    """Everything known of these posts, asked at once. Raises `Refusal` as `history` does."""
    whole = renamings.lineage(
        tables,
        {key.agency for key in keys if key.agency},
        {key.agency_name for key in keys if key.agency_name and not key.agency},
    )
    ranks = _ranks(tables, keys)
    titles = _titles(tables, ranks)
    decrees = _decrees(tables, keys, whole, ranks)
    return {key: _history(key, whole, ranks, titles, decrees) for key in keys}


@dataclass(frozen=True, slots=True)
class _Reach:
    """What counts as one post: its codes, or its title in the agency under all its names."""

    codes: frozenset[str]
    title: str
    agencies: frozenset[str]
    names: frozenset[str]

    def has(self, row: Mapping[str, Any], *, title: str) -> bool:
        """Whether this row is about it; a code says it alone, where the row gives one."""
        code = row["post_code"]
        if code and self.codes:
            return code in self.codes
        return folded(row[title] or "") == self.title and self._in_agency(row)

    def _in_agency(self, row: Mapping[str, Any]) -> bool:
        if row["agency_code"]:
            return row["agency_code"] in self.agencies
        return folded(row["agency_name"] or "") in self.names


def _reach(
    key: PostKey, whole: Lineage, ranks: Sequence[Mapping[str, Any]]
) -> tuple[_Reach, tuple[AgencyName, ...]]:
    called = {line.code for line in whole.lines if folded(line.name) == folded(key.agency_name)}
    agencies = whole.same_as({key.agency} if key.agency else called)
    lines = whole.of(agencies)
    own = {line.name for line in lines if line.code in agencies} | {key.agency_name}
    first = _Reach(
        frozenset({key.code} - {""}), folded(key.title), agencies,
        frozenset(folded(name) for name in own if name),
    )  # fmt: skip
    codes = set(first.codes)
    if not codes:
        codes = {row["post_code"] for row in ranks if first.has(row, title="title")}
    while True:
        more = {
            code
            for row in ranks
            if codes & {row["post_code"], row["predecessor"], row["successor"]}
            for code in (row["post_code"], row["predecessor"], row["successor"])
            if code
        } - codes
        if not more:
            break
        codes |= more
    return _Reach(frozenset(codes), first.title, agencies, first.names), lines


def _ranks(tables: Tables, keys: Collection[PostKey]) -> list[dict[str, Any]]:
    """Rows of the table `posts` about these posts and what they replaced or were replaced by."""
    rows = tables.table("posts")
    titles = sorted({folded(key.title) for key in keys if not key.code})
    wanted, asked = {key.code for key in keys if key.code}, set[str]()
    found: dict[str, dict[str, Any]] = {}
    if titles:
        named = rows.filter(rows["title"].lower().isin(titles)).to_pyarrow().to_pylist()
        found = {row["row_id"]: row for row in named}
        wanted |= {row["post_code"] for row in named}
    for _step in range(_STEPS):
        new = sorted(wanted - asked)
        if not new:
            break
        asked |= wanted
        kept = (
            rows["post_code"].isin(new)
            | rows["predecessor"].isin(new)
            | rows["successor"].isin(new)
        )
        for row in rows.filter(kept).to_pyarrow().to_pylist():
            found[row["row_id"]] = row
            wanted |= {row["post_code"], row["predecessor"], row["successor"]} - {None}
    return sorted(found.values(), key=lambda row: (row["from_on"] or date.min, row["row_id"]))


def _titles(tables: Tables, ranks: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The newest titles of the posts that stand above these or appoint to them."""
    codes = {row[name] for row in ranks for name in ("above", "appointed_by") if row[name]}
    if not codes:
        return {}
    rows = tables.table("posts")
    named = rows.filter(rows["post_code"].isin(sorted(codes))).to_pyarrow().to_pylist()
    named.sort(key=lambda row: row["from_on"] or date.min)
    return {row["post_code"]: row["title"] for row in named}


def _decrees(
    tables: Tables,
    keys: Collection[PostKey],
    whole: Lineage,
    ranks: Sequence[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """Rows of the table `appointments` that may be about these posts."""
    rows = tables.table("appointments")
    codes = {key.code for key in keys if key.code} | {row["post_code"] for row in ranks}
    titles = sorted({folded(key.title) for key in keys})
    agencies = whole.same_as({key.agency for key in keys if key.agency})
    agencies |= {line.code for line in whole.lines}
    names = {folded(line.name) for line in whole.lines}
    names |= {folded(key.agency_name) for key in keys if key.agency_name}
    in_agency = rows["agency_code"].isin(sorted(agencies)) | rows["agency_name"].lower().isin(
        sorted(names)
    )
    by_title = rows["post"].lower().isin(titles) & in_agency
    kept = rows.filter(rows["post_code"].isin(sorted(codes)) | by_title)
    # A career has many posts: the limit is for each of them.
    most = MOST_DECREES * max(1, len(keys))
    found: list[dict[str, Any]] = kept.limit(most + 1).to_pyarrow().to_pylist()
    if len(found) > most:
        raise Refusal(_TOO_MANY.format(most=MOST_DECREES))
    return found


def _history(
    key: PostKey,
    whole: Lineage,
    ranks: Sequence[Mapping[str, Any]],
    titles: Mapping[str, str],
    decrees: Iterable[Mapping[str, Any]],
) -> PostHistory:
    reach, lines = _reach(key, whole, ranks)
    mine = [row for row in decrees if reach.has(row, title="post")]
    dismissals = [
        Dismissal(person_of(row), row["from_on"], row["decree"])
        for row in mine
        if row["change"] == DISMISSED and row["from_on"] is not None
    ]
    holdings = holding.in_order(
        holding.ended((_holding(row) for row in mine if row["change"] != DISMISSED), dismissals)
    )
    return PostHistory(
        key,
        tuple(_rank(row, titles) for row in ranks if row["post_code"] in reach.codes),
        tuple(holdings),
        tuple(holding.vacancies(holdings)),
        lines,
    )


def person_of(row: Mapping[str, Any]) -> str:
    """What tells people of decrees apart: the hash of the number, else the name."""
    return row["number_hash"] or folded(row["name"] or "")


def _rank(row: Mapping[str, Any], titles: Mapping[str, str]) -> Rank:
    def named(code: str | None) -> str:
        return f"{titles[code]} ({code})" if code and code in titles else code or ""

    return Rank(
        code=row["post_code"],
        title=row["title"],
        level=row["level"] or "",
        agency=row["agency_name"] or row["agency_code"] or "",
        above=named(row["above"]),
        appointed_by=named(row["appointed_by"]),
        basis=row["appointing_basis"] or "",
        from_on=row["from_on"],
        until_on=row["until_on"],
        origin=origin(row),
    )


def _holding(row: Mapping[str, Any]) -> Holding:
    return Holding(
        key=(row["source"], row["record_id"]),
        person=person_of(row),
        name=row["name"],
        acting=row["acting"] or "",
        from_on=row["from_on"],
        until_on=row["until_on"],
        decree=row["decree"] or "",
        decreed_on=row["decreed_on"],
        signed_by=row["signed_by"] or "",
        agency=row["agency_name"] or row["agency_code"] or "",
        level=row["level"] or "",
        origin=origin(row),
    )
