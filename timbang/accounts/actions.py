"""What is done to organs and officers: add, restore, revoke, pass the key on, change a password.

Each action writes its rows and one ledger entry in one transaction. `by` is the officer who acts;
None is the operator at the console. The surprising fact: an account alone opens nothing. An
administrator makes it without ever holding the organ's key; who holds that key passes it on, with
his own password (`give_key` on the desk, `holder` at the console).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Final
from uuid import UUID
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from timbang.accounts import codes, hierarchy, keys
from timbang.accounts.hashers import cost
from timbang.accounts.models import CodeDevice, Officer, Organ, OrganKeyShare, SignOn, Unlock
from timbang.law.refusal import Refusal
from timbang.law.workdays import day_in
from timbang.ledger.actions import record

CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{1,63}")
LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._-]{2,63}")
REGION: Final = re.compile(r"\d\d(\.\d\d)?")
# No letters or digits that look alike on paper; 20 of 30 symbols are 98 bits.
_SYMBOLS: Final = "23456789abcdefghjkmnpqrstvwxyz"


@transaction.atomic
def add_organ(
    *,
    code: str,
    name: str,
    kind: str,
    region_code: str,
    time_zone: str,
    inside: bool,
    channel: str,
    address: str,
    by: Officer | None,
    at: datetime,
) -> Organ:
    """Add an organ. Inside: its key pair is made with its first officer. Outside: it needs a
    channel by which it gets its files. Only the operator at the console may."""
    if by is not None:
        raise Refusal(_("Only the operator at the console adds organs."))
    _check_organ(code=code, name=name, kind=kind, region_code=region_code, time_zone=time_zone)
    _check_channel(inside=inside, channel=channel)
    organ = Organ.objects.create(
        code=code,
        name=name.strip(),
        kind=kind,
        region_code=region_code,
        time_zone=time_zone,
        inside=inside,
        channel=channel,
        address=address.strip(),
        created_on=day_in(time_zone, at),
    )
    record(
        act="organ.added",
        body={"organ": str(organ.id), "kind": kind, "inside": inside, "by": None},
        lane="now",
        on=organ.created_on,
    )
    return organ


@transaction.atomic
def close_organ(*, organ: Organ, by: Officer | None, at: datetime) -> None:
    """Close an organ: it is offered no more reports; its officers finish what they have.

    Only the operator at the console may.
    """
    organ = Organ.objects.select_for_update().get(pk=organ.pk)
    if by is not None:
        raise Refusal(_("Only the operator at the console closes organs."))
    if organ.closed_on is not None:
        raise Refusal(_("This organ is closed."))
    organ.closed_on = day_in(organ.time_zone, at)
    organ.save(update_fields=["closed_on"])
    body = {"organ": str(organ.id), "by": None}
    record(act="organ.closed", body=body, lane="now", on=organ.closed_on)


@transaction.atomic
def set_parent(*, organ: Organ, parent: Organ | None, by: Officer | None, at: datetime) -> None:
    """Name the organ above one; None: again the one of its kind around its region.

    Only the operator at the console may.
    """
    organ = Organ.objects.select_for_update().get(pk=organ.pk)
    if by is not None:
        raise Refusal(_("Only the operator at the console says which organ stands above another."))
    if parent is not None:
        _check_parent(organ, parent)
    organ.parent = parent
    organ.save(update_fields=["parent"])
    body = {"organ": str(organ.id), "parent": str(parent.id) if parent else None, "by": None}
    record(act="organ.placed", body=body, lane="now", on=day_in(organ.time_zone, at))


def _check_parent(organ: Organ, parent: Organ) -> None:
    line = hierarchy.Tree(Organ.objects.all()).line_above(parent)
    if organ.pk in {parent.pk, *(found.pk for found in line)}:
        raise Refusal(_("An organ cannot stand above itself, not even by way of others."))


@transaction.atomic
def add_officer(
    *,
    organ: Organ,
    login: str,
    name: str,
    roles: Iterable[str],
    by: Officer | None,
    organ_private: bytes | None,
    holder: Officer | None = None,
    at: datetime,
) -> tuple[Officer, str]:
    """Add an officer; returns him with his temporary password, which stands nowhere else.

    The first one whose work opens content gets a fresh key of the organ. Every later one waits for
    it (`give_key`), unless it is given here: `organ_private`, opened by the password of `holder`.
    Who only manages, confirms law or audits never holds it.
    """
    organ = Organ.objects.select_for_update().get(pk=organ.pk)
    _may_manage(by, organ)
    login = login.strip().lower()
    _check_officer(organ=organ, login=login, name=name)
    chosen = _roles(roles)
    officer = Officer(
        login=login,
        name=name.strip(),
        organ=organ,
        roles=chosen,
        added_on=day_in(organ.time_zone, at),
        let_in_by=by,
    )
    if officer.needs_key and organ.public_key is None:
        organ_private = _new_organ_key(organ)
    elif organ_private is not None:
        _check_holds(organ, organ_private)
    password = _fresh_access(officer, organ_private)
    body = {
        "organ": str(organ.id),
        "officer": str(officer.id),
        "roles": ",".join(chosen),
        "organ_key": bytes(organ.public_key or b"").hex(),
        "holds": officer.needs_key and organ_private is not None,
        **_actors(by, holder),
    }
    record(act="officer.added", body=body, lane="now", on=officer.added_on)
    return officer, password


@transaction.atomic
def restore_access(
    *,
    officer: Officer,
    by: Officer | None,
    organ_private: bytes | None,
    holder: Officer | None = None,
    at: datetime,
) -> str:
    """Give an officer who lost his password or his second factor a new temporary password and a
    new key pair.

    His old private key is gone for good, and so are his factors and his sessions. It takes two: an
    administrator makes the password and somebody else passes the key on later (`give_key`); or the
    operator, with a colleague who opens the key at once.
    """
    organ = Organ.objects.select_for_update().get(pk=officer.organ_id)
    officer = _locked(officer)
    _may_manage(by, organ)
    if not officer.is_active:
        raise Refusal(_("This officer was revoked; add him anew under another login."))
    if officer in (by, holder):
        raise Refusal(_("Another officer must restore access."))
    if by is None or organ_private is not None:
        _check_holds(organ, organ_private)
    _check_not_last(organ, officer)
    officer.let_in_by = by
    _forget_factors(officer)
    password = _fresh_access(officer, organ_private)
    body = {"organ": str(organ.id), "officer": str(officer.id), **_actors(by, holder)}
    record(act="officer.restored", body=body, lane="now", on=day_in(organ.time_zone, at))
    return password


@transaction.atomic
def give_key(
    *,
    officer: Officer,
    by: Officer | None,
    organ_private: bytes,
    holder: Officer | None = None,
    at: datetime,
) -> None:
    """Pass the organ's key on to a colleague who waits for it.

    He has chosen his own password before, so that whoever made the temporary one holds nothing;
    and the one who made it cannot pass the key on as well.
    """
    organ = Organ.objects.select_for_update().get(pk=officer.organ_id)
    officer = _locked(officer)
    _may_give(by, organ)
    _check_holds(organ, organ_private)
    _check_waits(officer)
    if by is not None and by.pk in (officer.let_in_by_id, officer.pk):
        raise Refusal(
            _(
                "Who made the temporary password does not pass on the key as well: that takes "
                "another officer who decides, or the operator with a colleague."
            )
        )
    sealed = keys.seal(bytes(officer.public_key or b""), organ_private)
    OrganKeyShare.objects.create(officer=officer, organ=organ, sealed_key=sealed)
    body = {"organ": str(organ.id), "officer": str(officer.id), **_actors(by, holder)}
    record(act="key.given", body=body, lane="now", on=day_in(organ.time_zone, at))


@transaction.atomic
def take_key(*, officer: Officer, by: Officer | None, at: datetime) -> None:
    """Take the organ's key from one whose roles need none: an administrator of earlier days.

    Refused for the last who holds it. What he extracted while he held it, he keeps.
    """
    organ = Organ.objects.select_for_update().get(pk=officer.organ_id)
    officer = _locked(officer)
    _may_give(by, organ)
    if officer.needs_key:
        raise Refusal(_("The roles of this officer need the key; revoke him instead."))
    if not OrganKeyShare.objects.filter(officer=officer).exists():
        raise Refusal(_("This officer holds no key."))
    _check_not_last(organ, officer)
    OrganKeyShare.objects.filter(officer=officer).delete()
    body = {"organ": str(organ.id), "officer": str(officer.id), **_actors(by, None)}
    record(act="key.taken", body=body, lane="now", on=day_in(organ.time_zone, at))


@transaction.atomic
def revoke_officer(*, officer: Officer, by: Officer | None, at: datetime) -> None:
    """Take away login, sessions and keys, at once.

    Refused for the last one who holds the organ's key: nobody could ever open its reports again.
    """
    organ = Organ.objects.select_for_update().get(pk=officer.organ_id)
    officer = _locked(officer)
    _may_manage(by, organ)
    if not officer.is_active:
        raise Refusal(_("This officer is already revoked."))
    if officer == by:
        raise Refusal(_("Nobody revokes himself; another administrator or the operator can."))
    _check_not_last(organ, officer)
    OrganKeyShare.objects.filter(officer=officer).delete()
    _end_visits(officer)
    _forget_factors(officer)
    officer.public_key = officer.wrapped_key = None
    officer.set_unusable_password()
    officer.revoked_on = day_in(organ.time_zone, at)
    officer.save()
    body = {"organ": str(organ.id), "officer": str(officer.id), **_actors(by, None)}
    record(act="officer.revoked", body=body, lane="now", on=officer.revoked_on)


@transaction.atomic
def change_password(
    *, officer: Officer, old: str, new: str, keep: UUID | None = None, at: datetime
) -> None:
    """Wrap the officer's private key with a new password; ends his other sessions but `keep`.

    `old` is what opens the key, so nobody can do this for him. A temporary password has been seen
    by somebody else: with it goes the key pair that it wrapped.
    """
    officer = _locked(officer)
    try:
        private = officer.open_private(old)
    except keys.WrongKey as error:
        raise Refusal(_("The present password is wrong.")) from error
    if new == old:
        raise Refusal(_("The new password must differ from the present one."))
    if officer.must_change_password:
        private = _fresh_pair(officer, private)
    officer.wrapped_key = keys.wrap_private(new, private, context=officer.key_context, cost=cost())
    officer.set_password(new)
    officer.must_change_password = False
    officer.save()
    _end_visits(officer, keep=keep)
    body = {"organ": str(officer.organ_id), "officer": str(officer.id), "by": str(officer.id)}
    on = day_in(officer.organ.time_zone, at)
    record(act="password.changed", body=body, lane="now", on=on)


def _fresh_access(officer: Officer, organ_private: bytes | None) -> str:
    """A new temporary password and key pair; the old ones stop at once, with all sessions. The
    organ's key only where it is at hand and his work needs it."""
    password = "-".join("".join(secrets.choice(_SYMBOLS) for _i in range(5)) for _j in range(4))
    pair = keys.new_keypair()
    officer.public_key = pair.public
    officer.wrapped_key = keys.wrap_private(
        password, pair.private, context=officer.key_context, cost=cost()
    )
    officer.set_password(password)
    officer.must_change_password = True
    officer.save()
    OrganKeyShare.objects.filter(officer=officer).delete()
    if organ_private is not None and officer.needs_key:
        sealed = keys.seal(pair.public, organ_private)
        OrganKeyShare.objects.create(officer=officer, organ=officer.organ, sealed_key=sealed)
    _end_visits(officer)
    return password


