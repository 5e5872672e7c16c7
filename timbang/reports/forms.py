"""What the intake asks, and what it does with odd input: say so kindly, and keep the rest.

A text over its limit is cut to the limit and shown again with a message, so that a page never
carries megabytes back and nothing within the limit is lost.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.choices import BaseChoiceIterator
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from timbang.accounts import codes
from timbang.accounts.models import Organ
from timbang.law import vocabulary
from timbang.reports import kinds, widgets, wording
from timbang.reports.content import AccusedPerson, Content, Identity
from timbang.reports.places import Place

LONG: Final = 20_000
MIDDLE: Final = 2_000
SHORT: Final = 200
MOST_PEOPLE: Final = 10
MOST_COUNTED: Final = 366
EARLIEST: Final = date(1990, 1, 1)
ELSEWHERE: Final = _("This region is not in the province that is chosen now. Please choose again.")
DAYS: Final = ("happened_from", "happened_until", "learned_on", "served_on", "complained_on")
# Outside of elections, where no rule of ours says what a report without a name is.
WAYS: Final = [
    ("anonymous", _("I stay unknown. The office can still look into it on its own.")),
    ("named", _("I give my name. My name is sealed apart: it is opened only for a written reason, "
                "and each opening is recorded.")),
]  # fmt: skip
DAY_FORMATS: Final = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")


class KindText(forms.CharField):
    """A text that is cleaned of control characters rather than refused for them."""

    def __init__(self, *, limit: int, lines: int = 1, **kwargs: Any) -> None:
        self.limit = limit
        attributes = {"maxlength": limit, **({"rows": lines} if lines > 1 else {})}
        widget = (widgets.Area if lines > 1 else widgets.Text)(attributes)
        super().__init__(required=kwargs.pop("required", False), widget=widget, **kwargs)

    def __deepcopy__(self, memo: object) -> KindText:
        """Nothing changes it after its class was made: all forms share it."""
        return self


class Fixed(forms.MultipleChoiceField):
    """Any number of choices that never change: shared by all forms."""

    widget = widgets.AnyOf

    def __deepcopy__(self, memo: object) -> Fixed:
        return self


class Count(forms.IntegerField):
    """A number of days or times."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            min_value=0,
            max_value=MOST_COUNTED,
            widget=widgets.CountInput({"inputmode": "numeric", "maxlength": 5}),
            error_messages={
                "invalid": _("This is not a number that we understand. Write it as 12."),
                "min_value": _("Write a number from 0 to 366."),
                "max_value": _("Write a number from 0 to 366."),
            },
            **kwargs,
        )


class YesOrNo(forms.TypedChoiceField):
    """A question that may be answered with "I do not know"."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            widget=widgets.Choice,
            choices=[("", _("I do not know")), ("yes", _("Yes")), ("no", _("No"))],
            coerce=lambda word: word == "yes",
            empty_value=None,
            **kwargs,
        )


class Day(forms.DateField):
    """A day in the past or today, typed as a browser or as a person does."""

    def __init__(self, **kwargs: Any) -> None:
        widget = widgets.DayInput({"min": EARLIEST.isoformat()}, format="%Y-%m-%d")
        super().__init__(
            required=False,
            widget=widget,
            input_formats=DAY_FORMATS,
            error_messages={
                "invalid": _("This is not a day that we understand. Write it as 2027-02-14.")
            },
            **kwargs,
        )


class Pairs(BaseChoiceIterator):
    """Choices that are pairs already: Django need not look into each of them again and again."""

    def __init__(self, pairs: Iterable[tuple[str, Any]]) -> None:
        self.pairs = tuple(pairs)

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self.pairs)


def plain(text: str) -> str:
    """Line ends as one sign, and no control characters, which no keyboard sends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isprintable():
        return text
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")


