"""The intake door. Two addresses take forms: `tulis/` (write) and `kembali/` (come back).

Which step is meant stands in the body as `do`: addresses, histories and logs tell nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from timbang.law import vocabulary
from timbang.law.refusal import Refusal
from timbang.law.workdays import day_in
from timbang.ledger import actions as ledger
from timbang.reports import (
    actions,
    kinds,
    places,
    printed,
    receipt,
    remedies,
    sheet,
    terms,
    uploads,
    wording,
)
from timbang.reports.actions import OpenedFile, OpenedReport
from timbang.reports.content import Content
from timbang.reports.forms import ReceiptForm, ReplyForm
from timbang.reports.models import Report, Satisfied, Status
from timbang.reports.receipt import ReceiptError
from timbang.reports.sheet import Sheet

# A plain public page that anybody may have open; it gets no referrer.
QUICK_EXIT = "https://www.bmkg.go.id/"


def _page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    return render(request, f"reports/{name}.html", {"exit_url": QUICK_EXIT, **context})


def _printed(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    """A page that is the same for everybody; the address tells the language."""
    return printed.fill_in(request.path_info, lambda: _page(request, name, **context))


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What happens to a report, before anybody types anything."""
    return _printed(request, "start")


@require_safe
def traces(request: HttpRequest) -> HttpResponse:
    """Tells the browser to forget what it kept of this site, and the reader how to do the rest."""
    response = _printed(request, "traces")
    response["Clear-Site-Data"] = '"cache"'
    return response


