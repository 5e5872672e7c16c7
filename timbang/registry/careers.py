"""The career of a person as loaded lists tell it: posts, decrees, candidacies, campaign teams.

    told = careers.career(tables, row_id)

Only what a list says, with the day where it gives one, its source and what is odd about it; nothing
of a case, a report or an allegation is known here. What stands under another person's row is shown
only where an officer judged that both are one, or where a link is shown as sure; each such line
says which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from django.db.models import Q

from timbang.law.bilingual import Bilingual
from timbang.law.refusal import Refusal
from timbang.registry import holding, people, places, posts
from timbang.registry.holding import Holding
from timbang.registry.models import NameJudgement, NamePair
from timbang.registry.origins import Origin, origin
from timbang.registry.posts import PostHistory, PostKey
from timbang.registry.reading_pairs import LIST_KINDS
from timbang.registry.renamings import AgencyName, folded
from timbang.registry.tables import Tables

Row = Mapping[str, Any]

CHANGES: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "appointed": Bilingual("Diangkat", "Appointed"),
        "moved": Bilingual("Dipindahkan", "Moved"),
        "dismissed": Bilingual("Diberhentikan", "Dismissed"),
    }
)
CONTESTS: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "president": Bilingual("Presiden dan wakil presiden", "President and vice president"),
        "dpr": Bilingual("DPR", "National parliament (DPR)"),
        "dpd": Bilingual("DPD", "Regional representatives (DPD)"),
        "dprd_province": Bilingual("DPRD provinsi", "Provincial council"),
        "dprd_regency": Bilingual("DPRD kabupaten/kota", "Council of a regency or city"),
        "governor": Bilingual("Gubernur dan wakil gubernur", "Governor and deputy"),
        "regent": Bilingual("Bupati dan wakil bupati", "Regent and deputy"),
        "mayor": Bilingual("Wali kota dan wakil wali kota", "Mayor and deputy"),
    }
)
# How many persons of lists are joined one after another.
_STEPS: Final = 4
_DECREED = Bilingual("Keputusan tentang jabatan", "Decree about a post")
_LISTED = Bilingual("Tercatat dalam daftar", "Stands in a list")
_CANDIDATE = Bilingual("Calon tetap", "Confirmed candidate")
_TEAM = Bilingual("Tim kampanye", "Campaign team")
_FORMER = Bilingual("sebelumnya {post}", "before: {post}")
_SIGNED = Bilingual("ditandatangani {who}", "signed by {who}")
_LEVEL = Bilingual("eselon atau jenjang tertulis: {level}", "echelon or level as written: {level}")
_PLACE = Bilingual("nomor urut {number}", "number {number} on the ballot")
_PAIR = Bilingual("nomor pasangan {number}", "pair number {number}")
_CONSTITUENCY = Bilingual("dapil {name}", "constituency {name}")
_ELECTED = Bilingual("terpilih", "elected")
_INCUMBENT = Bilingual("petahana", "holds the office already")
_NOTHING = Bilingual("-", "-")
_JUDGED = Bilingual(
    "Dari daftar lain; diputuskan orang yang sama oleh {organ}",
    "From another list; judged the same person by {organ}",
)
_SURE = Bilingual(
    "Dari daftar lain; tautan ditandai pasti ({percent} %), belum diputuskan seorang petugas",
    "From another list; the link is shown as sure ({percent} %), no officer has judged it",
)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Who was put into the post before or after, from when, and how he acted ("": the holder)."""

    name: str
    acting: str
    from_on: date | None


@dataclass(frozen=True, slots=True)
class Joined:
    """Why a line of another person's row stands here, and since when an officer says so."""

    words: Bilingual
    on: date | None


@dataclass(frozen=True, slots=True)
class Station:
    """One line of a career. `year` stands where a list gives no day (0: not known); `until_on` is
    the first day after. `unclear` says that several hold the post at once, so that nobody can be
    told before or after. `region_written` is what the source wrote where that is no region of
    today."""

    kind: Bilingual
    acting: str
    what: Bilingual
    agency: str
    region: str
    region_written: str
    from_on: date | None
    until_on: date | None
    ended_by: str
    year: int
    decree: str
    decreed_on: date | None
    details: tuple[Bilingual, ...]
    level: str
    appointed_by: str
    before: Neighbour | None
    after: Neighbour | None
    unclear: bool
    agencies: tuple[AgencyName, ...]
    name: str
    joined: Joined | None
    origin: Origin
    of_post: bool


@dataclass(frozen=True, slots=True)
class Career:
    """A person as the newest list writes him, and the lines of his career, the oldest first.

    `names` are all ways in which the lists write him.
    """

    name: str
    names: tuple[str, ...]
    birth_year: int | None
    stations: tuple[Station, ...]

    @property
    def joined(self) -> bool:
        """Whether lines of other persons of lists stand here."""
        return any(each.joined for each in self.stations)

    @property
    def doubtful(self) -> int:
        """How many lines have something odd about them."""
        return sum(bool(each.origin.doubts) for each in self.stations)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the table `people`, and why it stands here, if it is of another list's person."""

    row: Row
    joined: Joined | None


