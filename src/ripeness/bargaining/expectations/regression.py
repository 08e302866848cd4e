"""The regression: least squares of realised returns on what a side can see, kept as moments.

Each row says: a side saw features f, then got reward y (discounted to the row), and after that, with
discount d, saw f'. If its value is f.c, then f.c = E[y + d f'.c]. With an instrument z (f itself, or its
trace sum_k (d l)^k f_-k for lambda-returns) and mean-zero control variates v:

    G = sum w [z v]' [f - d f', v],      r = sum w [z v]' y          G c = r          (LSTD; Boyan 2002)

With d = 0 this is ordinary least squares of returns (Longstaff and Schwartz 2001). Moments of earlier
sweeps count with a forgetting factor: recursive least squares, which is the damping of the iteration.
Ridges pull a head's coefficients toward those of its group (partial pooling), toward the last solution,
and toward zero, which is the baseline where one is subtracted. Their strengths are in shares of the mean
square of each feature, so that units do not matter.
"""

from __future__ import annotations

from dataclasses import dataclass

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float

TINY = 1e-9
"""Ridge that keeps features nobody saw at the baseline instead of making the system singular."""


class Moments(eqx.Module):
    """Sums over rows, per head (value function).

    ``F`` counts features, then control variates.
    """

    gram: Float[Array | np.ndarray, "head F F"]
    target: Float[Array | np.ndarray, "head F"]
    square: Float[Array | np.ndarray, "head F"]  # sum of w f^2, the scale of ridges
    rows: Float[Array | np.ndarray, "head"]  # sum of weights

    def __add__(self, more: Moments) -> Moments:
        return Moments(
            self.gram + more.gram,
            self.target + more.target,
            self.square + more.square,
            self.rows + more.rows,
        )

    def faded(self, by: float) -> Moments:
        """Return these moments with all rows counted less."""
        return Moments(self.gram * by, self.target * by, self.square * by, self.rows * by)

    def on_host(self) -> Moments:
        """Return float64 copies off the device."""
        gram, target, square, rows = (
            np.asarray(part, dtype=np.float64)
            for part in (self.gram, self.target, self.square, self.rows)
        )
        return Moments(gram, target, square, rows)


def moments_of(
    feature: Float[Array, "head F *row"],
    following: Float[Array, "head F *row"],
    reward: Float[Array, "head *row"],
    weight: Float[Array, "head *row"],
    instrument: Float[Array, "head F *row"] | None = None,
) -> Moments:
    """Return the moments of some rows.

    Args:
        feature: features, control variates after them.
        following: features at the next row times the discount from here to there; zero for control
            variates, and for rows whose reward is the whole return.
        reward: reward from here to the next row.
        weight: of each row; zero drops it, whatever else it holds must still be finite.
        instrument: trace; None takes the features.
    """
    axes = tuple(range(2, feature.ndim))
    left = (feature if instrument is None else instrument) * weight[:, None]
    contract = ((axes, axes), ((0,), (0,)))
    dot = lambda one, two: jnp.asarray(_contracted(one, two, contract))  # noqa: E731
    return Moments(
        gram=dot(left, feature - following),
        target=dot(left, reward[:, None])[:, :, 0],
        square=jnp.sum(feature**2 * weight[:, None], axis=axes),
        rows=jnp.sum(weight, axis=tuple(axis - 1 for axis in axes)),
    )


def _contracted(one: Array, two: Array, dimensions: tuple) -> Array:
    from jax import lax

    return lax.dot_general(one, two, dimensions, preferred_element_type=jnp.float32)


@dataclass(frozen=True)
class Ridges:
    """Strength of each pull, in shares of the mean square of each feature.

    ``rare`` is the least mean square that counts: a feature that is nearly always zero would else be pulled
    by nearly nothing, take any coefficient, and run away in the first world in which it is not.
    """

    pooled: float = 0.05
    previous: float = 0.005
    baseline: float = 0.005
    rare: float = 0.0


def solved(
    moments: Moments,
    previous: np.ndarray,
    ridges: Ridges,
    groups: tuple[tuple[int, ...], ...],
    stiffness: np.ndarray | float = 1.0,
) -> np.ndarray:
    """Return the coefficients of every head, control variates left out.

    Args:
        moments: sums over rows, on the host.
        previous: ``(head, feature)`` last solution; its width says which columns are features.
        ridges: strengths.
        groups: heads that share strength; each head is in one group.
        stiffness: of each feature, a factor on the pull toward the baseline.

    Raises:
        FloatingPointError: if a moment is not finite.
    """
    for name in ("gram", "target"):
        if not np.isfinite(getattr(moments, name)).all():
            raise FloatingPointError(f"the {name} of the regression is not finite")
    features = previous.shape[1]
    found = np.zeros_like(previous)
    for group in groups:
        mean = previous[list(group)].mean(axis=0)
        together = _one(moments, list(group), ridges, mean, None, stiffness)
        for head in group:
            toward = together if len(group) > 1 else None
            found[head] = _one(moments, [head], ridges, previous[head], toward, stiffness)[
                :features
            ]
    return found


def _one(
    moments: Moments,
    heads: list[int],
    ridges: Ridges,
    previous: np.ndarray,
    pooled: np.ndarray | None,
    stiffness: np.ndarray | float,
) -> np.ndarray:
    gram = np.asarray(moments.gram)[heads].sum(axis=0)
    target = np.asarray(moments.target)[heads].sum(axis=0).copy()
    square = np.asarray(moments.square)[heads].sum(axis=0) + TINY * (1.0 + np.trace(np.abs(gram)))
    rows = np.asarray(moments.rows)[heads].sum()
    square = np.maximum(square, ridges.rare * rows)
    features = previous.shape[0]
    pull = np.full_like(square, 1e-6) * square
    pull[:features] += (ridges.previous + ridges.baseline * stiffness) * square[:features]
    target[:features] += ridges.previous * square[:features] * previous
    if pooled is not None:
        pull += ridges.pooled * square
        target += ridges.pooled * square * pooled
    return np.linalg.solve(gram + np.diag(pull), target)
