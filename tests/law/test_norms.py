"""The catalogue of norms: what each file must hold, and that every told example comes true."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from timbang.law import norms
from timbang.law.evaluate import evaluate
from timbang.law.norms import Norm, catalogue, read_catalogue
from timbang.law.yaml_file import YamlError, load

FOLDER = Path(norms.__file__).parent
FILES = sorted((FOLDER / "norms").glob("*.yaml"))
EVERY_EXAMPLE = [
    pytest.param(norm, example, id=f"{norm.id}-{number}")
    for norm in catalogue().norms.values()
    for number, example in enumerate(norm.examples, 1)
]


@pytest.mark.parametrize(("norm", "example"), EVERY_EXAMPLE)
def test_every_told_example_comes_true(norm: Norm, example: norms.Example):
    found = next(f for f in evaluate(dict(example.facts)) if f.norm == norm.id)
    assert found.applies == example.applies
    if example.missing is not None:
        assert set(found.missing) == set(example.missing)
    if example.sanctions is not None:
        assert tuple(sanction.kind for sanction in found.sanctions) == example.sanctions
    if example.authority is not None:
        assert found.authority == example.authority
    assert set(example.doubts) <= {doubt.code for doubt in found.doubts}


def test_every_norm_tells_two_examples_and_one_of_them_is_unknown():
    for norm in catalogue().norms.values():
        answers = [example.applies for example in norm.examples]
        assert len(answers) >= 2, norm.id
        assert "unknown" in answers, norm.id
        assert "yes" in answers, norm.id


def test_all_twenty_forms_of_the_joint_decree_are_there():
    forms = {norm_id for norm_id in catalogue().norms if norm_id.startswith("skb_2022/")}
    ethics = {f"skb_2022/KE{number}" for number in range(1, 8)}
    discipline = {f"skb_2022/D{number}" for number in range(1, 14)}
    assert forms == ethics | discipline


def test_every_named_article_is_there():
    named = {
        "uu_5_2014": ["2f", "9(2)", "87(4)c"],
        "uu_20_2023": ["2f", "9(2)", "24(1)d", "52(3)j", "52(4)"],
        "pp_42_2004": ["11c", "15"],
        "pp_94_2021": ["5n1", "5n2", "5n3", "5n4", "5n5", "5n6", "5n7"],
    }
    for instrument, articles in named.items():
        for article in articles:
            assert f"{instrument}/{article}" in catalogue().norms


def test_every_norm_says_where_it_was_seen_and_cites_its_own_instrument():
    for norm in catalogue().norms.values():
        assert norm.sources, norm.id
        assert norm.instrument.name in norm.citations[0].text, norm.id


def test_a_level_of_two_needs_two_sources():
    for norm in catalogue().norms.values():
        if norm.level in {"two_copies", "two_sources"}:
            assert len(norm.sources) >= 2, norm.id


def test_a_norm_known_from_one_place_only_proposes_nothing():
    norm = catalogue().norms["uu_5_2014/2f"]
    assert (norm.level, norm.may_propose) == ("one_copy", True)
    assert not _with(norm, sources=norm.sources[:1]).may_propose
    assert not _with(norm, level="one_source").may_propose
    assert not _with(norm, level="memory").may_propose


def _with(norm: Norm, **changes: object) -> Norm:
    from dataclasses import replace

    return replace(norm, **changes)  # type: ignore[arg-type]


def test_every_norm_has_its_place_in_its_instrument():
    for norm in catalogue().norms.values():
        assert norm.at, norm.id
        assert norm.valid_from >= norm.instrument.valid_from, norm.id


def test_every_event_of_an_instrument_says_what_it_did():
    for instrument in catalogue().instruments.values():
        for event in instrument.events:
            assert event.effect.id and event.effect.en, instrument.id
            assert event.on >= instrument.valid_from, instrument.id
            assert event.citation and event.sources, instrument.id


def test_every_authority_that_is_defined_decides_something():
    named = set(load(FOLDER / "definitions.yaml").mapping()["authorities"].mapping())
    texts = [path.read_text(encoding="utf-8") for path in FILES]
    file_or_norm = re.compile(r"^(?:    )?authority: (\w+)$", re.M)
    used = {name for text in texts for name in file_or_norm.findall(text)}
    assert named == used


def test_a_norm_of_a_version_is_found_by_its_first_day():
    versions = [key for key in catalogue().norms if "@" in key]
    assert versions
    for key in versions:
        norm = catalogue().norms[key]
        assert key == f"{norm.instrument.id}/{norm.code}@{norm.valid_from.isoformat()}"


def test_the_first_day_out_of_force_is_the_first_day_of_the_next_law():
    instruments = catalogue().instruments
    old, new = instruments["uu_5_2014"], instruments["uu_20_2023"]
    assert old.valid_until == new.valid_from == date(2023, 10, 31)
    assert old.replaced_by == new.id


def test_nothing_shared_lies_unused():
    shared = load(FOLDER / "definitions.yaml").mapping()
    files = {path.stem: load(path).mapping() for path in FILES}
    texts = {path.stem: path.read_text(encoding="utf-8") for path in FILES}
    everything = (FOLDER / "definitions.yaml").read_text(encoding="utf-8") + "".join(texts.values())
    code = (FOLDER / "evaluate.py").read_text(encoding="utf-8")
    for name in shared["definitions"].mapping():
        assert re.search(rf"use: {name}\b", everything), name
    for name in shared["doubts"].mapping():
        assert len(re.findall(rf"\b{name}\b", everything + code)) >= 2, name
    for stem, file in files.items():
        for name in file["ranges"].mapping() if "ranges" in file else ():
            assert f"sanctions: {name}\n" in texts[stem], name
        for name in file["sanction_sets"].mapping() if "sanction_sets" in file else ():
            own, elsewhere = rf"set: {name}\b", rf"set: {stem}/{name}\b"
            assert re.search(own, texts[stem]) or re.search(elsewhere, everything), name


# --- a file that is wrong stops the load, with its name and line ----------------------------------


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for name in ("definitions.yaml", "conflicts.yaml"):
        shutil.copy(FOLDER / name, tmp_path)
    shutil.copytree(FOLDER / "norms", tmp_path / "norms")
    return tmp_path


def _read(folder: Path) -> norms.Catalogue:
    return read_catalogue(folder / "definitions.yaml", folder / "norms")


def _broken(folder: Path, name: str, old: str, new: str) -> tuple[str, int]:
    """Replace the first place of `old`; returns the file and the line that was changed."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path.name, text[: text.index(old)].count("\n") + 1


