"""The only writers of leads: a run is brought in, an officer looks, dismisses, merges, takes over.

Whoever acts says which version of the lead he saw; another one was faster: nothing is done, and he
is told. Whether an officer is tied to somebody in a lead, the room of cases asks before it calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer
from timbang.law.refusal import Refusal
from timbang.law.workdays import day_in
from timbang.ledger.actions import record
from timbang.ledger.commitment import Value
from timbang.signals import catalogue, reading, running, windows
from timbang.signals.changing import identity, materially
from timbang.signals.detector import PERSONAL
from timbang.signals.models import Lead, LeadAct, LeadNumbers, LeadRun, LeadTick
from timbang.signals.running import Run

_AT_ONCE: Final = 500
"""Leads that are brought in one transaction: a second of a slow machine."""
# What a run says of a lead each time that it finds it, and what follows from that.
_TOLD: Final = (
    "detector_version", "kind", "personal", "region_code", "since_on", "until_on", "value",
    "measures", "evidence", "election", "phase", "days_to_voting",
)  # fmt: skip
_FOLLOWS: Final = ("earlier_evidence", "material", "base_value", "state", "version")
Item = TypeVar("Item")


class Overtaken(Refusal):
    """Somebody else acted on the lead meanwhile: `since` holds what he did."""

    def __init__(self, since: list[LeadAct]) -> None:
        super().__init__(_("The lead has changed since you opened it. Nothing of yours was done."))
        self.since = since


# Bringing


def bring_leads(run: Run, *, at: datetime) -> LeadRun | None:
    """Bring the leads of a run to the desk; None when it is the one that counts already.

    A lead found again is the same lead, brought up to date; one that the run does not find stays
    and says so; a dismissed one comes back when its evidence changed materially. One entry.

    Many leads are brought some at a time, so that nobody waits for the database meanwhile. Broken
    off, the same run goes on where it stopped; two at once bring each lead once.
    """
    on = timezone.localdate(at)
    row = _entered(run, on)
    if row is None:
        return None
    for some in _in_parts(map(_said_by, run.leads())):
        _bring_some({each.identity: each for each in some}, row, on)
    _finish(row)
    return row


def _locked_numbers(year: int) -> LeadNumbers:
    """The row under whose lock leads are brought, one part after the other."""
    LeadNumbers.objects.get_or_create(year=year)
    return LeadNumbers.objects.select_for_update().get(year=year)


@transaction.atomic
def _entered(run: Run, on: date) -> LeadRun | None:
    """The row of this run, with its entry; one that was broken off again, None for a whole one."""
    _locked_numbers(on.year)
    told, counts = run.manifest, run.manifest["counts"]
    newest = LeadRun.objects.filter(detector=told["detector"]).order_by("-ordinal").first()
    if newest is not None and newest.digest == run.digest:
        return None if newest.whole else newest
    body: dict[str, Value] = {
        "detector": told["detector"],
        "version": told["version"],
        "run": run.digest,
        "looked_at": counts["looked_at"],
        "leads": counts["leads"],
    }
    return LeadRun.objects.create(
        detector=told["detector"],
        ordinal=newest.ordinal + 1 if newest else 1,
        digest=run.digest,
        detector_version=told["version"],
        rule=told["rule"],
        parameters=told["parameters"],
        looked_at=counts["looked_at"],
        leads=counts["leads"],
        not_applicable=counts["not_applicable"],
        brought_on=on,
        entry=record(act="leads.brought", body=body, lane="now", on=on),
    )


@transaction.atomic
def _bring_some(said: Mapping[str, Lead], run: LeadRun, on: date) -> None:
    """Some leads of a run by their identity: those that are known, under their locks, for an
    officer may be acting on one, and those that are new, with the next numbers."""
    numbers = _locked_numbers(on.year)
    known = Lead.objects.select_for_update().filter(identity__in=said).order_by("pk")
    rows = {lead.identity: lead for lead in known}
    other = [lead for key, lead in rows.items() if _differs(lead, said[key])]
    for lead in other:
        _bring_up_to_date(lead, said[lead.identity], run, on)
    Lead.objects.bulk_update(other, (*_TOLD, *_FOLLOWS))
    Lead.objects.filter(identity__in=rows).update(last_run=run, found=True)
    new = [lead for key, lead in said.items() if key not in rows]
    for ordinal, lead in enumerate(new, numbers.last + 1):
        lead.year, lead.ordinal = numbers.year, ordinal
        lead.first_run = lead.last_run = run
    Lead.objects.bulk_create(new)
    numbers.last += len(new)
    numbers.save()


@transaction.atomic
def _finish(run: LeadRun) -> None:
    """What the run did not find says so; unless a newer run began meanwhile."""
    _locked_numbers(run.brought_on.year)
    if not LeadRun.objects.filter(detector=run.detector, ordinal__gt=run.ordinal).exists():
        gone = Lead.objects.filter(detector=run.detector, found=True).exclude(last_run=run)
        gone.update(found=False)
    run.whole = True
    run.save(update_fields=["whole"])
    order_leads([run.detector])


def _differs(lead: Lead, said: Lead) -> bool:
    return any(getattr(lead, name) != getattr(said, name) for name in _TOLD)


def _said_by(said: running.Lead) -> Lead:
    """A lead with the columns that a run fills; it has no number yet."""
    detector = catalogue.detector(said.detector)
    window = _window(said.subject_kind, said.region_code, said.since, said.until)
    return Lead(
        identity=identity(said.detector, said.subject_kind, said.subject),
        detector=said.detector,
        detector_version=detector.version,
        kind=detector.kind,
        personal=detector.sight != "public" or said.subject_kind in PERSONAL,
        subject_kind=said.subject_kind,
        subject=said.subject,
        region_code=said.region_code or "",
        since_on=said.since,
        until_on=said.until,
        value=said.value,
        base_value=said.value,
        measures={name: _plain(value) for name, value in said.measures.items()},
        evidence=list(said.evidence),
        election=window.election if window else "",
        phase=(window.phase or "") if window else "",
        days_to_voting=window.days_to_voting if window else None,
    )


# Many leads lie in few regions and on few days.
_window = lru_cache(maxsize=65_536)(windows.of_subject)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _is_material(lead: Lead, said: Lead) -> bool:
    return materially(
        known=[*lead.evidence, *lead.earlier_evidence],
        evidence=said.evidence,
        value_then=lead.base_value,
        value_now=said.value,
    )


def _bring_up_to_date(lead: Lead, said: Lead, run: LeadRun, on: date) -> None:
    material = _is_material(lead, said)
    known = {*lead.evidence, *lead.earlier_evidence}
    for name in _TOLD:
        setattr(lead, name, getattr(said, name))
    lead.earlier_evidence = sorted(known - set(said.evidence))
    if not material:
        return
    lead.material += 1
    lead.base_value = said.value
    if lead.state == Lead.State.DISMISSED:
        _return(lead, run, on)
    elif lead.merged_into_id is not None:
        above = Lead.objects.select_for_update().get(pk=lead.merged_into_id)
        if above.state == Lead.State.DISMISSED:
            _return(above, run, on)
            above.save()


def _return(lead: Lead, run: LeadRun, on: date) -> None:
    lead.state = Lead.State.OPEN
    lead.version += 1
    LeadAct.objects.create(
        lead=lead, ordinal=lead.version, what=LeadAct.What.RETURNED, run=run, done_on=on
    )


_DEAL: Final = """
UPDATE signals_lead SET turn = dealt.place / %s
FROM (
    SELECT id, row_number() OVER (
        ORDER BY CASE WHEN election = '' THEN 1 ELSE 0 END, since_on DESC NULLS LAST, year, ordinal
    ) AS place
    FROM signals_lead WHERE detector = %s AND state = 'open' AND found
) AS dealt
WHERE dealt.id = signals_lead.id AND signals_lead.turn <> dealt.place / %s
"""


@transaction.atomic
def order_leads(detectors: Iterable[str] = ()) -> None:
    """Deal the leads that wait to the queue, by what was learned (see `learning`).

    Within a detector those of an election window come first, then the newest. One question to the
    database for each detector: a hundred thousand leads would not pass through Python in time.
    """
    for code, found in reading.learned(detectors).items():
        with connection.cursor() as cursor:
            cursor.execute(_DEAL, [found.weight, code, found.weight])


def _in_parts(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while several := list(islice(rest, _AT_ONCE)):
        yield several


# What officers do


@transaction.atomic
def tick(
    lead: Lead,
    place: int,
    *,
    outcome: str,
    note: str,
    seen: int,
    once: UUID,
    by: Officer,
    at: datetime,
) -> LeadTick:
    """Write down what was found of one innocent explanation, by its place in the list."""
    done = LeadTick.objects.filter(once=once).first()
    if done is not None:
        return done
    lead = _locked(lead, seen, by, Lead.State.OPEN, Lead.State.MERGED)
    found = next((each for each in reading.explanations(lead) if each.place == place), None)
    if found is None:
        raise Refusal(_("This explanation is not in the list of the detector any more."))
    if outcome not in LeadTick.Outcome.values:
        raise Refusal(_("Choose what you found."))
    on = day_in(by.organ.time_zone, at)
    lead.version += 1
    lead.save(update_fields=["version"])
    body = {**_body(lead, by), "explanation": place, "outcome": outcome}
    return LeadTick.objects.create(
        lead=lead,
        explanation=reading.key_of(found.words),
        outcome=outcome,
        note=_words(note, _("Write what you found, so that a colleague can follow it.")),
        material=lead.material,
        officer=by,
        organ=by.organ,
        ticked_on=on,
        once=once,
        entry=record(act="lead.ticked", body=body, lane="now", on=on),
    )


@transaction.atomic
def dismiss(
    lead: Lead, *, why: str, note: str, seen: int, once: UUID, by: Officer, at: datetime
) -> LeadAct:
    """Put a lead aside with its reason. It stays so until its evidence changes materially."""
    done = LeadAct.objects.filter(once=once).first()
    if done is not None:
        return done
    lead = _locked(lead, seen, by, Lead.State.OPEN)
    if why not in LeadAct.Why.values:
        raise Refusal(_("Choose a reason."))
    told = _words(note, _("Write the reason: whoever reads it later must understand it."))
    lead.state = Lead.State.DISMISSED
    return _done(lead, LeadAct.What.DISMISSED, once, by, at, why=why, note=told)


@transaction.atomic
def reopen(lead: Lead, *, note: str, seen: int, once: UUID, by: Officer, at: datetime) -> LeadAct:
    """Take a lead up again that was dismissed or merged, with the reason."""
    done = LeadAct.objects.filter(once=once).first()
    if done is not None:
        return done
    lead = _locked(lead, seen, by, Lead.State.DISMISSED, Lead.State.MERGED)
    told = _words(note, _("Write the reason: whoever reads it later must understand it."))
    lead.state, lead.merged_into = Lead.State.OPEN, None
    return _done(lead, LeadAct.What.REOPENED, once, by, at, note=told)


@transaction.atomic
def merge(
    lead: Lead, into: Lead, *, note: str, seen: int, once: UUID, by: Officer, at: datetime
) -> LeadAct:
    """Let a lead go up in another on the same matter; what was merged into it goes along."""
    done = LeadAct.objects.filter(once=once).first()
    if done is not None:
        return done
    if lead.pk == into.pk:
        raise Refusal(_("A lead is not merged with itself."))
    for each in sorted((lead, into), key=lambda row: row.pk):  # one order: nobody waits crosswise
        Lead.objects.select_for_update().get(pk=each.pk)
    lead = _locked(lead, seen, by, Lead.State.OPEN)
    into = Lead.objects.get(pk=into.pk)
    if not Lead.objects.open_to(by).filter(pk=into.pk).exists():
        raise Refusal(_("There is no lead with this number for your office."))
    if into.state != Lead.State.OPEN:
        raise Refusal(_("The other lead does not wait any more: name one that does."))
    lead.merged.update(merged_into=into)
    lead.state, lead.merged_into = Lead.State.MERGED, into
    return _done(lead, LeadAct.What.MERGED, once, by, at, note=note.strip(), into=into)


def check_ready(lead: Lead, by: Officer) -> None:
    """Refuse unless a finding may rest on this lead: it waits, the newest run found it, and each
    innocent explanation of the matter was looked at and none explains it."""
    if lead.state != Lead.State.OPEN:
        raise Refusal(_NOT_WAITING)
    if not lead.found or reading.detector_of(lead) is None:
        raise Refusal(_("The newest run does not find this lead any more: nothing rests on it."))
    left = reading.unlooked(lead)
    if left:
        raise Refusal(
            _("Look at each innocent explanation first; %(left)d are left.") % {"left": len(left)}
        )
    if reading.explained(lead):
        raise Refusal(_("An innocent explanation holds: dismiss the lead, or look again."))


@transaction.atomic
def take_over(lead: Lead, *, seen: int, once: UUID, by: Officer, at: datetime) -> LeadAct:
    """Say that a finding rests on this lead from now on; call it where the case is made."""
    done = LeadAct.objects.filter(once=once).first()
    if done is not None:
        return done
    lead = _locked(lead, seen, by, Lead.State.OPEN)
    check_ready(lead, by)
    lead.state, lead.taken_by = Lead.State.TAKEN, by.organ
    return _done(lead, LeadAct.What.TAKEN, once, by, at)


_NOT_WAITING = _("This lead does not wait any more.")


def _locked(lead: Lead, seen: int, by: Officer, *states: str) -> Lead:
    if not Lead.objects.open_to(by).filter(pk=lead.pk).exists():
        raise Refusal(_("There is no lead with this number for your office."))
    lead = Lead.objects.select_for_update().get(pk=lead.pk)
    if lead.version != seen:
        raise Overtaken(reading.acts_since(lead, seen))
    if lead.state not in states:
        waits = lead.state == Lead.State.OPEN
        raise Refusal(_("This lead waits already.") if waits else _NOT_WAITING)
    return lead


def _words(written: str, otherwise: Any) -> str:
    if not written.strip():
        raise Refusal(otherwise)
    return written.strip()


def _body(lead: Lead, by: Officer) -> dict[str, Value]:
    return {"lead": str(lead.id), "officer": str(by.id), "organ": str(by.organ_id)}


def _done(
    lead: Lead, what: LeadAct.What, once: UUID, by: Officer, at: datetime, **told: Any
) -> LeadAct:
    on = day_in(by.organ.time_zone, at)
    lead.version += 1
    lead.save(update_fields=["version", "state", "merged_into", "taken_by"])
    body = _body(lead, by) | {"run": lead.last_run.digest, "why": told.get("why", "")}
    return LeadAct.objects.create(
        lead=lead,
        ordinal=lead.version,
        what=what,
        officer=by,
        organ=by.organ,
        done_on=on,
        once=once,
        entry=record(act=f"lead.{what.value}", body=body, lane="now", on=on),
        **told,
    )
