"""The forms of evidence: brought, described, copied or given away, redacted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.cases import redaction
from timbang.cases.actions.custody import BY_HAND
from timbang.cases.actions.writing import MOST_BYTES
from timbang.cases.forms.fields import ActForm, lines_of, typed
from timbang.cases.models import CustodyAct
from timbang.registry.day_field import day

ACTS = {
    CustodyAct.RECEIVED: _("Received"),
    CustodyAct.OPENED: _("Opened"),
    CustodyAct.COPIED: _("Copied"),
    CustodyAct.REDACTED: _("Redacted"),
    CustodyAct.HANDED_OVER: _("Handed over"),
    CustodyAct.RELEASED: _("Released"),
    CustodyAct.RETURNED: _("Came back"),
}
PROVENANCE = _("From whom it came, when and how. It stays with your office.")


class BringForm(ActForm):
    """A file that an officer brings."""

    file = forms.FileField(label=_("File"), help_text=_("At most 32 MB."))
    title = typed(_("Title"), required=True)
    provenance = typed(_("Where it comes from"), lines=4, required=True, help_text=PROVENANCE)

    def clean_file(self) -> Any:
        """The file, if it is neither empty nor too large."""
        file = self.cleaned_data["file"]
        if not 0 < file.size <= MOST_BYTES:
            raise forms.ValidationError(_("An exhibit holds between 1 byte and 32 MB."))
        return file


class DescribeForm(ActForm):
    """A thing that cannot be uploaded."""

    title = typed(_("Title"), required=True)
    description = typed(_("What it is"), lines=5, required=True)
    kept_at = typed(_("Where it is kept"), required=True)
    provenance = typed(_("Where it comes from"), lines=4, required=True, help_text=PROVENANCE)


class CustodyForm(ActForm):
    """What was done with an exhibit outside this system."""

    act = forms.ChoiceField(
        label=_("What was done"),
        widget=forms.RadioSelect,
        choices=[(act.value, ACTS[act]) for act in BY_HAND],
    )
    done_on = day(_("On"), required=True)
    words = typed(_("By whom, to or from whom, and why"), lines=4, required=True)


class RedactForm(ActForm):
    """What is taken out of a copy: it depends on what the exhibit is."""

    title = typed(_("Title of the copy"), required=True)
    passages = typed(
        _("Passages to take out"), lines=6, required=True, help_text=_("One passage a line.")
    )
    regions = typed(
        _("Regions to black out"),
        lines=4,
        required=True,
        help_text=_(
            "One a line, in per cent: left, top, width, height. For example 10, 20, 30, 5."
        ),
    )
    pages = typed(_("Pages that stay"), required=True, help_text=_("For example 1, 3-5."))
    reason = typed(_("What is taken out, and why"), lines=3, required=True)

    def __init__(self, data: Any = None, *, media: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        wanted = "passages" if media == "text/plain" else "regions"
        wanted = "pages" if media == "application/pdf" else wanted
        for name in {"passages", "regions", "pages"} - {wanted}:
            del self.fields[name]

    @property
    def taken_out(self) -> dict[str, Any]:
        """What the action takes out."""
        told = self.cleaned_data
        return {
            "passages": lines_of(told.get("passages", "")),
            "regions": told.get("regions", ""),
            "pages": told.get("pages", ""),
        }


def can_redact(media: str) -> bool:
    """Whether parts of such a file can be taken out here."""
    return media in ("text/plain", "application/pdf", *redaction.PICTURES)
