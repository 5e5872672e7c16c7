"""Who may not act in a case, asked whenever somebody acts: what is recorded, and what is declared.

Two nets. A recorded conflict stands in clear and keeps an officer away from every page of the case.
Beneath it, each act holds the officer's own declarations against the people of the case, so that
nothing is decided in the moment between a name being written and the conflict being recorded.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from timbang.accounts import keys
from timbang.accounts.models import Officer
from timbang.cases import course, matching, superiors, vault, words
from timbang.cases.matching import Interest, Party, Tie
from timbang.cases.models import (
    Act,
    Assignment,
    Case,
    CaseDeclaration,
    CaseLink,
    CaseStep,
    Conflict,
    Interests,
    OrganConflict,
)
from timbang.cases.vault import Desk
from timbang.law import recusal
from timbang.law.procedure import Outcome
from timbang.law.refusal import Refusal
from timbang.reports import sealing
from timbang.reports.actions import OpenedReport

# PP 94/2021 ps 26, 27: there the superior is called on because he is the superior.
SUPERIOR_BY_LAW = frozenset({"discipline_pp_94"})
# What somebody did in an earlier case that makes a second look by him no second look.
_SUBSTANCE = (
    Act.STEP, Act.FACTS, Act.ACCUSED, Act.DOCUMENT, Act.EXHIBIT, Act.HEARING, Act.SUMMONS,
    Act.MINUTES, Act.UNCHANGED, Act.VOTE,
)  # fmt: skip
EARLIER = "earlier_role"


class Tied(Refusal):
    """Refused because of a conflict of interest, of the officer or of his whole office."""


@dataclass(frozen=True)
class Found:
    """An officer who is tied to somebody in a case."""

    officer: Officer
    tie: Tie


def interests_of(officer: Officer, desk: Desk) -> tuple[Interest, ...]:
    """What an officer of one's own organ declared of himself last; nothing, if he never did."""
    row = Interests.objects.filter(officer=officer, organ=desk.organ).last()
    return opened(row, desk) if row else ()


def opened(row: Interests, desk: Desk) -> tuple[Interest, ...]:
    """The ties of one declaration."""
    key = keys.open_sealed(desk.private, bytes(row.sealed_key))
    listed = sealing.open_json(key, bytes(row.sealed), vault.context("interests", row.id))
    return tuple(Interest.from_json(each) for each in listed)


def colleagues(desk: Desk) -> list[Officer]:
    """The officers of the organ who were not revoked."""
    return list(desk.organ.officers.filter(revoked_on=None))


def parties_of(case: Case, desk: Desk) -> list[Party]:
    """The people of a case with whom somebody can be tied: the reported, and who gave orders."""
    key = vault.case_key(case, desk)
    people = [vault.open_person(key, row) for row in case.accused.all()]
    above = [superiors.read(key, row) for row in case.order_givers.all()]
    reported = [Party(each.name, each.post, each.agency) for each in people]
    ordered = [Party(each.name, each.post, each.agency, gave_order=True) for each in above]
    return [*reported, *ordered]


def tied(case: Case, officers: Iterable[Officer], desk: Desk) -> list[Found]:
    """Every tie of these officers to the people of the case, sure or to be asked about."""
    parties = parties_of(case, desk)
    found = []
    for officer in officers:
        declared = interests_of(officer, desk)
        for party in parties:
            ties = matching.ties(officer.name, declared, party)
            found += [Found(officer, tie) for tie in ties if _bars(tie.relation, case)]
    return found


def digest(tie: Tie, desk: Desk) -> bytes:
    """A tie as a keyed digest, so that one that was found mistaken is not found again."""
    key = words.search_key(desk.private)
    return hmac.new(key, tie.trace.encode(), hashlib.sha256).digest()[: words.TOKEN_SIZE]


def standing(case: Case, officer: Officer) -> Conflict | None:
    """The recorded conflict that keeps this officer away, if there is one."""
    return Conflict.objects.barring(officer).filter(case=case).first()


def lifted(case: Case, officer: Officer, tie: Tie, desk: Desk) -> bool:
    """Whether this very tie was found to be somebody else's name."""
    rows = Conflict.objects.filter(case=case, officer=officer, lifted_on__isnull=False)
    return rows.filter(match=digest(tie, desk)).exists()


def sure_tie(case: Case, officer: Officer, desk: Desk) -> Tie | None:
    """The tie that bars this officer, recorded or not; one that was lifted bars nobody."""
    for found in tied(case, [officer], desk):
        if found.tie.surely and not lifted(case, officer, found.tie, desk):
            return found.tie
    return None


def barred_reports(told: Iterable[OpenedReport], desk: Desk) -> frozenset[UUID]:
    """Those of these reports that are about the officer himself, or about somebody to whom he
    declared a tie: before a case is made of one, nothing else keeps him from who reported him."""
    declared = interests_of(desk.officer, desk)
    return frozenset(
        each.report.pk
        for each in told
        for person in each.content.accused
        for tie in matching.ties(
            desk.officer.name, declared, Party(person.name, person.post, person.agency)
        )
        if tie.surely and recusal.conflicts([tie.relation], "examine", superior_by_law=True)
    )


