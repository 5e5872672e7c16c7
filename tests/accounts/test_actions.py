"""Actions on organs and officers: each writes one entry, each refusal is a sentence."""

from __future__ import annotations

from typing import get_args

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from tests.accounts.conftest import AT, PASSWORDS, make_officer, make_organ, organ_private
from timbang.accounts import actions, codes, keys
from timbang.accounts.models import Officer, Organ, OrganKeyShare
from timbang.law.refusal import Refusal
from timbang.law.steps import OrganKind, Role
from timbang.ledger.models import Entry

pytestmark = pytest.mark.django_db


def acts() -> list[str]:
    return list(Entry.objects.order_by("turn", "pk").values_list("act", flat=True))


def test_an_organ_is_added_with_one_entry() -> None:
    organ = make_organ()
    assert acts() == ["organ.added"]
    assert Organ.objects.get(code="bawaslu-32") == organ
    assert organ.public_key is None


def test_the_day_is_that_of_the_organ() -> None:
    late = AT.replace(hour=16)  # 01:00 of the next day in Jayapura, 23:00 in Jakarta
    assert make_organ("west", at=late).created_on.day == 2
    assert make_organ("east", at=late, time_zone="Asia/Jayapura").created_on.day == 3


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"code": "No Slug"}, "code"),
        ({"name": "  "}, "name"),
        ({"kind": "ministry"}, "Allowed: task_force, bawaslu"),
        ({"region_code": "Jawa"}, "two digits"),
        ({"time_zone": "Asia/Bandung"}, "Asia/Makassar"),
        ({"inside": True, "channel": "sbt"}, "no channel"),
        ({"inside": False, "channel": ""}, "Allowed: sbt, sp4n_lapor, letter"),
        ({"inside": False, "channel": "pigeon"}, "Allowed: sbt"),
    ],
)
def test_a_wrong_organ_is_refused_in_words(changes: dict[str, object], says: str) -> None:
    with pytest.raises(Refusal) as refused, translation.override("en"):
        make_organ(**changes)  # type: ignore[arg-type]
    with translation.override("en"):
        assert says in str(refused.value)
    assert acts() == []


def test_an_organ_code_is_taken_once() -> None:
    make_organ()
    with pytest.raises(Refusal):
        make_organ()


def test_only_the_operator_adds_organs(alice: Officer) -> None:
    with pytest.raises(Refusal):
        make_organ("other", by=alice)


def test_competent_are_national_organs_and_those_in_the_province() -> None:
    codes = {"bkn": "ID", "jabar": "32", "bogor": "32.01", "jatim": "35"}
    for code, region in codes.items():
        make_organ(code, region_code=region)
    found = Organ.objects.competent_for("32").values_list("code", flat=True)
    assert set(found) == {"bkn", "jabar", "bogor"}


def test_an_organ_receives_once_it_has_a_key(organ: Organ) -> None:
    make_organ("outside", inside=False, channel="letter")
    assert not Organ.objects.receiving().exists()
    make_officer(organ, "rini", "administrator")
    assert not Organ.objects.receiving().exists()
    make_officer(organ, "alice", "receiver")
    assert list(Organ.objects.receiving()) == [organ]


def test_the_first_officer_makes_the_organ_key(organ: Organ, alice: Officer) -> None:
    organ.refresh_from_db()
    assert keys.public_of(organ_private(alice)) == bytes(organ.public_key or b"")
    assert acts() == ["organ.added", "officer.added", "password.changed"]


def test_every_officer_opens_the_same_organ_key(alice: Officer, bob: Officer) -> None:
    sealed = keys.seal(bytes(bob.organ.public_key or b""), b"a report")
    assert keys.open_sealed(organ_private(alice), sealed) == b"a report"
    assert keys.open_sealed(organ_private(bob), sealed) == b"a report"


def test_an_officer_added_without_the_key_opens_nothing(organ: Organ, alice: Officer) -> None:
    for by in (None, alice):
        added = add(organ, by=by, private=None, login=f"dewi-{by}".lower())
        assert not OrganKeyShare.objects.filter(officer=added).exists()


def test_a_key_that_is_none_adds_nobody(organ: Organ, alice: Officer) -> None:
    before = acts()
    with pytest.raises(Refusal):
        add(organ, by=None, private=b"x" * 32)
    assert acts() == before
    assert not Officer.objects.filter(login="dewi").exists()


def test_the_key_of_another_organ_adds_nobody(
    organ: Organ, alice: Officer, charlie: Officer
) -> None:
    with pytest.raises(Refusal):
        add(organ, by=None, private=organ_private(charlie))


