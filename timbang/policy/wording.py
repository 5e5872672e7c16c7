"""Words of this room for what stands in its rows as a code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

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
