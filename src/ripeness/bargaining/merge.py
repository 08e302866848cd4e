"""The efficient frontier of very many packages, issue by issue, without listing them.

Values add up over issues, so what is efficient in all of them is efficient in each part of them:

    E(A + B) = E(E(A) + E(B)),      + of two sets: all sums of one from each

(the principle of dynamic programming with two criteria; Henig 1983, SIAM Journal on Control and Optimization
21). Issues that do not simply add are taken together first, as one issue with a level for each combination:
those that bring in guarantors, of which the strongest counts, and those with levels that exclude each other.
A million packages then cost a few thousand sums in each world.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ripeness.bargaining.frontier import NOTHING, Frontier, efficient_frontier

KEPT = 96
"""Efficient packages kept between two issues; a longer frontier is thinned evenly, its ends kept."""


@dataclass(frozen=True)
class Choice:
    """Issues that are decided together.

    Attributes:
        places: of its issues among all but the line.
        levels: ``(combination, issue)`` level of each of its issues.
        value: ``(side, combination, world)``.
        allowed: ``(combination, world)``.
    """

    places: tuple[int, ...]
    levels: np.ndarray
    value: np.ndarray
    allowed: np.ndarray


def together(count: int, links: Sequence[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Return the groups into which links join so many issues; an issue without links is by itself."""
    group = list(range(count))
    for one, two in links:
        old, new = group[two], group[one]
        group = [new if each == old else each for each in group]
    return [
        tuple(place for place in range(count) if group[place] == name)
        for name in dict.fromkeys(group)
    ]


def combinations_of(sizes: Sequence[int]) -> np.ndarray:
    """Return all combinations of levels, ``(combination, issue)``, the last issue fastest."""
    rows = list(itertools.product(*(range(size) for size in sizes)))
    return np.array(rows, dtype=np.int32).reshape(math.prod(sizes), len(sizes))


def merged_frontier(choices: Sequence[Choice], sizes: Sequence[int], points: int) -> Frontier:
    """Return the frontier over all packages of these choices.

    Args:
        choices: what is decided; every issue is in one of them.
        sizes: levels of each issue: a package is the place of its levels in their product.
        points: slots of the frontier.
    """
    strides = np.array([math.prod(sizes[place + 1 :]) for place in range(len(sizes))], np.int64)
    # Small choices last: what is sorted most often is then shortest.
    order = sorted(choices, key=lambda choice: -len(choice.levels))
    worlds = order[0].allowed.shape[-1]
    value = np.zeros((2, 1, worlds), dtype=np.float32)
    package = np.zeros((1, worlds), dtype=np.int32)
    size = np.ones(worlds, dtype=np.int64)
    for number, choice in enumerate(order):
        slots = points if number == len(order) - 1 else KEPT
        step = (choice.levels @ strides[list(choice.places)]).astype(np.int32)
        sums = value[:, :, None] + choice.value.astype(np.float32)[:, None]
        may = (value[0] > 0.5 * NOTHING)[:, None] & choice.allowed[None]
        flat = math.prod(sums.shape[1:3])
        found = efficient_frontier(
            sums.reshape(2, flat, worlds), may.reshape(flat, worlds), min(slots, flat)
        )
        code = (package[:, None] + step[None, :, None]).reshape(flat, worlds)
        package = np.take_along_axis(code, found.package, axis=0)
        real = found.value[0] > 0.5 * NOTHING
        value, package, size = found.value, np.where(real, package, 0), found.size
    return _padded(value, package, size, points)


def _padded(value: np.ndarray, package: np.ndarray, size: np.ndarray, points: int) -> Frontier:
    more = points - value.shape[1]
    if more > 0:
        value = np.pad(value, ((0, 0), (0, more), (0, 0)), constant_values=NOTHING)
        package = np.pad(package, ((0, more), (0, 0)))
    return Frontier(np.ascontiguousarray(value), np.ascontiguousarray(package), size)
