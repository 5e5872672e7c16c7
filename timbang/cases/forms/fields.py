"""What every form of an act carries, and the fields that they share."""

from __future__ import annotations

import uuid
from typing import Any, Final, cast

from django import forms
from django.http import QueryDict

from timbang.cases.actions import Seen
from timbang.cases.models import Case

SHORT: Final = 200


LONG: Final = 20_000


def typed(label: Any, *, lines: int = 1, required: bool = False, help_text: Any = "") -> Any:
    """A text field with the desk's limits: one line of 200 signs, or a long text."""
    limit = LONG if lines > 1 else SHORT
    attributes: dict[str, Any] = {"maxlength": limit, "autocomplete": "off"}
    widget: Any = forms.TextInput(attributes)
    if lines > 1:
        widget = forms.Textarea(attributes | {"rows": lines})
    return forms.CharField(
        label=label, max_length=limit, required=required, help_text=help_text, widget=widget
    )


def lines_of(value: str) -> tuple[str, ...]:
    """One item a line; empty lines are left out."""
    return tuple(line.strip() for line in value.splitlines() if line.strip())


class ActForm(forms.Form):
    """What every form of an act carries."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, data: Any = None, *, case: Case | None = None, **kwargs: Any) -> None:
        initial = {"once": uuid.uuid4(), "version": case.version if case else None}
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(data, **kwargs)

    @property
    def seen(self) -> Seen:
        """What the officer had before him when he filled in the form."""
        return Seen(self.cleaned_data["version"], self.cleaned_data["once"])

    def again(self, **newer: int) -> None:
        """Let the same form, shown once more with what changed, be sent on what is newer."""
        data = cast(QueryDict, self.data).copy()
        data["once"] = str(uuid.uuid4())
        for name, number in newer.items():
            data[name] = str(number)
        self.data = data
