"""A basis over (time, front, belief) that is exact at certainty.

    v(t, m, b) = (1-w) P0(t, m) + w P1(t, m) + w (1-w) sum_k Q_k(t, m) T_k(2w-1)
    w = position of b: log((b+r) / (1-b+r)), scaled to run from 0 at b = 0 to 1 at b = 1

P0, P1 and Q are products of Chebyshev polynomials T. At b = 0 only P0 is left and at b = 1 only P1, so
what a side expects of an opponent it knows is a regression of its own and owes nothing to how well the
doubtful cases are fitted; a global polynomial was wrong by a tenth of the stakes there (ENGINE.md 4.1).

Belief enters through its log odds, because a refusal multiplies the odds: evidence moves w by about the same
amount wherever it starts. r blunts the scale where doubt no longer matters.

P0 and P1 are full products; Q has total degree at most ``doubt``. On a grid of few fronts the degree is
capped at what is exact there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float


@dataclass(frozen=True)
class CertaintyBasis:
    """The basis on a lattice of times and fronts; a *cell* is a time and a front, fronts fastest.

    Attributes:
        times: number of times, 0 to times - 1.
        fronts: number of fronts at which the game goes on.
        in_time: highest degree in time at certainty.
        in_front: highest degree in front at certainty.
        doubt: highest total degree of the part that vanishes at certainty.
        blunt: r above, a chance: beliefs closer than this to certainty are hardly told from it.
    """

    times: int
    fronts: int
    in_time: int = 6
    in_front: int = 8
    doubt: int = 6
    blunt: float = 0.01

    @property
    def parts(self) -> int:
        """Functions of belief alone that the basis is made of."""
        return 3 + self.doubt

    @cached_property
    def part_of(self) -> np.ndarray:
        """Part of each feature, ``(feature,)``."""
        return np.array([part for part, _, _ in self._terms])

    @cached_property
    def shape(self) -> np.ndarray:
        """Each feature's function of time and front, ``(feature, cell)``."""
        time = chebyshev(np.linspace(-1, 1, self.times), max(self.in_time, self.doubt))
        front = chebyshev(np.linspace(-1, 1, self.fronts), max(self.in_front, self.doubt))
        return np.stack([np.outer(time[i], front[j]).ravel() for _, i, j in self._terms])

    @property
    def features(self) -> int:
        """Number of features."""
        return len(self._terms)

    def by_cell(self, coefficients: np.ndarray) -> np.ndarray:
        """Return what multiplies each part in each cell, ``(head, part, cell)``."""
        chosen = np.eye(self.parts)[self.part_of]
        return np.einsum("hf,fp,fc->hpc", coefficients, chosen, self.shape)

    @cached_property
    def _terms(self) -> tuple[tuple[int, int, int], ...]:
        """(part, degree in time, degree in front) of every feature."""
        in_time, in_front = min(self.in_time, self.times - 1), min(self.in_front, self.fronts - 1)
        certain = [
            (part, i, j) for part in (0, 1) for i in range(in_time + 1) for j in range(in_front + 1)
        ]
        doubtful = [
            (2 + k, i, j)
            for k in range(self.doubt + 1)
            for i in range(min(self.doubt - k, self.times - 1) + 1)
            for j in range(min(self.doubt - k - i, self.fronts - 1) + 1)
        ]
        return (*certain, *doubtful)


def chebyshev(place: np.ndarray, degree: int) -> np.ndarray:
    """Return ``(degree + 1, place)`` Chebyshev polynomials on [-1, 1]."""
    return np.polynomial.chebyshev.chebvander(place, degree).T


def position(belief: Float[Array, "..."], blunt: float) -> Float[Array, "..."]:
    """Return w of the module header, from the chance that the opponent is tough."""
    edge = np.log1p(1.0 / blunt)
    return 0.5 + 0.5 / edge * jnp.log((belief + blunt) / (1.0 - belief + blunt))


def belief_at(place: Float[Array, "..."], blunt: float) -> Float[Array, "..."]:
    """Return the belief of a position; exact at both ends."""
    odds = jnp.exp((2.0 * place - 1.0) * np.log1p(1.0 / blunt))
    return jnp.clip((odds * (1.0 + blunt) - blunt) / (1.0 + odds), 0.0, 1.0)


def blend(place: Float[Array, "*any"], parts: int) -> Float[Array, "part *any"]:
    """Return the parts of the basis at a position, by the recurrence of Chebyshev."""
    x = 2.0 * place - 1.0
    both = [place * (1.0 - place)]
    both.append(both[0] * x)
    for _ in range(parts - 4):
        both.append(2.0 * x * both[-1] - both[-2])
    return jnp.stack([1.0 - place, place, *both[: parts - 2]])
