"""Where a dossier stands and what a debt is called, in the words of the dossier's own rules."""

from __future__ import annotations

from django import template

from timbang.law import policy
from timbang.law.bilingual import Bilingual
from timbang.policy import course
from timbang.policy.actions.stepping import owed_as
from timbang.policy.models import Debt, Dossier

register = template.Library()


@register.simple_tag
def stands_at(dossier: Dossier) -> Bilingual:
    """The step at which it stands, or how it ended; the path of one that is only watched."""
    if not dossier.by_office:
        return policy.PATHS[dossier.path]  # type: ignore[index]
    ended = dossier.ended_as
    return course.title_of(dossier, f"end:{ended}" if ended else dossier.step)


@register.simple_tag
def debt_title(debt: Debt) -> Bilingual:
    """What is owed."""
    return owed_as(debt.dossier, debt.code).title
