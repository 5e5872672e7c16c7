"""The form of the page on networks: where, when, and for which case or lead."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.cases.forms.fields import typed
from timbang.cases.forms.people import purpose, region_code
from timbang.registry import places
from timbang.registry.day_field import day
from timbang.signals.network.limits import LIMITS


class NetworkForm(forms.Form):
    """What is looked at; sent in the body, for names may follow. `move` shifts the period."""

    region = typed(_("Region"), help_text=_("A code or a name; a province has all in it."))
    first = day(_("From"))
    last = day(_("Until"))
    months = forms.IntegerField(
        label=_("Months from which a tie counts as repeated"),
        min_value=1,
        max_value=120,
        initial=LIMITS.months,
    )
    number = purpose()
    opened = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_region(self) -> str:
        """The code of the region."""
        return region_code(self.cleaned_data["region"])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        first, last = told.get("first"), told.get("last")
        if first and last and first > last:
            self.add_error("last", _("The period ends before it begins."))
        return told

    def moved(self) -> NetworkForm:
        """The form with its period shifted by its own length, as its buttons ask."""
        told = self.cleaned_data
        steps = {"earlier": -1, "later": 1}.get(str(self.data.get("move")), 0)
        if not steps or not told["first"] or not told["last"]:
            return self
        length = (told["last"] - told["first"] + timedelta(days=1)) * steps
        try:
            dates = {key: (told[key] + length).isoformat() for key in ("first", "last")}
        except OverflowError:
            return self
        sent = {key: self.data.get(key, "") for key in self.fields}
        form = NetworkForm(sent | dates)
        return form if form.is_valid() else self

    @property
    def words(self) -> str:
        """What was looked at, as it is sealed."""
        told = self.cleaned_data
        parts = (told["region"], _iso(told["first"]), _iso(told["last"]))
        return "; ".join(["network", *(part for part in parts if part)])

    @property
    def place(self) -> str:
        """The name of the region."""
        code = self.cleaned_data["region"]
        return places.codes().get(code, code)


def _iso(day_: date | None) -> str:
    return day_.isoformat() if day_ else ""
