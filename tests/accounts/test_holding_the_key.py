"""Who gets the organ's key, from whom, and who never does."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.accounts.conftest import (
    AT,
    PASSWORDS,
    log_in,
    make_officer,
    make_organ,
    organ_private,
)
from timbang.accounts import actions, codes, keys
from timbang.accounts.models import Officer, Organ, OrganKeyShare
from timbang.law.refusal import Refusal
from timbang.ledger.models import Entry

pytestmark = pytest.mark.django_db
WITHOUT = sorted(set(codes.ROLES) - set(codes.KEY_ROLES))


def let_in(
    organ: Organ, by: Officer | None, login: str = "rini", role: str = "examiner"
) -> Officer:
    """An account without the key, whose officer has chosen his password."""
    added, temporary = actions.add_officer(
        organ=organ, login=login, name=login, roles=[role], by=by, organ_private=None, at=AT
    )
    actions.change_password(officer=added, old=temporary, new=PASSWORDS[login], at=AT)
    return Officer.objects.get(pk=added.pk)


def give(officer: Officer, by: Officer | None, holder: Officer | None = None) -> None:
    source = by or holder
    assert source is not None
    actions.give_key(
        officer=officer, by=by, organ_private=organ_private(source), holder=holder, at=AT
    )


@pytest.fixture
def decider(organ: Organ, alice: Officer) -> Officer:
    return make_officer(organ, "bob", "decision_maker", holder=alice)


@pytest.mark.parametrize("role", WITHOUT)
def test_who_opens_nothing_never_gets_the_key(organ: Organ, alice: Officer, role: str) -> None:
    """Not even where it is at hand: administrators, legal officers, auditors."""
    rini = make_officer(organ, "rini", role, holder=alice)
    assert not OrganKeyShare.objects.filter(officer=rini).exists()
    with pytest.raises(Refusal):
        give(rini, alice)


def test_an_administrator_may_be_the_first_and_makes_no_key() -> None:
    organ = make_organ()
    rini = make_officer(organ, "rini", "administrator")
    organ.refresh_from_db()
    assert (organ.public_key, organ.holders(), organ.too_few_holders) == (None, 0, True)
    let_in(organ, rini, "bob")
    organ.refresh_from_db()
    assert (organ.public_key is not None, organ.holders()) == (True, 1)


def test_the_key_is_passed_on_by_another_than_who_made_the_account(
    organ: Organ, alice: Officer, decider: Officer
) -> None:
    rini = let_in(organ, alice)
    with pytest.raises(Refusal):
        give(rini, alice)
    give(rini, decider)
    rini.refresh_from_db()
    assert organ_private(rini) == organ_private(alice)
    entry = Entry.objects.order_by("turn").last()
    assert entry is not None
    assert (entry.act, entry.body["by"]) == ("key.given", str(decider.id))
    with pytest.raises(Refusal):
        give(rini, decider)


def test_the_operator_passes_it_on_with_a_colleague(organ: Organ, alice: Officer) -> None:
    rini = let_in(organ, alice)
    give(rini, None, holder=alice)
    assert organ_private(Officer.objects.get(pk=rini.pk)) == organ_private(alice)


def test_who_may_not_pass_it_on(organ: Organ, alice: Officer, charlie: Officer) -> None:
    examiner = make_officer(organ, "bob", "examiner", holder=alice)
    rini = let_in(organ, None)
    for by, source in ((examiner, examiner), (charlie, charlie), (charlie, alice)):
        with pytest.raises(Refusal):
            actions.give_key(officer=rini, by=by, organ_private=organ_private(source), at=AT)
    assert not OrganKeyShare.objects.filter(officer=rini).exists()


def test_nobody_gets_it_under_a_password_that_somebody_else_has_seen(
    organ: Organ, alice: Officer
) -> None:
    rini, _temporary = actions.add_officer(
        organ=organ, login="rini", name="R", roles=["examiner"], by=None, organ_private=None, at=AT
    )
    with pytest.raises(Refusal):
        give(rini, alice)


def test_the_temporary_password_and_a_backup_open_nothing_later(
    organ: Organ, alice: Officer
) -> None:
    """The key pair that the temporary password wrapped is gone with it."""
    rini, temporary = actions.add_officer(
        organ=organ, login="rini", name="R", roles=["examiner"], by=None,
        organ_private=organ_private(alice), holder=alice, at=AT,
    )  # fmt: skip
    backup = rini.open_private(temporary)
    actions.change_password(officer=rini, old=temporary, new=PASSWORDS["rini"], at=AT)
    rini = Officer.objects.get(pk=rini.pk)
    assert organ_private(rini) == organ_private(alice)
    with pytest.raises(keys.WrongKey):
        rini.open_organ(backup)


def test_restoring_takes_two_and_never_the_last_holder(
    organ: Organ, alice: Officer, decider: Officer
) -> None:
    admin = make_officer(organ, "rini", "administrator")
    temporary = actions.restore_access(officer=decider, by=admin, organ_private=None, at=AT)
    assert organ.holders() == 1
    with pytest.raises(Refusal):
        actions.restore_access(officer=alice, by=admin, organ_private=None, at=AT)
    decider.refresh_from_db()
    actions.change_password(officer=decider, old=temporary, new=PASSWORDS["bob"], at=AT)
    give(decider, alice)
    assert organ.holders() == 2


def test_the_key_of_an_administrator_of_earlier_days_is_taken_back(
    organ: Organ, alice: Officer, decider: Officer
) -> None:
    Officer.objects.filter(pk=alice.pk).update(roles=["administrator"])
    for by in (alice, None):
        alice.refresh_from_db()
        if by is alice:
            with pytest.raises(Refusal):
                actions.take_key(officer=alice, by=alice, at=AT)
    actions.take_key(officer=alice, by=decider, at=AT)
    assert organ.holders() == 1
    with pytest.raises(Refusal):
        actions.take_key(officer=alice, by=decider, at=AT)
    with pytest.raises(Refusal):
        actions.take_key(officer=decider, by=None, at=AT)


def test_the_last_holder_keeps_it_whatever_his_roles(organ: Organ, alice: Officer) -> None:
    Officer.objects.filter(pk=alice.pk).update(roles=["administrator"])
    with pytest.raises(Refusal):
        actions.take_key(officer=alice, by=None, at=AT)


def test_who_waits_is_told_and_compares_words(
    client: Client, organ: Organ, alice: Officer, decider: Officer
) -> None:
    rini = let_in(organ, alice)
    log_in(client, "bob")
    page = client.get(reverse("accounts:keys")).content.decode()
    assert rini.key_words in page
    assert client.post(reverse("accounts:keys"), {"give": str(rini.id)}).status_code == 302
    assert rini.key_words not in client.get(reverse("accounts:keys")).content.decode()
    assert OrganKeyShare.objects.filter(officer=rini).exists()


@pytest.mark.parametrize("sent", [{}, {"give": "x"}, {"take": ""}])
def test_a_strange_choice_does_not_exist(
    client: Client, alice: Officer, sent: dict[str, str]
) -> None:
    log_in(client, "alice")
    assert client.post(reverse("accounts:keys"), sent).status_code == 404


def test_a_page_that_needs_the_key_says_what_to_do(
    client: Client, organ: Organ, alice: Officer
) -> None:
    rini = let_in(organ, alice, role="decision_maker")
    log_in(client, "rini")
    answer: HttpResponse = client.get(reverse("accounts:keys"))  # type: ignore[assignment]
    assert answer.status_code == 403
    assert rini.key_words in answer.content.decode()