def _fresh_pair(officer: Officer, private: bytes) -> bytes:
    """A new key pair instead of this one, and his share sealed to it; returns the private half."""
    pair = keys.new_keypair()
    share = OrganKeyShare.objects.filter(officer=officer).first()
    if share is not None:
        opened = keys.open_sealed(private, bytes(share.sealed_key))
        share.sealed_key = keys.seal(pair.public, opened)
        share.save(update_fields=["sealed_key"])
    officer.public_key = pair.public
    return pair.private


def _end_visits(officer: Officer, *, keep: UUID | None = None) -> None:
    """End his sessions, and close the keys that stand open in them."""
    Unlock.objects.filter(officer=officer).delete()
    others = officer.visits.all() if keep is None else officer.visits.exclude(pk=keep)
    others.delete()


def _forget_factors(officer: Officer) -> None:
    """Everything by which he proved himself beside his password."""
    officer.passkeys.all().delete()
    officer.recovery_codes.all().delete()
    CodeDevice.objects.filter(officer=officer).delete()
    SignOn.objects.filter(officer=officer).delete()


def _new_organ_key(organ: Organ) -> bytes:
    pair = keys.new_keypair()
    organ.public_key = pair.public
    organ.save(update_fields=["public_key"])
    return pair.private


def _locked(officer: Officer) -> Officer:
    return (
        Officer.objects.select_for_update(of=("self",)).select_related("organ").get(pk=officer.pk)
    )


