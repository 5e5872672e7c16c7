"""How regions changed: formed out of others, recoded, renamed, as `data/region_changes.yaml` says.

Pure: a file in, frozen values out. Each change names its law or decree, the day where it is known,
and how far it may be trusted. Codes are those of the Ministry of Home Affairs; the statistics
agency's are others and mean other regions (its 94.01 is not 94.01 of the ministry).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from timbang.law import yaml_file
from timbang.law.bilingual import Bilingual
from timbang.law.yaml_file import Yaml
from timbang.registry.phases import LEVELS

FILE: Final = Path(__file__).with_name("data") / "region_changes.yaml"
FORMED: Final = "formed"
RECODED: Final = "recoded"
RENAMED: Final = "renamed"
KINDS: Final = (FORMED, RECODED, RENAMED)
_OWN_KEYS: Final = {FORMED: ("code", "of"), RECODED: ("codes",), RENAMED: ("names",)}


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one region; `code` is the one of today.

    `former` is the old code or name, "" for a region that was formed; `of` are the regions out of
    which it was formed, by their codes of today. `law` is "" and `day` None where not known.
    """

    kind: str
    code: str
    former: str
    of: tuple[str, ...]
    law: str
    day: date | None
    level: str
    source: Bilingual

    def as_json(self) -> dict[str, object]:
        return {
            "change": self.kind,
            "code": self.code,
            "former": self.former or None,
            "of": list(self.of),
            "law": self.law or None,
            "day": self.day.isoformat() if self.day else None,
            "level": self.level,
            "source": self.source.as_json(),
        }


@dataclass(frozen=True, slots=True)
class About:
    """Who compiled the history, on what terms, and what it covers."""

    title: Bilingual
    publisher: Bilingual
    licence: Bilingual
    coverage: Bilingual


@dataclass(frozen=True, slots=True)
class Changes:
    """The whole file."""

    about: About
    all: tuple[Change, ...]

    def of_region(self, code: str) -> tuple[Change, ...]:
        """What happened to a region, and what was formed out of it, the oldest first.

        Changes whose day is not known come last.
        """
        found = [each for each in self.all if code == each.code or code in each.of]
        return tuple(sorted(found, key=lambda each: (each.day or date.max, each.code)))


def read(path: Path, known: Collection[str]) -> Changes:
    """The history of a file. Raises `YamlError`, which says file and line.

    `known` are the codes of today: every change leads to one of them, and no old code is one.
    """
    top = yaml_file.load(path).fields(("about", "sources", "changes"))
    about = top["about"].fields(("title", "publisher", "licence", "coverage"))
    sources = {key: item.bilingual() for key, item in top["sources"].mapping().items()}
    used: set[str] = set()
    found: list[Change] = []
    former: set[tuple[str, str]] = set()
    for item in top["changes"].items():
        for change in _changes(item, sources, used):
            _fits(item, change, known, former)
            found.append(change)
    for key, item in top["sources"].mapping().items():
        if key not in used:
            raise item.error(f"no change names the source '{key}'")
    return Changes(About(**{key: item.bilingual() for key, item in about.items()}), tuple(found))


def _changes(item: Yaml, sources: Mapping[str, Bilingual], used: set[str]) -> Iterator[Change]:
    kind = item.mapping().get("change", item)
    if kind is item:
        raise item.error("key 'change' is missing")
    own = _OWN_KEYS[kind.one_of(KINDS)]
    told = item.fields(("change", *own, "level", "source"), ("law", "day"))
    source = told["source"].one_of(tuple(sources))
    used.add(source)
    for code, before, parts in _regions(kind.text(), told):
        yield Change(
            kind=kind.text(),
            code=code,
            former=before,
            of=parts,
            law=told["law"].text() if "law" in told else "",
            day=told["day"].day() if "day" in told else None,
            level=told["level"].one_of(LEVELS),
            source=sources[source],
        )


def _regions(kind: str, told: Mapping[str, Yaml]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The code of today, what was before, and out of what it was formed."""
    if kind == FORMED:
        yield told["code"].text(), "", told["of"].texts()
    elif kind == RECODED:
        for before, now in told["codes"].mapping().items():
            yield now.text(), before, ()
    else:
        for code, name in told["names"].mapping().items():
            yield code, name.text(), ()


def _fits(item: Yaml, change: Change, known: Collection[str], former: set[tuple[str, str]]) -> None:
    for code in (change.code, *change.of):
        if code not in known:
            raise item.error(f"'{code}' is no code of today")
    if change.kind == RECODED and change.former in known:
        raise item.error(f"'{change.former}' is a code of today and cannot be an old one")
    if change.kind != FORMED:
        if (change.kind, change.former) in former:
            raise item.error(f"'{change.former}' stands twice: it cannot have become two regions")
        former.add((change.kind, change.former))
