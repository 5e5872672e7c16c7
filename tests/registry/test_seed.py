"""The data file of elections: bad data stops the load and says where."""

from __future__ import annotations

import pytest

from timbang.registry.seed import SeedError, read_elections

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


def test_a_good_file_is_read_whole() -> None:
    (election,) = read_elections(GOOD, "coba.yaml")
    (contest,) = election.contests
    assert contest.without == ("34",)
    assert contest.days["voting_on"].level == "invented"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    source: rekaan\n", "    source: rekaan\n    source: x\n", "line 6: 'source' stands"),
        ("    kind: pemilihan\n", "    kind: pilkada\n", "line 2: kind is pemilu or pemilihan"),
        ("    name: Coba\n", "    nama: Coba\n", "line 2: unknown \\['nama'\\]"),
        ("voting_on", "voting", "unknown \\['voting'\\]"),
        ("2030-11-27", "2030-11", "is not a day"),
        ("level: invented", "level: sure", "level 'sure' is not one of"),
        ("everywhere: province", "everywhere: desa", "line 9: everywhere is one of"),
        (", because: appointed", "", "missing \\['because'\\]"),
        ("elections:", "- elections:", "coba.yaml"),
        ("elections:", "[", "coba.yaml"),
    ],
)
def test_bad_data_stops_the_load_with_file_and_line(old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(SeedError, match=said) as raised:
        read_elections(GOOD.replace(old, new, 1), "coba.yaml")
    assert str(raised.value).startswith("coba.yaml")
