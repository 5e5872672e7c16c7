"""Organs, their officers, and who holds which key.

Every inside organ has one key pair. Its private half stands in the database only sealed to the
public keys of its officers, and an officer's private key only wrapped by his password. So the
database, with every setting and signing key, opens nothing.
"""

from __future__ import annotations

import hashlib
import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from timbang.accounts import codes, keys

Classes = dict[str, tuple[str, ...]]


class OrganQuerySet(models.QuerySet["Organ"]):
    """How to ask for organs."""

    def open(self) -> OrganQuerySet:
        """Those that still work."""
        return self.filter(closed_on=None)

    def receiving(self) -> OrganQuerySet:
        """Those that can be sent a sealed report: inside, open, with a key."""
        return self.open().filter(inside=True, public_key__isnull=False)

    def competent_for(self, province_code: str) -> OrganQuerySet:
        """National organs, those of the province, and those of a regency or city in it."""
        return self.filter(
            Q(region_code=codes.NATIONAL)
            | Q(region_code=province_code)
            | Q(region_code__startswith=f"{province_code}.")
        )


class Organ(models.Model):
    """A body that receives, examines or decides.

    *Inside*: it has officers and a key here. *Outside*: it gets a complete file through a channel.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=32, choices=list(codes.ORGAN_KINDS.items()))
    region_code = models.CharField(max_length=16)
    time_zone = models.CharField(max_length=64)
    inside = models.BooleanField()
    public_key = models.BinaryField(max_length=32, null=True)
    channel = models.CharField(max_length=16, blank=True, choices=list(codes.CHANNELS.items()))
    address = models.TextField(blank=True)
    created_on = models.DateField()
    closed_on = models.DateField(null=True)
    # only where it is not the organ of the same kind above its region: see `hierarchy`
    parent = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    # who goes on with what a closed organ had
    successor = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)

    objects = OrganQuerySet.as_manager()

    CLASSES: ClassVar[Classes] = {
        "public": (
            "id",
            "code",
            "name",
            "kind",
            "region_code",
            "time_zone",
            "inside",
            "public_key",
            "channel",
            "created_on",
            "closed_on",
            "parent",
            "successor",
        ),
        "desk": ("address",),
        "sealed": (),
    }

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                name="accounts_organ_kind", condition=Q(kind__in=tuple(codes.ORGAN_KINDS))
            ),
            models.CheckConstraint(
                name="accounts_organ_outside_has_channel_and_no_key",
                condition=Q(inside=True, channel="")
                | Q(inside=False, channel__in=tuple(codes.CHANNELS), public_key=None),
            ),
            models.CheckConstraint(
                name="accounts_organ_closed_after_created",
                condition=Q(closed_on=None) | Q(closed_on__gte=models.F("created_on")),
            ),
            models.CheckConstraint(
                name="accounts_organ_is_not_its_own_parent",
                condition=Q(parent=None) | ~Q(parent=models.F("id")),
            ),
            models.CheckConstraint(
                name="accounts_organ_successor_of_a_closed_one",
                condition=Q(successor=None)
                | (Q(closed_on__isnull=False) & ~Q(successor=models.F("id"))),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def holders(self) -> int:
        """How many officers hold the key of this organ."""
        return self.shares.count()

    @property
    def national(self) -> bool:
        """Competent in the whole country."""
        return self.region_code == codes.NATIONAL

    @property
    def too_few_holders(self) -> bool:
        """One forgotten password away from losing every report, or already there."""
        return self.inside and self.holders() < 2


class OfficerManager(BaseUserManager["Officer"]):
    """Finds officers by their login; only `actions` makes them."""

    def get_by_natural_key(self, username: str | None) -> Officer:
        """The officer with this login, in whatever case it was typed."""
        return self.get(login=(username or "").strip().lower())


class Officer(AbstractBaseUser):
    """Someone who may log in, for one organ, with roles and a key pair of his own.

    No instant of a login is kept, and no permission system beside the roles.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="officers")
    roles = models.JSONField()
    public_key = models.BinaryField(max_length=32, null=True)
    wrapped_key = models.BinaryField(max_length=128, null=True)
    must_change_password = models.BooleanField()
    # Who last gave him a temporary password on the desk; None: the operator at the console.
    let_in_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    added_on = models.DateField()
    revoked_on = models.DateField(null=True)
    last_login = None

    objects = OfficerManager()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id",
            "login",
            "name",
            "organ",
            "roles",
            "public_key",
            "must_change_password",
            "let_in_by",
            "added_on",
            "revoked_on",
        ),
        "sealed": ("password", "wrapped_key"),
    }

    class Meta:
        ordering = ("login",)
        constraints = (
            # A revoked officer keeps his name in the history and no key at all.
            models.CheckConstraint(
                name="accounts_officer_key_until_revoked",
                condition=Q(revoked_on=None, public_key__isnull=False, wrapped_key__isnull=False)
                | Q(revoked_on__isnull=False, public_key=None, wrapped_key=None),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Not revoked; Django refuses login and session of one who is not active."""
        return self.revoked_on is None

    def has_role(self, *roles: str) -> bool:
        """Whether he has one of these roles."""
        return not set(roles).isdisjoint(self.roles)

    @property
    def reads_look_ups(self) -> bool:
        """Whether he reads who looked up whom; never the words."""
        return self.has_role("auditor", "decision_maker")

    @property
    def watches(self) -> bool:
        """Whether his office watches and his roles open content: who may look up public persons."""
        content = self.has_role("receiver", "examiner", "decision_maker")
        return self.is_active and content and self.organ.kind in codes.WATCHERS

    @property
    def serves_policy(self) -> bool:
        """Whether his office is one of policy: its desk has no reports and no cases."""
        return self.organ.kind in codes.POLICY_KINDS

    @property
    def works_on_policy(self) -> bool:
        """Whether he has the pages of policy: whoever only manages officers has not."""
        return self.is_active and self.serves_policy and self.has_role(*codes.POLICY_ROLES)

    @property
    def needs_key(self) -> bool:
        """Whether his roles open content. Who only manages, confirms law or audits gets no key."""
        return self.has_role(*codes.KEY_ROLES)

    @property
    def key_words(self) -> str:
        """His public key in four short groups, for two people to compare by voice."""
        digest = hashlib.sha256(b"accounts/key-words:" + bytes(self.public_key or b"")).hexdigest()
        return " ".join(digest[at : at + 4] for at in range(0, 16, 4))

    @property
    def key_context(self) -> bytes:
        """What his wrapped private key is bound to: copied to another row it does not open."""
        return b"accounts/officer:" + self.id.bytes

    def open_private(self, password: str) -> bytes:
        """His private key; `keys.WrongKey` if the password is wrong or he was revoked."""
        if self.wrapped_key is None:
            raise keys.WrongKey
        return keys.unwrap_private(password, bytes(self.wrapped_key), context=self.key_context)

    def organ_share(self) -> OrganKeyShare | None:
        """His share of the key of his organ; None if he holds none."""
        shares = OrganKeyShare.objects.filter(officer=self, organ_id=self.organ_id)
        return shares.select_related("organ").first()

    def open_organ(self, private: bytes) -> bytes:
        """The private key of his organ; `keys.WrongKey` if he holds no share, or as
        `OrganKeyShare.open`."""
        share = self.organ_share()
        if share is None:
            raise keys.WrongKey
        return share.open(private)


class OrganKeyShare(models.Model):
    """The private half of an organ's key, sealed to the public key of one of its officers."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="shares")
    officer = models.OneToOneField(Officer, on_delete=models.CASCADE, related_name="share")
    sealed_key = models.BinaryField(max_length=128)

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "organ", "officer"),
        "sealed": ("sealed_key",),
    }

    def open(self, private: bytes) -> bytes:
        """The private key of the organ, by that of the officer; `keys.WrongKey` if it does not open
        or is not the key that the organ's public half, to which reports are sealed, belongs to."""
        opened = keys.open_sealed(private, bytes(self.sealed_key))
        if keys.public_of(opened) != bytes(self.organ.public_key or b""):
            raise keys.WrongKey
        return opened


