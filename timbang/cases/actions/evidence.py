"""Evidence that does not come from a report: brought by an officer, described where it lies, or
made from another exhibit by taking parts out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from timbang.cases import redaction, vault
from timbang.cases.actions import custody, writing
from timbang.cases.actions.journal import Seen, check_may, done_before, locked
from timbang.cases.course import today
from timbang.cases.models import Case, CustodyAct, Exhibit
from timbang.cases.permission import CASEWORK
from timbang.cases.vault import Desk
from timbang.law.refusal import Refusal
from timbang.reports.inspection import inspect

KNOWN = ("application/pdf", *redaction.PICTURES)


@transaction.atomic
def bring_exhibit(
    case: Case,
    data: bytes,
    *,
    title: str,
    provenance: str,
    seen: Seen,
    by: Desk,
    at: datetime,
) -> Exhibit:
    """Take a file into the case that an officer brings: the bytes as they came, and how they came.

    The provenance stays with this organ; the digest that everybody sees is that of these bytes.
    """
    _check_told(provenance)
    found = inspect(data).media_type
    media = found if found in KNOWN else _plain(data)
    about = {"title": title.strip() or str(_("Exhibit")), "media_type": media}
    row = Exhibit(origin=Exhibit.Origin.MANUAL)
    return writing.keep_exhibit(case, row, data, about, seen, by, at, provenance)


def _plain(data: bytes) -> str:
    """Text where it is text; anything else is bytes."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return "application/octet-stream"
    return "application/octet-stream" if "\0" in text else "text/plain"


@transaction.atomic
def describe_exhibit(
    case: Case,
    *,
    title: str,
    description: str,
    kept_at: str,
    provenance: str,
    seen: Seen,
    by: Desk,
    at: datetime,
) -> Exhibit:
    """Take a thing into the case: what it is and where it is kept. The file is the description."""
    _check_told(provenance)
    if not description.strip() or not kept_at.strip():
        raise Refusal(_("Describe the thing, and say where it is kept."))
    about = {
        "title": title.strip() or str(_("Exhibit")),
        "media_type": "text/plain",
        "kept_at": kept_at.strip(),
    }
    row = Exhibit(origin=Exhibit.Origin.PHYSICAL)
    data = description.strip().encode()
    return writing.keep_exhibit(case, row, data, about, seen, by, at, provenance)


def _check_told(provenance: str) -> None:
    if not provenance.strip():
        raise Refusal(_("Write down from whom it came, when and how."))


@transaction.atomic
def redact_exhibit(
    exhibit: Exhibit,
    *,
    passages: Sequence[str] = (),
    regions: str = "",
    pages: str = "",
    title: str = "",
    reason: str,
    seen: Seen,
    by: Desk,
    at: datetime,
) -> Exhibit:
    """Make a new exhibit of this one with parts taken out: passages of a text, regions of a
    picture, or all but some pages of a PDF. The original stays as it is."""
    case = locked(exhibit.case)
    if (earlier := done_before(case, seen)) is not None:
        return Exhibit.objects.get(case=case, journal=earlier)
    check_may(case, by, *CASEWORK)
    if not reason.strip():
        raise Refusal(_("Write down what was taken out, and why."))
    about = vault.open_about(exhibit, by)
    if about is None:
        raise Refusal(_("This exhibit was not given to your office."))
    source = custody.open_exhibit(exhibit, by=by, at=at)
    data, media = _without(str(about["media_type"]), source, passages, regions, pages)
    told = {"title": title.strip() or _("%(title)s (redacted)") % about, "media_type": media}
    row = Exhibit(origin=Exhibit.Origin.REDACTED, source=exhibit)
    made = writing.keep_exhibit(case, row, data, told, seen, by, at, reason)
    on = today(by.organ, at)
    custody.keep(custody.draw(exhibit, CustodyAct.REDACTED, by=by, on=on, words=reason))
    return made


def _without(
    media: str, source: bytes, passages: Sequence[str], regions: str, pages: str
) -> tuple[bytes, str]:
    if media == "text/plain":
        return redaction.words(source, passages), media
    if media in redaction.PICTURES:
        return redaction.picture(source, redaction.boxes(regions))
    if media == "application/pdf":
        return redaction.pages(source, pages), media
    raise Refusal(redaction.UNREADABLE)
