"""The feed of policies: what happened, once each, and no more than everybody may know."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from tests.policy import scene
from tests.policy.conftest import AT, Cast, days_later
from timbang.policy import actions, addresses, feed
from timbang.policy.models import Dossier

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


def read(path: str) -> ElementTree.Element:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)


def titles(path: str) -> list[str]:
    return [each.findtext("a:title", "", ATOM) for each in read(path).findall("a:entry", ATOM)]


def own(dossier: Dossier) -> str:
    return f"/en/kebijakan/{addresses.slug_of(dossier.number)}/umpan.atom"


def test_a_feed_tells_steps_debts_and_answers(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast)
    assert len(titles(own(dossier))) == 2
    monkeypatch.setattr(timezone, "now", lambda: days_later(7))
    found = titles(own(dossier))
    assert f"{dossier.number}: Last day: Written report to the superior" in found
    assert not [each for each in found if "Overdue: Written report" in each]
    monkeypatch.setattr(timezone, "now", lambda: days_later(8))
    assert f"{dossier.number}: Overdue: Written report to the superior" in titles(own(dossier))
    scene.pay(dossier, "report", cast.head, at=days_later(8))
    assert f"{dossier.number}: Debt paid: Written report to the superior" in titles(own(dossier))


def test_what_was_paid_in_time_is_never_told_as_due(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.in_lane(dossier, cast)
    scene.pay(dossier, "report", cast.head)
    told = [each.title for each in feed.happenings(Dossier.objects.all(), date(2026, 12, 1))]
    assert not [each for each in told if each.endswith("superior") and "paid" not in each]


def test_each_entry_keeps_its_id_in_both_feeds(cast: Cast) -> None:
    dossier = scene.opened(cast)
    scene.studied(dossier, cast)
    ids = [
        {each.findtext("a:id", "", ATOM) for each in read(path).findall("a:entry", ATOM)}
        for path in (own(dossier), own(dossier).replace("/en", ""), "/en/kebijakan/umpan.atom")
    ]
    assert ids[0] == ids[1] == ids[2]
    assert len(ids[0]) == 2


def test_drafts_are_in_no_feed_and_what_was_taken_back_says_only_that(cast: Cast) -> None:
    dossier = scene.observed(cast)
    assert Client().get(own(dossier)).status_code == 404
    assert titles("/en/kebijakan/umpan.atom") == []
    told = actions.Told(stage="technocracy", kind="study", state="missing", sought="Situs.")
    actions.add_piece(dossier, told, seen=scene.now(dossier), by=cast.watcher, at=AT)
    actions.publish(dossier, seen=scene.now(dossier), by=cast.watcher, at=AT)
    actions.retract(dossier, "Salah.", seen=scene.now(dossier), by=cast.watcher, at=AT)
    text = Client().get("/en/kebijakan/umpan.atom").content.decode()
    assert "Salah." in text
    assert dossier.title not in text
    assert len(titles(own(dossier))) == 1


def test_signs_that_xml_cannot_hold_break_no_feed(cast: Cast) -> None:
    dossier = scene.opened(cast, title="Aneh\x07 & <b>\ufffe")
    scene.step(dossier, "withdrawn", cast.head, "Tidak \x0b jadi ]]> &amp;")
    assert dossier.number in titles(own(dossier))[0]


def test_a_feed_has_a_hundred_entries_at_most(cast: Cast) -> None:
    dossier = scene.opened(cast)
    for place in range(60):
        scene.opened(cast, title=f"Kebijakan {place}")
    assert 0 < len(titles("/en/kebijakan/umpan.atom")) <= feed.MOST
    assert dossier.number in "".join(titles(own(dossier)))
