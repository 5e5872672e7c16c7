"""How every change of a dossier is made: under its lock, on the version that was seen, once.

One line of the journal and one entry of the log stand in the transaction of the change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer, Organ
from timbang.law import recusal
from timbang.law.refusal import Refusal
from timbang.law.vocabulary import VERIFICATION
from timbang.ledger.actions import record, record_all
from timbang.ledger.models import Entry
from timbang.policy import course
from timbang.policy.models import Act, Dossier, Line
from timbang.policy.permission import may


class Overtaken(Refusal):
    """Somebody else changed the dossier meanwhile: `since` holds what he did."""

    def __init__(self, since: list[Line]) -> None:
        super().__init__(
            _("The dossier has changed since you opened it. Nothing of yours was done.")
        )
        self.since = since


@dataclass(frozen=True, slots=True)
class Seen:
    """What the form knew: the dossier's version when it was shown, and its own number."""

    version: int | None
    once: UUID

    @classmethod
    def now(cls, dossier: Dossier) -> Seen:
        """For callers without a form: the dossier as it is, a fresh number."""
        return cls(dossier.version, uuid4())


def locked(dossier: Dossier) -> Dossier:
    """The dossier, locked until the end of the transaction."""
    Dossier.objects.select_for_update().only("pk").get(pk=dossier.pk)
    return Dossier.objects.select_related("organ", "rules").get(pk=dossier.pk)


def done_before(dossier: Dossier, seen: Seen, *acts: Act, **said: str) -> Line | None:
    """The line that this very form wrote already, if it was sent twice. Refused where it wrote
    another act, or one that says something else of `outcome` or `about`."""
    line = Line.objects.filter(dossier=dossier, once=seen.once).first()
    if line is None:
        return None
    if line.act not in acts or any(getattr(line, name) != told for name, told in said.items()):
        raise Refusal(_("This form was sent already for something else; open it again."))
    return line


def check_version(dossier: Dossier, seen: Seen) -> None:
    """Refuse when others changed the dossier after the form was shown."""
    if seen.version is not None and seen.version != dossier.version:
        since = Line.objects.filter(dossier=dossier, version__gt=seen.version)
        raise Overtaken(list(since.select_related("organ")))


def check_may(dossier: Dossier, by: Officer, *roles: str, even_ended: bool = False) -> None:
    """Refuse unless he writes for the office of the dossier, in one of these roles."""
    if dossier.organ_id != by.organ_id:
        raise Refusal(_("Another office writes this dossier; yours can read it."))
    check_open(dossier, even_ended=even_ended)
    if not may(by, *roles):
        raise Refusal(_("None of your roles may do this."))


def check_open(dossier: Dossier, *, even_ended: bool = False) -> None:
    """Refuse what comes after the end, or after the dossier was taken back."""
    if dossier.retracted_on is not None:
        raise Refusal(_("This dossier was taken back; nothing can be added to it."))
    if dossier.ended_on is not None and not even_ended:
        raise Refusal(_("This dossier has ended; nothing can be added to it."))


def check_untied(dossier: Dossier, by: Officer, act: recusal.Act) -> None:
    """Refuse whoever is tied to the matter, with the norm (the mechanism that cases use too)."""
    found = course.tie_of(dossier, by, act)
    if found is not None:
        raise Refusal(
            _("You declared a tie that keeps you from this: %(tie)s. Another officer does it.")
            % {"tie": found.title},
            found.citation,
            VERIFICATION[found.level],
        )


class Undeclared(Refusal):
    """He has not said yet whether anything ties him: `declare` asks the page for the way there."""

    declare = True


def check_declared(dossier: Dossier, by: Officer) -> None:
    """Refuse whoever has not said in this dossier what ties him to the matter, or that nothing
    does."""
    if course.relations_of(dossier, by) is None:
        raise Undeclared(
            _("Say first what ties you to this policy, or that nothing does: it is one question.")
        )


@dataclass(frozen=True, slots=True)
class Said:
    """What a journal line says."""

    act: Act
    step: str = ""
    outcome: str = ""
    to: str = ""
    about: str = ""
    words: str = ""
    role: str = ""
    # what the act wrote, kept in the log as its digest
    content: Mapping[str, Any] | None = None


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON of what an act wrote, in hexadecimal."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def write_line(
    dossier: Dossier,
    said: Said,
    *,
    organ: Organ,
    by: Officer | None,
    at: datetime,
    once: UUID | None = None,
) -> Line:
    """Count the dossier's version up, write the line and its entry. `by` None: the worker."""
    dossier.version += 1
    dossier.save()
    on = course.today(organ, at)
    body = _body(dossier, dossier.version, said, organ, by)
    entry = record(act=f"policy.{said.act.value}", body=body, lane="now", on=on)
    line = _line(dossier, dossier.version, said, entry, organ=organ, by=by, on=on)
    line.once = once or line.once
    line.save(force_insert=True)
    return line


def write_lines(
    dossier: Dossier,
    told: Sequence[Said],
    *,
    organ: Organ,
    by: Officer,
    at: datetime,
    once: UUID,
) -> list[Line]:
    """Many like acts of one form: a version, a line and an entry each, written at once. The first
    line carries the number of the form."""
    if len({said.act for said in told}) != 1:
        raise ValueError("lines that are written at once are of one act")
    first, on = dossier.version + 1, course.today(organ, at)
    dossier.version += len(told)
    dossier.save()
    bodies = [_body(dossier, number, said, organ, by) for number, said in enumerate(told, first)]
    entries = record_all(act=f"policy.{told[0].act.value}", bodies=bodies, lane="now", on=on)
    lines = [
        _line(dossier, number, said, entry, organ=organ, by=by, on=on)
        for number, (said, entry) in enumerate(zip(told, entries, strict=True), first)
    ]
    lines[0].once = once
    return Line.objects.bulk_create(lines)


def _body(
    dossier: Dossier, version: int, said: Said, organ: Organ, by: Officer | None
) -> dict[str, Any]:
    return {
        "dossier": str(dossier.id),
        "version": version,
        "step": said.step,
        "outcome": said.outcome,
        "to": said.to,
        "about": said.about,
        "organ": str(organ.id),
        "by": str(by.id) if by else None,
        "content": digest({**(said.content or {}), "words": said.words}),
    }


def _line(
    dossier: Dossier,
    version: int,
    said: Said,
    entry: Entry,
    *,
    organ: Organ,
    by: Officer | None,
    on: date,
) -> Line:
    return Line(
        dossier=dossier,
        version=version,
        act=said.act,
        step=said.step,
        outcome=said.outcome,
        to=said.to,
        about=said.about,
        words=said.words,
        organ=organ,
        officer=by,
        role=said.role,
        done_on=on,
        entry=entry,
    )
