"""The forms of decisions, of what befalls them, of the order above and of opening anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timbang.cases.actions.deciding import Verdict
from timbang.cases.forms.fields import ActForm, typed
from timbang.cases.models import (
    ClosingCause,
    Decision,
    DecisionEvent,
    DecisionFinding,
    HowKnown,
    Motive,
    OrderGiver,
)
from timbang.cases.superiors import Superior
from timbang.law.authority import SIGNERS
from timbang.law.bilingual import Bilingual
from timbang.law.procedure import Outcome
from timbang.law.vocabulary import AUTHORITIES, LEVELS, POST_LEVELS, STATUSES
from timbang.registry.day_field import day

Choices = Sequence[tuple[str, object]]

FINDINGS: Mapping[str, Any] = {
    DecisionFinding.PROVEN: _("Proven"),
    DecisionFinding.NOT_PROVEN: _("Not proven: the person is cleared"),
    DecisionFinding.BEYOND_AUTHORITY: _("Proven: the person went beyond his authority"),
}
DEEDS: Mapping[str, Any] = {
    OrderGiver.Deed.ORDERED: _("Gave the order"),
    OrderGiver.Deed.PRESSED: _("Pressed or threatened"),
    OrderGiver.Deed.DID_NOT_EXAMINE: _("Knew, and did not summon, examine or report"),
    OrderGiver.Deed.DID_NOT_PUNISH: _("Did not impose the sanction that was due"),
}
KNOWN: Mapping[str, Any] = {
    HowKnown.HE_SAID: _("The reported person says so"),
    HowKnown.WITNESS: _("A witness says so"),
    HowKnown.DOCUMENT: _("A document shows it"),
    HowKnown.OTHER_CASE: _("It was found in another case"),
    HowKnown.CONCLUDED: _("Concluded from other facts"),
}
MOTIVES: Mapping[str, Any] = {
    Motive.Code.GAIN_POST: _("To gain a post"),
    Motive.Code.KEEP_POST: _("To keep a post"),
    Motive.Code.FORCED: _("Forced"),
    Motive.Code.DEBT_OF_FAVOUR: _("A debt of favour"),
    Motive.Code.KINSHIP: _("Kinship"),
}
CAUSES: Mapping[str, Any] = {
    ClosingCause.Cause.CODE: _("The rule itself: it is missing, unclear or contradicts another"),
    ClosingCause.Cause.SANCTION: _("What the rule threatens: too weak, too hard, or nothing"),
    ClosingCause.Cause.PROCEDURE: _("How it is carried out: steps, terms, competence"),
    ClosingCause.Cause.PERSON: _("The person who acted"),
    ClosingCause.Cause.NO_FAULT: _("There was no fault"),
}
HOW: Mapping[str, Any] = {
    Decision.How.HANDED: _("Handed over in person"),
    Decision.How.SENT: _("Sent, because the person did not come"),
}
EVENTS: Mapping[str, Any] = {
    DecisionEvent.What.SUSPENDED: _("Suspended: it has no effect for now"),
    DecisionEvent.What.RESUMED: _("The suspension has ended"),
    DecisionEvent.What.ANNULLED: _("Annulled: it binds nobody"),
}
BY_WHOM: Mapping[str, Any] = {
    DecisionEvent.ByWhom.COURT: _("A court"),
    DecisionEvent.ByWhom.APPEAL: _("The board of appeal (BPASN)"),
    DecisionEvent.ByWhom.OBJECTION: _("Whoever decided the objection"),
    DecisionEvent.ByWhom.ISSUER: _("The office that issued it"),
}
SURE = _("I have checked this. It cannot be undone.")


def _one(label: Any, choices: Choices, *, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=list(choices), widget=forms.RadioSelect, help_text=help_text
    )


def _picked(label: Any, choices: Choices) -> forms.ChoiceField:
    every = [("", _("Not known")), *choices]
    return forms.ChoiceField(label=label, choices=every, required=False)


def _sure() -> forms.BooleanField:
    return forms.BooleanField(
        label=SURE, error_messages={"required": _("Confirm it: this step cannot be undone.")}
    )


class DecideForm(ActForm):
    """What is decided about one person."""

    finding = _one(_("What is found"), list(FINDINGS.items()))
    outcome = _one(_("What follows under the procedure"), [])
    norms = forms.MultipleChoiceField(
        label=_("Norms that were breached, the gravest first"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sanction = forms.ChoiceField(label=_("Sanction"), required=False)
    post_level = _picked(_("Level of the person's post"), list(POST_LEVELS.items()))
    signer = _picked(_("Who signs the decision"), [(code, AUTHORITIES[code]) for code in SIGNERS])
    reasons = typed(
        _("Reasons"),
        lines=8,
        required=True,
        help_text=_("Whoever is decided about reads them, and so does whoever reviews."),
    )
    outside = typed(
        _("Why this sanction leaves the range given on like facts"),
        lines=3,
        help_text=_("Only if it does: the table above shows the range."),
    )
    decided_on = day(
        _("On which day did the outside office decide?"), help_text=_("As its answer says.")
    )
    sure = _sure()

    def __init__(
        self,
        data: Any = None,
        *,
        outcomes: Sequence[Outcome],
        norms: Sequence[tuple[str, str]],
        sanctions: Sequence[tuple[str, str, Bilingual]],
        outside: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        offered: dict[str, list[tuple[str, object]]] = {}
        for level, kind, title in sanctions:
            offered.setdefault(level, []).append((f"{level}:{kind}", title))
        grouped = [(str(LEVELS[level]), kinds) for level, kinds in offered.items()]
        self._choose("outcome", [(each.code, each.title) for each in outcomes])
        self._choose("norms", norms)
        self._choose("sanction", [("", _("None")), *grouped])
        if outside:
            self.fields["decided_on"].required = True
        else:
            del self.fields["decided_on"]

    def _choose(self, name: str, choices: Sequence[Any]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def verdict(self) -> Verdict:
        """What the form says."""
        told = self.cleaned_data
        level, _colon, kind = told["sanction"].partition(":")
        return Verdict(
            outcome=told["outcome"],
            finding=DecisionFinding(told["finding"]),
            reasons=told["reasons"],
            norms=tuple(told["norms"]),
            level=level,
            kind=kind,
            post_level=told["post_level"],
            signer=told["signer"],
            outside=told["outside"],
            decided_on=told.get("decided_on"),
        )


class DeliverForm(ActForm):
    """That a decision reached the person."""

    delivered_on = day(_("Delivered on"), required=True)
    how = _one(_("How it reached the person"), list(HOW.items()))
    proof = typed(
        _("Proof of delivery"),
        lines=3,
        required=True,
        help_text=_("For example the number of a receipt, a stamp, who signed for it."),
    )


class EventForm(ActForm):
    """What a court, an appeal or the issuer did to a decision."""

    what = _one(_("What happened to the decision"), list(EVENTS.items()))
    by_whom = _one(_("Who did it"), list(BY_WHOM.items()))
    done_on = day(_("On which day"), required=True)
    words = typed(_("The ruling: its number, its day, what it says"), lines=5, required=True)
    sure = _sure()


class CorrectForm(ActForm):
    """A slip of the pen, and the text as it should read."""

    slip = typed(_("Which slip is corrected"), lines=2, required=True)
    signer = _picked(_("Who signs the decision"), [(code, AUTHORITIES[code]) for code in SIGNERS])
    reasons = typed(_("Reasons, as they should read"), lines=8, required=True)
    sure = _sure()


class OrderForm(ActForm):
    """The next one up in the chain of orders."""

    deed = _one(_("What the superior did"), list(DEEDS.items()))
    name = typed(_("Name"))
    post = typed(_("Post"))
    agency = typed(_("Agency"))
    how_known = _one(_("How it is known"), list(KNOWN.items()))
    words = typed(_("What was said or done, in the words in which it is known"), lines=4)

    def superior(self) -> Superior:
        """Who it was."""
        told = self.cleaned_data
        return Superior(told["name"], told["post"], told["agency"], told["words"])


class MotiveForm(ActForm):
    """What moved a reported person."""

    code = _one(_("What moved the person"), list(MOTIVES.items()))
    how_known = _one(_("How it is known"), list(KNOWN.items()))


class CausesForm(ActForm):
    """Where the fault lay."""

    causes = forms.MultipleChoiceField(
        label=_("Where the fault lay"),
        choices=list(CAUSES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    words = typed(_("In words"), lines=4, help_text=_("It stays with the case as a note."))


class ProceedingsForm(ActForm):
    """A case against a superior."""

    procedure = forms.ChoiceField(label=_("Procedure"))
    status = _picked(_("Employment status of the superior"), list(STATUSES.items()))
    reason = typed(_("Why these proceedings are opened"), lines=4, required=True)
    sure = _sure()

    def __init__(self, data: Any = None, *, procedures: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["procedure"].choices = list(procedures)  # type: ignore[attr-defined]


class ReopenForm(ActForm):
    """An ended case, opened anew on new facts."""

    people = forms.MultipleChoiceField(
        label=_("Who is examined anew"), widget=forms.CheckboxSelectMultiple
    )
    start = forms.ChoiceField(label=_("At which step it begins"), widget=forms.RadioSelect)
    new_facts = typed(_("The new facts, and how they are known"), lines=6, required=True)
    sure = _sure()

    def __init__(
        self, data: Any = None, *, people: Choices, starts: Choices, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["people"].choices = list(people)  # type: ignore[attr-defined]
        self.fields["start"].choices = list(starts)  # type: ignore[attr-defined]
