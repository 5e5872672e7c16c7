"""When the evidence of a lead changed materially: what was found of it then settles it no longer.

The rule (a choice of ours, told on the page): a row bears the lead that never bore it before, or
its value lies more than a tenth away from the one that was looked at. Rows that went, corrected
rows that leave the value near, and a newer version of the detector alone bring nothing back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Final

PART: Final = 0.1
"""A tenth: smaller moves come with every correction of amounts. A choice of ours."""


def identity(detector: str, subject_kind: str, subject: str) -> str:
    """The digest by which a lead found again is known as the same (SHA-256, in hex)."""
    parts = (detector, subject_kind, subject)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def materially(
    *,
    known: Collection[str],
    evidence: Collection[str],
    value_then: float | None,
    value_now: float | None,
) -> bool:
    """Whether `evidence` and its value differ materially from what was known of a lead.

    `known` are all rows that ever bore it, `value_then` the value that was looked at.
    """
    if not set(evidence) <= set(known):
        return True
    if value_then is None or value_now is None:
        return value_then is not value_now
    return abs(value_now - value_then) > PART * abs(value_then)
