"""The words of the intake for codes: plain, calm, and never presuming that anybody is guilty."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timbang.law.vocabulary import CONDUCTS

Words = Mapping[str, Promise]

STATUS: Words = MappingProxyType(
    {
        "received": _("Received. Nobody has decided anything yet."),
        "question": _("The office has a question for you. Please read it below."),
        "answered": _("Your answer has reached the office."),
        "in_case": _("The office is examining it: your report has become part of a case."),
        "forwarded": _("The case was handed to the office that must act next."),
        "decided": _("A decision was made on the case."),
        "closed": _("The case is closed."),
        "rejected": _("The office did not take the report further. The reason is below."),
        "information": _(
            "The office keeps what you told as information to begin with. That is no "
            "reproach: it may look into it by itself."
        ),
        "withdrawn": _("You withdrew this report."),
    }
)

NEXT: Words = MappingProxyType(
    {
        "received": _("An officer reads it, asks you back if something is missing, and then "
                      "opens a case or tells you why not."),
        "question": _("The office waits for your answer. You need not answer what you do not "
                      "know."),
        "answered": _("An officer reads your answer and goes on."),
        "in_case": _("The office studies the facts and the law, and writes a recommendation."),
        "forwarded": _("The other office acts and answers. This system does not tell it who "
                       "reported."),
        "decided": _("The decision is carried out, or the next office acts."),
        "closed": _("Nothing more. Your receipt stays valid."),
        "rejected": _("Nothing more. If you learn something new, you can file a new report."),
        "information": _("If the office finds enough, it opens a case. If you learn something new, "
                         "add it here or file a new report."),
        "withdrawn": _("Nothing more."),
    }
)  # fmt: skip

FOUND: Words = MappingProxyType(
    {
        "gps": _("the place where it was taken (GPS)"),
        "camera": _("the make or model of the phone or camera"),
        "serial": _("a serial number of the camera"),
        "time": _("day and time"),
        "author": _("a name (author, owner or rights holder)"),
        "software": _("the program that made it"),
        "title": _("a title"),
        "comment": _("a comment or keywords"),
        "thumbnail": _("a small preview, which may show what was cut off"),
        "other": _("other hidden information"),
        "embedded_files": _("files inside the file"),
        "actions": _("links or scripts"),
        "notes": _("names of those who wrote notes in it"),
        "encrypted": _("a password: we could not look inside"),
        "animation": _("several pictures: the copy shows only the first"),
        "unreadable": _("something that we could not read"),
        "too_many_pixels": _("more pixels than we can redraw: it has no copy"),
        "not_looked_into": _("a kind of file that we do not look into: it may hold names "
                             "and times"),
    }
)  # fmt: skip

KIND: Words = MappingProxyType(
    {
        "neutrality": _("An official takes sides in an election"),
        "discipline": _("An official breaks discipline or abuses a post: absence, illegal charges, "
                        "gifts, arbitrary treatment"),
        "service": _("A public service is bad, slow or refused: the office that gives it should "
                     "put it right"),
        "maladministration": _("An office acts wrongly and does not put it right: the Ombudsman "
                               "should look into it"),
        "unknown": _("I do not know: the office decides"),
    }
)  # fmt: skip

# The ten classes of maladministration (law.vocabulary has their names), as one meets them.
CLASSES: Words = MappingProxyType(
    {
        "undue_delay": _("Delayed without end: long past the time that was promised or is fixed"),
        "no_service": _("The service was refused or simply not given"),
        "procedure_deviation": _("The office did not keep its own procedure or requirements"),
        "authority_abused": _("An officer used his powers for something they are not meant for"),
        "reward_for_service": _("Money, goods or favours were asked for a service"),
        "incompetent": _("The officer was not able to do it, or did it carelessly"),
        "improper_conduct": _("Rude, indecent or unfitting behaviour"),
        "partiality": _("One side was favoured in giving the service"),
        "discrimination": _("People were treated differently for who they are"),
        "conflict_of_interest": _("The officer, family or friends gained from the decision"),
    }
)

# Where to turn when no office takes such a report here.
ELSEWHERE: Words = MappingProxyType(
    {
        "neutrality": _("You can report to the nearest Bawaslu office."),
        "discipline": _("You can report to the inspectorate of the agency, or to the superior of "
                        "the person."),
        "service": _("You can complain to the office that gives the service, or through "
                     "SP4N-LAPOR!."),
        "maladministration": _("You can report to the nearest office of the Ombudsman."),
        "": _("You can report through SP4N-LAPOR!, which passes it on."),
    }
)  # fmt: skip

ORDERED_BY: Words = MappingProxyType(
    {
        "superior": _("The person's superior or head of office"),
        "higher_official": _("An official above the superior"),
        "close_person": _("Somebody close to an official or candidate (family, friend, team)"),
    }
)

MEANS: Words = MappingProxyType(
    {
        "promised_post": _("A post, promotion or benefit was promised"),
        "keep_post": _("It was the condition for keeping a post or a job"),
        "forced": _("There was a threat or force"),
        "service_pretext": _("A service, programme or official event was the pretext"),
    }
)

# In what others were treated better: the codes of law.service.ASPECTS.
TREATED_WORSE: Words = MappingProxyType(
    {
        "queue": _("They were served first"),
        "requirements": _("Less was required of them"),
        "time": _("They waited less"),
        "fee": _("They paid less, or nothing"),
        "manner": _("They were treated more kindly"),
        "result": _("They got what I did not get"),
    }
)

SIDE_KIND: Words = MappingProxyType(
    {
        "candidate": _("A candidate, or someone who wants to be one"),
        "party": _("A political party"),
        "spouse": _("The reported person's own husband or wife, who is a candidate"),
    }
)

DIRECTION: Words = MappingProxyType({"for": _("For"), "against": _("Against")})

RECEIPT: Words = MappingProxyType(
    {
        "empty": _("Please type your receipt."),
        "length": _("A receipt has 24 letters and numbers; this has %(detail)s. Please check "
                    "whether some are missing or too many."),
        "symbol": _("The sign %(detail)s never stands in a receipt. Please check it: a receipt "
                    "has numbers and letters, but no U."),
        "checksum": _("This is not quite a receipt: at least one sign is wrong or two are "
                      "swapped. Please compare it with what you wrote down."),
        "unknown": _("No report belongs to this receipt here. Please check that you are on the "
                     "same site where you filed the report."),
    }
)  # fmt: skip


def conduct(code: str, language: str) -> Promise | str:
    """A conduct as the intake words it: plainly where law's own name of it says little."""
    return CLASSES[code] if code in CLASSES else CONDUCTS[code][language]
