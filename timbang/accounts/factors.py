"""What an officer proves himself with beside his password: added, removed, taken at a login.

The only writer of passkeys, code devices, recovery codes and links to a sign-on. Adding, removing
and using up a recovery code are one ledger entry each; a login is none. The surprising fact: the
secret of a code device opens only with the officer's own password, so that no code can be made, and
none checked, before the password was right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from timbang.accounts import keys, one_time
from timbang.accounts.models import CodeDevice, Officer, Passkey, RecoveryCode, SignOn, Visit
from timbang.law.refusal import Refusal
from timbang.law.workdays import day_in
from timbang.ledger.actions import record

MOST_PASSKEYS: Final = 10


@dataclass(frozen=True, slots=True)
class Factors:
    """What somebody has; a sign-on counts only while this installation knows its provider."""

    passkeys: tuple[Passkey, ...]
    code_device: CodeDevice | None
    sign_on: SignOn | None
    recovery_codes: int

    def __bool__(self) -> bool:
        return bool(self.passkeys or self.code_device or self.sign_on)

    @property
    def count(self) -> int:
        """How many there are; recovery codes stand in for them and are not counted."""
        return len(self.passkeys) + (self.code_device is not None) + (self.sign_on is not None)


def required() -> bool:
    """Whether this installation lets nobody work with a password alone."""
    return bool(settings.SECOND_FACTOR == "required")


def of(officer: Officer) -> Factors:
    """Everything that he can prove himself with."""
    linked = SignOn.objects.filter(officer=officer, issuer=settings.OIDC_ISSUER).first()
    return Factors(
        passkeys=tuple(officer.passkeys.all()),
        code_device=CodeDevice.objects.filter(officer=officer).first(),
        sign_on=linked if settings.OIDC_ISSUER else None,
        recovery_codes=officer.recovery_codes.count(),
    )


@transaction.atomic
def add_code_device(
    *, officer: Officer, secret: str, code: str, visit: Visit | None, at: datetime
) -> CodeDevice:
    """Take up an app that shows codes; `code` proves that it does. One for each officer."""
    officer = _locked(officer)
    if CodeDevice.objects.filter(officer=officer).exists():
        raise Refusal(_("You have an app for codes already; remove it first."))
    step = one_time.step_of(code, secret, at=at, after=-1)
    if step is None:
        raise Refusal(
            _("This is not the code of now. Compare the clock of the device with the time here.")
        )
    on = _today(officer, at)
    device = CodeDevice.objects.create(
        officer=officer,
        sealed_secret=keys.seal(bytes(officer.public_key or b""), secret.encode()),
        last_step=step,
        added_on=on,
    )
    _added(officer, "code", visit, at)
    return device


@transaction.atomic
def add_passkey(
    *,
    officer: Officer,
    name: str,
    credential_id: bytes,
    credential: bytes,
    sign_count: int,
    visit: Visit | None,
    at: datetime,
) -> Passkey:
    """Take up a passkey that the browser has just made and `webauthn` has checked."""
    officer = _locked(officer)
    if officer.passkeys.count() >= MOST_PASSKEYS:
        raise Refusal(_("You have ten passkeys; remove one that you no longer use."))
    if Passkey.objects.filter(credential_id=credential_id).exists():
        raise Refusal(_("This passkey is known already."))
    added = Passkey.objects.create(
        officer=officer,
        name=name.strip(),
        credential_id=credential_id,
        credential=credential,
        sign_count=sign_count,
        added_on=_today(officer, at),
    )
    _added(officer, "passkey", visit, at)
    return added


@transaction.atomic
def link_sign_on(
    *, officer: Officer, issuer: str, subject: str, visit: Visit | None, at: datetime
) -> SignOn:
    """Say once who this officer is at the provider; it never makes an officer of anybody."""
    officer = _locked(officer)
    if SignOn.objects.filter(officer=officer).exists():
        raise Refusal(_("Your account is linked already; remove the link first."))
    on = _today(officer, at)
    try:
        with transaction.atomic():
            linked = SignOn.objects.create(
                officer=officer, issuer=issuer, subject=subject, linked_on=on
            )
    except IntegrityError as error:
        raise Refusal(_("This sign-on belongs to another officer.")) from error
    _added(officer, "sign_on", visit, at)
    return linked


@transaction.atomic
def remove(*, officer: Officer, factor_id: UUID, at: datetime) -> None:
    """Give up one of one's own; the last one only where a password alone is enough."""
    officer = _locked(officer)
    found = _find(officer, factor_id)
    if found is None:
        raise Refusal(_("This is no longer there."))
    if required() and of(officer).count < 2:
        raise Refusal(_("This is the last one, and this installation asks for one: add another."))
    kind = _KINDS[type(found)]
    found.delete()
    if not of(officer):
        officer.recovery_codes.all().delete()
    _write("factor.removed", officer, at, kind=kind)