def add(organ: Organ, *, by: Officer | None, private: bytes | None, **changes: object) -> Officer:
    wanted: dict[str, object] = {"login": "dewi", "name": "Dewi", "roles": ["receiver"]}
    officer, _temporary = actions.add_officer(
        organ=organ,
        by=by,
        organ_private=private,
        at=AT,
        **{**wanted, **changes},  # type: ignore[arg-type]
    )
    return officer


def test_only_an_administrator_of_the_organ_adds_officers(
    organ: Organ, alice: Officer, bob: Officer, charlie: Officer
) -> None:
    for stranger in (bob, charlie):
        with pytest.raises(Refusal):
            add(organ, by=stranger, private=organ_private(alice))
    assert add(organ, by=alice, private=organ_private(alice)).organ == organ


@pytest.mark.parametrize(
    "changes",
    [
        {"login": "x"},
        {"login": "with space"},
        {"login": "BOB"},  # taken, in other letters
        {"name": " "},
        {"roles": []},
        {"roles": ["king"]},
    ],
)
def test_a_wrong_officer_is_refused(
    organ: Organ, alice: Officer, bob: Officer, changes: dict[str, object]
) -> None:
    with pytest.raises(Refusal):
        add(organ, by=alice, private=organ_private(alice), **changes)


def test_an_outside_organ_has_no_officers() -> None:
    outside = make_organ("bkn", inside=False, channel="sbt")
    with pytest.raises(Refusal):
        add(outside, by=None, private=None)


def test_a_closed_organ_gets_no_officers_and_no_reports(organ: Organ, alice: Officer) -> None:
    private = organ_private(alice)
    actions.close_organ(organ=organ, by=None, at=AT)
    assert acts()[-1] == "organ.closed"
    assert not Organ.objects.receiving().exists()
    with pytest.raises(Refusal):
        add(organ, by=None, private=private)
    with pytest.raises(Refusal):
        actions.close_organ(organ=organ, by=None, at=AT)


def test_only_the_operator_closes_organs(organ: Organ, alice: Officer) -> None:
    with pytest.raises(Refusal):
        actions.close_organ(organ=organ, by=alice, at=AT)


def test_a_changed_password_opens_and_the_old_one_does_not(alice: Officer) -> None:
    before = organ_private(alice)
    actions.change_password(officer=alice, old=PASSWORDS["alice"], new="quite another one", at=AT)
    alice.refresh_from_db()
    assert alice.open_organ(alice.open_private("quite another one")) == before
    assert alice.check_password("quite another one")
    with pytest.raises(keys.WrongKey):
        alice.open_private(PASSWORDS["alice"])


@pytest.mark.parametrize(("old", "new"), [("wrong", "new password"), (None, None)])
def test_a_password_is_changed_only_by_who_knows_it_and_to_another(
    alice: Officer, old: str | None, new: str | None
) -> None:
    known = PASSWORDS["alice"]
    with pytest.raises(Refusal):
        actions.change_password(officer=alice, old=old or known, new=new or known, at=AT)


def test_a_lost_password_opens_nothing_and_a_colleague_restores_access(
    alice: Officer, bob: Officer
) -> None:
    old_key, old_wrapped = bytes(bob.public_key or b""), bytes(bob.wrapped_key or b"")
    temporary = actions.restore_access(
        officer=bob, by=alice, organ_private=organ_private(alice), at=AT
    )
    bob.refresh_from_db()
    assert bob.must_change_password
    assert bob.open_organ(bob.open_private(temporary)) == organ_private(alice)
    assert (bytes(bob.public_key or b""), bytes(bob.wrapped_key or b"")) != (old_key, old_wrapped)
    assert not bob.check_password(PASSWORDS["bob"])
    with pytest.raises(keys.WrongKey):
        bob.open_private(PASSWORDS["bob"])
    # His old private key, unwrapped from an old backup, does not open the new share.
    old_private = keys.unwrap_private(PASSWORDS["bob"], old_wrapped, context=bob.key_context)
    with pytest.raises(keys.WrongKey):
        bob.open_organ(old_private)


def test_nobody_restores_his_own_access_or_without_the_key(alice: Officer, bob: Officer) -> None:
    private = organ_private(alice)
    for by, holder, given in ((alice, None, private), (None, alice, private), (None, None, None)):
        with pytest.raises(Refusal):
            actions.restore_access(officer=alice, by=by, holder=holder, organ_private=given, at=AT)
    with pytest.raises(Refusal):
        actions.restore_access(officer=alice, by=bob, organ_private=private, at=AT)


def test_a_revoked_officer_has_no_key_left(alice: Officer, bob: Officer) -> None:
    actions.revoke_officer(officer=bob, by=alice, at=AT)
    bob.refresh_from_db()
    assert not bob.is_active
    assert bob.wrapped_key is None
    assert not OrganKeyShare.objects.filter(officer=bob).exists()
    with pytest.raises(keys.WrongKey):
        bob.open_private(PASSWORDS["bob"])
    assert not bob.check_password(PASSWORDS["bob"])