def _may_manage(by: Officer | None, organ: Organ) -> None:
    if by is None:
        return
    if not (by.is_active and by.organ_id == organ.pk and by.has_role("administrator")):
        raise Refusal(_("Only an administrator of the same organ manages its officers."))


def _may_give(by: Officer | None, organ: Organ) -> None:
    if by is None:
        return
    if not (by.is_active and by.organ_id == organ.pk and by.has_role(*codes.KEY_GIVERS)):
        raise Refusal(_("Only an officer of the same organ who decides passes its key on."))


def _check_waits(officer: Officer) -> None:
    if not officer.is_active:
        raise Refusal(_("This officer is already revoked."))
    if not officer.needs_key:
        raise Refusal(_("Who only manages, confirms law or audits needs no key and gets none."))
    if officer.must_change_password:
        raise Refusal(_("He must log in and choose his own password first."))
    if OrganKeyShare.objects.filter(officer=officer).exists():
        raise Refusal(_("This officer holds the key already."))


def _check_not_last(organ: Organ, officer: Officer) -> None:
    holds = organ.shares.filter(officer=officer).exists()
    if holds and not organ.shares.exclude(officer=officer).exists():
        raise Refusal(
            _(
                "This officer is the last who holds the key: without him nobody could open the "
                "reports of this organ again. Let another one hold the key first."
            )
        )


