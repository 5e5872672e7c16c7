"""The forms of complaints about services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Organ
from timbang.cases.actions.serving import Passing
from timbang.cases.forms.deciding import KNOWN
from timbang.cases.forms.fields import ActForm, typed
from timbang.cases.models import Forwarding
from timbang.cases.services import Beside, Served
from timbang.law.service import (
    ANSWERS,
    ASPECTS,
    DUTIES,
    GROUPS,
    NOT_KNOWN,
    OTHERS,
    REMEDIES,
    TREATED,
)
from timbang.registry.day_field import day
from timbang.reports.actions import Offered
from timbang.reports.models import OfferAnswer

HOW: Mapping[str, Any] = {
    Forwarding.How.LETTER: _("By letter"),
    Forwarding.How.SP4N_LAPOR: _("Through SP4N-LAPOR!"),
    Forwarding.How.REPORTER: _("The complainant is told where to turn"),
}


def _one_of(label: Any, codes: Mapping[str, Any], *, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(codes.items()), help_text=help_text)


class ServiceForm(ActForm):
    """Which duty is touched, whom it serves, how the person was treated beside others."""

    duties = forms.MultipleChoiceField(
        label=_("Which duty it touches"),
        choices=list(DUTIES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    group = _one_of(
        _("Which group is served"), GROUPS, help_text=_("It stays sealed with the case.")
    )
    others = _one_of(_("With whom the person is compared"), OTHERS)
    how_known = forms.ChoiceField(
        label=_("How the comparison is known"),
        choices=[("", _("Not known")), *KNOWN.items()],
        required=False,
    )
    words = typed(_("In words"), lines=4, help_text=_("What the comparison rests on."))

    def __init__(self, data: Any = None, *, served: Served | None, **kwargs: Any) -> None:
        kwargs["initial"] = kwargs.get("initial", {}) | _initial(served)
        super().__init__(data, **kwargs)
        for code, name in ASPECTS.items():
            self.fields[f"{code}_treated"] = _one_of(name, TREATED)
            self.fields[f"{code}_own"] = typed(_("This person"))
            self.fields[f"{code}_others"] = typed(_("The others"))

    @property
    def start(self) -> list[Any]:
        """The fields before the comparison."""
        return [self["duties"], self["group"], self["others"], self["how_known"]]

    @property
    def respects(self) -> list[tuple[Any, list[Any]]]:
        """The comparison, one respect after the other: its name and its fields."""
        parts = ("treated", "own", "others")
        return [
            (name, [self[f"{code}_{part}"] for part in parts]) for code, name in ASPECTS.items()
        ]

    def served(self) -> Served:
        """What the form says."""
        told = self.cleaned_data
        beside = {
            code: Beside(
                told[f"{code}_treated"], told[f"{code}_own"].strip(), told[f"{code}_others"].strip()
            )
            for code in ASPECTS
        }
        return Served(
            tuple(told["duties"]),
            told["group"],
            told["others"],
            {code: found for code, found in beside.items() if found.told},
            told["how_known"],
            told["words"].strip(),
        )


def _initial(served: Served | None) -> dict[str, Any]:
    """What was named before; else that nothing is known."""
    start: dict[str, Any] = {"group": NOT_KNOWN, "others": NOT_KNOWN}
    start |= {f"{code}_treated": NOT_KNOWN for code in ASPECTS}
    if served is None:
        return start
    for code, found in served.beside.items():
        start |= {
            f"{code}_treated": found.treated,
            f"{code}_own": found.own,
            f"{code}_others": found.others,
        }
    return start | {
        "duties": list(served.duties),
        "group": served.group,
        "others": served.others,
        "how_known": served.how_known,
        "words": served.words,
    }


class RemedyForm(ActForm):
    """What is offered to put it right."""

    kind = _one_of(_("What is offered"), REMEDIES)
    words = typed(
        _("What is done, in words that the complainant reads"),
        lines=5,
        required=True,
        help_text=_("It is shown behind the receipt. Name nobody who complained."),
    )
    due_on = day(_("By which day it is done"), required=True)

    def offered(self) -> Offered:
        """What the form says."""
        told = self.cleaned_data
        return Offered(told["kind"], told["words"], told["due_on"])


class RemedyAnswerForm(ActForm):
    """What somebody harmed answered to an officer."""

    answer = forms.ChoiceField(
        label=_("What was answered"), choices=list(ANSWERS.items()), widget=forms.RadioSelect
    )
    answered_on = day(_("On which day"), required=True)
    words = typed(
        _("How the answer is known"),
        lines=3,
        required=True,
        help_text=_("For example at the counter or by letter. Do not write who it was."),
    )

    @property
    def said(self) -> OfferAnswer:
        """The answer."""
        return OfferAnswer(self.cleaned_data["answer"])


class CarryOutForm(ActForm):
    """That a remedy was carried out."""

    done_on = day(_("Carried out on"), required=True)
    proof = typed(
        _("How it is known"),
        lines=3,
        required=True,
        help_text=_("For example a receipt, a document, who saw it."),
    )


class ShowForm(ActForm):
    """Nothing but the button."""


class PassForm(ActForm):
    """To which office a complaint is passed."""

    to = forms.ChoiceField(label=_("To which office"))
    how = forms.ChoiceField(label=_("How"), choices=list(HOW.items()), widget=forms.RadioSelect)
    forwarded_on = day(_("On which day"), required=True)
    number = typed(_("Number of the letter or ticket"))
    words = typed(
        _("What the complainant is told"),
        lines=4,
        required=True,
        help_text=_("Where it went, why, and what happens there."),
    )

    def __init__(self, data: Any = None, *, offices: Sequence[Organ], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self._offices = {str(organ.pk): organ for organ in offices}
        choices = [(code, organ.name) for code, organ in self._offices.items()]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]

    def passing(self) -> Passing:
        """What the form says."""
        told = self.cleaned_data
        return Passing(
            self._offices[told["to"]],
            Forwarding.How(told["how"]),
            told["forwarded_on"],
            told["number"],
            told["words"],
        )
