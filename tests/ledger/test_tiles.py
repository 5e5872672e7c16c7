"""The published form, against the words of c2sp.org/tlog-tiles."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.test_merkle import mth
from timbang.ledger import merkle
from timbang.ledger.tiles import (
    Growth,
    Place,
    TileError,
    TileTree,
    decode_bundle,
    encode_bundle,
    parse_path,
    places,
)


def entry(number: int) -> bytes:
    return hashlib.sha256(number.to_bytes(8, "big")).digest()


def grown(size: int) -> dict[str, bytes]:
    """All files of a tree of this size, grown from nothing."""
    growth, files = Growth(), {}
    for number in range(size):
        files.update({place.path: data for place, data in growth.add(entry(number))})
    return files | {place.path: data for place, data in growth.partial()}


@pytest.mark.parametrize(
    ("place", "path"),
    [
        (Place(0, 0), "tile/0/000"),
        (Place(0, 273, 112), "tile/0/273.p/112"),
        (Place(1, 999), "tile/1/999"),
        (Place(2, 1000), "tile/2/x001/000"),
        (Place(0, 1234067), "tile/0/x001/x234/067"),
        (Place(-1, 1234067, 1), "tile/entries/x001/x234/067.p/1"),
        (Place(63, 5, 255), "tile/63/005.p/255"),
    ],
)
def test_a_path_is_spelled_as_the_standard_says(place: Place, path: str) -> None:
    assert place.path == path
    assert parse_path(path) == place


@given(st.integers(-1, 63), st.integers(0, 10**12), st.integers(1, 256))
def test_a_path_names_its_place(level: int, number: int, width: int) -> None:
    place = Place(level, number, width)
    assert parse_path(place.path) == place


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/0",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/x000/001",
        "tile/0/001/000",
        "tile/0/x001",
        "tile/entries/../000",
        "tile/0/000/",
        "tile/0/000\n",
        "tile/0/٠٠٠",
        "/tile/0/000",
        "",
    ],
)
def test_other_spellings_name_nothing(path: str) -> None:
    assert parse_path(path) is None


def test_the_example_of_the_standard_has_the_tiles_it_lists() -> None:
    # "A tree of size 70,000 will be represented by 273 full level 0 tiles, one partial level 0
    # tile of width 112, one full level 1 tile, one partial level 1 tile of width 17, and one
    # partial level 2 tile of width 1."
    tiles = [place for place in places(70_000) if place.level >= 0]
    assert [place.number for place in tiles if place.level == 0] == list(range(274))
    assert tiles[273:] == [Place(0, 273, 112), Place(1, 0), Place(1, 1, 17), Place(2, 0, 1)]
    assert [p for p in places(256) if p.level >= 0] == [Place(0, 0), Place(1, 0, 1)]
    assert list(places(0)) == []


def test_a_tree_of_three_levels_holds_the_hashes_that_the_standard_defines() -> None:
    files = grown(66_000)
    assert set(files) == {place.path for place in places(66_000)}
    entries = [entry(number) for number in range(66_000)]
    # MTH(D[(n * 256 + i) * 256**l : (n * 256 + i + 1) * 256**l])
    assert files["tile/2/000.p/1"] == mth(entries[:65536])
    assert files["tile/1/001.p/1"] == mth(entries[65536:65792])
    assert files["tile/1/000"][5 * 32 : 6 * 32] == mth(entries[5 * 256 : 6 * 256])
    assert files["tile/0/003"][7 * 32 : 8 * 32] == mth([entries[3 * 256 + 7]])
    tree = TileTree(files.get, 66_000)
    assert tree.root() == mth(entries)
    assert tree.root(65_999) == mth(entries[:-1])
    assert tree.frontier().root == mth(entries)


sizes = st.integers(0, 1100)


@settings(max_examples=25, deadline=None)
@given(sizes, sizes, st.data())
def test_growing_in_two_steps_gives_the_files_of_one(
    one: int, two: int, data: st.DataObject
) -> None:
    old, size = sorted((one, two))
    files = grown(old)
    growth = Growth(old // 256 * 256, TileTree(files.get, old))
    for number in range(growth.size, size):
        files.update({place.path: content for place, content in growth.add(entry(number))})
    files |= {place.path: content for place, content in growth.partial()}
    expected = grown(size)
    assert {path: files[path] for path in expected} == expected
    tree = TileTree(files.get, size)
    entries = [entry(number) for number in range(size)]
    assert tree.root() == mth(entries)
    if size:
        index = data.draw(st.integers(0, size - 1))
        proof = merkle.inclusion_proof(index, size, tree.node)
        merkle.verify_inclusion(
            merkle.leaf_hash(entry(index)), index=index, size=size, proof=proof, root=mth(entries)
        )


def test_a_reader_falls_back_to_the_full_tile() -> None:
    """A partial tile may be deleted once the full one is there."""
    files = grown(300) | grown(512)
    for gone in ("tile/0/001.p/44", "tile/entries/001.p/44"):
        del files[gone]
    tree = TileTree(files.get, 300)
    assert tree.root() == mth([entry(number) for number in range(300)])
    assert tree.entries(1) == [entry(number) for number in range(256, 300)]


def test_a_missing_or_short_tile_is_named() -> None:
    files = grown(300)
    without = {path: data for path, data in files.items() if path != "tile/0/001.p/44"}
    with pytest.raises(TileError, match=r"tile/0/001.p/44: is missing"):
        TileTree(without.get, 300).root()
    short = files | {"tile/0/001.p/44": files["tile/0/001.p/44"][:-1]}
    with pytest.raises(TileError, match="has 1407 bytes, must have 1408"):
        TileTree(short.get, 300).root()
    with pytest.raises(TileError, match="beyond"):
        TileTree(files.get, 300).entries(2)


def test_a_bundle_holds_entries_of_one_size_only() -> None:
    entries = [entry(number) for number in range(3)]
    data = encode_bundle(entries)
    assert data == b"".join(b"\x00\x20" + each for each in entries)
    assert decode_bundle(Place(-1, 0, 3), data) == entries
    with pytest.raises(TileError, match="must have"):
        decode_bundle(Place(-1, 0, 4), data)
    with pytest.raises(TileError, match="not of 32 bytes"):
        decode_bundle(Place(-1, 0, 3), b"\x00\x21" + data[2:])


def test_growth_starts_at_a_full_bundle() -> None:
    with pytest.raises(ValueError, match="full bundle"):
        Growth(100)
