"""Forms for what happens while a dossier runs: interests, milestones, and documents that pay."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.policy import ties
from timbang.policy.actions import Came, Planned
from timbang.policy.forms.acts import ActForm, Measured, line, money, rupiah, text
from timbang.policy.models import Dossier, Milestone, Promise
from timbang.policy.promising import same_measure
from timbang.registry.day_field import day

NONE = "none"


class TieForm(ActForm):
    """What an officer says of himself."""

    relation = forms.ChoiceField(
        label=_("What ties you to this policy"),
        choices=[
            (NONE, _("Nothing ties me to it")),
            *ties.WORDS.items(),
        ],
        widget=forms.RadioSelect,
    )
    words = text(
        _("In words"),
        rows=3,
        required=False,
        help_text=_("Needed where something ties you. Everybody can read it; your name is not."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        tied = data.get("relation", NONE) != NONE
        if tied and not str(data.get("words", "")).strip():
            self.add_error("words", _("Say in words what ties you to the matter."))
        return data

    @property
    def relation_code(self) -> str:
        """The tie; empty for none."""
        told: str = self.cleaned_data["relation"]
        return "" if told == NONE else told


class MilestoneForm(ActForm):
    """A milestone of the execution."""

    title = line(_("What is done by then"))
    owner = line(
        _("Who answers for it"), help_text=_("The office or post, never the name of a person.")
    )
    due_on = day(_("On which day"), required=True)
    planned = money(_("Money planned"))
    promised = forms.ChoiceField(
        label=_("Counts what a promise counts"),
        required=False,
        help_text=_("Then its result stands beside the promise as a share of it."),
    )
    measure = line(
        _("What is counted, in which unit"),
        required=False,
        help_text=_("Such as: children who eat breakfast, per day."),
    )
    target = Measured(
        label=_("Promised result"), required=False, help_text=_("A number in that unit.")
    )

    def __init__(self, data: Any = None, *, dossier: Dossier) -> None:
        super().__init__(data, dossier=dossier)
        promises = Promise.objects.filter(links__dossier=dossier, retracted_on=None)
        counted = sorted(set(promises.exclude(measure="").values_list("measure", flat=True)))
        if counted:
            choices = [
                ("", _("None, or what is written below")),
                *((each, each) for each in counted),
            ]
            self.fields["promised"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["promised"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen, written = data.get("promised", ""), str(data.get("measure", ""))
        if chosen and written.strip() and not same_measure(chosen, written):
            self.add_error("measure", _("Choose what a promise counts, or write something else."))
        data["measure"] = chosen or written
        if data.get("target") is not None and not str(data.get("measure", "")).strip():
            self.add_error("measure", _("Say what the target counts, and in which unit."))
        return data

    @property
    def plan(self) -> Planned:
        """What was filled in, as the acts take it."""
        data = self.cleaned_data
        return Planned(
            title=data["title"].strip(),
            owner=data["owner"].strip(),
            due_on=data["due_on"],
            planned=rupiah(data["planned"]),
            measure=data["measure"].strip(),
            target=data["target"],
        )


class DoneForm(ActForm):
    """What came of a milestone."""

    done_on = day(_("Done on"), required=True)
    says = text(_("What was done"), rows=4)
    spent = money(_("Money spent"))
    result = Measured(label=_("Measured result"), required=False)

    def __init__(self, data: Any = None, *, milestone: Milestone, today: date) -> None:
        super().__init__(data, dossier=milestone.dossier, initial={"done_on": today})
        if milestone.target is None:
            del self.fields["result"]
        else:
            self.fields["result"].required = True
            self.fields["result"].help_text = milestone.measure

    @property
    def came(self) -> Came:
        """What was filled in, as the acts take it."""
        data = self.cleaned_data
        return Came(
            done_on=data["done_on"],
            says=data["says"],
            spent=rupiah(data["spent"]),
            result=data.get("result"),
        )
