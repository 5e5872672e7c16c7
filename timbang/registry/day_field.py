"""The field of a day, as every form of the desk asks for one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.law.vocabulary import FIRST_DAY, LAST_DAY


def day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day, between the first day of the Republic and the end of the century."""
    limits = {"type": "date", "min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        widget=forms.DateInput(limits, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 2027-02-14.")},
        validators=[_possible],
    )


def _possible(value: date) -> None:
    if not FIRST_DAY <= value <= LAST_DAY:
        raise forms.ValidationError(_("This day cannot be: check the year."))
