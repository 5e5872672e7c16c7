"""The tables of titles and spellings are data with sources, read strictly."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from timbang.law.yaml_file import YamlError
from timbang.registry.names.normal import respelt
from timbang.registry.names.tables import FOLDER, read, tables


def test_every_title_says_where_we_know_it_from() -> None:
    for meaning in (*tables().before.values(), *tables().after.values()):
        assert meaning.source.strip()
        assert meaning.words.strip()


def test_every_meaning_of_an_abbreviation_is_a_normal_form() -> None:
    """Else the short and the long way of writing would never meet."""
    for meanings in (*tables().short.values(), *tables().together.values()):
        for meaning in meanings:
            assert respelt(meaning) == meaning


def test_every_variant_leads_to_a_name_that_leads_to_itself() -> None:
    for head in set(tables().variants.values()):
        assert respelt(head) == head


def test_elements_are_written_in_their_normal_form() -> None:
    assert {each for each in tables().elements if respelt(each) != each} == set()


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("titles.yaml", "\n    level: published", "\n    level: rumour", r"titles\.yaml:\d+: 'rumour'"),
        ("titles.yaml", "drs: Doktorandus", "d.rs: Doktorandus", "not bare"),
        ("titles.yaml", "also_names: [gus,", "also_names: [zzz, gus,", "zzz"),
        ("titles.yaml", "place: before", "side: before", "unknown key 'side'"),
        ("spelling.yaml", "ahmad: [achmad,", "ahmad: [mohamad,", "stands for"),
        ("particles.yaml", "code: relation", "code: kin", "kin"),
        ("abbreviations.yaml", "muh: [muhammad]", "moch: [muhammad]", "twice"),
        ("nobility.yaml", "\nmarkers:", "\nmarks:", "unknown key 'marks'"),
    ],
)  # fmt: skip
def test_a_wrong_table_stops_with_file_and_line(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    shutil.copytree(FOLDER, tmp_path / "names")
    path = tmp_path / "names" / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(YamlError, match=said):
        read(tmp_path / "names")
