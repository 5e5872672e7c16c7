"""What is done to organs and officers: add, restore, revoke, change a password.

Each action writes its rows and one ledger entry in one transaction. `by` is the officer who acts;
None is the operator at the console. The surprising fact: neither the operator nor the database
can add a second officer alone. That takes the organ's private key, which only an officer with his
password can open (`holder`, at the console; the acting officer himself, on the desk).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Final
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from timbang.accounts import codes, keys
from timbang.accounts.hashers import cost
from timbang.accounts.models import Officer, Organ, OrganKeyShare, Unlock
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

    The first officer of an organ gets a fresh organ key and needs no `organ_private`. Every later
    one does; `holder` says whose password opened it, if not that of `by`.
    """
    organ = Organ.objects.select_for_update().get(pk=organ.pk)
    _may_manage(by, organ)
    login = login.strip().lower()
    _check_officer(organ=organ, login=login, name=name)
    chosen = _roles(roles)
    first = organ.public_key is None
    if first:
        organ_private = _new_organ_key(organ)
    _check_holds(organ, organ_private)
    officer = Officer(
        login=login,
        name=name.strip(),
        organ=organ,
        roles=chosen,
        added_on=day_in(organ.time_zone, at),
    )
    password = _fresh_access(officer, organ_private or b"")
    body = {
        "organ": str(organ.id),
        "officer": str(officer.id),
        "roles": ",".join(chosen),
        "organ_key": bytes(organ.public_key or b"").hex(),
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
    """Give an officer who lost his password a new temporary one and a new key pair.

    His old private key is gone for good; another holder seals the organ's key to the new one.
    Ends his sessions.
    """
    organ = Organ.objects.select_for_update().get(pk=officer.organ_id)
    officer = _locked(officer)
    _may_manage(by, organ)
    if not officer.is_active:
        raise Refusal(_("This officer was revoked; add him anew under another login."))
    if officer in (by, holder):
        raise Refusal(_("Another officer who holds the key must restore access."))
    _check_holds(organ, organ_private)
    password = _fresh_access(officer, organ_private or b"")
    body = {"organ": str(organ.id), "officer": str(officer.id), **_actors(by, holder)}
    record(act="officer.restored", body=body, lane="now", on=day_in(organ.time_zone, at))
    return password


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
    if not organ.shares.exclude(officer=officer).exists():
        raise Refusal(
            _(
                "This officer is the last who holds the key: without him nobody could open the "
                "reports of this organ again. Add another officer first."
            )
        )
    OrganKeyShare.objects.filter(officer=officer).delete()
    Unlock.objects.filter(officer=officer).delete()
    officer.public_key = officer.wrapped_key = None
    officer.set_unusable_password()
    officer.revoked_on = day_in(organ.time_zone, at)
    officer.save()
    body = {"organ": str(organ.id), "officer": str(officer.id), **_actors(by, None)}
    record(act="officer.revoked", body=body, lane="now", on=officer.revoked_on)


@transaction.atomic
def change_password(*, officer: Officer, old: str, new: str, at: datetime) -> None:
    """Wrap the officer's private key with a new password; ends his other sessions.

    `old` is what opens the key, so nobody can do this for him.
    """
    officer = _locked(officer)
    try:
        private = officer.open_private(old)
    except keys.WrongKey as error:
        raise Refusal(_("The present password is wrong.")) from error
    if new == old:
        raise Refusal(_("The new password must differ from the present one."))
    officer.wrapped_key = keys.wrap_private(new, private, context=officer.key_context, cost=cost())
    officer.set_password(new)
    officer.must_change_password = False
    officer.save()
    Unlock.objects.filter(officer=officer).delete()
    body = {"organ": str(officer.organ_id), "officer": str(officer.id), "by": str(officer.id)}
    on = day_in(officer.organ.time_zone, at)
    record(act="password.changed", body=body, lane="now", on=on)


def _fresh_access(officer: Officer, organ_private: bytes) -> str:
    """A new temporary password, key pair and share; the old ones stop at once."""
    password = "-".join("".join(secrets.choice(_SYMBOLS) for _i in range(5)) for _j in range(4))
    pair = keys.new_keypair()
    officer.public_key = pair.public
    officer.wrapped_key = keys.wrap_private(
        password, pair.private, context=officer.key_context, cost=cost()
    )
    officer.set_password(password)
    officer.must_change_password = True
    officer.save()
    OrganKeyShare.objects.update_or_create(
        officer=officer,
        defaults={
            "organ_id": officer.organ_id,
            "sealed_key": keys.seal(pair.public, organ_private),
        },
    )
    Unlock.objects.filter(officer=officer).delete()
    return password


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


def _check_holds(organ: Organ, organ_private: bytes | None) -> None:
    if organ_private is None or keys.public_of(organ_private) != bytes(organ.public_key or b""):
        raise Refusal(
            _("This needs an officer who holds the key of the organ: nobody else can pass it on.")
        )


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
    if time_zone not in available_timezones():
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
