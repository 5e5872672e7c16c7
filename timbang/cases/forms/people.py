"""Forms of the pages on public persons and posts: who or what, and for which case or lead."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.cases.forms.fields import typed
from timbang.registry import places
from timbang.registry.names.people_file import YEARS
from timbang.registry.posts import PostKey

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


# Keys of rows hold whole names and titles.
KEY_LENGTH = 4_000


def hidden(*, required: bool = False) -> forms.CharField:
    """What a search gave, sent on in the body: an address would tell names to the browser."""
    return forms.CharField(required=required, max_length=KEY_LENGTH, widget=forms.HiddenInput)


def region_code(written: str) -> str:
    """The code of today of a region by a code or name of any time; "" for none."""
    code, doubt = places.region(written)
    if doubt == "region_ambiguous":
        raise forms.ValidationError(_("A regency and a city bear this name: say which."))
    if code is None and doubt:
        raise forms.ValidationError(_("There is no region with this name or code."))
    return code or ""


class RecordForm(forms.Form):
    """For which case or lead a record with people in it is opened."""

    number = purpose()


class CareerForm(RecordForm):
    """Whose career is opened, and for which case or lead."""

    person = hidden(required=True)


class PostsForm(forms.Form):
    """Which posts are looked for: words of the title or of the agency."""

    words = typed(
        _("Post or agency"),
        required=True,
        help_text=_("Words of the title or of the agency, such as: kepala dinas sosial."),
    )
    region = typed(_("Region"), help_text=_("A code or a name, such as 32.73 or Kota Bandung."))

    def clean_region(self) -> str:
        """The code of the region."""
        return region_code(self.cleaned_data["region"])


class PostForm(forms.Form):
    """Whose holders are opened, and for which case or lead."""

    code, agency, agency_name = hidden(), hidden(), hidden()
    title = hidden(required=True)
    number = purpose()

    @property
    def key(self) -> PostKey:
        """The post that was chosen."""
        told = self.cleaned_data
        return PostKey(told["code"], told["agency"], told["agency_name"], told["title"])

    @property
    def words(self) -> str:
        """What was opened, as it is sealed."""
        key = self.key
        return "; ".join(each for each in (key.title, key.agency_name or key.agency) if each)


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
        return region_code(self.cleaned_data["region"])

    @property
    def words(self) -> str:
        """What was looked for, as it is sealed."""
        told = (
            self.cleaned_data[key] for key in ("name", "agency", "region", "birth_year", "post")
        )
        return "; ".join(str(each) for each in told if each)
