"""Forms of promises and plans. None asks for a person's name, and each says so."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.law import service
from timbang.policy.actions.promising import Promised
from timbang.policy.forms.acts import ActForm, Measured, line, money, rupiah, text
from timbang.policy.forms.observing import read_region, region_field, several
from timbang.policy.models import Dossier
from timbang.policy.wording import PROMISE_KINDS
from timbang.registry.day_field import day


class PromiseForm(ActForm):
    """A promise as it was published."""

    kind = forms.ChoiceField(
        label=_("Where it was made"), choices=list(PROMISE_KINDS.items()), widget=forms.RadioSelect
    )
    who = line(
        _("Of which office or plan"),
        help_text=_("The office that was sought, or the name of the plan. Never a person."),
    )
    text = text(_("The promise, in its own words"), rows=4)
    made_on = day(
        _("Day on which it was made"), help_text=_("Leave it empty where the day is not known.")
    )
    source = line(
        _("Source"), most=300, help_text=_("Who published it, and under which name or number.")
    )
    url = forms.URLField(
        label=_("Address on the web"), required=False, max_length=500, assume_scheme="https",
        widget=forms.URLInput({"autocomplete": "off"}),
    )  # fmt: skip
    read_on = day(_("Day on which you read it"), required=True)
    region = region_field()
    duties = several(_("Which duty it serves"), service.DUTIES)
    groups = several(_("For whom"), service.GROUPS)
    amount = money(_("Amount that it names"))
    measure = line(_("What it counts, and in which unit"), required=False,
                   help_text=_("Such as: schools with a kitchen"))  # fmt: skip
    target = Measured(label=_("How much of it"), required=False)
    due_on = day(_("Until when"))

    def clean_region(self) -> str:
        return read_region(self.cleaned_data["region"])

    @property
    def promised(self) -> Promised:
        """What was filled in, as the act takes it."""
        data = self.cleaned_data
        return Promised(
            kind=data["kind"],
            who=data["who"].strip(),
            text=data["text"].strip(),
            source=data["source"].strip(),
            read_on=data["read_on"],
            region_code=data["region"],
            made_on=data["made_on"],
            url=data["url"],
            duties=tuple(data["duties"]),
            groups=tuple(data["groups"]),
            amount=rupiah(data["amount"]),
            measure=data["measure"].strip(),
            target=data["target"],
            due_on=data["due_on"],
        )


class LinkForm(ActForm):
    """Which dossier of one's own came of a promise. The version is that of the chosen dossier."""

    to = forms.ModelChoiceField(label=_("Dossier of your office"), queryset=Dossier.objects.none())

    def __init__(self, data: Any = None, *, dossiers: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["to"].queryset = dossiers  # type: ignore[attr-defined]
        self.fields["to"].label_from_instance = (  # type: ignore[attr-defined]
            lambda row: f"{row.number}: {row.title}"
        )
