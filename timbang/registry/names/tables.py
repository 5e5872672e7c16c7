"""The tables of titles, spellings and abbreviations, read once from `registry/data/names/*.yaml`.

Forms in the tables are bare: small letters, no dots, no spaces (`ssos` for "S.Sos."). A file with
an unknown key, a level nobody knows or a form that is no bare word stops the reading with file and
line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from timbang.law import yaml_file
from timbang.law.yaml_file import Yaml

FOLDER: Final = Path(__file__).resolve().parent.parent / "data" / "names"
LEVELS: Final = ("published", "usage", "memory")
_BARE = re.compile(r"[a-z]+\Z")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one title stands for, of which kind it is, and where we know it from."""

    form: str
    words: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that the files say, by bare form."""

    before: Mapping[str, Meaning]
    after: Mapping[str, Meaning]
    also_names_before: frozenset[str]
    also_names_after: frozenset[str]
    elements: frozenset[str]
    markers: frozenset[str]
    relations: frozenset[str]
    articles: frozenset[str]
    aliases: frozenset[str]
    letters: tuple[tuple[str, str], ...]
    with_a_sign: tuple[tuple[str, str], ...]
    at_start: tuple[tuple[str, str], ...]
    kept: frozenset[str]
    variants: Mapping[str, str]
    short: Mapping[str, tuple[str, ...]]
    together: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The shipped tables. Raises `YamlError` with file and line."""
    return read(FOLDER)


def read(folder: Path) -> Tables:
    """The tables of a folder with the same five files."""
    titles = _titles(yaml_file.load(folder / "titles.yaml"))
    nobility = yaml_file.load(folder / "nobility.yaml").fields(("titles", "elements", "markers"))
    noble = _nobles(nobility["titles"])
    particles = _particles(yaml_file.load(folder / "particles.yaml"))
    spelling = yaml_file.load(folder / "spelling.yaml").fields(
        ("letters", "with_a_sign", "at_start", "kept", "variants")
    )
    shortened = yaml_file.load(folder / "abbreviations.yaml").fields(("groups", "together"))
    return Tables(
        before={**noble[0], **titles["before"][0]},
        after=titles["after"][0],
        also_names_before=frozenset(titles["before"][1] | noble[1]),
        also_names_after=frozenset(titles["after"][1]),
        elements=frozenset(_listed(nobility["elements"])),
        markers=frozenset(_listed(nobility["markers"])),
        relations=particles.get("relation", frozenset()),
        articles=particles.get("article", frozenset()),
        aliases=particles.get("alias", frozenset()),
        letters=_letters(spelling["letters"]),
        with_a_sign=_letters(spelling["with_a_sign"]),
        at_start=_letters(spelling["at_start"]),
        kept=frozenset(_listed(spelling["kept"], code=False)),
        variants=_variants(spelling["variants"]),
        short=_shortened(shortened["groups"], code=True),
        together=_shortened(shortened["together"], code=False),
    )


def _titles(top: Yaml) -> dict[str, tuple[dict[str, Meaning], set[str]]]:
    found: dict[str, tuple[dict[str, Meaning], set[str]]] = {
        "before": ({}, set()),
        "after": ({}, set()),
    }
    for item in top.fields(("groups",))["groups"].items():
        group = item.fields(("code", "place", "kind", "level", "source", "forms"), ("also_names",))
        meanings, also_names = found[group["place"].one_of(("before", "after"))]
        _meanings(item, group, group["kind"].text(), meanings, also_names)
    return found


def _nobles(groups: Yaml) -> tuple[dict[str, Meaning], set[str]]:
    meanings: dict[str, Meaning] = {}
    also_names: set[str] = set()
    for item in groups.items():
        group = item.fields(("code", "level", "source", "forms"), ("also_names",))
        _meanings(item, group, "noble", meanings, also_names)
    return meanings, also_names


def _meanings(
    item: Yaml,
    group: Mapping[str, Yaml],
    kind: str,
    meanings: dict[str, Meaning],
    also_names: set[str],
) -> None:
    source = _source(group)
    for form, words in group["forms"].mapping().items():
        meanings[_bare(words, form)] = Meaning(form, words.text(), kind, source)
    if "also_names" in group:
        named = set(group["also_names"].texts())
        unknown = sorted(named - set(group["forms"].mapping()))
        if unknown:
            raise item.error(f"also_names has forms that the group lacks: {', '.join(unknown)}")
        also_names |= named


def _particles(top: Yaml) -> dict[str, frozenset[str]]:
    found = {}
    for item in top.fields(("groups",))["groups"].items():
        group = item.fields(("code", "level", "source", "forms"))
        code = group["code"].one_of(("relation", "article", "alias"))
        _source(group)
        found[code] = frozenset(_bare(form, form.text()) for form in group["forms"].items())
    return found


def _listed(groups: Yaml, *, code: bool = True) -> Iterator[str]:
    for item in groups.items():
        group = item.fields((*(("code",) if code else ()), "level", "source", "forms"))
        _source(group)
        yield from (_bare(form, form.text()) for form in group["forms"].items())


def _letters(groups: Yaml) -> tuple[tuple[str, str], ...]:
    return tuple(
        (_bare(new, old), new.text())
        for item in groups.items()
        for old, new in _sourced(item).mapping().items()
    )


def _variants(groups: Yaml) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in groups.items():
        for head, others in _sourced(item).mapping().items():
            for other in others.items():
                form = _bare(other, other.text())
                if found.setdefault(form, head) != head:
                    raise other.error(f"'{form}' stands for '{found[form]}' and for '{head}'")
    return found


def _shortened(groups: Yaml, *, code: bool) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for item in groups.items():
        group = item.fields((*(("code",) if code else ()), "level", "source", "forms"))
        _source(group)
        for form, names in group["forms"].mapping().items():
            if form in found:
                raise names.error(f"'{form}' stands here twice")
            found[_bare(names, form)] = names.texts()
    return found


def _sourced(item: Yaml) -> Yaml:
    group = item.fields(("source", "level", "forms"))
    _source(group)
    return group["forms"]


def _source(group: Mapping[str, Yaml]) -> str:
    group["level"].one_of(LEVELS)
    return group["source"].text()


def _bare(item: Yaml, form: str) -> str:
    if not _BARE.match(form):
        raise item.error(f"'{form}' is not bare: small letters only, no dots, no spaces")
    return form
