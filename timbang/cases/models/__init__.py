"""What officials did about it: cases, terms, documents, hand-overs, and the rows the public sees.

Nothing readable of a case stands in these tables: what people wrote is sealed, and what stands in
clear is codes, days and links between rows. The surprising part: there are two sorts of key. The
case key opens who is accused and is passed on with the case; every document version and every
exhibit has a key of its own, so that a hand-over gives exactly what was chosen and nothing else.
"""

from timbang.cases.models.acting import (
    Assignment,
    CaseDeclaration,
    Conflict,
    Interests,
    LookUp,
    OrganConflict,
    Part,
)
from timbang.cases.models.aftermath import (
    Clearing,
    Errand,
    IdleOffice,
    IdleTie,
    Measure,
)
from timbang.cases.models.archive import Erasure, LegalHold
from timbang.cases.models.bringing import Brought
from timbang.cases.models.case import (
    FAR,
    Accused,
    Case,
    CaseKey,
    CaseLink,
    CaseQuerySet,
    CaseReport,
    NormUse,
    ProcedureVersion,
    SearchToken,
    Track,
    WayIn,
)
from timbang.cases.models.classes import Classes
from timbang.cases.models.decision import (
    Decision,
    DecisionEvent,
    DecisionFinding,
    DecisionState,
    SanctionFact,
)
from timbang.cases.models.documents import Document, DocumentKind, Exhibit, ItemKey
from timbang.cases.models.door import Door, DoorFile, DoorItem, DoorMessage
from timbang.cases.models.evidence import CustodyAct, CustodyEntry
from timbang.cases.models.hearing import Hearing, Summons
from timbang.cases.models.journal import Act, CaseStep
from timbang.cases.models.justice import ClosingCause, HowKnown, Motive, OrderGiver
from timbang.cases.models.letters import IssuedLetter, LetterCount, NumberFormat
from timbang.cases.models.minutes import Minutes
from timbang.cases.models.my_day import DigestSent, Feed, SavedFilter
from timbang.cases.models.organs import HandOver, Holding, Member, Reroute
from timbang.cases.models.outside import Delivery
from timbang.cases.models.plenary import Plenary, Seat
from timbang.cases.models.public import (
    PUBLIC_COLUMNS,
    PublicCase,
    PublicColumns,
    PublicRow,
    PublicState,
    Routing,
)
from timbang.cases.models.service import (
    Forwarding,
    Remedy,
    RemedyAnswer,
    SatisfactionFact,
    ServiceFact,
    ServiceNaming,
    ServiceRouting,
)
from timbang.cases.models.terms import (
    REMINDER_TARGET,
    CalendarVersion,
    OpenTerm,
    OpenTermQuerySet,
    OwnTerm,
    OwnTermQuerySet,
    TermMove,
    TermSuspension,
)
from timbang.cases.models.ways import (
    OF_A_REPORT,
    OF_AN_OFFICER,
    CaseTie,
    PriorInformation,
    ReportLink,
    ReportToken,
    RequirementCheck,
    Source,
    SupervisoryFinding,
)

__all__ = [
    "FAR",
    "OF_AN_OFFICER",
    "OF_A_REPORT",
    "PUBLIC_COLUMNS",
    "REMINDER_TARGET",
    "Accused",
    "Act",
    "Assignment",
    "Brought",
    "CalendarVersion",
    "Case",
    "CaseDeclaration",
    "CaseKey",
    "CaseLink",
    "CaseQuerySet",
    "CaseReport",
    "CaseStep",
    "CaseTie",
    "Classes",
    "Clearing",
    "ClosingCause",
    "Conflict",
    "CustodyAct",
    "CustodyEntry",
    "Decision",
    "DecisionEvent",
    "DecisionFinding",
    "DecisionState",
    "Delivery",
    "DigestSent",
    "Document",
    "DocumentKind",
    "Door",
    "DoorFile",
    "DoorItem",
    "DoorMessage",
    "Erasure",
    "Errand",
    "Exhibit",
    "Feed",
    "Forwarding",
    "HandOver",
    "Hearing",
    "Holding",
    "HowKnown",
    "IdleOffice",
    "IdleTie",
    "Interests",
    "IssuedLetter",
    "ItemKey",
    "LegalHold",
    "LetterCount",
    "LookUp",
    "Measure",
    "Member",
    "Minutes",
    "Motive",
    "NormUse",
    "NumberFormat",
    "OpenTerm",
    "OpenTermQuerySet",
    "OrderGiver",
    "OrganConflict",
    "OwnTerm",
    "OwnTermQuerySet",
    "Part",
    "Plenary",
    "PriorInformation",
    "ProcedureVersion",
    "PublicCase",
    "PublicColumns",
    "PublicRow",
    "PublicState",
    "Remedy",
    "RemedyAnswer",
    "ReportLink",
    "ReportToken",
    "RequirementCheck",
    "Reroute",
    "Routing",
    "SanctionFact",
    "SatisfactionFact",
    "SavedFilter",
    "SearchToken",
    "Seat",
    "ServiceFact",
    "ServiceNaming",
    "ServiceRouting",
    "Source",
    "Summons",
    "SupervisoryFinding",
    "TermMove",
    "TermSuspension",
    "Track",
    "WayIn",
]
