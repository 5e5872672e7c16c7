"""Early warning and Weber's yardstick in public: formula, contributions, what is missing."""

from __future__ import annotations

import html
import json
import re
from datetime import date

import pytest
from django.test import Client

from tests.publication.explorer.conftest import Scene
from timbang.publication.explorer import measured, reading
from timbang.publication.explorer.reading import NAME
from timbang.signals import warning, weber

pytestmark = [pytest.mark.django_db, pytest.mark.urls("timbang.web.urls_public")]


def shown_at(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize(("language", "formula"), [("", "Rumusnya"), ("/en", "The formula")])
def test_the_warning_shows_its_formula_and_what_each_place_is_made_of(
    client: Client, shown: Scene, language: str, formula: str
) -> None:
    found = shown_at(client, f"{language}/telusur/peringatan/")
    assert formula in found
    words = {"": "id", "/en": "en"}[language]
    for each in warning.formula().components:
        assert each.title[words] in found
        assert each.reason[words] in found
    assert warning.formula().reporting_reason[words] in found
    assert "Banten" in found


@pytest.mark.parametrize(
    ("language", "first", "known"),
    [("", "Ini dapat berada di urutan pertama:", "29% bobot diketahui; dapat menempati 1–"),
     ("/en", "These could stand first:", "29% of the weight known; could stand 1–")],
)  # fmt: skip
def test_a_region_without_a_place_is_shown_with_the_scores_that_are_known(
    client: Client, shown: Scene, language: str, first: str, known: str
) -> None:
    found = shown_at(client, f"{language}/telusur/peringatan/")
    ahead = found.split(first)[1].split("</p>")[0]
    assert "Maluku Utara" in ahead
    line = found.split("<strong>Maluku Utara</strong>")[1].split("</li>")[0]
    assert ": 100" in line
    assert known in line


def test_a_kind_that_does_not_exist_is_no_page(client: Client, shown: Scene) -> None:
    assert client.get("/telusur/peringatan/?jenis=planet").status_code == 404


def test_published_reports_stand_beside_the_index(shown: Scene) -> None:
    release = {
        "format": "timbang-figures/1", "released_on": "2026-11-01",
        "figures": [
            {"subject": "reports", "table": "province", "province": "36", "at_least": 15}
        ],
    }  # fmt: skip
    rows = measured.warned_rows(shown.signals, json.dumps(release), on=date(2026, 11, 22))
    told = {row[2]: json.loads(row[3]) for row in rows}
    assert told["36"]["reports"] == 15
    assert told["53"]["reports"] is None


def test_an_office_is_told_element_by_element_with_sizes_in_fives(
    client: Client, shown: Scene
) -> None:
    listed = shown_at(client, "/en/telusur/takaran/")
    address = re.search(r'href="(/en/telusur/takaran/[0-9a-f]+/)">Dinas Laut<', listed)
    assert address
    found = shown_at(client, address[1])
    for each in weber.elements():
        assert each.title.en in found
    assert "missing" in found
    assert "of at least 55" in found  # 57 applications have a due day
    assert "57" not in found


def test_an_office_that_nobody_measured_is_no_page(client: Client, shown: Scene) -> None:
    assert client.get("/telusur/takaran/ffffffffffff/").status_code == 404


def test_no_exact_size_is_in_the_file(shown: Scene) -> None:
    with reading.opened(shown.explorer) as explorer:
        assert explorer is not None
        for key, _, _ in explorer.yardsticks():
            found = explorer.yardstick(key)
            assert found is not None
            for cell in found[2]:
                assert cell["whole"] is None or cell["whole"] % 5 == 0
    assert (shown.explorer / NAME).exists()
