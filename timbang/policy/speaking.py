"""The intake door of policies: a comment on a plan, what was seen on site, and the way back.

No session, no cookie, no script, and no address of the network is kept. What was typed travels in
the body. A receipt is shown once; whoever has it reads what was done with what he sent.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from timbang.law import policy
from timbang.law.refusal import Refusal
from timbang.ledger import actions as ledger
from timbang.policy import addresses, course, docket_reading, wording
from timbang.policy.actions import speaking
from timbang.policy.actions.speaking import Sent, Visited
from timbang.policy.forms.voices import CommentForm, VisitForm
from timbang.policy.models import Comment, Dossier, Shown, SiteVisit
from timbang.registry import reading
from timbang.reports import places, receipt, sheet, uploads
from timbang.reports import wording as intake_wording
from timbang.reports.actions import FilesGone, OpenedFile, staged_files, unstage
from timbang.reports.forms import MIDDLE, ReceiptForm
from timbang.reports.receipt import ReceiptError
from timbang.reports.views import QUICK_EXIT, shown_files

page = require_http_methods(["GET", "HEAD", "POST"])
NO_RECEIPT: Final = gettext_lazy(
    "Nothing belongs to this receipt here. Please check that you are on the same site where you "
    "sent it."
)
STATES: Final = {
    Shown.WAITING: gettext_lazy("Nobody has read it yet. It is shown to nobody until then."),
    Shown.SHOWN: gettext_lazy("Everybody can read it on the page of the policy."),
    Shown.WITHHELD: gettext_lazy("It is not shown. That there is one, and why, is counted."),
}


def _page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    return render(request, f"policy/{name}.html", {"exit_url": QUICK_EXIT, **context})


def _docket_url(dossier: Dossier) -> str:
    """The public page of a dossier, in the language of this page; "" where nobody knows it."""
    if settings.DOOR not in ("all", "public") and not settings.PUBLIC_URL:
        return ""
    prefix = "/en/" if get_language() == "en" else "/"
    return f"{settings.PUBLIC_URL}{prefix}kebijakan/{addresses.slug_of(dossier.number)}/"


def _draft(request: HttpRequest) -> str:
    """The draft that the form brought back; a new one where it is missing or damaged."""
    text = request.POST.get("draft", "")
    return text if receipt.read_draft(text) is not None else receipt.new_draft()


def _frame(dossier: Dossier) -> dict[str, Any]:
    return {
        "dossier": dossier,
        "number": addresses.slug_of(dossier.number),
        "docket_url": _docket_url(dossier),
        "retracted": dossier.retracted_on is not None,
    }


# --- a comment ------------------------------------------------------------------------------------


@page
def comment(request: HttpRequest, number: str) -> HttpResponse:
    """Write a comment, and get the receipt; both at one address."""
    dossier = addresses.found(number)
    draft = _draft(request)
    # A second click after the door was shut finds its comment and shows the receipt again.
    again = Comment.objects.filter(receipt=receipt.locator(receipt.secret_of(bytes.fromhex(draft))))
    if not docket_reading.takes_comments(dossier) and not again.exists():
        return _page(request, "comment_closed", **_frame(dossier))
    sent = request.method == "POST" and request.POST.get("do") == "send"
    form = CommentForm(request.POST) if sent else CommentForm(initial=_typed(request, CommentForm))
    if sent and form.is_valid():
        try:
            done = speaking.send_comment(
                dossier,
                draft=bytes.fromhex(draft),
                name=form.cleaned_data["name"],
                body=form.cleaned_data["body"],
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _sent(request, "comment_sent", done, **_frame(dossier))
    context = {
        "form": form, "draft": draft, "here": "fill", "last": _last_day(dossier),
        "closes": course.comments_close_from(dossier), "faults": _faults(form),
    }  # fmt: skip
    return _page(request, "comment", **context, **_frame(dossier))


def _typed(request: HttpRequest, form: type[CommentForm] | type[VisitForm]) -> dict[str, str]:
    """What was typed so far: it goes back to the page, in the other language too."""
    longest = 2 * speaking.LONGEST
    return {name: request.POST.get(name, "")[:longest] for name in form.base_fields}


def _faults(form: CommentForm | VisitForm) -> list[tuple[str, str]]:
    """Every message of the form, with the input that it is about."""
    return [
        (form[name].auto_id if name in form.fields else "", str(message))
        for name, messages in form.errors.items()
        for message in messages
    ]


def _last_day(dossier: Dossier) -> date | None:
    """Until when a comment is taken, as far as a day is known."""
    lane = docket_reading.lane_of(dossier)
    if lane is not None and dossier.step == "direct_execution":
        return lane.sunset_on
    term = dossier.terms.running().filter(step="consultation").first()
    days = [term.last_on if term else None, course.comments_close_from(dossier)]
    return max((day for day in days if day is not None), default=None)


def _sent(request: HttpRequest, name: str, done: Sent, **context: Any) -> HttpResponse:
    """The receipt, shown once; in the other language the button opens what was sent."""
    with override("id" if get_language() == "en" else "en"):
        here_url = reverse("voices:follow")
    return _page(request, name, done=done, here="open", here_url=here_url, **context)


# --- what was seen on site ------------------------------------------------------------------------


@page
def visit(request: HttpRequest, number: str) -> HttpResponse:
    """Tell what was seen on site, look it through with what was found in the photographs, send."""
    dossier = addresses.found(number)
    draft_text = _draft(request)
    draft = bytes.fromhex(draft_text)
    again = SiteVisit.objects.filter(receipt=receipt.locator(receipt.secret_of(draft)))
    if not docket_reading.takes_visits(dossier) and not again.exists():
        return _page(request, "visit_closed", **_frame(dossier))
    on = course.today(dossier.organ, timezone.now())
    do = request.POST.get("do", "") if request.method == "POST" else ""
    final = do in ("review", "send")
    form = _visit_form(request, dossier, on, final=final)
    named, notices = _take_photos(request, draft, do, on, sent_before=again.exists())
    if do == "send" and form.is_valid() and not notices and not request.FILES:
        answer = _send_visit(request, dossier, form, draft, named, notices)
        if answer is not None:
            return answer
    files = [file for file in staged_files(draft) if speaking.is_photo(file)]
    context = {
        "form": form, "draft": draft_text, "notices": notices, "faults": _faults(form),
        "photos": shown_files(files),
        "files": files, "photos_left": max(0, uploads.FILES_LIMIT - len(files)),
        "megabytes": uploads.FILE_LIMIT // uploads.MEGABYTE, **_frame(dossier),
    }  # fmt: skip
    if final and form.is_valid() and not notices:
        told = _told(form, dossier)
        return _page(request, "visit_review", told=told, here="review", **context)
    return _page(request, "visit", here="fill", **context)


def _visit_form(request: HttpRequest, dossier: Dossier, on: date, *, final: bool) -> VisitForm:
    choices: dict[str, Any] = {
        "regions": _regions(dossier),
        "milestones": [(str(row.ordinal), row.title) for row in dossier.milestones.all()],
        "today": on,
    }
    if final:
        return VisitForm(request.POST, **choices)
    typed = _typed(request, VisitForm)
    if request.method != "POST":
        typed["region"] = dossier.region_code
    return VisitForm(initial=typed, **choices)


def _regions(dossier: Dossier) -> list[tuple[str, str]]:
    """The region of the dossier and those within it; all provinces for the whole country."""
    own = reading.region(dossier.region_code)
    if own is None:
        return [(place.code, place.name) for place in places.provinces()]
    inside = places.regencies(own.code) if own.kind == "province" else ()
    return [(own.code, own.name), *((place.code, place.name) for place in inside)]


def _take_photos(
    request: HttpRequest, draft: bytes, do: str, on: date, *, sent_before: bool
) -> tuple[frozenset[UUID], list[str]]:
    """Stage what came, take out what is not wanted or is no photograph, and say what is gone."""
    if request.method != "POST":
        return frozenset(), []
    named = sheet.named_files(request.POST)
    if do.startswith("unstage-") and (file_id := sheet.read_id(do.removeprefix("unstage-"))):
        unstage(draft, file_id, at=on)
        named -= {file_id}
    known = staged_files(draft)
    # What was sent stands with the visit now, and waits here no more.
    notices = [] if sent_before else sheet.missing(named, known)
    notices += sheet.stage_uploads(request, draft, on=on, held=len(known))
    notices += [_not_taken(draft, file, on) for file in staged_files(draft)
                if not speaking.is_photo(file)]  # fmt: skip
    return named, notices


def _not_taken(draft: bytes, file: OpenedFile, on: date) -> str:
    unstage(draft, file.id, at=on)
    return _("File not added: %(name)s: only photographs are taken: JPEG, PNG or WebP.") % {
        "name": file.about.name
    }


def _send_visit(
    request: HttpRequest,
    dossier: Dossier,
    form: VisitForm,
    draft: bytes,
    named: frozenset[UUID],
    notices: list[str],
) -> HttpResponse | None:
    told = form.cleaned_data
    visited = Visited(
        place=told["place"],
        seen_on=told["seen_on"],
        body=told["body"],
        region_code=told["region"],
        milestone=int(told["milestone"]) if told.get("milestone") else None,
    )
    try:
        done = speaking.send_visit(dossier, visited, draft=draft, staged=named, at=timezone.now())
    except FilesGone:
        notices += sheet.missing(named, staged_files(draft))
        return None
    except Refusal as refusal:
        notices.append(str(refusal))
        return None
    complaint = _complaint(dossier, visited)
    return _sent(request, "visit_sent", done, **_frame(dossier), **complaint)


def _told(form: VisitForm, dossier: Dossier) -> list[tuple[Any, Any]]:
    """What will be sent, in words."""
    told = form.cleaned_data
    milestone = dossier.milestones.filter(ordinal=told.get("milestone") or 0).first()
    rows = [
        (form.fields["place"].label, told["place"]),
        (form.fields["region"].label, dict(_regions(dossier)).get(told["region"], "")),
        (form.fields["seen_on"].label, told["seen_on"]),
        (_("Milestone"), milestone.title if milestone else ""),
        (form.fields["body"].label, told["body"]),
    ]
    return [(label, value) for label, value in rows if value]


def _complaint(dossier: Dossier, visited: Visited) -> dict[str, str]:
    """What a button carries into the form of a complaint, where it is seen and may be changed."""
    reference = _("Policy %(number)s: %(title)s. Seen at %(place)s on %(day)s.") % {
        "number": dossier.number, "title": dossier.title, "place": visited.place,
        "day": visited.seen_on.isoformat(),
    }  # fmt: skip
    return {
        "about": f"{reference}\n\n{visited.body.strip()}"[:MIDDLE],
        "about_region": (visited.region_code or dossier.region_code)[:2],
    }


# --- the way back ---------------------------------------------------------------------------------


@page
def follow(request: HttpRequest) -> HttpResponse:
    """The receipt shows what became of a comment or a visit; nothing is written."""
    if request.method != "POST":
        return _page(request, "comment_follow", form=ReceiptForm())
    typed = request.POST.get("receipt", "")[:400]
    try:
        secret = receipt.parse(typed)
        row = speaking.find(secret)
    except ReceiptError as error:
        told = intake_wording.RECEIPT[error.code] % {"detail": error.detail}
        return _no_receipt(request, typed, told)
    if row is None:
        return _no_receipt(request, typed, NO_RECEIPT)
    if request.POST.get("do") == "proof":
        return _proof(row)
    reasons = wording.WHY_VISIT_WITHHELD
    context = {
        "row": row,
        "receipt": receipt.show(secret),
        "is_comment": isinstance(row, Comment),
        "state": STATES[Shown(row.state)],
        "why": reasons.get(row.why_withheld, ""),
        "outcome": policy.COMMENT_OUTCOMES.get(getattr(row, "outcome", ""), ""),
        "here": "open",
    }
    return _page(request, "comment_status", **context, **_frame(row.dossier))


def _no_receipt(request: HttpRequest, typed: str, told: Any) -> HttpResponse:
    form = ReceiptForm({"receipt": typed})
    form.is_valid()
    form.add_error("receipt", told)
    return _page(request, "comment_follow", form=form)


def _proof(row: Comment | SiteVisit) -> HttpResponse:
    """What the log recorded of it: to be kept, and shown to whoever asks whether it was sent."""
    proof = ledger.proof(row.entry) or ledger.promise(row.entry)
    text = "\n\n".join([ledger.opening(row.entry).strip(), proof.strip()]) + "\n"
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="catatan.txt"'
    return response