class Unlock(models.Model):
    """An officer's private key for the time of a session, under a secret that only the cookie has.

    Without the browser's cookie the row opens nothing; without the row the cookie opens nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="unlocks")
    # None between the password and the second factor: nobody is logged in yet.
    visit = models.ForeignKey("Visit", on_delete=models.CASCADE, null=True, related_name="unlocks")
    sealed_key = models.BinaryField(max_length=128)
    used_at = models.DateTimeField()

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "officer", "visit", "used_at"),
        "sealed": ("sealed_key",),
    }

    @property
    def key_context(self) -> bytes:
        """What the ciphertext is bound to: this row and this officer."""
        return b"accounts/unlock:" + self.id.bytes + self.officer_id.bytes


class LoginDelay(models.Model):
    """Wrong passwords for one login, existing or not: the next attempt counts only after `until`.

    The login stands here as a keyed digest, so that mistyped passwords in the wrong field and
    guessed names are not written down.
    """

    digest = models.BinaryField(max_length=32, unique=True)
    failures = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "failures", "until"),
        "sealed": ("digest",),
    }


class Absence(models.Model):
    """An officer who is away from day to day, and who does what waited for him meanwhile.

    `roles` are what the delegate stands in for: roles that both of them have, so that nobody does
    for another what he may not do himself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="absences")
    delegate = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)
    roles = models.JSONField()
    from_on = models.DateField()
    until_on = models.DateField()
    entered_on = models.DateField()
    entered_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    # back before the day, or entered by mistake
    ended_on = models.DateField(null=True)

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id",
            "officer",
            "delegate",
            "roles",
            "from_on",
            "until_on",
            "entered_on",
            "entered_by",
            "ended_on",
        ),
        "sealed": (),
    }

    class Meta:
        ordering = ("from_on",)
        constraints = (
            models.CheckConstraint(
                name="accounts_absence_ends_after_it_begins",
                condition=Q(until_on__gte=models.F("from_on")),
            ),
            models.CheckConstraint(
                name="accounts_nobody_is_his_own_delegate",
                condition=Q(delegate=None) | ~Q(delegate=models.F("officer")),
            ),
        )


