"""The public page that puts the ways beside each other, and its files."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.policy import scene
from tests.policy.conftest import AT, Cast
from timbang.policy import actions, comparing
from timbang.policy.models import Dossier

pytestmark = pytest.mark.django_db
BEGAN = date(2026, 3, 1)


def watched(cast: Cast, waited: int, **about: Any) -> Dossier:
    """A published dossier of a policy that was studied and cleared, and waited so many days."""
    dossier = scene.observed(cast, **about)
    days = {"problem": BEGAN - timedelta(days=waited), "study": BEGAN - timedelta(days=2),
            "legal_clearance": BEGAN - timedelta(days=1), "budget_line": BEGAN,
            "start": BEGAN}  # fmt: skip
    for kind, day in days.items():
        told = replace(scene.paper(kind), issued_on=day)
        actions.add_piece(dossier, told, seen=scene.now(dossier), by=cast.watcher, at=AT)
    actions.publish(dossier, seen=scene.now(dossier), by=cast.watcher, at=AT)
    return dossier


def page(**asked: str) -> str:
    answer = Client().get(reverse("dockets:compare"), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def figures(**asked: str) -> dict[tuple[str, str], dict[str, str]]:
    answer = Client().get(reverse("dockets:compare-csv"), asked)
    rows = csv.DictReader(io.StringIO(answer.content.decode()))
    return {(row["measure"], row["path"]): row for row in rows}


def test_with_nothing_to_compare_the_page_says_so(db: None) -> None:
    text = page()
    assert "0 public dossiers are looked at." in text
    assert text.count("Not measured in any dossier so far; not known in 0.") == 10
    assert "<svg" not in text
    assert "Why this is no proof of cause" in text


def test_five_dossiers_have_a_median_with_its_interval(cast: Cast) -> None:
    for waited in (10, 20, 30, 40, 50):
        watched(cast, waited)
    row = figures()["days_to_execution", "full"]
    assert (row["known"], row["value"], row["low"], row["high"]) == ("5", "30.0", "10", "50")
    text = page()
    assert "10 to 50" in text
    assert "too few: fewer than 5" in text
    assert "<svg" in text
    assert "5 public dossiers are looked at." in text


def test_the_file_is_enough_to_count_again(cast: Cast) -> None:
    for waited in (10, 20, 30, 40, 50, 60):
        watched(cast, waited)
    answer = Client().get(reverse("dockets:compare-json"))
    told = json.loads(answer.content)
    assert told["format"] == "timbang-policy-comparison/1"
    taken = [
        comparing.Taken(each["number"], each["path"], each["values"]) for each in told["dossiers"]
    ]
    for row in told["figures"]:
        again = {f.path: f for f in comparing.compare(taken, row["measure"])}[row["path"]]
        assert (row["value"], row["low"], row["known"]) == (again.value, again.low, again.known)


def test_the_page_is_narrowed_by_region_office_and_year(cast: Cast) -> None:
    watched(cast, 10, region_code="32.04", office="Kabupaten Contoh")
    watched(cast, 20, region_code="33", office="Provinsi Contoh")
    assert "2 public dossiers" in page()
    for asked in ({"wilayah": "32"}, {"kantor": "Provinsi Contoh"}):
        assert "1 public dossier is" in page(**asked)
    assert "2 public dossiers" in page(tahun="2026")
    assert "0 public dossiers" in page(tahun="2025")


def test_what_is_not_published_or_taken_back_is_in_no_figure(cast: Cast) -> None:
    hidden = scene.observed(cast)
    told = replace(scene.paper("study"), issued_on=BEGAN)
    actions.add_piece(hidden, told, seen=scene.now(hidden), by=cast.watcher, at=AT)
    back = watched(cast, 10)
    actions.retract(back, "Keliru.", seen=scene.now(back), by=cast.watcher, at=AT)
    assert "0 public dossiers" in page()


def test_an_offices_own_dossiers_are_compared_too(cast: Cast) -> None:
    scene.evaluated(scene.opened(cast), cast)
    scene.in_lane(scene.opened(cast, title="Jembatan"), cast)
    rows = figures()
    assert rows["clearance_steps", "full"]["known"] == "1"
    assert rows["clearance_steps", "emergency"]["known"] == "1"
    assert rows["clearance_steps", "full"]["value"] == ""