def open_questions(case: Case, officer: Officer, desk: Desk) -> list[Tie]:
    """Ties that may be: he is asked about them before he is given the case."""
    if declared(case, officer):
        return []
    return [found.tie for found in tied(case, [officer], desk) if not found.tie.surely]


def declared(case: Case, officer: Officer) -> bool:
    """Whether he said of this case that he has no conflict."""
    return CaseDeclaration.objects.filter(case=case, officer=officer, relation="").exists()


def check(case: Case, desk: Desk, *, leaving: bool = False) -> None:
    """Refuse whoever is conflicted in this case; `leaving`: the case is passed on, which a
    conflicted organ may do, and nothing else."""
    check_tied(case, desk, leaving=leaving)
    _check_declared(case, desk.officer)


def check_tied(case: Case, desk: Desk, *, leaving: bool = False) -> None:
    """`check` of an officer who declares in the same form that nothing ties him to the case."""
    check_officer(case, desk.officer, desk)
    if not leaving:
        check_organ(case, desk)


def check_officer(case: Case, officer: Officer, desk: Desk) -> None:
    """Refuse an officer who is conflicted, with the norm and who acts instead."""
    row = standing(case, officer)
    relation = row.relation if row else None
    if relation is None:
        tie = sure_tie(case, officer, desk)
        relation = tie.relation if tie else None
    if relation is not None:
        raise refusal(relation, case)


def check_organ(case: Case, desk: Desk) -> None:
    """Refuse every act of an organ that is conflicted itself."""
    row = OrganConflict.objects.filter(case=case, organ=desk.organ, ended_on=None).first()
    if row is not None:
        raise Tied(
            _("Your office is conflicted in this case and only passes it on. Who acts instead: %s.")
            % authority(row.instead).title,
            row.citation or recusal.UU_30,
        )


def check_deciding(case: Case, outcome: Outcome | None, officer: Officer) -> None:
    """Refuse to decide a remedy to whoever worked on what it is against."""
    if outcome is None or outcome.role != "decision_maker" or not worked_before(case, officer):
        return
    barred = recusal.conflicts([EARLIER], "review")
    if barred:
        raise refusal(EARLIER, case)


def worked_before(case: Case, officer: Officer) -> bool:
    """Whether he did anything of substance in a case against which this one is a remedy, or in one
    from which that was split or that went up in it."""
    against = CaseLink.objects.exclude(why__in=CaseLink.NOT_AGAINST).select_related("earlier")
    link = against.filter(case=case).first()
    while link is not None:
        lines = CaseStep.objects.filter(course.lines_of(link.earlier), officer=officer)
        if lines.filter(act__in=_SUBSTANCE).exists():
            return True
        link = against.filter(case=link.earlier_id).first()
    return False


def refusal(relation: str, case: Case) -> Tied:
    """Why an officer with this relation may not act, and who acts instead."""
    found = recusal.RELATIONS[relation]
    instead = recusal.instead_of_officer(acts_as_superior=by_law(case))
    return Tied(
        _("You may not act in this case: %(relation)s. Who acts instead: %(instead)s.")
        % {"relation": found.title, "instead": instead.title},
        found.citation,
    )


def by_law(case: Case) -> bool:
    """Whether the law calls on the superior of the reported person in this procedure."""
    return case.procedure.code in SUPERIOR_BY_LAW


def authority(code: str) -> recusal.Authority:
    """The authority of this code."""
    return _AUTHORITIES[code]


def _check_declared(case: Case, officer: Officer) -> None:
    """Who was given the case says first whether anything ties him to it."""
    given = Assignment.objects.filter(case=case, officer=officer, until_on=None).exists()
    if given and not declared(case, officer):
        raise Refusal(
            _("The case was given to you: state first whether anything ties you to it."),
            recusal.UU_30,
        )


def _bars(relation: str, case: Case) -> bool:
    return bool(recusal.conflicts([relation], "examine", superior_by_law=by_law(case)))


_AUTHORITIES: Mapping[str, recusal.Authority] = {
    found.code: found
    for found in (
        recusal.SUPERIOR,
        recusal.NEXT_HIGHER,
        recusal.GOVERNOR,
        recusal.HOME_MINISTER,
        recusal.PRESIDENT,
        recusal.FLAGGED,
    )
}


def barred_cases(officer: Officer) -> frozenset[UUID]:
    """The cases from which a recorded conflict keeps this officer away."""
    rows = Conflict.objects.barring(officer)
    return frozenset(rows.values_list("case", flat=True))


def outcome_of(case: Case, code: str) -> Outcome | None:
    """The outcome of this code at the step where the case stands."""
    step = course.step_of(case)
    return next((found for found in step.outcomes if found.code == code), None) if step else None
