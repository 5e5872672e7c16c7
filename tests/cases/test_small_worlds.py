"""Every small world: officers, what ties them to the matter, every act. None decides who is tied.

The oracle is one line (tied or not) and knows nothing of how ties are found; the acts are the real
ones, each undone before the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction

from tests.cases.conftest import AT, CONFIRMED, TJAHJO, Office, file_report, office
from timbang.cases import acting, actions
from timbang.cases.actions import Given, Seen, Taking, assigning, recusing
from timbang.cases.conflicts import Tied, standing
from timbang.cases.matching import KINDS, Interest
from timbang.cases.models import Act, Case, CaseLink, CaseStep, Conflict, Part
from timbang.cases.vault import Desk, Person
from timbang.law.recusal import RELATIONS
from timbang.law.refusal import Refusal
from timbang.reports.models import Report

pytestmark = pytest.mark.django_db
ON = AT.date()


def free(case: Case, desk: Desk) -> None:
    """Nothing ties him."""


def kin(case: Case, desk: Desk) -> None:
    """He declared it of himself, once for all cases."""
    recusing.declare_interests([Interest("kin", TJAHJO.name)], base=0, by=desk, at=AT)


def not_recorded_yet(case: Case, desk: Desk) -> None:
    """He declared it, and nobody has held it against the case."""
    kin(case, desk)
    Conflict.objects.filter(officer=desk.officer).delete()


def said_here(case: Case, desk: Desk) -> None:
    """He declared it in this case."""
    case.refresh_from_db()
    recusing.declare_in_case(case, "gains", seen=Seen.now(case), by=desk, at=AT)


def named(case: Case, desk: Desk) -> None:
    """He is the reported person."""
    desk.officer.name = TJAHJO.name
    desk.officer.save()


TIES: tuple[Callable[[Case, Desk], None], ...] = (free, kin, not_recorded_yet, said_here, named)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens here did not happen."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def acts_of(case: Case, other: Office, report: Report) -> dict[str, Callable[[Desk], object]]:
    """Every act on a case that an officer of the organ can try, by name."""
    person = case.accused.get()

    def seen() -> Seen:
        case.refresh_from_db()
        return Seen.now(case)

    return {
        "decide": lambda by: actions.take_step(
            case, Taking("not_competent", reason="-"), seen=seen(), by=by, at=AT
        ),
        "decide, saying there is nothing": lambda by: actions.take_step(
            case, Taking("not_competent", reason="-", conflict=""), seen=seen(), by=by, at=AT
        ),
        "write facts": lambda by: actions.write_facts(
            case, CONFIRMED, main_conduct="social_media_support", base_version=1, seen=seen(),
            by=by, at=AT,
        ),
        "write a person": lambda by: actions.write_person(
            case, None, Person("Wati Ningsih", "Lurah"), seen=seen(), by=by, at=AT
        ),
        "summon": lambda by: actions.record_summons(
            person, sent_on=ON, summoned_for_on=ON + timedelta(days=7), seen=seen(), by=by, at=AT
        ),
        "join a report": lambda by: actions.join_report(case, report, seen=seen(), by=by, at=AT),
        "hand over": lambda by: actions.hand_over(
            case, Given(other.organ), seen=seen(), by=by, at=AT
        ),
        "take it": lambda by: assigning.assign(
            case, by.officer, part=Part.IN_CHARGE, seen=seen(), by=by, at=AT
        ),
        "say there is nothing": lambda by: recusing.declare_in_case(
            case, "", seen=seen(), by=by, at=AT
        ),
        "make a letter": lambda by: actions.keep_letter(
            case, kind="forwarding", title="Surat", pdf=b"%PDF-1.7", seen=seen(), by=by, at=AT
        ),
    }  # fmt: skip


def outcome(act: Callable[[Desk], object], by: Desk) -> str:
    """Done, refused for a tie, or refused for something else."""
    try:
        with transaction.atomic():
            act(by)
    except Tied:
        return "tied"
    except Refusal:
        return "refused"
    return "done"


def test_whoever_is_tied_reaches_no_act_and_whoever_is_not_reaches_them(
    case: Case, bawaslu: Office, alice: Desk, charlie: Desk, bkn: Office
) -> None:
    bkn.organ.refresh_from_db()
    report = file_report(bawaslu.organ)
    reached = set()
    for tie in TIES:
        with undone():
            tie(case, alice)
            for name, act in acts_of(case, bkn, report).items():
                with undone():
                    before = CaseStep.objects.filter(officer=alice.officer).count()
                    found = outcome(act, alice)
                    after = CaseStep.objects.filter(officer=alice.officer).count()
                if tie is free:
                    assert found != "tied", name
                    reached |= {name} if found == "done" else set()
                else:
                    assert found != "done", (tie.__name__, name)
                    assert after == before, (tie.__name__, name)
    # so that the refusals above are about the tie
    assert reached >= {
        "decide", "write facts", "summon", "take it", "join a report", "say there is nothing",
        "write a person", "make a letter", "decide, saying there is nothing",
    }  # fmt: skip


@pytest.mark.parametrize("alices", TIES, ids=lambda tie: tie.__name__)
def test_a_case_is_decided_only_if_somebody_is_free(
    alices: Callable[[Case, Desk], None], case: Case, bawaslu: Office, alice: Desk, bob: Desk,
    bkn: Office,
) -> None:  # fmt: skip
    report = file_report(bawaslu.organ)
    for bobs in TIES:
        with undone():
            alices(case, alice)
            bobs(case, bob)
            decide = acts_of(case, bkn, report)["decide"]
            for desk, tie in ((alice, alices), (bob, bobs)):
                with undone():
                    assert (outcome(decide, desk) == "done") == (tie is free), (
                        alices.__name__, bobs.__name__,
                    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "name"), [(code, TJAHJO.agency if kind.of == "organisation" else TJAHJO.name)
                       for code, kind in KINDS.items()]
)  # fmt: skip
def test_every_kind_of_tie_bars_or_asks_as_its_norm_says(
    kind: str, name: str, case: Case, alice: Desk, bob: Desk
) -> None:
    recusing.declare_interests([Interest(kind, name)], base=0, by=bob, at=AT)
    row = standing(case, bob.officer)
    if KINDS[kind].asks:
        assert row is None
        return
    assert row is not None
    assert (row.relation, row.citation) == (
        KINDS[kind].relation, RELATIONS[KINDS[kind].relation].citation,
    )  # fmt: skip


def test_where_the_law_calls_on_the_superior_being_him_is_no_conflict(db: None) -> None:
    ppk = office("ppk-32", "appointing_officer", "sari")
    sari = ppk.desks["sari"]
    recusing.declare_interests([Interest("subordinate", TJAHJO.name)], base=0, by=sari, at=AT)
    case = actions.open_case(
        [file_report(ppk.organ)], people=[TJAHJO], facts=CONFIRMED, by=sari, at=AT,
        kind="discipline", procedure_id="discipline_pp_94", reason="-",
    )  # fmt: skip
    assert standing(case, sari.officer) is None
    with pytest.raises(Refusal, match="the law calls on the superior"):
        recusing.declare_in_case(case, "superior", seen=Seen.now(case), by=sari, at=AT)
    with pytest.raises(Refusal, match="no such relation"):
        recusing.declare_in_case(case, "enemy", seen=Seen.now(case), by=sari, at=AT)


def test_who_worked_on_a_case_does_not_decide_the_remedy_against_it(
    case: Case, alice: Desk, bob: Desk
) -> None:
    """Of two cases of one organ, the second a remedy against the first."""
    actions.write_person(
        case, None, Person("Wati Ningsih", "Lurah"), seen=Seen.now(case), by=alice, at=AT
    )
    later = actions.open_case(
        [file_report(alice.organ)], people=[TJAHJO], facts=CONFIRMED, by=bob, at=AT,
        procedure_id="sbt_neutrality", reason="-",
    )  # fmt: skip
    CaseLink.objects.create(case=later, earlier=case, why="objection", linked_on=ON)
    decide = Taking("not_competent", reason="-")
    with pytest.raises(Tied, match="You may not act"):
        actions.take_step(later, decide, seen=Seen.now(later), by=alice, at=AT)
    actions.take_step(later, decide, seen=Seen.now(later), by=bob, at=AT)
    assert CaseStep.objects.filter(case=later, act=Act.STEP, officer=bob.officer).exists()
    assert acting.conflicts_of(later, bob) == []
