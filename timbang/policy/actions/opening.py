"""Opening a dossier, describing it, publishing it, and taking it back with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer, Organ
from timbang.law import procedure as law
from timbang.law import service
from timbang.law.refusal import Refusal
from timbang.policy import course, ties
from timbang.policy.actions import owing
from timbang.policy.actions.journal import (
    Said,
    Seen,
    check_may,
    check_untied,
    check_version,
    done_before,
    locked,
    write_line,
)
from timbang.policy.models import Act, Clearer, Dossier, Line, Mode
from timbang.policy.permission import may

WRITERS = {Mode.OBSERVER: "policy_observer", Mode.OFFICE: "analyst"}
OFFICE_KINDS = {Mode.OBSERVER: "policy_observer", Mode.OFFICE: "policy_office"}
CLEARED_AT = ("legal_clearance", "budget_clearance")


@dataclass(frozen=True, slots=True)
class About:
    """What a dossier is about. `office` is whose policy it is; empty in office mode: one's own."""

    title: str
    summary: str
    region_code: str
    office: str = ""
    agency_code: str = ""
    duties: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@transaction.atomic
def open_dossier(
    about: About,
    *,
    mode: Mode,
    by: Officer,
    at: datetime,
    once: UUID,
    clearers: Sequence[tuple[str, Organ]] = (),
) -> Dossier:
    """Open a dossier. An office's own is public from its first day; an observer's once published.

    `clearers` name, in office mode, which office clears at which step: each clearing step has one,
    and never the office that decides; nor does one office clear both.
    """
    earlier = Line.objects.filter(once=once, act=Act.OPENED, officer=by).first()
    if earlier is not None:
        return earlier.dossier
    if by.organ.kind != OFFICE_KINDS[mode] or not may(by, WRITERS[mode]):
        raise Refusal(_("None of your roles may open such a dossier."))
    on = course.today(by.organ, at)
    owing.hold(by.organ_id, *(office.pk for _step, office in clearers))
    organ = Organ.objects.get(pk=by.organ_id)
    last = Dossier.objects.filter(organ=organ, year=on.year).aggregate(last=Max("serial"))
    serial = (last["last"] or 0) + 1
    dossier = Dossier(
        organ=organ,
        year=on.year,
        serial=serial,
        number=f"K-{serial:04d}/{organ.code.upper()}/{on.year}",
        mode=mode,
        opened_on=on,
    )
    _describe(dossier, about)
    if mode == Mode.OFFICE:
        procedure = law.procedures()[course.PROCEDURE]
        dossier.rules, dossier.step = course.version_of(procedure, on), procedure.start
        dossier.published_on = on
    dossier.save(force_insert=True)
    _name_clearers(dossier, clearers, on)
    said = Said(Act.OPENED, to=dossier.step, role=WRITERS[mode], content=_content(dossier))
    write_line(dossier, said, organ=organ, by=by, at=at, once=once)
    if mode == Mode.OFFICE:
        owing.enter_step(dossier, on)
    return dossier


def _name_clearers(dossier: Dossier, clearers: Sequence[tuple[str, Organ]], on: date) -> None:
    if not dossier.by_office:
        if clearers:
            raise Refusal(_("Only an office's own dossier is cleared by other offices."))
        return
    if sorted(step for step, _organ in clearers) != sorted(CLEARED_AT):
        raise Refusal(_("Name the office that gives legal clearance and the one for the budget."))
    for _step, organ in clearers:
        if organ.kind != "clearing_office" or organ.closed_on is not None:
            raise Refusal(_("This office gives no clearance."))
        if organ.pk == dossier.organ_id:
            raise Refusal(_("Nobody clears his own decision: name another office."))
    if len({organ.pk for _step, organ in clearers}) < len(CLEARED_AT):
        raise Refusal(
            _(
                "One office does not give both clearances: name two. This is a rule of this "
                "register: two offices look at what one decides."
            )
        )
    for step, organ in clearers:
        Clearer.objects.create(dossier=dossier, step=step, organ=organ, named_on=on)


