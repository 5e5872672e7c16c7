"""What an officer fills in about a comment or a visit that he has read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.law import policy
from timbang.policy.forms.acts import ActForm, text
from timbang.policy.models import Dossier


class WithholdForm(ActForm):
    """Why it is not shown: one of a closed list."""

    why = forms.ChoiceField(
        label=_("Why it is not shown"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the reasons.")},
    )

    def __init__(
        self, data: Any = None, *, dossier: Dossier, reasons: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(data, dossier=dossier, **kwargs)
        self.fields["why"].choices = list(reasons.items())  # type: ignore[attr-defined]


class AnswerForm(ActForm):
    """What was done about a comment, and why."""

    outcome = forms.ChoiceField(
        label=_("What was done about it"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was done about it.")},
    )
    words = text(_("The answer, which everybody can read"), rows=6)

    def __init__(self, data: Any = None, *, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(data, dossier=dossier, **kwargs)
        outcomes = [(code, str(word)) for code, word in policy.COMMENT_OUTCOMES.items()]
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]
