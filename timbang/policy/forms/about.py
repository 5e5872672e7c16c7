"""What an office's dossier is about: its title, its place, whom it serves, and who clears it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.accounts.codes import NATIONAL
from timbang.accounts.models import Organ
from timbang.law import service
from timbang.policy.actions import About
from timbang.policy.forms.acts import ActForm, line, text
from timbang.policy.forms.observing import read_region, region_field, several
from timbang.policy.models import Dossier
from timbang.registry import places


def place_name(code: str) -> str:
    """A region as people call it."""
    return "Indonesia" if code == NATIONAL else places.codes().get(code, code)


class DescribeForm(ActForm):
    """What a dossier is about."""

    title = line(_("Title of the policy"), help_text=_("What is decided, in a few words."))
    summary = text(_("In short"), rows=4, required=False)
    region = region_field()
    duties = several(_("Which duty it serves"), service.DUTIES)
    groups = several(_("For whom"), service.GROUPS)

    def __init__(self, data: Any = None, *, dossier: Dossier | None = None) -> None:
        initial: dict[str, Any] = {}
        if dossier is not None:
            initial = {
                "title": dossier.title,
                "summary": dossier.summary,
                "region": place_name(dossier.region_code),
                "duties": dossier.duties,
                "groups": dossier.groups,
            }
        super().__init__(data, dossier=dossier, initial=initial)

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
            duties=tuple(data["duties"]),
            groups=tuple(data["groups"]),
        )


class OpenForm(DescribeForm):
    """A new dossier of an office, and who clears it."""

    legal = forms.ModelChoiceField(
        label=_("Office that gives legal clearance"), queryset=Organ.objects.none()
    )
    budget = forms.ModelChoiceField(
        label=_("Office that gives budget clearance"), queryset=Organ.objects.none()
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        clearing = Organ.objects.open().filter(kind="clearing_office", inside=True)
        for name in ("legal", "budget"):
            self.fields[name].queryset = clearing  # type: ignore[attr-defined]

    @property
    def clearers(self) -> list[tuple[str, Organ]]:
        """Which office clears at which step."""
        data = self.cleaned_data
        return [("legal_clearance", data["legal"]), ("budget_clearance", data["budget"])]
