"""The three duties of the bureaucracy, and which of them a programme touches and for whom.

All of it is data (`data/duties.yaml`): definitions, examples, codes, groups. A programme that no
rule knows touches no duty as far as we know: None, not the likeliest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from timbang.law import yaml_file
from timbang.law.bilingual import Bilingual
from timbang.law.yaml_file import Yaml

FILE: Final = Path(__file__).with_name("data") / "duties.yaml"
DUTIES: Final = ("service", "empowerment", "development")
SUPPORT: Final = "support"
_LEVELS: Final = {1: "affair", 2: "field", 3: "programme", 5: "activity", 6: "sub_activity"}
_CODE: Final = re.compile(r"[0-9Xx]+(\.[0-9Xx]+)*\Z")


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty: what it means, where that is said, how far that may be trusted, what it is like."""

    code: str
    name: Bilingual
    definition: Bilingual
    source: Bilingual
    level: str
    examples: tuple[Bilingual, ...]
    codes: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    name: Bilingual
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    duties: Mapping[str, Duty]
    groups: Mapping[str, Group]
    support_codes: tuple[str, ...]
    support_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """`duty` is one of DUTIES, or "support"; `because` is the word or the code that decided."""

    duty: str
    because: str
    group: str | None


@cache
def catalogue() -> Catalogue:
    """All duties and groups. Raises `YamlError`, which says file and line."""
    top = yaml_file.load(FILE).fields(("duties", "support_codes", "support_words", "groups"))
    duties = [_duty(item) for item in top["duties"].items()]
    groups = [_group(item) for item in top["groups"].items()]
    return Catalogue(
        duties={duty.code: duty for duty in duties},
        groups={group.code: group for group in groups},
        support_codes=top["support_codes"].texts(),
        support_words=top["support_words"].texts(),
    )


def _duty(item: Yaml) -> Duty:
    found = item.fields(
        ("duty", "name", "definition", "source", "level", "examples", "codes", "words")
    )
    return Duty(
        code=found["duty"].one_of(DUTIES),
        name=found["name"].bilingual(),
        definition=found["definition"].bilingual(),
        source=found["source"].bilingual(),
        level=found["level"].one_of(("official", "two_sources", "one_source", "memory")),
        examples=tuple(example.bilingual() for example in found["examples"].items()),
        codes=found["codes"].texts(),
        words=found["words"].texts(),
    )


def _group(item: Yaml) -> Group:
    found = item.fields(("group", "name", "words"))
    return Group(found["group"].text(), found["name"].bilingual(), found["words"].texts())


def of_programme(code: str, name: str) -> Touched | None:
    """Which duty a programme, activity or sub-activity touches, by its words, then its code.

    None when nothing says. Programme 01 of a field supports the office itself.
    """
    known, lowered = catalogue(), " ".join(name.lower().split())
    group = group_in(lowered)
    support = next((word for word in known.support_words if word in lowered), None)
    parts = code.split(".")
    if support or (len(parts) >= 3 and parts[2] == "01"):
        return Touched(SUPPORT, support or ".".join(parts[:3]), group)
    for duty in known.duties.values():
        word = next((word for word in duty.words if _has(lowered, word)), None)
        if word:
            return Touched(duty.code, word, group)
    found = [
        (len(prefix), prefix, duty.code)
        for duty in known.duties.values()
        for prefix in duty.codes
        if _begins(code, prefix)
    ]
    found += [(len(p), p, SUPPORT) for p in known.support_codes if _begins(code, p)]
    if not found:
        return None
    _, prefix, duty_code = max(found)
    return Touched(duty_code, prefix, group)


def group_in(text: str) -> str | None:
    """The first group whose words stand in the text; None when none does."""
    lowered = " ".join(text.lower().split())
    groups = catalogue().groups.values()
    return next((g.code for g in groups if any(_has(lowered, w) for w in g.words)), None)


def _has(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text) is not None


def _begins(code: str, prefix: str) -> bool:
    return code == prefix or code.startswith(prefix + ".")


def level_of(code: str) -> str | None:
    """The level that the number of parts tells: 1.02 is a field, 1.02.02.2.01 an activity."""
    return _LEVELS.get(len(code.split("."))) if _CODE.match(code) else None


def parent_of(code: str) -> str | None:
    """The code above: 1.02.02 of the activity 1.02.02.2.01 (whose two last parts are one)."""
    parts = code.split(".")
    if len(parts) < 2 or not _CODE.match(code):
        return None
    return ".".join(parts[:3] if len(parts) == 5 else parts[:-1])
