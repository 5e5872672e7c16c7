"""Which parts of an object a reader keeps; whatever else it has is counted, and odd shapes told.

Objects of one source have few shapes (keys and types), so each shape is looked at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import NoneType
from typing import Any, Final

from timbang.registry.reading_records import Out

Kinds = frozenset[type]
TEXT: Final[Kinds] = frozenset({str, int, float, NoneType})
OBJECT: Final[Kinds] = frozenset({dict, NoneType})
# Whoever reads such a part says itself what is wrong with it.
ANY: Final[Kinds] = frozenset({str, int, float, bool, dict, list, NoneType})
_MOST_SHAPES: Final = 2_000
_LONGEST_SHAPE: Final = 100
_LONGEST_NAME: Final = 60


class Part:
    """One kind of object, by the path under which its fields are counted."""

    __slots__ = ("kept", "path", "seen")

    def __init__(self, path: str, **kept: Kinds) -> None:
        self.path, self.kept = path, kept
        self.seen: dict[tuple[object, ...], tuple[str, ...]] = {}

    def watch(self, out: Out, holder: Mapping[str, Any]) -> bool:
        """Count what is not kept; whether something that should be kept has another shape."""
        lost = self.seen.get((*holder, *map(type, holder.values())))
        if lost is None:
            return self._look(out, holder)
        for path in lost:
            out.not_kept[path] += 1
        return False

    def _look(self, out: Out, holder: Mapping[str, Any]) -> bool:
        lost: list[str] = []
        odd, usual = False, len(holder) <= _LONGEST_SHAPE
        for key, value in holder.items():
            kinds = self.kept.get(key)
            if kinds is not None and type(value) in kinds:
                continue
            usual = usual and kinds is None
            if value is None or (kinds is not None and value in ("", [], {})):
                continue  # some systems write every empty part as a list
            odd = odd or kinds is not None
            lost.append(f"{self.path}{key[:_LONGEST_NAME]}")
        for path in lost:
            out.not_kept[path] += 1
        if usual:
            if len(self.seen) >= _MOST_SHAPES:  # ever new shapes must not fill the memory
                self.seen.clear()
            self.seen[*holder, *map(type, holder.values())] = tuple(lost)
        return odd
