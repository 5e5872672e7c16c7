"""The only writers of cases. Each checks the law, writes its rows and one ledger entry, at once."""

from timbang.cases.actions.custody import open_exhibit, record_custody
from timbang.cases.actions.erasing import (
    carry_out_erasure,
    lift_hold,
    place_hold,
    propose_erasure,
    propose_report_erasure,
    stop_erasure,
)
from timbang.cases.actions.escalation import escalate_due
from timbang.cases.actions.evidence import bring_exhibit, describe_exhibit, redact_exhibit
from timbang.cases.actions.following import follow_case
from timbang.cases.actions.journal import Overtaken, Seen
from timbang.cases.actions.minutes import (
    close_minutes,
    prove_summons,
    state_unchanged,
    write_minutes,
)
from timbang.cases.actions.own_terms import OwnLength, end_own_term, set_own_term
from timbang.cases.actions.plenary import call_plenary, cast_vote, close_plenary
from timbang.cases.actions.recounting import recount_terms
from timbang.cases.actions.rerouting import reroute_case, reroute_some, start_reroute
from timbang.cases.actions.routing import route_new_reports
from timbang.cases.actions.stepping import (
    Given,
    Taking,
    hand_over,
    record_answer,
    record_delivery,
    record_hearing,
    record_summons,
    take_step,
)
from timbang.cases.actions.suspending import extend_term, resume_term, suspend_term
from timbang.cases.actions.taking_on import accept_case, return_case
from timbang.cases.actions.teaming import ask_in, leave_team
from timbang.cases.actions.tracks import open_track, take_track_step
from timbang.cases.actions.transition import move_by_transition
from timbang.cases.actions.triage import ask_reporter, join_report, open_case, reject_report
from timbang.cases.actions.writing import (
    choose_exhibit,
    choose_words,
    keep_letter,
    write_document,
    write_facts,
    write_person,
)
from timbang.cases.vault import Desk, Person

__all__ = [
    "Desk",
    "Given",
    "Overtaken",
    "OwnLength",
    "Person",
    "Seen",
    "Taking",
    "accept_case",
    "ask_in",
    "ask_reporter",
    "bring_exhibit",
    "call_plenary",
    "carry_out_erasure",
    "cast_vote",
    "choose_exhibit",
    "choose_words",
    "close_minutes",
    "close_plenary",
    "describe_exhibit",
    "end_own_term",
    "escalate_due",
    "extend_term",
    "follow_case",
    "hand_over",
    "join_report",
    "keep_letter",
    "leave_team",
    "lift_hold",
    "move_by_transition",
    "open_case",
    "open_exhibit",
    "open_track",
    "place_hold",
    "propose_erasure",
    "propose_report_erasure",
    "prove_summons",
    "record_answer",
    "record_custody",
    "record_delivery",
    "record_hearing",
    "record_summons",
    "recount_terms",
    "redact_exhibit",
    "reject_report",
    "reroute_case",
    "reroute_some",
    "resume_term",
    "return_case",
    "route_new_reports",
    "set_own_term",
    "start_reroute",
    "state_unchanged",
    "stop_erasure",
    "suspend_term",
    "take_step",
    "take_track_step",
    "write_document",
    "write_facts",
    "write_minutes",
    "write_person",
]
