"""The efficient frontier of many packages in many worlds, by arrays.

A package is efficient in a world if no other package that both sides could sign is at least as good for
both and better for one. With two sides the frontier is a staircase: sort by the first side's value,
best first, and keep what raises the running maximum of the second's (Kung, Luccio and Preparata 1975).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

NOTHING = -1.0e9
"""Value of a package that a red line rules out: no gain elsewhere can buy it."""


class Frontier(NamedTuple):
    """Efficient packages, best for the first side first, padded with ``NOTHING``.

    Attributes:
        value: ``(side, point, world)``, float32.
        package: ``(point, world)`` index of the package, int32; 0 where padded.
        size: ``(world,)`` number of efficient packages before any were left out.
    """

    value: np.ndarray
    package: np.ndarray
    size: np.ndarray


def efficient_frontier(value: np.ndarray, allowed: np.ndarray, points: int) -> Frontier:
    """Return the frontier of every world.

    Args:
        value: ``(side, package, world)``: additive values.
        allowed: ``(package, world)``: no red line of either side is crossed.
        points: slots for packages; a longer frontier is thinned evenly, its ends kept.

    Returns:
        The frontier.
    """
    first = np.where(allowed, value[0], NOTHING).T
    second = np.where(allowed, value[1], NOTHING).T
    order = np.lexsort((-second, -first), axis=-1)
    second_sorted = np.take_along_axis(second, order, axis=-1)
    best_before = np.maximum.accumulate(second_sorted, axis=-1)
    best_before = np.concatenate([np.full((len(second), 1), NOTHING), best_before[:, :-1]], axis=-1)
    keeps = second_sorted > best_before
    size = keeps.sum(axis=-1)
    rank = np.cumsum(keeps, axis=-1) - 1
    slot = _slots(rank, size[:, None], points)
    keeps = keeps & (slot >= 0)
    package = np.zeros((len(second), points), dtype=np.int32)
    values = np.full((2, len(second), points), NOTHING, dtype=np.float32)
    row, column = np.nonzero(keeps)
    place, chosen = slot[row, column], order[row, column]
    package[row, place] = chosen
    values[0, row, place] = first[row, chosen]
    values[1, row, place] = second[row, chosen]
    return Frontier(np.ascontiguousarray(values.transpose(0, 2, 1)), package.T.copy(), size)


def _slots(rank: np.ndarray, size: np.ndarray, points: int) -> np.ndarray:
    """Return the slot of the package of this rank: its own if all fit, else evenly spread; -1 for none.

    Counted from either end alike, so that the order of the sides decides nothing.
    """
    step = np.maximum(size - 1, 1) / max(points - 1, 1)
    near = np.floor(rank / step).astype(np.int64)
    found = np.full(rank.shape, -1, dtype=np.int64)
    for slot in (near, near + 1):
        back = points - 1 - slot
        wanted = np.where(
            slot <= back, np.floor(slot * step + 0.5), size - 1 - np.floor(back * step + 0.5)
        )
        found = np.where((wanted == rank) & (slot < points), slot, found)
    return np.where(size <= points, rank, found)
