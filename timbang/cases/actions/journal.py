"""How every change of a case is made: under its lock, on the version that was seen, once.

A second officer who acts on an older version is told what changed; a form sent twice does nothing
the second time. One journal line and one ledger entry stand in the transaction of the change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Organ
from timbang.cases import conflicts
from timbang.cases.actions import acting_at_last, holding, shelving
from timbang.cases.course import today
from timbang.cases.models import Act, Case, CaseStep, Track
from timbang.cases.permission import may
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.ledger.actions import record, record_all
from timbang.ledger.models import Entry


class Overtaken(Refusal):
    """Somebody else changed the case meanwhile: `since` holds what he did."""

    def __init__(self, since: list[CaseStep]) -> None:
        super().__init__(_("The case has changed since you opened it. Nothing of yours was done."))
        self.since = since


@dataclass(frozen=True)
class Seen:
    """What the form knew: the case's version when it was shown, and its own number."""

    version: int | None
    once: UUID

    @classmethod
    def now(cls, case: Case) -> Seen:
        """For callers without a form: the case as it is, a fresh number."""
        return cls(case.version, uuid4())


def locked(case: Case) -> Case:
    """The case, locked until the end of the transaction.

    Two questions: PostgreSQL drops a row from a join when, while it waited for the lock, another
    act gave the case to another holder.
    """
    Case.objects.select_for_update().only("pk").get(pk=case.pk)
    return Case.objects.select_related("holder", "keeper", "organ", "procedure").get(pk=case.pk)


def done_before(case: Case, seen: Seen) -> CaseStep | None:
    """The line that this very form wrote already, if it was sent twice."""
    return CaseStep.objects.filter(case=case, once=seen.once).first()


def check_version(case: Case, seen: Seen) -> None:
    """Refuse when others changed the case after the form was shown."""
    if seen.version is None or seen.version == case.version:
        return
    since = CaseStep.objects.filter(case=case, version__gt=seen.version)
    raise Overtaken(list(since.select_related("organ", "officer")))


def check_may(
    case: Case,
    desk: Desk,
    *roles: str,
    leaving: bool = False,
    even_ended: bool = False,
    beside: bool = False,
) -> None:
    """Refuse unless the officer's organ is the one that acts now, he has one of these roles, and
    nothing ties him to the case. `leaving`: the case is passed on, as a conflicted organ may.
    `even_ended`: something befalls a decision after its case has ended. `beside`: his organ
    may do this beside the one that holds the case."""
    if case.keeper_id != desk.organ.pk and not beside:
        raise Refusal(_("Another organ holds this case now; yours can read what it was given."))
    if case.ended_on is not None and not even_ended:
        raise Refusal(_("This case has ended; nothing can be added to it."))
    if not may(desk.officer, *roles):
        raise Refusal(_("None of your roles may do this."))
    conflicts.check(case, desk, leaving=leaving)


@dataclass(frozen=True)
class Line:
    """What a journal line says."""

    act: Act
    done_on: date
    step: str = ""
    outcome: str = ""
    to: str = ""
    other_organ: Organ | None = None
    # a side track; without one the line is of the main way
    track: Track | None = None
    # the hash of the link of custody that the act adds, so that one entry proves both
    custody: str = ""
    # the SHA-256 of a letter that the act makes, so that its bytes can be held against the log
    letter: str = ""


def write_line(
    case: Case, line: Line, *, organ: Organ, by: Desk | None, at: datetime, once: UUID | None = None
) -> CaseStep:
    """Count the case's version up, write the line and its ledger entry. `by` None: the worker."""
    case.version += 1
    case.save()
    on = today(organ, at)
    body = _body(case, line, organ, by)
    entry = record(act=f"case.{line.act.value}", body=body, lane="now", on=on)
    shelving.place(case)
    written = _row(case, line, organ=organ, by=by, on=on, once=once or uuid4(), entry=entry)
    written.save(force_insert=True)
    holding.answered(written)
    acting_at_last.answered(written)
    return written


def write_lines(found: Sequence[tuple[Case, Line, Organ]], *, act: Act, on: date) -> list[CaseStep]:
    """The same act of the worker on many locked cases in one day, each with its own line and entry;
    no case stands there twice, and none of them moves."""
    for case, _line, _organ in found:
        case.version += 1
    rows = Case.objects.filter(pk__in=[case.pk for case, _line, _organ in found])
    rows.update(version=F("version") + 1)
    bodies = [_body(case, line, organ, None) for case, line, organ in found]
    entries = record_all(act=f"case.{act.value}", bodies=bodies, lane="now", on=on)
    return CaseStep.objects.bulk_create(
        _row(case, line, organ=organ, by=None, on=on, once=uuid4(), entry=entry)
        for (case, line, organ), entry in zip(found, entries, strict=True)
    )


def _body(
    case: Case, line: Line, organ: Organ, by: Desk | None
) -> dict[str, str | int | bool | None]:
    body: dict[str, str | int | bool | None] = {
        "case": str(case.id),
        "version": case.version,
        "step": line.step,
        "outcome": line.outcome,
        "to": line.to,
        "organ": str(organ.id),
        "other_organ": str(line.other_organ.id) if line.other_organ else None,
        "by": str(by.officer.id) if by else None,
        "done_on": line.done_on.isoformat(),
    }
    if line.track is not None:
        body["track"] = line.track.code
    if line.custody:
        body["custody"] = line.custody
    if line.letter:
        body["letter"] = line.letter
    return body


def _row(
    case: Case, line: Line, *, organ: Organ, by: Desk | None, on: date, once: UUID, entry: Entry
) -> CaseStep:
    return CaseStep(
        case=case,
        track=line.track,
        version=case.version,
        act=line.act,
        step=line.step,
        outcome=line.outcome,
        to=line.to,
        organ=organ,
        other_organ=line.other_organ,
        officer=by.officer if by else None,
        done_on=line.done_on,
        recorded_on=on,
        once=once,
        entry=entry,
    )