# Writing


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Province, report, review, sending: one address, the step is in the body."""
    if request.method != "POST":
        return printed.fill_in(
            request.path_info,
            lambda: _place(request, replace(sheet.blank(), draft_text=printed.blank("draft"))),
            draft=receipt.new_draft(),
        )
    do = request.POST.get("do", "review")
    data: QueryDict = request.POST
    if do == "about":
        return _place(request, sheet.read(sheet.begun_elsewhere(data)))
    if do == "person":
        data = sheet.with_person(data)
    elif do.startswith("drop-"):
        number = sheet.read_number(do.removeprefix("drop-"))
        if number is not None:
            data = sheet.without_person(data, number)
    page = sheet.read(data, final=do in ("review", "send"))
    if do == "send" and not request.FILES and not page.notices:
        return _send(request, page)
    _take_files(request, page, do)
    if do == "place" or page.province is None or not page.organs:
        return _place(request, page, asked=do != "place")
    if page.form.final and page.is_complete() and not page.notices:
        return _review(request, page)
    return _fill(request, page)


def _take_files(request: HttpRequest, page: Sheet, do: str) -> None:
    """Stage what came, take out what is not wanted, and say what is gone."""
    if do.startswith("unstage-") and (file_id := sheet.read_id(do.removeprefix("unstage-"))):
        actions.unstage(page.draft, file_id, at=page.today)
        page.files_named -= {file_id}
    known = actions.staged_files(page.draft)
    page.notices += sheet.missing(page.files_named, known)
    page.notices += sheet.stage_uploads(request, page.draft, on=page.today, held=len(known))
    page.files = actions.staged_files(page.draft) if request.FILES else known


def _place(request: HttpRequest, page: Sheet, *, asked: bool = False) -> HttpResponse:
    if asked and page.province is None:
        page.notices.append(_("Please choose a province."))
    elif asked:
        nobody = _("No office here takes such reports for this province yet. Nothing was stored.")
        page.notices.append(f"{nobody} {wording.ELSEWHERE[page.kind]}")
    hidden = _hidden(page, besides=("province", "kind"))
    written = page.form.typed("narrative")
    return _page(
        request, "place", page=page, hidden=hidden, written=written, here="place", enter="fill"
    )


def _fill(request: HttpRequest, page: Sheet) -> HttpResponse:
    """The form. While nothing is typed into it, it is the same for all of a province."""
    if not page.is_untouched:
        return _filled(request, page)
    empty = replace(page, draft_text=printed.blank("draft"))
    key = (request.path_info, page.form.data["province"], page.kind, page.today, page.organs)
    return printed.fill_in(key, lambda: _filled(request, empty), draft=page.draft_text)


def _filled(request: HttpRequest, page: Sheet) -> HttpResponse:
    return _page(
        request,
        "fill",
        page=page,
        here="fill",
        enter="review",  # what the Enter key does in a line of text
        asks=page.form.asks,
        kept_aside=page.form.kept_aside(),
        file_megabytes=uploads.FILE_LIMIT // uploads.MEGABYTE,
        sending_megabytes=uploads.REQUEST_LIMIT // uploads.MEGABYTE,
        files=shown_files(page.files),
    )


def _review(request: HttpRequest, page: Sheet) -> HttpResponse:
    content = page.content()
    # The terms of elections: where another kind is meant, they would frighten for nothing.
    own = terms.own_terms(content.learned_on, page.today, content.election_kind())
    return _page(
        request,
        "review",
        page=page,
        hidden=_hidden(page),
        here="review",
        told=_told(content),
        identity=page.form.identity(),
        organ=page.organ(),
        terms=own,
        late=terms.late(own),
        files=shown_files(page.files),
    )


def _send(request: HttpRequest, page: Sheet) -> HttpResponse:
    if page.province is None or not page.organs:
        return _place(request, page, asked=True)
    if not page.is_complete():
        _take_files(request, page, "")
        return _fill(request, page)
    try:
        filed = actions.file_report(
            draft=page.draft,
            content=page.content(),
            identity=page.form.identity(),
            organ=page.organ(),
            at=page.now,
            staged=page.files_named,
        )
    except actions.FilesGone:
        _take_files(request, page, "")
        return _fill(request, page)
    return _sent(request, filed.report, filed.receipt, changed=filed.changed, again=filed.again)


def _sent(
    request: HttpRequest, report: Report, shown: str, *, changed: bool = False, again: bool = False
) -> HttpResponse:
    """The receipt. Its page says nothing of the report, so that one print serves everybody."""
    with override("id" if get_language() == "en" else "en"):
        in_other_language = reverse("reports:follow")
    told = {"changed": changed, "again": again, "office": report.organ.name}
    return printed.fill_in(
        (get_language(), request.path_info, *told.values()),
        lambda: _page(
            request,
            "sent",
            receipt=printed.blank("receipt"),
            here="sent",
            here_url=in_other_language,
            **told,
        ),
        receipt=shown,
    )


def _hidden(page: Sheet, besides: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """What was typed so far, as it was typed, for a page that shows other inputs."""
    return [
        (key, value)
        for form in (page.form, *page.people)
        for name in form.fields
        if name not in besides
        for key in [form.add_prefix(name)]
        for value in form.typed(key)
    ]


def _told(content: Content) -> list[tuple[str, list[str]]]:
    """The report in words, as the reporter checks it before sending."""
    language = get_language() or "id"
    people = [
        ", ".join(filter(None, (p.name, p.post, p.agency, places.name_of(p.region), status)))
        for p in content.accused
        for known in [vocabulary.STATUSES.get(p.status)]
        for status in [known[language] if known else ""]
    ]
    side = [wording.DIRECTION.get(content.side_direction), wording.SIDE_KIND.get(content.side_kind)]
    contest = vocabulary.CONTEST_KINDS.get(content.contest_kind)
    impact = vocabulary.IMPACTS.get(content.impact)
    rows: list[tuple[str, list[Any]]] = [
        (_("About"), [wording.KIND[kinds.word_of(content.kind)]]),
        (_("Region"), [places.name_of(content.region) or places.name_of(content.province)]),
        (_("Reported"), people),
        (_("Service"), [content.service]),
        (_("What"), [wording.conduct(code, language) for code in content.conduct]),
        (_("In your words"), content.narrative.split("\n")),
        (_("Working days of absence"), [_number(content.absent_workdays)]),
        (_("Valid reason"), [_yes_or_no(content.valid_reason)]),
        (_("Who was harmed"), [impact[language] if impact else ""]),
        (_("Asked for or got"), [_day(content.served_on)]),
        (
            _("Others were treated better"),
            [wording.TREATED_WORSE[code] for code in content.treated_worse],
        ),
        (
            _("Complained to that office"),
            [_yes_or_no(content.complained_first), _day(content.complained_on)],
        ),
        (_("What should be done"), content.wanted.split("\n")),
        (_("Where"), [content.place]),
        (_("Who else saw it"), content.witnesses.split("\n")),
        (_("Election"), [contest[language] if contest else ""]),
        (_("For or against"), [*side, content.side_name]),
        (_("Ordered by"), [wording.ORDERED_BY[code] for code in content.ordered_by]),
        (_("By what means"), [wording.MEANS[code] for code in content.means]),
    ]
    told = [(label, [str(line) for line in lines if line]) for label, lines in rows]
    return [(label, lines) for label, lines in told if lines]


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else _("Yes") if value else _("No")


def _day(value: date | None) -> str:
    return date_format(value, "j F Y") if value else ""


def shown_files(files: list[OpenedFile]) -> list[dict[str, Any]]:
    """Files as the pages show them: name, size, and what was found in them."""
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


# Coming back


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The receipt opens the report: status, messages, files, withdrawal, proof."""
    if request.method != "POST":
        return _printed(request, "follow", form=ReceiptForm(), here="")
    typed = request.POST.get("receipt", "")[:400]
    try:
        secret = receipt.parse(typed)
        report = actions.find(secret)
        if report is None:
            raise ReceiptError("unknown")
    except ReceiptError as error:
        form = ReceiptForm({"receipt": typed})
        form.is_valid()
        form.add_error("receipt", wording.RECEIPT[error.code] % {"detail": error.detail})
        return _page(request, "follow", form=form, here="")
    step = _STEPS.get(request.POST.get("do", "").partition(":")[0], _see)
    return step(request, actions.open_as_reporter(report, secret), receipt.show(secret))


