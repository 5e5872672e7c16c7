"""Is this letter real? For whoever holds one: its code, its number, its bytes against the log."""

from __future__ import annotations

import re
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from timbang.cases import checking
from timbang.cases.files import download
from timbang.cases.models import IssuedLetter
from timbang.ledger import actions as ledger

DIGEST: Final = re.compile(r"[0-9a-f]{64}")
LARGEST: Final = 10 * 1024 * 1024


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Where a code is typed that cannot be scanned."""
    typed = request.GET.get("kode", "")[:200]
    code = checking.read_code(typed) if typed else None
    if code is not None:
        return redirect(reverse("cases_check:letter", args=[code]))
    return render(request, "cases/check_ask.html", {"typed": typed, "no_code": bool(typed)})


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, letter_code: str) -> HttpResponse:
    """What is known of the letter with this code; a file that is sent is compared, never kept."""
    row = _letter(letter_code)
    context: dict[str, Any] = {"letter": row, "code": checking.read_code(letter_code)}
    if row is None:
        return render(request, "cases/check_letter.html", context, status=404)
    context["log"] = checking.in_log(row)
    if request.method == "POST":
        context |= _compared(request, row)
    elif "sidik" in request.GET:
        context |= _told(request.GET["sidik"], row)
    return render(request, "cases/check_letter.html", context)


def _letter(code: str) -> IssuedLetter | None:
    read = checking.read_code(code)
    return checking.found(read) if read else None


def _told(digest: str, row: IssuedLetter) -> dict[str, Any]:
    """What came of holding a digest against the letter's: for who sends no file."""
    told = digest.strip().lower()
    if not DIGEST.fullmatch(told):
        return {"no_digest": True}
    same = bytes.fromhex(told) == bytes(row.digest)
    return {"same": "same" if same else "other", "shown": told if same else ""}


def _compared(request: HttpRequest, row: IssuedLetter) -> dict[str, Any]:
    """What came of holding a file against the letter. Larger files are not read at all."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return {"too_large": True}
    file = request.FILES.get("berkas")
    if file is None:
        return {"no_file": True}
    data = file.read()
    same = checking.compare(row, data)
    return {"same": same, "shown": bytes(row.digest).hex() if same != "other" else ""}


@require_safe
def receipt(request: HttpRequest, letter_code: str) -> HttpResponse:
    """What the ledger recorded, and the proof that it stands in the log: for who has the letter.

    `?sidik=` is the letter's own digest: only who has its bytes knows it, and learns nothing new
    from an entry that names its kind. `timbang log check` reads the file.
    """
    row = _letter(letter_code)
    told = request.GET.get("sidik", "").lower()
    if row is None or not DIGEST.fullmatch(told) or bytes.fromhex(told) != bytes(row.digest):
        raise Http404
    if not row.entry.salt:
        raise Http404
    parts = [ledger.opening(row.entry), ledger.proof(row.entry) or ledger.promise(row.entry)]
    data = "\n".join(parts).encode()
    return download(data, name=f"{checking.read_code(letter_code)}.txt", media_type="text/plain")
