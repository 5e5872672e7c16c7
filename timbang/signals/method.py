"""The page of a detector: its docstring, read.

A docstring has two halves, English and Indonesian, each with a title, four headings and their
texts, indented below:

    The only bid.

    Question:
        Was there a single valid bid?
    Why it matters:
        ...
    Innocent explanations:
        - Few firms sell this good.
        - ...
    Law:
        - uu_10_2016/71(2)
        - none: no norm forbids this by itself.

    Satu penawaran saja.

    Pertanyaan: ...
    Mengapa penting: ...
    Penjelasan yang wajar: ...
    Hukum: ...

Innocent explanations and law are lists, and both halves list equally many: an officer ticks the
explanations off, so they must be the same ones in both languages. A line of the law is a norm of
the law room (its id, the same in both halves) or `none:` (`tidak ada:`) with the reason.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from timbang.law.bilingual import Bilingual

ENGLISH: Final = ("Question", "Why it matters", "Innocent explanations", "Law")
INDONESIAN: Final = ("Pertanyaan", "Mengapa penting", "Penjelasan yang wajar", "Hukum")
_NORM: Final = re.compile(r"[a-z0-9_]+/\S+")
_NO_NORM: Final = ("none:", "tidak ada:")


class MethodError(ValueError):
    """The docstring of a detector does not say what it must."""


@dataclass(frozen=True, slots=True)
class Method:
    """What a detector asks, why, what else may explain it, and the law. `norms` are ids of norms;
    `no_norm` says why there is none, where none is named."""

    title: Bilingual
    question: Bilingual
    why: Bilingual
    innocent: tuple[Bilingual, ...]
    norms: tuple[str, ...]
    no_norm: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class _Half:
    title: str
    sections: tuple[tuple[str, ...], ...]

    def text(self, position: int) -> str:
        return " ".join(self.sections[position])

    def items(self, position: int) -> list[str]:
        found: list[str] = []
        for line in self.sections[position]:
            if line.startswith("- "):
                found.append(line[2:])
            elif found:
                found[-1] += f" {line}"
            else:
                raise MethodError(f"a list begins with '- ', not with '{line}'")
        return found


def read(docstring: str | None) -> Method:
    """Read a docstring. Raises `MethodError` that says what is missing."""
    lines = inspect.cleandoc(docstring or "").splitlines()
    english, rest = _half(lines, ENGLISH)
    indonesian, rest = _half(rest, INDONESIAN)
    if rest:
        raise MethodError(f"after the last heading stands '{rest[0]}'")
    innocent = _pairs(english.items(2), indonesian.items(2), ENGLISH[2])
    if len(innocent) < 2:
        raise MethodError("fewer than two innocent explanations")
    law = _pairs(english.items(3), indonesian.items(3), ENGLISH[3])
    return Method(
        title=Bilingual(indonesian.title, english.title),
        question=Bilingual(indonesian.text(0), english.text(0)),
        why=Bilingual(indonesian.text(1), english.text(1)),
        innocent=innocent,
        norms=tuple(_norms(law)),
        no_norm=tuple(_no_norm(law)),
    )


def _half(lines: list[str], headings: tuple[str, ...]) -> tuple[_Half, list[str]]:
    title, *rest = [line for line in lines if line.strip()] or [""]
    if not title or title.endswith(":"):
        raise MethodError(f"before '{headings[0]}:' a title is missing")
    sections = []
    for heading in headings:
        if not rest or rest[0] != f"{heading}:":
            raise MethodError(f"'{heading}:' is missing; there is '{rest[0] if rest else ''}'")
        rest = rest[1:]
        body = []
        while rest and rest[0].startswith(" "):
            body.append(rest[0].strip())
            rest = rest[1:]
        if not body:
            raise MethodError(f"nothing stands below '{heading}:'")
        sections.append(tuple(body))
    return _Half(title.removesuffix("."), tuple(sections)), rest


def _pairs(english: list[str], indonesian: list[str], heading: str) -> tuple[Bilingual, ...]:
    if len(english) != len(indonesian):
        raise MethodError(f"'{heading}' lists {len(english)} and {len(indonesian)} in Indonesian")
    return tuple(map(Bilingual, indonesian, english))


def _norms(law: tuple[Bilingual, ...]) -> Iterator[str]:
    for line in law:
        if line.en.startswith(_NO_NORM[0]) and line.id.startswith(_NO_NORM[1]):
            continue
        if line.en != line.id or not _NORM.fullmatch(line.en):
            raise MethodError(f"'{line.en}' is neither the id of a norm nor 'none: why'")
        yield line.en


def _no_norm(law: tuple[Bilingual, ...]) -> Iterator[Bilingual]:
    for line in law:
        if line.en.startswith(_NO_NORM[0]):
            yield Bilingual(
                line.id.removeprefix(_NO_NORM[1]).strip(), line.en.removeprefix(_NO_NORM[0]).strip()
            )
