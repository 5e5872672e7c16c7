"""Breadth-first search over the ways of a procedure, for rules that must remember what was done.

The same place with the same memory is gone through once, so the search ends although procedures
have circles; the path that is told is a shortest one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Protocol, TypeVar

Path = tuple[str, ...]


class Way(Protocol):
    """One edge of the graph, from a step to a step or an end."""

    @property
    def step(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def to(self) -> str: ...


W = TypeVar("W", bound=Way)
Memory = TypeVar("Memory", bound=Hashable)


def walks(
    starts: Iterable[str],
    ways: Iterable[W],
    memory: Memory,
    after: Callable[[W, Memory], Memory],
    goes_on: Callable[[W, Memory], bool] = lambda _way, _memory: True,
) -> Iterator[tuple[Path, W, Memory]]:
    """Each way that can be gone, once for each memory at its beginning: the path to its end and
    the memory there. Beyond a way that does not go on nothing is looked at."""
    known = list(ways)
    waiting: deque[tuple[Path, Memory]] = deque(((start,), memory) for start in starts)
    seen = {(path[-1], before) for path, before in waiting}
    while waiting:
        path, before = waiting.popleft()
        for way in known:
            if way.step != path[-1]:
                continue
            now = after(way, before)
            there = (*path, way.label, way.to)
            yield there, way, now
            if goes_on(way, now) and (way.to, now) not in seen:
                seen.add((way.to, now))
                waiting.append((there, now))
