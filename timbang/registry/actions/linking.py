"""Pairs of names that may be one person are laid before officers, judged, and taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer
from timbang.law.refusal import Refusal
from timbang.law.workdays import day_in
from timbang.ledger.actions import record
from timbang.registry import reading_pairs
from timbang.registry.models import NameJudgement, NamePair

if TYPE_CHECKING:
    from timbang.registry.names.linking import Link

# Of what linking found (`names.linking.Status`).
OFFERED: Final = ("sure", "likely", "undecided")
LEAST: Final = 0.02
"""A candidate with less of the chance is not worth a look."""
_AT_ONCE = 500
Item = TypeVar("Item")
_PERMITTED = _("Only officers who open content in an office that watches judge names.")


@transaction.atomic
def offer_pairs(links: Iterable[Link], *, on: date) -> int:
    """Lay before officers what may be one person; open pairs that are found no more go.

    Judged pairs stay as they were judged. Gives the number of pairs that are offered.
    """
    found: set[tuple[str, str]] = set()
    offered = (pair for link in links if link.status.value in OFFERED for pair in _pairs(link))
    for several in _in_parts(offered):
        NamePair.objects.bulk_create(
            several,
            update_conflicts=True,
            unique_fields=["record", "person"],
            update_fields=["certainty", "homonyms", "reasons"],
        )
        found |= {(pair.record, pair.person) for pair in several}
    open_ = NamePair.objects.filter(version=0).values_list("pk", "record", "person")
    gone = [pk for pk, record_id, person_id in open_ if (record_id, person_id) not in found]
    for some in _in_parts(gone):
        NamePair.objects.filter(pk__in=some, version=0).delete()
    record(act="names.linked", body={"pairs": len(found)}, lane="now", on=on)
    return len(found)


def _in_parts(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while several := list(islice(rest, _AT_ONCE)):
        yield several


def _pairs(link: Link) -> list[NamePair]:
    return [
        NamePair(
            record=link.record_id,
            person=each.person_id,
            certainty=each.certainty,
            homonyms=each.homonyms,
            reasons=[reason.as_json() for reason in each.reasons],
        )
        for each in link.candidates
        if each.certainty >= LEAST
    ]


@transaction.atomic
def judge_pair(
    pair: NamePair, judgement: str, *, seen: int, why: str, by: Officer, at: datetime
) -> NameJudgement:
    """Write down what an officer judged. `seen` is the version of the pair that he looked at.

    Refused when another was faster, and when the record was judged to be somebody else.
    """
    pair = _locked(pair, by)
    if pair.version != seen:
        raise Refusal(reading_pairs.overtaken(pair))
    on = day_in(by.organ.time_zone, at)
    why = " ".join(why.split())
    line = reading_pairs.line(pair, judgement, by=by.name, on=on, why=why)
    reading_pairs.judgements_about(pair).add(line)
    pair.judgement, pair.version = judgement, pair.version + 1
    pair.save()
    body = {"pair": str(pair.id), "judgement": judgement, "officer": str(by.id)}
    return NameJudgement.objects.create(
        pair=pair,
        ordinal=pair.version,
        judgement=judgement,
        why=why,
        organ=by.organ,
        judged_on=on,
        judged_by=by,
        entry=record(act="names.judged", body=body, lane="now", on=on),
    )


@transaction.atomic
def withdraw_judgement(row: NameJudgement, *, by: Officer, at: datetime) -> NamePair:
    """Take the newest judgement about a pair back: it is open again. Refused to other offices."""
    pair = _locked(row.pair, by)
    row = NameJudgement.objects.select_for_update().get(pk=row.pk)
    if row.organ_id != by.organ_id:
        raise Refusal(_("Only the office that judged a pair takes its judgement back."))
    if row.withdrawn_on is not None or row.ordinal != pair.version:
        raise Refusal(reading_pairs.overtaken(pair))
    row.withdrawn_on, row.withdrawn_by = day_in(by.organ.time_zone, at), by
    row.save()
    pair.judgement, pair.version = "", pair.version + 1
    pair.save()
    body = {"pair": str(pair.id), "officer": str(by.id)}
    record(act="names.judgement_withdrawn", body=body, lane="now", on=row.withdrawn_on)
    return pair


def _locked(pair: NamePair, by: Officer) -> NamePair:
    if not by.watches:
        raise Refusal(_PERMITTED)
    return NamePair.objects.select_for_update().get(pk=pair.pk)
