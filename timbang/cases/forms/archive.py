"""The forms of keeping and erasing."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.cases.forms.fields import ActForm, typed


class HoldForm(ActForm):
    """Holding a case back."""

    reason = typed(
        _("Why this case must be kept"),
        lines=4,
        required=True,
        help_text=_("Every office that holds the case reads this."),
    )


class LiftHoldForm(ActForm):
    """Letting it go again."""

    reason = typed(_("Why it need not be kept any more"), lines=4, required=True)


class EraseForm(ActForm):
    """Proposing an erasure, or carrying it out."""

    sure = forms.BooleanField(
        label=_("I have checked this. What is erased cannot be brought back."),
        error_messages={"required": _("Confirm it: this step cannot be undone.")},
    )


class StopForm(ActForm):
    """Taking a proposal back, or refusing it."""
