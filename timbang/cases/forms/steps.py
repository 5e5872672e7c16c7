"""The forms of the steps of a case, its side tracks, deliveries, answers and hearings."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Organ
from timbang.cases.actions import Given
from timbang.cases.forms.acting import conflict_field
from timbang.cases.forms.fields import ActForm, typed
from timbang.cases.forms.reports import Ways, way_choices
from timbang.law import procedure as law
from timbang.registry.day_field import day


class StepForm(ActForm):
    """One step of the procedure, with what it needs: a reason, declarations, a receiver."""

    reason = typed(_("Reason"), lines=5)
    declared = forms.MultipleChoiceField(
        label=_("You state, under your name, that"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    done_on = day(
        _("On which day did the outside office do this?"),
        help_text=_("As its answer says."),
    )
    receiver = forms.ModelChoiceField(
        label=_("Which office gets the case?"),
        queryset=Organ.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the office that gets the case.")},
    )
    documents = forms.MultipleChoiceField(
        label=_("Documents that go along"), widget=forms.CheckboxSelectMultiple, required=False
    )
    exhibits = forms.MultipleChoiceField(
        label=_("Exhibits that go along"), widget=forms.CheckboxSelectMultiple, required=False
    )
    conflict = conflict_field()
    sure = forms.BooleanField(
        label=_("I have checked this. It cannot be undone."),
        error_messages={"required": _("Confirm it: this step cannot be undone.")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        needs_reason: bool,
        asks_conflict: bool = False,
        declare: Sequence[str],
        outside: bool,
        receivers: Sequence[Organ],
        documents: Sequence[tuple[str, str]],
        exhibits: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["reason"].required = needs_reason
        if not asks_conflict:
            del self.fields["conflict"]
        self._offer("declared", [(code, str(law.GUARDS[code].holds)) for code in declare])
        if not outside:
            del self.fields["done_on"]
        else:
            self.fields["done_on"].required = True
        if receivers:
            found = Organ.objects.filter(pk__in=[organ.pk for organ in receivers])
            self.fields["receiver"].queryset = found  # type: ignore[attr-defined]
        else:
            del self.fields["receiver"]
        self._offer("documents", documents if receivers else ())
        self._offer("exhibits", exhibits if receivers else ())

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        if choices:
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def given(self) -> Given | None:
        """What goes to whom, if the step leads to another organ."""
        to = self.cleaned_data.get("receiver")
        if to is None:
            return None
        return Given(
            to,
            documents=frozenset(map(uuid.UUID, self.cleaned_data.get("documents", ()))),
            exhibits=frozenset(map(uuid.UUID, self.cleaned_data.get("exhibits", ()))),
        )


class TrackForm(ActForm):
    """Opening a side track."""

    sure = forms.BooleanField(
        label=_("I have checked this. It cannot be undone."),
        error_messages={"required": _("Confirm it: this step cannot be undone.")},
    )


class TransitionForm(ActForm):
    """Moving a case to the procedure that followed its own."""

    reason = typed(_("Reason"), lines=3, required=True)
    sure = forms.BooleanField(
        label=_("I have checked this. It cannot be undone."),
        error_messages={"required": _("Confirm it: this step cannot be undone.")},
    )


class FollowForm(ActForm):
    """The case that follows this one: by which remedy, and who asked for it."""

    why = forms.ChoiceField(label=_("What follows"), widget=forms.RadioSelect)
    procedure = forms.ChoiceField(
        label=_("Procedure"),
        required=False,
        help_text=_("Only if none of the remedies above is meant."),
    )
    reason = typed(
        _("Who asks for it, when it came, and what it says"),
        lines=5,
        required=True,
        help_text=_("It stays with the new case as a note."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        remedies: Sequence[tuple[law.Remedy, law.Procedure, Sequence[str]]],
        others: Ways,
        other: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        why, procedure = self.fields["why"], self.fields["procedure"]
        named = [
            (f"{remedy.code}:{start}", f"{remedy.title} · {rules.step(start).title}")
            for remedy, rules, starts in remedies
            for start in starts
        ]
        why.choices = [*named, (other, _("Another procedure"))]  # type: ignore[attr-defined]
        procedure.choices = [("", _("Not chosen")), *way_choices(others)]  # type: ignore[attr-defined]
        if not remedies:
            self.initial["why"] = other
        self.other = other

    def clean(self) -> dict[str, Any]:
        """Another procedure must be named."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("why") == self.other and not cleaned.get("procedure"):
            self.add_error("procedure", _("Choose the procedure."))
        return cleaned


class DeliveryForm(ActForm):
    """What is known of a file that went outside."""

    ticket = typed(_("Ticket or registration number"))
    sent_on = day(_("Sent on"))
    proven_on = day(
        _("Arrived on"),
        help_text=_("Only with proof. From this day on the term of the outside office runs."),
    )
    proof = typed(
        _("Proof of arrival"),
        lines=3,
        help_text=_("For example the number of a receipt, a stamp, who signed for it."),
    )


class AnswerForm(ActForm):
    """What an outside organ answered."""

    text = typed(_("What the office answered"), lines=8, required=True)
    answered_on = day(_("Day of the answer"), required=True)


class HearingForm(ActForm):
    """The day of a hearing."""

    held_on = day(_("Heard on"), required=True)


class SummonsForm(ActForm):
    """One summons."""

    sent_on = day(_("Summons sent on"), required=True)
    summoned_for_on = day(_("Summoned for"), required=True)
