"""The pages of the score in a real browser: a telephone's width, no script."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.policy import scene
from tests.policy.conftest import AT, Cast, days_later
from tests.policy.test_desk_in_a_browser import chromium  # noqa: F401
from tests.whole.judging import LANGUAGES, faults, small_screen
from timbang.ledger import actions as ledger
from timbang.policy import actions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_page_of_the_score_is_read_on_a_telephone(
    chromium: Browser,  # noqa: F811
    live_server: LiveServer,
) -> None:
    cast = Cast()
    for week in range(-20, 0, 3):
        at = days_later(7 * week)
        dossier = scene.opened(cast, at=at)
        actions.write_part(
            dossier, "lane", scene.LANE | {"sunset_on": f"{at.date() + timedelta(days=150)}"}, seen=scene.now(dossier),
            by=cast.head, at=at,
        )  # fmt: skip
        scene.signed(dossier, cast.governor, at=at)
        scene.untied(dossier, cast.head, at=at)
        scene.step(dossier, "use_lane_disaster", cast.head, "Tidak dapat menunggu.", at=at)
    scene.evaluated(scene.opened(cast, at=days_later(-140)), cast, at=days_later(-140))
    ledger.sequence(at=AT)
    context = small_screen(chromium)
    page, wrong = context.new_page(), []
    for language in LANGUAGES:
        for path in ("skor/", "skor/dinas-a/", "rumus-skor/", "log/"):
            answer = page.goto(f"{live_server.url}{language}/kebijakan/{path}")
            assert answer is not None
            assert answer.status == 200, path
            assert page.locator("script").count() == 0
            wrong += faults(page, path)
    assert wrong == []
    context.close()
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/en/kebijakan/skor/")
    page.click("text=Kantor dinas-a")
    assert page.locator("svg polyline").count() == 1
    assert "of 100" in page.inner_text("main")
    page.click("text=The opened entries of the log")
    assert "timbang policy score" in page.inner_text("main")
