"""What becomes of each table when a case, or a report, is erased.

Every model of the rooms `reports` and `cases` stands here once; a test fails for one that does not,
and for a sealed column that would stay. The surprising part: rows go by exactly these paths and
nothing follows by itself, so that a table which points to a case and was forgotten here makes the
database refuse the whole erasure.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class How(StrEnum):
    """What happens to the rows."""

    GOES = "goes"
    # the row stays, these columns are emptied
    EMPTIED = "emptied"
    # the row stays and lets go of what went
    LET_GO = "let_go"
    # the row stays: codes and days that name nobody
    STAYS = "stays"
    # not of one case or report: it has a life of its own
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Fate:
    """`case` and `report`: how a row of this model leads there, as lookups; any of them counts."""

    how: How
    case: tuple[str, ...] = ()
    report: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    why: str = ""


def _goes(*case: str, report: tuple[str, ...] = ()) -> Fate:
    return Fate(How.GOES, case, report)


def _stays(why: str) -> Fate:
    return Fate(How.STAYS, why=why)


def _apart(why: str) -> Fate:
    return Fate(How.APART, why=why)


# In the order in which rows go: what points before what it points to.
FATES: Final[dict[str, Fate]] = {
    # the accused's door
    "cases.DoorFile": _goes("message__door__case"),
    "cases.DoorItem": _goes("door__case"),
    "cases.DoorMessage": _goes("door__case"),
    "cases.Door": _goes("case"),
    # after the decision, and services
    "cases.Clearing": _goes("document__case"),
    "cases.Errand": _goes("case"),
    "cases.IdleTie": _goes("case"),
    "cases.Measure": _goes("case"),
    "cases.ServiceRouting": _goes("case", report=("satisfaction__report",)),
    "cases.RemedyAnswer": _goes("remedy__case"),
    "cases.Remedy": _goes("case"),
    "cases.ServiceNaming": _goes("case"),
    "cases.Forwarding": _goes("case"),
    # keys and custody of items
    "cases.IssuedLetter": Fate(
        How.LET_GO,
        ("document__case",),
        columns=("document",),
        why="a number once given is never given again, and who has the letter can check it",
    ),
    "cases.ItemKey": _goes("document__case", "exhibit__case"),
    "cases.CustodyEntry": _goes("exhibit__case"),
    # hearing, plenary, decision
    "cases.Seat": _goes("plenary__case"),
    "cases.Plenary": _goes("case"),
    "cases.Minutes": _goes("case"),
    "cases.Hearing": _goes("case"),
    "cases.Summons": _goes("case"),
    "cases.DecisionEvent": _goes("decision__case"),
    "cases.Decision": _goes("case"),
    "cases.OrderGiver": _goes("case"),
    "cases.Motive": _goes("case"),
    "cases.ClosingCause": _goes("case"),
    # terms and offices
    "cases.Delivery": _goes("case"),
    "cases.TermMove": _goes("term__case", report=("term__report",)),
    "cases.TermSuspension": _goes("term__case", report=("term__report",)),
    "cases.OpenTerm": _goes("case", report=("report",)),
    "cases.HandOver": _goes("case"),
    "cases.Member": _goes("case"),
    # who worked on it
    "cases.Assignment": _goes("case"),
    "cases.CaseDeclaration": _goes("case"),
    "cases.Conflict": _goes("case"),
    "cases.OrganConflict": _goes("case"),
    "cases.LookUp": Fate(
        How.EMPTIED,
        ("case",),
        columns=("sealed_key", "sealed"),
        why="that an officer looked somebody up stays on record; whom, does not",
    ),
    # what was written and shown
    "cases.Document": _goes("case"),
    "cases.Exhibit": _goes("case"),
    "cases.NormUse": _goes("case"),
    # ways in
    "cases.SupervisoryFinding": _goes("case"),
    "cases.PriorInformation": _goes("case", report=("report",)),
    "cases.RequirementCheck": _goes(report=("report",)),
    "cases.ReportLink": _goes(report=("first", "second")),
    "cases.ReportToken": _goes(report=("report",)),
    "cases.Brought": _goes(report=("report",)),
    "cases.CaseReport": _goes("case", report=("report",)),
    "cases.Routing": _goes("case", report=("report",)),
    # the case itself
    "cases.LegalHold": _goes("case"),
    "cases.SearchToken": _goes("key__case"),
    "cases.CaseKey": _goes("case"),
    "cases.Accused": _goes("case"),
    "cases.CaseStep": _goes("case"),
    "cases.Track": _goes("case"),
    # the report
    "reports.Satisfaction": _goes(report=("report",)),
    "reports.Offer": _goes(report=("report",)),
    "reports.Message": _goes(report=("report",)),
    "reports.IdentityOpening": _goes(report=("report",)),
    "reports.Attachment": _goes(report=("report",)),
    "reports.Report": _goes(report=("pk",)),
    # what stays
    "cases.Case": _stays("number, days and codes: that it was, and how it ended"),
    "cases.CaseLink": _stays("which case followed which, by numbers"),
    "cases.CaseTie": _stays("which cases were one, by numbers"),
    "cases.Holding": _stays("how long an office had it: days that name nobody"),
    "cases.Erasure": _stays("who had it erased, when, under which rule"),
    "cases.ProcedureVersion": _stays("law, not a case"),
    "cases.CalendarVersion": _stays("law, not a case"),
    "cases.PublicRow": _stays("counted, and no longer joined to a report"),
    "cases.PublicCase": _stays("counted, and no longer joined to a case"),
    "cases.SanctionFact": _stays("codes, no longer joined to a decision"),
    "cases.ServiceFact": _stays("counted, and no longer joined to a case"),
    "cases.SatisfactionFact": _stays("counted, and no longer joined to a report"),
    "cases.IdleOffice": _stays("about an office, public"),
    "reports.FileToRemove": _stays("random names, until the files are gone"),
    # a life of their own
    "cases.OwnTerm": _apart("an office's own term"),
    "cases.NumberFormat": _apart("how an office writes its numbers"),
    "cases.LetterCount": _apart("how far an office has counted"),
    "cases.Interests": _apart("what an officer declared of himself, kept with his office"),
    "cases.Feed": _apart("an officer's calendar, ended by himself"),
    "cases.DigestSent": _apart("that an officer got his mail of a day"),
    "cases.SavedFilter": _apart("an officer's own list, in codes"),
    "cases.Reroute": _apart("why an office passed everything on, sealed to its heir"),
    "reports.StagedFile": _apart("nobody's yet; removed after two days"),
}
