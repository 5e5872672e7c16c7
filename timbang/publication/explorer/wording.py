"""The words of the explorer for codes and figures, in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timbang.law.vocabulary import CONTEST_KINDS
from timbang.registry import places

METHODS: Final[dict[str, Promise]] = {
    "open": gettext_lazy("open tender"),
    "selective": gettext_lazy("tender among chosen firms"),
    "limited": gettext_lazy("limited"),
    "direct": gettext_lazy("direct procurement"),
}
CATEGORIES: Final[dict[str, Promise]] = {
    "goods": gettext_lazy("goods"),
    "works": gettext_lazy("works"),
    "services": gettext_lazy("services"),
}
AMOUNT_OF: Final[dict[str, Promise]] = {
    "contract": gettext_lazy("contracts"),
    "award": gettext_lazy("award"),
    "value": gettext_lazy("estimate"),
    "budget": gettext_lazy("budget"),
}
PHASES: Final[dict[str, Promise]] = {
    "before_confirmation": gettext_lazy("before candidates are confirmed"),
    "confirmation": gettext_lazy("day on which candidates are confirmed"),
    "confirmed": gettext_lazy("candidates confirmed, campaign not begun"),
    "campaign": gettext_lazy("campaign"),
    "quiet": gettext_lazy("quiet days"),
    "voting": gettext_lazy("voting day"),
    "after_voting": gettext_lazy("after voting"),
}
PARTS: Final[dict[str, Promise]] = {
    "award": gettext_lazy("Award"),
    "contract": gettext_lazy("Contract"),
}


def amount(value: float | None, currency: str | None = "IDR") -> str:
    """An amount in full: "Rp196.000.000"; "" where it is not known."""
    if value is None:
        return ""
    number = formats.number_format(round(value), force_grouping=True)
    return f"Rp{number}" if currency in (None, "IDR") else f"{currency} {number}"


def number(value: float, places_after: int = 0) -> str:
    return str(formats.number_format(value, places_after, force_grouping=True))


def measure(value: object) -> str:
    """A measure of an indication: a number with as many places as it needs, or a day."""
    if isinstance(value, bool) or value is None:
        return _("yes") if value else "–" if value is None else _("no")
    if isinstance(value, int | float):
        return number(value, 0 if float(value).is_integer() else 2)
    return day(date.fromisoformat(str(value)))


def day(value: date | None) -> str:
    return str(formats.date_format(value, "j F Y")) if value else ""


def month(code: str) -> str:
    """`2018-06` as "Juni 2018"."""
    return str(formats.date_format(date(int(code[:4]), int(code[5:]), 1), "F Y"))


def region(code: str | None) -> str:
    """The name of a region; its code where no list has it."""
    return places.codes().get(code, code) if code else ""


def contest(kind: str | None) -> str:
    return str(CONTEST_KINDS.get(kind, kind)) if kind else ""


def method(code: str | None) -> str:
    return str(METHODS.get(code, code)) if code else ""


def category(code: str | None) -> str:
    return str(CATEGORIES.get(code, code)) if code else ""


def to_voting(days: int | None) -> str:
    """How far voting is away, in words."""
    if days is None:
        return ""
    if days == 0:
        return _("on voting day")
    if days > 0:
        return _("%(days)s days before voting") % {"days": number(days)}
    return _("%(days)s days after voting") % {"days": number(-days)}


def year(code: str | int | None) -> str:
    return _("not known") if code in (None, 0, "unknown", "") else str(code)
