"""The bargaining range, and two ways in which it can be empty (Fearon 1995).

Game: A and B divide a prize of 1. War is a costly lottery: A wins with probability p, and the
sides pay cA and cB. Both are risk neutral; x is A's share.

    A prefers x to war iff x >= p - cA;  B iff x <= p + cB,

so the range [p - cA, p + cB] has width cA + cB > 0 whatever p is: under complete information with
one agreed p, war is a puzzle. It empties when the sides expect different results (mutual
optimism), pA + pB > 1 + cA + cB, and when striking first pays, pf - ps > cA + cB.

Source: J. D. Fearon, "Rationalist explanations for war", International Organization 49 (1995),
379-414: range p. 387, optimism p. 391, first strikes p. 403.
"""

from __future__ import annotations

from dataclasses import dataclass

from ripeness.classics.assumption import Assumptions


@dataclass(frozen=True, slots=True)
class BargainingRange:
    """A's shares that both sides prefer to war.

    Attributes:
        low: A's reservation share; below it A fights. In shares of the prize.
        high: the most that B leaves to A; above it B fights.
        width: ``high - low``; negative when no share satisfies both.
        empty: no share satisfies both. A range of one point is not empty.
        feasible_low: ``low``, but at least 0: shares are between 0 and 1.
        feasible_high: ``high``, but at most 1.
    """

    low: float
    high: float
    width: float
    empty: bool
    feasible_low: float
    feasible_high: float


_TIE = 1e-12
"""Widths within this distance of zero count as the knife edge (a range of one point)."""


def _range(low: float, high: float, width: float) -> BargainingRange:
    return BargainingRange(
        low=low,
        high=high,
        width=width,
        empty=width < -_TIE,
        feasible_low=min(max(low, 0.0), 1.0),
        feasible_high=max(min(high, 1.0), 0.0),
    )


def fearon_range(
    win_probability: float | int, cost_a: float | int, cost_b: float | int
) -> BargainingRange:
    """Shares that both sides prefer to war when they agree on the odds.

    Args:
        win_probability: probability that A wins, 0 to 1.
        cost_a: A's cost of war, in shares of the prize, 0 or more.
        cost_b: B's cost of war, likewise.

    Returns:
        The range; never empty.

    Raises:
        InputError: if the probability or a cost is out of range or not finite.
    """
    return _with_beliefs("fearon_range", win_probability, None, cost_a, cost_b)


def fearon_optimism(
    belief_a: float | int, belief_b: float | int, cost_a: float | int, cost_b: float | int
) -> BargainingRange:
    """Shares that both sides prefer to war when each has its own odds of winning.

    Args:
        belief_a: A's probability that A wins, 0 to 1.
        belief_b: B's probability that **B** wins, 0 to 1; the two may add to more than 1.
        cost_a: A's cost of war, in shares of the prize, 0 or more.
        cost_b: B's cost of war, likewise.

    Returns:
        The range ``[pA - cA, 1 - pB + cB]``; empty iff ``pA + pB > 1 + cA + cB``.

    Raises:
        InputError: if a probability or a cost is out of range or not finite.
    """
    return _with_beliefs("fearon_optimism", belief_a, belief_b, cost_a, cost_b)


def fearon_first_strike(
    strike_first: float | int, struck_first: float | int, cost_a: float | int, cost_b: float | int
) -> BargainingRange:
    """Shares that deter both sides from a surprise attack.

    Args:
        strike_first: probability that A wins if A attacks first, 0 to 1.
        struck_first: probability that A wins if B attacks first, at most ``strike_first``.
        cost_a: A's cost of war, in shares of the prize, 0 or more.
        cost_b: B's cost of war, likewise.

    Returns:
        The range ``[pf - cA, ps + cB]``; empty iff ``pf - ps > cA + cB``.

    Raises:
        InputError: if a number is out of range, or attacking first is a handicap.
    """
    assume = Assumptions("fearon_first_strike")
    first = assume.probability("strike_first", strike_first)
    second = assume.probability("struck_first", struck_first)
    own, other = assume.cost("cost_a", cost_a), assume.cost("cost_b", cost_b)
    assume.check()
    assume.that(
        first >= second,
        "struck_first",
        f"Argument `struck_first` must be at most `strike_first` ({first:g}): the model assumes"
        f" that attacking first is no handicap, but it is {second:g}.",
        "Exchange the two numbers, or use fearon_range if the order of attack does not matter.",
    ).check()
    return _range(first - own, second + other, own + other - (first - second))


def _with_beliefs(
    model: str,
    belief_a: float | int,
    belief_b: float | int | None,
    cost_a: float | int,
    cost_b: float | int,
) -> BargainingRange:
    assume = Assumptions(model)
    shared = belief_b is None
    win_a = assume.probability("win_probability" if shared else "belief_a", belief_a)
    win_b = 1 - win_a if belief_b is None else assume.probability("belief_b", belief_b)
    own, other = assume.cost("cost_a", cost_a), assume.cost("cost_b", cost_b)
    assume.check()
    gap = 0.0 if shared else win_a + win_b - 1
    return _range(win_a - own, 1 - win_b + other, own + other - gap)
