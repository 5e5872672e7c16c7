"""The forms of an officer's own day: what to see, several steps in one go, reminders, searches."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.cases import my_day
from timbang.cases.actions.at_once import Chosen
from timbang.cases.forms.fields import typed
from timbang.cases.my_day import Wish
from timbang.law.vocabulary import REPORT_KINDS

WHOSE = (
    ("", _("Mine, and what nobody has")),
    (my_day.MINE, _("Given to me")),
    (my_day.FREE, _("Given to nobody")),
    (my_day.ALL, _("All of our office")),
)
DUE = (
    ("", _("At any time")),
    (my_day.LATE, _("Past the safe day")),
    (my_day.TODAY, _("Today or before")),
    (my_day.THIS_WEEK, _("Within seven days")),
)
# The name of a step in an address: procedure and step, which both are slugs.
Steps = Sequence[tuple[str, Sequence[tuple[str, str]]]]


class WishForm(forms.Form):
    """What to see of the cases that wait; sent in the address, because it holds codes only."""

    whose = forms.ChoiceField(label=_("Whose"), choices=WHOSE, required=False)
    due = forms.ChoiceField(label=_("Due"), choices=DUE, required=False)
    kind = forms.ChoiceField(label=_("About"), required=False)
    at = forms.ChoiceField(label=_("Standing at"), required=False)
    mostly_optional = True

    def __init__(self, data: Any = None, *, steps: Steps, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        kinds = [("", _("Anything")), *((code, str(name)) for code, name in REPORT_KINDS.items())]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["at"].choices = [("", _("Any step")), *steps]  # type: ignore[attr-defined]

    @property
    def wish(self) -> Wish:
        """What was asked for; whatever nobody offered counts as nothing."""
        told = self.cleaned_data if self.is_bound and self.is_valid() else {}
        procedure, _slash, step = told.get("at", "").partition("/")
        return Wish(
            whose=told.get("whose", ""),
            due=told.get("due", ""),
            kind=told.get("kind", ""),
            procedure=procedure,
            step=step,
        )


class SeveralForm(forms.Form):
    """The ticked cases, each at the version that was shown, and one reason for all of them."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    cases = forms.MultipleChoiceField(
        label=_("Cases"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one case.")},
    )
    reason = typed(
        _("Reason"), lines=3, help_text=_("It stands in each of these cases as a sealed note.")
    )
    sure = forms.BooleanField(
        label=_("I have looked at each of these cases. It cannot be undone."),
        error_messages={"required": _("Confirm it: this step cannot be undone.")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        offered: Sequence[tuple[str, str]],
        needs_reason: bool,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"once": uuid.uuid4()}
        super().__init__(data, **kwargs)
        self.fields["cases"].choices = list(offered)  # type: ignore[attr-defined]
        self.fields["reason"].required = needs_reason

    @property
    def chosen(self) -> list[Chosen]:
        """What was ticked."""
        parts = (one.partition(":") for one in self.cleaned_data["cases"])
        return [Chosen(uuid.UUID(case), int(version)) for case, _sign, version in parts]


class MailForm(forms.Form):
    """Where the digest goes."""

    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("A code goes there first. The digest holds counts only, no name and no case."),
    )

    def clean_address(self) -> str:
        """Plain signs only: what a mail server of any age understands."""
        address: str = self.cleaned_data["address"]
        if not address.isascii():
            raise forms.ValidationError(_("Use an address of plain letters and digits."))
        return address


class CodeForm(forms.Form):
    """The code that came by mail."""

    code = forms.CharField(label=_("The code from the mail"), max_length=20)


class FindForm(forms.Form):
    """Words to find; sent in the body, so that no address ever holds a name."""

    words = typed(
        _("Case number, name or agency"),
        required=True,
        help_text=_("A case number, such as 12 or 12/2026, needs nothing else."),
    )
    number = typed(
        _("For which case or lead do you look?"),
        help_text=_(
            "Its number. Every search for a person names one, and is an entry in the log that an "
            "auditor reads; the words themselves are sealed."
        ),
    )
