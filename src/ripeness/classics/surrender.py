"""When to surrender: optimal stopping of a costly random walk.

Game: the walk of module ``gamblers_ruin``: A holds n of N forts, wins a battle with probability p
and gets the prize at N. Each battle costs c; before each A may surrender for s (what it also has
with no forts left). With values above s and a prize of 1 - s,

    V(n) = max(s, -c + p V(n+1) + (1 - p) V(n-1)),   V(0) = s, V(N) = 1.

The best rule quits at a threshold q: with P and D the odds and length of the walk between q and N,
V(n) = s + (1 - s) P - c D above q. For p = 1/2, s = 0: q = N - m, m the largest whole number with
m (m - 1) < 1/c.

What it shows: who fights on is not who expects to win; one battle more is bought while there is
something to hope for. The rule is unique only up to ties: at an exact tie A surrenders.
Source: textbook optimal stopping; derived here.
"""

from __future__ import annotations

from dataclasses import dataclass

from ripeness.classics.assumption import Assumptions
from ripeness.classics.gamblers_ruin import ruin_battles, ruin_odds

_TIE = 1e-12


@dataclass(frozen=True, slots=True)
class Surrender:
    """The best rule of surrender.

    Attributes:
        quit_at: A surrenders with this many forts or fewer; 0: it never does before it is beaten;
            ``forts - 1``: it never fights.
        values: V(n) for n = 0..N, in shares of the prize.
    """

    quit_at: int
    values: tuple[float, ...]

    def value(self, forts: int) -> float:
        """A's value with ``forts`` forts, 0..N."""
        assume = Assumptions("Surrender.value")
        n = assume.count("forts", forts, 0, len(self.values) - 1)
        assume.check()
        return self.values[n]


def surrender_time(
    battle_win_probability: float | int,
    forts: int,
    cost: float | int,
    *,
    surrender_value: float | int = 0,
) -> Surrender:
    """The threshold at which A gives up.

    Args:
        battle_win_probability: chance p that A wins a battle, 0 to 1.
        forts: number of forts N, 1 to 100 000.
        cost: A's cost of a battle, in shares of the prize, 0 or more.
        surrender_value: s, what A has after surrender or defeat, 0 to 1. Default 0: nothing.

    Returns:
        The threshold and the value at every position.

    Raises:
        InputError: if a number is out of range or not finite.
    """
    assume = Assumptions("surrender_time")
    p = assume.probability("battle_win_probability", battle_win_probability)
    big = assume.count("forts", forts, 1, 100_000)
    c = assume.cost("cost", cost)
    s = assume.probability("surrender_value", surrender_value)
    assume.check()

    def gain(n: int, quit_at: int) -> float:
        span, above = big - quit_at, n - quit_at
        return (1 - s) * ruin_odds(p, above, span) - c * ruin_battles(p, above, span)

    # Fighting one step above q pays for every q at or above the best threshold, and for none below.
    low, high = 0, big - 1
    while low < high:
        middle = (low + high) // 2
        if gain(middle + 1, middle) > _TIE:
            high = middle
        else:
            low = middle + 1
    values = [s] * (low + 1) + [s + gain(n, low) for n in range(low + 1, big)] + [1.0]
    return Surrender(quit_at=low, values=tuple(float(v) for v in values[: big + 1]))
