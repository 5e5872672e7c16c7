"""The document that pays a debt: one that is there, of the kind that is owed."""

from __future__ import annotations

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from timbang.policy import papers
from timbang.policy.forms import acts
from timbang.policy.forms.observing import PieceForm
from timbang.policy.models import Found


class PaperForm(PieceForm):
    """As any document, but it must be there; what the office did stands in its journal already."""

    mostly_optional = False

    def __init__(self, data: Any = None, *, kind: str, **kwargs: Any) -> None:
        super().__init__(data, kind=kind, **kwargs)
        del self.fields["state"], self.fields["sought"]
        self.fields.pop("shows", None)
        for name in ("title", "source", "read_on"):
            self.fields[name].required = True
        self.fields["title"].help_text = acts.words_at_least(papers.TITLE_WORDS)
        if kind in papers.PAPERS:
            self._ask_what_it_says()

    def _ask_what_it_says(self) -> None:
        says, source = self.fields["says"], self.fields["source"]
        says.required = True
        says.help_text = format_lazy(
            "{} {}", says.help_text, acts.words_at_least(papers.SAYS_WORDS)
        )
        source.help_text = format_lazy(
            "{} {}",
            source.help_text,
            _("Without an address on the web: with the number of the document."),
        )

    def clean(self) -> dict[str, Any]:
        return (super().clean() or {}) | {"state": Found.FOUND.value, "sought": ""}
