"""The forms of what offices do with each other: take on, send back, ask in, pass on."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Organ
from timbang.cases.actions import Given
from timbang.cases.forms.fields import ActForm, typed


def _sure() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("I have checked this. It cannot be undone."),
        error_messages={"required": _("Confirm it: this step cannot be undone.")},
    )


def _office(label: Any) -> forms.ModelChoiceField[Organ]:
    return forms.ModelChoiceField(
        label=label,
        queryset=Organ.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the office.")},
    )


class ReturnForm(ActForm):
    """Sending a case back."""

    reason = typed(
        _("Why your office sends it back"),
        lines=5,
        required=True,
        help_text=_("The office that gave it reads this. It stays with the case."),
    )


class TeamForm(ActForm):
    """Asking an office in, and what it gets to read."""

    office = _office(_("Which office is asked in?"))
    documents = forms.MultipleChoiceField(
        label=_("Documents that go along"), widget=forms.CheckboxSelectMultiple, required=False
    )
    exhibits = forms.MultipleChoiceField(
        label=_("Exhibits that go along"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self,
        data: Any = None,
        *,
        offices: Sequence[Organ],
        documents: Sequence[tuple[str, str]],
        exhibits: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        _offer(self, offices)
        for name, choices in (("documents", documents), ("exhibits", exhibits)):
            if choices:
                self.fields[name].choices = list(choices)  # type: ignore[attr-defined]
            else:
                del self.fields[name]

    def given(self) -> Given:
        """What goes to whom."""
        told = self.cleaned_data
        return Given(
            told["office"],
            documents=frozenset(map(uuid.UUID, told.get("documents", ()))),
            exhibits=frozenset(map(uuid.UUID, told.get("exhibits", ()))),
        )


class RerouteForm(ActForm):
    """Passing on: to whom, and why."""

    office = _office(_("Which office goes on with it?"))
    reason = typed(_("Why it is passed on"), lines=5, required=True)
    sure = _sure()

    def __init__(self, data: Any = None, *, offices: Sequence[Organ], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        _offer(self, offices)


class LeaveForm(ActForm):
    """Ending what an office does in a team."""

    sure = _sure()


def _offer(form: TeamForm | RerouteForm, offices: Sequence[Organ]) -> None:
    found = Organ.objects.filter(pk__in=[organ.pk for organ in offices])
    form.fields["office"].queryset = found  # type: ignore[attr-defined]
