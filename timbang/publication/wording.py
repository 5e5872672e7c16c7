"""The words for the codes in the figures: states, buckets, tables."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timbang.cases import equal
from timbang.law.norms import catalogue
from timbang.law.service import DUTIES, REMEDY_STATES, SATISFACTION
from timbang.law.vocabulary import CONDUCTS, LEVELS

SUBJECTS: Final[dict[str, Promise]] = {"reports": _("Reports"), "cases": _("Cases")}
STATES: Final[dict[str, dict[str, Promise]]] = {
    "reports": {
        "received": _("Received"),
        "in_case": _("Taken up in a case"),
        "forwarded": _("Forwarded to another office"),
        "decided": _("Decided"),
        "closed": _("Closed"),
        "rejected": _("Not taken up"),
        "withdrawn": _("Withdrawn by the reporter"),
    },
    "cases": {
        "received": _("Opened"),
        "in_case": _("Under way"),
        "forwarded": _("Forwarded to another office"),
        "decided": _("Decided"),
        "closed": _("Closed"),
        "rejected": _("Not taken up"),
        "withdrawn": _("Withdrawn"),
    },
}
BUCKETS: Final[dict[str, Promise]] = {
    "to_14": _("up to 14 days"),
    "to_30": _("15 to 30 days"),
    "to_60": _("31 to 60 days"),
    "to_90": _("61 to 90 days"),
    "to_180": _("91 to 180 days"),
    "over_180": _("more than 180 days"),
}


def state(subject: str, code: str) -> str:
    return str(STATES[subject].get(code, code))


def bucket(code: str) -> str:
    return str(BUCKETS.get(code, code))


def conduct(code: str) -> str:
    return str(CONDUCTS.get(code, code))


def month(code: str) -> str:
    """`2026-10` as "Oktober 2026", in the reader's language."""
    return str(formats.date_format(date(int(code[:4]), int(code[5:]), 1), "F Y"))


def short_month(code: str) -> str:
    return str(formats.date_format(date(int(code[:4]), int(code[5:]), 1), "M Y"))


def norm(code: str) -> str:
    """A norm by its title and its first citation; the bare id when it is no longer on file."""
    found = catalogue().norms.get(code)
    return f"{found.title} ({found.citations[0].text})" if found else code


def duty(code: str) -> str:
    """Which duty of government a complaint touches."""
    return str(DUTIES.get(code, code))


def remedy(code: str) -> str:
    """How far a remedy has come."""
    return str(REMEDY_STATES.get(code, code))


def satisfied(code: str) -> str:
    """How content somebody is."""
    return str(SATISFACTION.get(code, code))


def level(code: str) -> str:
    """A level of sanctions in words."""
    return str(LEVELS[code]) if code in LEVELS else code


def sanction_order() -> tuple[str, ...]:
    """Every kind of sanction as "level:kind", light to heavy."""
    return tuple(f"{level}:{kind}" for level, kind in equal.ladder())


def sanction(code: str) -> str:
    """A kind of sanction in words, from "level:kind"."""
    level, _colon, kind = code.partition(":")
    found = equal.titles().get((level, kind))
    return str(found) if found else kind