class KindForm(forms.Form):
    """A form that cuts what is too long, and says so, instead of losing it."""

    data: QueryDict
    use_required_attribute = False
    # Said once on the page instead of beside every input.
    mostly_optional = True

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        self.cut: dict[str, int] = {}
        prefix = kwargs.get("prefix")
        super().__init__(self._cut(data, prefix) if data is not None else None, **kwargs)

    @classmethod
    def describe(cls) -> None:
        """Tie each help text to its input: it stands before it, where a listener hears it."""
        for name, field in cls.base_fields.items():
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"id_{name}_help"

    def _cut(self, data: QueryDict, prefix: str | None) -> QueryDict:
        kept = data
        for name, field in self.base_fields.items():
            key = f"{prefix}-{name}" if prefix else name
            if not isinstance(field, KindText) or not (raw := data.get(key)):
                continue
            text = plain(raw)
            if len(text) > field.limit:
                self.cut[name] = len(text)
            if text[: field.limit] != raw:
                kept = kept.copy() if kept is data else kept
                kept[key] = text[: field.limit]
        return kept

    def typed(self, key: str) -> list[str]:
        """What was typed under this name, cut to its limit, without what is empty."""
        return [value for value in self.data.getlist(key) if value]

    def clean(self) -> dict[str, Any]:
        for name, length in self.cut.items():
            limit = self.fields[name].limit  # type: ignore[attr-defined]
            message = _(
                "This was %(length)s signs long; at most %(limit)s fit. The first %(limit)s are "
                "kept. Please shorten it, or add the rest as a file."
            )
            self.add_error(name, message % {"length": length, "limit": limit})
        return self.cleaned_data


