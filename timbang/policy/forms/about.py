"""What an office's dossier is about: its title, its place, whom it serves, and who clears it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.accounts.codes import NATIONAL
from timbang.accounts.models import Organ
from timbang.policy.forms.acts import line
from timbang.policy.forms.observing import AboutForm
from timbang.policy.models import Dossier
from timbang.registry import places


def place_name(code: str) -> str:
    """A region as people call it."""
    return "Indonesia" if code == NATIONAL else places.codes().get(code, code)


class DescribeForm(AboutForm):
    """What a dossier is about."""

    title = line(_("Title of the policy"), help_text=_("What is decided, in a few words."))

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
