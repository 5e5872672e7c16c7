"""The forms about a report: ask, reject, open an identity, make a case of it, join it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.cases.forms.facts import _choices, label_of
from timbang.cases.forms.fields import ActForm, typed
from timbang.cases.vault import Person
from timbang.law import procedure as law
from timbang.law.vocabulary import (
    REPORT_KINDS,
)

# Procedures, each with the steps at which this office may begin.
Ways = Sequence[tuple[law.Procedure, Sequence[str]]]


class QuestionForm(ActForm):
    """A question to the reporter."""

    text = typed(
        _("Question"),
        lines=5,
        required=True,
        help_text=_("The reporter reads it with his receipt. Do not name other people."),
    )


class RejectForm(ActForm):
    """Why no case is made of a report."""

    reason = typed(
        _("Reason"),
        lines=5,
        required=True,
        help_text=_("The reporter reads it with his receipt."),
    )
    sure = forms.BooleanField(
        label=_("I have read the whole report. This cannot be undone."),
        error_messages={"required": _("Confirm it: a rejection cannot be undone.")},
    )


class IdentityForm(ActForm):
    """Why the sealed identity must be opened."""

    reason = typed(
        _("Why do you need to know who reported?"),
        lines=3,
        required=True,
        help_text=_("Your name and a digest of this reason go into the log."),
    )


def way_choices(ways: Ways) -> list[tuple[str, str]]:
    """Each beginning of each procedure as one choice: `id:step`."""
    return [
        (
            f"{procedure.id}:{start}",
            str(procedure.title)
            if len(starts) == 1
            else f"{procedure.title} · {procedure.step(start).title}",
        )
        for procedure, starts in ways
        for start in starts
    ]


class NewCaseForm(ActForm):
    """A case from a report: of which kind, under which procedure, and against whom."""

    kind = forms.ChoiceField(label=_("What it is about"))
    procedure = forms.ChoiceField(
        label=_("Procedure"),
        help_text=_("Those that the law has for such a case stand first."),
    )
    reason = typed(
        _("Why this procedure"),
        lines=3,
        help_text=_("Only if it is not the first one. It stays with the case as a note."),
    )
    people = forms.MultipleChoiceField(
        label=_("Reported persons"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As the report names them; you can correct and add persons afterwards."),
        error_messages={"required": _("Choose at least one reported person.")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        kind: str,
        fitting: Ways,
        others: Ways,
        people: Sequence[Person],
        **kwargs: Any,
    ) -> None:
        named = [(str(place), label_of(person)) for place, person in enumerate(people)]
        ways = [(_("For such a case"), way_choices(fitting)), (_("Others"), way_choices(others))]
        known = {
            "people": [place for place, _name in named],
            "kind": kind,
            "procedure": next((code for _title, found in ways for code, _label in found), ""),
        }
        super().__init__(data, initial=known | kwargs.pop("initial", {}), **kwargs)
        self.offered = list(people)
        procedure, chosen = self.fields["procedure"], self.fields["people"]
        self.fields["kind"].choices = _choices(REPORT_KINDS)  # type: ignore[attr-defined]
        procedure.choices = [way for way in ways if way[1]]  # type: ignore[attr-defined]
        chosen.choices = named  # type: ignore[attr-defined]

    def chosen(self) -> list[Person]:
        """The reported persons that the officer left ticked."""
        return [self.offered[int(place)] for place in self.cleaned_data["people"]]


class JoinForm(ActForm):
    """A running case that a report joins, and the persons that it adds."""

    case = forms.ChoiceField(label=_("Case"), widget=forms.RadioSelect)
    people = forms.MultipleChoiceField(
        label=_("Persons that this report adds to the case"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        cases: Sequence[tuple[str, str]],
        people: Sequence[Person],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.offered = list(people)
        cases_field, chosen = self.fields["case"], self.fields["people"]
        cases_field.choices = list(cases)  # type: ignore[attr-defined]
        chosen.choices = [  # type: ignore[attr-defined]
            (str(place), label_of(person)) for place, person in enumerate(people)
        ]

    def chosen(self) -> list[Person]:
        """The persons to add."""
        return [self.offered[int(place)] for place in self.cleaned_data["people"]]
