"""Where nothing may be skipped, no test gets away by skipping itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import pytest_runtest_makereport


def told(outcome: Any, *marks: str) -> Any:
    """What the hook makes of a report about a test with these marks."""
    item: Any = SimpleNamespace(get_closest_marker=lambda name: name in marks)
    hook = pytest_runtest_makereport(item, None)  # type: ignore[arg-type]
    next(hook)
    report = pytest.TestReport("a::b", ("a", 1, "b"), {}, outcome, ("a", 1, "no WebGL"), "call")
    with pytest.raises(StopIteration) as ended:
        hook.send(report)
    return ended.value.value


def test_a_test_that_skips_itself_fails_where_nothing_may_be_skipped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TIMBANG_NOTHING_SKIPPED", "1")
    report = told("skipped", "browser")
    assert report.failed
    assert "nothing may be" in report.longrepr
    assert "no WebGL" in report.longrepr
    assert told("passed", "browser").passed
    # the suite on SQLite; the suite on PostgreSQL runs these
    assert told("skipped", "postgres").skipped


def test_elsewhere_it_is_skipped_aloud(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TIMBANG_NOTHING_SKIPPED", raising=False)
    assert told("skipped", "browser").skipped
