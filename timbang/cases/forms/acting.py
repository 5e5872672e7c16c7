"""The forms of giving a case to officers, and of what they declare of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.cases.forms.fields import SHORT, ActForm, typed
from timbang.cases.matching import KINDS, Interest
from timbang.cases.models import Part
from timbang.law.recusal import RELATIONS

# Not an empty value: nobody declares by leaving something out.
NONE: Final = "none"
# What an officer can say of himself; that he acted before is read in the journal.
DECLARED: Final = tuple(code for code in RELATIONS if code != "earlier_role")
EMPTY_ROWS: Final = 4
PARTS: Final = ((Part.IN_CHARGE.value, _("In charge")), (Part.MEMBER.value, _("Works on it too")))
HEADS: Final = (
    ("", _("Not known, or none of these")),
    ("minister", _("A minister")),
    ("regional_head", _("A governor, regent or mayor")),
    ("agency_head", _("The head of an agency")),
)
POSTS: Final = (
    ("other", _("Another post")),
    ("secretary_of_regency", _("Secretary of a regency or city")),
    ("secretary_of_province", _("Secretary of a province")),
)


class AssignForm(ActForm):
    """To whom a case is given, and as what."""

    officer = forms.ChoiceField(label=_("Officer"), widget=forms.RadioSelect)
    part = forms.ChoiceField(label=_("As"), choices=PARTS, widget=forms.RadioSelect)

    def __init__(
        self, data: Any = None, *, officers: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["officer"].choices = list(officers)  # type: ignore[attr-defined]


def conflict_field() -> forms.ChoiceField:
    """What ties the officer to somebody in the case: the first answer is that nothing does."""
    return forms.ChoiceField(
        label=_("Does anything tie you to somebody in this case?"),
        choices=[
            (NONE, _("Nothing ties me to anybody in it, and I gain nothing by it.")),
            *((code, _Title(code)) for code in DECLARED),
        ],
        widget=forms.RadioSelect,
        help_text=_("You state this under your name. Whoever is tied to somebody stays away."),
    )


class _Title:
    """The title of a relation, in the language of whoever reads it."""

    def __init__(self, code: str) -> None:
        self.code = code

    def __str__(self) -> str:
        return str(RELATIONS[self.code].title)


class DeclareForm(ActForm):
    """What an officer says of himself in one case."""

    conflict = conflict_field()

    @property
    def relation(self) -> str:
        """The relation, empty for none."""
        return relation_of(self.cleaned_data["conflict"])


def relation_of(answer: str) -> str:
    """The relation of an answer, empty for none."""
    return "" if answer == NONE else answer


class LiftForm(ActForm):
    """Why a match of names was a mistake."""

    reason = typed(_("How it was found that this is somebody else"), lines=4, required=True)


class OrganConflictForm(ActForm):
    """That the whole office is conflicted."""

    head = forms.ChoiceField(
        label=_("What the head of your office is"), choices=HEADS, required=False
    )
    reported_post = forms.ChoiceField(label=_("Post of the reported person"), choices=POSTS)
    sure = forms.BooleanField(
        label=_("The head of my office is reported in this case, or gains by it."),
        error_messages={"required": _("Confirm it: from then on your office only passes it on.")},
    )


class InterestsForm(forms.Form):
    """All ties of an officer at once: a row that is emptied is withdrawn."""

    mostly_optional = True
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, listed: Sequence[Interest] = (), base: int = 0) -> None:
        super().__init__(data, initial={"base": base})
        self.count = len(listed) + EMPTY_ROWS
        for place in range(self.count):
            known = listed[place] if place < len(listed) else None
            self.fields[f"kind_{place}"] = forms.ChoiceField(
                label=_("What it is to me"),
                choices=[("", "-"), *((code, _KindTitle(code)) for code in KINDS)],
                required=False,
                initial=known.kind if known else "",
            )
            self.fields[f"name_{place}"] = forms.CharField(
                label=_("Name of the person or organisation"),
                max_length=SHORT,
                required=False,
                initial=known.name if known else "",
                widget=forms.TextInput({"maxlength": SHORT, "autocomplete": "off"}),
            )

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of each row, side by side."""
        return [(self[f"kind_{place}"], self[f"name_{place}"]) for place in range(self.count)]

    def clean(self) -> dict[str, Any]:
        """A row has both or neither."""
        told = self.cleaned_data
        for place in range(self.count):
            kind, name = told.get(f"kind_{place}", ""), told.get(f"name_{place}", "").strip()
            if name and not kind:
                self.add_error(f"kind_{place}", _("Choose what it is to you."))
            told[f"name_{place}"] = name
        return told

    def listed(self) -> list[Interest]:
        """The ties as they were declared."""
        told = self.cleaned_data
        pairs = ((told[f"kind_{at}"], told[f"name_{at}"]) for at in range(self.count))
        return [Interest(kind, name) for kind, name in pairs if name]


class _KindTitle(_Title):
    """The title of a kind of tie."""

    def __str__(self) -> str:
        return str(KINDS[self.code].title)