@transaction.atomic
def make_recovery_codes(*, officer: Officer, at: datetime) -> list[str]:
    """Ten fresh codes on paper, shown once; older ones stop."""
    officer = _locked(officer)
    if not of(officer):
        raise Refusal(_("Recovery codes stand in for a device: add a passkey or an app first."))
    officer.recovery_codes.all().delete()
    made = [one_time.new_paper_code() for _i in range(one_time.PAPER_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(
            officer=officer,
            digest=one_time.paper_digest(code, officer.id),
            made_on=_today(officer, at),
        )
        for code in made
    )
    _write("recovery.made", officer, at)
    return made


@transaction.atomic
def reset(*, officer: Officer, at: datetime) -> None:
    """Forget all factors and end all sessions: at the console, by the officer's own password."""
    officer = _locked(officer)
    for rows in (officer.passkeys, officer.recovery_codes, officer.unlocks, officer.visits):
        rows.all().delete()
    CodeDevice.objects.filter(officer=officer).delete()
    SignOn.objects.filter(officer=officer).delete()
    _write("factor.reset", officer, at)


@transaction.atomic
def end_sessions(*, officer: Officer, by: Officer, at: datetime) -> None:
    """An administrator ends all sessions of a colleague of his organ."""
    officer = _locked(officer)
    if not (by.is_active and by.organ_id == officer.organ_id and by.has_role("administrator")):
        raise Refusal(_("Only an administrator of the same organ manages its officers."))
    if officer.pk == by.pk:
        raise Refusal(_("You end your own sessions in the list of your sessions."))
    officer.unlocks.all().delete()
    officer.visits.all().delete()
    body = {"organ": str(officer.organ_id), "officer": str(officer.id), "by": str(by.id)}
    record(act="sessions.ended", body=body, lane="now", on=_today(officer, at))


@transaction.atomic
def take_code(*, officer: Officer, private: bytes, code: str, at: datetime) -> bool:
    """Whether this is a code of now that was not taken before; it is taken by the asking."""
    device = CodeDevice.objects.select_for_update().filter(officer=officer).first()
    if device is None:
        return False
    secret = keys.open_sealed(private, bytes(device.sealed_secret)).decode()
    step = one_time.step_of(code, secret, at=at, after=device.last_step)
    if step is None:
        return False
    taken = CodeDevice.objects.filter(pk=device.pk, last_step__lt=step).update(last_step=step)
    return taken == 1


@transaction.atomic
def take_recovery_code(*, officer: Officer, code: str, at: datetime) -> bool:
    """Whether this code on paper was good; it is good no more."""
    digest = one_time.paper_digest(code, officer.id)
    deleted, _each = RecoveryCode.objects.filter(officer=officer, digest=digest).delete()
    if deleted:
        _write("recovery.used", officer, at)
    return bool(deleted)


@transaction.atomic
def take_passkey(*, officer: Officer, credential_id: bytes, sign_count: int) -> bool:
    """Whether the count goes on: a device that counts backwards was copied.

    Passkeys that are kept by a service count nothing and always say 0.
    """
    rows = Passkey.objects.select_for_update().filter(officer=officer)
    found = rows.filter(credential_id=credential_id).first()
    if found is None or (found.sign_count and sign_count <= found.sign_count):
        return False
    Passkey.objects.filter(pk=found.pk).update(sign_count=sign_count)
    return True


_KINDS: Final = {Passkey: "passkey", CodeDevice: "code", SignOn: "sign_on"}


def _find(officer: Officer, factor_id: UUID) -> Passkey | CodeDevice | SignOn | None:
    return (
        Passkey.objects.filter(officer=officer, pk=factor_id).first()
        or CodeDevice.objects.filter(officer=officer, pk=factor_id).first()
        or SignOn.objects.filter(officer=officer, pk=factor_id).first()
    )


def _added(officer: Officer, kind: str, visit: Visit | None, at: datetime) -> None:
    """Sessions that were opened by the password alone end; the present one has just proved it."""
    others = officer.visits.filter(proof="password")
    if visit is not None:
        Visit.objects.filter(pk=visit.pk, proof="password").update(proof=kind)
        others = others.exclude(pk=visit.pk)
    others.delete()
    _write("factor.added", officer, at, kind=kind)


def _write(act: str, officer: Officer, at: datetime, **more: str) -> None:
    body = {"organ": str(officer.organ_id), "officer": str(officer.id), "by": str(officer.id)}
    record(act=act, body={**body, **more}, lane="now", on=_today(officer, at))


def _today(officer: Officer, at: datetime) -> date:
    return day_in(officer.organ.time_zone, at)


def _locked(officer: Officer) -> Officer:
    rows = Officer.objects.select_for_update(of=("self",)).select_related("organ")
    locked = rows.get(pk=officer.pk)
    if not locked.is_active:
        raise Refusal(_("This officer is already revoked."))
    return locked
