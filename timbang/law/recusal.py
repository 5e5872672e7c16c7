"""Who may not act in a matter because of his relations, and who acts instead.

Pure, and low enough for cases and policy to share. Relations come from a closed vocabulary: what an
officer is to somebody in the matter (`RELATIONS`), or that an organ, its head or his kin gains by
it. Each has its norm and how far that norm was read; where the law itself calls on the superior (he
must examine his subordinate), being the superior is no conflict.

A conflicted officer is replaced by his superior. A conflicted organ is replaced by the authority
that a norm names; where none does, nobody is made up: the answer is a *flag* for BKN and the
Ministry of Home Affairs. Whoever is put in place may be conflicted too: then the same is asked of
him, and an authority that is conflicted is never the answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from timbang.law.bilingual import Bilingual
from timbang.law.steps import OrganKind

# What somebody does in a matter; whoever only receives papers decides nothing in it.
Act = Literal["receive", "assign", "examine", "recommend", "decide", "review"]
# What the appointing officer, or another head, is: it decides who is above him.
Head = Literal["minister", "regional_head", "agency_head"]
Post = Literal["secretary_of_province", "secretary_of_regency", "other"]
AuthorityCode = Literal[
    "superior", "next_higher", "governor", "home_minister", "president", "flagged"
]

_say = Bilingual
UU_30 = "UU 30/2014 ps 42, 43"
PP_94 = "PP 94/2021 ps 29"
PP_42 = "PP 42/2004 ps 11 huruf c"


@dataclass(frozen=True, slots=True)
class Relation:
    """What ties somebody to a matter, and the norm that makes it a conflict."""

    title: Bilingual
    citation: str
    level: str


RELATIONS: Mapping[str, Relation] = MappingProxyType(
    {
        "superior": Relation(
            _say("atasan terlapor", "superior of the reported person"), PP_94, "two_copies"
        ),
        "subordinate": Relation(
            _say("bawahan terlapor", "subordinate of the reported person"), UU_30, "one_copy"
        ),
        "family": Relation(
            _say("kerabat atau keluarga seseorang dalam perkara", "kin of somebody in the matter"),
            UU_30,
            "one_copy",
        ),
        "same_ticket": Relation(
            _say(
                "satu pasangan calon atau satu partai dengan seseorang dalam perkara",
                "on one ticket or in one party with somebody in the matter",
            ),
            PP_42,
            "one_copy",
        ),
        "named": Relation(_say("disebut dalam perkara", "named in the matter"), UU_30, "one_copy"),
        "earlier_role": Relation(
            _say(
                "pernah bertindak dalam perkara yang sama",
                "acted in the same matter before",
            ),
            "UU 30/2014 ps 43 ayat (1)",
            "one_copy",
        ),
        "gave_order": Relation(
            _say(
                "memberi perintah yang menjadi pokok perkara",
                "gave the order that the matter is about",
            ),
            PP_94,
            "two_copies",
        ),
        "paid_by_party": Relation(
            _say(
                "bekerja untuk atau digaji oleh pihak dalam perkara",
                "works for, or is paid by, a party to the matter",
            ),
            UU_30,
            "one_copy",
        ),
        "gains": Relation(
            _say(
                "diuntungkan oleh keputusan, sendiri atau melalui usahanya",
                "gains by the decision, himself or through his business",
            ),
            UU_30,
            "one_copy",
        ),
    }
)
# An earlier role is what makes a second look no second look; it bars nothing else.
_BARS_ONLY: Mapping[str, frozenset[Act]] = MappingProxyType(
    {"earlier_role": frozenset({"review", "decide"})}
)
# Whose turn it is by law because he is the superior (PP 94/2021 ps 26, 27).
_BY_LAW: frozenset[Act] = frozenset({"assign", "examine", "recommend", "decide"})
# Organs whose head is a head in the sense of UU 30/2014 ps 42.
_HEADED: frozenset[OrganKind] = frozenset({"appointing_officer", "regent"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why somebody may not act: the relation and its norm."""

    relation: str
    title: Bilingual
    citation: str
    level: str


