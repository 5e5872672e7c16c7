"""The forms of the facts of a case and of the persons reported in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.cases.facts import CONDUCT, OF_A_PERSON, asked_first
from timbang.cases.forms.fields import ActForm, typed
from timbang.cases.vault import Person
from timbang.law.bilingual import Bilingual
from timbang.law.vocabulary import (
    CONDUCTS,
    CONDUCTS_OF,
    FACTS,
    MOST,
    STATUSES,
    Fact,
)
from timbang.registry.day_field import day
from timbang.reports.widgets import AnyOf

NONE_OF_THESE: Final = "-"


def label_of(person: Person) -> str:
    """A reported person in one line."""
    return ", ".join(filter(None, (person.name, person.post, person.agency))) or "?"


class PersonForm(ActForm):
    """A reported person."""

    name = typed(_("Name"))
    post = typed(_("Post"))
    agency = typed(_("Agency"))
    region = typed(_("Region code"), help_text=_("For example 32 for a province, 32.04 within it."))
    status = forms.ChoiceField(
        label=_("Employment status"),
        required=False,
        help_text=_("Norms and sanctions differ by it. Leave it open if it is not known."),
    )
    official_number = typed(_("NIP or NIK"), help_text=_("If it is known."))

    def __init__(self, data: Any = None, *, person: Person | None = None, **kwargs: Any) -> None:
        initial = (person.as_json() if person else {}) | kwargs.pop("initial", {})
        super().__init__(data, initial=initial, **kwargs)
        self.fields["status"].choices = _known_or_not(STATUSES)  # type: ignore[attr-defined]

    def person(self) -> Person:
        """The person as filled in."""
        return Person.from_json(self.cleaned_data)


class FactsForm(ActForm):
    """The facts that the law asks for, made from its vocabulary. What is left open is not known.

    Those on which a case of this kind mostly turns, and those that are known, come first.
    """

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    main_conduct = forms.ChoiceField(
        label=_("Counted under"),
        required=False,
        help_text=_("If there are several forms: the one under which the public figures count it."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        facts: Mapping[str, object],
        kind: str,
        main: str,
        base: int,
        **kwargs: Any,
    ) -> None:
        self.first = [key for key in FACTS if key in {*asked_first(kind), *facts}]
        told = {f"fact_{key}": _shown(FACTS[key], value) for key, value in facts.items()}
        super().__init__(data, initial={**told, "main_conduct": main, "base": base}, **kwargs)
        for key, fact in FACTS.items():
            if key != OF_A_PERSON:
                self.fields[f"fact_{key}"] = _fact_field(fact)
        self.fields[f"fact_{CONDUCT}"].choices = _conducts(kind)  # type: ignore[attr-defined]
        self.fields["main_conduct"].choices = _known_or_not(FACTS[CONDUCT].choices)  # type: ignore[attr-defined]
        self.order_fields(["once", "version", "base", *self.fact_names(), "main_conduct"])

    def fact_names(self) -> list[str]:
        """The fields of facts, in the order of the vocabulary."""
        return [f"fact_{key}" for key in FACTS if key != OF_A_PERSON]

    def shown(self) -> Iterable[forms.BoundField]:
        """The fields that everybody sees."""
        own = [f"fact_{key}" for key in self.first if key != OF_A_PERSON]
        return [self[name] for name in (*own, "main_conduct")]

    def others(self) -> Iterable[forms.BoundField]:
        """The fields of facts that such a case seldom turns on: folded, unless one is wrong."""
        return [self[name] for name in self.fact_names() if name[5:] not in self.first]

    def others_are_wrong(self) -> bool:
        """Whether something in the folded part must be looked at."""
        return any(field.errors for field in self.others())

    def facts(self) -> dict[str, object]:
        """What is known now."""
        found = {key: self._told(key, fact) for key, fact in FACTS.items() if key != OF_A_PERSON}
        return {key: value for key, value in found.items() if value is not None}

    def _told(self, key: str, fact: Fact) -> object:
        value = self.cleaned_data.get(f"fact_{key}")
        if value in (None, "", []):
            return None
        if fact.type == "flag":
            return value == "yes"
        if fact.type == "choices":
            return [] if value == [NONE_OF_THESE] else [v for v in value if v != NONE_OF_THESE]
        return value

    def clean(self) -> dict[str, Any]:
        """Ticking something and *none of these* at once says two things."""
        cleaned: dict[str, Any] = super().clean() or {}
        for key, fact in FACTS.items():
            ticked = cleaned.get(f"fact_{key}") or []
            if fact.type == "choices" and NONE_OF_THESE in ticked and len(ticked) > 1:
                self.add_error(f"fact_{key}", _("Either some of these, or none of these."))
        return cleaned


def _fact_field(fact: Fact) -> forms.Field:
    label, help_text = str(fact.question), str(fact.help)
    if fact.type == "day":
        return day(label, help_text=help_text)
    if fact.type == "number":
        return forms.IntegerField(
            label=label, help_text=help_text, required=False, min_value=0, max_value=MOST
        )
    if fact.key == CONDUCT:
        return forms.MultipleChoiceField(
            label=label, help_text=help_text, required=False, widget=AnyOf
        )
    if fact.type == "choices":
        none = [(NONE_OF_THESE, _("None of these"))]
        return forms.MultipleChoiceField(
            label=label,
            help_text=help_text,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[*_choices(fact.choices), *none],
        )
    flags = [("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))]
    choices = flags if fact.type == "flag" else _known_or_not(fact.choices)
    return forms.ChoiceField(label=label, help_text=help_text, required=False, choices=choices)


def _conducts(kind: str) -> list[tuple[Any, Any]]:
    """What such a case may be about, then every other conduct, folded."""
    own = CONDUCTS_OF.get(kind, ())
    rest = tuple((code, str(label)) for code, label in CONDUCTS.items() if code not in own)
    return [*((code, str(CONDUCTS[code])) for code in own), (_("Other forms"), rest)]


def _shown(fact: Fact, value: object) -> object:
    if fact.type == "flag":
        return "yes" if value else "no"
    if fact.type == "choices" and not value:
        return [NONE_OF_THESE]
    return value


def _choices(words: Mapping[str, Bilingual]) -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in words.items()]


def _known_or_not(words: Mapping[str, Bilingual]) -> list[tuple[str, Any]]:
    return [("", _("Not known")), *_choices(words)]
