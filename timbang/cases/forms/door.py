"""Forms of the accused's door, on both sides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.cases.forms.fields import ActForm, typed
from timbang.reports.forms import ReceiptForm


class DoorReceiptForm(ReceiptForm):
    """The receipt that a letter printed."""


class MessageForm(forms.Form):
    """What the accused writes."""

    text = typed(
        _("What you want to say"),
        lines=8,
        help_text=_("Up to 20,000 signs. The office that holds your case reads it."),
    )


class ShowForm(ActForm):
    """What the accused is shown."""

    items = forms.MultipleChoiceField(
        label=_("Show him"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = typed(
        _("A note to him"),
        lines=4,
        help_text=_(
            "He reads it as you write it. Name no reporter, no witness who asked not to be named, "
            "and no other reported person."
        ),
    )

    def __init__(self, *args: Any, offered: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = self.fields["items"]
        assert isinstance(items, forms.MultipleChoiceField)
        items.choices = list(offered)


class TakeForm(ActForm):
    """What of a message is taken among the evidence."""

    what = forms.ChoiceField(label=_("Take"), widget=forms.RadioSelect)
    title = typed(_("Title"))

    def __init__(self, *args: Any, offered: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = list(offered)
