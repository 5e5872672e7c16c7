"""The Merkle tree of RFC 6962 (SHA-256): roots, proofs, and a frontier that grows leaf by leaf.

Standard library only, so that a stranger can verify the log with this file and Python alone.

Nodes are named by (height, number): the node (h, i) is the root of the complete subtree over the
leaves i * 2**h to (i + 1) * 2**h - 1. Proofs are built from a function `node(height, number)`, so
that the same code serves leaves in memory and tiles on disk. Nothing here reads a leaf's content:
what is called a leaf below is its hash, `leaf_hash(entry)`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

Node = Callable[[int, int], bytes]


class ProofError(ValueError):
    """A proof that does not lead to the stated root."""


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 || entry) (RFC 6962 section 2.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right) (RFC 6962 section 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def complete_root(hashes: Sequence[bytes]) -> bytes:
    """The root over 2**k hashes."""
    level = list(hashes)
    if not level or len(level) & (len(level) - 1):
        raise ValueError(f"a complete subtree has 2**k hashes, not {len(level)}")
    while len(level) > 1:
        level = [node_hash(level[i], level[i + 1]) for i in range(0, len(level), 2)]
    return level[0]


def subtrees(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The nodes (height, number) that cover the leaves start..end-1, left to right.

    `start` is 0 or a multiple of a power of two that is not smaller than end - start, which is the
    case for every range of RFC 6962; then the sizes fall from left to right.
    """
    while start < end:
        height = (end - start).bit_length() - 1
        yield height, start >> height
        start += 1 << height


def _fold(hashes: Sequence[bytes]) -> bytes:
    """The root over falling complete subtrees: the smallest two are joined first."""
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = node_hash(left, root)
    return root


def range_root(start: int, end: int, node: Node) -> bytes:
    """MTH(D[start:end]) of RFC 6962, for a range as `subtrees` takes it."""
    if start == end:
        return EMPTY_ROOT
    return _fold([node(height, number) for height, number in subtrees(start, end)])


def root(size: int, node: Node) -> bytes:
    """The root of the first `size` leaves."""
    return range_root(0, size, node)


def split(size: int) -> int:
    """The largest power of two smaller than size (size >= 2)."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """PATH(index, D[size]) of RFC 6962 section 2.1.1: siblings from the leaf up."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            proof.append(range_root(middle, end, node))
            end = middle
        else:
            proof.append(range_root(start, middle, node))
            start = middle
    return proof[::-1]


def consistency_proof(old: int, size: int, node: Node) -> list[bytes]:
    """PROOF(old, D[size]) of RFC 6962 section 2.1.2; empty for old == 0 and old == size."""
    if not 0 <= old <= size:
        raise ValueError(f"a tree of {size} has no earlier state of {old}")
    if old in (0, size):
        return []
    proof: list[bytes] = []
    start, end = 0, size
    while end != old:
        middle = start + split(end - start)
        if old <= middle:
            proof.append(range_root(middle, end, node))
            end = middle
        else:
            proof.append(range_root(start, middle, node))
            start = middle
    if start:  # the old tree is not itself a node that both sides know
        proof.append(range_root(start, end, node))
    return proof[::-1]


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The root that an inclusion proof leads to (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        raise ProofError(f"no leaf {index} in a tree of {size}")
    at, last, result = index, size - 1, leaf
    for hash_ in proof:
        if last == 0:
            raise ProofError("the inclusion proof is too long")
        if at & 1 or at == last:
            result = node_hash(hash_, result)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            result = node_hash(result, hash_)
        at, last = at >> 1, last >> 1
    if last:
        raise ProofError("the inclusion proof is too short")
    return result


def verify_inclusion(
    leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Raise ProofError unless the leaf (its hash) stands at `index` in the tree with this root."""
    if root_from_inclusion(leaf, index, size, proof) != root:
        raise ProofError(f"leaf {index} is not in the tree of {size} with this root")


def verify_consistency(
    *, old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> None:
    """Raise ProofError unless the tree of `size` extends that of `old` (RFC 9162 2.1.4.2)."""
    if not 0 <= old <= size:
        raise ProofError(f"a tree of {size} cannot extend one of {old}")
    if old == size or old == 0:
        _verify_trivial(old=old, old_root=old_root, size=size, root=root, proof=proof)
        return
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        raise ProofError("the consistency proof is empty")
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old_result = result = path[0]
    for hash_ in path[1:]:
        if last == 0:
            raise ProofError("the consistency proof is too long")
        if at & 1 or at == last:
            old_result, result = node_hash(hash_, old_result), node_hash(hash_, result)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            result = node_hash(result, hash_)
        at, last = at >> 1, last >> 1
    if last:
        raise ProofError("the consistency proof is too short")
    if old_result != old_root:
        raise ProofError(f"the proof does not start from the stated tree of {old}")
    if result != root:
        raise ProofError(f"the proof does not lead to the stated tree of {size}")


def _verify_trivial(
    *, old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> None:
    if proof:
        raise ProofError("nothing is to be proved here: the proof must be empty")
    if old == size and old_root != root:
        raise ProofError(f"two different trees of {size}")
    if old == 0 and old_root != EMPTY_ROOT:
        raise ProofError("the root of the empty tree is the hash of nothing")


class Frontier:
    """The right edge of a tree: enough to append leaves and know the root, 32 bytes a level."""

    def __init__(self, size: int = 0, hashes: bytes = b"") -> None:
        """`hashes`: the roots of the complete subtrees joined, largest first, as `packed` gives."""
        if len(hashes) != HASH_BYTES * size.bit_count():
            raise ValueError(f"a tree of {size} has {size.bit_count()} complete subtrees")
        self.size = size
        self._roots = [hashes[i : i + HASH_BYTES] for i in range(0, len(hashes), HASH_BYTES)]

    def append(self, leaf: bytes) -> None:
        """Add a leaf (its hash)."""
        roots, size = self._roots, self.size
        while size & 1:
            leaf = hashlib.sha256(b"\x01" + roots.pop() + leaf).digest()
            size >>= 1
        roots.append(leaf)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        for leaf in leaves:
            self.append(leaf)

    @property
    def packed(self) -> bytes:
        return b"".join(self._roots)

    @property
    def root(self) -> bytes:
        return _fold(self._roots) if self._roots else EMPTY_ROOT


def node_reader(leaves: Sequence[bytes]) -> Node:
    """`node(height, number)` over leaf hashes in memory; every level is computed once."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])
    return lambda height, number: levels[height][number]
