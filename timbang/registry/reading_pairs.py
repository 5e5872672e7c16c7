"""Pairs of names to be judged: which is next, what is known of both, what was judged already.

Judgements are data in the shape of `names.linking`: linking takes them up, and they can be written
to a file that `timbang names link` reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer
from timbang.law.bilingual import Bilingual
from timbang.registry import people, places, sources
from timbang.registry.models import NameJudgement, NamePair
from timbang.registry.tables import Tables

if TYPE_CHECKING:
    from timbang.registry.names.linking import Judged, Judgements, Link

OFFICIALS: Final = "officials"
LINKS: Final = "links.jsonl"
LIST_KINDS: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "official": Bilingual("Daftar pegawai atau pejabat", "List of officials"),
        "candidate": Bilingual("Daftar calon", "List of candidates"),
        "campaigner": Bilingual("Tim kampanye", "Campaign team"),
        "declarant": Bilingual("Pelapor harta kekayaan", "Declarants of wealth"),
    }
)
# What was judged so of a record takes the mark of a sure link away from its other pairs.
_SETTLED: Final = (NamePair.Judgement.SAME, NamePair.Judgement.UNDECIDED)
_OTHER_LIST: Final = Bilingual("Daftar lain", "Another list")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records, as its list has it; "" where the list says nothing."""

    name: str
    kind: Bilingual
    post: str
    agency: str
    region: str
    birth_year: int | None
    year: int
    source: Bilingual
    where: str


# Linking


def link_lists(tables: Tables, folder: Path, *, on: date) -> list[Link]:
    """Link everybody of all other lists to the officials, with what was judged so far.

    What did not change since the last time is kept. Raises `Refusal` without a list of officials.
    """
    from timbang.registry.names.index import Index
    from timbang.registry.names.linking import Judgements, Linker, read_links, write_links

    officials = folder / OFFICIALS
    newest = max((version.number for version in tables.versions), default=0)
    made = people.made(officials)
    if made is None or made.version != newest:
        people.make_index(tables, officials, on=on, officials=True)
    kept = folder / LINKS
    before = read_links(kept) if kept.exists() else {}
    linker = Linker(Index(officials), Judgements(standing(tables)))
    links = linker.link(people.everybody(tables, officials=False), before)
    write_links(kept, links)
    return links


def standing(tables: Tables | None = None) -> Iterator[Judged]:
    """Every judgement that counts, in order; with tables, by the ids that their people have now."""
    from timbang.registry.names.linking import Judged, Judgement

    found = list(_counting())
    ids = {row.pair.record for row in found} | {row.pair.person for row in found}
    now = people.anchors(tables, sorted(ids)) if tables else {each: each for each in ids}
    for row in found:
        if row.pair.record in now and row.pair.person in now:
            yield Judged(
                now[row.pair.record], now[row.pair.person], Judgement(row.judgement),
                row.judged_by.name, row.judged_on, row.why,
            )  # fmt: skip


def judgements_about(pair: NamePair) -> Judgements:
    """What counts about the record of this pair."""
    from timbang.registry.names.linking import Judgements

    return Judgements(
        line(row.pair, row.judgement, by=row.judged_by.name, on=row.judged_on, why=row.why)
        for row in _counting().filter(pair__record=pair.record)
    )


def _counting() -> QuerySet[NameJudgement]:
    """The last word about each pair, unless it was taken back."""
    rows = NameJudgement.objects.filter(withdrawn_on=None, ordinal=F("pair__version"))
    return rows.select_related("pair", "judged_by").order_by("judged_on", "pk")


def line(pair: NamePair, judgement: str, *, by: str, on: date, why: str) -> Judged:
    """A judgement in the shape of `names.linking`."""
    from timbang.registry.names.linking import Judged, Judgement

    return Judged(pair.record, pair.person, Judgement(judgement), by, on, why)


# Reviewing


def open_pairs(judgement: str = "") -> QuerySet[NamePair]:
    """Pairs that nobody judged (or those left undecided), the surest first.

    A record that was judged to be one person is not asked about again.
    """
    same = NamePair.objects.filter(judgement=NamePair.Judgement.SAME).values("record")
    return NamePair.objects.filter(judgement=judgement).exclude(record__in=same)


def links() -> list[dict[str, Any]]:
    """Every pair as it stands: `same` or `different` as an officer judged it, else `sure` or
    `likely` by its certainty. A record that was judged to be one person is nobody else."""
    rows = NamePair.objects.order_by("record", "person").values(
        "record", "person", "certainty", "homonyms", "judgement"
    )
    found = list(rows.iterator())
    settled = {row["record"] for row in found if row["judgement"] in _SETTLED}
    return [_link(dict(row), settled) for row in found]


def _link(row: dict[str, Any], settled: set[str]) -> dict[str, Any]:
    from timbang.registry.names.linking import SURE

    judged, certainty = row.pop("judgement"), row["certainty"]
    if judged in (NamePair.Judgement.SAME, NamePair.Judgement.DIFFERENT):
        status = str(judged)
    elif judged or row["record"] in settled or certainty < SURE:
        status = "likely"
    else:
        status = "sure"
    return {**row, "status": status}


def next_pair(judgement: str = "", *, after: NamePair | None = None) -> NamePair | None:
    """The pair to look at, or the one that comes after another."""
    rows = open_pairs(judgement).order_by("-certainty", "pk")
    if after is not None:
        beside = Q(certainty=after.certainty, pk__gt=after.pk)
        rows = rows.filter(Q(certainty__lt=after.certainty) | beside)
    return rows.first()


def counting(judgement_id: UUID, officer: Officer) -> NameJudgement | None:
    """A judgement that his office may take back, if it still counts."""
    rows = _counting().filter(organ=officer.organ)
    return rows.filter(pk=judgement_id).first()


def standing_of(pair: NamePair, officer: Officer) -> NameJudgement | None:
    """The judgement that stands about a pair, if his office may take it back."""
    return _counting().filter(pair=pair, organ=officer.organ).first()


def sides(tables: Tables, pair: NamePair) -> tuple[Side | None, Side | None]:
    """The record and the official side by side; None for one that counts no more."""
    rows = people.rows_with(tables, (pair.record, pair.person))
    record, person = rows.get(pair.record), rows.get(pair.person)
    return (_side(record) if record else None, _side(person) if person else None)


def _side(row: Mapping[str, Any]) -> Side:
    source = sources.sources().get(row["source"])
    region = row["region_code"] or ""
    return Side(
        name=row["name"],
        kind=LIST_KINDS.get(row["list_kind"] or "", _OTHER_LIST),
        post=row["post"] or "",
        agency=row["agency_name"] or row["agency_code"] or "",
        region=places.codes().get(region, region),
        birth_year=row["birth_year"],
        year=row["year"],
        source=source.title if source else Bilingual(row["source"], row["source"]),
        where=f"{row['file']}:{row['line']}",
    )


def reasons(pair: NamePair) -> list[Bilingual]:
    """Why they may be one person or not, in words."""
    return [Bilingual(reason["id"], reason["en"]) for reason in pair.reasons]


def overtaken(pair: NamePair) -> object:
    """What happened to a pair while somebody else looked at it."""
    row = pair.judgements.select_related("judged_by").order_by("-ordinal").first()
    if row is None:
        return _("This pair changed meanwhile. Look at it again.")
    if row.withdrawn_on is not None:
        return _("The judgement about this pair was taken back meanwhile. Look at it again.")
    told = {"who": row.judged_by.name, "what": row.get_judgement_display()}
    return _("%(who)s judged this pair meanwhile: %(what)s. Nothing of yours was written.") % told
