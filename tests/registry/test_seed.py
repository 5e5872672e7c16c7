"""The data file of elections: bad data stops the load and says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from timbang.law.yaml_file import YamlError
from timbang.registry.seed import SeedElection, read_elections

GOOD = """\
elections:
  - code: coba
    name: Coba
    kind: pemilihan
    source: rekaan
    dates:
      voting_on: {day: 2030-11-27, level: invented, source: rekaan}
    contests:
      - kind: governor
        everywhere: province
        except: {codes: ["34"], because: appointed}
"""


def _read(folder: Path, text: str) -> tuple[SeedElection, ...]:
    file = folder / "coba.yaml"
    file.write_text(text)
    return read_elections(file)


def test_a_good_file_is_read_whole(tmp_path: Path) -> None:
    (election,) = _read(tmp_path, GOOD)
    (contest,) = election.contests
    assert contest.without == ("34",)
    assert contest.days["voting_on"].level == "invented"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    source: rekaan\n", "    source: rekaan\n    source: x\n", "6: key 'source' stands"),
        ("    kind: pemilihan\n", "    kind: pilkada\n", "4: 'pilkada' is not one of: pemilu"),
        ("    name: Coba\n", "    nama: Coba\n", "3: unknown key 'nama'"),
        ("voting_on", "voting", "7: unknown key 'voting'"),
        ("2030-11-27", "2030-11", "7: expected a day"),
        ("level: invented", "level: sure", "7: 'sure' is not one of"),
        ("source: rekaan}", "source: ' '}", "7: expected text"),
        ("kind: governor", "kind: lurah", "9: 'lurah' is not one of"),
        ("everywhere: province", "everywhere: desa", "10: 'desa' is not one of"),
        (", because: appointed", "", "11: key 'because' is missing"),
        ("elections:", "- elections:", "1: expected"),
        ("elections:", "[", "2: "),
    ],
)
def test_bad_data_stops_the_load_with_file_and_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in GOOD
    with pytest.raises(YamlError, match=f"^coba.yaml:{said}"):
        _read(tmp_path, GOOD.replace(old, new, 1))


LISTED = GOOD.replace(
    """        everywhere: province
        except: {codes: ["34"], because: appointed}
""",
    """        in: {codes: ["32", "33"], whole_in: [nation], level: memory, source: rekaan}
""",
)


def test_a_list_of_regions_says_where_it_is_whole(tmp_path: Path) -> None:
    (election,) = _read(tmp_path, LISTED)
    (contest,) = election.contests
    assert contest.regions() == ("32", "33")
    assert contest.whole("12")
    assert contest.levels == ["invented", "memory"]
    (election,) = _read(tmp_path, LISTED.replace("[nation]", '["32"]'))
    (contest,) = election.contests
    assert contest.whole("32.73")
    assert not contest.whole("33.01")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"33"]', '"3x"]', "10: '3x' is not the code of a region"),
        ("[nation]", "[province]", "10: 'province' is not the code of a region"),
        ("        in:", "        everywhere: nation\n        in:", "9: a contest is held"),
        ("voting_on:", "campaign_ends_on:", "9: a contest of listed regions names"),
        (", level: memory", "", "10: key 'level' is missing"),
    ],
)
def test_a_bad_list_of_regions_stops_the_load(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in LISTED
    with pytest.raises(YamlError, match=f"^coba.yaml:{said}"):
        _read(tmp_path, LISTED.replace(old, new, 1))


def test_a_source_with_words_stands_in_both_languages(tmp_path: Path) -> None:
    words = "source: {id: dari ingatan, en: from memory}}"
    (election,) = _read(tmp_path, GOOD.replace("source: rekaan}", words))
    source = election.contests[0].days["voting_on"].words
    assert (source.id, source.en) == ("dari ingatan", "from memory")
    with pytest.raises(YamlError, match=r"^coba.yaml:7: "):
        _read(tmp_path, GOOD.replace("source: rekaan}", "source: {id: dari ingatan}}"))


def test_days_in_the_wrong_order_stop_the_load(tmp_path: Path) -> None:
    earlier = "      inaugurated_on: {day: 2030-01-01, level: invented, source: rekaan}\n"
    with pytest.raises(YamlError, match=r"^coba.yaml:10: inaugurated_on .* before voting_on"):
        _read(tmp_path, GOOD.replace("    contests:", earlier + "    contests:"))
