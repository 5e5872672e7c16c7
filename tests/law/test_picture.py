"""The drawing of a procedure: everything is on it, nothing runs over anything else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import CHROMIUM
from timbang.law.picture import svg
from timbang.law.procedure import from_json, procedures, to_json
from timbang.law.steps import ORGANS, Procedure

NAMES = sorted(procedures())
SVG = "{http://www.w3.org/2000/svg}"


def words(text: str) -> str:
    """All that is written on the drawing, without its line breaks."""
    found = ElementTree.fromstring(text).iter(f"{SVG}text")
    return " ".join(" ".join((one.text or "").split()) for one in found).replace("• ", "")


def of_length(steps: int) -> Procedure:
    """The observer's procedure with so many steps, each leading to the next."""
    data = json.loads(to_json(procedures()["observer_referral"]))
    first = data["steps"][0]
    data["steps"] = [
        first
        | {
            "code": f"s{number}",
            "outcomes": [
                first["outcomes"][0]
                | {"to": f"s{number + 1}" if number + 1 < steps else "end:accepted"}
            ],
        }
        for number in range(steps)
    ]
    data["starts"] = ["s0"]
    return from_json(json.dumps(data))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_step_outcome_end_and_track_is_on_the_drawing(name, language):
    procedure = procedures()[name]
    written = words(svg(procedure, language))
    parts = [procedure, *(procedure.track(track.code) for track in procedure.tracks)]
    for part in parts:
        for step in part.steps:
            assert step.title[language] in written
            assert ORGANS[step.actor][language] in written
            for outcome in step.outcomes:
                assert outcome.title[language] in written
                if outcome.to.startswith("end:"):
                    assert part.end(outcome.to).title[language] in written
    for track in procedure.tracks:
        assert track.title[language] in written


@pytest.mark.parametrize("name", NAMES)
def test_a_screen_reader_is_told_what_the_drawing_shows(name):
    procedure = procedures()[name]
    root = ElementTree.fromstring(svg(procedure, "en"))
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert title.text == procedure.title.en
    assert root.get("role") == "img"
    assert root.get("lang") == "en"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    for step in procedure.steps:
        assert step.title.en in (description.text or "")


@pytest.mark.parametrize("name", NAMES)
def test_the_drawing_needs_no_style_and_no_script(name):
    for element in ElementTree.fromstring(svg(procedures()[name])).iter():
        assert element.tag.removeprefix(SVG) in {
            *("svg", "title", "desc", "rect", "path", "circle", "text"),
        }
        for attribute in element.attrib:
            assert attribute != "style"
            assert not attribute.startswith("on")
            assert "href" not in attribute


def test_what_a_title_says_is_text_and_never_markup():
    data = json.loads(to_json(procedures()["observer_referral"]))
    data["steps"][0]["title"]["id"] = '<script>"&'
    data["title"]["id"] = "<b>&"
    assert '<script>"&' in words(svg(from_json(json.dumps(data))))


@pytest.mark.parametrize("steps", [1, 2, 8, 25])
def test_one_step_or_twenty_five_each_has_its_arrow(steps):
    root = ElementTree.fromstring(svg(of_length(steps)))
    tips = [one for one in root.iter(f"{SVG}path") if one.get("fill") != "none"]
    assert len([one for one in tips if (one.get("d") or "").endswith("z")]) == steps - 1


def test_a_way_back_is_dashed_and_a_way_on_is_not():
    def dashed(change) -> int:
        data = json.loads(to_json(of_length(3)))
        change(data)
        return svg(from_json(json.dumps(data))).count("stroke-dasharray")

    assert dashed(lambda data: None) == 0
    assert dashed(lambda data: data["steps"][2]["outcomes"][0].update(to="s0")) == 1


# --- measured in a browser ---


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    found = browser.new_page()
    yield found
    found.close()


MEASURE = """() => {
  const svg = document.querySelector('svg').getBoundingClientRect();
  const texts = [...document.querySelectorAll('text')].map(
    (one) => ({box: one.getBoundingClientRect(), said: one.textContent}));
  const rects = [...document.querySelectorAll('rect')].slice(1).map(
    (one) => one.getBoundingClientRect());
  const found = [];
  for (const {box, said} of texts) {
    if (box.right > svg.right || box.bottom > svg.bottom) found.push(`off the sheet: ${said}`);
    for (const rect of rects) {
      const inside = box.left >= rect.left && box.left < rect.right
        && box.top >= rect.top - 4 && box.top < rect.bottom;
      if (inside && (box.right > rect.right || box.bottom > rect.bottom + 3))
        found.push(`over the edge: ${said}`);
    }
  }
  texts.forEach((one, number) => texts.slice(number + 1).forEach((other) => {
    const apart = one.box.right <= other.box.left || other.box.right <= one.box.left
      || one.box.bottom <= other.box.top + 3 || other.box.bottom <= one.box.top + 3;
    if (!apart) found.push(`${one.said} over ${other.said}`);
  }));
  return found;
}"""


@pytest.mark.browser
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_no_text_runs_over_an_edge_or_another_text(page, name, language):
    page.set_content(svg(procedures()[name], language))
    assert page.evaluate(MEASURE) == []


@pytest.mark.browser
def test_a_text_that_runs_over_an_edge_is_seen(page):
    page.set_content(svg(of_length(2)).replace('font-size="15"', 'font-size="40"'))
    assert page.evaluate(MEASURE) != []
