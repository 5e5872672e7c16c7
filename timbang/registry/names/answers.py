"""What a search asks and what it answers: people, each with its certainty, its homonyms and why."""

from __future__ import annotations

from dataclasses import dataclass

from timbang.law.bilingual import Bilingual
from timbang.registry.names.comparing import Comparison
from timbang.registry.names.person import Person
from timbang.registry.names.splitting import Split

_ONLY_NAME = Bilingual(
    "Hanya nama yang diketahui: {count} orang bernama seperti ini. Tambahkan instansi, wilayah, "
    "tahun lahir atau jabatan.",
    "Only the name is known: {count} people are named like this. Add agency, region, year of birth "
    "or post.",
)
_UNSURE = Bilingual(
    "{count} orang bernama seperti ini; yang dimaksud belum dapat dipastikan.",
    "{count} people are named like this; who is meant cannot be told yet.",
)
_LIKELY = Bilingual(
    "{count} orang bernama seperti ini; keterangan lain menunjuk ke yang pertama.",
    "{count} people are named like this; what else is known points to the first.",
)
_ONE_NAME = Bilingual(
    "Satu orang dalam daftar ini bernama seperti ini. Orang di luar daftar dapat bernama sama.",
    "One person of this register is named like this. People outside it may bear the same name.",
)
_NONE = Bilingual(
    "Tidak ada yang bernama seperti ini dalam daftar.", "Nobody in the register is named like this."
)


@dataclass(frozen=True, slots=True)
class Query:
    """Whom somebody looks for. "" and None stand for not known."""

    name: str
    agency_code: str = ""
    region_code: str = ""
    birth_year: int | None = None
    post: str = ""

    @property
    def has_context(self) -> bool:
        return bool(self.agency_code or self.region_code or self.birth_year or self.post)


@dataclass(frozen=True, slots=True)
class Hit:
    """One person who answers. `certainty` is 0 to 1: the part of the chance that falls to this
    person, all others and somebody outside the register weighed. `homonyms` counts the people of
    the register whose name is the same in normal form, this one included."""

    at: int
    person: Person
    certainty: float
    score: float
    homonyms: int
    comparison: Comparison
    context: tuple[Bilingual, ...]

    @property
    def reasons(self) -> tuple[Bilingual, ...]:
        return (*self.comparison.reasons, *self.context)

    def as_json(self) -> dict[str, object]:
        return {
            "person_id": self.person.person_id,
            "name": self.person.name,
            "agency_code": self.person.agency_code,
            "agency_name": self.person.agency_name,
            "region_code": self.person.region_code,
            "birth_year": self.person.birth_year,
            "post": self.person.post,
            "certainty": round(self.certainty, 6),
            "homonyms": self.homonyms,
            "name_verdict": self.comparison.verdict.value,
            "reasons": [reason.as_json() for reason in self.reasons],
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """Who may be meant, the likeliest first. `alike` counts all people of the register whose name
    answers as well as the best (within a factor of twenty); `outside` is the part of the chance
    that it is somebody who is not in the register."""

    query: Query
    parts: Split
    hits: tuple[Hit, ...]
    alike: int
    outside: float

    @property
    def words(self) -> Bilingual:
        """What an answer means, with the number of homonyms."""
        if not self.hits:
            return _NONE
        if self.alike == 1:
            return _ONE_NAME
        if not self.query.has_context:
            return _ONLY_NAME.format(count=self.alike)
        return (_LIKELY if self.hits[0].certainty >= 0.9 else _UNSURE).format(count=self.alike)

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.parts.name,
            "people_named_alike": self.alike,
            "outside": round(self.outside, 6),
            "words": self.words.as_json(),
            "hits": [hit.as_json() for hit in self.hits],
        }
