"""Words of this room for what stands in its rows as a code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from timbang.law.bilingual import Bilingual

# Why something that somebody sent is not shown: a closed list, so that dislike is no reason.
WHY_WITHHELD: Final[Mapping[str, Any]] = {
    "accusation": _("It accuses a person by name"),
    "threat": _("It threatens somebody"),
    "private": _("It tells private data of somebody"),
    "outside": _("It is not about this policy"),
    "empty": _("It says nothing"),
}
# A photograph can show people who did not ask for it.
WHY_VISIT_WITHHELD: Final[Mapping[str, Any]] = {
    **WHY_WITHHELD,
    "people": _("A photograph shows people who can be recognised"),
}
PROMISE_KINDS: Final[Mapping[str, Any]] = {
    "campaign": _("In a campaign"),
    "plan": _("In a plan, such as an RPJMD"),
}


def day(on: date) -> Bilingual:
    """A day as it is written in both languages."""
    told = {}
    for language in ("id", "en"):
        with override(language):
            told[language] = date_format(on, "j F Y")
    return Bilingual(**told)
