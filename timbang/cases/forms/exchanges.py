"""Forms of exchange records: what was given, the search in the list, why a record changes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import fields as fields_of
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from timbang.cases.forms.fields import typed
from timbang.law.bilingual import Bilingual
from timbang.law.vocabulary import FIRST_DAY
from timbang.registry import exchange, places, values
from timbang.registry.day_field import day
from timbang.registry.exchange import Exchange
from timbang.registry.exchange_entry import CONFIDENTIAL, LONGEST
from timbang.registry.reading_exchanges import ALONE, LINKED, OPEN, Wanted

# Who stands in a record, each with a name and a number in some list.
PEOPLE: Final = ("giver", "receiver", "through")
OPEN_EVIDENCE: Final = "open"
CONFIDENTIAL_EVIDENCE: Final = "confidential"
_NEEDED: Final[Mapping[str, Any]] = {
    "giver": _("Say who gave: a name, or a number."),
    "receiver": _("Say who received: a name, or a number."),
}
_DOUBTS: Final[Mapping[str, Any]] = {
    "amount_ambiguous": _("This can be read in two ways. Write 1.500.000,00 or 1500000."),
    "amount_unreadable": _("This is not an amount that we understand. Write Rp 1.500.000,00."),
    "amount_huge": _("A value above a thousand trillion rupiah: check the zeros."),
    "whole_unreadable": _("Write a whole number, such as 120."),
    "region_ambiguous": _("A regency and a city bear this name: say which."),
}


def offered(words: Mapping[str, Bilingual], *, empty: Any = None) -> list[tuple[str, Any]]:
    """Choices in the language of whoever looks."""
    found: list[tuple[str, Any]] = [("", empty)] if empty is not None else []
    return found + list(words.items())


def _long(
    name: str, label: Any, *, lines: int = 1, required: bool = False, help_text: Any = ""
) -> Any:
    """A text with the limit that the record sets."""
    attributes: dict[str, Any] = {"maxlength": LONGEST[name], "autocomplete": "off"}
    widget: Any = forms.TextInput(attributes)
    if lines > 1:
        widget = forms.Textarea(attributes | {"rows": lines})
    return forms.CharField(
        label=label, max_length=LONGEST[name], required=required, help_text=help_text,
        widget=widget,
    )  # fmt: skip


_ID_HELP = _("From a list or register; the look-up fills it in. Never a NIP or NIK.")


class ExchangeForm(forms.Form):
    """All that a record says. Values may be written as Rp 1.500.000,00."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    giver = _long(
        "giver", _("Who gave?"), help_text=_("A person, a company, an office. Or only the number.")
    )
    giver_id = _long("giver_id", _("Number of the giver"), help_text=_ID_HELP)
    giver_role = _long(
        "giver_role", _("As what?"), help_text=_("Such as: candidate, head of dinas.")
    )
    receiver = _long(
        "receiver", _("Who received?"), help_text=_("A person or a group. Or only the number.")
    )
    receiver_id = _long("receiver_id", _("Number of the receiver"), help_text=_ID_HELP)
    receiver_role = forms.ChoiceField(label=_("As what?"), required=False)
    club_good = forms.ChoiceField(
        label=_("To one person or to a group?"),
        help_text=_("What a whole group uses is a club good: a road, a hall, uniforms of a club."),
        choices=[("", _("Not known")), ("false", _("One person")), ("true", _("A group"))],
        required=False,
        widget=forms.RadioSelect,
    )
    group_size = forms.CharField(
        label=_("How many people are the group?"),
        required=False,
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    through = _long("through", _("Through whom?"), help_text=_("The broker, if there was one."))
    through_id = _long("through_id", _("Number of the broker"), help_text=_ID_HELP)

    kind = forms.ChoiceField(label=_("What was given?"))
    description = _long("description", _("Describe it"), lines=3)
    value = forms.CharField(
        label=_("Value in rupiah"),
        help_text=_("Such as Rp 1.500.000,00 or 1,5 juta. Leave it empty when it is not known."),
        required=False,
        max_length=40,
        widget=forms.TextInput({"inputmode": "text", "autocomplete": "off"}),
    )
    given_on = day(_("On which day?"), help_text=_("Leave it empty when it is not known."))
    region = typed(_("Region"), help_text=_("A code or a name, such as 32.73 or Kota Bandung."))
    money = forms.ChoiceField(label=_("Whose money?"), widget=forms.RadioSelect)
    budget_line = _long(
        "budget_line",
        _("Public budget line"),
        help_text=_("Only where it is not private money, such as 1.03.10.2.01."),
    )

    expected = _long("expected", _("What was expected in return?"))
    returned_by = _long(
        "returned_by",
        _("Number of the record that returned it"),
        help_text=_("Such as P-7KQ2-9XFD. The other record will point back here."),
    )
    returns = _long(
        "returns",
        _("Number of the record that this one returns"),
        help_text=_("If this is itself what came back for something."),
    )

    resting_on = forms.ChoiceField(
        label=_("What does the record rest on?"),
        choices=[
            (OPEN_EVIDENCE, _("Evidence that may be named")),
            (CONFIDENTIAL_EVIDENCE, _("A report, or somebody who must not be named")),
        ],
        widget=forms.RadioSelect,
        help_text=_(
            "Of a report nothing is written here: not who reported, not its number, no words of it."
        ),
    )
    evidence = _long(
        "evidence",
        _("The evidence"),
        lines=3,
        help_text=_("What, from where, of which day. Empty for a confidential statement."),
    )
    confidence = forms.ChoiceField(label=_("How sure are you?"), widget=forms.RadioSelect)
    because = forms.CharField(
        label=_("Why is it corrected?"), max_length=300, required=False,
        widget=forms.TextInput({"maxlength": 300, "autocomplete": "off"}),
    )  # fmt: skip
    number = typed(
        _("For which case or lead do you look people up?"),
        help_text=_("Only to look people up: each look-up is an entry in the log."),
    )

    def __init__(
        self, data: Any = None, *, correcting: bool = False, today: date, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"once": uuid.uuid4(), "money": "unknown"} | kwargs.get("initial", {})
        super().__init__(data, **kwargs)
        self.today = today
        for name in _NEEDED:  # not optional, though the number alone will do
            self.fields[name].either = True  # type: ignore[attr-defined]
        if not correcting:
            del self.fields["because"]
        self.fields["given_on"].widget.attrs |= {
            "min": FIRST_DAY.isoformat(), "max": today.isoformat(),
        }  # fmt: skip
        for name, words in (
            ("kind", offered(exchange.KINDS, empty=_("Choose"))),
            ("receiver_role", offered(exchange.RECEIVERS, empty=_("Not known"))),
            ("money", offered(exchange.MONEY)),
            ("confidence", offered(exchange.CONFIDENCE)),
        ):
            self.fields[name].choices = words  # type: ignore[attr-defined]

    def clean_given_on(self) -> date | None:
        """A day until today."""
        found: date | None = self.cleaned_data["given_on"]
        if found is not None and found > self.today:
            raise forms.ValidationError(_("This day lies in the future."))
        return found

    def clean_value(self) -> float | None:
        """The amount, however it is written; none where it could be two."""
        found: float | None = self._read("value", values.amount)
        return found

    def clean_group_size(self) -> int | None:
        """The number of people."""
        found: int | None = self._read("group_size", values.whole)
        return found

    def clean_region(self) -> str | None:
        """The code that the region has today, also where an old code or name was typed."""
        unknown = _("There is no region with this name or code.")
        found: str | None = self._read("region", places.region, unknown)
        return found

    def clean_club_good(self) -> bool | None:
        """Whether to a group; None where it is not known."""
        return {"true": True, "false": False}.get(self.cleaned_data["club_good"])

    def clean_because(self) -> str:
        """A correction has its reason."""
        told = " ".join(self.cleaned_data["because"].split())
        if not told:
            raise forms.ValidationError(_("Say why: the reason stays with the record."))
        return told

    def clean(self) -> None:
        """Giver and receiver are named, or have a number; so is evidence that may be named, and a
        confidential one has no words."""
        told = super().clean() or self.cleaned_data
        for name, said in _NEEDED.items():
            if not {name, f"{name}_id"} & set(self.errors) and not any(
                (told.get(each) or "").strip() for each in (name, f"{name}_id")
            ):
                self.add_error(name, said)
        resting_on, evidence = told.get("resting_on"), (told.get("evidence") or "").strip()
        if resting_on == OPEN_EVIDENCE and not evidence and "evidence" not in self.errors:
            self.add_error("evidence", _("Say what the evidence is."))
        if resting_on == CONFIDENTIAL_EVIDENCE and evidence:
            self.add_error(
                "evidence", _("Leave this empty: a confidential statement has no words here.")
            )

    def _read(self, name: str, way: Any, other: Any = None) -> Any:
        found, doubt = way(self.cleaned_data[name].strip())
        if doubt and doubt != places.FORMER:
            known = _DOUBTS.get(doubt)
            raise forms.ValidationError(known or other or str(values.DOUBTS[doubt]))
        return found

    def told(self) -> Exchange:
        """The record as it was typed, without a number."""
        told = self.cleaned_data
        given = {
            field.name: told[field.name] or None
            for field in fields_of(Exchange)
            if field.default is None and field.name in told
        }
        given |= {
            "value": told["value"],
            "club_good": told["club_good"],
            "group_size": told["group_size"],
            "region_code": told["region"],
            "returned_by": _number(told["returned_by"]),
            "returns": _number(told["returns"]),
        }
        confidential = told["resting_on"] == CONFIDENTIAL_EVIDENCE
        return Exchange(
            exchange_id="",
            giver=told["giver"],
            receiver=told["receiver"],
            kind=told["kind"],
            evidence=CONFIDENTIAL if confidential else told["evidence"],
            confidence=told["confidence"],
            money=told["money"],
            **given,
        )

    @property
    def visible_errors(self) -> bool:
        """Whether something is said beside a field, not only of the whole."""
        return any(name != NON_FIELD_ERRORS for name in self.errors)

    def blame(self, problems: list[tuple[str, Bilingual]]) -> None:
        """Put what was refused beside its field."""
        for name, said in problems:
            field = "region" if name == "region_code" else name
            self.add_error(field if field in self.fields else None, str(said))

    @staticmethod
    def typed_before(told: Exchange) -> dict[str, Any]:
        """What the form shows of a record that is corrected."""
        confidential = told.evidence == CONFIDENTIAL
        group = {True: "true", False: "false", None: ""}[told.club_good]
        return told.as_row() | {
            "value": _amount(told.value),
            "club_good": group,
            "region": told.region_code,
            "resting_on": CONFIDENTIAL_EVIDENCE if confidential else OPEN_EVIDENCE,
            "evidence": "" if confidential else told.evidence,
        }


def _number(written: str) -> str | None:
    """The number of a record as it is kept: those of the desk in capitals."""
    text = written.strip()
    capitals = text.upper()
    return (capitals if capitals.startswith("P-") and len(text) == 11 else text) or None


def _amount(value: float | None) -> str:
    """A value as the form reads it again, to the same figure."""
    if value is None:
        return ""
    return f"{value:.0f}" if value.is_integer() else f"{value:.2f}"


class ListForm(forms.Form):
    """What to see of the records; words only for a case or a lead, and never in an address."""

    words = typed(
        _("Words"), help_text=_("Names, numbers, what was given: all of them must be found.")
    )
    number = typed(
        _("For which case or lead do you look?"),
        help_text=_("Only with words: a search by name is an entry in the log."),
    )
    kind = forms.ChoiceField(label=_("What was given"), required=False)
    money = forms.ChoiceField(label=_("Whose money"), required=False)
    region = typed(_("Region"), help_text=_("A code or a name; a province has all in it."))
    legs = forms.ChoiceField(
        label=_("Other leg"),
        required=False,
        choices=[
            ("", _("All")),
            (LINKED, _("Linked with what came back")),
            (OPEN, _("Something is expected and nothing came back")),
            (ALONE, _("Stands alone")),
        ],
    )
    source = forms.ChoiceField(
        label=_("From where"),
        required=False,
        choices=[("", _("All")), ("desk", _("Entered at a desk")), ("files", _("From files"))],
    )
    first = day(_("From this day on"))
    last = day(_("Until this day"))
    known_on = day(_("As it was known on this day"), help_text=_("Empty: as it is known now."))
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["kind"].choices = offered(exchange.KINDS, empty=_("All"))  # type: ignore[attr-defined]
        self.fields["money"].choices = offered(exchange.MONEY, empty=_("All"))  # type: ignore[attr-defined]

    def clean_region(self) -> str:
        """The code of the region."""
        code, doubt = places.region(self.cleaned_data["region"])
        if doubt == "region_ambiguous":
            raise forms.ValidationError(_("A regency and a city bear this name: say which."))
        if doubt and code is None:
            raise forms.ValidationError(_("There is no region with this name or code."))
        return code or ""

    def wanted(self) -> Wanted:
        """What was asked for."""
        told = self.cleaned_data
        names = [field.name for field in fields_of(Wanted)]
        return Wanted(**{name: told[name] for name in names})

    @property
    def mostly_optional(self) -> bool:
        """Nothing in it must be said."""
        return True


class WithdrawForm(forms.Form):
    """Why a record counts no more."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    because = forms.CharField(
        label=_("Why is it withdrawn?"), max_length=300,
        widget=forms.TextInput({"maxlength": 300, "autocomplete": "off"}),
    )  # fmt: skip
