"""What an officer fills in about a comment or a visit that he has read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from timbang.law import policy
from timbang.policy.actions.speaking import Ticked
from timbang.policy.forms.acts import ActForm, text
from timbang.policy.models import Dossier
from timbang.policy.wording import WHY_WITHHELD

_ID: Final = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
TEXT_BOX: Final = re.compile(rf"(?P<id>{_ID}):(?P<names>[0-9]{{1,9}})")
ONE_BOX: Final = re.compile(_ID)


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


class SeveralForm(ActForm):
    """What is done with all comments that are ticked. The box of a text holds any comment that has
    it and how many names stood beside it, `ID:NAMES`; the box of one comment holds its id."""

    mostly_optional = True
    why = forms.ChoiceField(label=_("Why it is not shown"), required=False)
    outcome = forms.ChoiceField(label=_("What was done about it"), required=False)
    words = text(_("The answer, which everybody can read"), rows=4, required=False)

    def __init__(self, data: QueryDict | None = None, *, dossier: Dossier) -> None:
        super().__init__(data, dossier=dossier)
        outcomes = [(code, str(word)) for code, word in policy.COMMENT_OUTCOMES.items()]
        for name, none, choices in (
            ("why", _("Choose a reason"), list(WHY_WITHHELD.items())),
            ("outcome", _("Choose what was done"), outcomes),
        ):
            self.fields[name].choices = [("", none), *choices]  # type: ignore[attr-defined]
        self.texts = data.getlist("text") if data is not None else []
        self.single = data.getlist("single") if data is not None else []

    @property
    def ticked(self) -> Ticked:
        """What was ticked; a box that this site did not make is none."""
        texts = (TEXT_BOX.fullmatch(box) for box in self.texts)
        return Ticked(
            {UUID(found["id"]): int(found["names"]) for found in texts if found},
            frozenset(UUID(box) for box in self.single if ONE_BOX.fullmatch(box)),
        )


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
