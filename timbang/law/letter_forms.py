"""Of which parts each kind of letter is made, in their order. Pure.

The PDF and the editable copy both follow these lists, so that they cannot say different things. A
part with nothing in it is left out of the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a letter is; its fixed sentences stand in letters/words.toml."""

    STUDY = "study"
    RECOMMENDATION = "recommendation"
    FORWARDING = "forwarding"
    QUESTION = "question"
    CLOSING_NOT_PROVEN = "closing_not_proven"
    FOLLOW_UP_WARNING = "follow_up_warning"
    OUTSIDE_FILE = "outside_file"
    FIRST_SUMMONS = "first_summons"
    SECOND_SUMMONS = "second_summons"
    MINUTES = "minutes"
    REPORTER_QUESTION = "reporter_question"
    REPAIR_REQUEST = "repair_request"
    DECISION = "decision"
    DELIVERY_RECORD = "delivery_record"
    BLOCKING_NOTICE = "blocking_notice"
    RELEASE_NOTICE = "release_notice"
    HAND_OVER_NOTE = "hand_over_note"
    REPLY_TO_OBJECTION = "reply_to_objection"
    CUSTODY_LIST = "custody_list"


# What is written down for the file and sent to nobody: where a procedure asks for a letter, these
# are none.
RECORDS: Final = frozenset(
    {Kind.STUDY, Kind.MINUTES, Kind.DELIVERY_RECORD, Kind.HAND_OVER_NOTE, Kind.CUSTODY_LIST}
)
SUMMONSES: Final = (Kind.FIRST_SUMMONS, Kind.SECOND_SUMMONS)
# Written to a reporter, who is never named: he reads it on his own status page.
TO_REPORTERS: Final = (Kind.REPORTER_QUESTION, Kind.REPAIR_REQUEST)


@dataclass(frozen=True, slots=True)
class Form:
    """The parts of a kind in their order; `level` is that of its headings."""

    parts: tuple[str, ...]
    level: int


def _form(parts: str, *, level: int = 2) -> Form:
    return Form(tuple(parts.split()), level)


LETTER: Final = _form(
    "letter_head opening gap case gap body points sections norms tables considerations decisions "
    "doubts gap door gap basis reply ending copies attachments",
    level=1,
)
SUMMONS: Final = _form(
    "plain_head address gap opening gap case gap body points sections norms tables considerations "
    "decisions doubts gap door gap basis reply ending_placed copies attachments"
)
DECREE: Final = _form(
    "centred_head case gap authority gap considerations sections norms decisions gap points body "
    "doubts gap reply ending_set gap address copies attachments"
)
STUDY: Final = _form(
    "centred_head opening gap case body points sections norms gap considerations decisions doubts "
    "exhibits reply ending_placed copies attachments"
)
CERTIFICATE: Final = _form(
    "plain_head opening gap case subject gap verdict body points considerations decisions sections "
    "norms doubts reply ending_issued copies attachments"
)
FILE: Final = _form(
    "letter_head opening gap case_short gap body points reply ending copies attachments_top "
    "annex:facts case annex:study sections norms gap considerations decisions doubts "
    "annex:exhibits exhibit_table annex:fields fields"
)
RECORD: Final = _form(
    "centred_head opening gap case gap body points sections norms tables exhibits doubts gap basis "
    "reply closing signers check copies attachments"
)

FORMS: Final[Mapping[Kind, Form]] = {
    **dict.fromkeys(Kind, LETTER),
    **dict.fromkeys(SUMMONSES, SUMMONS),
    Kind.STUDY: STUDY,
    Kind.RECOMMENDATION: DECREE,
    Kind.DECISION: DECREE,
    Kind.CLOSING_NOT_PROVEN: CERTIFICATE,
    Kind.OUTSIDE_FILE: FILE,
    Kind.MINUTES: RECORD,
    Kind.DELIVERY_RECORD: RECORD,
    Kind.HAND_OVER_NOTE: RECORD,
    Kind.CUSTODY_LIST: RECORD,
}
