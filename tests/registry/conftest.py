"""What the tests of the registry share: the shipped public facts, loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.registry.loader import Loader
from timbang.registry import actions


@pytest.fixture
def shipped(db: None) -> actions.Loaded:
    return actions.load()


@pytest.fixture
def loader(tmp_path: Path) -> Loader:
    return Loader(tmp_path)
