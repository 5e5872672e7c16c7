"""A form for each kind of written part, made from what `parts.yaml` asks for.

Rows are numbered fields. *Add rows* is a button of the form: the page comes back with more of them
and with all that was typed, without a script.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.law import policy
from timbang.policy.forms import acts
from timbang.policy.models import Dossier
from timbang.policy.parts import LONGEST_LINE, MOST_ROWS, Field, Kind
from timbang.registry.day_field import day

MORE: Final = 3


def control(field: Field, *, required: bool) -> Any:
    """The control in which a field is filled in."""
    asked, label = field.asked, cast(Any, field.label)
    if asked == "text":
        return acts.text(label, required=required, help_text=_asked_for(field))
    if asked == "money":
        return acts.money(label, required=required)
    if asked == "day":
        return day(label, required=required)
    if asked == "tick":
        return forms.BooleanField(label=label, required=False)
    if asked == "url":
        return forms.URLField(
            label=label,
            required=required,
            max_length=LONGEST_LINE,
            assume_scheme="https",
            widget=forms.URLInput({"maxlength": LONGEST_LINE, "autocomplete": "off"}),
        )
    if asked == "grade":
        grades = [(code, words) for code, words in policy.GRADES.items()]
        return forms.ChoiceField(
            label=label, required=required, choices=[("", _("Choose")), *grades]
        )
    if asked == "ground":
        grounds = [(code, word.title) for code, word in policy.GROUNDS.items()]
        return forms.ChoiceField(
            label=label, required=required, choices=grounds, widget=forms.RadioSelect
        )
    return acts.line(label, most=LONGEST_LINE, required=required, help_text=_asked_for(field))


def _asked_for(field: Field) -> Any:
    """How many words it needs to be complete, said before it is written."""
    if field.words < 2:
        return ""
    return acts.words_at_least(field.words)


class PartForm(acts.ActForm):
    """The fields of one part, and its rows.

    A row that is wholly empty is left out; one that is begun has all that is asked for.
    """

    rows = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self,
        data: Any = None,
        *,
        kind: Kind,
        body: Mapping[str, Any] | None = None,
        dossier: Dossier | None = None,
        more: bool = False,
    ) -> None:
        self.kind = kind
        typed = data.dict() if more and data is not None else None
        self.count = self._counted(data, body or {}, more=more)
        initial = typed if typed is not None else self._filled(body or {})
        super().__init__(
            None if more else data, dossier=dossier, initial=initial | {"rows": self.count}
        )
        for field in kind.fields:
            self.fields[field.code] = control(field, required=field.required)
        for place in range(self.count):
            for field in kind.row:
                made = control(field, required=False)
                # Asked for once the row is begun: not marked as one that may stay empty; nor is a
                # tick, of course.
                made.either = field.required or field.asked == "tick"
                self.fields[f"{place}-{field.code}"] = made

    def _counted(self, data: Any, body: Mapping[str, Any], *, more: bool) -> int:
        if not self.kind.row:
            return 0
        if data is None:
            rows = len(body.get("rows", []))
            return min(MOST_ROWS, max(rows + 1 if rows else self.kind.at_least, 1))
        told = str(data.get("rows", ""))
        count = int(told) if told.isascii() and told.isdigit() and len(told) < 4 else 1
        return min(MOST_ROWS, max(1, count) + (MORE if more else 0))

    def _filled(self, body: Mapping[str, Any]) -> dict[str, Any]:
        told = {field.code: _shown(field, body.get(field.code)) for field in self.kind.fields}
        for place, row in enumerate(body.get("rows", [])):
            for field in self.kind.row:
                told[f"{place}-{field.code}"] = _shown(field, row.get(field.code))
        return told

    @property
    def single(self) -> list[Any]:
        """The fields outside of the rows."""
        return [self[field.code] for field in self.kind.fields]

    @property
    def groups(self) -> list[tuple[int, list[Any]]]:
        """The rows, each with its place."""
        return [
            (place + 1, [self[f"{place}-{field.code}"] for field in self.kind.row])
            for place in range(self.count)
        ]

    @property
    def full(self) -> bool:
        """Whether no row more can be added."""
        return self.count >= MOST_ROWS

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for place in range(self.count):
            names = [f"{place}-{field.code}" for field in self.kind.row]
            wrong = any(name in self.errors for name in names)
            if not wrong and not any(data.get(name) for name in names):
                continue
            for field, name in zip(self.kind.row, names, strict=True):
                if field.required and name not in self.errors and not data.get(name):
                    self.add_error(name, _("Fill this in, or empty the whole row."))
        return data

    @property
    def body(self) -> dict[str, Any]:
        """What was filled in, as the acts take it."""
        given: dict[str, Any] = {
            field.code: _plain(self.cleaned_data.get(field.code)) for field in self.kind.fields
        }
        if self.kind.row:
            given["rows"] = [
                {
                    field.code: _plain(self.cleaned_data.get(f"{place}-{field.code}"))
                    for field in self.kind.row
                }
                for place in range(self.count)
            ]
        return given


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _shown(field: Field, value: Any) -> Any:
    if field.asked == "money" and value is not None:
        return f"{value:,}".replace(",", ".")
    return value
