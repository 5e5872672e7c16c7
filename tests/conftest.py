"""What every test may use. Optional parts are used where found and skipped aloud where not;
with TIMBANG_NOTHING_SKIPPED=1 (as in CI) a missing part is an error."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from pytest_django import DjangoDbBlocker

# How long one example takes says more of the machine than of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

CHROMIUM = next(
    (p for p in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(p).exists()), None
)
NEEDS = {
    "browser": CHROMIUM,
    "go": shutil.which("go"),
    "postgres": os.environ.get("TIMBANG_DATABASE_URL"),
    "spin": shutil.which("spin"),
    "spark": shutil.which("java") and importlib.util.find_spec("pyspark"),
}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):  # side by side: what lasts longest begins first
        items.sort(key=lambda item: item.path.parent.name != "whole")
    strict = os.environ.get("TIMBANG_NOTHING_SKIPPED") == "1"
    for item in items:
        for name, found in NEEDS.items():
            if item.get_closest_marker(name) and not found and not (strict and name != "postgres"):
                item.add_marker(pytest.mark.skip(reason=f"{name} is not on this machine"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where nothing may be skipped, a test that skips itself while it runs fails."""
    report = yield
    strict = os.environ.get("TIMBANG_NOTHING_SKIPPED") == "1"
    if strict and report.skipped and not item.get_closest_marker("postgres"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and nothing may be: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Connections of threads that tried to write at once, or of a backup's snapshot, may outlive
    their tests; PostgreSQL would then not drop the database of the tests."""
    from django.db import connection, connections

    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
        connections.close_all()


@pytest.fixture(autouse=True)
def no_language_of_another_test() -> None:
    """A request leaves its language behind in the thread of the test client; each test begins in
    the language of the site, whatever ran before it in the same process."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(autouse=True)
def data_folders() -> Iterator[None]:
    from django.conf import settings

    for folder in (settings.FILES, settings.LOG, settings.KEYS):
        folder.mkdir(parents=True, exist_ok=True)
    yield
    for folder in (settings.FILES, settings.LOG):
        shutil.rmtree(folder, ignore_errors=True)
    # The memory of what was signed would make the next test's empty database look restored.
    (settings.KEYS / "log.signed").unlink(missing_ok=True)
