"""The public address of a dossier: its number, in small letters.

`K-0001/DINAS-A/2026` stands at `kebijakan/k-0001-dinas-a-2026/`. Pure but for `found`.
"""

from __future__ import annotations

import re
from typing import Final

from django.http import Http404

from timbang.policy.models import Dossier

_SLUG: Final = re.compile(r"(k-[0-9]{4,9})-([a-z0-9_-]{1,64})-([0-9]{4})", re.IGNORECASE)


def slug_of(number: str) -> str:
    """How a number stands in an address."""
    return number.lower().replace("/", "-")


def number_of(slug: str) -> str | None:
    """The number that an address means; None where it can mean none."""
    found = _SLUG.fullmatch(slug)
    return "/".join(found.groups()).upper() if found else None


def found(slug: str) -> Dossier:
    """The published dossier at this address; for everybody else's eyes there is none."""
    number = number_of(slug)
    rows = Dossier.objects.public().select_related("organ", "rules")
    dossier = rows.filter(number=number).first() if number else None
    if dossier is None:
        raise Http404
    return dossier
