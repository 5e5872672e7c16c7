"""The only writers of cases. Each checks the law, writes its rows and one ledger entry, at once."""

from timbang.cases.actions.escalation import escalate_due
from timbang.cases.actions.following import follow_case
from timbang.cases.actions.journal import Overtaken, Seen
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
from timbang.cases.actions.tracks import open_track, take_track_step
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
    "Person",
    "Seen",
    "Taking",
    "ask_reporter",
    "choose_exhibit",
    "choose_words",
    "escalate_due",
    "follow_case",
    "hand_over",
    "join_report",
    "keep_letter",
    "open_case",
    "open_track",
    "record_answer",
    "record_delivery",
    "record_hearing",
    "record_summons",
    "reject_report",
    "route_new_reports",
    "take_step",
    "take_track_step",
    "write_document",
    "write_facts",
    "write_person",
]
