"""Amounts as people read them."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils import formats

register = template.Library()


@register.filter
def rupiah(value: int | None) -> str:
    """An amount in full: `Rp5.000.000.000`; nothing where it is not known."""
    return "" if value is None else f"Rp{formats.number_format(value, force_grouping=True)}"


@register.filter
def plain(value: Decimal | None) -> str:
    """A measured number without the zeros that a column adds: `900`, `12,5`."""
    if value is None:
        return ""
    bare = value.normalize()
    places = max(0, -int(bare.as_tuple().exponent))
    return str(formats.number_format(bare, places, force_grouping=True))


@register.filter
def percent(share: Decimal | float | None) -> str:
    """A share of one in whole percent: `90 %`."""
    return "" if share is None else f"{formats.number_format(share * 100, 0)} %"
