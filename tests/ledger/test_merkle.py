"""The tree against a second one, written here straight from the definitions of RFC 6962."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timbang.ledger import merkle

# --- the oracle: RFC 6962 section 2.1, read aloud; calls nothing of merkle.py ---


def mth(entries: Sequence[bytes]) -> bytes:
    if not entries:
        return hashlib.sha256().digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = half(len(entries))
    return hashlib.sha256(b"\x01" + mth(entries[:k]) + mth(entries[k:])).digest()


def half(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def path(m: int, entries: Sequence[bytes]) -> list[bytes]:
    if len(entries) == 1:
        return []
    k = half(len(entries))
    if m < k:
        return [*path(m, entries[:k]), mth(entries[k:])]
    return [*path(m - k, entries[k:]), mth(entries[:k])]


def subproof(m: int, entries: Sequence[bytes], known: bool) -> list[bytes]:
    if m == len(entries):
        return [] if known else [mth(entries)]
    k = half(len(entries))
    if m <= k:
        return [*subproof(m, entries[:k], known), mth(entries[k:])]
    return [*subproof(m - k, entries[k:], False), mth(entries[:k])]


# --- trees ---

entries_lists = st.lists(st.binary(max_size=4), max_size=70)


@st.composite
def tree_and_index(draw: st.DrawFn) -> tuple[list[bytes], int]:
    entries = draw(st.lists(st.binary(max_size=4), min_size=1, max_size=70))
    return entries, draw(st.integers(0, len(entries) - 1))


def reader(entries: Sequence[bytes]) -> merkle.Node:
    return merkle.node_reader([merkle.leaf_hash(entry) for entry in entries])


def frontier(entries: Sequence[bytes]) -> merkle.Frontier:
    result = merkle.Frontier()
    result.extend(merkle.leaf_hash(entry) for entry in entries)
    return result


# The eight entries and roots of Certificate Transparency's own reference tests.
CT_ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_the_roots_are_those_of_certificate_transparency() -> None:
    roots = [frontier(CT_ENTRIES[: size + 1]).root.hex() for size in range(8)]
    assert roots == CT_ROOTS


def test_the_empty_tree_is_the_hash_of_nothing() -> None:
    assert merkle.Frontier().root == hashlib.sha256(b"").digest() == merkle.root(0, reader([]))


@given(entries_lists)
def test_root_and_frontier_are_the_root_of_the_definition(entries: list[bytes]) -> None:
    assert merkle.root(len(entries), reader(entries)) == mth(entries) == frontier(entries).root


@given(entries_lists, entries_lists)
def test_a_frontier_that_was_packed_grows_as_if_it_never_was(
    first: list[bytes], second: list[bytes]
) -> None:
    before = frontier(first)
    after = merkle.Frontier(before.size, before.packed)
    after.extend(merkle.leaf_hash(entry) for entry in second)
    assert after.root == mth([*first, *second])


def test_a_frontier_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="2 complete subtrees"):
        merkle.Frontier(3, bytes(32))


@given(tree_and_index())
def test_an_inclusion_proof_is_the_path_of_the_definition(case: tuple[list[bytes], int]) -> None:
    entries, index = case
    proof = merkle.inclusion_proof(index, len(entries), reader(entries))
    assert proof == path(index, entries)
    merkle.verify_inclusion(
        merkle.leaf_hash(entries[index]),
        index=index,
        size=len(entries),
        proof=proof,
        root=mth(entries),
    )


@given(tree_and_index(), st.data())
def test_a_changed_inclusion_proof_fails(
    case: tuple[list[bytes], int], data: st.DataObject
) -> None:
    entries, index = case
    leaf = merkle.leaf_hash(entries[index])
    proof = path(index, entries)
    wrong = data.draw(changed(proof))
    with pytest.raises(merkle.ProofError):
        merkle.verify_inclusion(
            leaf, index=index, size=len(entries), proof=wrong, root=mth(entries)
        )
    with pytest.raises(merkle.ProofError):
        merkle.verify_inclusion(
            bytes(32), index=index, size=len(entries), proof=proof, root=mth(entries)
        )


@given(st.lists(st.binary(max_size=4), min_size=2, max_size=70, unique=True), st.data())
def test_a_leaf_stands_at_one_place_only(entries: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(entries) - 1))
    other = data.draw(st.integers(0, len(entries) - 1).filter(lambda at: at != index))
    with pytest.raises(merkle.ProofError):
        merkle.verify_inclusion(
            merkle.leaf_hash(entries[index]),
            index=other,
            size=len(entries),
            proof=path(index, entries),
            root=mth(entries),
        )


@given(entries_lists, st.data())
def test_a_consistency_proof_is_the_proof_of_the_definition(
    entries: list[bytes], data: st.DataObject
) -> None:
    old = data.draw(st.integers(0, len(entries)))
    proof = merkle.consistency_proof(old, len(entries), reader(entries))
    assert proof == (subproof(old, entries, True) if 0 < old < len(entries) else [])
    merkle.verify_consistency(
        old=old, old_root=mth(entries[:old]), size=len(entries), root=mth(entries), proof=proof
    )


@given(st.lists(st.binary(max_size=4), min_size=2, max_size=70), st.data())
def test_a_rewritten_past_has_no_consistency_proof(
    entries: list[bytes], data: st.DataObject
) -> None:
    old = data.draw(st.integers(1, len(entries) - 1))
    at = data.draw(st.integers(0, old - 1))
    rewritten = [*entries[:at], entries[at] + b"!", *entries[at + 1 :]]
    proof = merkle.consistency_proof(old, len(entries), reader(rewritten))
    with pytest.raises(merkle.ProofError):
        merkle.verify_consistency(
            old=old,
            old_root=mth(entries[:old]),
            size=len(entries),
            root=mth(rewritten),
            proof=proof,
        )


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=70), st.data())
def test_a_changed_consistency_proof_fails(entries: list[bytes], data: st.DataObject) -> None:
    old = data.draw(st.integers(0, len(entries)))
    proof = subproof(old, entries, True) if 0 < old < len(entries) else []
    wrong = data.draw(changed(proof))
    with pytest.raises(merkle.ProofError):
        merkle.verify_consistency(
            old=old, old_root=mth(entries[:old]), size=len(entries), root=mth(entries), proof=wrong
        )


@st.composite
def changed(draw: st.DrawFn, proof: list[bytes]) -> list[bytes]:
    """The proof with one hash more, less, or changed."""
    ways = ["longer"] + (["shorter", "flipped"] if proof else [])
    way = draw(st.sampled_from(ways))
    at = draw(st.integers(0, max(0, len(proof) - 1)))
    if way == "longer":
        return [*proof[:at], draw(st.binary(min_size=32, max_size=32)), *proof[at:]]
    if way == "shorter":
        return proof[:at] + proof[at + 1 :]
    flipped = bytes([proof[at][0] ^ 1]) + proof[at][1:]
    return [*proof[:at], flipped, *proof[at + 1 :]]


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 3), (3, 3)])
def test_no_proof_for_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion_proof(index, size, reader([b""] * size))
    with pytest.raises(merkle.ProofError, match="no leaf"):
        merkle.root_from_inclusion(bytes(32), index, size, [])


def test_a_smaller_tree_extends_nothing() -> None:
    with pytest.raises(ValueError, match="no earlier state"):
        merkle.consistency_proof(4, 3, reader([b""] * 3))
    with pytest.raises(merkle.ProofError, match="cannot extend"):
        merkle.verify_consistency(old=4, old_root=b"", size=3, root=b"", proof=[])


def test_a_complete_subtree_has_a_power_of_two_of_hashes() -> None:
    hashes = [merkle.leaf_hash(bytes([i])) for i in range(8)]
    assert merkle.complete_root(hashes) == mth([bytes([i]) for i in range(8)])
    for wrong in (0, 3, 7):
        with pytest.raises(ValueError, match="complete subtree"):
            merkle.complete_root(hashes[:wrong])


def test_the_tree_needs_the_standard_library_only() -> None:
    file = Path(merkle.__file__)
    code = f"import runpy; runpy.run_path({str(file)!r})"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)
