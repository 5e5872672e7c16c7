"""Conflicts of interest: declared once by an officer of himself, declared in a case, found, lifted.

A conflict that is found takes the officer off the case in the same transaction. The surprising
part: no norm that was read lets a conflict be waived. What is lifted is a mistake only: a match of
names that turned out to be somebody else's, by a decision maker who writes down why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import cast

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from timbang.accounts import keys
from timbang.accounts.models import Officer
from timbang.cases import conflicts, matching, searching, vault, words
from timbang.cases.actions import shelving
from timbang.cases.actions.journal import (
    Line,
    Seen,
    check_version,
    done_before,
    locked,
    write_line,
)
from timbang.cases.course import today
from timbang.cases.matching import Interest
from timbang.cases.models import (
    Act,
    Assignment,
    Case,
    CaseDeclaration,
    CaseKey,
    CaseStep,
    Conflict,
    Interests,
    OrganConflict,
    SearchToken,
)
from timbang.cases.permission import CASE_READERS, CASEWORK, may
from timbang.cases.vault import Desk
from timbang.law import recusal
from timbang.law.recusal import AuthorityCode, Head, Post
from timbang.law.refusal import Refusal
from timbang.law.steps import OrganKind
from timbang.ledger.actions import record
from timbang.reports import sealing

MOST_INTERESTS = 200


@transaction.atomic
def declare_interests(
    listed: Sequence[Interest], *, base: int, by: Desk, at: datetime
) -> Interests:
    """Declare all of one's ties as of today; what is left out is withdrawn. `base` is the version
    that the officer saw: another window's newer one is not written over."""
    if not may(by.officer, *CASE_READERS):
        raise Refusal(_("None of your roles may do this."))
    Officer.objects.select_for_update().get(pk=by.officer.pk)
    version = _last_version(by.officer)
    if version != base:
        raise Refusal(_("You declared something else meanwhile. Look at it and send this again."))
    _check_interests(listed)
    row = Interests(
        officer=by.officer,
        organ=by.organ,
        version=version + 1,
        declared_on=today(by.organ, at),
    )
    key = keys.new_key()
    row.sealed_key = keys.seal(vault.public_key_of(by.organ), key)
    told = [each.as_json() for each in listed]
    row.sealed = sealing.close_json(key, told, vault.context("interests", row.id))
    body: dict[str, str | int | bool | None] = {
        "interests": str(row.id),
        "officer": str(by.officer.id),
        "version": row.version,
    }
    row.entry = record(act="interests.declared", body=body, lane="now", on=row.declared_on)
    row.save(force_insert=True)
    for case in touched(listed, by):
        note(case, by=by, at=at)
    return row


def _last_version(officer: Officer) -> int:
    row = Interests.objects.filter(officer=officer).last()
    return row.version if row else 0


def _check_interests(listed: Sequence[Interest]) -> None:
    if len(listed) > MOST_INTERESTS:
        raise Refusal(_("A declaration holds at most 200 ties."))
    for each in listed:
        if each.kind not in matching.KINDS:
            raise Refusal(_("There is no such kind of tie."))
        if not words.words(each.name):
            raise Refusal(_("Each tie names a person or an organisation."))


def touched(listed: Iterable[Interest], by: Desk) -> list[Case]:
    """The running cases in which somebody may be whom one of these ties names: two telling words of
    a person's name occur, or all of an organisation's. Nothing is opened to find them."""
    searching.index_missing(by)
    key = words.search_key(by.private)
    found: set[int] = set()
    for each in listed:
        telling, wanted = matching.telling_words(each)
        if wanted:
            found |= _with_words(words.tokens(key, telling), wanted)
    rows = CaseKey.objects.filter(pk__in=found, organ=by.organ, case__ended_on=None)
    return [row.case for row in rows.select_related("case")]


def _with_words(tokens: Iterable[bytes], wanted: int) -> set[int]:
    rows = SearchToken.objects.filter(token__in=list(tokens)).values("key")
    enough = rows.annotate(found=Count("token")).filter(found__gte=wanted)
    return set(enough.values_list("key", flat=True))


@transaction.atomic
def note(case: Case, *, by: Desk, at: datetime) -> list[Conflict]:
    """Hold the declarations of all officers of the organ against a case, and take off the case
    whoever is tied to somebody in it. Found again, it is written once."""
    found = conflicts.tied(case, conflicts.colleagues(by), by)
    sure = [each for each in found if each.tie.surely]
    written = []
    for each in sure:
        standing = Conflict.objects.filter(
            case=case, officer=each.officer, relation=each.tie.relation, lifted_on=None
        )
        if standing.exists() or conflicts.lifted(case, each.officer, each.tie, by):
            continue
        match = conflicts.digest(each.tie, by)
        written.append(_recuse(case, each.officer, each.tie.relation, match=match, by=by, at=at))
    return written


def found_anew(case: Case, *, by: Desk, at: datetime) -> None:
    """After people were written into a case: refuse whoever wrote them, if he is tied to one of
    them (a colleague does it), and take colleagues who are tied off the case."""
    conflicts.check_officer(case, by.officer, by)
    note(case, by=by, at=at)


