"""Who accounts for how much: exact Shapley shares of a statistic over a few switches.

A statistic v is known for every set S of switches thrown. The share of switch i is its change averaged
over all orders in which the switches can be thrown one after the other:

    phi_i = sum over S without i of  |S|! (n - |S| - 1)! / n!  [v(S + i) - v(S)]

These are the only shares that add to v(all) - v(none), treat equal switches equally, give nothing to a
switch that never changes anything, and add over statistics (Shapley 1953, "A Value for n-Person Games",
in Contributions to the Theory of Games II; for decompositions of statistics: Shorrocks 2013, Journal of
Economic Inequality 11). Being linear in v they may be taken world by world: the share of the mean is the
mean of the shares, and its standard error follows from paired worlds. It would be of little use where v
is noise: the shares of n switches average 2^n values, and each is only as good as they are.

Sets are coded by bits: set number 5 = 0b101 holds switches 0 and 2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import factorial

import numpy as np
from jaxtyping import Float

MOST_SWITCHES = 16
"""2^16 values: beyond that the sum is no longer small."""


def sets_of(switches: int) -> Iterator[frozenset[int]]:
    """Yield all sets of switches in the order of their codes, the empty one first."""
    for code in range(1 << switches):
        yield members(code, switches)


def members(code: int, switches: int) -> frozenset[int]:
    """Return the switches in the set with this code."""
    return frozenset(place for place in range(switches) if code >> place & 1)


def tabulate(
    game: Callable[[frozenset[int]], float | np.ndarray], switches: int
) -> Float[np.ndarray, "set ..."]:
    """Return the values of a function of sets, in the order of their codes."""
    return np.stack([np.asarray(game(each), dtype=float) for each in sets_of(switches)])


def number_of_switches(values: Float[np.ndarray, "set ..."]) -> int:
    """Return how many switches so many values are of.

    Raises:
        ValueError: if their number is not a power of two, or too large.
    """
    switches = len(values).bit_length() - 1
    if switches < 0 or len(values) != 1 << switches or switches > MOST_SWITCHES:
        message = f"the values of all sets number 2, 4, 8, ..., but there are {len(values)}"
        raise ValueError(message)
    return switches


def shapley_shares(values: Float[np.ndarray, "set ..."]) -> Float[np.ndarray, "switch ..."]:
    """Return each switch's share of v(all) - v(none).

    Args:
        values: ``(set, ...)`` the statistic for every set, by code; trailing axes (worlds, seeds) are
            decomposed one by one.
    """
    values = np.asarray(values, dtype=float)
    switches = number_of_switches(values)
    codes = np.arange(len(values))
    size = np.array([code.bit_count() for code in codes.tolist()])
    weight = np.array([_weight(number, switches) for number in range(switches)])
    shares = np.empty((switches, *values.shape[1:]))
    for place in range(switches):
        without = codes[(codes >> place & 1) == 0]
        change = values[without | 1 << place] - values[without]
        shares[place] = np.tensordot(weight[size[without]], change, axes=1)
    return shares


def alone(values: Float[np.ndarray, "set ..."]) -> Float[np.ndarray, "switch ..."]:
    """Return what each switch changes if it is the only one thrown.

    For contrast only: these do not add up where switches replace or need each other, and are no shares.
    """
    values = np.asarray(values, dtype=float)
    return np.stack([values[1 << place] - values[0] for place in range(number_of_switches(values))])


def mean_and_error(
    values: Float[np.ndarray, "... world"],
) -> tuple[Float[np.ndarray, "..."], Float[np.ndarray, "..."]]:
    """Return means over the last axis and their standard errors; NaN for fewer than two worlds.

    Of paired differences (shares of the same worlds) the error is that of the difference.
    """
    values = np.asarray(values, dtype=float)
    count = values.shape[-1]
    if not count:
        nothing = np.full(values.shape[:-1], np.nan)
        return nothing, nothing
    mean = np.asarray(values.mean(axis=-1))
    if count < 2:
        return mean, np.full(mean.shape, np.nan)
    return mean, np.asarray(values.std(axis=-1, ddof=1) / np.sqrt(count))


def _weight(size: int, switches: int) -> float:
    """Return the chance that exactly this set of so many switches was thrown before the next one."""
    return factorial(size) * factorial(switches - size - 1) / factorial(switches)
