"""The forms of hearings and plenaries: minutes, their end, proofs of summonses, votes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Officer
from timbang.cases.forms.fields import ActForm, lines_of, typed
from timbang.cases.minutes import MANNERS, Answer, Ending, Record
from timbang.cases.models import Minutes, Seat
from timbang.law import procedure as law
from timbang.registry.day_field import day

EMPTY_PAIRS = 4
MOST_PAIRS = 150
CHOICES = (
    (Seat.Choice.FOR.value, _("In favour")),
    (Seat.Choice.AGAINST.value, _("Not in favour")),
    (Seat.Choice.ABSTAIN.value, _("Abstain")),
)


class MinutesForm(ActForm):
    """One version of the minutes; saving gives more room for questions."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    pairs = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_PAIRS)
    place = typed(_("Place"), required=True)
    manner = forms.ChoiceField(label=_("How it was held"), widget=forms.RadioSelect)
    private = forms.BooleanField(
        label=_("It was held in private (PP 94/2021 ps 27)"), required=False
    )
    examiners = typed(_("Who examined"), lines=3, help_text=_("One name a line."))
    companions = typed(
        _("Who accompanied the reported person"), lines=2, help_text=_("One name a line.")
    )
    own_words = typed(
        _("What the reported person said, in his own words"),
        lines=8,
        help_text=_("Word for word. Nobody edits this."),
    )
    read_back = forms.BooleanField(
        label=_("The minutes were read back to the reported person"), required=False
    )

    def __init__(self, data: Any = None, *, record: Record, base: int, **kwargs: Any) -> None:
        pairs = min(len(record.answers) + EMPTY_PAIRS, MOST_PAIRS)
        kwargs["initial"] = {
            **{name: getattr(record, name) for name in ("place", "manner", "private")},
            "examiners": "\n".join(record.examiners),
            "companions": "\n".join(record.companions),
            "own_words": record.own_words,
            "read_back": record.read_back,
            "base": base,
            "pairs": pairs,
        }
        super().__init__(data, **kwargs)
        manners = [(code, str(words)) for code, words in MANNERS.items()]
        self.fields["manner"].choices = manners  # type: ignore[attr-defined]
        self._ask(self._count(data, pairs), record.answers)

    @staticmethod
    def _count(data: Any, pairs: int) -> int:
        """How many pairs the form that was sent had."""
        sent = str(data.get("pairs", "")) if data else ""
        found = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 5 else pairs
        return min(max(found, 1), MOST_PAIRS)

    def _ask(self, pairs: int, answers: Sequence[Answer]) -> None:
        for place in range(pairs):
            known = answers[place] if place < len(answers) else Answer("", "")
            number = {"number": place + 1}
            question = typed(_("Question %(number)s") % number, lines=2)
            answer = typed(_("Answer %(number)s") % number, lines=3)
            question.initial, answer.initial = known.question, known.answer
            self.fields[f"question_{place}"] = question
            self.fields[f"answer_{place}"] = answer
        last = ("own_words", "read_back")
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def _answers(self) -> Iterator[Answer]:
        told = self.cleaned_data
        for place in range(MOST_PAIRS):
            question, answer = told.get(f"question_{place}", ""), told.get(f"answer_{place}", "")
            if question.strip() or answer.strip():
                yield Answer(question.strip(), answer.strip())

    def record(self) -> Record:
        """The minutes as they were typed."""
        told = self.cleaned_data
        return Record(
            place=told["place"],
            manner=told["manner"],
            private=told["private"],
            examiners=lines_of(told["examiners"]),
            companions=lines_of(told["companions"]),
            answers=tuple(self._answers()),
            own_words=told["own_words"],
            read_back=told["read_back"],
        )


class EndingForm(ActForm):
    """How the minutes end."""

    closed_as = forms.ChoiceField(
        label=_("How the reported person ended them"),
        widget=forms.RadioSelect,
        choices=(
            (Minutes.Closed.SIGNED.value, _("He signed them")),
            (Minutes.Closed.REFUSED.value, _("He refused to sign")),
        ),
    )
    on = day(_("On"), required=True)
    witnesses = typed(_("Witnesses of the refusal"), lines=2, help_text=_("Two names, one a line."))
    reason = typed(_("Why he refused, if he said so"), lines=3)
    copy_given = forms.BooleanField(
        label=_("He was given a copy (PP 94/2021 ps 32)"), required=False
    )

    def ending(self) -> Ending:
        """The end as it was told."""
        told = self.cleaned_data
        on: date = told["on"]
        return Ending(
            closed_as=told["closed_as"],
            on=on.isoformat(),
            witnesses=lines_of(told["witnesses"]),
            reason=told["reason"].strip(),
            copy_given=told["copy_given"],
        )


class UnchangedForm(ActForm):
    """That changed facts are the same in substance."""

    reason = typed(
        _("What was changed, and why it changes nothing in substance"), lines=5, required=True
    )


class ProofForm(ActForm):
    """How the arrival of a summons is known."""

    delivered_on = day(_("Arrived on"), required=True)
    proof = typed(
        _("Proof of arrival"),
        lines=3,
        required=True,
        help_text=_("For example the number of a receipt, a stamp, who signed for it."),
    )


class CallForm(ActForm):
    """Calling a plenary."""

    proposal = forms.ChoiceField(label=_("Proposal"), widget=forms.RadioSelect)
    meets_on = day(_("Meets on"), required=True)
    members = forms.MultipleChoiceField(
        label=_("Members"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("A plenary needs members.")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        proposals: Sequence[law.Outcome],
        officers: Sequence[Officer],
        **kwargs: Any,
    ) -> None:
        everybody = [str(officer.pk) for officer in officers]
        kwargs["initial"] = {"members": everybody} | kwargs.get("initial", {})
        super().__init__(data, **kwargs)
        outcomes = [(found.code, str(found.title)) for found in proposals]
        self.fields["proposal"].choices = outcomes  # type: ignore[attr-defined]
        names = [(str(officer.pk), officer.name) for officer in officers]
        self.fields["members"].choices = names  # type: ignore[attr-defined]

    @property
    def chosen(self) -> frozenset[UUID]:
        """The members who are called."""
        return frozenset(map(UUID, self.cleaned_data["members"]))


class VoteForm(ActForm):
    """One's own vote."""

    choice = forms.ChoiceField(label=_("Your vote"), widget=forms.RadioSelect, choices=CHOICES)
    reasons = typed(
        _("Your reasons"),
        lines=8,
        help_text=_("Needed for a vote against. They are sealed and go along with the file."),
    )


class CloseForm(ActForm):
    """Closing a plenary."""

    sure = forms.BooleanField(
        label=_("I have checked this. It cannot be undone."),
        error_messages={"required": _("Confirm it: this step cannot be undone.")},
    )
