"""The forms of the desk. Each carries the case's version and a number of its own.

`version` tells whether somebody else changed the case meanwhile, `once` makes a double click one
act. Both are random or counted, neither names anybody.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from timbang.accounts.models import Organ
from timbang.cases import letters
from timbang.cases.actions import Given, Seen
from timbang.cases.drafting import Cover, Writing
from timbang.cases.facts import CONDUCT, OF_A_PERSON, asked_first
from timbang.cases.models import Case, Exhibit
from timbang.cases.vault import Person
from timbang.law import procedure as law
from timbang.law.bilingual import Bilingual
from timbang.law.vocabulary import (
    CONDUCTS,
    CONDUCTS_OF,
    FACTS,
    FIRST_DAY,
    LAST_DAY,
    MOST,
    REPORT_KINDS,
    STATUSES,
    Fact,
)
from timbang.reports.widgets import AnyOf

SHORT: Final = 200
LONG: Final = 20_000
NONE_OF_THESE: Final = "-"


def typed(label: Any, *, lines: int = 1, required: bool = False, help_text: Any = "") -> Any:
    """A text field with the desk's limits: one line of 200 signs, or a long text."""
    limit = LONG if lines > 1 else SHORT
    attributes: dict[str, Any] = {"maxlength": limit, "autocomplete": "off"}
    widget: Any = forms.TextInput(attributes)
    if lines > 1:
        widget = forms.Textarea(attributes | {"rows": lines})
    return forms.CharField(
        label=label, max_length=limit, required=required, help_text=help_text, widget=widget
    )


def day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day, between the first day of the Republic and the end of the century."""
    limits = {"type": "date", "min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        widget=forms.DateInput(limits, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 2027-02-14.")},
        validators=[_possible_day],
    )


def _possible_day(value: date) -> None:
    if not FIRST_DAY <= value <= LAST_DAY:
        raise forms.ValidationError(_("This day cannot be: check the year."))


def lines_of(value: str) -> tuple[str, ...]:
    """One item a line; empty lines are left out."""
    return tuple(line.strip() for line in value.splitlines() if line.strip())


class ActForm(forms.Form):
    """What every form of an act carries."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, data: Any = None, *, case: Case | None = None, **kwargs: Any) -> None:
        initial = {"once": uuid.uuid4(), "version": case.version if case else None}
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(data, **kwargs)

    @property
    def seen(self) -> Seen:
        """What the officer had before him when he filled in the form."""
        return Seen(self.cleaned_data["version"], self.cleaned_data["once"])

    def again(self, **newer: int) -> None:
        """Let the same form, shown once more with what changed, be sent on what is newer."""
        data = cast(QueryDict, self.data).copy()
        data["once"] = str(uuid.uuid4())
        for name, number in newer.items():
            data[name] = str(number)
        self.data = data


class QuestionForm(ActForm):
    """A question to the reporter."""

    text = typed(
        _("Question"),
        lines=5,
        required=True,
        help_text=_("The reporter reads it with his receipt. Do not name other people."),
    )


class RejectForm(ActForm):
    """Why no case is made of a report."""

    reason = typed(
        _("Reason"),
        lines=5,
        required=True,
        help_text=_("The reporter reads it with his receipt."),
    )
    sure = forms.BooleanField(
        label=_("I have read the whole report. This cannot be undone."),
        error_messages={"required": _("Confirm it: a rejection cannot be undone.")},
    )


class IdentityForm(ActForm):
    """Why the sealed identity must be opened."""

    reason = typed(
        _("Why do you need to know who reported?"),
        lines=3,
        required=True,
        help_text=_("Your name and a digest of this reason go into the log."),
    )


# Procedures, each with the steps at which this office may begin.
Ways = Sequence[tuple[law.Procedure, Sequence[str]]]


def way_choices(ways: Ways) -> list[tuple[str, str]]:
    """Each beginning of each procedure as one choice: `id:step`."""
    return [
        (
            f"{procedure.id}:{start}",
            str(procedure.title)
            if len(starts) == 1
            else f"{procedure.title} · {procedure.step(start).title}",
        )
        for procedure, starts in ways
        for start in starts
    ]


