"""Words that the law room carries in both languages: the Indonesian is authoritative.

A `Bilingual` becomes text only where it is shown: `str(title)` gives the language that the door has
set in `language` (Indonesian when nobody set it), so a template may write `{{ outcome.title }}`.
The law room knows no web framework: the door sets `language` at each request.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

language: ContextVar[str] = ContextVar("language", default="id")


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same words in Indonesian and English."""

    id: str
    en: str

    def __str__(self) -> str:
        return self.en if language.get() == "en" else self.id

    def __getitem__(self, key: str) -> str:
        """`title["en"]`: for callers that choose the language themselves."""
        return self.as_json()[key]

    def format(self, **words: object) -> Bilingual:
        """Fill the same places in both languages; a `Bilingual` word keeps its own language."""
        return Bilingual(
            self.id.format(**{key: _in(word, "id") for key, word in words.items()}),
            self.en.format(**{key: _in(word, "en") for key, word in words.items()}),
        )

    def as_json(self) -> dict[str, str]:
        return {"id": self.id, "en": self.en}


def joined(words: list[Bilingual], separator: str = "; ") -> Bilingual:
    """Several in one line, e.g. everything that is still missing."""
    return Bilingual(separator.join(w.id for w in words), separator.join(w.en for w in words))


def _in(word: object, key: str) -> object:
    return word[key] if isinstance(word, Bilingual) else word