def _describe(dossier: Dossier, about: About) -> None:
    title = " ".join(about.title.split())
    if not title:
        raise Refusal(_("Give the policy a title."))
    if len(title) > 200:
        raise Refusal(_("The title is too long: 200 letters at most."))
    unknown = (set(about.duties) - set(service.DUTIES)) | (set(about.groups) - set(service.GROUPS))
    if unknown:
        raise Refusal(_("There is no such duty or group."))
    office = " ".join(about.office.split()) if dossier.mode == Mode.OBSERVER else dossier.organ.name
    if not office:
        raise Refusal(_("Say whose policy it is: the office, not a person."))
    dossier.title, dossier.summary = title, about.summary.strip()
    dossier.office, dossier.agency_code = office[:200], about.agency_code
    dossier.region_code = about.region_code
    dossier.duties, dossier.groups = sorted(about.duties), sorted(about.groups)


def _content(dossier: Dossier) -> dict[str, object]:
    return {
        "title": dossier.title,
        "summary": dossier.summary,
        "office": dossier.office,
        "region": dossier.region_code,
        "duties": dossier.duties,
        "groups": dossier.groups,
    }


@transaction.atomic
def describe(dossier: Dossier, about: About, *, seen: Seen, by: Officer, at: datetime) -> Line:
    """Write anew what a dossier is about; the log keeps that it was changed."""
    dossier = locked(dossier)
    if (earlier := done_before(dossier, seen, Act.DESCRIBED)) is not None:
        return earlier
    check_version(dossier, seen)
    role = check_describer(dossier, by)
    _describe(dossier, about)
    said = Said(Act.DESCRIBED, step=dossier.step, role=role, content=_content(dossier))
    return write_line(dossier, said, organ=by.organ, by=by, at=at, once=seen.once)


def check_describer(dossier: Dossier, by: Officer) -> str:
    """In which role he writes what a dossier is about; refused after its end, and to whom a tie
    keeps from it."""
    role = WRITERS[Mode(dossier.mode)]
    check_may(dossier, by, role)
    check_untied(dossier, by, ties.WRITING)
    return role


@transaction.atomic
def publish(dossier: Dossier, *, seen: Seen, by: Officer, at: datetime) -> Line:
    """Show an observer's dossier to everybody; from then on nothing in it is taken away unseen."""
    dossier = locked(dossier)
    if (earlier := done_before(dossier, seen, Act.PUBLISHED)) is not None:
        return earlier
    check_version(dossier, seen)
    check_may(dossier, by, "policy_observer")
    if dossier.published_on is not None:
        raise Refusal(_("This dossier is public already."))
    if not dossier.pieces.exclude(state="not_sought").exists():
        raise Refusal(
            _(
                "A dossier is published once it has a document with its source, or one that was "
                "sought and is missing."
            )
        )
    dossier.published_on = course.today(by.organ, at)
    said = Said(Act.PUBLISHED, role="policy_observer")
    return write_line(dossier, said, organ=by.organ, by=by, at=at, once=seen.once)


@transaction.atomic
def retract(dossier: Dossier, why: str, *, seen: Seen, by: Officer, at: datetime) -> Line:
    """Take back an observer's published dossier: its number and the reason stay."""
    dossier = locked(dossier)
    if (earlier := done_before(dossier, seen, Act.RETRACTED)) is not None:
        return earlier
    check_version(dossier, seen)
    check_may(dossier, by, "policy_observer")
    if dossier.published_on is None:
        raise Refusal(_("This dossier is not public; there is nothing to take back."))
    if not why.strip():
        raise Refusal(_("Write why the dossier is taken back: everybody will read it."))
    dossier.retracted_on, dossier.why_retracted = course.today(by.organ, at), why.strip()
    said = Said(Act.RETRACTED, words=why.strip(), role="policy_observer")
    return write_line(dossier, said, organ=by.organ, by=by, at=at, once=seen.once)