class NewCaseForm(ActForm):
    """A case from a report: of which kind, under which procedure, and against whom."""

    kind = forms.ChoiceField(label=_("What it is about"))
    procedure = forms.ChoiceField(
        label=_("Procedure"),
        help_text=_("Those that the law has for such a case stand first."),
    )
    reason = typed(
        _("Why this procedure"),
        lines=3,
        help_text=_("Only if it is not the first one. It stays with the case as a note."),
    )
    people = forms.MultipleChoiceField(
        label=_("Reported persons"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As the report names them; you can correct and add persons afterwards."),
        error_messages={"required": _("Choose at least one reported person.")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        kind: str,
        fitting: Ways,
        others: Ways,
        people: Sequence[Person],
        **kwargs: Any,
    ) -> None:
        named = [(str(place), label_of(person)) for place, person in enumerate(people)]
        ways = [(_("For such a case"), way_choices(fitting)), (_("Others"), way_choices(others))]
        known = {
            "people": [place for place, _name in named],
            "kind": kind,
            "procedure": next((code for _title, found in ways for code, _label in found), ""),
        }
        super().__init__(data, initial=known | kwargs.pop("initial", {}), **kwargs)
        self.offered = list(people)
        procedure, chosen = self.fields["procedure"], self.fields["people"]
        self.fields["kind"].choices = _choices(REPORT_KINDS)  # type: ignore[attr-defined]
        procedure.choices = [way for way in ways if way[1]]  # type: ignore[attr-defined]
        chosen.choices = named  # type: ignore[attr-defined]

    def chosen(self) -> list[Person]:
        """The reported persons that the officer left ticked."""
        return [self.offered[int(place)] for place in self.cleaned_data["people"]]


class JoinForm(ActForm):
    """A running case that a report joins, and the persons that it adds."""

    case = forms.ChoiceField(label=_("Case"), widget=forms.RadioSelect)
    people = forms.MultipleChoiceField(
        label=_("Persons that this report adds to the case"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        cases: Sequence[tuple[str, str]],
        people: Sequence[Person],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.offered = list(people)
        cases_field, chosen = self.fields["case"], self.fields["people"]
        cases_field.choices = list(cases)  # type: ignore[attr-defined]
        chosen.choices = [  # type: ignore[attr-defined]
            (str(place), label_of(person)) for place, person in enumerate(people)
        ]

    def chosen(self) -> list[Person]:
        """The persons to add."""
        return [self.offered[int(place)] for place in self.cleaned_data["people"]]


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


class WritingForm(ActForm):
    """A study or a recommendation: one consideration, one basis, one decision a line."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    considering = typed(_("Considering"), lines=10, required=True, help_text=_("One item a line."))
    having_regard_to = typed(
        _("Having regard to"), lines=8, required=True, help_text=_("One item a line.")
    )
    decides = typed(_("Decides"), lines=8, required=True, help_text=_("One item a line."))

    def __init__(
        self, data: Any = None, *, writing: Writing | None = None, base: int, **kwargs: Any
    ) -> None:
        parts = writing.as_json() if writing else {}
        initial = {name: "\n".join(items) for name, items in parts.items()} | {"base": base}
        super().__init__(data, initial=initial, **kwargs)

    def writing(self) -> Writing:
        """The text as filled in."""
        names = ("considering", "having_regard_to", "decides")
        return Writing(*(lines_of(self.cleaned_data[name]) for name in names))


class NoteForm(ActForm):
    """A note that stays with the organ."""

    text = typed(
        _("Note"), lines=4, required=True, help_text=_("Stays with your office; never handed over.")
    )


class LetterForm(ActForm):
    """The cover of a letter; its content comes from facts, norms and documents."""

    kind = forms.ChoiceField(label=_("Kind of letter"))
    dated_on = day(_("Date"), required=True)
    number = typed(_("Number of the letter"))
    place = typed(_("Place"))
    subject = typed(_("Subject"))
    about = forms.MultipleChoiceField(
        label=_("Reported persons named in it"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "A clearing names one person, who may show it to anybody. Study, recommendation, "
            "forwarding and file name them all."
        ),
    )
    to_name = typed(_("To: name"))
    to_post = typed(_("To: post"))
    to_agency = typed(_("To: agency"))
    to_address = typed(_("To: address"))
    points = typed(
        _("Questions or requests"),
        lines=5,
        help_text=_("For questions and warnings: one item a line."),
    )
    reply_by = day(
        _("Answer wanted by"), help_text=_("Printed as a reminder target, not as a term of law.")
    )
    signer_name = typed(_("Signed by: name"))
    signer_post = typed(_("Signed by: post"))
    language = forms.ChoiceField(
        label=_("Language of the fixed words"),
        initial="id",
        choices=[("id", "Bahasa Indonesia"), ("en", "English")],
    )

    KINDS = (
        (letters.Kind.STUDY, _("Study")),
        (letters.Kind.RECOMMENDATION, _("Recommendation")),
        (letters.Kind.FORWARDING, _("Forwarding")),
        (letters.Kind.OUTSIDE_FILE, _("Complete file for an outside organ")),
        (letters.Kind.QUESTION, _("Request for information")),
        (letters.Kind.CLOSING_NOT_PROVEN, _("Clearing in writing: not proven")),
        (letters.Kind.FOLLOW_UP_WARNING, _("Warning about the follow-up")),
    )

    def __init__(
        self, data: Any = None, *, people: Sequence[Person], clears: bool, **kwargs: Any
    ) -> None:
        places = [(str(place), label_of(person)) for place, person in enumerate(people)]
        initial = {"about": [place for place, _label in places]} | kwargs.pop("initial", {})
        super().__init__(data, initial=initial, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, label)
            for kind, label in self.KINDS
            if clears or kind != letters.Kind.CLOSING_NOT_PROVEN
        ]
        if len(places) > 1:
            self.fields["about"].choices = places  # type: ignore[attr-defined]
        else:
            del self.fields["about"]

    def clean(self) -> dict[str, Any]:
        """Questions and warnings say nothing without their points."""
        cleaned: dict[str, Any] = super().clean() or {}
        asks = (letters.Kind.QUESTION, letters.Kind.FOLLOW_UP_WARNING)
        if cleaned.get("kind") in asks and not cleaned.get("points", "").strip():
            self.add_error("points", _("This kind of letter needs at least one point."))
        clearing = cleaned.get("kind") == letters.Kind.CLOSING_NOT_PROVEN
        if clearing and len(cleaned.get("about", ("0",))) != 1:
            self.add_error("about", _("A clearing names one person: make one for each."))
        return cleaned

    def cover(self) -> Cover:
        """The cover as filled in."""
        told = self.cleaned_data
        return Cover(
            kind=letters.Kind(told["kind"]),
            dated_on=told["dated_on"],
            language=told["language"],
            number=told["number"],
            place=told["place"],
            subject=told["subject"],
            addressee=letters.Addressee(
                told["to_name"], told["to_post"], told["to_agency"], told["to_address"]
            ),
            signatory=letters.Signatory(told["signer_name"], told["signer_post"]),
            points=lines_of(told["points"]),
            reply_by=told["reply_by"],
            about=frozenset(map(int, told.get("about", ()))),
        )


class ExhibitForm(ActForm):
    """A file of a report that becomes an exhibit."""

    title = typed(
        _("Title of the exhibit"),
        required=True,
        help_text=_("It is handed over with the exhibit: do not name the reporter in it."),
    )
    form_of = forms.ChoiceField(
        label=_("Take"),
        widget=forms.RadioSelect,
        choices=[
            (Exhibit.Origin.WORKING_COPY, _("the working copy, without metadata")),
            (Exhibit.Origin.ORIGINAL, _("the original: it may name its maker, place or device")),
        ],
        initial=Exhibit.Origin.WORKING_COPY,
    )


class WordsForm(ActForm):
    """Words of the reporter that an officer chooses as an exhibit, cut as he decides."""

    title = typed(_("Title of the exhibit"), required=True)
    text = typed(
        _("Words that become the exhibit"),
        lines=10,
        required=True,
        help_text=_("Cut everything that tells who wrote it. Whoever gets the case may read this."),
    )


class StepForm(ActForm):
    """One step of the procedure, with what it needs: a reason, declarations, a receiver."""

    reason = typed(_("Reason"), lines=5)
    declared = forms.MultipleChoiceField(
        label=_("You state, under your name, that"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    done_on = day(
        _("On which day did the outside office do this?"),
        help_text=_("As its answer says."),
    )
    receiver = forms.ModelChoiceField(
        label=_("Which office gets the case?"),
        queryset=Organ.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the office that gets the case.")},
    )
    documents = forms.MultipleChoiceField(
        label=_("Documents that go along"), widget=forms.CheckboxSelectMultiple, required=False
    )
    exhibits = forms.MultipleChoiceField(
        label=_("Exhibits that go along"), widget=forms.CheckboxSelectMultiple, required=False
    )
    sure = forms.BooleanField(
        label=_("I have checked this. It cannot be undone."),
        error_messages={"required": _("Confirm it: this step cannot be undone.")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        needs_reason: bool,
        declare: Sequence[str],
        outside: bool,
        receivers: Sequence[Organ],
        documents: Sequence[tuple[str, str]],
        exhibits: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["reason"].required = needs_reason
        self._offer("declared", [(code, str(law.GUARDS[code].holds)) for code in declare])
        if not outside:
            del self.fields["done_on"]
        else:
            self.fields["done_on"].required = True
        if receivers:
            found = Organ.objects.filter(pk__in=[organ.pk for organ in receivers])
            self.fields["receiver"].queryset = found  # type: ignore[attr-defined]
        else:
            del self.fields["receiver"]
        self._offer("documents", documents if receivers else ())
        self._offer("exhibits", exhibits if receivers else ())

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        if choices:
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def given(self) -> Given | None:
        """What goes to whom, if the step leads to another organ."""
        to = self.cleaned_data.get("receiver")
        if to is None:
            return None
        return Given(
            to,
            documents=frozenset(map(uuid.UUID, self.cleaned_data.get("documents", ()))),
            exhibits=frozenset(map(uuid.UUID, self.cleaned_data.get("exhibits", ()))),
        )


class TrackForm(ActForm):
    """Opening a side track."""

    sure = forms.BooleanField(
        label=_("I have checked this. It cannot be undone."),
        error_messages={"required": _("Confirm it: this step cannot be undone.")},
    )


class TransitionForm(ActForm):
    """Moving a case to the procedure that followed its own."""

    reason = typed(_("Reason"), lines=3, required=True)
    sure = forms.BooleanField(
        label=_("I have checked this. It cannot be undone."),
        error_messages={"required": _("Confirm it: this step cannot be undone.")},
    )


class FollowForm(ActForm):
    """The case that follows this one: by which remedy, and who asked for it."""

    why = forms.ChoiceField(label=_("What follows"), widget=forms.RadioSelect)
    procedure = forms.ChoiceField(
        label=_("Procedure"),
        required=False,
        help_text=_("Only if none of the remedies above is meant."),
    )
    reason = typed(
        _("Who asks for it, when it came, and what it says"),
        lines=5,
        required=True,
        help_text=_("It stays with the new case as a note."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        remedies: Sequence[tuple[law.Remedy, law.Procedure, Sequence[str]]],
        others: Ways,
        other: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        why, procedure = self.fields["why"], self.fields["procedure"]
        named = [
            (f"{remedy.code}:{start}", f"{remedy.title} · {rules.step(start).title}")
            for remedy, rules, starts in remedies
            for start in starts
        ]
        why.choices = [*named, (other, _("Another procedure"))]  # type: ignore[attr-defined]
        procedure.choices = [("", _("Not chosen")), *way_choices(others)]  # type: ignore[attr-defined]
        if not remedies:
            self.initial["why"] = other
        self.other = other

    def clean(self) -> dict[str, Any]:
        """Another procedure must be named."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("why") == self.other and not cleaned.get("procedure"):
            self.add_error("procedure", _("Choose the procedure."))
        return cleaned


class DeliveryForm(ActForm):
    """What is known of a file that went outside."""

    ticket = typed(_("Ticket or registration number"))
    sent_on = day(_("Sent on"))
    proven_on = day(
        _("Arrived on"),
        help_text=_("Only with proof. From this day on the term of the outside office runs."),
    )
    proof = typed(
        _("Proof of arrival"),
        lines=3,
        help_text=_("For example the number of a receipt, a stamp, who signed for it."),
    )


class AnswerForm(ActForm):
    """What an outside organ answered."""

    text = typed(_("What the office answered"), lines=8, required=True)
    answered_on = day(_("Day of the answer"), required=True)


class HearingForm(ActForm):
    """The day of a hearing."""

    held_on = day(_("Heard on"), required=True)


class SummonsForm(ActForm):
    """One summons."""

    sent_on = day(_("Summons sent on"), required=True)
    summoned_for_on = day(_("Summoned for"), required=True)


class SearchForm(forms.Form):
    """Words to find; sent in the body, so that no address ever holds a name."""

    words = typed(_("Name, agency or case number"), required=True)
