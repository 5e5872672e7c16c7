"""Who stands above whom in the whole network: levels, by one linear solve.

Each exchange is a small order: who gives stands above who receives; where votes or work are given,
below. The levels s minimise the sum over all orders of (s(above) - s(below) - 1)^2: SpringRank (De
Bacco, Larremore and Moore 2018, equation 4 without regularisation). Trophic levels (MacKay, Johnson
and Sansom 2020) solve the same system with links read upwards, so they are these levels turned
over: h = const - s, and the incoherence F0 is the mean of (s(above) - s(below) - 1)^2: 0 where all
orders fit one ladder, 1 where there is none.

The system is solved by conjugate gradients with Jacobi's preconditioner. Levels of actors that no
chain of exchanges joins cannot be compared: each such part begins at 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from timbang.signals.network.neighbours import neighbours, parts
from timbang.signals.network.pairs import Array, Pairs

# Of the right side: levels are then right to about a thousandth.
_EXACT: Final = 1e-5
_MOST_STEPS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """`level`: float64 by actor, NaN for whoever has no exchange. `part`: the part of the network
    that he is in, named by its smallest number, -1 for none. `incoherence` is NaN without orders.
    """

    level: Array
    part: Array
    incoherence: float

    def apart(self, found: Pairs) -> Array:
        """How many levels `low` stands above `high`; negative: below."""
        apart: Array = self.level[found.low] - self.level[found.high]
        return apart


def orders(found: Pairs) -> tuple[Array, Array]:
    """In how many exchanges `low` stands above `high`, and the other way round: float64."""
    forward = found.forward.astype(np.float64) - found.support_forward
    backward = found.backward.astype(np.float64) - found.support_backward
    return forward + found.support_backward, backward + found.support_forward


def hierarchy(found: Pairs, *, actors: int) -> Hierarchy:
    """The levels of all actors. Raises ArithmeticError where the solve does not end."""
    from scipy.sparse import csr_array
    from scipy.sparse.linalg import LinearOperator, cg

    above, below = orders(found)
    weight = above + below
    lean = above - below
    degree = np.bincount(found.low, weights=weight, minlength=actors)
    degree += np.bincount(found.high, weights=weight, minlength=actors)
    right = np.bincount(found.low, weights=lean, minlength=actors)
    right -= np.bincount(found.high, weights=lean, minlength=actors)
    start, near, told = neighbours(found.low, found.high, weight, weight, actors)
    ties = csr_array((told, near, start), shape=(actors, actors))
    some = degree > 0
    if not some.any():
        return Hierarchy(np.full(actors, np.nan), np.full(actors, -1), float("nan"))
    scale = np.where(some, degree, 1.0)

    def laplacian(levels: Array) -> Array:
        found: Array = degree * levels - ties @ levels
        return found

    solved, failed = cg(
        LinearOperator((actors, actors), matvec=laplacian, dtype=np.float64),
        right,
        rtol=_EXACT,
        maxiter=_MOST_STEPS,
        M=LinearOperator((actors, actors), matvec=lambda v: v / scale, dtype=np.float64),
    )
    if failed:
        raise ArithmeticError(f"the levels were not found in {_MOST_STEPS} steps")
    part = parts(found.low, found.high, actors)
    least = np.full(actors, np.inf)
    np.minimum.at(least, part, solved)
    level = np.where(some, solved - least[part], np.nan)
    apart = level[found.low] - level[found.high]
    strain = above * (apart - 1) ** 2 + below * (-apart - 1) ** 2
    return Hierarchy(level, np.where(some, part, -1), float(strain.sum() / weight.sum()))