@dataclass(frozen=True, slots=True)
class Authority:
    """Who acts instead, and which norm names him; for a flag, `citation` is `None`."""

    code: AuthorityCode
    title: Bilingual
    citation: str | None
    level: str
    reason: Bilingual | None = None

    @property
    def is_flag(self) -> bool:
        """No norm names an authority: BKN and the Ministry of Home Affairs must be told."""
        return self.code == "flagged"


SUPERIOR = Authority(
    "superior", _say("atasan langsungnya", "his direct superior"), "UU 30/2014 ps 42", "one_copy"
)
NEXT_HIGHER = Authority(
    "next_higher",
    _say("pejabat yang lebih tinggi dari atasan itu", "the officer above that superior"),
    PP_94,
    "two_copies",
)
GOVERNOR = Authority(
    "governor", _say("Gubernur", "the Governor"), "SE/06/M.PAN/11/2016", "one_source"
)
HOME_MINISTER = Authority(
    "home_minister",
    _say("Menteri Dalam Negeri", "the Minister of Home Affairs"),
    "SE/06/M.PAN/11/2016",
    "one_source",
)
PRESIDENT = Authority(
    "president", _say("Presiden", "the President"), "UU 30/2014 ps 42", "one_copy"
)
FLAGGED = Authority(
    "flagged",
    _say(
        "belum ada: BKN dan Kementerian Dalam Negeri diberi tahu",
        "nobody yet: BKN and the Ministry of Home Affairs are told",
    ),
    None,
    "none",
    _say(
        "Tidak ada norma terbaca yang menunjuk pengganti bagi instansi ini.",
        "No norm that was read names who takes the place of this organ.",
    ),
)


def conflicts(
    relations: Collection[str], act: Act, *, superior_by_law: bool = False
) -> tuple[Conflict, ...]:
    """Why an officer with these relations may not do this; empty where he may.

    `superior_by_law`: the law calls on him because he is the superior; having given the order, or
    any other tie, bars him all the same. A relation outside the vocabulary is the caller's mistake:
    `ValueError`.
    """
    unknown = set(relations) - RELATIONS.keys()
    if unknown:
        raise ValueError(f"not in the vocabulary: {sorted(unknown)}")
    if act == "receive":
        return ()
    return tuple(
        Conflict(code, found.title, found.citation, found.level)
        for code, found in RELATIONS.items()
        if code in relations and _bars(code, act, superior_by_law)
    )


def _bars(relation: str, act: Act, superior_by_law: bool) -> bool:
    if relation == "superior" and superior_by_law and act in _BY_LAW:
        return False
    return act in _BARS_ONLY.get(relation, frozenset({act}))


def instead_of_officer(*, acts_as_superior: bool) -> Authority:
    """Who acts for a conflicted officer: his superior, of whom the same is asked again.

    `acts_as_superior`: it is as the reported person's superior that he would examine.
    """
    return NEXT_HIGHER if acts_as_superior else SUPERIOR


def instead_of_organ(
    organ: OrganKind,
    *,
    head: Head | None,
    reported_post: Post = "other",
    conflicted: Collection[AuthorityCode] = frozenset(),
) -> Authority:
    """Who acts for an organ whose head or whose kin gains, or that is itself a party.

    `head` says what the head of the organ is, `None` where it is not known; `conflicted` are the
    authorities of which it is known that they may not act either.
    """
    named = [found for found in _named(organ, head, reported_post) if found.code not in conflicted]
    return named[0] if named else FLAGGED


def _named(organ: OrganKind, head: Head | None, reported_post: Post) -> list[Authority]:
    """Whom norms name for this organ, the more special norm first."""
    if organ not in _HEADED:
        return []
    special = {"secretary_of_regency": [GOVERNOR], "secretary_of_province": [HOME_MINISTER]}
    general = [PRESIDENT] if head in ("minister", "regional_head") else []
    return [*special.get(reported_post, []), *general]
