"""Loops over tens of millions of rows, compiled (numba).

What was compiled is kept beside the source. Where that folder cannot be written numba refuses to
begin; then each process compiles anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., Any])


def compiled(loop: Loop) -> Loop:
    """The loop, compiled at its first call for the types that it is given."""
    try:
        found: Any = njit(cache=True, nogil=True, error_model="numpy")(loop)
    except RuntimeError:
        found = njit(nogil=True, error_model="numpy")(loop)
    kept: Loop = found
    return kept