def _check_holds(organ: Organ, organ_private: bytes | None) -> None:
    if organ_private is None or keys.public_of(organ_private) != bytes(organ.public_key or b""):
        raise Refusal(
            _("This needs an officer who holds the key of the organ: nobody else can pass it on.")
        )


@cache
def _time_zones() -> frozenset[str]:
    """Every name of the machine's folder of zones, which is large."""
    return frozenset(available_timezones())


def _check_organ(*, code: str, name: str, kind: str, region_code: str, time_zone: str) -> None:
    if not CODE.fullmatch(code):
        raise Refusal(
            _("An organ's code has 2 to 64 small letters, digits and hyphens, such as bkn.")
        )
    if not name.strip():
        raise Refusal(_("An organ needs a name."))
    if kind not in codes.ORGAN_KINDS:
        raise Refusal(_unknown(_("Unknown kind of organ"), kind, codes.ORGAN_KINDS))
    if region_code != codes.NATIONAL and not REGION.fullmatch(region_code):
        raise Refusal(
            format_lazy(
                _(
                    "The region {region} is not a code: use {national} for the whole country, two "
                    "digits for a province (32), or 32.04 for a regency or city."
                ),
                region=region_code,
                national=codes.NATIONAL,
            )
        )
    if time_zone not in _time_zones():
        raise Refusal(
            _unknown(
                _("Unknown time zone"),
                time_zone,
                ("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"),
            )
        )
    if Organ.objects.filter(code=code).exists():
        raise Refusal(format_lazy(_("There is already an organ with the code {code}."), code=code))


def _check_channel(*, inside: bool, channel: str) -> None:
    if inside and channel:
        raise Refusal(_("An inside organ has officers here and needs no channel."))
    if not inside and channel not in codes.CHANNELS:
        raise Refusal(_unknown(_("An outside organ needs a channel"), channel, codes.CHANNELS))


def _check_officer(*, organ: Organ, login: str, name: str) -> None:
    if not organ.inside:
        raise Refusal(_("An outside organ has no officers here."))
    if organ.closed_on is not None:
        raise Refusal(_("This organ is closed."))
    if not LOGIN.fullmatch(login):
        raise Refusal(_("A login has 3 to 64 small letters, digits, dots, hyphens or underscores."))
    if not name.strip():
        raise Refusal(_("An officer needs a name."))
    if Officer.objects.filter(login=login).exists():
        raise Refusal(format_lazy(_("The login {login} is taken."), login=login))


def _roles(roles: Iterable[str]) -> list[str]:
    wanted = set(roles)
    for role in sorted(wanted - set(codes.ROLES)):
        raise Refusal(_unknown(_("Unknown role"), role, codes.ROLES))
    if not wanted:
        raise Refusal(_unknown(_("An officer needs at least one role"), "", codes.ROLES))
    return [role for role in codes.ROLES if role in wanted]


def _unknown(what: object, given: str, allowed: Iterable[str]) -> object:
    return format_lazy(
        _("{what}: “{given}”. Allowed: {allowed}."),
        what=what,
        given=given,
        allowed=", ".join(allowed),
    )


def _actors(by: Officer | None, holder: Officer | None) -> dict[str, str | None]:
    return {
        "by": None if by is None else str(by.id),
        "holder": None if holder is None else str(holder.id),
    }
