"""Exploring starts: what is forced on worlds so that play visits what the rules would rarely reach."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np

from ripeness.bargaining.expectations.training import Exploring
from ripeness.bargaining.frontier import NOTHING
from ripeness.types import CEASEFIRE, SETTLEMENT, WAR
from ripeness.worlds.bundle import Bundle
from ripeness.worlds.designs import keyed_generator

SHARE = 0.5
"""Share of worlds that explore."""

LONGEST = 39
"""Longest forced war, months."""

REGIMES, REGIME_SHARES = (WAR, CEASEFIRE, SETTLEMENT), (0.3, 0.3, 0.4)
"""Regimes forced after it, and how often."""

CLEAREST, DIMMEST = np.exp(-1.5), np.exp(1.5)
"""Noise of the public signal of a type, over the spread of types: from telling to useless."""

FLOOR = 1e-6
"""Least weight of a type in a belief before it is scaled."""


def exploring_starts(
    parameters: Bundle, table: Bundle, atoms: np.ndarray, key: str, *, explore: bool
) -> Exploring:
    """Return what is forced on each world.

    Args:
        parameters: of these worlds.
        table: their packages.
        atoms: ``(2, atom, 1)`` types.
        key: of the draws.
        explore: whether any world explores; if not, all are free.
    """
    true = np.asarray(parameters.diplomacy.war_cost)
    count = true.shape[-1]
    draw = keyed_generator("exploring starts", key)
    explores = (draw.random(count) < SHARE) & explore
    months = 3 * draw.integers(1, LONGEST // 3 + 1, count)
    regime = draw.choice(REGIMES, count, p=REGIME_SHARES)
    line, point, there = random_packages(draw, table)
    regime = np.where((regime == SETTLEMENT) & ~there, CEASEFIRE, regime)
    return Exploring(
        months=jnp.asarray(np.where(explores, months, 0).astype(np.int32)),
        regime=jnp.asarray(regime.astype(np.int32)),
        line=jnp.asarray(line),
        point=jnp.asarray(point),
        belief=jnp.asarray(noisy_beliefs(draw, true, atoms)),
    )


def random_packages(
    draw: np.random.Generator, table: Bundle
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a line and a point per world, evenly among those that no red line rules out, if there are any."""
    allowed = np.asarray(table.line_allowed)
    line = np.argmax(np.where(allowed, draw.random(allowed.shape), -1.0), axis=0)
    there = (np.asarray(table.value) > 0.5 * NOTHING).all(axis=0)
    point = np.argmax(np.where(there, draw.random(there.shape), -1.0), axis=0)
    some = np.asarray(allowed.any(axis=0) & there.any(axis=0))
    return line.astype(np.int32), point.astype(np.int32), some


def noisy_beliefs(draw: np.random.Generator, true: np.ndarray, atoms: np.ndarray) -> np.ndarray:
    """Return beliefs ``(2, atom, world)`` after a noisy signal of the true types ``(2, world)``."""
    usual = np.maximum(np.std(atoms, axis=1), FLOOR)
    noise = usual * np.exp(draw.uniform(np.log(CLEAREST), np.log(DIMMEST), true.shape))
    signal = true + noise * draw.standard_normal(true.shape)
    square = ((signal[:, None] - atoms) / noise[:, None]) ** 2
    weight = np.exp(-0.5 * (square - np.min(square, axis=1, keepdims=True))) + FLOOR
    return (weight / weight.sum(axis=1, keepdims=True)).astype(np.float32)
