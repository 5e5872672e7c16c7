"""What the tests of the whole share: the demo, served; a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import CHROMIUM
from tests.whole.installation import Installation, free_port, new_installation
from tests.whole.staff import add_office, hire

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Jawa Timur has the most regencies and cities of all provinces.
LARGEST_PROVINCE = "35"


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The invented province of the demo, and two offices for the whole country; served."""
    with new_installation(tmp_path_factory.mktemp("demo") / "whole") as place:
        # All that the demo tells is acted out, step by step.
        place.run("demo", "--seed-only", "--port", str(free_port()), within=300)
        add_office(place, "bawaslu-ri", "bawaslu", "Bawaslu Republik Indonesia", region="ID")
        hire(place, "bawaslu-ri", "nasional", ("receiver",), holder=None)
        add_office(place, "ombudsman-ri", "ombudsman", "Ombudsman Republik Indonesia", region="ID")
        hire(place, "ombudsman-ri", "layanan", ("receiver",), holder=None)
        place.start()
        yield place


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Closed after each module: its event loop must not meet tests that use the database."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where an installation of one test may stand."""
    return tmp_path / "whole"
