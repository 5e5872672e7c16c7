"""What a reader may ask of the law: plain questions, sent by GET so that the address can be shared.

No field holds personal data, and none is required but the two without which nothing can be said.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timbang.law import cards, may_i
from timbang.law.vocabulary import FACTS, FIRST_DAY, LAST_DAY, STATUSES
from timbang.publication import contests

MINE = {("object", "spouse_candidate"): _("My own husband or wife, who is a candidate")}
UNKNOWN = [("", _("not known, or not relevant"))]


class DayField(forms.DateField):
    """A day as browsers send it, within the years that the law room knows."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={"invalid": _("Write the day as 2024-11-27: year, month, day.")},
            **options,
        )

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(
                _("The day must lie between %(first)s and %(last)s."),
                params={"first": FIRST_DAY.isoformat(), "last": LAST_DAY.isoformat()},
            )
        return day


class DayForm(forms.Form):
    """The law of which day, as known when? Without an answer that of today, as known today."""

    pada = DayField(label=_("The law on the day"), required=False)
    diketahui = DayField(label=_("As this catalogue told it on the day"), required=False)


class MayIForm(forms.Form):
    """Up to six questions; the election belongs to "when"."""

    status = forms.ChoiceField(label=_("Who are you?"))
    post_level = forms.ChoiceField(label=_("Which post do you hold?"), required=False)
    conduct = forms.ChoiceField(label=_("What do you want to do?"))
    object = forms.ChoiceField(label=_("About whom?"), required=False)
    act_on = DayField(
        label=_("When?"), required=False, help_text=_("Left empty, it is asked for today.")
    )
    contest = forms.ChoiceField(
        label=_("For which election?"),
        required=False,
        help_text=_("It gives the day on which candidates are confirmed, and the campaign."),
    )
    on_unpaid_leave = forms.ChoiceField(
        label=_("On leave outside the state's responsibility (CLTN)?"), required=False
    )

    def __init__(self, data: QueryDict | None, *, on: date | None = None) -> None:
        """`on`: the day that is asked about, where no answers are given that name it."""
        super().__init__(data, prefix=None)
        self.mostly_optional = True
        choice = self.fields
        choice["status"].choices = _plain("", _("choose"), STATUSES)  # type: ignore[attr-defined]
        choice["post_level"].choices = _of_fact("post_level")  # type: ignore[attr-defined]
        choice["conduct"].choices = _conducts()  # type: ignore[attr-defined]
        choice["object"].choices = _of_fact("object")  # type: ignore[attr-defined]
        choice["contest"].choices = [  # type: ignore[attr-defined]
            *UNKNOWN,
            *contests.choices(on or _asked_about(data), _chosen(data)),
        ]
        choice["on_unpaid_leave"].choices = [  # type: ignore[attr-defined]
            *UNKNOWN,
            ("true", _("yes")),
            ("false", _("no")),
        ]


class CardForm(forms.Form):
    """For which election or phase, and for whom, is the card?"""

    status = forms.ChoiceField(label=_("For whom?"))
    contest = forms.ChoiceField(label=_("For which election?"), required=False)
    phase = forms.ChoiceField(
        label=_("For which phase?"),
        required=False,
        help_text=_("Left empty, it is the phase in which that election is now."),
    )

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data, prefix=None)
        self.mostly_optional = True
        choice = self.fields
        choice["status"].choices = _plain("", _("choose"), STATUSES)  # type: ignore[attr-defined]
        choice["contest"].choices = [  # type: ignore[attr-defined]
            ("", _("any election")),
            *contests.choices(timezone.localdate(), _chosen(data)),
        ]
        choice["phase"].choices = _plain("", _("the present one"), cards.PHASES)  # type: ignore[attr-defined]


def _asked_about(data: QueryDict | None) -> date:
    """The day of the act as it was told; today, if none was, or none that can be."""
    told = data.get("act_on", "") if data else ""
    try:
        return date.fromisoformat(told)
    except ValueError:
        return timezone.localdate()


def _chosen(data: QueryDict | None) -> str:
    return data.get("contest", "") if data else ""


def _plain(empty: str, label: Any, found: Any) -> list[tuple[str, Any]]:
    return [(empty, label), *((code, str(name)) for code, name in found.items())]


def _of_fact(key: str) -> list[tuple[str, Any]]:
    """The answers to a fact, in the words of one who speaks of himself."""
    told = FACTS[key].choices.items()
    return [*UNKNOWN, *((code, MINE.get((key, code), str(name))) for code, name in told)]


def _conducts() -> list[tuple[Any, Any]]:
    offered = [
        (str(group.title), [(each.code, str(each.label)) for each in group.conducts])
        for group in may_i.groups()
    ]
    return [("", _("choose")), *offered]
