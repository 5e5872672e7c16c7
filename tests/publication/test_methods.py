"""A page for each detector, made from its file, in both languages."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from django.test import Client, override_settings

from tests.publication.explorer.conftest import Scene, scene, shown
from timbang.law.norms import catalogue as laws
from timbang.signals import catalogue

pytestmark = [pytest.mark.django_db, pytest.mark.urls("timbang.web.urls_public")]
__all__ = ["scene", "shown"]

CODES = list(catalogue.detectors())
# Words of a verdict, which no page about indications may use.
VERDICTS = re.compile(
    r"\b(guilty|culprits?|perpetrators?|offenders?|convicted|bersalah|pelaku|koruptor|terbukti|"
    r"tersangka|terdakwa)\b",
    re.IGNORECASE,
)


def page_of(client: Client, language: str, code: str) -> str:
    prefix = "/en" if language == "en" else ""
    answer = client.get(f"{prefix}/indikasi/metode/{code}/")
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


@pytest.fixture(autouse=True)
def nothing_built(tmp_path: Path) -> object:
    with override_settings(EXPLORER=tmp_path):
        yield


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("code", CODES)
def test_a_page_says_all_that_the_file_says_and_presumes_no_guilt(
    client: Client, code: str, language: str
) -> None:
    found, page = catalogue.detector(code), page_of(client, language, code)
    method = found.method
    said = [method.title, method.question, method.why, *method.innocent, *method.no_norm,
            found.unit, *found.reasons.values(), *found.measures.values(),
            *(each.title for each in found.parameters)]  # fmt: skip
    for words in said:
        assert words[language] in page, words
    for each in found.parameters:
        assert each.source[language] in page
    assert 'id="innocent"' in page
    assert not VERDICTS.search(re.sub(r"<[^>]+>", " ", page))
    for table in found.reads:
        assert f"<code>{table}</code>" in page


@pytest.mark.parametrize("code", CODES)
def test_every_norm_leads_to_its_page_with_how_far_it_was_checked(
    client: Client, code: str
) -> None:
    page = page_of(client, "en", code)
    for norm_id in catalogue.detector(code).method.norms:
        norm = laws().norms[norm_id]
        address = f"/en/hukum/norma/{norm.instrument.id}/{norm.code}/"
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200
    assert page.count("Checked against:") == len(catalogue.detector(code).method.norms)


@pytest.mark.parametrize(
    ("language", "ended", "memory"),
    [
        ("en", "No longer in force since 31 October 2023. Replaced by UU 20/2023.",
         "only those hold today whose text is known from memory"),
        ("id", "Tidak berlaku lagi sejak 31 Oktober 2023. Diganti oleh UU 20/2023.",
         "yang masih berlaku hari ini hanya yang teksnya diketahui dari ingatan"),
    ],
)  # fmt: skip
def test_a_cited_law_that_ended_is_told_as_ended(
    client: Client, language: str, ended: str, memory: str
) -> None:
    for code in ("A03", "A06", "A07"):
        assert ended in page_of(client, language, code)
    assert memory in page_of(client, language, "A03")
    assert memory not in page_of(client, language, "A06")
    assert "None of the norms named here holds today." in page_of(client, "en", "A07")
    data = json.loads(client.get("/indikasi/metode/A03/data.json").content)
    assert [each["holds"] for each in data["cited"]] == [False, True]
    assert data["cited"][0]["replaced_by"] == "UU 20/2023"


@pytest.mark.parametrize("code", CODES)
def test_programs_read_the_same(client: Client, code: str) -> None:
    data = json.loads(client.get(f"/indikasi/metode/{code}/data.json").content)
    found = catalogue.detector(code)
    assert data["format"] == "timbang-method/1"
    assert (data["detector"], data["version"], data["run"]) == (code, found.version, None)
    assert data["innocent_explanations"] == [each.as_json() for each in found.method.innocent]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_catalogue_lists_every_detector(client: Client, language: str) -> None:
    prefix = "/en" if language == "en" else ""
    page = html.unescape(client.get(f"{prefix}/indikasi/metode/").content.decode())
    for code, found in catalogue.detectors().items():
        assert f'href="{prefix}/indikasi/metode/{code}/"' in page
        assert found.method.question[language] in page


def test_there_is_no_page_of_a_detector_that_there_is_not(client: Client) -> None:
    assert client.get("/indikasi/metode/R999/").status_code == 404
    assert client.get("/indikasi/metode/R999/data.json").status_code == 404
    assert client.get("/indikasi/metode/r018/").status_code == 404


def test_the_counts_of_a_public_run_stand_on_its_page(client: Client, scene: Scene) -> None:
    with override_settings(EXPLORER=scene.explorer):
        page = page_of(client, "en", "R003")
        data = json.loads(client.get("/indikasi/metode/R003/data.json").content)
        other = page_of(client, "en", "R024")
    assert data["run"]["looked_at"] == 40
    assert data["run"]["leads"] == 40
    assert data["run"]["run"] in page
    assert "It has not been run here yet" in other


def test_a_detector_of_the_desk_shows_no_counts(client: Client) -> None:
    of_desk = [code for code, each in catalogue.detectors().items() if each.sight == "desk"]
    assert of_desk
    for code in of_desk:
        assert "so no counts stand here" in page_of(client, "en", code)