def test_revoked_is_for_good(alice: Officer, bob: Officer) -> None:
    actions.revoke_officer(officer=bob, by=None, at=AT)
    with pytest.raises(Refusal):
        actions.revoke_officer(officer=bob, by=None, at=AT)
    with pytest.raises(Refusal):
        actions.restore_access(officer=bob, by=None, organ_private=organ_private(alice), at=AT)


def test_the_last_holder_is_not_revoked(alice: Officer, bob: Officer) -> None:
    actions.revoke_officer(officer=bob, by=alice, at=AT)
    with pytest.raises(Refusal):
        actions.revoke_officer(officer=alice, by=None, at=AT)
    alice.refresh_from_db()
    assert alice.is_active


def test_who_may_not_revoke(alice: Officer, bob: Officer, charlie: Officer) -> None:
    for officer, by in ((alice, bob), (bob, charlie), (alice, alice)):
        with pytest.raises(Refusal):
            actions.revoke_officer(officer=officer, by=by, at=AT)


def test_a_revoked_administrator_manages_nobody(organ: Organ, alice: Officer, bob: Officer) -> None:
    private = organ_private(alice)
    second = add(organ, by=alice, private=private, roles=["administrator"])
    actions.revoke_officer(officer=alice, by=second, at=AT)
    alice.refresh_from_db()
    with pytest.raises(Refusal):
        actions.revoke_officer(officer=bob, by=alice, at=AT)


def test_every_action_leaves_one_entry_that_names_who_and_when(
    alice: Officer, bob: Officer
) -> None:
    private = organ_private(alice)
    actions.restore_access(officer=bob, by=alice, organ_private=private, at=AT)
    actions.revoke_officer(officer=bob, by=None, at=AT)
    restored, revoked = list(Entry.objects.order_by("turn"))[-2:]
    assert (restored.act, revoked.act) == ("officer.restored", "officer.revoked")
    assert restored.body["by"] == str(alice.id)
    assert revoked.body["by"] is None
    assert restored.body["officer"] == revoked.body["officer"] == str(bob.id)
    assert str(restored.made_on) == "2026-11-02"


def test_no_entry_holds_a_name_a_login_or_a_password(alice: Officer, bob: Officer) -> None:
    text = repr([entry.body for entry in Entry.objects.all()]).lower()
    assert "alice" not in text
    assert "bob" not in text


def test_an_act_that_fails_leaves_neither_row_nor_entry(
    organ: Organ, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_given: object) -> None:
        raise RuntimeError

    before = acts()
    monkeypatch.setattr(actions, "record", broken)
    with pytest.raises(RuntimeError):
        make_officer(organ, "alice", "administrator")
    organ.refresh_from_db()
    assert organ.public_key is None
    assert not Officer.objects.exists()
    assert acts() == before


def test_fewer_than_two_holders_is_a_warning(organ: Organ, alice: Officer) -> None:
    assert organ.too_few_holders
    make_officer(organ, "bob", "examiner", holder=alice)
    assert not organ.too_few_holders


def test_temporary_passwords_are_long_and_never_the_same(organ: Organ) -> None:
    organ.refresh_from_db()
    _officer, one = actions.add_officer(
        organ=organ, login="one", name="One", roles=["receiver"], by=None, organ_private=None, at=AT
    )
    _officer, two = actions.add_officer(
        organ=make_organ("other"),
        login="two",
        name="Two",
        roles=["receiver"],
        by=None,
        organ_private=None,
        at=AT,
    )
    assert len(one.replace("-", "")) == len(two.replace("-", "")) == 20
    assert one != two


@pytest.mark.parametrize(
    "broken",
    [
        {"inside": False, "channel": "", "public_key": None},
        {"inside": True, "channel": "sbt"},
        {"inside": False, "channel": "sbt", "public_key": b"k" * 32},
        {"kind": "ministry"},
        {"closed_on": "2020-01-01"},
    ],
)
def test_the_database_refuses_an_impossible_organ(organ: Organ, broken: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organ.objects.filter(pk=organ.pk).update(**broken)


@pytest.mark.parametrize("broken", [{"wrapped_key": None}, {"revoked_on": "2026-11-02"}])
def test_the_database_refuses_half_a_revocation(alice: Officer, broken: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Officer.objects.filter(pk=alice.pk).update(**broken)


def test_the_closed_sets_are_those_of_the_law() -> None:
    assert set(codes.ORGAN_KINDS) == set(get_args(OrganKind))
    assert set(codes.ROLES) == set(get_args(Role))