class PersonForm(KindForm):
    """One reported person: whatever is known."""

    name = KindText(limit=SHORT, label=_("Name"))
    post = KindText(limit=SHORT, label=_("Post"))
    agency = KindText(limit=SHORT, label=_("Agency or office"))
    region = forms.ChoiceField(
        required=False,
        widget=widgets.Choice,
        label=_("Region where the person works"),
        error_messages={"invalid_choice": ELSEWHERE},
    )
    status = forms.ChoiceField(
        required=False,
        widget=widgets.Choice,
        label=_("What kind of official is it?"),
        help_text=_("Which rules and which office apply depends on it."),
    )

    def __init__(
        self, data: QueryDict | None, *, regencies: Sequence[Place], language: str, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        status = self.fields["status"]
        status.choices = _choices(language)["status"]  # type: ignore[attr-defined]
        status.widget.attrs["aria-describedby"] = f"{self['status'].auto_id}_help"
        self.fields["region"].choices = _names(_("The same region as above"), tuple(regencies))  # type: ignore[attr-defined]

    @property
    def names_somebody(self) -> bool:
        """Whether a name, a post or an office was typed."""
        names = (self.add_prefix(name) for name in ("name", "post", "agency"))
        return any(value.strip() for name in names for value in self.typed(name))

    def person(self) -> AccusedPerson:
        """The person as typed."""
        return AccusedPerson(**{name: self.cleaned_data.get(name, "") for name in self.fields})


class ReportForm(KindForm):
    """The report. Almost nothing is compulsory: the `complete` check says what is."""

    kind = forms.ChoiceField(
        widget=widgets.OneOf,
        choices=list(wording.KIND.items()),
        label=_("What is it about?"),
        help_text=_("It decides what we ask, and which offices can take it. You can change it."),
    )
    province = forms.ChoiceField(
        widget=widgets.Choice,
        label=_("In which province?"),
        error_messages={"required": _("Please choose a province.")},
    )
    region = forms.ChoiceField(
        required=False,
        widget=widgets.Choice,
        label=_("In which regency or city?"),
        error_messages={"invalid_choice": ELSEWHERE},
    )
    organ = forms.ChoiceField(
        widget=widgets.OneOf,
        label=_("Which office should receive it?"),
        help_text=_("Only this office can open your report. Do not choose one that is led by the "
                    "person you report, or by that person's superior."),
        error_messages={"required": _("Please choose the office that should receive it."),
                        "invalid_choice": _("This office does not receive such reports here. "
                                            "Please choose another.")},
    )  # fmt: skip
    conduct = forms.MultipleChoiceField(
        required=False,
        widget=widgets.AnyOf,
        label=_("What did you see or hear? Choose all that fit."),
    )
    narrative = KindText(
        limit=LONG,
        lines=8,
        label=_("Tell it in your own words"),
        help_text=_("What happened, who was there, how you know. Leave out what would show who "
                    "you are, if you want to stay unknown. Up to 20,000 signs."),
    )  # fmt: skip
    happened_from = Day(
        label=_("When did it happen?"),
        help_text=_("If it lasted several days: the first day. Leave it empty if you do not know."),
    )
    happened_until = Day(label=_("Last day, if it lasted several days"))
    absent_workdays = Count(
        label=_("If it is about absence: how many working days in that year?"),
        help_text=_("All days of the calendar year together, as far as you know."),
    )
    valid_reason = YesOrNo(
        label=_("Was there a valid reason for the absence?"),
        help_text=_("Such as illness, leave or an emergency."),
    )
    impact = forms.ChoiceField(
        required=False, widget=widgets.Choice, label=_("Who was harmed by it?")
    )
    service = KindText(
        limit=SHORT,
        label=_("Which service is it about?"),
        help_text=_("For example an identity card, a permit, treatment at a clinic."),
    )
    served_on = Day(
        label=_("When did you ask for it, or get it?"),
        help_text=_("Terms for complaints count from this day. A late one is accepted here too."),
    )
    treated_worse = Fixed(
        required=False,
        choices=list(wording.TREATED_WORSE.items()),
        label=_("Were others treated better than you?"),
        help_text=_("Others in the same queue, with the same request. Leave it empty if not."),
    )
    complained_first = YesOrNo(
        label=_("Has anybody complained to that office already?"),
        help_text=_("The Ombudsman usually asks for that first."),
    )
    complained_on = Day(label=_("If so, when?"))
    wanted = KindText(
        limit=MIDDLE,
        lines=3,
        label=_("What should be done about it?"),
        help_text=_("For example: give the service, pay the money back, explain, apologise."),
    )
    learned_on = Day(
        label=_("When did you learn of it?"),
        help_text=_("The term of 7 days for reporting counts from this day. A late report is "
                    "accepted here too."),
    )  # fmt: skip
    place = KindText(limit=SHORT, label=_("Where did it happen?"))
    witnesses = KindText(
        limit=MIDDLE,
        lines=3,
        label=_("Who else saw it?"),
        help_text=_("Only if naming them does not put them in danger."),
    )
    contest_kind = forms.ChoiceField(
        required=False, widget=widgets.Choice, label=_("Which election was it about?")
    )
    side_direction = forms.ChoiceField(
        required=False, widget=widgets.Choice, label=_("For or against?")
    )
    side_kind = forms.ChoiceField(required=False, widget=widgets.Choice, label=_("Whom?"))
    side_name = KindText(limit=SHORT, label=_("Name of the candidate or party"))
    ordered_by = Fixed(
        required=False,
        choices=list(wording.ORDERED_BY.items()),
        label=_("Did somebody order it?"),
        help_text=_("Whoever gave the order matters too."),
    )
    means = Fixed(
        required=False,
        choices=list(wording.MEANS.items()),
        label=_("By what means?"),
    )
    way = forms.ChoiceField(
        widget=widgets.OneOf,
        initial="anonymous",
        choices=(
            ("anonymous", _("I stay unknown. The law then takes it as prior information (informasi "
                            "awal): a supervisor may follow it up as a finding of its own.")),
            ("named", _("I give my name. The law then takes it as a report (laporan). My name is "
                        "sealed apart: it is opened only for a written reason, and each opening is "
                        "recorded.")),
        ),
        label=_("Do you give your name?"),
        error_messages={"required": _("Please choose whether you give your name.")},
    )  # fmt: skip
    identity_name = KindText(limit=SHORT, label=_("Your name"))
    identity_address = KindText(limit=MIDDLE, lines=2, label=_("Your address"))
    identity_contact = KindText(
        limit=SHORT,
        label=_("Telephone or e-mail"),
        help_text=_("Nobody has to call you: questions wait for you here, behind your receipt."),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        today: date,
        language: str,
        kind: str = kinds.FIRST,
        provinces: Sequence[Place] = (),
        regencies: Sequence[Place] = (),
        organs: Sequence[Organ] = (),
        final: bool = False,
    ) -> None:
        super().__init__(data)
        self.today = today
        self.language = language
        self.about = kind
        self.final = final
        words = dict(_choices(language))
        words.pop("status")
        offered = {
            **words,
            "province": _names(_("Choose a province"), tuple(provinces)),
            "region": _names(_("I do not know, or the whole province"), tuple(regencies)),
            "organ": Pairs((str(organ.pk), _office(organ)) for organ in organs),
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        # Any conduct may come back, because the kind may have been changed: those of it are shown.
        self.fields["conduct"].widget.choices = _conducts(language, kind)
        if kind != kinds.FIRST:
            self.fields["way"].choices = WAYS  # type: ignore[attr-defined]
        for name in DAYS:
            self.fields[name].widget.attrs["max"] = today.isoformat()

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        self._leave_aside()
        if not self.final:
            self._nothing_is_missing_yet()
        for name in DAYS:
            self._check_day(name, told.get(name))
        first, last = told.get("happened_from"), told.get("happened_until")
        if first and last and last < first:
            self.add_error("happened_until", _("The last day lies before the first day."))
        if self.final and told.get("way") == "named":
            self._check_identity(told)
        return told

    @property
    def asks(self) -> frozenset[str]:
        """Which of the inputs that not every report has are asked here."""
        return kinds.asks(self.about)

    def _leave_aside(self) -> None:
        """What was typed for another kind waits in the body until that kind is chosen again; it is
        neither wrong nor sent."""
        for name in set(kinds.OF_SOME_KINDS) - self.asks:
            self.cleaned_data[name] = self.fields[name].clean("")
            self.errors.pop(name, None)
        own = set(kinds.conducts(self.about))
        told = self.cleaned_data.get("conduct", ())
        self.cleaned_data["conduct"] = [code for code in told if code in own]

    def kept_aside(self) -> list[tuple[str, str]]:
        """What was typed for another kind."""
        own, others = set(kinds.conducts(self.about)), set(kinds.OF_SOME_KINDS) - self.asks
        typed = [(name, value) for name in sorted(others) for value in self.typed(name)]
        other = [code for code in self.typed("conduct") if code not in own]
        return [*typed, *(("conduct", code) for code in other if code in vocabulary.CONDUCTS)]

    def _nothing_is_missing_yet(self) -> None:
        """Between two steps only what was typed can be wrong."""
        for name, faults in list(self.errors.as_data().items()):
            if all(fault.code == "required" for fault in faults):
                del self.errors[name]

    def _check_day(self, name: str, day: date | None) -> None:
        if day is not None and day > self.today:
            message = _("This day lies in the future. Today is %(today)s.")
            self.add_error(name, message % {"today": date_format(self.today, "j F Y")})
        elif day is not None and day < EARLIEST:
            message = _("This day lies too far back. The first day that we take is %(first)s.")
            self.add_error(name, message % {"first": date_format(EARLIEST, "j F Y")})

    def _check_identity(self, told: Mapping[str, Any]) -> None:
        message = _("A named report needs name and address. If you would rather not, choose to "
                    "stay unknown.")  # fmt: skip
        if self.about == kinds.FIRST:
            message = _("A named report needs name and address (UU 7/2017 ps. 454(4)). If you "
                        "would rather not, choose to stay unknown.")  # fmt: skip
        for name in ("identity_name", "identity_address"):
            if not told.get(name):
                self.add_error(name, message)

    def complete(self, *, somebody: bool) -> bool:
        """Whether there is enough to look at: something that happened, and somebody or some office.

        What is missing becomes an error of the form, beside what is wrong in it.
        """
        told = self.cleaned_data
        doubted = {"narrative", "conduct"} & set(self.errors)
        something = told.get("narrative") or set(told.get("conduct", ())) - {"other"}
        if not something and not doubted:
            message = _("Please choose what you saw, or tell it in your own words.")
            self.add_error("narrative", message)
        if not somebody:
            message = _("Please give at least a name, a post or an office, so that somebody can "
                        "look into it.")  # fmt: skip
            self.add_error(None, message)
        return not self.errors

    def content(self, people: Sequence[AccusedPerson]) -> Content:
        """The report as a value."""
        told = self.cleaned_data
        names = ("province", "region", "narrative", "happened_from", "happened_until", "learned_on",
                 "place", "witnesses", "contest_kind", "side_kind", "side_direction",
                 "side_name", "absent_workdays", "valid_reason", "impact", "service", "served_on",
                 "complained_first", "complained_on", "wanted")  # fmt: skip
        return Content(
            kind=self.about,
            **{name: told[name] for name in names},
            accused=tuple(person for person in people if person != AccusedPerson()),
            conduct=tuple(told["conduct"]),
            ordered_by=tuple(told["ordered_by"]),
            means=tuple(told["means"]),
            treated_worse=tuple(told["treated_worse"]),
            language=self.language,
        )

    def identity(self) -> Identity | None:
        """Who the reporter is, if he chose to say so; what he typed before changing his mind is
        left behind."""
        told = self.cleaned_data
        if told.get("way") != "named":
            return None
        return Identity(
            told["identity_name"], told["identity_address"], told.get("identity_contact", "")
        )


class ReceiptForm(forms.Form):
    """The way back."""

    receipt = forms.CharField(
        required=False,
        label=_("Your receipt"),
        help_text=_("24 letters and numbers. Capitals, spaces and hyphens do not matter."),
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "aria-describedby": "id_receipt_help",
            }
        ),
    )


