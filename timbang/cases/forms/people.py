"""The form of the search for public persons: whom one looks for, and for which case or lead."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.cases.forms.fields import typed
from timbang.registry import places
from timbang.registry.names.people_file import YEARS

PURPOSE = _(
    "Its number. Every search for a person names one, and is an entry in the log that an "
    "auditor reads; the words themselves are sealed."
)


def purpose() -> forms.CharField:
    """The number of the case or lead; without one nobody is shown."""
    found: forms.CharField = typed(
        _("For which case or lead do you look?"), required=True, help_text=PURPOSE
    )
    return found


class PeopleForm(forms.Form):
    """Whom one looks for, with what else is known of him; sent in the body, never in an address."""

    name = typed(
        _("Name as it is written"),
        required=True,
        help_text=_("With or without titles. Other spellings are found too."),
    )
    agency = typed(_("Agency"), help_text=_("Its code, or its full name as the lists write it."))
    region = typed(_("Region"), help_text=_("A code or a name, such as 32.73 or Kota Bandung."))
    birth_year = forms.IntegerField(
        label=_("Year of birth"), required=False, min_value=YEARS[0], max_value=YEARS[1]
    )
    post = typed(_("Post"), help_text=_("As the lists write it."))
    number = purpose()

    def clean_region(self) -> str:
        """The code of the region."""
        code, doubt = places.region(self.cleaned_data["region"])
        if doubt == "region_ambiguous":
            raise forms.ValidationError(_("A regency and a city bear this name: say which."))
        if code is None and doubt:
            raise forms.ValidationError(_("There is no region with this name or code."))
        return code or ""

    @property
    def words(self) -> str:
        """What was looked for, as it is sealed."""
        told = (
            self.cleaned_data[key] for key in ("name", "agency", "region", "birth_year", "post")
        )
        return "; ".join(str(each) for each in told if each)