def career(tables: Tables, row_id: str) -> Career:
    """What the loaded lists tell of a person. Raises `Refusal` for one who stands in none now."""
    own = people.rows_of(tables, row_id)
    rows = {row["row_id"]: _Row(row, None) for row in own}
    rows |= _joined(tables, set(rows))
    stations = sorted(_stations(tables, list(rows.values())), key=_when)
    return Career(
        own[0]["name"],
        tuple(sorted({each.row["name"] for each in rows.values()})),
        next((row["birth_year"] for row in own if row["birth_year"] is not None), None),
        tuple(stations),
    )


# Who is the same person


def _joined(tables: Tables, own: set[str]) -> dict[str, _Row]:
    """Rows of other persons of lists who are the same, each with the reason."""
    found: dict[str, _Row] = {}
    known, new = set(own), set(own)
    for _step in range(_STEPS):
        reasons = _reasons(new, known)
        new = set()
        for row_id, why in reasons.items():
            for row in _rows_of(tables, row_id):
                if row["row_id"] not in known:
                    known.add(row["row_id"])
                    new.add(row["row_id"])
                    found[row["row_id"]] = _Row(row, why)
        if not new:
            break
    return found


def _rows_of(tables: Tables, row_id: str) -> list[dict[str, Any]]:
    try:
        return people.rows_of(tables, row_id)
    except Refusal:  # it counts no more; the pair goes when the lists are linked again
        return []


def _reasons(ids: set[str], known: set[str]) -> dict[str, Joined]:
    """Rows that are linked to these, with what says so."""
    pairs = NamePair.objects.filter(Q(record__in=ids) | Q(person__in=ids)).order_by("pk")
    found: dict[str, Joined] = {}
    for pair in pairs:
        why = _why(pair)
        for other in {pair.record, pair.person} - known:
            if why is not None:
                found.setdefault(other, why)
    return found


def _why(pair: NamePair) -> Joined | None:
    """Why both are one person: judged so, or a sure link that nobody judged; None where not."""
    if pair.judgement == NamePair.Judgement.SAME:
        line = NameJudgement.objects.select_related("organ").get(pair=pair, ordinal=pair.version)
        return Joined(_JUDGED.format(organ=line.organ.name), line.judged_on)
    from timbang.registry.names.linking import SURE

    if pair.judgement or pair.certainty < SURE:
        return None
    # As linking has it: what was judged of the record takes the mark of a sure link away.
    settled = (NamePair.Judgement.SAME, NamePair.Judgement.UNDECIDED)
    if NamePair.objects.filter(record=pair.record, judgement__in=settled).exists():
        return None
    # Rounded down: no link is shown as surer than it is.
    return Joined(_SURE.format(percent=f"{min(999, int(1000 * pair.certainty)) / 10:.1f}"), None)


# Lines


def _stations(tables: Tables, rows: list[_Row]) -> Iterator[Station]:
    """A line for each record: as a decree, a candidacy or a team has it, else as a list does."""
    wanted = {(each.row["source"], each.row["record_id"]): each for each in rows}
    told: set[tuple[str, str]] = set()
    decrees = dict(_records(tables, "appointments", wanted))
    told |= decrees.keys()
    yield from _decreed(tables, decrees, wanted)
    for table, read in _READERS.items():
        for key, row in _records(tables, table, wanted):
            told.add(key)
            yield read(row, wanted[key])
    for key, each in wanted.items():
        if key not in told:
            yield _listed(each)


def _records(
    tables: Tables, table: str, wanted: Mapping[tuple[str, str], _Row]
) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """The rows of this table that are of the same records."""
    asked = tables.table(table)
    records = sorted({record for _source, record in wanted})
    for row in asked.filter(asked["record_id"].isin(records)).to_pyarrow().to_pylist():
        key = (row["source"], row["record_id"])
        if key in wanted:
            yield key, row


def _decreed(
    tables: Tables, decrees: Mapping[tuple[str, str], Row], wanted: Mapping[tuple[str, str], _Row]
) -> Iterator[Station]:
    keys = {key: _post_of(row) for key, row in decrees.items()}
    histories = _histories(tables, set(keys.values()))
    for key, row in decrees.items():
        yield _appointment(row, wanted[key], histories.get(keys[key]))


def _post_of(row: Row) -> PostKey:
    return PostKey(
        row["post_code"] or "", row["agency_code"] or "", row["agency_name"] or "", row["post"]
    )


def _histories(tables: Tables, keys: set[PostKey]) -> Mapping[PostKey, PostHistory]:
    """What is known of these posts; of titles that thousands bear, nothing."""
    try:
        return posts.histories(tables, keys) if keys else {}
    except Refusal:
        return {}


