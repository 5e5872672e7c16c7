"""Sealed files as downloads: never shown in the page, never run, never kept by the browser."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from django.http import HttpResponse

SAFE_NAME = re.compile(r"[^A-Za-z0-9._ -]")
# Types that a browser may open after saving; anything else is only bytes.
KNOWN_TYPES = frozenset(
    {
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "image/jpeg",
        "image/png",
        "image/webp",
        "image/gif",
        "text/plain",
    }
)
LONGEST_NAME = 100


def download(data: bytes, *, name: str, media_type: str) -> HttpResponse:
    """The bytes as an attachment with a harmless name; `media_type` only if it is a known one."""
    kind = media_type if media_type in KNOWN_TYPES else "application/octet-stream"
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = disposition(name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "no-store"
    return answer


def disposition(name: str) -> str:
    """A Content-Disposition that no file name can break out of (RFC 6266)."""
    flat = "".join(
        " " if unicodedata.category(sign).startswith("C") or sign in "/\\" else sign
        for sign in name
    )
    whole = flat.strip(" .")[-LONGEST_NAME:] or "file"
    plain = unicodedata.normalize("NFKD", whole).encode("ascii", "ignore").decode()
    plain = SAFE_NAME.sub("_", plain).strip(" .") or "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(whole, safe='')}"
