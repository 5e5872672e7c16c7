"""What every form of an act carries, and the fields that they share."""

from __future__ import annotations

import re
import uuid
from typing import Any, Final, cast

from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from timbang.policy.actions import Seen
from timbang.policy.models import Dossier

LONG: Final = 20_000


def line(label: Any, *, most: int = 200, required: bool = True, help_text: Any = "") -> Any:
    """One line of text."""
    attributes = {"maxlength": most, "autocomplete": "off"}
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        widget=forms.TextInput(attributes),
    )


def text(label: Any, *, rows: int = 5, required: bool = True, help_text: Any = "") -> Any:
    """A long text."""
    return forms.CharField(
        label=label,
        max_length=LONG,
        required=required,
        help_text=help_text,
        widget=forms.Textarea({"rows": rows, "maxlength": LONG}),
    )


def words_at_least(count: int) -> Any:
    """The hint below a field that asks for so many words."""
    return format_lazy(_("At least {count} different words."), count=count)


def money(label: Any, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    """Whole rupiah, with or without dots; the view reads it with `rupiah`."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=30,
        help_text=help_text or _("Whole rupiah, such as 1.250.000"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        validators=[_whole_rupiah],
    )


def _whole_rupiah(value: str) -> None:
    if value.strip() and rupiah(value) is None:
        raise forms.ValidationError(_("Write whole rupiah, such as 1.250.000."))


def rupiah(value: str) -> int | None:
    """An amount as it was typed, in whole rupiah; None for nothing, or for what is no amount."""
    bare = value.replace("Rp", "").replace(".", "").replace(" ", "")
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) <= 18 else None


class Measured(forms.DecimalField):
    """A number of at most three decimals, as it is written in Indonesian: `1.250`, `1,5`.

    A dot stands before three digits or nowhere: what could be read in two ways is refused.
    """

    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_digits=18, decimal_places=3, **options)

    def to_python(self, value: Any) -> Any:
        typed = str(value or "").strip()
        if typed and not re.fullmatch(r"([0-9]{1,3}(\.[0-9]{3})+|[0-9]+)(,[0-9]{1,3})?", typed):
            raise forms.ValidationError(_("Write a number such as 1.250 or 1,5."))
        return super().to_python(typed.replace(".", "").replace(",", "."))


class ActForm(forms.Form):
    """What every form of an act carries: which version was seen, and its own number."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, data: Any = None, *, dossier: Dossier | None = None, **kwargs: Any) -> None:
        initial = {"once": uuid.uuid4(), "version": dossier.version if dossier else None}
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(data, **kwargs)

    @property
    def seen(self) -> Seen:
        """What the officer had before him when he filled in the form."""
        return Seen(self.cleaned_data["version"], self.cleaned_data["once"])

    def again(self, *, version: int) -> None:
        """Let the same form, shown once more with what changed, be sent on what is newer."""
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(version)
        self.data = data


class StepForm(ActForm):
    """A step, with the reason where the procedure asks for one."""

    words = text(_("Reason, which everybody can read"), rows=4, required=False)

    def __init__(self, data: Any = None, *, dossier: Dossier, reasoned: bool) -> None:
        super().__init__(data, dossier=dossier)
        if reasoned:
            self.fields["words"].required = True
        else:
            del self.fields["words"]
