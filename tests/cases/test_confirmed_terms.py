"""A term that rests on less than two sources only reminds, until a legal officer confirmed it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.accounts.conftest import make_officer, make_organ
from tests.cases.conftest import days_later
from tests.cases.rules import under
from tests.cases.writing import elsewhere
from timbang.accounts.models import Officer
from timbang.cases import actions
from timbang.cases.models import Act, Case, CaseStep, PublicCase, PublicRow
from timbang.cases.vault import Desk
from timbang.law import confirmable
from timbang.law.procedure import from_json
from timbang.registry.models import ArticleConfirmation

AFTER = days_later(60)


@pytest.fixture
def unsure(case: Case) -> Case:
    """Bawaslu's three working days, as if only one copy told them as law."""
    under(case, level="one_copy", kind="law", citation="Aturan contoh ps 1", reason=None)
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def lawyer() -> Officer:
    """A legal officer of an office that has nothing to do with the case."""
    return make_officer(make_organ("bkn-2", kind="bkn"), "charlie", "legal_officer")


def confirm_word_for_word(case: Case, by: Officer) -> None:
    from timbang.ledger.models import Entry

    rules = from_json(case.procedure.body)
    item = confirmable.of_term(rules, rules.step(case.step))
    ArticleConfirmation.objects.create(
        organ=by.organ,
        item=item.id,
        text_hash=item.hash,
        seen_in="Lembaran Negara contoh",
        confirmed_on=AFTER.date() - timedelta(days=50),
        confirmed_by=by,
        entry=Entry.objects.filter(act="organ.added").first(),
    )


def test_an_unconfirmed_term_reminds_and_calls_nobody_late_in_public(
    unsure: Case, dewi: Desk
) -> None:
    assert actions.escalate_due(at=AFTER) == 1
    acts = set(CaseStep.objects.filter(case=unsure).values_list("act", flat=True))
    assert Act.REMINDER in acts
    assert Act.ESCALATION not in acts
    assert (PublicRow.objects.get().lapsed, PublicCase.objects.get().lapsed) == (0, 0)
    assert elsewhere(dewi) == []


def test_a_confirmed_term_escalates_and_counts(unsure: Case, lawyer: Officer, dewi: Desk) -> None:
    confirm_word_for_word(unsure, lawyer)
    actions.escalate_due(at=AFTER)
    assert CaseStep.objects.filter(case=unsure, act=Act.ESCALATION).count() == 1
    assert (PublicRow.objects.get().lapsed, PublicCase.objects.get().lapsed) == (1, 1)
    assert len(elsewhere(dewi)) == 1


def test_a_withdrawn_confirmation_no_longer_carries_a_lapse(unsure: Case, lawyer: Officer) -> None:
    confirm_word_for_word(unsure, lawyer)
    ArticleConfirmation.objects.update(
        withdrawn_on=AFTER.date(), withdrawn_by=lawyer, withdrawn_because="salah baca"
    )
    actions.escalate_due(at=AFTER)
    assert PublicCase.objects.get().lapsed == 0
