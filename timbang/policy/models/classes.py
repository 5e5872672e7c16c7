"""How a model says which of its columns are public, desk or sealed."""

from __future__ import annotations

Classes = dict[str, tuple[str, ...]]
