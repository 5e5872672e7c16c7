"""The forms of what is written in a case, and of what is taken as evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.cases import numbering, study_parts
from timbang.cases.composing import OF_ONE
from timbang.cases.drafting import WITH_TEXT, Cover, Writing
from timbang.cases.forms.facts import label_of
from timbang.cases.forms.fields import ActForm, lines_of, typed
from timbang.cases.models import Exhibit
from timbang.cases.vault import Person
from timbang.law.letter_forms import RECORDS, SUMMONSES, TO_REPORTERS, Kind
from timbang.law.letters import Addressee, Signatory
from timbang.registry.day_field import day


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
    """The cover of a letter of one kind; its content comes from facts, norms and documents."""

    kind = forms.ChoiceField(widget=forms.HiddenInput)
    dated_on = day(_("Date"), required=True)
    number = typed(
        _("Number of the letter"),
        help_text=_("As your office gave it: letters, digits and / . - only, and nobody's name."),
    )
    place = typed(_("Place"))
    subject = typed(_("Subject"))
    about = forms.MultipleChoiceField(
        label=_("Reported persons named in it"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    meets_on = day(_("Summoned for the day"), help_text=_("Empty: the day of the summons on file."))
    hour = typed(_("At what time"), help_text=_("For example 09.00 WIB."))
    meets_at = typed(_("Where the hearing is"))
    before = typed(_("Before whom"))
    with_door = forms.BooleanField(
        label=_("Print the receipt of his own door"),
        required=False,
        help_text=_("With it the reported person reads his case, answers and objects."),
    )
    to_name = typed(_("To: name"))
    to_post = typed(_("To: post"))
    to_agency = typed(_("To: agency"))
    to_address = typed(_("To: address"))
    points = typed(_("Questions or requests"), lines=5, help_text=_("One item a line."))
    reply_by = day(
        _("Answer wanted by"), help_text=_("Printed as a reminder target, not as a term of law.")
    )
    copies_to = typed(_("Copies to"), lines=3, help_text=_("One office a line."))
    signer_name = typed(_("Signed by: name"))
    signer_post = typed(_("Signed by: post"))
    language = forms.ChoiceField(
        label=_("Language of the fixed words"),
        initial="id",
        choices=[("id", "Bahasa Indonesia"), ("en", "English")],
    )

    KINDS: Final[tuple[tuple[Kind, Any], ...]] = (
        (Kind.FIRST_SUMMONS, _("First summons")),
        (Kind.SECOND_SUMMONS, _("Second summons")),
        (Kind.MINUTES, _("Minutes of a hearing")),
        (Kind.STUDY, _("Study")),
        (Kind.RECOMMENDATION, _("Recommendation")),
        (Kind.FORWARDING, _("Forwarding")),
        (Kind.OUTSIDE_FILE, _("Complete file for an outside organ")),
        (Kind.QUESTION, _("Request for information")),
        (Kind.REPORTER_QUESTION, _("Question to a reporter")),
        (Kind.REPAIR_REQUEST, _("Request to complete a report")),
        (Kind.DECISION, _("Decision about one person")),
        (Kind.DELIVERY_RECORD, _("Record of a delivery")),
        (Kind.REPLY_TO_OBJECTION, _("Reply to an objection")),
        (Kind.CLOSING_NOT_PROVEN, _("Clearing in writing: not proven")),
        (Kind.FOLLOW_UP_WARNING, _("Warning about the follow-up")),
        (Kind.BLOCKING_NOTICE, _("Notice of blocking")),
        (Kind.RELEASE_NOTICE, _("Notice of release")),
        (Kind.HAND_OVER_NOTE, _("Record of a hand-over of files")),
        (Kind.CUSTODY_LIST, _("Exhibits and their custody")),
    )
    # They say nothing without their points.
    ASKS: Final = frozenset(
        {Kind.QUESTION, Kind.FOLLOW_UP_WARNING, *TO_REPORTERS, Kind.REPLY_TO_OBJECTION}
    )

    def __init__(
        self,
        data: Any = None,
        *,
        kind: Kind,
        people: Sequence[Person],
        clears: bool,
        by_hand: bool,
        **kwargs: Any,
    ) -> None:
        places = [(str(place), label_of(person)) for place, person in enumerate(people)]
        named = [] if kind in OF_ONE else [place for place, _label in places]
        initial = {"about": named, "kind": kind.value} | kwargs.pop("initial", {})
        super().__init__(data, initial=initial, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (found.value, label) for found, label in self.offered(clears=clears)
        ]
        self.fields["about"].choices = places  # type: ignore[attr-defined]
        self.fields["number"].required = by_hand
        for name in _unasked(kind, several=len(places) > 1, by_hand=by_hand):
            del self.fields[name]

    @classmethod
    def offered(cls, *, clears: bool) -> list[tuple[Kind, Any]]:
        """The kinds that may be made now."""
        return [one for one in cls.KINDS if clears or one[0] is not Kind.CLOSING_NOT_PROVEN]

    def clean(self) -> dict[str, Any]:
        """Questions and warnings say nothing without their points; some letters are of one."""
        cleaned: dict[str, Any] = super().clean() or {}
        kind = cleaned.get("kind")
        if kind in self.ASKS and not cleaned.get("points", "").strip():
            self.add_error("points", _("This kind of letter needs at least one point."))
        if kind in OF_ONE and "about" in self.fields and len(cleaned.get("about", ())) != 1:
            self.add_error("about", _("This letter names one person: make one for each."))
        return cleaned

    def cover(self) -> Cover:
        """The cover as filled in."""
        told = self.cleaned_data
        texts = ("to_name", "to_post", "to_agency", "to_address")
        return Cover(
            kind=Kind(told["kind"]),
            dated_on=told["dated_on"],
            language=told["language"],
            number=told.get("number", ""),
            place=told["place"],
            subject=told["subject"],
            addressee=Addressee(*(told.get(name, "") for name in texts)),
            signatory=Signatory(told["signer_name"], told["signer_post"]),
            points=lines_of(told.get("points", "")),
            copies_to=lines_of(told["copies_to"]),
            reply_by=told.get("reply_by"),
            about=frozenset(map(int, told.get("about", ()))),
            meets_on=told.get("meets_on"),
            hour=told.get("hour", ""),
            meets_at=told.get("meets_at", ""),
            before=told.get("before", ""),
        )


def _unasked(kind: Kind, *, several: bool, by_hand: bool) -> set[str]:
    """The fields that a letter of this kind has no use for."""
    unasked = set() if by_hand else {"number"}
    if not several or kind in WITH_TEXT or kind in TO_REPORTERS:
        unasked.add("about")
    if kind not in SUMMONSES:
        unasked |= {"meets_on", "hour", "meets_at", "before", "with_door"}
    if kind in TO_REPORTERS or kind in RECORDS:
        unasked |= {"to_name", "to_post", "to_agency", "to_address"}
    if kind in RECORDS or kind == Kind.DECISION:
        unasked |= {"points", "reply_by"}
    return unasked


class NumberFormatForm(forms.Form):
    """How an organ writes the numbers of its letters."""

    pattern = typed(
        _("Pattern"),
        help_text=_(
            "Places: {urut} running number, {kode} kind of letter, {tahun} year (all three are "
            "needed), {lembaga} code of the office, {bulan} month, {romawi} month in Roman "
            "numerals. Empty: your officers type each number."
        ),
    )

    def clean_pattern(self) -> str:
        """The pattern, if each letter gets a number of its own by it."""
        pattern: str = self.cleaned_data["pattern"].strip()
        wrong = numbering.faults(pattern)
        if wrong:
            raise forms.ValidationError([fault_of(code) for code in wrong])
        return pattern


def fault_of(code: str) -> Any:
    """What is wrong with a pattern, in words."""
    what, _colon, place = code.partition(":")
    told = {
        "needs": _("{place} is missing: without it two letters could have one number."),
        "unknown": _("{place} is no place that is known here."),
        "signs": _("Between the places only letters, digits, spaces and / . - may stand."),
        "touch": _("Something must stand between two places."),
        "long": _("The pattern is too long."),
    }[what]
    return str(told).replace("{place}", "{" + place + "}")


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