def test_the_copied_catalogue_is_the_same(copied: Path):
    assert list(_read(copied).norms) == list(catalogue().norms)


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("norms/skb_2022.yaml", "has: display_props", "has: flags", "'flags' is not one of"),
        ("norms/skb_2022.yaml", "{fact: conduct,", "{fakt: conduct,", "needs one of: all, any"),
        ("norms/skb_2022.yaml", "    level: two_sources", "    lvl: two_sources", "unknown key"),
        ("norms/skb_2022.yaml", "level: two_sources", "level: rumour", "'rumour' is not one of"),
        ("norms/skb_2022.yaml", "sanctions: ethics", "sanctions: ethic", "'ethic' is not one of"),
        ("norms/skb_2022.yaml", "use: towards_aspirant", "use: towards", "'towards' is not one of"),
        ("norms/skb_2022.yaml", "doubts: [decree_not_seen]", "doubts: [dunno]", "'dunno' is not"),
        ("norms/skb_2022.yaml", 'applies: "yes"', "applies: yes", "can be read in two ways"),
        ("norms/skb_2022.yaml", "code: KE2", "code: KE1", "norm skb_2022/KE1 stands here twice"),
        ("norms/skb_2022.yaml", "valid_from: 2022-09-22", "valid_from: 2022-09-31", "not a day"),
        ("norms/skb_2022.yaml", "binds: [PNS, PPPK]", "binds: [PNS, ASN]", "'ASN' is not one of"),
        ("norms/pp_94_2021.yaml", "set: heavy", "set: heaviest", "'heaviest' is not one of"),
        ("norms/uu_5_2014.yaml", "valid_until: 2023-10-31", "valid_until: 2013-10-31", "later"),
        ("norms/uu_1_2015.yaml", "[600000, 6000000]", "[6000000, 600000]", "neither number may"),
        ("norms/uu_1_2015.yaml", "[600000, 6000000]", "[600000]", "a range is two numbers"),
        ("norms/uu_1_2015.yaml", "range: {fine_rupiah", "range: {fine_euro", "unknown key"),
        ("definitions.yaml", "same_day: confirmation_day", "same_day: maybe", "'maybe' is not"),
        ("definitions.yaml", "  aspirant_any_time:", "  catch_all:", "stands here twice"),
    ],
)
def test_a_wrong_file_stops_the_load_and_says_where(
    copied: Path, name: str, old: str, new: str, problem: str
):
    file, line = _broken(copied, name, old, new)
    with pytest.raises(YamlError, match=re.escape(problem)) as caught:
        _read(copied)
    where = re.match(rf"{re.escape(file)}:(\d+): ", str(caught.value))
    assert where, str(caught.value)
    # a fault in a whole block is told where the block starts, a few lines above
    if "twice" not in problem:
        assert abs(int(where[1]) - line) <= 10, str(caught.value)


def test_an_example_with_an_unknown_fact_stops_the_load(copied: Path):
    _broken(copied, "norms/uu_5_2014.yaml", "facts: {act_on:", "facts: {acted_on:")
    with pytest.raises(YamlError, match="unknown key 'acted_on'"):
        _read(copied)


def test_a_norm_without_its_english_text_stops_the_load(copied: Path):
    _broken(copied, "norms/uu_5_2014.yaml", "      en: The principle of neutrality\n", "")
    with pytest.raises(YamlError, match="key 'en' is missing"):
        _read(copied)