class MailAddress(models.Model):
    """Where an officer gets his daily digest, if he asked for one.

    Nothing goes there before he has typed in the code that came by mail: a slip of the finger must
    not write to a stranger every morning. `code` is the digest of that code.
    """

    officer = models.OneToOneField(Officer, on_delete=models.CASCADE, related_name="mail_address")
    address = models.EmailField(max_length=254)
    language = models.CharField(max_length=2, choices=[("id", "id"), ("en", "en")])
    code = models.BinaryField(max_length=32)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_on = models.DateField()
    confirmed_on = models.DateField(null=True)

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "officer", "address", "language", "tries", "asked_on", "confirmed_on"),
        "sealed": ("code",),
    }

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="accounts_mail_address_language", condition=Q(language__in=("id", "en"))
            ),
        )


class Mail(models.Model):
    """A mail on its way out, written in the transaction of what it tells.

    waiting -> sending (a worker talks to the server) -> handing (its words are being given away)
    -> sent. It comes back to `waiting` only while the server surely has not taken it; whoever dies
    while `handing` leaves it `unsure`, and it is never given a second time. The words are forgotten
    once it has ended.
    """

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting"
        SENDING = "sending"
        HANDING = "handing"
        SENT = "sent"
        UNSURE = "unsure"
        REFUSED = "refused"
        TOO_LATE = "too_late"

    ENDED: ClassVar[tuple[str, ...]] = (State.SENT, State.UNSURE, State.REFUSED, State.TOO_LATE)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="+")
    address = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    useless_after = models.DateTimeField()
    # whose turn it is to talk about it, and until when
    claim = models.UUIDField(null=True)
    claimed_until = models.DateTimeField(null=True)

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id",
            "officer",
            "address",
            "subject",
            "body",
            "state",
            "tries",
            "not_before",
            "useless_after",
            "claim",
            "claimed_until",
        ),
        "sealed": (),
    }

    class Meta:
        indexes = (models.Index(fields=("state", "not_before"), name="accounts_mail_to_send"),)
        constraints = (
            models.CheckConstraint(
                name="accounts_mail_is_claimed_while_somebody_talks",
                condition=Q(
                    state__in=("sending", "handing"),
                    claim__isnull=False,
                    claimed_until__isnull=False,
                )
                | (~Q(state__in=("sending", "handing")) & Q(claim=None, claimed_until=None)),
            ),
            models.CheckConstraint(
                name="accounts_mail_that_ended_has_no_words",
                condition=~Q(state__in=("sent", "unsure", "refused", "too_late"))
                | Q(body="", subject=""),
            ),
        )


class Visit(models.Model):
    """A session of an officer on the desk, as he sees it in his list and ends it.

    Days, a word for the kind of device and how he proved himself: no address, no instant, nothing
    that the browser says of itself. Without the row the session is over, whatever the cookie says.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="visits")
    began_on = models.DateField()
    used_on = models.DateField()
    device = models.CharField(max_length=16, choices=list(codes.DEVICES.items()))
    proof = models.CharField(max_length=16, choices=list(codes.PROOFS.items()))

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "officer", "began_on", "used_on", "device", "proof"),
        "sealed": (),
    }

    class Meta:
        ordering = ("-used_on", "-began_on", "id")
        constraints = (
            models.CheckConstraint(
                name="accounts_visit_codes",
                condition=Q(device__in=tuple(codes.DEVICES), proof__in=tuple(codes.PROOFS)),
            ),
            models.CheckConstraint(
                name="accounts_visit_used_after_it_began",
                condition=Q(used_on__gte=models.F("began_on")),
            ),
        )


class Passkey(models.Model):
    """A passkey or security key of an officer: the public half only, the device keeps the rest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=60)
    credential_id = models.BinaryField(max_length=1023, unique=True)
    # AAGUID, id and COSE key, as WebAuthn writes them ("attested credential data").
    credential = models.BinaryField(max_length=4096)
    # What the device counted last; one that counts backwards has been copied.
    sign_count = models.PositiveBigIntegerField()
    added_on = models.DateField()

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "officer", "name", "added_on"),
        "sealed": ("credential_id", "credential", "sign_count"),
    }

    class Meta:
        ordering = ("added_on", "name", "id")