def _appointment(row: Row, mine: _Row, told: PostHistory | None) -> Station:
    own = _own(row, told)
    dismissed = row["change"] == posts.DISMISSED
    details = [
        _said(_LEVEL, level=row["level"]),
        _said(_FORMER, post=row["former_post"]),
        _said(_SIGNED, who=row["signed_by"]),
    ]
    rank = _rank(row, told)
    single = own is not None and told is not None and not told.several
    return _station(
        row, mine, CHANGES.get(row["change"] or "", _DECREED), _as_written(row["post"]), details,
        acting=holding.acting_words(row["acting"] or ""),
        from_on=row["from_on"],
        until_on=row["until_on"] if own is None else own.until_on,
        ended_by=own.ended_by if own else "",
        decree=row["decree"] or "",
        decreed_on=row["decreed_on"],
        level=rank.level_words if rank else "",
        appointed_by=rank.appointed_by if rank else "",
        before=_neighbour(holding.before(told.holdings, own)) if told and own and single else None,
        after=_neighbour(holding.after(told.holdings, own)) if told and own and single else None,
        unclear=own is not None and not single,
        agencies=_other_names(row, told),
        of_post=not dismissed,
    )  # fmt: skip


def _own(row: Row, told: PostHistory | None) -> Holding | None:
    """This decree among those about the post; None for a dismissal."""
    key = (row["source"], row["record_id"])
    return next((each for each in told.holdings if each.key == key), None) if told else None


def _rank(row: Row, told: PostHistory | None) -> posts.Rank | None:
    """What the regulation said of the post on the first day; the newest where none is known."""
    if told is None:
        return None
    on = row["from_on"]
    fitting = [
        each
        for each in told.ranks
        if (on is None or each.from_on is None or each.from_on <= on)
        and (on is None or each.until_on is None or on < each.until_on)
        and (not row["post_code"] or each.code == row["post_code"])
    ]
    return fitting[-1] if fitting else None


def _other_names(row: Row, told: PostHistory | None) -> tuple[AgencyName, ...]:
    """All names of the agency, where it bore more than the one that is written."""
    lines = told.agencies if told else ()
    names = {folded(line.name) for line in lines}
    return lines if names - {folded(row["agency_name"] or "")} else ()


def _neighbour(found: Holding | None) -> Neighbour | None:
    if found is None:
        return None
    return Neighbour(found.name, holding.acting_words(found.acting), found.from_on)


def _candidacy(row: Row, mine: _Row) -> Station:
    details = [
        _as_written(row["election"]),
        _said(_CONSTITUENCY, name=row["constituency"]),
        _said(_PLACE, number=row["ballot_number"]),
        _said(_PAIR, number=row["pair_number"]),
        _INCUMBENT if row["incumbent"] else None,
        _ELECTED if row["elected"] else None,
    ]
    kind = row["contest_kind"] or ""
    what = CONTESTS.get(kind, _as_written(kind))
    return _station(row, mine, _CANDIDATE, what, details, agency=row["party"] or "")


def _campaigner(row: Row, mine: _Row) -> Station:
    details = [_as_written(row["election"]), _as_written(row["candidate"])]
    return _station(
        row, mine, _TEAM, _as_written(row["role"]), details, agency=row["party"] or "",
        from_on=row["registered_on"],
    )  # fmt: skip


def _listed(mine: _Row) -> Station:
    row = mine.row
    kind = LIST_KINDS.get(row["list_kind"] or "", _LISTED)
    named = Bilingual(f"{_LISTED.id} ({kind.id})", f"{_LISTED.en} ({kind.en})")
    return _station(row, mine, _LISTED if kind is _LISTED else named, _as_written(row["post"]), [])


_READERS: Final = MappingProxyType({"candidacies": _candidacy, "campaigners": _campaigner})


def _station(
    row: Row,
    mine: _Row,
    kind: Bilingual,
    what: Bilingual | None,
    details: Iterable[Bilingual | None],
    *,
    acting: str = "",
    agency: str | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
    ended_by: str = "",
    decree: str = "",
    decreed_on: date | None = None,
    level: str = "",
    appointed_by: str = "",
    before: Neighbour | None = None,
    after: Neighbour | None = None,
    unclear: bool = False,
    agencies: tuple[AgencyName, ...] = (),
    of_post: bool = False,
) -> Station:
    region = row["region_code"] or ""
    if agency is None:
        agency = row.get("agency_name") or row.get("agency_code") or ""
    return Station(
        kind=kind,
        acting=acting,
        what=what or _NOTHING,
        agency=agency,
        region=places.codes().get(region, region),
        region_written=row["region_written"] or "",
        from_on=from_on,
        until_on=until_on,
        ended_by=ended_by,
        year=row["year"],
        decree=decree,
        decreed_on=decreed_on,
        details=tuple(detail for detail in details if detail is not None),
        level=level,
        appointed_by=appointed_by,
        before=before,
        after=after,
        unclear=unclear,
        agencies=agencies,
        name=row["name"],
        joined=mine.joined,
        origin=origin(row, mine.row),
        of_post=of_post,
    )


def _as_written(text: str | None) -> Bilingual | None:
    return Bilingual(text, text) if text else None


def _said(words: Bilingual, **values: object) -> Bilingual | None:
    return words.format(**values) if all(values.values()) else None


def _when(station: Station) -> tuple[int, date, str]:
    """By year, then by day; a line without a day opens its year, one without a year comes last."""
    day = station.from_on
    year = day.year if day else station.year or date.max.year
    return (year, day or date.min, station.origin.where)