def _show(
    request: HttpRequest,
    opened: OpenedReport,
    shown: str,
    *,
    notices: list[str] | None = None,
    done: str = "",
    form: ReplyForm | None = None,
    once: str | None = None,
) -> HttpResponse:
    """Status and next term, messages, and what can be done. Nothing remembers this visit: what was
    typed or staged and not sent yet stands in the body, and goes back to the page."""
    form = form or ReplyForm(initial={"text": ReplyForm.within_limit(request.POST.get("text", ""))})
    once = request.POST.get("once", "") if once is None else once
    draft = receipt.read_draft(once)
    once = once if draft else receipt.new_draft()
    files = actions.staged_files(draft) if draft else []
    report = opened.report
    return _page(
        request,
        "status",
        report=report,
        receipt=shown,
        once=once,
        status=wording.STATUS[report.status],
        next=wording.NEXT[report.status],
        wish=report.withdrawn_on is not None and report.status != Status.WITHDRAWN,
        messages=opened.messages,
        attachments=shown_files(list(opened.attachments)),
        files=shown_files(files),
        form=form,
        faults=[("id_text", str(message)) for message in form.errors.get("text", ())],
        notices=notices or [],
        done=done,
        here="show",
        **remedies.context(opened),
    )


def _see(request: HttpRequest, opened: OpenedReport, shown: str) -> HttpResponse:
    """The first look, or the same page in the other language with what was typed and chosen."""
    once = _once(request)
    notices = _stage_more(request, opened, once)
    return _show(request, opened, shown, notices=notices, once=once.hex())


def _reply(request: HttpRequest, opened: OpenedReport, shown: str) -> HttpResponse:
    """An answer in words, files with it or alone."""
    once = _once(request)
    form = ReplyForm(request.POST)
    text = form.cleaned_data.get("text", "") if form.is_valid() else ""
    notices = _stage_more(request, opened, once)
    if not form.is_valid() or (not text and not request.FILES):
        if form.is_valid():
            form.add_error("text", _("Please write something, or choose a file."))
        return _show(request, opened, shown, form=form, notices=notices, once=once.hex())
    if not text:
        return _show(request, opened, shown, notices=notices, once=once.hex())
    actions.reply(opened.report, text, report_key=opened.report_key, at=timezone.now(), once=once)
    return _show(
        request, _again(opened), shown, notices=notices, once=once.hex(), form=ReplyForm(),
        done=_("Your message has been sealed and sent."),
    )  # fmt: skip


def _stage_more(request: HttpRequest, opened: OpenedReport, once: bytes) -> list[str]:
    """Keep the files that came, whichever button sent them."""
    if not request.FILES:
        return []
    on = day_in(opened.report.organ.time_zone, timezone.now())
    held = len(actions.staged_files(once))
    return sheet.stage_uploads(request, once, on=on, held=held)


def _add_files(request: HttpRequest, opened: OpenedReport, shown: str) -> HttpResponse:
    """The reporter has seen what was found in the files, and sends them."""
    once, named = _once(request), sheet.named_files(request.POST)
    notices = _stage_more(request, opened, once)
    try:
        actions.add_files(
            opened.report,
            draft=once,
            staged=named,
            report_key=opened.report_key,
            at=timezone.now(),
        )
    except actions.FilesGone:
        notices += sheet.missing(named, actions.staged_files(once))
        return _show(request, opened, shown, notices=notices, once=once.hex())
    return _show(
        request, _again(opened), shown, notices=notices, once=once.hex(),
        done=_("The files have been added."),
    )  # fmt: skip


