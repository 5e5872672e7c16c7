"""Every role on every desk page of policy that an office has: by GET, and by POST of an empty form.

The list of pages is read from the addresses themselves: a new page fails here until its row says
who may see it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.policy import scene
from tests.policy.conftest import Cast, add, make_office, seated
from timbang.accounts.models import Officer
from timbang.policy import actions, urls
from timbang.policy.models import Dossier, Line

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC).replace(hour=5, minute=0)
# Kepala decides and wakil beside him; gubernur decides in the office above, hukum clears, pemantau
# watches. Pengelola only manages officers. Tetangga has every role in an office beside it.
LOGINS = (
    "nobody", "analis", "penelaah", "perancang", "kepala", "pelaksana", "evaluator", "auditor",
    "pengelola", "gubernur", "tetangga", "hukum", "pemantau",
)  # fmt: skip
# p: a page, r: refused in words, -: there is nothing here, n: no such way of asking, l: the login
# page. By GET, and by POST.
SHORT = {200: "p", 404: "-", 405: "n", 409: "r"}
# Pages of whoever watches, of promises and of comments have tests of their own.
OTHERS = ("observ", "promise", "comment", "visit", "decree", "page-of")
TABLE = """
dossiers       l/n   p/n   p/n   p/n   p/n   p/n   p/n   p/n   -/n   p/n   p/n   p/n   p/n
open           l/l   p/p   -/-   -/-   -/-   -/-   -/-   -/-   -/-   -/-   p/p   -/-   -/-
dossier        l/n   p/n   p/n   p/n   p/n   p/n   p/n   p/n   -/n   p/n   p/n   p/n   p/n
about          l/l   p/p   -/-   -/-   -/-   -/-   -/-   -/-   -/-   -/-   -/-   -/-   -/-
step           l/l   r/p   r/p   r/p   p/p   r/p   r/p   r/p   -/-   r/p   r/p   r/p   -/-
tie            l/l   p/p   p/p   p/p   p/p   p/p   p/p   p/p   -/-   p/p   -/-   p/p   -/-
milestone-new  l/l   p/p   -/-   -/-   -/-   p/p   -/-   -/-   -/-   -/-   -/-   -/-   -/-
milestone-done l/l   -/-   -/-   -/-   -/-   p/p   -/-   -/-   -/-   -/-   -/-   -/-   -/-
pieces         l/n   p/n   p/n   p/n   p/n   p/n   p/n   p/n   -/n   -/n   -/n   -/n   -/n
piece-new      l/l   p/p   p/p   p/p   p/p   p/p   p/p   p/p   -/-   -/-   -/-   -/-   -/-
piece-correct  l/l   p/p   p/p   p/p   p/p   p/p   p/p   p/p   -/-   -/-   -/-   -/-   -/-
part           l/l   p/p   p/p   p/p   p/p   p/p   p/p   p/p   -/-   -/-   -/-   p/p   -/-
part-versions  l/n   p/n   p/n   p/n   p/n   p/n   p/n   p/n   -/n   -/n   -/n   p/n   -/n
lane           l/n   -/n   -/n   -/n   p/n   -/n   -/n   -/n   -/n   -/n   -/n   -/n   -/n
sign           l/l   -/-   -/-   -/-   p/p   -/-   -/-   -/-   -/-   p/p   -/-   -/-   -/-
debt           l/l   p/p   p/p   p/p   p/p   p/p   p/p   p/p   -/-   -/-   -/-   p/p   -/-
"""


def word(answer: Any) -> str:
    if answer.status_code == 302:
        return "l" if "/masuk/" in answer["Location"] else "led"
    return SHORT.get(answer.status_code, str(answer.status_code))


def places(dossier: Dossier, lane: Dossier) -> dict[str, str]:
    """The address of every page: of the dossier that is studied, or of the one in the lane."""
    ids: dict[str, Any] = {
        "dossier_id": dossier.pk,
        "outcome": "withdrawn",
        "kind": "problem",
        "milestone_id": dossier.milestones.get().pk,
        "piece_id": dossier.pieces.get().pk,
        "debt_id": lane.debts.get(code="report").pk,
    }
    found = {}
    for each in urls.urlpatterns:
        name = str(each.name)
        if name.startswith(OTHERS):
            continue
        told = {key: ids[key] for key in each.pattern.converters}
        if name == "debt":
            told["dossier_id"] = lane.pk
        if name == "piece-new":
            told["kind"] = "study"
        found[name] = reverse(f"policy:{name}", kwargs=told)
    return found


def test_every_role_gets_what_the_table_says(cast: Cast) -> None:
    add(cast.office, "pengelola", "administrator")
    beside = make_office("dinas-b", "policy_office", region="32.05")
    roles = ("analyst", "reviewer", "legal_drafter", "decision_maker", "executing_officer")
    add(beside, "tetangga", *roles, "evaluator", "auditor", "administrator")
    dossier = scene.opened(cast, at=NOW)
    scene.write(dossier, cast.analyst, "problem", at=NOW)
    scene.planned(dossier, cast, at=NOW)
    told = scene.paper("study", NOW)
    actions.add_piece(dossier, told, seen=scene.now(dossier), by=cast.analyst, at=NOW)
    sunset = (NOW + timedelta(days=60)).date().isoformat()
    words = scene.LANE | {"sunset_on": sunset}
    actions.write_part(dossier, "lane", words, seen=scene.now(dossier), by=cast.deputy, at=NOW)
    lane = scene.opened(cast, at=NOW)
    scene.in_lane(lane, cast, at=NOW, sunset_on=sunset)
    before = Line.objects.count()
    browsers = {
        login: Client() if login == "nobody" else seated(Officer.objects.get(login=login))
        for login in LOGINS
    }
    rows = {
        name: [f"{word(browser.get(at))}/{word(browser.post(at))}" for browser in browsers.values()]
        for name, at in places(dossier, lane).items()
    }
    expected = {name: cells for name, *cells in map(str.split, TABLE.strip().splitlines())}
    assert rows == expected, "\n" + written(rows)
    assert Line.objects.count() == before


def written(rows: dict[str, list[str]]) -> str:
    lines = (f"{name:15}" + "".join(f"{cell:6}" for cell in cells) for name, cells in rows.items())
    return "\n".join(line.rstrip() for line in lines)
