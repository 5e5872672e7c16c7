"""The public side of a decree: the document itself, and whether a copy of it is the one made."""

from __future__ import annotations

import re
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from timbang.ledger import actions as ledger
from timbang.ledger import documents
from timbang.policy import addresses
from timbang.policy.models import Decree

DIGEST: Final = re.compile(r"[0-9a-f]{64}")
LARGEST: Final = 10 * 1024 * 1024


def check_address(host: str, number: str) -> str:
    """Where a copy of a decree is checked. `number`: that of its dossier."""
    return f"{host.rstrip('/')}/kebijakan/{addresses.slug_of(number)}/keputusan/"


def _decree(number: str) -> Decree:
    dossier = addresses.found(number)
    row = Decree.objects.select_related("dossier", "organ", "entry").filter(dossier=dossier).first()
    if row is None or dossier.retracted_on is not None:
        raise Http404
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def decree(request: HttpRequest, number: str) -> HttpResponse:
    """What the log has of this decree; a file that is sent is compared, never kept."""
    row = _decree(number)
    digest = bytes.fromhex(row.sha256)
    context: dict[str, Any] = {
        "decree": row,
        "slug": addresses.slug_of(row.dossier.number),
        "log": documents.in_log(row.entry, "digest", digest),
        "kept": documents.compare(digest, row.size, bytes(row.pdf)),
    }
    if request.method == "POST":
        context |= _compared(request, row)
    elif "sidik" in request.GET:
        told = request.GET["sidik"].strip().lower()
        if not DIGEST.fullmatch(told):
            context["no_digest"] = True
        else:
            context["same"] = "same" if told == row.sha256 else "other"
    return render(request, "policy/docket_decree.html", context)


def _compared(request: HttpRequest, row: Decree) -> dict[str, Any]:
    """What came of holding a file against the decree. Larger files are not read at all."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return {"too_large": True}
    file = request.FILES.get("berkas")
    if file is None:
        return {"no_file": True}
    return {"same": documents.compare(bytes.fromhex(row.sha256), row.size, file.read())}


@require_safe
def decree_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The decree as it was made, byte for byte."""
    row = _decree(number)
    response = HttpResponse(bytes(row.pdf), content_type="application/pdf")
    name = f"{addresses.slug_of(row.dossier.number)}-keputusan.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@require_safe
def decree_proof(request: HttpRequest, number: str) -> HttpResponse:
    """What the log recorded, and the proof that it stands there: `timbang log check` reads it."""
    row = _decree(number)
    parts = [ledger.opening(row.entry), ledger.proof(row.entry) or ledger.promise(row.entry)]
    response = HttpResponse("\n".join(parts), content_type="text/plain; charset=utf-8")
    name = f"{addresses.slug_of(row.dossier.number)}-keputusan.txt"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