def _drop_file(request: HttpRequest, opened: OpenedReport, shown: str) -> HttpResponse:
    once = _once(request)
    on = day_in(opened.report.organ.time_zone, timezone.now())
    for file_id in sheet.named_files(request.POST):
        actions.unstage(once, file_id, at=on)
    notices = _stage_more(request, opened, once)
    return _show(request, opened, shown, notices=notices, once=once.hex())


def _answer_offer(request: HttpRequest, opened: OpenedReport, shown: str) -> HttpResponse:
    """Accept or refuse a remedy, with what was written."""
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _show(request, opened, shown, form=form)
    done = remedies.take_answer(
        opened, request.POST.get("do", ""), form.cleaned_data["text"], at=timezone.now()
    )
    return _show(request, _again(opened), shown, form=ReplyForm() if done else None, done=done)


def _say_content(request: HttpRequest, opened: OpenedReport, shown: str) -> HttpResponse:
    """How content he is, with what was written."""
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _show(request, opened, shown, form=form)
    level = request.POST.get("level", "")
    if level not in Satisfied.values:
        return _show(request, opened, shown, notices=[_("Please choose how content you are.")])
    done = remedies.take_level(
        opened, Satisfied(level), form.cleaned_data["text"], at=timezone.now()
    )
    return _show(request, _again(opened), shown, form=ReplyForm() if done else None, done=done)


def _withdraw(request: HttpRequest, opened: OpenedReport, shown: str) -> HttpResponse:
    once = _once(request)
    return _page(
        request,
        "withdraw",
        receipt=shown,
        ends=opened.report.status in actions.BEFORE_A_CASE,
        once=once.hex(),
        text=ReplyForm.within_limit(request.POST.get("text", "")),
        notices=_stage_more(request, opened, once),
        here="withdraw",
    )


def _withdraw_now(request: HttpRequest, opened: OpenedReport, shown: str) -> HttpResponse:
    ended = actions.withdraw(opened.report, report_key=opened.report_key, at=timezone.now())
    done = _("The report is withdrawn.") if ended else _("Your wish has been recorded.")
    return _show(request, _again(opened), shown, done=done)


def _receipt_page(request: HttpRequest, opened: OpenedReport, shown: str) -> HttpResponse:
    return _sent(request, opened.report, shown)


def _proof(request: HttpRequest, opened: OpenedReport, shown: str) -> HttpResponse:
    """The promise until the filing stands in the published log, then the proof; as a text file."""
    entry = opened.report.entry
    try:
        proof = ledger.proof(entry) or ""
        opening = ledger.opening(entry)
    except Refusal as refusal:
        return _show(request, opened, shown, notices=[str(refusal)])
    promise = actions.promise_of(opened.report)
    parts = [
        _("This shows that something was filed, and when. It does not show what. Keep it as "
          "carefully as your receipt, and apart from it."),
        _("Proof that the entry stands in the public log:") if proof else "",
        proof or _("The entry is not in the public log yet; it gets there within a day or two."),
        _("Signed promise:"), promise,
        _("What the entry commits to. Show it only to those whom you trust:"), opening,
    ]  # fmt: skip
    text = "\n\n".join(part.strip() for part in parts if part) + "\n"
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    # The name on the device tells nothing.
    response["Content-Disposition"] = 'attachment; filename="catatan.txt"'
    return response


def _once(request: HttpRequest) -> bytes:
    draft = receipt.read_draft(request.POST.get("once", ""))
    return draft if draft is not None else bytes.fromhex(receipt.new_draft())


def _again(opened: OpenedReport) -> OpenedReport:
    """The same report with what was just written."""
    return actions.open_with_key(opened.report, opened.report_key)


Step = Callable[[HttpRequest, OpenedReport, str], HttpResponse]
_STEPS: Mapping[str, Step] = MappingProxyType(
    {
        "sent": _receipt_page,
        "reply": _reply,
        "add-files": _add_files,
        "drop-files": _drop_file,
        remedies.ACCEPT: _answer_offer,
        remedies.REFUSE: _answer_offer,
        "content": _say_content,
        "withdraw": _withdraw,
        "withdraw-now": _withdraw_now,
        "proof": _proof,
    }
)
