"""The rows of this room."""

from timbang.policy.models.decree import Decree
from timbang.policy.models.dossier import Clearer, Dossier, Mode, Rules
from timbang.policy.models.journal import Act, Line
from timbang.policy.models.lane import Debt, LaneUse
from timbang.policy.models.opened import OpenEntry
from timbang.policy.models.promises import Promise, PromiseLink
from timbang.policy.models.running import Milestone, StepTerm
from timbang.policy.models.voices import Comment, Shown, SitePhoto, SiteVisit
from timbang.policy.models.writing import Found, Part, Piece, Tie

__all__ = [
    "Act",
    "Clearer",
    "Comment",
    "Debt",
    "Decree",
    "Dossier",
    "Found",
    "LaneUse",
    "Line",
    "Milestone",
    "Mode",
    "OpenEntry",
    "Part",
    "Piece",
    "Promise",
    "PromiseLink",
    "Rules",
    "Shown",
    "SitePhoto",
    "SiteVisit",
    "StepTerm",
    "Tie",
]
