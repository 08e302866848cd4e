"""One-shot screening: an offer to an opponent whose cost of war is private (Fearon 1995).

Game: A demands the share x in [0, 1] of a prize of 1; B accepts or fights. A wins a war with
probability p at cost cA. B knows its own cost cB; A knows only its distribution. B fights iff
cB < x - p (a type that is exactly indifferent accepts). With z = x - p,

    EU_A(z) = (p + z) P(cB >= z) + (p - cA) P(cB < z).

cB uniform on [L, H]: the first-order condition is z = (H - cA)/2, clipped to [L, min(H, 1 - p)];
P(war) = (z - L)/(H - L). With L = 0: x* = p + (H - cA)/2, P(war) = (H - cA)/2H, no war iff
cA >= H. Discrete costs: the best demand is p + c for one of the types c (or 1).
Power instead of cost private, p uniform on [L, H] and known to B: B fights iff p < x - cB, so
x* = H - cA clipped to [L + cB, min(H + cB, 1)].

What it shows: the risk-return trade-off. A prefers some risk of war to buying off every type.
Source: J. D. Fearon, International Organization 49 (1995), Claim 2 and appendix, pp. 410-411. The
discrete and the private-power cases are derived here in the same game.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ripeness.classics.assumption import Assumptions


@dataclass(frozen=True, slots=True)
class Screening:
    """A's best demand and what it brings.

    Attributes:
        demand: A's share demanded, x*, 0 to 1.
        war_probability: probability that B fights rather than accept.
        utility_a: A's expected payoff, in shares of the prize.
        utility_b: B's expected payoff before it learns its type.
    """

    demand: float
    war_probability: float
    utility_a: float
    utility_b: float


def fearon_screening(
    win_probability: float | int,
    own_cost: float | int,
    cost_low: float | int,
    cost_high: float | int,
) -> Screening:
    """A's best demand when B's cost of war is uniform on [cost_low, cost_high].

    Args:
        win_probability: probability that A wins a war, 0 to 1.
        own_cost: A's cost of war, in shares of the prize, 0 or more.
        cost_low: smallest cost B may have, 0 or more.
        cost_high: largest cost B may have, at least ``cost_low``; if equal, the cost is known.

    Returns:
        The demand, the probability of war and both sides' expected payoffs.

    Raises:
        InputError: if a number is out of range or the costs are reversed.
    """
    assume = Assumptions("fearon_screening")
    p = assume.probability("win_probability", win_probability)
    own = assume.cost("own_cost", own_cost)
    low, high = assume.cost("cost_low", cost_low), assume.cost("cost_high", cost_high)
    assume.check()
    _ordered(assume, "cost_low", low, "cost_high", high)
    z = min(max((high - own) / 2, low), high, 1 - p)
    share = (z - low) / (high - low) if z > low else 0.0
    # B's mean cost among the types that fight is (low + z)/2.
    return Screening(
        demand=p + z,
        war_probability=share,
        utility_a=(1 - share) * (p + z) + share * (p - own),
        utility_b=(1 - share) * (1 - p - z) + share * (1 - p - (low + z) / 2),
    )


def fearon_screening_types(
    win_probability: float | int,
    own_cost: float | int,
    costs: Sequence[float | int] | np.ndarray,
    shares: Sequence[float | int] | np.ndarray,
) -> Screening:
    """A's best demand when B's cost of war takes one of finitely many values.

    With two types it screens (risks war with the low-cost type) iff
    ``share_low (own_cost + cost_low) < (1 - share_low)(cost_high - cost_low)``. Of equally good
    demands the smallest, hence most peaceful, is returned.

    Args:
        win_probability: probability that A wins a war, 0 to 1.
        own_cost: A's cost of war, in shares of the prize, 0 or more.
        costs: B's possible costs, 0 or more, in any order.
        shares: A's probability of each; they add to 1.

    Returns:
        The demand, the probability of war and both sides' expected payoffs.

    Raises:
        InputError: if a number is out of range or the shares do not add to 1.
    """
    assume = Assumptions("fearon_screening_types")
    p = assume.probability("win_probability", win_probability)
    own = assume.cost("own_cost", own_cost)
    cost = assume.series("costs", np.asarray(costs, dtype=float), 0)
    share = assume.series("shares", np.asarray(shares, dtype=float), 0, 1)
    assume.check()
    assume.that(
        cost.shape == share.shape and abs(share.sum() - 1) < 1e-9,
        "shares",
        f"Argument `shares` must hold one probability per cost and add to 1, but has"
        f" {share.size} for {cost.size} costs and adds to {share.sum():g}.",
        "Give one share per cost and divide them by their sum.",
    ).check()
    best = None
    for z in np.unique(np.minimum(cost, 1 - p)):
        fights = cost < z
        war = float(share[fights].sum())
        utility = (1 - war) * (p + z) + war * (p - own)
        if best is None or utility > best.utility_a + 1e-12:
            other = (1 - war) * (1 - p - z) + float(share[fights] @ (1 - p - cost[fights]))
            best = Screening(float(p + z), war, float(utility), float(other))
    assert best is not None  # there is at least one cost
    return best


def fearon_screening_power(
    win_low: float | int,
    win_high: float | int,
    cost_a: float | int,
    cost_b: float | int,
) -> Screening:
    """A's best demand when B knows A's odds of winning and A knows only their range.

    Args:
        win_low: smallest probability that A wins, 0 to 1.
        win_high: largest probability that A wins, at least ``win_low``; uniform in between.
        cost_a: A's cost of war, in shares of the prize, 0 or more.
        cost_b: B's cost of war, likewise; known.

    Returns:
        The demand, the probability of war, ``1 - (cost_a + cost_b)/(win_high - win_low)`` when
        the solution is interior, and both sides' expected payoffs.

    Raises:
        InputError: if a number is out of range or the probabilities are reversed.
    """
    assume = Assumptions("fearon_screening_power")
    low = assume.probability("win_low", win_low)
    high = assume.probability("win_high", win_high)
    own, other = assume.cost("cost_a", cost_a), assume.cost("cost_b", cost_b)
    assume.check()
    _ordered(assume, "win_low", low, "win_high", high)
    # u = x - cB is the smallest p that accepts.
    u = min(max(high - own - other, low), high, 1 - other)
    war = (u - low) / (high - low) if u > low else 0.0
    mean = (low + u) / 2
    demand = min(u + other, 1.0)
    return Screening(
        demand=demand,
        war_probability=war,
        utility_a=(1 - war) * demand + war * (mean - own),
        utility_b=(1 - war) * (1 - demand) + war * (1 - mean - other),
    )


def _ordered(assume: Assumptions, low_name: str, low: float, high_name: str, high: float) -> None:
    assume.that(
        low <= high,
        high_name,
        f"Argument `{high_name}` must be at least `{low_name}` ({low:g}), but is {high:g}.",
        "Exchange the two numbers.",
    ).check()
