"""The beginning of a test of a detector: the tables that it reads, and what must be shown."""

from __future__ import annotations

from timbang.registry import schema
from timbang.signals import facts
from timbang.signals.detector import Detector

_TEST = '''"""{code}: {title}."""

from __future__ import annotations

from tests.signals.facts import Written, marked, reasons

# Rows that show a lead, one that is judged and is none, and each reason.
FACTS: Written = {{
{tables}}}


def test_what_is_marked() -> None:
    assert marked("{code}", FACTS) == {{}}


def test_what_cannot_be_judged() -> None:
    assert reasons("{code}", FACTS) == {{}}
'''


def test_of(detector: Detector) -> str:
    """A test file to fill in; it fails until it is filled in."""
    tables = "".join(
        f'    # {", ".join(_columns(name))}\n    "{name}": [],\n' for name in detector.reads
    )
    return _TEST.format(code=detector.code, title=detector.method.title.en, tables=tables)


def _columns(name: str) -> tuple[str, ...]:
    shape = facts.SHAPES.get(name)
    return tuple(shape) if shape else schema.tables()[name].names
