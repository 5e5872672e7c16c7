"""Whether what an officer declared of himself touches somebody in a matter.

Pure. Names are compared in one spelling (`words`): with two words of a name in common, one name
within the other, it is taken for the same person until somebody finds that it is not; a single
word only asks. Organisations are the same when all their words are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Literal, Self

from timbang.cases import words
from timbang.law.bilingual import Bilingual

Likeness = Literal["same", "perhaps"]
_say = Bilingual
# Names that so many bear that they tell nobody apart.
_COMMON = words.words("Muhammad Sri Siti Ni I Made Nyoman Ketut Wayan Putu Nur Abdul Ahmad")


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of tie: what it makes an officer to whom it names, and how the name is compared.

    `asks`: no norm that was read makes it a conflict, so that it is asked about and bars nobody.
    """

    title: Bilingual
    relation: str
    of: Literal["person", "organisation"] = "person"
    asks: bool = False


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "kin": Kind(_say("keluarga atau kerabat saya", "my family or kin"), "family"),
        "ticket": Kind(
            _say("satu pasangan calon dengan saya", "on one ticket with me"), "same_ticket"
        ),
        "party": Kind(
            _say("partai atau tim kampanye saya", "my party or campaign team"),
            "same_ticket",
            "organisation",
        ),
        "employer": Kind(
            _say("memberi saya pekerjaan atau bayaran", "employs or pays me"),
            "paid_by_party",
            "organisation",
        ),
        "business": Kind(
            _say("usaha saya atau keluarga saya", "a business of mine or of my family"),
            "gains",
            "organisation",
        ),
        "partner": Kind(_say("rekan usaha saya", "my partner in business"), "gains"),
        "superior": Kind(_say("atasan saya", "my superior"), "subordinate"),
        "subordinate": Kind(_say("bawahan saya", "my subordinate"), "superior"),
        "former_superior": Kind(
            _say("mantan atasan saya", "my former superior"), "subordinate", asks=True
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Interest:
    """One tie that an officer declared: its kind, and the name of the person or organisation."""

    kind: str
    name: str

    def as_json(self) -> dict[str, str]:
        """The form in which it is sealed."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, str]) -> Self:
        """The tie of `as_json`."""
        return cls(kind=str(data["kind"]), name=str(data["name"]))


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a matter: reported, or named as one who gave an order."""

    name: str
    post: str = ""
    agency: str = ""
    gave_order: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """What an officer is to a party. `surely`: it bars him; else somebody has to ask him."""

    relation: str
    surely: bool
    # what was compared with what, in one spelling: the same tie reads the same tomorrow
    trace: str


def ties(officer_name: str, interests: tuple[Interest, ...], party: Party) -> list[Tie]:
    """Every tie of an officer to somebody in the matter; he himself is `named`."""
    found = [_declared(interest, party) for interest in interests]
    found.append(_himself(officer_name, party))
    return [tie for tie in found if tie is not None]


def _declared(interest: Interest, party: Party) -> Tie | None:
    kind = KINDS[interest.kind]
    like = (
        same_organisation(interest.name, party.agency)
        if kind.of == "organisation"
        else same_person(interest.name, party.name)
    )
    if like is None:
        return None
    compared = party.agency if kind.of == "organisation" else party.name
    return Tie(
        kind.relation,
        surely=like == "same" and not kind.asks,
        trace=_trace(interest.kind, interest.name, compared),
    )


def _himself(officer_name: str, party: Party) -> Tie | None:
    like = same_person(officer_name, party.name)
    if like is None:
        return None
    relation = "gave_order" if party.gave_order else "named"
    return Tie(relation, surely=like == "same", trace=_trace(relation, officer_name, party.name))


def same_person(one: str, other: str) -> Likeness | None:
    """Whether two names can be one person's; `None` where they cannot."""
    left, right = words.words(one), words.words(other)
    short, long = sorted((left, right), key=len)
    if not short or not short <= long:
        return None
    return "same" if len(short - _COMMON) >= 2 else "perhaps"


def telling_words(interest: Interest) -> tuple[frozenset[str], int]:
    """The words by which a tie is looked for, and how many of them must occur; 0: too few to tell
    anybody apart, so that nobody is surely meant."""
    found = words.words(interest.name)
    if KINDS[interest.kind].of == "organisation":
        return found, len(found)
    telling = found - _COMMON
    return telling, 2 if len(telling) >= 2 else 0


def same_organisation(one: str, other: str) -> Likeness | None:
    """Whether two names are one organisation's: all words alike, or perhaps, some left out."""
    left, right = words.words(one), words.words(other)
    if not left or not right:
        return None
    if left == right:
        return "same"
    return "perhaps" if left <= right or right <= left else None


def _trace(kind: str, one: str, other: str) -> str:
    sides = (" ".join(sorted(words.words(each))) for each in (one, other))
    return "|".join((kind, *sides))
