"""A detector as data: what its page, its command and other programs read of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from timbang.law.bilingual import Bilingual
from timbang.signals import tuning
from timbang.signals.detector import Detector


def described(found: Detector) -> dict[str, Any]:
    """Everything that its file says, texts in both languages."""
    page = found.method
    return {
        "detector": found.code,
        "version": found.version,
        "kind": found.kind,
        "sight": found.sight,
        "subjects": list(found.subjects),
        "reads": list(found.reads),
        "unit": found.unit.as_json(),
        "title": page.title.as_json(),
        "question": page.question.as_json(),
        "why_it_matters": page.why.as_json(),
        "innocent_explanations": _all(page.innocent),
        "norms": list(page.norms),
        "no_norm": _all(page.no_norm),
        "parameters": [
            {
                "name": each.name,
                "default": each.default,
                "title": each.title.as_json(),
                "source": each.source.as_json(),
                "place": tuning.place(found, each),
            }
            for each in found.parameters
        ],
        "reasons": {name: words.as_json() for name, words in found.reasons.items()},
        "measures": {name: words.as_json() for name, words in found.measures.items()},
    }


# English units in the plural; of exactly one the first of these words stands in the singular.
_PLURAL: Final = re.compile(
    r"\b(class(?=es\b)|day|month|bid|place|receiver|requirement|rule|tenderer|tie|deviation)(?:e?s)\b"
)


def amount(value: float | None, unit: Bilingual) -> str:
    """A value and its unit in English."""
    if value is None:
        return "no value"
    words = _PLURAL.sub(r"\1", unit.en, count=1) if value == 1 else unit.en
    return f"{value:g} {words}"


def _all(words: Sequence[Bilingual]) -> list[dict[str, str]]:
    return [each.as_json() for each in words]