@transaction.atomic
def declare_in_case(case: Case, relation: str, *, seen: Seen, by: Desk, at: datetime) -> CaseStep:
    """Say of oneself in one case: no conflict (empty), or which relation; who has one is off it."""
    case = locked(case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    if not may(by.officer, *CASE_READERS):
        raise Refusal(_("None of your roles may do this."))
    if not CaseKey.objects.filter(case=case, organ=by.organ).exists():
        raise Refusal(_("Another organ holds this case now; yours can read what it was given."))
    on = today(by.organ, at)
    if relation:
        return _declare_conflict(case, relation, seen=seen, by=by, at=at)
    conflicts.check_officer(case, by.officer, by)
    line = Line(Act.DECLARED, on, step=case.step, to=str(by.officer.pk))
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    keep_declaration(case, by.officer, journal=written)
    return written


def keep_declaration(
    case: Case, officer: Officer, *, journal: CaseStep, relation: str = ""
) -> None:
    """The row that stands beside the journal line of a declaration, or of the step it goes with."""
    CaseDeclaration.objects.create(
        case=case,
        officer=officer,
        relation=relation,
        declared_on=journal.recorded_on,
        journal=journal,
    )


def _declare_conflict(case: Case, relation: str, *, seen: Seen, by: Desk, at: datetime) -> CaseStep:
    if relation not in recusal.RELATIONS:
        raise Refusal(_("There is no such relation."))
    if not recusal.conflicts([relation], "examine", superior_by_law=conflicts.by_law(case)):
        raise Refusal(
            _("Here the law calls on the superior himself: this is no conflict."), recusal.PP_94
        )
    standing = Conflict.objects.filter(
        case=case, officer=by.officer, relation=relation, lifted_on=None
    )
    row = standing.first() or _recuse(
        case, by.officer, relation, match=None, by=by, at=at, seen=seen
    )
    keep = CaseDeclaration.objects.filter(journal=row.journal)
    if not keep.exists():
        keep_declaration(case, by.officer, journal=row.journal, relation=relation)
    return row.journal


def _recuse(
    case: Case,
    officer: Officer,
    relation: str,
    *,
    match: bytes | None,
    by: Desk,
    at: datetime,
    seen: Seen | None = None,
) -> Conflict:
    on = today(by.organ, at)
    norm = recusal.RELATIONS[relation]
    line = Line(Act.RECUSED, on, step=case.step, outcome=relation, to=str(officer.pk))
    once = seen.once if seen else None
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=once)
    take_off(case, officer, on)
    return Conflict.objects.create(
        case=case,
        officer=officer,
        relation=relation,
        citation=norm.citation,
        level=norm.level,
        found=Conflict.Found.DECLARED if match is None else Conflict.Found.MATCHED,
        since_on=on,
        journal=written,
        match=match,
    )


def take_off(case: Case, officer: Officer, on: date) -> None:
    """End what this officer was given of the case."""
    Assignment.objects.filter(case=case, officer=officer, until_on=None).update(until_on=on)
    shelving.place(case)


@transaction.atomic
def lift_conflict(
    conflict: Conflict, *, reason: str, seen: Seen, by: Desk, at: datetime
) -> CaseStep:
    """Write down that a match of names was somebody else. A declared conflict is never lifted."""
    case = locked(conflict.case)
    if (earlier := done_before(case, seen)) is not None:
        return earlier
    check_version(case, seen)
    row = Conflict.objects.select_for_update().get(pk=conflict.pk, case=case)
    _check_lifting(case, row, reason, by)
    on = today(by.organ, at)
    line = Line(
        Act.RECUSAL_LIFTED, on, step=case.step, outcome=row.relation, to=str(row.officer_id)
    )
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    row.lifted_on, row.lifted_by = on, by.officer
    key = vault.case_key(case, by)
    row.sealed_reason = sealing.close_json(key, reason.strip(), vault.context("lifted", row.id))
    row.save()
    return written


def _check_lifting(case: Case, row: Conflict, reason: str, by: Desk) -> None:
    if not may(by.officer, "decision_maker") or row.officer.organ_id != by.organ.pk:
        raise Refusal(_("None of your roles may do this."))
    if row.officer_id == by.officer.pk:
        raise Refusal(_("Nobody lifts a conflict of his own."), recusal.UU_30)
    conflicts.check_officer(case, by.officer, by)
    if row.lifted_on is not None:
        raise Refusal(_("This conflict was lifted already."))
    if row.found != Conflict.Found.MATCHED:
        raise Refusal(
            _("No norm that was read lets a declared conflict be waived; only a mistaken match of "
              "names is lifted."),
            row.citation,
        )  # fmt: skip
    if not reason.strip():
        raise Refusal(_("Write how it was found that this is somebody else."))


@transaction.atomic
def recuse_organ(
    case: Case,
    *,
    head: Head | None,
    reported_post: Post,
    conflicted: frozenset[AuthorityCode] = frozenset(),
    seen: Seen,
    by: Desk,
    at: datetime,
) -> OrganConflict:
    """Record that the officer's whole organ is conflicted: its head is reported, or gains. From
    then on it only passes the case on; who acts instead is what a norm names, or a flag."""
    case = locked(case)
    standing = OrganConflict.objects.filter(case=case, organ=by.organ, ended_on=None).first()
    if standing is not None:
        return standing
    check_version(case, seen)
    if not may(by.officer, *CASEWORK) or case.ended_on is not None:
        raise Refusal(_("None of your roles may do this."))
    if not CaseKey.objects.filter(case=case, organ=by.organ).exists():
        raise Refusal(_("Another organ holds this case now; yours can read what it was given."))
    conflicts.check_officer(case, by.officer, by)
    instead = recusal.instead_of_organ(
        cast(OrganKind, by.organ.kind),
        head=head,
        reported_post=reported_post,
        conflicted=conflicted,
    )
    on = today(by.organ, at)
    line = Line(Act.ORGAN_RECUSED, on, step=case.step, outcome=instead.code)
    written = write_line(case, line, organ=by.organ, by=by, at=at, once=seen.once)
    return OrganConflict.objects.create(
        case=case,
        organ=by.organ,
        instead=instead.code,
        citation=instead.citation or "",
        since_on=on,
        journal=written,
    )
