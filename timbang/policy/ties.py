"""What may tie an officer to a policy, in words of its own, and what a tie keeps him from.

The rules are those that cases go by too (`law.recusal`). Its words speak of cases, so the words
here are ours. Being somebody's superior and having given an order are not offered: their norm
(PP 94/2021 ps 29) is on discipline, and none that was read carries them over to a policy.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from timbang.law import recusal
from timbang.law.bilingual import Bilingual

WORDS: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "gains": Bilingual(
            "diuntungkan oleh kebijakan ini, sendiri atau melalui usahanya",
            "gains by this policy, himself or through his business",
        ),
        "family": Bilingual(
            "kerabat atau keluarga seseorang yang mempunyai kepentingan sendiri dalam kebijakan "
            "ini",
            "kin of somebody who has an interest of his own in this policy",
        ),
        "paid_by_party": Bilingual(
            "bekerja untuk atau digaji oleh pihak yang mempunyai kepentingan sendiri dalam "
            "kebijakan ini",
            "works for, or is paid by, somebody who has an interest of his own in this policy",
        ),
        "subordinate": Bilingual(
            "bawahan seseorang yang mempunyai kepentingan sendiri dalam kebijakan ini",
            "subordinate of somebody who has an interest of his own in this policy",
        ),
        "same_ticket": Bilingual(
            "satu pasangan calon atau satu partai dengan seseorang yang mempunyai kepentingan "
            "sendiri dalam kebijakan ini",
            "on one ticket or in one party with somebody who has an interest of his own in this "
            "policy",
        ),
        "named": Bilingual(
            "disebut sebagai pihak dalam usul, kajian, atau rencana pelaksanaan kebijakan ini",
            "named as a party in the proposal, study or plan of execution of this policy",
        ),
        "earlier_role": Bilingual(
            "pernah menangani kebijakan ini di kantor lain atau bagi pihak lain",
            "dealt with this policy before, in another office or for somebody else",
        ),
    }
)
# As what he acts, by his role; whoever is not named here writes, and so recommends.
_ACT_OF: Final[Mapping[str, recusal.Act]] = MappingProxyType(
    {
        "reviewer": "review",
        "clearing_officer": "review",
        "evaluator": "review",
        "decision_maker": "decide",
    }
)


# Whoever writes parts, documents, milestones or answers recommends.
WRITING: Final[recusal.Act] = "recommend"


def act_of(role: str) -> recusal.Act:
    """As what an officer acts in this role."""
    return _ACT_OF.get(role, WRITING)


def title_of(relation: str) -> Bilingual:
    """A tie in the words of this room."""
    return WORDS.get(relation) or recusal.RELATIONS[relation].title


def conflict(relations: Collection[str], act: recusal.Act) -> recusal.Conflict | None:
    """The first tie that keeps an officer from acting so, with its norm; None where none does."""
    found = recusal.conflicts(relations, act)
    return replace(found[0], title=title_of(found[0].relation)) if found else None


def barring(act: recusal.Act) -> list[str]:
    """The ties that keep an officer from acting so."""
    return [code for code in recusal.RELATIONS if recusal.conflicts((code,), act)]
