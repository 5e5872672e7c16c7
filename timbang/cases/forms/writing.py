"""The forms of what is written in a case, and of what is taken as evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.cases import letters, study_parts
from timbang.cases.drafting import Cover, Writing
from timbang.cases.forms.facts import label_of
from timbang.cases.forms.fields import ActForm, day, lines_of, typed
from timbang.cases.models import Exhibit
from timbang.cases.vault import Person


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


class StudyForm(WritingForm):
    """A study: beside the parts of a decree those that such a document is expected to have."""

    def __init__(self, data: Any = None, *, parts: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for code, title in study_parts.PARTS.items():
            self.fields[code] = typed(str(title), lines=4)
            self.fields[code].initial = parts.get(code, "")
        self.order_fields(["once", "version", "base", *study_parts.PARTS])

    def parts(self) -> dict[str, str]:
        """The parts as filled in."""
        return {code: self.cleaned_data[code].strip() for code in study_parts.PARTS}


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
