"""Read a strict YAML file, and say file and line of whatever is wrong in it.

Data that carries law may not be read in two ways. So duplicate keys, anchors, merge keys, tags and
the words that YAML 1.1 takes for booleans (`no`, `on`, `yes`, ...) are refused, and each reader
names the keys it knows: an unknown one stops the load.

A plain scalar is a day (`2024-02-14`), a whole number, `true`, `false`, `null`, or text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from pathlib import Path

import yaml

from timbang.law.bilingual import Bilingual

Plain = str | int | bool | date | None | list["Plain"] | dict[str, "Plain"]
Value = str | int | bool | date | None | tuple["Yaml", ...] | Mapping[str, "Yaml"]

_WORDS: Mapping[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
}
_BOOLEAN_WORDS = {"yes", "no", "on", "off", "y", "n", "true", "false", "null"}
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})\Z")
_LIKE_NUMBER = re.compile(
    r"[-+]?[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?\Z|0[xob][0-9a-fA-F_]+\Z"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_DEEPEST = 40


class YamlError(ValueError):
    """A data file is wrong; the message opens with `file:line:`."""


@dataclass(frozen=True, slots=True)
class Yaml:
    """One value of the file, with the place where it stands."""

    value: Value
    file: str
    line: int

    def error(self, problem: str) -> YamlError:
        return YamlError(f"{self.file}:{self.line}: {problem}")

    def fields(
        self, required: Collection[str] = (), optional: Collection[str] = ()
    ) -> Mapping[str, Yaml]:
        """The mapping, once every key in it is known and no required one is missing."""
        found = self.mapping()
        for key, item in found.items():
            if key not in required and key not in optional:
                allowed = ", ".join([*required, *optional])
                raise item.error(f"unknown key '{key}'; allowed: {allowed}")
        for key in required:
            if key not in found:
                raise self.error(f"key '{key}' is missing")
        return found

    def mapping(self) -> Mapping[str, Yaml]:
        if not isinstance(self.value, Mapping):
            raise self.error("expected keys and values")
        return self.value

    def items(self) -> tuple[Yaml, ...]:
        if not isinstance(self.value, tuple):
            raise self.error("expected a list")
        return self.value

    def text(self) -> str:
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.error("expected text (quote it if it looks like a day or a number)")
        return self.value

    def texts(self) -> tuple[str, ...]:
        return tuple(item.text() for item in self.items())

    def one_of(self, allowed: Collection[str]) -> str:
        found = self.text()
        if found not in allowed:
            raise self.error(f"'{found}' is not one of: {', '.join(allowed)}")
        return found

    def day(self) -> date:
        if not isinstance(self.value, date):
            raise self.error("expected a day, YYYY-MM-DD")
        return self.value

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.error("expected true or false")
        return self.value

    def number(self) -> int:
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self.error("expected a whole number")
        return self.value

    def bilingual(self) -> Bilingual:
        """Legal text in Indonesian, which is authoritative, and its English rendering."""
        found = self.fields(("id", "en"))
        return Bilingual(*(" ".join(found[key].text().split()) for key in ("id", "en")))

    def plain(self) -> Plain:
        if isinstance(self.value, tuple):
            return [item.plain() for item in self.value]
        if isinstance(self.value, Mapping):
            return {key: item.plain() for key, item in self.value.items()}
        return self.value


def load(path: Path) -> Yaml:
    """Read one file; raises `YamlError`."""
    return loads(path.read_bytes(), path.name)


def loads(source: str | bytes, file: str) -> Yaml:
    """Read one document from memory; `file` is the name that errors show."""
    try:
        return _Parser(yaml.parse(source, Loader=yaml.CSafeLoader), file).document()
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise YamlError(f"{file}:{line}: {problem.problem or problem.context}") from problem
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise YamlError(f"{file}:1: {' '.join(str(problem).split())}") from problem


class _Parser:
    """Builds values from the events of libyaml.

    PyYAML's own composer is not used: it resolves YAML 1.1 types, follows aliases, and a deeply
    nested text makes it crash the process.
    """

    def __init__(self, events: Iterator[yaml.Event], file: str) -> None:
        self.events = events
        self.file = file

    def document(self) -> Yaml:
        next(self.events)  # the stream starts
        start = next(self.events)
        if not isinstance(start, yaml.DocumentStartEvent):
            raise self.error(start, "the file is empty")
        root = self.read(next(self.events), 1)
        next(self.events)  # the document ends
        end = next(self.events)
        if not isinstance(end, yaml.StreamEndEvent):
            raise self.error(end, "one file holds one document")
        return root

    def read(self, event: yaml.Event, depth: int) -> Yaml:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self.error(event, "anchors and aliases are not used here: write it out")
        if getattr(event, "tag", None):
            raise self.error(event, "tags are not used here")
        if depth > _DEEPEST:
            raise self.error(event, "nested too deeply")
        return Yaml(self.value(event, depth), self.file, _line(event))

    def value(self, event: yaml.Event, depth: int) -> Value:
        if isinstance(event, yaml.MappingStartEvent):
            return self.pairs(depth)
        if isinstance(event, yaml.SequenceStartEvent):
            items = iter(lambda: next(self.events), None)
            return tuple(
                self.read(item, depth + 1)
                for item in takewhile(
                    lambda item: not isinstance(item, yaml.SequenceEndEvent), items
                )
            )
        assert isinstance(event, yaml.ScalarEvent)
        return event.value if event.style else self.plain_scalar(event)

    def pairs(self, depth: int) -> Mapping[str, Yaml]:
        found: dict[str, Yaml] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.read(event, depth + 1).value
            if not isinstance(key, str) or key == "<<":
                raise self.error(event, "a key must be text (no merge keys)")
            if key in found:
                raise self.error(event, f"key '{key}' stands here twice")
            found[key] = self.read(next(self.events), depth + 1)
        return found

    def plain_scalar(self, event: yaml.ScalarEvent) -> Value:
        text: str = event.value
        if text in _WORDS:
            return _WORDS[text]
        if text.lower() in _BOOLEAN_WORDS:
            raise self.error(
                event, f"'{text}' can be read in two ways: quote it, or write true/false"
            )
        if _DAY.match(text):
            return self.day(event, text)
        if _NUMBER.match(text):
            return int(text)
        if _LIKE_NUMBER.match(text):
            raise self.error(event, f"'{text}' can be read in two ways: quote it")
        return text

    def day(self, event: yaml.Event, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise self.error(event, f"'{text}' is not a day of the calendar") from None

    def error(self, event: yaml.Event, problem: str) -> YamlError:
        return YamlError(f"{self.file}:{_line(event)}: {problem}")


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
