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
from pathlib import Path

import yaml

from timbang.law.bilingual import Bilingual

Plain = str | int | bool | date | None | list["Plain"] | dict[str, "Plain"]
Value = str | int | bool | date | None | tuple["Yaml", ...] | Mapping[str, "Yaml"]

_BOOLEAN_WORDS = {"yes", "no", "on", "off", "y", "n"}
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_LIKE_NUMBER = re.compile(
    r"[-+]?[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?\Z|0[xob][0-9a-fA-F_]+\Z"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_TAG = "tag:yaml.org,2002:"


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
        root = yaml.compose(source, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise YamlError(f"{file}:{line}: {problem.problem or problem.context}") from problem
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise YamlError(f"{file}:1: {' '.join(str(problem).split())}") from problem
    except RecursionError as problem:
        raise YamlError(f"{file}:1: nested too deeply") from problem
    if root is None:
        raise YamlError(f"{file}:1: the file is empty")
    return _Walk(file).read(root)


class _Walk:
    """Turns the parser's nodes into values; remembers them, so that an alias is noticed."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.seen: set[int] = set()

    def read(self, node: yaml.Node) -> Yaml:
        if id(node) in self.seen:
            raise self.error(node, "anchors and aliases are not used here: write it out")
        self.seen.add(id(node))
        return Yaml(self.value(node), self.file, node.start_mark.line + 1)

    def value(self, node: yaml.Node) -> Value:
        if isinstance(node, yaml.MappingNode):
            self.untagged(node, "map")
            return dict(self.pairs(node))
        if isinstance(node, yaml.SequenceNode):
            self.untagged(node, "seq")
            return tuple(self.read(item) for item in node.value)
        return self.scalar(node)

    def pairs(self, node: yaml.MappingNode) -> Iterator[tuple[str, Yaml]]:
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = self.read(key_node).value
            if not isinstance(key, str) or key == "<<":
                raise self.error(key_node, "a key must be text (no merge keys)")
            if key in seen:
                raise self.error(key_node, f"key '{key}' stands here twice")
            seen.add(key)
            yield key, self.read(value_node)

    def scalar(self, node: yaml.Node) -> Value:
        text: str = node.value
        if node.style:  # the C parser gives "" for a plain scalar, the other None
            self.untagged(node, "str")
            return text
        if text in {"", "~", "null"}:
            return None
        if text in {"true", "false"}:
            return text == "true"
        if text.lower() in _BOOLEAN_WORDS | {"true", "false", "null"}:
            raise self.error(
                node, f"'{text}' can be read in two ways: quote it, or write true/false"
            )
        if _DAY.match(text):
            return self.day(node, text)
        if _NUMBER.match(text):
            return int(text) if len(text) <= 18 else text
        if _LIKE_NUMBER.match(text):
            raise self.error(node, f"'{text}' can be read in two ways: quote it")
        return text

    def day(self, node: yaml.Node, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise self.error(node, f"'{text}' is not a day of the calendar") from None

    def untagged(self, node: yaml.Node, kind: str) -> None:
        if node.tag != _TAG + kind:
            raise self.error(node, "tags are not used here")

    def error(self, node: yaml.Node, problem: str) -> YamlError:
        return YamlError(f"{self.file}:{node.start_mark.line + 1}: {problem}")
