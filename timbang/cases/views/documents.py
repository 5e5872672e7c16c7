"""What is written in a case: study, recommendation, notes, letters; and exhibits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse

from timbang.accounts.access import OfficerRequest
from timbang.accounts.models import Officer
from timbang.cases import actions, course, door_desk, drafting, reading, study_parts, vault
from timbang.cases.actions import Desk, writing
from timbang.cases.drafting import Basis, Writing
from timbang.cases.files import download
from timbang.cases.forms.writing import (
    ExhibitForm,
    NoteForm,
    StudyForm,
    WordsForm,
    WritingForm,
)
from timbang.cases.models import Case, DocumentKind, Exhibit
from timbang.cases.permission import (
    CASE_READERS,
    CASEWORK,
    attachment_for,
    case_for,
    document_for,
    may,
)
from timbang.cases.views.desk import (
    attempt,
    desk_of,
    desk_page,
    done_or_said,
    now,
    report_of,
    show,
    to_case,
)
from timbang.law.bilingual import Bilingual
from timbang.law.vocabulary import STATUSES
from timbang.reports import actions as reports

KINDS = {"kajian": DocumentKind.STUDY, "rekomendasi": DocumentKind.RECOMMENDATION}


@desk_page(*CASEWORK)
def write(request: OfficerRequest, case_id: UUID, kind: str) -> HttpResponse:
    """Write a study or recommendation: the newest version, or a draft from facts and norms."""
    case = case_for(request.officer, case_id)
    desk, what = desk_of(request), KINDS[kind]
    newest = _own_newest(case, what, desk)
    if newest is None:
        text, base = drafting.draft(what, basis_of(case, desk)), 0
    else:
        text, base = Writing.from_json(newest.body), newest.row.version
    form = _writing_form(request, case, what, text, base, newest)
    context: dict[str, Any] = {"case": case, "form": form, "kind": what, "new": newest is None}
    if what == DocumentKind.STUDY:
        context["form_source"] = study_parts.SOURCE

    def act() -> HttpResponse:
        actions.write_document(
            case,
            what,
            form.writing().as_json() | _parts_of(form),
            base_version=form.cleaned_data["base"],
            seen=form.seen,
            by=desk,
            at=now(),
        )
        return to_case(case, "document")

    if request.method == "POST" and form.is_valid():
        answer, refused = attempt(form, act)
        if answer is not None:
            return answer
        context |= refused
        if "since" in refused:
            context["newest"] = _own_newest(case, what, desk)
            form.again(base=writing.last_version(case, what, desk))
    return show(request, "document_write", context)


def _writing_form(
    request: OfficerRequest,
    case: Case,
    kind: DocumentKind,
    text: Writing,
    base: int,
    newest: reading.OpenedDocument | None,
) -> WritingForm:
    """The form of a recommendation, or of a study with its parts."""
    if kind != DocumentKind.STUDY:
        return WritingForm(request.POST or None, case=case, writing=text, base=base)
    parts = newest.body.get("parts", {}) if newest else {}
    return StudyForm(request.POST or None, case=case, writing=text, base=base, parts=parts)


def _parts_of(form: WritingForm) -> dict[str, Any]:
    return {"parts": form.parts()} if isinstance(form, StudyForm) else {}


def _own_newest(case: Case, kind: DocumentKind, desk: Desk) -> reading.OpenedDocument | None:
    """The newest version that this organ wrote itself; another organ's is read, not continued."""
    found = reading.documents_of(case, desk, kind)
    return next((one for one in found if one.row.organ_id == desk.organ.pk), None)


@desk_page(*CASE_READERS, methods=("GET", "HEAD"))
def document(request: OfficerRequest, case_id: UUID, document_id: UUID) -> HttpResponse:
    """One version, to read; a letter as a download."""
    row = document_for(request.officer, case_id, document_id)
    desk = desk_of(request)
    body = vault.open_document(row, desk) or {}
    if row.kind == DocumentKind.LETTER:
        check_letter(request.officer, row.case, body)
        name = f"{body['title']} {row.case.number}.pdf"
        return download(writing.letter_bytes(body), name=name, media_type="application/pdf")
    context = {
        "case": row.case,
        "row": row,
        "writing": Writing.from_json(body),
        "text": str(body.get("text", "")),
        **_study(row.kind, body),
        "receipts": [_status(found) for found in body.get("receipts", ())],
    }
    return show(request, "document", context)


def check_letter(officer: Officer, case: Case, body: Mapping[str, Any]) -> None:
    """404 for a letter that prints the receipt of a door, unless he may give that receipt: whoever
    has it reads there and writes as the reported person."""
    prints = bool(body.get("made", {}).get("from", {}).get("door"))
    if prints and not (may(officer, *CASEWORK) and door_desk.reads(case, officer)):
        raise Http404


