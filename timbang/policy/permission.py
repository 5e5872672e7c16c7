"""The one way to a dossier: fetch it if this officer may see it, else it does not exist.

What is published everybody may read. Before that: the officers of the office that writes it, and
of the offices that clear it. Who only manages officers sees none.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404

from timbang.accounts import codes
from timbang.accounts.models import Officer
from timbang.policy.models import Dossier

READERS: Final = codes.POLICY_ROLES
OFFICE_ROLES: Final = tuple(role for role in READERS if role != "policy_observer")


def may(officer: Officer, *roles: str) -> bool:
    """Whether the officer has one of these roles and was not revoked."""
    return officer.is_active and officer.has_role(*roles)


def works_here(officer: Officer) -> bool:
    """Whether the pages of this room are for him at all."""
    return officer.works_on_policy


def dossier_for(officer: Officer, dossier_id: UUID) -> Dossier:
    """A dossier that he may see."""
    if not works_here(officer):
        raise Http404
    rows = Dossier.objects.seen_by(officer).select_related("organ", "rules", "lane__line")
    found = rows.filter(pk=dossier_id).first()
    if found is None:
        raise Http404
    return found


def own_dossier_for(officer: Officer, dossier_id: UUID) -> Dossier:
    """A dossier that his own office writes."""
    found = dossier_for(officer, dossier_id)
    if found.organ_id != officer.organ_id:
        raise Http404
    return found
