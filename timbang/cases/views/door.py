"""The accused's door: one address, the step is in the body. No session, no cookie, no script."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from timbang.cases import accused_door, course, door_reading
from timbang.cases.actions import door_sending
from timbang.cases.actions.door_sending import Against, Opened
from timbang.cases.forms.door import DoorReceiptForm, MessageForm
from timbang.cases.models import Decision, DoorMessage
from timbang.law.refusal import Refusal
from timbang.reports import actions as reports
from timbang.reports import printed, receipt, sheet, wording
from timbang.reports.receipt import ReceiptError

ASKS = (DoorMessage.Kind.ANSWER, DoorMessage.Kind.COPY, DoorMessage.Kind.COMPANION)


def _page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    with override("id" if get_language() == "en" else "en"):
        elsewhere = reverse("cases_door:door")
    return render(request, f"cases/accused_{name}.html", {"here_url": elsewhere, **context})


@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """The receipt opens the door; everything else is done behind it."""
    if request.method != "POST":
        return printed.fill_in(
            request.path_info, lambda: _page(request, "receipt", form=DoorReceiptForm())
        )
    typed = request.POST.get("receipt", "")[:400]
    try:
        opened, shown = _opened(request, typed)
    except ReceiptError as error:
        form = DoorReceiptForm({"receipt": typed})
        form.is_valid()
        form.add_error("receipt", _words(error))
        return _page(request, "receipt", form=form)
    return _STEPS.get(request.POST.get("do", ""), _show)(request, opened, shown)


def _opened(request: HttpRequest, typed: str) -> tuple[Opened, str]:
    """The door of this receipt; or, when the same form exchanged it before, of the new one."""
    secret = receipt.parse(typed)
    found = door_sending.find(secret)
    draft = receipt.read_draft(request.POST.get("once", ""))
    if found is None and draft is not None and request.POST.get("do") == "exchange-now":
        secret = accused_door.secret_of(draft)
        found = door_sending.find(secret)
    if found is None:
        raise ReceiptError("unknown")
    return found, receipt.show(secret)


def _words(error: ReceiptError) -> str:
    if error.code == "unknown":
        return _(
            "This receipt opens no door here. Please compare it with the newest letter: an older "
            "receipt opens nothing once you were given another, or exchanged it."
        )
    return str(wording.RECEIPT[error.code] % {"detail": error.detail})


def _show(
    request: HttpRequest,
    opened: Opened,
    shown: str,
    *,
    notices: list[str] | None = None,
    done: str = "",
    form: MessageForm | None = None,
    once: bytes | None = None,
    template: str = "door",
    **more: Any,
) -> HttpResponse:
    """What he may read, and what he can do. Nothing remembers this visit: what was typed or staged
    stands in the body, and goes back to the page."""
    draft = once or receipt.read_draft(request.POST.get("once", "")) or new_draft()
    on = course.today(opened.door.case.keeper, timezone.now())
    return _page(
        request,
        template,
        page=door_reading.page(opened, on=on),
        receipt=shown,
        once=draft.hex(),
        files=_shown(reports.staged_files(draft)),
        form=form or MessageForm(initial={"text": request.POST.get("text", "")[:20_000]}),
        kind=request.POST.get("kind", "answer"),
        notices=notices or [],
        done=done,
        here="print" if template == "print" else "show",
        **more,
    )


def new_draft() -> bytes:
    """A fresh secret for a form."""
    return bytes.fromhex(receipt.new_draft())


def _shown(files: list[reports.OpenedFile]) -> list[dict[str, Any]]:
    return [
        {
            "id": file.id,
            "name": file.about.name,
            "size": file.about.size,
            "found": [wording.FOUND[code] for code in file.about.found],
            "has_copy": file.has_copy,
        }
        for file in files
    ]


def _stage(request: HttpRequest, opened: Opened, draft: bytes) -> list[str]:
    """Keep the files that came; what could not be taken is said."""
    if not request.FILES:
        return []
    on = course.today(opened.door.case.keeper, timezone.now())
    held = len(reports.staged_files(draft))
    return sheet.stage_uploads(request, draft, on=on, held=held)


def _send(request: HttpRequest, opened: Opened, shown: str) -> HttpResponse:
    """An answer, or a request; with files, he first sees what is hidden in them."""
    kind = request.POST.get("kind", "")
    known = kind if kind in ASKS else DoorMessage.Kind.ANSWER
    return _sent(request, opened, shown, DoorMessage.Kind(known), None)


def _sent(
    request: HttpRequest,
    opened: Opened,
    shown: str,
    kind: DoorMessage.Kind,
    against: Against | None,
) -> HttpResponse:
    draft = receipt.read_draft(request.POST.get("once", "")) or new_draft()
    form, notices = MessageForm(request.POST), _stage(request, opened, draft)
    staged = sheet.named_files(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    if request.FILES:
        said = _("Look at what was found in your files, then send once more.")
        return _show(request, opened, shown, form=form, once=draft, notices=[*notices, said])
    if not form.is_valid() or not (text.strip() or staged):
        if form.is_valid():
            form.add_error("text", _("Please write something, or choose a file."))
        return _show(request, opened, shown, form=form, once=draft, notices=notices)
    try:
        door_sending.send(
            opened,
            kind=kind,
            text=text,
            draft=draft,
            at=timezone.now(),
            staged=staged,
            against=against,
        )
    except reports.FilesGone:
        notices = sheet.missing(staged, reports.staged_files(draft))
        return _show(request, opened, shown, form=form, once=draft, notices=notices)
    except Refusal as refusal:
        return _show(request, opened, shown, form=form, once=draft, notices=[str(refusal)])
    done = _("It has been sealed and sent. The office sees it in your case.")
    return _show(request, opened, shown, done=done, form=MessageForm(), once=new_draft())


def _object(request: HttpRequest, opened: Opened, shown: str) -> HttpResponse:
    """An objection, while its term is open on any reading."""
    code, _mark, pk = request.POST.get("against", "").partition(":")
    decision_id = sheet.read_id(pk)
    rows = Decision.objects.filter(accused=opened.door.accused_id).select_related("case__procedure")
    decision = rows.filter(pk=decision_id).first() if decision_id else None
    if decision is None:
        notice = _("Choose the decision and the objection once more.")
        return _show(request, opened, shown, notices=[notice])
    against = Against(decision, code)
    return _sent(request, opened, shown, DoorMessage.Kind.OBJECTION, against)


def _drop(request: HttpRequest, opened: Opened, shown: str) -> HttpResponse:
    draft = receipt.read_draft(request.POST.get("once", "")) or new_draft()
    on = course.today(opened.door.case.keeper, timezone.now())
    for file_id in sheet.named_files(request.POST):
        reports.unstage(draft, file_id, at=on)
    return _show(request, opened, shown, once=draft)


def _item(request: HttpRequest, opened: Opened, shown: str) -> HttpResponse:
    """One thing that he was shown, in full."""
    page = door_reading.page(opened, on=course.today(opened.door.case.keeper, timezone.now()))
    wanted = request.POST.get("item", "")
    item = next((found for found in page.items if str(found.row.pk) == wanted), None)
    if item is None:
        return _show(request, opened, shown)
    context = {"item": item, "receipt": shown, "here": "item", "page": page}
    return _page(request, "item", **context)


def _exchange(request: HttpRequest, opened: Opened, shown: str) -> HttpResponse:
    once = receipt.read_draft(request.POST.get("once", "")) or new_draft()
    return _page(request, "exchange", receipt=shown, once=once.hex(), here="exchange")


def _exchange_now(request: HttpRequest, opened: Opened, shown: str) -> HttpResponse:
    draft = receipt.read_draft(request.POST.get("once", "")) or new_draft()
    try:
        secret = door_sending.exchange(opened, draft=draft, at=timezone.now())
    except Refusal as refusal:
        return _show(request, opened, shown, notices=[str(refusal)])
    told = accused_door.notice(secret, host=settings.INTAKE_URL, language=_language())
    return _page(request, "exchanged", notice=told, receipt=told.receipt, here="show")


def _language() -> accused_door.Language:
    return "en" if get_language() == "en" else "id"


def _print(request: HttpRequest, opened: Opened, shown: str) -> HttpResponse:
    return _show(request, opened, shown, template="print")


Step = Callable[[HttpRequest, Opened, str], HttpResponse]
_STEPS: Mapping[str, Step] = MappingProxyType(
    {
        "send": _send,
        "object": _object,
        "drop-files": _drop,
        "item": _item,
        "exchange": _exchange,
        "exchange-now": _exchange_now,
        "print": _print,
    }
)