def _study(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """The parts of a study, and which are missing."""
    if kind != DocumentKind.STUDY:
        return {}
    parts = body.get("parts", {})
    return {
        "parts": study_parts.told(parts),
        "missing_parts": study_parts.missing(parts),
        "form_source": study_parts.SOURCE,
    }


def _status(kept: dict[str, Any]) -> Bilingual | None:
    """For which employment status a receipt was made."""
    return STATUSES.get(kept["inputs"].get("status", ""))


@desk_page(*CASE_READERS, methods=("GET", "HEAD"))
def receipt(request: OfficerRequest, case_id: UUID, document_id: UUID, place: int) -> HttpResponse:
    """What was asked of the law when a version was written, and what it answered: facts and
    articles, no names, as `timbang law repeat` reads it."""
    row = document_for(request.officer, case_id, document_id)
    found = (vault.open_document(row, desk_of(request)) or {}).get("receipts", [])
    if place >= len(found):
        raise Http404
    data = json.dumps(found[place], ensure_ascii=False, indent=1).encode()
    name = f"{row.kind} {row.version} {row.case.number} {place + 1}.json"
    return download(data, name=name, media_type="application/json")


@desk_page()
def note(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Add a note that stays with the organ."""
    case = case_for(request.officer, case_id)
    desk, form = desk_of(request), NoteForm(request.POST or None)
    context: dict[str, Any] = {"case": case, "form": form}

    def act() -> HttpResponse:
        body = {"text": form.cleaned_data["text"]}
        actions.write_document(
            case, DocumentKind.NOTE, body, base_version=0, seen=form.seen, by=desk, at=now()
        )
        return to_case(case, "note")

    return done_or_said(request, form, act, "note", context)


def basis_of(case: Case, desk: Desk) -> Basis:
    """What drafts and letters of this case rest on."""
    on = course.today(desk.organ, now())
    people = [found.person for found in reading.people_of(case, desk, on=on)]
    return Basis(
        case=case,
        people=people,
        facts=reading.facts_of(case, desk),
        groups=reading.findings_of(case, desk, on=on),
    )


@desk_page(*CASEWORK, methods=("GET", "HEAD"))
def exhibits(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """The files and words of this case's reports, from which exhibits are chosen."""
    case = case_for(request.officer, case_id)
    desk = desk_of(request)
    taken = set(case.exhibits.values_list("attachment", flat=True))
    found = [
        (report, [(file, file.id in taken) for file in opened.attachments])
        for report in reading.reports_of(case, desk)
        for opened in [reports.open_report(report, desk.private)]
    ]
    context = {"case": case, "found": found, "exhibits": reading.exhibits_of(case, desk)}
    return show(request, "exhibits", context)


@desk_page(*CASEWORK)
def take_file(
    request: OfficerRequest, case_id: UUID, report_id: UUID, attachment_id: UUID
) -> HttpResponse:
    """Take a file of a report into the case."""
    case = case_for(request.officer, case_id)
    report_of(request, report_id)
    attachment = attachment_for(request.officer, report_id, attachment_id)
    if not case.reports.filter(report=attachment.report_id).exists():
        raise Http404
    desk = desk_of(request)
    opened = reports.open_report(attachment.report, desk.private)
    file = next(found for found in opened.attachments if found.id == attachment.pk)
    form = ExhibitForm(request.POST or None, case=case)
    context: dict[str, Any] = {"case": case, "form": form, "file": file}

    def act() -> HttpResponse:
        actions.choose_exhibit(
            case,
            file,
            opened,
            title=form.cleaned_data["title"],
            original=form.cleaned_data["form_of"] == Exhibit.Origin.ORIGINAL,
            seen=form.seen,
            by=desk,
            at=now(),
        )
        return to_case(case, "exhibit")

    return done_or_said(request, form, act, "exhibit_file", context)


@desk_page(*CASEWORK)
def take_words(request: OfficerRequest, case_id: UUID, report_id: UUID) -> HttpResponse:
    """Take words of the reporter into the case, as the officer cut them."""
    case = case_for(request.officer, case_id)
    report = report_of(request, report_id)
    if not case.reports.filter(report=report).exists():
        raise Http404
    desk = desk_of(request)
    opened = reports.open_report(report, desk.private)
    initial = {"text": opened.content.narrative}
    form = WordsForm(request.POST or None, case=case, initial=initial)
    context: dict[str, Any] = {"case": case, "form": form}

    def act() -> HttpResponse:
        actions.choose_words(
            case,
            opened,
            title=form.cleaned_data["title"],
            text=form.cleaned_data["text"],
            seen=form.seen,
            by=desk,
            at=now(),
        )
        return to_case(case, "exhibit")

    return done_or_said(request, form, act, "exhibit_words", context)
