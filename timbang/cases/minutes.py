"""What the minutes of a hearing say (*berita acara pemeriksaan*), and what they lack before they
can be closed. Pure: as they are sealed, and as they are read.

The reported person's own words stand as he said them; nobody edits them into an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from timbang.law.bilingual import Bilingual

# PP 94/2021 ps 27: in private, face to face or virtually, with minutes; ps 32: refusing to sign.
PRIVATE: Final = "PP 94/2021 ps 27"
REFUSING: Final = "PP 94/2021 ps 32"
MANNERS: Final[Mapping[str, Bilingual]] = {
    "in_person": Bilingual("tatap muka", "face to face"),
    "virtual": Bilingual("virtual", "virtually"),
}

NO_PLACE = Bilingual("tempat pemeriksaan", "the place of the hearing")
NO_EXAMINER = Bilingual("siapa yang memeriksa", "who examined")
NO_WORDS = Bilingual(
    "tanya jawab atau keterangan terlapor dengan kata-katanya sendiri",
    "questions and answers, or what the reported person said in his own words",
)
NOT_PRIVATE = Bilingual(
    "bahwa pemeriksaan dilakukan secara tertutup", "that the hearing was held in private"
)
NOT_READ = Bilingual(
    "bahwa berita acara dibacakan kembali kepadanya", "that the minutes were read back to him"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and what was answered, word for word."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Ending:
    """How the reported person ended the minutes: signed, or refused before witnesses."""

    closed_as: str
    on: str
    witnesses: tuple[str, ...] = ()
    reason: str = ""
    copy_given: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One version of the minutes."""

    place: str = ""
    manner: str = "in_person"
    private: bool = False
    examiners: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    own_words: str = ""
    read_back: bool = False
    ending: Ending | None = field(default=None)

    def as_json(self) -> dict[str, Any]:
        """The form in which they are sealed."""
        return asdict(self)

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Record:
        """The minutes of `as_json`."""
        told = {name: body[name] for name in cls.__dataclass_fields__ if name in body}
        ending = told.get("ending")
        return cls(
            **told
            | {
                "examiners": tuple(told.get("examiners", ())),
                "companions": tuple(told.get("companions", ())),
                "answers": tuple(Answer(**each) for each in told.get("answers", ())),
                "ending": _ending(ending) if ending else None,
            }
        )


def _ending(told: Mapping[str, Any]) -> Ending:
    return Ending(**{**told, "witnesses": tuple(told.get("witnesses", ()))})


def missing(record: Record) -> tuple[Bilingual, ...]:
    """What the minutes must say before they can be signed."""
    return tuple(_missing(record))


def _missing(record: Record) -> Iterator[Bilingual]:
    if not record.place.strip():
        yield NO_PLACE
    if not record.examiners:
        yield NO_EXAMINER
    if not record.answers and not record.own_words.strip():
        yield NO_WORDS
    if not record.private:
        yield NOT_PRIVATE
    if not record.read_back:
        yield NOT_READ
