"""The document that pays a debt: one that is there, of the kind that is owed."""

from __future__ import annotations

from typing import Any

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

    def clean(self) -> dict[str, Any]:
        return (super().clean() or {}) | {"state": Found.FOUND.value, "sought": ""}
