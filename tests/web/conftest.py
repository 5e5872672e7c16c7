"""An office that can open reports, for the tests of other systems."""

from __future__ import annotations

from tests.reports.conftest import office, regions

__all__ = ["office", "regions"]
