"""What the tests of the registry share: the shipped public facts, loaded."""

from __future__ import annotations

import pytest

from timbang.registry import actions


@pytest.fixture
def shipped(db: None) -> actions.Loaded:
    return actions.load()
