"""The one way to a report or a case: fetch it if this officer may see it, else it does not exist.

Reports belong to the organ that received them, cases to the organs that hold their key. The roles
`administrator` and `auditor` open no content, whatever the organ; who votes in the plenary or
carries out a decision opens the case, and never a report.
"""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404

from timbang.accounts.models import Officer
from timbang.cases.models import (
    Accused,
    Case,
    CaseReport,
    Conflict,
    Delivery,
    Document,
    Erasure,
    Exhibit,
    LegalHold,
    PriorInformation,
    Seat,
)
from timbang.reports.models import Attachment, Report

Row = TypeVar("Row", bound=Model)

READERS = ("receiver", "examiner", "decision_maker")
# Who opens a case, but not the reports behind it.
CASE_READERS = (*READERS, "plenary", "executing_officer")
TRIAGE = ("receiver", "decision_maker")
CASEWORK = ("examiner", "decision_maker")
# Who delivers and carries out what was decided.
CARRIERS = ("decision_maker", "executing_officer")


def may(officer: Officer, *roles: str) -> bool:
    """Whether the officer has one of these roles and was not revoked."""
    return officer.is_active and officer.has_role(*roles)


def open_reports(officer: Officer) -> QuerySet[Report]:
    """Reports of his organ, without those of cases from which a conflict keeps him away."""
    barred = Conflict.objects.barring(officer).values("case")
    taken = CaseReport.objects.filter(case__in=barred).values("report")
    return Report.objects.filter(organ=officer.organ).exclude(pk__in=taken)


def open_information(officer: Officer) -> QuerySet[PriorInformation]:
    """Prior information of his organ, without what went up in cases kept from him."""
    barred = Conflict.objects.barring(officer).values("case")
    taken = CaseReport.objects.filter(case__in=barred).values("report")
    rows = PriorInformation.objects.filter(organ=officer.organ)
    return rows.exclude(case__in=barred).exclude(report__in=taken)


def information_for(officer: Officer, information_id: UUID) -> PriorInformation:
    """Prior information of the officer's own organ."""
    rows = open_information(officer).select_related("report", "case")
    return _found(officer, rows, information_id)


def report_for(officer: Officer, report_id: UUID) -> Report:
    """A report that came to the officer's own organ, and to no case that he may not open."""
    return _found(officer, open_reports(officer), report_id)


def attachment_for(officer: Officer, report_id: UUID, attachment_id: UUID) -> Attachment:
    """A file of such a report."""
    report = report_for(officer, report_id)
    return _found(officer, Attachment.objects.filter(report=report), attachment_id)


def case_for(officer: Officer, case_id: UUID) -> Case:
    """A case that the officer's organ holds, unless a conflict keeps him away from it."""
    cases = Case.objects.open_to(officer).select_related("holder", "keeper", "procedure")
    return _found(officer, cases, case_id, CASE_READERS)


def document_for(officer: Officer, case_id: UUID, document_id: UUID) -> Document:
    """A document version of such a case, if its key was given to the organ."""
    case = case_for(officer, case_id)
    documents = Document.objects.filter(case=case, keys__organ=officer.organ)
    # Before the count the reasons of a vote are for nobody but whoever cast it.
    uncounted = Seat.objects.filter(plenary__organ=officer.organ, plenary__closed_on=None)
    others = uncounted.exclude(officer=officer).exclude(dissent=None)
    documents = documents.exclude(pk__in=others.values("dissent"))
    return _found(officer, documents, document_id, CASE_READERS)


def exhibit_for(officer: Officer, case_id: UUID, exhibit_id: UUID) -> Exhibit:
    """An exhibit of such a case, if its key was given to the organ."""
    case = case_for(officer, case_id)
    exhibits = Exhibit.objects.filter(case=case, keys__organ=officer.organ)
    return _found(officer, exhibits, exhibit_id, CASE_READERS)


def accused_for(officer: Officer, case_id: UUID, accused_id: UUID) -> Accused:
    """A reported person of such a case."""
    case = case_for(officer, case_id)
    return _found(officer, Accused.objects.filter(case=case), accused_id, CASE_READERS)


def delivery_for(officer: Officer, case_id: UUID, delivery_id: UUID) -> Delivery:
    """A file that went to an outside organ, kept by the officer's own organ."""
    case = case_for(officer, case_id)
    return _found(
        officer, Delivery.objects.filter(case=case, keeper=officer.organ), delivery_id, CASE_READERS
    )


def hold_for(officer: Officer, case_id: UUID, hold_id: UUID) -> LegalHold:
    """A hold that the officer's own organ placed on such a case."""
    rows = LegalHold.objects.filter(case=case_for(officer, case_id), organ=officer.organ)
    return _found(officer, rows.select_related("case"), hold_id, ("decision_maker",))


def erasure_for(officer: Officer, erasure_id: UUID) -> Erasure:
    """A proposal of the officer's organ, of no case that he may not open."""
    barred = Conflict.objects.barring(officer).values("case")
    rows = Erasure.objects.filter(organ=officer.organ).exclude(case__in=barred)
    told = rows.select_related("case__procedure", "proposed_by", "answered_by")
    return _found(officer, told, erasure_id, ("decision_maker",))


def _found(
    officer: Officer, rows: QuerySet[Row], row_id: UUID, roles: tuple[str, ...] = READERS
) -> Row:
    found = rows.filter(pk=row_id).first() if may(officer, *roles) else None
    if found is None:
        raise Http404
    return found
