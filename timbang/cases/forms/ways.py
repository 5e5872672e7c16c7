"""The forms of findings, prior information, requirements, and cases that are split or merged."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.cases.actions.dividing import Part
from timbang.cases.actions.looking_up import LEAD
from timbang.cases.actions.ways import Found
from timbang.cases.forms.facts import _choices, _known_or_not, label_of
from timbang.cases.forms.fields import SHORT, ActForm, typed
from timbang.cases.forms.reports import Ways, way_choices
from timbang.cases.keeping import Told
from timbang.cases.models import Case, Source
from timbang.cases.vault import Person
from timbang.cases.ways import Asked, Match
from timbang.law.vocabulary import CONDUCTS, CONTEST_KINDS, REPORT_KINDS, STATUSES
from timbang.registry.day_field import day

SOURCES = {
    Source.PRESS: _("Press or social media"),
    Source.WORD: _("Somebody told an officer, by word or letter, without a name"),
    Source.OFFICE: _("Another office, or a level of supervision below"),
    Source.LEAD: _("A lead from public facts"),
}
KEPT_AS = {
    Source.LATE: _("It came after the term for reporting"),
    Source.INCOMPLETE: _("What is missing was not added"),
    Source.WITHDRAWN: _("Its reporter withdrew it"),
    Source.NAMELESS: _("It has no name: the law takes it as information to begin with"),
}
CONTESTS = {"pemilu": _("General election"), "pemilihan": _("Election of regional heads")}


def lead_number() -> forms.CharField:
    """The number of a lead, which names nobody."""
    return forms.RegexField(
        LEAD.pattern + r"\Z",
        label=_("Number of the lead"),
        required=False,
        max_length=SHORT,
        help_text=_("For example L-12/2026, if one led to it."),
        error_messages={"invalid": _("The number of a lead looks like L-12/2026.")},
    )


class FindingForm(ActForm):
    """A supervisor's own finding, with the first person whom it concerns."""

    found_on = day(
        _("Found on"),
        required=True,
        help_text=_("The term for fixing the finding runs since that day."),
    )
    text = typed(
        _("What was found"),
        lines=8,
        required=True,
        help_text=_("It stays with the case as a sealed note. Do not name who told you."),
    )
    place = typed(_("Where"))
    act_on = day(_("Day of the act"), help_text=_("Leave it open if it is not known."))
    conduct = forms.MultipleChoiceField(
        label=_("Suspected of"), required=False, widget=forms.CheckboxSelectMultiple
    )
    contest_kind = forms.ChoiceField(label=_("Contest"), required=False)
    evidence = typed(_("What shows it"), lines=3)
    report_number = typed(
        _("Number of the report of supervision"), help_text=_("If there is one (LHP).")
    )
    lead = lead_number()
    name = typed(_("Name of the person concerned"))
    post = typed(_("Post"), help_text=_("At least a name or a post."))
    agency = typed(_("Agency"))
    region = typed(_("Region code"), help_text=_("For example 32 for a province, 32.04 within it."))
    status = forms.ChoiceField(label=_("Employment status"), required=False)
    kind = forms.ChoiceField(label=_("What it is about"))
    procedure = forms.ChoiceField(
        label=_("Procedure"),
        required=False,
        help_text=_("Left open, the case takes the one that the law has for it."),
    )
    reason = typed(_("Why this procedure"), lines=2, help_text=_("Only if you chose another one."))

    def __init__(self, data: Any = None, *, ways: Ways, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self._offer("conduct", _choices(CONDUCTS))
        self._offer("contest_kind", _known_or_not(CONTEST_KINDS))
        self._offer("status", _known_or_not(STATUSES))
        self._offer("kind", _choices(REPORT_KINDS))
        known = {code.partition(":")[0]: label for code, label in reversed(way_choices(ways))}
        self._offer("procedure", [("", _("As the law has it")), *reversed(known.items())])

    def _offer(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def found(self, *, lead_seen: int | None = None) -> Found:
        """The finding as written; `lead_seen` is the version of the lead that was shown."""
        names = ("found_on", "text", "place", "evidence", "report_number", "lead")
        return Found(**{name: self.cleaned_data[name] for name in names}, lead_seen=lead_seen)

    def person(self) -> Person:
        """Whom it concerns."""
        names = ("name", "post", "agency", "region", "status")
        return Person(**{name: self.cleaned_data[name] for name in names})

    def facts(self) -> dict[str, object]:
        """What the law asks, as far as it is told."""
        told = {
            "act_on": self.cleaned_data["act_on"],
            "conduct": self.cleaned_data["conduct"],
            "contest_kind": self.cleaned_data["contest_kind"],
            "learned_on": self.cleaned_data["found_on"],
        }
        return {key: value for key, value in told.items() if value not in (None, "", [])}


class InformationForm(ActForm):
    """What an officer heard or read."""

    source = forms.ChoiceField(label=_("Where it came from"), choices=SOURCES.items())
    came_on = day(_("Came on"), required=True)
    title = typed(_("In one line"), required=True)
    text = typed(
        _("What was heard or read"),
        lines=8,
        required=True,
        help_text=_("Sealed to your office. Do not write who told you if he does not want it."),
    )
    place = typed(_("Where"))
    name = typed(_("Name of the person concerned"))
    post = typed(_("Post"))
    agency = typed(_("Agency"))
    lead = lead_number()

    def told(self) -> Told:
        """What is sealed."""
        return Told(**{name: self.cleaned_data[name] for name in Told.__dataclass_fields__})


class KeepForm(ActForm):
    """Why a report is kept as prior information."""

    why = forms.ChoiceField(label=_("Why"), widget=forms.RadioSelect)
    reason = typed(
        _("What the reporter reads"),
        lines=4,
        help_text=_("Plainly and without blame: what it means, and that you may look into it."),
    )

    def __init__(self, data: Any = None, *, offered: Sequence[str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["why"].choices = [(code, KEPT_AS[Source(code)]) for code in offered]  # type: ignore[attr-defined]


class SetAsideForm(ActForm):
    """Why prior information is not looked into any further."""

    reason = typed(_("Reason"), lines=4, required=True)


class IntoCaseForm(ActForm):
    """Which running case: for information that joins it, or a case that is merged or linked."""

    case = forms.ChoiceField(label=_("Case"), widget=forms.RadioSelect)
    reason = typed(_("Reason"), lines=3, required=True, help_text=_("Both cases keep it."))

    def __init__(
        self,
        data: Any = None,
        *,
        cases: Sequence[tuple[str, str]],
        with_reason: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["case"].choices = list(cases)  # type: ignore[attr-defined]
        if not with_reason:
            del self.fields["reason"]


class RequirementsForm(ActForm):
    """What an officer found of each requirement; what the file shows is filled in."""

    def __init__(
        self, data: Any = None, *, asked: Sequence[Asked], ask_back: bool, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.asked = list(asked)
        for one in asked:
            field = forms.ChoiceField(
                label=str(one.requirement.title),
                help_text=one.citation,
                choices=[("", _("Left open")), ("met", _("There")), ("missing", _("Missing"))],
                required=False,
                initial={True: "met", False: "missing", None: ""}[one.seems],
            )
            self.fields[f"on_{one.requirement.code}"] = field
        if ask_back:
            self.fields["ask"] = forms.BooleanField(
                label=_("Ask the reporter for what is missing"),
                required=False,
                help_text=_("The question is written for you, with where the law asks for it."),
            )

    def said(self, answer: str) -> list[str]:
        """The codes that were answered so."""
        codes = [one.requirement.code for one in self.asked]
        return [code for code in codes if self.cleaned_data[f"on_{code}"] == answer]


class PairForm(forms.Form):
    """The other report of a pair, and whether they are linked or no longer."""

    LINK: ClassVar[str] = "link"
    UNLINK: ClassVar[str] = "unlink"

    other = forms.UUIDField(widget=forms.HiddenInput)
    act = forms.ChoiceField(choices=[(LINK, LINK), (UNLINK, UNLINK)], widget=forms.HiddenInput)

    @classmethod
    def of(cls, match: Match) -> PairForm:
        """The button beside a report that looks alike."""
        act = cls.UNLINK if match.linked else cls.LINK
        return cls(initial={"other": match.report.pk, "act": act}, auto_id=False)


GOES = [("stays", _("stays")), ("moved", _("goes")), ("shared", _("stands in both"))]


class SplitForm(ActForm):
    """Who and what goes into a case of its own."""

    people = forms.MultipleChoiceField(
        label=_("Persons who go"), widget=forms.CheckboxSelectMultiple
    )
    exhibits = forms.MultipleChoiceField(
        label=_("Exhibits that are copied"), widget=forms.CheckboxSelectMultiple, required=False
    )
    reason = typed(_("Reason"), lines=3, required=True, help_text=_("Both cases keep it."))
    sure = forms.BooleanField(
        label=_("I have checked who and what goes. It is undone by merging the two again."),
        error_messages={"required": _("Confirm it.")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        case: Case,
        people: Sequence[tuple[str, Person]],
        reports: Sequence[tuple[str, str]],
        exhibits: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, case=case, **kwargs)
        self.linked = [pk for pk, _label in reports]
        named = [(pk, label_of(person)) for pk, person in people]
        self.fields["people"].choices = named  # type: ignore[attr-defined]
        if exhibits:
            self.fields["exhibits"].choices = list(exhibits)  # type: ignore[attr-defined]
        else:
            del self.fields["exhibits"]
        for pk, label in reports:
            self.fields[f"report_{pk}"] = forms.ChoiceField(
                label=label, choices=GOES, initial="stays", widget=forms.RadioSelect
            )
        order = ["people", *(f"report_{pk}" for pk in self.linked), "exhibits", "reason", "sure"]
        self.order_fields(["once", "version", *order])

    def part(self) -> Part:
        """What goes."""
        chosen = self.cleaned_data
        return Part(
            people=_ids(chosen["people"]),
            moved=_ids(pk for pk in self.linked if chosen[f"report_{pk}"] == "moved"),
            shared=_ids(pk for pk in self.linked if chosen[f"report_{pk}"] == "shared"),
            exhibits=_ids(chosen.get("exhibits", ())),
        )


def _ids(found: Iterable[str]) -> frozenset[uuid.UUID]:
    return frozenset(map(uuid.UUID, found))
