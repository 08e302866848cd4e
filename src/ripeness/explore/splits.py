"""Which numbers tell apart the worlds in which something happens from those in which it does not?

A cut divides worlds at a threshold of one number; its gain is the variance of the outcome that it takes
away, n_1 n_2 / n^2 (mean_1 - mean_2)^2 (regression trees: Breiman, Friedman, Olshen and Stone 1984). The
best of some hundreds of numbers looks good in noise, too; so a cut is chosen in one half of the worlds
and judged in the other (honest estimation: Athey and Imbens 2016, PNAS 113: 7353-7360): what is reported
are means of the other half, and cuts that do not stand there are dropped. Branches are cut once more.
It would miss what hangs on a difference or a ratio of numbers that matter little by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, sqrt
from typing import NamedTuple

import numpy as np

THRESHOLDS = np.linspace(0.1, 0.9, 17)
"""Places of the thresholds tried, as quantiles of the worlds: every twentieth, the ends left out."""

STANDS = 2.0
"""Standard errors by which a difference must show again in the other half of the worlds."""

FEWEST = 20
"""Worlds of either half on either side of a cut."""

DEPTH = 2


class Side(NamedTuple):
    """One side of a threshold."""

    path: str
    value: float
    above: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """A threshold and what lies on its sides, in the half of the worlds that did not choose it.

    Attributes:
        path: of the number.
        value: the threshold, in the number's unit.
        below: mean of the outcome where the number is at or below it.
        above: mean where it is above.
        error: standard error of the difference.
    """

    path: str
    value: float
    below: float
    above: float
    error: float

    @property
    def stands(self) -> bool:
        """Whether the difference shows in worlds that did not choose the cut."""
        return abs(self.above - self.below) > STANDS * self.error


@dataclass(frozen=True)
class Region:
    """Worlds that the same sides of all cuts hold.

    Attributes:
        sides: where they lie; none: all worlds.
        inside: ``(world,)`` which they are.
        mean: of the outcome, in the half of the worlds that did not choose the cuts.
    """

    sides: tuple[Side, ...]
    inside: np.ndarray
    mean: float


def best_cuts(
    outcome: np.ndarray, values: Mapping[str, np.ndarray], most: int = 3
) -> tuple[Cut, ...]:
    """Return the numbers that tell the worlds apart best by themselves, best first.

    Args:
        outcome: ``(world,)`` what is to be told apart, any unit.
        values: path -> ``(world,)`` values of the numbers.
        most: how many to choose; those that do not stand in the other half are dropped.
    """
    everywhere = np.ones(len(outcome), dtype=bool)
    ranked = _ranked(outcome, values, everywhere)[:most]
    return tuple(cut for cut in ranked if cut.stands)


def regions(
    outcome: np.ndarray, values: Mapping[str, np.ndarray], depth: int = DEPTH
) -> tuple[Region, ...]:
    """Return the regions into which cuts that stand divide the worlds, highest mean first.

    Args:
        outcome: ``(world,)``.
        values: path -> ``(world,)`` values of the numbers.
        depth: cuts in a row.
    """
    everywhere = np.ones(len(outcome), dtype=bool)
    found = _grown(outcome, values, (), everywhere, depth)
    return tuple(sorted(found, key=lambda region: -region.mean))


def _grown(
    outcome: np.ndarray,
    values: Mapping[str, np.ndarray],
    sides: tuple[Side, ...],
    inside: np.ndarray,
    depth: int,
) -> list[Region]:
    """Return the regions inside this one."""
    ranked = _ranked(outcome, values, inside)[:1] if depth else []
    if not ranked or not ranked[0].stands:
        judged = inside & ~_choosing(len(outcome))
        return [Region(sides, inside, float(outcome[judged if judged.any() else inside].mean()))]
    cut = ranked[0]
    above = values[cut.path] > cut.value
    return [
        region
        for part, is_above in ((inside & ~above, False), (inside & above, True))
        for region in _grown(
            outcome, values, (*sides, Side(cut.path, cut.value, is_above)), part, depth - 1
        )
    ]


def _ranked(outcome: np.ndarray, values: Mapping[str, np.ndarray], inside: np.ndarray) -> list[Cut]:
    """Return the best cut of every number that has one, by its gain in the half that chooses."""
    choosing = _choosing(len(outcome))
    chosen, judged = inside & choosing, inside & ~choosing
    found = []
    for path, value in values.items():
        gain, threshold = _best_threshold(outcome[chosen], value[chosen])
        if gain > 0.0:
            cut = _judged(path, threshold, outcome[judged], value[judged])
            found.append((gain, cut))
    return [cut for _, cut in sorted(found, key=lambda pair: (-pair[0], pair[1].path))]


def _choosing(worlds: int) -> np.ndarray:
    """Return the half of the worlds in which cuts are chosen: every second one."""
    return np.arange(worlds) % 2 == 0


def _best_threshold(outcome: np.ndarray, value: np.ndarray) -> tuple[float, float]:
    """Return the highest gain of a cut and its threshold; no gain if there are too few worlds."""
    count = len(value)
    order = np.argsort(value, kind="stable")
    sorted_value = value[order]
    sums = np.cumsum(outcome[order])
    # A threshold among equal values moves to their end, so that yes and no are told apart, too.
    wanted = sorted_value[(THRESHOLDS * count).astype(int)] if count else sorted_value
    below = np.unique(np.searchsorted(sorted_value, wanted, side="right"))
    below = below[(below >= FEWEST) & (count - below >= FEWEST)]
    if not len(below):
        return 0.0, 0.0
    mean_below = sums[below - 1] / below
    mean_above = (sums[-1] - sums[below - 1]) / (count - below)
    gain = below * (count - below) / count**2 * (mean_above - mean_below) ** 2
    best = int(gain.argmax())
    middle = (sorted_value[below[best] - 1] + sorted_value[below[best]]) / 2.0
    return float(gain[best]), float(middle)


def _judged(path: str, threshold: float, outcome: np.ndarray, value: np.ndarray) -> Cut:
    """Return a cut with what the other half of the worlds says of it."""
    above = value > threshold
    low, high = outcome[~above], outcome[above]
    if min(len(low), len(high)) < FEWEST:
        return Cut(path, threshold, 0.0, 0.0, inf)
    error = sqrt(low.var(ddof=1) / len(low) + high.var(ddof=1) / len(high))
    return Cut(path, threshold, float(low.mean()), float(high.mean()), error)
