"""Forms of whoever watches a policy: what it is about, and which documents exist.

No form asks for a person, and each says so: an office or a post answers, never a name.
"""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.accounts.codes import NATIONAL
from timbang.law import policy, service
from timbang.policy import facts
from timbang.policy.actions import About, Told
from timbang.policy.forms.acts import ActForm, line, money, rupiah, text
from timbang.policy.models import Dossier, Found, Piece
from timbang.registry import places
from timbang.registry.day_field import day

_COUNTRY_NAMES = ("id", "indonesia", "nasional", "national")


def region_field(label: Any = None) -> forms.CharField:
    """A region by its name or code; Indonesia for the whole country."""
    return forms.CharField(
        label=label or _("Region"),
        max_length=80,
        help_text=_("Name or code, such as Kabupaten Bandung or 32.04. For the whole country: ID"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )


def read_region(written: str) -> str:
    """The code of a region by its name or code; raises ValidationError."""
    if written.strip().lower() in _COUNTRY_NAMES:
        return NATIONAL
    code, doubt = places.region(written)
    if doubt == "region_ambiguous":
        raise forms.ValidationError(_("A regency and a city bear this name: say which."))
    if code is None:
        raise forms.ValidationError(_("There is no region with this name or code."))
    return code


def several(label: Any, words: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        help_text=help_text,
        choices=list(words.items()),
        widget=forms.CheckboxSelectMultiple,
    )


class AboutForm(ActForm):
    """What a dossier is about, whoever writes it; each of them adds its title."""

    region = region_field()
    summary = text(_("In short"), rows=4, required=False)
    duties = several(_("Which duty it serves"), service.DUTIES)
    groups = several(_("For whom"), service.GROUPS)
    field_order = ("title", "office", "region", "summary", "duties", "groups")

    def clean_region(self) -> str:
        return read_region(self.cleaned_data["region"])

    @property
    def about(self) -> About:
        """What was filled in, as the acts take it."""
        data = self.cleaned_data
        return About(
            title=data["title"],
            summary=data["summary"],
            region_code=data["region"],
            office=data.get("office", ""),
            duties=tuple(data["duties"]),
            groups=tuple(data["groups"]),
        )


class ObservedForm(AboutForm):
    """What an observed policy is about."""

    title = line(_("The policy"), help_text=_("As its documents call it."))
    office = line(
        _("Whose policy it is"), help_text=_("The office, such as a ministry. Never a person.")
    )
    summary = text(
        _("In short"),
        rows=4,
        required=False,
        help_text=_("What is done, for whom. No name of a person, no judgement."),
    )

    @classmethod
    def of(cls, data: Any, dossier: Dossier | None) -> ObservedForm:
        initial = {}
        if dossier is not None:
            initial = {
                "title": dossier.title, "office": dossier.office, "region": dossier.region_code,
                "summary": dossier.summary, "duties": dossier.duties, "groups": dossier.groups,
            }  # fmt: skip
        return cls(data, dossier=dossier, initial=initial)


STATES = {
    Found.FOUND: _("It is there; I read it"),
    Found.MISSING: _("I looked for it and did not find it"),
    Found.NOT_SOUGHT: _("Nobody looked for it yet"),
}


class PieceForm(ActForm):
    """A document of one kind: found, sought and missing, or not sought."""

    state = forms.ChoiceField(
        label=_("Is there such a document?"),
        choices=[(code.value, words) for code, words in STATES.items()],
        widget=forms.RadioSelect,
        initial=Found.FOUND.value,
    )
    title = line(_("Its title, as it stands on it"), most=300, required=False)
    issuer = line(
        _("Who issued it"), required=False, help_text=_("The office or post, never a name.")
    )
    issued_on = day(
        _("Day of the document"),
        help_text=_("Leave it empty where the day is not known."),
    )
    source = line(
        _("Source"),
        most=300,
        required=False,
        help_text=_("Who published it, and under which name or number."),
    )
    url = forms.URLField(
        label=_("Address on the web"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput({"autocomplete": "off"}),
    )
    read_on = day(_("Day on which you read it"))
    says = text(
        _("What it says about this policy"),
        rows=4,
        required=False,
        help_text=_("In your own words, without judging. No name of a person."),
    )
    amount = money(_("Amount that it names"))
    shows = several(
        _("What it shows"),
        {},
        _("Tick only what stands in the document. From this the path and the aspects follow."),
    )
    sought = text(
        _("Where you looked"),
        rows=3,
        required=False,
        help_text=_("If you did not find it: in which places, and when."),
    )
    mostly_optional = True

    def __init__(self, data: Any = None, *, kind: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.kind = kind
        marks = facts.marks_of(kind)
        if marks:
            field = cast(forms.MultipleChoiceField, self.fields["shows"])
            field.choices = [(code, mark.title) for code, mark in marks.items()]
        else:
            del self.fields["shows"]

    @classmethod
    def of(cls, data: Any, dossier: Dossier, kind: str, piece: Piece | None = None) -> PieceForm:
        """The form for a kind; with what stands there, where it is put right."""
        initial: dict[str, Any] = {}
        if piece is not None:
            initial = {
                name: getattr(piece, name)
                for name in ("state", "title", "issuer", "issued_on", "source", "url", "read_on",
                             "says", "amount", "shows", "sought")
            }  # fmt: skip
        return cls(data, kind=kind, dossier=dossier, initial=initial)

    @property
    def told(self) -> Told:
        """What was filled in; whatever only a document that is there has is dropped for others."""
        data = self.cleaned_data
        stage = policy.DOCUMENTS[self.kind].stage
        if data["state"] != Found.FOUND:
            return Told(stage, self.kind, state=data["state"], sought=data["sought"].strip())
        return Told(
            stage,
            self.kind,
            title=data["title"].strip(),
            issuer=data["issuer"].strip(),
            issued_on=data["issued_on"],
            says=data["says"].strip(),
            amount=rupiah(data["amount"]),
            shows=tuple(data.get("shows", ())),
            source=data["source"].strip(),
            url=data["url"],
            read_on=data["read_on"],
        )


class SureForm(ActForm):
    """Publishing: nothing to fill in, and a page that says what it means."""


class WhyForm(ActForm):
    """Taking back, with the reason that everybody reads."""

    why = text(_("Why it is taken back; everybody can read it"), rows=4)