class CodeDevice(models.Model):
    """An app or token that shows a new code every thirty seconds (TOTP, RFC 6238).

    Its secret is sealed to the officer's own public key: a stolen database makes no codes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.OneToOneField(Officer, on_delete=models.CASCADE, related_name="code_device")
    sealed_secret = models.BinaryField(max_length=128)
    # The last half minute whose code was taken: no code counts twice, and none before it.
    last_step = models.PositiveBigIntegerField()
    added_on = models.DateField()

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "officer", "added_on"),
        "sealed": ("sealed_secret", "last_step"),
    }


class RecoveryCode(models.Model):
    """A code on paper that stands in once for a lost device; the row goes when it is used."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.BinaryField(max_length=32)
    made_on = models.DateField()

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "officer", "made_on"),
        "sealed": ("digest",),
    }

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="accounts_recovery_code_once", fields=("officer", "digest")
            ),
        )


class SignOn(models.Model):
    """Who this officer is at the provider of the office's own sign-on (OpenID Connect)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.OneToOneField(Officer, on_delete=models.CASCADE, related_name="sign_on")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    linked_on = models.DateField()

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "officer", "issuer", "linked_on"),
        "sealed": ("subject",),
    }

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="accounts_sign_on_of_one_officer", fields=("issuer", "subject")
            ),
        )


class ApiKey(models.Model):
    """The key of another system, by which it brings reports to one organ and asks how they stand.

    Only a digest of its secret stands here. `label` is the part by which people recognise it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="api_keys")
    name = models.CharField(max_length=100)
    label = models.CharField(max_length=8, unique=True)
    digest = models.BinaryField(max_length=32)
    scopes = models.JSONField()
    made_on = models.DateField()
    # None: the operator at the console
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_on = models.DateField(null=True)

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id",
            "organ",
            "name",
            "label",
            "scopes",
            "made_on",
            "made_by",
            "revoked_on",
        ),
        "sealed": ("digest",),
    }

    class Meta:
        ordering = ("made_on", "label")
        constraints = (
            models.CheckConstraint(
                name="accounts_api_key_revoked_after_made",
                condition=Q(revoked_on=None) | Q(revoked_on__gte=models.F("made_on")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.label})"


class Webhook(models.Model):
    """Where another system wants to hear that something changed. What signs is not kept here."""

    class Ended(models.TextChoices):
        """Why nothing goes there any more."""

        REMOVED = "removed"
        REVOKED = "revoked"
        GONE = "gone"
        SILENT = "silent"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey(ApiKey, on_delete=models.PROTECT, related_name="webhooks")
    url = models.CharField(max_length=500)
    made_on = models.DateField()
    ended_on = models.DateField(null=True)
    ended = models.CharField(max_length=8, blank=True, choices=Ended)

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": ("id", "key", "url", "made_on", "ended_on", "ended"),
        "sealed": (),
    }

    class Meta:
        ordering = ("made_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("key", "url"), condition=Q(ended_on=None), name="accounts_webhook_once"
            ),
            models.CheckConstraint(
                name="accounts_webhook_ends_for_a_reason",
                condition=Q(ended_on=None, ended="") | (Q(ended_on__isnull=False) & ~Q(ended="")),
            ),
        )


class WebhookMessage(models.Model):
    """A message on its way to a webhook, written in the transaction that notes the change.

    It holds no content: that something changed, and the number that the other system knows. It is
    given at least once; its own id tells the other side which ones it has seen. Once it was heard
    the row goes: nobody shall read later when something happened.
    """

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting"
        SENDING = "sending"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="messages")
    body = models.TextField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    claim = models.UUIDField(null=True)
    claimed_until = models.DateTimeField(null=True)

    CLASSES: ClassVar[Classes] = {
        "public": (),
        "desk": (
            "id",
            "webhook",
            "body",
            "state",
            "tries",
            "not_before",
            "claim",
            "claimed_until",
        ),
        "sealed": (),
    }

    class Meta:
        indexes = (models.Index(fields=("state", "not_before"), name="accounts_webhook_to_send"),)
        constraints = (
            models.CheckConstraint(
                name="accounts_webhook_message_is_claimed_while_sent",
                condition=Q(state="sending", claim__isnull=False, claimed_until__isnull=False)
                | (~Q(state="sending") & Q(claim=None, claimed_until=None)),
            ),
        )
