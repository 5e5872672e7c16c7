"""The only writers of this room: each checks the rules, writes rows and one entry of the log."""

from timbang.policy.actions.journal import Overtaken, Seen
from timbang.policy.actions.opening import About, describe, open_dossier, publish, retract
from timbang.policy.actions.stepping import co_sign, lapse_due, pay_debt, take_step
from timbang.policy.actions.writing import (
    Came,
    Planned,
    Told,
    add_piece,
    declare_tie,
    finish_milestone,
    set_milestone,
    write_part,
)

__all__ = [
    "About",
    "Came",
    "Overtaken",
    "Planned",
    "Seen",
    "Told",
    "add_piece",
    "co_sign",
    "declare_tie",
    "describe",
    "finish_milestone",
    "lapse_due",
    "open_dossier",
    "pay_debt",
    "publish",
    "retract",
    "set_milestone",
    "take_step",
    "write_part",
]
