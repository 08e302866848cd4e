"""How long a peace lasts, where some are still watched when the watching stops.

    S(t) = product over t_i <= t of (1 - d_i / n_i)            Kaplan and Meier (1958)
    Var S(t) = S(t)^2 sum over t_i <= t of d_i / (n_i (n_i - d_i))        Greenwood (1926)
    n*(t) = S(t) (1 - S(t)) / Var S(t)

d_i of the n_i peaces that were watched until t_i broke then. The interval is Wilson's (1927) for a share of n*
peaces watched to the end, the number that would be as sure as what was watched (Dorey and Korn 1987). A peace
that is overtaken by something else (a ceasefire by a settlement, the horizon) counts as long as it was watched.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

STANDARD_ERRORS: Final = 1.959963984540054
"""Half width of a 95 % interval under the normal distribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of peaces broken within a time.

    Attributes:
        share: broken, 0 to 1.
        low: lower end of the 95 % interval.
        high: upper end.
        watched: peaces that had neither broken nor left sight by then.
    """

    share: float
    low: float
    high: float
    watched: int


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long each of some peaces was seen to last, and how that ended.

    Attributes:
        duration: of each peace, in years.
        broken: whether it broke then; if not, it was only watched for so long.
    """

    duration: np.ndarray
    broken: np.ndarray

    @property
    def number(self) -> int:
        """Number of peaces."""
        return len(self.duration)

    @property
    def breaks(self) -> int:
        """How many broke."""
        return int(self.broken.sum())

    @property
    def years(self) -> float:
        """Years watched, all together."""
        return float(self.duration.sum())

    def those(self, member: np.ndarray) -> Lifetimes:
        """Return some of them."""
        return Lifetimes(self.duration[member], self.broken[member])


def kaplan_meier(seen: Lifetimes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the times at which peaces broke, the share that outlasts each, and its variance.

    Where nobody outlasts a time the variance is zero.
    """
    times = np.unique(seen.duration[seen.broken])
    watched = (seen.duration[:, None] >= times).sum(axis=0)
    broke = ((seen.duration[:, None] == times) & seen.broken[:, None]).sum(axis=0)
    survival = np.cumprod(1.0 - broke / np.maximum(watched, 1))
    left = np.maximum(watched - broke, 1)  # where none is left, survival is zero
    variance = survival**2 * np.cumsum(broke / (np.maximum(watched, 1) * left))
    return times, survival, variance


def broken_within(seen: Lifetimes, years: int | float, *, fewest: int = 1) -> Share | None:
    """Return the share broken within so many years.

    Args:
        seen: the peaces.
        years: since each began.
        fewest: peaces that must have been watched so long, or have broken by then.

    Returns:
        None if too few were watched so long, unless all are known to have broken: nothing can be said.
    """
    watched = int((seen.duration >= years).sum())
    known = watched + int((seen.broken & (seen.duration < years)).sum())
    times, survival, variance = kaplan_meier(seen)
    place = int(np.searchsorted(times, years, side="right")) - 1
    all_broke = place >= 0 and survival[place] <= 0.0
    if known < max(fewest, 1) or not (watched or all_broke):
        return None
    if place < 0:
        low, high = wilson(0.0, float(watched))
        return Share(0.0, low, high, watched)
    holds, spread = float(survival[place]), float(variance[place])
    number = holds * (1.0 - holds) / spread if spread > 0 else float(seen.number)
    low, high = wilson(1.0 - holds, number)
    return Share(1.0 - holds, low, high, watched)


def wilson(share: float, number: float) -> tuple[float, float]:
    """Return the ends of the 95 % interval of a share of so many (Wilson 1927), within 0 to 1."""
    square = STANDARD_ERRORS**2
    middle = (share + square / (2.0 * number)) / (1.0 + square / number)
    half = math.sqrt(share * (1.0 - share) / number + square / (4.0 * number**2))
    half *= STANDARD_ERRORS / (1.0 + square / number)
    return max(middle - half, 0.0) if share > 0 else 0.0, (
        min(middle + half, 1.0) if share < 1 else 1.0
    )


def rate_ratio(first: Lifetimes, second: Lifetimes) -> tuple[float, float, float] | None:
    """Return how often the first break, per year, over the second, with a 95 % interval.

    The logarithm of a ratio of rates has variance 1 / d_1 + 1 / d_2 (Rothman and Greenland 1998, ch. 14).

    Returns:
        None if either never broke: no ratio can be given.
    """
    if not first.breaks or not second.breaks:
        return None
    ratio = (first.breaks / first.years) / (second.breaks / second.years)
    half = STANDARD_ERRORS * math.sqrt(1.0 / first.breaks + 1.0 / second.breaks)
    return ratio, ratio * math.exp(-half), ratio * math.exp(half)