class ReplyForm(KindForm):
    """What the reporter adds later."""

    text = KindText(
        limit=LONG,
        lines=6,
        label=_("Your answer, or what you want to add"),
        help_text=_("Up to 20,000 signs. It is sealed like your report."),
    )

    @staticmethod
    def within_limit(text: str) -> str:
        """What fits of a text that is not sent yet."""
        return plain(text)[:LONG]


ReportForm.describe()
ReplyForm.describe()


def _names(none: Any, places: tuple[Place, ...]) -> Pairs:
    return Pairs([("", none), *((place.code, place.name) for place in places)])


def _office(organ: Organ) -> Any:
    if organ.kind == "observer":
        return _("%(name)s (observer: verifies and forwards, never decides)") % {"name": organ.name}
    return f"{organ.name} ({codes.ORGAN_KINDS[organ.kind]})"


@cache
def _choices(language: str) -> dict[str, Pairs]:
    """The choices that law words, in this language."""
    unknown = ("", _("I do not know"))
    words = {
        "contest_kind": vocabulary.CONTEST_KINDS,
        "impact": vocabulary.IMPACTS,
        "status": vocabulary.STATUSES,
    }
    return {
        "conduct": Pairs((code, code) for code in vocabulary.CONDUCTS),
        "side_kind": Pairs([unknown, *wording.SIDE_KIND.items()]),
        "side_direction": Pairs([unknown, *wording.DIRECTION.items()]),
        **{
            name: Pairs([unknown, *((code, label[language]) for code, label in found.items())])
            for name, found in words.items()
        },
    }


@cache
def _conducts(language: str, kind: str) -> Pairs:
    """What a report of this kind may be about, in this language; in groups if nothing is known."""

    def words(codes: Iterable[str]) -> tuple[tuple[str, Any], ...]:
        return tuple((code, wording.conduct(code, language)) for code in codes)

    if kind:
        return Pairs(words(kinds.conducts(kind)))
    groups = [
        (vocabulary.REPORT_KINDS[found][language], words(codes))
        for found, codes in kinds.groups().items()
    ]
    return Pairs([*groups, *words(("other",))])
